"""Writes a recording as WFDB: a header and one signal file of 16 bits, missing values marked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np

from mmae_core.errors import UnsupportedRecord
from mmae_core.files import replacing
from mmae_core.messages import Message
from mmae_core.readers.make_record import computed_text
from mmae_core.record import EcgRecord
from mmae_core.writers.sample_blocks import blocks, left_out, ranges_mv, require_traces, steps_per_mv

SUFFIX = ".hea"
BESIDE = (".dat",)
OLDEST_NAMED_AGE = 89
MISSING = -32_768
"""Step that marks a missing value in format 16."""


def write(record: EcgRecord, path: Path, *, with_identity: bool = False) -> tuple[Message, ...]:
    """Write `path` (a header) and the signal file beside it.

    Raises UnsupportedRecord if nothing is in volts, or the name is none that WFDB allows.
    """
    require_traces(record)
    name = path.stem
    if not name.isascii() or not name.replace("_", "").replace("-", "").isalnum():
        raise UnsupportedRecord(f"WFDB names records with letters, digits, `-` and `_` only; {name} has others.")
    low, high, _ = ranges_mv(record)
    steps = steps_per_mv(low, high)
    checksums, firsts = np.zeros(len(steps), np.int64), np.zeros(len(steps), np.int64)
    data_path = path.with_suffix(".dat")
    with replacing(data_path) as temporary, temporary.open("wb") as stream:
        for number, block in enumerate(blocks(record)):
            scaled = np.round(block.astype(np.float64) * steps[:, None])
            values = np.where(np.isfinite(scaled), scaled, MISSING).astype("<i2")
            firsts = values[:, 0].astype(np.int64) if number == 0 else firsts
            checksums += values.sum(axis=1, dtype=np.int64)
            np.ascontiguousarray(values.T).tofile(stream)
    start = ""
    if with_identity and record.start_time is not None:
        is_dated = isinstance(record.start_time, datetime)
        start = f" {record.start_time:%H:%M:%S}" + (f" {record.start_time:%d/%m/%Y}" if is_dated else "")
    lines = [f"{name} {len(steps)} {record.sampling_rate_hz:.10g} {record.n_samples}{start}"]
    for place, lead in enumerate(record.trace_names):
        checksum = int(checksums[place].astype(np.int16))
        lines.append(f"{data_path.name} 16 {steps[place]:g}(0)/mV 16 0 {firsts[place]} {checksum} 0 {lead}")
    lines += [f"# {text}" for text in comments(record, with_identity=with_identity)]
    with replacing(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return left_out(record)


def comments(record: EcgRecord, *, with_identity: bool) -> list[str]:
    """What a text header says besides the signals: age, sex, doubts; the person only if asked."""
    lines = [] if record.age_years is None else [f"Age: {_age(record.age_years, with_identity=with_identity)}"]
    lines += [] if record.sex is None else [f"Sex: {record.sex.capitalize()}"]
    lines += [computed_text(record)] if record.derived_leads else []
    lines += [f"Doubt: {doubt}" for doubt in record.doubts]
    if with_identity:
        lines += [f"{title}: {value}" for title, value in record.identity]
    return [" ".join(line.split()) for line in lines]


def _age(years: float, *, with_identity: bool) -> str:
    """Whole years, hundredths for the youngest; ages beyond 89 identify."""
    if years > OLDEST_NAMED_AGE and not with_identity:
        return f">{OLDEST_NAMED_AGE}"
    return f"{int(100 * years + 1e-6) / 100:.2f}" if years < 2 else str(int(years))
