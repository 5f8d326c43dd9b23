"""MATLAB files: the struct of CPSC 2018, or one matrix of samples, in versions 5 and 7.3.

A `.mat` that a WFDB header names is read by the WFDB reader.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers import hdf5_parts
from mmae_core.readers.array_record import record_of_array
from mmae_core.readers.limits import MAX_UNPACKED_BYTES, MAX_WHOLE_FILE_BYTES
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import STANDARD_LEADS, EcgRecord

FORMAT = "MATLAB"
SUFFIXES = (".mat",)
ASKS = True
CPSC_RATE_HZ = 500.0
"""Of the data set of CPSC 2018, whose files do not state it."""
RATE_NAMES = ("fs", "Fs", "FS", "sampling_rate", "sample_rate", "freq")
"""Variables that hold the sampling rate."""

_COMPRESSED = 15
_FAULTS = (OSError, ValueError, TypeError, KeyError, IndexError, OverflowError, NotImplementedError, MemoryError,
           zlib.error, AttributeError, UnicodeDecodeError, RuntimeError, struct.error)
"""What SciPy raises for damaged files."""


def claims(file: RecordingFile) -> bool:
    """Whether it is a MATLAB file of version 5 or 7.3."""
    return file.head[:6] == b"MATLAB" and file.head[126:128] in {b"IM", b"MI"}


def read(file: RecordingFile, part: str = "", description: SignalDescription | None = None) -> EcgRecord:
    """Read a file whole.

    Raises UnreadableRecord if it is damaged, UnsupportedRecord if it holds no matrix of samples, and
    DescriptionNeeded if it does not state rate or unit and `description` does not either.
    """
    if not claims(file):
        raise UnreadableRecord(f"{file.name} does not begin like a MATLAB file of version 5 or 7.3.")
    found = _version_7(file) if hdf5_parts.is_hdf5(file) else _version_5(file)
    doubts: list[Message] = []
    known = SignalDescription(rate_hz=found.rate_hz)
    if found.is_cpsc and found.samples.dtype.kind == "f":  # whole numbers are no millivolts
        known = SignalDescription(CPSC_RATE_HZ, 1.0, STANDARD_LEADS)
        doubts.append(Message("Rate, unit and leads are those of the CPSC 2018 data set; the file does not state "
                              "them."))
    return record_of_array(file, found.samples, format_name=FORMAT, known=known, described=description,
                           doubts=doubts, age_years=found.age_years, sex=found.sex)


@dataclass(frozen=True)
class _Content:
    samples: NDArray[Any]
    """(channels, samples)"""
    rate_hz: float | None = None
    is_cpsc: bool = False
    age_years: float | None = None
    sex: Literal["male", "female"] | None = None


def _version_5(file: RecordingFile) -> _Content:
    data = file.read_all(MAX_WHOLE_FILE_BYTES)
    _require_small(file.name, data)
    from mmae_core.scipy_parts import MatReadError, loadmat  # takes a second, which other formats need not spend

    try:
        variables = loadmat(io.BytesIO(data))
        if "ECG" in variables and variables["ECG"].dtype.names and "data" in variables["ECG"].dtype.names:
            struct = variables["ECG"][0, 0]
            age = _number(struct["age"]) if "age" in struct.dtype.names else None
            sex = str(struct["sex"].item()) if "sex" in struct.dtype.names and struct["sex"].size == 1 else ""
            return _Content(np.asarray(struct["data"]), is_cpsc=True, age_years=age, sex=_sex(sex))
    except (*_FAULTS, MatReadError) as error:
        raise UnreadableRecord(f"{file.name} is a damaged MATLAB file: {_words(error)}.") from error
    arrays = {name: value for name, value in variables.items() if isinstance(value, np.ndarray)}
    return _content(file.name, arrays)


def _version_7(file: RecordingFile) -> _Content:
    """MATLAB 7.3 stores HDF5, with the axes in reverse order."""
    arrays = {name: array.T for name, array in hdf5_parts.small_arrays(file).items()}
    return _content(file.name, arrays)


def _content(name: str, arrays: dict[str, NDArray[Any]]) -> _Content:
    rates = [_number(arrays[key]) for key in RATE_NAMES if key in arrays]
    matrices = {key: array for key, array in arrays.items()
                if array.ndim == 2 and array.dtype.kind in "iuf" and min(array.shape) > 0 and max(array.shape) > 50}
    chosen = matrices.get("val") if "val" in matrices else next(iter(matrices.values())) if len(matrices) == 1 else None
    if chosen is None:
        raise UnsupportedRecord(
            f"{name} holds {len(matrices)} matrices that could be samples; one is expected, or one named `val`.")
    samples = chosen if chosen.shape[0] <= chosen.shape[1] else chosen.T
    return _Content(samples, next((rate for rate in rates if rate is not None and rate > 0), None))


def _require_small(name: str, data: bytes) -> None:
    """Refuse a file whose compressed variables unpack to more than the limit; nothing of them is kept."""
    order: Literal["little", "big"] = "little" if data[126:128] == b"IM" else "big"
    at, unpacked = 128, 0
    while at + 8 <= len(data):
        kind, size = (int.from_bytes(data[at + place:at + place + 4], order) for place in (0, 4))
        if kind == _COMPRESSED:
            unpacker, packed = zlib.decompressobj(), data[at + 8:at + 8 + size]
            try:
                while packed:
                    unpacked += len(unpacker.decompress(packed, 1 << 22))
                    packed = unpacker.unconsumed_tail
                    if unpacked > MAX_UNPACKED_BYTES:
                        raise UnreadableRecord(f"{name} unpacks to more than {MAX_UNPACKED_BYTES >> 20} MB, which no "
                                               "recording in this format does.")
            except zlib.error as error:
                raise UnreadableRecord(f"{name} is a damaged MATLAB file: {error}.") from error
        at += 8 + size


def _number(array: Any) -> float | None:
    values = np.asarray(array)
    if values.size != 1 or values.dtype.kind not in "iuf":
        return None
    number = float(values.reshape(-1)[0])
    return number if math.isfinite(number) else None


def _sex(text: str) -> Literal["male", "female"] | None:
    if text.lower() in {"male", "m"}:
        return "male"
    return "female" if text.lower() in {"female", "f"} else None


def _words(error: BaseException) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
