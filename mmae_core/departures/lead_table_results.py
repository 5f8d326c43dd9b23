"""Results of the table of measurements by lead; see `mmae_core.departures.lead_table`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mmae_core.departures.quantities import LEAD_QUANTITIES, Quantity
from mmae_core.messages import Message

Side = Literal[-1, 0, 1]

DURATIONS: dict[str, Quantity] = {
    "p_ms": Quantity(Message("P duration"), "ms", 0),
    "r_ms": Quantity(Message("R duration"), "ms", 0),
    "s_ms": Quantity(Message("S duration"), "ms", 0),
    "qrs_lead_ms": Quantity(Message("QRS duration of the lead"), "ms", 0),
    "t_ms": Quantity(Message("T duration"), "ms", 0),
}
"""Measured and compared with nobody: the limits of normals do not have them."""
TABLE_QUANTITIES: Mapping[str, Quantity] = {
    name: (LEAD_QUANTITIES | DURATIONS)[name] for name in (
        "j_mv", "st_j40_mv", "st_j60_mv", "st_j80_mv", "st_slope_mv_s", "p_mv", "p_ms", "q_mv", "q_ms", "r_mv", "r_ms",
        "s_mv", "s_ms", "r_second_mv", "t_mv", "t_ms", "qrs_lead_ms", "area_mv_ms")
}
"""The columns in order: the matrix of ST, then the waves as they follow each other."""
LOW_PERCENT, HIGH_PERCENT = 2.5, 97.5
"""The usual limits of normal."""
MM_PER_MV = 10.0
"""A millimetre is a tenth of a millivolt at the standard gain, whatever gain is shown."""


@dataclass(frozen=True)
class LeadValue:
    """One measurement of one lead."""

    value: float | None
    """In the quantity's unit; None if it was not measured, and then `reason` says why."""
    reason: str = ""
    """Why there is no value or, beside a value, why it is not compared; a `Message`."""
    percentile: float | None = None
    """Share of the normals, 0..100, whose value is lower; None where it is not compared."""
    is_flagged: bool = False
    """Whether it is a named departure that is a finding."""

    @property
    def side(self) -> Side:
        """1: above the normals' upper limit, -1: below the lower one, 0: within or not compared."""
        if self.percentile is None:
            return 0
        return 1 if self.percentile > HIGH_PERCENT else -1 if self.percentile < LOW_PERCENT else 0


@dataclass(frozen=True)
class LeadTable:
    """All values of a stretch by lead and quantity, and what they were held against."""

    start_s: float
    end_s: float
    leads: Mapping[str, Mapping[str, LeadValue]]
    """Of each of `STANDARD_LEADS`, one of each of `TABLE_QUANTITIES`."""
    group: str = ""
    """The normals compared with; empty if nobody."""
    notes: tuple[str, ...] = ()
    """What holds for all leads: why something is missing, and what to read with caution."""
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """2.5th and 97.5th percentile of normals of that age and sex, by quantity of the record (`pr_ms`, `rate_bpm` …)."""
    n_normals: Mapping[str, int] = field(default_factory=dict)
    """Effective number of normals of each of `ranges`."""
