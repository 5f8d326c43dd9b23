"""A file, or bytes, in which a reader looks for a recording: read in pieces, never trusted, never changed."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from numpy.typing import DTypeLike, NDArray

from mmae_core.errors import EcgError, UnreadableRecord
from mmae_core.readers.limits import HEAD_BYTES, MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_ELEMENTS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KINDS = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
          (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[[^\]]*\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)(?P<attributes>[^>]*)")
_DECLARED_ENCODING = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']", re.IGNORECASE)


@dataclass(frozen=True)
class FileStamp:
    """What a file was when it was opened; another stamp later means another content."""

    device: int
    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileStamp:
        """From what the operating system says."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class RecordingFile:
    """A file on disk, or bytes. Every read checks that the file is still the one that was opened.

    Use `RecordingFile.of`. All reads raise UnreadableRecord.
    """

    def __init__(self, name: str, size: int, path: Path | None, stamp: FileStamp | None, data: bytes | None) -> None:
        self.name = name
        """The file's name without its folder, as shown to people."""
        self.size = size
        """In bytes."""
        self.path = path
        """None for bytes."""
        self.stamp = stamp
        self._data = data

    @classmethod
    def of(cls, source: str | Path | bytes, name: str = "") -> RecordingFile:
        """Look at a path or at bytes, which may be given a name. Nothing is read yet.

        Raises UnreadableRecord if the path is no ordinary file.
        """
        if isinstance(source, bytes):
            return cls(name or "recording", len(source), None, None, source)
        path = Path(source)
        try:
            status = path.stat()
        except FileNotFoundError as error:
            raise UnreadableRecord(
                f"There is no file {path.name} in the folder {path.absolute().parent.name}.", code="missing"
            ) from error
        except (OSError, ValueError) as error:
            raise UnreadableRecord(f"{path.name} cannot be opened: {_reason(error)}.") from error
        if not stat.S_ISREG(status.st_mode):
            kind = next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "no file")
            raise UnreadableRecord(f"{path.name} is {kind}; a file with a recording is expected.", code="foreign")
        return cls(name or path.name, status.st_size, path, FileStamp.of(status), None)

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, or all of a smaller file."""
        return self.read_at(0, min(HEAD_BYTES, self.size))

    def read_all(self, limit: int) -> bytes:
        """The whole content. A file of more than `limit` bytes is refused before it is read."""
        if self.size > limit:
            raise UnreadableRecord(
                f"{self.name} has {self.size:,} bytes; recordings of its format have at most {limit:,}. It is damaged, "
                "or is something else."
            )
        return self.read_at(0, self.size)

    def read_at(self, offset: int, size: int) -> bytes:
        """`size` bytes from `offset` on; refused before any memory is taken if the file is shorter."""
        if offset < 0 or size < 0 or offset + size > self.size:
            raise UnreadableRecord(
                f"{self.name} is truncated: {max(0, size):,} bytes are expected from byte {offset:,} on, and the file "
                f"has {self.size:,}. Fetch it again."
            )
        if self._data is not None:
            return self._data[offset : offset + size]
        assert self.path is not None
        try:
            with self.path.open("rb") as stream:
                self._require_stamp(os.fstat(stream.fileno()))
                stream.seek(offset)
                data = stream.read(size)
                self._require_stamp(os.fstat(stream.fileno()))
        except OSError as error:
            raise UnreadableRecord(f"{self.name} can no longer be read: {_reason(error)}.") from error
        if len(data) < size:
            self._changed()
        return data

    def read_every(self, step: int, offset: int, size: int, count: int) -> list[bytes]:
        """`count` pieces of `size` bytes, the first from `offset` on, each `step` bytes after the one before.

        What lies between is not read.
        """
        if count <= 0 or self.path is None or step <= size:
            return [self.read_at(offset + place * step, size) for place in range(count)]
        self.read_at(offset + (count - 1) * step, size)  # refuses what lies outside the file
        found = []
        try:
            with self.path.open("rb", buffering=0) as stream:
                self._require_stamp(os.fstat(stream.fileno()))
                for place in range(count):
                    stream.seek(offset + place * step)
                    found.append(stream.read(size))
                self._require_stamp(os.fstat(stream.fileno()))
        except OSError as error:
            raise UnreadableRecord(f"{self.name} can no longer be read: {_reason(error)}.") from error
        if any(len(piece) < size for piece in found):
            self._changed()
        return found

    def array(self, dtype: DTypeLike, offset: int, count: int) -> NDArray[Any]:
        """`count` values from byte `offset` on, copied from the disk, read-only."""
        kind = np.dtype(dtype)
        return np.frombuffer(self.read_at(offset, int(count) * kind.itemsize), kind)

    def require_unchanged(self) -> None:
        """Raise UnreadableRecord if the file is another than the one that was opened."""
        if self.path is None:
            return
        try:
            self._require_stamp(self.path.stat())
        except OSError as error:
            raise UnreadableRecord(f"{self.name} can no longer be read: {_reason(error)}.") from error

    def is_xml_of(self, root_local_names: set[str], namespace_part: str = "") -> bool:
        """Whether it begins as XML with one of these root elements, whose tag holds `namespace_part` somewhere.

        Looks at the head alone; the text may be UTF-8, UTF-16 or an 8-bit encoding, with a byte-order mark or without.
        """
        text = self._head_text().lstrip("\ufeff")
        position = 0
        while (match := _PROLOG.match(text, position)) is not None and match.end() > position:
            position = match.end()
        root = _ROOT.match(text, position)
        return root is not None and root["name"] in root_local_names and namespace_part in root["attributes"]

    def parse_xml(self, limit: int = MAX_XML_BYTES) -> Element:
        """The root of the whole document. Entities, external parts, bombs and deep nesting are refused."""
        from xml.etree.ElementTree import ParseError

        from defusedxml.common import DefusedXmlException

        data = self.read_all(limit)
        parser = _xml_parser(self.name, self._encoding())
        try:
            parser.feed(data)
            root: Element = parser.close()
        except EcgError:
            raise
        except DefusedXmlException as error:
            raise UnreadableRecord(
                f"{self.name} defines XML entities or fetches other files, which no recording needs. Nothing was read."
            ) from error
        except (ParseError, ValueError, LookupError, RecursionError) as error:
            raise UnreadableRecord(f"{self.name} is damaged XML ({error}). Export it again.") from error
        return root

    def _head_text(self) -> str:
        head = self.head
        encoding = self._encoding() or "utf-8"
        return head.decode(encoding, errors="replace")

    def _encoding(self) -> str | None:
        """The encoding that the first bytes show where the declaration may be wrong; None: as declared."""
        head = self.head[:4096]
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        if head[:4:2] == b"\0\0" and head[1:2] == b"<":
            return "utf-16be"
        if head[1:4:2] == b"\0\0" and head[:1] == b"<":
            return "utf-16le"
        declared = _DECLARED_ENCODING.search(head.decode("latin-1"))
        return "utf-8" if declared and declared[1].lower().startswith(("utf-16", "ucs-2", "utf-32")) else None

    def _require_stamp(self, status: os.stat_result) -> None:
        if FileStamp.of(status) != self.stamp:
            self._changed()

    def _changed(self) -> NoReturn:
        raise UnreadableRecord(f"{self.name} was changed while open. Open it again.")


def _xml_parser(name: str, encoding: str | None) -> Any:
    """A parser that refuses entities and external parts, takes a plain DOCTYPE, and counts what it builds."""
    from xml.etree.ElementTree import TreeBuilder

    from defusedxml.ElementTree import DefusedXMLParser

    class CountingBuilder(TreeBuilder):
        depth = elements = 0

        def start(self, tag: str, attributes: dict[str, str], /) -> Any:
            self.depth += 1
            self.elements += 1
            if self.depth > MAX_XML_DEPTH or self.elements > MAX_XML_ELEMENTS:
                raise UnreadableRecord(
                    f"{name} nests more than {MAX_XML_DEPTH} XML elements or holds more than {MAX_XML_ELEMENTS:,}, "
                    "which no recording does. It was not read further."
                )
            return super().start(tag, attributes)

        def end(self, tag: str, /) -> Any:
            self.depth -= 1
            return super().end(tag)

    return DefusedXMLParser(
        target=CountingBuilder(), encoding=encoding, forbid_dtd=False, forbid_entities=True, forbid_external=True
    )


def _reason(error: Exception) -> str:
    """Why the operating system refused, without repeating the path."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
