"""Detection: one or several methods over labelled recordings, reported with intervals.

The keys of a report are those of `mmae_core.report_schema`. Needs scikit-learn (extra `evaluate`).
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

import mmae_core
from mmae_core.config import PreprocessConfig
from mmae_core.config_arguments import fold_words
from mmae_core.datasets.ptbxl import PtbxlEntry, load_index
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.evaluation.detection_strata import figures_of, groups_of, noise_figures
from mmae_core.metrics.detection import (
    BOOTSTRAP_ROUNDS,
    BOOTSTRAP_SEED,
    MIN_OF_CLASS,
    Patients,
    delong,
    detection_curves,
    detection_metrics,
    require_scikit_learn,
)
from mmae_core.metrics.uniformity import check_records
from mmae_core.model.training_facts import trained_on
from mmae_core.readers import read_record
from mmae_core.readers.mcf_arrays import RATE_HZ, DetectionArrays, SignalArray
from mmae_core.report.report_warnings import warnings_of
from mmae_core.report_schema import (
    REPORT_FORMAT,
    Branches,
    DetectionFigures,
    DetectionReport,
    ScoredRecord,
    Seeds,
)
from mmae_core.scoring.preprocess import ModelInput, PublishedScale, prepare, prepare_as_published, prepare_filtered
from mmae_core.scoring.window_scorer import (
    Prepare,
    ScoredCase,
    WindowScorer,
    describe_scorer,
    folds_calibrated_on,
    score_each,
)

Protocol = Literal["published", "consistent"]
"""How the benchmark's arrays are scaled. `published`: as their authors' code does, min-max for localization, not at
all for detection, whatever the model was trained on. `consistent`: as the model's own training data were, on both."""
Progress = Callable[[int, int], None]

UNKNOWN_ARRAYS = "arrays in the form of Jiang et al. 2023"
"""No file says whether they are the published ones."""
@dataclass(frozen=True)
class DetectionCase:
    """One labelled recording."""

    id: str
    name: str
    """Path of its file, to name it if left out."""
    abnormal: bool
    prepare: Prepare
    entry: PtbxlEntry | None = None
    """Its entry in PTB-XL."""


def evaluate_detection(
    scorer: WindowScorer, data_folder: Path, folds: Collection[int], *, every: int = 1,
    against: WindowScorer | None = None,
    seeds: Sequence[WindowScorer] = (), progress: Progress | None = None,
) -> DetectionReport:
    """Score the folds of a PTB-XL folder and report detection.

    Normal: NORM is the only superclass. Abnormal: any other superclass is present. Without superclass: left out.
    `every` takes each Nth of these records by id, for a quicker look. `against` is a second method, compared on the
    same records; `seeds` are further models of the same configuration. Raises DatasetError if a class has fewer than 2
    records, ConfigError if `seeds` are of other configurations, MissingDependency without scikit-learn.
    """
    index = load_index(data_folder)
    selected = index.select(folds=folds)
    labelled = sorted((entry for entry in selected if entry.label is not None), key=lambda entry: entry.ecg_id)
    if not labelled:
        raise DatasetError(f"{data_folder} has no normal or abnormal record in {fold_words(folds)}.")
    cases = [
        DetectionCase(
            str(entry.ecg_id), entry.path.stem, entry.label == "abnormal", partial(prepare_record, entry.path), entry
        )
        for entry in labelled[::every]
    ]
    folds_seen = scorer.training.get("folds") or ()
    known = trained_on(scorer.training, [case.entry.path for case in cases if case.entry is not None])
    data = {
        "dataset": "PTB-XL", "folds": sorted(folds), "every": every,
        "folds_trained_on": sorted(set(folds) & set(folds_seen)),
        "n_records_trained_on": len(known),
        "folds_calibrated_on": sorted(set(folds) & set(folds_calibrated_on(scorer))),
        "n_without_superclass": len(selected) - len(labelled), "missing_files": len(index.missing),
    }
    return detection_report(scorer, cases, data, against=against, seeds=seeds, progress=progress)


def evaluate_detection_arrays(
    scorer: WindowScorer, arrays: DetectionArrays, protocol: Protocol = "consistent", *, every: int = 1,
    about: Mapping[str, Any] | None = None, against: WindowScorer | None = None, seeds: Sequence[WindowScorer] = (),
    progress: Progress | None = None,
) -> DetectionReport:
    """The same for arrays in the published benchmark's form; no subgroups, because they say nothing of the patients.

    `about` says in the report where they come from: data set, truth.
    """
    published: PublishedScale = "none"
    cases = [
        DetectionCase(
            str(row), str(row), bool(arrays.abnormal[row]),
            partial(prepare_array, arrays.data, row, published if protocol == "published" else None),
        )
        for row in range(0, len(arrays.data), every)
    ]
    data: dict[str, Any] = {
        "dataset": UNKNOWN_ARRAYS, "protocol": protocol, "every": every, "folds": [],
        "folds_trained_on": [], "folds_calibrated_on": [], "min_max_scaled": arrays.data.min_max_scaled,
        **(about or {}),
    }
    return detection_report(scorer, cases, data, against=against, seeds=seeds, progress=progress)


