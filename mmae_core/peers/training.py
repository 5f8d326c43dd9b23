"""Training of any peer: one loop that can be killed and resumed at any step.

Every random choice of step s comes from generators seeded with (seed, s), so a resumed run continues as the
uninterrupted one would have.
"""

from __future__ import annotations

import dataclasses
import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mmae_core.errors import ConfigError, DatasetError, ModelMismatch
from mmae_core.files import replacing
from mmae_core.peers.base import Peer, PeerBatch, PeerConfig, peer_type
from mmae_core.peers.data import PeerData
from mmae_core.scoring.checkpoint import assign, file_sha256, read_json, read_tensors, save_weights, write_tensors
from mmae_core.scoring.window_scorer import PEER_FILE
from mmae_core.training.batches import KeptOn, on_device
from mmae_core.training.precision import Precision
from mmae_core.training.processes import ALONE, Processes, device_of
from mmae_core.training.run_folder import RunFolder, StepReport, read_metrics
from mmae_core.training.tensorboard import board

PEER_FORMAT = 1
REPORT_S = 0.5
"""As `mmae_core.training.train.REPORT_S`."""
RUN_FILE = "run.json"
LOG_STEPS = 50
"""Steps that one line of metrics.jsonl sums up; the end of an epoch ends a line, too."""


@dataclass
class _Progress:
    """Progress of a run."""

    step: int = 0
    seconds: float = 0.0
    """Wall time of all steps so far, those of earlier starts included."""
    sums: dict[str, Tensor] = dataclasses.field(default_factory=dict)
    """Of each named loss since the last line of metrics.jsonl, on the device: fetching them waits for the step."""
    counted: int = 0

    @property
    def logged_step(self) -> int:
        """The step of the last line of metrics.jsonl; 0 before the first."""
        return self.step - self.counted

    def add(self, losses: Mapping[str, Tensor]) -> None:
        """Count a step."""
        self.step += 1
        self.counted += 1
        for key, value in losses.items():
            summand = value if value.device.type == "mps" else value.double()  # MPS knows no float64
            self.sums[key] = summand + self.sums[key].to(value.device) if key in self.sums else summand

    def totals(self, processes: Processes) -> dict[str, float]:
        """The sums over all processes."""
        return {key: float(processes.total(value.clone())) for key, value in self.sums.items()}


def train_peer(
    name: str,
    data: PeerData,
    config: PeerConfig | None,
    run_folder: Path,
    *,
    held_out: PeerData | None = None,
    device: str = "auto",
    precision: Precision = "auto",
    windows_on: KeptOn = "auto",
    processes: Processes = ALONE,
    resume: bool = False,
    checkpoint_minutes: float = 5.0,
    facts: dict[str, Any] | None = None,
    tensorboard: bool = False,
    on_step: StepReport | None = None,
) -> Path:
    """Train a peer to the end of its schedule; return the run folder, which `load_peer` reads.

    Every `checkpoint_minutes`, and at the end of each epoch, the folder holds the state to resume from; lines of
    metrics.jsonl at the end of an epoch have the loss of `held_out` windows, where the method defines one. `facts`
    (data set, folds, command) go into peer.json as they are. Raises ConfigError if the folder already holds a run and
    `resume` is False, if another process trains there, or if the loss is no longer a number; ModelMismatch if the run
    there has other settings or other data, or its metrics are missing; DatasetError if no window can be used.
    `on_step` gets the share of the peak learning rate as its last value; on an accelerator, and with several
    `processes`, it is called for some steps only, with the loss of the first process's windows. With several processes
    checkpoints wait for a line of metrics.jsonl.
    """
    peer_class = peer_type(name)
    config = config or peer_class.config_type()
    peer = peer_class(config, device_of(device, processes))
    peer.train_with(processes, precision)
    rows, without = data.usable(peer)
    if not len(rows):
        raise DatasetError(f"{name} needs R-peaks, and none of the {len(data)} training windows has any it can use.")
    batch_size = min(config.batch_size, len(rows))
    processes.require_batch(batch_size)
    processes.require_same("prepared windows", len(rows), peer.device)
    per_epoch = len(rows) // batch_size
    total = config.epochs * per_epoch
    optimisers = peer.optimisers()
    peak_rates = [[float(group["lr"]) for group in optimiser.param_groups] for optimiser in optimisers.values()]
    data = data.on(peer.device, windows_on)
    waits = peer.device.type != "cpu"  # fetching a number from an accelerator waits for its step

    settings: dict[str, Any] = {"peer": name, "config": dataclasses.asdict(config), "data": data.windows.key,
                                "windows": len(rows)}
    if precision == "bfloat16":
        settings["precision"] = precision
    run = RunFolder(run_folder, RUN_FILE)
    with (
        _opened(run, settings, resume, processes),
        board(run.path, wanted=tensorboard and processes.is_first) as draw,
    ):
        progress = _restored(run, peer, optimisers, processes)
        before, started = progress.seconds, time.monotonic()
        saved_at = reported_at = started
        peer.network.train()
        batches = _batches(peer, data, rows, batch_size, range(progress.step, total), processes)
        for step, batch in batches:
            factor = peer.rate_factor(step, total)
            for optimiser, peaks in zip(optimisers.values(), peak_rates, strict=True):
                for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                    group["lr"] = peak * factor
            losses = _step(peer, batch, step, optimisers)
            progress.add(losses)
            progress.seconds = before + time.monotonic() - started
            epoch_ends = progress.step % per_epoch == 0
            logs = epoch_ends or progress.step % LOG_STEPS == 0
            saves = epoch_ends or ((processes.world == 1 or logs) and
                                   time.monotonic() - saved_at > 60 * checkpoint_minutes)
            if logs or saves or (not waits and processes.world == 1):
                _require_finite(progress, losses["loss"], config, name)
            if logs:
                held_out_loss = _held_out_loss(peer, held_out, processes) if epoch_ends and held_out else None
                _log(run, progress, progress.step / per_epoch, factor, held_out_loss, processes, draw)
            if saves and processes.is_first:
                _save_state(run.state, peer, optimisers, progress)
                saved_at = time.monotonic()
            if on_step and (not waits or time.monotonic() - reported_at > REPORT_S):
                on_step(progress.step, total, float(losses["loss"]), factor)
                reported_at = time.monotonic()
        if not processes.is_first:
            return run_folder

        peer.network.eval()
        with torch.no_grad():
            peer.fit_after_training(_every_window(peer, data, rows))
        save_weights(run.weights, peer.network)
        lines = read_metrics(run_folder)
        training = {
            **(facts or {}), "epochs": config.epochs, "steps": total, "windows": len(rows),
            "seconds": round(before + time.monotonic() - started, 1), "device": peer.device.type,
            "threads": torch.get_num_threads(), "processes": processes.world,
            "loss_first": lines[0]["loss"], "loss_last": lines[-1]["loss"],
            "n_without_r_peaks": len(without), "without_r_peaks": list(without),
        }
        if "held_out_loss" in lines[-1]:
            training["held_out_loss_last"] = lines[-1]["held_out_loss"]
        _describe(run, peer, training)
    return run_folder


