from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mmae_core.config import Config, ModelConfig, PreprocessConfig, ScoreConfig, TrainConfig, faithful, masked_count
from mmae_core.config_arguments import fold_words, load_config, parse_folds
from mmae_core.errors import ConfigError


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        (PreprocessConfig, "sampling_rate_hz", 0.0),
        (PreprocessConfig, "window_s", -1.0),
        (PreprocessConfig, "window_s", float("inf")),
        (PreprocessConfig, "hop_s", 0.0),
        (PreprocessConfig, "hop_s", 10.5),
        (PreprocessConfig, "highpass_hz", 0.0),
        (PreprocessConfig, "highpass_hz", 30.0),
        (PreprocessConfig, "lowpass_hz", 250.0),
        (PreprocessConfig, "lowpass_hz", float("nan")),
        (PreprocessConfig, "filter_order", 0),
        (PreprocessConfig, "scale", "robust"),
        (PreprocessConfig, "min_lead_std_mv", 0.0),
        (ModelConfig, "n_leads", 0),
        (ModelConfig, "n_samples", 5001),
        (ModelConfig, "n_segments", 0),
        (ModelConfig, "region_length", 1),
        (ModelConfig, "region_length", 41),
        (ModelConfig, "region_starts", ()),
        (ModelConfig, "region_starts", (0, 37)),
        (ModelConfig, "region_starts", (-1,)),
        (ModelConfig, "region_starts", (1.5,)),
        (ModelConfig, "mask_ratio", 0.0),
        (ModelConfig, "mask_ratio", 1.0),
        (ModelConfig, "encoder_layers", 0),
        (ModelConfig, "encoder_heads", 5),
        (ModelConfig, "encoder_width", 0),
        (ModelConfig, "decoder_layers", -1),
        (ModelConfig, "decoder_heads", 3),
        (ModelConfig, "decoder_width", 0),
        (ModelConfig, "mlp_ratio", 0),
        (ModelConfig, "layer_norm_eps", -1e-6),
        (ModelConfig, "target_norm", "segment"),
        (ModelConfig, "target_eps", -1.0),
        (TrainConfig, "epochs", 0),
        (TrainConfig, "warmup_epochs", -1),
        (TrainConfig, "batch_size", 0),
        (TrainConfig, "learning_rate", 0.0),
        (TrainConfig, "learning_rate", float("nan")),
        (TrainConfig, "beta1", 1.0),
        (TrainConfig, "beta2", -0.1),
        (TrainConfig, "weight_decay", -0.05),
        (TrainConfig, "branch_weights", (1.0,)),
        (TrainConfig, "branch_weights", (0.0, 0.0)),
        (TrainConfig, "branch_weights", (-1.0, 2.0)),
        (TrainConfig, "branch_weights", ("a", "b")),
        (TrainConfig, "seed", -1),
        (TrainConfig, "seed", 2**32),
        (ScoreConfig, "n_passes", 0),
        (ScoreConfig, "pooling", "max"),
        (ScoreConfig, "relative_floor", -0.1),
        (ScoreConfig, "masks", "tied"),
        (ScoreConfig, "error_space", "input"),
        (ScoreConfig, "branch_weights", (1.0, 2.0, 3.0)),
        (ScoreConfig, "smoothing_sigma_samples", -1.0),
        (ScoreConfig, "seed", -1),
    ],
)
def test_a_value_that_cannot_work_is_refused_by_its_name(section: Any, field: str, value: Any) -> None:
    with pytest.raises(ConfigError, match=field):
        section(**{field: value})


def test_the_input_is_the_twelve_standard_leads() -> None:
    with pytest.raises(ConfigError, match="n_leads must be 12"):
        Config(model=ModelConfig(n_leads=8))


def test_the_defaults_are_the_papers_model() -> None:
    model = faithful().model
    assert (model.n_leads, model.n_samples, model.n_segments, model.region_length) == (12, 5000, 40, 4)
    assert model.region_starts == (1, 5, 9, 13, 17, 21, 25, 29, 33)
    assert (model.segment_length, model.token_size) == (125, 1500)
    assert (model.n_masked_global, model.n_masked_local) == (10, 1)


@pytest.mark.parametrize(
    ("n_segments", "ratio", "masked"),
    [(40, 0.25, 10), (4, 0.25, 1), (4, 0.1, 1), (4, 0.95, 3), (10, 0.25, 3), (2, 0.5, 1), (40, 0.35, 14)],
)
def test_masked_segments_are_rounded_half_up_and_leave_something_on_either_side(
    n_segments: int, ratio: float, masked: int
) -> None:
    assert masked_count(n_segments, ratio) == masked


