"""Detected beats against annotated ones, as ANSI/AAMI EC57 compares them: within 150 ms, each beat matched once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.metrics.array_checks import ascending

MATCH_S = 0.15
LEARNING_S = 300.0
"""EC57 excludes the first five minutes as a learning period."""


@dataclass(frozen=True)
class BeatCounts:
    """True positive, missed and false positive beats."""

    true_positive: int
    false_negative: int
    false_positive: int

    def __add__(self, other: BeatCounts) -> BeatCounts:
        return BeatCounts(self.true_positive + other.true_positive, self.false_negative + other.false_negative,
                          self.false_positive + other.false_positive)

    @property
    def sensitivity(self) -> float:
        """Share of the annotated beats that were found; NaN without any."""
        return _share(self.true_positive, self.false_negative)

    @property
    def positive_predictivity(self) -> float:
        """Share of the detected beats that are annotated; NaN without any."""
        return _share(self.true_positive, self.false_positive)


def compare_beats(
    reference_s: NDArray[np.float64], detected_s: NDArray[np.float64], *, from_s: float = 0.0,
    excluded_s: tuple[tuple[float, float], ...] = (),
) -> BeatCounts:
    """Count beats, both ascending in seconds, from `from_s` on and outside of the stretches `excluded_s` (flutter).

    Beats are matched in order of time, which leaves the fewest unmatched. Raises DatasetError for times that are not
    finite and ascending, or a stretch that ends before it begins.
    """
    reference = ascending(np.asarray(reference_s, np.float64), "Reference beats")
    detected = ascending(np.asarray(detected_s, np.float64), "Detected beats")
    for start, end in excluded_s:
        if not start <= end:
            raise DatasetError(f"An excluded stretch from {start:g} to {end:g} s ends before it begins.")
    matched, taken = np.zeros(len(reference), bool), np.zeros(len(detected), bool)
    next_free = 0
    for number, at in enumerate(reference):
        while next_free < len(detected) and detected[next_free] < at - MATCH_S - 1e-9:
            next_free += 1
        if next_free < len(detected) and detected[next_free] <= at + MATCH_S + 1e-9:
            matched[number] = taken[next_free] = True
            next_free += 1
    counted = _counted(reference, from_s, excluded_s)
    invented = ~taken & _counted(detected, from_s, excluded_s)
    return BeatCounts(int((matched & counted).sum()), int((~matched & counted).sum()), int(invented.sum()))


def _counted(
    times_s: NDArray[np.float64], from_s: float, excluded_s: tuple[tuple[float, float], ...]
) -> NDArray[np.bool_]:
    counted = times_s >= from_s
    for start, end in excluded_s:
        counted &= ~((times_s >= start - MATCH_S) & (times_s <= end + MATCH_S))
    return counted


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else float("nan")
