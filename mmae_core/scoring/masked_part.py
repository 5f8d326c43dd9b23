"""Masked segments as one part of a score: scores of both branches and their weighted sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.config import ModelConfig, ScoreConfig
from mmae_core.record import FloatArray
from mmae_core.scoring.aggregate import (
    SegmentErrors,
    branch_scores,
    branch_weights,
    combine_branches,
    segment_errors,
    segment_scores,
)
from mmae_core.scoring.masked_passes import WindowErrors
from mmae_core.scoring.part_scores import PartScores


@dataclass(frozen=True)
class MaskedPart:
    """Results of the masked passes over N windows; all NaN and `errors` None if the passes were not run."""

    scores: NDArray[np.float64]
    """(N,) weighted sum of both branches."""
    lead_scores: NDArray[np.float64]
    """(N, 12) the same for each lead."""
    global_scores: NDArray[np.float64]
    """(N,)"""
    local_scores: NDArray[np.float64]
    """(N,)"""
    segments: FloatArray
    """(N, 12, 40) NaN where not assessed."""
    errors: SegmentErrors | None

    @property
    def part(self) -> PartScores:
        """Natural logarithms, to be fused with other parts."""
        return PartScores(_log(self.scores), _log(self.lead_scores))


def masked_part(
    errors: WindowErrors, assessable: NDArray[np.bool_], shape: ModelConfig, score: ScoreConfig
) -> MaskedPart:
    """Pool the errors of N windows; `assessable` is (N, 12, 40)."""
    by_segment = segment_errors(errors, shape)
    global_errors, local_errors = by_segment.branches(score.error_space, score.relative_floor)
    global_scores, global_leads = branch_scores(global_errors, by_segment.global_counts, assessable, score.pooling)
    local_scores, local_leads = branch_scores(local_errors, by_segment.local_counts, assessable, score.pooling)
    weights = branch_weights(shape, score)
    return MaskedPart(
        scores=combine_branches(global_scores, local_scores, weights),
        lead_scores=combine_branches(global_leads, local_leads, weights),
        global_scores=global_scores,
        local_scores=local_scores,
        segments=np.where(assessable, segment_scores(by_segment, shape, score), np.nan).astype(np.float32),
        errors=by_segment,
    )


def passes_not_run(assessable: NDArray[np.bool_]) -> MaskedPart:
    """An all-NaN part for N windows without masked passes; `assessable` is (N, 12, 40)."""
    n = len(assessable)
    return MaskedPart(
        scores=np.full(n, np.nan),
        lead_scores=np.full(assessable.shape[:2], np.nan),
        global_scores=np.full(n, np.nan),
        local_scores=np.full(n, np.nan),
        segments=np.full(assessable.shape, np.nan, np.float32),
        errors=None,
    )


def _log(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Natural logarithms; an error of exactly 0 is taken as the smallest float32 one."""
    logarithms: NDArray[np.float64] = np.log(np.maximum(scores, np.finfo(np.float32).tiny))
    return logarithms