def prepare_array(
    signals: SignalArray, row: int, published: PublishedScale | None, config: PreprocessConfig
) -> ModelInput:
    """A recording of an array as an input; `published` is None for the method's own scale."""
    if published is None:
        return prepare_filtered(signals.window(row), RATE_HZ, config)
    return prepare_as_published(signals.window(row), RATE_HZ, config, published)


def detection_report(
    scorer: WindowScorer, cases: Sequence[DetectionCase], data: dict[str, Any], *, against: WindowScorer | None = None,
    seeds: Sequence[WindowScorer] = (), progress: Progress | None = None,
) -> DetectionReport:
    """Score labelled recordings with every method and report; `data` says in the report what they are."""
    require_scikit_learn()
    require_one_configuration((scorer, *seeds))
    _require_both_classes(cases)
    total = len(cases) * (1 + len(seeds) + (against is not None))
    runs: list[list[ScoredCase]] = []
    for method in (scorer, *seeds, *(() if against is None else (against,))):
        scored = []
        for found in score_each(method, [case.prepare for case in cases]):
            scored.append(found)
            if progress:
                progress(len(runs) * len(cases) + len(scored), total)
        runs.append(scored)
    own = runs[0]
    if not any(found.is_read for found in own):
        reasons = "; ".join(found.reason for found in own[:3])
        raise DatasetError(f"None of the {len(cases)} records could be scored. {reasons}")
    abnormal = np.array([case.abnormal for case in cases])
    scores = _column(own)
    patients = _patients(cases)
    detection = detection_metrics(scores, abnormal, operating_points=True, patients=patients)
    report: DetectionReport = {
        "format": REPORT_FORMAT,
        "kind": "detection",
        "detection": detection,
        "branches": _parts(own, abnormal, [name for name in _names(own) if "/" not in name], patients),
        "paper_score": _paper_score(own, abnormal, patients),
        "curves": detection_curves(scores, abnormal),
        **_groups(cases, abnormal, scores),  # type: ignore[typeddict-item]  # its keys are those of the report
        "records": [_record(case, found) for case, found in zip(cases, own, strict=True)],
        "model": describe_scorer(scorer),
        "data": {
            **data,
            "n_scored": sum(found.is_read for found in own),
            "n_not_assessable": sum(found.is_read and not np.isfinite(found.score) for found in own),
            "left_out": [[case.name, found.reason] for case, found in zip(cases, own, strict=True)
                         if not found.is_read],
        },
        "bootstrap": {"rounds": BOOTSTRAP_ROUNDS, "seed": BOOTSTRAP_SEED,
                      "unit": f"{'record' if patients is None else 'patient'}, within each class"},
        "software": software(),
    }
    if (uniformity := check_records(report["records"])) is not None:
        report["uniformity"] = uniformity
    if against is not None:
        other = _column(runs[-1])
        report["against"] = {
            "model": describe_scorer(against),
            "detection": detection_metrics(other, abnormal, operating_points=True, patients=patients),
            "scores": plain_scores(other),
            "comparison": delong(scores, other, abnormal),
        }
    if seeds:
        report["seeds"] = _seeds((scorer, *seeds), runs, abnormal)
    report["warnings"] = warnings_of(report)
    return report


def _require_both_classes(cases: Sequence[DetectionCase]) -> None:
    """Raise DatasetError before anything is scored if a class has too few records for any figure."""
    n_abnormal = sum(case.abnormal for case in cases)
    if min(n_abnormal, len(cases) - n_abnormal) < MIN_OF_CLASS:
        raise DatasetError(
            f"Detection needs at least {MIN_OF_CLASS} normal and {MIN_OF_CLASS} abnormal records; found "
            f"{len(cases) - n_abnormal} and {n_abnormal}."
        )


def require_one_configuration(scorers: Sequence[WindowScorer]) -> None:
    """Raise ConfigError unless all models differ only in seed and weights."""
    facts = [describe_scorer(scorer) for scorer in scorers]
    if len({(fact["configuration"], type(scorer)) for fact, scorer in zip(facts, scorers, strict=True)}) > 1:
        raise ConfigError(
            f"{', '.join(fact['name'] for fact in facts)} are not of one configuration; several --model are taken as "
            "seeds of one. Compare two methods with --against."
        )
    weights = [fact["sha256"] for fact in facts if fact["sha256"] is not None]
    if len(set(weights)) < len(weights):
        raise ConfigError("The same weights were given twice; several --model are taken as seeds of one configuration.")


