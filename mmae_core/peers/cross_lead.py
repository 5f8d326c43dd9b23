"""Training and scoring hidden leads alone: the cross-lead part of the preset `plus` (see `mmae_core.model.cross_lead`).

It is trained by the same loop as the compared methods and can be compared like one. Not a published method.
"""

from __future__ import annotations

from collections.abc import Sequence
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


class CrossLead(Peer):
    """A network that restores hidden leads."""

    name = "cross-lead"
    source = "this project; see mmae_core.model.cross_lead"
    config_type: ClassVar[type[PeerConfig]] = CrossLeadTraining
    preprocess: ClassVar[PreprocessConfig] = PreprocessConfig(scale="root")

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

    def training_step(self, batch: PeerBatch, optimisers: dict[str, torch.optim.Optimizer]) -> dict[str, float]:
        network = cast(CrossLeadNetwork, self.network)
        sets = torch.randint(len(self.settings.visible), (len(batch.signal),), generator=batch.generator)
        loss = network.loss(batch.signal, sets.to(batch.signal.device), self.settings.loss_floor)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(network.parameters(), self.settings.gradient_limit)
        for optimiser in optimisers.values():
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        return {"loss": float(loss.detach())}

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
