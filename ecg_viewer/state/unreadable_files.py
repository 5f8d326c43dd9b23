"""Files that threads share: those that cannot be understood are renamed, never deleted or overwritten."""

from __future__ import annotations

import itertools
import os
import sqlite3
import threading
import time
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


def use_write_ahead_log(connection: sqlite3.Connection, timeout_s: float) -> None:
    """Let others read a database while it is written. Raises sqlite3.Error.

    SQLite does not wait for another connection that is about to do the same; this does.
    """
    until = time.monotonic() + timeout_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
