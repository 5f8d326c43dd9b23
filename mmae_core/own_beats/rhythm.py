"""How much too soon each beat comes."""

from __future__ import annotations

import numpy as np

from mmae_core.intervals.beats import REGULAR, Array, Samples

NEIGHBOURS = 8
"""R-R intervals on each side that an interval is compared with."""
STEADY = 0.2
"""Added to the interval's usual deviation, so that a steady rhythm does not make little of a beat very premature."""
MIN_INTERVALS = 3


def prematurity(r_samples: Samples) -> Array:
    """(beats,) by what share of the interval before it, or of the usual one, each beat comes early, in units of how
    regular the rhythm is there; NaN where that cannot be said: few beats, or an irregular rhythm.

    Of the two intervals the shorter counts: where the heart quickens as it breathes, each interval is a little shorter
    than the last; an ectopic beat is much earlier than both.
    """
    early = np.full(len(r_samples), np.nan)
    intervals = np.diff(r_samples).astype(np.float64)
    if len(intervals) < MIN_INTERVALS or not (intervals > 0).all():
        return early
    for number, interval in enumerate(intervals):
        low, high = max(0, number - NEIGHBOURS), min(len(intervals), number + NEIGHBOURS + 1)
        others = np.concatenate((intervals[low:number], intervals[number + 1 : high]))
        usual = float(np.median(others))
        spread = float(np.median(np.abs(others - usual))) / usual
        if spread > REGULAR:
            continue
        before = intervals[number - 1] if number else usual
        early[number + 1] = max(0.0, 1 - interval / min(usual, before)) / (STEADY + spread)
    return early
