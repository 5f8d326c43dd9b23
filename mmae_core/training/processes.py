"""Several processes that train one network together: each takes every n-th window of a step's batch.

`torchrun` starts them and says by environment variables which of how many each one is. Order, masks and the division
of a batch are drawn for the whole batch by every process, so that the sum of what they do is what one process does.
The first process alone writes files.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn

from mmae_core.errors import ConfigError, EcgError, ModelMismatch
from mmae_core.model.device import resolve_device

TIMEOUT = timedelta(minutes=10)
"""A step's exchange that takes longer has failed; the first process writes its checkpoint within it."""
POLL_S = 0.1
"""Waiting for another process's preparing, which may take hours, asks this often whether it is done or has failed."""
VARIABLES = ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")
"""What `torchrun` sets, or a job script that starts every process itself."""

_PREFIX = "mmae_core/"
_FAILED = "mmae_core/failed"
_Done = TypeVar("_Done")


@dataclass(frozen=True)
class Processes:
    """This process among those that train together."""

    rank: int = 0
    """0-based number of this one."""
    world: int = 1
    """How many there are."""
    local_rank: int = 0
    """Number on this computer."""
    node: int = 0
    """Number of this computer."""
    store: Any = None
    """Where they leave each other words (torch.distributed.Store)."""
    _waited: list[str] = field(default_factory=list, compare=False, repr=False)

    @property
    def is_first(self) -> bool:
        """Whether this is the process that writes files and shows progress."""
        return self.rank == 0

    def share(self, whole: Tensor) -> Tensor:
        """The rows of a batch, or of what was drawn for it, that are this process's."""
        return whole if self.world == 1 else whole[self.rank :: self.world]

    def require_batch(self, batch_size: int) -> None:
        """Raise ConfigError if a batch has fewer windows than there are processes."""
        if batch_size < self.world:
            raise ConfigError(f"A batch of {batch_size} windows cannot be divided among {self.world} processes. Start "
                              "fewer, or raise --batch-size.")

    def total(self, values: Tensor) -> Tensor:
        """The sum over all processes, element by element."""
        if self.world > 1:
            dist.all_reduce(values)
        return values

    def of_first(self, number: int, device: torch.device) -> int:
        """The first process's number."""
        if self.world == 1:
            return number
        shared = torch.tensor([number], dtype=torch.int64, device=device)
        dist.broadcast(shared, 0)
        return int(shared)

    def together(self, loss: nn.Module, device: torch.device, *, some_unused: bool = False) -> nn.Module:
        """A module whose `forward` is the loss, wrapped so that going backward averages gradients over processes.

        `some_unused` says that not every parameter takes part in every step.
        """
        if self.world == 1:
            return loss
        on = [device.index] if device.type == "cuda" else None
        return nn.parallel.DistributedDataParallel(loss, device_ids=on, find_unused_parameters=some_unused)

    def share_weights(self, network: nn.Module) -> None:
        """Give every process the first one's parameters."""
        if self.world > 1:
            with torch.no_grad():
                for parameter in network.parameters():
                    dist.broadcast(parameter, 0)

    def share_moments(self, parameters: Iterable[nn.Parameter], optimiser: torch.optim.Optimizer) -> None:
        """Give every process the first one's moments of Adam, after it alone has read them from a file."""
        if self.world == 1:
            return
        for parameter in parameters:
            has_state = self.of_first(int(bool(optimiser.state.get(parameter))), parameter.device)
            if not has_state:
                continue
            if not self.is_first:
                step = torch.zeros((), dtype=torch.float32)
                optimiser.state[parameter] = {
                    "step": step.to(parameter.device) if optimiser.defaults.get("fused") else step,
                    "exp_avg": torch.zeros_like(parameter), "exp_avg_sq": torch.zeros_like(parameter),
                }
            state = optimiser.state[parameter]
            for name in ("step", "exp_avg", "exp_avg_sq"):
                sent = state[name].to(parameter.device)
                dist.broadcast(sent, 0)
                state[name].copy_(sent)

    def first_then_others(self, work: Callable[[], _Done]) -> _Done:
        """`work()` on the first process, then on the first of each other computer, then on all: the later ones find
        what the earlier left, such as prepared recordings in a cache.
        """
        if self.world == 1:
            return work()
        self._waited.append("")
        name = f"done-{len(self._waited)}"
        if self.is_first:
            done = work()
            self._say(f"{name}-all")
            self._say(f"{name}-{self.node}")
            return done
        self._wait(f"{name}-all")
        if self.local_rank:
            self._wait(f"{name}-{self.node}")
            return work()
        done = work()
        self._say(f"{name}-{self.node}")
        return done

    def require_same(self, what: str, number: int, device: torch.device) -> None:
        """Raise ModelMismatch if processes have different numbers of something, such as windows."""
        if self.of_first(number, device) != number:
            raise ModelMismatch(f"Process {self.rank + 1} of {self.world} has {number:,} {what}, the first one another "
                                "number. Give all of them the same --data, or a --cache that all of them see.")

    def _say(self, word: str) -> None:
        assert self.store is not None
        self.store.set(_PREFIX + word, "yes")

    def _wait(self, word: str) -> None:
        assert self.store is not None
        while not self.store.check([_PREFIX + word]):
            if self.store.check([_FAILED]):
                raise _EndedElsewhere
            time.sleep(POLL_S)


