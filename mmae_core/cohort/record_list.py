"""The records that are named: files, folders, lists, archives, addresses; each with a name for tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath

from mmae_core.cohort.archives import is_archive, member_place, members_of
from mmae_core.cohort.remote_files import files_at, is_address, require_protocols
from mmae_core.datasets.folder import read_names, record_names
from mmae_core.readers import registry, wfdb_files

ListRecords = Callable[[Sequence[Path]], Sequence[Path]]
"""The records at files and folders of this machine."""
NamedRecord = tuple[str, str]
"""Name in tables, and place: a path, `zip://member::archive`, or an address."""
LIST_SIGN = "@"


def named_records(sources: Sequence[str], find: ListRecords) -> list[NamedRecord]:
    """Every record at `sources`, each once, in their order; paths as absolute ones.

    So a run that is continued from another working folder, or by a process in one, reads the same files. A record is
    the same however its path is written: `d/100`, `d/100.hea` and `e/../d/100.hea` are one, the first of them.

    `@FILE` is a text file of them, one a line, relative to its folder; what it names is not looked at until it is read,
    but packages for its addresses must be there.
    Archives (.zip, .tar) and addresses stand for the recordings in them, by the endings of their files. `find` is asked
    for all the rest. Raises DatasetError.
    """
    places: dict[str, str] = {}  # as it was written, by where it is
    first: dict[str, str] = {}  # where it is, by the record
    paths: list[Path] = []
    here = os.getcwd()

    def add(found: Iterable[str]) -> None:
        for place in found:
            is_whole = "://" in place or os.path.isabs(place)
            where = place if is_whole else os.path.join(here, place)
            other = first.setdefault(_record(where), where)
            if other == where or not _in_one_folder(other, where):
                places.setdefault(where, place)

    def add_paths() -> None:
        add(map(str, find(paths)) if paths else ())
        paths.clear()

    for source in sources:
        others = _others(source)
        if others is None:
            paths.append(Path(source))
        else:
            add_paths()
            add(others)
    add_paths()
    return list(zip(_names(list(places.values())), places, strict=True))


def _record(where: str) -> str:
    """What the paths of one record share, without looking at a file; a member or an address itself."""
    if "://" in where:
        return where
    stem, suffix = os.path.splitext(os.path.normpath(where))
    return stem if suffix.lower() in wfdb_files.SUFFIXES else stem + suffix


def _in_one_folder(first: str, second: str) -> bool:
    """Of paths that are the same when normalised: not so if `..` follows a link."""
    return os.path.realpath(os.path.dirname(first)) == os.path.realpath(os.path.dirname(second))


def _others(source: str) -> list[str] | None:
    """The places of a list, an archive or an address; None for a path."""
    if source.startswith(LIST_SIGN) and len(source) > 1:
        file = Path(source[1:])
        folder = str(file.parent.absolute())
        places = [_beside(folder, line) for line in read_names(file)]
        require_protocols(place for place in places if is_address(place))
        return places
    if is_address(source):
        return recordings_by_name(files_at(source))
    path = Path(source)
    if path.is_file() and is_archive(path):
        return [member_place(path, name) for name in recordings_by_name(sorted(members_of(path)))]
    return None


def _beside(folder: str, line: str) -> str:
    """What a line of a list in `folder` names; the archive of a member is a path, too."""
    if "://" not in line:
        return os.path.join(folder, line)
    member, separator, archive = line.rpartition("::")
    return f"{member}{separator}{os.path.join(folder, archive)}" if separator else line


def recordings_by_name(names: Sequence[str]) -> list[str]:
    """Those of many files that are recordings by their endings: headers, and files of other formats without one."""
    headers = {name[: -len(wfdb_files.SUFFIX)] for name in names if name.lower().endswith(wfdb_files.SUFFIX)}

    def is_recording(name: str, others: tuple[str, ...]) -> bool:
        if name.rpartition("/")[2].startswith("."):
            return False
        if name.lower().endswith(wfdb_files.SUFFIX):
            return True
        return name.lower().endswith(others) and str(PurePosixPath(name).with_suffix("")) not in headers

    formats = [one for one in registry.all_formats() if not one.of_several_files]
    for general in (False, True):  # tables beside recordings are no recordings
        suffixes = tuple(suffix for one in formats if one.is_general == general for suffix in one.suffixes)
        if chosen := [name for name in names if is_recording(name, suffixes)]:
            return chosen
    return list(names) if len(names) == 1 else []


def _names(places: Sequence[str]) -> list[str]:
    if all(place.endswith(wfdb_files.SUFFIX) and "://" not in place for place in places):
        return _header_names(places)
    if not any("://" in place for place in places):
        return record_names([Path(place) for place in places])
    short = [_short(place) for place in places]
    return short if len(set(short)) == len(short) else list(places)


def _header_names(places: Sequence[str]) -> list[str]:
    """`record_names` of WFDB headers, without looking at a file: of millions it takes seconds."""
    stems = [place.removesuffix(wfdb_files.SUFFIX) for place in places]
    names = [os.path.basename(stem) for stem in stems]
    if len(set(names)) == len(names):
        return names
    stems = [os.path.abspath(stem) for stem in stems]
    start = len(os.path.join(os.path.commonpath([os.path.dirname(stem) for stem in stems]), ""))
    return [stem[start:].replace(os.sep, "/") for stem in stems]


def _short(place: str) -> str:
    """`a.zip/ward/100` of a member, `ward/100` of an address; a path's last part."""
    if "::" in place:
        member, _, archive = place.partition("://")[2].rpartition("::")
        return f"{Path(archive).name}/{member.removesuffix(wfdb_files.SUFFIX)}"
    name = place.partition("://")[2] if "://" in place else Path(place).name
    return name.removesuffix(wfdb_files.SUFFIX)
