"""Checks that the heart rests between its beats: without level stretches the peaks found are not beats.

Ventricular fibrillation and noise have peaks that a detector takes for beats. There the signal moves as much between
the peaks as at them.
"""

from __future__ import annotations

import itertools

import numpy as np

from mmae_core.intervals.beat_results import Array, Samples
from mmae_core.intervals.filters import central_differences
from mmae_core.scipy_parts import gaussian_filter1d, uniform_filter1d

WINDOW_S = 0.1
"""A QRS, or half a period of 5 Hz: in any such stretch a sine moves equally much."""
SMOOTH_S = 0.008
"""Standard deviation of the smoothing; removes noise above 20 Hz, which does not come from the heart."""
NEAR_S = 0.06
"""The QRS moves most within so much of its R-peak."""
RESTLESS = 0.3
"""Quietest movement between two beats, as a share of theirs, from which on there is no rest. Sums of sines of 3 to 8 Hz
that yield beats have 0.34 and more; wide complexes at 180 a minute with T waves 0.2; LUDB's records 0.11 and less."""


def has_rest(signal_mv: Array, rate_hz: float, r_samples: Samples) -> bool:
    """Whether (leads, samples) in mV come to rest between most beats; true without two beats to look between."""
    shares = []
    slopes = central_differences(gaussian_filter1d(signal_mv, SMOOTH_S * rate_hz, axis=1))
    moves = uniform_filter1d(np.einsum("ls,ls->s", slopes, slopes) / len(slopes), max(1, round(WINDOW_S * rate_hz)))
    moves = np.sqrt(np.maximum(moves, 0.0))  # a running sum may end a hair below zero
    near = round(NEAR_S * rate_hz)
    for first, second in itertools.pairwise(np.sort(r_samples)):
        if second > first:
            beats = [float(moves[max(0, at - near) : at + near].max()) for at in (first, second)]
            shares.append(float(moves[first:second].min()) / max(float(np.mean(beats)), 1e-12))
    return not shares or float(np.median(shares)) < RESTLESS
