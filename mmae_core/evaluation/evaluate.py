"""Detection: one or several methods over labelled recordings, reported with intervals.

The keys of a report are those of `mmae_core.report_schema`. Needs scikit-learn (extra `evaluate`).
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

import mmae_core
from mmae_core.datasets.ptbxl import PtbxlIndex, load_index
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.evaluation.detection_cases import DetectionCase, detection_cases, prepare_array
from mmae_core.evaluation.detection_strata import figures_of, groups_of, noise_figures
from mmae_core.evaluation.given_scores import (
    EvaluatedMethod,
    GivenScores,
    KnownRecords,
    calibrated_folds,
    describe_method,
    match_scores,
    numbered_records,
    ptbxl_records,
    results_of,
)
from mmae_core.evaluation.score_files import ScoreColumn
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
from mmae_core.readers.mcf_arrays import DetectionArrays
from mmae_core.report.report_warnings import warnings_of
from mmae_core.report_schema import (
    REPORT_FORMAT,
    Branches,
    DetectionAgainst,
    DetectionFigures,
    DetectionReport,
    ScoredRecord,
    Seeds,
)
from mmae_core.scoring.preprocess import PublishedScale
from mmae_core.scoring.window_scorer import (
    ScoreCases,
    ScoredCase,
    WindowScorer,
    score_each,
)
from mmae_core.torch_release import installed_torch

Protocol = Literal["published", "consistent"]
"""How the benchmark's arrays are scaled. `published`: as their authors' code does, min-max for localization, not at
all for detection, whatever the model was trained on. `consistent`: as the model's own training data were, on both."""
Progress = Callable[[int, int], None]
AnyMethod = WindowScorer | ScoreColumn
"""A method that scores records, or the scores that one gave."""

UNKNOWN_ARRAYS = "arrays in the form of Jiang et al. 2023"
"""No file says whether they are the published ones."""


def evaluate_detection(
    scorer: AnyMethod, data_folder: str | Path, folds: Collection[int], *, every: int = 1,
    against: AnyMethod | None = None, seeds: Sequence[WindowScorer] = (), others: Sequence[ScoreColumn] = (),
    allow_missing: bool = False, progress: Progress | None = None, score_cases: ScoreCases = score_each,
) -> DetectionReport:
    """Score the folds of a PTB-XL folder, or take scores that were given, and report detection.

    Normal: NORM is the only superclass. Abnormal: any other superclass is present. Without superclass: left out.
    `every` takes each Nth of these records by id, for a quicker look. `against` is a second method, compared on the
    same records; `seeds` are further models of the same configuration, `others` further given scores. Where all
    scores are given, no recording needs to be there. Raises DatasetError if a class has fewer than 2 records or given
    scores do not fit the records (see `given_scores.match_scores`), ConfigError if `seeds` are of other
    configurations, MissingDependency without scikit-learn. `score_cases` may share the work (`CasesInChunks`).
    """
    needs_files = not all(isinstance(method, ScoreColumn) for method in (scorer, against) if method is not None)
    index = load_index(data_folder, needs_files=needs_files)
    cases = detection_cases(index, folds, every)
    known = ptbxl_records(index, [case.id for case in cases])
    method = _given(scorer, known, allow_missing)
    data = _ptbxl_data(method, index, cases, folds, every)
    return detection_report(
        method, cases, data, against=None if against is None else _given(against, known, allow_missing),
        others=[match_scores(other, known, allow_missing=allow_missing) for other in others], seeds=seeds,
        progress=progress, score_cases=score_cases,
    )


def _ptbxl_data(
    method: EvaluatedMethod, index: PtbxlIndex, cases: Sequence[DetectionCase], folds: Collection[int], every: int
) -> dict[str, Any]:
    """What a report says of the records, and which of them a method was trained on."""
    folds_seen = method.training.get("folds") or ()
    paths = [case.entry.path for case in cases if case.entry is not None and case.entry.has_file]
    selected = index.select(folds=folds)
    return {
        "dataset": "PTB-XL", "folds": sorted(folds), "every": every,
        "folds_trained_on": sorted(set(folds) & set(folds_seen)),
        "n_records_trained_on": len(trained_on(method.training, paths)),
        "folds_calibrated_on": sorted(set(folds) & set(calibrated_folds(method))),
        "n_without_superclass": sum(entry.label is None for entry in selected), "missing_files": len(index.missing),
    }


def _given(method: AnyMethod, known: KnownRecords, allow_missing: bool) -> EvaluatedMethod:
    return match_scores(method, known, allow_missing=allow_missing) if isinstance(method, ScoreColumn) else method


