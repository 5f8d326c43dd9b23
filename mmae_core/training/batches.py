"""From prepared windows to the batches of a training step, on the device: kept there, or gathered ahead of time."""

from __future__ import annotations

import queue
import threading
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, Self, TypeVar, get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mmae_core.config import Config
from mmae_core.errors import ConfigError
from mmae_core.model.masking import BranchMask, concatenated_counts, global_choice, random_branch_mask, tied_global_mask
from mmae_core.training.processes import ALONE, Processes

KeptOn = Literal["auto", "device", "host"]
"""Where prepared windows lie while a network trains: `auto` puts them on an accelerator if they fit."""
KEPT_ON: tuple[KeptOn, ...] = get_args(KeptOn)
DEVICE_SHARE = 0.5
"""Prepared windows take at most this share of an accelerator's free memory; the rest is for the step."""
GATHERED_AHEAD = 2
"""Batches that wait, pinned, for the step that takes them."""
HELD_OUT_EPOCH = 999_983
"""Stands for the epoch where masks of held-out windows are drawn: the same after every epoch."""


@dataclass(frozen=True)
class Batch:
    """The data of one step, or this process's part of it."""

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

    def __len__(self) -> int:
        return len(self.region_starts)

    @property
    def tensors(self) -> tuple[Tensor, ...]:
        """All of it, segments first."""
        masks = (self.global_mask, self.local_mask)
        return (self.visible_global, self.visible_local, self.target_global, self.target_local,
                *(part for mask in masks for part in (mask.masked, mask.visible)), self.region_starts)

    def pinned(self) -> Self:
        """The same in memory from which an accelerator copies while it computes."""
        return self._of([tensor.pin_memory() for tensor in self.tensors])

    def to(self, device: torch.device) -> Self:
        """The same on the device, segments as float32."""
        moved = [tensor.to(device, non_blocking=True) for tensor in self.tensors]
        return self._of([*(tensor.float() for tensor in moved[:4]), *moved[4:]])

    @classmethod
    def _of(cls, tensors: list[Tensor]) -> Self:
        global_mask, local_mask = BranchMask(*tensors[4:6]), BranchMask(*tensors[6:8])
        visible_global, visible_local, target_global, target_local = tensors[:4]
        return cls(visible_global, visible_local, target_global, target_local, global_mask, local_mask, tensors[8])


