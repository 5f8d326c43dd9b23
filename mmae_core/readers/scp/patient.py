"""Section 1 of SCP-ECG: person, device, filters, date and time of the recording (EN 1064, 5.4)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from mmae_core.messages import Message
from mmae_core.readers.scp.sections import SectionBody

MAX_FIELDS = 1_000
MAX_TEXT = 2_000

_END = 255
_AGE_YEARS = {1: 1.0, 2: 1 / 12, 3: 7 / 365.25, 4: 1 / 365.25, 5: 1 / 8766}
_MANUFACTURERS = (
    "", "Burdick", "Cambridge", "Compumed", "Datamed", "Fukuda", "Hewlett-Packard", "Marquette Electronics",
    "Mortara Instruments", "Nihon Kohden", "Okin", "Quinton", "Siemens", "Spacelabs", "Telemed", "Hellige", "ESAOTE",
    "Schiller", "Picker-Schwarzer", "ELETTRONICA-TRENTINA", "Zwönitz",
)
_ENCODINGS = {
    0x01: "latin-1", 0x03: "iso8859_2", 0x0B: "iso8859_4", 0x13: "iso8859_5", 0x1B: "iso8859_6", 0x23: "iso8859_7",
    0x2B: "iso8859_8", 0x33: "iso8859_11", 0x3B: "iso8859_15", 0x07: "utf_16_le", 0x0F: "shift_jis", 0x17: "euc_jp",
    0x1F: "euc_jp", 0x27: "gb18030", 0x2F: "euc_kr",
}
"""Python's name of each language support code."""
_FILTER_BITS = ((0, "notch 60 Hz"), (1, "notch 50 Hz"), (2, "artefact filter"), (3, "baseline filter"))
_IDENTITY = (
    ("Last name", 0), ("First name", 1), ("Second last name", 3), ("Patient ID", 2), ("Acquiring institution", 16),
    ("Analysing institution", 17), ("Acquiring department", 18), ("Referring physician", 20),
    ("Confirming physician", 21), ("Technician", 22), ("Room", 23), ("Sequence number", 31),
)
_COMMENTS = (13, 30, 35)
"""Indication, remarks and history in free text."""


@dataclass(frozen=True)
class PatientSection:
    """What section 1 says."""

    manufacturer: str
    model: str
    encoding: str
    """Of all texts in the file."""
    filters: tuple[str, ...]
    start_time: datetime | time | None
    start_time_note: Message | None
    age_years: float | None
    sex: Literal["male", "female"] | None
    identity: tuple[tuple[str, str], ...]
    comments: tuple[str, ...]
    doubts: tuple[Message, ...]


def read_patient(section: SectionBody | None) -> PatientSection:
    """Read section 1, or what of it can be read; without one nothing is known."""
    fields, doubts = _fields(section)
    device = next(iter(fields.get(14, ())), b"")
    encoding = _encoding(device)
    texts = {tag: [decoded(value, encoding) for value in values] for tag, values in fields.items()}
    manufacturer, model = _maker(device, encoding)
    day, start_time = _day(fields, 25), _time(fields)
    born = _day(fields, 5)
    age = _age(fields)
    if age is None and born is not None and day is not None and born <= day:
        age = (day - born).days / 365.25
    identity = [(title, text) for title, tag in _IDENTITY for text in texts.get(tag, ()) if text]
    if born is not None:
        identity.append(("Date of birth", born.isoformat()))
    return PatientSection(
        manufacturer=manufacturer, model=model, encoding=encoding, filters=_filters(fields),
        start_time=datetime.combine(day, start_time or time()) if day is not None else start_time,
        start_time_note=_time_note(fields, day, start_time),
        age_years=age, sex=_sex(fields), identity=tuple(identity),
        comments=tuple(text for tag in _COMMENTS for text in texts.get(tag, ()) if text), doubts=doubts,
    )


