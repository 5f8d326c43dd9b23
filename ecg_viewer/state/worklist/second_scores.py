"""What another model said of the same recordings, beside the scores that the list shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.worklist.results import Results, ScoreSource

SECOND_COLUMNS = ("second_percentile", "percentile_difference")
"""Columns that need the scores of two models."""


@dataclass(frozen=True, eq=False)
class SecondScores:
    """Another model's results, row by row as those of the list."""

    results: Results

    @classmethod
    def none(cls, n: int) -> SecondScores:
        """Of n recordings that only one model has scored."""
        return cls(Results(n, ScoreSource(""), np.zeros(n, bool), 0.0))

    @property
    def source(self) -> ScoreSource:
        """The model, or the file."""
        return self.results.source

    @property
    def is_there(self) -> bool:
        """Whether any recording has such a score."""
        return bool(self.results.scores)

    def moved(self, n: int, rows: Mapping[int, int]) -> SecondScores:
        """The same scores in a list of n recordings; `rows` leads from their rows to the new ones."""
        moved = Results(n, self.source, np.zeros(n, bool), 0.0)
        moved.put({rows[row]: score for row, score in self.results.scores.items() if row in rows})
        return SecondScores(moved)

    def less_than(self, first: Results) -> NDArray[np.float64]:
        """(n,) percentile points of `first` less those of this model; NaN where either does not count."""
        counts = first.counts & self.results.counts
        return np.where(counts, first.percentile - self.results.percentile, np.nan)
