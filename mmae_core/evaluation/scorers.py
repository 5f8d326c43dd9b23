"""Finds a method by name or folder: a bundled model, a model folder, a compared method's run folder, or a scorer that
another package offers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from mmae_core.config import Config, ScoreConfig
from mmae_core.errors import ConfigError
from mmae_core.peers import load_peer
from mmae_core.plug_ins import FAULTS, SCORERS, PlugIn, unshadowing
from mmae_core.scoring.checkpoint import bundled_models, load_model
from mmae_core.scoring.window_scorer import PEER_FILE, AutoencoderScorer, WindowScorer


def load_scorer(
    model: str | Path | None = None, device: str = "cpu", score: Callable[[Config], ScoreConfig] | None = None
) -> WindowScorer:
    """A bundled model by name (None: the default), a model folder, a compared method's run folder, or the name of a
    scorer of another package (`mmae_core.scorers`).

    `score` changes how a masked autoencoder's errors become scores; for a compared method it raises ConfigError. Raises
    ModelMismatch if there is no such model or its files are damaged, PlugInFailed if another package's scorer fails.
    """
    if isinstance(model, str) and (other := _of_other_package(model)) is not None:
        if score is not None:
            raise ConfigError(f"{model} comes with the package {other.package}; a configuration's score section is for "
                              "masked autoencoders. Leave --config out.")
        return _loaded(other, device)
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


def _of_other_package(name: str) -> PlugIn | None:
    """The scorer of that name; a folder of that name goes before it."""
    if Path(name).exists():
        return None
    return next((one for one in unshadowing(SCORERS, bundled_models()) if one.name == name), None)


def _loaded(one: PlugIn, device: str) -> WindowScorer:
    """What its entry point makes. Raises PlugInFailed."""
    make = one.checked()
    try:
        scorer: WindowScorer = make(device)
        for needed in ("name", "preprocess", "needs_r_peaks", "score_windows"):
            getattr(scorer, needed)
    except FAULTS as error:
        raise one.failed(error) from error
    return scorer
