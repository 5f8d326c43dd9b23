"""Adds the bundled files to what is built of `mmae-core`: models, limits, demo records.

Hatch calls it, and it is in no wheel. In a checkout they lie beside this package, in `resources/`; a source
distribution carries a copy inside itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OF_THE_REPOSITORY = {"screenshots"}
OF_THE_VIEWER = {"icons", "translations"}


class ResourcesHook(BuildHookInterface):  # type: ignore[type-arg]  # its argument names the builder's configuration
    """Includes every bundled file but the viewer's; an editable install finds them in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name each file with its place; `version` is "editable" for an editable install."""
        if version == "editable":
            return
        folder = bundled_folder(Path(self.root))
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in inside.parts)
            if path.is_file() and not hidden and inside.parts[0] not in OF_THE_REPOSITORY | OF_THE_VIEWER:
                build_data["force_include"][str(path)] = f"resources/{inside.as_posix()}"  # of a wheel, in mmae_core/


def bundled_folder(root: Path) -> Path:
    """`resources` in an unpacked source distribution, which PKG-INFO marks, or of the checkout around `root`."""
    return (root if (root / "PKG-INFO").is_file() else root.parent) / "resources"