def decoded(raw: bytes, encoding: str) -> str:
    """A text up to its final zero, on one line. Bytes without meaning become the replacement sign."""
    if encoding == "utf_16_le":
        text = raw[: len(raw) // 2 * 2].decode(encoding, errors="replace")
    elif encoding:
        text = raw.decode(encoding, errors="replace")
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    return " ".join(text.split("\0", 1)[0].split())[:MAX_TEXT]


def _fields(section: SectionBody | None) -> tuple[dict[int, list[bytes]], tuple[Message, ...]]:
    """The values of each tag, in order."""
    fields: dict[int, list[bytes]] = {}
    data = b"" if section is None else section.data
    offset = 0
    for _ in range(MAX_FIELDS):
        if offset + 3 > len(data) or data[offset] == _END:
            return fields, ()
        tag, length = struct.unpack_from("<BH", data, offset)
        if offset + 3 + length > len(data):
            return fields, (Message("The data of person and device are cut off; what follows is not known."),)
        fields.setdefault(tag, []).append(data[offset + 3 : offset + 3 + length])
        offset += 3 + length
    return fields, ()


def _first(fields: dict[int, list[bytes]], tag: int, layout: str) -> tuple[int, ...] | None:
    value = next(iter(fields.get(tag, ())), b"")
    return struct.unpack_from("<" + layout, value) if len(value) >= struct.calcsize("<" + layout) else None


def _encoding(device: bytes) -> str:
    """Of the file's texts, by the language support code; empty when it says ASCII or nothing."""
    return _ENCODINGS.get(device[16], "") if len(device) > 16 else ""


def _maker(device: bytes, encoding: str) -> tuple[str, str]:
    """Manufacturer and model. A manufacturer without code is the last of five texts."""
    if len(device) < 14:
        return "", ""
    code = device[7]
    name = _MANUFACTURERS[code] if code < len(_MANUFACTURERS) else ""
    texts = [decoded(text, encoding) for text in device[36:].split(b"\0")]
    if not name and len(texts) > 4:
        name = texts[4]
    return name, decoded(device[8:14], encoding)


def _filters(fields: dict[int, list[bytes]]) -> tuple[str, ...]:
    filters = []
    high_pass, low_pass, bits = _first(fields, 27, "H"), _first(fields, 28, "H"), _first(fields, 29, "B")
    if high_pass and high_pass[0]:
        filters.append(f"high-pass {high_pass[0] / 100:g} Hz")
    if low_pass and low_pass[0]:
        filters.append(f"low-pass {low_pass[0]} Hz")
    if bits:
        filters += [words for bit, words in _FILTER_BITS if bits[0] >> bit & 1]
    return tuple(filters)


def _day(fields: dict[int, list[bytes]], tag: int) -> date | None:
    found = _first(fields, tag, "HBB")
    try:
        return None if found is None else date(found[0], found[1], found[2])
    except ValueError:
        return None


def _time(fields: dict[int, list[bytes]]) -> time | None:
    found = _first(fields, 26, "BBB")
    try:
        return None if found is None else time(found[0], found[1], found[2])
    except ValueError:
        return None


def _time_note(fields: dict[int, list[bytes]], day: date | None, start_time: time | None) -> Message | None:
    if day is not None and start_time is None:
        return Message("The file states the day of the recording and no time.")
    if day is None and start_time is not None:
        return Message("The file states the time of the recording and no day.")
    if day is None and (25 in fields or 26 in fields):
        return Message("The file states an impossible date.")
    zone = _first(fields, 34, "h")
    if zone is not None and abs(zone[0]) <= 14 * 60:
        sign = "-" if zone[0] < 0 else "+"
        return Message("The time is local time, UTC{offset}.",
                       offset=f"{sign}{abs(zone[0]) // 60:02d}:{abs(zone[0]) % 60:02d}")
    return None


def _age(fields: dict[int, list[bytes]]) -> float | None:
    found = _first(fields, 4, "HB")
    if found is None or found[1] not in _AGE_YEARS or not found[0]:
        return None
    years = found[0] * _AGE_YEARS[found[1]]
    return years if years < 130 else None


def _sex(fields: dict[int, list[bytes]]) -> Literal["male", "female"] | None:
    found = _first(fields, 8, "B")
    return None if found is None else "male" if found[0] == 1 else "female" if found[0] == 2 else None