def test_window_and_model_must_agree_on_samples() -> None:
    with pytest.raises(ConfigError, match="n_samples = 5000"):
        Config(preprocess=PreprocessConfig(sampling_rate_hz=250.0))


@pytest.mark.parametrize(
    "config",
    [
        Config(),
        Config(
            preprocess=PreprocessConfig(scale="minmax", hop_s=2.5),
            model=ModelConfig(target_norm="joint", region_starts=(0, 4, 36)),
            train=TrainConfig(branch_weights=(1.0, 3.0), epochs=7, seed=9),
            score=ScoreConfig(masks="random", error_space="normalised", branch_weights=(0.0, 1.0)),
        ),
    ],
)
def test_a_configuration_survives_json(config: Config) -> None:
    assert Config.from_dict(json.loads(json.dumps(config.to_dict()))) == config


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"modell": {}}, "modell"),
        ({"train": {"epoch": 3}}, "epoch"),
        ({"train": 3}, "train"),
        ({"train": {"epochs": 2.5}}, "train.epochs"),
        ({"train": {"epochs": True}}, "train.epochs"),
        ({"train": {"branch_weights": 3}}, "branch_weights"),
        ({"train": {"branch_weights": "ab"}}, "branch_weights"),
        ({"train": {"branch_weights": ["a", "b"]}}, "branch_weights"),
        ({"model": {"region_starts": ["a"]}}, "region_starts"),
        ({"model": {"region_starts": 3}}, "region_starts"),
        ({"model": {"n_leads": None}}, "n_leads"),
        ({"score": {"masks": 1}}, "score.masks"),
        ([], "table of sections"),
        (None, "table of sections"),
    ],
)
def test_a_foreign_description_is_refused_by_field(values: Any, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        Config.from_dict(values)


def test_missing_fields_keep_their_defaults_and_whole_numbers_may_stand_for_real_ones() -> None:
    config = Config.from_dict({"preprocess": {"hop_s": 2}, "train": {"epochs": 5}})
    assert config.preprocess.hop_s == 2.0
    assert isinstance(config.preprocess.hop_s, float)
    assert config.train == TrainConfig(epochs=5)


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_toml_file_changes_what_it_names(tmp_path: Path) -> None:
    path = write(tmp_path, "[score]\nbranch_weights = [1, 2.5]\n[model]\nregion_starts = [0, 36]\n")
    config = load_config(path)
    assert config.score.branch_weights == (1, 2.5)
    assert config.model.region_starts == (0, 36)
    assert config.preprocess == PreprocessConfig()
    hash(config.model)  # a configuration is a value


def test_the_command_line_outranks_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "[train]\nbatch_size = 8\nseed = 3\n")
    config = load_config(path, {"batch_size": 16, "seed": None, "epochs": None})
    assert (config.train.batch_size, config.train.seed, config.train.epochs) == (16, 3, 300)


@pytest.mark.parametrize("text", ["", "[train]\nepochs = 30\n"])
def test_a_shorter_schedule_keeps_the_papers_share_of_warm_up(tmp_path: Path, text: str) -> None:
    config = load_config(write(tmp_path, text), {"epochs": None if text else 30})
    assert (config.train.epochs, config.train.warmup_epochs) == (30, 4)


def test_a_warm_up_that_is_named_stays(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, "[train]\nwarmup_epochs = 7\n"), {"epochs": 30})
    assert (config.train.epochs, config.train.warmup_epochs) == (30, 7)


@pytest.mark.parametrize("text", ["epochs = ", "[train\n", "\x00"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"settings\.toml"):
        load_config(write(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        load_config(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("text", "folds"), [("1-8", tuple(range(1, 9))), ("9", (9,)), ("1,3,9", (1, 3, 9)), ("2-3,3,10", (2, 3, 10))]
)
def test_folds_are_read(text: str, folds: tuple[int, ...]) -> None:
    assert parse_folds(text) == folds


@pytest.mark.parametrize(("folds", "words"), [
    ("9", "fold 9"), ([9], "fold 9"), ("1-8", "folds 1-8"), ((3, 1, 9), "folds 1, 3, 9"), ([1, 2], "folds 1, 2"),
])
def test_folds_are_written(folds: str | list[int], words: str) -> None:
    assert fold_words(folds) == words
    assert fold_words(words.split(maxsplit=1)[1]) == words, "what is written can be read"


@pytest.mark.parametrize("text", ["", "0", "11", "1-11", "8-1", "a", "1,,2", "-3", "1-", "1-2-3", "9 9", "1.5"])
def test_what_names_no_folds_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="names no folds"):
        parse_folds(text)
