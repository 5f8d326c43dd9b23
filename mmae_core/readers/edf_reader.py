"""EDF, EDF+ and BDF recordings: a header in plain characters, then data records of equal length.

Written from the published descriptions (Kemp et al. 1992; Kemp and Olivan 2003; the BDF description of BioSemi). The
data records of EDF+D need not follow one another: the time between them is shown as a gap.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.edf_header import MONTHS, EdfHeader, EdfSignal, read_header, valid_date
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.limits import MAX_DURATION_S
from mmae_core.readers.make_record import COMPUTED, ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import Annotation, Device, EcgRecord, FloatArray, StoredSignal

FORMAT = "EDF"
SUFFIXES = (".edf", ".bdf", ".rec")
MAX_MARKS = 200_000
"""Annotations read at most."""

_BDF = b"\xffBIOSEMI"
_EDF = b"0       "
_MARK = re.compile(rb"([+-]\d+(?:\.\d*)?)(?:\x15(\d+(?:\.\d*)?))?\x14([^\x00]*)\x14\x00")
"""One time-stamped list of EDF+: onset, duration if any, texts separated by 0x14."""


def claims(file: RecordingFile) -> bool:
    """Whether the file begins like EDF or BDF."""
    head = file.head[:256]
    return len(head) == 256 and head[:8] in {_EDF, _BDF} and head[252:256].strip().isdigit()


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Open a recording; samples stay on disk until they are asked for.

    Raises UnreadableRecord if the header makes no sense or nothing was recorded, and UnsupportedRecord if there are
    only annotations.
    """
    if not claims(file):
        raise UnreadableRecord(f"{file.name} does not begin like EDF or BDF: a header of 256 bytes is expected.")
    header = read_header(file)
    channels = [signal for signal in header.signals if not signal.is_annotation]
    if not channels:
        raise UnsupportedRecord(f"{file.name} holds annotations but no signals, so there is no ECG in it.")
    records = _Records(file, header)
    volts = _in_volts(channels)
    per_record = max(signal.n_per_record for signal in list(filter(_is_ecg, volts)) or volts or channels)
    rate_hz = per_record / header.record_s
    others = [signal.label for signal in volts if signal.n_per_record != per_record]
    brought = [] if not others else [Message(
        "Sampled at other rates and shown at {rate_hz:.6g} Hz, values held or left out: {channels}.",
        rate_hz=rate_hz, channels=", ".join(dict.fromkeys(others[:16])))]
    n_samples = records.n_samples(rate_hz)
    person = _person_of(header)
    return make_record(
        file,
        format_name=header.format_name,
        rate_hz=rate_hz,
        n_samples=n_samples,
        channels=[_channel(signal, header) for signal in channels],
        read=_SampleReader(records, channels, rate_hz),
        start_time=header.start_time,
        start_time_note=header.start_time_note,
        annotations=_Marks(records) if records.mark_signal is not None else (),
        doubts=(*header.doubts, *records.doubts, *brought),
        device=_device(header),
        age_years=person[0],
        sex=person[1],
        identity=tuple((name, value) for name, value in (
            ("Patient", header.patient), ("Recording", header.recording)) if value.strip(" X")),
    )


def _person_of(header: EdfHeader) -> tuple[float | None, Literal["male", "female"] | None]:
    """Age and sex from the patient field of EDF+: code, sex, date of birth, name."""
    words = header.patient.split()
    if not header.format_name.endswith(("+C", "+D")) or len(words) < 3:
        return None, None
    sex: Literal["male", "female"] | None = {"M": "male", "F": "female"}.get(words[1])  # type: ignore[assignment]
    birth = re.fullmatch(r"(\d\d)-([A-Z]{3})-(\d{4})", words[2].upper())
    if birth is None or birth[2] not in MONTHS or header.start_time is None:
        return None, sex
    born = valid_date(int(birth[3]), MONTHS.index(birth[2]) + 1, int(birth[1]))
    age = None if born is None else (header.start_time.date() - born).days / 365.25
    return (age if age is not None and 0 <= age < 130 else None), sex


