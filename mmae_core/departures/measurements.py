"""All measurements of an examined stretch: per lead from the average beat, per record from rhythm and axes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.beat_values import BeatBounds, expected_t_end_s, lead_values
from mmae_core.departures.carried import EVERYTHING, ST_QUANTITIES, Carried
from mmae_core.departures.quantities import LEAD_QUANTITIES, QTC_FORMULA, RECORD_QUANTITIES
from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.intervals.qrs import qrs_bounds
from mmae_core.intervals.results import FORMULAS, Examination, Measurements, Reason, Value, WaveBounds
from mmae_core.messages import Message, message_of
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

MIN_RR = 3
"""R-R intervals needed to measure irregularity."""
DOWER_X = {"V1": -0.172, "V2": -0.074, "V3": 0.122, "V4": 0.231, "V5": 0.239, "V6": 0.194, "I": 0.156, "II": -0.010}
DOWER_Y = {"V1": 0.057, "V2": -0.019, "V3": -0.106, "V4": -0.022, "V5": 0.041, "V6": 0.048, "I": -0.227, "II": 0.887}
DOWER_Z = {"V1": -0.229, "V2": -0.310, "V3": -0.246, "V4": -0.063, "V5": 0.055, "V6": 0.108, "I": 0.022, "II": 0.102}
"""Weights of the leads for the vector pointing left, down and backwards (Edenbrandt and Pahlm 1988, J Electrocardiol
21:361)."""


@dataclass(frozen=True)
class Measured:
    """Values by quantity (see `mmae_core.departures.quantities`); NaN where not measured."""

    leads: Mapping[str, Array]
    """(12,) each, in the order of `STANDARD_LEADS`."""
    record: Mapping[str, float]
    bounds: BeatBounds | None
    """None if the beat could not be measured."""
    limitations: tuple[Message, ...] = ()

    def vector(self) -> Array:
        """All values in the order of `quantity_keys()`."""
        return np.concatenate([*(self.leads[name] for name in LEAD_QUANTITIES),
                               np.array([self.record[name] for name in RECORD_QUANTITIES])])

    def values(self) -> dict[str, float]:
        """What was measured, by key."""
        return {key: float(value) for key, value in zip(quantity_keys(), self.vector(), strict=True)
                if math.isfinite(value)}


def quantity_keys() -> tuple[str, ...]:
    """`quantity:lead` of every lead's measurements, then the record's."""
    return (*(f"{name}:{lead}" for name in LEAD_QUANTITIES for lead in STANDARD_LEADS), *RECORD_QUANTITIES)


def measure(examination: Examination, carried: Carried = EVERYTHING) -> Measured:
    """Measure everything in an examined stretch; what could not be measured is NaN, and `limitations` says why."""
    found, average = examination.measurements, examination.average
    record = dict.fromkeys(RECORD_QUANTITIES, math.nan) | _rhythm(found)
    leads = {name: np.full(len(STANDARD_LEADS), np.nan) for name in LEAD_QUANTITIES}
    limitations = []
    if found.no_signal_s > 0:
        limitations.append(Message(
            "no signal for {seconds:.1f} s: what lies across it is neither an R-R interval nor a pause",
            seconds=found.no_signal_s))
    can_measure = found.qrs_ms.is_measured or found.qrs_ms.reason is Reason.FEW_LEADS
    bounds = _bounds(examination, average) if average is not None and can_measure else None
    if average is None or bounds is None:
        limitations.append(Message("no waves measured: {reason}",
                                   reason=_reason(found.qrs_ms) or Message("no beats were found")))
        return Measured(leads, record, None, tuple(limitations))
    rows = [STANDARD_LEADS.index(lead) for lead in found.leads]
    for name, values in lead_values(average.mv, average.rate_hz, average.r_index, bounds).items():
        leads[name][rows] = values
    if carried.st_refused is not None:
        for name in ST_QUANTITIES:
            leads[name][:] = math.nan
        limitations.append(carried.st_refused)
    missing = [lead for lead in STANDARD_LEADS if lead not in found.leads]
    if missing:
        limitations.append(Message("{leads}: missing or without a usable signal", leads=", ".join(missing)))
    record |= _of_leads(leads)
    for name, value in ((Message("PR"), found.pr_ms), (Message("QRS"), found.qrs_ms), (Message("QT"), found.qt_ms),
                        (Message("QRS axis"), found.axis_deg)):
        if not value.is_measured:
            limitations.append(Message("{quantity}: {reason}", quantity=name, reason=_reason(value)))
    limitations.append(Message("notches, Q waves < 20 ms not measured"))
    return Measured(leads, record, bounds, tuple(limitations))


def _bounds(examination: Examination, average: AverageBeat) -> BeatBounds | None:
    """Wave bounds of all leads together; where the end of T was not found, the expected one is used."""
    found = examination.bounds
    if found is None or found.qrs_on is None or found.qrs_end is None:
        qrs = qrs_bounds(average)
        if qrs is None:
            return None
        found = WaveBounds(qrs_on=qrs.onset_s, qrs_end=qrs.end_s)
    onset_s, end_s = float(found.qrs_on or 0.0), float(found.qrs_end or 0.0)
    t_end_s = expected_t_end_s(average.rr_s, onset_s, end_s) if found.t_end is None else found.t_end
    return BeatBounds(onset_s, end_s, min(t_end_s, float(average.times_s[-1])), found.p_on, found.p_end,
                      has_t=found.t_end is not None)


def _reason(value: Value) -> str:
    """Why there is no value, as a translatable text; empty if there is one."""
    return "" if value.reason is None else message_of(value.reason.value, value.details)


def _number(value: Value) -> float:
    return math.nan if value.value is None else value.value


def _rhythm(found: Measurements) -> dict[str, float]:
    values = {"rate_bpm": _number(found.rate_bpm), "pr_ms": _number(found.pr_ms), "qrs_ms": _number(found.qrs_ms),
              "qt_ms": _number(found.qt_ms), "qrs_axis_deg": _number(found.axis_deg)}
    if found.pr_ms.is_measured or found.pr_ms.reason in (Reason.NO_P, Reason.IRREGULAR):
        values["missing_p"] = float(not found.pr_ms.is_measured)
    if found.qt_ms.value is not None and found.rr_s is not None:
        values["qtc_ms"] = FORMULAS[QTC_FORMULA].correct(found.qt_ms.value, found.rr_s)
    intervals = np.array(found.intervals_s)
    if found.rate_bpm.is_measured and len(intervals) >= MIN_RR:
        middle = float(np.median(intervals))
        values["irregularity_percent"] = 100 * float(np.median(np.abs(np.diff(intervals)))) / middle
        if "missing_p" in values:
            values["irregular_without_p_percent"] = values["irregularity_percent"] * values["missing_p"]
        values["longest_rr_share"] = float(intervals.max()) / middle
        values["longest_rr_s"] = float(intervals.max())
        values["shortest_rr_share"] = float(intervals.min()) / middle
    return values


def _of_leads(leads: Mapping[str, Array]) -> dict[str, float]:
    at = {lead: row for row, lead in enumerate(STANDARD_LEADS)}

    def of(name: str, *which: str) -> Array:
        return leads[name][[at[lead] for lead in which]]

    limb, chest = ("I", "II", "III", "aVR", "aVL", "aVF"), ("V1", "V2", "V3", "V4", "V5", "V6")
    values = {
        "r_v3_mv": float(of("r_first_mv", "V3")[0]),
        "r_gain_mv": float(of("r_mv", "V4")[0] - of("r_mv", "V1")[0]),
        "sokolow_mv": float(of("s_mv", "V1")[0] + of("r_mv", "V5", "V6").max()),
        "cornell_mv": float(of("r_mv", "aVL")[0] + of("s_mv", "V3")[0]),
        "limb_swing_mv": float(of("swing_mv", *limb).max()),
        "chest_swing_mv": float(of("swing_mv", *chest).max()),
        "p_axis_deg": _frontal(of("p_mv", "I", "aVF"), 0.03),
        "t_axis_deg": _frontal(of("t_mv", "I", "aVF"), 0.06),
    }
    qrs, t = _vector(leads["area_mv_ms"], at), _vector(leads["t_mv"], at)
    size = float(np.linalg.norm(qrs) * np.linalg.norm(t))
    if size > 0 and math.isfinite(size):
        values["qrs_t_angle_deg"] = math.degrees(math.acos(float(np.clip(qrs @ t / size, -1.0, 1.0))))
    return values


def _frontal(pair: Array, least_mv: float) -> float:
    """Axis in degrees from I and aVF; NaN if both are too small to have a direction."""
    x, y = float(pair[0]), float(pair[1]) * 2 / math.sqrt(3)
    return math.degrees(math.atan2(y, x)) if math.hypot(x, y) >= least_mv else math.nan


def _vector(values: Array, at: Mapping[str, int]) -> Array:
    return np.array([sum(weight * values[at[lead]] for lead, weight in weights.items())
                     for weights in (DOWER_X, DOWER_Y, DOWER_Z)])
