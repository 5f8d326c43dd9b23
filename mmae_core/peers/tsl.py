"""TSL: features that tell normal signals from ones made too high or too fast, and the distance from normal ones.

Source: Zheng, Liu, Mo, Chen, Zheng & Wang, *Task-oriented Self-supervised Learning for Anomaly Detection in
Electroencephalography*, MICCAI 2022 (arXiv 2207.01391). Segments of normal signals are shown as they are, with their
amplitude changed, and with their frequency changed; a two-branch convolutional network learns to tell the three apart.
A Gaussian is fitted to its features of normal segments, the covariance shrunk by Ledoit and Wolf; a segment's score
is its Mahalanobis distance. Written from the paper: the authors' code has no licence.

Deviations:
- Electrocardiograms of twelve leads at 100 Hz (500 Hz averaged; the input ends at 25 Hz) instead of EEGs; segments of
  2.5 s instead of 3 s, because they tile ten seconds.
- The factors are 2 to 4: the amplitude times that, the signal that much faster or slower.
- A ResNet of three stages of one block and at most 128 channels where the paper's has 34 layers, a short schedule.
- A record's score is the mean over seven segments that overlap by half; the paper scores segments.

The method has no localization of its own. The map is the distance of the segments that hold an instant, at a
resolution of 1.25 s, and the same in all leads: the features mix them.

Fitting needs scikit-learn (extra `evaluate`); scoring does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from mmae_core.config import PreprocessConfig
from mmae_core.errors import EcgError
from mmae_core.peers.base import N_LEADS, N_SAMPLES, Peer, PeerBatch, PeerConfig, PeerScores, count_macs_of_call

DECIMATION = 5
"""500 Hz to 100 Hz, as means of five."""
SEGMENT, HOP = 250, 125
"""Points of a segment, and between the starts of two when a record is scored."""
CLASSES = ("normal", "amplitude", "frequency")
FACTORS = (2.0, 4.0)
"""By which amplitude or frequency are changed."""


@dataclass(frozen=True)
class TslConfig(PeerConfig):
    """Defaults that one processor core finishes in minutes."""

    epochs: int = 5
    learning_rate: float = 1e-3
    channels: int = 32
    """Of the first stage; doubled in each of the next two."""
    small_scale_channels: int = 64
    """Of the branch with a single convolution."""
    kernel: int = 7


class ResidualBlock(nn.Module):
    """Two convolutions beside a shortcut, at half the length."""

    def __init__(self, inputs: int, outputs: int, kernel: int) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv1d(inputs, outputs, kernel, 2, kernel // 2, bias=False), nn.BatchNorm1d(outputs), nn.ReLU(),
            nn.Conv1d(outputs, outputs, kernel, 1, kernel // 2, bias=False), nn.BatchNorm1d(outputs),
        )
        self.shortcut = nn.Sequential(nn.Conv1d(inputs, outputs, 1, 2, bias=False), nn.BatchNorm1d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(self.convolutions(x) + self.shortcut(x))


class TslNetwork(nn.Module):
    """Segments [N, 12, 250] to three classes by way of features [N, D], and the Gaussian of normal features."""

    mean: Tensor
    whitening: Tensor

    def __init__(self, config: TslConfig) -> None:
        super().__init__()
        width, kernel = config.channels, config.kernel
        self.large_scale = nn.Sequential(
            nn.Conv1d(N_LEADS, width, kernel, 2, kernel // 2, bias=False), nn.BatchNorm1d(width), nn.ReLU(),
            ResidualBlock(width, width, kernel), ResidualBlock(width, 2 * width, kernel),
            ResidualBlock(2 * width, 4 * width, kernel),
        )
        small = config.small_scale_channels
        self.small_scale = nn.Sequential(
            nn.Conv1d(N_LEADS, small, kernel, 1, kernel // 2, bias=False), nn.BatchNorm1d(small), nn.ReLU()
        )
        n_features = 4 * width + small
        self.classify = nn.Linear(n_features, len(CLASSES))
        self.register_buffer("mean", torch.zeros(n_features))
        self.register_buffer("whitening", torch.eye(n_features))

    def features(self, segments: Tensor) -> Tensor:
        """[N, D], each the mean of a channel over time."""
        return torch.cat([self.large_scale(segments).mean(-1), self.small_scale(segments).mean(-1)], dim=1)

    def forward(self, segments: Tensor) -> Tensor:
        logits: Tensor = self.classify(self.features(segments))
        return logits

    def distances(self, segments: Tensor) -> Tensor:
        """Mahalanobis distance [N] of segments from the normal ones."""
        whitened = (self.features(segments) - self.mean) @ self.whitening
        return whitened.square().sum(dim=1).sqrt()


class Tsl(Peer):
    """Mahalanobis distance of features learnt by telling made-up abnormalities from normal."""

    name = "tsl"
    source = "Zheng et al., Task-oriented Self-supervised Learning for EEG, MICCAI 2022"
    needs_scikit_learn = True
    config_type: ClassVar[type[PeerConfig]] = TslConfig
    preprocess: ClassVar[PreprocessConfig] = PreprocessConfig()

    @classmethod
    def build(cls, config: PeerConfig) -> nn.Module:
        return TslNetwork(cast(TslConfig, config))

    def losses(self, batch: PeerBatch) -> dict[str, Tensor]:
        """Cross-entropy of three versions of every window's segment."""
        segments, classes = _versions(functional.avg_pool1d(batch.signal, DECIMATION), batch.generator)
        logits = self.network(segments)
        accuracy = (logits.detach().argmax(1) == classes).float().mean()
        return {"loss": functional.cross_entropy(logits, classes), "accuracy": accuracy}

    def fit_after_training(self, batches: Iterable[PeerBatch]) -> None:
        """Fit a Gaussian to the features of normal segments."""
        ledoit_wolf = _ledoit_wolf()
        network = cast(TslNetwork, self.network)
        network.eval()
        with torch.no_grad():
            features = torch.cat([network.features(_segments(batch.signal).flatten(0, 1)) for batch in batches])
        values = features.double().cpu().numpy()
        covariance, _ = ledoit_wolf(values)
        # Precision = V diag(1/w) V', so the distance is the length of (x - mean) V diag(w)^-1/2.
        powers, directions = np.linalg.eigh(covariance)
        whitening = directions / np.sqrt(np.maximum(powers, np.finfo(np.float32).tiny))
        network.mean.copy_(torch.from_numpy(values.mean(axis=0)))
        network.whitening.copy_(torch.from_numpy(whitening))

    def score(self, signal: Tensor, r_peaks: Sequence[NDArray[np.int64]], *, with_maps: bool) -> PeerScores:
        network = cast(TslNetwork, self.network)
        distances = np.stack([network.distances(record).double().cpu().numpy() for record in _segments(signal)])
        maps = None
        if with_maps:
            in_time = np.stack([_over_time(row) for row in distances])
            maps = np.repeat(in_time[:, None], N_LEADS, axis=1)
        return PeerScores(distances.mean(axis=1), maps)

    def macs_per_record(self) -> int:
        network = cast(TslNetwork, self.network)
        segments = _segments(torch.zeros(1, N_LEADS, N_SAMPLES, device=self.device))[0]
        return count_macs_of_call(network, lambda: network.distances(segments))


