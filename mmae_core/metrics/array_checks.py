"""What a metric is given, checked once: shapes, numbers, labels. A wrong array is refused, never turned into a figure.

Every function returns what it was given as the array that metrics work on, and raises DatasetError with what was found
and what was expected. NaN among scores is a missing score and allowed where a metric says so; infinite ones never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmae_core.errors import DatasetError


def numbers(values: ArrayLike, name: str, n_axes: int = 1, *, may_lack: bool = True) -> NDArray[np.float64]:
    """Numbers on so many axes as float64; NaN only where values `may_lack`."""
    found = _plain(values, name, n_axes)
    if found.dtype.kind not in "biuf":
        raise DatasetError(f"{name} hold {found.dtype}; expected numbers.")
    found = found.astype(np.float64, copy=False)
    _require_finite(found, name, may_lack=may_lack)
    return found


def map_points(values: ArrayLike, name: str, n_axes: int | None = None) -> NDArray[Any]:
    """Maps as floating numbers of their own precision, NaN where not assessed; None: any number of axes."""
    found = _plain(values, name, n_axes)
    if found.dtype.kind not in "biuf":
        raise DatasetError(f"{name} hold {found.dtype}; expected numbers.")
    if found.dtype.kind != "f":
        return found.astype(np.float32)
    _require_finite(found, name, may_lack=True)
    return found


def binary(values: ArrayLike, name: str, shape: tuple[int, ...] | None = None) -> NDArray[np.bool_]:
    """Labels or masks as booleans; True, False, 0 and 1 of any type will do. `shape` is that of what they are of."""
    found = np.asarray(values)
    if shape is not None and found.shape != shape:
        raise DatasetError(f"{name} have shape {found.shape}; expected {shape}, as of what they belong to.")
    if found.dtype == np.bool_:
        return found
    if found.size and (found.dtype.kind not in "biuf" or not np.isin(found, (0, 1)).all()):
        wrong = [str(value) for value in np.unique(found).tolist() if str(value) not in {"0", "1", "0.0", "1.0"}]
        raise DatasetError(f"{name} are True or 1 for abnormal and False or 0 for normal; found "
                           f"{', '.join(wrong[:5]) or found.dtype}.")
    return found.astype(np.bool_)


def scored_labels(scores: ArrayLike, labels: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Scores (N,), NaN where there is none, and their labels (N,)."""
    found = numbers(scores, "Scores")
    return found, binary(labels, "Labels", found.shape)


def one_each(values: Sequence[Any], name: str, n: int) -> None:
    """Raises DatasetError unless there is one value for each of n records."""
    if len(values) != n:
        raise DatasetError(f"{name} number {len(values):,}; expected one for each of {n:,} records.")


def ascending(values: ArrayLike, name: str) -> NDArray[Any]:
    """(N,) numbers in rising order, none of them missing."""
    found = np.asarray(values)
    if found.ndim != 1 or (found.size and found.dtype.kind not in "biuf"):
        raise DatasetError(f"{name} have shape {found.shape} and type {found.dtype}; expected numbers in one row.")
    if len(found) and (not np.isfinite((found[0], found[-1])).all() or not (found[1:] >= found[:-1]).all()):
        raise DatasetError(f"{name} must be finite and in rising order; sort them first.")
    return found


def rate(rate_hz: float) -> float:
    """A sampling rate above 0."""
    if not 0 < rate_hz < np.inf:
        raise DatasetError(f"A sampling rate of {rate_hz} Hz is none; expected a positive number.")
    return rate_hz


def whole_number(value: int, least: int, name: str) -> int:
    """A whole number from `least` on."""
    if value != int(value) or value < least:
        raise DatasetError(f"{name} of {value}; expected a whole number from {least} on.")
    return int(value)


def _plain(values: ArrayLike, name: str, n_axes: int | None) -> NDArray[Any]:
    try:
        found = np.asarray(values)
    except ValueError as error:  # rows of unequal length
        raise DatasetError(f"{name} are no array of numbers: {error}.") from error
    if found.dtype == np.object_:
        try:
            found = found.astype(np.float64)  # None is a missing number
        except (TypeError, ValueError) as error:
            raise DatasetError(f"{name} are no array of numbers.") from error
    if n_axes is not None and found.ndim != n_axes:
        raise DatasetError(f"{name} have shape {found.shape}; expected {n_axes} "
                           f"{'axis' if n_axes == 1 else 'axes'}.")
    return found


def _require_finite(values: NDArray[Any], name: str, *, may_lack: bool) -> None:
    if np.isinf(values).any():
        raise DatasetError(f"{name} hold infinite values; expected finite numbers, NaN where there is none.")
    if not may_lack and np.isnan(values).any():
        raise DatasetError(f"{name} hold NaN; leave out what has no value.")
