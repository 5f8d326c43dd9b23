"""Detection: how well scores separate normal from abnormal records, with 95-% intervals.

Scores are (N,) with higher meaning less normal, labels (N,) True for abnormal. A record whose score is NaN could not
be scored and is left out. Needs scikit-learn (extra `evaluate`).
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError, EcgError
from mmae_core.metrics.array_checks import binary, numbers, one_each, scored_labels, whole_number
from mmae_core.metrics.points import patient_rows
from mmae_core.report_schema import Curves, DeLong, DetectionFigures, OperatingPointFigures
from mmae_core.scipy_parts import rankdata

BOOTSTRAP_ROUNDS = 2000
VALUES_AT_ONCE = 60_000
"""Numbers per block of bootstrap samples computed together: fits the CPU cache."""
BOOTSTRAP_SEED = 0
BOOTSTRAP_METRICS = (
    "auroc", "auprc", "sensitivity_at_90", "sensitivity_at_95", "specificity_at_90", "specificity_at_95",
)
"""Rows of `bootstrap_metrics`; sensitivity at 90 and 95 % specificity, and the reverse."""
TARGETS = (0.90, 0.95)
CURVE_POINTS = 200
"""Most points of a curve kept for plotting."""
MIN_OF_CLASS = 2
"""Records of a class below which nothing is computed."""
MIN_FOR_INTERVAL = 10
"""Records of each class, or records with a lesion, below which no interval is given: resampling so few gives intervals
of no width (1.000-1.000), which would be read as certainty."""
Z_95 = 1.959963984540054
"""Normal quantile of a two-sided 95-% interval."""

Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]
Patients = Sequence[Hashable]


class MissingDependency(EcgError):
    """A library that only some tasks need is not installed."""


def require_scikit_learn() -> None:
    """Raise MissingDependency, saying what to install, before any long computation."""
    _sklearn("roc_auc_score")


def detection_metrics(
    scores: Scores, abnormal: Labels, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED, *,
    operating_points: bool = False, patients: Patients | None = None,
) -> DetectionFigures:
    """AUROC and average precision, and on demand operating points, with bootstrap intervals.

    With `patients`, one for each record, the intervals draw patients with all of their records. Below
    `MIN_FOR_INTERVAL` records of a class the intervals are None and `no_interval` says why.
    Raises DatasetError if a class has fewer than 2 records with a score, or the arrays are not one number and one
    label (0, 1 or bool) for each record.
    """
    scores, abnormal = scored_labels(scores, abnormal)
    if patients is not None:
        one_each(patients, "Patients", len(scores))
    patients = None if patients is None else [patients[row] for row in np.flatnonzero(np.isfinite(scores)).tolist()]
    scores, abnormal = _known(scores, abnormal)
    n_abnormal = int(abnormal.sum())
    n_normal = len(abnormal) - n_abnormal
    if min(n_normal, n_abnormal) < MIN_OF_CLASS:
        raise DatasetError(
            f"Detection needs at least 2 normal and 2 abnormal records; found {n_normal} and {n_abnormal}."
        )
    reason = too_few(n_normal, n_abnormal)
    intervals: dict[str, list[float] | None] = dict.fromkeys(BOOTSTRAP_METRICS)
    if not reason:
        samples = bootstrap_metrics(scores, abnormal, rounds, seed, patients)
        intervals |= {
            name: [float(low), float(high)]
            for name, low, high in zip(BOOTSTRAP_METRICS, *np.percentile(samples, [2.5, 97.5], axis=1), strict=True)
        }
    figures: DetectionFigures = {
        "auroc": float(_sklearn("roc_auc_score")(abnormal, scores)),
        "auroc_ci95": intervals["auroc"],
        "auprc": float(_sklearn("average_precision_score")(abnormal, scores)),
        "auprc_ci95": intervals["auprc"],
        "prevalence": n_abnormal / len(abnormal),
        "n_normal": n_normal,
        "n_abnormal": n_abnormal,
    }
    if reason:
        figures["no_interval"] = reason
    if operating_points:
        for fixed, free in (("specificity", "sensitivity"), ("sensitivity", "specificity")):
            figures[f"{free}_at_{fixed}"] = [  # type: ignore[literal-required]  # both are keys of the figures
                operating_point(scores, abnormal, fixed, target) | {"ci95": intervals[f"{free}_at_{target * 100:.0f}"]}
                for target in TARGETS
            ]
    return figures


def too_few(n_normal: int, n_abnormal: int) -> str:
    """Why so few records allow no confidence interval; empty if they allow one."""
    if min(n_normal, n_abnormal) >= MIN_FOR_INTERVAL:
        return ""
    return (f"{n_normal} normal and {n_abnormal} abnormal records; an interval needs at least {MIN_FOR_INTERVAL} of "
            "each")


def operating_point(scores: Scores, abnormal: Labels, fixed: str, target: float) -> OperatingPointFigures:
    """The best of the other side among thresholds at which `fixed` (sensitivity, specificity) reaches the target.

    Thresholds are scores of records, and one above them all at which nothing is called abnormal. Raises DatasetError
    for a score that is missing, a class without a record, or a target outside 0..1.
    """
    scores, abnormal = _both_classes(scores, abnormal)
    if fixed not in {"sensitivity", "specificity"} or not 0 <= target <= 1:
        raise DatasetError(f"An operating point fixes sensitivity or specificity at a share of 0 to 1; found {fixed} "
                           f"at {target}.")
    false_rate, sensitivity, thresholds = _sklearn("roc_curve")(abnormal, scores, drop_intermediate=False)
    specificity = 1 - false_rate
    sides = {"sensitivity": sensitivity, "specificity": specificity}
    other = sides["sensitivity" if fixed == "specificity" else "specificity"]
    reached = np.flatnonzero(sides[fixed] >= target - 1e-12)
    best = reached[np.argmax(other[reached])]
    above_all = float(np.nextafter(scores.max(), np.inf))
    return {
        "target": target,
        "threshold": float(thresholds[best]) if np.isfinite(thresholds[best]) else above_all,
        "sensitivity": float(sensitivity[best]),
        "specificity": float(specificity[best]),
        "ci95": None,
    }


def bootstrap_metrics(
    scores: Scores, abnormal: Labels, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED,
    patients: Patients | None = None,
) -> NDArray[np.float64]:
    """(6, rounds) the `BOOTSTRAP_METRICS` of samples, records drawn with replacement within each class.

    With `patients` these are drawn instead, within those who have an abnormal record and those who have none.

    A sample is stored as the number of times each record was drawn; with the records sorted once, all figures are sums.
    Raises DatasetError for a score that is missing or a class without a record.
    """
    scores, abnormal = _both_classes(scores, abnormal)
    whole_number(rounds, 1, "Bootstrap rounds")
    order = np.argsort(-scores, kind="stable")
    ordered, positive = scores[order], abnormal[order]
    last_of_tie = np.flatnonzero(np.append(np.diff(ordered) != 0, True))
    generator = np.random.default_rng(seed)
    results = np.empty((len(BOOTSTRAP_METRICS), rounds))
    draw = sampler(positive, None if patients is None else [patients[row] for row in order.tolist()])
    at_once = max(1, VALUES_AT_ONCE // len(scores))
    for start in range(0, rounds, at_once):
        part = results[:, start : start + at_once]
        drawn = np.stack([draw(generator) for _ in range(part.shape[1])])
        none = np.zeros((len(drawn), 1))
        true, false = (
            np.hstack((none, np.cumsum(drawn * of, axis=1).take(last_of_tie, axis=1))) for of in (positive, ~positive)
        )
        n_abnormal, n_normal = true[:, -1], false[:, -1]
        part[0] = np.trapezoid(true, false, axis=1) / (n_abnormal * n_normal)
        precision = true[:, 1:] / np.maximum(true[:, 1:] + false[:, 1:], 1.0)
        part[1] = (np.diff(true, axis=1) * precision).sum(axis=1) / n_abnormal
        for row, target in enumerate(TARGETS, start=2):
            last = (false <= (1 - target) * n_normal[:, None] + 1e-9).sum(axis=1) - 1
            part[row] = true[np.arange(len(true)), last] / n_abnormal
            first = (true < target * n_abnormal[:, None] - 1e-9).sum(axis=1)
            part[row + len(TARGETS)] = 1 - false[np.arange(len(false)), first] / n_normal
    return results


def sampler(abnormal: Labels, patients: Patients | None = None) -> Callable[[np.random.Generator], Scores]:
    """Function that draws a bootstrap sample: counts (N,) of each record. Both classes are drawn separately, or
    patients who have an abnormal record and those who have none."""
    abnormal = binary(abnormal, "Labels")
    if patients is not None:
        one_each(patients, "Patients", len(abnormal))
    rows = np.arange(len(abnormal)) if patients is None else patient_rows(patients)
    n_units = int(rows.max()) + 1 if len(rows) else 0
    has_abnormal = np.bincount(rows, weights=abnormal, minlength=n_units) > 0
    strata = (np.flatnonzero(has_abnormal), np.flatnonzero(~has_abnormal))

    def draw(generator: np.random.Generator) -> Scores:
        counts = np.zeros(n_units)
        for units in strata:
            if len(units):
                counts[units] = np.bincount(generator.integers(len(units), size=len(units)), minlength=len(units))
        return counts[rows]

    return draw


def delong(scores: Scores, against: Scores, abnormal: Labels) -> DeLong:
    """Paired test of two AUROCs over the records that both could score, two-sided.

    Source: DeLong, DeLong and Clarke-Pearson 1988; the placements are computed from midranks as in Sun and Xu 2014.
    Below `MIN_FOR_INTERVAL` records of a class there is neither interval nor p: the normal distribution does not hold.
    Raises DatasetError if a class has fewer than 2 such records, or the arrays are not of the same records.
    """
    scores, abnormal = scored_labels(scores, abnormal)
    against = numbers(against, "Scores to compare with")
    one_each(against, "Scores to compare with", len(scores))  # type: ignore[arg-type]  # a row of numbers
    both = np.isfinite(scores) & np.isfinite(against)
    positive, negative = both & abnormal, both & ~abnormal
    n_abnormal, n_normal = int(positive.sum()), int(negative.sum())
    if min(n_abnormal, n_normal) < MIN_OF_CLASS:
        raise DatasetError(
            "A comparison needs at least 2 normal and 2 abnormal records that both methods could score; found "
            f"{n_normal} and {n_abnormal}."
        )
    placements = [_placements(values[positive], values[negative]) for values in (scores, against)]
    of_abnormal = np.stack([pair[0] for pair in placements])
    of_normal = np.stack([pair[1] for pair in placements])
    areas = of_abnormal.mean(axis=1)
    covariance = np.cov(of_abnormal) / n_abnormal + np.cov(of_normal) / n_normal
    difference = float(areas[0] - areas[1])
    variance = float(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    error = math.sqrt(max(variance, 0.0))
    p_value: float | None
    if reason := too_few(n_normal, n_abnormal):
        return {
            "auroc": float(areas[0]), "auroc_against": float(areas[1]), "difference": difference,
            "difference_ci95": None, "p_value": None, "n_normal": n_normal, "n_abnormal": n_abnormal,
            "no_interval": reason,
        }
    if error > 1e-12:
        p_value = math.erfc(abs(difference) / error / math.sqrt(2))
    else:
        p_value = 1.0 if abs(difference) < 1e-12 else 0.0
    return {
        "auroc": float(areas[0]), "auroc_against": float(areas[1]), "difference": difference,
        "difference_ci95": [difference - Z_95 * error, difference + Z_95 * error], "p_value": p_value,
        "n_normal": n_normal, "n_abnormal": n_abnormal,
    }


def detection_curves(scores: Scores, abnormal: Labels, points: int = CURVE_POINTS) -> Curves:
    """ROC and precision-recall curve, each thinned to about `points` points.

    Raises DatasetError if no record of a class has a score.
    """
    scores, abnormal = _known(*scored_labels(scores, abnormal))
    scores, abnormal = _both_classes(scores, abnormal)
    false_rate, sensitivity, _ = _sklearn("roc_curve")(abnormal, scores)
    precision, recall, _ = _sklearn("precision_recall_curve")(abnormal, scores)
    # scikit-learn adds (recall 0, precision 1), which no threshold has
    return {
        "roc": thin(false_rate, sensitivity, points),
        "pr": thin(recall[-2::-1], precision[-2::-1], points),
    }


def thin(x: NDArray[np.floating[Any]], y: NDArray[np.floating[Any]], points: int) -> list[list[float]]:
    """A curve's ends and those of its own points that divide its length about evenly: [[x, y], ...]."""
    if len(x) > points:
        length = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
        kept = np.unique(np.searchsorted(length, np.linspace(0, length[-1], points)).clip(0, len(x) - 1))
        kept = np.union1d(kept, (0, len(x) - 1))
        x, y = x[kept], y[kept]
    return [[float(along), float(up)] for along, up in zip(x, y, strict=True)]


