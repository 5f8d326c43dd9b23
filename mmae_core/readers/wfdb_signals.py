"""Samples of WFDB records on demand: only the files, frames and channels asked for are read.

Formats 16 and 212 (nearly every public ECG) are read here with one seek, because `wfdb.rdrecord` parses the header
again on each call (8 ms against 0.1 ms) and its import loads pandas (0.8 s); so is 61, which it cannot return as
digital values. The wfdb package decodes all others.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers.wfdb_header import NO_FILE, Header, Signal, read_header, reason, shortened
from mmae_core.record import FloatArray

INVALID_VALUE = {
    8: None, 16: -(1 << 15), 24: -(1 << 23), 32: -(1 << 31), 61: -(1 << 15), 80: -(1 << 7), 160: -(1 << 15),
    212: -(1 << 11), 310: -(1 << 9), 311: -(1 << 9), 508: -(1 << 7), 516: -(1 << 15), 524: -(1 << 23),
}
"""Digital value that marks an invalid sample, per format (signal(5)); format 8 has none."""
MILLIVOLTS = {
    "nv": 1e-6, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "mv": 1.0, "v": 1e3,
    "nanovolt": 1e-6, "microvolt": 1e-3, "millivolt": 1.0, "volt": 1e3,
}
"""Millivolts of one unit; µ may be the micro sign or the Greek letter."""

_BYTES_PER_SAMPLE = {8: (1, 1), 80: (1, 1), 16: (2, 1), 61: (2, 1), 160: (2, 1), 24: (3, 1), 32: (4, 1),
                     212: (3, 2), 310: (4, 3), 311: (4, 3)}
"""Bytes and the samples that share them."""
_WORDS = {16: "<i2", 61: ">i2"}
"""Formats whose samples are plain 16-bit numbers."""
_FLAC = frozenset({508, 516, 524})
_MAX_FLAC_RATIO = 65536
"""Most samples one byte of FLAC can encode (a constant block); a longer stated length is false."""


class Samples(Protocol):
    """A record's signals and a way to read stretches of them."""

    signals: tuple[Signal, ...]
    n_frames: int
    paths: tuple[Path, ...]
    """Header first, then signal files, segment by segment."""

    def written_as(self, channel: int) -> tuple[Signal, ...]:
        """How a channel is stored: once, or once a segment that has it."""
        ...

    def read(self, channels: Sequence[int], units: Sequence[str | None], start: int, end: int, rate: int) -> FloatArray:
        """Frames `start` to `end` of some channels, each in a unit (None: its own), at `rate` samples a frame."""
        ...


def voltage_factor(unit: str) -> float | None:
    """Millivolts of one `unit`; None if it is no voltage."""
    key = unit.strip().lower()
    return MILLIVOLTS.get(key, MILLIVOLTS.get(key.removesuffix("s")))


def open_samples(header: Header) -> Samples:
    """Check that the files behind a header exist and are long enough; reads no samples."""
    return SegmentedSamples(header) if header.segments else RecordSamples(header)


@dataclass(frozen=True)
class SignalFile:
    """One file and the signals interleaved in it."""

    path: Path
    format: int
    byte_offset: int
    channels: tuple[int, ...]
    samples_per_frame: tuple[int, ...]
    skewed: bool

    @property
    def frame_samples(self) -> int:
        return sum(self.samples_per_frame)


