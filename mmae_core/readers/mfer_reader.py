"""MFER recordings (ISO 22077-1): a sequence of tags, each with a length and a value.

Only the common form is read: one recording, samples of all channels in blocks. Compressed waveforms are refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import numpy as np

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.limits import MAX_CHANNELS
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import Device, EcgRecord, FloatArray, StoredSignal

FORMAT = "MFER"
SUFFIXES = (".mwf", ".mfr")
MAX_BYTES = 512 << 20
"""Files larger than this are refused."""
MAX_DEPTH = 4
MAX_STEP_V = 1.0
MAX_TAGS = 100_000
LEADS = {1: "I", 2: "II", **{code: f"V{code - 2}" for code in range(3, 9)}, 9: "V7", 11: "V3R", 12: "V4R", 13: "V5R",
         61: "III", 62: "aVR", 63: "aVL", 64: "aVF", 66: "V8", 67: "V9"}
"""Names by the standard's lead code."""
DTYPES = {0: "i2", 1: "u2", 2: "i4", 3: "u1", 5: "i1", 6: "u4", 7: "f4", 8: "f8"}
"""Types of samples by the standard's code, without their byte order."""

_ORDER, _RATE, _STEP, _TYPE, _BLOCK, _CHANNELS, _SEQUENCES, _LEAD = 0x01, 0x0B, 0x0C, 0x0A, 0x04, 0x05, 0x06, 0x09
_OFFSET, _PADDING, _COMPRESSION, _PREAMBLE, _CHANNEL, _WAVEFORM = 0x0D, 0x12, 0x0E, 0x40, 0x3F, 0x1E
_FILTER, _MODEL, _PATIENT_NAME, _PATIENT_ID, _AGE, _SEX, _TIME = 0x11, 0x17, 0x81, 0x82, 0x83, 0x84, 0x85
_END = 0x80


