"""The arrays of the published benchmark (Jiang et al. 2023, `MediaBrain-SJTU/ECGAD`), as its authors distribute them.

Detection: `test.npy` (N, 5000, 12) and `label.npy` (N,), 0 normal, 1 abnormal. Localization: `benchmark_data.npy` and
`benchmark_label.npy`, both (N, 5000, 12), 1 on abnormal points. 500 Hz, leads I, II, III, aVR, aVL, aVF, V1..V6,
already filtered; in mV unless scaled.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.files import NUMPY_FAULTS
from mmae_core.record import STANDARD_LEADS, FloatArray

RATE_HZ = 500.0
N_SAMPLES = 5000
N_LEADS = len(STANDARD_LEADS)
DETECTION_FILES = ("test.npy", "label.npy")
LOCALIZATION_FILES = ("benchmark_data.npy", "benchmark_label.npy")
MAX_MV = 50.0
"""No filtered ECG reaches this; an array that does is in another unit."""
MIN_MV = 0.01
"""A median spread below this means the unit is V, not mV."""


@dataclass(frozen=True)
class SignalArray:
    """The recordings of one file; read from disk one at a time."""

    path: Path
    signals: NDArray[Any]
    """(N, 5000, 12), mapped from the file."""
    min_max_scaled: bool
    """Whether each lead spans exactly [-1, 1]: the authors' scaling has been applied already."""

    def __len__(self) -> int:
        return len(self.signals)

    def window(self, row: int) -> FloatArray:
        """(12, 5000) float32."""
        return np.ascontiguousarray(self.signals[row].T, np.float32)


@dataclass(frozen=True)
class DetectionArrays:
    """Recordings with a label each."""

    data: SignalArray
    abnormal: NDArray[np.bool_]
    """(N,)"""


@dataclass(frozen=True)
class LocalizationArrays:
    """Recordings with a label for every point."""

    data: SignalArray
    labels: NDArray[Any]
    """(N, 5000, 12), mapped from the file; 0 or 1."""

    def mask(self, row: int) -> NDArray[np.bool_]:
        """(12, 5000) True on abnormal points."""
        return np.ascontiguousarray(self.labels[row].T != 0)


def has_detection_arrays(folder: str | Path) -> bool:
    """Whether a folder holds both files of the detection benchmark."""
    return all(Path(folder, name).is_file() for name in DETECTION_FILES)


def has_localization_arrays(folder: str | Path) -> bool:
    """Whether a folder holds both files of the localization benchmark."""
    return all(Path(folder, name).is_file() for name in LOCALIZATION_FILES)


def load_detection(folder: str | Path) -> DetectionArrays:
    """Open and check the detection arrays. Raises DatasetError that says what is wrong with which file."""
    data_path, label_path = (Path(folder, name) for name in DETECTION_FILES)
    data = load_signals(data_path)
    labels = _open(label_path)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.shape != (len(data),):
        raise DatasetError(
            f"{label_path.name} has shape {labels.shape}; expected ({len(data)},), one label for each recording of "
            f"{data_path.name}."
        )
    _require_binary(labels, label_path)
    return DetectionArrays(data, np.asarray(labels) != 0)


def load_localization(folder: str | Path) -> LocalizationArrays:
    """Open and check the localization arrays. Raises DatasetError that says what is wrong with which file."""
    data_path, label_path = (Path(folder, name) for name in LOCALIZATION_FILES)
    data = load_signals(data_path)
    labels = open_labels(label_path)
    if len(labels) != len(data):
        raise DatasetError(
            f"{label_path.name} labels {len(labels)} recordings and {data_path.name} holds {len(data)}; they are not "
            "of the same set."
        )
    _require_binary(labels, label_path)
    if not any(row.any() for row in labels):
        raise DatasetError(f"{label_path.name} marks no point as abnormal: nothing can be localized.")
    return LocalizationArrays(data, labels)


