"""Prematurity of each beat."""

from __future__ import annotations

from statistics import median

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Array, Samples
from mmae_core.intervals.beats import REGULAR

NEIGHBOURS = 8
"""Number of R-R intervals on each side that an interval is compared with."""
STEADY = 0.2
"""Added to the usual deviation of the intervals, so that in a very steady rhythm small changes do not count as
premature."""
MIN_INTERVALS = 3
MIN_PAIRS = 3
"""Number of early beats with one coupling interval, each followed by a pause, that make an irregular rhythm one of
pairs."""
PAIR_GAP = 1.25
"""The pauses are longer than the couplings by at least this factor, with no interval between the two."""
PAIR_SPREAD = 0.06
"""Relative deviation of the couplings of pairs is below this; in atrial fibrillation it is larger."""
PAIR_MOST = 1.15
"""No coupling exceeds the usual one by more than this factor: it would be an interval between two ordinary beats."""


def prematurity(r_samples: Samples, follows_gap: NDArray[np.bool_] | None = None) -> Array:
    """(beats,) how early each beat comes, as a share of the preceding or the usual interval, relative to the regularity
    of the rhythm there; NaN where unknown: few beats, or an irregular rhythm without pairs.

    Of the two intervals the shorter counts: where the heart quickens as it breathes, each interval is a little shorter
    than the last; an ectopic beat is much earlier than both. Nothing is said of a beat that `follows_gap`, since no
    interval is known across a gap.
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
    """(intervals,) how early the beat at the end of each interval is."""
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
    """The usual pause if early beats alternate with others (bigeminy, trigeminy), else None."""
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
