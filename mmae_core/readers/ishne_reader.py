"""ISHNE Holter recordings: a header of fixed fields, then interleaved 16-bit samples.

Written from the published description (Badilini 1998, ISHNE Holter Standard Output File Format 1.0).
"""

from __future__ import annotations

import binascii
import struct
from datetime import date, datetime, time
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord
from mmae_core.messages import Message
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import Device, EcgRecord, FloatArray, StoredSignal

FORMAT = "ISHNE"
SUFFIXES = (".ecg", ".ish")
MAGIC = b"ISHNE1.0"
MAX_LEADS = 12
LEAD_FAULT = -32768
"""Step that marks an electrode without contact."""
LEADS = ("", "bipolar", "X", "Y", "Z", "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "ES",
         "AS", "AI")
"""Names by the standard's code; 0 is unknown."""
QUALITY = {2: "intermittent noise", 3: "frequent noise", 4: "intermittent disconnection", 5: "frequent disconnection"}
"""What the header may state about a lead, by code; 0 is unknown and 1 is good."""

_FIXED_BYTES = 522
_MAX_NOTE_BYTES = 1 << 20


def claims(file: RecordingFile) -> bool:
    """Whether the file begins like an ISHNE recording."""
    return file.head[:8] == MAGIC and len(file.head) >= _FIXED_BYTES


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Open a recording; samples stay on disk until they are asked for.

    Raises UnreadableRecord if the header makes no sense or there are no samples.
    """
    if not claims(file):
        raise UnreadableRecord(f"{file.name} does not begin like an ISHNE recording: `ISHNE1.0` and a header of "
                               f"{_FIXED_BYTES} bytes are expected.")
    head = file.head[:_FIXED_BYTES]
    note_bytes, n_stated, _, first_byte = struct.unpack_from("<4i", head, 10)
    n_leads, = struct.unpack_from("<h", head, 156)
    rate_hz, = struct.unpack_from("<h", head, 272)
    codes = struct.unpack_from("<12h", head, 158)[:max(n_leads, 0)]
    qualities = struct.unpack_from("<12h", head, 182)[:max(n_leads, 0)]
    steps_nv = struct.unpack_from("<12h", head, 206)[:max(n_leads, 0)]
    if not 0 < n_leads <= MAX_LEADS:
        raise UnreadableRecord(f"{file.name} states {n_leads} leads; an ISHNE recording has 1 to {MAX_LEADS}.")
    if rate_hz <= 0:
        raise UnreadableRecord(f"{file.name} states a sampling rate of {rate_hz} Hz.")
    if not _FIXED_BYTES <= first_byte <= file.size:
        raise UnreadableRecord(f"{file.name} states that its samples begin at byte {first_byte}, outside the file.")
    present = (file.size - first_byte) // (2 * n_leads)
    if not present:
        raise UnreadableRecord(f"{file.name} holds a header but no samples.")
    n_samples, doubts = _count(n_stated, present, n_leads)
    if not _is_sound(file, head, note_bytes):
        doubts.append(Message("The header's checksum does not match: a value in it may be damaged."))
    channels = []
    for place, (code, step_nv) in enumerate(zip(codes, steps_nv, strict=True)):
        name = LEADS[code] if 0 < code < len(LEADS) else f"channel {place + 1}"
        if step_nv <= 0:
            doubts.append(Message("{channel} has no stated resolution: its values are the converter's steps.",
                                  channel=name))
        unit, steps_per_unit = ("mV", 1e6 / step_nv) if step_nv > 0 else ("steps", 0.0)
        channels.append(ReadChannel(name, unit, stored=StoredSignal(name, unit, steps_per_unit, rate_hz, "16 bit")))
    start_time, start_note = _start_time(head)
    age_years, sex = _person(head, start_time)
    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=float(rate_hz),
        n_samples=n_samples,
        channels=channels,
        read=_SampleReader(file, first_byte, np.array([step * 1e-6 if step > 0 else 1.0 for step in steps_nv])),
        start_time=start_time,
        start_time_note=start_note,
        doubts=doubts,
        device=_device(head, channels, qualities),
        age_years=age_years,
        sex=sex,
        identity=tuple((name, text) for name, text in (
            ("Patient", f"{_text(head, 28, 40)} {_text(head, 68, 40)}".strip()), ("Patient ID", _text(head, 108, 20)),
        ) if text),
        comments=_note(file, note_bytes),
    )


def _count(stated: int, present: int, n_leads: int) -> tuple[int, list[Message]]:
    """Samples of each lead, and what is doubtful about the number. Some recorders state the sum over all leads."""
    if stated in {present, present * n_leads} or stated <= 0:
        return present, []
    if stated < present:
        return stated, [Message("The file holds {present:,} samples of each lead and its header states {stated:,}: the "
                                "others are not shown.", present=present, stated=stated)]
    return present, [Message("The header states {stated:,} samples of each lead and the file holds {present:,}: it is "
                             "cut off.", stated=stated, present=present)]


def _is_sound(file: RecordingFile, head: bytes, note_bytes: int) -> bool:
    """Whether the checksum (CRC-16 of the ITU, over the header from byte 10 on) is right; 0 means none was written."""
    stated, = struct.unpack_from("<H", head, 8)
    if stated == 0:
        return True
    if not 0 <= note_bytes <= min(_MAX_NOTE_BYTES, file.size - _FIXED_BYTES):
        return False
    return bool(stated == binascii.crc_hqx(file.read_at(10, _FIXED_BYTES - 10 + note_bytes), 0xFFFF))


def _text(head: bytes, start: int, width: int) -> str:
    return head[start:start + width].split(b"\0")[0].decode("latin-1").strip()


def _note(file: RecordingFile, note_bytes: int) -> tuple[str, ...]:
    """The recorder's free text."""
    if not 0 < note_bytes <= min(_MAX_NOTE_BYTES, file.size - _FIXED_BYTES):
        return ()
    text = file.read_at(_FIXED_BYTES, note_bytes).split(b"\0")[0].decode("latin-1").strip()
    return (text,) if text else ()


