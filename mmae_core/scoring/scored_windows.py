"""What the assessor finds in windows, before it is compared with the cohort."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


def joined(batches: Sequence[ScoredWindows]) -> ScoredWindows:
    """Batches of one model and one request as one. Raises ValueError without any."""
    if not batches:
        raise ValueError("there is no window to score")
    if len(batches) == 1:
        return batches[0]
    first = batches[0]

    def rows(name: str) -> Any:
        return np.concatenate([getattr(batch, name) for batch in batches])

    maps = [batch.branch_maps for batch in batches if batch.branch_maps is not None]
    return ScoredWindows(
        inputs=tuple(item for batch in batches for item in batch.inputs),
        scores=rows("scores"), global_scores=rows("global_scores"), local_scores=rows("local_scores"),
        lead_scores=rows("lead_scores"), segments=rows("segments"), points=rows("points"),
        expected=None if first.expected is None else rows("expected"),
        errors=_joined_errors([batch.errors for batch in batches if batch.errors is not None]),
        assessable=rows("assessable"),
        parts={name: PartScores(np.concatenate([batch.parts[name].records for batch in batches]),
                                np.concatenate([batch.parts[name].leads for batch in batches]))
               for name in first.parts},
        part_maps={name: np.concatenate([batch.part_maps[name] for batch in batches]) for name in first.part_maps},
        is_finite=rows("is_finite"),
        branch_maps=(np.concatenate([both[0] for both in maps]), np.concatenate([both[1] for both in maps]))
        if maps else None,
    )


def _joined_errors(batches: Sequence[SegmentErrors]) -> SegmentErrors | None:
    if not batches:
        return None
    return SegmentErrors(
        global_branch=np.concatenate([errors.global_branch for errors in batches]),
        local_branch=np.concatenate([errors.local_branch for errors in batches]),
        variance=np.concatenate([errors.variance for errors in batches]),
        global_counts=batches[0].global_counts, local_counts=batches[0].local_counts,
    )


def without_unknown(scored: ScoredWindows) -> ScoredWindows:
    """Scored windows with nothing but NaN where the network or the device gave numbers that are not finite."""

    def known(values: NDArray[Any]) -> NDArray[Any]:
        rows = scored.is_finite.reshape(-1, *[1] * (values.ndim - 1))
        return np.where(rows, values, np.nan).astype(values.dtype)

    return dataclasses.replace(
        scored, scores=known(scored.scores), global_scores=known(scored.global_scores),
        local_scores=known(scored.local_scores), lead_scores=known(scored.lead_scores),
        segments=known(scored.segments), points=known(scored.points),
    )
