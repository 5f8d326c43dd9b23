"""Perceptual colours (OKLab) and the colour table of the heat."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.heat import code_percentiles

Oklch = tuple[float, float, float]
"""Lightness 0..1, chroma, hue in degrees."""

_TO_LMS = np.array(
    [[1.0, 0.3963377774, 0.2158037573], [1.0, -0.1055613458, -0.0638541728], [1.0, -0.0894841775, -1.2914855480]]
)
_LMS_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)
"""Both from B. Ottosson's definition of OKLab (2020)."""

HEAT_STOPS = ((90.0, 0.0, 0.40), (95.0, 0.30, 0.60), (99.0, 0.62, 0.85), (99.9, 0.88, 0.95), (100.0, 1.0, 1.0))
"""Percentile among normals, position on the ramp, opacity. Nothing is coloured below the first, which 9 of 10 normal
ECGs stay below throughout a lead. Opacity does not start at 0, as a faint colour would go unseen.
"""


def oklab_to_rgb(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """sRGB 0..1 of OKLab colours (n, 3), clipped to what a screen can show."""
    linear = np.clip(((lab @ _TO_LMS.T) ** 3) @ _LMS_TO_RGB.T, 0.0, 1.0)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.clip(encoded, 0.0, 1.0), np.float64)


def rgb_to_oklab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """OKLab of sRGB colours 0..1 (n, 3)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ np.linalg.inv(_LMS_TO_RGB).T) @ np.linalg.inv(_TO_LMS).T, np.float64)


def uniform_ramp(anchors: tuple[Oklch, ...], n_colours: int) -> NDArray[np.float64]:
    """sRGB (n, 3) along a path through OKLCH anchors, neighbours equally different to the eye."""
    places = np.linspace(0, 1, len(anchors))
    fine = np.linspace(0, 1, 2048)
    lightness = np.interp(fine, places, [anchor[0] for anchor in anchors])
    chroma = np.interp(fine, places, [anchor[1] for anchor in anchors])
    hue = np.interp(fine, places, np.unwrap([anchor[2] for anchor in anchors], period=360.0))
    lab = np.column_stack((lightness, chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))))
    rgb = oklab_to_rgb(lab)
    length = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(rgb_to_oklab(rgb), axis=0), axis=1))))
    wanted = np.linspace(0, length[-1], n_colours)
    return np.column_stack([np.interp(wanted, length, rgb[:, channel]) for channel in range(3)])


def heat_table(
    anchors: tuple[Oklch, ...], opacity: float = 1.0, threshold: float = HEAT_STOPS[0][0]
) -> NDArray[np.uint8]:
    """RGBA (256, 4), not premultiplied, of every heat code; fully transparent where there is no heat to show.

    The same percentile has the same colour in every record, whatever the `threshold` below which nothing is coloured:
    the scale is the cohort's.
    """
    return _heat_table(anchors, opacity, threshold).copy()


@lru_cache(maxsize=64)
def _heat_table(anchors: tuple[Oklch, ...], opacity: float, threshold: float) -> NDArray[np.uint8]:
    """Cached: all papers and legends use the same few tables."""
    percentiles, places, alphas = (np.array(column) for column in zip(*HEAT_STOPS, strict=True))
    of_code = code_percentiles()
    ramp = uniform_ramp(anchors, 512)
    place = np.interp(of_code, percentiles, places)
    alpha = np.where(of_code >= max(percentiles[0], threshold), np.interp(of_code, percentiles, alphas) * opacity, 0.0)
    shown = np.nan_to_num(place)
    rgb = np.column_stack([np.interp(shown, np.linspace(0, 1, 512), ramp[:, channel]) for channel in range(3)])
    return np.asarray(np.rint(np.column_stack((rgb, alpha)) * 255), np.uint8)
