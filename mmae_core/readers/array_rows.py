"""Recordings from an array of the published benchmark: row 17 of `benchmark_data.npy` is `benchmark_data.npy/17`.

What the arrays hold, and their label files, is described in `mmae_core.readers.mcf_arrays`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError, UnreadableRecord
from mmae_core.readers.make_record import FileSource, ReadChannel, make_record
from mmae_core.readers.mcf_arrays import LOCALIZATION_FILES, MAX_MV, N_SAMPLES, RATE_HZ, open_labels, open_rows
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

SUFFIX = ".npy"
SUFFIXES = (SUFFIX,)
FORMAT = "NumPy array"
MAGIC = b"\x93NUMPY"
SLOW_HZ = 0.5
MAX_SLOW_SHARE = 0.0035
"""Share of a lead's power below `SLOW_HZ` that the published filter (1-25 Hz) leaves at most, in the median lead: of
240 records of PTB-XL none kept more than 0.0023 of it, and none of them unfiltered has less than 0.005."""


def claims(file: RecordingFile) -> bool:
    """Whether it is an array."""
    return file.path is not None and file.head.startswith(MAGIC)


def recordings(file: RecordingFile) -> tuple[str, ...]:
    """The numbers of its rows. Raises UnreadableRecord if it is not an array of recordings."""
    return tuple(map(str, range(len(_rows(file)))))


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Open a row. Rows that have not passed the benchmark's filter, as their slow part shows, are recordings like
    others.

    Raises UnreadableRecord if there is no such row, or the array is none of 10-s recordings in mV.
    """
    rows = _rows(file)
    row = int(part or 0)
    raw = np.array(rows[row])  # copied: the file may be cut short while it is open
    signal = raw.T.astype(np.float32)
    largest = float(np.abs(signal).max())
    if not largest <= MAX_MV:
        raise UnreadableRecord(
            f"Recording {row} of {file.name} reaches {largest:g}; filtered ECGs in mV are numbers below {MAX_MV:g}. "
            "The array is probably in µV or in converter steps."
        )
    record = make_record(
        file, format_name=FORMAT, rate_hz=RATE_HZ, n_samples=N_SAMPLES, part=str(row),
        channels=[ReadChannel(lead, "mV", lead=lead) for lead in STANDARD_LEADS],
        read=lambda start, end: signal[:, start:end].copy(), is_filtered=looks_filtered(signal),
    )
    assert isinstance(record.source, FileSource)

    def digest(should_stop: Callable[[], bool]) -> str:
        return hashlib.sha256(np.ascontiguousarray(raw).tobytes()).hexdigest()  # as the file holds the values

    return replace(record, source=replace(record.source, digest_part=digest))


def _rows(file: RecordingFile) -> NDArray[Any]:
    assert file.path is not None
    try:
        return open_rows(file.path)
    except DatasetError as error:
        raise UnreadableRecord(str(error)) from error


def looks_filtered(signal: NDArray[np.floating[Any]]) -> bool:
    """Whether (leads, samples) at `RATE_HZ`, in any unit, have lost their slow part, as the benchmark's arrays have."""
    centred = signal.astype(np.float64) - signal.mean(axis=1, keepdims=True)
    power = np.square(np.abs(np.fft.rfft(centred * np.hanning(centred.shape[1]), axis=1)))
    slow = np.fft.rfftfreq(centred.shape[1], 1 / RATE_HZ) < SLOW_HZ
    total = power.sum(axis=1)
    shares = power[:, slow].sum(axis=1)[total > 0] / total[total > 0]
    return len(shares) == 0 or float(np.median(shares)) <= MAX_SLOW_SHARE


def label_mask(source: Source) -> NDArray[np.bool_] | None:
    """(12, 5000) the points labelled abnormal in a row of `benchmark_data.npy`; None without a label array beside it.

    Raises DatasetError if the label array is damaged or of other recordings.
    """
    data_name, label_name = LOCALIZATION_FILES
    if not isinstance(source, FileSource) or source.format != FORMAT or source.paths[0].name != data_name:
        return None
    row = int(source.part)
    file = source.paths[0].with_name(label_name)
    if not file.is_file():
        return None
    labels = open_labels(file)
    if row >= len(labels):
        raise DatasetError(
            f"{label_name} labels {len(labels)} recordings, and this is number {row} of {data_name}; they are "
            "not of the same set."
        )
    return np.ascontiguousarray(labels[row].T != 0)
