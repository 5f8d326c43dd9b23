"""Says what `ecg-viewer` requires: what pyproject.toml lists, and `mmae-core` of the same version with its extras.

Hatch calls it whenever the project's metadata is made. build_backend.py may name a folder to take `mmae-core` from.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

CORE_FOLDER_VARIABLE = "ECG_VIEWER_CORE_FOLDER"


class RequirementsHook(MetadataHookInterface):
    """Fills `dependencies` and `optional-dependencies`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the requirements to the project's metadata."""
        core = Core(Path(self.root) / "mmae_core", metadata["version"])
        metadata["dependencies"] = [core.requirement(), *self.config["dependencies"]]
        of_core = {name: [core.requirement(name)] for name in core.extras()}
        metadata["optional-dependencies"] = of_core | self.config["optional-dependencies"]


class Core:
    """The other distribution, as this one requires it."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.version = version

    def extras(self) -> list[str]:
        """Names of its extras; the viewer has the same."""
        table = tomllib.loads((self.folder / "pyproject.toml").read_text(encoding="utf-8"))
        return list(table["project"]["optional-dependencies"])

    def requirement(self, *extras: str) -> str:
        """By name and version, or from the folder that build_backend.py names."""
        name = f"mmae-core[{','.join(extras)}]" if extras else "mmae-core"
        folder = os.environ.get(CORE_FOLDER_VARIABLE)
        return f"{name}=={self.version}" if folder is None else f"{name} @ {Path(folder).as_uri()}"
