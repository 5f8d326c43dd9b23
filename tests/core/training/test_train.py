from __future__ import annotations

import json
import math
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from mmae_core.cli import main
from mmae_core.config import Config, TrainConfig
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.model.network import MaskedAutoencoder, standardise_targets
from mmae_core.model.training_facts import trained_on
from mmae_core.scoring.checkpoint import load_model, read_tensors
from mmae_core.training.batches import epoch_batches, make_batch, token_rows
from mmae_core.training.train import (
    EpochMetrics,
    batch_loss,
    build_optimiser,
    can_compile,
    learning_rate,
    train,
)
from mmae_core.training.training_data import TrainingSet

TinyConfig = Callable[..., Config]
WriteNoise = Callable[..., Path]

def weights(run: Path) -> dict[str, torch.Tensor]:
    return read_tensors(run / "weights.safetensors")


def assert_same_weights(run: Path, other: Path) -> None:
    first, second = weights(run), weights(other)
    assert first.keys() == second.keys()
    for name, value in first.items():
        assert torch.equal(value, second[name]), name


def metrics(run: Path) -> list[dict[str, Any]]:
    """Lines of metrics.jsonl without the times."""
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    return [{key: value for key, value in line.items() if key != "seconds"} for line in lines]


def run_training(data: TrainingSet, config: Config, folder: Path, **options: Any) -> Path:
    train(data, config, folder, device="cpu", compile_network=False, **options)
    return folder


# --- one step -------------------------------------------------------------------------------------------------------


def test_the_rate_warms_up_linearly_and_falls_as_a_half_cosine_to_zero() -> None:
    settings = TrainConfig(epochs=10, warmup_epochs=2, learning_rate=1.0)
    rates = [learning_rate(step, 5, settings) for step in range(50)]
    np.testing.assert_allclose(rates[:10], np.arange(1, 11) / 10)
    assert rates[29] == pytest.approx(0.5)
    assert rates[19] == pytest.approx(0.5 * (1 + math.cos(math.pi / 4)))
    assert rates[-1] == pytest.approx(0.0, abs=1e-12)
    assert (np.diff(rates[10:]) < 0).all()
    assert learning_rate(0, 5, replace(settings, warmup_epochs=0)) < 1.0


def test_a_batch_holds_every_segment_once_visible_or_masked(data: TrainingSet, tiny_config: TinyConfig) -> None:
    config = tiny_config()
    windows = torch.tensor([1, 4, 6])
    batch = make_batch(token_rows(data.tokens), windows, config, torch.Generator().manual_seed(0), torch.device("cpu"))
    tokens = torch.from_numpy(data.tokens.astype(np.float32))[windows]
    rows = torch.arange(3)[:, None]
    assert torch.equal(batch.visible_global, tokens[rows, batch.global_mask.visible])
    assert torch.equal(batch.target_global, tokens[rows, batch.global_mask.masked])
    starts = [
        start for start in config.model.region_starts
        if torch.equal(batch.visible_local, tokens[rows, start + batch.local_mask.visible])
        and torch.equal(batch.target_local, tokens[rows, start + batch.local_mask.masked])
    ]
    assert len(starts) == 1, "one region a batch"
    assert len({tuple(row) for row in batch.global_mask.masked.tolist()}) == 3, "masks differ within a batch"


def test_the_loss_is_the_papers_sum_over_masked_segments(data: TrainingSet, tiny_config: TinyConfig) -> None:
    config = tiny_config()
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(0))
    batch = next(iter(epoch_batches(token_rows(data.tokens), 8, 4, config, 0, torch.device("cpu"))))
    total, global_loss, local_loss = (float(loss.detach()) for loss in batch_loss(network, batch, None))
    predicted = network(batch.visible_global, batch.visible_local, batch.global_mask, batch.local_mask)
    sums = [
        float((standardise_targets(target, config.model)[0] - prediction).square().sum().detach())
        for target, prediction in zip((batch.target_global, batch.target_local), predicted, strict=True)
    ]
    n_values = [batch.target_global.numel(), batch.target_local.numel()]
    assert global_loss == pytest.approx(sums[0] / n_values[0], rel=1e-5)
    assert local_loss == pytest.approx(sums[1] / n_values[1], rel=1e-5)
    assert total == pytest.approx(sum(sums) / sum(n_values), rel=1e-5)
    weighted = float(batch_loss(network, batch, (1.0, 3.0))[0].detach())
    assert weighted == pytest.approx((global_loss + 3 * local_loss) / 4)


