"""Results of comparing a recording's measurements with normal ECGs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mmae_core.messages import Message

Wave = Literal["P", "QRS", "ST", "T", "U", "rhythm"]
"""The part of the beat a departure lies on; `rhythm` if no single wave shows it (rate, irregularity, pauses)."""
Kind = Literal[
    "ST elevation", "ST depression", "ST slope", "J point", "T inversion", "T flat or low", "T tall", "T other",
    "Q wave", "QS", "R small", "R tall", "R progression", "S deep", "QRS wide", "QRS narrow", "low voltage",
    "high voltage", "P", "U wave", "PR", "QT", "axis", "rate", "rhythm",
]
"""The kind of a departure. Several measurements can be of one kind (J+40, J+60 and J+80 of ST elevation)."""
MOST_SHARE = 99.9
"""Highest percentile that is said in words: there are too few normals to claim more."""


@dataclass(frozen=True)
class Departure:
    """One measurement that lies outside the range of normals."""

    quantity: str
    """Key of the measurement, such as `st_j60_mv` (see `mmae_core.departures.quantities`)."""
    kind: Kind
    wave: Wave
    lead: str | None
    """One of the recording's leads; None for a measurement of the whole record."""
    sign: Literal[-1, 1]
    """1: above the normals' upper limit; -1: below the lower one."""
    value: float
    unit: str
    """`mV`, `ms`, `mV/s`, `°`, `/min` or empty for a ratio."""
    percentile: float
    """Share of the normals of `group`, 0..100, whose value is less extreme on that side."""
    n_normals: int
    """Effective number of normals of that sex and age: the nearer in age, the more one counts."""
    group: str
    """Who they are, in words: `women of about 65`, `normal ECGs (sex and age unknown)`."""
    strength: float
    """Distance from the normals on a scale shared by all measurements; unbounded beyond the most extreme normal."""
    family_percentile: float
    """Share of normal records, 0..100, whose largest departure anywhere is weaker; decides what is a finding."""
    start_s: float
    """Where the wave begins, in seconds from the R-peak of each beat it holds for."""
    end_s: float
    sentence: Message
    """`ST +0.24 mV in V2: above 99.4 % of 1,912 women of about 65`."""
    heat_percentile: float = 0.0
    """As `family_percentile`, but among departures of its own group: ST and T, rate, intervals, rhythm, or all else.
    Sets the colour on the paper; more normal records reach 95 somewhere than have a finding."""
    is_maybe_paced: bool = False
    """Whether its waves may be paced, unlike the normals'."""

    @property
    def has_place(self) -> bool:
        """Whether it can be marked on a wave of a lead: not so for a rhythm or for values combined from leads, such as
        an axis. An interval of all leads lies in the lead that stands for the rhythm.
        """
        return self.wave != "rhythm" and not (self.lead is None and self.kind in PUT_TOGETHER)

    @property
    def is_flagged(self) -> bool:
        """Whether it is a finding at the default threshold: at most 5 % of normal records carry any."""
        return self.family_percentile >= FLAG_PERCENTILE


FLAG_PERCENTILE = 95.0
PUT_TOGETHER: frozenset[Kind] = frozenset({"axis", "low voltage", "high voltage", "R progression"})
"""Kinds whose record-wide values combine several leads."""


@dataclass(frozen=True)
class RecordDepartures:
    """All departures of a stretch of a recording, and what could not be determined."""

    start_s: float
    end_s: float
    departures: tuple[Departure, ...] = ()
    """Flagged ones first, then those outside a limit that chance may explain; each strongest first."""
    beats_s: tuple[float, ...] = ()
    """R-peaks, in seconds of the recording, of the beats the average beat stands for; departures lie on each.

    Empty where nothing was compared."""
    values: Mapping[str, float] = field(default_factory=dict)
    """Every measurement made: `quantity` of the record, or `quantity:lead`."""
    limitations: tuple[Message, ...] = ()
    """What could not be measured or compared, each with the reason."""
    group: str = ""
    """The normals compared with; empty if nobody (a child)."""
    kind_scores: Mapping[Kind, tuple[float, ...]] = field(default_factory=dict)
    """By kind, how strongly each of `STANDARD_LEADS` shows it, flagged or not; NaN where unknown."""
    lead_heat: tuple[float, ...] = ()
    """How much each of `STANDARD_LEADS` departs in any way."""
    wave_percentiles: Mapping[Wave, tuple[float, ...]] = field(default_factory=dict)
    """By wave, the largest `heat_percentile` in each of `STANDARD_LEADS`; NaN where unknown."""

    @property
    def flagged(self) -> tuple[Departure, ...]:
        return tuple(departure for departure in self.departures if departure.is_flagged)
