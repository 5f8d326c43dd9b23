"""Finds the bundled files: models, demo records, icons, pages of documentation.

Each distribution brings the files its package needs, found the same way from a source tree or an editable install
(`resources/` beside the packages), an installed wheel (`mmae_core/resources/`, `ecg_viewer/resources/`) and a frozen
program (the wheels' layout below its unpacking folder).
"""

from __future__ import annotations

import importlib.resources
import json
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from mmae_core.errors import MissingResource, ModelMismatch
from mmae_core.files import JSON_FAULTS

_FOLDER = "resources"
_SCIENCE = "mmae_core"
DEFAULT_MODEL = "mmae-ecg-plus"
"""The bundled model used by default."""
DESCRIPTION_NAME = "model.json"
"""The file that marks a folder as a model."""
MOST_DESCRIPTION_BYTES = 64_000_000
"""The bundled ones have less than 0.7 MB, for a cohort of 893 records."""


def resource(*parts: str, package: str = _SCIENCE) -> Path:
    """Path of a bundled file or folder, e.g. `resource("models", "mmae-ecg-faithful", "model.json")`.

    `package` is the one that brings it. Raises MissingResource when it does not exist, and for parts that would lead
    out of the bundled folder.
    """
    for part in parts:
        _refuse_escape(part)
    root = _root(package)
    path = root.joinpath(*parts)
    if not path.exists():
        raise MissingResource(
            f"'{'/'.join(parts)}' is not among the files that come with the program ({root}). "
            "If it should be, the installation is incomplete: install the program again."
        )
    return path


def demo_records() -> tuple[Path, ...]:
    """The recordings that come with the program: PTB-XL, CC BY 4.0. Raises MissingResource."""
    return tuple(sorted(resource("demo").glob("*.hea")))


def bundled_models() -> tuple[str, ...]:
    """Names of the models that come with the program, the default one first.

    Reads no model and loads nothing slow, so that it is fast enough for a window's start. Raises MissingResource.
    """
    names = sorted(path.parent.name for path in resource("models").glob(f"*/{DESCRIPTION_NAME}"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_MODEL))


def read_description(path: Path) -> dict[str, Any]:
    """The JSON object that describes a model or a run. Raises ModelMismatch with the reason if the file holds none."""
    try:
        if path.stat().st_size > MOST_DESCRIPTION_BYTES:
            raise ValueError(f"it has more than {MOST_DESCRIPTION_BYTES / 1e6:.0f} MB")
        value = json.loads(path.read_text(encoding="utf-8"))
    except JSON_FAULTS as error:
        raise ModelMismatch(f"{path.name} cannot be read as a model description: {error}") from error
    if not isinstance(value, dict):
        raise ModelMismatch(f"{path.name} is no model description: it holds {type(value).__name__}, not an object.")
    return value


def documentation(package: str) -> Path | None:
    """Start page of the documentation that `package` brings: `index.html`, or in a source tree without it `index.md`.

    None for an installation without pages: MkDocs was missing when it was built. Raises MissingResource.
    """
    tree = _source_tree(package)
    places = (_root(package) / "pages" / "index.html",) if tree is None else (tree / "site" / "index.html",
                                                                             tree / "docs" / "index.md")
    return next((page for page in places if page.is_file()), None)


def _root(package: str) -> Path:
    folder = _expected_root(package)
    if not folder.is_dir():
        raise MissingResource(
            f"The folder of files that come with the program is missing; looked in {folder}. "
            "Install the program again."
        )
    return folder


def _expected_root(package: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)  # set by the loader of a frozen program
    if frozen is not None:
        return Path(frozen) / package / _FOLDER
    tree = _source_tree(package)
    return (Path(str(importlib.resources.files(package))) if tree is None else tree) / _FOLDER


def _source_tree(package: str) -> Path | None:
    """The tree the package runs from; None where it is installed."""
    folder = Path(str(importlib.resources.files(package))).parent
    is_tree = not hasattr(sys, "_MEIPASS") and (folder / "pyproject.toml").is_file()
    return folder if is_tree else None


def _refuse_escape(part: str) -> None:
    windows = PureWindowsPath(part)  # understands "/", "\\" and drives: covers every way out of the folder
    if not part or "\0" in part or windows.anchor or PurePosixPath(part).is_absolute() or ".." in windows.parts:
        raise MissingResource(f"{part!r} does not name a file that comes with the program; name one inside its folder.")
