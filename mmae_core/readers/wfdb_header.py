"""Reads WFDB headers defensively: every count and file name is checked before it is used.

Grammar: header(5) of the WFDB Applications Guide (physionet.org/physiotools/wag/header-5.htm). The wfdb package reads
headers too, but takes a gain of zero for 200, drops what is not ASCII (µV becomes V), and costs 0.8 s to import.
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from mmae_core.errors import UnreadableRecord
from mmae_core.messages import Message
from mmae_core.readers.limits import (
    MAX_CHANNELS,
    MAX_COMMENT_LINES,
    MAX_DURATION_S,
    MAX_RATE_HZ,
    MAX_SEGMENTS,
    MAX_WFDB_HEADER_BYTES,
)
from mmae_core.readers.make_record import shortened
from mmae_core.readers.wfdb_time import start_of

FORMATS = frozenset({8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516, 524})
"""Sample formats of signal(5); 508, 516 and 524 are FLAC."""
NO_FILE = "~"
"""Stands for a signal or a segment without samples."""

MAX_LINE = 2_000
"""Longer lines are not searched for names with spaces."""

_DEFAULT_RATE_HZ = 250.0
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e]+")
"""The line ends of the wfdb package, so that both split lines alike."""
_NUMBER = r"[-+]?(?:\d{1,18}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?"
_INTEGER = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_COUNTS = (
    rf"(?:/(?P<segments>\d{{1,18}}))?\s+(?P<signals>\d{{1,18}})"
    rf"(?:\s+(?P<rate>{_NUMBER})(?:/\S*)?(?:\s+(?P<samples>\d{{1,18}})(?:\s+(?P<start>\S.*))?)?)?"
)
_RECORD = re.compile(rf"(?:(?P<folder>[\w.-]{{1,100}})/(?=\S*[A-Za-z_]))?(?P<name>[^\s/]+){_COUNTS}", re.ASCII)
"""A folder before the name, as PTB-XL+ writes it, is dropped from the file names too."""
_SPACED_RECORD = re.compile(rf"(?P<folder>$.)?(?P<name>[^/]{{1,400}}?){_COUNTS}", re.ASCII)
"""A name with spaces, which the grammar does not allow and file systems do."""
_SPACED_SIGNAL = re.compile(
    r"(?P<name>.{1,400}?\.[A-Za-z]\w{0,7})\s+(?P<form>\d{1,9}(?:[x:+]\d{1,18})*)(?:\s+(?P<rest>.*))?", re.ASCII
)
_FORMAT = re.compile(
    r"(?P<format>\d{1,9})(?:x(?P<per_frame>\d{1,18}))?(?::(?P<skew>\d{1,18}))?(?:\+(?P<offset>\d{1,18}))?", re.ASCII
)
_GAIN = re.compile(rf"(?P<gain>{_NUMBER})(?:\((?P<baseline>[-+]?\d{{1,18}})\))?(?:/(?P<unit>\S*))?", re.ASCII)


@dataclass(frozen=True)
class SignalLine:
    """One signal line."""

    file_name: str
    """A plain file name beside the header, or `NO_FILE`."""
    format: int
    samples_per_frame: int
    skew: int
    """Frames by which the signal's samples lag behind in the file."""
    byte_offset: int
    gain: float
    """Digital units per physical unit; 0 when the header states none, that is, when the signal is not calibrated."""
    baseline: int
    """Digital value of physical zero."""
    unit: str
    description: str
    zero: int = 0
    """Digital value in the middle of the converter's range."""
    first_value: int = 0
    """The first sample, as the header states it."""
    checksum: int | None = None
    """Sum of all samples, in 16 bits; None when it is not stated."""


@dataclass(frozen=True)
class Segment:
    """One segment line of a multi-segment header."""

    name: str
    """A record beside the header, or `NO_FILE` for a gap."""
    n_frames: int


@dataclass(frozen=True)
class Header:
    """A header whose counts are consistent with each other; nothing is known yet about the files it names."""

    path: Path
    frame_rate_hz: float
    n_frames: int | None
    """None or 0 when the header does not say."""
    start_time: datetime | time | None
    start_time_note: Message | None
    signals: tuple[SignalLine, ...]
    segments: tuple[Segment, ...]
    """Empty unless the record is made of several."""
    n_signals: int
    comments: tuple[str, ...]


