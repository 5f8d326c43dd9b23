"""Anomaly Transformer: points that are badly restored and attend only to their neighbours are anomalous.

Source: Xu, Wu, Wang & Long, *Anomaly Transformer: Time Series Anomaly Detection with Association Discrepancy*,
ICLR 2022. Each layer holds two distributions over a window for every point: attention (the series association) and a
Gaussian around the point whose width is learnt (the prior association). Their symmetrised Kullback-Leibler divergence
is the association discrepancy. Training is a minimax game beside reconstruction: the prior is drawn to the attention,
the attention driven away from the prior. A point's criterion is softmax(-discrepancy) over its window times its
squared error (eq. 6); a map keeps the error per lead, a record's score is the mean.

Deviations:
- Points are 10 ms (500 Hz averaged to 100 Hz; the input ends at 25 Hz), so that the paper's window of 100 points is
  one second. Ten windows tile a record.
- Width 64 and 4 heads instead of 512 and 8, a short schedule, a higher learning rate that falls.
- The criterion's softmax has no temperature, as in the paper's equation; the authors' code has one of 1/50.
- The Gaussian's width lies between 0 and 2 points, the range that the authors' code allows.

The authors' figures count a whole anomalous interval as found once one of its points is ("point adjustment"), which
favours random scores as well. Nothing here is ever point-adjusted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from mmae_core.config import PreprocessConfig
from mmae_core.errors import ConfigError
from mmae_core.peers.base import N_LEADS, N_SAMPLES, Peer, PeerBatch, PeerConfig, PeerScores, count_macs_of_call

DECIMATION = 5
"""500 Hz to 100 Hz, as means of five."""
WINDOW = 100
"""Points of a window (paper, section 4)."""
MAX_WIDTH = 2.0
"""Largest standard deviation of the prior association, in points."""
FLOOR = 1e-4
"""Added to associations before their logarithm is taken, as in the authors' code: a discrepancy stays finite where a
narrow Gaussian ends and attention does not."""


@dataclass(frozen=True)
class AnomalyTransformerConfig(PeerConfig):
    """Defaults that one processor core finishes in minutes."""

    epochs: int = 4
    learning_rate: float = 1e-3
    windows_per_record: int = 1
    """Drawn anew from each record in every epoch."""
    width: int = 64
    heads: int = 4
    layers: int = 3
    discrepancy_weight: float = 3.0
    """The paper's lambda."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.heads, self.layers, self.width) < 1 or self.width % 2 or self.width % self.heads:
            raise ConfigError(
                f"width must be even and a multiple of heads, with at least one layer; found width = {self.width}, "
                f"heads = {self.heads}, layers = {self.layers}."
            )


