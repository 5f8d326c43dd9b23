"""TranAD: a small transformer with two decoders; the second is given the error of the first.

Source: Tuli, Casale & Jennings, *TranAD: Deep Transformer Networks for Anomaly Detection in Multivariate Time Series
Data*, PVLDB 15(6), 2022. A window and its context are encoded and restored by two decoders; a second pass is given
the squared error of the first decoder as its focus. Training is adversarial: the encoders and the first decoder want
the focused restoration to be good, the second decoder wants it to differ (eqs. 8-9). A point's score in a lead is the
mean of the two squared errors, of the first decoder and of the focused second one (eq. 13); a record's is the mean.

Deviations:
- Points are 10 ms (500 Hz averaged to 100 Hz; the input ends at 25 Hz). A window is 10 points, as in the paper; its
  context is the half second that ends with it, not all that came before.
- Windows do not slide by one point: they tile the record, and every point of a window is scored, not its last alone.
- The weight of the adversarial terms is 1 - 1/n in stage n, as the authors' code has it, not a power of a constant.
- No meta-learning: a step of MAML makes up for scarce data, and here there are 7,000 records of normals.
- The focus is joined to the window and to the context's last points, zero elsewhere.
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

from mmae_core.peers.base import N_LEADS, N_SAMPLES, Peer, PeerBatch, PeerConfig, PeerScores, count_macs_of_call

DECIMATION = 5
"""500 Hz to 100 Hz, as means of five."""
WINDOW = 10
"""Points of a window (paper, section 4)."""
CONTEXT = 50
"""Points of the context, the window's own at its end."""
WIDTH = 2 * N_LEADS
"""Of a token: the leads and the focus on each."""


@dataclass(frozen=True)
class TranAdConfig(PeerConfig):
    """Defaults that one processor core finishes in minutes."""

    epochs: int = 5
    learning_rate: float = 3e-3
    windows_per_record: int = 4
    """Drawn anew from each record in every epoch."""
    hidden: int = 16
    """Width inside the feed-forward layers."""
    stage_steps: int = 220
    """Steps of a stage n, about an epoch of PTB-XL's normals; the adversarial terms weigh 1 - 1/n."""


class HeadedAttention(nn.Module):
    """Attention with one head a lead: each sees that lead's value and focus through its own projection."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key_value = nn.Linear(WIDTH, 2 * WIDTH)
        self.project = nn.Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor, memory: Tensor, hidden: Tensor | None = None) -> Tensor:
        """x [N, L, 24] attends to memory [N, S, 24], but not where `hidden` [L, S] is True."""
        n, length, _ = x.shape
        query = self.query(x).view(n, length, N_LEADS, -1).transpose(1, 2)
        key, value = self.key_value(memory).view(n, memory.shape[1], 2, N_LEADS, -1).permute(2, 0, 3, 1, 4)
        logits = query @ key.transpose(-2, -1) * query.shape[-1] ** -0.5  # [N, 12, L, S]
        if hidden is not None:
            logits = logits.masked_fill(hidden, -math.inf)
        mixed: Tensor = self.project((logits.softmax(-1) @ value).transpose(1, 2).reshape(n, length, WIDTH))
        return mixed


class TranAdNetwork(nn.Module):
    """Restores the window at the end of a context."""

    positions: Tensor
    future: Tensor
    steps: Tensor

    def __init__(self, config: TranAdConfig) -> None:
        super().__init__()
        self.context_attention, self.context_norm = HeadedAttention(), nn.LayerNorm(WIDTH)
        self.context_mlp, self.context_mlp_norm = _feed_forward(config.hidden, WIDTH), nn.LayerNorm(WIDTH)
        self.window_attention, self.window_norm = HeadedAttention(), nn.LayerNorm(WIDTH)
        self.cross_attention, self.cross_norm = HeadedAttention(), nn.LayerNorm(WIDTH)
        self.decoder1 = nn.Sequential(_feed_forward(config.hidden, N_LEADS), nn.Sigmoid())
        self.decoder2 = nn.Sequential(_feed_forward(config.hidden, N_LEADS), nn.Sigmoid())
        self.register_buffer("positions", _sinusoids(CONTEXT, WIDTH), persistent=False)
        future = torch.ones(WINDOW, WINDOW, dtype=torch.bool).triu(1)
        self.register_buffer("future", future, persistent=False)
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))

    def encode(self, context: Tensor, focus: Tensor) -> Tensor:
        """Window features [N, 10, 24] of contexts [N, 50, 12] within [0, 1] and the focus [N, 10, 12]."""
        everywhere = functional.pad(focus, (0, 0, CONTEXT - WINDOW, 0))
        tokens = torch.cat([context, everywhere], dim=-1) + self.positions
        window = tokens[:, -WINDOW:]
        memory = self.context_norm(tokens + self.context_attention(tokens, tokens))
        memory = self.context_mlp_norm(memory + self.context_mlp(memory))
        window = self.window_norm(window + self.window_attention(window, window, self.future))
        encoded: Tensor = self.cross_norm(window + self.cross_attention(window, memory))
        return encoded

    def forward(self, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Restored windows [N, 10, 12]: by the first and the second decoder, and by the second with focus."""
        window = context[:, -WINDOW:]
        encoded = self.encode(context, torch.zeros_like(window))
        first, second = self.decoder1(encoded), self.decoder2(encoded)
        focused = self.decoder2(self.encode(context, (first - window).square()))
        return first, second, focused