def _segments(signal: Tensor) -> Tensor:
    """[N, 7, 12, 250] of windows [N, 12, 5000]."""
    return functional.avg_pool1d(signal, DECIMATION).unfold(-1, SEGMENT, HOP).transpose(1, 2)


def _over_time(distances: NDArray[np.float64]) -> NDArray[np.float32]:
    """(5000,) mean of the segments (7,) that hold each sample."""
    sums, counts = np.zeros(N_SAMPLES), np.zeros(N_SAMPLES)
    for index, distance in enumerate(distances):
        place = slice(index * HOP * DECIMATION, (index * HOP + SEGMENT) * DECIMATION)
        sums[place] += distance
        counts[place] += 1
    return np.asarray(sums / counts, np.float32)


def _versions(signal: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Segments [3 N, 12, 250] from windows [N, 12, 1000], normal, too high or low and too fast or slow; and classes.

    A segment of another frequency is a longer or shorter stretch of the window, drawn over as many points.
    """
    n, n_leads, length = signal.shape

    def factors() -> Tensor:
        return FACTORS[0] + (FACTORS[1] - FACTORS[0]) * torch.rand(n, generator=generator)

    speeds = torch.ones(3, n)
    speeds[2] = factors()
    slower = torch.rand(n, generator=generator) < 0.5
    speeds[2] = torch.where(slower, 1 / speeds[2], speeds[2])
    spans = speeds * (SEGMENT - 1)
    starts = torch.rand(3, n, generator=generator) * (length - 1 - spans)
    positions = (starts[..., None] + speeds[..., None] * torch.arange(SEGMENT)).clamp(0, length - 1)  # [3, N, 250]
    below = positions.long().clamp(max=length - 2)
    share = (positions - below)[:, :, None].to(signal.device)
    copies = signal.expand(3, n, n_leads, length)
    index = below[:, :, None].expand(-1, -1, n_leads, -1).to(signal.device)
    segments = torch.lerp(copies.gather(-1, index), copies.gather(-1, index + 1), share)  # [3, N, 12, 250]
    gains = torch.ones(3, n)
    gains[1] = factors()
    segments = segments * gains[..., None, None].to(signal.device)
    classes = torch.arange(3, device=signal.device).repeat_interleave(n)
    return segments.flatten(0, 1), classes


def _ledoit_wolf() -> Any:
    try:
        from sklearn.covariance import ledoit_wolf
    except ImportError as error:
        raise EcgError(
            'Fitting TSL needs scikit-learn, which the extra "evaluate" brings: pip install "mmae-core[evaluate]"'
        ) from error
    return ledoit_wolf


PEER = Tsl
