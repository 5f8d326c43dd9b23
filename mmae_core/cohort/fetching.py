"""A recording on this machine, wherever it is: a path is itself, others are copied for as long as they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mmae_core.cohort.archives import copy_member, members_of, split_place
from mmae_core.cohort.remote_files import exists, fetch
from mmae_core.errors import UnreadableRecord
from mmae_core.files import file_name, inside
from mmae_core.readers import wfdb_files

MOST_FILES = 1000
"""Beside a header: a record of more segments is refused by its reader, which does not find the others."""
MOST_NAME_BYTES = 255
"""Of a file's name, on every usual system."""


@contextmanager
def local_copy(place: str) -> Iterator[Path]:
    """The path of a recording for the time of the block: a path, a member of an archive, or an address.

    What is copied lies in a folder that its owner alone may enter, and is removed at the end. Raises UnreadableRecord
    and DatasetError for what is wrong with the recording; OSError for a full disk, and as `fetch`.
    """
    if "://" not in place:
        yield Path(place)
        return
    with tempfile.TemporaryDirectory(prefix="mmae_core-") as name:
        try:
            path = _copied(place, Path(name))
        except ValueError as error:  # a name that leads out, or `::` without an archive
            raise UnreadableRecord(f"{place[:200]} is no place of a recording.") from error
        yield path


def _copied(place: str, folder: Path) -> Path:
    if "::" not in place:
        return _record(place, folder, fetch, exists)
    archive, member = split_place(place)
    return _record(member, folder, lambda part, to: copy_member(archive, part, to),
                   lambda part: part in members_of(archive))


def _record(
    place: str, folder: Path, copy: Callable[[str, Path], None], is_there: Callable[[str], bool]
) -> Path:
    """Copy a recording's file, and those that its header names beside it."""
    parent, slash, name = place.rpartition("/")
    main = _local(folder, name or "recording")
    copy(place, main)
    if not wfdb_files.is_header(main):
        return main
    waiting = [main]
    copied = {main.name}
    while waiting and len(copied) < MOST_FILES:
        header = waiting.pop()
        for file in wfdb_files.files_of(header):
            beside = f"{parent}{slash}{file.name}"
            if file.name not in copied and file.parent == folder and _fits(file.name) and is_there(beside):
                copied.add(file.name)
                copy(beside, file)
                if wfdb_files.is_header(file):
                    waiting.append(file)
        segments = [name + wfdb_files.SUFFIX for name in sorted(wfdb_files.named_files(header))]
        for segment in segments:
            beside = f"{parent}{slash}{segment}"
            if segment == Path(segment).name and _fits(segment) and segment not in copied and is_there(beside):
                copied.add(segment)
                copy(beside, folder / segment)
                waiting.append(folder / segment)
    return main


def _local(folder: Path, name: str) -> Path:
    """A file for a recording called `name`, which this system may not take. Raises ValueError if it leads out."""
    path = inside(folder, name)
    ending = path.suffix if _fits(path.suffix * 5) else ""
    return folder / file_name(name.removesuffix(ending), ending)


def _fits(name: str) -> bool:
    """Whether a file can have this name; a reader looks for it under no other, and says that it is not there."""
    return "\0" not in name and len(name.encode("utf-8", "surrogateescape")) <= MOST_NAME_BYTES