def seed_summary(scorers: Sequence[WindowScorer], figures: Sequence[dict[str, float]]) -> Seeds:
    """Mean and standard deviation (n - 1) of the figures of several seeds."""
    columns = {name: np.array([run[name] for run in figures]) for name in figures[0]}
    return {
        "n": len(scorers),
        "mean": {name: float(values.mean()) for name, values in columns.items()},
        "sd": {name: float(values.std(ddof=1)) for name, values in columns.items()},
        "runs": [
            {"model": describe_scorer(scorer), "figures": run} for scorer, run in zip(scorers, figures, strict=True)
        ],
    }


def software() -> dict[str, Any]:
    """Versions that a figure may depend on."""
    return {"mmae_core": mmae_core.__version__, "python": platform.python_version(), "numpy": np.__version__}


def plain_scores(scores: NDArray[np.float64]) -> list[float | None]:
    """Scores fit for JSON: None for NaN."""
    return [float(score) if np.isfinite(score) else None for score in scores]


def _seeds(scorers: Sequence[WindowScorer], runs: Sequence[Sequence[ScoredCase]], abnormal: NDArray[np.bool_]) -> Seeds:
    columns = [_column(run) for run in runs[: len(scorers)]]
    metrics = [detection_metrics(scores, abnormal) for scores in columns]
    summary = seed_summary(scorers, [{"auroc": found["auroc"], "auprc": found["auprc"]} for found in metrics])
    for run, scores in zip(summary["runs"], columns, strict=True):
        run["scores"] = plain_scores(scores)
    return summary


def prepare_record(path: Path, config: PreprocessConfig) -> ModelInput:
    """The first window of a recording as an input."""
    return prepare(read_record(path), config)


def _column(cases: Iterable[ScoredCase], part: str | None = None) -> NDArray[np.float64]:
    """(N,) scores, or one of their parts; NaN where there is none."""
    return np.array([case.score if part is None else case.parts.get(part, np.nan) for case in cases])


def _names(cases: Iterable[ScoredCase]) -> list[str]:
    return list(dict.fromkeys(name for case in cases for name in case.parts))


def _parts(
    cases: Sequence[ScoredCase], abnormal: NDArray[np.bool_], names: Iterable[str], patients: Patients | None
) -> dict[str, DetectionFigures]:
    """Figures of each part, under the last word of its name; a part that has too few values is left out."""
    found = {name.rpartition("/")[2]: figures_of(_column(cases, name), abnormal, patients) for name in names}
    return {name: figures for name, figures in found.items() if figures is not None}


def _paper_score(
    cases: Sequence[ScoredCase], abnormal: NDArray[np.bool_], patients: Patients | None
) -> dict[str, Branches]:
    names = _names(cases)
    return {
        name.partition("/")[2]: {
            "detection": detection_metrics(_column(cases, name), abnormal, patients=patients),
            "branches": _parts(cases, abnormal, [part for part in names if part.startswith(f"{name}/")],
                               patients),
        }
        for name in names if name.startswith("paper/") and name.count("/") == 1
    }


def _patients(cases: Sequence[DetectionCase]) -> Patients | None:
    """Patients to resample for intervals; None if unknown, and records are resampled."""
    entries = [case.entry for case in cases if case.entry is not None]
    return [entry.patient_id for entry in entries] if len(entries) == len(cases) else None


def _groups(
    cases: Sequence[DetectionCase], abnormal: NDArray[np.bool_], scores: NDArray[np.float64]
) -> dict[str, dict[str, Any]]:
    entries = [case.entry for case in cases if case.entry is not None]
    if len(entries) < len(cases):
        return {"superclasses": {}, "statements": {}, "age": {}, "sex": {}}
    patients = [entry.patient_id for entry in entries]
    return {**groups_of(entries, abnormal, scores, patients),
            "noise": dict(noise_figures(entries, abnormal, scores, patients))}


def _record(case: DetectionCase, found: ScoredCase) -> ScoredRecord:
    entry = case.entry
    return {
        "id": case.id, "label": "abnormal" if case.abnormal else "normal",
        "score": found.score if np.isfinite(found.score) else None, "reason": found.reason,
        "patient": None if entry is None else entry.patient_id,
        "fold": None if entry is None else entry.fold,
        "sex": None if entry is None else entry.sex,
        "age": None if entry is None else entry.age,
        "superclasses": [] if entry is None else sorted(entry.superclasses),
        "statements": [] if entry is None else list(entry.statements),
    }