def test_an_epoch_sees_every_window_at_most_once_in_a_new_order(data: TrainingSet, tiny_config: TinyConfig) -> None:
    config = tiny_config()
    rows = torch.arange(8.0)[:, None, None].expand(8, 20, 300).reshape(-1, 300)  # a window is its number
    seen = [
        [sorted(batch.target_local[:, 0, 0].int().tolist())
         for batch in epoch_batches(rows, 8, 3, config, epoch, torch.device("cpu"))]
        for epoch in (0, 0, 1)
    ]
    assert [len(batch) for batch in seen[0]] == [3, 3], "the incomplete batch is dropped"
    assert len({window for batch in seen[0] for window in batch}) == 6
    assert seen[0] == seen[1] != seen[2]


# --- a run ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def short(tiny_config: TinyConfig) -> Config:
    return tiny_config(train={"epochs": 12, "warmup_epochs": 2, "learning_rate": 5e-3})


@pytest.fixture(scope="module")
def finished(data: TrainingSet, short: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_training(data, short, tmp_path_factory.mktemp("finished") / "run")


def test_a_batch_seen_often_is_learnt(data: TrainingSet, tiny_config: TinyConfig) -> None:
    config = tiny_config(model={"encoder_width": 48, "decoder_width": 48}, train={"learning_rate": 5e-3})
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(0))
    optimiser = build_optimiser(network, config.train, fused=False)
    batch = next(iter(epoch_batches(token_rows(data.tokens), 8, 4, config, 0, torch.device("cpu"))))
    losses = []
    for _ in range(120):
        loss = batch_loss(network, batch, None)[0]
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[0] == pytest.approx(1.0, abs=0.3), "1: no better than a segment's mean"
    assert losses[-1] < 0.4


def test_a_run_writes_a_line_an_epoch_and_its_loss_falls(finished: Path) -> None:
    lines = metrics(finished)
    assert [line["epoch"] for line in lines] == list(range(1, 13))
    assert [line["step"] for line in lines] == list(range(2, 26, 2))
    assert lines[-1]["loss"] < 0.99 * lines[0]["loss"]
    assert lines[-1]["learning_rate"] == pytest.approx(0.0, abs=1e-12)


def test_a_seed_repeats_to_the_last_digit(
    data: TrainingSet, short: Config, finished: Path, tmp_path: Path
) -> None:
    again = run_training(data, short, tmp_path / "again")
    assert_same_weights(finished, again)
    assert metrics(finished) == metrics(again)
    other_seed = replace(short, train=replace(short.train, seed=2**32 - 1))
    other = run_training(data, other_seed, tmp_path / "other")
    assert metrics(other)[0]["loss"] != metrics(finished)[0]["loss"]


def test_sums_do_not_depend_on_how_threads_run(data: TrainingSet, short: Config, tmp_path: Path) -> None:
    during: list[bool] = []

    def look(step: int, total: int, loss: float, rate: float) -> None:
        during.append(torch.are_deterministic_algorithms_enabled())

    train(data, short, tmp_path / "run", device="cpu", compile_network=False, on_step=look)
    assert all(during)
    assert not torch.are_deterministic_algorithms_enabled(), "what others chose stays as it was"


class Killed(BaseException):
    pass


@pytest.mark.parametrize("after", [1, 7])
def test_a_run_that_died_between_any_two_writes_continues_as_if_it_had_not(
    data: TrainingSet, short: Config, finished: Path, tmp_path: Path, after: int
) -> None:
    def die(done: EpochMetrics) -> None:
        if done.epoch == after:
            raise Killed

    run = tmp_path / "run"
    with pytest.raises(Killed):
        run_training(data, short, run, on_epoch=die)
    with (run / "metrics.jsonl").open("a") as stream:
        stream.write('{"epoch": 8, "ste')  # the metrics of the next epoch were half written
    (run / ".state.safetensors.123.part").write_bytes(b"and so was its state")
    run_training(data, short, run, resume=True)
    assert_same_weights(finished, run)
    assert metrics(finished) == metrics(run)
    assert not list(run.glob(".*"))


def test_a_finished_run_is_not_overwritten(data: TrainingSet, short: Config, finished: Path) -> None:
    before = (finished / "weights.safetensors").read_bytes()
    with pytest.raises(ConfigError, match=r"already holds a run\. Continue it with --resume"):
        run_training(data, short, finished)
    run_training(data, short, finished, resume=True)  # has nothing left to do
    assert (finished / "weights.safetensors").read_bytes() == before


