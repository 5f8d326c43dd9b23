"""Recordings from an array of the published benchmark: row 17 of `benchmark_data.npy` is `benchmark_data.npy/17`.

What the arrays hold, and their label files, is described in `mmae_core.readers.mcf_arrays`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError, UnreadableRecord
from mmae_core.readers.mcf_arrays import LOCALIZATION_FILES, MAX_MV, N_SAMPLES, RATE_HZ, open_labels, open_rows
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray, Source

SUFFIX = ".npy"
FORMAT = "NumPy array"
SLOW_HZ = 0.5
MAX_SLOW_SHARE = 0.0035
"""Share of a lead's power below `SLOW_HZ` that the published filter (1-25 Hz) leaves at most, in the median lead: of
240 records of PTB-XL none kept more than 0.0023 of it, and none of them unfiltered has less than 0.005."""


@dataclass(frozen=True)
class RowSource(Source):
    """One row of an array of recordings."""

    row: int = 0

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the row's own values as the file holds them, so that two rows are two recordings."""
        return hashlib.sha256(np.ascontiguousarray(open_rows(self.paths[0])[self.row]).tobytes()).hexdigest()


def claims(path: Path) -> bool:
    """Whether `path` names an array, or a row of one."""
    if path.suffix.lower() == SUFFIX:
        return path.is_file()
    return path.parent.suffix.lower() == SUFFIX and path.name.isdecimal() and path.parent.is_file()


def read(path: Path) -> EcgRecord:
    """Open a row; a file of one row may be named without it. Rows that have not passed the benchmark's filter, as their
    slow part shows, are recordings like others.

    Raises UnreadableRecord if there is no such row, or the array is none of 10-s recordings in mV.
    """
    file, row = (path, None) if path.suffix.lower() == SUFFIX else (path.parent, int(path.name))
    try:
        rows = open_rows(file)
    except DatasetError as error:
        raise UnreadableRecord(str(error)) from error
    if row is None and len(rows) > 1:
        raise UnreadableRecord(f"{file.name} holds {len(rows)} recordings; name one of them, as in {file.name}/0.")
    row = row or 0
    if row >= len(rows):
        raise UnreadableRecord(f"{file.name} holds {len(rows)} recordings, 0 to {len(rows) - 1}; there is no {row}.")

    largest = float(np.abs(rows[row]).max())
    if not largest <= MAX_MV:
        raise UnreadableRecord(
            f"Recording {row} of {file.name} reaches {largest:g}; filtered ECGs in mV are numbers below {MAX_MV:g}. "
            "The array is probably in µV or in converter steps."
        )

    def read_leads(start: int, end: int) -> FloatArray:
        return np.ascontiguousarray(rows[row, start:end].T, np.float32)

    return EcgRecord(
        name=f"{file.stem} {row}", sampling_rate_hz=RATE_HZ, n_samples=N_SAMPLES, lead_names=STANDARD_LEADS,
        source=RowSource((file,), FORMAT, row), read_leads=read_leads, is_filtered=looks_filtered(rows[row].T),
    )


def looks_filtered(signal: NDArray[np.floating[Any]]) -> bool:
    """Whether (leads, samples) at `RATE_HZ`, in any unit, have lost their slow part, as the benchmark's arrays have."""
    centred = signal.astype(np.float64) - signal.mean(axis=1, keepdims=True)
    power = np.square(np.abs(np.fft.rfft(centred * np.hanning(centred.shape[1]), axis=1)))
    slow = np.fft.rfftfreq(centred.shape[1], 1 / RATE_HZ) < SLOW_HZ
    total = power.sum(axis=1)
    shares = power[:, slow].sum(axis=1)[total > 0] / total[total > 0]
    return len(shares) == 0 or float(np.median(shares)) <= MAX_SLOW_SHARE


def row_paths(file: Path) -> list[Path]:
    """The path to give `read` for each recording of an array. Raises UnreadableRecord if it is not an array of
    recordings."""
    try:
        return [file / str(row) for row in range(len(open_rows(file)))]
    except DatasetError as error:
        raise UnreadableRecord(str(error)) from error


def label_mask(source: Source) -> NDArray[np.bool_] | None:
    """(12, 5000) the points labelled abnormal in a row of `benchmark_data.npy`; None without a label array beside it.

    Raises DatasetError if the label array is damaged or of other recordings.
    """
    data_name, label_name = LOCALIZATION_FILES
    if not isinstance(source, RowSource) or source.paths[0].name != data_name:
        return None
    file = source.paths[0].with_name(label_name)
    if not file.is_file():
        return None
    labels = open_labels(file)
    if source.row >= len(labels):
        raise DatasetError(
            f"{label_name} labels {len(labels)} recordings, and this is number {source.row} of {data_name}; they are "
            "not of the same set."
        )
    return np.ascontiguousarray(labels[source.row].T != 0)
