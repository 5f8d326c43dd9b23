"""Writes a recording as EDF+: 16-bit samples in data records, doubts and marks as annotations."""

from __future__ import annotations

import math
from datetime import date, datetime
from pathlib import Path

import numpy as np

from mmae_core.errors import UnsupportedRecord
from mmae_core.files import replacing
from mmae_core.messages import Message
from mmae_core.readers.make_record import COMPUTED
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.writers.sample_blocks import MAX_STEPS, left_out, ranges_mv, require_traces, steps_per_mv

SUFFIX = ".edf"
MAX_RECORD_BYTES = 61_440
"""The standard's limit on a data record."""
MAX_RATE_ERROR = 1e-6
"""Share by which the stored rate may differ from the recording's."""
MARK_BYTES = 240
"""For annotations in each data record."""
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def write(record: EcgRecord, path: Path, *, with_identity: bool = False) -> tuple[Message, ...]:
    """Write an EDF+C file. A last data record that is not full is filled up with its last values, which is said.

    Raises UnsupportedRecord if values are missing, which EDF cannot mark, or if its rate cannot be written.
    """
    require_traces(record)
    low, high, has_missing = ranges_mv(record)
    if has_missing:
        raise UnsupportedRecord(f"{record.name} has stretches without values, which EDF cannot mark. Write it as WFDB, "
                                "CSV or NPZ.")
    steps = steps_per_mv(low, high)
    n_per_record, duration = _data_record(record, len(steps))
    n_records = -(-record.n_samples // n_per_record)
    filled = n_records * n_per_record - record.n_samples
    notes = left_out(record)
    if filled:
        notes = (*notes, Message("The last {n:,} samples of the file fill up its last data record.", n=filled))
    texts = [f"Doubt: {doubt}" for doubt in record.doubts] + [str(note) for note in notes]
    texts += [f"{title}: {value}" for title, value in record.identity] if with_identity else []
    marks = [(0.0, text) for text in texts] + [(mark.start_s, mark.label) for mark in record.annotations]
    with replacing(path) as temporary, temporary.open("wb") as stream:
        stream.write(_header(record, steps, n_per_record, n_records, duration, with_identity=with_identity))
        for number in range(n_records):
            first = number * n_per_record
            block = record.read_traces(first, min(first + n_per_record, record.n_samples))
            stream.write(_samples(block, steps, n_per_record))
            stream.write(_marks(number * float(duration), marks))
    if record.age_years is not None:
        notes = (*notes, Message("EDF has no place for an age, only for a day of birth: the age is left out."))
    if marks:
        notes = (*notes, Message("{n:,} annotations found no room.", n=len(marks)))
    return notes


def _data_record(record: EcgRecord, n_traces: int) -> tuple[int, str]:
    """Samples of one trace in a data record, and its duration in seconds as the header writes it.

    A number that divides the whole recording is preferred.
    """
    rate_hz = record.sampling_rate_hz
    most = (MAX_RECORD_BYTES - MARK_BYTES) // (2 * n_traces)
    fitting = [n for n in range(1, min(most, record.n_samples) + 1) if _is_exact(n, rate_hz)]
    if not fitting:
        raise UnsupportedRecord(f"{record.name} has {rate_hz:.10g} samples a second, which EDF cannot state exactly.")
    whole = [n for n in fitting if record.n_samples % n == 0 and n >= rate_hz / 4]
    second = [n for n in fitting if n == round(rate_hz)]
    n = second[0] if second and second[0] in whole else whole[-1] if whole else second[0] if second else fitting[-1]
    return n, _duration(n, rate_hz)


def _duration(n: int, rate_hz: float) -> str:
    return f"{n / rate_hz:.8f}"[:8].rstrip("0").rstrip(".")


def _is_exact(n: int, rate_hz: float) -> bool:
    text = _duration(n, rate_hz)
    return bool(text) and float(text) > 0 and abs(n / float(text) / rate_hz - 1) < MAX_RATE_ERROR


def _header(
    record: EcgRecord, steps: FloatArray, n_per_record: int, n_records: int, duration: str, *, with_identity: bool
) -> bytes:
    n_signals = len(steps) + 1
    start = record.start_time if with_identity and isinstance(record.start_time, datetime) else None
    sex = {"male": "M", "female": "F", None: "X"}[record.sex]
    day = f"{start.day:02}-{_MONTHS[start.month - 1]}-{start.year}" if start else "X"
    shown = start or datetime(1985, 1, 1)
    clipped = shown if date(1985, 1, 1) <= shown.date() < date(2085, 1, 1) else datetime(1985, 1, 1)
    device = "_".join((record.device.model if record.device else "").split()) or "X"
    signals = [(name, "mV", -MAX_STEPS / step, MAX_STEPS / step, n_per_record) for name, step in
               zip(record.trace_names, steps.tolist(), strict=True)]
    fields: list[tuple[int, list[str]]] = [
        (16, [*(name for name, *_ in signals), "EDF Annotations"]),
        (80, [*(COMPUTED if name in record.derived_leads else "" for name, *_ in signals), ""]),
        (8, [*(unit for _, unit, *_ in signals), ""]),
        (8, [*(_figure(low) for _, _, low, _, _ in signals), "-1"]),
        (8, [*(_figure(high) for _, _, _, high, _ in signals), "1"]),
        (8, [*[str(-MAX_STEPS)] * len(signals), "-32768"]), (8, [*[str(MAX_STEPS)] * len(signals), "32767"]),
        (80, [""] * n_signals), (8, [*[str(n_per_record)] * len(signals), str(MARK_BYTES // 2)]),
        (32, [""] * n_signals),
    ]
    parts = [
        "0".ljust(8), f"X {sex} X X".ljust(80), f"Startdate {day} X X {device}"[:80].ljust(80),
        f"{clipped:%d.%m.%y}", f"{clipped:%H.%M.%S}", str(256 * (n_signals + 1)).ljust(8), "EDF+C".ljust(44),
        str(n_records).ljust(8), duration.ljust(8), str(n_signals).ljust(4),
        *(text[:width].ljust(width) for width, texts in fields for text in texts),
    ]
    return "".join(parts).encode("ascii", "replace")


def _figure(value: float) -> str:
    """A number in the eight characters that the header has for it."""
    return next(text for digits in range(8, 0, -1) if len(text := f"{value:.{digits}g}") <= 8)


def _samples(block: FloatArray, steps: FloatArray, n_per_record: int) -> bytes:
    """One data record's samples, trace after trace."""
    scaled = np.empty((len(steps), n_per_record), np.float64)
    for row, (trace, step) in enumerate(zip(block, steps.tolist(), strict=True)):
        # The reader scales by the range as the header writes it, which may be rounded.
        written = float(_figure(MAX_STEPS / step)) / MAX_STEPS
        scaled[row, :block.shape[1]] = trace / written
    scaled[:, block.shape[1]:] = scaled[:, block.shape[1] - 1:block.shape[1]]
    return np.clip(np.round(scaled), -MAX_STEPS, MAX_STEPS).astype("<i2").tobytes()


def _marks(start_s: float, marks: list[tuple[float, str]]) -> bytes:
    """The annotation part of a data record: its start, then as many of `marks` as fit; these are removed."""
    text = f"+{_time(start_s)}\x14\x14\0".encode()
    while marks:
        at, label = marks[0]
        mark = f"{'+' if at >= 0 else '-'}{_time(abs(at))}\x14{' '.join(label.split())}\x14\0".encode()
        if len(mark) > MARK_BYTES - 32:
            mark = mark[:MARK_BYTES - 40].decode("utf-8", "ignore").encode() + b"\x14\0"
        if len(text) + len(mark) > MARK_BYTES:
            break
        text += mark
        marks.pop(0)
    return text.ljust(MARK_BYTES, b"\0")


def _time(seconds: float) -> str:
    return f"{seconds:.6f}".rstrip("0").rstrip(".") if math.isfinite(seconds) else "0"
