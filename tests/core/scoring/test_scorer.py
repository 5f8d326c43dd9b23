from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import Config, ScoreConfig
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.evaluation.scorers import load_scorer
from mmae_core.model.network import count_parameters
from mmae_core.readers import read_record
from mmae_core.scoring.aggregate import branch_scores
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, save_model
from mmae_core.scoring.preprocess import ModelInput, prepare
from mmae_core.scoring.window_scorer import AutoencoderScorer, describe_scorer


@pytest.fixture(scope="module")
def inputs(normals: list[Path], tiny_config: Callable[..., Config]) -> list[ModelInput]:
    windows = [prepare(read_record(path), tiny_config().preprocess) for path in normals]
    flat = dataclasses.replace(
        windows[0], signal=np.zeros_like(windows[0].signal), assessable=np.zeros_like(windows[0].assessable),
        notes=("I, II not assessed: flat or missing",),
    )
    return [*windows, flat, windows[0]]


def test_a_scorer_gives_the_numbers_the_product_shows(
    inputs: list[ModelInput], tiny_model: Callable[..., TrainedModel]
) -> None:
    model = tiny_model()
    scored = AutoencoderScorer(model).score_windows(inputs, with_maps=True)
    direct = Assessor(model, "cpu").score_windows(inputs)
    np.testing.assert_allclose(scored.scores, direct.scores, rtol=1e-6)
    np.testing.assert_allclose(scored.parts["global"], direct.global_scores, rtol=1e-6)
    np.testing.assert_allclose(scored.parts["local"], direct.local_scores, rtol=1e-6)
    assert np.isnan(scored.scores[-2])
    assert scored.reasons[-2] == "no lead can be assessed: I, II not assessed: flat or missing"
    assert set(scored.reasons[:-2]) == {""}
    assert scored.maps is not None
    assert np.isnan(scored.maps[-2]).all()
    assert AutoencoderScorer(model).score_windows(inputs).maps is None


def test_maps_are_not_smoothed_yet(inputs: list[ModelInput], tiny_model: Callable[..., TrainedModel]) -> None:
    rough = AutoencoderScorer(tiny_model()).score_windows(inputs[:2], with_maps=True).maps
    smooth = Assessor(tiny_model(), "cpu").score_windows(inputs[:2]).points
    assert rough is not None
    assert np.abs(np.diff(rough, axis=2)).mean() > 1.5 * np.abs(np.diff(smooth, axis=2)).mean()


def test_the_papers_score_is_equation_1(
    normals: list[Path], inputs: list[ModelInput], tiny_model: Callable[..., TrainedModel]
) -> None:
    parts = AutoencoderScorer(tiny_model()).score_windows(inputs[: len(normals)]).parts
    scored = Assessor(tiny_model(), "cpu").score_windows(inputs[: len(normals)], with_segments=True)
    assert scored.errors is not None
    counts = (scored.errors.global_counts, scored.errors.local_counts)
    weights = {"": (5 / 6, 1 / 6), "/global": (1.0, 0.0), "/local": (0.0, 1.0)}  # 5 of 20 and 1 of 4 are masked
    for name, pair in weights.items():
        for space in ("signal", "normalised"):
            branches = scored.errors.branches(space, ScoreConfig().relative_floor)
            of_both = [branch_scores(errors, count, scored.assessable)[0]
                       for errors, count in zip(branches, counts, strict=True)]
            expected = sum(weight * of for weight, of in zip(pair, of_both, strict=True) if weight)
            np.testing.assert_allclose(parts[f"paper/{space}{name}"], expected, rtol=1e-6)


def test_a_model_folder_and_a_bundled_model_are_loaded(
    tiny_model: Callable[..., TrainedModel], tmp_path: Path
) -> None:
    tiny = tiny_model()
    save_model(tmp_path / "tiny", "tiny", "1", tiny.config, tiny.network, tiny.calibration,
               {"training": {"folds": [1], "epochs": 3}})
    scorer = load_scorer(tmp_path / "tiny")
    assert (scorer.name, scorer.training["folds"]) == ("tiny", [1])
    assert scorer.n_parameters == count_parameters(tiny.network)[1]
    faithful = load_scorer("mmae-ecg-faithful")
    assert faithful.macs_per_record == pytest.approx(0.576e9, rel=0.03), "the paper rounds a pass"
    with pytest.raises(ModelMismatch, match="no model"):
        load_scorer(tmp_path / "absent")


def test_the_score_section_can_be_replaced_for_a_masked_autoencoder_alone(tmp_path: Path) -> None:
    assert describe_scorer(load_scorer(score=lambda _: ScoreConfig(pooling="mean")))["pooling"] == "mean"
    (tmp_path / "peer.json").write_text("{}")
    with pytest.raises(ConfigError, match="compared method"):
        load_scorer(tmp_path, score=lambda _: ScoreConfig())


def test_seeds_of_one_configuration_are_recognised(
    tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config]
) -> None:
    one, other, wider = (
        describe_scorer(AutoencoderScorer(tiny_model(tiny_config(**sections))))["configuration"]
        for sections in ({}, {"train": {"seed": 7}}, {"model": {"encoder_width": 32}})
    )
    assert one == other
    assert one != wider
