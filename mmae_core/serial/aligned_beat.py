"""Average beats on one grid, wave upon wave, so that beats of different rates can be subtracted.

Before the QRS and after T the grid runs in time; the QRS, and what lies between its end and the end of T, are stretched
to the same length, since both change their length with the rate and not only with the heart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.beat_values import LEVEL_S, SMOOTH_S, BeatBounds
from mmae_core.departures.results import Wave
from mmae_core.intervals.average import AverageBeat
from mmae_core.scipy_parts import gaussian_filter1d

Array = NDArray[np.float64]

BEFORE_S, AFTER_S = 0.28, 0.12
"""How long before the QRS the grid begins, and after T ends."""
N_BEFORE, N_QRS, N_ST_T, N_AFTER = 56, 24, 72, 12
"""Points of its four parts: 5 ms, about 4 ms, about 4 ms and 10 ms apart."""
N_POINTS = N_BEFORE + N_QRS + N_ST_T + N_AFTER
ST_SHARE = 0.3
"""Share of the stretch from J to the end of T that is called ST; in most beats 80 to 100 ms."""
PARTS: dict[Wave, slice] = {
    "P": slice(0, N_BEFORE),
    "QRS": slice(N_BEFORE, N_BEFORE + N_QRS),
    "ST": slice(N_BEFORE + N_QRS, N_BEFORE + N_QRS + round(ST_SHARE * N_ST_T)),
    "T": slice(N_BEFORE + N_QRS + round(ST_SHARE * N_ST_T), N_BEFORE + N_QRS + N_ST_T),
}
"""Where each wave lies on the grid; what follows T has no name."""


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
