"""The training loop, which can be killed and resumed at any step.

Every random choice of step s is drawn from a generator seeded with (seed, s), so a resumed run continues exactly
as the uninterrupted one would have, and a fixed seed repeats to the last digit on one CPU.
"""

from __future__ import annotations

import dataclasses
import math
import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mmae_core.config import Config, LossOn, TrainConfig
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.model.device import resolve_device
from mmae_core.model.masking import BranchMask, concatenated_counts, global_choice, random_branch_mask, tied_global_mask
from mmae_core.model.network import MaskedAutoencoder, standardise_targets
from mmae_core.scoring.checkpoint import load_training_state, save_training_state, save_weights
from mmae_core.training.run_folder import RunFolder, RunSettings, StepReport
from mmae_core.training.training_data import TrainingSet

CONFIG_FILE = "config.json"

EpochReport = Callable[["EpochMetrics"], None]


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


@dataclass(frozen=True)
class Batch:
    """The data of one step, already on the device."""

    visible_global: Tensor
    """[N, 30, 1500]"""
    visible_local: Tensor
    """[N, 3, 1500]"""
    target_global: Tensor
    """[N, 10, 1500], not yet standardised"""
    target_local: Tensor
    """[N, 1, 1500]"""
    global_mask: BranchMask
    local_mask: BranchMask
    region_starts: Tensor
    """[N] first segment of the local region"""


def train(
    data: TrainingSet,
    config: Config,
    run_folder: Path,
    *,
    device: str = "auto",
    resume: bool = False,
    compile_network: bool = True,
    keep_every: int = 0,
    on_epoch: EpochReport | None = None,
    on_step: StepReport | None = None,
) -> Path:
    """Train to the end of the schedule; return the weights file.

    After every epoch `run_folder` holds the state to resume from and one more line in metrics.jsonl; every
    `keep_every` epochs it also keeps that epoch's weights. `on_step` gets the learning rate as its last value. Raises
    ConfigError if the folder already holds a run and `resume` is False, or if another process trains there;
    ModelMismatch if it holds a run with other settings or other data, or its metrics are missing.
    """
    torch_device = resolve_device(device)
    settings = config.train
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(settings.seed), settings.position_std)
    network.to(torch_device)
    optimiser = build_optimiser(network, settings, fused=torch_device.type == "cuda")
    batch_size = min(settings.batch_size, len(data))
    steps_per_epoch = len(data) // batch_size
    total_steps = settings.epochs * steps_per_epoch

    rows = token_rows(data.tokens)
    compute_loss = torch.compile(batch_loss) if compile_network and can_compile() else batch_loss
    autocast = torch.autocast("cuda", torch.bfloat16) if torch_device.type == "cuda" else nullcontext()

    run = RunFolder(run_folder, CONFIG_FILE)
    asked = {"config": config.to_dict(), "data": {"key": data.key, "windows": len(data)}}
    with run.opened(asked, resume=resume, is_same=_same_training), _repeatable(torch_device):
        first_epoch = load_training_state(run.state, network, optimiser) if run.state.exists() else 0
        run.keep_metrics_until(first_epoch * steps_per_epoch)
        for epoch in range(first_epoch, settings.epochs):
            started = time.monotonic()
            network.train()
            sums = torch.zeros(3, device=torch_device)
            batches = epoch_batches(rows, len(data), batch_size, config, epoch, torch_device)
            for index, batch in enumerate(batches):
                step = epoch * steps_per_epoch + index
                rate = learning_rate(step, steps_per_epoch, settings)
                for group in optimiser.param_groups:
                    group["lr"] = rate
                with autocast:
                    losses = compute_loss(network, batch, settings.branch_weights, settings.loss_on)
                torch.autograd.backward(losses[0])
                optimiser.step()
                optimiser.zero_grad(set_to_none=True)
                sums += torch.stack(losses).detach()
                if on_step:
                    on_step(step + 1, total_steps, float(losses[0].detach()), rate)
            loss, global_loss, local_loss = (sums / steps_per_epoch).tolist()
            if not math.isfinite(loss):
                raise ConfigError(
                    f"The loss became {loss} in epoch {epoch + 1}; learning_rate = {settings.learning_rate} is too "
                    "high for this data. The state of the epoch before is kept."
                )
            metrics = EpochMetrics(
                epoch + 1, (epoch + 1) * steps_per_epoch, loss, global_loss, local_loss, rate,
                time.monotonic() - started,
            )
            run.append_metrics(dataclasses.asdict(metrics))
            save_training_state(run.state, network, optimiser, epoch + 1)
            if keep_every and (epoch + 1) % keep_every == 0:
                save_weights(run_folder / f"epoch-{epoch + 1:04d}.safetensors", network)
            if on_epoch:
                on_epoch(metrics)
        save_weights(run.weights, network)
    return run.weights


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
    """Whether this computer has the C++ compiler that `torch.compile` calls."""
    return any(shutil.which(name) for name in (os.environ.get("CXX") or "g++", "clang++", "cl"))


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


