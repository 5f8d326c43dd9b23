"""BeatGAN: an autoencoder of single beats, regularised by a discriminator.

Source: Zhou, Liu, Hooi, Cheng & Ye, *BeatGAN: Anomalous Rhythm Detection using Adversarially Generated Time Series*,
IJCAI 2019. A DCGAN-like encoder takes a beat to 50 numbers and a decoder takes them back; a discriminator learns to
tell beats from restored beats; the generator minimises the squared error of the beat plus that of the discriminator's
hidden features. The error of each sample is the map, its mean the score.

Deviations:
- Twelve leads at once, where the paper has one or two.
- Beats keep the duration that the authors cut (0.39 s before the R-peak, 0.50 s after it) but have 224 samples at
  250 Hz instead of 320 at 360 Hz; the input ends at 25 Hz. Five halvings leave 7 samples as theirs leave 10.
- Channels are 16 to 256 instead of 32 to 512 (a quarter of the parameters), the schedule is short, the learning rate
  higher than the authors' 1e-4 and falling.
- A window is scaled as a whole, not each beat by itself: a beat that is too high stays too high.
- No warped copies of beats: the paper's plain variant. The discriminator is never re-initialised.
- A record's score is the mean over its beats. The paper scores beats and knows no records.

A record without an R-peak that leaves room for a beat has no score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from mmae_core.peers.base import N_LEADS, N_SAMPLES, Peer, PeerBatch, PeerConfig, PeerScores, count_macs_of_call

DECIMATION = 2
"""500 Hz to 250 Hz, as means of neighbours."""
BEAT, BEFORE = 224, 98
"""Samples of a beat at 250 Hz, and those of them before its R-peak."""
HALVINGS = 5
NOMINAL_BEATS = 10
"""Beats of the record that multiply-accumulates are counted for: 60 a minute."""


@dataclass(frozen=True)
class BeatGanConfig(PeerConfig):
    """Defaults that one processor core finishes in minutes."""

    epochs: int = 3
    learning_rate: float = 5e-4
    beats_per_record: int = 4
    """Drawn anew from each record in every epoch."""
    channels: int = 16
    """Of the first layer; doubled at each of the next four."""
    latent: int = 50
    feature_weight: float = 1.0
    """Weight of the discriminator's features in the generator's loss."""


def beat_encoder(channels: int, outputs: int) -> nn.Sequential:
    """Beats [N, 12, 224] to [N, outputs, 1]: five halvings, then one convolution over the 7 samples left."""
    layers: list[nn.Module] = [nn.Conv1d(N_LEADS, channels, 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
    for _ in range(HALVINGS - 1):
        layers += [
            nn.Conv1d(channels, 2 * channels, 4, 2, 1, bias=False), nn.BatchNorm1d(2 * channels), nn.LeakyReLU(0.2)
        ]
        channels *= 2
    return nn.Sequential(*layers, nn.Conv1d(channels, outputs, BEAT >> HALVINGS, bias=False))


def beat_decoder(channels: int, latent: int) -> nn.Sequential:
    """[N, latent, 1] to beats [N, 12, 224] within [-1, 1]: the encoder's mirror image."""
    width = channels << (HALVINGS - 1)
    layers: list[nn.Module] = [nn.ConvTranspose1d(latent, width, BEAT >> HALVINGS, bias=False)]
    for _ in range(HALVINGS - 1):
        layers += [nn.BatchNorm1d(width), nn.ReLU(), nn.ConvTranspose1d(width, width // 2, 4, 2, 1, bias=False)]
        width //= 2
    layers += [nn.BatchNorm1d(width), nn.ReLU(), nn.ConvTranspose1d(width, N_LEADS, 4, 2, 1, bias=False)]
    return nn.Sequential(*layers, nn.Tanh())


class BeatGanNetwork(nn.Module):
    """Generator (encoder and decoder) and discriminator."""

    def __init__(self, config: BeatGanConfig) -> None:
        super().__init__()
        self.generator = nn.Sequential(
            beat_encoder(config.channels, config.latent), beat_decoder(config.channels, config.latent)
        )
        self.discriminator = beat_encoder(config.channels, 1)
        for module in self.modules():
            if isinstance(module, nn.Conv1d | nn.ConvTranspose1d):
                nn.init.xavier_normal_(module.weight)

    def discriminate(self, beats: Tensor) -> tuple[Tensor, Tensor]:
        """Hidden features [N, C, 7] of beats and how real they look, as logits [N]."""
        features = self.discriminator[:-1](beats)
        return features, self.discriminator[-1](features).flatten()


class BeatGan(Peer):
    """Reconstruction error of beats around R-peaks."""

    name = "beatgan"
    source = "Zhou et al., BeatGAN, IJCAI 2019"
    needs_r_peaks = True
    config_type: ClassVar[type[PeerConfig]] = BeatGanConfig

    @classmethod
    def build(cls, config: PeerConfig) -> nn.Module:
        return BeatGanNetwork(cast(BeatGanConfig, config))

    def optimisers(self) -> dict[str, torch.optim.Optimizer]:
        network = cast(BeatGanNetwork, self.network)
        rate, betas = self.config.learning_rate, (0.5, 0.999)
        return {
            "generator": torch.optim.Adam(network.generator.parameters(), lr=rate, betas=betas),
            "discriminator": torch.optim.Adam(network.discriminator.parameters(), lr=rate, betas=betas),
        }

    def training_step(
        self, batch: PeerBatch, optimisers: dict[str, torch.optim.Optimizer]
    ) -> dict[str, Tensor]:
        """The discriminator learns to tell the beats apart, then the generator to restore them."""
        config, network = cast(BeatGanConfig, self.config), cast(BeatGanNetwork, self.network)
        beats = _cut(batch.signal, *_drawn(batch, config.beats_per_record))
        restored = network.generator(beats)

        optimisers["discriminator"].zero_grad(set_to_none=True)
        _, of_real = network.discriminate(beats)
        _, of_restored = network.discriminate(restored.detach())
        verdict = functional.binary_cross_entropy_with_logits
        discriminator_loss = verdict(of_real, torch.ones_like(of_real)) + verdict(
            of_restored, torch.zeros_like(of_restored)
        )
        torch.autograd.backward(discriminator_loss)
        optimisers["discriminator"].step()

        optimisers["generator"].zero_grad(set_to_none=True)
        error = functional.mse_loss(restored, beats)
        with torch.no_grad():
            wanted, _ = network.discriminate(beats)
        feature_error = functional.mse_loss(network.discriminate(restored)[0], wanted)
        loss = error + config.feature_weight * feature_error
        torch.autograd.backward(loss)
        optimisers["generator"].step()
        return {
            "loss": loss.detach(), "reconstruction": error.detach(), "features": feature_error.detach(),
            "discriminator": discriminator_loss.detach(),
        }

    def usable_r_peaks(self, r_peaks: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those whose beat lies within the window."""
        starts = r_peaks // DECIMATION - BEFORE
        return r_peaks[(starts >= 0) & (starts + BEAT <= N_SAMPLES // DECIMATION)]

    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        network = cast(BeatGanNetwork, self.network)
        scores = np.empty(len(signal))
        maps = np.full((len(signal), N_LEADS, N_SAMPLES), np.nan, np.float32) if with_maps else None
        for row, peaks in enumerate(r_peaks):  # one record at a time: its figures do not depend on its neighbours
            beats = _cut(signal[row : row + 1], torch.zeros(len(peaks), dtype=torch.int64), torch.from_numpy(peaks))
            errors = (network.generator(beats) - beats).square().cpu().numpy()
            scores[row] = errors.mean()
            if maps is not None:
                maps[row] = _laid_out(errors, peaks // DECIMATION - BEFORE)
        return PeerScores(scores, maps)

    def macs_per_record(self) -> int:
        return NOMINAL_BEATS * int(self.costs()["macs_per_beat"])

    def costs(self) -> dict[str, Any]:
        generator = cast(BeatGanNetwork, self.network).generator
        beat = torch.zeros(1, N_LEADS, BEAT, device=self.device)
        macs = count_macs_of_call(generator, lambda: generator(beat))
        return {"macs_per_beat": macs, "beats_per_record": NOMINAL_BEATS}


def _drawn(batch: PeerBatch, count: int) -> tuple[Tensor, Tensor]:
    """Window [M] and R-peak [M] of `count` beats a window, drawn with replacement."""
    windows, peaks = [], []
    for row, found in enumerate(batch.r_peaks):
        chosen = torch.randint(len(found), (count,), generator=batch.generator)
        windows.append(torch.full((count,), row))
        peaks.append(torch.from_numpy(found)[chosen])
    return torch.cat(windows), torch.cat(peaks)


def _cut(signal: Tensor, windows: Tensor, peaks: Tensor) -> Tensor:
    """Beats [M, 12, 224] at 250 Hz around `peaks` [M], samples at 500 Hz, in windows [N, 12, 5000]."""
    slow = functional.avg_pool1d(signal, DECIMATION)
    positions = (peaks // DECIMATION - BEFORE)[:, None] + torch.arange(BEAT)  # [M, 224]
    return slow.transpose(1, 2)[windows[:, None], positions].transpose(1, 2)


def _laid_out(errors: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Errors (beats, 12, 224) at their places in (12, 5000), averaged where beats overlap, NaN between them."""
    sums = np.zeros((N_LEADS, N_SAMPLES // DECIMATION), np.float32)
    counts = np.zeros(N_SAMPLES // DECIMATION, np.float32)
    for error, start in zip(errors, starts, strict=True):
        sums[:, start : start + BEAT] += error
        counts[start : start + BEAT] += 1
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan).astype(np.float32)
    return np.repeat(means, DECIMATION, axis=1)


PEER = BeatGan