def read_header(path: Path) -> Header:
    """Read and check a header file. Raises UnreadableRecord naming the file and the line at fault."""
    try:
        if not path.is_file():
            raise UnreadableRecord(f"{path.name} does not exist in its folder, or is not a file.", code="missing")
        data = first_bytes(path, MAX_WFDB_HEADER_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableRecord(f"{path.name} cannot be opened: {reason(error)}.") from error
    return parse_header(data, path)


def parse_header(data: bytes, path: Path) -> Header:
    """Check the bytes of a header; `path` says where they came from."""
    lines, comments = _lines(data, path)
    record = _RECORD.fullmatch(lines[0])
    if record is None and len(lines[0]) <= MAX_LINE:
        spaced = _SPACED_RECORD.fullmatch(lines[0])
        record = spaced if spaced is not None and int(spaced["signals"]) == len(lines) - 1 else None
    if record is None:
        raise _fault(path, lines[0], "it should begin with a line such as 'name 12 500 5000'")
    rate_hz = float(record["rate"] or _DEFAULT_RATE_HZ) or _DEFAULT_RATE_HZ
    if not 0 < rate_hz <= MAX_RATE_HZ:
        raise _fault(path, lines[0], f"a sampling rate of {rate_hz:g} Hz is impossible")
    n_frames = None if record["samples"] is None else int(record["samples"])
    n_signals = int(record["signals"])
    signals: tuple[SignalLine, ...] = ()
    segments: tuple[Segment, ...] = ()
    if n_signals > MAX_CHANNELS and record["segments"] is None and n_signals == len(lines) - 1:
        raise _fault(path, lines[0], f"{n_signals:,} signals are more than any recorder has")
    if record["segments"] is None:
        if n_signals != len(lines) - 1:
            raise _fault(path, lines[0], f"it announces {n_signals} signals and describes {len(lines) - 1}")
        folder = f"{record['folder']}/" if record["folder"] else ""
        signals = tuple(_signal(line.removeprefix(folder), path) for line in lines[1:])
    else:
        if int(record["segments"]) != len(lines) - 1:
            raise _fault(path, lines[0], f"it announces {record['segments']} segments and lists {len(lines) - 1}")
        if len(lines) - 1 > MAX_SEGMENTS:
            raise _fault(path, lines[0], f"more than {MAX_SEGMENTS:,} segments")
        segments = tuple(_segment(line, path) for line in lines[1:])
        n_frames = _checked_length(segments, n_frames or None, lines[0], path)
    if n_frames is not None and n_frames / rate_hz > MAX_DURATION_S:
        raise _fault(path, lines[0], f"{n_frames} samples at {rate_hz:g} Hz would be more than a year")
    for signal, line in zip(signals, lines[1:], strict=False):
        if signal.samples_per_frame * rate_hz > MAX_RATE_HZ:
            raise _fault(path, line, f"{signal.samples_per_frame} samples a frame are impossible")
    start_time, start_time_note = start_of(record["start"] or "")
    return Header(
        path, rate_hz, n_frames, start_time, start_time_note, signals, segments, n_signals, comments[:MAX_COMMENT_LINES]
    )


def first_bytes(path: Path, most: int) -> bytes:
    """The file's first bytes; never allocates more than the file has, as a bare `read(most)` would."""
    with path.open("rb") as stream:
        return stream.read(min(most, os.fstat(stream.fileno()).st_size))


def reason(error: Exception) -> str:
    """Why the operating system refused, without repeating the path."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _lines(data: bytes, path: Path) -> tuple[list[str], tuple[str, ...]]:
    """Header lines and comments. Text may be UTF-8 or Latin-1 (comments in German, µ in a unit)."""
    if not data.strip():
        raise UnreadableRecord(f"{path.name} is empty. Fetch the record again.")
    if len(data) > MAX_WFDB_HEADER_BYTES or b"\0" in data:
        raise UnreadableRecord(f"{path.name} is no WFDB header: it is not text, or far too long.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    lines, comments = [], []
    for line in _LINE_END.split(text):
        line = line.strip()
        if line.startswith("#"):
            comments.append(line.strip("# \t"))
        elif line:
            lines.append(line)
    if not lines:
        raise UnreadableRecord(f"{path.name} holds comments only and describes no record.")
    return lines, tuple(comments)


def _signal(line: str, path: Path) -> SignalLine:
    name, form_text, rest = (*line.split(None, 2), "", "")[:3]
    form = _FORMAT.fullmatch(form_text)
    if form is None and len(line) <= MAX_LINE and (spaced := _SPACED_SIGNAL.fullmatch(line)) is not None:
        name, rest = spaced["name"], spaced["rest"] or ""
        form = _FORMAT.fullmatch(spaced["form"])
    if form is None:
        raise _fault(path, line, "a signal line should read 'file format gain ... name'")
    _require_plain_name(name, path)
    if int(form["format"]) not in FORMATS and name != NO_FILE:
        known = ", ".join(str(number) for number in sorted(FORMATS))
        raise _fault(path, line, f"sample format {form['format']} is unknown; known are {known}")
    gain, baseline, unit, tail = _calibration(rest, line, path)
    numbers, description = _leading_integers(tail, 5)
    zero = numbers[1] if len(numbers) > 1 else 0
    return SignalLine(
        file_name=name,
        format=int(form["format"]),
        samples_per_frame=int(form["per_frame"] or 0) or 1,
        skew=int(form["skew"] or 0),
        byte_offset=int(form["offset"] or 0),
        gain=gain,
        baseline=zero if baseline is None else baseline,
        unit=unit,
        description=description,
        zero=zero,
        first_value=numbers[2] if len(numbers) > 2 else zero,
        checksum=numbers[3] if len(numbers) > 3 else None,
    )


def _calibration(text: str, line: str, path: Path) -> tuple[float, int | None, str, str]:
    """Gain, baseline and unit, and what follows them. Without a gain the unit is WFDB's default."""
    field, tail = _first_word(text)
    match = _GAIN.fullmatch(field)
    if match is None:
        if field and re.match(r"[-+.\d]|nan|inf", field, re.IGNORECASE):
            raise _fault(path, line, f"'{field}' is no gain; it should read like '1000(0)/mV'")
        return 0.0, None, "mV", text
    gain = float(match["gain"])
    if not math.isfinite(gain):
        raise _fault(path, line, f"a gain of {match['gain']} is impossible")
    baseline = None if match["baseline"] is None else int(match["baseline"])
    return gain, baseline, match["unit"] or "mV", tail


def _leading_integers(text: str, most: int) -> tuple[list[int], str]:
    """ADC resolution, ADC zero, first value, checksum and block size, each optional; then the description."""
    numbers: list[int] = []
    rest = text.strip()
    while rest and len(numbers) < most:
        field, after = _first_word(rest)
        if not _INTEGER.fullmatch(field):
            break
        numbers.append(int(field))
        rest = after
    return numbers, rest


def _first_word(text: str) -> tuple[str, str]:
    words = text.split(None, 1)
    return (words[0] if words else ""), (words[1] if len(words) > 1 else "")


def _segment(line: str, path: Path) -> Segment:
    fields = line.split()
    if len(fields) < 2 or not re.fullmatch(r"\d{1,18}", fields[1], re.ASCII):
        raise _fault(path, line, "a segment line should read 'record samples'")
    _require_plain_name(fields[0], path)
    return Segment(fields[0], int(fields[1]))


def _checked_length(segments: tuple[Segment, ...], stated: int | None, line: str, path: Path) -> int:
    if not segments:
        raise _fault(path, line, "a multi-segment record without segments")
    total = sum(segment.n_frames for segment in segments)
    if stated is not None and stated != total:
        raise _fault(path, line, f"it announces {stated} samples, but its segments have {total}")
    return total


def _require_plain_name(name: str, path: Path) -> None:
    """A header may name files beside it and no others: no folder, no drive, no parent, no device."""
    if name == NO_FILE:
        return
    if re.search(r"[/\\:\x00-\x1f]", name) or name in {".", "..", "-"} or name.startswith(NO_FILE):
        raise UnreadableRecord(
            f"{path.name} names the file '{shortened(name)}', which does not lie beside it. A header may only name "
            "files in its own folder, so nothing was read."
        )


def _fault(path: Path, line: str, why: str) -> UnreadableRecord:
    return UnreadableRecord(f"{path.name} is no usable WFDB header: {why}. Found: '{shortened(line)}'.")
