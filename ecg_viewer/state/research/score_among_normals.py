"""A recording's score among the scores of the normal ECGs that the model is calibrated on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.assessment import ModelInfo, WindowCounts
from ecg_viewer.state.research.operating_point import OperatingPoint

MAX_BINS = 60
FAR = 1.5
"""A score more than this many ranges beyond all normals is drawn at the edge with an arrow, so as not to squeeze the
normals into a line.
"""
QUANTILES = (5.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0)
"""Of the normals, in the table."""


@dataclass(frozen=True, eq=False)
class ScoreAmongNormals:
    """Scores of the cohort, ascending, and what is marked among them."""

    normals: NDArray[np.float64]
    cohort: str
    points: tuple[OperatingPoint, ...]
    score: float
    """Of the recording; NaN if there is none."""
    percentile: float
    """Of the recording, as the model gave it."""
    windows: WindowCounts
    """Of the recording; with several, the score is of the strongest, and normals have one each."""
    is_reliable: bool
    """Whether the signal is good enough for a reliable percentile."""

    @property
    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Scores, and the share of normals (0..100) that score lower than each."""
        values = np.unique(self.normals)
        return values, np.array([share_below(self.normals, float(value)) for value in values])

    @property
    def limits(self) -> tuple[float, float]:
        """Range of the score axis; scores too far beyond the normals are left out."""
        low, high = float(self.normals[0]), float(self.normals[-1])
        reach = FAR * max(high - low, 1e-6)
        marks = [value for value in (*(point.threshold for point in self.points), self.score) if math.isfinite(value)]
        first = max(min([low, *marks]), low - reach)
        last = min(max([high, *marks]), high + reach)
        margin = 0.03 * max(last - first, 1e-6)
        return first - margin, last + margin

    def place(self, score: float) -> float:
        """Position of a score, clipped to the axis."""
        low, high = self.limits
        return min(max(score, low), high)

    def histogram(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """(bins,) normals in each, and the (bins + 1,) edges; bins by Freedman and Diaconis, at most `MAX_BINS`."""
        edges = np.histogram_bin_edges(self.normals, "fd")
        bins = min(max(len(edges) - 1, 1), MAX_BINS)
        counts, edges = np.histogram(self.normals, bins)
        return counts.astype(np.int64), edges


def score_among_normals(
    model: ModelInfo | None, score: float, percentile: float, *, windows: WindowCounts, is_reliable: bool
) -> ScoreAmongNormals | None:
    """None while the model is not loaded, or if it does not say what its normals scored."""
    if model is None or not model.normal_scores:
        return None
    return ScoreAmongNormals(np.array(model.normal_scores, float), model.cohort, model.operating_points, score,
                             percentile,
                             windows, is_reliable)


def share_below(ordered: NDArray[np.float64], score: float) -> float:
    """Share, 0..100, that is lower, as `Calibration.record_percentile` counts: in float32, in which scores are kept."""
    return 100.0 * int(np.searchsorted(ordered, float(np.float32(score)), side="left")) / len(ordered)


def quantiles(normals: NDArray[np.float64], levels: Sequence[float] = QUANTILES) -> list[tuple[float, float]]:
    """Percentiles of the normals with the lowest of their scores that reaches each."""
    places = [min(math.ceil(level / 100 * len(normals)), len(normals) - 1) for level in levels]
    return [(level, float(normals[place])) for level, place in zip(levels, places, strict=True)]
