"""Lists of work: recordings that somebody is to read, with a name, a reader, a day and a note, in a file.

As JSON, or as CSV with a column `recording`; places are those of the recordings, relative to the file's folder.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from mmae_core.errors import UnreadableRecord
from mmae_core.files import JSON_FAULTS, formula_safe, from_formula_safe, replacing

FORMAT, VERSION = "ecg-viewer work list", 1
COLUMNS = ("recording", "list", "reader", "due", "note")
SUFFIXES = (".json", ".csv")
HEAD_BYTES = 4_096
"""So much of a file tells whether it is a list."""
MOST_BYTES = 64 << 20
LONGEST = 500


@dataclass(frozen=True)
class WorkList:
    """What one file says."""

    name: str
    recordings: tuple[Path, ...]
    reader: str = ""
    due: str = ""
    """As written, such as 2026-12-01."""
    note: str = ""


def is_work_list(path: Path) -> bool:
    """Whether a file is a list of work; reads its beginning only."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return False
    if path.suffix.lower() == ".json":
        return f'"{FORMAT}"' in head
    try:
        return {"recording", "list"} <= set(_header(head))
    except csv.Error:
        return False


def read_work_list(path: Path) -> WorkList:
    """The list in a file. Raises UnreadableRecord for anything else, or a list without recordings."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        text = path.read_text(encoding="utf-8-sig")
        found = _from_json(text, path) if path.suffix.lower() == ".json" else _from_csv(text, path)
    except (*JSON_FAULTS, csv.Error) as error:
        text = tr("{name} is no list of work that can be read. A list saved by this program is expected, or a table "
                  "with the columns recording and list.")
        raise UnreadableRecord(text.format(name=path.name)) from error
    if not found.recordings:
        raise UnreadableRecord(tr("The list of work {name} names no recording.").format(name=path.name))
    return found


def write_work_list(path: Path, work: WorkList) -> None:
    """Write a list as CSV or JSON, as the file's ending says. Raises OSError."""
    places = [_place(recording, path.absolute().parent) for recording in work.recordings]
    if path.suffix.lower() == ".csv":
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        words = [formula_safe(word) for word in (work.name, work.reader, work.due, work.note)]
        writer.writerows([formula_safe(place), *words] for place in places)
        text, encoding = stream.getvalue(), "utf-8-sig"
    else:
        document = {"format": FORMAT, "format_version": VERSION, "name": work.name, "reader": work.reader,
                    "due": work.due, "note": work.note, "recordings": places}
        text, encoding = json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8"
    with replacing(path) as part:
        part.write_text(text, encoding=encoding, newline="")


def is_read(summary: Summary) -> bool:
    """Whether a reader is done with a recording: declared reviewed, or concluded."""
    return summary.state == "reviewed" or bool(summary.conclusion)


def progress_text(n_read: int, n: int) -> str:
    """`12 of 40 read`."""
    return tr("{done} of {n} read").format(done=number(n_read, ","), n=number(n, ","))


def readers_text(reads: Mapping[str, int], n: int) -> str:
    """A line for each reader who has read any: `Ann: 12 of 40 read`."""
    return "\n".join(f"{reader}: {progress_text(done, n)}" for reader, done in sorted(reads.items()) if done)


def described(work: WorkList, n_read: int) -> str:
    """`Monday · for Ann · due 2026-12-01 · 12 of 40 read`."""
    parts = [work.name]
    if work.reader:
        parts.append(tr("for {reader}").format(reader=work.reader))
    if work.due:
        parts.append(tr("due {day}").format(day=work.due))
    return " · ".join([*parts, progress_text(n_read, len(work.recordings))])


def _from_json(text: str, path: Path) -> WorkList:
    document: Any = json.loads(text)
    if document["format"] != FORMAT or document["format_version"] > VERSION:
        raise ValueError("another format")
    places = document["recordings"]
    if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
        raise TypeError("recordings are texts")
    words = (_word(document.get(name, "")) for name in ("reader", "due", "note"))
    return WorkList(_word(document.get("name", "")) or path.stem, _paths(places, path), *words)


def _from_csv(text: str, path: Path) -> WorkList:
    names = _header(text)
    if not {"recording", "list"} <= set(names):
        raise ValueError("no column recording")
    rows = list(csv.DictReader(io.StringIO(text), dialect=_dialect(text)))

    def first(column: str) -> str:
        return next((_word(from_formula_safe(row[column])) for row in rows if row.get(column)), "")

    places = [from_formula_safe(row["recording"]) for row in rows if row.get("recording")]
    return WorkList(first("list") or path.stem, _paths(places, path), first("reader"), first("due"), first("note"))


def _header(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text.split("\n", 1)[0]), dialect=_dialect(text)), [])


def _dialect(text: str) -> type[csv.Dialect]:
    """With semicolons if the first line has them, as German spreadsheets save."""

    class Found(csv.excel):
        delimiter = ";" if ";" in text.split("\n", 1)[0] else ","

    return Found


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a word is expected")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())[:LONGEST]


def _paths(places: Iterable[str], path: Path) -> tuple[Path, ...]:
    folder = path.absolute().parent
    return tuple(dict.fromkeys(folder / place for place in places if place.strip() and "\0" not in place))


def _place(recording: Path, folder: Path) -> str:
    """Relative inside the list's folder, so that both can be moved together; else absolute."""
    whole = Path(os.path.normpath(recording.absolute()))
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)
