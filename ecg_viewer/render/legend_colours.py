"""The colours of the heat along its legend, on the screen and on pages: the same for every record."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.render.colour import HEAT_STOPS, heat_table
from ecg_viewer.render.heat_bands import UNRELIABLE_OPACITY
from ecg_viewer.render.heat_colours import heat_ramp, trace_ramp
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import percentile_codes

LEGEND_TICKS = (90.0, 95.0, 99.0, 99.9, 100.0)
"""Percentiles written along a legend, where there is room."""
UNRELIABLE_PERCENTILE = 99.0
"""Shown in the example of unreliable heat."""


def legend_colours(look: HeatLook, theme: Theme) -> NDArray[np.uint8]:
    """RGBA (256, 4) of every heat code, as the paper shows it; a coloured trace is opaque."""
    if look.style == "trace":
        return heat_table(trace_ramp(look.colours, theme), 1.0, look.threshold)
    return heat_table(heat_ramp(look.colours, theme), look.opacity, look.threshold)


def legend_ramp(look: HeatLook, theme: Theme, n_columns: int) -> NDArray[np.uint8]:
    """RGBA (n_columns, 4) along a legend, where equal lengths are equal differences of colour."""
    percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
    codes = percentile_codes(np.interp(np.linspace(0, 1, n_columns), places, percentiles))
    return np.ascontiguousarray(legend_colours(look, theme)[codes])


def legend_place(percentile: float) -> float:
    """Where a percentile is along a legend, 0..1."""
    percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
    return float(np.interp(percentile, percentiles, places))


def unreliable_colour(look: HeatLook, theme: Theme) -> tuple[int, int, int, int]:
    """RGBA of the legend's example of heat where the signal is poor."""
    table = heat_table(heat_ramp(look.colours, theme), look.opacity)
    red, green, blue, alpha = table[int(percentile_codes(np.array(UNRELIABLE_PERCENTILE)))].tolist()
    return red, green, blue, round(alpha * UNRELIABLE_OPACITY)
