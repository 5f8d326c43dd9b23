"""The base of every compared method: a network that trains on normal windows and scores others.

A peer sees the same filtered windows as the masked autoencoder, scaled per lead to [-1, 1] as the authors of the
benchmark (Jiang et al. 2023) scale them. `mmae_core.peers.training` trains any of them, `load_peer` brings a finished
run back as something that evaluation can score with.
"""

from __future__ import annotations

import dataclasses
import importlib
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from mmae_core.config import PreprocessConfig
from mmae_core.errors import ConfigError
from mmae_core.record import FloatArray
from mmae_core.training.precision import Precision
from mmae_core.training.processes import ALONE, Processes

PEERS: dict[str, str] = {
    "mcf": "mmae_core.peers.mcf",
    "tsrnet": "mmae_core.peers.tsrnet",
    "beatgan": "mmae_core.peers.beatgan",
    "tranad": "mmae_core.peers.tranad",
    "anomaly-transformer": "mmae_core.peers.anomaly_transformer",
    "tsl": "mmae_core.peers.tsl",
    "cross-lead": "mmae_core.peers.cross_lead",
}
"""Name of each peer and the module that holds it as `PEER`; imported when asked for."""

N_LEADS, N_SAMPLES, RATE_HZ = 12, 5000, 500.0
"""Configuration of the windows given to every peer."""


@dataclass(frozen=True)
class PeerConfig:
    """Optimisation that all peers have; a peer's own dataclass adds its fields and its defaults."""

    epochs: int = 50
    batch_size: int = 32
    learning_rate: float = 1e-4
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "learning_rate"):
            if not 0 < getattr(self, name) < math.inf:
                raise ConfigError(f"{name} must be positive; found {getattr(self, name)}.")
        if not 0 <= self.seed < 2**32:
            raise ConfigError(f"seed must lie in 0..{2**32 - 1}; found {self.seed}.")


@dataclass(frozen=True)
class PeerBatch:
    """Windows of normal records, for one training step."""

    signal: Tensor
    """[N, 12, 5000] float32 on the peer's device, each lead within [-1, 1]."""
    r_peaks: tuple[NDArray[np.int64], ...]
    """Usable R-peaks of each window, in samples; empty arrays for peers that need none."""
    generator: torch.Generator
    """On the CPU, seeded by (seed, step): every random choice of the step is drawn from it, so that a resumed run
    repeats. torch's global generator (dropout) is seeded the same way before each step."""
    processes: Processes = ALONE
    """Those that share the step's windows; `signal` holds this one's."""
    n_windows: int | None = None
    """Of the whole step; None: those of `signal`."""

    def pinned(self) -> PeerBatch:
        """The same in memory from which an accelerator copies while it computes."""
        return dataclasses.replace(self, signal=self.signal.pin_memory())

    def to(self, device: torch.device) -> PeerBatch:
        """The same on the device, as float32."""
        return dataclasses.replace(self, signal=self.signal.to(device, non_blocking=True).float())


@dataclass(frozen=True)
class PeerScores:
    """A peer's scores of N windows, as its method defines them and before any smoothing."""

    scores: NDArray[np.float64]
    """(N,) higher: less like a normal ECG."""
    maps: FloatArray | None
    """(N, 12, 5000), NaN where not assessed; None unless asked for."""
    parts: dict[str, NDArray[np.float64]] = dataclasses.field(default_factory=dict)
    """Named parts of the score, each (N,)."""


