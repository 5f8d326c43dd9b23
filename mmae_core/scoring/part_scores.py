"""One part of the scores of windows and their leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class PartScores:
    """One part of the score of N windows, as natural logarithms; NaN where it cannot be computed."""

    records: NDArray[np.float64]
    """(N,)"""
    leads: NDArray[np.float64]
    """(N, 12)"""
