"""Samples of WFDB records on demand: only the files, frames and channels asked for are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.make_record import shortened
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.voltage_units import voltage_factor
from mmae_core.readers.wfdb_files import SUFFIX, beside, header_beside, require_inside
from mmae_core.readers.wfdb_formats import (
    DIFFERENCES,
    FLAC_BITS,
    INVALID_VALUE,
    flac_frames,
    read_digital,
    read_flac,
    samples_in,
)
from mmae_core.readers.wfdb_header import NO_FILE, Header, SignalLine, read_header
from mmae_core.record import FloatArray

LEAST_PRESENT = 0.5
"""Part of the samples a header promises that a signal file must hold to be shown; less is a failed transfer."""
MAX_CHECKED_BYTES = 16 << 20
"""Records of more are not read through on opening to check their checksums, only their first values."""


class Samples(Protocol):
    """A record's signals and a way to read stretches of them."""

    signals: tuple[SignalLine, ...]
    n_frames: int
    paths: tuple[Path, ...]
    """Header first, then signal files, segment by segment."""
    doubts: tuple[Message, ...]
    """What is missing, or does not fit the header."""

    def written_as(self, channel: int) -> tuple[SignalLine, ...]:
        """How a channel is stored: once, or once a segment that has it."""
        ...

    def read(self, channels: Sequence[int], units: Sequence[str | None], start: int, end: int, rate: int) -> FloatArray:
        """Frames `start` to `end` of some channels, each in a unit (None: its own), at `rate` samples a frame."""
        ...


def open_samples(header: Header) -> Samples:
    """Check that the files behind a header exist and are long enough; reads no samples."""
    return SegmentedSamples(header) if header.segments else RecordSamples(header)


@dataclass(frozen=True)
class SignalFile:
    """One file and the signals interleaved in it."""

    file: RecordingFile
    format: int
    byte_offset: int
    channels: tuple[int, ...]
    signals: tuple[SignalLine, ...]
    starts: tuple[int, ...] = field(default=())
    """Place of each signal's samples in a frame, and the end of the frame."""

    @property
    def frame_samples(self) -> int:
        return self.starts[-1]

    @property
    def skew(self) -> int:
        """Frames by which the latest signal lags behind."""
        return max(signal.skew for signal in self.signals)

    def digital(self, start: int, end: int) -> list[NDArray[Any]]:
        """Values of each signal in frames `start` to `end` of the file; of differences, summed up from the start."""
        if self.format in FLAC_BITS:
            per_frame = self.signals[0].samples_per_frame
            first_row = self.byte_offset + start * per_frame
            return list(read_flac(self.file, self.format, first_row, (end - start) * per_frame).T)
        first = 0 if self.format == DIFFERENCES else start
        flat = read_digital(
            self.file, self.format, self.byte_offset, first * self.frame_samples, (end - first) * self.frame_samples
        )
        frames = flat.reshape(-1, self.frame_samples)
        columns: list[NDArray[Any]] = [frames[:, low:high].reshape(-1) for low, high in pairwise(self.starts)]
        if self.format != DIFFERENCES:
            return columns
        return [
            (signal.first_value + np.cumsum(column, dtype=np.int64))[start * signal.samples_per_frame :]
            for signal, column in zip(self.signals, columns, strict=True)
        ]


