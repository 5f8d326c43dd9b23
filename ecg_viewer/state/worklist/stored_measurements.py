"""What the worklist stores besides the score: strongest finding and measurements."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.heat import LAYERS
from ecg_viewer.state.layers import FactLine
from mmae_core.assessment import Finding, Layer
from mmae_core.facts import strongest_first
from mmae_core.intervals.results import Measurements
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.layer_columns import UNITS, values_of

QUANTITIES = tuple(name for name in UNITS if name != "qt_ms")
"""Measurements with a column; QT alone says little without the rate."""
LONGEST_TEXT = 1000
"""Characters of a title or a reason."""


@dataclass(frozen=True)
class StrongestFinding:
    """What the first row of a recording's findings says."""

    percentile: float
    """Share of normal records, 0..100, that show nothing as strong."""
    leads: tuple[str, ...] = ()
    """Strongest first; empty for what no single lead shows."""
    kind: str = ""
    """See `mmae_core.facts.Fact`; empty for the model's map."""
    layer: Layer = "model"
    title: str = ""
    """In English; empty for the model's map."""

    @property
    def lead(self) -> str:
        """The strongest lead; empty for what no single lead shows."""
        return self.leads[0] if self.leads else ""


@dataclass(frozen=True)
class RowMeasurements:
    """A recording's measurements; NaN where one could not be made."""

    values: Mapping[str, float]
    """By the names of `QUANTITIES`."""
    reasons: Mapping[str, str]
    """Why a value is missing, in English."""

    @classmethod
    def of(cls, measured: Measurements) -> RowMeasurements:
        """From measurements; QT corrected by the default formula."""
        found = {name: value for name, value in values_of(measured).items() if name in QUANTITIES}
        return cls(
            {name: math.nan if value.value is None else value.value for name, value in found.items()},
            {name: value.reason_text for name, value in found.items() if not value.is_measured},
        )


def strongest_of_facts(facts: Iterable[FactLine]) -> StrongestFinding | None:
    """The strongest fact; None without any."""
    fact = min(facts, key=strongest_first, default=None)
    return None if fact is None else StrongestFinding(
        fact.percentile, fact.leads, fact.kind, fact.layer, str(fact.title))


def strongest_of_findings(findings: Sequence[Finding]) -> StrongestFinding | None:
    """The first one with the highest percentile; None without any."""
    found = max(findings, key=lambda finding: finding.percentile, default=None)
    return None if found is None else StrongestFinding(
        found.percentile, (found.lead,) if found.lead else (), found.kind, found.layer, str(found.sentence))


class Readings:
    """Strongest findings and measurements of n recordings as columns, each (n,)."""

    def __init__(self, n: int) -> None:
        self.percentile = np.full(n, np.nan)
        """Of the strongest finding; -inf where there is none, NaN where that is not known."""
        self.lead = np.full(n, -1, np.int16)
        """Place in `STANDARD_LEADS`; -1: none."""
        self.kind: list[str] = [""] * n
        """Of the strongest finding; `layer` names what has no kind."""
        self.values: dict[str, NDArray[np.float64]] = {name: np.full(n, np.nan) for name in QUANTITIES}
        self.search: list[str] = [""] * n
        """Lower-case English text that a search looks through."""

    def put(
        self, row: int, strongest: StrongestFinding | None, measured: RowMeasurements | None, *, is_known: bool
    ) -> None:
        """Set a row; `is_known`: `strongest` None means no finding, rather than unknown."""
        if strongest is None:
            self.percentile[row] = -np.inf if is_known else np.nan
            self.lead[row], self.kind[row], self.search[row] = -1, "", ""
        else:
            self.percentile[row] = strongest.percentile
            self.lead[row] = STANDARD_LEADS.index(strongest.lead) if strongest.lead in STANDARD_LEADS else -1
            self.kind[row] = strongest.kind or strongest.layer
            self.search[row] = f"{strongest.kind} {strongest.title} {' '.join(strongest.leads)}".casefold()
        for name, column in self.values.items():
            column[row] = np.nan if measured is None else measured.values.get(name, np.nan)


def strongest_as_kept(strongest: StrongestFinding | None) -> list[Any] | None:
    """A strongest finding as JSON values, to be kept on disk; None if there is none."""
    if strongest is None:
        return None
    return [strongest.percentile, list(strongest.leads), strongest.kind, strongest.layer, strongest.title]


def strongest_from_kept(kept: object) -> StrongestFinding | None:
    """Read back `strongest_as_kept`. Raises ValueError for anything else."""
    match kept:
        case None:
            return None
        case [float() | int() as percentile, list(leads), str(kind), layer, str(title)] if (
            0 <= percentile <= 100 and layer in LAYERS and set(leads) <= set(STANDARD_LEADS)
            and len(kind) + len(title) <= LONGEST_TEXT
        ):
            return StrongestFinding(float(percentile), tuple(leads), kind, layer, title)
    raise ValueError("no strongest finding")


def measured_as_kept(measured: RowMeasurements | None) -> dict[str, Any] | None:
    """As JSON values: a number, or the reason in its place."""
    if measured is None:
        return None
    return {name: measured.reasons.get(name, "") if math.isnan(value) else value
            for name, value in measured.values.items()}


def measured_from_kept(kept: object) -> RowMeasurements | None:
    """Read back `measured_as_kept`; unknown quantities are left out. Raises ValueError for other values."""
    if kept is None:
        return None
    if not isinstance(kept, dict):
        raise ValueError("no measurements")
    values, reasons = {}, {}
    for name in QUANTITIES:
        value = kept.get(name, "")
        if isinstance(value, str) and len(value) <= LONGEST_TEXT:
            values[name], reasons[name] = math.nan, value
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            values[name] = float(value)
        else:
            raise ValueError(f"no measurement {name}")
    return RowMeasurements(values, reasons)
