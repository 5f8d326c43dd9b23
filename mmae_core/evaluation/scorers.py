"""Finds a method by name or folder: a bundled model, a model folder, or a compared method's run folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from mmae_core.config import Config, ScoreConfig
from mmae_core.errors import ConfigError
from mmae_core.peers import load_peer
from mmae_core.scoring.checkpoint import load_model
from mmae_core.scoring.window_scorer import PEER_FILE, AutoencoderScorer, WindowScorer


def load_scorer(
    model: str | Path | None = None, device: str = "cpu", score: Callable[[Config], ScoreConfig] | None = None
) -> WindowScorer:
    """A bundled model by name (None: the default), a model folder, or a compared method's run folder.

    `score` changes how a masked autoencoder's errors become scores; for a compared method it raises ConfigError. Raises
    ModelMismatch if there is no such model or its files are damaged.
    """
    if model is not None and Path(model, PEER_FILE).is_file():
        if score is not None:
            raise ConfigError(f"{model} is a compared method; a configuration's score section is for masked "
                              "autoencoders. Leave --config out.")
        return load_peer(Path(model), device)
    trained = load_model(model)
    if score is not None:
        config = dataclasses.replace(trained.config, score=score(trained.config))
        trained = dataclasses.replace(trained, config=config)
    return AutoencoderScorer(trained, device)