def _device(header: EdfHeader) -> Device | None:
    """The device and the filters that the header names."""
    words = header.recording.split()
    model = words[4] if header.format_name.endswith(("+C", "+D")) and len(words) > 4 and words[4] != "X" else ""
    filters = tuple(dict.fromkeys(signal.filters for signal in header.signals
                                  if signal.filters and not signal.is_annotation))
    return Device(manufacturer="", model=model, filters=filters) if model or filters else None


def _is_ecg(signal: EdfSignal) -> bool:
    return lead_of(signal.label)[0] is not None or re.match(r"e[ck]g", signal.label, re.IGNORECASE) is not None


def _in_volts(signals: Sequence[EdfSignal]) -> list[EdfSignal]:
    return [signal for signal in signals if signal.mv_per_unit is not None]


def _channel(signal: EdfSignal, header: EdfHeader) -> ReadChannel:
    has_range, is_voltage = not math.isnan(signal.scale), signal.mv_per_unit is not None
    stored = StoredSignal(
        signal.label, signal.unit if has_range else "", 1 / abs(signal.scale) if has_range and signal.scale else 0.0,
        signal.n_per_record / header.record_s, f"{8 * header.sample_bytes} bit",
    )
    return ReadChannel(
        signal.label, "mV" if is_voltage else signal.unit if has_range else "steps", stored=stored,
        is_computed=signal.transducer.startswith(COMPUTED))


class _Records:
    """The data records of a file: where each begins in time, and their bytes."""

    def __init__(self, file: RecordingFile, header: EdfHeader) -> None:
        self.file, self.header = file, header
        self.doubts: list[Message] = []
        self.n = self._count()
        self.mark_signal = next((signal for signal in header.signals if signal.is_annotation), None)
        self.onsets_s = self._onsets()

    def n_samples(self, rate_hz: float) -> int:
        """Number of samples from the first to the end of the last record, gaps included."""
        end_s = float(self.onsets_s[-1]) + self.header.record_s
        if end_s > MAX_DURATION_S:
            raise UnreadableRecord(
                f"{self.file.name} lasts {end_s / 86400:.0f} days with its gaps; at most "
                f"{MAX_DURATION_S / 86400:.0f} are read.")
        return round(end_s * rate_hz)

    def bytes_of(self, first: int, last: int) -> NDArray[np.uint8]:
        """Bytes of the records from `first` to before `last`, uint8 (records, bytes)."""
        size = self.header.record_bytes
        data = self.file.read_at(self.header.n_bytes + first * size, (last - first) * size)
        return np.frombuffer(data, np.uint8).reshape(last - first, size)

    def samples_of(self, signal: EdfSignal, data: NDArray[np.uint8]) -> NDArray[np.int32]:
        """Steps of one signal, int32 (records, samples of a record)."""
        width = self.header.sample_bytes
        found = np.ascontiguousarray(data[:, signal.offset:signal.offset + signal.n_per_record * width])
        if width == 2:
            return found.view("<i2").astype(np.int32)
        parts = found.reshape(len(found), -1, 3).astype(np.int32)
        steps: NDArray[np.int32] = (parts[..., 0] | parts[..., 1] << 8 | parts[..., 2] << 16) << 8 >> 8
        return steps

    def _count(self) -> int:
        stated, size = self.header.n_records, self.header.record_bytes
        present = (self.file.size - self.header.n_bytes) // size
        if not present:
            raise UnreadableRecord(f"{self.file.name} holds a header but no complete data record.")
        if stated < 0:
            self.doubts.append(Message("The recorder did not finish the file; all {n:,} complete data records are "
                                       "shown.", n=present))
        elif stated > present:
            self.doubts.append(Message("The header states {stated:,} data records and the file holds {present:,}: it "
                                       "is cut off.", stated=stated, present=present))
        elif stated < present:
            self.doubts.append(Message("The file holds {present:,} data records and its header states {stated:,}: "
                                       "the others are not shown.", stated=stated, present=present))
            return max(stated, 1)
        return present

    def _onsets(self) -> NDArray[np.float64]:
        """Start of each record in seconds after the first."""
        even = np.arange(self.n, dtype=np.float64) * np.float64(self.header.record_s)
        if not self.header.is_interrupted:
            return even
        if self.mark_signal is None:
            self.doubts.append(Message("The file states that it has gaps but not where; it is shown without."))
            return even
        found = np.array([self._onset(text) for text in self.mark_texts()])
        found -= found[0] if math.isfinite(found[0]) else 0.0
        if not np.isfinite(found).all() or (np.diff(found) < self.header.record_s * 0.5).any():
            self.doubts.append(Message("The times of the data records make no sense; it is shown without gaps."))
            return even
        return found

    def mark_texts(self) -> list[bytes]:
        """The bytes of the first annotation signal, record by record."""
        signal = self.mark_signal
        if signal is None:
            return []
        size = signal.n_per_record * self.header.sample_bytes
        return self.file.read_every(self.header.record_bytes, self.header.n_bytes + signal.offset, size, self.n)

    @staticmethod
    def _onset(text: bytes) -> float:
        found = re.match(rb"[+-]\d+(?:\.\d*)?", text)
        return float(found[0]) if found else math.nan