def is_trained(folder: Path, config: PeerConfig) -> bool:
    """Whether a training with these settings has ended in a folder. Raises ModelMismatch if one with others has."""
    if not (folder / PEER_FILE).is_file():
        return False
    found, asked = read_json(folder / RUN_FILE).get("config"), dataclasses.asdict(config)
    if json.dumps(found, sort_keys=True) != json.dumps(asked, sort_keys=True):
        raise ModelMismatch(f"The training in {folder} ended with other settings than are asked for now; they are in "
                            f"{RUN_FILE}. Leave yours out to keep it, or name another folder.")
    return True


@contextmanager
def _opened(run: RunFolder, settings: dict[str, Any], resume: bool, processes: Processes) -> Iterator[None]:
    """The first process opens and locks the folder; the others wait until it has."""
    if processes.is_first:
        with run.opened(settings, resume=resume):
            processes.first_then_others(lambda: None)
            yield
    else:
        processes.first_then_others(lambda: None)
        yield


def _restored(
    run: RunFolder, peer: Peer, optimisers: dict[str, torch.optim.Optimizer], processes: Processes
) -> _Progress:
    """Where the last checkpoint was; the first process reads it."""
    progress = _Progress()
    if processes.is_first:
        progress = _load_state(run.state, peer, optimisers) if run.state.exists() else progress
        run.keep_metrics_until(progress.logged_step)
    processes.share_weights(peer.network)
    for optimiser in optimisers.values():
        processes.share_moments(peer.network.parameters(), optimiser)
    step = processes.of_first(progress.step, peer.device)
    if not processes.is_first:
        progress = _Progress(step)
    progress.counted = processes.of_first(progress.counted, peer.device)
    return progress


def _require_finite(progress: _Progress, loss: Tensor, config: PeerConfig, name: str) -> None:
    total = float(progress.sums["loss"])
    if not math.isfinite(total):
        raise ConfigError(f"The loss became {float(loss)} at step {progress.step}; learning_rate = "
                          f"{config.learning_rate} is too high for {name}. The last checkpoint is kept.")