class Peer(ABC):
    """A compared method: networks, their optimisers, one training step and a score.

    Everything learnt, or fitted after training, must be parameters or buffers of `network`: its state
    dictionary is what is saved.
    """

    name: ClassVar[str]
    source: ClassVar[str]
    """The paper, for tables and cards."""
    needs_r_peaks: ClassVar[bool] = False
    needs_scikit_learn: ClassVar[bool] = False
    """Whether `fit_after_training` does; scoring never does."""
    config_type: ClassVar[type[PeerConfig]]
    preprocess: ClassVar[PreprocessConfig] = PreprocessConfig(scale="minmax")
    trains_together: ClassVar[bool] = False
    """Whether several processes can share its steps, and whether it can train in bfloat16."""
    has_held_out_loss: ClassVar[bool] = False
    """Whether `held_out_loss` is defined."""

    def __init__(self, config: PeerConfig, device: torch.device) -> None:
        self.config = config
        self.device = device
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.network = self.build(config).to(device)

    @classmethod
    @abstractmethod
    def build(cls, config: PeerConfig) -> nn.Module:
        """All networks of the method in one module, freshly initialised from torch's global generator (seeded)."""

    def optimisers(self) -> dict[str, torch.optim.Optimizer]:
        """Made once, before training. The loop scales the learning rate each group was made with."""
        return {"adam": torch.optim.AdamW(self.network.parameters(), lr=self.config.learning_rate)}

    def rate_factor(self, step: int, total: int) -> float:
        """Share of the peak learning rate at `step` of `total`, counted from 0: a half cosine to zero."""
        return 0.5 * (1.0 + math.cos(math.pi * step / total))

    def losses(self, batch: PeerBatch) -> dict[str, Tensor]:
        """Named scalar losses; `loss` is the one that is minimised. Not needed where `training_step` is overridden."""
        raise NotImplementedError

    def training_step(
        self, batch: PeerBatch, optimisers: dict[str, torch.optim.Optimizer]
    ) -> dict[str, Tensor]:
        """One step of every optimiser on `batch`; what was minimised, by name, `loss` among it, on the device.

        Of several processes that share a step each returns its part of the sum.

        Override for methods with several optimisers (a GAN).
        """
        losses = self.losses(batch)
        torch.autograd.backward(losses["loss"])
        for optimiser in optimisers.values():
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        return {name: value.detach() for name, value in losses.items()}

    def train_with(self, processes: Processes, precision: Precision) -> None:
        """Called before the first step. Raises ConfigError if the method cannot train so."""
        if processes.world > 1 and not self.trains_together:
            raise ConfigError(f"{self.name} trains in one process; start it without torchrun.")
        if precision == "bfloat16" and not self.trains_together:
            raise ConfigError(f"{self.name} trains in float32; leave --precision out.")

    def held_out_loss(self, batches: Iterable[PeerBatch], processes: Processes) -> float:
        """The loss of windows that are not trained on, the same draws each time. Only if `has_held_out_loss`."""
        raise NotImplementedError

    def fit_after_training(self, batches: Iterable[PeerBatch]) -> None:  # noqa: B027 - most have nothing to fit
        """Fit what is not learnt by steps (a covariance), on every training window once; keep it in buffers."""

    def usable_r_peaks(self, r_peaks: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of a window's R-peaks those that the method can use."""
        return r_peaks

    @abstractmethod
    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        """Score windows [N, 12, 5000]; the network is in evaluation mode and no gradient is kept.

        Must not depend on which windows are scored together, nor on any random state. `r_peaks` holds the usable
        R-peaks of each window, never none of them, for peers that need them (else empty arrays).
        """

    @abstractmethod
    def macs_per_record(self) -> int:
        """Multiply-accumulates that the method as published takes to score one 10-s record."""

    def costs(self) -> dict[str, Any]:
        """Further counts for the record, such as the multiply-accumulates of one pass."""
        return {}

    @property
    def n_parameters(self) -> int:
        """Learnt numbers, all networks together (buffers are not counted)."""
        return sum(parameter.numel() for parameter in self.network.parameters())


def peer_type(name: str) -> type[Peer]:
    """The class of a peer. Raises ConfigError if there is none of that name."""
    if name not in PEERS:
        raise ConfigError(f"There is no method '{name}'; known are mmae, {', '.join(PEERS)}.")
    found: type[Peer] = importlib.import_module(PEERS[name]).PEER
    return found


def config_from(config_type: type[PeerConfig], values: dict[str, Any]) -> PeerConfig:
    """A peer's configuration from plain values; what is None or absent keeps its default.

    Raises ConfigError for an unknown field or a wrong type.
    """
    known = {field.name for field in dataclasses.fields(config_type)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ConfigError(f"{config_type.__name__} has no field {', '.join(unknown)}; known are "
                          f"{', '.join(sorted(known))}.")
    given: dict[str, Any] = {}
    for name, value in values.items():
        default = getattr(config_type(), name)
        if value is None:
            continue
        if isinstance(value, list):
            value = tuple(value)
        if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not type(default):
            raise ConfigError(f"{name} = {value!r} has the wrong type; expected {type(default).__name__}, like "
                              f"{default!r}.")
        given[name] = value
    return config_type(**given)


def count_macs_of_call(network: nn.Module, run: Callable[[], object]) -> int:
    """Multiply-accumulates of the convolutions and matrix products of a call, transposed ones by their inputs."""
    with _evaluating(network), FlopCounterMode(display=False) as counter:
        run()
    return int(counter.get_total_flops()) // 2


def macs_by_output(network: nn.Module, run: Callable[[], object]) -> int:
    """Multiply-accumulates of a call as the `thop` package counts them, which most papers quote.

    Convolutions, also transposed ones, and linear layers by their outputs, batch normalisation with 4 an element;
    products inside attention are not seen.
    """
    counts: list[int] = []

    def add(module: nn.Module, _: Any, output: Tensor) -> None:
        if isinstance(module, nn.Linear):
            counts.append(output.numel() * module.in_features)
        elif isinstance(module, nn.modules.conv._ConvNd):
            counts.append(output.numel() * module.in_channels // module.groups * math.prod(module.kernel_size))
        elif isinstance(module, nn.modules.batchnorm._BatchNorm):
            counts.append(4 * output.numel())

    hooks = [module.register_forward_hook(add) for module in network.modules()]
    try:
        with _evaluating(network):
            run()
    finally:
        for hook in hooks:
            hook.remove()
    return sum(counts)


@contextmanager
def _evaluating(network: nn.Module) -> Iterator[None]:
    """In evaluation mode, without gradients; counting must not change running statistics."""
    training = network.training
    network.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        network.train(training)
