"""Training, resuming, scoring and refusing: what holds for every compared method, on MCF and TSRNet."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from mmae_core.cli import main
from mmae_core.config import PreprocessConfig
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import ConfigError, DatasetError, ModelMismatch
from mmae_core.peers import load_peer
from mmae_core.peers.base import PeerConfig, config_from, peer_type
from mmae_core.peers.data import PeerData, peer_data
from mmae_core.peers.mcf import McfConfig
from mmae_core.peers.scoring import NO_R_PEAKS, NO_USABLE_R_PEAK
from mmae_core.peers.training import train_peer
from mmae_core.peers.tsrnet import TsrnetConfig
from mmae_core.readers import read_record
from mmae_core.scoring.preprocess import ModelInput, prepare

TINY: dict[str, PeerConfig] = {
    "mcf": McfConfig(epochs=2, batch_size=4, learning_rate=3e-3, width=2, hidden=4),
    "tsrnet": TsrnetConfig(epochs=2, batch_size=4, learning_rate=3e-3, width=2, hidden=4),
}
both = pytest.mark.parametrize("name", list(TINY))


@pytest.fixture(scope="module")
def normals(ptbxl_mini: Path) -> list[Path]:
    return [entry.path for entry in load_index(ptbxl_mini).select(folds=range(1, 9), label="normal")]


@pytest.fixture(scope="module")
def data(normals: list[Path], tmp_path_factory: pytest.TempPathFactory) -> PeerData:
    return peer_data(normals, PreprocessConfig(scale="minmax"), tmp_path_factory.mktemp("cache"), with_r_peaks=True)


@pytest.fixture(scope="module")
def held_out(ptbxl_mini: Path) -> list[ModelInput]:
    entries = load_index(ptbxl_mini).select(folds=[9])[:3]
    return [prepare(read_record(entry.path), PreprocessConfig(scale="minmax")) for entry in entries]


@pytest.fixture(scope="module")
def runs(data: PeerData, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("runs")
    return {name: train_peer(name, data, config, folder / name, device="cpu") for name, config in TINY.items()}


def losses(run: Path) -> list[dict[str, float]]:
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    return [{key: value for key, value in line.items() if key != "seconds"} for line in lines]


def without_r_peaks(item: ModelInput) -> ModelInput:
    signal = item.signal.copy()
    signal[1] = 0.0
    return dataclasses.replace(item, signal=signal)


def test_the_windows_are_the_cached_ones_scaled_to_one(data: PeerData, normals: list[Path]) -> None:
    expected = prepare(read_record(normals[2]), PreprocessConfig(scale="minmax")).signal
    row = data.windows.names.index(normals[2].stem)
    found = data.signal([row])[0]
    np.testing.assert_allclose(found, expected, atol=5e-4)  # float16
    assert found.min() == -1
    assert found.max() == 1


def test_r_peaks_of_the_training_windows_lie_on_lead_two(data: PeerData) -> None:
    assert data.r_peaks is not None
    for row, peaks in enumerate(data.r_peaks):
        lead = data.signal([row])[0, 1]
        assert 5 < len(peaks) < 20
        assert np.median(lead[peaks]) > np.quantile(lead, 0.95)


@both
def test_training_lowers_the_loss(name: str, data: PeerData, tmp_path: Path) -> None:
    run = train_peer(name, data, dataclasses.replace(TINY[name], epochs=12), tmp_path / "run", device="cpu")
    found = losses(run)
    assert len(found) == 12
    assert found[-1]["loss"] < 0.75 * found[0]["loss"]
    assert found[-1]["step"] == 12 * (len(data) // 4)


@both
def test_a_resumed_run_ends_with_the_numbers_of_an_uninterrupted_one(
    name: str, data: PeerData, runs: dict[str, Path], tmp_path: Path
) -> None:
    def stop(step: int, *_: float) -> None:
        if step == 3:
            raise KeyboardInterrupt

    run = tmp_path / "run"
    with pytest.raises(KeyboardInterrupt):
        train_peer(name, data, TINY[name], run, device="cpu", checkpoint_minutes=0, on_step=stop)
    with pytest.raises(ModelMismatch, match="no finished run"):
        load_peer(run)
    steps: list[int] = []
    train_peer(name, data, TINY[name], run, device="cpu", resume=True, on_step=lambda step, *_: steps.append(step))
    assert steps[0] == 4
    assert losses(run) == losses(runs[name])
    resumed, whole = (load_file(folder / "weights.safetensors") for folder in (run, runs[name]))
    assert all(torch.equal(resumed[key], whole[key]) for key in whole)


def test_lines_written_after_the_last_checkpoint_are_written_anew(
    data: PeerData, runs: dict[str, Path], tmp_path: Path
) -> None:
    def stop(step: int, *_: float) -> None:
        if step == 3:  # one step after the checkpoint at the end of the first epoch
            raise KeyboardInterrupt

    run = tmp_path / "run"
    with pytest.raises(KeyboardInterrupt):
        train_peer("mcf", data, TINY["mcf"], run, device="cpu", on_step=stop)
    with (run / "metrics.jsonl").open("a") as stream:
        stream.write('{"step": 3}\n')
    train_peer("mcf", data, TINY["mcf"], run, device="cpu", resume=True)
    assert losses(run) == losses(runs["mcf"])


def test_a_run_is_not_overwritten_nor_continued_with_other_settings(data: PeerData, runs: dict[str, Path]) -> None:
    with pytest.raises(ConfigError, match="already holds a run"):
        train_peer("mcf", data, TINY["mcf"], runs["mcf"], device="cpu")
    with pytest.raises(ModelMismatch, match="other settings"):
        train_peer("mcf", data, dataclasses.replace(TINY["mcf"], epochs=9), runs["mcf"], device="cpu", resume=True)


def test_a_run_without_its_metrics_is_refused(data: PeerData, runs: dict[str, Path], tmp_path: Path) -> None:
    run = Path(shutil.copytree(runs["mcf"], tmp_path / "run"))
    (run / "metrics.jsonl").unlink()
    with pytest.raises(ModelMismatch, match=r"metrics\.jsonl .* is missing or incomplete: .* has done step 4\."):
        train_peer("mcf", data, TINY["mcf"], run, device="cpu", resume=True)


@both
def test_scores_repeat_and_do_not_depend_on_the_company(
    name: str, runs: dict[str, Path], held_out: list[ModelInput]
) -> None:
    scorer = load_peer(runs[name])
    together = scorer.score_windows(held_out, with_maps=True)
    again = load_peer(runs[name]).score_windows(held_out)
    alone = [scorer.score_windows([item]).scores[0] for item in held_out]
    assert together.reasons == ("", "", "")
    assert len(set(together.scores)) == 3
    np.testing.assert_array_equal(together.scores, again.scores)
    np.testing.assert_array_equal(together.scores, alone)
    assert again.maps is None
    assert together.maps is not None
    assert together.maps.shape == (3, 12, 5000)
    assert np.isnan(together.maps[:, :, :100]).all()
    assert np.isnan(together.maps[:, :, 4900:]).all()
    assert (together.maps[:, :, 100:4900] >= 0).all()


@both
def test_a_window_without_r_peaks_has_no_score_and_a_reason(
    name: str, runs: dict[str, Path], held_out: list[ModelInput]
) -> None:
    scorer = load_peer(runs[name])
    scored = scorer.score_windows([held_out[0], without_r_peaks(held_out[1]), held_out[2]], with_maps=True)
    assert scorer.needs_r_peaks
    assert scored.reasons == ("", NO_R_PEAKS, "")
    assert scored.maps is not None
    assert np.isnan(scored.scores).tolist() == [False, True, False]
    assert np.isnan(scored.maps[1]).all()
    expected = scorer.score_windows([held_out[0], held_out[2]]).scores
    np.testing.assert_array_equal(scored.scores[[0, 2]], expected)


def test_r_peaks_at_the_edges_alone_are_of_no_use_to_mcf(
    runs: dict[str, Path], held_out: list[ModelInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmae_core.peers.scoring.window_r_peaks", lambda item: np.array([150, 200, 4400, 4800]))
    assert load_peer(runs["mcf"]).score_windows(held_out[:1]).reasons == (NO_USABLE_R_PEAK,)


def test_what_is_not_assessable_is_not_scored_in_the_map(runs: dict[str, Path], held_out: list[ModelInput]) -> None:
    assessable = held_out[0].assessable.copy()
    assessable[7] = False
    maps = load_peer(runs["mcf"]).score_windows(
        [dataclasses.replace(held_out[0], assessable=assessable)], with_maps=True
    ).maps
    assert maps is not None
    assert np.isnan(maps[0, 7]).all()
    assert np.isfinite(maps[0, 6, 100:4900]).all()
    none = dataclasses.replace(held_out[0], assessable=np.zeros_like(assessable), notes=("all flat",))
    assert load_peer(runs["tsrnet"]).score_windows([none]).reasons == ("no lead can be assessed: all flat",)


def test_records_without_r_peaks_are_left_out_of_training_and_named(data: PeerData, tmp_path: Path) -> None:
    assert data.r_peaks is not None
    nothing = np.empty(0, dtype=np.int64)
    some = dataclasses.replace(data, r_peaks=(nothing, np.array([10]), *data.r_peaks[2:]))
    run = train_peer("mcf", some, dataclasses.replace(TINY["mcf"], epochs=1), tmp_path / "run", device="cpu")
    training = json.loads((run / "peer.json").read_text())["training"]
    assert training["without_r_peaks"] == list(data.windows.names[:2])
    assert training["windows"] == len(data) - 2
    none = dataclasses.replace(data, r_peaks=(nothing,) * len(data))
    with pytest.raises(DatasetError, match="none of the 8 training windows"):
        train_peer("mcf", none, TINY["mcf"], tmp_path / "none", device="cpu")


def test_a_damaged_or_foreign_run_is_refused(runs: dict[str, Path], tmp_path: Path) -> None:
    description = json.loads((runs["mcf"] / "peer.json").read_text())
    tensors = load_file(runs["mcf"] / "weights.safetensors")
    save_file({key: value + 1 for key, value in tensors.items()}, tmp_path / "weights.safetensors")
    (tmp_path / "peer.json").write_text(json.dumps(description))
    with pytest.raises(ModelMismatch, match="damaged or was exchanged"):
        load_peer(tmp_path)
    (tmp_path / "weights.safetensors").write_bytes((runs["mcf"] / "weights.safetensors").read_bytes())
    assert load_peer(tmp_path).name == "mcf"
    for change, message in (
        ({"name": "nobody"}, "is of 'nobody'"), ({"format": 99}, "format 99"),
        ({"config": {"depth": 3}}, "no field depth"), ({"config": {**description["config"], "width": 3}}, "shape"),
        ({"config": {**description["config"], "width": 2**40}}, "cannot be used"),
    ):
        (tmp_path / "peer.json").write_text(json.dumps(description | change))
        with pytest.raises(ModelMismatch, match=message):
            load_peer(tmp_path)


def test_settings_are_checked() -> None:
    assert config_from(McfConfig, {"learning_rate": 1, "epochs": None}) == McfConfig(learning_rate=1.0)
    for values, message in (
        ({"width": 2.5}, "wrong type"), ({"deep": 1}, "no field deep"), ({"epochs": 0}, "positive"),
        ({"hidden": 3}, "even"), ({"mask_percent": 99}, "mask_percent"), ({"seed": -1}, "seed"),
    ):
        with pytest.raises(ConfigError, match=message):
            config_from(McfConfig, values)
    with pytest.raises(ConfigError, match="no method 'nobody'"):
        peer_type("nobody")


@both
def test_the_command_trains_a_peer_and_leaves_a_run_that_scores(
    name: str, ptbxl_mini: Path, held_out: list[ModelInput], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiny.toml").write_text("width = 2\nhidden = 4\nbatch_size = 8\n")
    command = ["train", "--model", name, "--data", str(ptbxl_mini), "--output", str(tmp_path / "run"), "--folds", "1-8",
               "--config", str(tmp_path / "tiny.toml"), "--epochs", "1", "--batch-size", "4", "--cache",
               str(tmp_path / "cache"), "--device", "cpu"]
    assert main(command) == 0
    scorer = load_peer(tmp_path / "run")
    assert np.isfinite(scorer.score_windows(held_out[:1]).scores).all()
    facts = scorer.training
    assert (facts["folds"], facts["n_windows"], facts["steps"]) == (list(range(1, 9)), 8, 2)
    assert facts["config"]["width"] == 2
    assert f"--model {name} --folds 1-8" in facts["command"]
    assert str(tmp_path) not in json.dumps(facts)
    assert main(command) == 2
    assert "already holds a run" in capsys.readouterr().err


def test_an_unknown_method_is_explained(
    ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--model", "nobody", "--data", str(ptbxl_mini), "--output", str(tmp_path / "run")]) == 2
    assert "no method 'nobody'; known are mmae, mcf" in capsys.readouterr().err
