"""The network of MCF: two scales restored from each other, and the trend (Jiang et al. 2023, arXiv 2308.01639).

Checked against the authors' published code (MediaBrain-SJTU/ECGAD, MIT licence) for widths, kernels and the count of
parameters: 7,085,779.
"""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

N_LEADS = 12
GLOBAL_SAMPLES = 4800
"""The 10-s window less its first and last 100 samples."""
LOCAL_SAMPLES = 480
"""One beat: 140 samples before the R-peak, 340 from it on."""
HALVINGS = 5
"""Strided convolutions of an encoder, each of which halves the length."""
KERNEL = 4
LAST_KERNEL = 15
ATTENTION_HEADS = 2
DROPOUT = 0.1
NEGATIVE_SLOPE = 0.2


def latent_length(samples: int) -> int:
    """Positions that the encoder leaves of `samples`: 136 of 4800, 1 of 480."""
    return samples // (1 << HALVINGS) - LAST_KERNEL + 1


def encoder(width: int, hidden: int, *, bias: bool = False) -> nn.Sequential:
    """[N, 12, L] to [N, hidden, latent_length(L)]; `width` channels after the first layer, doubled by each further.

    MCF's convolutions have no bias.
    """
    channels = [N_LEADS, *(width * 2**level for level in range(HALVINGS))]
    layers: list[nn.Module] = []
    for level, (fan_in, fan_out) in enumerate(pairwise(channels)):
        layers.append(nn.Conv1d(fan_in, fan_out, KERNEL, stride=2, padding=1, bias=bias))
        if level:
            layers.append(nn.BatchNorm1d(fan_out))
        layers.append(nn.LeakyReLU(NEGATIVE_SLOPE, inplace=True))
    layers.append(nn.Conv1d(channels[-1], hidden, LAST_KERNEL, bias=bias))
    return nn.Sequential(*layers)


def decoder(width: int, hidden: int, n_out: int, *, bias: bool = False) -> nn.Sequential:
    """The mirror image of `encoder`, ending in a hyperbolic tangent."""
    channels = [width * 2**level for level in reversed(range(HALVINGS))]
    layers: list[nn.Module] = [
        nn.ConvTranspose1d(hidden, channels[0], LAST_KERNEL, bias=bias),
        nn.BatchNorm1d(channels[0]),
        nn.ReLU(inplace=True),
    ]
    for fan_in, fan_out in pairwise(channels):
        layers += [
            nn.ConvTranspose1d(fan_in, fan_out, KERNEL, stride=2, padding=1, bias=bias),
            nn.BatchNorm1d(fan_out),
            nn.ReLU(inplace=True),
        ]
    layers += [nn.ConvTranspose1d(channels[-1], n_out, KERNEL, stride=2, padding=1, bias=bias), nn.Tanh()]
    return nn.Sequential(*layers)


class PlainNorm(nn.Module):
    """Layer normalisation as the authors write it: over unbiased standard deviation + eps, not over variance."""

    def __init__(self, features: int, eps: float = 1e-6) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features))
        self.bias = nn.Parameter(torch.zeros(features))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """[..., features]"""
        mean = x.mean(dim=-1, keepdim=True)
        return self.weight * (x - mean) / (x.std(dim=-1, keepdim=True) + self.eps) + self.bias


class SelfAttention(nn.Module):
    """Multi-head self-attention over [N, T, features], dropout on the weights."""

    def __init__(self, features: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(features, features)
        self.key = nn.Linear(features, features)
        self.value = nn.Linear(features, features)
        self.output = nn.Linear(features, features)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor) -> Tensor:
        """[N, T, features]"""
        query, key, value = (layer(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)  # [N, heads, T, features/heads]
                             for layer in (self.query, self.key, self.value))
        weights = torch.softmax(query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1]), dim=-1)
        mixed: Tensor = self.output((self.dropout(weights) @ value).transpose(1, 2).flatten(2))
        return mixed


class McfNetwork(nn.Module):
    """Global and local encoder, exchange by attention, and three decoders."""

    def __init__(self, width: int = 32, hidden: int = 50) -> None:
        super().__init__()
        self.global_encoder = encoder(width, hidden)
        self.local_encoder = encoder(width, hidden)
        self.trend_encoder = encoder(width, hidden)
        with_log_variance = N_LEADS + 1
        self.global_decoder = decoder(width, hidden, with_log_variance)
        self.local_decoder = decoder(width, hidden, with_log_variance)
        self.trend_decoder = decoder(width, 2 * hidden, N_LEADS)
        n_global, n_local = latent_length(GLOBAL_SAMPLES), latent_length(LOCAL_SAMPLES)
        both = n_global + n_local
        self.attention = SelfAttention(hidden, ATTENTION_HEADS)
        self.dropout = nn.Dropout(DROPOUT)
        self.norm = PlainNorm(hidden)
        self.to_global = nn.Sequential(nn.Linear(both, 4 * both), nn.ReLU(inplace=True), nn.Linear(4 * both, n_global))
        self.to_local = nn.Sequential(nn.Linear(both, 2 * both), nn.ReLU(inplace=True), nn.Linear(2 * both, n_local))

    def exchange(self, latent_global: Tensor, latent_local: Tensor) -> tuple[Tensor, Tensor]:
        """Each scale's latent, [N, hidden, 136] and [N, hidden, 1], corrected by what attention reads from both."""
        tokens = torch.cat([latent_global, latent_local], dim=-1).transpose(1, 2)  # [N, 137, hidden]
        mixed = self.norm(tokens + self.dropout(self.attention(tokens))).transpose(1, 2)
        return latent_global + self.to_global(mixed), latent_local + self.to_local(mixed)

    def forward(self, masked: Tensor, masked_beat: Tensor, trend: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Restore the window, the beat, and the window from its trend.

        [N, 12, 4800], [N, 12, 480], [N, 12, 4800] to [N, 13, 4800], [N, 13, 480] (12 leads and the log-variance, all
        within [-1, 1]) and [N, 12, 4800].
        """
        latent_global, latent_local = self.exchange(self.global_encoder(masked), self.local_encoder(masked_beat))
        latent_trend = torch.cat([latent_global, self.trend_encoder(trend)], dim=1)
        return self.global_decoder(latent_global), self.local_decoder(latent_local), self.trend_decoder(latent_trend)
