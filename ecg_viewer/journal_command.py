"""`ecg-viewer journal`: whether review journals are whole, several as one, and how far readers agree."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from ecg_viewer.state.review.adjudication import conflicts
from ecg_viewer.state.review.agreement import agreement, agreement_lines
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal, journal_path
from ecg_viewer.state.review.journal_backups import backups_of, read_head
from ecg_viewer.state.review.journal_chain import Checked, Row, check, check_damaged
from ecg_viewer.state.review.journal_merge import merge_journals
from ecg_viewer.state.review.journal_origin import Origins, read_source, verify_origins
from ecg_viewer.state.review.journal_schema import JournalError
from mmae_core.files import os_words, replacing
from mmae_core.metrics.agreement import ROUNDS

MOST_LISTED = 20
"""Entries named one by one."""


def main(arguments: Sequence[str]) -> int:
    """Run the command. Returns 0 for success or a whole journal, 1 for failure or a damaged one, 2 if there is none."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.merge:
        if options.output is None or options.files:
            parser.error("--merge takes the journals and --output FILE")
        return _merge(options.merge, options.output)
    if options.agreement is not None:
        return _agreement(options.agreement, options.output, options.rounds)
    if options.conflicts is not None:
        return _conflicts(options.conflicts)
    if len(options.files) > 1:
        parser.error("name one journal")
    path = options.files[0] if options.files else journal_path()
    if not path.is_file():
        print(f"ecg-viewer: there is no review journal {path}", file=sys.stderr)
        return 2
    if path.suffix.lower() == ".json":
        print(f"ecg-viewer: {path.name} is no journal. Each reader of a study has one: "
              f"{path.stem}-results/NUMBER-NAME.sqlite3", file=sys.stderr)
        return 2
    found, problem = checked(path)
    lines = described(path, found, problem)
    origins = _origins(path)
    lines += _of_others(origins)
    if not options.files:
        copies = backups_of(path)
        whole = sum(checked(copy)[0].is_whole for copy in copies)
        lines.append(f"{len(copies)} copies in {path.parent / 'backups'}, {whole} of them whole.")
    print("\n".join(lines))
    return 0 if found.is_whole and not problem and not (origins and origins.broken) else 1


def _merge(sources: Sequence[Path], output: Path) -> int:
    try:
        merged = merge_journals(sources, output)
    except JournalError as error:
        print(f"ecg-viewer: {error}", file=sys.stderr)
        return 1
    n = len({path.resolve() for path in sources})
    print(f"{output}: {merged.n_entries:,} entries of {n} journal{'' if n == 1 else 's'}.")
    return 0


def _agreement(path: Path, output: Path | None, rounds: int) -> int:
    try:
        document = agreement(events_in(path), rounds=rounds)
        if output is not None:
            with replacing(output) as part:
                part.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        print(f"ecg-viewer: {os_words(error)}", file=sys.stderr)
        return 1
    except JournalError as error:
        print(f"ecg-viewer: {error}", file=sys.stderr)
        return 1
    lines = agreement_lines(document)
    widths = [max(len(line[column]) for line in lines) for column in range(2)]
    n_readers, n = len(document["readers"]), document["n_recordings"]
    print(f"{n_readers} readers, {n:,} recordings; 95-% intervals draw recordings")
    for what, who, found in lines:
        print(f"{what:{widths[0]}}  {who:{widths[1]}}  {found}")
    print("\n".join(document["notes"]))
    return 0


def _conflicts(path: Path) -> int:
    try:
        found = conflicts(events_in(path))
    except JournalError as error:
        print(f"ecg-viewer: {error}", file=sys.stderr)
        return 1
    for item in found:
        answers = "; ".join(f"{answer.reader}: {answer.text}" for answer in item.answers)
        settled = f"; settled by {item.settled_by}: {item.settled}" if item.settled else ""
        print(f"{item.record[:16]}  {item.subject}{f' {item.where}' if item.where else ''}  {answers}{settled}")
    n_open = sum(not item.settled for item in found)
    print(f"{len(found):,} conflicts, {n_open:,} of them open.")
    return 0


