"""Finds and checks the sections of an SCP-ECG file (EN 1064, 5.2 and 5.3)."""

from __future__ import annotations

import binascii
import struct
from dataclasses import dataclass

from mmae_core.errors import UnreadableRecord
from mmae_core.messages import Message
from mmae_core.readers.recording_file import RecordingFile

MAX_FILE_BYTES = 64 << 20
"""The largest files of rest ECGs have 1 MB."""
MAX_POINTERS = 1_024
SIGNAL_SECTIONS = frozenset({2, 3, 4, 5, 6})
"""Without these, or with one cut off, the signals cannot be read."""

_RECORD_HEADER_BYTES = 6
_SECTION_HEADER_BYTES = 16
_POINTER_BYTES = 10
_MARK_OFFSET = 16
_MARK = b"SCPECG"


@dataclass(frozen=True)
class SectionBody:
    """The content of one section behind its header. Reads raise UnreadableRecord beyond its end."""

    number: int
    data: bytes
    file_name: str

    def unpack(self, layout: str, offset: int) -> tuple[int, ...]:
        """Little-endian numbers at a byte."""
        size = struct.calcsize("<" + layout)
        if offset < 0 or offset + size > len(self.data):
            raise UnreadableRecord(
                f"Section {self.number} of {self.file_name} ends at byte {len(self.data)}; {offset + size} bytes are "
                "needed. The file is damaged or incomplete: fetch it again."
            )
        return struct.unpack_from("<" + layout, self.data, offset)

    def __len__(self) -> int:
        return len(self.data)


@dataclass(frozen=True)
class ScpSections:
    """The sections of a file by number, and what is wrong with them."""

    bodies: dict[int, SectionBody]
    doubts: tuple[Message, ...]

    def get(self, number: int) -> SectionBody | None:
        """A section; None when the file has none, or an empty one."""
        return self.bodies.get(number)


def looks_like_scp(head: bytes, file_size: int) -> bool:
    """Whether a file begins with a pointer section. Some devices leave out the mark `SCPECG`."""
    if len(head) < _RECORD_HEADER_BYTES + _SECTION_HEADER_BYTES + _POINTER_BYTES:
        return False
    if head[_MARK_OFFSET : _MARK_OFFSET + len(_MARK)] == _MARK:
        return True
    stated, _, number, length = struct.unpack_from("<IHHI", head, 2)
    first_number, first_length, first_index = struct.unpack_from("<HII", head, 22)
    return (
        number == 0 and stated == file_size and (length - _SECTION_HEADER_BYTES) % _POINTER_BYTES == 0
        and (first_number, first_length, first_index) == (0, length, _RECORD_HEADER_BYTES + 1)
    )


def read_sections(file: RecordingFile) -> ScpSections:
    """Read a file by its pointers. A wrong checksum is a doubt; a signal section beyond the end is an error."""
    data = file.read_all(MAX_FILE_BYTES)
    if len(data) < _RECORD_HEADER_BYTES + _SECTION_HEADER_BYTES + _POINTER_BYTES:
        raise UnreadableRecord(f"{file.name} has {len(data)} bytes: too few for an SCP-ECG file.")
    stated_crc, stated_size = struct.unpack_from("<HI", data)
    doubts = []
    if stated_size > len(data):
        doubts.append(Message(
            "The file has {size} bytes; {stated} are stated. It is incomplete.", size=len(data), stated=stated_size
        ))
    if stated_crc != binascii.crc_hqx(data[2 : max(stated_size, 2)], 0xFFFF):
        doubts.append(Message("The checksum of the file is wrong: it was altered or damaged."))
    bodies: dict[int, SectionBody] = {}
    for number, start, length in _pointers(data, file.name):
        problem = _problem(data, number, start, length)
        if problem is not None:
            if number in SIGNAL_SECTIONS:
                raise UnreadableRecord(
                    f"Section {number} of {file.name} {problem}. The file is damaged or incomplete: fetch it again."
                )
            doubts.append(Message("Section {number} cannot be read: it {problem}.", number=number, problem=problem))
            continue
        section = data[start : start + length]
        if struct.unpack_from("<H", section)[0] != binascii.crc_hqx(section[2:], 0xFFFF):
            doubts.append(Message("The checksum of section {number} is wrong: it was altered or damaged.",
                                  number=number))
        if length > _SECTION_HEADER_BYTES and number not in bodies:
            bodies[number] = SectionBody(number, section[_SECTION_HEADER_BYTES:], file.name)
    return ScpSections(bodies, tuple(doubts))


def _pointers(data: bytes, name: str) -> list[tuple[int, int, int]]:
    """(number, first byte, bytes) of each section that is not empty, without the pointer section."""
    (length,) = struct.unpack_from("<I", data, _RECORD_HEADER_BYTES + 4)
    n_pointers = (length - _SECTION_HEADER_BYTES) // _POINTER_BYTES
    begin = _RECORD_HEADER_BYTES + _SECTION_HEADER_BYTES
    if not 0 < n_pointers <= MAX_POINTERS or begin + n_pointers * _POINTER_BYTES > len(data):
        raise UnreadableRecord(
            f"{name} states a pointer section of {length} bytes and has {len(data)} bytes in all. The file is damaged "
            "or incomplete: fetch it again."
        )
    pointers = []
    for place in range(n_pointers):
        number, size, index = struct.unpack_from("<HII", data, begin + place * _POINTER_BYTES)
        if number and size:
            pointers.append((number, index - 1, size))
    return pointers


def _problem(data: bytes, number: int, start: int, length: int) -> Message | None:
    """What is wrong with the place of a section, as the end of a sentence."""
    if start < 0 or length < _SECTION_HEADER_BYTES or start + length > len(data):
        return Message("lies at bytes {start} to {end} of {size}", start=start, end=start + length, size=len(data))
    (own_number,) = struct.unpack_from("<H", data, start + 2)
    if own_number != number:
        return Message("is headed as section {number}", number=own_number)
    return None
