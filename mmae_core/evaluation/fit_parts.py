"""Means and spreads of the parts of a model's score, from the normals it was trained on."""

from __future__ import annotations

import dataclasses
import itertools
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.cohort import ChunkTask, WriteChunk
from mmae_core.config import Config
from mmae_core.errors import DatasetError, EcgError
from mmae_core.evaluation.chunk_plan import HERE, ChunkPlan, Progress
from mmae_core.evaluation.cohort_scores import MODEL_FOLDER, Recordings, keep_model, openers, scoring_key
from mmae_core.evaluation.normal_parts import BATCH_RECORDS, OpenRecord
from mmae_core.model.device import use_one_thread
from mmae_core.record import FloatArray
from mmae_core.scoring.aggregate import smooth
from mmae_core.scoring.amplitude import amplitude_departures, amplitude_profiles
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.beat_part import BeatShapes, beat_part, beat_shapes, fit_beats
from mmae_core.scoring.checkpoint import load_model
from mmae_core.scoring.departure_part import departure_part, fit_measurements, measured_vectors
from mmae_core.scoring.fusion import Fusion, PartScores, fit_fusion
from mmae_core.scoring.preprocess import ModelInput, prepare
from mmae_core.scoring.unmasked_parts import departures_part

MIN_FITTED = 2
PROFILE, SHAPES, RR_S, VECTORS = "profile", "shapes", "rr_s", "vectors"
RECORDS, LEADS, PEAKS = "records:", "leads:", "peaks:"
"""Before the name of a part."""

Columns = Mapping[str, NDArray[Any]]
"""Arrays of n normals by name: 6 KB a record. A release fits about 1,500."""


@dataclass(frozen=True)
class MeasureParts:
    """Scores the parts of recordings at some paths, before anything is known that makes the parts comparable."""

    key: str
    folder: str
    config: Mapping[str, Any]
    """All of the model's, with the parts to measure."""
    device: str
    assessor: Assessor | None = field(default=None, compare=False)

    name = "parts of the score"
    endings = ("npz",)

    def options(self) -> Mapping[str, Any]:
        return {"model": self.key, "device": self.device}

    def open(self) -> WriteChunk:
        assessor = self.assessor
        if assessor is None:
            use_one_thread()
            model = dataclasses.replace(load_model(self.folder), config=Config.from_dict(dict(self.config)))
            assessor = Assessor(model, self.device, fitting=True)

        def write(task: ChunkTask) -> None:
            columns: dict[str, Any] = dict(measured_columns(assessor, (opened for _, opened in openers(task))))
            with task.path("npz").open("wb") as stream:
                np.savez(stream, **columns)

        return write


def fit_parts(
    assessor: Assessor, normals: Recordings, fitted_on: str, progress: Progress | None = None,
    plan: ChunkPlan = HERE,
) -> Fusion:
    """Means and spreads of the parts of a model's score among the normals it was trained on.

    Records that cannot be read or assessed are left out. Raises DatasetError if fewer than two remain.
    """
    if not isinstance(normals, Sequence):
        n_given = itertools.count()
        columns = measured_columns(assessor, (normal.open for normal, _ in zip(normals, n_given, strict=False)))
        return fit_columns(assessor, columns, fitted_on, next(n_given))
    model = assessor.model
    with plan.place("parts") as place:
        work = MeasureParts(scoring_key(model), str(place / MODEL_FOLDER), model.config.to_dict(), assessor.device,
                            None if plan.is_shared else assessor)
        if plan.is_shared:
            keep_model(model, place / MODEL_FOLDER)
        run = plan.run(work, [str(path.absolute()) for path in normals], place, progress)
        return fit_columns(assessor, joined_columns(map(_read, run.paths("npz"))), fitted_on, len(normals))


def _read(file: Path) -> Columns:
    with np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def joined_columns(parts: Iterable[Columns]) -> Columns:
    """The columns of several parts as one; empty parts have none."""
    known = [part for part in parts if part]
    return {name: np.concatenate([part[name] for part in known]) for name in known[0]} if known else {}


def measured_columns(assessor: Assessor, recordings: Iterable[OpenRecord]) -> Columns:
    """What fitting needs of recordings, without those that cannot be read or assessed; empty if none remains."""
    batches: list[Columns] = []
    pending: list[ModelInput] = []
    for open_record in recordings:
        try:
            pending.append(prepare(open_record(), assessor.model.config.preprocess))
        except EcgError:
            continue  # left out, as from training
        if len(pending) == BATCH_RECORDS:
            batches.append(_measured(assessor, pending))
            pending = []
    if pending:
        batches.append(_measured(assessor, pending))
    return joined_columns(batches)


def _measured(assessor: Assessor, inputs: Sequence[ModelInput]) -> Columns:
    score = assessor.model.config.score
    scored = assessor.score_windows(inputs, with_segments=True)
    columns: dict[str, NDArray[Any]] = {PROFILE: amplitude_profiles(inputs)}
    if "beat" in score.parts:
        shapes = beat_shapes(inputs)
        columns |= {SHAPES: shapes.values, RR_S: shapes.rr_s}
    if "departures" in score.parts:
        columns[VECTORS] = measured_vectors(inputs)
    for name, part in scored.parts.items():
        columns |= {RECORDS + name: part.records, LEADS + name: part.leads}
    for name, points in scored.part_maps.items():
        columns[PEAKS + name] = _highest(smooth(points, score.smoothing_sigma_samples))
    return columns


def fit_columns(assessor: Assessor, columns: Columns, fitted_on: str, n_given: int) -> Fusion:
    """The same from the columns of all of `n_given` normals that could be scored."""
    wanted = assessor.model.config.score.parts
    profile = columns.get(PROFILE, np.empty((0, 12, 6), np.float32))
    if len(profile) < MIN_FITTED:
        raise DatasetError(f"Of {n_given} normal records {len(profile)} can be scored; means and spreads of the "
                           f"parts of a score need at least {MIN_FITTED}.")
    amplitude = np.stack([np.nanmean(profile, axis=0), np.nanstd(profile, axis=0)]).astype(np.float32)
    names = [name.removeprefix(RECORDS) for name in columns if name.startswith(RECORDS)]
    parts = {name: PartScores(columns[RECORDS + name], columns[LEADS + name]) for name in names}
    parts["amplitude"] = departures_part(amplitude_departures(profile, amplitude[0], amplitude[1]))
    beat = measurements = None
    if "beat" in wanted:
        shapes = BeatShapes(columns[SHAPES], columns[RR_S])
        beat = fit_beats(shapes)
        parts["beat"] = beat_part(shapes, beat)
    if "departures" in wanted:
        measurements = fit_measurements(columns[VECTORS])
        parts["departures"] = departure_part(columns[VECTORS], measurements)
    map_peaks = {name.removeprefix(PEAKS): np.nanmedian(values, axis=0) for name, values in columns.items()
                 if name.startswith(PEAKS)}
    return fit_fusion(fitted_on, parts, map_peaks, amplitude, beat, measurements)


def _highest(points: FloatArray) -> FloatArray:
    """(N, 12) of (N, 12, samples); NaN where a lead was not assessed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of leads that are NaN throughout, which stay NaN
        highest: FloatArray = np.nanmax(points, axis=2)
    return highest
