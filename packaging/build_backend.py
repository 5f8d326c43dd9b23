"""Build backend of `ecg-viewer`: Hatch, and the decision where its other half, `mmae-core`, comes from.

`pip install .` and `pip install -e .` first ask for the metadata and then follow its requirements. They are told the
folder of this checkout, so that both halves come from it and no registry is asked for one of them. Every other build
(`python -m build`, a source distribution, a wheel of one) requires `mmae-core` of the same version by name.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling import build
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[1]
CORE_FOLDER_VARIABLE = "ECG_VIEWER_CORE_FOLDER"
"""Tells requirements_hook.py the folder to require `mmae-core` from."""
CORE = ROOT / "mmae_core"
EDITABLE_CORE = ROOT / "packaging" / "editable_core"

build_sdist = build.build_sdist
get_requires_for_build_sdist = build.get_requires_for_build_sdist
get_requires_for_build_wheel = build.get_requires_for_build_wheel
get_requires_for_build_editable = build.get_requires_for_build_wheel  # a .pth file needs nothing more than a wheel


@contextlib.contextmanager
def requiring(core: Path) -> Iterator[None]:
    """Within it, `mmae-core` is required from that folder; by name where this is no checkout."""
    if (ROOT / "PKG-INFO").is_file():  # a source distribution: a temporary folder, which is gone after the installation
        yield
        return
    os.environ[CORE_FOLDER_VARIABLE] = str(core)
    try:
        yield
    finally:
        del os.environ[CORE_FOLDER_VARIABLE]


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Metadata of an installation from here."""
    with requiring(CORE):
        return write_metadata(Path(metadata_directory))


def prepare_metadata_for_build_editable(metadata_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Metadata of an editable installation."""
    with requiring(EDITABLE_CORE):
        return write_metadata(Path(metadata_directory))


def build_wheel(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """A wheel: with the metadata that an installer was shown before, or, asked for alone, one to give away."""
    shown = contextlib.nullcontext() if metadata_directory is None else requiring(CORE)
    with shown:
        return build.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """A wheel that leads to this checkout, as does the `mmae-core` it requires."""
    with requiring(EDITABLE_CORE):
        return build.build_editable(wheel_directory, config_settings, metadata_directory)


def write_metadata(target: Path) -> str:
    """Write `METADATA` below `target`; the name of its folder."""
    builder = WheelBuilder(str(ROOT))
    folder = target / f"{builder.artifact_project_id}.dist-info"
    folder.mkdir(exist_ok=True)
    text = builder.config.core_metadata_constructor(builder.metadata)
    (folder / "METADATA").write_text(text, encoding="utf-8")
    return folder.name
