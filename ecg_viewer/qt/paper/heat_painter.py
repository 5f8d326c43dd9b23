"""Paints the heat of a tile in the chosen style: behind the traces, as a ribbon under them, or as their colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from ecg_viewer.qt.widgets.textures import dash_brush, dot_brush, hatch_brush
from ecg_viewer.render.colour import HEAT_STOPS, heat_table
from ecg_viewer.render.geometry import PaperGeometry, Row
from ecg_viewer.render.heat_colours import heat_ramp, ink_ramp
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import LOWEST_THRESHOLD, HeatLook
from ecg_viewer.state.heat import (
    FIRST_PERCENTILE_CODE,
    NOT_ASSESSED,
    PENDING,
    HeatMap,
    code_percentiles,
    percentile_codes,
)
from ecg_viewer.state.quality import unreliable_columns
from mmae_core.record import STANDARD_LEADS

UNRELIABLE_OPACITY = 0.3
"""Opacity of heat in a lead whose signal is poor: still visible under the hatching, but faint."""
RIBBON_MM = 3.0
"""Height of the ribbon: it leaves the ST segment clear."""
N_INKS = 8
"""Number of colours of a trace; each is drawn as a line of its own."""
BOLD_FROM = 99.0
"""Percentile from which a coloured trace is also thicker, so that it does not rely on colour alone."""


EDGE_PX = 3.0
"""Height of the edge that shows the layer of a heat: solid below for named departures, dashed above for beats unlike
the patient's own, none for the model's map.
"""


@dataclass(frozen=True)
class Ink:
    """How a stretch of a trace is drawn."""

    colour: QColor
    n_lines: int
    """Lines beside each other: a thick pen is a hundred times slower."""


def ribbon_of(row: Row, geometry: PaperGeometry) -> tuple[int, int]:
    """Top and height of a row's ribbon in pixels: the lowest 3 mm of what its heat fills."""
    height = min(row.band_height_px, max(2, round(RIBBON_MM * geometry.px_per_mm)))
    return row.band_top_px + row.band_height_px - height, height