def test_a_run_does_not_continue_with_other_settings_or_other_data(
    data: TrainingSet, short: Config, finished: Path
) -> None:
    slower = replace(short, train=replace(short.train, learning_rate=1e-4))
    with pytest.raises(ModelMismatch, match="other settings or other data"):
        run_training(data, slower, finished, resume=True)
    with pytest.raises(ModelMismatch, match="other settings or other data"):
        run_training(replace(data, key="0" * 64), short, finished, resume=True)


def test_a_run_continues_whatever_is_decided_about_scores(
    data: TrainingSet, short: Config, finished: Path
) -> None:
    otherwise_scored = replace(short, score=replace(short.score, pooling="log"))
    run_training(data, otherwise_scored, finished, resume=True)


def test_a_damaged_run_is_refused(data: TrainingSet, short: Config, finished: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(finished, tmp_path / "run"))
    (run / "state.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelMismatch, match=r"state\.safetensors cannot be read"):
        run_training(data, short, run, resume=True)
    shutil.copy(finished / "state.safetensors", run)
    (run / "metrics.jsonl").unlink()
    with pytest.raises(ModelMismatch, match=r"metrics\.jsonl .* is missing or incomplete: .* has done step 24\."):
        run_training(data, short, run, resume=True)
    (run / "config.json").write_text("{")
    with pytest.raises(ModelMismatch, match=r"config\.json"):
        run_training(data, short, run, resume=True)


def test_a_loss_that_explodes_stops_the_run_and_keeps_the_last_good_state(
    data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path
) -> None:
    config = tiny_config(train={"epochs": 50, "warmup_epochs": 0, "learning_rate": 1e30})
    with pytest.raises(ConfigError, match=r"learning_rate = 1e\+30 is too high"):
        run_training(data, config, tmp_path / "run")
    assert not (tmp_path / "run" / "weights.safetensors").exists()


def test_some_epochs_weights_are_kept_when_asked(data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path) -> None:
    run = run_training(data, tiny_config(train={"epochs": 5}), tmp_path / "run", keep_every=2)
    assert sorted(path.name for path in run.glob("epoch-*")) == ["epoch-0002.safetensors", "epoch-0004.safetensors"]


def _flat_v2(samples: np.ndarray) -> np.ndarray:
    samples[:, 7] = 12
    return samples


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def command(ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Arguments of `train` with tiny settings and a cache of this test's own."""

    def arguments(run: Path, *more: str, data: Path = ptbxl_mini, epochs: int = 3) -> list[str]:
        return ["train", "--data", str(data), "--output", str(run), "--config", str(tiny_settings), "--no-compile",
                "--cache", str(tmp_path / "cache"), "--device", "cpu", "--epochs", str(epochs), *more]

    return arguments


@pytest.mark.usefixtures("small_cohorts")
def test_a_killed_training_resumes_to_the_result_of_an_uninterrupted_one(
    command: Callable[..., list[str]], tmp_path: Path
) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    with (tmp_path / "stderr").open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "mmae_core", *command(killed, epochs=16)], stderr=stream,
            cwd=Path(__file__).parents[3], env={**os.environ, "OMP_NUM_THREADS": str(torch.get_num_threads())},
        )
        log = killed / "metrics.jsonl"
        while not (log.exists() and log.read_bytes().count(b"\n") >= 3):
            assert process.poll() is None, (tmp_path / "stderr").read_text()
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert len(metrics(killed)) < 16
    assert not (killed / "weights.safetensors").exists()
    assert (killed / "training.json").exists()

    assert main(command(killed, epochs=16)) == 2, "not without --resume"
    assert main(command(killed, "--resume", epochs=16)) == 0
    assert main(command(whole, epochs=16)) == 0
    assert_same_weights(killed, whole)
    assert metrics(killed) == metrics(whole)
    first, second = load_model(killed / "model"), load_model(whole / "model")
    assert first.sha256 == second.sha256
    np.testing.assert_array_equal(first.calibration.record_scores, second.calibration.record_scores)


@pytest.mark.usefixtures("small_cohorts")
def test_a_run_ends_with_a_calibrated_model(command: Callable[..., list[str]], tmp_path: Path) -> None:
    assert main(command(tmp_path / "run")) == 0
    model = load_model(tmp_path / "run" / "model")
    assert model.calibration.n_records == 8
    assert model.calibration.cohort == "normal records of PTB-XL v1.0.3, fold 9"
    training = model.card["training"]
    assert training["n_windows"] == 8
    assert training["folds"] == list(range(1, 9))
    assert training["epochs"] == 3
    assert str(tmp_path) not in json.dumps(model.card)


