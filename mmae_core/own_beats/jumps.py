"""Finds electrode jumps: sudden changes in one lead while the others keep still, which do not come from the heart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Samples
from mmae_core.intervals.detection import STRETCH_S, USUAL_STRETCHES
from mmae_core.scipy_parts import maximum_filter1d, median_filter

JUMP = 6.0
"""A lead jumps if it is steeper than usual by this factor relative to the lead that changes least; no ectopic beat
is."""


def jumping_leads(signal_mv: NDArray[np.float32], rate_hz: float, at: Samples) -> NDArray[np.bool_]:
    """(beats, leads) whether a lead of (leads, samples) jumps at a beat or within a second and a half of it."""
    width = round(STRETCH_S * rate_hz)
    count = signal_mv.shape[1] // width
    if count < 2:
        return np.zeros((len(at), len(signal_mv)), bool)
    whole = signal_mv[:, : count * width]
    slopes = np.abs(np.diff(whole, axis=1, append=whole[:, -1:]))
    steepest = slopes.reshape(len(signal_mv), count, width).max(axis=2)
    usual = median_filter(steepest, size=(1, min(USUAL_STRETCHES, count)), mode="nearest")
    excess = maximum_filter1d(steepest, 3, axis=1, mode="nearest") / np.maximum(usual, 1e-12)
    jumps = excess > JUMP * excess.min(axis=0)
    return np.asarray(jumps[:, np.clip(at // width, 0, count - 1)].T)
