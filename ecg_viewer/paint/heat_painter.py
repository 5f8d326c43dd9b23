"""Paints heat in the chosen style: behind the traces, as a ribbon under them, or as their colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.decimate import true_runs
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.heat_bands import UNRELIABLE_OPACITY, edge_band, heat_band
from ecg_viewer.render.heat_colours import heat_ramp
from ecg_viewer.render.heat_stretch import HeatStretch
from ecg_viewer.render.theme import Theme
from ecg_viewer.render.trace_shades import TraceShade, shade_of_code, trace_shades
from ecg_viewer.state.display_choices import LOWEST_THRESHOLD, HeatLook
from ecg_viewer.state.heat import NOT_ASSESSED, PENDING, HeatMap, percentile_codes
from mmae_core.assessment import Layer
from mmae_core.record import STANDARD_LEADS

Fill = Callable[[QPainter, QRectF, float], None]
"""Fills an area with a pattern that goes through the third argument, the x of the start of time."""


@dataclass(frozen=True)
class HeatFills:
    """The patterns of a screen or of a page."""

    px_per_mm: float
    hatch: Fill
    """Over what was not assessed, or is unreliable."""
    dots: Fill
    """Over what is not yet computed."""
    edges: Mapping[Layer, Fill]
    """Of each layer that has an edge."""


@dataclass(frozen=True)
class ColumnPlaces:
    """Where the columns of a stretch are drawn."""

    first: int
    end: int
    """Columns from `first` up to `end` are drawn."""
    width_px: float = 1.0
    """Of a column; the stretch begins at x = 0."""
    origin_px: float = 0.0
    """Where time 0 is."""

    def area(self, first: int, end: int, top: int, height: int) -> QRectF:
        """The area of some columns in a band."""
        return QRectF(first * self.width_px, top, (end - first) * self.width_px, height)


class HeatPainter:
    """Paints the heat of one theme and look; a `look` of None, or of style off, paints nothing."""

    def __init__(self, look: HeatLook | None, theme: Theme, fills: HeatFills) -> None:
        self.look = None if look is None or look.style == "off" else look
        self.shades: list[TraceShade] = [TraceShade(theme.trace)]
        """Of traces: plain, then those that show the heat."""
        self._fills = fills
        self._colours = np.zeros((256, 4), np.uint8)
        self._shade_of_code = np.zeros(256, np.int64)
        if self.look is not None:
            self._colours = heat_table(heat_ramp(self.look.colours, theme), self.look.opacity, self.look.threshold)
            self._colours[[PENDING, NOT_ASSESSED], 3] = 0
            self.shades = trace_shades(self.look, theme)
            self._shade_of_code = shade_of_code(self.look.threshold)
        least = LOWEST_THRESHOLD if self.look is None else self.look.threshold
        self._least_code = int(percentile_codes(np.array(least)))

    @property
    def colours_traces(self) -> bool:
        return self.look is not None and self.look.style == "trace"

    def stretch(self, heat: HeatMap, start_s: float, end_s: float, n_columns: int) -> HeatStretch:
        """The heat to paint for a stretch."""
        return HeatStretch(heat, start_s, end_s, n_columns)

    def paint(self, painter: QPainter, stretch: HeatStretch, rows: tuple[Row, ...], places: ColumnPlaces) -> None:
        """Bands or ribbons of `rows`."""
        if self.look is None:
            return
        pixels = np.ascontiguousarray(self._colours[stretch.codes])  # [leads, columns, RGBA]
        if stretch.poor.any():
            pixels[stretch.poor, 3] = np.rint(pixels[stretch.poor, 3] * UNRELIABLE_OPACITY).astype(np.uint8)
        for row in rows:
            if row.lead not in STANDARD_LEADS:
                continue  # the model knows the twelve
            lead = STANDARD_LEADS.index(row.lead)
            band = heat_band(row, self.look.style, self._fills.px_per_mm)
            if not self.colours_traces:
                paint_strip(painter, pixels[lead, places.first : places.end],
                            places.area(places.first, places.end, *band))
            self._paint_patterns(painter, stretch, lead, band, places)
            for layer, codes in stretch.edges.items():
                edge = edge_band(layer, *band, self._fills.px_per_mm)
                self._fill(painter, codes[lead] >= self._least_code, self._fills.edges[layer], edge, places)

    def shades_at(self, stretch: HeatStretch, lead: str, columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the shade of a lead's trace at each of `columns`."""
        if lead not in STANDARD_LEADS:
            return np.zeros(columns.shape, np.int64)
        index = STANDARD_LEADS.index(lead)
        shades = np.where(stretch.poor[index], 0, self._shade_of_code[stretch.codes[index]])
        return np.asarray(shades[np.clip(columns, 0, shades.size - 1)], np.int64)

    def _paint_patterns(
        self, painter: QPainter, stretch: HeatStretch, lead: int, band: tuple[int, int], places: ColumnPlaces
    ) -> None:
        """Over what has no percentile, or none to rely on."""
        self._fill(painter, stretch.hatched[lead], self._fills.hatch, band, places)
        self._fill(painter, stretch.codes[lead] == PENDING, self._fills.dots, band, places)

    def _fill(
        self, painter: QPainter, mask: NDArray[np.bool_], fill: Fill, band: tuple[int, int], places: ColumnPlaces
    ) -> None:
        """Fill the masked columns of a band."""
        drawn = mask[places.first : places.end]
        if not drawn.any():
            return  # nearly always
        for first, end in true_runs(drawn):
            fill(painter, places.area(places.first + first, places.first + end, *band), places.origin_px)


def paint_strip(painter: QPainter, pixels: NDArray[np.uint8], area: QRectF) -> None:
    """Colours (n, RGBA) side by side over an area; nothing where all are transparent."""
    if pixels[:, 3].any():
        n = pixels.shape[0]
        painter.drawImage(area, QImage(pixels.tobytes(), n, 1, 4 * n, QImage.Format.Format_RGBA8888))
