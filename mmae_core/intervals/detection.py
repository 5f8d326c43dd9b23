"""Detects beats in all leads at once: one search over one curve, so that a beat is counted once.

The curve is the slope in the band of the QRS (Pan and Tompkins 1985, offline and without phase shift), averaged over
the leads, each weighted by how far its beats stand above what lies between them: a noisy lead has little weight. A beat
is compared with the beats of the surrounding seconds, so that hours with changing amplitude can be searched.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Array, Samples
from mmae_core.intervals.filters import central_differences, zero_phase
from mmae_core.intervals.recurrence import recurring
from mmae_core.scipy_parts import find_peaks, maximum_filter1d, median_filter, percentile_filter, uniform_filter1d

BAND_HZ = (8.0, 20.0)
"""Where a QRS has its energy and a T wave little (Elgendi et al. 2010)."""
BAND_PADDING = 15
"""Samples mirrored at both ends for the filter to settle."""
QRS_S = 0.1
"""Integration width: about one QRS."""
REFRACTORY_S = 0.24
"""No two beats are nearer than this (250 beats a minute); QRS peaks of limb and chest leads are."""
THRESHOLD = 0.35
"""Threshold, as a share of the typical beat nearby; halved where a beat seems to be missing."""
STRETCH_S = 1.5
"""Length of a stretch: contains a beat at 40/min and faster. At slower rates some stretches contain none."""
SLOW_PERCENTILE = 70
"""Percentile of the stretches' maxima that still finds the beats of a slow heart (at 17/min three of seven contain
one)."""
SLOW_TIMES = 2.5
"""A slow heart's beats are this many times steeper than what lies between them, T waves or noise."""
NEAR_STRETCHES = 7
"""Number of stretches (10 s) that define the typical beat at a place."""
MISSING_BEAT = 1.6
"""A gap this many times the R-R interval around it is searched again."""
MIN_SLOPE_MV_PER_S = 0.4
"""A typical beat below this slope in the band (a QRS of about 25 µV) cannot be told from noise."""
MIN_CONTRAST, QUIET_SHARE = 5.0, 0.1
"""A typical beat stands this many times above the quietest tenth of the lead (see `mmae_core.signals.rpeaks`)."""
WEAK = 0.8
"""A beat lower than this share of the typical one is doubted."""
USUAL_SPAN = 1.3
"""A doubted beat is dropped if its neighbours are no farther apart than this many usual intervals."""
USUAL_STRETCHES = 161
"""Number of stretches (4 minutes) that define what is usual in a lead."""
JUMP = 3.0
"""A stretch this many times steeper than usual is an electrode jump, not a beat."""
MEAN_POWER = 0.5
"""Exponent of the power mean over the leads: near the geometric mean, so that an artefact in one lead is no beat."""


def detect_beats(signal_mv: Array, rate_hz: float, has_signal: NDArray[np.bool_] | None = None) -> Samples:
    """Samples of the beats of (leads, samples) in mV, ascending: where the leads together are steepest.

    Gaps are bridged; `has_signal` (leads, samples) says where a lead counts (None: everywhere). Empty if no lead has
    beats that stand out, below two seconds, and below 50 Hz.
    """
    if signal_mv.shape[1] < 2 * rate_hz or rate_hz < 2.5 * BAND_HZ[1]:
        return np.empty(0, np.int64)
    power = _power(signal_mv, rate_hz)
    usual, _ = _search(power, signal_mv, rate_hz, has_signal, may_be_slow=False)
    slow, is_slow = _search(power, signal_mv, rate_hz, has_signal, may_be_slow=True)
    return _where_slow(usual, slow, is_slow, round(STRETCH_S * rate_hz)) if is_slow.any() else usual


