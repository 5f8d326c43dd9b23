"""Training of any peer: one loop that can be killed and resumed at any step.

Every random choice of step s comes from generators seeded with (seed, s), so a resumed run continues as the
uninterrupted one would have.
"""

from __future__ import annotations

import dataclasses
import json
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mmae_core.errors import ConfigError, DatasetError, ModelMismatch
from mmae_core.files import replacing
from mmae_core.model.device import resolve_device
from mmae_core.peers.base import Peer, PeerBatch, PeerConfig, peer_type
from mmae_core.peers.data import PeerData
from mmae_core.scoring.checkpoint import assign, file_sha256, read_tensors, save_weights, write_tensors
from mmae_core.scoring.window_scorer import PEER_FILE
from mmae_core.training.run_folder import RunFolder, StepReport, read_metrics

PEER_FORMAT = 1
RUN_FILE = "run.json"
LOG_STEPS = 50
"""Steps that one line of metrics.jsonl sums up; the end of an epoch ends a line, too."""


@dataclass
class _Progress:
    """Progress of a run."""

    step: int = 0
    seconds: float = 0.0
    """Wall time of all steps so far, those of earlier starts included."""
    sums: dict[str, float] = dataclasses.field(default_factory=dict)
    """Of each named loss since the last line of metrics.jsonl."""
    counted: int = 0

    @property
    def logged_step(self) -> int:
        """The step of the last line of metrics.jsonl; 0 before the first."""
        return self.step - self.counted

    def add(self, losses: Mapping[str, float]) -> None:
        """Count a step."""
        self.step += 1
        self.counted += 1
        for key, value in losses.items():
            self.sums[key] = self.sums.get(key, 0.0) + value


def train_peer(
    name: str,
    data: PeerData,
    config: PeerConfig | None,
    run_folder: Path,
    *,
    device: str = "auto",
    resume: bool = False,
    checkpoint_minutes: float = 5.0,
    facts: dict[str, Any] | None = None,
    on_step: StepReport | None = None,
) -> Path:
    """Train a peer to the end of its schedule; return the run folder, which `load_peer` reads.

    Every `checkpoint_minutes`, and at the end of each epoch, the folder holds the state to resume from. `facts` (data
    set, folds, command) go into peer.json as they are. Raises ConfigError if the folder already holds a run and
    `resume` is False, if another process trains there, or if the loss is no longer a number; ModelMismatch if the run
    there has other settings or other data, or its metrics are missing; DatasetError if no window can be used.
    `on_step` gets the share of the peak learning rate as its last value.
    """
    peer_class = peer_type(name)
    config = config or peer_class.config_type()
    peer = peer_class(config, resolve_device(device))
    rows, without = data.usable(peer)
    if not len(rows):
        raise DatasetError(f"{name} needs R-peaks, and none of the {len(data)} training windows has any it can use.")
    batch_size = min(config.batch_size, len(rows))
    per_epoch = len(rows) // batch_size
    total = config.epochs * per_epoch
    optimisers = peer.optimisers()
    peak_rates = [[float(group["lr"]) for group in optimiser.param_groups] for optimiser in optimisers.values()]

    settings = {"peer": name, "config": dataclasses.asdict(config), "data": data.windows.key, "windows": len(rows)}
    run = RunFolder(run_folder, RUN_FILE)
    with run.opened(settings, resume=resume):
        progress = _load_state(run.state, peer, optimisers) if run.state.exists() else _Progress()
        run.keep_metrics_until(progress.logged_step)
        before, started = progress.seconds, time.monotonic()
        saved_at = started
        peer.network.train()
        while progress.step < total:
            step = progress.step
            factor = peer.rate_factor(step, total)
            for optimiser, peaks in zip(optimisers.values(), peak_rates, strict=True):
                for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                    group["lr"] = peak * factor
            chosen = rows[_epoch_order(config.seed, step // per_epoch, len(rows))]
            first = step % per_epoch * batch_size
            losses = _step(peer, data, np.sort(chosen[first : first + batch_size]), step, optimisers)
            if not math.isfinite(losses["loss"]):
                raise ConfigError(f"The loss became {losses['loss']} at step {step + 1}; learning_rate = "
                                  f"{config.learning_rate} is too high for {name}. The last checkpoint is kept.")
            progress.add(losses)
            progress.seconds = before + time.monotonic() - started
            epoch_ends = progress.step % per_epoch == 0
            if epoch_ends or progress.step % LOG_STEPS == 0:
                _log(run, progress, progress.step / per_epoch, factor)
            if epoch_ends or time.monotonic() - saved_at > 60 * checkpoint_minutes:
                _save_state(run.state, peer, optimisers, progress)
                saved_at = time.monotonic()
            if on_step:
                on_step(progress.step, total, losses["loss"], factor)

        peer.network.eval()
        with torch.no_grad():
            peer.fit_after_training(_every_window(peer, data, rows))
        save_weights(run.weights, peer.network)
        lines = read_metrics(run_folder)
        training = {
            **(facts or {}), "epochs": config.epochs, "steps": total, "windows": len(rows),
            "seconds": round(before + time.monotonic() - started, 1), "device": peer.device.type,
            "threads": torch.get_num_threads(), "loss_first": lines[0]["loss"], "loss_last": lines[-1]["loss"],
            "n_without_r_peaks": len(without), "without_r_peaks": list(without),
        }
        _describe(run, peer, training)
    return run_folder


def _step(
    peer: Peer, data: PeerData, rows: NDArray[np.int64], step: int, optimisers: dict[str, torch.optim.Optimizer]
) -> dict[str, float]:
    seed = (peer.config.seed * 1_000_003 + step) * 1_000_003 + 1
    generator = torch.Generator().manual_seed(seed % 2**32)
    with torch.random.fork_rng(devices=[peer.device] if peer.device.type == "cuda" else []):
        torch.manual_seed(seed % 2**32)  # dropout
        return peer.training_step(data.batch(rows, peer, generator), optimisers)


def _epoch_order(seed: int, epoch: int, count: int) -> NDArray[np.int64]:
    order: NDArray[np.int64] = np.random.default_rng((seed, epoch)).permutation(count)
    return order


def _every_window(peer: Peer, data: PeerData, rows: NDArray[np.int64]) -> Iterator[PeerBatch]:
    generator = torch.Generator().manual_seed(peer.config.seed)
    for first in range(0, len(rows), peer.config.batch_size):
        yield data.batch(rows[first : first + peer.config.batch_size], peer, generator)


def _log(run: RunFolder, progress: _Progress, epoch: float, factor: float) -> None:
    """One line: the mean losses since the last one. Empties the sums."""
    means = {key: value / progress.counted for key, value in progress.sums.items()}
    run.append_metrics({"step": progress.step, "epoch": round(epoch, 4), **means, "rate_factor": factor,
                        "seconds": round(progress.seconds, 2)})
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
        tensors[f"sum.{key}"] = torch.tensor(value, dtype=torch.float64)
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
    sums = {key.removeprefix("sum."): float(value) for key, value in tensors.items() if key.startswith("sum.")}
    return _Progress(step, seconds, sums, counted)
