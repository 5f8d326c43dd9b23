"""`mmae_core train --preset plus`: both networks, means and spreads, calibration, one model folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mmae_core.cli import main
from mmae_core.config_arguments import load_config, preset_config
from mmae_core.scoring.checkpoint import load_model

DATA = Path(__file__).parents[2] / "data" / "ptbxl-mini"
SMALL = """
[model]
encoder_layers = 1
encoder_width = 16
encoder_heads = 2
decoder_width = 8
[train]
epochs = 2
batch_size = 4
[cross_lead]
visible = ["II", "V1 V2 V3"]
width = 16
layers = 1
heads = 2
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def _train(tmp_path: Path, config: Path, *more: str) -> int:
    return main([
        "train", "--preset", "plus", "--data", str(DATA), "--output", str(tmp_path / "run"), "--folds", "1-8",
        "--config", str(config), "--cross-lead-epochs", "1", "--cache", str(tmp_path / "cache"), "--device", "cpu",
        "--no-compile", *more,
    ])


@pytest.mark.usefixtures("small_cohorts")
def test_one_command_trains_both_networks_and_writes_a_model(
    tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _train(tmp_path, small) == 0, capsys.readouterr().err
    model = load_model(tmp_path / "run" / "model")
    assert model.cross_lead is not None
    assert model.fusion is not None
    assert set(model.fusion.records) == {"segments", "cross_lead", "amplitude", "beat", "departures"}
    assert model.card["training"]["cross_lead"]["epochs"] == 1
    assert "--preset plus" in model.card["training"]["command"]
    capsys.readouterr()
    assert main(["info", "--json", "--model", str(tmp_path / "run" / "model")]) == 0
    facts = json.loads(capsys.readouterr().out)[0]
    parameters = facts["parameters"]
    assert parameters["total"] == parameters["all"] + parameters["cross_lead"]
    assert parameters["cross_lead"] > 0
    report = tmp_path / "report.json"
    assert main(["evaluate", "--data", str(DATA), "--folds", "9", "--model", str(tmp_path / "run" / "model"),
                 "--output", str(report), "--device", "cpu"]) == 0
    assert json.loads(report.read_text())["detection"]["n_normal"] > 0


@pytest.mark.usefixtures("small_cohorts")
def test_a_stopped_run_goes_on_where_it_stood(tmp_path: Path, small: Path) -> None:
    assert _train(tmp_path, small) == 0
    weights = (tmp_path / "run" / "model" / "model.safetensors").read_bytes()
    (tmp_path / "run" / "cross-lead" / "peer.json").unlink()  # as if it had been killed just before the end
    assert _train(tmp_path, small, "--resume") == 0
    assert (tmp_path / "run" / "model" / "model.safetensors").read_bytes() == weights


@pytest.mark.usefixtures("small_cohorts")
def test_a_finished_network_for_hidden_leads_is_not_kept_for_other_settings(
    tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _train(tmp_path, small) == 0
    assert _train(tmp_path, small, "--cross-lead-epochs", "2", "--resume") == 2
    assert "ended with other settings than are asked for now" in capsys.readouterr().err


def test_a_file_changes_the_score_of_the_model_it_is_used_with(tmp_path: Path) -> None:
    path = tmp_path / "score.toml"
    path.write_text("[score]\npooling = 'mean'\n")
    score = load_config(path, base=preset_config("plus")).score
    assert score.pooling == "mean"
    assert score.parts == ("cross_lead", "beat", "departures")


def test_a_preset_is_the_base_of_a_configuration_file(small: Path) -> None:
    config = load_config(small, base=preset_config("plus"))
    assert config.cross_lead.visible == ("II", "V1 V2 V3")
    assert config.cross_lead.mlp_ratio == 4
    assert config.score.parts == ("cross_lead", "beat", "departures")
    assert load_config(None, base=preset_config("plus")).train.epochs == 100
    assert load_config(None).cross_lead.visible == ()
