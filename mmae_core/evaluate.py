"""Detection: how well scores separate normal from abnormal records, with intervals by record bootstrap.

Needs scikit-learn (extra `evaluate`).
"""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import mmae_core
from mmae_core.aggregate import branch_weights
from mmae_core.assess import Assessor
from mmae_core.cohort import CohortErrors, cohort_errors
from mmae_core.config import ErrorSpace, ScoreConfig
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError, EcgError

BOOTSTRAP_ROUNDS = 2000
BOOTSTRAP_SEED = 0

Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]


class MissingDependency(EcgError):
    """A library that only some tasks need is not installed."""


def evaluate_detection(
    assessor: Assessor, data_folder: Path, folds: Collection[int], progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Score a PTB-XL folder's folds and report detection as a dictionary fit for JSON.

    Normal: NORM is the only superclass. Abnormal: any other superclass is present. Without superclass: left out.
    Raises DatasetError if a class is empty, MissingDependency without scikit-learn.
    """
    _metrics()
    index = load_index(data_folder)
    chosen = [entry for entry in index.select(folds=folds) if entry.label is not None]
    unlabelled = len(index.select(folds=folds)) - len(chosen)
    if not chosen:
        raise DatasetError(f"Folds {sorted(folds)} of {data_folder} hold no record that is normal or abnormal.")
    abnormal_of = {entry.path: entry.label == "abnormal" for entry in chosen}
    errors = cohort_errors(assessor, [entry.path for entry in chosen], progress=progress)
    abnormal = np.array([abnormal_of[path] for path in errors.paths])
    model = assessor.model
    score = model.config.score
    weights = branch_weights(model.config.model, score)
    own = _by_branch(errors, abnormal, score, weights)
    paper = dataclasses.replace(score, pooling="mean", branch_weights=None)
    paper_weights = branch_weights(model.config.model, paper)
    spaces: tuple[ErrorSpace, ErrorSpace] = ("signal", "normalised")
    n_not_assessable = int(np.isnan(errors.scores(score, weights)[0]).sum())
    return {
        "detection": own["detection"],
        "branches": own["branches"],
        "paper_score": {
            space: _by_branch(errors, abnormal, dataclasses.replace(paper, error_space=space), paper_weights)
            for space in spaces
        },
        "model": {
            "name": model.name, "version": model.version, "sha256": model.sha256, "error_space": score.error_space,
            "pooling": score.pooling,
            "masks": score.masks, "n_passes": score.n_passes, "branch_weights": list(weights),
            "trained_on": model.card.get("training"),
        },
        "data": {
            "dataset": "PTB-XL", "folds": sorted(folds),
            "folds_trained_on": sorted(set(folds) & set((model.card.get("training") or {}).get("folds", ()))),
            "n_scored": len(errors.paths),
            "n_without_superclass": unlabelled, "n_not_assessable": n_not_assessable,
            "left_out": [list(item) for item in errors.left_out], "missing_files": len(index.missing),
        },
        "bootstrap": {"rounds": BOOTSTRAP_ROUNDS, "seed": BOOTSTRAP_SEED, "unit": "record, within each class"},
        "software": {"mmae_core": mmae_core.__version__, "python": platform.python_version()},
    }


def detection_metrics(scores: Scores, abnormal: Labels) -> dict[str, Any]:
    """AUROC and AUPRC with 95-% bootstrap intervals; records whose score is NaN count as not assessable.

    Raises DatasetError if a class has fewer than 2 records.
    """
    known = np.isfinite(scores)
    scores, abnormal = scores[known], abnormal[known]
    n_abnormal = int(abnormal.sum())
    n_normal = len(abnormal) - n_abnormal
    if min(n_normal, n_abnormal) < 2:
        raise DatasetError(
            f"Detection needs at least 2 normal and 2 abnormal records; found {n_normal} and {n_abnormal}."
        )
    roc_auc_score, average_precision_score = _metrics()
    low, high = np.percentile(bootstrap_metrics(scores, abnormal), [2.5, 97.5], axis=1)
    return {
        "auroc": float(roc_auc_score(abnormal, scores)),
        "auroc_ci95": [float(low[0]), float(high[0])],
        "auprc": float(average_precision_score(abnormal, scores)),
        "auprc_ci95": [float(low[1]), float(high[1])],
        "prevalence": n_abnormal / len(abnormal),
        "n_normal": n_normal,
        "n_abnormal": n_abnormal,
    }


def _by_branch(
    errors: CohortErrors, abnormal: Labels, score: ScoreConfig, weights: tuple[float, float]
) -> dict[str, Any]:
    branches = {"global": (1.0, 0.0), "local": (0.0, 1.0)}
    return {
        "detection": detection_metrics(errors.scores(score, weights)[0], abnormal),
        "branches": {
            name: detection_metrics(errors.scores(score, only)[0], abnormal) for name, only in branches.items()
        },
    }


def bootstrap_metrics(
    scores: Scores, abnormal: Labels, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED
) -> NDArray[np.float64]:
    """(2, rounds) AUROC and AUPRC of bootstrap samples, records drawn with replacement within each class.

    A sample is how often each record was drawn; with the records sorted once, both figures are sums along them.
    """
    order = np.argsort(-scores, kind="stable")
    ordered, positive = scores[order], abnormal[order]
    last_of_tie = np.flatnonzero(np.append(np.diff(ordered) != 0, True))
    generator = np.random.default_rng(seed)
    results = np.empty((2, rounds))
    groups = (np.flatnonzero(positive), np.flatnonzero(~positive))
    for column in range(rounds):
        drawn = np.zeros(len(scores))
        for group in groups:
            drawn[group] = np.bincount(generator.integers(len(group), size=len(group)), minlength=len(group))
        true = np.concatenate(([0.0], np.cumsum(drawn * positive)[last_of_tie]))
        false = np.concatenate(([0.0], np.cumsum(drawn * ~positive)[last_of_tie]))
        results[0, column] = np.trapezoid(true, false) / (true[-1] * false[-1])
        precision = true[1:] / np.maximum(true[1:] + false[1:], 1.0)
        results[1, column] = (np.diff(true) * precision).sum() / true[-1]
    return results


def _metrics() -> tuple[Callable[..., float], Callable[..., float]]:
    try:
        from sklearn.metrics import average_precision_score, roc_auc_score
    except ImportError as error:
        raise MissingDependency(
            "Evaluation needs scikit-learn. Install it with: pip install scikit-learn"
        ) from error
    return roc_auc_score, average_precision_score
