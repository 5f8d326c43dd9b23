"""Checks that P and T keep their place from beat to beat, rather than being fibrillation or flutter waves.

An average of beats shows a wave even if every beat shows a different one; the beats' deviation from it tells the two
apart.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mmae_core.intervals.beat_results import Array, AverageBeat
from mmae_core.intervals.qrs import QrsBounds
from mmae_core.intervals.results import WaveBounds
from mmae_core.intervals.waves import P_HALF_S, t_end_s

LEAST_MV = 0.01, 0.02
"""Lower bounds for the amplitude of P and T."""
AFTER_J_S, NEXT_QRS_S = 0.06, 0.12
"""For T the beats are compared from this long after the QRS to this long before the next one."""
UNSTEADY_P, UNSTEADY_P_IRREGULAR = 0.35, 0.3
"""Deviation of the beats (root mean square, the middle one of the leads) from the average P, as a share of its swing,
from which it is no P wave. Of normals of PTB-XL's folds 1-8 with a measured PR 1 in 100 reaches 0.29."""
UNSTEADY_T = 0.25
"""The same of ST and T, where no P wave was found:"""
T_ENDS_APART_S = 0.04
"""there the end of T must be the same in the average of every other beat and of the rest."""


def has_steady_p(average: AverageBeat, waves: WaveBounds, *, is_regular: bool) -> bool:
    """Whether the P wave found is in the beats, and not in their average alone."""
    if waves.p_peak is None:
        return False
    start_s = waves.p_peak - P_HALF_S if waves.p_on is None else waves.p_on
    end_s = waves.p_peak + P_HALF_S if waves.p_end is None else waves.p_end
    first, last = (max(0, average.r_index + round(at_s * average.rate_hz)) for at_s in (start_s, end_s))
    return _deviation(average.beats_mv[:, :, first:last], LEAST_MV[0]) <= (
        UNSTEADY_P if is_regular else UNSTEADY_P_IRREGULAR)


def has_steady_t(average: AverageBeat, qrs: QrsBounds) -> bool:
    """Whether T ends where it does in every beat; to be asked where there is no P wave."""
    first = qrs.end + round(AFTER_J_S * average.rate_hz)
    last = qrs.onset + round((average.rr_s - NEXT_QRS_S) * average.rate_hz)
    if _deviation(average.beats_mv[:, :, first:last], LEAST_MV[1]) < UNSTEADY_T:
        return True
    ends = [t_end_s(replace(average, mv=some.mean(axis=0), beats_mv=some), qrs)
            for some in (average.beats_mv[::2], average.beats_mv[1::2])]
    return ends[0] is None or ends[1] is None or abs(ends[0] - ends[1]) <= T_ENDS_APART_S


def _deviation(beats_mv: Array, least_mv: float) -> float:
    """Of (beats, leads, samples) from their mean, as a share of its swing: the middle one of the leads."""
    if beats_mv.shape[2] < 2:
        return 0.0
    mean = beats_mv.mean(axis=0)
    left = beats_mv - mean
    left = left - left.mean(axis=2, keepdims=True)
    return float(np.median(np.sqrt(np.mean(left**2, axis=(0, 2))) / np.maximum(np.ptp(mean, axis=1), least_mv)))
