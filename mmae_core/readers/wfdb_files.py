"""The files of WFDB records: a header `.hea`, the signal files it names, and annotations beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.limits import MAX_WFDB_HEADER_BYTES
from mmae_core.readers.wfdb_header import NO_FILE, first_bytes

ANNOTATORS = frozenset(
    (
        "16a", "aha", "alh", "ann", "apn", "ari", "atr", "aux", "ecg", "ecgatr", "flt", "gqrs", "hypn", "man", "marker",
        "mrk", "ngqrs", "nst", "oct", "pu", "pu0", "pu1", "pwave", "q1c", "q2c", "qrs", "qrsc", "qt1", "qt2", "rhy",
        "rr", "sqrs", "st", "sta", "stb", "stc", "stf", "wabp", "wqrs", "xws",
    )
)
"""Extensions PhysioNet's databases and programs give to annotation files; other files beside a record are ignored."""
SUFFIX = ".hea"
SIGNALS = ".dat"
SUFFIXES = (SUFFIX, SIGNALS)
ANNEX_STORE = Path(".git", "annex", "objects")
"""Where git-annex keeps the content of a data set's files."""


def bare_path(path: Path) -> Path:
    """A record's path without the suffix that its header and its signal file do not share."""
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def is_header(path: Path) -> bool:
    """Whether a name is that of a header."""
    return path.suffix.lower() == SUFFIX


def header_beside(path: Path) -> Path | None:
    """The header of a record of that name; a name may contain dots."""
    if not path.name:
        return None
    for suffix in (SUFFIX, SUFFIX.upper()):
        header = path.with_name(path.name + suffix)
        if header.is_file():
            return header
    return None


def header_of_file(path: Path) -> Path | None:
    """The header with the same stem as another file."""
    return header_beside(path.with_suffix("")) if path.suffix else None


def statuses_beside(path: Path) -> list[tuple[str, os.stat_result]]:
    """Suffix and state of the header, signals and annotations of a record; what does not exist is left out."""
    found = []
    for suffix in (*SUFFIXES, ".lesion", ".atr"):
        with suppress(OSError):
            found.append((suffix, os.stat(os.fspath(bare_path(path)) + suffix)))
    return found


def main_file(path: Path) -> Path | None:
    """The header to read for a bare record name, a signal file or an annotation file; None if it is of no record.

    Raises UnreadableRecord if a signal file belongs to several records.
    """
    if is_header(path) and path.is_file():
        return path
    if (header := header_beside(path)) is not None:
        return header
    header = header_of_file(path)
    if header is not None:
        if path.suffix.lower() in SUFFIXES or path.suffix[1:].lower() in ANNOTATORS:
            return header
        if path.name.lower() in {name.lower() for name in named_files(header)}:
            return header
    return _header_naming(path) if path.suffix.lower() == SIGNALS and path.is_file() else None


def beside(header: Path, name: str) -> Path:
    """A file that a header names, as it is spelt in its folder: media that know capitals only change `S01.dat`."""
    path = header.with_name(name)
    if path.is_file() or path.is_symlink():
        return path
    upper = header.with_name(name.upper())
    return upper if upper.is_file() else path


def require_inside(path: Path, header: Path) -> None:
    """Raise UnreadableRecord if a file beside a header is a link to one outside its folder.

    A data set kept with git-annex or DataLad links into its own store; such links are followed.
    """
    target = Path(os.path.realpath(path))
    if target.is_relative_to(os.path.realpath(header.parent)):
        return
    for folder in header.absolute().parents:
        store = folder / ANNEX_STORE
        if store.is_dir():
            if target.is_relative_to(Path(os.path.realpath(folder)) / ANNEX_STORE):
                return
            break
    raise UnreadableRecord(
        f"{header.name} names '{path.name}', a link to a file outside its folder. A header may only name files in its "
        "own folder, so nothing was read. Copy the file here in place of the link, or open the recording where its "
        "files lie.",
        code="missing",
    )


def files_of(header: Path) -> tuple[Path, ...]:
    """A header and every file beside it that it names, those of its segments included; some may not exist."""
    files = {header: None, header.with_suffix(SIGNALS): None}
    for file in _named_beside(header):
        files[file] = None
        if (segment := header_beside(file)) is not None:
            files[segment] = None
            files.update(dict.fromkeys(_named_beside(segment)))
    return tuple(files)


def record_headers(folder: Path, names: Sequence[str]) -> list[Path]:
    """Headers of the records among the file `names` of a folder, sorted; segments are left to the record they are part
    of.
    """
    headers = sorted(folder / name for name in names if name.lower().endswith(SUFFIX) and (folder / name).is_file())
    pieces = {name for header in headers for name in _segments(header)}
    return [header for header in headers if header.stem not in pieces]


def named_files(header: Path) -> set[str]:
    """First words of a header's lines: the files it names. Says nothing about whether the header is sound."""
    return {words[0] for words in _words(header)[1:]}


def _named_beside(header: Path) -> list[Path]:
    """The files a header names in its own folder; the reader refuses any other."""
    names = sorted(named_files(header))
    return [header.parent / name for name in names if name == Path(name).name and "\0" not in name]


def _header_naming(path: Path) -> Path | None:
    """The one header of the folder that names a signal file."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return None
    naming = [header for header in record_headers(path.parent, names) if path.name in named_files(header)]
    if len(naming) > 1:
        listed = ", ".join([header.stem for header in naming[:3]] + ["..."] * (len(naming) > 3))
        raise UnreadableRecord(
            f"{path.name} belongs to two records or more ({listed}), so it is not clear which to open. Open the header "
            "(.hea) instead.",
            code="ambiguous",
        )
    return naming[0] if naming else None


def _segments(header: Path) -> set[str]:
    """Names of the records a multi-segment header is made of."""
    words = _words(header, 256)
    if not words or not re.fullmatch(r"[^\s/]+/\d+", words[0][0]):
        return set()
    return named_files(header) - {NO_FILE}


def _words(header: Path, most: int = MAX_WFDB_HEADER_BYTES) -> list[list[str]]:
    """Words of a header's lines; none of a file that cannot be read, which says so when it is opened as a record."""
    try:
        lines = first_bytes(header, most).decode("latin-1").splitlines()
    except OSError:
        return []
    return [line.split() for line in lines if line.strip() and not line.lstrip().startswith("#")]
