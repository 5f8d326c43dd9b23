"""The training loop, which can be killed and resumed at any step.

Every random choice of step s is drawn from a generator seeded with (seed, s), so a resumed run continues exactly
as the uninterrupted one would have, and a fixed seed repeats to the last digit on one CPU. Several processes do the
same steps together; sums over their parts of a batch then differ from one process's by rounding.
"""

from __future__ import annotations

import dataclasses
import math
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from mmae_core.config import Config, LossOn, ModelConfig, TrainConfig
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.model.network import MaskedAutoencoder, standardise_targets
from mmae_core.scoring.checkpoint import load_training_state, save_training_state, save_weights
from mmae_core.training.batches import Batch, KeptOn, epoch_batches, held_out_batches, placed, token_rows
from mmae_core.training.precision import Precision, autocast, resolve_precision
from mmae_core.training.processes import ALONE, Processes, device_of
from mmae_core.training.run_folder import RunFolder, RunSettings, StepReport
from mmae_core.training.tensorboard import board
from mmae_core.training.training_data import TrainingSet

CONFIG_FILE = "config.json"
REPORT_S = 0.5
"""The loss of a step is fetched from an accelerator this often at most: fetching waits for the step."""

EpochReport = Callable[["EpochMetrics"], None]
Loss = Callable[[MaskedAutoencoder, Batch, "tuple[float, float] | None", LossOn], tuple[Tensor, Tensor, Tensor]]


@dataclass(frozen=True)
class EpochMetrics:
    """One line of metrics.jsonl."""

    epoch: int
    step: int
    loss: float
    global_loss: float
    local_loss: float
    learning_rate: float
    seconds: float
    """Wall time of the epoch."""
    held_out_loss: float | None = None
    """After the epoch, of normals that are not trained on, with the same masks each time; None without any."""
    processes: int = 1
    """How many trained together."""


def train(
    data: TrainingSet,
    config: Config,
    run_folder: Path,
    *,
    held_out: TrainingSet | None = None,
    device: str = "auto",
    precision: Precision = "auto",
    windows_on: KeptOn = "auto",
    processes: Processes = ALONE,
    resume: bool = False,
    compile_network: bool = True,
    keep_every: int = 0,
    tensorboard: bool = False,
    on_epoch: EpochReport | None = None,
    on_step: StepReport | None = None,
) -> Path:
    """Train to the end of the schedule; return the weights file.

    After every epoch `run_folder` holds the state to resume from and one more line in metrics.jsonl, with the loss of
    `held_out` windows if there are any; every `keep_every` epochs it also keeps that epoch's weights. With
    `tensorboard` it gets curves for that program. `on_step` gets the learning rate as its last value; on an
    accelerator, and with several `processes`, it is called for some steps only, with the loss of the first process's
    windows. Raises ConfigError if the folder already holds a run and `resume` is False, or if another process trains
    there; ModelMismatch if it holds a run with other settings or other data, or its metrics are missing.
    """
    torch_device = device_of(device, processes)
    settings = config.train
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(settings.seed), settings.position_std)
    network.to(torch_device)
    optimiser = build_optimiser(network, settings, fused=torch_device.type == "cuda")
    batch_size = min(settings.batch_size, len(data))
    processes.require_batch(batch_size)
    processes.require_same("prepared windows", len(data), torch_device)
    steps_per_epoch = len(data) // batch_size
    total_steps = settings.epochs * steps_per_epoch

    rows = placed(token_rows(data.tokens), torch_device, windows_on)
    held_out_rows = None if held_out is None else placed(token_rows(held_out.tokens), torch_device, windows_on)
    compute_loss = torch.compile(batch_loss) if compile_network and can_compile() else batch_loss
    precision = resolve_precision(precision, torch_device)
    loss_of = processes.together(
        _Loss(network, compute_loss, settings), torch_device, some_unused=_leaves_parameters_out(config.model))

    run = RunFolder(run_folder, CONFIG_FILE)
    asked = {"config": config.to_dict(), "data": {"key": data.key, "windows": len(data)}, "precision": precision}
    with (
        _opened(run, asked, resume, processes), _repeatable(torch_device),
        board(run.path, wanted=tensorboard and processes.is_first) as draw,
    ):
        first_epoch = _restored(run, network, optimiser, steps_per_epoch, processes, torch_device)
        for epoch in range(first_epoch, settings.epochs):
            started = time.monotonic()
            reported = started
            network.train()
            sums = torch.zeros(3, device=torch_device)
            batches = epoch_batches(rows, len(data), batch_size, config, epoch, torch_device, processes)
            for index, batch in enumerate(batches):
                step = epoch * steps_per_epoch + index
                rate = learning_rate(step, steps_per_epoch, settings)
                for group in optimiser.param_groups:
                    group["lr"] = rate
                share = len(batch) / batch_size
                with autocast(precision, torch_device):
                    losses = loss_of(batch)
                torch.autograd.backward(losses[0] if processes.world == 1 else losses[0] * (share * processes.world))
                optimiser.step()
                optimiser.zero_grad(set_to_none=True)
                sums += torch.stack(losses).detach() * share
                if on_step and (torch_device.type == "cpu" or time.monotonic() - reported > REPORT_S):
                    on_step(step + 1, total_steps, float(losses[0].detach()), rate)
                    reported = time.monotonic()
            loss, global_loss, local_loss = (processes.total(sums) / steps_per_epoch).tolist()
            if not math.isfinite(loss):
                raise ConfigError(
                    f"The loss became {loss} in epoch {epoch + 1}; learning_rate = {settings.learning_rate} is too "
                    "high for this data. The state of the epoch before is kept."
                )
            metrics = EpochMetrics(
                epoch + 1, (epoch + 1) * steps_per_epoch, loss, global_loss, local_loss, rate,
                time.monotonic() - started,
                None if held_out_rows is None else held_out_loss(
                    network, held_out_rows, config, torch_device, processes),
                processes.world,
            )
            if not processes.is_first:
                continue
            run.append_metrics(dataclasses.asdict(metrics))
            draw(dataclasses.asdict(metrics))
            save_training_state(run.state, network, optimiser, epoch + 1)
            if keep_every and (epoch + 1) % keep_every == 0:
                save_weights(run_folder / f"epoch-{epoch + 1:04d}.safetensors", network)
            if on_epoch:
                on_epoch(metrics)
        if processes.is_first:
            save_weights(run.weights, network)
    return run.weights


