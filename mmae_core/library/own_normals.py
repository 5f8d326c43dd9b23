"""Percentiles against own normals, from recordings in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from mmae_core.errors import EcgError
from mmae_core.model.training_facts import require_cohort
from mmae_core.record import EcgRecord
from mmae_core.scoring.assessor import MAP_STEP, Assessor, window_phases, without_ends
from mmae_core.scoring.calibration import build_calibration
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.preprocess import ModelInput, prepare


@dataclass(frozen=True)
class FittedModel:
    """The same networks, compared with other normals."""

    model: TrainedModel
    n_normals: int
    left_out: tuple[tuple[str, str], ...]
    """(recording, reason)"""


BATCH_RECORDS = 8
NOT_WHOLE = "not assessable in every lead"


def calibrated_with(assessor: Assessor, records: Iterable[EcgRecord], cohort: str) -> FittedModel:
    """The assessor's model with percentiles against the first window of each of these normals.

    Recordings that cannot be prepared, or not be assessed in every lead, are left out. Raises DatasetError if fewer
    than 20 remain.
    """
    left_out: list[tuple[str, str]] = []
    rows: dict[str, list[Any]] = {name: [] for name in ("records", "leads", "points", "segments", "phases")}
    rate_hz = assessor.model.config.preprocess.sampling_rate_hz
    for names, items in _batches(_prepared(assessor, records, left_out)):
        scored = assessor.score_windows(items, with_segments=True)
        points = without_ends(scored.points, items, rate_hz)[:, :, ::MAP_STEP]
        for row, name in enumerate(names):
            if not (np.isfinite(scored.scores[row]) and np.isfinite(scored.lead_scores[row]).all()):
                left_out.append((name, NOT_WHOLE))
                continue
            rows["records"].append(scored.scores[row])
            rows["leads"].append(scored.lead_scores[row])
            rows["points"].append(points[row].copy())
            rows["segments"].append(scored.segments[row])
            rows["phases"].append(window_phases(items[row], rate_hz / MAP_STEP, points.shape[2]))
    require_cohort(len(rows["records"]))
    stacked = {name: np.stack(values) for name, values in rows.items()}
    calibration = build_calibration(
        cohort, stacked["records"], stacked["leads"], stacked["points"], stacked["segments"], stacked["phases"],
        rate_hz / MAP_STEP,
    )
    model = dataclasses.replace(assessor.model, calibration=calibration)
    return FittedModel(model, len(rows["records"]), tuple(left_out))


def _prepared(
    assessor: Assessor, records: Iterable[EcgRecord], left_out: list[tuple[str, str]]
) -> Iterator[tuple[str, ModelInput]]:
    for record in records:
        try:
            yield record.name, prepare(record, assessor.model.config.preprocess)
        except EcgError as error:
            left_out.append((record.name, str(error)))


def _batches(items: Iterable[tuple[str, ModelInput]]) -> Iterator[tuple[list[str], list[ModelInput]]]:
    batch: list[tuple[str, ModelInput]] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH_RECORDS:
            yield [name for name, _ in batch], [one for _, one in batch]
            batch = []
    if batch:
        yield [name for name, _ in batch], [one for _, one in batch]
