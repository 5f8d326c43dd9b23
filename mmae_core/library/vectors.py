"""Recordings as vectors: what the encoder makes of a whole window, for clustering, search and other models."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mmae_core.errors import ConfigError
from mmae_core.library.recordings import ArrayDescription, one_of_many, several
from mmae_core.library.scoring import assessor_of, one_thread
from mmae_core.model.network import MaskedAutoencoder, to_segments
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.preprocess import prepare, window_starts_s


def embed(
    recordings: Iterable[Any], sampling_rate_hz: float | None = None, leads: Iterable[str] | None = None, *,
    unit: str | None = None, model: TrainedModel | str | Path | None = None, device: str = "auto",
) -> FloatArray:
    """(n, width) float32: a vector for each recording, 64 numbers long for the bundled models.

    The mean of the encoder's features over the 40 segments of a window, none of them masked; of a longer recording the
    mean over its windows. Nothing is drawn at random: the same recording gives the same vector, alone or among others.
    The network was trained to restore normal ECGs, not to tell diseases apart. `recordings` and what is stated of
    arrays are as in `score_many`. Raises as `score` does, and ConfigError for a model without a global branch.
    """
    assessor = assessor_of(model, device)
    if assessor.model.config.model.branches == "local":
        raise ConfigError(f"{assessor.model.name} has no global branch: it never sees a whole window.")
    stated = ArrayDescription(sampling_rate_hz, leads, unit)
    with one_thread():
        vectors = [_vector(assessor, one_of_many(recording, stated, number))
                   for number, recording in enumerate(several(recordings))]
    width = assessor.model.config.model.encoder_width
    return np.stack(vectors) if vectors else np.empty((0, width), np.float32)


def _vector(assessor: Assessor, record: EcgRecord) -> FloatArray:
    config = assessor.model.config.preprocess
    starts = window_starts_s(record.duration_s, config)
    found = [_of_window(assessor.model.network, prepare(record, config, start).signal) for start in starts]
    vector: FloatArray = np.stack(found).mean(axis=0, dtype=np.float64).astype(np.float32)
    return vector


def _of_window(network: MaskedAutoencoder, signal: FloatArray) -> FloatArray:
    device = network.positions.device
    with torch.inference_mode():
        segments = to_segments(torch.from_numpy(signal[None]).to(device), network.config)
        places = torch.arange(segments.shape[1], device=device)[None]
        features: FloatArray = network.encode(network.embed(segments), places).mean(dim=1)[0].cpu().numpy()
        return features
