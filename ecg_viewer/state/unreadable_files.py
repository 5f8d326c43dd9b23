"""Renames files that cannot be understood; they are never deleted or overwritten."""

from __future__ import annotations

import itertools
import os
import threading
from pathlib import Path

TAKING_TURNS = threading.RLock()
"""Held from checking a damaged file until it is replaced, as threads share files."""


def file_identity(path: Path) -> tuple[int, int] | None:
    """Identifies a file, to notice when another takes its name; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def set_aside(path: Path, companions: tuple[str, ...] = ()) -> Path:
    """Rename a file or folder to `NAME.broken`, or `NAME.broken-2` and so on; returns the new place. Raises OSError.

    `companions` are suffixes of files renamed with it, such as a database's `-wal`.
    """
    for number in itertools.count(1):
        aside = path.with_name(f"{path.name}.broken" + (f"-{number}" if number > 1 else ""))
        if not os.path.lexists(aside):
            break
    os.rename(path, aside)
    for ending in companions:
        companion = path.with_name(path.name + ending)
        if companion.exists():
            os.replace(companion, aside.with_name(aside.name + ending))
    return aside
