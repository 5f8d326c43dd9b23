"""Writes WFDB records and annotation files; kept here so that only this package knows the format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmae_core.errors import UnsupportedRecord
from mmae_core.record import STANDARD_LEADS, FloatArray

GAIN_PER_MV = 1000
"""PTB-XL's own: one step is a microvolt."""


@dataclass(frozen=True, order=True)
class LeadInterval:
    """A stretch of one lead."""

    start: int
    """First sample."""
    end: int
    """Sample after the last."""
    lead: int
    """Index of the signal."""
    label: str


def quantised(signal_mv: FloatArray) -> FloatArray:
    """The millivolts that come back when `signal_mv` is written and read: whole microvolts."""
    return np.asarray(np.round(signal_mv.astype(np.float64) * GAIN_PER_MV) / GAIN_PER_MV, np.float32)


def write_record(
    folder: Path, name: str, signal_mv: FloatArray, sampling_rate_hz: float, comments: Sequence[str] = ()
) -> None:
    """Write `name.hea` and `name.dat` (16 bit, 1 µV) from twelve leads (12, samples) in mV.

    Raises UnsupportedRecord if a value does not fit: 32.7 mV is the largest, and NaN is none.
    """
    import wfdb

    if not np.abs(signal_mv).max() < 32.0:
        raise UnsupportedRecord(f"{name} holds values beyond 32 mV or invalid ones; they cannot be written.")
    n_leads = len(STANDARD_LEADS)
    wfdb.wrsamp(
        name, fs=sampling_rate_hz, units=["mV"] * n_leads, sig_name=list(STANDARD_LEADS),
        p_signal=signal_mv.T.astype(np.float64), fmt=["16"] * n_leads, adc_gain=[GAIN_PER_MV] * n_leads,
        baseline=[0] * n_leads, comments=list(comments), write_dir=str(folder),
    )


def write_repeated(
    folder: Path, name: str, signal_mv: FloatArray, sampling_rate_hz: float, n_samples: int
) -> None:
    """Write `name.hea` and `name.dat` (16 bit, 1 µV): twelve leads (12, samples) in mV, repeated to `n_samples`.

    For recordings longer than memory: a stretch is written at a time. Raises UnsupportedRecord as `write_record`.
    """
    if signal_mv.shape[0] != len(STANDARD_LEADS) or not np.abs(signal_mv).max() < 32.0:
        raise UnsupportedRecord(f"{name} needs twelve leads with values within 32 mV.")
    steps = np.ascontiguousarray(np.round(signal_mv.T.astype(np.float64) * GAIN_PER_MV), "<i2")
    checksums = np.zeros(len(STANDARD_LEADS), np.int64)
    with (folder / f"{name}.dat").open("wb") as stream:
        for start in range(0, n_samples, len(steps)):
            stretch = steps[: n_samples - start]
            stretch.tofile(stream)
            checksums += stretch.sum(axis=0, dtype=np.int64)
    lines = [f"{name} {len(STANDARD_LEADS)} {sampling_rate_hz:g} {n_samples}"]
    for index, lead in enumerate(STANDARD_LEADS):
        checksum = int(checksums[index].astype(np.int16))
        lines.append(f"{name}.dat 16 {GAIN_PER_MV}/mV 16 0 {steps[0, index]} {checksum} 0 {lead}")
    (folder / f"{name}.hea").write_text("\n".join(lines) + "\n", encoding="ascii")


def write_intervals(
    folder: Path, name: str, extension: str, intervals: Sequence[LeadInterval], sampling_rate_hz: float,
    notes: Sequence[str] = (),
) -> None:
    """Write `name.extension`: `(` with the label as note where an interval begins, `)` at the sample after its end.

    Both carry the lead as `chan`. The file is in the order of time; where one interval ends and another begins at the
    same sample, the end comes first. `notes` are comments `"` at the second sample. Labels and
    notes hold at most 255 characters of Latin-1.
    """
    import wfdb

    # Readers take comments at sample 0 for definitions of the file and drop them.
    marks = [(1, -1, number, '"', note) for number, note in enumerate(notes)]
    marks += [(interval.end, 0, interval.lead, ")", "") for interval in intervals]
    marks += [(interval.start, 1, interval.lead, "(", interval.label) for interval in intervals]
    marks.sort()
    wfdb.wrann(
        name, extension, sample=np.array([mark[0] for mark in marks]), symbol=[mark[3] for mark in marks],
        chan=np.array([0 if mark[3] == '"' else mark[2] for mark in marks]), aux_note=[mark[4] for mark in marks],
        fs=sampling_rate_hz, write_dir=str(folder),
    )