def _day(head: bytes, start: int) -> date | None:
    day, month, year = struct.unpack_from("<3h", head, start)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _start_time(head: bytes) -> tuple[datetime | None, Message | None]:
    day = _day(head, 138)
    try:
        clock = time(*struct.unpack_from("<3h", head, 150))
    except ValueError:
        clock = None
    if day is None or clock is None:
        return None, Message("The file states no valid date and time.")
    return datetime.combine(day, clock), None


def _person(head: bytes, start: datetime | None) -> tuple[float | None, Literal["male", "female"] | None]:
    code, = struct.unpack_from("<h", head, 128)
    sex: Literal["male", "female"] | None = "male" if code == 1 else "female" if code == 2 else None
    born = _day(head, 132)
    if born is None or start is None:
        return None, sex
    age = (start.date() - born).days / 365.25
    return (age if 0 <= age < 130 else None), sex


def _device(head: bytes, channels: list[ReadChannel], qualities: tuple[int, ...]) -> Device:
    pacemaker, = struct.unpack_from("<h", head, 230)
    statements = [f"{channel.name}: {QUALITY[code]}" for channel, code in zip(channels, qualities, strict=True)
                  if code in QUALITY]
    return Device(manufacturer="", model=_text(head, 232, 40),
                  statements=(*statements, *(("The patient has a pacemaker",) if pacemaker > 0 else ())))


class _SampleReader:
    """Reads all leads, float32 (leads, samples) in mV, NaN where an electrode had no contact."""

    def __init__(self, file: RecordingFile, first_byte: int, mv_per_step: NDArray[np.float64]) -> None:
        self._file, self._first_byte, self._mv_per_step = file, first_byte, mv_per_step

    def __call__(self, start: int, end: int) -> FloatArray:
        n_leads = len(self._mv_per_step)
        data = self._file.read_at(self._first_byte + start * n_leads * 2, (end - start) * n_leads * 2)
        steps = np.frombuffer(data, "<i2").reshape(-1, n_leads).T
        signal = (steps * self._mv_per_step[:, None]).astype(np.float32)
        signal[steps == LEAD_FAULT] = np.nan
        return signal