def _placements(abnormal: Scores, normal: Scores) -> tuple[Scores, Scores]:
    """Of each abnormal score the share of normal ones below, of each normal the share of abnormal above; ties half."""
    together = rankdata(np.concatenate((abnormal, normal)))
    below = (together[: len(abnormal)] - rankdata(abnormal)) / len(normal)
    above = 1 - (together[len(abnormal) :] - rankdata(normal)) / len(abnormal)
    return below, above


def labels_of(abnormal: NDArray[Any]) -> Labels:
    """Labels as booleans; 0 and 1 of any type will do. Raises DatasetError for others."""
    return binary(abnormal, "Labels")


def _both_classes(scores: Scores, abnormal: Labels) -> tuple[Scores, Labels]:
    """Raises DatasetError for a score that is missing or a class without a record."""
    scores = numbers(scores, "Scores", may_lack=False)
    abnormal = binary(abnormal, "Labels", scores.shape)
    if abnormal.all() or not abnormal.any():
        raise DatasetError(f"A curve needs normal and abnormal records; found {int((~abnormal).sum())} and "
                           f"{int(abnormal.sum())}.")
    return scores, abnormal


def _known(scores: Scores, abnormal: Labels) -> tuple[Scores, Labels]:
    known = np.isfinite(scores)
    return scores[known], labels_of(abnormal)[known]


def _sklearn(name: str) -> Callable[..., Any]:
    try:
        metrics = importlib.import_module("sklearn.metrics")
    except ImportError as error:
        raise MissingDependency(
            'Evaluation needs scikit-learn, which the extra "evaluate" brings: pip install "mmae-core[evaluate]"'
        ) from error
    found: Callable[..., Any] = getattr(metrics, name)
    return found
