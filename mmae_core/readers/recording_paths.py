"""Which recordings a path stands for: a file, a bare name, one of the files of a recording, one recording of a file of
several (`exams.hdf5/1238362`), or a folder.

What is said here of recordings made of several files is asked of the WFDB reader; no other format has them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mmae_core.errors import EcgError, UnreadableRecord
from mmae_core.readers import registry, wfdb_files
from mmae_core.readers.recording_file import RecordingFile


@dataclass(frozen=True)
class Place:
    """Where a recording is."""

    file: Path
    part: str = ""
    """Which recording of the file; empty if it holds one, or none was named."""


def locate(path: Path) -> Place:
    """The file to read for a path. Raises UnreadableRecord if there is none, or it is not clear which."""
    try:
        main = wfdb_files.main_file(path)
        if path.is_dir():
            return Place(_only_recording(path, main))
        if main is not None:
            return Place(main)
        if path.exists():
            return Place(path)
        if (place := _inside_file(path)) is not None:
            return place
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableRecord(f"{path.name} cannot be opened: {reason}.") from error
    raise UnreadableRecord(
        f"There is no file or record {path.name} in the folder {path.absolute().parent.name}.", code="missing"
    )


def may_be_recording(path: Path) -> bool:
    """Whether something is there: a file, a folder, a record named without its suffix, a recording inside a file."""
    try:
        return path.exists() or _inside_file(path) is not None or wfdb_files.header_beside(path) is not None
    except (OSError, ValueError):
        return False


def bare_path(path: Path) -> Path:
    """What the paths of all files of one recording share: `100.hea` and `100.dat` are `100`; others stay whole."""
    return wfdb_files.bare_path(path)


def display_name(path: Path) -> str:
    """A short name to show for a recording that is not read yet: `100`, `ecg.dcm`, `exams 1238362`."""
    place = _inside_file(path)
    return f"{place.file.stem} {place.part}" if place is not None else bare_path(path).name


def table_name(path: Path) -> str:
    """A recording's name in a table, which finds it again: `100`, `exams.hdf5/1238362`."""
    place = _inside_file(path)
    return f"{place.file.name}/{place.part}" if place is not None else bare_path(path).name


def files_of(path: Path) -> tuple[Path, ...]:
    """Every file a recording is read from, the main one first, as far as is known without reading it; some may not
    exist."""
    main = wfdb_files.main_file(path)
    if main is not None:
        return wfdb_files.files_of(main)
    place = _inside_file(path)
    return (path if place is None else place.file,)


def statuses_of(path: Path) -> list[tuple[str, os.stat_result]]:
    """Label and state of each file whose change makes another recording of it; empty if there is none.

    Of a recording inside a file of several the whole file counts. Costs a few calls of the operating system.
    """
    if (not path.suffix or wfdb_files.bare_path(path) != path) and (found := wfdb_files.statuses_beside(path)):
        return found
    for file in (path, *path.parents):
        try:
            status = os.stat(file)
        except NotADirectoryError:  # it leads into a file
            continue
        except OSError:
            return wfdb_files.statuses_beside(path)
        return [(file.suffix.lower(), status)] if stat.S_ISREG(status.st_mode) else []
    return []


def recordings_at(path: Path) -> tuple[Path, ...]:
    """The path of each recording of a file that holds several; otherwise the path itself.

    Raises UnreadableRecord if the file cannot be read.
    """
    if not path.is_file():
        return (path,)
    file = RecordingFile.of(path)
    if not any(one.holds_several for one in registry.all_formats() if path.suffix.lower() in one.suffixes):
        return (path,)
    one = registry.format_of(file)
    names = () if one is None else registry.recordings_in(one, file)
    return tuple(path / name for name in names) if len(names) > 1 else (path,)


def recordings_among(folder: Path, names: Sequence[str]) -> list[Path]:
    """The recordings among the files of a folder, by their names, sorted; not those of its subfolders.

    Files are recognised by their content; WFDB headers, of which there may be tens of thousands, by their suffix.
    """
    headers = wfdb_files.record_headers(folder, names)
    listed = (one for one in registry.all_formats() if one.is_listed and not one.of_several_files)
    suffixes = frozenset(suffix for one in listed for suffix in one.suffixes)
    others = [name for name in names if _is_looked_at(name, suffixes)]
    if not others:
        return headers
    signals = {named.lower() for header in headers for named in wfdb_files.named_files(header)} if headers else set()
    found = [folder / name for name in others if name.lower() not in signals and is_listed(folder / name)]
    return sorted([*headers, *found])


def is_listed(path: Path) -> bool:
    """Whether the content of a file is of a format that folders are searched for."""
    try:
        one = registry.format_of(RecordingFile.of(path))
    except EcgError:
        return False
    return one is not None and one.is_listed


def name_keys(path: Path) -> Iterator[str]:
    """The names by which a list may call a recording: with its suffix and without."""
    yield path.name
    if path.suffix.lower() in registry.known_suffixes():
        yield path.stem


def _is_looked_at(name: str, suffixes: frozenset[str]) -> bool:
    """Whether a file of a folder may be a recording by its name. DICOM files often have no suffix, or are named by
    their unique identifier, which ends in a number."""
    suffix = Path(name).suffix.lower()
    return not name.startswith(".") and (suffix in suffixes or not suffix or suffix[1:].isdecimal())


def _inside_file(path: Path) -> Place | None:
    """The file that a path leads into, such as `rows.npy/0`; None for any other path."""
    for parent in path.parents:
        if parent.is_file():
            return Place(parent, path.relative_to(parent).as_posix())
        if parent.exists():
            return None
    return None


def _only_recording(folder: Path, beside: Path | None) -> Path:
    """The one recording of a folder; `beside` is a record of the folder's name."""
    found = recordings_among(folder, [entry.name for entry in folder.iterdir()])
    name = folder.absolute().name
    listed = ", ".join([bare_path(path).name for path in found[:3]] + ["..."] * (len(found) > 3))
    if beside is not None:
        if not found:
            return beside
        raise UnreadableRecord(
            f"{name} is the name of a record and of a folder with records ({listed}). Open {beside.name} or one of "
            "those.",
            code="ambiguous",
        )
    if not found:
        raise UnreadableRecord(f"The folder {name} holds no recording this program reads.", code="foreign")
    if len(found) > 1:
        raise UnreadableRecord(
            f"The folder {name} holds {len(found)} records ({listed}); one is expected. Open one of them.",
            code="ambiguous",
        )
    return found[0]
