"""The review journal: an append-only SQLite file in the user's data folder."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import platformdirs

from ecg_viewer.state.review.events import BOOKKEEPING, FILE_KEY, KINDS, Event, in_order, path_text
from ecg_viewer.state.review.journal_backups import back_up, backups_of, forget_head, read_head, salvage, write_head
from ecg_viewer.state.review.journal_chain import COLUMNS, Head, Row, check, extend, head_of
from ecg_viewer.state.review.journal_origin import Node, left_nodes, places_of
from ecg_viewer.state.review.journal_schema import (
    DamagedJournal,
    JournalError,
    damage,
    is_damage,
    migrate,
    require_schema,
)
from ecg_viewer.state.review.journal_schema import NewerJournal as NewerJournal  # noqa: PLC0414 - beside `Journal`
from ecg_viewer.state.review.review import RecordReview, Summary, fold
from ecg_viewer.state.settings import APP_NAME
from ecg_viewer.state.unreadable_files import TAKING_TURNS, file_identity, use_write_ahead_log
from mmae_core.files import make_private_folder, private_file

BUSY_TIMEOUT_MS = 5_000
"""How long to wait for another window that is writing."""
CHUNK = 500
"""Names in one query; SQLite takes at least 999."""
_log = logging.getLogger("ecg_viewer.review")

Answer = TypeVar("Answer")

@dataclass(frozen=True)
class Recovery:
    """A damaged journal and what was recovered from it."""

    set_aside: Path
    n_recovered: int
    n_lost: int | None = None
    """Entries that were altered or are gone, and in no copy; None if that cannot be known."""


def journal_path() -> Path:
    """Default path of the journal."""
    return Path(platformdirs.user_data_dir(APP_NAME)) / "review.sqlite3"


class Journal:
    """One connection to the journal. Use it on the thread that made it.

    Every append is on the disk when it returns: write-ahead log, `synchronous=FULL`. Several windows and programs may
    use one file at a time.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open or create the file. Raises JournalError; a damaged file is set aside and its readable events are
        kept.
        """
        self.path = path if path is not None else journal_path()
        self.recovery: Recovery | None = None
        self._head: Head | None = None
        self._order: Mapping[str, str] = {}
        self._order_of: tuple[int | None, int | None] | None = None
        """What `_order` was computed of."""
        self.n_replaced = 0
        """How often another window replaced the open file by a new one, which restarts the numbering."""
        self._connect()

    def _connect(self) -> None:
        found = file_identity(self.path)
        try:
            self._connection = self._open()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes damaged text in its errors
            with TAKING_TURNS:
                if file_identity(self.path) != found:  # another thread has just set it aside
                    self._connect()
                    return
                if not is_damage(error) and not self.path.is_dir():
                    raise JournalError(f"The review journal {self.path} cannot be opened: {error}.") from error
                self.recovery = self._set_aside()
        except OSError as error:
            raise JournalError(
                f"The folder of the review journal {self.path} cannot be used: {error.strerror}. Decisions are not "
                "kept."
            ) from error
        self._data_version = self._ask_data_version()

    def append(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Write events in one transaction; returns them with their numbers. One that is there already is left as it is.

        Raises JournalError if they cannot be written; then none of them is.
        """
        self._follow_file()
        return self._append(events)

    def _append(self, events: Sequence[Event]) -> tuple[Event, ...]:
        rows = [(e.event_id, e.time, e.reviewer, e.record, e.kind, e.payload_text()) for e in events]
        numbers = self._insert(rows)
        order = self._imported_order()
        return tuple(replace(event, number=number, order=order.get(event.event_id, ""))
                     for event, number in zip(events, numbers, strict=True))

    def take_over(self, rows: Sequence[Row], nodes: Iterable[Node]) -> int:
        """Write entries of other journals, with the links of the chains that prove them, in one transaction; those that
        are there are left as they are. Returns how many entries are new. Raises JournalError; then none is written.
        """
        self._follow_file()
        before = self._head.number if self._head is not None else 0
        self._insert([row[1:] for row in rows], nodes)
        return (self._head.number if self._head is not None else 0) - before

    def _insert(
        self, rows: Sequence[tuple[str, str, str, str, str, str]], nodes: Iterable[Node] = ()
    ) -> list[int]:
        """Write entries and their chain in one transaction; returns their numbers."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany(
                    "INSERT INTO events (event_id, time, reviewer, record, kind, payload) VALUES (?, ?, ?, ?, ?, ?)",
                    rows,
                )
                numbers = [
                    self._connection.execute("SELECT number FROM events WHERE event_id = ?", row[:1]).fetchone()[0]
                    for row in rows
                ]
                head = extend(self._connection)
                self._connection.executemany(
                    "INSERT OR IGNORE INTO origin (digest, previous, number, event_id) VALUES (?, ?, ?, ?)", nodes)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            kind = DamagedJournal if is_damage(error) else JournalError
            raise kind(f"The decision could not be saved: {error}. It is tried again.") from error
        self._head = head
        write_head(self.path, head)
        return numbers

    def back_up(self, *, again: bool = False) -> Path | None:
        """Copy the journal to the folder `backups` beside it, once a day or `again`; the last ten are kept.

        Returns the copy; None for a journal without entries, or if it cannot be copied, which is logged.
        """
        if self._head is None or self._head.number == 0:
            return None
        return back_up(self._connection, self.path, self._head.seed, again=again)

    def events_of(self, records: Collection[str], after: int = 0) -> tuple[Event, ...]:
        """Events on any of these records, by number, those with a number beyond `after`. Raises JournalError."""
        found: list[Event] = []
        names = list(records)
        for start in range(0, len(names), CHUNK):
            part = names[start : start + CHUNK]
            marks = ", ".join("?" * len(part))
            query = f"SELECT {COLUMNS} FROM events WHERE record IN ({marks}) AND number > ? ORDER BY number"
            found += self._select(query, (*part, after))
        return tuple(in_order(found))

    def rows(self) -> dict[str, Row]:
        """All entries as they are in the file, by id. Raises JournalError."""
        found = self._run(lambda: self._connection.execute(f"SELECT {COLUMNS} FROM events").fetchall())
        return {row[1]: row for row in found}

    def all_events(self) -> tuple[Event, ...]:
        """Every entry that this version understands, in order, under the recording's SHA-256 where that is known.

        Raises JournalError.
        """
        events = in_order(self._select(f"SELECT {COLUMNS} FROM events WHERE kind != 'merged' ORDER BY number", ()))
        sha_of_key = {str(event.payload.get("key")): event.record for event in events if event.kind == "linked"}
        return tuple(replace(event, record=sha_of_key.get(event.record, event.record)) for event in events)

    def names_of(self, record: str) -> frozenset[str]:
        """All names a recording has in the journal: its SHA-256 and the provisional names linked to it."""
        sha256 = record
        links = self._select(f"SELECT {COLUMNS} FROM events WHERE kind = 'linked' ORDER BY number", ())
        if record.startswith(FILE_KEY):
            sha256 = next((link.record for link in reversed(links) if link.payload.get("key") == record), record)
        keys = {str(link.payload.get("key")) for link in links if link.record == sha256}
        return frozenset({record, sha256, *keys})

    def has_changed_elsewhere(self) -> bool:
        """Whether another connection has written since the last call."""
        if self._follow_file():
            return True
        version = self._ask_data_version()
        changed, self._data_version = version != self._data_version, version
        return changed

    def summaries(
        self,
        *,
        sha256s: Iterable[str] | None = None,
        paths: Iterable[Path] | None = None,
        reviewer: str | None = None,
    ) -> dict[str, Summary] | dict[Path, Summary]:
        """Review summaries of many recordings; unreviewed ones are left out.

        Found by SHA-256, or by path, which gives the recording last reviewed at that path. `reviewer` None counts
        everybody's decisions together, the latest of two on one finding. Raises ValueError, JournalError.
        """
        if (sha256s is None) == (paths is None):
            raise ValueError("ask either by sha256s or by paths")
        reviews, record_at = self._reviews(reviewer)
        known = {record: review.summary for record, review in reviews.items()}
        if sha256s is not None:
            return {sha256: known[sha256] for sha256 in sha256s if sha256 in known}
        assert paths is not None, "one of the two was asked for"
        records = ((path, record_at.get(path_text(path), "")) for path in paths)
        return {path: known[record] for path, record in records if record in known}

    def reviews(self, paths: Iterable[Path], reviewer: str | None = None) -> dict[Path, RecordReview]:
        """All that was decided on many records, as `summaries` finds them by path. Raises JournalError."""
        reviews, record_at = self._reviews(reviewer)
        records = ((path, record_at.get(path_text(path), "")) for path in paths)
        return {path: reviews[record] for path, record in records if record in reviews}

    def _reviews(self, reviewer: str | None) -> tuple[dict[str, RecordReview], dict[str, str]]:
        """Every review by the recording's SHA-256, and which recording was last at which place."""
        events = in_order(self._select(f"SELECT {COLUMNS} FROM events WHERE kind != 'merged' ORDER BY number", ()))
        sha_of_key = {str(event.payload.get("key")): event.record for event in events if event.kind == "linked"}
        by_record: dict[str, list[Event]] = {}
        record_at: dict[str, str] = {}
        for event in events:
            record = sha_of_key.get(event.record, event.record)
            if event.kind in BOOKKEEPING:
                record_at[str(event.payload.get("path"))] = record
            elif reviewer is None or event.reviewer == reviewer:
                by_record.setdefault(record, []).append(event)
        return {record: fold(found) for record, found in by_record.items()}, record_at

    def reviewers(self) -> tuple[str, ...]:
        """Names of all reviewers in the journal, sorted."""
        query = "SELECT DISTINCT reviewer FROM events WHERE kind != 'merged' ORDER BY 1"
        rows = self._run(lambda: self._connection.execute(query).fetchall())
        return tuple(str(row[0]) for row in rows)

    def close(self) -> None:
        """Close the file; what was appended is there without it, too."""
        self._connection.close()

    # Opening

    def _open(self) -> sqlite3.Connection:
        make_private_folder(self.path.parent)
        is_new = not self.path.exists()
        if is_new:  # deleted by its owner, or never there
            forget_head(self.path)
        if not self.path.is_dir():
            private_file(self.path)
        head = read_head(self.path)
        is_emptied = not is_new and head is not None and self.path.stat().st_size == 0
        connection = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            use_write_ahead_log(connection, BUSY_TIMEOUT_MS / 1000)
            connection.execute("PRAGMA synchronous = FULL")
            (sound,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if sound != "ok":
                raise damage(str(sound))
            if is_emptied:
                raise damage("the file is empty")
            migrate(connection)
            require_schema(connection)
            if not check(connection, head).is_whole:
                raise damage("entries were altered or are gone")
            self._head = head_of(connection)
            self._identity = file_identity(self.path)
        except BaseException:
            connection.close()
            if is_new:
                self._forget_begun()
            raise
        return connection

    def _forget_begun(self) -> None:
        """Remove a file that was made here and holds nothing yet."""
        with contextlib.suppress(OSError):
            if self.path.stat().st_size == 0:
                self.path.unlink()

    def _follow_file(self) -> bool:
        """Open the new file if another window has set a damaged one aside. Raises JournalError."""
        if file_identity(self.path) == self._identity:
            return False
        before = self._connection
        self._connect()
        before.close()
        self.n_replaced += 1
        return True

    def _set_aside(self) -> Recovery:
        """Rename the damaged file and copy every readable event."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        head = read_head(self.path)
        aside = self.path.with_name(f"{self.path.stem}.damaged-{stamp}{self.path.suffix}")
        try:
            for suffix in ("", "-wal", "-shm"):
                part = self.path.with_name(self.path.name + suffix)
                if part.exists():
                    os.replace(part, aside.with_name(aside.name + suffix))
            left = salvage(aside, self.path, head)
            forget_head(self.path)
            self._connection = self._open()
            nodes = left_nodes((aside, *backups_of(self.path)))
            self._insert([row[1:] for row in left.rows if _is_writable(row)], nodes)
        except (OSError, sqlite3.Error) as error:
            raise JournalError(
                f"The review journal is damaged and could not be replaced: {error}. Decisions are not kept."
            ) from error
        return Recovery(aside, len(left.rows), left.n_lost)

    # Reading

    def _ask_data_version(self) -> int:
        return int(self._run(lambda: self._connection.execute("PRAGMA data_version").fetchone())[0])

    def _select(self, query: str, values: tuple[object, ...]) -> list[Event]:
        rows = self._run(lambda: self._connection.execute(query, values).fetchall())
        order = self._imported_order()
        found = [event for event in map(_event, rows) if event is not None]
        return [replace(event, order=order.get(event.event_id, "")) for event in found] if order else found

    def _imported_order(self) -> Mapping[str, str]:
        """The place of every entry among those of all machines; empty for a journal without others' entries."""
        newest = self._run(lambda: self._connection.execute(
            "SELECT (SELECT MAX(rowid) FROM origin), (SELECT MAX(number) FROM events)").fetchone())
        if newest != self._order_of:
            self._order = self._run(lambda: places_of(self._connection)) if newest[0] else {}
            self._order_of = newest
        return self._order

    def _run(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            kind = DamagedJournal if is_damage(error) else JournalError
            raise kind(f"The review journal {self.path} cannot be used: {error}.") from error


def _event(row: tuple[int, str, str, str, str, str, str]) -> Event | None:
    """None for an unknown kind of event, as of a later version, or invalid JSON: kept in the file, but ignored."""
    number, event_id, time, reviewer, record, kind, payload = row
    known = next((known for known in KINDS if known == kind), None)
    try:
        values = json.loads(payload)
    except (ValueError, TypeError, RecursionError):
        values = None
    is_sound = isinstance(values, dict) and all(isinstance(text, str) for text in (event_id, time, reviewer, record))
    if known is None or not is_sound:
        _log.warning("event %s of the review journal could not be understood", number)
        return None
    return Event(known, record, reviewer, values, event_id, time, number)


def _is_writable(row: Row) -> bool:
    return all("\0" not in str(text) for text in row)
