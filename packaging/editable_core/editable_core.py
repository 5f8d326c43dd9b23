"""Build backend: the wheel of this folder is an editable install of `mmae-core`, as from `pip install -e mmae_core`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling import build

CORE = Path(__file__).resolve().parents[2] / "mmae_core"


@contextlib.contextmanager
def in_core() -> Iterator[None]:
    """Hatch builds what is in the current folder."""
    with contextlib.chdir(CORE):
        yield


def build_wheel(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """A wheel that leads to the checkout's own `mmae_core`, with its requirements and its command."""
    target = str(Path(wheel_directory).resolve())
    with in_core():
        return build.build_editable(target, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Refused: an editable install has no source distribution."""
    raise RuntimeError("This folder only makes editable installs of mmae_core; build mmae_core itself.")