class RecordSamples:
    """The signals of a record of one segment."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.signals = header.signals
        self.files = _signal_files(header)
        lengths = [_frames_in(file, header) for file in self.files]
        self.n_frames = header.n_frames or min(lengths, default=0)
        self.paths = (header.path, *(file.path for file in self.files))
        for file, length in zip(self.files, lengths, strict=True):
            if length < self.n_frames or not length:
                raise UnreadableRecord(_too_short(file, header, length))
        for signal in self.signals:
            if signal.skew > self.n_frames:
                raise UnreadableRecord(f"{header.path.name} skews a signal by {signal.skew} samples, its whole length.")

    def written_as(self, channel: int) -> tuple[Signal, ...]:
        return (self.signals[channel],)

    def read(self, channels: Sequence[int], units: Sequence[str | None], start: int, end: int, rate: int) -> FloatArray:
        result = np.full((len(channels), (end - start) * rate), np.nan, np.float32)
        for file in self.files:
            wanted = [row for row, channel in enumerate(channels) if channel in file.channels]
            if not wanted:
                continue
            try:
                digital = _read_digital(file, self.header, start, end)
            except OSError as error:
                raise UnreadableRecord(f"{file.path.name} can no longer be read: {reason(error)}.") from error
            for row in wanted:
                signal = self.signals[channels[row]]
                values = _physical(signal, digital[file.channels.index(channels[row])], units[row])
                result[row] = _at_rate(values, signal.samples_per_frame, rate)
        return result


class SegmentedSamples:
    """The signals of a record made of others, one after the other, with gaps between them."""

    def __init__(self, header: Header) -> None:
        self.header = header
        assert header.n_frames is not None
        self.n_frames = header.n_frames
        self.starts = (0, *accumulate(segment.n_frames for segment in header.segments))
        opened: dict[str, RecordSamples] = {}
        layout = self._layout()
        for segment in header.segments:
            if segment.name != NO_FILE and segment.n_frames and segment.name not in opened:
                opened[segment.name] = RecordSamples(self._segment_header(segment.name))
                if opened[segment.name].n_frames < segment.n_frames:
                    raise UnreadableRecord(
                        f"Segment {segment.name} of {header.path.name} has {opened[segment.name].n_frames} samples; "
                        f"{segment.n_frames} are expected. Fetch the record again."
                    )
        self.parts = tuple(opened.get(segment.name) if segment.n_frames else None for segment in header.segments)
        if layout is None:
            if not opened:
                raise UnreadableRecord(f"{header.path.name} is made of gaps only: none of its segments has samples.")
            layout = next(iter(opened.values())).signals
            for name, part in opened.items():
                if [signal.description for signal in part.signals] != [signal.description for signal in layout]:
                    raise UnreadableRecord(f"Segment {name} of {header.path.name} holds other signals than the first.")
        self.signals = layout
        self.paths = (header.path, *(path for part in opened.values() for path in part.paths))

    def written_as(self, channel: int) -> tuple[Signal, ...]:
        name = self.signals[channel].description
        parts = {id(part): part for part in self.parts if part is not None}.values()
        stored = tuple(signal for part in parts for signal in part.signals if signal.description == name)
        return stored or (self.signals[channel],)

    def read(self, channels: Sequence[int], units: Sequence[str | None], start: int, end: int, rate: int) -> FloatArray:
        result = np.full((len(channels), (end - start) * rate), np.nan, np.float32)
        number = bisect_right(self.starts, start) - 1
        while number < len(self.parts) and self.starts[number] < end:
            part, offset = self.parts[number], self.starts[number]
            first, last = max(start, offset), min(end, self.starts[number + 1])
            if part is not None and last > first:
                names = [signal.description for signal in part.signals]
                rows = [row for row, channel in enumerate(channels) if self.signals[channel].description in names]
                inside = [names.index(self.signals[channels[row]].description) for row in rows]
                own_units = [units[row] or self.signals[channels[row]].unit for row in rows]
                stretch = part.read(inside, own_units, first - offset, last - offset, rate)
                result[rows, (first - start) * rate : (last - start) * rate] = stretch
            number += 1
        return result

    def _layout(self) -> tuple[Signal, ...] | None:
        """A first segment without samples describes all signals that may occur; without one, all segments are alike."""
        first = self.header.segments[0]
        if first.n_frames or first.name == NO_FILE:
            return None
        return self._segment_header(first.name).signals

    def _segment_header(self, name: str) -> Header:
        path = self.header.path.with_name(f"{name}.hea")
        _require_inside(path, self.header)
        header = read_header(path)
        if header.segments:
            raise UnreadableRecord(f"Segment {name} of {self.header.path.name} is itself made of segments.")
        if header.frame_rate_hz != self.header.frame_rate_hz:
            raise UnreadableRecord(
                f"Segment {name} of {self.header.path.name} has {header.frame_rate_hz:g} Hz; the record has "
                f"{self.header.frame_rate_hz:g} Hz."
            )
        return header


def _signal_files(header: Header) -> tuple[SignalFile, ...]:
    """Signals grouped by file. Those of one file follow each other in the header and share its format."""
    groups: list[tuple[str, list[int]]] = []
    for channel, signal in enumerate(header.signals):
        if signal.file_name == NO_FILE:
            continue
        if not groups or groups[-1][0] != signal.file_name:
            groups.append((signal.file_name, []))
        groups[-1][1].append(channel)
    files = []
    for name, channels in groups:
        signals = [header.signals[channel] for channel in channels]
        if len({(signal.format, signal.byte_offset) for signal in signals}) > 1:
            raise UnreadableRecord(f"{header.path.name} gives '{shortened(name)}' more than one sample format.")
        if [other for other, _ in groups].count(name) > 1:
            raise UnreadableRecord(f"{header.path.name} names '{shortened(name)}' twice, with other files in between.")
        path = header.path.with_name(name)
        _require_inside(path, header)
        if not path.is_file():
            raise UnreadableRecord(
                f"{shortened(name)} is missing: {header.path.name} names it, but it does not lie beside it. "
                "A WFDB record needs its header and its signal files in one folder.",
                code="missing",
            )
        files.append(
            SignalFile(
                path=path,
                format=signals[0].format,
                byte_offset=signals[0].byte_offset,
                channels=tuple(channels),
                samples_per_frame=tuple(signal.samples_per_frame for signal in signals),
                skewed=any(signal.skew for signal in signals),
            )
        )
    return tuple(files)


def _require_inside(path: Path, header: Header) -> None:
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(header.path.parent)):
        raise UnreadableRecord(
            f"{header.path.name} names '{path.name}', a link to a file outside its folder. A header may only name "
            "files in its own folder, so nothing was read."
        )


def _frames_in(file: SignalFile, header: Header) -> int:
    """Whole frames in a signal file, from its size alone (FLAC: from its own header)."""
    size = file.path.stat().st_size
    if not size:
        raise UnreadableRecord(f"{file.path.name} is empty, but {header.path.name} describes signals in it.")
    if file.format in _FLAC:
        if not header.n_frames:
            raise UnreadableRecord(f"{header.path.name} does not say how many samples {file.path.name} (FLAC) has.")
        return _flac_frames(file, size)
    if header.n_frames == 0 and not _decoded_here(file):
        raise UnreadableRecord(
            f"{header.path.name} says that {file.path.name} has 0 samples. Write their number there, or nothing."
        )
    n_bytes, n_samples = _BYTES_PER_SAMPLE[file.format]
    return max(0, size - file.byte_offset) * n_samples // (n_bytes * file.frame_samples)


def _flac_frames(file: SignalFile, size: int) -> int:
    import soundfile  # type: ignore[import-untyped]  # published without type information

    try:
        info = soundfile.info(str(file.path))
    except (RuntimeError, OSError) as error:  # soundfile reports a damaged file as a RuntimeError
        raise UnreadableRecord(f"{file.path.name} is no readable FLAC file. Fetch the record again.") from error
    if info.channels != len(file.channels) or info.frames > size * _MAX_FLAC_RATIO:
        raise UnreadableRecord(
            f"{file.path.name} holds {info.channels} signals of {info.frames} samples, not what its header says."
        )
    return max(0, int(info.frames) - file.byte_offset) // max(file.samples_per_frame)


def _too_short(file: SignalFile, header: Header, length: int) -> str:
    if not header.n_frames or not length:
        return f"{file.path.name} holds no complete sample of the signals {header.path.name} describes."
    return (
        f"{file.path.name} is truncated: it holds {length} of the {header.n_frames} samples that {header.path.name} "
        "promises. Fetch the record again."
    )


def _read_digital(file: SignalFile, header: Header, start: int, end: int) -> list[NDArray[Any]]:
    """Digital values of each signal of a file, all samples of its frames."""
    if not _decoded_here(file):
        return _read_with_wfdb(file, header, start, end)
    first, count = start * file.frame_samples, (end - start) * file.frame_samples
    flat = _words(file, first, count) if file.format in _WORDS else _format_212(file, first, count)
    frames = flat.reshape(-1, file.frame_samples)
    columns = (0, *accumulate(file.samples_per_frame))
    return [frames[:, low:high].reshape(-1) for low, high in pairwise(columns)]


def _decoded_here(file: SignalFile) -> bool:
    return not file.skewed and (file.format in _WORDS or file.format == 212)


def _words(file: SignalFile, first: int, count: int) -> NDArray[np.int16]:
    """Samples of two whole bytes."""
    words = np.fromfile(file.path, _WORDS[file.format], count, offset=file.byte_offset + 2 * first)
    return _exactly(words, count, file)


def _format_212(file: SignalFile, first: int, count: int) -> NDArray[np.int16]:
    """Two 12-bit samples in three bytes: low byte of one, high nibbles of both, low byte of the other."""
    leading = first % 2
    pairs = (leading + count + 1) // 2
    data = np.fromfile(file.path, np.uint8, 3 * pairs, offset=file.byte_offset + (first - leading) // 2 * 3)
    _exactly(data, (3 * (leading + count) + 1) // 2, file)
    triples = np.zeros((pairs, 3), np.int16)
    triples.reshape(-1)[: len(data)] = data
    samples = np.empty((pairs, 2), np.int16)
    samples[:, 0] = triples[:, 0] | (triples[:, 1] & 0x0F) << 8
    samples[:, 1] = triples[:, 2] | (triples[:, 1] & 0xF0) << 4
    samples[samples > 2047] -= 4096
    return samples.reshape(-1)[leading : leading + count]


def _exactly(values: NDArray[Any], least: int, file: SignalFile) -> NDArray[Any]:
    if len(values) < least:
        raise UnreadableRecord(f"{file.path.name} has become shorter since it was opened. Open the record again.")
    return values


def _read_with_wfdb(file: SignalFile, header: Header, start: int, end: int) -> list[NDArray[Any]]:
    import wfdb

    # Samples of format 8 are differences: they need all that came before. Without a stated length wfdb takes no range.
    whole = file.format == 8 or header.n_frames is None
    limit = None if header.n_frames is None else end
    try:
        record = wfdb.rdrecord(
            str(header.path.absolute().with_suffix("")),
            sampfrom=0 if whole else start, sampto=limit, channels=list(file.channels),
            physical=False, smooth_frames=False, return_res=64,
        )
    except Exception as error:  # a damaged file may raise anything inside the decoder; it is reported
        raise UnreadableRecord(f"{file.path.name} cannot be decoded ({file.format}): {reason(error)}.") from error
    if list(record.file_name) != [file.path.name] * len(file.channels):
        raise UnreadableRecord(f"{header.path.name} names its signal file '{file.path.name}' in an unusual way.")
    skip = start if whole else 0
    digital = []
    for values, per_frame in zip(record.e_d_signal, file.samples_per_frame, strict=True):
        stretch = values[skip * per_frame : (skip + end - start) * per_frame]
        digital.append(_exactly(stretch, (end - start) * per_frame, file))
    return digital


def _physical(signal: Signal, digital: NDArray[Any], unit: str | None) -> NDArray[np.float64]:
    """Physical values in `unit`, NaN where the file marks a sample invalid; digital values if uncalibrated."""
    values = digital.astype(np.float64)
    if signal.gain:
        values -= signal.baseline
        values /= signal.gain
    if unit is not None and unit != signal.unit:
        own, other = voltage_factor(signal.unit), voltage_factor(unit)
        if own is None or other is None:
            raise UnsupportedRecord(f"Signal '{signal.description}' is recorded in {signal.unit} and in {unit}.")
        if own != other:
            values *= own / other
    invalid = INVALID_VALUE[signal.format]
    if invalid is not None:
        values[digital == invalid] = np.nan
    return values


def _at_rate(values: NDArray[np.float64], per_frame: int, rate: int) -> NDArray[np.float64]:
    """From `per_frame` to `rate` samples a frame: averaged where finer, repeated where coarser, as WFDB does."""
    if per_frame == rate:
        return values
    if per_frame % rate == 0:
        averaged: NDArray[np.float64] = values.reshape(-1, per_frame // rate).mean(axis=1)
        return averaged
    held: NDArray[np.float64] = values.reshape(-1, per_frame)[:, np.arange(rate) * per_frame // rate].reshape(-1)
    return held
