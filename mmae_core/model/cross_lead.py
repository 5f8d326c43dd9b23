"""Restores hidden leads from visible ones: the part of the preset `plus` that detects changes present in every beat.

A masked autoencoder over time copies a patient's abnormal beat from the other beats. Here whole leads are hidden from
the first sample to the last: what is restored comes from the visible leads and from what normal ECGs have taught, so
a bundle branch block or an old infarction is restored as a normal ECG with such visible leads would look, and the
difference is the error. The idea of hiding leads is known from representation learning on ECGs (ST-MEM, ICLR 2024);
scoring normal-only models with it was chosen on PTB-XL's fold 9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from mmae_core.config import CrossLeadConfig, ScoreConfig
from mmae_core.model.network import Block
from mmae_core.record import STANDARD_LEADS, FloatArray

N_SEGMENTS = 40
"""Tokens of a window: 250 ms of all leads each, as in the masked autoencoder."""
SEGMENT_LENGTH = 25
"""Samples of a segment at 100 Hz: the window is thinned out, because its pass band ends at 25 Hz."""
THINNING = 5
"""500 Hz to 100 Hz."""
LIMIT = 12.0
"""Scaled values are clipped here; the highest R waves of normal ECGs lie below."""
LAYER_NORM_EPS = 1e-6
LOG_FLOOR = 1e-4
"""Added to an error before its logarithm is taken; errors of segments lie between about 0.001 and 10."""


@dataclass(frozen=True)
class CrossLeadErrors:
    """What restoring hidden leads of N windows leaves, averaged over the sets that hid a lead."""

    log_ratio: FloatArray
    """(N, 12, 40) logarithm of squared error over (mean square of the signal + floor); NaN where not assessed."""
    points: FloatArray
    """(N, 12, 5000) squared error over (mean square of 250 ms around + floor); NaN where not assessed."""
    is_finite: NDArray[np.bool_]
    """(N,) False where the network or the device gave numbers that are not finite."""


def _first_embeddings(n_rows: int, width: int) -> Tensor:
    """[n_rows, width] small random numbers. Without memory for them on the device `meta`, where drawing them would load
    PyTorch's compiler: more than a second.
    """
    if torch.get_default_device().type == "meta":
        return torch.empty(n_rows, width)
    return torch.randn(n_rows, width) * 0.02


class CrossLeadNetwork(nn.Module):
    """A transformer over 40 tokens, each a segment of all leads with the hidden ones set to zero."""

    hidden: Tensor

    def __init__(self, config: CrossLeadConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        token_size = len(STANDARD_LEADS) * SEGMENT_LENGTH
        self.embed = nn.Linear(token_size, width)
        self.positions = nn.Parameter(_first_embeddings(N_SEGMENTS, width))
        self.set_embeddings = nn.Parameter(_first_embeddings(len(config.visible), width))
        self.encoder = nn.ModuleList(
            Block(width, config.heads, config.mlp_ratio, LAYER_NORM_EPS) for _ in range(config.layers)
        )
        self.norm = nn.LayerNorm(width, eps=LAYER_NORM_EPS)
        self.head = nn.Linear(width, token_size)
        hidden = [[lead not in text.split() for lead in STANDARD_LEADS] for text in config.visible]
        self.register_buffer("hidden", torch.tensor(hidden), persistent=False)  # [S, 12]

    def forward(self, segments: Tensor, sets: Tensor) -> Tensor:
        """Restored segments [N, 40, 12, 25] of `segments` of the same shape, of which sets [N] name the visible leads.
        """
        hidden = self.hidden[sets][:, None, :, None]
        tokens = self.embed(segments.masked_fill(hidden, 0.0).flatten(2))
        return self._restore(tokens + self.positions + self.set_embeddings[sets][:, None])

    def restore_all(self, segments: Tensor) -> Tensor:
        """Restored segments [N, S, 40, 12, 25] of [N, 40, 12, 25], every set in turn.

        As `forward`, but each lead is embedded once: a set's token is the sum over the leads it leaves visible.
        """
        n, n_leads = len(segments), len(STANDARD_LEADS)
        weight = self.embed.weight.t().view(n_leads, SEGMENT_LENGTH, -1)
        by_lead = torch.matmul(segments.transpose(1, 2), weight)  # [N, 12, 40, D]
        visible = (~self.hidden).to(by_lead.dtype)
        tokens = (visible @ by_lead.flatten(2)).view(n, len(visible), N_SEGMENTS, -1)
        tokens = tokens + self.embed.bias + self.positions + self.set_embeddings[:, None]
        return self._restore(tokens.flatten(0, 1)).view(n, len(visible), *segments.shape[1:])

    def _restore(self, tokens: Tensor) -> Tensor:
        """[N, 40, 12, 25] of tokens [N, 40, D]."""
        for block in self.encoder:
            tokens = block(tokens)
        restored: Tensor = self.head(self.norm(tokens))
        return restored.view(len(tokens), N_SEGMENTS, len(STANDARD_LEADS), SEGMENT_LENGTH)

    def to_segments(self, windows: Tensor) -> Tensor:
        """Windows [N, 12, 5000] at 500 Hz, thinned out and cut: [N, 40, 12, 25]."""
        thinned = windows[:, :, ::THINNING].clamp(-LIMIT, LIMIT)
        return thinned.reshape(*thinned.shape[:2], N_SEGMENTS, SEGMENT_LENGTH).transpose(1, 2)

    def loss(self, windows: Tensor, sets: Tensor, floor: float, n_hidden: Tensor | None = None) -> Tensor:
        """Mean squared error of hidden leads relative to the mean square of each lead's segment + `floor`.

        The ratio makes a P wave worth restoring beside a QRS complex. The mean is over the hidden segments of leads of
        these windows, or `n_hidden` of them where the windows are a part of a step's.
        """
        segments = self.to_segments(windows)
        squared = (self(segments, sets) - segments).square().mean(dim=-1)  # [N, 40, 12]
        ratio = squared / (segments.square().mean(dim=-1) + floor)
        weights = self.hidden[sets][:, None].expand_as(ratio).to(ratio.dtype)
        loss: Tensor = (ratio * weights).sum() / (weights.sum() if n_hidden is None else n_hidden)
        return loss

    def macs_per_window(self) -> int:
        """Multiply-accumulates of the matrix products of all sets."""
        width, tokens = self.config.width, N_SEGMENTS
        ends = 2 * tokens * self.embed.in_features * width
        block = tokens * (4 + 2 * self.config.mlp_ratio) * width * width + 2 * tokens * tokens * width
        return len(self.config.visible) * (ends + self.config.layers * block)


def cross_lead_errors(
    network: CrossLeadNetwork, windows: Tensor, assessable: NDArray[np.bool_], score: ScoreConfig, *,
    with_points: bool = True,
) -> CrossLeadErrors:
    """Hide leads of windows [N, 12, 5000] in the scale `root`, set by set, and average the errors.

    `assessable` is (N, 12, 40). A set of which a visible lead cannot be assessed anywhere says nothing about that
    window; a lead that no remaining set hides is not assessed. Without points they are empty, (N, 12, 0).
    """
    segments = network.to_segments(windows)
    hidden = network.hidden.cpu().numpy()
    lead_seen = np.asarray(assessable.any(axis=2))
    lacking = np.asarray((~lead_seen[:, None, :] & ~hidden[None]).any(axis=2))  # (N, S)
    counted = ~lacking[:, :, None] & hidden[None]  # (N, S, 12)
    weights = torch.from_numpy(counted.astype(np.float32)).to(windows.device)
    with torch.inference_mode():
        squared = (network.restore_all(segments) - segments[:, None]).square()  # [N, S, 40, 12, 25]
        energy = segments.square().mean(dim=-1)[:, None] + score.cross_lead_floor  # [N, 1, 40, 12]
        log_ratio = torch.log((squared.mean(dim=-1) + LOG_FLOOR) / energy)
        total = weights.sum(dim=1)  # [N, 12]; 0 / 0 = NaN: never hidden
        by_segment = torch.einsum("nstk,nsk->nkt", log_ratio, weights) / total[:, :, None]
        points = np.empty((*total.shape, 0), np.float32)
        if with_points:
            by_point = torch.einsum("nstkp,nsk->nktp", squared, weights) / total[:, :, None, None]
            around = _moving_mean(segments.transpose(1, 2).flatten(2).square(), SEGMENT_LENGTH)
            by_point = by_point.flatten(2) / (around + score.cross_lead_map_floor)  # [N, 12, 1000]
            nearest = np.minimum((np.arange(windows.shape[2]) + THINNING // 2) // THINNING, by_point.shape[2] - 1)
            points = by_point.float().cpu().numpy()[:, :, nearest]
    finite = torch.isfinite(by_segment) | (total[:, :, None] == 0)
    return CrossLeadErrors(
        log_ratio=np.where(assessable, by_segment.float().cpu().numpy(), np.nan).astype(np.float32),
        points=points.astype(np.float32),
        is_finite=finite.all(dim=(1, 2)).cpu().numpy(),
    )


def _moving_mean(values: Tensor, width: int) -> Tensor:
    """Mean of the `width` (odd) values around each along the last axis; fewer at both ends."""
    return torch.nn.functional.avg_pool1d(values, width, stride=1, padding=width // 2, count_include_pad=False)
