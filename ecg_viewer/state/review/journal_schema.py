"""The journal's tables, and how a file of an earlier version becomes one of this."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

from ecg_viewer.state.review.journal_chain import extend
from mmae_core.errors import EcgError

MIGRATIONS = (
    """
    CREATE TABLE events (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id TEXT NOT NULL UNIQUE,
        time TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        record TEXT NOT NULL,
        kind TEXT NOT NULL,
        payload TEXT NOT NULL
    );
    CREATE INDEX events_of_record ON events (record, number);
    CREATE TRIGGER events_written_once BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE event_id = NEW.event_id OR number = NEW.number)
        BEGIN SELECT RAISE(IGNORE); END;
    CREATE TRIGGER events_never_change BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER events_never_go BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    """,
    """
    CREATE TABLE chain (number INTEGER PRIMARY KEY, digest TEXT NOT NULL);
    CREATE TRIGGER chain_never_changes BEFORE UPDATE ON chain
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER chain_never_goes BEFORE DELETE ON chain
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    """,
    """
    CREATE TABLE origin (
        digest TEXT PRIMARY KEY, previous TEXT NOT NULL, number INTEGER NOT NULL, event_id TEXT NOT NULL
    );
    CREATE INDEX origin_of_event ON origin (event_id);
    CREATE TRIGGER origin_never_changes BEFORE UPDATE ON origin
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER origin_never_goes BEFORE DELETE ON origin
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    """,
)
"""Statements that bring the file from version n to n + 1; the version is SQLite's `user_version`."""


class JournalError(EcgError):
    """The journal cannot be used; the message says why and what to do."""


class DamagedJournal(JournalError):
    """The file was damaged while it was open; opening it again sets it aside."""


class NewerJournal(JournalError):
    """A newer program wrote it; this one does not touch it."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version. Raises JournalError for one that a newer program wrote."""
    connection.execute("BEGIN IMMEDIATE")  # two programs may find the same old file
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise NewerJournal(
                f"The review journal was written by a newer version of this program (its format is {version}, this "
                f"program knows {len(MIGRATIONS)}). It is left as it is; update the program to go on reviewing."
            )
        if version == 0 and connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            raise damage("it holds entries, but no version")
        for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in _split(statements):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        if version < len(MIGRATIONS):
            try:
                extend(connection)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table: another program's database
                    raise damage(str(error)) from error
                raise
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def require_schema(connection: sqlite3.Connection) -> None:
    """Raise if this is another program's database, or a table, index or trigger is not as this program made it."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for statements in MIGRATIONS:
            for statement in _split(statements):
                model.execute(statement)
        expected = set(model.execute(query).fetchall())
    if not expected <= set(connection.execute(query).fetchall()):
        raise damage("tables, indexes or triggers are not those of a journal")


def _split(statements: str) -> list[str]:
    """Single statements; `executescript` would commit in between."""
    found, current = [], ""
    for part in re.split(r"(?<=;)", statements):
        current += part
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found


def damage(message: str) -> sqlite3.DatabaseError:
    """An error as SQLite gives it for a damaged file."""
    error = sqlite3.DatabaseError(message)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def is_damage(error: Exception) -> bool:
    """Whether a file is damaged or another program's, rather than busy or out of reach."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return (code & 0xFF) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
