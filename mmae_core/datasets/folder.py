"""Plain folders of recordings, and lists of names to select from them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from mmae_core.errors import DatasetError, UnreadableRecord
from mmae_core.readers.recording_paths import (
    bare_path,
    may_be_recording,
    name_keys,
    recordings_among,
    recordings_at,
    table_name,
)

LONGEST_NAME = 4096
"""Characters of a line of a list: the longest path of Linux. More is no name, and no table could be read back."""


def find_records(
    paths: Iterable[str | Path], skipped: Callable[[DatasetError], None] | None = None
) -> tuple[Path, ...]:
    """The recordings at files and folders, each once, in the order given; within a folder sorted by path.

    Folders are searched with all below them. A segment of a multi-segment record is not a record of its own; a file of
    several recordings stands for each of them (`exams.hdf5/1238362`). A file that is named is not checked:
    `read_record` does that. Raises DatasetError if a path does not exist or a folder cannot be listed; with `skipped`,
    an unreadable subfolder is skipped and its error passed to it.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(_below(path, skipped)))
        elif may_be_recording(path):
            found.update(dict.fromkeys(_each_in(path)))
        else:
            raise DatasetError(f"There is no file, record or folder {path}.")
    return tuple(found)


def read_names(list_file: str | Path) -> tuple[str, ...]:
    """Names out of a text file, one a line; empty lines and those that begin with # are left out.

    Raises DatasetError if it is no text, or a line is longer than `LONGEST_NAME`.
    """
    path = Path(list_file)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"The list {path.name} cannot be read as text: {error}.") from error
    names = [line.strip() for line in text.split("\n")]  # of the signs that splitlines knows, names may hold others
    for number, name in enumerate(names, 1):
        if len(name) > LONGEST_NAME and not name.startswith("#"):
            raise DatasetError(f"Line {number} of the list {path.name} has {len(name):,} characters; the name of a "
                               f"recording has at most {LONGEST_NAME:,}. Write one name on each line.")
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith("#")))


def select_named(records: Sequence[Path], names: Sequence[str]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The records matched by `names`, in the order of `names`, and the names without a match.

    A name is a record's (`100`), its file's (`100.hea`), or ends with as much of the path as tells two apart
    (`ward3/100`). Raises DatasetError if a name fits more than one record.
    """
    by_name: dict[str, list[Path]] = {}
    for record in records:
        for key in dict.fromkeys(name_keys(record)):
            by_name.setdefault(key, []).append(record)
    chosen: list[Path] = []
    unknown: list[str] = []
    for name in names:
        parts = Path(name.replace("\\", "/")).parts or ("",)  # "." has none
        folders = parts[:-1]
        fits = [
            record
            for record in by_name.get(parts[-1]) or by_name.get(bare_path(Path(parts[-1])).name, [])
            if not folders or record.parts[-1 - len(folders) : -1] == folders
        ]
        if len(fits) > 1:
            raise DatasetError(
                f"The name {name} fits {len(fits)} records ({fits[0]}, {fits[1]}); put more of the path into the list."
            )
        if fits:
            chosen.append(fits[0])
        else:
            unknown.append(name)
    return tuple(dict.fromkeys(chosen)), tuple(unknown)


def record_names(records: Sequence[Path]) -> list[str]:
    """A short name for each record that tells it from all others: its path below the folder common to all."""
    stems = [bare_path(path) for path in records]
    if len({stem.name for stem in stems}) == len(stems):
        return [table_name(path) for path in records]
    common = Path(os.path.commonpath([stem.absolute().parent for stem in stems]))
    return [stem.absolute().relative_to(common).as_posix() for stem in stems]


def _each_in(path: Path) -> tuple[Path, ...]:
    """Each recording of a file; the file itself if it cannot be read, which says so when it is opened."""
    try:
        return recordings_at(path)
    except UnreadableRecord:
        return (path,)


def _below(folder: Path, skipped: Callable[[DatasetError], None] | None) -> list[Path]:
    def cannot_list(error: OSError) -> None:
        problem = DatasetError(f"The folder {error.filename} cannot be listed: {error.strerror}.")
        if skipped is None or Path(str(error.filename)) == folder:
            raise problem from error
        skipped(problem)

    records: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=cannot_list):
        folders.sort()
        records.extend(record for path in recordings_among(Path(parent), files) for record in _each_in(path))
    return records
