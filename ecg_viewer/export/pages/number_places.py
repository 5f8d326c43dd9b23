"""Where the number of a finding stands on a page: near its bracket, and neither on a trace nor on anything written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from ecg_viewer.export.page_options import UNITS_PER_MM
from ecg_viewer.export.pages.pens_and_text import SMALL_MM, line_mm, mm, text_width_mm

CELL_MM = 0.25
"""Cell size of the map of occupied space."""
CLEAR_MM = 0.3
"""Between a number and a trace."""
REACH_MM = 22.0
"""Maximum distance of a number from its bracket; if no free space is nearer, it is drawn on a trace."""
LEADER_FROM_MM = 1.2
"""Number and bracket farther apart than this are joined by a line."""
BELOW_MM = 0.4
"""So much farther a number may stand above its bracket than below it: below is the trace that is meant."""

BESIDE_MM = 0.6
"""So much farther it may stand above than beside it."""


@dataclass(frozen=True)
class Mark:
    """A bracket to be numbered."""

    text: str
    colour: str
    bracket: QRectF
    """From its left to its right end, in hundredths of a millimetre; the height is that of its legs."""


@dataclass(frozen=True)
class Placed:
    """A number in its place."""

    mark: Mark
    box: QRectF
    leader: tuple[QPointF, QPointF] | None
    """From the number to its bracket; None if they stand together."""


class TakenRoom:
    """The parts of a rectangle that numbers must not cover."""

    def __init__(self, whole: QRectF) -> None:
        self.whole = whole
        self._cell = mm(CELL_MM)
        self._shape = (math.ceil(whole.height() / self._cell), math.ceil(whole.width() / self._cell))
        self._edges = np.zeros((self._shape[0] + 1, self._shape[1]), np.int32)
        """+1 where a mark begins in a column, -1 where it has ended."""

    def add_line(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """A line from left to right through points of the page."""
        if x.size < 2:
            return
        fine = np.arange(x[0], x[-1], self._cell / 2)
        every = np.union1d(x, fine)
        values = np.interp(every, x, y)
        columns = np.floor((every - self.whole.left()) / self._cell).astype(np.int64)
        low, high = np.minimum(values[:-1], values[1:]), np.maximum(values[:-1], values[1:])
        for column in (columns[:-1], columns[1:]):
            self._add(column, low - mm(CLEAR_MM), high + mm(CLEAR_MM))

    def add_box(self, box: QRectF) -> None:
        """Everything in a rectangle."""
        first, end = self._columns(box.left(), box.right())
        columns = np.arange(first, end)
        self._add(columns, np.full(columns.size, box.top()), np.full(columns.size, box.bottom()))

    def _add(self, columns: NDArray[np.int64], low: NDArray[np.float64], high: NDArray[np.float64]) -> None:
        rows, width = self._shape
        first = np.floor((low - self.whole.top()) / self._cell).astype(np.int64)
        end = np.ceil((high - self.whole.top()) / self._cell).astype(np.int64)
        inside = (columns >= 0) & (columns < width) & (end > 0) & (first < rows)
        np.add.at(self._edges, (np.clip(first, 0, rows)[inside], columns[inside]), 1)
        np.add.at(self._edges, (np.clip(end, 0, rows)[inside], columns[inside]), -1)

    def _columns(self, left: float, right: float) -> tuple[int, int]:
        first = math.floor((left - self.whole.left()) / self._cell)
        return max(0, first), min(self._shape[1], math.ceil((right - self.whole.left()) / self._cell))

    def place(self, marks: Sequence[Mark]) -> list[Placed]:
        """A place for each number, the nearest one that is free; one that finds none stands over its bracket.

        The brackets are taken as well.
        """
        for mark in marks:
            self.add_box(mark.bracket.adjusted(-mm(0.15), -mm(0.15), mm(0.15), 0))
        colour = np.cumsum(self._edges, axis=0)[:-1] > 0
        sums = np.zeros((self._shape[0] + 1, self._shape[1] + 1), np.int32)
        sums[1:, 1:] = colour.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
        placed: list[Placed] = []
        for mark in marks:
            size = mm(text_width_mm(mark.text, SMALL_MM, bold=True)), mm(0.78 * line_mm(SMALL_MM))
            box = self._nearest(sums, mark.bracket, size, [other.box for other in placed])
            placed.append(Placed(mark, box, _leader(box, mark.bracket)))
        return placed

    def _nearest(
        self, sums: NDArray[np.int32], bracket: QRectF, size: tuple[float, float], others: Iterable[QRectF]
    ) -> QRectF:
        width, height = size
        n_wide, n_high = math.ceil(width / self._cell), math.ceil(height / self._cell)
        reach = mm(REACH_MM)
        left, right = self._columns(bracket.left() - reach - width, bracket.right() + reach)
        top = max(0, math.floor((bracket.top() - reach - height - self.whole.top()) / self._cell))
        bottom = min(self._shape[0], math.ceil((bracket.top() + reach - self.whole.top()) / self._cell))
        first_x, first_y = np.arange(left, right - n_wide + 1), np.arange(top, bottom - n_high + 1)
        if first_x.size and first_y.size:
            rows, columns = first_y[:, None], first_x[None, :]
            n_marked = (sums[rows + n_high, columns + n_wide] - sums[rows, columns + n_wide]
                     - sums[rows + n_high, columns] + sums[rows, columns])
            x, y = self.whole.left() + first_x * self._cell, self.whole.top() + first_y * self._cell
            taken = n_marked > 0
            for other in others:
                taken |= ((x < other.right() + mm(CLEAR_MM)) & (x + width > other.left() - mm(CLEAR_MM)))[None, :] & (
                    (y < other.bottom()) & (y + height > other.top()))[:, None]
            across = np.maximum(np.maximum(bracket.left() - (x + width), x - bracket.right()), 0)[None, :]
            above, below = bracket.top() - (y + height), y - bracket.top()
            along = np.maximum(np.maximum(above, below + mm(BELOW_MM)), 0)[:, None]
            # Rather above or below the bracket than beside it, and over its middle.
            aside = np.abs(x + width / 2 - bracket.center().x())[None, :]
            distance = np.hypot(across, along) + np.where(across > 0, mm(BESIDE_MM), 0) + 1e-3 * aside
            distance = np.where(taken, np.inf, distance)
            row, column = np.unravel_index(int(distance.argmin()), distance.shape)
            if distance[row, column] <= reach:
                return QRectF(float(x[column]), float(y[row]), width, height)
        at = min(max(bracket.left(), self.whole.left()), self.whole.right() - width)
        return QRectF(at, max(self.whole.top(), bracket.top() - height), width, height)


def _leader(box: QRectF, bracket: QRectF) -> tuple[QPointF, QPointF] | None:
    """The shortest line between a number and its bracket, if they stand apart."""
    end = QPointF(min(max(box.center().x(), bracket.left()), bracket.right()), bracket.top())
    gap = 0.25 * UNITS_PER_MM
    wide = box.adjusted(-gap, -gap, gap, gap)
    start = QPointF(min(max(end.x(), wide.left()), wide.right()), min(max(end.y(), wide.top()), wide.bottom()))
    return (start, end) if math.hypot(end.x() - start.x(), end.y() - start.y()) > mm(LEADER_FROM_MM) else None
