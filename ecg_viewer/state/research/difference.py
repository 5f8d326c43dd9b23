"""The difference of two maps, in percentile points: where one side is more unusual than the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.heat import NOT_ASSESSED, PENDING, CodeArray, HeatMap, code_percentiles
from ecg_viewer.state.quality import is_unreliable_at, unreliable_columns
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import percentile_text

SAME_LENGTH_S = 0.02
"""Recordings whose lengths differ by less are of the same length: a sample more at 50 Hz is no other recording."""


@dataclass(frozen=True)
class Differences:
    """A stretch of both maps, column by column; arrays are (leads, columns)."""

    points: NDArray[np.float64]
    """A less B, -100 to 100, of the highest percentile of each in the column; NaN where one of them has none."""
    highest: NDArray[np.float64]
    """The higher one of both percentiles, NaN as `points`."""
    is_pending: NDArray[np.bool_]
    """One of them is not yet computed, and the other one may still get an answer."""
    is_poor: NDArray[np.bool_]
    """There is a difference, but one side's signal is too poor to rely on it."""


class DifferenceMap:
    """Side A's map minus side B's, in side A's time; time t of A is t + `offset_s()` of B."""

    def __init__(self, first: HeatMap, second: HeatMap, offset_s: Callable[[], float]) -> None:
        self._first, self._second, self._offset_s = first, second, offset_s
        self._percentiles = code_percentiles()

    def between(self, start_s: float, end_s: float, n_columns: int) -> Differences:
        """Both maps in equal stretches from `start_s` to `end_s` of side A."""
        offset_s = self._offset_s()
        first = self._first.slice(start_s, end_s, n_columns)
        second = self._known_part(start_s + offset_s, end_s + offset_s, n_columns)
        a, b = self._percentiles[first], self._percentiles[second]
        is_missing = (first == NOT_ASSESSED) | (second == NOT_ASSESSED)
        is_poor = unreliable_columns(self._first.windows, start_s, end_s, n_columns) | unreliable_columns(
            self._second.windows, start_s + offset_s, end_s + offset_s, n_columns
        )
        points = a - b
        return Differences(
            points, np.maximum(a, b), ((first == PENDING) | (second == PENDING)) & ~is_missing,
            is_poor & np.isfinite(points),
        )

    def text_at(self, lead: str, time_s: float) -> str:
        """Both values at an instant of side A, and their difference if both are known."""
        second_s = time_s + self._offset_s()
        first = self._first.percentile_at(lead, time_s)
        second = self._second.percentile_at(lead, second_s) if self._is_inside(second_s) else None
        a = self._value_text(self._first, first, lead, time_s)
        b = self._value_text(self._second, second, lead, second_s)
        both = tr("percentile A {a}, B {b}").format(a=a, b=b)
        if first is None or second is None:
            return both
        text = tr("{both}; A − B {points:+.1f}").format(both=both, points=_shown(first, second))
        return text.replace("-", "\N{MINUS SIGN}")

    def _value_text(self, heat: HeatMap, percentile: float | None, lead: str, time_s: float) -> str:
        if percentile is not None:
            text = percentile_text(percentile)
            return tr("{percentile} (unreliable)").format(percentile=text) if is_unreliable_at(
                heat.windows, lead, time_s) else text
        is_known = not 0 <= time_s < heat.duration_s or heat.code_at(lead, time_s) == NOT_ASSESSED
        return tr("not assessed") if is_known else tr("not yet assessed")

    def _is_inside(self, time_s: float) -> bool:
        return 0 <= time_s < self._second.duration_s

    def _known_part(self, start_s: float, end_s: float, n_columns: int) -> CodeArray:
        """Side B's codes; before its beginning and after its end there is nothing to be assessed."""
        codes = self._second.slice(start_s, end_s, n_columns)
        times = start_s + (end_s - start_s) * np.arange(n_columns + 1) / n_columns
        codes[:, (times[1:] <= 0) | (times[:-1] >= self._second.duration_s)] = NOT_ASSESSED
        return codes


def _shown(first: float, second: float) -> float:
    """The difference of both as `percentile_text` writes them, which rounds down."""
    digits = 10 if min(first, second) < 99.9 else 100
    return (math.floor(first * digits) - math.floor(second * digits)) / digits


def why_no_difference(first: Session, second: Session | None) -> str:
    """Why the maps of two sides cannot be subtracted, in a sentence; empty if they can."""
    a, b = first.record, None if second is None else second.record
    if a is None or b is None or second is None:
        return tr("Both sides must show a recording.")
    if abs(a.duration_s - b.duration_s) > SAME_LENGTH_S:
        return tr("The recordings differ in length: {a:g} s and {b:g} s.").format(
            a=round(a.duration_s, 2), b=round(b.duration_s, 2))
    for letter, session in (("A", first), ("B", second)):
        if session.assessment.phase in (Phase.UNSUPPORTED, Phase.FAILED):
            return tr("Side {letter} has no map: it was not assessed.").format(letter=letter)
    is_same_recording = a.source.own_paths == b.source.own_paths
    if is_same_recording and first.models.current == second.models.current:
        return tr("Both sides show the same map: one recording, one model.")
    return ""