def edge_area(layer: str, top: int, height: int, edge_px: int) -> QRect:
    """The edge of a layer in a band or ribbon; its width is set later."""
    edge_px = max(1, min(edge_px, height // 2))
    return QRect(0, top + height - edge_px if layer == "named" else top, 0, edge_px)


def edge_brush(layer: str, theme: Theme, device_ratio: float) -> QBrush:
    """Solid for named departures, dashed for beats unlike the patient's own."""
    return QBrush(QColor(theme.model_ink)) if layer == "named" else dash_brush(theme.model_ink, device_ratio)


def trace_inks(look: HeatLook, theme: Theme) -> list[Ink]:
    """The inks of a trace that shows the heat, from barely to most unusual."""
    percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
    at = np.interp((np.arange(N_INKS) + 0.5) / N_INKS, places, percentiles)
    table = heat_table(ink_ramp(look.colours, theme))
    codes = [int(np.nanargmin(np.abs(code_percentiles() - percentile))) for percentile in at]
    return [
        Ink(QColor(*(int(part) for part in table[code, :3])), 3 if percentile >= BOLD_FROM else 2)
        for code, percentile in zip(codes, at, strict=True)
    ]


class TileHeat:
    """The heat of one tile's stretch, all leads."""

    def __init__(self, heat: HeatMap, start_s: float, end_s: float, n_columns: int) -> None:
        self.edges = {
            layer: heat.slice(start_s, end_s, n_columns, layer) for layer in ("named", "own") if layer in heat.layers
        }
        """Codes of the layers that are marked with an edge of their own."""
        self.codes = heat.slice(start_s, end_s, n_columns)
        self.poor = unreliable_columns(heat.windows, start_s, end_s, n_columns) & (self.codes >= FIRST_PERCENTILE_CODE)
        self.hatched = (self.codes == NOT_ASSESSED) | self.poor


class HeatPainter:
    """Paints the heat of one theme and look; a `look` of None, or of style off, paints nothing."""

    def __init__(self, look: HeatLook | None, theme: Theme, device_ratio: float) -> None:
        self.look = None if look is None or look.style == "off" else look
        self._colours = np.zeros((256, 4), np.uint8)
        self._ink_of_code = np.zeros(256, np.int64)
        self.inks: list[Ink] = []
        if self.look is not None:
            self._colours = heat_table(heat_ramp(self.look.colours, theme), self.look.opacity, self.look.threshold)
            self._colours[[PENDING, NOT_ASSESSED], 3] = 0
            self.inks = trace_inks(self.look, theme)
            self._ink_of_code = _ink_of_code(self.look.threshold)
        self._hatch = hatch_brush(theme.hatch, device_ratio)
        self._dots = dot_brush(theme.pending, device_ratio)
        self._edges = {layer: edge_brush(layer, theme, device_ratio) for layer in ("named", "own")}
        self._edge_px = round(EDGE_PX * device_ratio)
        least = LOWEST_THRESHOLD if self.look is None else self.look.threshold
        self._least_code = int(percentile_codes(np.array(least)))

    @property
    def colours_traces(self) -> bool:
        return self.look is not None and self.look.style == "trace"

    def tile(self, heat: HeatMap, start_s: float, end_s: float, n_columns: int) -> TileHeat:
        """The heat to paint for a stretch."""
        return TileHeat(heat, start_s, end_s, n_columns)

    def paint(
        self, painter: QPainter, tile: TileHeat, rows: tuple[Row, ...], geometry: PaperGeometry, left_px: int,
        inside: tuple[int, int],
    ) -> None:
        """Bands or ribbons of `rows` in the columns `inside` of a tile that starts at `left_px`."""
        if self.look is None:
            return
        first, end = inside
        pixels = np.ascontiguousarray(self._colours[tile.codes])  # [leads, columns, RGBA]
        if tile.poor.any():
            pixels[tile.poor, 3] = np.rint(pixels[tile.poor, 3] * UNRELIABLE_OPACITY).astype(np.uint8)
        for row in rows:
            lead = STANDARD_LEADS.index(row.lead)
            is_band = self.look.style == "background"
            top, height = (row.band_top_px, row.band_height_px) if is_band else ribbon_of(row, geometry)
            line = pixels[lead, first:end]
            if line[:, 3].any() and not self.colours_traces:
                strip = QImage(line.tobytes(), line.shape[0], 1, line.shape[0] * 4, QImage.Format.Format_RGBA8888)
                painter.drawImage(QRect(first, top, end - first, height), strip)
            for mask, brush in ((tile.hatched, self._hatch), (tile.codes == PENDING, self._dots)):
                self._fill(painter, mask[lead, first:end], brush, QRect(first, top, 0, height), left_px)
            for layer, codes in tile.edges.items():
                marked = codes[lead, first:end] >= self._least_code
                if marked.any():
                    edge = edge_area(layer, top, height, self._edge_px)
                    self._fill(painter, marked, self._edges[layer], edge.translated(first, 0), left_px)

    def inks_of(self, tile: TileHeat, lead: str, columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the ink at each of `columns`, counted from 1; 0 for the trace's own."""
        index = STANDARD_LEADS.index(lead)
        inks = np.where(tile.poor[index], 0, self._ink_of_code[tile.codes[index]])
        return np.asarray(inks[np.clip(columns, 0, inks.size - 1)], np.int64)

    def _fill(self, painter: QPainter, mask: NDArray[np.bool_], brush: QBrush, area: QRect, left_px: int) -> None:
        for start, stop in _stretches(mask):
            if not brush.textureImage().isNull():
                painter.setBrushOrigin(QPointF(-(left_px % brush.textureImage().width()), area.top()))
            painter.fillRect(QRect(area.left() + start, area.top(), stop - start, area.height()), brush)


def _ink_of_code(threshold: float) -> NDArray[np.int64]:
    """For each code the number of its ink, 0 without."""
    percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
    of_code = code_percentiles()
    place = np.nan_to_num(np.interp(of_code, percentiles, places))
    inks = np.minimum((place * N_INKS).astype(np.int64), N_INKS - 1) + 1
    return np.where(of_code >= max(percentiles[0], threshold), inks, 0)


def _stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