def load_signals(path: Path) -> SignalArray:
    """Open and check one array of recordings.

    Raises DatasetError for another number or order of axes, another type, values that are no numbers, or another unit.
    """
    signals = open_rows(path)
    if not len(signals):
        raise DatasetError(f"{path.name} holds no recording.")
    spreads, largest, scaled = [], 0.0, True
    for row, signal in enumerate(signals):
        finite = np.isfinite(signal)
        if not finite.all():
            raise DatasetError(
                f"{path.name}: recording {row} has {int((~finite).sum())} values that are no numbers (NaN or "
                "infinite). The published arrays have none; fetch the file again or leave the recording out."
            )
        largest = max(largest, float(np.abs(signal).max()))
        spreads.append(float(signal.std()))
        low, high = signal.min(axis=0), signal.max(axis=0)
        scaled = scaled and bool(np.allclose(low, -1, atol=1e-4) and np.allclose(high, 1, atol=1e-4))
    _require_millivolts(path, largest, float(np.median(spreads)))
    return SignalArray(path, signals, scaled)


def open_rows(path: Path) -> NDArray[Any]:
    """(N, 5000, 12) the recordings of a file, memory-mapped and unchecked; N may be 0.

    Raises DatasetError for another number or order of axes, or another type.
    """
    signals = open_labels(path)
    if signals.dtype.kind != "f":
        raise DatasetError(
            f"{path.name} holds {signals.dtype}; expected float32 or float64, filtered millivolts. Whole numbers are "
            "converter steps: divide them by the gain first."
        )
    return signals


def open_labels(path: Path) -> NDArray[Any]:
    """(N, 5000, 12) of any type, memory-mapped and unchecked. Raises DatasetError for another number or order of
    axes."""
    array = _open(path)
    if array.ndim != 3 or array.shape[1:] != (N_SAMPLES, N_LEADS):
        raise DatasetError(f"{path.name} has shape {array.shape}; {_shape_advice(array)}")
    return array


def _open(path: Path) -> NDArray[Any]:
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except OSError as error:
        raise DatasetError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except NUMPY_FAULTS as error:  # NumPy's own message advises to allow unsafe loading
        raise DatasetError(
            f"{path.name} is no plain array of numbers (.npy), or it is damaged. Export the signals as a numeric array."
        ) from error
    if not isinstance(array, np.ndarray):
        raise DatasetError(f"{path.name} is an archive of several arrays (.npz); expected one array (.npy).")
    return array


def _shape_advice(array: NDArray[Any]) -> str:
    """What a wrong shape probably is, and what to do."""
    expected = f"expected (N, {N_SAMPLES}, {N_LEADS}): recordings, samples, leads."
    shape = array.shape
    if shape[1:] == (N_LEADS, N_SAMPLES):
        return f"{expected} Leads and samples are exchanged: save array.transpose(0, 2, 1)."
    if array.ndim == 2 and shape == (N_SAMPLES, N_LEADS):
        return f"{expected} It is one recording: save array[None]."
    if array.ndim == 3 and sorted(shape[1:]) == [N_LEADS, 1000]:
        return f"{expected} It seems to be sampled at 100 Hz; the benchmark is at 500 Hz."
    if array.ndim == 3 and shape[1:] == (4800, N_LEADS):
        return f"{expected} It seems to be cropped to samples 100..4900 already; the crop is part of the evaluation."
    if array.ndim == 3 and shape[1] == N_SAMPLES:
        return f"{expected} It has {shape[2]} leads; all twelve are needed."
    return expected


def _require_binary(labels: NDArray[Any], path: Path) -> None:
    if labels.dtype.kind not in "bifu":
        raise DatasetError(f"{path.name} holds {labels.dtype}; expected numbers, 0 normal and 1 abnormal.")
    for part in np.array_split(labels, max(1, len(labels) // 64)):
        wrong = part[(part != 0) & (part != 1)]
        if wrong.size:
            raise DatasetError(
                f"{path.name} holds the value {wrong.flat[0]}; expected 0 (normal) and 1 (abnormal) alone."
            )


def _require_millivolts(path: Path, largest: float, typical_std: float) -> None:
    if largest > MAX_MV:
        raise DatasetError(
            f"{path.name} reaches {largest:g}; filtered ECGs in mV stay below {MAX_MV:g}. It is probably in µV or in "
            "converter steps: divide by 1000 or by the gain."
        )
    if typical_std < MIN_MV:
        raise DatasetError(
            f"{path.name} has a typical spread of {typical_std:.2g}; ECGs in mV have about 0.2. It is probably in V: "
            "multiply by 1000."
        )
