"""Which recordings of a worklist are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.worklist.columns import SEXES, Columns
from ecg_viewer.state.worklist.results import FAILED, OPEN, VERDICTS, Results

Mask = NDArray[np.bool_]
OLDEST = 90
"""An age limit from here on means `over 89`; higher ages are hidden."""

StateChoice = Literal["", "unreviewed", "in progress", "reviewed", "concluded", "not scored", "no score"]
QualityChoice = Literal["", "good", "fair", "poor"]
TruthChoice = Literal["", "known", "failures", "missed", "false alarms"]

NO_DECISIONS: Mapping[int, Summary] = {}
REVIEW_STATES = ("unreviewed", "in progress", "reviewed")
"""A review state is stored as an index into these; the words are those of `state.review`."""


@dataclass(frozen=True)
class WorklistFilter:
    """Conditions for a recording to be shown; fields that are empty or None are ignored."""

    text: str = ""
    """Words that all occur in the name, the file, the statements, the report, the strongest finding or the conclusion.
    """
    superclass: str = ""
    statement: str = ""
    fold: int | None = None
    sex: Literal["", "female", "male"] = ""
    min_age: int | None = None
    max_age: int | None = None
    state: StateChoice = ""
    quality: QualityChoice = ""
    min_percentile: float | None = None
    truth: TruthChoice = ""
    """`failures`: something was missed or falsely found."""

    @property
    def n_active(self) -> int:
        """Number of conditions besides the text."""
        return sum(getattr(self, item.name) not in ("", None) for item in fields(self) if item.name != "text")

    @property
    def asks_results(self) -> bool:
        """Whether new scores can change what is shown."""
        asked = self.quality or self.truth or self.state in ("not scored", "no score")
        return bool(asked) or bool(self.text) or self.min_percentile is not None

    def mask(
        self, columns: Columns, results: Results, review: NDArray[np.int8],
        decisions: Mapping[int, Summary] = NO_DECISIONS,
    ) -> Mask:
        """(n,) True for recordings to show; `decisions` by row."""
        shown = np.ones(len(columns), bool)
        found = results.readings.search
        for word in self.text.casefold().split():
            known = (word in text or word in said for text, said in zip(columns.search, found, strict=True))
            named = np.fromiter(known, bool, len(columns))
            named[[row for row, item in decisions.items() if word in item.conclusion.casefold()]] = True
            shown &= named
        if self.superclass:
            shown &= _are_among(columns.by_superclass.get(self.superclass), len(columns))
        if self.statement:
            shown &= _are_among(columns.by_statement.get(self.statement), len(columns))
        if self.fold is not None:
            shown &= columns.fold == self.fold
        if self.sex:
            shown &= columns.sex == SEXES.index(self.sex)
        if self.min_age is not None:
            shown &= columns.age >= self.min_age  # NaN, an unknown age, compares False
        if self.max_age is not None:
            shown &= (columns.age <= self.max_age) | ((columns.age >= OLDEST) & (self.max_age >= OLDEST))
        if self.state == "concluded":
            shown &= _are_among(np.array([row for row, item in decisions.items() if item.conclusion], np.int64),
                                len(columns))
        return shown & self._of_results(results, review)

    def _of_results(self, results: Results, review: NDArray[np.int8]) -> Mask:
        shown = np.ones(len(review), bool)
        if self.state == "not scored":
            shown &= results.phase == OPEN
        elif self.state == "no score":
            shown &= results.phase == FAILED
        elif self.state in REVIEW_STATES:
            shown &= review == REVIEW_STATES.index(self.state)
        if self.quality:
            shown &= results.verdict == VERDICTS.index(self.quality)
        if self.min_percentile is not None:
            shown &= results.counts & (results.percentile >= self.min_percentile)
        if self.truth == "known":
            shown &= np.isfinite(results.auroc) | (results.n_false >= 0)
        elif self.truth == "failures":
            shown &= failures(results)
        elif self.truth == "missed":
            shown &= results.n_misses > 0
        elif self.truth == "false alarms":
            shown &= results.n_false > 0
        return shown


def failures(results: Results) -> Mask:
    """(n,) recordings in which something known was missed, or something found that is not there."""
    return np.asarray((results.n_misses > 0) | (results.n_false > 0))


def _are_among(rows: NDArray[np.int64] | None, n: int) -> Mask:
    found = np.zeros(n, bool)
    if rows is not None:
        found[rows] = True
    return found
