"""Copies of the journal, one a day; the head beside it; and what a damaged journal and its copies still hold."""

from __future__ import annotations

import contextlib
import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ecg_viewer.state.review.journal_chain import Checked, Head, Row, check, check_damaged
from mmae_core.files import JSON_FAULTS, make_private_folder, private_file, replacing

BACKUP_FOLDER = "backups"
KEPT_BACKUPS = 10
_log = logging.getLogger("ecg_viewer.review")


@dataclass(frozen=True)
class Salvage:
    """What is left of a damaged journal."""

    rows: tuple[Row, ...]
    """Entries by number: those that are as they were written, from the file or its copies."""
    n_lost: int | None
    """Entries that are known to have been there; None if that cannot be known."""


MOST_ENTRIES = 2_000_000
"""A head that names more is damaged: a reader who decides every minute needs twenty years for them."""


def head_path(path: Path) -> Path:
    """The file beside a journal that names its last entry."""
    return path.with_name(f"{path.name}.head")


def read_head(path: Path) -> Head | None:
    """The head of a journal; None if there is none that can be understood."""
    try:
        values = json.loads(head_path(path).read_text(encoding="utf-8"))
        head = Head(str(values["seed"]), int(values["number"]), str(values["digest"]))
        return head if 0 <= head.number <= MOST_ENTRIES else None
    except JSON_FAULTS:
        return None


def write_head(path: Path, head: Head) -> None:
    """Keep the head. One that is behind does no harm, so that a failure is only logged."""
    target = head_path(path)
    temporary = target.with_name(f"{target.name}.tmp")
    try:
        private_file(temporary)
        temporary.write_text(json.dumps(asdict(head)), encoding="utf-8")
        temporary.replace(target)
    except OSError as error:
        _log.warning("the head of the review journal could not be written: %s", error.strerror)


def forget_head(path: Path) -> None:
    """Of a journal that is gone or set aside."""
    with contextlib.suppress(OSError):
        head_path(path).unlink(missing_ok=True)


def backups_of(path: Path) -> list[Path]:
    """Copies of a journal, the newest first."""
    folder = path.parent / BACKUP_FOLDER
    return sorted(folder.glob(f"{path.stem}-*{path.suffix}"), key=lambda copy: copy.name, reverse=True)


def back_up(connection: sqlite3.Connection, path: Path, seed: str, *, again: bool) -> Path | None:
    """Copy an open journal whole, once a day or `again`; returns the copy. A failure is logged, and gives None."""
    target = path.parent / BACKUP_FOLDER / f"{path.stem}-{datetime.now(UTC):%Y-%m-%d}-{seed[:8]}{path.suffix}"
    if target.exists() and not again:
        return target
    try:
        make_private_folder(target.parent)
        with replacing(target) as part:
            part.chmod(0o600)
            with closing(sqlite3.connect(part)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        for old in backups_of(path)[KEPT_BACKUPS:]:
            old.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        _log.warning("the review journal could not be copied: %s", error)
        return None
    return target


def salvage(damaged: Path, path: Path, head: Head | None) -> Salvage:
    """Entries of a damaged file; what is altered or missing there is taken from the copies of `path`."""
    found = check_damaged(damaged, head)
    rows = {row[0]: row for row in found.proven}
    if not found.seed and head is None:  # nothing can be proven; what can be read is better than nothing
        return Salvage(tuple(found.rows[number] for number in sorted(found.rows)), None)
    seed = found.seed or ("" if head is None else head.seed)
    wanted = set(found.altered) | set(found.missing)
    if wanted or not found.seed:
        for copy in backups_of(path):
            checked = check_copy(copy)
            if checked is not None and checked.seed == seed:
                for row in checked.proven:
                    rows.setdefault(row[0], row)
    if not found.seed:
        for number, row in found.rows.items():
            rows.setdefault(number, row)
    lost = wanted - set(rows)
    return Salvage(tuple(rows[number] for number in sorted(rows)), len(lost))


def check_copy(path: Path) -> Checked | None:
    """A file checked without changing it; None if it cannot be read as a journal."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as copy:
            return check(copy)
    except (sqlite3.Error, ValueError, TypeError):
        return None
