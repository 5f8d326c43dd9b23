"""Finds a method by name or folder: a bundled model, a model folder, a compared method's run folder, or a scorer that
another package offers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mmae_core.config import Config, PreprocessConfig, ScoreConfig
from mmae_core.errors import Cancelled, ConfigError
from mmae_core.peers import load_peer
from mmae_core.peers.scoring import PeerScorer
from mmae_core.plug_ins import FAULTS, SCORERS, PlugIn, unshadowing
from mmae_core.scoring.checkpoint import bundled_models, load_model
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import PEER_FILE, AutoencoderScorer, WindowScorer, WindowScores


def load_scorer(
    model: str | Path | None = None, device: str = "cpu", score: Callable[[Config], ScoreConfig] | None = None
) -> WindowScorer:
    """A bundled model by name (None: the default), a model folder, a compared method's run folder, or the name of a
    scorer of another package (`mmae_core.scorers`).

    `score` changes how a masked autoencoder's errors become scores; for a compared method it raises ConfigError. Raises
    ModelMismatch if there is no such model or its files are damaged, PlugInFailed if another package's scorer fails;
    so does that scorer when it scores.
    """
    if isinstance(model, str) and (other := _of_other_package(model)) is not None:
        if score is not None:
            raise ConfigError(f"{model} comes with the package {other.package}; a configuration's score section is for "
                              "masked autoencoders. Leave --config out.")
        return _loaded(other, device)
    if model is not None and model not in bundled_models() and Path(model, PEER_FILE).is_file():
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
        return scorer if isinstance(scorer, AutoencoderScorer | PeerScorer) else _OfOtherPackage(one, scorer)
    except FAULTS as error:
        raise one.failed(error) from error


class _OfOtherPackage:
    """A scorer of another package: what goes wrong in it is said with its name."""

    def __init__(self, one: PlugIn, scorer: WindowScorer) -> None:
        """Raises AttributeError, TypeError or ValueError for what is no `WindowScorer`."""
        self._one, self._score_windows = one, scorer.score_windows
        self.name = str(scorer.name)
        self.preprocess = scorer.preprocess
        self.needs_r_peaks = bool(scorer.needs_r_peaks)
        self.n_parameters, self.macs_per_record = int(scorer.n_parameters), int(scorer.macs_per_record)
        self.training: dict[str, Any] = dict(scorer.training)
        self.device = str(getattr(scorer, "device", "cpu"))
        if not isinstance(self.preprocess, PreprocessConfig):
            raise TypeError(f"preprocess is a PreprocessConfig; found {type(self.preprocess).__name__}")

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        """See `WindowScorer`. Raises PlugInFailed, whatever goes wrong in it, and for scores that are not as many."""
        try:
            found = self._score_windows(inputs, with_maps=with_maps)
            lengths = {"scores": len(found.scores), "reasons": len(found.reasons),
                       **{f"parts[{name!r}]": len(values) for name, values in found.parts.items()}}
            if with_maps and found.maps is not None:
                lengths["maps"] = len(found.maps)
            for what, length in lengths.items():
                if length != len(inputs):
                    raise ValueError(f"{what} of {len(inputs)} windows: {length}")
        except Cancelled:
            raise
        except FAULTS as error:
            raise self._one.failed(error) from error
        return found
