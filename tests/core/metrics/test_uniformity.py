"""P-values of normals: uniform where they should be, and seen to be not uniform where they are not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binomtest

from mmae_core.errors import DatasetError
from mmae_core.metrics.uniformity import (
    age_band,
    check_p_values,
    check_records,
    check_uniformity,
    clopper_pearson,
    conformal_p_values,
    split_by_patient,
)


def gamma(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).gamma(2, size=n)


def test_a_p_value_counts_the_normals_that_score_at_least_as_high() -> None:
    p_values = conformal_p_values([1, 2, 3, 4, np.nan], [0.5, 2, 3.5, 9, np.nan])
    np.testing.assert_allclose(p_values, [1.0, 4 / 5, 2 / 5, 1 / 5, np.nan])


def test_p_values_equal_those_that_a_model_gives() -> None:
    from mmae_core.scoring.calibration import build_calibration

    cohort, draw = gamma(30, 1), np.random.default_rng(2)
    calibration = build_calibration(
        "made up", cohort, draw.gamma(2, size=(30, 12)), draw.gamma(2, size=(30, 12, 20)).astype(np.float32),
        draw.gamma(2, size=(30, 12, 40)).astype(np.float32),
    )
    scores = gamma(50, 3)
    expected = [calibration.p_value(score) for score in scores]
    np.testing.assert_allclose(conformal_p_values(cohort, scores), expected)


def test_without_a_calibrating_score_there_is_no_p_value() -> None:
    with pytest.raises(DatasetError, match="at least one normal record"):
        conformal_p_values([np.nan], [1.0])


@pytest.mark.parametrize(("count", "total"), [(0, 30), (3, 30), (30, 30)])
def test_the_interval_of_a_rate_is_the_exact_one(count: int, total: int) -> None:
    exact = binomtest(count, total).proportion_ci(method="exact")
    assert clopper_pearson(count, total) == pytest.approx((exact.low, exact.high))


def test_of_exchangeable_normals_about_one_check_in_twenty_objects() -> None:
    checks = [check_p_values(gamma(150, seed), gamma(150, seed + 10_000)) for seed in range(100)]
    objections = sum(check["ks"]["p"] < 0.05 for check in checks)
    assert 1 <= objections <= 11  # 5 expected
    outside = sum(check["ks"]["distance"] > check["ks"]["band95"] for check in checks)
    assert abs(outside - objections) <= 4  # the drawn band says what the test says
    rates = np.array([[alarm["rate"] for alarm in check["false_alarms"]] for check in checks])
    expected = [alarm["expected"] for alarm in checks[0]["false_alarms"]]
    np.testing.assert_allclose(rates.mean(axis=0), expected, rtol=0.25)
    inside = [
        low <= rate <= high
        for check in checks
        for rate, (low, high) in ((alarm["rate"], alarm["range95"]) for alarm in check["false_alarms"])
    ]
    assert np.mean(inside) > 0.93


def test_the_expected_rate_is_what_the_steps_of_the_p_values_allow() -> None:
    alarms = check_p_values(gamma(50, 0), gamma(500, 1))["false_alarms"]
    assert [alarm["expected"] for alarm in alarms] == pytest.approx([0.0, 2 / 51, 5 / 51])
    assert (alarms[0]["rate"], alarms[0]["range95"]) == (0.0, [0.0, 0.0])  # of 50 normals no p is as low as 1 %


def test_normals_that_score_higher_than_those_that_calibrated_are_found_out() -> None:
    check = check_p_values(gamma(400, 0), 1.5 * gamma(400, 1))
    assert check["ks"]["p"] < 1e-6
    assert check["ks"]["distance"] > check["ks"]["band95"]
    assert all(alarm["ci95"][0] > alarm["level"] for alarm in check["false_alarms"][1:])


def test_a_patient_is_on_one_side_only_and_halves_are_halves() -> None:
    patients = [row // 3 for row in range(299)]
    for seed in range(20):
        calibrates = split_by_patient(patients, seed)
        sides = {patient: {bool(calibrates[row]) for row in range(299) if patients[row] == patient}
                 for patient in set(patients)}
        assert all(len(side) == 1 for side in sides.values())
        assert abs(calibrates.sum() - 149.5) <= 3
    assert (split_by_patient(patients, 1) != split_by_patient(patients, 2)).any()
    assert (split_by_patient(patients, 1) == split_by_patient(patients, 1)).all()


def test_unknown_patients_are_taken_for_different_ones() -> None:
    calibrates = split_by_patient([None] * 100, 0)
    assert calibrates.sum() == 50


def test_a_group_that_differs_is_named_while_the_whole_looks_uniform() -> None:
    scores = gamma(800, 0)
    sexes = ["female", "male"] * 400
    scores[1::2] *= 2
    found = check_uniformity(scores, [None] * 800, {"sex": sexes}, n_splits=5)
    assert found["overall"]["ks"]["p"] > 0.05
    female, male = found["groups"]["sex"]["female"], found["groups"]["sex"]["male"]
    assert female["ks"]["p"] < 0.01
    assert male["ks"]["p"] < 0.01
    assert male["false_alarms"][1]["rate"] > 0.05 > female["false_alarms"][1]["rate"]
    assert male["over_splits"]["rates"][1]["lowest"] <= male["false_alarms"][1]["rate"]
    assert (male["over_splits"]["n_splits"], male["over_splits"]["ks_p_below_5_percent"]) == (5, 5)


def test_the_report_counts_who_is_missing() -> None:
    scores = gamma(100, 0)
    scores[:3] = np.nan
    ages = ["60-74"] * 90 + [">=75"] * 8 + [""] * 2
    found = check_uniformity(scores, [*range(95), *[None] * 5], {"age": ages})
    assert (found["n_records"], found["n_without_score"], found["n_without_patient"]) == (97, 3, 5)
    assert found["groups"]["age"].keys() == {"60-74", ">=75"}
    assert found["groups"]["age"][">=75"] == {"n_records": 8, "too_few": True}
    assert found["overall"]["n_calibration"] + found["overall"]["n_test"] == 97
    assert len(found["p_values"]) == found["overall"]["n_test"]
    assert found["p_values"] == sorted(found["p_values"])


def test_the_same_seed_gives_the_same_report() -> None:
    first, second = (check_uniformity(gamma(60, 4), [None] * 60, {}, n_splits=2, seed=3) for _ in range(2))
    assert first == second
    assert first != check_uniformity(gamma(60, 4), [None] * 60, {}, n_splits=2, seed=4)


def test_too_few_or_mismatched_records_are_refused() -> None:
    with pytest.raises(DatasetError, match="at least 4"):
        check_uniformity([1.0, 2.0, 3.0, np.nan], [None] * 4, {})
    with pytest.raises(DatasetError, match="same records"):
        check_uniformity([1.0] * 5, [None] * 5, {"sex": ["male"] * 4})
    with pytest.raises(DatasetError, match="no score to test"):
        check_p_values([1.0, 2.0], [np.nan])


@pytest.mark.parametrize(
    ("age", "band"),
    [(0.0, "<40"), (39.9, "<40"), (40, "40-59"), (60, "60-74"), (74.9, "60-74"), (75, ">=75"), (300, ">=75"),
     (None, ""), (math.nan, "")],
)
def test_ages_fall_into_bands(age: float | None, band: str) -> None:
    assert age_band(age) == band


def test_a_report_is_checked_on_its_normals_alone() -> None:
    def record(label: str, score: float | None, row: int) -> dict[str, object]:
        return {"label": label, "score": score, "patient": row, "sex": ("male", "female", None)[row % 3], "age": 65.0}

    scores = gamma(90, 0)
    normals = [record("normal", score, row) for row, score in enumerate(scores)]
    others = [record("abnormal", 100.0, 200), record("normal", None, 201)]
    found = check_records(normals + others)
    assert found is not None
    expected = check_uniformity(
        scores, list(range(90)), {"sex": [("male", "female", "")[row % 3] for row in range(90)], "age": ["60-74"] * 90}
    )
    assert found == {**expected, "n_without_score": 1}
    assert found["groups"]["sex"]["male"]["n_records"] == 30
    assert check_records(others) is None
