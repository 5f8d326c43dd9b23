"""Windows of normal recordings, a block at a time: what a calibration is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import FloatArray


@dataclass(frozen=True)
class WindowBlock:
    """Maps of k windows, NaN where not assessed; arrays may be mapped from files, so that only what is used is read."""

    points: FloatArray
    """(k, 12, samples)"""
    segments: FloatArray
    """(k, 12, 40)"""
    phases: NDArray[np.int8] | None = None
    """(k, samples) phase of the beat of each point; None to compare points without phases."""


WindowBlocks = Callable[[], Iterable[WindowBlock]]
"""Gives the same blocks again each time it is called."""
