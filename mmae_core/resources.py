"""Finds the bundled files: models, demo records, icons, pages of documentation.

One folder, found the same way from a source tree or an editable install (`resources/` beside the package), an
installed wheel (`mmae_core/resources/`) and a frozen program (the wheel's layout below its unpacking folder).
"""

from __future__ import annotations

import importlib.resources
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

from mmae_core.errors import MissingResource

_FOLDER = "resources"
DEFAULT_MODEL = "mmae-ecg-plus"
"""The bundled model used by default."""
DESCRIPTION_NAME = "model.json"
"""The file that marks a folder as a model."""


def resource(*parts: str) -> Path:
    """Path of a bundled file or folder, e.g. `resource("models", "mmae-ecg-faithful", "model.json")`.

    Raises MissingResource when it does not exist, and for parts that would lead out of the bundled folder.
    """
    for part in parts:
        _refuse_escape(part)
    root = _root()
    path = root.joinpath(*parts)
    if not path.exists():
        raise MissingResource(
            f"'{'/'.join(parts)}' is not among the files that come with the program ({root}). "
            "If it should be, the installation is incomplete: install the program again."
        )
    return path


def bundled_models() -> tuple[str, ...]:
    """Names of the models that come with the program, the default one first.

    Reads no model and loads nothing slow, so that it is fast enough for a window's start. Raises MissingResource.
    """
    names = sorted(path.parent.name for path in resource("models").glob(f"*/{DESCRIPTION_NAME}"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_MODEL))


def documentation() -> Path | None:
    """Start page of the documentation: `index.html`, or in a source tree without built pages `index.md`.

    None for an installation without pages: MkDocs was missing when it was built. Raises MissingResource.
    """
    tree = _source_tree()
    places = (_root() / "pages" / "index.html",) if tree is None else (tree / "site" / "index.html",
                                                                      tree / "docs" / "index.md")
    return next((page for page in places if page.is_file()), None)


def _root() -> Path:
    candidates = _candidates()
    for folder in candidates:
        if folder.is_dir():
            return folder
    looked_in = " and ".join(str(folder) for folder in candidates)
    raise MissingResource(
        f"The folder of models and demo records that comes with the program is missing; looked in {looked_in}. "
        "Install the program again."
    )


def _candidates() -> tuple[Path, ...]:
    package = Path(str(importlib.resources.files("mmae_core")))
    frozen = getattr(sys, "_MEIPASS", None)  # set by the loader of a frozen program
    if frozen is not None:
        return (Path(frozen) / package.name / _FOLDER,)
    tree = _source_tree()
    return (package / _FOLDER,) if tree is None else (tree / _FOLDER,)


def _source_tree() -> Path | None:
    """The tree the program runs from; None where it is installed."""
    folder = Path(str(importlib.resources.files("mmae_core"))).parent
    is_tree = not hasattr(sys, "_MEIPASS") and (folder / "pyproject.toml").is_file()
    return folder if is_tree else None


def _refuse_escape(part: str) -> None:
    windows = PureWindowsPath(part)  # understands "/", "\\" and drives: covers every way out of the folder
    if not part or "\0" in part or windows.anchor or PurePosixPath(part).is_absolute() or ".." in windows.parts:
        raise MissingResource(f"{part!r} does not name a file that comes with the program; name one inside its folder.")
