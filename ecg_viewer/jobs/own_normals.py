"""Examines own normals, and makes a model that compares with them, on a worker's thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecg_viewer.jobs.torch_start import import_torch
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.own_normals import MIN_DRIFT_NORMALS, Drift, ExaminedNormals
from mmae_core.datasets.folder import find_records
from mmae_core.errors import ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.resources import DEFAULT_MODEL, DESCRIPTION_NAME, bundled_models, read_description, resource

if TYPE_CHECKING:
    from mmae_core.evaluation.own_cohort import CohortDrift


@dataclass(frozen=True)
class Examining:
    """So many recordings have been looked at."""

    done: int
    total: int


@dataclass(frozen=True)
class ModelMade:
    """A model folder was written."""

    folder: Path


@dataclass(frozen=True)
class DriftFound:
    """Normals were compared with a model's cohort."""

    drift: Drift
    cohort: str


def examine_job(
    model: str | None, recordings: Sequence[Path] | Path, cohort: str, device: str,
    left_out: Collection[Path] = (),
) -> Job:
    """A job that scores recordings, or all of a folder, but those left out; sends `Examining`, then `ExaminedNormals`.

    Raises DatasetError if there are too few normals, ModelMismatch if the model cannot be used.
    """

    def run(report: Report) -> None:
        import_torch()

        from mmae_core.evaluation.own_cohort import examine_own_normals
        from mmae_core.model.device import use_one_thread
        from mmae_core.scoring.assessor import Assessor
        from mmae_core.scoring.checkpoint import load_model

        use_one_thread()
        chosen = find_records([recordings]) if isinstance(recordings, Path) else recordings
        paths = [path for path in chosen if path not in left_out]
        loaded = load_model(model)
        own = examine_own_normals(
            Assessor(loaded, device), paths, cohort, stopped=report.stopped,
            progress=lambda done, total: report.send(Examining(done, total)),
        )
        rates = own.coverage["overall"]["over_splits"]["rates"]
        report.send(ExaminedNormals(
            cohort, own.n_normals, own.left_out, loaded.calibration.cohort, viewed_drift(own.drift),
            tuple((rate["level"], rate["mean"], rate["lowest"], rate["highest"]) for rate in rates),
            own.uneven_groups, tuple(path for path, _ in own.apart), model, (loaded, own),
        ))

    return run


def recalibrate_job(found: ExaminedNormals, folder: Path) -> Job:
    """A job that writes a model of the same networks, with percentiles against the examined normals, and sends
    `ModelMade`."""

    def run(report: Report) -> None:
        from mmae_core.evaluation.own_cohort import OwnCohort, recalibrate
        from mmae_core.scoring.checkpoint import TrainedModel

        assert isinstance(found.scored, tuple), "made by `examine_job`"
        loaded, own = found.scored
        assert isinstance(loaded, TrainedModel)
        assert isinstance(own, OwnCohort)
        folder.parent.mkdir(parents=True, exist_ok=True)
        report.send(ModelMade(recalibrate(loaded, own, folder, name=folder.name)))

    return run


def drift_job(model: str | None, scores: Mapping[Path, float]) -> Job:
    """A job that compares scores of normals with the cohort of the model that gave them, and sends `DriftFound`.

    Recordings that the model was trained on do not count; with too few others nothing is sent.
    """

    def run(report: Report) -> None:
        from mmae_core.evaluation.own_cohort import cohort_drift
        from mmae_core.model.training_facts import trained_on

        name = DEFAULT_MODEL if model is None else model
        folder = resource("models", name) if name in bundled_models() else Path(name)
        description = read_description(folder / DESCRIPTION_NAME)
        try:
            training, calibration = description["card"].get("training") or {}, description["calibration"]
            cohort, normals = str(calibration["cohort"]), [float(score) for score in calibration["record_scores"]]
            seen = set(trained_on(training, scores))
        except JSON_FAULTS as error:
            raise ModelMismatch(f"{folder.name}/{DESCRIPTION_NAME} does not describe a model: {error!r}") from error
        known = [score for path, score in scores.items() if path not in seen]
        if len(known) >= MIN_DRIFT_NORMALS and not report.stopped():
            report.send(DriftFound(viewed_drift(cohort_drift(normals, known)), cohort))

    return run


def viewed_drift(drift: CohortDrift) -> Drift:
    """What the window shows of it."""
    return Drift(drift.n_normals, drift.n_strong, drift.strong_ci95, drift.median_percentile, drift.p, drift.has_left)
