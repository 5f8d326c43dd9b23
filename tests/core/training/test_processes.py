"""Several processes train as one does: gloo on the CPU, started by torchrun or one by one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from mmae_core.config import Config, PreprocessConfig
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.model.network import MaskedAutoencoder
from mmae_core.peers.base import config_from, peer_type
from mmae_core.scoring.checkpoint import read_tensors
from mmae_core.training.batches import DEVICE_SHARE, Batch, epoch_batches, gathered_ahead, placed, token_rows
from mmae_core.training.precision import resolve_precision
from mmae_core.training.processes import ALONE, Processes, device_of, started_together
from mmae_core.training.train import batch_loss, train
from mmae_core.training.training_data import TrainingSet, training_set
from tests.core.training.two_processes import FAULT, train_both

REPOSITORY = Path(__file__).parents[3]
CPU = torch.device("cpu")


@dataclass(frozen=True)
class Runs:
    """The same trainings by one process and by two."""

    one: Path
    two: Path
    statuses: tuple[int, ...]
    errors: str


def torchrun(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Two processes on this computer."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


def in_two_processes(*arguments: str) -> list[tuple[int, str]]:
    """Exit status and standard error of each, started without torchrun as a job script does."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = Path(__file__).with_name("two_processes.py")
    started = [
        subprocess.Popen(
            [sys.executable, str(script), *arguments], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(REPOSITORY), "RANK": str(rank),
                 "WORLD_SIZE": "2", "LOCAL_RANK": str(rank), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)},
        ) for rank in range(2)
    ]
    errors = [process.communicate()[1] for process in started]
    return [(process.returncode, error) for process, error in zip(started, errors, strict=True)]


@pytest.fixture(scope="module")
def runs(
    ptbxl_mini: Path, normals: list[Path], data: TrainingSet, tiny_config: Callable[..., Config],
    tmp_path_factory: pytest.TempPathFactory,
) -> Runs:
    folder = tmp_path_factory.mktemp("windows")
    config = tiny_config(train={"epochs": 3, "batch_size": 3, "learning_rate": 5e-3})
    (folder / "config.json").write_text(json.dumps(config.to_dict()))
    held_out = [entry.path for entry in load_index(ptbxl_mini).select(folds=[9], label="normal")]
    root = Config(preprocess=PreprocessConfig(scale="root"))
    np.save(folder / "tokens.npy", data.tokens)
    np.save(folder / "held_out.npy", training_set(held_out[:4], config, folder / "cache").tokens)
    np.save(folder / "root.npy", training_set(normals[:6], root, folder / "cache").tokens)
    np.save(folder / "root_held_out.npy", training_set(held_out[:4], root, folder / "cache").tokens)
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    train_both(folder, one, ALONE)
    statuses, errors = zip(*in_two_processes(str(folder), str(two)), strict=True)
    return Runs(one, two, statuses, "".join(errors))


