"""Where a model's files are and which they are, without loading them or what they need."""

from __future__ import annotations

import hashlib
from pathlib import Path

from mmae_core.errors import ModelMismatch
from mmae_core.resources import DEFAULT_MODEL, DESCRIPTION_NAME, bundled_models, resource

WEIGHTS_NAME = "model.safetensors"


def model_folder(model: str | Path | None) -> Path:
    """The folder of a bundled model by name (None: the default one), or of a path. Raises ModelMismatch."""
    name = DEFAULT_MODEL if model is None else model
    if isinstance(name, str) and name in bundled_models():
        return resource("models", name)
    folder = Path(name)
    if folder.is_dir():
        return folder
    raise ModelMismatch(
        f"There is no model '{name}'. Bundled are: {', '.join(bundled_models()) or 'none'}; "
        f"otherwise name a folder with {WEIGHTS_NAME} and {DESCRIPTION_NAME}."
    )


def model_digest(model: str | Path | None) -> str:
    """SHA-256 of a model's description, which names that of its weights. Raises ModelMismatch if there is none."""
    path = model_folder(model) / DESCRIPTION_NAME
    if not path.is_file():
        raise ModelMismatch(f"{path.parent.name} holds no model: {path.name} is missing.")
    return file_sha256(path)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
