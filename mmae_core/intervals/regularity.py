"""How regular the R-R intervals of a stretch are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mmae_core.intervals.results import Measurements


@dataclass(frozen=True)
class Regularity:
    """How regular the rhythm of a stretch is, in numbers for a sentence."""

    is_regular: bool
    shortest_ms: float
    longest_ms: float
    step_percent: float
    """Median difference from one R-R interval to the next, as a share of the median interval."""
    n_intervals: int


def regularity(found: Measurements) -> Regularity | None:
    """None with fewer than three R-R intervals."""
    intervals = 1000.0 * np.array(found.intervals_s)
    if len(intervals) < 3:
        return None
    step = 100.0 * float(np.median(np.abs(np.diff(intervals)))) / float(np.median(intervals))
    return Regularity(found.is_regular, float(intervals.min()), float(intervals.max()), step, len(intervals))
