"""Puts the built pages of `docs/` into the wheel, so that the menu Help opens them without a network.

Hatch calls this while a wheel is built. A wheel gets the pages as `ecg_viewer/resources/pages/`. An editable install
gets them as `site/`, where `mkdocs build` writes them, too. Without MkDocs in the building environment the pages are
left out, and a line of the build's output says so.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE_IN_WHEEL = "ecg_viewer/resources/pages"


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]  # its argument names the builder's configuration
    """Builds the pages ahead of the wheel and removes them afterwards."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages; `version` is "editable" for an editable install."""
        self._built: Path | None = None
        if importlib.util.find_spec("mkdocs") is None:
            self.app.display_warning("MkDocs is not installed: this build holds no pages of documentation.")
        elif version == "editable":
            build_pages(Path(self.root), Path(self.root) / "site")
        else:
            self._built = Path(tempfile.mkdtemp(prefix="pages-"))
            build_pages(Path(self.root), self._built)
            build_data["force_include"][str(self._built)] = PLACE_IN_WHEEL

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was built into a temporary folder."""
        if self._built is not None:
            shutil.rmtree(self._built)


def build_pages(root: Path, target: Path) -> None:
    """Build the pages of the tree at `root` into `target`, replacing what is there.

    Warnings do not stop it, as they do in `mkdocs build --strict`: a building environment need not hold what the
    reference of commands is made with.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(root / "mkdocs.yml"), site_dir=str(target), strict=False))
