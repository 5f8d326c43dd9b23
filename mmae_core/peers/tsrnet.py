"""TSRNet: Multimodal Time and Spectrogram Restoration Network (Bui et al., ISBI 2024, arXiv 2312.10187).

A masked window is restored from its own latent and from its spectrogram's, which the latent reads by cross-attention;
a predicted log-variance weighs the error. The score asks how badly the surroundings of the R-peaks are restored, the
paper's peak-based error.

Written from the paper's description alone: the authors' code has no licence and was neither read nor copied. What is
known of that code from its published size: 2,169,791 parameters without the spectrogram, which is the encoder and
decoder of MCF with biases and what this module has; 4,394,009 with it, where this module has 3,799,079. Decided here,
because the description leaves it open:

- The spectrogram: Hann windows of 256 samples every 32, log(1 + magnitude) of the lowest 32 bins (below 61 Hz; the
  input ends at 25 Hz), through five 3 x 3 convolutions that keep 38 steps in time.
- Masks: 30 % of the window's patches as in MCF and, independently, 20 % of the spectrogram's blocks of 5 frames.
- Scoring restores the window under MCF's three fixed masks, with a third of the spectrogram's blocks hidden in each,
  and averages the errors.
- The peak-based error counts samples within 240 of an R-peak that `mmae_core.signals.rpeaks` finds in lead II. A record
  without one has no score and is counted. The map holds the error of all samples.
- Optimisation as in MCF. The last epoch is kept; the authors keep the one that is best on the test set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from mmae_core.errors import ConfigError
from mmae_core.peers.base import N_LEADS, Peer, PeerBatch, PeerConfig, PeerScores, count_macs_of_call, macs_by_output
from mmae_core.peers.mcf import CROP, SCORE_MASKS, random_patches, score_masks, weighted_error
from mmae_core.peers.mcf_network import GLOBAL_SAMPLES, HALVINGS, NEGATIVE_SLOPE, decoder, encoder

STFT_WINDOW, STFT_HOP = 256, 32
N_BINS, N_FRAMES = 32, GLOBAL_SAMPLES // STFT_HOP
BLOCK_FRAMES = 5
"""Frames that are masked together: 160 samples."""
PEAK_REACH = 240
"""Samples on either side of an R-peak that the peak-based error counts."""
ATTENTION_HEADS = 2


@dataclass(frozen=True)
class TsrnetConfig(PeerConfig):
    """Defaults are MCF's."""

    weight_decay: float = 1e-5
    mask_percent: int = 30
    """Of the window's patches, in training."""
    spectrogram_mask_percent: int = 20
    """Of the spectrogram's blocks, in training."""
    width: int = 32
    """Channels after the first convolution of each branch."""
    hidden: int = 50
    """Channels of the latents."""
    spectrogram: bool = True
    """Without: the paper's ablation, time alone."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("mask_percent", "spectrogram_mask_percent"):
            if not 0 <= getattr(self, name) < 100:
                raise ConfigError(f"{name} must lie in 0..99; found {getattr(self, name)}.")
        if self.hidden % ATTENTION_HEADS or self.hidden < ATTENTION_HEADS or self.width < 1:
            raise ConfigError(f"hidden must be even and width positive; found {self.hidden} and {self.width}.")


class TsrnetNetwork(nn.Module):
    """Two encoders, cross-attention, one decoder."""

    def __init__(self, width: int, hidden: int, *, spectrogram: bool) -> None:
        super().__init__()
        self.time_encoder = encoder(width, hidden, bias=True)
        self.time_decoder = decoder(width, hidden, N_LEADS + 1, bias=True)
        self.spectrogram_encoder = _spectrogram_encoder(width, hidden) if spectrogram else None
        if spectrogram:
            self.attention = nn.MultiheadAttention(hidden, ATTENTION_HEADS, batch_first=True)
            self.norm = nn.LayerNorm(hidden)
            self.mlp = nn.Sequential(nn.Linear(hidden, 4 * hidden), nn.GELU(), nn.Linear(4 * hidden, hidden))

    def forward(self, masked: Tensor, masked_spectrogram: Tensor) -> Tensor:
        """Restore a window: [N, 12, 4800] and [N, 12, 32, 150] to [N, 13, 4800], 12 leads and the log-variance."""
        latent = self.time_encoder(masked)  # [N, hidden, 136]
        if self.spectrogram_encoder is not None:
            keys = self.spectrogram_encoder(masked_spectrogram).flatten(2).transpose(1, 2)  # [N, 38, hidden]
            queries = latent.transpose(1, 2)
            read, _ = self.attention(queries, keys, keys, need_weights=False)
            latent = latent + self.mlp(self.norm(queries + read)).transpose(1, 2)
        restored: Tensor = self.time_decoder(latent)
        return restored


def _spectrogram_encoder(width: int, hidden: int) -> nn.Sequential:
    """[N, 12, 32, 150] to [N, hidden, 1, 38]: frequency is halved five times, time twice."""
    channels = [N_LEADS, *(width * 2**level for level in range(HALVINGS))]
    layers: list[nn.Module] = []
    for level, (fan_in, fan_out) in enumerate(pairwise(channels)):
        layers.append(nn.Conv2d(fan_in, fan_out, 3, stride=(2, 2 if level < 2 else 1), padding=1))
        if level:
            layers.append(nn.BatchNorm2d(fan_out))
        layers.append(nn.LeakyReLU(NEGATIVE_SLOPE, inplace=True))
    layers.append(nn.Conv2d(channels[-1], hidden, 1))
    return nn.Sequential(*layers)


def spectrogram(window: Tensor) -> Tensor:
    """log(1 + magnitude) of the short-time Fourier transform: [N, 12, 4800] to [N, 12, 32, 150]."""
    transformed = torch.stft(
        window.flatten(0, 1), STFT_WINDOW, STFT_HOP, window=torch.hann_window(STFT_WINDOW, device=window.device),
        return_complex=True,
    )
    return torch.log1p(transformed[:, :N_BINS, :N_FRAMES].abs()).view(-1, N_LEADS, N_BINS, N_FRAMES)


class Tsrnet(Peer):
    """Bui et al. 2024."""

    name = "tsrnet"
    source = "Bui et al., TSRNet, ISBI 2024, arXiv 2312.10187"
    needs_r_peaks = True
    config_type: ClassVar[type[PeerConfig]] = TsrnetConfig

    @classmethod
    def build(cls, config: PeerConfig) -> TsrnetNetwork:
        """Initialised as torch initialises its layers."""
        settings = cast(TsrnetConfig, config)
        return TsrnetNetwork(settings.width, settings.hidden, spectrogram=settings.spectrogram)

    def optimisers(self) -> dict[str, torch.optim.Optimizer]:
        """AdamW over everything."""
        settings = cast(TsrnetConfig, self.config)
        return {"adam": torch.optim.AdamW(
            self.network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
        )}

    def losses(self, batch: PeerBatch) -> dict[str, Tensor]:
        """Uncertainty-weighted error of all samples, masked or not."""
        settings = cast(TsrnetConfig, self.config)
        window = batch.signal[:, :, CROP:-CROP]
        hidden = random_patches(settings.mask_percent, batch.generator).to(window.device)
        n_blocks = N_FRAMES // BLOCK_FRAMES
        blocks = torch.zeros(n_blocks, dtype=torch.bool)
        n_hidden = n_blocks * settings.spectrogram_mask_percent // 100
        blocks[torch.randperm(n_blocks, generator=batch.generator)[:n_hidden]] = True
        frames = blocks.repeat_interleave(BLOCK_FRAMES).to(window.device)
        restored = self.network(window.masked_fill(hidden, 0.0), spectrogram(window).masked_fill(frames, 0.0))
        error, log_variance = weighted_error(restored, window).mean(), restored[:, N_LEADS:].mean()
        return {"loss": error + log_variance, "error": error, "log_variance": log_variance}

    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        """Mean error around the R-peaks; part `whole` is the mean over the whole window, without R-peaks."""
        errors = torch.stack([self._errors(each[None]) for each in signal])  # [N, 12, 4800]
        near = torch.stack([_near(peaks, signal.device) for peaks in r_peaks])  # [N, 4800]
        around = (errors.mean(dim=1) * near).sum(dim=1) / near.sum(dim=1)
        maps = functional.pad(errors, (CROP, CROP), value=float("nan")).cpu().numpy() if with_maps else None
        return PeerScores(
            scores=around.double().cpu().numpy(),
            maps=maps,
            parts={"whole": errors.mean(dim=(1, 2)).double().cpu().numpy()},
        )

    def usable_r_peaks(self, r_peaks: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those within the cropped window."""
        return r_peaks[(r_peaks >= CROP) & (r_peaks < CROP + GLOBAL_SAMPLES)]

    def _errors(self, signal: Tensor) -> Tensor:
        """Error of every sample of one window [1, 12, 5000], mean over the three masks: [12, 4800]."""
        window = signal[:, :, CROP:-CROP]
        masked = torch.cat([window.masked_fill(hidden, 0.0) for hidden in score_masks(signal.device)])
        block = torch.arange(N_FRAMES, device=signal.device) // BLOCK_FRAMES % SCORE_MASKS
        whole = spectrogram(window)
        spectrograms = torch.cat([whole.masked_fill(block == number, 0.0) for number in range(SCORE_MASKS)])
        return weighted_error(self.network(masked, spectrograms), window).mean(dim=0)

    def macs_per_record(self) -> int:
        """Three passes, counted as `thop` counts."""
        return SCORE_MASKS * self._macs_per_pass()

    def _macs_per_pass(self) -> int:
        return macs_by_output(self.network, lambda: self.network(*self._pass_inputs()))

    def costs(self) -> dict[str, Any]:
        """Multiply-accumulates of a pass, as published figures count and as executed."""
        return {
            "macs_pass_published": self._macs_per_pass(),
            "macs_pass": count_macs_of_call(self.network, lambda: self.network(*self._pass_inputs())),
            "passes_per_record": SCORE_MASKS,
        }

    def _pass_inputs(self) -> tuple[Tensor, Tensor]:
        window = torch.zeros(1, N_LEADS, GLOBAL_SAMPLES, device=self.device)
        return window, torch.zeros(1, N_LEADS, N_BINS, N_FRAMES, device=self.device)


PEER = Tsrnet


def _near(r_peaks: NDArray[np.int64], device: torch.device) -> Tensor:
    """[4800], 1 within `PEAK_REACH` of an R-peak, else 0."""
    near = torch.zeros(GLOBAL_SAMPLES, device=device)
    for peak in r_peaks:
        centre = int(peak) - CROP
        near[max(0, centre - PEAK_REACH) : centre + PEAK_REACH] = 1.0
    return near