def lines(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("name", ["whole", "hidden"])
def test_two_processes_lose_as_much_in_every_epoch_as_one(runs: Runs, name: str) -> None:
    assert (runs.two / name / "weights.safetensors").is_file(), runs.errors
    one, two = lines(runs.one / name), lines(runs.two / name)
    assert [line["step"] for line in one] == [line["step"] for line in two]
    for field in ("loss", "held_out_loss"):
        found = [line[field] for line in two]
        np.testing.assert_allclose(found, [line[field] for line in one], rtol=1e-5)
        assert len(set(found)) == len(found), "the loss moves"


@pytest.mark.parametrize("name", ["whole", "hidden"])
def test_two_processes_end_with_the_weights_of_one(runs: Runs, name: str) -> None:
    one, two = (read_tensors(folder / name / "weights.safetensors") for folder in (runs.one, runs.two))
    for key, value in one.items():
        if not key.endswith("qkv.bias"):  # a key's bias changes nothing; Adam makes steps of its rounding
            np.testing.assert_allclose(two[key], value, atol=1e-5, err_msg=key)


def test_a_killed_run_of_two_processes_continues_to_the_last_digit(runs: Runs) -> None:
    whole, resumed = (read_tensors(runs.two / name / "weights.safetensors") for name in ("whole", "resumed"))
    assert all(torch.equal(value, resumed[key]) for key, value in whole.items())
    assert [{**line, "seconds": 0} for line in lines(runs.two / "resumed")] == [
        {**line, "seconds": 0} for line in lines(runs.two / "whole")]


def test_the_number_of_processes_is_kept(runs: Runs) -> None:
    assert {line["processes"] for line in lines(runs.two / "whole")} == {2}
    assert json.loads((runs.two / "hidden" / "peer.json").read_text())["training"]["processes"] == 2


def test_an_error_of_one_process_ends_all_with_one_sentence(runs: Runs) -> None:
    assert runs.statuses == (2, 2)
    assert runs.errors.count(FAULT) == 1
    assert "does not answer" not in runs.errors


@pytest.mark.usefixtures("small_cohorts")
def test_the_command_trains_in_two_processes_and_writes_one_model(
    ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    done = torchrun(
        "-m", "mmae_core", "train", "--data", str(ptbxl_mini), "--output", str(run), "--config", str(tiny_settings),
        "--no-compile", "--cache", str(tmp_path / "cache"), "--device", "cpu", "--epochs", "2")
    assert done.returncode == 0, done.stderr
    assert len(lines(run)) == 2
    assert json.loads((run / "training.json").read_text())["processes"] == 2
    assert done.stderr.count("epoch 1: loss") == 1, "the first process alone speaks"
    assert done.stderr.count("8 normal records are held out; calibration needs 20") == 1
    assert not (run / ".lock").exists()


# --- a part of a batch ----------------------------------------------------------------------------------------------


def test_the_parts_of_a_batch_are_the_batch(data: TrainingSet, tiny_config: Callable[..., Config]) -> None:
    config = tiny_config(train={"batch_size": 5})
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(0))

    def first(processes: Processes) -> Batch:
        return next(epoch_batches(token_rows(data.tokens), 8, 5, config, 0, CPU, processes))

    whole, parts = first(ALONE), [first(Processes(rank, 3)) for rank in range(3)]
    assert [len(part) for part in parts] == [2, 2, 1]
    for rank, part in enumerate(parts):
        assert all(torch.equal(own, of_all[rank::3])
                   for own, of_all in zip(part.tensors, whole.tensors, strict=True))
    with torch.no_grad():
        losses = [float(batch_loss(network, part, None)[0]) * len(part) / 5 for part in parts]
        assert sum(losses) == pytest.approx(float(batch_loss(network, whole, None)[0]), rel=1e-6)


def test_a_batch_with_fewer_windows_than_processes_is_refused(
    data: TrainingSet, tiny_config: Callable[..., Config], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="A batch of 4 windows cannot be divided among 5 processes"):
        train(data, tiny_config(), tmp_path / "run", device="cpu", processes=Processes(1, 5))


def test_a_compared_method_is_refused_in_several_processes() -> None:
    peer_class = peer_type("tsrnet")
    peer = peer_class(config_from(peer_class.config_type, {"width": 2, "hidden": 4}), CPU)
    with pytest.raises(ConfigError, match="tsrnet trains in one process"):
        peer.train_with(Processes(0, 2), "auto")
    with pytest.raises(ConfigError, match="tsrnet trains in float32"):
        peer.train_with(ALONE, "bfloat16")


def test_several_processes_take_the_accelerator_of_their_number_or_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    second = Processes(1, 2, local_rank=1)
    assert device_of("cpu", second) == CPU
    with pytest.raises(ConfigError, match="--device cuda:1: several processes train on cuda"):
        device_of("cuda:1", second)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert device_of("auto", second) == torch.device("cuda", 1)
    with pytest.raises(ConfigError, match=r"There are 2 accelerators here for process 3\."):
        device_of("auto", Processes(2, 3, local_rank=2))


def test_only_what_torchrun_sets_makes_a_process_one_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    assert not started_together()
    monkeypatch.setenv("WORLD_SIZE", "2")
    assert not started_together()
    for name, value in (("RANK", "0"), ("MASTER_ADDR", "localhost"), ("MASTER_PORT", "29400")):
        monkeypatch.setenv(name, value)
    assert started_together()


# --- where windows lie ----------------------------------------------------------------------------------------------


def test_windows_stay_on_the_host_where_an_accelerator_has_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = torch.zeros(10, 4, dtype=torch.float16)
    accelerator = torch.device("meta")  # stands for one
    free = {"bytes": int(rows.numel() * 2 / DEVICE_SHARE)}
    monkeypatch.setattr("mmae_core.training.batches.free_bytes", lambda device: free["bytes"])
    assert placed(rows, accelerator).device == accelerator
    assert placed(rows, accelerator, "host") is rows
    assert placed(rows, CPU, "device") is rows, "they are in its memory already"
    free["bytes"] -= 1
    assert placed(rows, accelerator) is rows
    with pytest.raises(ConfigError, match=r"--windows-on device: .* Use --windows-on host"):
        placed(rows, accelerator, "device")


def test_batches_gathered_ahead_are_the_same_in_the_same_order(
    data: TrainingSet, tiny_config: Callable[..., Config]
) -> None:
    def batches() -> list[Batch]:
        return list(epoch_batches(token_rows(data.tokens), 8, 2, tiny_config(), 0, CPU))

    ahead = list(gathered_ahead(iter(batches()), 1))
    assert len(ahead) == 4
    for one, other in zip(ahead, batches(), strict=True):
        assert all(torch.equal(*pair) for pair in zip(one.tensors, other.tensors, strict=True))


def test_a_fault_while_gathering_ahead_is_raised_where_the_batch_is_used(
    data: TrainingSet, tiny_config: Callable[..., Config]
) -> None:
    first = next(epoch_batches(token_rows(data.tokens), 8, 2, tiny_config(), 0, CPU))

    def batches() -> Any:
        yield first
        raise OSError("the disk is gone")

    found = gathered_ahead(batches())
    assert next(found) is first
    with pytest.raises(OSError, match="the disk is gone"):
        next(found)


# --- precision ------------------------------------------------------------------------------------------------------


def test_bfloat16_is_the_default_on_cuda_alone() -> None:
    assert resolve_precision("auto", torch.device("cuda")) == "bfloat16"
    assert resolve_precision("auto", CPU) == "float32"
    assert resolve_precision("bfloat16", CPU) == "bfloat16"


def test_a_run_in_bfloat16_is_near_one_in_float32_and_does_not_continue_in_it(
    data: TrainingSet, tiny_config: Callable[..., Config], tmp_path: Path
) -> None:
    config = tiny_config(train={"epochs": 1})
    for name in ("float32", "bfloat16"):
        train(data, config, tmp_path / name, device="cpu", compile_network=False, precision=name)
    (exact,), (near,) = lines(tmp_path / "float32"), lines(tmp_path / "bfloat16")
    assert near["loss"] == pytest.approx(exact["loss"], rel=0.02)
    assert near["loss"] != exact["loss"]
    with pytest.raises(ModelMismatch, match="was started in bfloat16; continue it with --precision bfloat16"):
        train(data, config, tmp_path / "bfloat16", device="cpu", compile_network=False, resume=True)
