"""Detection within groups: pairs of a normal and an abnormal record are compared only if both are of one group.

Devices and sites differ in their patients as in their noise, so a method that only recognises devices would seem to
find disease. Within one device it cannot.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from mmae_core.metrics.array_checks import one_each, scored_labels
from mmae_core.metrics.detection import (
    BOOTSTRAP_ROUNDS,
    BOOTSTRAP_SEED,
    MIN_FOR_INTERVAL,
    MIN_OF_CLASS,
    Labels,
    Patients,
    Scores,
    sampler,
)
from mmae_core.metrics.points import interval
from mmae_core.report_schema import WithinFigures


def within_groups(
    scores: Scores, abnormal: Labels, groups: Sequence[Hashable], patients: Patients | None = None,
    rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED,
) -> WithinFigures:
    """Share of the pairs within a group in which the abnormal record scores higher, ties half; None without a pair.

    Groups with fewer than `MIN_OF_CLASS` records of a class give no pairs. The interval draws records, or patients.
    Raises DatasetError unless there is one label, group and patient for each score.
    """
    scores, abnormal = scored_labels(scores, abnormal)
    one_each(groups, "Groups", len(scores))
    if patients is not None:
        one_each(patients, "Patients", len(scores))
    numbers: dict[Hashable, int] = {}
    of = np.array([numbers.setdefault(group, len(numbers)) for group in groups], np.int64)
    known = np.isfinite(scores)
    rows = [np.flatnonzero(known & (of == number)) for number in range(len(numbers))]
    rows = [members[np.argsort(-scores[members], kind="stable")] for members in rows
            if min(int(abnormal[members].sum()), int((~abnormal[members]).sum())) >= MIN_OF_CLASS]
    counts = [(int((~abnormal[members]).sum()), int(abnormal[members].sum())) for members in rows]
    whole = _share(scores, abnormal, rows, np.ones(len(scores)))
    figures: WithinFigures = {
        "auroc": whole if rows else None, "auroc_ci95": None, "n_groups": len(rows),
        "n_normal": sum(normal for normal, _ in counts), "n_abnormal": sum(ill for _, ill in counts),
    }
    if min(figures["n_normal"], figures["n_abnormal"]) >= MIN_FOR_INTERVAL:
        generator, draw = np.random.default_rng(seed), sampler(abnormal, patients)
        samples = [_share(scores, abnormal, rows, draw(generator)) for _ in range(rounds)]
        figures["auroc_ci95"] = interval(np.array(samples, np.float64))
    return figures


def _share(scores: Scores, abnormal: Labels, rows: Sequence[np.ndarray], weights: Scores) -> float:
    """Weighted share of ordered pairs; the rows of each group are sorted by falling score."""
    right = pairs = 0.0
    for members in rows:
        drawn, ill = weights[members], abnormal[members]
        last = np.flatnonzero(np.append(np.diff(scores[members]) != 0, True))
        true, false = (np.concatenate(([0.0], np.cumsum(drawn * side)[last])) for side in (ill, ~ill))
        right += float(np.trapezoid(true, false))
        pairs += float(true[-1] * false[-1])
    return right / pairs if pairs else float("nan")
