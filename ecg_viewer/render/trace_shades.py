"""The colours and widths of a trace that shows the heat itself, on the screen and on pages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.render.colour import HEAT_STOPS, heat_table
from ecg_viewer.render.heat_colours import trace_ramp
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import code_percentiles

N_SHADES = 8
"""Number of colours of a trace; each is drawn as a line of its own."""
BOLD_FROM = 99.0
"""Percentile from which a coloured trace is also thicker, so that it does not rely on colour alone."""
LINE_OFFSETS_PX = {1: ((0.0, 0.0),), 2: ((-0.4, -0.4), (0.4, 0.4)), 3: ((-0.6, -0.6), (0.0, 0.0), (0.6, 0.6))}
"""Where the lines of a thicker trace run on a screen, so that each stays one pixel wide."""


@dataclass(frozen=True)
class TraceShade:
    """How a stretch of a trace is drawn."""

    colour: str
    """As `#rrggbb`."""
    n_lines: int = 1
    """Lines beside each other on a screen, where a thick pen is a hundred times slower."""

    @property
    def width(self) -> float:
        """As a multiple of a plain trace's."""
        offsets = LINE_OFFSETS_PX[self.n_lines]
        return 1.0 + offsets[-1][1] - offsets[0][1]


def trace_shades(look: HeatLook, theme: Theme) -> list[TraceShade]:
    """The plain trace, then `N_SHADES` from barely to most unusual."""
    percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
    at = np.interp((np.arange(N_SHADES) + 0.5) / N_SHADES, places, percentiles)
    table = heat_table(trace_ramp(look.colours, theme))
    codes = [int(np.nanargmin(np.abs(code_percentiles() - percentile))) for percentile in at]
    return [TraceShade(theme.trace)] + [
        TraceShade("#{:02x}{:02x}{:02x}".format(*table[code, :3].tolist()), 3 if percentile >= BOLD_FROM else 2)
        for code, percentile in zip(codes, at, strict=True)
    ]


def shade_of_code(threshold: float) -> NDArray[np.int64]:
    """For each heat code the number of its shade in `trace_shades`; 0, the plain trace, below the threshold."""
    percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
    of_code = code_percentiles()
    place = np.nan_to_num(np.interp(of_code, percentiles, places))
    shades = np.minimum((place * N_SHADES).astype(np.int64), N_SHADES - 1) + 1
    return np.where(of_code >= max(percentiles[0], threshold), shades, 0)
