"""Plain folders of recordings, and lists of names to select from them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from mmae_core.errors import DatasetError
from mmae_core.files import may_be_recording
from mmae_core.readers.wfdb_reader import SUFFIX, record_headers


def find_records(
    paths: Iterable[str | Path], skipped: Callable[[DatasetError], None] | None = None
) -> tuple[Path, ...]:
    """The recordings at files and folders, each once, in the order given; within a folder sorted by path.

    Folders are searched with all below them. A segment of a multi-segment record is not a record of its own. Files are
    not checked: `read_record` does that. Raises DatasetError if a path does not exist or a folder cannot be listed;
    with `skipped`, an unreadable subfolder is skipped and its error passed to it.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(_below(path, skipped)))
        elif may_be_recording(path):
            found[path] = None
        else:
            raise DatasetError(f"There is no file, record or folder {path}.")
    return tuple(found)


def read_names(list_file: str | Path) -> tuple[str, ...]:
    """Names out of a text file, one a line; empty lines and those that begin with # are left out."""
    path = Path(list_file)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"The list {path.name} cannot be read as text: {error}.") from error
    names = [line.strip() for line in text.splitlines()]
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith("#")))


def select_named(records: Sequence[Path], names: Sequence[str]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The records matched by `names`, in the order of `names`, and the names without a match.

    A name is a record's (`100`), its file's (`100.hea`), or ends with as much of the path as tells two apart
    (`ward3/100`). Raises DatasetError if a name fits more than one record.
    """
    by_name: dict[str, list[Path]] = {}
    for record in records:
        by_name.setdefault(_stem(record.name), []).append(record)
    chosen: list[Path] = []
    unknown: list[str] = []
    for name in names:
        parts = Path(name.replace("\\", "/")).parts or ("",)  # "." has none
        folders = parts[:-1]
        fits = [
            record
            for record in by_name.get(_stem(parts[-1]), [])
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


def bare_name(path: Path) -> Path:
    """A record's path without the extension of its header or signals."""
    return path.with_suffix("") if path.suffix in (".hea", ".dat") else path


def record_names(records: Sequence[Path]) -> list[str]:
    """A short name for each record that tells it from all others: its path below the folder common to all."""
    stems = [bare_name(path) for path in records]
    if len({stem.name for stem in stems}) == len(stems):
        return [stem.name for stem in stems]
    common = Path(os.path.commonpath([stem.absolute().parent for stem in stems]))
    return [stem.absolute().relative_to(common).as_posix() for stem in stems]


def _stem(name: str) -> str:
    return name.removesuffix(SUFFIX).removesuffix(".dat")


def _below(folder: Path, skipped: Callable[[DatasetError], None] | None) -> list[Path]:
    def cannot_list(error: OSError) -> None:
        problem = DatasetError(f"The folder {error.filename} cannot be listed: {error.strerror}.")
        if skipped is None or Path(str(error.filename)) == folder:
            raise problem from error
        skipped(problem)

    records: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=cannot_list):
        folders.sort()
        if any(file.lower().endswith(SUFFIX) for file in files):
            records.extend(record_headers(Path(parent)))
    return records
