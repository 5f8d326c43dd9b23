"""One model over many short records: the numbers that calibration and evaluation are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmae_core.aggregate import SegmentErrors, branch_scores, branch_weights, combine_branches
from mmae_core.assess import Assessor, ScoredWindows
from mmae_core.calibration import Calibration, build_calibration
from mmae_core.config import ScoreConfig
from mmae_core.errors import DatasetError, EcgError
from mmae_core.preprocess import ModelInput, prepare
from mmae_core.readers import read_record
from mmae_core.record import FloatArray

BATCH_RECORDS = 8
MAP_STEP = 5
"""Every fifth point of a map is kept: 100 Hz is ample after smoothing over 30 ms."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CohortErrors:
    """Errors of the first window of n records."""

    paths: tuple[Path, ...]
    """The records that could be scored."""
    left_out: tuple[tuple[str, str], ...]
    """(record, reason)"""
    errors: SegmentErrors
    """Of n windows."""
    assessable: NDArray[np.bool_]
    """(n, 12, 40)"""
    segments: FloatArray
    """(n, 12, 40) with the model's own weights and error space."""
    points: FloatArray
    """(n, 12, 1000) smoothed map at 100 Hz; empty (n, 12, 0) unless asked for."""

    def scores(
        self, score: ScoreConfig, weights: tuple[float, float]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Scores (n,) of records and (n, 12) of leads with given weights of the global and the local branch.

        Where one branch has no score the other stands alone, as in an assessment; but a branch without weight has no
        say at all.
        """
        counts = (self.errors.global_counts, self.errors.local_counts)
        branches = self.errors.branches(score.error_space, score.relative_floor)
        (global_records, global_leads), (local_records, local_leads) = (
            branch_scores(errors, count, self.assessable, score.pooling)
            for errors, count in zip(branches, counts, strict=True)
        )
        if 0 in weights:
            return (global_records, global_leads) if weights[0] else (local_records, local_leads)
        return (
            combine_branches(global_records, local_records, weights),
            combine_branches(global_leads, local_leads, weights),
        )


def cohort_errors(
    assessor: Assessor, paths: Sequence[Path], *, with_points: bool = False, progress: Progress | None = None
) -> CohortErrors:
    """Score the first window of every record. A record that cannot be read or assessed is left out and named.

    Raises DatasetError if none remains.
    """
    kept: list[Path] = []
    left_out: list[tuple[str, str]] = []
    parts: list[ScoredWindows] = []
    points: list[FloatArray] = []
    pending: list[ModelInput] = []

    def flush() -> None:
        if pending:
            scored = assessor.score_windows(pending)
            points.append(scored.points[:, :, ::MAP_STEP] if with_points else scored.points[:, :, :0])
            parts.append(_without_maps(scored))
            pending.clear()

    for done, path in enumerate(paths, start=1):
        try:
            pending.append(prepare(read_record(path), assessor.model.config.preprocess))
        except EcgError as error:
            left_out.append((path.stem, str(error)))
        else:
            kept.append(path)
        if len(pending) == BATCH_RECORDS:
            flush()
        if progress:
            progress(done, len(paths))
    flush()
    if not parts:
        reasons = "; ".join(reason for _, reason in left_out[:3])
        raise DatasetError(f"None of the {len(paths)} records could be scored. {reasons}")
    return CohortErrors(
        paths=tuple(kept),
        left_out=tuple(left_out),
        errors=SegmentErrors(
            global_branch=np.concatenate([part.errors.global_branch for part in parts]),
            local_branch=np.concatenate([part.errors.local_branch for part in parts]),
            variance=np.concatenate([part.errors.variance for part in parts]),
            global_counts=parts[0].errors.global_counts,
            local_counts=parts[0].errors.local_counts,
        ),
        assessable=np.concatenate([part.assessable for part in parts]),
        segments=np.concatenate([part.segments for part in parts]),
        points=np.concatenate(points),
    )


def calibrate(
    assessor: Assessor, paths: Sequence[Path], cohort: str, progress: Progress | None = None
) -> tuple[Calibration, tuple[tuple[str, str], ...]]:
    """Calibration on normal records that were not trained on, and the records left out with their reasons."""
    errors = cohort_errors(assessor, paths, with_points=True, progress=progress)
    config = assessor.model.config
    records, leads = errors.scores(config.score, branch_weights(config.model, config.score))
    return build_calibration(cohort, records, leads, errors.points, errors.segments), errors.left_out


def _without_maps(scored: ScoredWindows) -> ScoredWindows:
    """The same without the large arrays, so that thousands fit into memory."""
    empty = scored.points[:, :, :0].copy()
    values = {**scored.__dict__, "inputs": (), "points": empty, "expected": empty}
    return ScoredWindows(**values)
