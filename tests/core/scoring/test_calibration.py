from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from mmae_core.errors import ModelMismatch
from mmae_core.scoring.calibration import POINT_LEVELS, CohortCalibration, build_calibration

LEADS, SEGMENTS, POINTS = 12, 40, 200


def cohort_of(scores: np.ndarray, scale: float = 1.0) -> CohortCalibration:
    """Normals with these scores; all else is drawn."""
    n = len(scores)
    draw = np.random.default_rng(3).gamma
    return build_calibration(
        "made-up normals", scores.astype(np.float64), scale * draw(2, size=(n, LEADS)),
        (scale * draw(2, size=(n, LEADS, POINTS))).astype(np.float32),
        (scale * draw(2, size=(n, LEADS, SEGMENTS))).astype(np.float32),
    )


def test_a_percentile_is_the_share_of_normals_that_score_lower() -> None:
    calibration = cohort_of(np.array([0.4, 0.1, 0.3, 0.2]))
    assert [calibration.record_percentile(score) for score in (0.05, 0.15, 0.25, 0.45)] == [0.0, 25.0, 50.0, 100.0]
    assert calibration.record_percentile(0.2) == 25.0, "a tie is not lower"
    assert np.isnan(calibration.record_percentile(float("nan")))


def test_p_counts_the_normals_that_score_at_least_as_high_and_the_record_itself() -> None:
    calibration = cohort_of(np.array([0.4, 0.1, 0.3, 0.2]))
    assert [calibration.p_value(score) for score in (0.05, 0.2, 0.35, 0.4, 0.5)] == [1.0, 0.8, 0.4, 0.4, 0.2]
    assert np.isnan(calibration.p_value(float("nan")))
    assert calibration.n_records == 4


def test_p_is_uniform_for_records_like_the_cohort() -> None:
    """P(p <= a) <= a for every a, on average over cohorts, and nearly equal: what split-conformal promises."""
    generator = np.random.default_rng(0)
    p_values = []
    for _ in range(300):
        scores = generator.gamma(2, size=31)
        sorted_scores = np.sort(scores[:30]).astype(np.float32)
        calibration = CohortCalibration("", sorted_scores, *[np.zeros((1, 1), np.float32)] * 4)
        p_values.append(calibration.p_value(float(scores[30])))
    for level in (0.1, 0.25, 0.5, 0.75, 0.9):
        assert np.mean(np.array(p_values) <= level) == pytest.approx(level, abs=0.06)


def test_a_higher_score_never_looks_more_normal() -> None:
    calibration = cohort_of(np.random.default_rng(1).gamma(2, size=50))
    grid = np.linspace(0, 12, 400)
    assert (np.diff([calibration.record_percentile(score) for score in grid]) >= 0).all()
    assert (np.diff([calibration.p_value(score) for score in grid]) <= 0).all()
    maps = np.tile(grid.astype(np.float32), (LEADS, 1))
    assert (np.diff(calibration.point_percentiles(maps), axis=1) >= 0).all()
    assert (np.diff(calibration.peak_percentiles(maps), axis=1) >= 0).all()


def test_a_record_of_the_cohort_ties_with_itself() -> None:
    scores = np.random.default_rng(1).gamma(2, size=50)
    calibration = cohort_of(scores)
    for rank, score in enumerate(np.sort(scores)):
        assert calibration.record_percentile(float(score)) == pytest.approx(100 * rank / 50)


def test_points_are_compared_with_all_points_of_normals_in_the_same_lead() -> None:
    n = 5
    points = np.zeros((n, LEADS, 1000), np.float32)
    points[:, 3] = np.linspace(0, 1, n * 1000, dtype=np.float32).reshape(n, 1000)
    calibration = build_calibration(
        "", np.arange(n) + 1.0, np.ones((n, LEADS)), points, np.ones((n, LEADS, SEGMENTS), np.float32)
    )
    scores = np.full((LEADS, 4), np.nan, np.float32)
    scores[3] = [0.25, 0.5, 0.995, 7.0]
    found = calibration.point_percentiles(scores)
    np.testing.assert_allclose(found[3], [25, 50, 99.5, 100], atol=0.1)
    assert np.isnan(np.delete(found, 3, axis=0)).all(), "NaN stays NaN"
    peaks = calibration.peak_percentiles(scores)
    np.testing.assert_allclose(peaks[3], [20, 40, 80, 100])
    for point, percentile in zip(scores[3], peaks[3], strict=True):
        assert calibration.peak_percentile(3, float(point)) == percentile, "findings and maps agree"


