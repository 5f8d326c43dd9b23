"""Checks that split-conformal p-values of normal records are uniform on records not seen before.

The guarantee of a p-value: among normal records used neither for training nor calibration, at most a share α has p <=
α. The check splits normals by patient into a half that calibrates and a half that is tested, several times, and looks
at the whole and at every group (sex, age band) against the one common calibration, as in use. A percentile is the same
number on another scale, 100 (n + 1) (1 - p) / n for n calibrating records: one check serves both.

Vovk et al. 2005 (Algorithmic Learning in a Random World); Angelopoulos & Bates 2023 (arXiv 2107.07511), section 3.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmae_core.errors import DatasetError
from mmae_core.metrics.array_checks import numbers, whole_number
from mmae_core.scipy_parts import beta, betabinom, ks_2samp

LEVELS = (0.01, 0.05, 0.10)
"""False-alarm rates that are checked."""
N_SPLITS = 20
MIN_RECORDS = 40
"""A group of fewer normals, of which half are tested, is counted but not judged."""
KOLMOGOROV_95 = 1.3581
"""95-% point of Kolmogorov's distribution."""
AGE_BANDS = ((40, "<40"), (60, "40-59"), (75, "60-74"), (math.inf, ">=75"))
"""Years below which a band ends, and its name; PTB-XL writes 300 for everyone above 89."""

Scores = NDArray[np.float64]


def conformal_p_values(calibration_scores: ArrayLike, test_scores: ArrayLike) -> Scores:
    """(m,) split-conformal p of m test scores: (1 + calibrating scores at least as high) / (n + 1); NaN for NaN.

    Calibrating scores that are NaN do not count. Raises DatasetError if none remains.
    """
    calibration = _known(calibration_scores)
    if not len(calibration):
        raise DatasetError("There is no calibrating score; a p-value needs at least one normal record that has one.")
    test = numbers(test_scores, "Test scores")
    at_least = len(calibration) - np.searchsorted(calibration, test, side="left")
    return np.where(np.isnan(test), np.nan, (1 + at_least) / (len(calibration) + 1))


