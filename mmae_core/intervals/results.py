"""Results of measuring: values or reasons why there are none, fiducials of each beat, formulas for QTc."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mmae_core.intervals.beat_results import Array, AverageBeat, Beats


class Reason(Enum):
    """Why something could not be measured; the text is filled with the values that come with it."""

    TOO_SHORT = "the stretch lasts {duration_s:.1f} s; {needed_s:g} s are needed"
    LOW_RATE = "sampled at {rate_hz:g} Hz; {needed_hz:g} Hz are needed"
    NO_LEADS = "none of the twelve leads has a usable signal"
    FEW_LEADS = "a usable signal in only {found} of eight independent leads; {needed} are needed"
    POOR_QUALITY = "the signal is too poor: {fault}"
    FEW_BEATS = "only {found} beats were found; {needed} are needed"
    FEW_INTERVALS = "only {found} beats follow the one before without a gap in the signal; {needed} are needed"
    FEW_ALIKE = "only {found} of {total} beats are whole and alike; {needed} are needed"
    NO_REST = "the signal does not come to rest between beats"
    NO_QRS_BOUNDS = "the QRS does not stand out from the noise"
    NO_P = "no P wave that keeps its place before the QRS"
    IRREGULAR = "the rhythm is irregular and has no steady P wave"
    P_DISAGREES = "the leads disagree on the P wave by {spread_ms:.0f} ms"
    T_DISAGREES = "the leads disagree on the end of T by {spread_ms:.0f} ms"
    T_UNSTEADY = "the end of T differs from beat to beat"
    VARIES = "it changes from {low:.0f} to {high:.0f} ms within the stretch"
    NO_T = "no T wave was found in enough leads"
    IMPLAUSIBLE = "the result, {value:.0f} ms, is not plausible"
    NO_LIMB_LEADS = "leads I and aVF, or I and II, are needed"
    NO_AXIS = "the QRS has no direction in the limb leads"
    AT_LIMIT = "the {boundary} lies where the search ends"
    NEEDS_QRS = "QRS could not be measured"
    NEEDS_QT = "QT could not be measured"
    NEEDS_RATE = "the rate could not be measured"


@dataclass(frozen=True)
class Value:
    """One measurement. `value` is None if there is none, and then `reason` says why."""

    value: float | None
    reason: Reason | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    n_beats: int = 0
    """Beats it was taken from."""
    n_leads: int = 0
    """Leads it was taken from."""

    @classmethod
    def none(cls, reason: Reason, **details: object) -> Value:
        """Could not be measured."""
        return cls(None, reason, details)

    @property
    def is_measured(self) -> bool:
        return self.value is not None

    @property
    def reason_text(self) -> str:
        """The reason in English; empty if there is a value."""
        return "" if self.reason is None else self.reason.value.format(**self.details)


@dataclass(frozen=True)
class Fiducials:
    """One beat, in seconds of the recording; None for what was not found or could not be trusted."""

    r_s: float
    is_typical: bool
    """Of the prevailing shape and not premature; only such beats have boundaries."""
    follows_gap: bool = False
    """Whether the signal has a gap between this beat and the previous one, so that there is no R-R interval."""
    p_on_s: float | None = None
    p_peak_s: float | None = None
    p_end_s: float | None = None
    qrs_on_s: float | None = None
    qrs_end_s: float | None = None
    t_peak_s: float | None = None
    t_end_s: float | None = None


@dataclass(frozen=True)
class WaveBounds:
    """Where the waves of an average beat begin, peak and end, in seconds from its R-peak; None: not measured."""

    p_on: float | None = None
    p_peak: float | None = None
    p_end: float | None = None
    qrs_on: float | None = None
    qrs_end: float | None = None
    """The J point."""
    t_on: float | None = None
    t_peak: float | None = None
    t_end: float | None = None


@dataclass(frozen=True)
class Measurements:
    """A stretch of a recording. Intervals are of the average of its typical beats, in ms; one that clearly changes from
    beat to beat is refused with its range."""

    start_s: float
    duration_s: float
    rate_bpm: Value
    pr_ms: Value
    qrs_ms: Value
    qt_ms: Value
    axis_deg: Value
    """Frontal axis of the QRS: 0 to the left, 90 downwards, -180 < axis <= 180."""
    axis_leads: tuple[str, str] | None = None
    """The leads whose net QRS deflections it was computed from."""
    rr_s: float | None = None
    """Median R-R interval, which QT is corrected with."""
    n_beats: int = 0
    n_typical: int = 0
    is_regular: bool = False
    leads: tuple[str, ...] = ()
    """Leads that were used; the others are missing or of too poor a signal."""
    beats: tuple[Fiducials, ...] = ()
    no_signal_s: float = 0.0
    """Seconds of the stretch without a signal in most leads; no R-R interval spans them."""

    @property
    def intervals_s(self) -> tuple[float, ...]:
        """R-R intervals in order, those across gaps in the signal left out."""
        return tuple(beat.r_s - last.r_s for last, beat in itertools.pairwise(self.beats) if not beat.follows_gap)

    def qtc_ms(self, formula: QtcFormula) -> Value:
        """QT corrected for the rate."""
        if self.qt_ms.value is None:
            return Value.none(self.qt_ms.reason or Reason.NEEDS_QT, **self.qt_ms.details)
        if self.rr_s is None:
            return Value.none(Reason.NEEDS_RATE)
        return Value(formula.correct(self.qt_ms.value, self.rr_s), n_beats=self.qt_ms.n_beats,
                     n_leads=self.qt_ms.n_leads)


@dataclass(frozen=True)
class Examination:
    """What was measured in a stretch, and the average beats it was measured on."""

    measurements: Measurements
    average: AverageBeat | None = None
    """Of `measurements.leads`; None if there are too few beats of one shape."""
    bounds: WaveBounds | None = None
    """Boundaries of `average`, of all leads together; None without a QRS. What was refused is None in it."""
    lead_bounds: tuple[WaveBounds, ...] = ()
    """The same in each lead of `average`; empty if `bounds` is None."""
    signal_mv: Array | None = None
    """(leads, samples) of `measurements.leads` at 500 Hz, as everything was measured in it: invalid samples bridged, a
    wandering baseline taken out; None where no beats were found."""
    beats: Beats | None = None
    """Every beat, in samples of `signal_mv`."""
    recorded_hz: float = 500.0
    """Sampling rate of the recording; half of it is the highest frequency in `signal_mv`."""


@dataclass(frozen=True)
class QtcFormula:
    """A way to correct QT for the rate, by the name that stands beside the number."""

    name: str
    formula: str
    """As it is written; QT in ms, RR in s, rate in beats a minute."""
    source: str
    correct: Callable[[float, float], float]
    """(QT in ms, RR in s) -> ms."""


FORMULAS = {
    formula.name: formula
    for formula in (
        QtcFormula("Fridericia", "QT / RR^(1/3)", "Fridericia 1920", lambda qt, rr: qt / math.cbrt(rr)),
        QtcFormula("Bazett", "QT / RR^(1/2)", "Bazett 1920", lambda qt, rr: qt / math.sqrt(rr)),
        QtcFormula("Framingham", "QT + 154 (1 - RR)", "Sagie et al. 1992", lambda qt, rr: qt + 154 * (1 - rr)),
        QtcFormula("Hodges", "QT + 1.75 (rate - 60)", "Hodges et al. 1983", lambda qt, rr: qt + 1.75 * (60 / rr - 60)),
    )
}
"""The default first: Fridericia corrects fast and slow rates better than Bazett (AHA/ACCF/HRS 2009 asks for the
formula to be named)."""
DEFAULT_FORMULA = "Fridericia"
