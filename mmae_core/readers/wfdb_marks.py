"""Decodes annotation files of WFDB: words of 16 bits, a code and the time since the mark before (annot(5) of the WFDB
Applications Guide, physionet.org/physiotools/wag/annot-5.htm).
"""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass, replace
from pathlib import Path

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.limits import MAX_ANNOTATION_BYTES
from mmae_core.readers.recording_file import RecordingFile

SYMBOLS = (
    "", "N", "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q", "~", "", "|", "", "s", "T", "*", "D", '"',
    "=", "p", "B", "^", "t", "+", "u", "?", "!", "[", "]", "e", "n", "@", "x", "f", "(", ")", "r",
)
"""The symbol of each code from 0 on; empty where none is defined."""
_SKIP, _NUMBER, _SUBTYPE, _CHANNEL, _NOTE = 59, 60, 61, 62, 63
_COMMENT = 22
_TIME_RESOLUTION = re.compile(r"## time resolution:\s*([\d.eE+-]+)")
_DEFINITION = re.compile(r"(\d{1,2}) (\S+)(?: .*)?", re.DOTALL)
_DEFINITIONS_BEGIN, _DEFINITIONS_END = "## annotation type definitions", "## end of definitions"
_LAST_SAMPLE = 1 << 53
"""Later times are not whole numbers in seconds any more; no recording lasts that long."""


@dataclass(frozen=True)
class StoredAnnotation:
    """One annotation as it is stored."""

    sample: int
    """Frames since the beginning of the record."""
    code: int
    symbol: str
    channel: int = 0
    note: str = ""


@dataclass(frozen=True)
class Marks:
    """All annotations of a file, in its order."""

    marks: tuple[StoredAnnotation, ...]
    rate_hz: float | None
    """Time units a second, if the file states them; otherwise they are the record's frames."""


def read_marks(path: Path) -> Marks:
    """The annotations of a file. Raises UnreadableRecord if it is damaged."""
    file = RecordingFile.of(path)
    return _meant(_decoded(file.read_all(MAX_ANNOTATION_BYTES), file.name))


def _decoded(data: bytes, name: str) -> list[StoredAnnotation]:
    """Each word once, so that whatever the bytes are it ends."""
    found: list[StoredAnnotation] = []
    sample = channel = position = 0
    while position < len(data):
        if position + 2 > len(data):
            raise _damaged(name, "it ends in the middle of a mark")
        word = data[position] | data[position + 1] << 8
        position += 2
        code, value = word >> 10, word & 0x3FF
        if word == 0:
            break
        if code == _SKIP:
            if position + 4 > len(data):
                raise _damaged(name, "it ends in the middle of a time")
            high, low = struct.unpack_from("<hH", data, position)
            position += 4
            sample += (high << 16) + low
        elif code == _CHANNEL:
            channel = value
            if found:
                found[-1] = replace(found[-1], channel=value)
        elif code == _NOTE:
            if position + value > len(data):
                raise _damaged(name, "it ends in the middle of a note")
            if found:
                note = data[position : position + value].decode("latin-1").strip("\0 \r\n")
                found[-1] = replace(found[-1], note=note)
            position += value + value % 2
        elif code not in (_NUMBER, _SUBTYPE):
            sample += value
            if not 0 <= sample <= _LAST_SAMPLE:
                raise _damaged(name, "a mark lies before the record's beginning")
            found.append(StoredAnnotation(sample, code, _symbol(code), channel))
    return [mark for mark in found if mark.code]  # code 0 only passes time


def _symbol(code: int) -> str:
    return (SYMBOLS[code] if code < len(SYMBOLS) else "") or f"code {code}"


def _meant(found: list[StoredAnnotation]) -> Marks:
    """Without the comments that describe the file itself: its time units, and symbols of its own."""
    rate_hz = None
    symbols: dict[int, str] = {}
    is_defining = False
    kept: list[StoredAnnotation] = []
    for mark in found:
        if mark.code == _COMMENT and mark.sample == 0:
            resolution = _TIME_RESOLUTION.match(mark.note)
            if resolution is not None:
                rate_hz = _rate(resolution[1])
                continue
            if mark.note.startswith((_DEFINITIONS_BEGIN, _DEFINITIONS_END)):
                is_defining = mark.note.startswith(_DEFINITIONS_BEGIN)
                continue
            if is_defining:
                definition = _DEFINITION.fullmatch(mark.note)
                if definition is not None:
                    symbols[int(definition[1])] = definition[2]
                continue
        kept.append(replace(mark, symbol=symbols[mark.code]) if mark.code in symbols else mark)
    return Marks(tuple(kept), rate_hz)


def _rate(text: str) -> float | None:
    try:
        rate = float(text)
    except ValueError:
        return None
    return rate if 0 < rate < math.inf else None


def _damaged(name: str, why: str) -> UnreadableRecord:
    return UnreadableRecord(f"The annotation file {name} cannot be read: {why}. Fetch it again.")