class TranAd(Peer):
    """Squared error of two restorations, in windows of a tenth of a second."""

    name = "tranad"
    source = "Tuli et al., TranAD, PVLDB 15(6), 2022"
    config_type: ClassVar[type[PeerConfig]] = TranAdConfig

    @classmethod
    def build(cls, config: PeerConfig) -> nn.Module:
        return TranAdNetwork(cast(TranAdConfig, config))

    def optimisers(self) -> dict[str, torch.optim.Optimizer]:
        return {
            "adam": torch.optim.AdamW(self.network.parameters(), lr=self.config.learning_rate, weight_decay=1e-5)
        }

    def training_step(
        self, batch: PeerBatch, optimisers: dict[str, torch.optim.Optimizer]
    ) -> dict[str, Tensor]:
        """Two losses, each for its own part of the network (paper, eqs. 8-10)."""
        config, network = cast(TranAdConfig, self.config), cast(TranAdNetwork, self.network)
        contexts = _contexts(batch.signal)  # [N, 100, 50, 12]
        n, count = contexts.shape[:2]
        chosen = torch.randint(count, (n, config.windows_per_record), generator=batch.generator)
        context = contexts[torch.arange(n)[:, None], chosen].flatten(0, 1)
        weight = 1.0 / (1 + int(network.steps) // config.stage_steps)

        window = context[:, -WINDOW:]
        first, second, focused = (functional.mse_loss(restored, window) for restored in network(context))
        restoring = weight * first + (1 - weight) * focused
        contesting = weight * second - (1 - weight) * focused
        rivals = list(network.decoder2.parameters())
        restorers = [parameter for name, parameter in network.named_parameters() if not name.startswith("decoder2")]
        gradients = torch.autograd.grad(restoring, restorers, retain_graph=True)
        gradients += torch.autograd.grad(contesting, rivals)
        for parameter, gradient in zip(restorers + rivals, gradients, strict=True):
            parameter.grad = gradient
        optimisers["adam"].step()
        network.steps += 1
        return {
            "loss": restoring.detach(), "first": first.detach(), "second": second.detach(), "focused": focused.detach(),
        }

    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        contexts = _contexts(signal)
        n, count = contexts.shape[:2]
        errors = np.empty((n, count * WINDOW, N_LEADS), np.float32)
        for row, context in enumerate(contexts):
            window = context[:, -WINDOW:]
            first, _, focused = self.network(context)
            squared = 0.5 * (first - window).square() + 0.5 * (focused - window).square()  # [100, 10, 12]
            errors[row] = squared.flatten(0, 1).cpu().numpy()
        scores = errors.astype(np.float64).mean(axis=(1, 2))
        maps = np.repeat(errors.transpose(0, 2, 1), DECIMATION, axis=2) if with_maps else None
        return PeerScores(scores, maps)

    def macs_per_record(self) -> int:
        contexts = torch.zeros(N_SAMPLES // DECIMATION // WINDOW, CONTEXT, N_LEADS, device=self.device)
        return count_macs_of_call(self.network, lambda: self.network(contexts))


def _contexts(signal: Tensor) -> Tensor:
    """Contexts [N, 100, 50, 12] within [0, 1] of windows [N, 12, 5000] within [-1, 1]; the first sample is repeated
    before the record's start."""
    slow = 0.5 + 0.5 * functional.avg_pool1d(signal, DECIMATION)
    padded = functional.pad(slow, (CONTEXT - WINDOW, 0), mode="replicate")
    return padded.unfold(-1, CONTEXT, WINDOW).permute(0, 2, 3, 1)


def _feed_forward(hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(WIDTH, hidden), nn.ReLU(), nn.Linear(hidden, outputs))


def _sinusoids(length: int, width: int) -> Tensor:
    """Fixed positions [length, width]: sines and cosines of falling frequency."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    angles = torch.arange(length)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


PEER = TranAd
