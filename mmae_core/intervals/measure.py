"""Measures the intervals of a stretch of a recording: beats, average beats, waves, intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from mmae_core.errors import Cancelled, UnsupportedRecord
from mmae_core.intervals.average import MIN_BEATS, average_beat, whole_beats
from mmae_core.intervals.baseline import Leads, usable_leads
from mmae_core.intervals.beat_results import Array, AverageBeat, Beats
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.interval_changes import Change, p_change, t_change
from mmae_core.intervals.qrs import QrsBounds, frontal_axis, qrs_bounds
from mmae_core.intervals.resting_baseline import has_rest
from mmae_core.intervals.results import (
    Examination,
    Fiducials,
    Measurements,
    Reason,
    Value,
    WaveBounds,
)
from mmae_core.intervals.signal_stretch import read_stretch
from mmae_core.intervals.wave_steadiness import has_steady_p, has_steady_t
from mmae_core.intervals.waves import find_waves
from mmae_core.messages import Message
from mmae_core.record import EcgRecord, FloatArray

RATE_HZ = 500
"""Everything is measured at this rate; 2 ms is finer than the accuracy of any boundary."""
MIN_BEATS_HZ, MIN_WAVES_HZ = 40.0, 100.0
"""Least rates for finding beats (needs 20 Hz of bandwidth) and wave boundaries (50 Hz)."""
MIN_INDEPENDENT = 6
"""PR, QRS and QT span all leads; fewer leads miss the earliest onset and the latest end. Two of the limb
leads are independent: by all six of a normal heart the QRS lasted 70 ms instead of 88."""
MIN_DURATION_S = 2.0
MIN_RATE_BEATS = 3
"""Three beats give two R-R intervals, so that one of them may be the odd one."""
MIN_TYPICAL = 0.5
"""Share of the beats (rounded down: every other one of an odd number) that must be of one kind; below it no beat stands
for the others."""
PR_MS = (70.0, 450.0)
MIN_P_LEADS = 3
"""A P wave must stand out in this many leads (or in all, if fewer); one that only their sum shows is drift or the end
of T."""
MOST_PR_RR = 0.6
"""A P wave earlier than this share of the R-R interval is the preceding T wave."""
LIMB_LEADS = frozenset(("I", "II", "III", "aVR", "aVL", "aVF"))
QRS_MS = (60.0, 260.0)
MOST_QRS_RR = 0.6
"""A QRS longer than this share of the R-R interval has merged with P and T."""
QT_MS = (200.0, 800.0)
"""A value outside these limits is a measuring error, not a finding."""
NO_P: dict[str, None] = {"p_on": None, "p_peak": None, "p_end": None}
NO_T: dict[str, None] = {"t_on": None, "t_peak": None, "t_end": None}

ShouldStop = Callable[[], bool]


def examine_record(
    record: EcgRecord, start_s: float = 0.0, duration_s: float = 10.0, should_stop: ShouldStop | None = None
) -> Examination:
    """Measure a stretch, cut at the record's ends, and keep the average beats.

    Raises UnreadableRecord if the files are damaged, Cancelled if `should_stop` says so.
    """
    stretch = read_stretch(record, start_s, duration_s)
    return examine_signal(stretch.mv, stretch.rate_hz, stretch.lead_names, stretch.start_s, should_stop)


def measure_record(
    record: EcgRecord, start_s: float = 0.0, duration_s: float = 10.0, should_stop: ShouldStop | None = None
) -> Measurements:
    """Measure a stretch, cut at the record's ends.

    Raises UnreadableRecord if the files are damaged, Cancelled if `should_stop` says so.
    """
    return examine_record(record, start_s, duration_s, should_stop).measurements


def measure_signal(
    signal_mv: FloatArray,
    rate_hz: float,
    lead_names: Sequence[str],
    start_s: float = 0.0,
    should_stop: ShouldStop | None = None,
) -> Measurements:
    """Measure (leads, samples) in mV, NaN where invalid; `start_s` is where the first sample is in its recording."""
    return examine_signal(signal_mv, rate_hz, lead_names, start_s, should_stop).measurements


def examine_signal(
    signal_mv: FloatArray,
    rate_hz: float,
    lead_names: Sequence[str],
    start_s: float = 0.0,
    should_stop: ShouldStop | None = None,
) -> Examination:
    """As `measure_signal`, with the average beats, the beats and the signal they were found in."""
    duration_s = signal_mv.shape[1] / rate_hz
    if duration_s < MIN_DURATION_S:
        refusal = Value.none(Reason.TOO_SHORT, duration_s=duration_s, needed_s=MIN_DURATION_S)
        return Examination(_nothing(start_s, duration_s, refusal))
    if rate_hz < MIN_BEATS_HZ:
        return Examination(_nothing(start_s, duration_s, _low_rate(rate_hz, MIN_BEATS_HZ)))
    if not lead_names:
        return Examination(_nothing(start_s, duration_s, Value.none(Reason.NO_LEADS)))
    usable = usable_leads(signal_mv, rate_hz, lead_names, RATE_HZ)
    signal, leads = usable.mv, usable.names
    if not leads:
        return Examination(_nothing(start_s, duration_s, Value.none(Reason.NO_LEADS)))
    _give_up_if(should_stop)
    beats = find_beats(signal, RATE_HZ, usable.has_signal)
    if not has_rest(signal, RATE_HZ, beats.r_samples):
        return Examination(_nothing(start_s, duration_s, Value.none(Reason.NO_REST), leads=leads))
    examined = _examined(usable, beats, start_s, duration_s, rate_hz)
    found = replace(examined.measurements, no_signal_s=int(beats.gap.sum()) / RATE_HZ)
    return replace(examined, measurements=found, signal_mv=signal, beats=beats, recorded_hz=rate_hz)


def _low_rate(rate_hz: float, needed_hz: float) -> Value:
    return Value.none(Reason.LOW_RATE, rate_hz=rate_hz, needed_hz=needed_hz)


def _examined(usable: Leads, beats: Beats, start_s: float, duration_s: float, recorded_hz: float) -> Examination:
    """The measurements that beats of a signal, recorded at `recorded_hz`, allow."""
    signal, leads = usable.mv, usable.names
    rate, rr_s = _rate(beats)
    average = _average(signal, beats)
    bounds = None if average is None else qrs_bounds(average)
    typical = int(beats.is_typical.sum())
    if recorded_hz < MIN_WAVES_HZ:
        refusal = _low_rate(recorded_hz, MIN_WAVES_HZ)
        return Examination(_nothing(start_s, duration_s, refusal, rate, rr_s, beats, leads), average)
    if usable.fault is not None:
        refusal = Value.none(Reason.POOR_QUALITY, fault=usable.fault)
        return Examination(_nothing(start_s, duration_s, refusal, rate, rr_s, beats, leads), average)
    needed = max(MIN_BEATS, math.floor(MIN_TYPICAL * len(beats)))
    if average is None or typical < needed:
        found = int((beats.is_typical & whole_beats(beats, RATE_HZ)).sum()) if average is None else typical
        refusal = Value.none(Reason.FEW_ALIKE, found=found, total=len(beats), needed=needed)
        if not rate.is_measured:
            refusal = rate
        return Examination(_nothing(start_s, duration_s, refusal, rate, rr_s, beats, leads), average)
    if bounds is None:
        refusal = Value.none(Reason.NO_QRS_BOUNDS)
        return Examination(_nothing(start_s, duration_s, refusal, rate, rr_s, beats, leads), average)
    axis, axis_leads = _axis(average, leads, bounds)
    independent = _independent(leads)
    if independent < MIN_INDEPENDENT:
        refusal = Value.none(Reason.FEW_LEADS, found=independent, needed=MIN_INDEPENDENT)
        nothing = _nothing(start_s, duration_s, refusal, rate, rr_s, beats, leads)
        return Examination(replace(nothing, axis_deg=axis, axis_leads=axis_leads), average)
    qrs = _qrs(bounds, average, len(leads))
    if not qrs.is_measured:
        nothing = _nothing(start_s, duration_s, Value.none(Reason.NEEDS_QRS), rate, rr_s, beats, leads)
        return Examination(replace(nothing, qrs_ms=qrs), average)
    waves, lead_waves = find_waves(average, bounds)
    waves = _with_p_if_seen(waves, lead_waves)
    pr, qt = _pr(waves, average, len(leads)), _qt(waves, average, len(leads))
    if pr.is_measured and not has_steady_p(average, waves, is_regular=beats.is_regular):
        pr = Value.none(Reason.NO_P if beats.is_regular else Reason.IRREGULAR)
    if qt.is_measured and not pr.is_measured and not has_steady_t(average, bounds):
        qt = Value.none(Reason.T_UNSTEADY)
    pr, qt = _unless_it_varies(pr, qt, average, waves, bounds)
    refused = ({} if pr.is_measured else NO_P) | ({} if qt.is_measured else NO_T)
    if refused:
        waves, lead_waves = replace(waves, **refused), tuple(replace(lead, **refused) for lead in lead_waves)
    return Examination(Measurements(
        start_s, duration_s, rate, pr, qrs, qt, axis, axis_leads, rr_s, len(beats), typical, beats.is_regular, leads,
        _fiducials(beats, waves, start_s),
    ), average, waves, lead_waves)


def _unless_it_varies(
    pr: Value, qt: Value, average: AverageBeat, waves: WaveBounds, bounds: QrsBounds
) -> tuple[Value, Value]:
    """PR and QT, refused with their range where single beats clearly differ: no one number stands for them."""
    return (_or_range(pr, p_change(average, waves), average, bounds, _pr),
            _or_range(qt, t_change(average, waves), average, bounds, _qt))


def _or_range(
    value: Value, change: Change | None, average: AverageBeat, bounds: QrsBounds,
    interval: Callable[[WaveBounds, AverageBeat, int], Value],
) -> Value:
    """A value, or its range over the beats whose wave lies early and those whose wave lies late."""
    if value.value is None or change is None or not change.is_clear:
        return value
    halves = [interval(find_waves(half, bounds)[0], half, value.n_leads).value for half in change.halves(average)]
    measured = [half for half in halves if half is not None]
    if len(measured) < len(halves):
        measured = [value.value + sign * 500 * (change.latest_s - change.earliest_s) for sign in (-1, 1)]
    return Value.none(Reason.VARIES, low=min(measured), high=max(measured))


def _independent(leads: Sequence[str]) -> int:
    """How many leads do not follow from the others: the chest leads, and two limb leads at most."""
    limb = sum(lead in LIMB_LEADS for lead in leads)
    return min(limb, 2) + len(leads) - limb


def _with_p_if_seen(waves: WaveBounds, lead_waves: Sequence[WaveBounds]) -> WaveBounds:
    """The waves of all leads together, without a P that too few single leads show."""
    seen = sum(lead.p_peak is not None for lead in lead_waves)
    if seen >= min(MIN_P_LEADS, len(lead_waves)):
        return waves
    return replace(waves, **NO_P)


def _give_up_if(should_stop: ShouldStop | None) -> None:
    if should_stop is not None and should_stop():
        raise Cancelled("stopped")


def _average(signal: Array, beats: Beats) -> AverageBeat | None:
    try:
        return average_beat(signal, RATE_HZ, beats)
    except UnsupportedRecord:  # too few beats of one shape: said by the caller, with their number
        return None


def _nothing(
    start_s: float,
    duration_s: float,
    refusal: Value,
    rate: Value | None = None,
    rr_s: float | None = None,
    beats: Beats | None = None,
    leads: tuple[str, ...] = (),
) -> Measurements:
    """All values refused for one reason, except the rate if it is known."""
    fiducials = () if beats is None else _fiducials(beats, WaveBounds(), start_s)
    return Measurements(
        start_s, duration_s, rate or refusal, refusal, refusal, refusal, refusal, None, rr_s,
        0 if beats is None else len(beats), 0 if beats is None else int(beats.is_typical.sum()),
        beats is not None and beats.is_regular, leads, fiducials,
    )


def _rate(beats: Beats) -> tuple[Value, float | None]:
    """Beats a minute from the mean R-R interval, and the median interval in seconds.

    The mean gives beats per time in irregular rhythms too; the median is for QT, which belongs to typical intervals.
    Intervals across a gap in the signal are left out.
    """
    if len(beats) < MIN_RATE_BEATS:
        return Value.none(Reason.FEW_BEATS, found=len(beats), needed=MIN_RATE_BEATS), None
    intervals = beats.intervals / RATE_HZ
    if len(intervals) < MIN_RATE_BEATS - 1:
        return Value.none(Reason.FEW_INTERVALS, found=len(intervals), needed=MIN_RATE_BEATS - 1), None
    return Value(60.0 / float(intervals.mean()), n_beats=len(beats)), float(np.median(intervals))


def _qrs(bounds: QrsBounds, average: AverageBeat, n_leads: int) -> Value:
    if not QRS_MS[0] <= bounds.duration_ms <= min(QRS_MS[1], 1000 * MOST_QRS_RR * average.rr_s):
        return Value.none(Reason.IMPLAUSIBLE, value=bounds.duration_ms)
    return Value(bounds.duration_ms, n_beats=average.n_used, n_leads=n_leads)


def _pr(waves: WaveBounds, average: AverageBeat, n_leads: int) -> Value:
    """From the P onset to the QRS onset."""
    if waves.p_peak is None or waves.qrs_on is None:
        return Value.none(Reason.NO_P)
    if waves.p_on is None:
        return Value.none(Reason.AT_LIMIT, boundary=Message("beginning of P"))
    value = 1000 * (waves.qrs_on - waves.p_on)
    if not PR_MS[0] <= value <= min(PR_MS[1], 1000 * MOST_PR_RR * average.rr_s):
        return Value.none(Reason.IMPLAUSIBLE, value=value)
    return Value(value, n_beats=average.n_used, n_leads=n_leads)


def _qt(waves: WaveBounds, average: AverageBeat, n_leads: int) -> Value:
    """From the QRS onset to the end of T."""
    if waves.t_peak is None or waves.qrs_on is None:
        return Value.none(Reason.NO_T)
    if waves.t_end is None:
        return Value.none(Reason.AT_LIMIT, boundary=Message("end of T"))
    value = 1000 * (waves.t_end - waves.qrs_on)
    if not QT_MS[0] <= value <= QT_MS[1]:
        return Value.none(Reason.IMPLAUSIBLE, value=value)
    return Value(value, n_beats=average.n_used, n_leads=n_leads)


def _axis(
    average: AverageBeat, leads: tuple[str, ...], bounds: QrsBounds
) -> tuple[Value, tuple[str, str] | None]:
    if "I" not in leads or not {"II", "aVF"} & set(leads):
        return Value.none(Reason.NO_LIMB_LEADS), None
    found = frontal_axis(average, leads, bounds)
    if found is None:
        return Value.none(Reason.NO_AXIS), None
    degrees, used = found
    return Value(degrees, n_beats=average.n_used, n_leads=2), used


def _fiducials(beats: Beats, waves: WaveBounds, start_s: float) -> tuple[Fiducials, ...]:
    """Each beat's fiducials: those of the average beat, if the beat is in the average."""
    found = []
    from_r = {f"{name}_s": at for name, at in vars(waves).items() if at is not None and name != "t_on"}
    for r, is_typical, follows_gap in zip(beats.r_samples, beats.is_typical, beats.follows_gap, strict=True):
        at_s = start_s + int(r) / RATE_HZ
        instants = {name: at_s + after_r for name, after_r in from_r.items()} if is_typical else {}
        found.append(Fiducials(at_s, bool(is_typical), bool(follows_gap), **instants))
    return tuple(found)
