"""HDF5 recordings: the layouts of SPH (one recording) and CODE-15 % (many in one file)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers import hdf5_parts
from mmae_core.readers.array_record import record_of_array
from mmae_core.readers.limits import MAX_RECORDINGS
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray

FORMAT = "HDF5"
SUFFIXES = (".h5", ".hdf5")
ASKS = True
SPH_RATE_HZ = 500.0
CODE_RATE_HZ = 400.0
"""Of the data sets, whose files do not state it."""


def claims(file: RecordingFile) -> bool:
    """Whether it is an HDF5 file that MATLAB has not written."""
    return file.head[:8] == hdf5_parts.MAGIC


def recordings(file: RecordingFile) -> tuple[str, ...]:
    """The exam numbers of a file in the layout of CODE-15 %; empty for a file with one recording."""
    _require_hdf5(file)
    with hdf5_parts.opened(file) as content:
        tracings = hdf5_parts.dataset(content, "tracings")
        return () if tracings is None or tracings.ndim != 3 else tuple(map(str, _exam_ids(content, len(tracings))))


def read(file: RecordingFile, part: str = "", description: SignalDescription | None = None) -> EcgRecord:
    """Read one recording: `part` is its exam number where the file holds several.

    Raises UnreadableRecord if the file is damaged or has no such exam, UnsupportedRecord if it has another layout, and
    DescriptionNeeded if rate or unit are not known.
    """
    _require_hdf5(file)
    with hdf5_parts.opened(file) as content:
        tracings, single = hdf5_parts.dataset(content, "tracings"), hdf5_parts.dataset(content, "ecg")
        if tracings is not None and tracings.ndim == 3:
            return _code_exam(file, content, tracings, part)
        if single is not None and single.ndim == 2 and 0 < min(single.shape) <= len(STANDARD_LEADS):
            hdf5_parts.require_size(single, int(single.size))
            samples: NDArray[Any] = single[()]
        else:
            raise UnsupportedRecord(
                f"{file.name} has none of the HDF5 layouts that are read: `ecg` (12 leads x samples) as in SPH, or "
                "`tracings` (exams x samples x 12 leads) as in CODE-15 %.")
    samples = samples if samples.shape[0] <= samples.shape[1] else samples.T
    known, doubts = SignalDescription(), []
    if len(samples) == len(STANDARD_LEADS) and samples.dtype.kind == "f":  # SPH's are; whole numbers are no millivolts
        known = SignalDescription(SPH_RATE_HZ, 1.0, STANDARD_LEADS)
        doubts = [Message("Rate, unit and leads are those of the SPH data set; the file does not state them.")]
    return record_of_array(file, samples, format_name=FORMAT, known=known, described=description, doubts=doubts)


def _require_hdf5(file: RecordingFile) -> None:
    if not claims(file):
        raise UnreadableRecord(f"{file.name} does not begin like HDF5.")


def _exam_ids(content: Any, n: int) -> NDArray[np.int64]:
    if n > MAX_RECORDINGS:
        raise UnreadableRecord(f"It states {n:,} exams; at most {MAX_RECORDINGS:,} are read.")
    found = hdf5_parts.dataset(content, "exam_id")
    if found is None or found.shape != (n,) or found.dtype.kind not in "iu":
        return np.arange(n)
    hdf5_parts.require_size(found, n)
    ids: NDArray[np.int64] = found[()].astype(np.int64)
    return ids if len(np.unique(ids)) == n else np.arange(n)


def _code_exam(file: RecordingFile, content: Any, tracings: Any, part: str) -> EcgRecord:
    ids = _exam_ids(content, len(tracings))
    if not part and len(ids) != 1:
        raise UnreadableRecord(f"{file.name} holds {len(ids):,} recordings; name one of them, as in {file.name}/"
                               f"{ids[0] if len(ids) else 0}.", code="ambiguous")
    places = np.flatnonzero(ids == int(part)) if part.isdecimal() and len(part) < 19 else np.arange(0 if part else 1)
    if not len(places):
        raise UnreadableRecord(f"{file.name} holds no exam {part}.", code="missing")
    if tracings.shape[2] != len(STANDARD_LEADS):
        raise UnsupportedRecord(f"{file.name} holds {tracings.shape[2]} leads of each exam; 12 are expected.")
    hdf5_parts.require_size(tracings, int(np.prod(tracings.shape[1:])))
    samples = np.asarray(tracings[int(places[0])], np.float32).T
    stem = file.path.stem if file.path else file.name
    return record_of_array(
        file, without_padding(samples), format_name="HDF5 (CODE-15 %)", name=f"{stem}/{ids[places[0]]}",
        known=SignalDescription(CODE_RATE_HZ, 1.0, STANDARD_LEADS), described=None,
        doubts=[
            Message("Rate, unit and leads are those of the CODE-15 % data set; the file does not state them."),
            Message("Amplitudes of CODE-15 % are about twice those of other data sets: do not trust millivolts."),
        ],
    )


def without_padding(samples: FloatArray) -> FloatArray:
    """Samples with the zeros that fill up both ends as NaN, float32 (channels, samples): they were not recorded."""
    used = np.flatnonzero((samples != 0).any(axis=0))
    found = samples.copy()
    first, last = (used[0], used[-1] + 1) if len(used) else (found.shape[1], found.shape[1])
    found[:, :first] = np.nan
    found[:, last:] = np.nan
    return found
