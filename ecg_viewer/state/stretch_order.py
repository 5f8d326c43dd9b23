"""The order in which stretches of a recording are assessed: the one on the screen first, then outward."""

from __future__ import annotations

import math

STEP_S = 60.0
"""Length of a stretch: long enough that windows shared by neighbours cost little."""
FOCUS_STEP_S = 15.0
"""Length of a stretch on the screen: covers a page of 10 s wherever it begins."""
GRID_S = 5.0
"""Stretches start on multiples of the model's hop, so that neighbours share as few windows as possible."""
SHORTEST_S = 10.0
"""A remainder shorter than one window of the model joins its neighbour."""


class StretchPlan:
    """What is still to be assessed of a recording. Times in seconds."""

    def __init__(self, duration_s: float) -> None:
        self._duration_s = duration_s
        self._left: list[tuple[float, float]] = [(0.0, duration_s)] if duration_s > 0 else []
        self._taken: tuple[float, float] | None = None
        self._is_for_focus = False

    @property
    def done_s(self) -> float:
        return self._duration_s - sum(end - start for start, end in self._left)

    def take(self, focus_start_s: float, focus_end_s: float) -> tuple[float, float] | None:
        """The next stretch: up to `FOCUS_STEP_S` of the focus, else up to `STEP_S` nearest to it; None at the end.

        A focus longer than `STEP_S` counts as its middle.
        """
        if not self._left:
            return None
        focus_start_s, focus_end_s = _middle(focus_start_s, focus_end_s)
        gap = min(self._left, key=lambda gap: _distance(gap, focus_start_s, focus_end_s))
        start, end = max(gap[0], focus_start_s), min(gap[1], focus_end_s)
        self._is_for_focus = end > start
        if self._is_for_focus:
            start = math.floor(start / GRID_S) * GRID_S
            end = min(math.ceil(end / GRID_S) * GRID_S, start + FOCUS_STEP_S)
            end = max(end, start + SHORTEST_S)
        elif gap[0] >= focus_end_s:
            start, end = gap[0], math.floor((gap[0] + STEP_S) / GRID_S) * GRID_S
        else:
            start, end = math.ceil((gap[1] - STEP_S) / GRID_S) * GRID_S, gap[1]
        self._taken = self._remove(gap, max(start, gap[0]), min(end, gap[1]))
        return self._taken

    def is_overtaken(self, focus_start_s: float, focus_end_s: float) -> bool:
        """Whether the stretch on the screen should come before the one taken last.

        True if it is still to be assessed, unless the one taken last was, and still is, on the screen.
        """
        focus = _middle(focus_start_s, focus_end_s)
        if self._taken is None or (_overlap(self._taken, *focus) and self._is_for_focus):
            return False
        return any(_overlap(gap, *focus) for gap in (self._taken, *self._left))

    def give_back(self) -> None:
        """The stretch taken last has not been assessed after all."""
        if self._taken is None:
            return
        left: list[tuple[float, float]] = []
        for start, end in sorted([*self._left, self._taken]):
            if left and start <= left[-1][1]:
                left[-1] = left[-1][0], max(left[-1][1], end)
            else:
                left.append((start, end))
        self._left, self._taken = left, None

    def _remove(self, gap: tuple[float, float], start: float, end: float) -> tuple[float, float]:
        start = min(start, end - SHORTEST_S)
        if start - gap[0] < SHORTEST_S:
            start = gap[0]
        if gap[1] - end < SHORTEST_S:
            end = gap[1]
        position = self._left.index(gap)
        rest = [(gap[0], start), (end, gap[1])]
        self._left[position : position + 1] = [piece for piece in rest if piece[1] > piece[0]]
        return start, end


def _middle(start: float, end: float) -> tuple[float, float]:
    """The focus itself, or the middle of a long one."""
    middle, half = (start + end) / 2, STEP_S / 2
    return (middle - half, middle + half) if end - start > STEP_S else (start, end)


def _overlap(gap: tuple[float, float], start: float, end: float) -> bool:
    return min(gap[1], end) > max(gap[0], start)


def _distance(gap: tuple[float, float], start: float, end: float) -> tuple[float, float]:
    """Sort key: -1 for a gap that overlaps the focus, else its distance; ties by time."""
    return -1.0 if _overlap(gap, start, end) else max(gap[0] - end, start - gap[1], 0.0), gap[0]
