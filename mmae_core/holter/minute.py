"""QT and ST of one minute, on the average of its usual beats."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnsupportedRecord
from mmae_core.holter.results import MINUTE_S, ST_STEP_S, Array, Mask
from mmae_core.intervals.average import average_beat
from mmae_core.intervals.beat_results import AverageBeat, Beats
from mmae_core.intervals.measure import MIN_WAVES_HZ, QT_MS, RATE_HZ
from mmae_core.intervals.qrs import QrsBounds, qrs_bounds
from mmae_core.intervals.wave_steadiness import has_steady_t
from mmae_core.intervals.waves import find_waves

ST_AFTER_J_S = 0.06
"""ST is measured this long after J; 80 ms at slow rates would be usual too (AHA/ACC 1999 leaves both)."""
PR_LEVEL_S = 0.02
"""Its zero is the mean over this stretch before the QRS."""
ST_MEAN_S = 0.008
MOST_APART_MV = 0.1
"""Where the beats of a step differ more (median deviation), noise or a moving electrode is measured, not ST."""
MIN_BEATS = 3
"""Beats of a step for a median."""
AROUND_S = 1.0
"""Signal taken along at both ends of the minute, for the beats at its edges."""
STEPS = round(MINUTE_S / ST_STEP_S)


@dataclass(frozen=True)
class MinuteBeat:
    """What the average beat of a minute gives; NaN or None where it gives nothing."""

    qt_ms: float = np.nan
    rr_s: float = np.nan
    st_mv: Array | None = field(default=None)
    """(leads, steps of 20 s)"""


def measure_minute(
    signal: Array, r_samples: NDArray[np.int64], is_normal: Mask, follows_gap: Mask, gap: Mask,
    start_s: float, end_s: float, usable: NDArray[np.int64], n_leads: int, recorded_hz: float,
) -> MinuteBeat:
    """Measure between two times of (usable leads, samples) in mV at `RATE_HZ`; `usable` says which of `n_leads`.

    QT is that of all usable leads together. With fewer than the twelve it may be shorter than theirs; it is meant to be
    compared with itself.
    """
    first = max(0, round((start_s - AROUND_S) * RATE_HZ))
    last = min(signal.shape[1], round((end_s + AROUND_S) * RATE_HZ))
    here = (r_samples >= first) & (r_samples < last)
    if recorded_hz < MIN_WAVES_HZ or np.count_nonzero(is_normal & here) < MIN_BEATS:
        return MinuteBeat()
    normal = is_normal[here]
    beats = Beats(r_samples[here] - first, normal, ~normal, normal, True, follows_gap[here], gap[first:last])
    try:
        average = average_beat(signal[:, first:last], RATE_HZ, beats)
    except UnsupportedRecord:  # too few whole beats: nothing is said of this minute
        return MinuteBeat()
    bounds = qrs_bounds(average)
    if bounds is None:
        return MinuteBeat(rr_s=average.rr_s)
    at_s = first / RATE_HZ + average.r_samples[average.used] / RATE_HZ - start_s
    st_mv = np.full((n_leads, STEPS), np.nan)
    st_mv[usable] = _st(average, bounds, at_s)
    return MinuteBeat(_qt_ms(average, bounds), average.rr_s, st_mv)


def _qt_ms(average: AverageBeat, bounds: QrsBounds) -> float:
    waves, _ = find_waves(average, bounds)
    if waves.t_end is None or waves.qrs_on is None or not has_steady_t(average, bounds):
        return float(np.nan)
    qt_ms = 1000 * (waves.t_end - waves.qrs_on)
    return qt_ms if QT_MS[0] <= qt_ms <= QT_MS[1] else float(np.nan)


def _st(average: AverageBeat, bounds: QrsBounds, at_s: Array) -> Array:
    """(leads, steps) median over the beats of each step, NaN for fewer than `MIN_BEATS` and where they disagree."""
    rate = average.rate_hz
    half = round(ST_MEAN_S / 2 * rate)
    st = bounds.end + round(ST_AFTER_J_S * rate)
    level = max(0, bounds.onset - round(PR_LEVEL_S * rate))
    found = np.full((average.mv.shape[0], STEPS), np.nan)
    if st + half >= average.mv.shape[1] or bounds.onset <= level:
        return found
    values = (average.beats_mv[:, :, st - half : st + half + 1].mean(axis=2)
              - average.beats_mv[:, :, level : bounds.onset].mean(axis=2))
    steps = np.floor(at_s / ST_STEP_S).astype(np.int64)
    for step in range(STEPS):
        if np.count_nonzero(steps == step) >= MIN_BEATS:
            middle = np.median(values[steps == step], axis=0)
            apart = np.median(np.abs(values[steps == step] - middle), axis=0)
            found[:, step] = np.where(apart <= MOST_APART_MV, middle, np.nan)
    return found