def claims(file: RecordingFile) -> bool:
    """Whether the file begins like MFER: with its preamble, or with a byte order and a kind of waveform."""
    head = file.head[:64]
    if head[:1] == b"\x40":
        return head[2:6] == b"MFR "
    return head[:2] == b"\x01\x01" and head[2:3] in {b"\0", b"\1"} and head[3:4] in {b"\x40", b"\x08", b"\x17"}


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Read a recording whole.

    Raises UnreadableRecord if tags or lengths make no sense, and UnsupportedRecord if the waveform is compressed.
    """
    if not claims(file):
        raise UnreadableRecord(f"{file.name} does not begin like an MFER recording.")
    data = file.read_all(MAX_BYTES)
    found = _Found(file.name)
    found.take(data, 0)
    signal = _signal(found)
    channels, doubts = [], []
    for place, state in enumerate(found.channels):
        name = LEADS.get(state.lead, f"channel {place + 1}")
        unit = "mV" if state.is_voltage else "steps"
        if not state.is_voltage:
            doubts.append(Message("{channel} is not in volts: its values are the converter's steps.", channel=name))
        stored = StoredSignal(name, unit, 1e-3 / state.step if state.is_voltage and state.step else 0.0,
                              found.rate_hz, np.dtype(DTYPES[state.type]).name)
        channels.append(ReadChannel(name, unit, stored=stored))
    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=found.rate_hz,
        n_samples=signal.shape[1],
        channels=channels,
        read=lambda start, end: signal[:, start:end].copy(),
        start_time=found.start_time,
        start_time_note=None if found.start_time else Message("The file states no valid date and time."),
        doubts=doubts,
        device=Device(manufacturer=found.maker, model=found.model, filters=tuple(found.filters)),
        age_years=found.age_years,
        sex=found.sex,
        identity=tuple((name, text) for name, text in (("Patient", found.patient), ("Patient ID", found.patient_id))
                       if text),
    )


@dataclass
class _ChannelState:
    """What holds for one channel; a copy of what was stated for all, until it is stated for this one."""

    lead: int = 0
    step: float = 1.0
    is_voltage: bool = False
    type: int = 0
    offset: float = 0.0
    padding: bytes = b""
    block: int = 0


@dataclass
class _Found:
    """What the tags stated so far."""

    name: str
    is_little: bool = False
    """Big endian is the standard's default."""
    rate_hz: float = 0.0
    n_sequences: int = 1
    common: _ChannelState = field(default_factory=_ChannelState)
    channels: list[_ChannelState] = field(default_factory=list)
    waveform: bytes | None = None
    maker: str = ""
    model: str = ""
    filters: list[str] = field(default_factory=list)
    patient: str = ""
    patient_id: str = ""
    age_years: float | None = None
    sex: Literal["male", "female"] | None = None
    start_time: datetime | None = None
    n_tags: int = 0

    def take(self, data: bytes, depth: int, channel: _ChannelState | None = None) -> None:
        """Take over what the tags of `data` state, for one channel or for all."""
        if depth > MAX_DEPTH:
            raise UnreadableRecord(f"{self.name} nests its tags more than {MAX_DEPTH} deep.")
        for tag, value, number in _tags(self.name, data):
            self.n_tags += 1
            if self.n_tags > MAX_TAGS:
                raise UnreadableRecord(f"{self.name} holds more than {MAX_TAGS:,} tags.")
            if tag == _CHANNEL:
                if number >= len(self.channels):
                    raise UnreadableRecord(f"{self.name} describes channel {number + 1} of {len(self.channels)}.")
                self.take(value, depth + 1, self.channels[number])
            else:
                self._take_one(tag, value, channel)

    def _take_one(self, tag: int, value: bytes, channel: _ChannelState | None) -> None:
        states = [self.common, *self.channels] if channel is None else [channel]
        if tag == _ORDER:
            self.is_little = value[:1] == b"\1"
        elif tag == _RATE:
            self.rate_hz = self._rate(value)
        elif tag == _CHANNELS:
            n = self._whole(value)
            if not 0 < n <= MAX_CHANNELS:
                raise UnreadableRecord(f"{self.name} states {n} channels; 1 to {MAX_CHANNELS} are read.")
            self.channels = [_ChannelState(**vars(self.common)) for _ in range(n)]
        elif tag == _SEQUENCES:
            self.n_sequences = self._whole(value)
        elif tag == _COMPRESSION and self._whole(value[:2]):
            raise UnsupportedRecord(f"{self.name} holds a compressed MFER waveform, which is not read.")
        elif tag == _WAVEFORM:
            if self.waveform is not None:
                raise UnsupportedRecord(f"{self.name} holds several MFER waveforms; only files with one are read.")
            self.waveform = value
        elif tag in {_STEP, _TYPE, _BLOCK, _LEAD, _OFFSET, _PADDING}:
            for state in states:
                self._take_channel(tag, value, state)
        else:
            self._take_description(tag, value)

    def _take_channel(self, tag: int, value: bytes, state: _ChannelState) -> None:
        if tag == _STEP:
            unit, exponent = struct.unpack("Bb", value[:2].ljust(2, b"\0"))
            state.is_voltage, state.step = unit == 0, self._whole(value[2:]) * 10.0 ** exponent
            if state.is_voltage and not 0 < state.step <= MAX_STEP_V:
                raise UnreadableRecord(f"{self.name} states a resolution of {state.step:g} V.")
        elif tag == _TYPE:
            state.type = self._whole(value)
            if state.type not in DTYPES:
                raise UnsupportedRecord(f"{self.name} stores samples as MFER type {state.type}, which is not read.")
        elif tag == _BLOCK:
            state.block = self._whole(value)
        elif tag == _LEAD:
            state.lead = self._whole(value[:2])
        elif tag == _OFFSET:
            state.offset = self._value(value, state.type)
        else:
            state.padding = value

    def _take_description(self, tag: int, value: bytes) -> None:
        text = value.decode("utf-8", "replace").strip("\0 ")
        if tag == _MODEL:
            self.maker, self.model, *_ = [*text.split("^"), ""]
        elif tag == _FILTER:
            self.filters.append(text)
        elif tag == _PATIENT_NAME:
            self.patient = text
        elif tag == _PATIENT_ID:
            self.patient_id = text
        elif tag == _SEX:
            self.sex = {1: "male", 2: "female"}.get(self._whole(value))  # type: ignore[assignment]
        elif tag == _AGE and value and value[0] < 130:
            days = struct.unpack("<H" if self.is_little else ">H", value[1:3])[0] if len(value) >= 3 else 0
            self.age_years = float(value[0]) or days / 365.25 or None  # all zero stands for an unknown age
        elif tag == _TIME and len(value) >= 7:
            year, = struct.unpack("<H" if self.is_little else ">H", value[:2])
            try:
                self.start_time = datetime(year, *value[2:7])
            except ValueError:
                self.start_time = None

    def _rate(self, value: bytes) -> float:
        """Samples per second from a rate in Hz or an interval in seconds."""
        unit, exponent = struct.unpack("Bb", value[:2].ljust(2, b"\0"))
        number = self._whole(value[2:]) * 10.0 ** exponent
        if unit not in {0, 1} or not number > 0:
            raise UnreadableRecord(f"{self.name} states no sampling rate that makes sense.")
        rate = number if unit == 0 else 1 / number
        return float(round(rate, 6))

    def _whole(self, value: bytes) -> int:
        return int.from_bytes(value[:8], "little" if self.is_little else "big")

    def _value(self, value: bytes, kind: int) -> float:
        dtype = np.dtype(DTYPES[kind]).newbyteorder("<" if self.is_little else ">")
        return float(np.frombuffer(value, dtype, 1)[0]) if len(value) == dtype.itemsize else 0.0


