"""Areas under curves of millions of points that belong to records: exact figures, and a bootstrap by record.

Points of one record are not independent of each other, so intervals draw whole records. For that every record's points
are counted once in bins that follow the ranks of lesion points and of other points; a bootstrap sample is then a
weighted sum of counts, which takes seconds for 400 records x 12 leads x 4800 points. Figures themselves are exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.metrics.array_checks import ascending, binary, map_points, whole_number

BINS = 1024
"""Rank bins among lesion points, and as many among the others."""
ROUNDS_AT_ONCE = 250
"""Bootstrap rounds in one matrix; bounds the memory."""

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class RecordPoints:
    """The points of one record that were assessed."""

    positive: NDArray[np.float32]
    """Scores of points in a lesion, sorted."""
    negative: NDArray[np.float32]
    """Scores of all others, sorted."""

    @classmethod
    def of(cls, scores: NDArray[np.float32], mask: NDArray[np.bool_]) -> RecordPoints:
        """Points of any shape, their mask of the same; NaN was not assessed and is left out.

        Raises DatasetError for another mask than one of 0, 1 or bool of that shape, and for infinite scores.
        """
        scores = map_points(scores, "Maps")
        mask = binary(mask, "Masks", scores.shape)
        known = np.isfinite(scores)
        return cls(np.sort(scores[known & mask]), np.sort(scores[known & ~mask]))


class PointSet:
    """Points of n records pooled."""

    def __init__(self, records: Sequence[RecordPoints], bins: int = BINS) -> None:
        self.records = tuple(records)
        if not self.records:
            raise DatasetError("There is no record whose points could be measured.")
        self.positive = np.sort(np.concatenate([record.positive for record in self.records]))
        self.negative = np.sort(np.concatenate([record.negative for record in self.records]))
        self._bins = bins

    @property
    def n_points(self) -> int:
        return len(self.positive) + len(self.negative)

    @property
    def has_both(self) -> bool:
        """Whether there are points of both kinds, without which there is no curve."""
        return bool(len(self.positive)) and bool(len(self.negative))

    @cached_property
    def edges(self) -> NDArray[np.float32]:
        """Ascending scores at which bins begin; below the first one is a bin as well."""
        quantiles = [
            values[np.unique(np.linspace(0, len(values) - 1, self._bins).astype(int))]
            for values in (self.positive, self.negative) if len(values)
        ]
        return np.unique(np.concatenate(quantiles))

    @cached_property
    def counts(self) -> tuple[Counts, Counts]:
        """(n records, edges + 1) points in a lesion and other points per bin, ascending."""
        return (
            np.stack([_binned(record.positive, self.edges) for record in self.records]),
            np.stack([_binned(record.negative, self.edges) for record in self.records]),
        )

    def areas(self, weights: Counts | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Binned AUROC and average precision of bootstrap samples: weights (rounds, n records); (rounds,) each.

        Points of one bin count as tied. NaN where a sample has no point of one kind.
        """
        if weights is None:
            weights = np.ones((1, len(self.records)))
        auroc, precision = np.empty(len(weights)), np.empty(len(weights))
        for first in range(0, len(weights), ROUNDS_AT_ONCE):
            part = slice(first, first + ROUNDS_AT_ONCE)
            auroc[part], precision[part] = _areas(*(weights[part] @ counts for counts in self.counts))
        return auroc, precision

    def auroc(self) -> float:
        """Exact area under the ROC curve of all points; NaN without points of both kinds."""
        return exact_auroc(self.positive, self.negative)

    def average_precision(self) -> float:
        """Exact average precision of all points; NaN without points of both kinds."""
        return exact_average_precision(self.positive, self.negative)


def exact_auroc(positive: NDArray[np.float32], negative: NDArray[np.float32]) -> float:
    """Share of pairs in which the positive is higher, ties half, from sorted scores; NaN if either is empty.

    Raises DatasetError for scores that are not sorted.
    """
    positive, negative = ascending(positive, "Positive scores"), ascending(negative, "Negative scores")
    if not len(positive) or not len(negative):
        return float("nan")
    below = np.searchsorted(negative, positive, side="left").sum(dtype=np.float64)
    not_above = np.searchsorted(negative, positive, side="right").sum(dtype=np.float64)
    return float((below + not_above) / 2 / (len(positive) * len(negative)))


def exact_average_precision(positive: NDArray[np.float32], negative: NDArray[np.float32]) -> float:
    """Mean over positives of the precision at their own score, from sorted scores; NaN if either is empty.

    Raises DatasetError for scores that are not sorted.
    """
    positive, negative = ascending(positive, "Positive scores"), ascending(negative, "Negative scores")
    if not len(positive) or not len(negative):
        return float("nan")
    thresholds, hits = np.unique(positive, return_counts=True)
    true = len(positive) - np.searchsorted(positive, thresholds, side="left")
    false = len(negative) - np.searchsorted(negative, thresholds, side="left")
    return float((hits * (true / (true + false))).sum() / len(positive))


def record_weights(n_records: int, rounds: int, seed: int) -> Counts:
    """(rounds, n records) how often each record was drawn, with replacement. Raises DatasetError for none of either."""
    whole_number(n_records, 1, "Records")
    whole_number(rounds, 1, "Bootstrap rounds")
    generator = np.random.default_rng(seed)
    drawn = generator.integers(n_records, size=(rounds, n_records))
    rows = np.arange(rounds)[:, None] * n_records
    return np.bincount((rows + drawn).ravel(), minlength=rounds * n_records).reshape(rounds, n_records).astype(float)


def patient_rows(patients: Sequence[Hashable]) -> NDArray[np.int64]:
    """(n,) number of each record's patient, from 0 in order of appearance; None is a patient of its own each time."""
    numbers: dict[Hashable, int] = {}
    rows = [numbers.setdefault(("unknown", place) if patient is None else patient, len(numbers))
            for place, patient in enumerate(patients)]
    return np.array(rows, np.int64)


def interval(samples: NDArray[np.float64], shift: float = 0.0) -> list[float]:
    """95-% percentile interval, moved by `shift`; NaN samples are ignored. [NaN, NaN] if all are."""
    known = samples[np.isfinite(samples)]
    if not len(known):
        return [float("nan"), float("nan")]
    low, high = np.percentile(known, [2.5, 97.5]) + shift
    return [float(low), float(high)]


def _binned(values: NDArray[np.float32], edges: NDArray[np.float32]) -> Counts:
    """(edges + 1,) how many of sorted values lie in each bin; a value at an edge belongs to the bin above."""
    below = np.concatenate(([0], np.searchsorted(values, edges, side="left"), [len(values)]))
    return np.diff(below).astype(np.float64)


def _areas(positive: Counts, negative: Counts) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """AUROC and average precision of counts (rounds, bins), bins ascending."""
    true = np.cumsum(positive[:, ::-1], axis=1)
    false = np.cumsum(negative[:, ::-1], axis=1)
    gained = positive[:, ::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        half_above = true - gained / 2
        auroc = (half_above * negative[:, ::-1]).sum(axis=1) / (true[:, -1] * false[:, -1])
        precision = np.where(gained > 0, gained * true / (true + false), 0.0).sum(axis=1) / true[:, -1]
    precision[false[:, -1] == 0] = np.nan
    return auroc, precision