class AnomalyAttention(nn.Module):
    """Attention beside a Gaussian prior; returns what was attended to, series and prior associations [N, H, L, L]."""

    distances: Tensor

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.prior_width = nn.Linear(width, heads)
        self.project = nn.Linear(width, width)
        points = torch.arange(WINDOW, dtype=torch.float32)
        self.register_buffer("distances", (points[:, None] - points).square(), persistent=False)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        n, length, width = x.shape
        query, key, value = self.qkv(x).view(n, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        series = (query @ key.transpose(-2, -1) * (width // self.heads) ** -0.5).softmax(-1)
        sigma = MAX_WIDTH * self.prior_width(x).sigmoid().transpose(1, 2)[..., None] + 0.01  # [N, H, L, 1]
        prior = (-self.distances / (2 * sigma.square())).softmax(-1)  # a Gaussian made to sum to 1
        mixed = (series @ value).transpose(1, 2).reshape(n, length, width)
        return self.project(mixed), series, prior


class AnomalyLayer(nn.Module):
    """norm(x + attention), then norm(x + mlp)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attention = AnomalyAttention(width, heads)
        self.attention_norm = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, width))
        self.mlp_norm = nn.LayerNorm(width)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mixed, series, prior = self.attention(x)
        x = self.attention_norm(x + mixed)
        return self.mlp_norm(x + self.mlp(x)), series, prior


class AnomalyTransformerNetwork(nn.Module):
    """Windows [N, 12, 100] restored, and the associations of every layer."""

    positions: Tensor

    def __init__(self, config: AnomalyTransformerConfig) -> None:
        super().__init__()
        self.embed = nn.Conv1d(N_LEADS, config.width, 3, padding=1)
        self.register_buffer("positions", _sinusoids(WINDOW, config.width), persistent=False)
        self.layers = nn.ModuleList(AnomalyLayer(config.width, config.heads) for _ in range(config.layers))
        self.head = nn.Linear(config.width, N_LEADS)

    def forward(self, windows: Tensor) -> tuple[Tensor, list[tuple[Tensor, Tensor]]]:
        x = self.embed(windows).transpose(1, 2) + self.positions  # [N, 100, D]
        associations = []
        for layer in self.layers:
            x, series, prior = layer(x)
            associations.append((series, prior))
        return self.head(x).transpose(1, 2), associations


class AnomalyTransformer(Peer):
    """Squared error weighed by association discrepancy, in windows of one second."""

    name = "anomaly-transformer"
    source = "Xu et al., Anomaly Transformer, ICLR 2022"
    config_type: ClassVar[type[PeerConfig]] = AnomalyTransformerConfig
    preprocess: ClassVar[PreprocessConfig] = PreprocessConfig()

    @classmethod
    def build(cls, config: PeerConfig) -> nn.Module:
        return AnomalyTransformerNetwork(cast(AnomalyTransformerConfig, config))

    def losses(self, batch: PeerBatch) -> dict[str, Tensor]:
        """Both phases of the minimax game in one step: their gradients fall on different associations and add.

        The discrepancy is subtracted again as a number, so that the loss is what remains of the game: the error.
        """
        config = cast(AnomalyTransformerConfig, self.config)
        slow = functional.avg_pool1d(batch.signal, DECIMATION)
        n, last = len(slow), slow.shape[-1] - WINDOW
        starts = torch.randint(last + 1, (n, config.windows_per_record), generator=batch.generator)
        positions = starts[..., None] + torch.arange(WINDOW)  # [N, windows, 100]
        windows = slow.transpose(1, 2)[torch.arange(n)[:, None, None], positions].flatten(0, 1).transpose(1, 2)
        restored, associations = self.network(windows)
        error = functional.mse_loss(restored, windows)
        # the attention's gradient is turned round: it is driven away while the prior is drawn near
        contested = [(2 * series.detach() - series, prior) for series, prior in associations]
        gap = _mean_discrepancy(contested).mean()
        loss = 2 * error + config.discrepancy_weight * (gap - gap.detach())
        return {"loss": loss, "reconstruction": error.detach(), "discrepancy": gap.detach()}

    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        slow = functional.avg_pool1d(signal, DECIMATION)
        n = len(slow)
        windows = slow.view(n, N_LEADS, -1, WINDOW).transpose(1, 2)  # [N, 10, 12, 100]
        criteria, errors = np.empty(windows.shape, np.float32), np.empty(n)
        for row, record in enumerate(windows):
            restored, associations = self.network(record)
            squared = (restored - record).square()
            shares = (-_mean_discrepancy(associations)).softmax(-1)  # [10, 100], of every window's 100 points
            criteria[row] = (shares[:, None] * squared).cpu().numpy()
            errors[row] = float(squared.mean())
        scores = criteria.astype(np.float64).mean(axis=(1, 2, 3))
        maps = None
        if with_maps:
            maps = np.repeat(criteria.transpose(0, 2, 1, 3).reshape(n, N_LEADS, -1), DECIMATION, axis=2)
        return PeerScores(scores, maps, {"reconstruction": errors})

    def macs_per_record(self) -> int:
        windows = torch.zeros(N_SAMPLES // DECIMATION // WINDOW, N_LEADS, WINDOW, device=self.device)
        return count_macs_of_call(self.network, lambda: self.network(windows))


def _mean_discrepancy(associations: list[tuple[Tensor, Tensor]]) -> Tensor:
    """Association discrepancy [N, 100] of every point: KL in both directions, mean over layers and heads (eq. 3)."""
    layers = [
        ((prior - series) * ((prior + FLOOR).log() - (series + FLOOR).log())).sum(-1).mean(1)
        for series, prior in associations
    ]
    return torch.stack(layers).mean(0)


def _sinusoids(length: int, width: int) -> Tensor:
    """Fixed positions [length, width]: sines and cosines of falling frequency."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    angles = torch.arange(length)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


PEER = AnomalyTransformer
