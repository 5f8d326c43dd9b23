"""Paints one tile of the paper: grid, heat and traces of a short stretch of time, in the pixels of the screen.

Pens are one device pixel wide and opaque. Qt has a fast path for those only (a pen of width 2 takes a hundred times as
long), so widths are never multiplied by the device pixel ratio; on a dense screen the line is drawn again half a pixel
beside itself instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ecg_viewer.paint.heat_painter import ColumnPlaces, HeatFills, HeatPainter
from ecg_viewer.paint.trace_painter import Stroke, TraceLine, paint_trace
from ecg_viewer.qt.paper.trace_store import TraceStore
from ecg_viewer.qt.widgets.textures import texture_fills
from ecg_viewer.render.decimate import bin_for, polyline
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.grid import grid_lines, line_opacity
from ecg_viewer.render.heat_stretch import HeatStretch
from ecg_viewer.render.inks import DIMMED_OPACITY, Inks, dimmed
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.render.theme import Theme
from ecg_viewer.render.trace_shades import LINE_OFFSETS_PX, TraceShade
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import HeatMap
from mmae_core.record import EcgRecord

TILE_PX = 256
"""Device pixels a tile is wide: about 2.6 s at 25 mm/s, painted in a few milliseconds."""


@dataclass(frozen=True)
class Scene:
    """What all tiles of the paper have in common; a change of any of it makes new tiles."""

    layout: PaperLayout
    theme: Theme
    heat: HeatLook | None
    """None hides everything the model says."""
    inks: Inks
    """Which lead is at the front, and how those that run into one another are told apart."""
    record: EcgRecord | None
    heat_painter: Callable[[HeatLook | None, Theme, HeatFills], HeatPainter] = HeatPainter


class TilePainter:
    """Paints tiles of one scene.

    Each column of leads has an endless paper of its own; tile `n` of it starts at device pixel `n * TILE_PX`.
    """

    def __init__(self, scene: Scene, store: TraceStore | None, heat: HeatMap) -> None:
        self._scene = scene
        self._store = store
        self._heat = heat
        ratio = scene.layout.device_ratio
        fills = texture_fills(scene.theme, ratio, scene.layout.geometry.px_per_mm)
        self._heat_painter = scene.heat_painter(scene.heat, scene.theme, fills)
        self._ratio = ratio
        self._strokes: dict[tuple[str, bool], list[Stroke]] = {}

    def paint(self, column: int, index: int) -> tuple[QImage, bool]:
        """The tile, and whether its traces are complete (False while some have not been read)."""
        image = QImage(TILE_PX, self._scene.layout.paper_height_px, QImage.Format.Format_RGB32)
        image.fill(QColor(self._scene.theme.paper))
        left_px = index * TILE_PX
        rows = self._scene.layout.geometry.columns[column] if self._scene.layout.geometry.columns else ()
        painter = QPainter(image)
        try:
            stretch = self._paint_heat(painter, rows, left_px)
            if self._scene.record is not None:
                self._paint_beyond(painter, left_px)
            paint_grid(painter, self._scene, left_px, TILE_PX)
            complete = self._paint_traces(painter, rows, left_px, stretch)
        finally:
            painter.end()
        return image, complete

    def _times(self, left_px: int) -> tuple[float, float]:
        px_per_s = self._scene.layout.geometry.px_per_s
        return left_px / px_per_s, (left_px + TILE_PX) / px_per_s

    def _inside(self, left_px: int) -> tuple[int, int]:
        """The columns of the tile that lie inside the record."""
        assert self._scene.record is not None
        end_px = math.ceil(self._scene.record.duration_s * self._scene.layout.geometry.px_per_s)
        return min(max(0, -left_px), TILE_PX), min(max(0, end_px - left_px), TILE_PX)

    def _paint_beyond(self, painter: QPainter, left_px: int) -> None:
        first, end = self._inside(left_px)
        colour = QColor(self._scene.theme.beyond)
        for start, stop in ((0, first), (end, TILE_PX)):
            if stop > start:
                painter.fillRect(start, 0, stop - start, self._scene.layout.paper_height_px, colour)

    def _paint_heat(self, painter: QPainter, rows: tuple[Row, ...], left_px: int) -> HeatStretch | None:
        if self._scene.record is None or self._heat_painter.look is None:
            return None
        first, end = self._inside(left_px)
        if end <= first:
            return None
        stretch = self._heat_painter.stretch(self._heat, *self._times(left_px), TILE_PX)
        places, inks = ColumnPlaces(first, end, origin_px=-left_px), self._scene.inks
        behind = tuple(row for row in rows if inks.is_dimmed(row.lead))
        if behind:
            painter.setOpacity(DIMMED_OPACITY)
            self._heat_painter.paint(painter, stretch, behind, places)
            painter.setOpacity(1.0)
        self._heat_painter.paint(painter, stretch, tuple(row for row in rows if row not in behind), places)
        return stretch

    def _paint_traces(
        self, painter: QPainter, rows: tuple[Row, ...], left_px: int, stretch: HeatStretch | None
    ) -> bool:
        record, store, geometry = self._scene.record, self._store, self._scene.layout.geometry
        if record is None or store is None:
            return True
        rate = record.sampling_rate_hz
        start_s, end_s = self._times(left_px)
        bin_samples = bin_for(rate / geometry.px_per_s)
        margin = 2 * bin_samples + math.ceil(2 * rate / geometry.px_per_s)
        gathered = store.gather(math.floor(start_s * rate) - margin, math.ceil(end_s * rate) + margin, bin_samples)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inks = self._scene.inks
        for row in sorted(rows, key=lambda row: not inks.is_dimmed(row.lead)):
            if row.lead not in record.trace_names:
                continue  # kept free, so that the rows of compared recordings line up
            times, values, connect = polyline(gathered.traces, record.trace_names.index(row.lead), rate)
            x = times * geometry.px_per_s - left_px
            y = row.baseline_px - row.sign * values.astype(np.float64) * geometry.px_per_mv
            shades = None
            if stretch is not None and self._heat_painter.colours_traces:
                shades = self._heat_painter.shades_at(stretch, row.lead, np.floor(x).astype(np.int64))
            paint_trace(painter, TraceLine(x, y, connect), self._strokes_of(row), shades)
        return gathered.complete

    def _strokes_of(self, row: Row) -> list[Stroke]:
        """The plain line of a row, then those that show the heat."""
        theme, inks = self._scene.theme, self._scene.inks
        colour = inks.colour_of(row, self._scene.layout.geometry, theme), inks.is_dimmed(row.lead)
        if colour not in self._strokes:
            shades = [TraceShade(dimmed(shade.colour, theme), shade.n_lines) if colour[1] else shade
                      for shade in self._heat_painter.shades[1:]]
            self._strokes[colour] = [screen_stroke(shade, self._ratio) for shade in (TraceShade(colour[0]), *shades)]
        return self._strokes[colour]


def screen_stroke(shade: TraceShade, device_ratio: float) -> Stroke:
    """Lines of one pixel, one more of them on a dense screen."""
    pen = QPen(QColor(shade.colour), 1)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return Stroke(pen, LINE_OFFSETS_PX[min(shade.n_lines + (device_ratio >= 1.5), 3)])


def paint_grid(painter: QPainter, scene: Scene, left_px: int, width_px: int) -> None:
    """The millimetre grid over `width_px` device pixels of the endless paper from `left_px`.

    Where lines cross the stronger one shows, not the sum, so that the squares have no dots at their corners.
    """
    geometry, theme = scene.layout.geometry, scene.theme
    pixels = np.zeros((scene.layout.paper_height_px, width_px), np.uint32)
    verticals = grid_lines(left_px, left_px + width_px, 0.0, geometry.px_per_mm)
    horizontals = grid_lines(0, scene.layout.paper_height_px, geometry.grid_origin_px, geometry.px_per_mm)
    for (level, columns), (_, rows) in zip(verticals, horizontals, strict=True):
        colour = QColor(theme.grid)
        colour.setAlphaF(line_opacity(level, theme))
        pixels[:, [x - left_px for x in columns]] = colour.rgba()
        pixels[list(rows)] = colour.rgba()
    image = QImage(pixels.tobytes(), width_px, scene.layout.paper_height_px, 4 * width_px, QImage.Format.Format_ARGB32)
    painter.drawImage(0, 0, image)