class _SampleReader:
    """Reads the signals at one rate, float32 (signals, samples): mV for voltages, NaN between records."""

    def __init__(self, records: _Records, signals: Sequence[EdfSignal], rate_hz: float) -> None:
        self._records, self._signals, self._rate_hz = records, signals, rate_hz
        self._per_record = max(1, round(records.header.record_s * rate_hz))
        self._firsts = np.rint(records.onsets_s * rate_hz).astype(np.int64)

    def __call__(self, start: int, end: int) -> FloatArray:
        found = np.full((len(self._signals), end - start), np.nan, np.float32)
        first = max(0, int(np.searchsorted(self._firsts, start, "right")) - 1)
        last = int(np.searchsorted(self._firsts, end, "left"))
        if last <= first:
            return found
        data = self._records.bytes_of(first, last)
        for row, signal in zip(found, self._signals, strict=True):
            steps = self._records.samples_of(signal, data)
            values = self._at_rate(self._scaled(signal, steps))
            for place, begins in enumerate(self._firsts[first:last]):
                left, right = max(begins, start), min(begins + self._per_record, end)
                if left < right:
                    row[left - start:right - start] = values[place, left - begins:right - begins]
        return found

    def _scaled(self, signal: EdfSignal, steps: NDArray[np.int32]) -> FloatArray:
        if math.isnan(signal.scale):
            return steps.astype(np.float32)
        factor = signal.mv_per_unit or 1.0
        return (steps * (signal.scale * factor) + signal.zero * factor).astype(np.float32)

    def _at_rate(self, values: FloatArray) -> FloatArray:
        """Each sample held until the next one, where a signal was sampled more slowly than the others."""
        n = values.shape[1]
        return values if n == self._per_record else values[:, np.arange(self._per_record) * n // self._per_record]


class _Marks(Sequence[Annotation]):
    """Annotations of EDF+, read on first use."""

    def __init__(self, records: _Records) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._marks)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        return self._marks[place]

    @cached_property
    def _marks(self) -> list[Annotation]:
        marks: list[Annotation] = []
        origin: float | None = None
        for text in self._records.mark_texts():
            for number, found in enumerate(_MARK.finditer(text)):
                onset = float(found[1])
                origin = onset if origin is None and not number else origin
                labels = [label.decode("utf-8", "replace") for label in found[3].split(b"\x14") if label]
                duration = float(found[2]) if found[2] and float(found[2]) else None
                start_s = onset - (origin or 0.0)
                marks += [Annotation(start_s, None if duration is None else start_s + duration, label)
                          for label in labels]
            if len(marks) > MAX_MARKS:
                break
        return marks[:MAX_MARKS]