def _batches(
    peer: Peer, data: PeerData, rows: NDArray[np.int64], batch_size: int, steps: range, processes: Processes
) -> Iterator[tuple[int, PeerBatch]]:
    """(step, its batch on the device), 0-based."""
    per_epoch = len(rows) // batch_size

    def gathered() -> Iterator[PeerBatch]:
        for step in steps:
            chosen = rows[_epoch_order(peer.config.seed, step // per_epoch, len(rows))]
            first = step % per_epoch * batch_size
            generator = torch.Generator().manual_seed(_step_seed(peer.config, step))
            yield data.gathered(np.sort(chosen[first : first + batch_size]), peer, generator, processes)

    lies_on = torch.device("cpu") if data.resident is None else data.resident.device
    yield from zip(steps, on_device(gathered(), lies_on, peer.device), strict=True)


def _step_seed(config: PeerConfig, step: int) -> int:
    return ((config.seed * 1_000_003 + step) * 1_000_003 + 1) % 2**32


def _step(
    peer: Peer, batch: PeerBatch, step: int, optimisers: dict[str, torch.optim.Optimizer]
) -> dict[str, Tensor]:
    with torch.random.fork_rng(devices=[peer.device] if peer.device.type == "cuda" else []):
        torch.manual_seed(_step_seed(peer.config, step))  # dropout
        return peer.training_step(batch, optimisers)


def _held_out_loss(peer: Peer, held_out: PeerData, processes: Processes) -> float | None:
    """The loss of held-out windows; None where the method defines none."""
    if not peer.has_held_out_loss:
        return None
    return peer.held_out_loss(_every_window(peer, held_out, np.arange(len(held_out)), processes), processes)


def _epoch_order(seed: int, epoch: int, count: int) -> NDArray[np.int64]:
    order: NDArray[np.int64] = np.random.default_rng((seed, epoch)).permutation(count)
    return order


def _every_window(
    peer: Peer, data: PeerData, rows: NDArray[np.int64], processes: Processes = ALONE
) -> Iterator[PeerBatch]:
    generator = torch.Generator().manual_seed(peer.config.seed)
    for first in range(0, len(rows), peer.config.batch_size):
        yield data.batch(rows[first : first + peer.config.batch_size], peer, generator, processes)


def _log(
    run: RunFolder, progress: _Progress, epoch: float, factor: float, held_out_loss: float | None, processes: Processes,
    draw: Callable[[Mapping[str, Any]], None],
) -> None:
    """One line: the mean losses since the last one. Empties the sums."""
    means = {key: value / progress.counted for key, value in progress.totals(processes).items()}
    after = {} if held_out_loss is None else {"held_out_loss": held_out_loss}
    if processes.is_first:
        line = {"step": progress.step, "epoch": round(epoch, 4), **means, "rate_factor": factor,
                "seconds": round(progress.seconds, 2), **after}
        run.append_metrics(line)
        draw(line)
    progress.sums, progress.counted = {}, 0


def _describe(run: RunFolder, peer: Peer, training: dict[str, Any]) -> None:
    description = {
        "format": PEER_FORMAT, "name": peer.name, "source": peer.source, "config": dataclasses.asdict(peer.config),
        "sha256": file_sha256(run.weights), "parameters": peer.n_parameters,
        "macs_per_record": peer.macs_per_record(), "costs": peer.costs(), "training": training,
    }
    with replacing(run.path / PEER_FILE) as part:
        part.write_text(json.dumps(description, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _save_state(
    path: Path, peer: Peer, optimisers: dict[str, torch.optim.Optimizer], progress: _Progress
) -> None:
    """Network, optimisers and progress. Parameters of an optimiser are named by their place in it."""
    tensors: dict[str, Tensor] = {f"network.{key}": value for key, value in peer.network.state_dict().items()}
    for name, optimiser in optimisers.items():
        for place, moments in optimiser.state_dict()["state"].items():
            for moment, value in moments.items():
                tensors[f"optimiser.{name}.{place}.{moment}"] = torch.as_tensor(value)
    tensors["progress.step"] = torch.tensor([progress.step, progress.counted])
    tensors["progress.seconds"] = torch.tensor(progress.seconds, dtype=torch.float64)
    for key, value in progress.sums.items():
        tensors[f"sum.{key}"] = value.cpu().double()
    write_tensors(path, tensors)


def _load_state(path: Path, peer: Peer, optimisers: dict[str, torch.optim.Optimizer]) -> _Progress:
    """Restore what `_save_state` wrote. Raises ModelMismatch if the file is none of this peer."""
    tensors = read_tensors(path)
    network = {key.removeprefix("network."): value for key, value in tensors.items() if key.startswith("network.")}
    assign(network, peer.network, path)
    states: dict[str, dict[int, dict[str, Tensor]]] = {name: {} for name in optimisers}
    try:
        for key, value in tensors.items():
            if key.startswith("optimiser."):
                name, place, moment = key.removeprefix("optimiser.").rsplit(".", 2)
                states[name].setdefault(int(place), {})[moment] = value
        for name, optimiser in optimisers.items():
            groups = optimiser.state_dict()["param_groups"]
            optimiser.load_state_dict({"state": states[name], "param_groups": groups})
        step, counted = tensors["progress.step"].tolist()
        seconds = float(tensors["progress.seconds"])
    except (KeyError, ValueError) as error:
        raise ModelMismatch(f"{path.name} is no state of such a training: {error}. Start the run anew.") from error
    sums = {key.removeprefix("sum."): value for key, value in tensors.items() if key.startswith("sum.")}
    return _Progress(step, seconds, sums, counted)
