"""A chain of digests over the journal's entries: whether each is as it was written, and none is gone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COLUMNS = "number, event_id, time, reviewer, record, kind, payload"
Row = tuple[int, str, str, str, str, str, str]
"""`COLUMNS` of one entry."""
MOST_LOOKED_UP = 200_000
"""Most entries of a damaged file that are looked for one by one."""


@dataclass(frozen=True)
class Head:
    """The last entry of a journal, kept in a file beside it: tells of entries that went without a trace."""

    seed: str
    """The random begin of its chain, which tells journals apart."""
    number: int
    digest: str


@dataclass(frozen=True)
class Checked:
    """What a chain proves."""

    seed: str
    """Empty if the chain cannot be read."""
    proven: tuple[Row, ...]
    """Entries that are as they were written."""
    altered: tuple[int, ...] = ()
    """Numbers of entries that are not, or are in no chain."""
    missing: tuple[int, ...] = ()
    """Numbers of entries of which only the chain is left, or the head."""
    rows: Mapping[int, Row] = field(default_factory=dict)
    """All entries that can be read."""

    @property
    def is_whole(self) -> bool:
        return bool(self.seed) and not self.altered and not self.missing


def link(previous: str, row: Row) -> str:
    """SHA-256 of an entry and the digest before it."""
    text = json.dumps([previous, *row], ensure_ascii=True, default=repr)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def extend(connection: sqlite3.Connection) -> Head:
    """Chain the entries that are not in it yet, within the caller's transaction. Raises sqlite3.Error."""
    found = connection.execute("SELECT number, digest FROM chain ORDER BY number DESC LIMIT 1").fetchone()
    if found is None:
        found = (0, secrets.token_hex(32))
        connection.execute("INSERT INTO chain VALUES (?, ?)", found)
    number, digest = found
    query = f"SELECT {COLUMNS} FROM events WHERE number > ? ORDER BY number"
    for row in connection.execute(query, (number,)).fetchall():
        number, digest = row[0], link(digest, row)
        connection.execute("INSERT INTO chain VALUES (?, ?)", (number, digest))
    return head_of(connection)


def head_of(connection: sqlite3.Connection) -> Head:
    """The last entry of a chain that has a begin. Raises sqlite3.Error."""
    (seed,) = connection.execute("SELECT digest FROM chain WHERE number = 0").fetchone()
    number, digest = connection.execute("SELECT number, digest FROM chain ORDER BY number DESC LIMIT 1").fetchone()
    return Head(str(seed), int(number), str(digest))


def check(connection: sqlite3.Connection, head: Head | None = None) -> Checked:
    """Compare all entries of an open journal with their chain. Raises sqlite3.Error."""
    with reading_any_text(connection):
        connection.execute("BEGIN")  # both tables at one moment, whatever other windows write
        try:
            rows = {row[0]: row for row in connection.execute(f"SELECT {COLUMNS} FROM events NOT INDEXED")}
            chain = dict(connection.execute("SELECT number, digest FROM chain").fetchall())
        finally:
            connection.execute("ROLLBACK")
    return compared(rows, chain, head)


def check_damaged(path: Path, head: Head | None = None) -> Checked:
    """The same of what can still be read of a damaged file; entries of a file without a chain count as altered."""
    chain = dict(_readable(path, "number, digest", "chain", ()))
    expected = [*chain, *range(1, 0 if head is None else head.number + 1)]
    rows = {row[0]: row for row in _readable(path, COLUMNS, "events", expected)}
    return compared(rows, chain, head)


def compared(rows: Mapping[int, Row], chain: Mapping[int, str], head: Head | None) -> Checked:
    """What a chain of digests by number proves of rows by number."""
    numbers = sorted(chain)
    before = dict(zip(numbers[1:], numbers, strict=False))
    proven = [rows[number] for number in numbers[1:]
              if number in rows and link(str(chain[before[number]]), rows[number]) == chain[number]]
    sound = {row[0] for row in proven}
    known = set(numbers[1:])
    seed = str(chain.get(0, ""))
    is_same = head is not None and (not seed or head.seed == seed)
    if head is not None and is_same and head.number not in chain:
        known |= set(range(1, head.number + 1))
    altered = set(rows) - sound
    if head is not None and is_same and chain.get(head.number, head.digest) != head.digest:
        altered.add(head.number)
    return Checked(seed, tuple(proven), tuple(sorted(altered)), tuple(sorted(known - set(rows))), rows)


@contextlib.contextmanager
def reading_any_text(connection: sqlite3.Connection) -> Iterator[None]:
    """Damaged text is read with marks in place of what is no UTF-8."""
    before: Callable[[bytes], Any] | type[str] = connection.text_factory
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        yield
    finally:
        connection.text_factory = before


def _readable(path: Path, columns: str, table: str, expected: Iterable[int]) -> list[Any]:
    """Rows of a table of a damaged file: from both ends up to the damage, then `expected` ones between, one by one."""
    found: dict[int, Any] = {}
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.Error, ValueError, TypeError), closing(sqlite3.connect(path)) as connection, \
                reading_any_text(connection):
            for row in connection.execute(f"SELECT {columns} FROM {table} NOT INDEXED ORDER BY number {order}"):
                found.setdefault(row[0], row)
    between = [number for number in expected if number not in found][:MOST_LOOKED_UP]
    if between:
        with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection, \
                reading_any_text(connection):
            for number in between:
                with contextlib.suppress(sqlite3.Error, ValueError, TypeError):
                    row = connection.execute(f"SELECT {columns} FROM {table} WHERE number = ?", (number,)).fetchone()
                    if row is not None:
                        found[number] = row
    return list(found.values())