class _Loss(nn.Module):
    """A module whose forward is the loss of a batch: what several processes wrap, to average gradients as they come."""

    def __init__(self, network: MaskedAutoencoder, compute: Loss, settings: TrainConfig) -> None:
        super().__init__()
        self.network = network
        self._compute, self._settings = compute, settings

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        return self._compute(self.network, batch, self._settings.branch_weights, self._settings.loss_on)


def _leaves_parameters_out(model: ModelConfig) -> bool:
    """Whether a step may leave parameters without a gradient: positions that a variant of the model never uses."""
    return model.branches != "both" or model.local_positions == "shared"


@contextmanager
def _opened(run: RunFolder, asked: dict[str, Any], resume: bool, processes: Processes) -> Iterator[None]:
    """The first process opens and locks the folder; the others wait until it has."""
    opened = run.opened(asked, resume=resume, is_same=_same_training) if processes.is_first else nullcontext()
    if not processes.is_first:
        processes.first_then_others(lambda: None)
    with opened:
        if processes.is_first:
            processes.first_then_others(lambda: None)
        yield


def _restored(
    run: RunFolder, network: MaskedAutoencoder, optimiser: torch.optim.Optimizer, steps_per_epoch: int,
    processes: Processes, device: torch.device,
) -> int:
    """Epochs done; the first process reads them, and network and moments, from the last checkpoint."""
    done = 0
    if processes.is_first:
        done = load_training_state(run.state, network, optimiser) if run.state.exists() else 0
        run.keep_metrics_until(done * steps_per_epoch)
    processes.share_weights(network)
    processes.share_moments(network.parameters(), optimiser)
    return processes.of_first(done, device)


