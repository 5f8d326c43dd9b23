"""Journals of several machines in one, without loss: merged into a new file, or taken over into one in use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.journal_backups import head_path
from ecg_viewer.state.review.journal_origin import joined, read_source
from ecg_viewer.state.review.journal_schema import JournalError


@dataclass(frozen=True)
class Merged:
    """What came of it."""

    n_entries: int
    """Entries of the sources together, each counted once."""
    n_new: int
    """Entries that were not there before."""


def merge_journals(sources: Sequence[Path], output: Path) -> Merged:
    """Write a new journal with the entries of all sources; each keeps the chain that proves it.

    Merging the same again, or in another order, gives the same entries. Raises JournalError, also if `output` exists.
    """
    if output.exists():
        raise JournalError(f"{output} is there already; a journal is never replaced. Choose another name.")
    if not output.absolute().parent.is_dir():
        raise JournalError(f"The folder of {output} does not exist; create it first.")
    rows, nodes = joined([read_source(path) for path in sources])
    try:
        with TemporaryDirectory(dir=output.absolute().parent, prefix=".merging-") as folder:  # closed to others
            part = Path(folder) / output.name
            journal = Journal(part)
            journal.take_over(rows, nodes)
            journal.close()
            with closing(sqlite3.connect(part)) as file:
                file.execute("PRAGMA journal_mode = DELETE").fetchone()  # one file that can be carried elsewhere
            os.replace(head_path(part), head_path(output))
            os.replace(part, output)
    except OSError as error:
        raise JournalError(f"{output} could not be written: {error.strerror or error}.") from error
    except sqlite3.Error as error:
        raise JournalError(f"{output} could not be written: {error}.") from error
    n = sum(row[5] != "merged" for row in rows)
    return Merged(n, n)


def import_journal(journal: Journal, path: Path) -> Merged:
    """Take over the entries of another machine's journal into an open one. Raises JournalError; then nothing is."""
    source = read_source(path)
    there = journal.rows()
    for event_id, row in source.rows.items():
        if event_id in there and there[event_id][1:] != row[1:]:
            raise JournalError(f"The entry {event_id} of {path.name} is not the one this journal has under its id: "
                               "one of them was altered. Nothing is taken over.")
    rows, nodes = joined([source], there)
    journal.take_over(rows, nodes)
    new = sum(row[5] != "merged" for row in rows)
    return Merged(sum(row[5] != "merged" for row in source.rows.values()), new)
