"""Training and scoring hidden leads alone: the cross-lead part of the preset `plus` (see `mmae_core.model.cross_lead`).

It is trained by the same loop as the compared methods and can be compared like one. Not a published method.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from mmae_core.config import CrossLeadConfig, PreprocessConfig, ScoreConfig, plus
from mmae_core.errors import ConfigError
from mmae_core.model.cross_lead import N_SEGMENTS, CrossLeadNetwork, cross_lead_errors
from mmae_core.peers.base import Peer, PeerBatch, PeerConfig, PeerScores
from mmae_core.training.precision import Precision, autocast
from mmae_core.training.processes import ALONE, Processes


@dataclass(frozen=True)
class CrossLeadTraining(PeerConfig):
    """Optimisation and, in its last fields, the network (see `CrossLeadConfig`)."""

    epochs: int = 100
    batch_size: int = 64
    learning_rate: float = 1e-3
    warmup_steps: int = 300
    weight_decay: float = 0.05
    gradient_limit: float = 1.0
    """Norm at which gradients are clipped."""
    loss_floor: float = 0.02
    """Added to the energy by which an error is divided; a flat stretch has about 0.01."""
    visible: tuple[str, ...] = plus().cross_lead.visible
    width: int = 64
    layers: int = 3
    heads: int = 8
    mlp_ratio: int = 4

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.warmup_steps < 0 or self.weight_decay < 0 or self.gradient_limit <= 0 or self.loss_floor <= 0:
            raise ConfigError("warmup_steps and weight_decay must not be negative, gradient_limit and loss_floor must "
                              "be positive.")
        if not self.visible:
            raise ConfigError("visible must name at least one set of leads.")
        self.network  # noqa: B018 - checks the rest

    @property
    def network(self) -> CrossLeadConfig:
        """The shape of the network."""
        return CrossLeadConfig(self.visible, self.width, self.layers, self.heads, self.mlp_ratio)


class _Loss(nn.Module):
    """A module whose forward is the loss: what several processes wrap, to average gradients as they come."""

    def __init__(self, network: CrossLeadNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, signal: Tensor, sets: Tensor, n_hidden: Tensor | None, floor: float) -> Tensor:
        return self.network.loss(signal, sets, floor, n_hidden)


class CrossLead(Peer):
    """A network that restores hidden leads."""

    name = "cross-lead"
    source = "this project; see mmae_core.model.cross_lead"
    config_type: ClassVar[type[PeerConfig]] = CrossLeadTraining
    preprocess: ClassVar[PreprocessConfig] = PreprocessConfig(scale="root")
    trains_together: ClassVar[bool] = True
    has_held_out_loss: ClassVar[bool] = True

    def __init__(self, config: PeerConfig, device: torch.device) -> None:
        super().__init__(config, device)
        self.train_with(ALONE, "float32")

    @classmethod
    def build(cls, config: PeerConfig) -> nn.Module:
        return CrossLeadNetwork(cast(CrossLeadTraining, config).network)

    @property
    def settings(self) -> CrossLeadTraining:
        """The configuration by its own type."""
        return cast(CrossLeadTraining, self.config)

    def optimisers(self) -> dict[str, torch.optim.Optimizer]:
        matrices = [p for name, p in self.network.named_parameters() if p.ndim == 2 and name.endswith("weight")]
        chosen = {id(p) for p in matrices}
        others = [p for p in self.network.parameters() if id(p) not in chosen]
        groups = [{"params": matrices, "weight_decay": self.settings.weight_decay},
                  {"params": others, "weight_decay": 0.0}]
        return {"adam": torch.optim.AdamW(groups, lr=self.config.learning_rate, betas=(0.9, 0.95))}

    def rate_factor(self, step: int, total: int) -> float:
        """A linear warm-up, then a half cosine to zero."""
        return min(1.0, (step + 1) / max(1, self.settings.warmup_steps)) * super().rate_factor(step, total)

    def train_with(self, processes: Processes, precision: Precision) -> None:
        super().train_with(processes, precision)
        self._loss = processes.together(_Loss(cast(CrossLeadNetwork, self.network)), self.device)
        self._precision = precision

    def training_step(self, batch: PeerBatch, optimisers: dict[str, torch.optim.Optimizer]) -> dict[str, Tensor]:
        with autocast(self._precision, self.device):
            loss = self._loss(*self._drawn(batch), self.settings.loss_floor)
        world = batch.processes.world
        torch.autograd.backward(loss if world == 1 else loss * world)  # gradients are averaged over processes
        nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.gradient_limit)
        for optimiser in optimisers.values():
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        return {"loss": loss.detach()}

    def held_out_loss(self, batches: Iterable[PeerBatch], processes: Processes) -> float:
        network = cast(CrossLeadNetwork, self.network)
        total, n_windows = torch.zeros((), device=self.device), 0
        network.eval()
        with torch.no_grad():
            for batch in batches:
                n_all = len(batch.signal) if batch.n_windows is None else batch.n_windows
                n_windows += n_all
                signal, sets, n_hidden = self._drawn(batch)
                if len(signal):
                    total += n_all * network.loss(signal, sets, self.settings.loss_floor, n_hidden)
        network.train()
        return float(processes.total(total)) / n_windows

    def _drawn(self, batch: PeerBatch) -> tuple[Tensor, Tensor, Tensor | None]:
        """Windows, the set of visible leads of each, and how many segments of leads are hidden in the whole step.

        Sets are drawn for the windows of all processes.
        """
        n_all = len(batch.signal) if batch.n_windows is None else batch.n_windows
        sets = torch.randint(len(self.settings.visible), (n_all,), generator=batch.generator)
        device = batch.signal.device
        n_hidden = None
        if batch.processes.world > 1:
            n_hidden = cast(CrossLeadNetwork, self.network).hidden.cpu()[sets].sum().to(device) * N_SEGMENTS
        return batch.signal, batch.processes.share(sets).to(device), n_hidden

    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        lead_is_flat = (signal == 0).all(dim=2).cpu().numpy()
        assessable = np.repeat(~lead_is_flat[:, :, None], N_SEGMENTS, axis=2)
        errors = cross_lead_errors(cast(CrossLeadNetwork, self.network), signal, assessable, ScoreConfig())
        scores = np.array([np.nanmean(row) if np.isfinite(row).any() else np.nan for row in errors.log_ratio])
        return PeerScores(scores.astype(np.float64), errors.points if with_maps else None)

    def macs_per_record(self) -> int:
        return cast(CrossLeadNetwork, self.network).macs_per_window()

    def costs(self) -> dict[str, Any]:
        return {"sets": len(self.settings.visible)}


PEER = CrossLead