def held_out_loss(
    network: MaskedAutoencoder, rows: Tensor, config: Config, device: torch.device, processes: Processes = ALONE
) -> float:
    """The loss of windows that are not trained on, in float32, with masks that are the same each time.

    rows: [windows * 40, 1500], float16.
    """
    settings = config.train
    n_windows = len(rows) // config.model.n_segments
    total = torch.zeros((), device=device)
    network.eval()
    with torch.no_grad():
        for batch in held_out_batches(rows, n_windows, settings.batch_size, config, device, processes):
            total += batch_loss(network, batch, settings.branch_weights, settings.loss_on)[0] * len(batch)
    network.train()
    return float(processes.total(total)) / n_windows


@contextmanager
def _repeatable(device: torch.device) -> Iterator[None]:
    """On a CPU, sums whose order does not depend on how threads happen to run.

    Without it a compiled network sums the gradients of positions in arbitrary order, and two runs diverge.
    """
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(before or device.type == "cpu")
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)


def can_compile() -> bool:
    """Whether this computer has the C++ compiler that `torch.compile` calls; a frozen program lacks the rest."""
    compilers = os.environ.get("CXX") or "g++", "clang++", "cl"
    return not getattr(sys, "frozen", False) and any(shutil.which(name) for name in compilers)


def batch_loss(
    network: MaskedAutoencoder, batch: Batch, branch_weights: tuple[float, float] | None, loss_on: LossOn = "masked"
) -> tuple[Tensor, Tensor, Tensor]:
    """Weighted, global and local loss: mean squared error on standardised masked segments (paper, eq. 13).

    Without `branch_weights` the branches weigh as many masked segments as they have, the paper's plain sum. A branch
    that the model lacks has no weight, and 0 for its loss.
    """
    config = network.config
    inputs = batch.visible_global, batch.visible_local, batch.global_mask, batch.local_mask, batch.region_starts
    targets = batch.target_global, batch.target_local
    if loss_on == "all":
        predicted = network.reconstruct_all(network.embed(inputs[0]), network.embed(inputs[1]), *inputs[2:])
        targets = torch.cat([inputs[0], targets[0]], dim=1), torch.cat([inputs[1], targets[1]], dim=1)
    else:
        predicted = network(*inputs)
    global_loss, local_loss = (
        (standardise_targets(target, config)[0] - prediction.float()).square().mean() if target.numel()
        else target.new_zeros(())
        for target, prediction in zip(targets, predicted, strict=True)
    )
    weight_global, weight_local = branch_weights or (batch.target_global.shape[1], batch.target_local.shape[1])
    total = (weight_global * global_loss + weight_local * local_loss) / (weight_global + weight_local)
    return total, global_loss, local_loss


def build_optimiser(network: MaskedAutoencoder, settings: TrainConfig, fused: bool) -> torch.optim.AdamW:
    """AdamW; only matrices decay (biases, norms, tokens and positions do not)."""
    decayed: list[Tensor] = []
    plain: list[Tensor] = []
    for name, parameter in network.named_parameters():
        is_matrix = parameter.ndim == 2 and "positions" not in name
        (decayed if is_matrix else plain).append(parameter)
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(
        groups, lr=settings.learning_rate, betas=(settings.beta1, settings.beta2), fused=fused or None
    )


def learning_rate(step: int, steps_per_epoch: int, settings: TrainConfig) -> float:
    """Linear warm-up to the peak rate, then a half cosine to zero at the last step; `step` counts from 0."""
    warmup = settings.warmup_epochs * steps_per_epoch
    total = settings.epochs * steps_per_epoch
    if step < warmup:
        return settings.learning_rate * (step + 1) / warmup
    progress = (step - warmup + 1) / max(1, total - warmup)
    return settings.learning_rate * 0.5 * (1.0 + math.cos(math.pi * progress))


def _same_training(found: RunSettings, asked: RunSettings) -> bool:
    """Whether two runs' settings ask for the same training; how errors become scores does not matter to it."""
    try:
        started_with = Config.from_dict(found["config"])
    except (KeyError, ConfigError) as error:
        raise ModelMismatch(f"{CONFIG_FILE} of the run is damaged or of another version: {error}") from error
    precision = found.get("precision", asked["precision"])
    if precision != asked["precision"]:
        raise ModelMismatch(f"The run was started in {precision}; continue it with --precision {precision}.")
    config = Config.from_dict(asked["config"])
    return dataclasses.replace(started_with, score=config.score) == config and found.get("data") == asked["data"]
