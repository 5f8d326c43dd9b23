"""The diverging colours of a difference of two maps: orange where A is higher, blue where B is.

The two hues stay apart for every kind of colour vision; that a difference is also painted above or below the middle
says the same without colour.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.render.colour import Oklch, uniform_ramp
from ecg_viewer.render.theme import Theme

DIFFERENCE_STOPS = ((1.0, 0.0, 0.45), (5.0, 0.30, 0.65), (20.0, 0.65, 0.85), (100.0, 1.0, 1.0))
"""Percentile points, place on either arm of the ramp, opacity. Less than a point is nothing: below the 90th percentile
the maps are kept in steps of one. Near the 99th a few points are much, so that the first steps are the widest."""
LEAST_POINTS = DIFFERENCE_STOPS[0][0]
_N_COLOURS = 256
_ARMS: dict[bool, tuple[tuple[Oklch, ...], tuple[Oklch, ...]]] = {
    False: (
        ((0.92, 0.070, 78.0), (0.82, 0.130, 66.0), (0.74, 0.160, 56.0), (0.66, 0.170, 48.0)),
        ((0.92, 0.040, 240.0), (0.82, 0.085, 245.0), (0.73, 0.125, 252.0), (0.64, 0.150, 258.0)),
    ),
    True: (
        ((0.40, 0.070, 60.0), (0.47, 0.100, 58.0), (0.54, 0.120, 56.0), (0.60, 0.135, 54.0)),
        ((0.40, 0.080, 262.0), (0.46, 0.120, 258.0), (0.53, 0.140, 254.0), (0.60, 0.140, 248.0)),
    ),
}
"""On light and on dark paper: A higher, B higher, from little to much; as light (or dark) as leaves the trace seen."""


def difference_place(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where differences (any shape) lie on the legend: -1 for B higher by 100 points, 0 for less than one, 1 for A."""
    stops, places, _ = (np.array(column) for column in zip(*DIFFERENCE_STOPS, strict=True))
    size = np.abs(points)
    return np.where(size < LEAST_POINTS, 0.0, np.sign(points) * np.interp(size, stops, places))


def points_at(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """The differences at places of the legend, -1 to 1; one point of either sign where the colour begins."""
    stops, places, _ = (np.array(column) for column in zip(*DIFFERENCE_STOPS, strict=True))
    return np.asarray(np.where(place < 0, -1.0, 1.0) * np.interp(np.abs(place), places, stops), np.float64)


def difference_pixels(points: NDArray[np.float64], theme: Theme, opacity: float = 1.0) -> NDArray[np.uint8]:
    """RGBA (..., 4), not premultiplied, of differences in percentile points; transparent for NaN and less than one."""
    stops, _, alphas = (np.array(column) for column in zip(*DIFFERENCE_STOPS, strict=True))
    known = np.nan_to_num(points)
    size = np.abs(known)
    place = np.rint(np.abs(difference_place(known)) * (_N_COLOURS - 1)).astype(np.int64)
    table = _table(theme.is_dark)
    pixels = np.empty((*points.shape, 4), np.uint8)
    pixels[..., :3] = np.where((known > 0)[..., None], table[0][place], table[1][place])
    shown = size >= LEAST_POINTS
    pixels[..., 3] = np.rint(np.where(shown, np.interp(size, stops, alphas) * opacity, 0.0) * 255).astype(np.uint8)
    return pixels


@lru_cache
def _table(is_dark: bool) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    first, second = (np.rint(uniform_ramp(arm, _N_COLOURS) * 255).astype(np.uint8) for arm in _ARMS[is_dark])
    return first, second
