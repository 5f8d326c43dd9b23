"""Which part of a row its heat fills, and the sizes of its edges and patterns: the same on the screen and on pages."""

from __future__ import annotations

from ecg_viewer.render.geometry import Row
from ecg_viewer.state.display_choices import HeatStyle
from mmae_core.assessment import Layer

RIBBON_MM = 3.0
"""Height of the ribbon: it leaves the ST segment clear."""
EDGE_MM = 0.78
"""Height of the edge that shows the layer of a heat: solid below for named departures, dashed above for beats unlike
the patient's own, none for the model's map."""
EDGED_LAYERS: tuple[Layer, ...] = ("named", "own")
"""Layers whose heat has an edge."""
DASH_MM = 1.05
"""Length of a dash of an edge, and of the gap after it."""
HATCH_MM = 2.1
"""Distance of the lines over what was not assessed, along the row."""
DOTS_MM = 3.1
"""Side of the squares that hold two of the dots over what is not yet computed."""
DOT_MM = 0.26
"""Side of a dot."""
UNRELIABLE_OPACITY = 0.3
"""Opacity of heat in a lead whose signal is poor: still visible under the hatching, but faint."""


def heat_band(row: Row, style: HeatStyle, px_per_mm: float) -> tuple[int, int]:
    """Top and height of what the heat of a row fills: all of its band, or the lowest 3 mm of it."""
    if style == "background":
        return row.band_top_px, row.band_height_px
    height = min(row.band_height_px, max(2, round(RIBBON_MM * px_per_mm)))
    return row.band_top_px + row.band_height_px - height, height


def edge_band(layer: Layer, top: int, height: int, px_per_mm: float) -> tuple[int, int]:
    """Top and height of the edge of a layer in a band."""
    edge = max(1, min(round(EDGE_MM * px_per_mm), height // 2))
    return (top + height - edge if layer == "named" else top), edge
