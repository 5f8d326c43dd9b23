"""Which lines of the millimetre grid are drawn, and where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ecg_viewer.render.geometry import ROUNDING_PX
from ecg_viewer.render.theme import Theme

LADDER_MM = (1.0, 5.0, 25.0, 125.0)
"""Small squares, large squares, and coarser grids for small scales."""
CULL_BELOW_PX = 3.0
FULL_FROM_PX = 5.0
"""Lines closer than `CULL_BELOW_PX` are clutter; from there they fade in until `FULL_FROM_PX`."""


@dataclass(frozen=True)
class GridLevel:
    """Lines at a distance, and how strongly to draw them (0..1)."""

    step_mm: float
    strength: float
    is_major: bool


def grid_ladder(px_per_mm: float) -> tuple[GridLevel, ...]:
    """The two finest levels that are wide enough to see, finest first: normally 1 mm and 5 mm."""
    visible = [step for step in LADDER_MM if step * px_per_mm >= CULL_BELOW_PX][:2]
    levels = []
    for index, step_mm in enumerate(visible):
        fade = (step_mm * px_per_mm - CULL_BELOW_PX) / (FULL_FROM_PX - CULL_BELOW_PX)
        levels.append(GridLevel(step_mm, min(1.0, 0.4 + 0.6 * fade), is_major=index == 1 or step_mm > LADDER_MM[0]))
    return tuple(levels)


def line_opacity(level: GridLevel, theme: Theme) -> float:
    """Of the lines of a level, 0..1."""
    return level.strength * (theme.grid_major_opacity if level.is_major else theme.grid_minor_opacity)


@lru_cache(maxsize=512)
def grid_lines(
    first_px: int, end_px: int, origin_px: float, px_per_mm: float
) -> tuple[tuple[GridLevel, tuple[int, ...]], ...]:
    """Pixels in [first_px, end_px) that hold a line, finest level first; where two levels meet the coarser has it.

    Kept, as every tile of a paper has the same horizontal lines, and is painted several times.
    """
    levels = [(level, line_positions(first_px, end_px, origin_px, level.step_mm * px_per_mm))
              for level in grid_ladder(px_per_mm)]
    coarser = set(levels[-1][1]) if len(levels) > 1 else set()
    return tuple(
        (level, tuple(at for at in positions if level is levels[-1][0] or at not in coarser))
        for level, positions in levels
    )


def line_positions(first_px: int, end_px: int, origin_px: float, step_px: float) -> list[int]:
    """Pixels in [first_px, end_px) that hold a line, of lines every `step_px` through `origin_px`."""
    first, end = (math.floor((edge - origin_px) / step_px) for edge in (first_px, end_px))
    pixels = np.floor(origin_px + np.arange(first, end + 2) * step_px + ROUNDING_PX).astype(np.int64)
    return [position for position in pixels.tolist() if first_px <= position < end_px]
