"""In which order the stretches of a record are assessed: what is looked at first, then outward."""

from __future__ import annotations

import math

STEP_S = 60.0
"""Length of one stretch: long enough that windows shared by neighbours cost little, short enough to cancel soon."""
GRID_S = 5.0
"""Stretches start on multiples of the model's hop, so that neighbours share as few windows as possible."""
SHORTEST_S = 10.0
"""A rest shorter than one window of the model is taken along with its neighbour."""


class StretchPlan:
    """What of a record is still to be assessed. Times in seconds."""

    def __init__(self, duration_s: float) -> None:
        self._duration_s = duration_s
        self._left: list[tuple[float, float]] = [(0.0, duration_s)] if duration_s > 0 else []

    @property
    def done_s(self) -> float:
        return self._duration_s - sum(end - start for start, end in self._left)

    def take(self, focus_start_s: float, focus_end_s: float) -> tuple[float, float] | None:
        """The next stretch: what is left of the focus, else up to `STEP_S` nearest to it; None at the end.

        A focus longer than `STEP_S` counts as its middle.
        """
        if not self._left:
            return None
        if focus_end_s - focus_start_s > STEP_S:
            middle = (focus_start_s + focus_end_s) / 2
            focus_start_s, focus_end_s = middle - STEP_S / 2, middle + STEP_S / 2
        gap = min(self._left, key=lambda gap: _distance(gap, focus_start_s, focus_end_s))
        start, end = max(gap[0], focus_start_s), min(gap[1], focus_end_s)
        if end > start:
            start = math.floor(start / GRID_S) * GRID_S
            end = max(math.ceil(end / GRID_S) * GRID_S, start + SHORTEST_S)
        elif gap[0] >= focus_end_s:
            start, end = gap[0], math.floor((gap[0] + STEP_S) / GRID_S) * GRID_S
        else:
            start, end = math.ceil((gap[1] - STEP_S) / GRID_S) * GRID_S, gap[1]
        return self._remove(gap, max(start, gap[0]), min(end, gap[1]))

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


def _distance(gap: tuple[float, float], start: float, end: float) -> tuple[float, float]:
    """0 for a gap that overlaps the focus, else how far it is; then the earlier one first."""
    return max(gap[0] - end, start - gap[1], 0.0) if min(gap[1], end) <= max(gap[0], start) else -1.0, gap[0]