def evaluate_detection_arrays(
    scorer: AnyMethod, arrays: DetectionArrays, protocol: Protocol = "consistent", *, every: int = 1,
    about: Mapping[str, Any] | None = None, against: AnyMethod | None = None, seeds: Sequence[WindowScorer] = (),
    others: Sequence[ScoreColumn] = (), allow_missing: bool = False, progress: Progress | None = None,
    score_cases: ScoreCases = score_each,
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
    known = numbered_records(len(arrays.data), [case.id for case in cases])
    return detection_report(
        _given(scorer, known, allow_missing), cases, data,
        against=None if against is None else _given(against, known, allow_missing),
        others=[match_scores(other, known, allow_missing=allow_missing) for other in others], seeds=seeds,
        progress=progress, score_cases=score_cases,
    )


def detection_report(
    scorer: EvaluatedMethod, cases: Sequence[DetectionCase], data: dict[str, Any], *,
    against: EvaluatedMethod | None = None, seeds: Sequence[WindowScorer] = (), others: Sequence[GivenScores] = (),
    progress: Progress | None = None, score_cases: ScoreCases = score_each,
) -> DetectionReport:
    """Score labelled recordings with every method and report; `data` says in the report what they are."""
    require_scikit_learn()
    if seeds:
        require_one_configuration((scorer, *seeds))
    _require_both_classes(cases)
    methods = (scorer, *seeds, *(() if against is None else (against,)))
    runs = _runs(methods, cases, progress, score_cases)
    own = runs[0]
    if not any(found.is_read for found in own):
        reasons = "; ".join(found.reason for found in own[:3])
        raise DatasetError(f"None of the {len(cases)} records could be scored. {reasons}")
    abnormal = np.array([case.abnormal for case in cases])
    scores = _column(own)
    patients = patients_of(cases)
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
        "model": describe_method(scorer),
        "data": {
            **data,
            "said_of_scores": [words for method in (*methods, *others) if isinstance(method, GivenScores)
                               for words in method.said],
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
            "model": describe_method(against),
            "detection": detection_metrics(other, abnormal, operating_points=True, patients=patients),
            "scores": plain_scores(other),
            "comparison": delong(scores, other, abnormal),
        }
    if others:
        report["others"] = [_other(other, cases, scores, abnormal, patients) for other in others]
    if seeds:
        report["seeds"] = _seeds((scorer, *seeds), runs, abnormal)
    report["warnings"] = warnings_of(report)
    return report


def _runs(
    methods: Sequence[EvaluatedMethod], cases: Sequence[DetectionCase], progress: Progress | None,
    score_cases: ScoreCases,
) -> list[list[ScoredCase]]:
    """Each method's results of all cases."""
    runs: list[list[ScoredCase]] = []
    for method in methods:
        scored: list[ScoredCase] = []
        for found in results_of(method, cases, score_cases):
            scored.append(found)
            if progress:
                progress(len(runs) * len(cases) + len(scored), len(cases) * len(methods))
        runs.append(scored)
    return runs


def _other(
    other: GivenScores, cases: Sequence[DetectionCase], scores: NDArray[np.float64], abnormal: NDArray[np.bool_],
    patients: Patients | None,
) -> DetectionAgainst:
    """A further method beside the first; the difference is first minus other."""
    own = _column(results_of(other, cases))
    return {"model": describe_method(other), "detection": detection_metrics(own, abnormal, patients=patients),
            "scores": plain_scores(own), "comparison": delong(scores, own, abnormal)}


def _require_both_classes(cases: Sequence[DetectionCase]) -> None:
    """Raise DatasetError before anything is scored if a class has too few records for any figure."""
    n_abnormal = sum(case.abnormal for case in cases)
    if min(n_abnormal, len(cases) - n_abnormal) < MIN_OF_CLASS:
        raise DatasetError(
            f"Detection needs at least {MIN_OF_CLASS} normal and {MIN_OF_CLASS} abnormal records; found "
            f"{len(cases) - n_abnormal} and {n_abnormal}."
        )


def require_one_configuration(scorers: Sequence[EvaluatedMethod]) -> None:
    """Raise ConfigError unless all models differ only in seed and weights."""
    facts = [describe_method(scorer) for scorer in scorers]
    if len({(fact["configuration"], type(scorer)) for fact, scorer in zip(facts, scorers, strict=True)}) > 1:
        raise ConfigError(
            f"{', '.join(fact['name'] for fact in facts)} are not of one configuration; several --model are taken as "
            "seeds of one. Compare two methods with --against."
        )
    weights = [fact["sha256"] for fact in facts if fact["sha256"] is not None]
    if len(set(weights)) < len(weights):
        raise ConfigError("The same weights were given twice; several --model are taken as seeds of one configuration.")


def seed_summary(scorers: Sequence[EvaluatedMethod], figures: Sequence[dict[str, float]]) -> Seeds:
    """Mean and standard deviation (n - 1) of the figures of several seeds. Raises ConfigError for fewer than 2."""
    if len(scorers) < 2 or len(figures) != len(scorers):
        raise ConfigError(f"A spread over seeds needs at least 2 models with figures each; found {len(scorers)} models "
                          f"and figures of {len(figures)}.")
    columns = {name: np.array([run[name] for run in figures]) for name in figures[0]}
    return {
        "n": len(scorers),
        "mean": {name: float(values.mean()) for name, values in columns.items()},
        "sd": {name: float(values.std(ddof=1)) for name, values in columns.items()},
        "runs": [
            {"model": describe_method(scorer), "figures": run} for scorer, run in zip(scorers, figures, strict=True)
        ],
    }


def software() -> dict[str, Any]:
    """Versions that a figure may depend on."""
    return {"mmae_core": mmae_core.__version__, "python": platform.python_version(), "numpy": np.__version__,
            "torch": installed_torch()}


def plain_scores(scores: NDArray[np.float64]) -> list[float | None]:
    """Scores fit for JSON: None for NaN."""
    return [float(score) if np.isfinite(score) else None for score in scores]


def _seeds(
    scorers: Sequence[EvaluatedMethod], runs: Sequence[Sequence[ScoredCase]], abnormal: NDArray[np.bool_]
) -> Seeds:
    columns = [_column(run) for run in runs[: len(scorers)]]
    metrics = [detection_metrics(scores, abnormal) for scores in columns]
    summary = seed_summary(scorers, [{"auroc": found["auroc"], "auprc": found["auprc"]} for found in metrics])
    for run, scores in zip(summary["runs"], columns, strict=True):
        run["scores"] = plain_scores(scores)
    return summary


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


def patients_of(cases: Sequence[DetectionCase]) -> Patients | None:
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
