"""What the assessor finds in windows, before it is compared with the cohort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import FloatArray
from mmae_core.scoring.aggregate import SegmentErrors
from mmae_core.scoring.fusion import PartScores
from mmae_core.scoring.preprocess import ModelInput


@dataclass(frozen=True)
class ScoredWindows:
    """Numbers of N windows before they are compared with the cohort."""

    inputs: tuple[ModelInput, ...]
    scores: NDArray[np.float64]
    """(N,)"""
    global_scores: NDArray[np.float64]
    """(N,) of the global branch; NaN (like `local_scores`) if the masked passes were not run."""
    local_scores: NDArray[np.float64]
    lead_scores: NDArray[np.float64]
    """(N, 12)"""
    segments: FloatArray
    """(N, 12, 40) NaN where not assessed; all NaN if the masked passes were not run."""
    points: FloatArray
    """(N, 12, 5000) smoothed; NaN where not assessed."""
    expected: FloatArray | None
    """(N, 12, 5000) reconstruction in the scaled unit of `inputs`; None unless asked for."""
    errors: SegmentErrors | None
    """None if the masked passes were not run."""
    assessable: NDArray[np.bool_]
    """(N, 12, 40)"""
    parts: Mapping[str, PartScores]
    """Each part that was computed, by name: the parts of the score, and those computed besides it."""
    part_maps: Mapping[str, FloatArray]
    """(N, 12, 5000) each part of the map before it is smoothed; empty for models whose map has one part."""
    is_finite: NDArray[np.bool_]
    """(N,) False where the network or the device gave numbers that are not finite: nothing is known of that window."""
    branch_maps: tuple[FloatArray, FloatArray] | None = None
    """(N, 12, 5000) errors of the global and the local branch before weighting and smoothing, NaN where not
    assessed or not scored; None unless asked for."""