class RecordSamples:
    """The signals of a record of one segment."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.signals = header.signals
        self.files = _signal_files(header)
        self.lengths = [_frames_in(file, header) for file in self.files]
        promised = header.n_frames or 0
        self.n_frames = min([*self.lengths, *([promised] if promised else [])], default=0)
        self.paths = (header.path, *(file.file.path for file in self.files if file.file.path is not None))
        for file, length in zip(self.files, self.lengths, strict=True):
            if length < max(1, LEAST_PRESENT * promised):
                raise UnreadableRecord(_too_short(file, header, length))
        for signal in self.signals:
            if signal.skew > self.n_frames:
                raise UnreadableRecord(f"{header.path.name} skews a signal by {signal.skew} samples, its whole length.")
        self.doubts = _missing_end(promised, self.n_frames, header.frame_rate_hz) + self._mismatch()

    def written_as(self, channel: int) -> tuple[SignalLine, ...]:
        return (self.signals[channel],)

    def read(self, channels: Sequence[int], units: Sequence[str | None], start: int, end: int, rate: int) -> FloatArray:
        result = np.full((len(channels), (end - start) * rate), np.nan, np.float32)
        for file, length in zip(self.files, self.lengths, strict=True):
            wanted = [row for row, channel in enumerate(channels) if channel in file.channels]
            last = min(end + file.skew, length)
            if not wanted or last <= start:
                continue
            digital = file.digital(start, last)
            for row in wanted:
                signal = self.signals[channels[row]]
                own = digital[file.channels.index(channels[row])]
                n_frames = min(end + signal.skew, last) - (start + signal.skew)
                if n_frames <= 0:
                    continue
                shifted = own[signal.skew * signal.samples_per_frame :][: n_frames * signal.samples_per_frame]
                values = _at_rate(_physical(signal, shifted, units[row]), signal.samples_per_frame, rate)
                result[row, : len(values)] = values
        return result

    def _mismatch(self) -> tuple[Message, ...]:
        """A doubt if the samples are not those that the header was written for, by first values and checksums."""
        states_first = any(signal.first_value not in (0, signal.zero) for signal in self.signals)
        states_sums = any(signal.checksum for signal in self.signals)
        if not states_first and not states_sums:
            return ()  # never filled in, as by many programs
        wrong = [
            signal.description or "?"
            for file, length in zip(self.files, self.lengths, strict=True)
            if file.format not in FLAC_BITS and file.format != DIFFERENCES
            for signal, values in zip(file.signals, file.digital(0, self._checked(file, length)), strict=True)
            if (states_first and not _begins_as_stated(signal, values))
            or (states_sums and len(values) == length * signal.samples_per_frame and not _sums_up(signal, values))
        ]
        if not wrong:
            return ()
        return (Message("The signal is not the one that the header was written for: first value or checksum differ in "
                        "{leads}. They may be of two recordings.", leads=shortened(", ".join(wrong))),)

    def _checked(self, file: SignalFile, length: int) -> int:
        """Frames that are read to check: all of a short file that is whole, else one."""
        is_whole = self.header.n_frames is not None and length == self.header.n_frames
        return length if is_whole and file.file.size <= MAX_CHECKED_BYTES else 1


def _begins_as_stated(signal: SignalLine, values: NDArray[Any]) -> bool:
    return bool(signal.skew) or not len(values) or bool(values[0] == signal.first_value)


def _sums_up(signal: SignalLine, values: NDArray[Any]) -> bool:
    """Whether the sum of all samples is the checksum, in 16 bits."""
    return signal.checksum is None or (int(values.sum(dtype=np.int64)) - signal.checksum) % 65536 == 0


def _missing_end(promised: int, n_frames: int, frame_rate_hz: float) -> tuple[Message, ...]:
    if n_frames >= promised:
        return ()
    return (Message("The signal file ends early: the last {missing_s:.3g} s of {whole_s:.6g} s are missing.",
                    missing_s=(promised - n_frames) / frame_rate_hz, whole_s=promised / frame_rate_hz),)


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
                opened[segment.name] = part = RecordSamples(self._segment_header(segment.name))
                if part.n_frames < LEAST_PRESENT * segment.n_frames:
                    raise UnreadableRecord(
                        f"Segment {segment.name} of {header.path.name} has {part.n_frames} samples; "
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
        self.doubts = tuple(dict.fromkeys(doubt for part in opened.values() for doubt in part.doubts))

    def written_as(self, channel: int) -> tuple[SignalLine, ...]:
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
            if part is not None:
                last = min(last, offset + part.n_frames)
            if part is not None and last > first:
                names = [signal.description for signal in part.signals]
                rows = [row for row, channel in enumerate(channels) if self.signals[channel].description in names]
                inside = [names.index(self.signals[channels[row]].description) for row in rows]
                own_units = [units[row] or self.signals[channels[row]].unit for row in rows]
                stretch = part.read(inside, own_units, first - offset, last - offset, rate)
                result[rows, (first - start) * rate : (last - start) * rate] = stretch
            number += 1
        return result

    def _layout(self) -> tuple[SignalLine, ...] | None:
        """A first segment without samples describes all signals that may occur; without one, all segments are alike."""
        first = self.header.segments[0]
        if first.n_frames or first.name == NO_FILE:
            return None
        return self._segment_header(first.name).signals

    def _segment_header(self, name: str) -> Header:
        path = header_beside(self.header.path.with_name(name)) or self.header.path.with_name(name + SUFFIX)
        require_inside(path, self.header.path)
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
        signals = tuple(header.signals[channel] for channel in channels)
        if len({(signal.format, signal.byte_offset) for signal in signals}) > 1:
            raise UnreadableRecord(f"{header.path.name} gives '{shortened(name)}' more than one sample format.")
        if [other for other, _ in groups].count(name) > 1:
            raise UnreadableRecord(f"{header.path.name} names '{shortened(name)}' twice, with other files in between.")
        path = beside(header.path, name)
        require_inside(path, header.path)
        if path.is_symlink() and not path.exists():
            raise UnreadableRecord(
                f"{shortened(name)} is a link to content that is not here. If the data set is kept with git-annex or "
                f"DataLad, fetch it: git annex get {shortened(name)}.",
                code="missing",
            )
        if not path.is_file():
            raise UnreadableRecord(
                f"{shortened(name)} is missing: {header.path.name} names it, but it does not lie beside it. "
                "A WFDB record needs its header and its signal files in one folder.",
                code="missing",
            )
        starts = (0, *accumulate(signal.samples_per_frame for signal in signals))
        first = signals[0]
        files.append(
            SignalFile(RecordingFile.of(path), first.format, first.byte_offset, tuple(channels), signals, starts)
        )
    return tuple(files)


def _frames_in(file: SignalFile, header: Header) -> int:
    """Whole frames in a signal file, from its size alone (FLAC: from its own header)."""
    if not file.file.size:
        raise UnreadableRecord(f"{file.file.name} is empty, but {header.path.name} describes signals in it.")
    if file.format in FLAC_BITS:
        if any(signal.samples_per_frame != file.signals[0].samples_per_frame for signal in file.signals):
            raise UnsupportedRecord(f"{file.file.name} (FLAC) holds signals of different rates, which is not read.")
        n_frames = flac_frames(file.file, len(file.channels)) - file.byte_offset
        return max(0, n_frames) // file.signals[0].samples_per_frame
    return samples_in(file.format, file.file.size - file.byte_offset) // file.frame_samples


def _too_short(file: SignalFile, header: Header, length: int) -> str:
    if not header.n_frames or not length:
        return f"{file.file.name} holds no complete sample of the signals {header.path.name} describes."
    return (
        f"{file.file.name} is truncated: it holds {length} of the {header.n_frames} samples that {header.path.name} "
        "promises. Fetch the record again."
    )


def _physical(signal: SignalLine, digital: NDArray[Any], unit: str | None) -> NDArray[np.float64]:
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
