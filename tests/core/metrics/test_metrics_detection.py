from __future__ import annotations

import math

import numpy as np
import pytest
import sklearn
from numpy.typing import NDArray
from sklearn.metrics import auc, average_precision_score, roc_auc_score, roc_curve

from mmae_core.errors import DatasetError
from mmae_core.metrics.detection import (
    BOOTSTRAP_METRICS,
    bootstrap_metrics,
    delong,
    detection_curves,
    detection_metrics,
    operating_point,
)


def scores_of(seed: int, n: int = 300, n_abnormal: int = 120, gain: float = 1.0) -> tuple[NDArray[np.float64], ...]:
    """Scores with ties, labels."""
    abnormal = np.arange(n) < n_abnormal
    return np.round(np.random.default_rng(seed).normal(size=n) + gain * abnormal, 1), abnormal


def test_known_scores_give_known_figures() -> None:
    scores, abnormal = scores_of(0)
    found = detection_metrics(scores, abnormal)
    assert found["auroc"] == pytest.approx(roc_auc_score(abnormal, scores))
    assert found["auprc"] == pytest.approx(average_precision_score(abnormal, scores))
    assert (found["n_normal"], found["n_abnormal"], found["prevalence"]) == (180, 120, 0.4)
    perfect = detection_metrics(abnormal.astype(float), abnormal, operating_points=True)
    assert (perfect["auroc"], perfect["auroc_ci95"]) == (1.0, [1.0, 1.0])
    for points in (perfect["sensitivity_at_specificity"], perfect["specificity_at_sensitivity"]):
        assert [(point["sensitivity"], point["specificity"], point["ci95"]) for point in points] == [
            (1.0, 1.0, [1.0, 1.0])] * 2
    useless = detection_metrics(np.ones(300), abnormal, operating_points=True)
    assert useless["auroc_ci95"] == [0.5, 0.5]
    assert [point["sensitivity"] for point in useless["sensitivity_at_specificity"]] == [0.0, 0.0]


def test_the_bootstrap_draws_records_within_each_class() -> None:
    scores, abnormal = scores_of(1, 90, 30)
    generator = np.random.default_rng(1)
    found = bootstrap_metrics(scores, abnormal, rounds=3000)
    expected = []
    with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):  # most of their time
        for _ in range(300):
            rows = np.concatenate(
                [generator.choice(np.flatnonzero(group), group.sum()) for group in (abnormal, ~abnormal)])
            drawn, labels = scores[rows], abnormal[rows]
            false, true, _ = roc_curve(labels, drawn, drop_intermediate=False)
            expected.append([
                roc_auc_score(labels, drawn), average_precision_score(labels, drawn),
                *(true[1 - false >= target - 1e-9].max() for target in (0.9, 0.95)),
                *((1 - false)[true >= target - 1e-9].max() for target in (0.9, 0.95)),
            ])
    for name, row, column in zip(BOOTSTRAP_METRICS, found, np.array(expected).T, strict=True):
        assert row.mean() == pytest.approx(column.mean(), abs=0.05), name  # 4 standard errors
        assert row.std() == pytest.approx(column.std(), rel=0.2), name
    np.testing.assert_array_equal(found[:, :300], bootstrap_metrics(scores, abnormal, rounds=300))
    assert not np.array_equal(found[:, :300], bootstrap_metrics(scores, abnormal, rounds=300, seed=1))


def test_one_bootstrap_sample_is_what_its_records_give(monkeypatch: pytest.MonkeyPatch) -> None:
    scores, abnormal = scores_of(2, 60, 25)

    class EveryRecordOnce:
        def integers(self, n: int, size: int) -> NDArray[np.int64]:
            return np.arange(n)

    monkeypatch.setattr(np.random, "default_rng", lambda seed: EveryRecordOnce())
    found = dict(zip(BOOTSTRAP_METRICS, bootstrap_metrics(scores, abnormal, rounds=1)[:, 0], strict=True))
    assert found["auroc"] == pytest.approx(roc_auc_score(abnormal, scores))
    assert found["auprc"] == pytest.approx(average_precision_score(abnormal, scores))
    for target in (0.9, 0.95):
        at = operating_point(scores, abnormal, "specificity", target)
        assert found[f"sensitivity_at_{target * 100:.0f}"] == pytest.approx(at["sensitivity"])
        at = operating_point(scores, abnormal, "sensitivity", target)
        assert found[f"specificity_at_{target * 100:.0f}"] == pytest.approx(at["specificity"])


@pytest.mark.parametrize("target", [0.9, 0.95])
def test_an_operating_point_is_the_best_that_keeps_its_promise(target: float) -> None:
    scores, abnormal = scores_of(3)

    def rates(threshold: float) -> tuple[float, float]:
        called = scores >= threshold
        return float(called[abnormal].mean()), float((~called[~abnormal]).mean())

    everywhere = [rates(threshold) for threshold in (*np.unique(scores), np.inf)]
    for fixed, keeps, of_interest in (("specificity", 1, 0), ("sensitivity", 0, 1)):
        found = operating_point(scores, abnormal, fixed, target)
        assert rates(found["threshold"]) == (found["sensitivity"], pytest.approx(found["specificity"]))
        best = max(pair[of_interest] for pair in everywhere if pair[keeps] >= target)
        assert (found["sensitivity"], found["specificity"])[of_interest] == pytest.approx(best)