def test_folds_may_not_both_train_and_calibrate(
    command: Callable[..., list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(tmp_path / "run", "--folds", "1-9")) == 2
    assert "no fold may do both" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_folds_without_a_normal_record_are_an_error(
    command: Callable[..., list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(tmp_path / "run", "--folds", "10")) == 2
    assert "has no normal record in fold 10 " in capsys.readouterr().err


@pytest.mark.usefixtures("small_cohorts")
def test_a_folder_of_any_records_trains_with_a_list_of_names(
    command: Callable[..., list[str]], write_noise: WriteNoise, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    for number in range(24):
        write_noise(f"n{number:02d}", seed=number, folder=clinic)
    write_noise("n24", edit=_flat_v2, folder=clinic)
    write_noise("sick", seed=50, folder=clinic)
    names = tmp_path / "normals.txt"
    names.write_text("\n".join([f"n{number:02d}" for number in range(25)] + ["gone"]))
    assert main(command(tmp_path / "run", "--names", str(names), data=clinic)) == 0
    messages = capsys.readouterr().err
    assert "1 names in normals.txt mean no record: gone" in messages
    assert "1 of 23 records are left out" in messages
    training = json.loads((tmp_path / "run" / "training.json").read_text())
    assert training["n_windows"] == 22
    assert training["left_out"][0][0] == "n24"
    assert load_model(tmp_path / "run" / "model").calibration.n_records == 2


@pytest.mark.usefixtures("small_cohorts")
def test_records_left_out_are_neither_trained_on_nor_calibrate_and_the_cohort_has_the_name_given(
    command: Callable[..., list[str]], write_noise: WriteNoise, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    for number in range(24):
        write_noise(f"n{number:02d}", seed=number, folder=clinic)
    without = tmp_path / "without.txt"
    without.write_text("n03.hea\nn09\nn20\n")
    more = "--without", str(without), "--cohort", "normals of ward 3"
    assert main(command(tmp_path / "run", *more, data=clinic)) == 0
    model = load_model(tmp_path / "run" / "model")
    assert model.calibration.cohort == "normals of ward 3"
    assert model.calibration.n_records == 2
    assert json.loads((tmp_path / "run" / "training.json").read_text())["n_windows"] == 19


def test_a_small_clinic_holds_out_enough_to_calibrate(
    command: Callable[..., list[str]], write_noise: WriteNoise, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    for number in range(3):
        write_noise(f"n{number}", seed=number, folder=clinic)
    assert main(command(tmp_path / "run", data=clinic)) == 2
    assert "holds 3 recordings to train on; at least 40 are needed" in capsys.readouterr().err
    for number in range(3, 40):
        write_noise(f"n{number}", seed=number, folder=clinic)
    assert main(command(tmp_path / "run", data=clinic)) == 0
    assert "Only 20 normals calibrate this model" in capsys.readouterr().err
    card = json.loads((tmp_path / "run" / "model" / "model.json").read_text())["card"]
    assert card["training"]["n_windows"] == 20
    assert card["calibration"]["n_records"] == 20
    assert card["calibration"]["warning"].startswith("Only 20 normals")
    assert "licence of the recordings not known" in card["licence"]


def test_a_card_names_the_records_trained_on_and_keeps_the_first_command(
    command: Callable[..., list[str]], normals: list[Path], tmp_path: Path
) -> None:
    run = tmp_path / "run"
    assert main(command(run)) == 0
    first = json.loads((run / "training.json").read_text())
    assert main(command(run, "--resume", "--calibrate-folds", "10")) == 0
    assert json.loads((run / "training.json").read_text()) == first
    assert first["data_licence"] == "CC BY 4.0"
    assert trained_on(first, normals) == normals
    elsewhere = tmp_path / normals[0].name.replace("_hr", "_lr")
    assert trained_on(first, [elsewhere, tmp_path / "07777_hr.hea"]) == [elsewhere], "at the other rate, too"


def test_without_a_compiler_training_goes_uncompiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    assert not can_compile()


def test_an_empty_folder_is_an_error(
    command: Callable[..., list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(command(tmp_path / "run", data=tmp_path / "empty")) == 2
    assert "There is no recording to train on" in capsys.readouterr().err
