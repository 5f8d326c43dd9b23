"""All passes at once, nothing computed twice: the same numbers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from mmae_core.model.cross_lead import CrossLeadNetwork
from mmae_core.model.masking import PassPlan, plan_passes
from mmae_core.readers import read_record
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model
from mmae_core.scoring.masked_passes import window_errors
from mmae_core.scoring.preprocess import prepare
from mmae_core.scoring.shared_passes import SharedPasses


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    return load_model("mmae-ecg-plus")


@pytest.fixture(scope="module")
def plan(model: TrainedModel) -> PassPlan:
    score = model.config.score
    return plan_passes(model.config.model, score.n_passes, score.masks, score.seed)


@pytest.fixture(scope="module")
def windows(model: TrainedModel, demo: Path) -> Tensor:
    """A normal ECG and one that is not."""
    inputs = [prepare(read_record(demo / name), model.config.preprocess) for name in ("00170_hr", "00195_hr")]
    return torch.from_numpy(np.stack([item.signal for item in inputs]))


def test_errors_equal_those_of_the_plain_passes(model: TrainedModel, plan: PassPlan, windows: Tensor) -> None:
    network = model.network.cpu().eval()
    plain = window_errors(network, windows, plan)
    shared = SharedPasses(network, plan).errors(windows)
    for expected, found in ((plain.global_branch, shared.global_branch), (plain.local_branch, shared.local_branch)):
        assert torch.equal(found.counts, expected.counts)
        assert torch.equal(found.squared.isnan(), expected.squared.isnan()), "segments without a local score"
        torch.testing.assert_close(found.squared, expected.squared, rtol=1e-4, atol=1e-5, equal_nan=True)
        assert found.squared.nanmean().item() == pytest.approx(expected.squared.nanmean().item(), rel=2e-7)
    torch.testing.assert_close(shared.variance, plain.variance, rtol=0, atol=0)


def test_scores_agree_within_2e_7(model: TrainedModel, demo: Path) -> None:
    item = prepare(read_record(demo / "00195_hr"), model.config.preprocess)
    quick, plain = Assessor(model, "cpu"), Assessor(model, "cpu")
    plain._passes = None
    assert quick._passes is not None
    found, expected = quick.score_windows([item]), plain.score_windows([item])
    assert found.scores[0] == pytest.approx(expected.scores[0], rel=2e-7)
    np.testing.assert_allclose(found.points, expected.points, rtol=1e-4, atol=1e-6)


def test_a_score_does_not_depend_on_whether_maps_are_asked_for(model: TrainedModel, demo: Path) -> None:
    item = prepare(read_record(demo / "00170_hr"), model.config.preprocess)
    assessor = Assessor(model, "cpu")
    with_maps, without = assessor.score_windows([item]), assessor.score_windows([item], with_maps=False)
    np.testing.assert_array_equal(without.scores, with_maps.scores)
    np.testing.assert_array_equal(without.lead_scores, with_maps.lead_scores)
    assert (without.points.shape, dict(without.part_maps)) == ((1, 12, 0), {})


def test_random_masks_and_shared_positions_take_the_plain_way(model: TrainedModel, plan: PassPlan) -> None:
    shape = model.config.model
    assert SharedPasses.fits(shape, plan)
    assert not SharedPasses.fits(shape, plan_passes(shape, 4, "random", 0))
    assert not SharedPasses.fits(dataclasses.replace(shape, local_positions="shared"), plan)


def test_leads_embedded_once_restore_the_same(model: TrainedModel, windows: Tensor) -> None:
    network = model.cross_lead
    assert isinstance(network, CrossLeadNetwork)
    segments = network.to_segments(windows)
    with torch.inference_mode():
        together = network.restore_all(segments)
        for number in range(len(network.config.visible)):
            alone = network(segments, torch.full((len(segments),), number))
            torch.testing.assert_close(together[:, number], alone, rtol=1e-4, atol=1e-5)
