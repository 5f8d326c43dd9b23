"""Whether the leads that a report names rank above the others of the same record, with intervals by patient.

Scores are (n, 12), one a lead, higher meaning less normal, NaN where a method has no score for a lead; `named` the same
shape, True where the report names the lead. aVR mirrors the other limb leads and is hardly ever named, so it counts
only in records that name it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.metrics.array_checks import binary, numbers, one_each
from mmae_core.metrics.detection import BOOTSTRAP_ROUNDS, BOOTSTRAP_SEED, MIN_FOR_INTERVAL
from mmae_core.metrics.points import exact_auroc, interval, patient_rows, record_weights
from mmae_core.record import STANDARD_LEADS
from mmae_core.report_schema import LeadFigures, ShareFigures

AVR = STANDARD_LEADS.index("aVR")
Scores = NDArray[np.float64]
Named = NDArray[np.bool_]


def lead_aurocs(scores: Scores, named: Named) -> NDArray[np.float64]:
    """(n,) AUROC of the named leads against the others of the same record; NaN where all or none are named.

    Raises DatasetError unless both are (n, 12), `named` of 0, 1 or bool.
    """
    scores = numbers(scores, "Lead scores", 2)
    if scores.shape[1] != len(STANDARD_LEADS):
        raise DatasetError(f"Lead scores have shape {scores.shape}; expected (n, {len(STANDARD_LEADS)}).")
    named = binary(named, "Named leads", scores.shape)
    return np.array([_auroc(row, of) for row, of in zip(scores, named, strict=True)], np.float64)


def _auroc(scores: Scores, named: Named) -> float:
    known = np.isfinite(scores)
    if not named[AVR]:
        known[AVR] = False
    positive, negative = (np.sort(scores[known & side].astype(np.float32)) for side in (named, ~named))
    return exact_auroc(positive, negative)


def mean_lead_auroc(
    scores: Scores, named: Named, patients: Sequence[Hashable], rounds: int = BOOTSTRAP_ROUNDS,
    seed: int = BOOTSTRAP_SEED,
) -> LeadFigures:
    """Mean of the records' own AUROCs over the records that have one; the interval draws patients."""
    mean, bounds, count = mean_by_patient(lead_aurocs(scores, named), patients, rounds, seed)
    return {"auroc": mean if count else None, "ci95": bounds, "n": count}


def share_by_patient(
    hits: NDArray[np.bool_], patients: Sequence[Hashable], rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED
) -> ShareFigures:
    """Share of records that are True; the interval draws patients."""
    mean, bounds, count = mean_by_patient(binary(hits, "Hits").astype(np.float64), patients, rounds, seed)
    return {"share": mean if count else None, "ci95": bounds, "n": count}


def mean_by_patient(
    values: NDArray[np.float64], patients: Sequence[Hashable], rounds: int = BOOTSTRAP_ROUNDS,
    seed: int = BOOTSTRAP_SEED,
) -> tuple[float, list[float] | None, int]:
    """Mean of the values that are not NaN, its 95-% interval and their count.

    Records of one patient are drawn together. Below `MIN_FOR_INTERVAL` patients there is no interval; without any value
    the mean is NaN. Raises DatasetError unless there is one patient for each value.
    """
    values = numbers(values, "Values")
    one_each(patients, "Patients", len(values))
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return float("nan"), None, 0
    mean = float(values[known].mean())
    rows = patient_rows([patients[row] for row in known.tolist()])
    n_patients = int(rows.max()) + 1
    if n_patients < MIN_FOR_INTERVAL:
        return mean, None, len(known)
    weights = record_weights(n_patients, rounds, seed)
    sums = np.bincount(rows, weights=values[known], minlength=n_patients)
    counts = np.bincount(rows, minlength=n_patients)
    return mean, interval((weights @ sums) / (weights @ counts)), len(known)
