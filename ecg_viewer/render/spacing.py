"""How rows share a height: evenly, unless some leads reach further than others."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WHOLE_MM_FROM = 3.0
"""Rows at least this far apart stand on the lines of the grid."""
LEAST_SHARE = 0.65
"""Least distance between rows, as a share of an even one."""
LEAST_PART = 0.25
"""Least share of the distance between two rows that belongs to either of them."""
EDGE_SHARE = 0.2
"""Share of the height that the first row may take above, and the last one below its baseline."""


@dataclass(frozen=True)
class RowNeed:
    """How far a row's traces reach from the baseline, in millimetres."""

    above_mm: float
    below_mm: float


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands, in millimetres from the top, and how much of the height is its own."""

    baseline_mm: float
    above_mm: float
    below_mm: float


def even_places(n_rows: int, height_mm: float, headroom_mm: float) -> list[RowPlace]:
    """Rows at equal distances, in the middle of the height, with `headroom_mm` above the first baseline."""
    pitch_mm = _whole(min(height_mm / n_rows, (height_mm - headroom_mm) / (n_rows - 0.5)))
    first_mm = max(headroom_mm, (height_mm - pitch_mm * (n_rows - 1)) / 2)
    half_mm = pitch_mm / 2
    return [RowPlace(first_mm + index * pitch_mm, half_mm, half_mm) for index in range(n_rows)]


def row_places(needs: Sequence[RowNeed], height_mm: float, headroom_mm: float) -> list[RowPlace]:
    """Row positions spaced as the traces need, as far as the height allows; evenly if no trace needs more.

    Shortage is taken from the widest distances first, never from the ends of the paper: overlapping traces can still be
    read, cut-off ones cannot.
    """
    even = even_places(len(needs), height_mm, headroom_mm)
    if len(needs) < 2:
        return [_only(needs[0], height_mm, headroom_mm)]
    most_at_edge = EDGE_SHARE * height_mm
    least_at_edge = LEAST_SHARE * height_mm / len(needs) / 2
    top_mm = max(min(needs[0].above_mm, most_at_edge), headroom_mm, least_at_edge)
    bottom_mm = max(min(needs[-1].below_mm, most_at_edge), least_at_edge)
    pairs = list(itertools.pairwise(needs))
    wanted = [upper.below_mm + lower.above_mm for upper, lower in pairs]
    baselines = [place.baseline_mm for place in even]
    pitch_mm = baselines[1] - baselines[0]
    fits = max(wanted) <= pitch_mm and top_mm <= baselines[0] and baselines[-1] + bottom_mm <= height_mm
    if not fits:
        baselines = _uneven_baselines(top_mm, wanted, bottom_mm, height_mm)
    boundaries = [
        upper_mm + _share(lower_mm - upper_mm, above.below_mm, below.above_mm)
        for (upper_mm, lower_mm), (above, below) in zip(itertools.pairwise(baselines), pairs, strict=True)
    ]
    first_mm = max(0.0, baselines[0] - max(top_mm, pitch_mm / 2))
    last_mm = min(height_mm, baselines[-1] + max(bottom_mm, pitch_mm / 2))
    edges = [first_mm, *boundaries, last_mm]
    return [
        RowPlace(baseline, baseline - above, below - baseline)
        for baseline, (above, below) in zip(baselines, itertools.pairwise(edges), strict=True)
    ]


def _only(need: RowNeed, height_mm: float, headroom_mm: float) -> RowPlace:
    """One row: its reach in the middle of the height."""
    middle = (height_mm + need.above_mm - need.below_mm) / 2
    baseline = min(max(middle, headroom_mm, 0.2 * height_mm), 0.8 * height_mm)
    return RowPlace(baseline, baseline, height_mm - baseline)


def _uneven_baselines(top_mm: float, wanted: list[float], bottom_mm: float, height_mm: float) -> list[float]:
    least = LEAST_SHARE * height_mm / (len(wanted) + 1)
    spare = height_mm - top_mm - bottom_mm
    gaps = [max(gap, least) for gap in wanted]
    if sum(gaps) <= spare:
        # Neighbours that need less than others get the same as far as it goes; the ends half as much.
        level = _solve(lambda level: sum(max(gap, level) for gap in gaps) + max(top_mm, level / 2)
                       + max(bottom_mm, level / 2), height_mm)
        gaps, top_mm = [max(gap, level) for gap in gaps], max(top_mm, level / 2)
    else:
        cap = _solve(lambda cap: sum(min(gap, cap) for gap in gaps), spare)
        gaps = [min(gap, cap) for gap in gaps]
    whole = min(gaps) >= WHOLE_MM_FROM
    from_first = itertools.accumulate(gaps, initial=0.0)
    return [top_mm + (math.floor(place + 1e-9) if whole else place) for place in from_first]


def _share(gap_mm: float, below_mm: float, above_mm: float) -> float:
    """How much of the gap belongs to the upper row: half, unless one of the two needs more and the other does not."""
    if below_mm + above_mm > gap_mm:
        wanted = gap_mm * below_mm / (below_mm + above_mm)
    else:
        wanted = min(max(gap_mm / 2, below_mm), gap_mm - above_mm)
    return min(max(wanted, LEAST_PART * gap_mm), (1 - LEAST_PART) * gap_mm)


def _solve(increasing: Callable[[float], float], target: float) -> float:
    """Where an increasing function reaches `target`, between 0 and `target`; the end of that range if it does not."""
    low, high = 0.0, target
    for _ in range(60):
        middle = (low + high) / 2
        if increasing(middle) <= target:
            low = middle
        else:
            high = middle
    return low


def _whole(pitch_mm: float) -> float:
    return float(math.floor(pitch_mm)) if pitch_mm >= WHOLE_MM_FROM else pitch_mm
