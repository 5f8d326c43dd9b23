from __future__ import annotations

import dataclasses

import pytest

from ecg_viewer.jobs.scoring import stated_points
from mmae_core.scoring.checkpoint import TrainedModel, load_model


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    return load_model("mmae-ecg-plus")


def test_a_models_card_states_its_operating_points(model: TrainedModel) -> None:
    points = stated_points(model)
    assert [round(point.specificity, 2) for point in points] == [0.49, 0.72, 0.90, 0.95]
    assert [round(point.sensitivity, 2) for point in points] == [0.95, 0.90, 0.79, 0.71]
    assert {point.measured_on for point in points} == {"PTB-XL fold 9"}
    # The normals that calibrate are those of the same fold: a specificity is nearly the threshold's percentile.
    assert all(point.percentile == pytest.approx(100 * point.specificity, abs=1.0) for point in points)


@pytest.mark.parametrize(
    "card",
    [{}, {"metrics": None}, {"metrics": {"detection": []}},
     {"metrics": {"detection": {"sensitivity_at_specificity": [None, {"threshold": "high"}]}}}],
)
def test_a_card_that_states_nothing_usable_gives_no_points(model: TrainedModel, card: dict[str, object]) -> None:
    assert stated_points(dataclasses.replace(model, card=card)) == ()


def test_a_card_that_does_not_name_its_recordings_still_counts(model: TrainedModel) -> None:
    row = {"threshold": 1.0, "sensitivity": 0.7, "specificity": 0.9}
    card = {"metrics": {"detection": {"sensitivity_at_specificity": [row]}}}
    (point,) = stated_points(dataclasses.replace(model, card=card))
    assert (point.threshold, point.measured_on) == (1.0, "")
