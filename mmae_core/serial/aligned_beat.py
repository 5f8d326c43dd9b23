"""Average beats on one grid, wave upon wave, so that beats of different rates can be subtracted.

Before the QRS and after T the grid runs in time; the QRS, and what lies between its end and the end of T, are stretched
to the same length, since both change their length with the rate and not only with the heart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.beat_values import LEVEL_S, SMOOTH_S, BeatBounds
from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.scipy_parts import gaussian_filter1d
from mmae_core.serial.beat_grid import AFTER_S, BEFORE_S, N_AFTER, N_BEFORE, N_QRS, N_ST_T

Array = NDArray[np.float64]


def grid_times_s(bounds: BeatBounds) -> Array:
    """(N_POINTS,) seconds from the R-peak of a beat with these bounds."""
    return np.concatenate((
        bounds.qrs_on_s - BEFORE_S + BEFORE_S * np.arange(N_BEFORE) / N_BEFORE,
        np.linspace(bounds.qrs_on_s, bounds.qrs_end_s, N_QRS, endpoint=False),
        np.linspace(bounds.qrs_end_s, bounds.t_end_s, N_ST_T, endpoint=False),
        bounds.t_end_s + AFTER_S * np.arange(N_AFTER) / N_AFTER,
    ))


def aligned_beat(average: AverageBeat, bounds: BeatBounds, mv: Array | None = None) -> Array:
    """(leads, N_POINTS) in mV above the level before the QRS; NaN beyond the ends of the average.

    `mv` is a beat (leads, samples) to take in place of the mean.
    """
    rate = average.rate_hz
    smooth = gaussian_filter1d(average.mv if mv is None else mv, SMOOTH_S * rate, axis=1, mode="nearest")
    times = grid_times_s(bounds)
    known = average.times_s
    found = np.stack([np.interp(times, known, lead) for lead in smooth])
    found[:, (times < known[0]) | (times > known[-1])] = np.nan
    level = (known >= bounds.qrs_on_s - LEVEL_S) & (known <= bounds.qrs_on_s)
    return np.asarray(found - smooth[:, level].mean(axis=1, keepdims=True))
