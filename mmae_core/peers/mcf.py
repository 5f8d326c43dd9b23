"""MCF: Multi-scale Cross-restoration Framework (Jiang et al., MICCAI 2023, arXiv 2308.01639).

A masked window (global) and one masked beat around an R-peak (local) are restored from each other's latents, and the
window once more from its trend. Both restorations predict a log-variance that weighs their error. Masks, losses,
score and map follow the authors' code (MediaBrain-SJTU/ECGAD, MIT licence), with these differences:

- R-peaks come from `mmae_core.signals.rpeaks` instead of HeartPy, on the same lead (II); a record without a usable
R-peak has
  no score and is counted.
- The learning rate falls by a half cosine at every step, not every epoch (the authors' last epoch has rate 0).
- The last epoch is kept. The authors keep the epoch that is best on the test set.
- A lead that is constant over a beat becomes 0 there; the authors' division gives NaN.
- The scores are not min-max scaled over the test set, which changes no ranking.
- Scoring computes each window's and the trend's encoding once, not once for every beat; the numbers are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from mmae_core.errors import ConfigError
from mmae_core.peers.base import (
    N_LEADS,
    N_SAMPLES,
    Peer,
    PeerBatch,
    PeerConfig,
    PeerScores,
    count_macs_of_call,
    macs_by_output,
)
from mmae_core.peers.mcf_network import GLOBAL_SAMPLES, LOCAL_SAMPLES, McfNetwork

CROP = (N_SAMPLES - GLOBAL_SAMPLES) // 2
"""Samples left out at both ends of a window."""
BEFORE_PEAK = 140
"""Samples of a beat before its R-peak."""
PEAK_RANGE = (200, 4400)
"""R-peaks strictly between are used."""
PATCHES = 100
"""Patches of 48 samples that a window is masked by in training."""
SCORE_MASKS = 3
"""Masks of one beat in scoring; together they cover 90 % of the window and samples 20..220 of the beat."""
SCORE_STRIDE = 160
"""Samples from one masked patch to the next in scoring."""
SCORE_BEAT_MASKS = (20, 70, 120)
"""First masked sample of the beat in each of the three masks."""
SCORE_BEAT_MASKED = 100
TREND_AVERAGE = 10
"""Samples of the running mean whose differences are the trend."""
TYPICAL_BEATS = 12
"""Of a 10-s record, for the published arithmetic: 12 x 3 passes."""
PASSES_AT_ONCE = 12
"""More passes in one batch gain nothing on a CPU and cost memory."""


@dataclass(frozen=True)
class McfConfig(PeerConfig):
    """Defaults are the authors'."""

    weight_decay: float = 1e-5
    mask_percent: int = 30
    """Of the window's patches, and of the beat's samples, in training."""
    width: int = 32
    """Channels after the first convolution."""
    hidden: int = 50
    """Channels of the latents."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 < self.mask_percent < 99:
            raise ConfigError(f"mask_percent must lie between 0 and 99; found {self.mask_percent}.")
        if self.hidden % 2 or self.hidden < 2 or self.width < 1:
            raise ConfigError(f"hidden must be even and width positive; found {self.hidden} and {self.width}.")


class Mcf(Peer):
    """Jiang et al. 2023."""

    name = "mcf"
    source = "Jiang et al., Multi-scale Cross-restoration Framework, MICCAI 2023, arXiv 2308.01639"
    needs_r_peaks = True
    config_type: ClassVar[type[PeerConfig]] = McfConfig

    @classmethod
    def build(cls, config: PeerConfig) -> McfNetwork:
        """Initialised as torch initialises its layers, like the authors'."""
        settings = cast(McfConfig, config)
        return McfNetwork(settings.width, settings.hidden)

    @property
    def _net(self) -> McfNetwork:
        return cast(McfNetwork, self.network)

    def optimisers(self) -> dict[str, torch.optim.Optimizer]:
        """AdamW over everything."""
        settings = cast(McfConfig, self.config)
        return {"adam": torch.optim.AdamW(
            self.network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
        )}

    def usable_r_peaks(self, r_peaks: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those whose beat lies within the window, by the authors' bounds."""
        return r_peaks[(r_peaks > PEAK_RANGE[0]) & (r_peaks < PEAK_RANGE[1])]

    def losses(self, batch: PeerBatch) -> dict[str, Tensor]:
        """Uncertainty-weighted error of both scales, plain error of the trend's restoration."""
        settings = cast(McfConfig, self.config)
        generator = batch.generator
        window = batch.signal[:, :, CROP:-CROP]
        peaks = [int(each[_below(len(each), generator)]) for each in batch.r_peaks]
        beat = torch.stack([beat_around(signal, peak) for signal, peak in zip(batch.signal, peaks, strict=True)])

        hidden = random_patches(settings.mask_percent, generator).to(window.device)
        cut = LOCAL_SAMPLES * settings.mask_percent // 100
        first = 1 + _below(LOCAL_SAMPLES - cut - 2, generator)
        masked_beat = beat.clone()
        masked_beat[:, :, first : first + cut] = 0.0

        restored, restored_beat, from_trend = self.network(window.masked_fill(hidden, 0.0), masked_beat, trend(window))
        loss_global, loss_local = (
            weighted_error(output, target).mean() + output[:, N_LEADS:].mean()
            for output, target in ((restored, window), (restored_beat, beat))
        )
        loss_trend = (from_trend - window).square().mean()
        return {"loss": loss_global + loss_local + loss_trend, "global": loss_global, "local": loss_local,
                "trend": loss_trend}

    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        """Mean over beats and masks of the three errors; the map adds them up point by point, as the authors do."""
        scored = [self._score_window(each, peaks, with_maps) for each, peaks in zip(signal, r_peaks, strict=True)]
        parts = np.array([means for means, _ in scored], dtype=np.float64).reshape(-1, 3)
        return PeerScores(
            scores=parts.sum(axis=1),
            maps=np.stack([points.cpu().numpy() for _, points in scored]) if with_maps and scored else None,
            parts=dict(zip(("global", "local", "trend"), parts.T, strict=True)),
        )

    def _score_window(
        self, signal: Tensor, peaks: NDArray[np.int64], with_map: bool
    ) -> tuple[tuple[float, float, float], Tensor]:
        """Means of the global, local and trend error of one window [12, 5000], and its map (empty unless asked)."""
        net = self._net
        window = signal[None, :, CROP:-CROP]
        beats = torch.stack([beat_around(signal, int(peak)) for peak in peaks])  # [B, 12, 480]
        masked_beats = torch.stack([_hide(beats, first, SCORE_BEAT_MASKED) for first in SCORE_BEAT_MASKS], dim=1)
        masked = torch.cat([window.masked_fill(hidden, 0.0) for hidden in score_masks(signal.device)])  # [3, 12, 4800]
        latent_window = net.global_encoder(masked)
        latent_trend = net.trend_encoder(trend(window))
        latent_beats = net.local_encoder(masked_beats.flatten(0, 1))  # [3B, hidden, 1], masks of a beat side by side

        n_passes = SCORE_MASKS * len(beats)
        sums = torch.zeros(3, dtype=torch.float64)
        points = torch.zeros(N_LEADS, GLOBAL_SAMPLES, device=signal.device)
        local_points = torch.zeros(N_LEADS, N_SAMPLES, device=signal.device)
        for start in range(0, n_passes, PASSES_AT_ONCE):
            passes = torch.arange(start, min(start + PASSES_AT_ONCE, n_passes))
            beat = beats[passes // SCORE_MASKS]
            latent_global, latent_local = net.exchange(latent_window[passes % SCORE_MASKS], latent_beats[passes])
            latent_both = torch.cat([latent_global, latent_trend.expand(len(passes), -1, -1)], dim=1)
            error_global = weighted_error(net.global_decoder(latent_global), window)
            error_local = weighted_error(net.local_decoder(latent_local), beat)
            error_trend = (net.trend_decoder(latent_both) - window).square()
            for place, error in enumerate((error_global, error_local, error_trend)):
                sums[place] += error.mean(dim=(1, 2)).sum(dtype=torch.float64).cpu()
            if with_map:
                points += error_global.sum(dim=0) + error_trend.sum(dim=0)
                for number, error in zip(passes // SCORE_MASKS, error_local, strict=True):
                    begin = int(peaks[number]) - BEFORE_PEAK
                    local_points[:, begin : begin + LOCAL_SAMPLES] += error / SCORE_MASKS
        mean_global, mean_local, mean_trend = (sums / n_passes).tolist()
        if not with_map:
            return (mean_global, mean_local, mean_trend), points
        within = points / n_passes + local_points[:, CROP:-CROP]
        return (mean_global, mean_local, mean_trend), functional.pad(within, (CROP, CROP), value=float("nan"))

    @cached_property
    def _pass_inputs(self) -> tuple[Tensor, Tensor, Tensor]:
        window, beat = torch.zeros(1, N_LEADS, GLOBAL_SAMPLES), torch.zeros(1, N_LEADS, LOCAL_SAMPLES)
        return window.to(self.device), beat.to(self.device), window.to(self.device)

    def macs_per_record(self) -> int:
        """36 passes as the authors' code makes them for a record of 12 beats, each counted as they count."""
        return TYPICAL_BEATS * SCORE_MASKS * self.macs_per_pass()

    def macs_per_pass(self) -> int:
        """The published 1.253 G: of layers alone, transposed convolutions by their outputs."""
        return macs_by_output(self.network, lambda: self.network(*self._pass_inputs))

    def costs(self) -> dict[str, Any]:
        """Multiply-accumulates: of a pass as published and as executed, and of a record as this module scores it."""
        peaks = np.linspace(PEAK_RANGE[0] + 1, PEAK_RANGE[1] - 1, TYPICAL_BEATS).astype(np.int64)
        signal = torch.zeros(N_LEADS, N_SAMPLES, device=self.device)
        return {
            "macs_pass_published": self.macs_per_pass(),
            "macs_pass": count_macs_of_call(self.network, lambda: self.network(*self._pass_inputs)),
            "passes_per_record": TYPICAL_BEATS * SCORE_MASKS,
            "macs_record_shared": count_macs_of_call(self.network, lambda: self._score_window(signal, peaks, False)),
        }


PEER = Mcf


def trend(window: Tensor) -> Tensor:
    """Differences of a running mean over 10 samples, scaled to [-1, 1] over all leads of a window together.

    [N, 12, L] to [N, 12, L]; five zeros stand before and after. A constant window gives zeros.
    """
    averaged = functional.avg_pool1d(window, TREND_AVERAGE, stride=1)
    padded = functional.pad(averaged.diff(dim=-1), (TREND_AVERAGE // 2, TREND_AVERAGE // 2))
    return _to_unit_range(padded.flatten(1)).view_as(padded)


def beat_around(signal: Tensor, r_peak: int) -> Tensor:
    """The beat of an R-peak out of a window [12, 5000]: [12, 480], each lead scaled to [-1, 1]."""
    first = r_peak - BEFORE_PEAK
    return _to_unit_range(signal[:, first : first + LOCAL_SAMPLES])


def weighted_error(output: Tensor, target: Tensor) -> Tensor:
    """Squared error of the leads, divided by the predicted variance: [N, 13, L] and [N, 12, L] to [N, 12, L]."""
    return torch.exp(-output[:, N_LEADS:]) * (output[:, :N_LEADS] - target).square()


def _to_unit_range(x: Tensor) -> Tensor:
    """Min-max to [-1, 1] along the last axis; 0 where it is constant."""
    low, high = x.amin(dim=-1, keepdim=True), x.amax(dim=-1, keepdim=True)
    span = high - low
    scaled = 2.0 * (x - low) / torch.where(span > 0, span, 1.0) - 1.0
    return torch.where(span > 0, scaled, 0.0)


def _hide(beats: Tensor, first: int, count: int) -> Tensor:
    hidden = beats.clone()
    hidden[..., first : first + count] = 0.0
    return hidden


def random_patches(mask_percent: int, generator: torch.Generator) -> Tensor:
    """A mask [4800], True where hidden: so many of a window's hundred patches, drawn at random."""
    hidden = torch.zeros(PATCHES, dtype=torch.bool)
    hidden[torch.randperm(PATCHES, generator=generator)[: PATCHES * mask_percent // 100]] = True
    return hidden.repeat_interleave(GLOBAL_SAMPLES // PATCHES)


def score_masks(device: torch.device) -> list[Tensor]:
    """Three masks [4800], True where hidden: 30 patches of 48 samples each, 160 apart, shifted by 48 a mask."""
    position = torch.arange(GLOBAL_SAMPLES, device=device) % SCORE_STRIDE
    patch = GLOBAL_SAMPLES // PATCHES
    return [(position >= patch * number) & (position < patch * (number + 1)) for number in range(SCORE_MASKS)]


def _below(count: int, generator: torch.Generator) -> int:
    """A random number of 0..count-1."""
    return int(torch.randint(count, (1,), generator=generator))
