"""`ecg-viewer journal --verify`: says whether the review journal is whole; changes nothing."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ecg_viewer.state.review.journal import journal_path
from ecg_viewer.state.review.journal_backups import backups_of, read_head
from ecg_viewer.state.review.journal_chain import Checked, Row, check, check_damaged

MOST_LISTED = 20
"""Entries named one by one."""


def main(arguments: Sequence[str]) -> int:
    """Run the command. Returns 0 for a whole journal, 1 for a damaged one, 2 if there is none."""
    options = _parser().parse_args(arguments)
    path = options.file or journal_path()
    if not path.is_file():
        print(f"ecg-viewer: there is no review journal {path}", file=sys.stderr)
        return 2
    found, problem = checked(path)
    lines = described(path, found, problem)
    if options.file is None:
        copies = backups_of(path)
        whole = sum(checked(copy)[0].is_whole for copy in copies)
        lines.append(f"{len(copies)} copies in {path.parent / 'backups'}, {whole} of them whole.")
    print("\n".join(lines))
    return 0 if found.is_whole and not problem else 1


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
        description="Says whether the review journal is whole: every entry as written, none gone. Changes nothing.",
        epilog="The digests tell of damage. Whoever can write the file can make them anew: they are no signature.",
    )
    parser.add_argument("--verify", action="store_true", required=True, help="compare every entry with its digest")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE",
                        help="a journal or a copy of one (default: the user's journal, and its copies)")
    return parser
