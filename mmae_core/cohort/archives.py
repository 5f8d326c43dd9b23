"""Recordings inside archives (.zip, .tar), read one at a time without unpacking the rest.

A member's place is written `zip://ward/100.hea::/data/a.zip`. Names, kinds and sizes in an archive are a stranger's:
what leads out of the archive, is a link or a device, is encrypted, or unpacks to more than `MOST_BYTES`, is refused.
"""

from __future__ import annotations

import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from mmae_core.errors import DatasetError, UnreadableRecord
from mmae_core.files import inside, naming

SUFFIXES = (".zip", ".tar")
COMPRESSED_TAR = (".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst")
MOST_BYTES = 4 << 30
"""Of one unpacked member: a day of twelve leads at 1000 Hz has 2 GB."""
MOST_MEMBERS = 10_000_000
Reads = Callable[[int], bytes]
_BLOCK = 1 << 20
_FAULTS = (OSError, ValueError, EOFError, RuntimeError, NotImplementedError, KeyError, zipfile.BadZipFile, zlib.error,
           tarfile.TarError, lzma.LZMAError, struct.error)


class Archive(Protocol):
    """An open archive."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """Bytes of each member that is an ordinary file inside the archive, by its name."""
        ...

    def open(self, name: str) -> AbstractContextManager[Reads]:
        """A function that reads on in a member."""
        ...


def is_archive(path: Path) -> bool:
    """By its name. Raises DatasetError for one that cannot be read a member at a time."""
    if path.name.lower().endswith(COMPRESSED_TAR):
        raise DatasetError(f"{path.name} is compressed as a whole, so that each recording would mean unpacking all "
                           "before it. Unpack it, or make it a .zip or a plain .tar.")
    return path.suffix.lower() in SUFFIXES


def member_place(archive: Path, name: str) -> str:
    """How a member is written in a list of records."""
    return f"{archive.suffix[1:].lower()}://{name}::{archive.absolute()}"


def split_place(place: str) -> tuple[Path, str]:
    """Archive and member of a place. Raises ValueError for one that is no member's."""
    kind, separator, rest = place.partition("://")
    name, middle, archive = rest.rpartition("::")
    if not separator or not middle or f".{kind}" not in SUFFIXES:
        raise ValueError(place)
    return Path(archive), name


def members_of(archive: Path) -> Mapping[str, int]:
    """Bytes of each member, by name. Raises DatasetError."""
    try:
        return _opened(archive).sizes
    except _FAULTS as error:
        raise DatasetError(f"The archive {archive.name} cannot be read: {error}.") from error


def copy_member(archive: Path, name: str, target: Path) -> None:
    """Unpack one member. Raises UnreadableRecord, OSError if the target cannot be written."""
    try:
        opened = _opened(archive)
        size = opened.sizes[name]
    except KeyError as error:
        raise UnreadableRecord(f"{archive.name} has no file {name[:200]}.", code="missing") from error
    except _FAULTS as error:
        raise UnreadableRecord(f"The archive {archive.name} cannot be read: {error}.") from error
    if size > MOST_BYTES:
        raise UnreadableRecord(f"{name[:200]} in {archive.name} would unpack to {size:,} bytes; recordings have at "
                               f"most {MOST_BYTES:,}. Nothing was read.")
    left = size
    with naming(target), target.open("wb") as stream:
        for block in _blocks(opened, archive, name, size):
            left -= len(block)
            if left < 0:
                break
            stream.write(block)
    if left:
        raise UnreadableRecord(f"{name[:200]} in {archive.name} does not have the size that the archive states. "
                               "Nothing was read.")


def _blocks(opened: Archive, archive: Path, name: str, size: int) -> Iterator[bytes]:
    """A member's bytes, and one more if it has more than it states. Raises UnreadableRecord."""
    try:
        with opened.open(name) as read:
            while block := read(min(_BLOCK, size + 1)):
                size -= len(block)
                yield block
    except _FAULTS as error:
        raise UnreadableRecord(f"{name[:200]} in {archive.name} is damaged: {error}.") from error


def _opened(archive: Path) -> Archive:
    status = archive.stat()
    return _open(archive, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=2)
def _open(archive: Path, size: int, modified_ns: int) -> Archive:
    """Kept open: a list of its members takes a second for a hundred thousand of them."""
    return _Zip.of(archive) if archive.suffix.lower() == ".zip" else _Tar.of(archive)


@dataclass
class _Zip:
    file: zipfile.ZipFile
    sizes: Mapping[str, int]

    @classmethod
    def of(cls, path: Path) -> _Zip:
        file = zipfile.ZipFile(path)
        return cls(file, dict(_sound((entry.filename, entry.file_size) for entry in file.infolist()
                                     if _is_plain(entry))))

    @contextmanager
    def open(self, name: str) -> Iterator[Reads]:
        with self.file.open(name) as stream:
            yield stream.read


@dataclass
class _Tar:
    """Only the places of its members are kept, not the file."""

    path: Path
    starts: Mapping[str, int]
    sizes: Mapping[str, int]

    @classmethod
    def of(cls, path: Path) -> _Tar:
        with tarfile.open(path, "r:") as file:
            members = {entry.name.removeprefix("./"): entry for entry in file if entry.isreg() and not entry.issparse()}
        return cls(path, {name: entry.offset_data for name, entry in members.items()},
                   dict(_sound((name, entry.size) for name, entry in members.items())))

    @contextmanager
    def open(self, name: str) -> Iterator[Reads]:
        left = self.sizes[name]
        with self.path.open("rb") as stream:
            stream.seek(self.starts[name])

            def read(n: int) -> bytes:
                nonlocal left
                block = stream.read(min(n, left))
                left -= len(block)
                return block

            yield read


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is an ordinary file that needs no password."""
    mode = entry.external_attr >> 16
    kind = stat.S_IFMT(mode)
    return not entry.is_dir() and kind in (0, stat.S_IFREG) and not entry.flag_bits & 1


def _sound(entries: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Without names that lead out of a folder. Raises ValueError for more than `MOST_MEMBERS`."""
    for number, (name, size) in enumerate(entries):
        if number >= MOST_MEMBERS:
            raise ValueError(f"it has more than {MOST_MEMBERS:,} members")
        try:
            inside(Path("archive"), name)
        except ValueError:
            continue
        if "::" not in name:
            yield name, size