def events_in(path: Path) -> tuple[Event, ...]:
    """All entries of a whole journal, in order; the file is not changed. Raises JournalError."""
    source = read_source(path)
    with TemporaryDirectory() as folder:
        merged = Path(folder) / "journal.sqlite3"
        if not source.rows:
            return ()
        merge_journals([path], merged)
        journal = Journal(merged)
        try:
            return journal.all_events()
        finally:
            journal.close()


def _origins(path: Path) -> Origins | None:
    """What the chains of other journals prove; None if that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as file:
            return verify_origins(file)
    except (sqlite3.Error, ValueError, TypeError):
        return None


def _of_others(origins: Origins | None) -> list[str]:
    if origins is None or not (origins.n_journals or origins.broken):
        return []
    if not origins.broken:
        return [f"{origins.n_entries:,} entries of {origins.n_journals} journals, each as its own journal wrote it."]
    return [f"Of another journal: {line}." for line in origins.broken[:MOST_LISTED]]


def checked(path: Path) -> tuple[Checked, str]:
    """What a journal's chain proves, and what SQLite has against the file: empty for nothing."""
    head = read_head(path)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as file:
            (sound,) = file.execute("PRAGMA integrity_check(1)").fetchone()
            return check(file, head), "" if sound == "ok" else str(sound)
    except (sqlite3.Error, ValueError, TypeError) as error:
        return check_damaged(path, head), str(error)


def described(path: Path, found: Checked, problem: str) -> list[str]:
    """The result in lines of text."""
    rows = [found.rows[number] for number in sorted(found.rows)]
    span = f", {rows[0][2]} to {rows[-1][2]}" if rows else ""
    entries = f"{len(found.rows):,} entr{'y' if len(found.rows) == 1 else 'ies'}{span}"
    if found.is_whole and not problem:
        return [f"{path}: whole. {entries}; each is as it was written, and none is gone."]
    lines = [f"{path}: damaged. {entries} can be read, {len(found.proven):,} are proven."]
    if problem:
        lines.append(f"The file: {problem}")
    if not found.seed:
        lines.append("Its chain of digests cannot be read, or it is of a version before there was one.")
    lines += [f"Altered: {_entry(number, found.rows.get(number))}" for number in found.altered[:MOST_LISTED]]
    lines += [f"Gone: entry {number}" for number in found.missing[:MOST_LISTED]]
    left = max(0, len(found.altered) - MOST_LISTED) + max(0, len(found.missing) - MOST_LISTED)
    if left:
        lines.append(f"… and {left:,} more.")
    lines.append("The next start of ecg-viewer sets the file aside, and takes over what is proven or in a copy.")
    return lines


def _entry(number: int, row: Row | None) -> str:
    return f"entry {number}" + ("" if row is None else f", {row[2]}, {row[3]}, {row[5]}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ecg-viewer journal",
        description="Says whether a review journal is whole (every entry as written, none gone), makes one of several, "
                    "or says how far readers agree. Journals that are there are never changed.",
        epilog="The digests tell of damage. Whoever can write the file can make them anew: they are no signature.",
    )
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--verify", action="store_true", help="compare every entry with its digest")
    task.add_argument("--merge", type=Path, nargs="+", metavar="JOURNAL",
                      help="write a journal with the entries of all of these, each with the chain that proves it")
    task.add_argument("--agreement", type=Path, metavar="JOURNAL",
                      help="Cohen's and Fleiss' kappa, Krippendorff's alpha, overlap of what readers marked, readers "
                           "and model beside readers and readers, with intervals")
    task.add_argument("--conflicts", type=Path, metavar="JOURNAL",
                      help="list what readers decided differently, and who settled it")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the new journal of --merge; JSON of --agreement")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N",
                        help="bootstrap rounds of --agreement (default: %(default)s)")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE",
                        help="a journal or a copy of one (default: the user's journal, and its copies)")
    return parser