def _tags(name: str, data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """(tag, value, channel number) of each element; lengths over 127 follow in as many bytes as the low bits say."""
    at = 0
    while at < len(data) and data[at] != _END:
        tag, number, at = data[at], 0, at + 1
        if tag == 0:
            continue  # padding between tags
        if tag == _CHANNEL:
            number, at = (data[at] if at < len(data) else 0), at + 1
        size, at = (data[at] if at < len(data) else 0), at + 1
        if size & 0x80:
            n = size & 0x7F
            if n > 8:
                raise UnreadableRecord(f"{name} states a length of {n} bytes for a tag.")
            size, at = int.from_bytes(data[at:at + n], "big"), at + n
        if at + size > len(data):
            raise UnreadableRecord(f"{name} ends in the middle of tag {tag:#04x}: it is cut off.")
        yield tag, data[at:at + size], number
        at += size


def _signal(found: _Found) -> FloatArray:
    """Samples, float32 (channels, samples): mV where in volts, NaN where padding."""
    channels = found.channels
    if found.waveform is None or not channels or not found.rate_hz > 0:
        raise UnreadableRecord(f"{found.name} lacks a waveform, its channels or its sampling rate.")
    dtypes = [np.dtype(DTYPES[state.type]).newbyteorder("<" if found.is_little else ">") for state in channels]
    blocks = [state.block or 1 for state in channels]
    if len(set(blocks)) > 1:
        raise UnsupportedRecord(f"{found.name} samples its channels at different rates, which is not read in MFER.")
    size = sum(block * dtype.itemsize for block, dtype in zip(blocks, dtypes, strict=True))
    n_sequences = len(found.waveform) // size if size else 0
    if found.n_sequences and found.n_sequences < n_sequences:
        n_sequences = found.n_sequences
    if not n_sequences:
        raise UnreadableRecord(f"{found.name} holds {len(found.waveform):,} bytes of samples; one sequence needs "
                               f"{size:,}: it is cut off.")
    rows = np.frombuffer(found.waveform, np.uint8, n_sequences * size).reshape(n_sequences, size)
    signal = np.empty((len(channels), n_sequences * blocks[0]), np.float32)
    at = 0
    for row, state, dtype in zip(signal, channels, dtypes, strict=True):
        width = state.block * dtype.itemsize if state.block else dtype.itemsize
        steps = np.ascontiguousarray(rows[:, at:at + width]).view(dtype).reshape(-1)
        factor = state.step * 1e3 if state.is_voltage else 1.0
        with np.errstate(over="ignore", invalid="ignore"):
            row[:] = (steps.astype(np.float64) - state.offset) * factor
        row[~np.isfinite(row)] = np.nan
        if len(state.padding) == dtype.itemsize:
            row[steps == np.frombuffer(state.padding, dtype, 1)[0]] = np.nan
        at += width
    return signal