def token_rows(tokens: NDArray[np.float16]) -> Tensor:
    """[windows * 40, 1500] over the same memory as (windows, 40, 1500); only ever read."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
        return torch.from_numpy(tokens.reshape(-1, tokens.shape[-1]))


def epoch_batches(
    rows: Tensor, n_windows: int, batch_size: int, config: Config, epoch: int, device: torch.device
) -> Iterator[Batch]:
    """The batches of one epoch, the incomplete last one dropped. rows: [windows * 40, 1500], float16."""
    seed = config.train.seed
    order = torch.randperm(n_windows, generator=_generator(seed, epoch, 0))
    for index in range(n_windows // batch_size):
        windows = order[index * batch_size : (index + 1) * batch_size].sort().values  # ascending: kinder to the disk
        yield make_batch(rows, windows, config, _generator(seed, epoch, index + 1), device)


def make_batch(
    rows: Tensor, windows: Tensor, config: Config, generator: torch.Generator, device: torch.device
) -> Batch:
    """Draw the masks for `windows` [N] and gather just the rows they need: a mask each, one region a batch."""
    model = config.model
    n = len(windows)
    choice = int(torch.randint(len(model.region_starts), (1,), generator=generator))
    region_start = model.region_starts[choice]
    region_starts = torch.full((n,), region_start)
    n_masked_local, (n_chosen, n_masked_global) = model.n_masked_local, global_choice(model)
    if model.local_masks == "concatenated":
        n_masked_global, n_masked_local = concatenated_counts(model, generator)
    global_mask = random_branch_mask(n, n_chosen, n_masked_global, generator)
    local_mask = random_branch_mask(n, model.n_local, n_masked_local, generator)
    if model.local_masks == "tied":
        global_mask = tied_global_mask(local_mask, global_mask, region_starts, model)
    first_row = windows[:, None] * model.n_segments

    def gather(segments: Tensor) -> Tensor:
        picked = rows[(first_row + segments).flatten()].to(device, non_blocking=True).float()
        return picked.view(n, segments.shape[1], model.token_size)

    return Batch(
        visible_global=gather(global_mask.visible),
        visible_local=gather(region_start + local_mask.visible),
        target_global=gather(global_mask.masked),
        target_local=gather(region_start + local_mask.masked),
        global_mask=global_mask.to(device),
        local_mask=local_mask.to(device),
        region_starts=region_starts.to(device),
    )


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


def _generator(seed: int, epoch: int, index: int) -> torch.Generator:
    """A generator of its own for each step (and, at index 0, for each epoch's order)."""
    return torch.Generator().manual_seed(((seed * 1_000_003 + epoch) * 1_000_003 + index) % 2**32)


def _same_training(found: RunSettings, asked: RunSettings) -> bool:
    """Whether two runs' settings ask for the same training; how errors become scores does not matter to it."""
    try:
        started_with = Config.from_dict(found["config"])
    except (KeyError, ConfigError) as error:
        raise ModelMismatch(f"{CONFIG_FILE} of the run is damaged or of another version: {error}") from error
    config = Config.from_dict(asked["config"])
    return dataclasses.replace(started_with, score=config.score) == config and found.get("data") == asked["data"]