def clopper_pearson(count: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Exact interval of a share seen `count` times in `total` (Clopper & Pearson 1934); (0, 1) of none.

    Raises DatasetError for a count that is not within 0..total, or a confidence not within 0..1.
    """
    if not 0 <= count <= total or not 0 < confidence < 1:
        raise DatasetError(f"{count} of {total} with a confidence of {confidence} is no share; expected a count from 0 "
                           "to the total, and a confidence between 0 and 1.")
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, count, total - count + 1)) if count else 0.0
    high = float(beta.ppf(1 - tail, count + 1, total - count)) if count < total else 1.0
    return low, high


def check_p_values(calibration_scores: ArrayLike, test_scores: ArrayLike) -> dict[str, Any]:
    """How uniform the p-values of test scores are, as a dictionary fit for JSON; scores that are NaN do not count.

    With n calibrating records the p-values lie on k / (n + 1) and share those n records, so that a test against a
    continuous uniform distribution would be wrong on both counts. Their distance from uniform is that between the two
    samples of scores, whose distribution is known exactly (two-sample Kolmogorov-Smirnov); `band95` is how far the
    distribution function of p may be from the diagonal. A rate's `ci95` is Clopper-Pearson's; `range95` is where the
    rate of exchangeable records falls in 95 % of splits (beta-binomial). Raises DatasetError if either side is empty.
    """
    calibration, test = _known(calibration_scores), _known(test_scores)
    p_values = conformal_p_values(calibration, test)
    if not len(test):
        raise DatasetError("There is no score to test; uniformity needs normal records that did not calibrate.")
    n, m = len(calibration), len(test)
    distance = ks_2samp(test, calibration, method="auto")
    return {
        "n_calibration": n,
        "n_test": m,
        "ks": {
            "distance": float(distance.statistic),
            "p": float(distance.pvalue),
            "band95": KOLMOGOROV_95 * math.sqrt((n + m) / (n * m)),
        },
        "false_alarms": [_false_alarms(p_values, level, n) for level in LEVELS],
    }


def _false_alarms(p_values: Scores, level: float, n_calibration: int) -> dict[str, Any]:
    count, total = int((p_values <= level + 1e-12).sum()), len(p_values)
    steps = math.floor(level * (n_calibration + 1) + 1e-9)
    counts = np.arange(total + 1)
    spread = np.cumsum(betabinom.pmf(counts, total, steps, n_calibration + 1 - steps)) if steps else np.ones(total + 1)
    return {
        "level": level,
        "count": count,
        "rate": count / total,
        "ci95": list(clopper_pearson(count, total)),
        "expected": steps / (n_calibration + 1),
        "range95": [int(np.searchsorted(spread, share)) / total for share in (0.025, 0.975)],
    }


def split_by_patient(patients: Sequence[Hashable | None], seed: int) -> NDArray[np.bool_]:
    """(n,) True for the half of n records that calibrates; all records of a patient fall on one side.

    A record of an unknown patient (None) is taken for a patient of its own.
    """
    keys = [("record", row) if patient is None else ("patient", patient) for row, patient in enumerate(patients)]
    rows_of: dict[Hashable, list[int]] = {}
    for row, key in enumerate(keys):
        rows_of.setdefault(key, []).append(row)
    groups = list(rows_of.values())
    calibrates = np.zeros(len(keys), bool)
    taken = 0
    for index in np.random.default_rng(seed).permutation(len(groups)):
        if 2 * taken >= len(keys):
            break
        calibrates[groups[index]] = True
        taken += len(groups[index])
    return calibrates


def check_uniformity(
    scores: ArrayLike,
    patients: Sequence[Hashable | None],
    groups: Mapping[str, Sequence[str]],
    *,
    n_splits: int = N_SPLITS,
    seed: int = 0,
) -> dict[str, Any]:
    """Split n normal records in half `n_splits` times and check the tested half, whole and by group.

    `scores` (n,) are of records that did not train, NaN where there is none; `groups` names a partition (`sex`, `age`)
    and gives each record its part, "" where unknown. The first split is given in full, with its p-values; the others
    say how much hangs on the split: the splits share their records, so that they are no independent repetitions.
    Raises DatasetError if fewer than 4 records have a score or lengths differ.
    """
    values = numbers(scores, "Scores")
    whole_number(n_splits, 1, "Splits")
    lengths = {len(values), len(patients), *(len(parts) for parts in groups.values())}
    if len(lengths) > 1:
        raise DatasetError(f"Scores, patients and groups must be of the same records; they number {sorted(lengths)}.")
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < 4:
        raise DatasetError(f"Uniformity needs at least 4 normal records that have a score; found {len(known)}.")
    n_without_score = len(values) - len(known)
    values = values[known]
    patients = [patients[int(row)] for row in known]
    parts_of = {name: np.array([parts[int(row)] for row in known], str) for name, parts in groups.items()}
    splits = [split_by_patient(patients, seed + number) for number in range(n_splits)]
    return {
        "n_records": len(values),
        "n_without_score": n_without_score,
        "n_without_patient": sum(patient is None for patient in patients),
        "n_splits": n_splits,
        "seed": seed,
        "overall": _over_splits(values, splits, np.ones(len(values), bool)),
        "p_values": np.sort(conformal_p_values(values[splits[0]], values[~splits[0]])).round(6).tolist(),
        "groups": {
            name: {part: _of_group(values, splits, parts == part) for part in sorted(set(parts.tolist()) - {""})}
            for name, parts in parts_of.items()
        },
    }


def _of_group(values: Scores, splits: Sequence[NDArray[np.bool_]], member: NDArray[np.bool_]) -> dict[str, Any]:
    n_records = int(member.sum())
    too_few = n_records < MIN_RECORDS
    return {"n_records": n_records, "too_few": too_few, **({} if too_few else _over_splits(values, splits, member))}


def _over_splits(values: Scores, splits: Sequence[NDArray[np.bool_]], member: NDArray[np.bool_]) -> dict[str, Any]:
    """The check of the tested members in the first split that tests any, and the spread over all splits."""
    checks = [
        check_p_values(values[calibrates], values[~calibrates & member])
        for calibrates in splits
        if (~calibrates & member).any()
    ]
    rates = np.array([[alarm["rate"] for alarm in check["false_alarms"]] for check in checks])
    return {
        **checks[0],
        "over_splits": {
            "n_splits": len(checks),
            "ks_p_below_5_percent": sum(check["ks"]["p"] < 0.05 for check in checks),
            "rates": [
                {"level": level, "mean": float(mean), "lowest": float(low), "highest": float(high)}
                for level, mean, low, high in zip(
                    LEVELS, rates.mean(axis=0), rates.min(axis=0), rates.max(axis=0), strict=True
                )
            ],
        },
    }


def check_records(records: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """`check_uniformity` of the normals among an evaluation report's `records`, by sex and age band.

    None if fewer than 4 normals have a score.
    """
    normals = [record for record in records if record["label"] == "normal"]
    scores = [math.nan if record["score"] is None else record["score"] for record in normals]
    if np.isfinite(scores).sum() < 4:
        return None
    groups = {
        "sex": [record["sex"] or "" for record in normals],
        "age": [age_band(record["age"]) for record in normals],
    }
    return check_uniformity(scores, [record["patient"] for record in normals], groups)


def age_band(age: float | None) -> str:
    """The band of an age in years, such as `40-59`; "" if it is not known."""
    if age is None or not age >= 0:
        return ""
    return next(name for end, name in AGE_BANDS if age < end)


def _known(scores: ArrayLike) -> Scores:
    """Sorted, without NaN."""
    values = numbers(scores, "Scores")
    return np.sort(values[np.isfinite(values)])
