"""The header of EDF, EDF+ and BDF files: plain characters in fields of fixed width."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time

from mmae_core.errors import UnreadableRecord
from mmae_core.messages import Message
from mmae_core.readers.limits import MAX_CHANNELS
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.voltage_units import voltage_factor

MAX_PER_RECORD = 10_000_000
"""Samples of one signal in one data record at most."""
MAX_FULL_SCALE = 1e12
"""Of a signal, in its own unit; a header that states more is damaged."""
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_FIELDS = (("label", 16), ("transducer", 80), ("unit", 8), ("low", 8), ("high", 8), ("digital_low", 8),
           ("digital_high", 8), ("filters", 80), ("n_per_record", 8), ("reserved", 32))
"""Fields that the header lists for every signal, with their widths."""


@dataclass(frozen=True)
class EdfSignal:
    """What the header states about one signal."""

    label: str
    transducer: str
    unit: str
    filters: str
    n_per_record: int
    offset: int
    """Bytes before it in each data record."""
    scale: float
    """Units for one step; NaN if the header states no range."""
    zero: float
    """Value, in units, of step 0."""

    @property
    def is_annotation(self) -> bool:
        return self.label in {"EDF Annotations", "BDF Annotations"}

    @property
    def mv_per_unit(self) -> float | None:
        """None if the unit is not a voltage or the header states no range."""
        return None if math.isnan(self.scale) else voltage_factor(self.unit)


@dataclass(frozen=True)
class EdfHeader:
    """What the header states."""

    format_name: str
    patient: str
    recording: str
    start_time: datetime | None
    start_time_note: Message | None
    is_interrupted: bool
    n_bytes: int
    n_records: int
    """-1 if the writer did not finish the file."""
    record_s: float
    record_bytes: int
    sample_bytes: int
    signals: tuple[EdfSignal, ...]
    doubts: tuple[Message, ...]


def read_header(file: RecordingFile) -> EdfHeader:
    """Raises UnreadableRecord with the field that makes no sense."""
    head = file.head[:256].decode("latin-1")
    sample_bytes = 3 if head.startswith("\xff") else 2
    n_signals = _whole(file, head[252:256], "number of signals")
    if not 0 < n_signals <= MAX_CHANNELS:
        raise UnreadableRecord(f"{file.name} states {n_signals} signals; 1 to {MAX_CHANNELS} are read.")
    n_bytes = 256 * (n_signals + 1)
    stated = _whole(file, head[184:192], "length of its header")
    if stated != n_bytes:
        raise UnreadableRecord(
            f"{file.name} states a header of {stated} bytes; with {n_signals} signals it has {n_bytes}.")
    text = file.read_at(0, n_bytes).decode("latin-1")[256:]
    fields: dict[str, list[str]] = {}
    for name, width in _FIELDS:
        fields[name] = [text[place * width:(place + 1) * width].strip() for place in range(n_signals)]
        text = text[width * n_signals:]
    record_s = _number(file, head[244:252], "duration of a data record")
    signals, offset, doubts = [], 0, []
    for place in range(n_signals):
        signal = _signal(file, {name: values[place] for name, values in fields.items()}, offset)
        signals.append(signal)
        offset += signal.n_per_record * sample_bytes
        if math.isnan(signal.scale) and not signal.is_annotation:
            doubts.append(Message("{channel} has no stated range: its values are the converter's steps.",
                                  channel=signal.label))
    if not record_s > 0 and any(not signal.is_annotation for signal in signals):
        raise UnreadableRecord(f"{file.name} states data records of {record_s:g} s, so its sampling rate is not known.")
    reserved, kind = head[192:236], "EDF" if sample_bytes == 2 else "BDF"
    is_plus = reserved.startswith((f"{kind}+C", f"{kind}+D"))
    start_time, note = _start_time(head, is_plus)
    return EdfHeader(
        reserved[:5] if is_plus else kind, head[8:88].strip(), head[88:168].strip(), start_time, note,
        reserved.startswith(f"{kind}+D"), n_bytes, _whole(file, head[236:244], "number of data records"),
        record_s or 1.0, offset, sample_bytes, tuple(signals), tuple(doubts),
    )


def _signal(file: RecordingFile, fields: dict[str, str], offset: int) -> EdfSignal:
    n_per_record = _whole(file, fields["n_per_record"], f"number of samples of {fields['label']}")
    if not 0 < n_per_record <= MAX_PER_RECORD:
        raise UnreadableRecord(f"{file.name} states {n_per_record} samples of {fields['label']} in each data record.")
    try:
        low, high, digital_low, digital_high = (
            float(fields[name]) for name in ("low", "high", "digital_low", "digital_high"))
    except ValueError:
        low = high = digital_low = digital_high = 0.0
    scale, zero = math.nan, math.nan
    if all(map(math.isfinite, (low, high, digital_low, digital_high))) and low != high and digital_low != digital_high:
        scale = (high - low) / (digital_high - digital_low)
        zero = low - digital_low * scale
        if abs(scale) * max(abs(digital_low), abs(digital_high)) > MAX_FULL_SCALE or abs(zero) > MAX_FULL_SCALE:
            raise UnreadableRecord(f"{file.name} states a range of {low:g} to {high:g} for {fields['label']}.")
    return EdfSignal(fields["label"], fields["transducer"], _unit(fields["unit"]), fields["filters"], n_per_record,
                     offset, scale, zero)


def _unit(text: str) -> str:
    """A unit's name; its micro sign may be Latin-1 or UTF-8."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text


def _whole(file: RecordingFile, text: str, what: str) -> int:
    number = _number(file, text, what)
    if number != int(number):
        raise UnreadableRecord(f"{file.name} states {text.strip()!r} as the {what}; a whole number is expected.")
    return int(number)


def _number(file: RecordingFile, text: str, what: str) -> float:
    try:
        number = float(text.strip("\x00 "))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UnreadableRecord(f"{file.name} states {text.strip()!r} as the {what}; a number is expected.")
    return number


def _start_time(head: str, is_plus: bool) -> tuple[datetime | None, Message | None]:
    """Start of the recording, and what is doubtful about it."""
    day = _date(head[168:176])
    exact = re.match(r"Startdate (\d\d)-([A-Z]{3})-(\d{4})", head[88:168]) if is_plus else None
    if exact and exact[2] in MONTHS:
        day = valid_date(int(exact[3]), MONTHS.index(exact[2]) + 1, int(exact[1])) or day
    elif is_plus and head[88:168].startswith("Startdate X"):
        return None, Message("The date was removed.")
    clock = re.fullmatch(r"(\d\d)[.:](\d\d)[.:](\d\d)", head[176:184].strip())
    if day is None or clock is None:
        return None, Message("The file states no valid date and time.")
    try:
        hour, minute, second = map(int, clock.groups())
        start = datetime.combine(day, time(hour, minute, second))
    except ValueError:
        return None, Message("The file states no valid date and time.")
    if (day.year, day.month, day.day) == (1985, 1, 1):
        return None, Message("The date was removed.")
    return start, None


def _date(text: str) -> date | None:
    """`dd.mm.yy`; years from 85 on belong to the last century."""
    found = re.fullmatch(r"(\d\d)[./-](\d\d)[./-](\d\d)", text.strip())
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    return valid_date(year + (1900 if year >= 85 else 2000), month, day)


def valid_date(year: int, month: int, day: int) -> date | None:
    """None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