def test_levels_rise_from_0_to_100() -> None:
    assert (POINT_LEVELS[0], POINT_LEVELS[-1]) == (0, 100)
    assert (np.diff(POINT_LEVELS) > 0).all()


@pytest.mark.parametrize("scale", [1e-7, 1.0, 1e5])
def test_a_calibration_survives_json_to_the_last_digit(scale: float) -> None:
    calibration = cohort_of(scale * np.random.default_rng(1).gamma(2, size=20), scale)
    again = CohortCalibration.from_dict(json.loads(json.dumps(calibration.to_dict(), allow_nan=False)))
    assert again.cohort == calibration.cohort
    for name in ("record_scores", "lead_scores", "lead_peaks", "point_quantiles", "segment_quantiles"):
        np.testing.assert_array_equal(getattr(again, name), getattr(calibration, name))


def test_records_that_could_not_be_assessed_in_every_lead_are_no_reference() -> None:
    n = 6
    generator = np.random.default_rng(0)
    records, leads = generator.gamma(2, size=n), generator.gamma(2, size=(n, LEADS))
    leads[1, 4] = records[2] = np.nan
    calibration = build_calibration("", records, leads, np.ones((n, LEADS, POINTS), np.float32),
                                    np.ones((n, LEADS, SEGMENTS), np.float32))
    assert calibration.n_records == n - 2
    np.testing.assert_allclose(calibration.record_scores, np.sort(records[[0, 3, 4, 5]]), rtol=1e-6)


def test_too_few_normals_are_refused() -> None:
    with pytest.raises(ModelMismatch, match="Only 1 normal records"):
        cohort_of(np.array([0.3]))
    holed = np.ones((3, LEADS, SEGMENTS), np.float32)
    holed[:, 6, 39] = np.nan
    with pytest.raises(ModelMismatch, match="segment 39 of lead 7"):
        build_calibration("", np.ones(3), np.ones((3, LEADS)), np.ones((3, LEADS, POINTS), np.float32), holed)


def _shorter(values: dict[str, Any]) -> None:
    values["lead_scores"][3].pop()


@pytest.mark.parametrize(
    "damage",
    [
        lambda values: values.pop("lead_peaks"),
        lambda values: values.pop("cohort"),
        lambda values: values.update(record_scores="high"),
        lambda values: values.update(record_scores=[]),
        lambda values: values.update(record_scores=values["record_scores"][:-1]),
        lambda values: values.update(record_scores=values["record_scores"][::-1]),
        lambda values: values.update(point_levels=values["point_levels"][1:]),
        lambda values: values.update(point_quantiles=values["point_quantiles"][:-1]),
        lambda values: values.update(segment_quantiles=[[1.0]]),
        lambda values: values["lead_scores"][0].__setitem__(0, float("nan")),
        lambda values: values["lead_scores"][0].__setitem__(0, None),
        _shorter,
    ],
)
def test_a_damaged_calibration_is_refused(damage: Callable[[dict[str, Any]], Any]) -> None:
    values = cohort_of(np.arange(1.0, 9.0)).to_dict()
    damage(values)
    with pytest.raises(ModelMismatch, match="calibration is"):
        CohortCalibration.from_dict(values)


@pytest.mark.parametrize("values", [None, [], "calibration", 3])
def test_what_is_no_calibration_is_refused(values: Any) -> None:
    with pytest.raises(ModelMismatch, match="calibration is"):
        CohortCalibration.from_dict(values)