ALONE = Processes()
"""One process, as without `torchrun`."""


class _EndedElsewhere(Exception):
    """Another process has failed and said why."""


def started_together() -> bool:
    """Whether this process was started as one of several."""
    return os.environ.get("WORLD_SIZE", "1") not in {"", "1"} and all(os.environ.get(name) for name in VARIABLES)


def device_of(name: str, processes: Processes) -> torch.device:
    """The device that `name` means for this process: with several, each has the accelerator of its number.

    Raises ConfigError if there is none.
    """
    if processes.world == 1:
        return resolve_device(name)
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name not in {"cuda", "cpu"}:
        raise ConfigError(f"--device {name}: several processes train on cuda, each on the accelerator of its number, "
                          "or on cpu.")
    device = resolve_device(name)
    if device.type == "cpu":
        return device
    if processes.local_rank >= torch.cuda.device_count():
        raise ConfigError(f"There are {torch.cuda.device_count()} accelerators here for process "
                          f"{processes.local_rank + 1}. Start as many processes as accelerators (--nproc-per-node).")
    return torch.device("cuda", processes.local_rank)


@contextmanager
def joined(device: str) -> Iterator[Processes]:
    """The group of processes that `torchrun` started; `ALONE` if it did not.

    An error of one process ends all: the first to fail says why, the others end silently with status 2. Raises
    ConfigError if PyTorch cannot do it here, EcgError if another process vanished.
    """
    if not started_together():
        yield ALONE
        return
    if getattr(sys, "frozen", False) or not dist.is_available():
        raise ConfigError("Several processes cannot train together with this installation, which has no torchrun; "
                          "install mmae-core with pip, or start one process.")
    from torch.distributed.rendezvous import rendezvous

    store, rank, world = next(rendezvous("env://", timeout=TIMEOUT))
    processes = Processes(rank, world, int(os.environ.get("LOCAL_RANK") or 0), int(os.environ.get("GROUP_RANK") or 0),
                          store)
    try:
        torch_device = device_of(device, processes)
        if torch_device.type == "cuda":
            torch.cuda.set_device(torch_device)
        dist.init_process_group("nccl" if torch_device.type == "cuda" else "gloo", timeout=TIMEOUT, rank=rank,
                                world_size=world, store=store)
        with warnings.catch_warnings():  # of parameters with a single row, whose strides mean nothing
            warnings.filterwarnings("ignore", message="Grad strides do not match bucket view strides")
            yield processes
        dist.destroy_process_group()
    except _EndedElsewhere:
        raise SystemExit(2) from None
    except RuntimeError as error:
        if not _is_lost_peer(error):
            raise
        if not _fails_first(processes):
            raise SystemExit(2) from None
        raise EcgError(f"A process of this training has ended or does not answer; process {rank + 1} of {world} waited "
                       "for it. What is saved is kept: start them again with --resume.") from error
    except EcgError:
        if not _fails_first(processes):
            raise SystemExit(2) from None
        raise


def _fails_first(processes: Processes) -> bool:
    """Whether no other process has failed before; they are told."""
    assert processes.store is not None
    try:
        is_first = bool(processes.store.add("mmae_core/failures", 1) == 1)
        processes.store.set(_FAILED, "yes")
    except RuntimeError:  # the first process kept the words and is gone
        return False
    return is_first


def _is_lost_peer(error: RuntimeError) -> bool:
    """Whether an error is of the connection between processes."""
    text = str(error).lower()
    return isinstance(error, dist.DistError) or any(word in text for word in ("gloo", "nccl", "connection", "socket"))
