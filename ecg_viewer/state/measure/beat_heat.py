"""The normal cohort's percentiles on an average beat: the mean of the map over the beats that were averaged."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.heat import COLUMNS_PER_S, HeatMap, code_percentiles, percentile_codes


def beat_heat(heat: HeatMap, r_s: NDArray[np.float64], before_s: float, after_s: float) -> NDArray[np.uint8]:
    """Codes (12, columns) from `before_s` ahead of the R-peaks to `after_s` behind them, 10 ms a column.

    Each column is the mean percentile of the beats that have one there; without any it is as not assessed.
    """
    n_columns = max(1, round((before_s + after_s) * COLUMNS_PER_S))
    length_s = n_columns / COLUMNS_PER_S
    if len(r_s) == 0:
        return percentile_codes(np.full((heat.n_leads, n_columns), np.nan))
    starts = [float(at) - before_s for at in r_s]
    beats = code_percentiles()[np.stack([heat.slice(start, start + length_s, n_columns) for start in starts])]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # pending in all beats: pending in their mean
        return percentile_codes(np.nanmean(beats, axis=0))
