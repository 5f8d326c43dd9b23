"""Evaluation reports as `mmae_core evaluate` writes them, made of drawn scores, for what shows them."""

from __future__ import annotations

from typing import Any

import numpy as np

from mmae_core.metrics.detection import delong, detection_curves, detection_metrics
from mmae_core.metrics.localization import (
    best_threshold,
    compare_localization,
    lead_auroc,
    localization_curves,
    localization_metrics,
    overlap_metrics,
    point_set,
    pointing_game,
    record_aurocs,
)
from mmae_core.metrics.uniformity import check_records

ROUNDS = 50
MODEL = {
    "name": "tiny", "version": "7", "sha256": "ab" * 32, "n_parameters": 4321, "macs_per_record": 98765,
    "needs_r_peaks": False, "trained_on": {"dataset": "made up", "folds": [1, 2], "epochs": 3},
    "error_space": "relative", "pooling": "log",
}


def detection_report(n: int = 240, **changes: Any) -> dict[str, Any]:
    """A third of n records is normal; each superclass is harder to find than the one before; the last two records
    have no score.
    """
    draw = np.random.default_rng(0)
    superclasses = [("MI", "STTC", "CD", "HYP")[row % 4] if row % 3 else "NORM" for row in range(n)]
    strength = {"NORM": 1.0, "MI": 6.0, "STTC": 4.0, "CD": 2.5, "HYP": 1.2}
    scores = draw.gamma(2, size=n) * [strength[name] for name in superclasses]
    scores[-2:] = np.nan
    abnormal = np.array([name != "NORM" for name in superclasses])
    sexes = [("male", "female")[row % 2] for row in range(n)]

    def group(member: np.ndarray) -> dict[str, Any]:
        return {
            "n_normal": int((member & ~abnormal).sum()), "n_abnormal": int((member & abnormal).sum()),
            "detection": detection_metrics(scores[member], abnormal[member], ROUNDS),
        }

    records = [
        {
            "id": str(row), "label": "abnormal" if abnormal[row] else "normal",
            "score": None if np.isnan(scores[row]) else float(scores[row]),
            "reason": "no R-peak was found" if np.isnan(scores[row]) else "", "patient": row, "fold": 9,
            "sex": sexes[row], "age": float(30 + row % 60), "superclasses": [superclasses[row]], "statements": [],
        }
        for row in range(n)
    ]
    named = np.array(superclasses)
    other = scores * np.random.default_rng(1).uniform(0.5, 1.5, n)
    figures = detection_metrics(scores, abnormal, ROUNDS, operating_points=True)
    report: dict[str, Any] = {
        "format": 2, "kind": "detection", "command": "mmae_core evaluate --data DIR --folds 9",
        "detection": figures,
        "branches": {"global": detection_metrics(scores, abnormal, ROUNDS)},
        "paper_score": {"signal": {"detection": detection_metrics(scores, abnormal, ROUNDS), "branches": {}}},
        "curves": detection_curves(scores, abnormal),
        "superclasses": {name: group(~abnormal | (named == name)) for name in ("MI", "STTC", "CD", "HYP")},
        "statements": {"IMI": group(~abnormal | (named == "MI")), "LVH": group(~abnormal | (named == "HYP"))},
        "age": {"<40": group(np.arange(n) % 60 < 10), ">=75": {"n_normal": 1, "n_abnormal": 4, "detection": None}},
        "sex": {name: group(np.array(sexes) == name) for name in ("male", "female")},
        "records": records,
        "uniformity": check_records(records),
        "model": MODEL,
        "data": {"dataset": "PTB-XL", "folds": [9], "folds_trained_on": [], "n_scored": n - 2, "n_not_assessable": 2},
        "bootstrap": {"rounds": ROUNDS, "seed": 0, "unit": "record, within each class"},
        "software": {"mmae_core": "0.1", "python": "3.11"},
        "against": {
            "model": {**MODEL, "name": "other"}, "detection": detection_metrics(other, abnormal, ROUNDS),
            "scores": [None if np.isnan(score) else float(score) for score in other],
            "comparison": delong(scores, other, abnormal),
        },
        "seeds": {
            "n": 2, "mean": {"auroc": 0.81}, "sd": {"auroc": 0.01},
            "runs": [{"model": MODEL, "figures": {"auroc": 0.80}}, {"model": MODEL, "figures": {"auroc": 0.82}}],
        },
    }
    return {**report, **changes}


def localization_report(n: int = 12, **changes: Any) -> dict[str, Any]:
    """Lesions in one lead of each of n short records, found better in some than in others."""
    draw = np.random.default_rng(0)
    masks = np.zeros((n, 12, 100), bool)
    maps = draw.gamma(2, size=masks.shape).astype(np.float32)
    other = draw.gamma(2, size=masks.shape).astype(np.float32)
    for row in range(n):
        masks[row, row % 12, 20 : 40] = True
        maps[row, row % 12, 20 : 40] *= 1 + row / 4
    points, against = point_set(maps, masks), point_set(other, masks)
    figures = localization_metrics(points, ROUNDS)
    value, interval = lead_auroc(maps, masks, ROUNDS)
    game, hits = pointing_game(maps, masks, 100.0, ROUNDS)
    kinds = {"wide beat": list(range(0, n, 2)), "ST elevation": list(range(1, n, 2))}
    report: dict[str, Any] = {
        "format": 2, "kind": "localization", "localization": figures, "lead_auroc": value, "lead_auroc_ci95": interval,
        "pointing_game": game,
        "overlap": {
            "normals": [{**overlap_metrics(points, 6.0, ROUNDS), "normals_below": 0.99}],
            "best": overlap_metrics(points, best_threshold(points), ROUNDS), "n_normals": 20,
        },
        "kinds": {kind: localization_metrics(point_set(maps[rows], masks[rows]), ROUNDS)
                  for kind, rows in kinds.items()},
        "curves": localization_curves(points),
        "records": [
            {"id": f"{row:05d}", "kind": "wide beat" if row % 2 == 0 else "ST elevation", "auroc": float(auroc),
             "has_lesion": True, "dice": 0.1, "false_alarms": 0.05, "hit": bool(hits[row]), "lesion_share": 0.016,
             "score": 1.0, "reason": ""}
            for row, auroc in enumerate(record_aurocs(points))
        ],
        "model": MODEL,
        "data": {"dataset": "planted lesions", "n_records": n, "n_not_scored": 0, "smoothing_s": 0.03},
        "bootstrap": {"rounds": ROUNDS, "seed": 0, "unit": "record"},
        "software": {"mmae_core": "0.1"},
        "against": {
            "model": {**MODEL, "name": "other"}, "localization": localization_metrics(against, ROUNDS), "kinds": {},
            "comparison": compare_localization(points, against, ROUNDS),
        },
    }
    return {**report, **changes}
