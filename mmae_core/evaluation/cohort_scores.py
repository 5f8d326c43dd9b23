"""Scores many normal records with one model, for calibration; any number of them, by one process or several."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.cohort import ChunkTask, WriteChunk
from mmae_core.errors import DatasetError
from mmae_core.evaluation.chunk_plan import HERE, PART_RECORDS, ChunkPlan, Progress
from mmae_core.evaluation.normal_parts import OpenRecord, ScoredNormals, write_normals
from mmae_core.model.device import use_one_thread
from mmae_core.readers import read_record
from mmae_core.readers.described_folders import describe_everything, description_of
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import EcgRecord
from mmae_core.scoring.assessor import MAP_STEP, Assessor
from mmae_core.scoring.calibration import CohortCalibration, calibration_of, usable_rows
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model


@dataclass(frozen=True)
class NamedRecording:
    """A recording that is opened when its turn comes."""

    name: str
    open: OpenRecord


Recordings = Sequence[Path] | Iterator[NamedRecording]
"""Recordings in files, or any others that come one after the other."""
MODEL_FOLDER = "model"
"""Of a place where several processes work: the model they score with."""


@dataclass(frozen=True)
class ScoreNormals:
    """Scores the recordings at some paths and keeps what a calibration needs of them."""

    key: str
    """Of the model, whatever its present calibration is."""
    folder: str
    """Where processes that are not given the model find it."""
    device: str
    with_content: bool
    description: SignalDescription | None = None
    """Of files that do not state it."""
    assessor: Assessor | None = field(default=None, compare=False)
    """Of the process that is given it."""

    name = "calibration"
    endings = ("npy", "json")

    def options(self) -> Mapping[str, Any]:
        return {"model": self.key, "device": self.device, "with_content": self.with_content,
                "description": str(self.description or "")}

    def open(self) -> WriteChunk:
        assessor = self.assessor
        if assessor is None:
            use_one_thread()
            describe_everything(self.description)
            assessor = Assessor(load_model(self.folder), self.device)

        def write(task: ChunkTask) -> None:
            write_normals(
                assessor, openers(task), task.path("npy"), task.path("json"), with_content=self.with_content)

        return write


@contextmanager
def scored_normals(
    assessor: Assessor, paths: Sequence[Path], *, with_content: bool = False, progress: Progress | None = None,
    plan: ChunkPlan = HERE,
) -> Iterator[ScoredNormals]:
    """Score the first window of every record. A record that cannot be read or prepared is left out and named.

    The scores are there within the block. Raises DatasetError if none remains.
    """
    with plan.place("normals") as place:
        work = ScoreNormals(scoring_key(assessor.model), str(place / MODEL_FOLDER), assessor.device, with_content,
                            description_of(paths[0]) if paths else None, None if plan.is_shared else assessor)
        if plan.is_shared:
            keep_model(assessor.model, place / MODEL_FOLDER)
        run = plan.run(work, [str(path.absolute()) for path in paths], place, progress)
        yield _required(ScoredNormals.of(run.paths("npy"), run.paths("json")), len(paths))


@contextmanager
def scored_recordings(
    assessor: Assessor, recordings: Iterable[NamedRecording], names: list[str], *, with_content: bool = False,
    progress: Progress | None = None,
) -> Iterator[ScoredNormals]:
    """As `scored_normals`, of recordings that come one after the other and are gone through once; adds their `names`.

    Only this process scores them: they need not lie in files.
    """
    with HERE.place("normals") as place:
        place.mkdir()
        coming = iter(recordings)
        parts = 0
        while chunk := list(itertools.islice(coming, PART_RECORDS)):
            write_normals(assessor, ((len(names) + number, one.open) for number, one in enumerate(chunk)),
                          place / f"{parts:07d}.npy", place / f"{parts:07d}.json", with_content=with_content)
            names += [one.name for one in chunk]
            parts += 1
            if progress:
                progress(len(names), len(names))
        if not parts:
            raise DatasetError("There is no recording to calibrate on.")
        yield _required(ScoredNormals.of(sorted(place.glob("*.npy")), sorted(place.glob("*.json"))), len(names))


@contextmanager
def scored_in_turn(
    assessor: Assessor, recordings: Recordings, *, progress: Progress | None = None, plan: ChunkPlan = HERE
) -> Iterator[ScoredNormals]:
    """Recordings at paths by as many processes as planned, others by this one."""
    if isinstance(recordings, Sequence):
        with scored_normals(assessor, recordings, progress=progress, plan=plan) as found:
            yield found
    else:
        with scored_recordings(assessor, recordings, [], progress=progress) as found:
            yield found


def _required(found: ScoredNormals, n_given: int) -> ScoredNormals:
    if not len(found):
        reasons = "; ".join(reason for _, reason in found.left_out[:3])
        raise DatasetError(f"None of the {n_given} records could be scored. {reasons}")
    return found


def scoring_key(model: TrainedModel) -> str:
    """Checksum of all of a model that its scores depend on: not its calibration."""
    fusion = None if model.fusion is None else model.fusion.to_dict()
    values: dict[str, Any] = {"weights": model.sha256, "config": model.config.to_dict(), "fusion": fusion}
    if not model.sha256:  # not yet saved
        networks = [model.network] if model.cross_lead is None else [model.network, model.cross_lead]
        weights = hashlib.sha256()
        for network in networks:
            for tensor in network.state_dict().values():
                weights.update(tensor.cpu().contiguous().numpy().tobytes())
        values["weights"] = weights.hexdigest()
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def keep_model(model: TrainedModel, folder: Path) -> None:
    """Write a model for other processes, with a calibration of nobody where it has none yet.

    One without means and spreads of its parts is written with the score of masked segments; `fit_parts` knows the
    parts.
    """
    calibration, config = model.calibration, model.config
    if model.fusion is None:
        plain = dataclasses.replace(config.score, parts=("segments",), map_parts=("segments",), part_weights=None)
        config = dataclasses.replace(config, score=plain)
    if not calibration.n_records:
        nobody = np.zeros((len(calibration.lead_scores), 1), np.float32)
        calibration = dataclasses.replace(calibration, record_scores=nobody[0], lead_scores=nobody, lead_peaks=nobody)
    save_model(folder, model.name, model.version, config, model.network, calibration, {},
               cross_lead=model.cross_lead, fusion=model.fusion)


def calibrate(
    assessor: Assessor, paths: Sequence[Path], cohort: str, progress: Progress | None = None, plan: ChunkPlan = HERE
) -> tuple[CohortCalibration, tuple[tuple[str, str], ...]]:
    """Calibration on normal records that were not trained on, and the records left out with their reasons."""
    with scored_normals(assessor, paths, progress=progress, plan=plan) as found:
        calibration = calibration_on(assessor.model, found, cohort, usable_rows(found.records, found.leads))
        return calibration, tuple((paths[place].stem, reason) for place, reason in found.left_out)


def calibration_on(
    model: TrainedModel, found: ScoredNormals, cohort: str, chosen: NDArray[np.bool_]
) -> CohortCalibration:
    """Calibration on the chosen of n scored normals, each with a score in every lead."""
    map_rate_hz = model.config.preprocess.sampling_rate_hz / MAP_STEP
    return calibration_of(cohort, found.records[chosen], found.leads[chosen], partial(found.blocks, chosen),
                          map_rate_hz)


def openers(task: ChunkTask) -> Iterator[tuple[int, OpenRecord]]:
    """Place of each recording among all, and the function that opens it or says why it is not tried."""
    for number, (path, reason) in enumerate(task.each_or_reason()):
        yield task.chunk.first + number, partial(_open, path, reason)


def _open(path: str, reason: str) -> EcgRecord:
    if reason:
        raise DatasetError(reason)
    return read_record(Path(path))