def token_rows(tokens: NDArray[np.float16]) -> Tensor:
    """[windows * 40, 1500] over the same memory as (windows, 40, 1500); only ever read."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
        return torch.from_numpy(tokens.reshape(-1, tokens.shape[-1]))


def placed(rows: Tensor, device: torch.device, kept_on: KeptOn = "auto") -> Tensor:
    """Rows where the steps gather them: on an accelerator if asked for or, with `auto`, if they fit.

    Raises ConfigError if they are asked for on a device without room.
    """
    if device.type == "cpu" or kept_on == "host":
        return rows
    free = free_bytes(device)
    n_bytes = rows.numel() * rows.element_size()
    if free is not None and n_bytes <= DEVICE_SHARE * free:
        return rows.to(device)
    if kept_on == "device":
        told = "is not known" if free is None else f"is {free / 1e9:.1f} GB"
        raise ConfigError(f"--windows-on device: the prepared windows take {n_bytes / 1e9:.1f} GB and may take "
                          f"{DEVICE_SHARE:.0%} of the free memory of {device}, which {told}. Use --windows-on host.")
    return rows


def free_bytes(device: torch.device) -> int | None:
    """Free memory of an accelerator; None where it does not say."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type == "mps":
        return int(torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    return None


def epoch_batches(
    rows: Tensor, n_windows: int, batch_size: int, config: Config, epoch: int, device: torch.device,
    processes: Processes = ALONE,
) -> Iterator[Batch]:
    """The batches of one epoch, the incomplete last one dropped. rows: [windows * 40, 1500], float16.

    With several processes each batch has this one's windows alone. Rows that do not lie on an accelerator are gathered
    by a thread, ahead of the step.
    """
    seed = config.train.seed
    order = torch.randperm(n_windows, generator=step_generator(seed, epoch, 0))

    def gathered() -> Iterator[Batch]:
        for index in range(n_windows // batch_size):
            windows = order[index * batch_size : (index + 1) * batch_size].sort().values  # ascending: kind to the disk
            yield gather_batch(rows, windows, config, step_generator(seed, epoch, index + 1), processes)

    yield from on_device(gathered(), rows.device, device)


def held_out_batches(
    rows: Tensor, n_windows: int, batch_size: int, config: Config, device: torch.device, processes: Processes = ALONE
) -> Iterator[Batch]:
    """All windows once, with the same masks after every epoch; a process with none of the last batch skips it."""

    def gathered() -> Iterator[Batch]:
        for index, first in enumerate(range(0, n_windows, batch_size)):
            windows = torch.arange(first, min(first + batch_size, n_windows))
            if len(windows) > processes.rank:
                yield gather_batch(rows, windows, config,
                                   step_generator(config.train.seed, HELD_OUT_EPOCH, index), processes)

    yield from on_device(gathered(), rows.device, device)


class Movable(Protocol):
    """A batch that can be pinned and moved."""

    def pinned(self) -> Self:
        """The same in pinned memory."""

    def to(self, device: torch.device) -> Self:
        """The same on a device."""


_Movable = TypeVar("_Movable", bound=Movable)


def on_device(batches: Iterator[_Movable], lies_on: torch.device, device: torch.device) -> Iterator[_Movable]:
    """Batches on the device; those of the host are gathered and pinned by a thread while the device computes."""
    if device.type == lies_on.type:
        yield from (batch.to(device) for batch in batches)
        return
    pin = device.type == "cuda"
    for batch in gathered_ahead(batch.pinned() if pin else batch for batch in batches):
        yield batch.to(device)


def gathered_ahead(batches: Iterable[_Movable], ahead: int = GATHERED_AHEAD) -> Iterator[_Movable]:
    """The same batches in the same order, made by a thread that is at most `ahead` batches further.

    What it raises is raised here; it ends when the caller stops early.
    """
    ready: queue.Queue[_Movable | BaseException | None] = queue.Queue(ahead)
    stopped = threading.Event()

    def put(item: _Movable | BaseException | None) -> bool:
        while not stopped.is_set():
            try:
                ready.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def gather() -> None:
        try:
            for batch in batches:
                if not put(batch):
                    return
        except BaseException as error:  # noqa: BLE001 - raised again where the batches are used
            put(error)
        else:
            put(None)

    thread = threading.Thread(target=gather, name="batches", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        thread.join()


def make_batch(
    rows: Tensor, windows: Tensor, config: Config, generator: torch.Generator, device: torch.device,
    processes: Processes = ALONE,
) -> Batch:
    """The batch of `windows` [N] on the device."""
    return gather_batch(rows, windows, config, generator, processes).to(device)


def gather_batch(
    rows: Tensor, windows: Tensor, config: Config, generator: torch.Generator, processes: Processes = ALONE
) -> Batch:
    """Draw the masks for `windows` [N] and gather just the rows they need: a mask each, one region a batch.

    Everything is drawn for the whole batch; what is gathered are this process's windows. Segments are float16 and lie
    where `rows` does, masks on the host.
    """
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
    global_mask, local_mask = (
        BranchMask(processes.share(mask.masked), processes.share(mask.visible)) for mask in (global_mask, local_mask)
    )
    first_row = processes.share(windows)[:, None] * model.n_segments

    def gather(segments: Tensor) -> Tensor:
        picked = rows[(first_row + segments).flatten().to(rows.device)]
        return picked.view(len(first_row), segments.shape[1], model.token_size)

    return Batch(
        visible_global=gather(global_mask.visible),
        visible_local=gather(region_start + local_mask.visible),
        target_global=gather(global_mask.masked),
        target_local=gather(region_start + local_mask.masked),
        global_mask=global_mask,
        local_mask=local_mask,
        region_starts=processes.share(region_starts),
    )


def step_generator(seed: int, epoch: int, index: int) -> torch.Generator:
    """A generator of its own for each step (and, at index 0, for each epoch's order)."""
    return torch.Generator().manual_seed(((seed * 1_000_003 + epoch) * 1_000_003 + index) % 2**32)