def test_what_has_no_score_is_left_out_of_the_figures() -> None:
    scores = np.array([0.1, 0.2, np.nan, 0.8, 0.9, np.nan])
    abnormal = np.array([False, False, False, True, True, True])
    found = detection_metrics(scores, abnormal)
    assert (found["auroc"], found["n_normal"], found["n_abnormal"]) == (1.0, 2, 2)
    with pytest.raises(DatasetError, match="found 2 and 1"):
        detection_metrics(scores[:4], abnormal[:4])
    with pytest.raises(DatasetError, match="both methods could score"):
        delong(scores, scores[::-1], abnormal)


def test_delong_is_its_definition() -> None:
    first, abnormal = scores_of(4, 50, 20)
    second = np.round(0.5 * first + scores_of(5, 50, 20, gain=0.3)[0], 1)
    found = delong(first, second, abnormal)
    psi = [  # (abnormal, normal): 1 if the abnormal is higher, 1/2 if tied
        np.sign(scores[abnormal][:, None] - scores[~abnormal][None, :]) / 2 + 0.5 for scores in (first, second)
    ]
    areas = [pairs.mean() for pairs in psi]
    of_abnormal, of_normal = (np.cov([pairs.mean(axis=axis) for pairs in psi]) for axis in (1, 0))
    covariance = of_abnormal / 20 + of_normal / 30
    error = math.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    assert (found["auroc"], found["auroc_against"]) == (pytest.approx(areas[0]), pytest.approx(areas[1]))
    assert found["auroc"] == pytest.approx(roc_auc_score(abnormal, first))
    low, high = found["difference_ci95"]
    assert (low + high) / 2 == pytest.approx(areas[0] - areas[1])
    assert (high - low) / 2 == pytest.approx(1.95996 * error, rel=1e-5)
    z = abs(areas[0] - areas[1]) / error
    assert found["p_value"] == pytest.approx(2 * (1 - 0.5 * (1 + math.erf(z / math.sqrt(2)))))
    assert delong(first, first, abnormal)["p_value"] == 1.0
    mirrored = delong(second, first, abnormal)
    assert mirrored["difference"] == pytest.approx(-found["difference"])
    assert mirrored["p_value"] == pytest.approx(found["p_value"])


def test_delong_compares_the_records_that_both_could_score() -> None:
    first, abnormal = scores_of(6, 80, 40)
    second = scores_of(7, 80, 40)[0]
    gaps = np.where(np.arange(80) % 7 == 0, np.nan, second)
    known = np.isfinite(gaps)
    assert delong(first, gaps, abnormal) == delong(first[known], second[known], abnormal[known])


def test_delongs_interval_covers_as_often_as_it_says() -> None:
    generator = np.random.default_rng(8)
    abnormal = np.arange(120) < 60
    covered = 0
    for _ in range(300):  # two scores of equal skill that share half their noise
        shared = generator.normal(size=120) + 1.5 * abnormal
        found = delong(*(shared + generator.normal(size=120) for _ in range(2)), abnormal)
        covered += found["difference_ci95"][0] <= 0 <= found["difference_ci95"][1]
    assert 0.91 <= covered / 300 <= 0.985


def test_curves_are_thinned_without_losing_their_area() -> None:
    scores, abnormal = scores_of(9, 3000, 1200)
    scores = scores + np.random.default_rng(10).normal(scale=1e-3, size=3000)
    scores[5] = np.nan
    curves = detection_curves(scores, abnormal)
    for name, curve in curves.items():
        assert 100 <= len(curve) <= 202, name
    false, true = np.array(curves["roc"]).T
    recall, precision = np.array(curves["pr"]).T
    assert (curves["roc"][0], curves["roc"][-1]) == ([0, 0], [1, 1])
    known = np.isfinite(scores)
    assert auc(false, true) == pytest.approx(roc_auc_score(abnormal[known], scores[known]), abs=0.003)
    assert recall[-1] == 1
    assert (np.diff(recall) >= 0).all()
    assert precision[-1] == pytest.approx(abnormal[known].mean(), abs=0.01)


@pytest.mark.parametrize("kind", [int, np.int8, float, np.uint8])
def test_labels_of_noughts_and_ones_mean_the_same(kind: type) -> None:
    random = np.random.default_rng(11)
    abnormal = random.random(80) < 0.4
    scores, against = random.normal(size=(2, 80)) + abnormal
    assert delong(scores, against, abnormal.astype(kind)) == delong(scores, against, abnormal)
    assert detection_metrics(scores, abnormal.astype(kind), rounds=50) == detection_metrics(
        scores, abnormal, rounds=50
    )


def test_labels_that_are_neither_are_refused() -> None:
    with pytest.raises(DatasetError, match="found 2"):
        delong(np.arange(4.0), np.arange(4.0), np.array([1, 2, 1, 2]))
