"""Finds free space for a label on the paper, clear of traces, lead names and other labels."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.render.layout import LeadArea

CLEAR_PX = 2.0
"""Between a word and a trace."""
NAME_CLEAR_PX = 4.0
REACH_ROWS = 2.5
"""A trace may reach so many rows away from its own."""
UNKNOWN_MV = 0.5
"""Where samples are drawn as an envelope, or have not been read, the trace is taken to lie within this of 0 mV."""
Extents = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The highest and the lowest place of a trace in each pixel column of its area; infinite where it has none."""


class FreeRoom:
    """The free space of one frame of the paper; placed labels occupy it."""

    def __init__(self, paper: PaperPlaces) -> None:
        self._paper = paper
        self._areas = paper.areas()
        self._extents: dict[int, Extents] = {}
        """By place in `_areas`, once they are asked for."""
        self._taken = [box.adjusted(-NAME_CLEAR_PX, -NAME_CLEAR_PX, NAME_CLEAR_PX, NAME_CLEAR_PX)
                       for box in paper.name_boxes()]

    def place(self, room: QRectF, sizes: Sequence[tuple[float, float]]) -> tuple[int, QRectF] | None:
        """Where the first of `sizes` (width, height) for which there is a free place in `room` can stand; None if none.

        In the middle and at the top if that is free; the place is taken then.
        """
        sizes_that_fit = [(index, size) for index, size in enumerate(sizes)
                          if size[0] <= room.width() and size[1] <= room.height()]
        if not sizes_that_fit:
            return None
        near = self._near(room)
        taken = [box for box in self._taken if box.intersects(room)]
        for index, (width, height) in sizes_that_fit:
            for left in (room.center().x() - width / 2, room.left(), room.right() - width):
                bars = [self._bar(number, left, left + width) for number in near]
                for top in _tops(room, height):
                    if any(high < top + height + CLEAR_PX and low > top - CLEAR_PX for high, low in bars):
                        continue
                    box = QRectF(left, top, width, height)
                    if not any(other.intersects(box) for other in taken):
                        self._taken.append(box)
                        return index, box
        return None

    def _near(self, room: QRectF) -> list[int]:
        """Areas whose traces may reach into a part of the paper."""
        x, y = room.center().x(), room.center().y()
        return [
            number for number, area in enumerate(self._areas)
            if area.left <= x <= area.right and abs(area.top + area.height / 2 - y) <= REACH_ROWS * area.height
        ]

    def _bar(self, number: int, left: float, right: float) -> tuple[float, float]:
        """The highest and the lowest place of a trace between two x."""
        if number not in self._extents:
            self._extents[number] = _extents(self._paper, self._areas[number])
        highest, lowest = self._extents[number]
        first = max(0, int(left - self._areas[number].left))
        end = max(first + 1, math.ceil(right - self._areas[number].left))
        return float(highest[first:end].min(initial=np.inf)), float(lowest[first:end].max(initial=-np.inf))


def _extents(paper: PaperPlaces, area: LeadArea) -> Extents:
    columns = np.arange(math.ceil(area.width) + 1)
    found = paper.samples(area.lead, area.start_s - 0.02, area.end_s + 0.02)
    if found is None:
        top, bottom = sorted((area.y_of(UNKNOWN_MV), area.y_of(-UNKNOWN_MV)))
        return np.full(columns.size, top), np.full(columns.size, bottom)
    times, values = found
    if times.size == 0:
        return np.full(columns.size, np.inf), np.full(columns.size, -np.inf)
    x = (times - area.start_s) * area.px_per_s
    y = area.baseline_y - area.sign * values.astype(np.float64) * area.px_per_mv
    reach = CLEAR_PX + (float(x[1] - x[0]) if x.size > 1 else 0.0)
    first, end = np.searchsorted(x, columns - reach), np.searchsorted(x, columns + 1 + reach)
    around = np.column_stack((first, np.maximum(end, first))).ravel()
    is_empty = end <= first
    extents = []
    for reduce, nothing in ((np.minimum.reduceat, np.inf), (np.maximum.reduceat, -np.inf)):
        known = np.append(np.where(np.isfinite(y), y, nothing), nothing)
        extents.append(np.where(is_empty, nothing, reduce(known, around)[::2]))
    return extents[0], extents[1]


def _tops(room: QRectF, height: float) -> list[float]:
    """Where a word can begin, from the top down."""
    first, last = room.top() + 1, max(room.top() + 1, room.bottom() - height - 1)
    return [*(first + step * height / 2 for step in range(math.ceil(2 * (last - first) / height))), last]