def _search(
    power: Array, signal_mv: Array, rate_hz: float, has_signal: NDArray[np.bool_] | None, *, may_be_slow: bool
) -> tuple[Samples, NDArray[np.bool_]]:
    """Beats, and the stretches (stretches,) that were searched as those of a slow heart.

    Nothing is searched where the heart `may_be_slow` and is not.
    """
    silent = _silent(has_signal, power.shape[1], rate_hz)
    typical, is_slow = _typical(power, rate_hz, silent, may_be_slow=may_be_slow)
    if may_be_slow and not is_slow.any():
        return np.empty(0, np.int64), is_slow
    typical = np.sqrt(typical)
    middle = np.median(typical, axis=1)
    is_quiet = power <= np.square(middle / MIN_CONTRAST)[:, None]
    has_beats = (middle >= MIN_SLOPE_MV_PER_S) & (is_quiet.mean(axis=1) >= QUIET_SHARE)
    if not has_beats.any():
        return np.empty(0, np.int64), is_slow
    stretch = max(1, round(STRETCH_S * rate_hz))
    weights = np.where(has_beats[:, None], _contrast(power, typical, stretch) * _trust(power, stretch), 0.0)
    weights = weights / np.maximum(weights.sum(axis=0), 1e-12)
    curve = _mean_height(power, typical, weights, stretch, has_signal)
    level, slow_here = _typical(curve[None] ** 2, rate_hz, silent, may_be_slow=may_be_slow)
    local = np.sqrt(level[0])
    at = np.minimum(np.arange(len(curve)) // stretch, len(local) - 1)
    return _beats(curve / np.maximum(local[at], 1e-12), signal_mv[has_beats], rate_hz), is_slow | slow_here


def _where_slow(usual: Samples, slow: Samples, is_slow: NDArray[np.bool_], stretch: int) -> Samples:
    """The beats of a slow heart where they are indeed far apart, and the usual ones elsewhere."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_slow.view(np.int8), [0])))) * stretch
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end == len(is_slow) * stretch:
            end += stretch  # what is left over behind the last whole stretch
        reach = NEAR_STRETCHES // 2 * stretch
        first, last = start - reach, end + reach
        near = slow[(slow >= first) & (slow < last)]
        if len(near) > 1 and np.median(np.diff(near)) >= stretch:
            usual = np.concatenate((usual[usual < first], near, usual[usual >= last]))
    return usual


def _mean_height(
    power: Array, typical: Array, weights: Array, stretch: int, has_signal: NDArray[np.bool_] | None
) -> Array:
    """(samples,) mean over the leads of the power mean `MEAN_POWER` of their slopes, a typical beat's being 1.

    Weights and typical slopes are of each stretch; the last one reaches to the end. A lead does not count where it has
    no signal.
    """
    heights = np.sqrt(power) ** MEAN_POWER
    scales = weights / np.maximum(typical, 1e-12) ** MEAN_POWER
    edges = [*range(0, stretch * scales.shape[1], stretch), power.shape[1]]
    if has_signal is None or has_signal.all():
        parts = [scale @ heights[:, first:last]
                 for scale, first, last in zip(scales.T, edges[:-1], edges[1:], strict=True)]
    else:
        heights *= has_signal
        parts = [(scale @ heights[:, first:last]) / np.maximum(weight @ has_signal[:, first:last], 1e-12)
                 for scale, weight, first, last in zip(scales.T, weights.T, edges[:-1], edges[1:], strict=True)]
    return np.asarray(np.concatenate(parts) ** (1 / MEAN_POWER))


def _contrast(power: Array, typical: Array, stretch: int) -> Array:
    """(leads, stretches) how far a typical beat stands above the middle of each stretch and its neighbours."""
    n = typical.shape[1]
    cut = power[:, : n * stretch].reshape(len(power), n, -1)
    middle = (stretch - 1) // 2, stretch // 2
    rest = np.partition(cut, middle, axis=2)[:, :, middle[0] : middle[1] + 1].mean(axis=2)
    rest = median_filter(rest, size=(1, min(3, n)), mode="nearest")
    return np.asarray(typical / np.maximum(np.sqrt(rest), 1e-12))


def _trust(power: Array, stretch: int) -> Array:
    """(leads, stretches) 0..1: less where a lead is much steeper than it is over minutes, there or next to it.

    Where all leads are, as in a tall ectopic beat, they still weigh the same against each other.
    """
    n = power.shape[1] // stretch
    steepest = np.sqrt(power[:, : n * stretch].reshape(len(power), n, -1).max(axis=2))
    usual = median_filter(steepest, size=(1, min(USUAL_STRETCHES, n)), mode="nearest")
    near = maximum_filter1d(steepest, 3, axis=1, mode="nearest")
    return np.asarray(np.minimum(1.0, JUMP * usual / np.maximum(near, 1e-12)) ** 2)


def _power(signal_mv: Array, rate_hz: float) -> Array:
    """(leads, samples) mean squared slope in the band over the width of a QRS, in (mV/s)²."""
    slope = central_differences(zero_phase(BAND_HZ, "bandpass", rate_hz)(signal_mv, BAND_PADDING))
    slope *= rate_hz
    slope *= slope
    mean = uniform_filter1d(slope, max(1, round(QRS_S * rate_hz)), axis=1, mode="constant")
    return np.asarray(np.maximum(mean, 0.0, out=mean))  # a running sum may end a hair below zero


def _silent(has_signal: NDArray[np.bool_] | None, n_samples: int, rate_hz: float) -> NDArray[np.bool_]:
    """(stretches,) where for more than half of the time no lead has a signal; none if that is so everywhere."""
    stretch = max(1, round(STRETCH_S * rate_hz))
    n = max(1, n_samples // stretch)
    if has_signal is None or has_signal.all():
        return np.zeros(n, bool)
    no_lead = ~np.asarray(has_signal.any(axis=0))
    silent = np.asarray(no_lead[: n * stretch].reshape(n, -1).mean(axis=1) > 0.5)
    return silent & ~silent.all()


def _typical(
    power: Array, rate_hz: float, silent: NDArray[np.bool_], *, may_be_slow: bool
) -> tuple[Array, NDArray[np.bool_]]:
    """(leads, stretches) of the largest power in each stretch and those around it the median, or what three of seven
    reach where that is far more in most leads and the heart `may_be_slow`; (stretches,) where that was so.

    A `silent` stretch counts as the nearest one that is not: by itself it would make a beat of the little that it
    holds.
    """
    stretch = max(1, round(STRETCH_S * rate_hz))
    n = max(1, power.shape[1] // stretch)
    largest = power[:, : n * stretch].reshape(len(power), n, -1).max(axis=2)
    if silent.any():
        heard = np.flatnonzero(~silent)
        places = np.flatnonzero(silent)
        after = np.clip(np.searchsorted(heard, places), 0, len(heard) - 1)
        before = np.maximum(after - 1, 0)
        is_nearer = np.abs(heard[before] - places) < np.abs(heard[after] - places)
        largest[:, places] = largest[:, np.where(is_nearer, heard[before], heard[after])]
    width = min(NEAR_STRETCHES, n)
    middle = np.asarray(median_filter(largest, size=(1, width), mode="nearest"))
    if not may_be_slow:
        return middle, np.zeros(n, bool)
    high = percentile_filter(largest, SLOW_PERCENTILE, size=(1, width), mode="nearest")
    high = high[:, np.clip(np.arange(n), width // 2, n - (width + 1) // 2)]  # whole windows, at the ends too
    is_slow = np.median(high / np.maximum(middle, 1e-12), axis=0) > SLOW_TIMES**2
    return np.where(is_slow, high, middle), np.asarray(is_slow)


def _beats(height: Array, signal_mv: Array, rate_hz: float) -> Samples:
    """Beats on a curve of which a typical beat reaches 1, made of (leads, samples) in mV."""
    distance = max(1, round(REFRACTORY_S * rate_hz))
    faint = np.asarray(find_peaks(height, height=0.5 * THRESHOLD, distance=distance)[0], np.int64)
    clear = faint[height[faint] >= THRESHOLD]
    strong = _without_weak(clear, height)
    weak = np.setdiff1d(clear, strong)
    clear = np.union1d(strong, recurring(signal_mv, weak, strong, rate_hz))
    if len(clear) < 3:
        return clear
    gaps = np.diff(clear)
    usual = median_filter(gaps.astype(np.float64), size=min(9, len(gaps)), mode="nearest")
    found = list(clear)
    for number in np.flatnonzero(gaps > MISSING_BEAT * usual):
        before, after = clear[number], clear[number + 1]
        # a T wave follows its own beat within 0.4 s; a missed beat lies in the middle of the gap
        between = faint[(faint > before + 0.4 * rate_hz) & (faint < after - REFRACTORY_S * rate_hz)]
        if len(between):
            found.append(between[np.argmax(height[between])])
    return np.sort(np.asarray(found, np.int64))


def _without_weak(beats: Samples, height: Array) -> Samples:
    """Beats without the weak ones inside an interval of usual length, which are T waves or noise."""
    kept = [int(beat) for beat in beats]
    while len(kept) >= 4:
        at = np.array(kept)
        strong = at[height[at] >= WEAK]
        usual = float(np.median(np.diff(strong))) if len(strong) > 2 else float(np.median(np.diff(at)))
        spans, heights = at[2:] - at[:-2], height[at]
        weak = (heights[1:-1] < WEAK) & (heights[1:-1] < np.minimum(heights[:-2], heights[2:]))
        weak &= spans <= USUAL_SPAN * usual
        if not weak.any():
            break
        places = np.flatnonzero(weak) + 1
        kept.pop(int(places[np.argmin(heights[places])]))
    return np.array(kept, np.int64)
