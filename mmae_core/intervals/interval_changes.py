"""Locates P and T in single beats, to find out whether PR or QT varies too much within a stretch for one number.

Intervals are measured on the average beat. Each wave, in the projection of the leads that shows it best, is searched in
every beat around its average place; the shift is the difference of the beat's interval from the average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Array, AverageBeat
from mmae_core.intervals.results import WaveBounds
from mmae_core.scipy_parts import gaussian_filter1d

SMOOTH_S = 0.01
"""Standard deviation of the smoothing of single beats."""
REACH_S = 0.14
"""A wave is searched within this distance on both sides of its place in the average."""
MARGIN_S = 0.02
"""Margin around a wave that is included in its template."""
LIKE = 0.85
"""A wave counts as found in a beat from this correlation with the average wave and"""
SIZE = 0.5, 2.0
"""its size as a share of the average's."""
MIN_FOUND = 0.7
"""Share of the beats in which the wave must be found for any conclusion."""
TAIL = 0.1
"""Share of the beats left out on each side."""
MIN_BEATS = 4
CHANGES_S = 0.04
"""Difference between the earliest and latest place from which an interval counts as changing. Of 300 records of PTB-XL
2 in 100 reach 0.014 in P and 0.016 in T, none 0.03."""


@dataclass(frozen=True)
class Change:
    """How far from its place in the average a wave lies, in seconds."""

    shifts_s: Array
    """(beats of the average,) NaN where it was not found."""
    earliest_s: float
    latest_s: float
    """Without the tails."""

    def halves(self, average: AverageBeat) -> tuple[AverageBeat, AverageBeat]:
        """The averages of the beats whose wave lies early, and of those whose wave lies late."""
        middle_s = (self.earliest_s + self.latest_s) / 2
        early, late = (average.of(np.flatnonzero(which)) for which in (self.shifts_s <= middle_s,
                                                                       self.shifts_s > middle_s))
        return early, late

    @property
    def is_clear(self) -> bool:
        """Whether the interval changes too much for one number."""
        return self.latest_s - self.earliest_s >= CHANGES_S


def p_change(average: AverageBeat, waves: WaveBounds) -> Change | None:
    """Of P; None where too few beats show where it lies."""
    if waves.p_on is None or waves.p_end is None or waves.qrs_on is None:
        return None
    first_s = waves.p_on - REACH_S
    return _change(average, waves.p_on, waves.p_end, first_s, waves.qrs_on)


def t_change(average: AverageBeat, waves: WaveBounds) -> Change | None:
    """Of T; None where too few beats show where it lies."""
    if waves.t_peak is None or waves.t_end is None or waves.qrs_end is None:
        return None
    start_s = max(waves.qrs_end + 0.04, 2 * waves.t_peak - waves.t_end)
    return _change(average, start_s, waves.t_end, waves.qrs_end, waves.t_end + REACH_S)


def _change(average: AverageBeat, start_s: float, end_s: float, from_s: float, to_s: float) -> Change | None:
    """Of the wave between two instants, looked for between `from_s` and `to_s`; from the R-peak all."""
    rate = average.rate_hz
    length = average.mv.shape[1]
    first, last, low, high = (int(np.clip(average.r_index + round(at_s * rate), 0, length)) for at_s in (
        start_s - MARGIN_S, end_s + MARGIN_S, from_s - MARGIN_S, to_s + MARGIN_S))
    first, last = max(first, low), min(last, high)
    width = last - first
    if width < 0.04 * rate or len(average.beats_mv) < MIN_BEATS:
        return None
    smooth = gaussian_filter1d(average.mv, SMOOTH_S * rate, axis=1)
    shape = smooth[:, first:last] - smooth[:, first:last].mean(axis=1, keepdims=True)
    axis = np.linalg.svd(shape, full_matrices=False)[0][:, 0]
    curves = gaussian_filter1d(np.einsum("l,bls->bs", axis, average.beats_mv), SMOOTH_S * rate, axis=1)
    reach = round(REACH_S * rate)
    starts = np.arange(max(low, first - reach), min(high - width, first + reach) + 1)
    if len(starts) < 3:
        return None
    windows = np.lib.stride_tricks.sliding_window_view(curves, width, axis=1)[:, starts]
    shifts = _shifts(windows, _level(axis @ smooth[:, first:last]), starts - first)
    ordered = np.sort(shifts[np.isfinite(shifts)]) / rate
    if len(ordered) < max(MIN_BEATS, MIN_FOUND * len(curves)):
        return None
    cut = max(1, int(TAIL * len(ordered)))
    return Change(shifts / rate, float(ordered[cut]), float(ordered[-1 - cut]))


def _shifts(windows: Array, wave: Array, steps: NDArray[np.int64]) -> Array:
    """(beats,) the step at which (beats, steps, width) are most like the wave (width,); NaN where it does not show."""
    level = _level(windows)
    norms, own = np.linalg.norm(level, axis=2), float(np.linalg.norm(wave))
    likeness = level @ wave / np.maximum(norms * own, 1e-12)
    size = norms / max(own, 1e-12)
    likeness = np.where((size >= SIZE[0]) & (size <= SIZE[1]), likeness, -1.0)
    best = np.argmax(likeness, axis=1)
    return np.where(likeness[np.arange(len(best)), best] >= LIKE, steps[best].astype(np.float64), np.nan)


def _level(curves: Array) -> Array:
    return np.asarray(curves - curves.mean(axis=-1, keepdims=True))
