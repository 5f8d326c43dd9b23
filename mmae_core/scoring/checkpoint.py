"""Model files: safetensors and JSON, checked on loading, never pickled. No other module reads or writes them."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from mmae_core.config import Config
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.files import replacing
from mmae_core.model.cross_lead import CrossLeadNetwork
from mmae_core.model.network import MaskedAutoencoder
from mmae_core.model.training_facts import model_key
from mmae_core.resources import DESCRIPTION_NAME, read_description, resource
from mmae_core.resources import bundled_models as bundled_models  # noqa: PLC0414 - offered beside `load_model`
from mmae_core.scoring.calibration import CohortCalibration
from mmae_core.scoring.fusion import Fusion
from mmae_core.scoring.model_files import WEIGHTS_NAME, model_folder
from mmae_core.scoring.model_files import file_sha256 as file_sha256  # noqa: PLC0414 - offered beside `load_model`


def save_weights(path: Path, network: nn.Module) -> None:
    """Write a network's parameters and buffers, contiguous, in their own names."""
    write_tensors(path, network.state_dict())


def write_tensors(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Write named tensors as one safetensors file.

    Written as bytes: the library's own writer leaves a file that only its owner may read.
    """
    plain = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
    with replacing(path) as part:
        part.write_bytes(save(plain))


def load_weights(path: Path, network: nn.Module) -> None:
    """Read parameters into a network.

    Raises ModelMismatch if a name or a shape differs, a weight is no number, or the file is foreign.
    """
    tensors = read_tensors(path)
    require_finite(tensors, path, largest=torch.finfo(torch.float32).max)
    assign(tensors, network, path)


def assign(tensors: Mapping[str, Tensor], network: nn.Module, path: Path) -> None:
    """Copy named tensors into a network after comparing every name and shape."""
    _require_same(_shapes(tensors), _shapes(network.state_dict()), path)
    network.load_state_dict(tensors)


def require_finite(tensors: Mapping[str, Tensor], path: Path, *, largest: float | None = None) -> None:
    """Raise ModelMismatch if a weight is not a number, or so large that results would not be.

    `largest` is `LARGEST_WEIGHT` unless given: other networks keep sums of squares, which may be large.
    """
    limit = LARGEST_WEIGHT if largest is None else largest
    for name, value in tensors.items():
        if value.is_floating_point() and not bool((value.abs() <= limit).all()):
            raise ModelMismatch(f"{path.name}: {name} holds weights that are not finite or beyond {limit:g}, "
                                "which no training leaves. The model is damaged or was altered.")


def require_shapes(path: Path, expected: Mapping[str, Tensor]) -> None:
    """Compare the shapes a file states with those of a configuration's networks, before any tensor is read."""
    try:
        with safe_open(path, framework="pt") as stream:
            found = {name: tuple(stream.get_slice(name).get_shape()) for name in stream.keys()}  # noqa: SIM118 - not a dict
    except (SafetensorError, struct.error, OSError) as error:
        raise ModelMismatch(f"{path.name} cannot be read as a model file: {error}") from error
    _require_same(found, _shapes(expected), path)


def _shapes(tensors: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in tensors.items()}


def _require_same(found: Mapping[str, tuple[int, ...]], expected: Mapping[str, tuple[int, ...]], path: Path) -> None:
    missing, unknown = sorted(expected.keys() - found.keys()), sorted(found.keys() - expected.keys())
    if missing or unknown:
        raise ModelMismatch(
            f"{path.name} is not a model of this kind: missing {missing[:3] or 'nothing'}, "
            f"unknown {unknown[:3] or 'nothing'}."
        )
    for name, shape in expected.items():
        if found[name] != shape:
            raise ModelMismatch(f"{path.name}: {name} has shape {found[name]}; its configuration asks for {shape}.")


def read_tensors(path: Path) -> dict[str, Tensor]:
    """All tensors of a safetensors file. Raises ModelMismatch with the reason if it is none."""
    try:
        with safe_open(path, framework="pt") as stream:
            return {name: stream.get_tensor(name) for name in stream.keys()}  # noqa: SIM118 - not a dict
    except (SafetensorError, struct.error, OSError) as error:
        raise ModelMismatch(f"{path.name} cannot be read as a model file: {error}") from error


def save_training_state(
    path: Path, network: MaskedAutoencoder, optimiser: torch.optim.Optimizer, epochs_done: int
) -> None:
    """Everything a resumed run needs: parameters, both moments of AdamW, steps and epochs done."""
    tensors: dict[str, Tensor] = {"epochs_done": torch.tensor(epochs_done)}
    for name, parameter in network.named_parameters():
        tensors[f"parameter.{name}"] = parameter.detach().cpu().contiguous()
        for moment, value in optimiser.state[parameter].items():
            tensors[f"{moment}.{name}"] = value.detach().cpu().contiguous()
    write_tensors(path, tensors)


def load_training_state(path: Path, network: MaskedAutoencoder, optimiser: torch.optim.Optimizer) -> int:
    """Restore what `save_training_state` wrote; return the epochs done. Raises ModelMismatch if it is not that."""
    tensors = read_tensors(path)
    prefix = "parameter."
    parameters = {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
    assign(parameters, network, path)
    try:
        for name, parameter in network.named_parameters():
            step = tensors[f"step.{name}"].clone()
            moments = {"step": step.to(parameter.device) if optimiser.defaults["fused"] else step}
            for moment in ("exp_avg", "exp_avg_sq"):
                moments[moment] = tensors[f"{moment}.{name}"].clone().view_as(parameter).to(parameter.device)
            optimiser.state[parameter] = moments
        return int(tensors["epochs_done"])
    except (KeyError, RuntimeError) as error:
        raise ModelMismatch(f"{path.name} is no state of such a training: {error}. Start the run anew.") from error


def read_json(path: Path) -> dict[str, Any]:
    """As `read_description`, for whoever has PyTorch loaded anyway. Raises ModelMismatch."""
    return read_description(path)


MODEL_FORMAT = 1
CROSS_LEAD_PREFIX = "cross_lead."
"""Prefix of that network's tensor names in a model file."""
LARGEST_WEIGHT = 1e3
"""Weights of the bundled models lie below 2."""
DIGEST_KEY = "description_sha256"
BUNDLED_DIGESTS = {
    "mmae-ecg-faithful": "3cf4435be8d1f23f4cdf151f0c1efc65453cc3553f8a014c516b91206352a872",
    "mmae-ecg-plus": "d81799bd2ecdad8f4cff1ea90b3399bb3a75b726148491b655b8b860967ad37e",
}
"""`description_digest` of the models that come with the program, which names that of their weights in turn.
`mmae_core info MODEL` prints it."""


@dataclass(frozen=True)
class TrainedModel:
    """A network with everything needed to use it, and its origin."""

    name: str
    version: str
    config: Config
    network: MaskedAutoencoder
    calibration: CohortCalibration
    sha256: str
    """Of the weights file."""
    card: dict[str, Any]
    """Training data and folds, calibration cohort, metrics with their commands, licence."""
    cross_lead: CrossLeadNetwork | None = None
    """Restores hidden leads; None for models without that part."""
    fusion: Fusion | None = None
    """Means and spreads that make the parts of the score comparable; None for models whose score has one part."""

    @property
    def key(self) -> str:
        """What results are kept under; see `model_key`."""
        return model_key(self.sha256, self.card)


def save_model(
    folder: Path, name: str, version: str, config: Config, network: MaskedAutoencoder, calibration: CohortCalibration,
    card: dict[str, Any], *, cross_lead: CrossLeadNetwork | None = None, fusion: Fusion | None = None,
) -> Path:
    """Write a model folder: weights first, then the description that names their checksum."""
    tensors = dict(network.state_dict())
    if cross_lead is not None:
        tensors |= {CROSS_LEAD_PREFIX + key: value for key, value in cross_lead.state_dict().items()}
    write_tensors(folder / WEIGHTS_NAME, tensors)
    description = {
        "format": MODEL_FORMAT, "name": name, "version": version, "sha256": file_sha256(folder / WEIGHTS_NAME),
        "config": config.to_dict(), "card": card, "calibration": calibration.to_dict(),
    }
    if fusion is not None:
        description["fusion"] = fusion.to_dict()
    description[DIGEST_KEY] = description_digest(description)
    with replacing(folder / DESCRIPTION_NAME) as part:
        lines = ",\n".join(
            f"{json.dumps(key)}: {json.dumps(value, allow_nan=False)}" for key, value in description.items()
        )
        part.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    return folder


def load_model(model: str | Path | None = None) -> TrainedModel:
    """Load a bundled model by name (None: the default one) or a model folder by path.

    Raises ModelMismatch, with the reason, if a file is missing, foreign or damaged, if the checksum differs or if a
    shape does not fit the configuration.
    """
    folder = model_folder(model)
    weights_path, description_path = folder / WEIGHTS_NAME, folder / DESCRIPTION_NAME
    for path in (description_path, weights_path):
        if not path.is_file():
            inside = folder / "model" / path.name
            hint = f" The model of this run is in {folder / 'model'}." if inside.is_file() else ""
            raise ModelMismatch(f"{folder.name} holds no model: {path.name} is missing.{hint}")
    description = read_json(description_path)
    if description.get("format") != MODEL_FORMAT:
        raise ModelMismatch(
            f"{folder.name}/{DESCRIPTION_NAME} has format {description.get('format')!r}; "
            f"this program reads format {MODEL_FORMAT}."
        )
    missing = [key for key in ("name", "version", "sha256", "config", "card", "calibration") if key not in description]
    if missing:
        raise ModelMismatch(f"{folder.name}/{DESCRIPTION_NAME} lacks {', '.join(missing)}.")
    found = file_sha256(weights_path)
    if found != description["sha256"]:
        raise ModelMismatch(
            f"The weights in {folder.name} are not those its description names: their SHA-256 is {found[:12]}…, "
            f"expected {str(description['sha256'])[:12]}…. The file is damaged or was exchanged."
        )
    _require_digest(folder, description)
    try:
        config = Config.from_dict(description["config"])
    except ConfigError as error:
        raise ModelMismatch(f"{folder.name}/{DESCRIPTION_NAME}: {error}") from error
    calibration = CohortCalibration.from_dict(description["calibration"])
    if calibration.segment_quantiles.shape[:2] != (config.model.n_leads, config.model.n_segments):
        raise ModelMismatch(f"The calibration of {folder.name} is for other leads or segments than its model's.")
    if not isinstance(description["card"], dict):
        raise ModelMismatch(f"{folder.name}/{DESCRIPTION_NAME}: the card is no table.")
    require_shapes(weights_path, _expected_tensors(config))
    tensors = read_tensors(weights_path)
    require_finite(tensors, weights_path)
    hidden = {key.removeprefix(CROSS_LEAD_PREFIX): tensors.pop(key) for key in sorted(tensors)
              if key.startswith(CROSS_LEAD_PREFIX)}
    network = MaskedAutoencoder(config.model)
    assign(tensors, network, weights_path)
    cross_lead = CrossLeadNetwork(config.cross_lead) if config.cross_lead.visible else None
    if cross_lead is not None:
        assign(hidden, cross_lead.requires_grad_(False), weights_path)
    fusion = Fusion.from_dict(description["fusion"]) if "fusion" in description else None
    require_parts(config, fusion, folder.name)
    return TrainedModel(
        str(description["name"]), str(description["version"]), config, network.requires_grad_(False), calibration,
        found, description["card"], cross_lead, fusion,
    )


def description_digest(description: Mapping[str, Any]) -> str:
    """SHA-256 of a model's whole description but the digest it may hold: sorted, compact JSON."""
    values = {key: value for key, value in description.items() if key != DIGEST_KEY}
    return hashlib.sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode("utf-8")).hexdigest()


def _require_digest(folder: Path, description: Mapping[str, Any]) -> None:
    """Raise ModelMismatch if a description is not as it was written, or not the one this program came with.

    Models of earlier versions name no digest; whoever alters one can make it anew, so that it tells of damage, and only
    those in the program itself of exchange.
    """
    is_bundled = folder.parent == resource("models")
    expected = BUNDLED_DIGESTS.get(folder.name) if is_bundled else description.get(DIGEST_KEY)
    if expected is None and not is_bundled:
        return
    found = description_digest(description)
    if found != expected:
        origin = "that this program came with" if is_bundled else "that was written"
        raise ModelMismatch(f"The description of {folder.name} is not the one {origin}: its SHA-256 is {found[:12]}…, "
                            f"expected {str(expected)[:12]}…. The file is damaged or was altered.")


def _expected_tensors(config: Config) -> dict[str, Tensor]:
    """Names and shapes of a model's tensors, without memory for them."""
    with torch.device("meta"):
        tensors = dict(MaskedAutoencoder(config.model).state_dict())
        if config.cross_lead.visible:
            hidden = CrossLeadNetwork(config.cross_lead).state_dict()
            tensors |= {CROSS_LEAD_PREFIX + name: value for name, value in hidden.items()}
    return tensors


def require_parts(config: Config, fusion: Fusion | None, name: str) -> None:
    """Raise ModelMismatch if a part of the score or of the map lacks the normals' mean and spread."""
    score = config.score
    parts = set() if score.parts == ("segments",) else set(score.parts)
    maps = set() if score.map_parts == ("segments",) else set(score.map_parts)
    if fusion is not None:
        parts -= set(fusion.records) & set(fusion.leads)
        maps -= set(fusion.map_peaks)
    if missing := sorted(parts | maps):
        raise ModelMismatch(f"{name}: the score has parts {', '.join(missing)} without means and spreads of normals; "
                            "make the model again with `mmae_core release`.")
