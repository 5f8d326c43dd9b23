"""The colour maps of the heat; their order survives colour blindness and grey print."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.render.colour import Oklch
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatColours

Ramp = tuple[Oklch, ...]
"""From barely unusual to most unusual. Lightness moves steadily away from the paper's."""


@dataclass(frozen=True)
class HeatPalette:
    """One map, for light and for dark paper."""

    light: Ramp | None
    """None: the theme's own."""
    dark: Ramp | None


PALETTES: dict[HeatColours, HeatPalette] = {
    "sun": HeatPalette(None, None),
    "sea": HeatPalette(
        ((0.92, 0.060, 200.0), (0.86, 0.090, 212.0), (0.79, 0.115, 228.0), (0.71, 0.140, 245.0), (0.64, 0.160, 258.0)),
        ((0.46, 0.120, 268.0), (0.50, 0.130, 260.0), (0.54, 0.130, 250.0), (0.58, 0.120, 235.0), (0.615, 0.110, 215.0)),
    ),
    "orchid": HeatPalette(
        ((0.94, 0.035, 325.0), (0.87, 0.085, 322.0), (0.79, 0.130, 317.0), (0.71, 0.170, 311.0), (0.64, 0.200, 305.0)),
        ((0.46, 0.140, 296.0), (0.50, 0.160, 303.0), (0.54, 0.180, 311.0), (0.58, 0.190, 320.0), (0.63, 0.190, 330.0)),
    ),
    "grey": HeatPalette(
        ((0.93, 0.0, 0.0), (0.86, 0.0, 0.0), (0.78, 0.0, 0.0), (0.71, 0.0, 0.0), (0.64, 0.0, 0.0)),
        ((0.45, 0.0, 0.0), (0.49, 0.0, 0.0), (0.53, 0.0, 0.0), (0.57, 0.0, 0.0), (0.61, 0.0, 0.0)),
    ),
}
_TRACE_LIGHTNESS = {False: (0.38, 0.60), True: (0.90, 0.64)}
"""Lightness of a trace coloured by the heat, from barely to most unusual; keyed by dark paper. Starts near the trace's
own colour and keeps a contrast of 3:1 to the paper.
"""
_LEAST_TRACE_CHROMA = 0.12
"""A coloured line is thin: paler than this, it looks like the trace's own colour."""


def heat_ramp(colours: HeatColours, theme: Theme) -> Ramp:
    """The ramp of the heat behind a trace, on a theme's paper."""
    palette = PALETTES[colours]
    return (palette.dark if theme.is_dark else palette.light) or theme.heat


def trace_ramp(colours: HeatColours, theme: Theme) -> Ramp:
    """The ramp of a trace that is drawn in the heat's colour: the same hues, as dark (or light) as a line must be."""
    ramp = heat_ramp(colours, theme)
    first, last = _TRACE_LIGHTNESS[theme.is_dark]
    steps = len(ramp) - 1
    is_grey = all(chroma == 0 for _, chroma, _ in ramp)
    return tuple(
        (first + (last - first) * index / steps, 0.0 if is_grey else max(chroma, _LEAST_TRACE_CHROMA), hue)
        for index, (_, chroma, hue) in enumerate(ramp)
    )
