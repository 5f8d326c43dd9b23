"""How much too soon each beat comes."""

from __future__ import annotations

from statistics import median

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beats import REGULAR, Array, Samples

NEIGHBOURS = 8
"""R-R intervals on each side that an interval is compared with."""
STEADY = 0.2
"""Added to the interval's usual deviation, so that a steady rhythm does not make little of a beat very premature."""
MIN_INTERVALS = 3
MIN_PAIRS = 3
"""So many early beats of one coupling, each with a pause behind it, make pairs of an irregular rhythm."""
PAIR_GAP = 1.25
"""The pauses are longer than the couplings by this factor at least, with nothing between."""
PAIR_SPREAD = 0.06
"""Couplings of pairs deviate from each other by less, as a share; in atrial fibrillation by more."""
PAIR_MOST = 1.15
"""None is longer than the usual one by more: it would be an interval between two ordinary beats."""


def prematurity(r_samples: Samples, follows_gap: NDArray[np.bool_] | None = None) -> Array:
    """(beats,) by what share of the interval before it, or of the usual one, each beat comes early, in units of how
    regular the rhythm is there; NaN where that cannot be said: few beats, or an irregular rhythm without pairs.

    Of the two intervals the shorter counts: where the heart quickens as it breathes, each interval is a little shorter
    than the last; an ectopic beat is much earlier than both. What lies across a gap in the signal is no interval:
    of a beat that `follows_gap` nothing is said.
    """
    early = np.full(len(r_samples), np.nan)
    intervals = np.diff(r_samples).astype(np.float64)
    if follows_gap is not None and follows_gap[1:].any():
        is_interval = ~follows_gap[1:]
        early[1:][is_interval] = _early(intervals[is_interval])
        return early
    early[1:] = _early(intervals)
    return early


def _early(intervals: Array) -> Array:
    """(intervals,) how early the beat is that ends each."""
    early = np.full(len(intervals), np.nan)
    if len(intervals) < MIN_INTERVALS or not (intervals > 0).all():
        return early
    for number, interval in enumerate(intervals.tolist()):
        low, high = max(0, number - NEIGHBOURS), min(len(intervals), number + NEIGHBOURS + 1)
        pause = _pause(intervals[low:high])
        if pause is not None:
            early[number] = max(0.0, 1 - interval / pause) / STEADY if interval < pause / PAIR_GAP else 0.0
            continue
        others = np.concatenate((intervals[low:number], intervals[number + 1 : high]))
        usual = median(others.tolist())
        spread = median(np.abs(others - usual).tolist()) / usual
        if spread > REGULAR:
            continue
        before = intervals[number - 1] if number else usual
        early[number] = max(0.0, 1 - interval / min(usual, before)) / (STEADY + spread)
    return early


def _pause(intervals: Array) -> float | None:
    """The usual pause where early beats alternate with others (bigeminy, trigeminy); None where they do not."""
    if len(intervals) < 2 * MIN_PAIRS:
        return None
    ascending = np.sort(intervals)
    steps = ascending[1:] / ascending[:-1]
    cut = int(np.argmax(steps)) + 1
    couplings, pauses = ascending[:cut], ascending[cut:]
    coupling = median(couplings.tolist())
    is_short = intervals < pauses[0]
    if (
        steps[cut - 1] < PAIR_GAP or len(couplings) < MIN_PAIRS or len(pauses) < MIN_PAIRS - 1
        or bool((is_short[1:] & is_short[:-1]).any())
        or median(np.abs(couplings - coupling).tolist()) > PAIR_SPREAD * coupling
        or couplings[-1] > PAIR_MOST * coupling
    ):
        return None
    return float(median(pauses.tolist()))
