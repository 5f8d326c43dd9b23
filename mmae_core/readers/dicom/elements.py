"""Walks the data elements of a DICOM file (PS3.5) without reading its samples.

pydicom reads whole sequences, and with them a day of samples, into memory. Here a value stays on disk until it is asked
for, and depth and number of elements are limited before memory is taken.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.dicom.text import decoded
from mmae_core.readers.recording_file import RecordingFile

IMPLICIT = "1.2.840.10008.1.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
PREAMBLE_BYTES = 128
MAX_INFLATED_BYTES = 128 << 20
"""Largest data set that is inflated; deflate packs up to 1 GB into 1 MB."""
MAX_DEPTH = 12
"""Sequences within sequences; a waveform with its annotations needs 4."""
MAX_ELEMENTS = 1_000_000
"""A day of beats that are annotated one by one needs 900,000."""
MAX_VALUE_BYTES = 1 << 20
"""Largest value that is read as text or numbers."""

_UNDEFINED = 0xFFFFFFFF
_LONG_FORM = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
"""Value representations whose length takes four bytes (PS3.5, 7.1.2)."""
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_BLOCK_BYTES = 1 << 16
_ADVICE = "The file is damaged or incomplete: fetch it again."


class Element(NamedTuple):
    """Where the value of one data element lies."""

    offset: int
    length: int
    items: tuple[DataSet, ...] | None = None
    """The items of a sequence; None for any other value, and for a sequence that is read item by item."""


class StoredItem(NamedTuple):
    """An item of a sequence that is read item by item."""

    offset: int
    content: bytes
    """Empty if the item was read with the file or is large."""
    data_set: DataSet | None


@dataclass
class DataSet:
    """The wanted elements of a data set or of an item of a sequence."""

    content: ElementFile
    elements: dict[int, Element] = field(default_factory=dict)

    def __contains__(self, tag: int) -> bool:
        return tag in self.elements

    def raw(self, tag: int) -> bytes:
        """The bytes of a value; empty when it is absent. Raises UnreadableRecord when they are too many."""
        element = self.elements.get(tag)
        return b"" if element is None or element.items is not None else self.content.value(element)

    def text(self, tag: int) -> str:
        """A value as text without padding; empty when it is absent."""
        return decoded(self.raw(tag), self.content.character_sets).strip(" \0\r\n\t")

    def texts(self, tag: int) -> tuple[str, ...]:
        """The values of an element with several."""
        return tuple(part.strip(" \0") for part in self.text(tag).split("\\"))

    def number(self, tag: int) -> float | None:
        """A decimal string (VR DS or IS) as number; None when it is absent, empty or no finite number."""
        try:
            value = float(self.texts(tag)[0])
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    def integers(self, tag: int, size: int) -> tuple[int, ...]:
        """A binary value of unsigned integers, each of `size` bytes (US: 2, UL: 4)."""
        raw = self.raw(tag)
        code = {2: "H", 4: "I"}[size]
        return struct.unpack(f"{self.content.order}{len(raw) // size}{code}", raw[: len(raw) // size * size])

    def integer(self, tag: int, size: int) -> int | None:
        """The first of `integers`; None when it is absent."""
        return next(iter(self.integers(tag, size)), None)

    def items(self, tag: int) -> tuple[DataSet, ...]:
        """The items of a sequence; empty when it is absent."""
        element = self.elements.get(tag)
        return () if element is None or element.items is None else element.items


class ElementFile:
    """A DICOM file whose elements are found once. Raises UnreadableRecord if it is damaged or beyond the limits."""

    def __init__(
        self, file: RecordingFile, sequences: Mapping[int, frozenset[int]], wanted: frozenset[int], long_sequence: int
    ) -> None:
        """`wanted` are the tags kept of the data set; `sequences` those kept of the items of each sequence.

        Sequences that are not keys of `sequences` are passed over. `long_sequence` may have very many items and is read
        by `stored_items`.
        """
        self.file = file
        self.name = file.name
        self.order = "<"
        self._header, self._long = struct.Struct("<HH4s"), struct.Struct("<I")
        self.is_implicit = False
        self.character_sets: tuple[str, ...] = ()
        self._sequences = sequences
        self._long_sequence = long_sequence
        self._n_elements = 0
        self._block = b""
        self._block_start = 0
        self._end = file.size
        start = PREAMBLE_BYTES + 4 if file.head[PREAMBLE_BYTES : PREAMBLE_BYTES + 4] == b"DICM" else 0
        self.meta, start = self._read_meta(start)
        self.transfer_syntax = self.meta.text(0x00020010)
        if self.transfer_syntax == DEFLATED:
            self.file = _inflated(file, start)
            self._end, start, self._block = self.file.size, 0, b""
        self.order = ">" if self.transfer_syntax == BIG_ENDIAN else "<"
        self._header, self._long = struct.Struct(f"{self.order}HH4s"), struct.Struct(f"{self.order}I")
        self.is_implicit = self._looks_implicit(start)
        self.data_set, _ = self._read_data_set(start, self._end, wanted, 0)
        self.character_sets = self.data_set.texts(0x00080005)

    def value(self, element: Element) -> bytes:
        """The bytes of a value."""
        if element.length > MAX_VALUE_BYTES:
            raise UnreadableRecord(f"{self.name} holds a text of {element.length} bytes. {_ADVICE}")
        return self._bytes(element.offset, element.length)

    def stored_items(self, data_set: DataSet) -> Iterator[StoredItem]:
        """The items of the long sequence one by one, unparsed where their length is stated."""
        element = data_set.elements.get(self._long_sequence)
        if element is None:
            return
        if element.items is not None:
            yield from (StoredItem(element.offset, b"", item) for item in element.items)
            return
        offset, end = element.offset, element.offset + element.length
        while offset + 8 <= end:
            group, number, rest = self._header.unpack(self._bytes(offset, 8))
            (length,) = self._long.unpack(rest)
            if group << 16 | number != _ITEM or length == _UNDEFINED or length > _BLOCK_BYTES:
                # From here on the ordinary way, which also says what is wrong.
                yield from (
                    StoredItem(offset, b"", item) for item in self._items(self._long_sequence, offset, end, 0)
                )
                return
            self._count_element()
            if offset + 8 + length > end:
                raise UnreadableRecord(f"{self.name} ends within an item of a sequence, at byte {end}. {_ADVICE}")
            yield StoredItem(offset + 8, self._bytes(offset + 8, length), None)
            offset += 8 + length

    def parsed(self, item: StoredItem) -> DataSet:
        """The elements of an item of the long sequence."""
        if item.data_set is not None:
            return item.data_set
        wanted = self._sequences[self._long_sequence]
        return self._read_data_set(item.offset, item.offset + len(item.content), wanted, 1)[0]

    def _count_element(self) -> None:
        self._n_elements += 1
        if self._n_elements > MAX_ELEMENTS:
            raise UnreadableRecord(f"{self.name} has more than {MAX_ELEMENTS} data elements. {_ADVICE}")

    def _bytes(self, offset: int, size: int) -> bytes:
        first = offset - self._block_start
        if first < 0 or first + size > len(self._block):
            if offset + size > self._end:
                raise UnreadableRecord(f"{self.name} ends within a data element, at byte {self._end}. {_ADVICE}")
            if size > _BLOCK_BYTES:
                return self.file.read_at(offset, size)
            self._block = self.file.read_at(offset, min(_BLOCK_BYTES, self._end - offset))
            self._block_start, first = offset, 0
        return self._block[first : first + size]

    def _looks_implicit(self, start: int) -> bool:
        """Whether value representations are left out. Some writers state the wrong transfer syntax."""
        if start + 8 > self._end:
            raise UnreadableRecord(f"{self.name} holds no data elements. {_ADVICE}")
        vr = self._bytes(start + 4, 2)
        return not (vr.isalpha() and vr.isupper())

    def _read_meta(self, start: int) -> tuple[DataSet, int]:
        """The file meta information (group 2, always explicit little endian) and where the data set begins."""
        meta = DataSet(self)
        while start + 8 <= self._end and self._bytes(start, 2) == b"\x02\x00":
            tag, element, start = self._read_element(start, self._end, 0)
            if tag == 0x00020010:
                meta.elements[tag] = element
        return meta, start

    def _read_data_set(self, start: int, end: int, wanted: frozenset[int], depth: int) -> tuple[DataSet, int]:
        """Elements from `start` to `end` or, in an item of undefined length, to its delimiter."""
        data_set = DataSet(self)
        while start + 8 <= end:
            tag, element, start = self._read_element(start, end, depth)
            if tag == _ITEM_END:
                return data_set, start
            if tag in wanted and tag not in data_set.elements:
                data_set.elements[tag] = element
        return data_set, end

    def _read_element(self, start: int, end: int, depth: int) -> tuple[int, Element, int]:
        """Tag, place of the value, and where the next element begins."""
        self._count_element()
        group, number, rest = self._header.unpack(self._bytes(start, 8))
        tag = group << 16 | number
        vr, offset = b"", start + 8
        if self.is_implicit or group == 0xFFFE:
            (length,) = self._long.unpack(rest)
        else:
            vr = rest[:2]
            if vr in _LONG_FORM:
                (length,) = self._long.unpack(self._bytes(start + 8, 4))
                offset = start + 12
            elif vr.isalpha() and vr.isupper():
                length = int.from_bytes(rest[2:], "little" if self.order == "<" else "big")
            else:
                raise UnreadableRecord(
                    f"{self.name} has no valid value representation at byte {start} but {vr!r}. {_ADVICE}"
                )
        if tag in (_ITEM_END, _SEQUENCE_END):
            return tag, Element(offset, 0), offset
        if length == _UNDEFINED:
            return self._read_open_sequence(tag, offset, end, depth, vr)
        if offset + length > end:
            raise UnreadableRecord(
                f"{self.name} states {length} bytes for the element ({group:04X},{number:04X}); "
                f"{end - offset} are left. {_ADVICE}"
            )
        if tag in self._sequences and vr in (b"", b"SQ", b"UN") and (tag != self._long_sequence or vr == b"UN"):
            was_implicit = self.is_implicit
            self.is_implicit = was_implicit or vr == b"UN"
            items = tuple(self._items(tag, offset, offset + length, depth))
            self.is_implicit = was_implicit
            return tag, Element(offset, length, items), offset + length
        return tag, Element(offset, length), offset + length

    def _read_open_sequence(
        self, tag: int, offset: int, end: int, depth: int, vr: bytes
    ) -> tuple[int, Element, int]:
        """A sequence of undefined length, which has to be walked to find its end."""
        was_implicit = self.is_implicit
        self.is_implicit = was_implicit or vr == b"UN"  # PS3.5, 6.2.2: such a sequence is implicit little endian
        items = []
        next_start = offset
        for item, item_end in self._items_with_ends(tag, offset, end, depth):
            if item is None:
                next_start = item_end
                break
            items.append(item)
        else:
            raise UnreadableRecord(f"{self.name} does not end a sequence that it begins at byte {offset}. {_ADVICE}")
        self.is_implicit = was_implicit
        return tag, Element(offset, next_start - offset, tuple(items)), next_start

    def _items(self, tag: int, offset: int, end: int, depth: int) -> Iterator[DataSet]:
        for item, _ in self._items_with_ends(tag, offset, end, depth):
            if item is None:
                return
            yield item

    def _items_with_ends(
        self, tag: int, offset: int, end: int, depth: int
    ) -> Iterator[tuple[DataSet | None, int]]:
        """Each item of a sequence and where it ends; None at the sequence's delimiter."""
        if depth >= MAX_DEPTH:
            raise UnreadableRecord(f"{self.name} nests more than {MAX_DEPTH} sequences. {_ADVICE}")
        wanted = self._sequences.get(tag, frozenset())
        while offset + 8 <= end:
            self._count_element()
            group, number, rest = self._header.unpack(self._bytes(offset, 8))
            (length,) = self._long.unpack(rest)
            found = group << 16 | number
            offset += 8
            if found == _SEQUENCE_END:
                yield None, offset
                return
            if found != _ITEM:
                raise UnreadableRecord(
                    f"{self.name} holds the element ({group:04X},{number:04X}) where an item of a sequence is "
                    f"expected. {_ADVICE}"
                )
            if length == _UNDEFINED:
                item, offset = self._read_data_set(offset, end, wanted, depth + 1)
            elif offset + length > end:
                raise UnreadableRecord(f"{self.name} ends within an item of a sequence, at byte {end}. {_ADVICE}")
            else:
                item = self._read_data_set(offset, offset + length, wanted, depth + 1)[0] if wanted else DataSet(self)
                offset += length
            yield item, offset


def _inflated(file: RecordingFile, start: int) -> RecordingFile:
    """The data set behind a deflated file's meta information, unpacked in memory."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    while start < file.size and not inflater.eof:
        packed = file.read_at(start, min(_BLOCK_BYTES, file.size - start))
        start += len(packed)
        while packed and not inflater.eof:
            try:
                content += inflater.decompress(packed, 1 << 20)
            except zlib.error as error:
                raise UnreadableRecord(f"{file.name} cannot be unpacked. {_ADVICE}") from error
            packed = inflater.unconsumed_tail
            if len(content) > MAX_INFLATED_BYTES:
                raise UnreadableRecord(
                    f"{file.name} unpacks to more than {MAX_INFLATED_BYTES >> 20} MB. Save it without compression."
                )
    if not inflater.eof:
        raise UnreadableRecord(f"{file.name} ends within its compressed part. {_ADVICE}")
    return RecordingFile.of(bytes(content), file.name)
