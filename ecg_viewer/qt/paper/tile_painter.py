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
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ecg_viewer.qt.paper.heat_painter import HeatPainter, TileHeat
from ecg_viewer.qt.paper.trace_store import TraceStore
from ecg_viewer.qt.widgets.polygon import polygon
from ecg_viewer.render.decimate import bin_for, polyline, runs
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.grid import grid_ladder, line_positions
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import HeatMap
from mmae_core.record import EcgRecord

TILE_PX = 256
"""Device pixels a tile is wide: about 2.6 s at 25 mm/s, painted in a few milliseconds."""
_LINES = {1: ((0.0, 0.0),), 2: ((-0.4, -0.4), (0.4, 0.4)), 3: ((-0.6, -0.6), (0.0, 0.0), (0.6, 0.6))}
"""Where the lines of a thicker trace run, so that each stays one pixel wide."""


@dataclass(frozen=True)
class Scene:
    """What all tiles of the paper have in common; a change of any of it makes new tiles."""

    layout: PaperLayout
    theme: Theme
    heat: HeatLook | None
    """None hides everything the model says."""
    record: EcgRecord | None
    heat_painter: Callable[[HeatLook | None, Theme, float], HeatPainter] = HeatPainter


class TilePainter:
    """Paints tiles of one scene.

    Each column of leads has an endless paper of its own; tile `n` of it starts at device pixel `n * TILE_PX`.
    """

    def __init__(self, scene: Scene, store: TraceStore | None, heat: HeatMap) -> None:
        self._scene = scene
        self._store = store
        self._heat = heat
        self._heat_painter = scene.heat_painter(scene.heat, scene.theme, scene.layout.device_ratio)

    def paint(self, column: int, index: int) -> tuple[QImage, bool]:
        """The tile, and whether its traces are complete (False while some have not been read)."""
        image = QImage(TILE_PX, self._scene.layout.paper_height_px, QImage.Format.Format_RGB32)
        image.fill(QColor(self._scene.theme.paper))
        left_px = index * TILE_PX
        rows = self._scene.layout.geometry.columns[column] if self._scene.layout.geometry.columns else ()
        painter = QPainter(image)
        try:
            tile_heat = self._paint_heat(painter, rows, left_px)
            if self._scene.record is not None:
                self._paint_beyond(painter, left_px)
            paint_grid(painter, self._scene, left_px, TILE_PX)
            complete = self._paint_traces(painter, rows, left_px, tile_heat)
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

    def _paint_heat(self, painter: QPainter, rows: tuple[Row, ...], left_px: int) -> TileHeat | None:
        if self._scene.record is None or self._heat_painter.look is None:
            return None
        inside = self._inside(left_px)
        if inside[1] <= inside[0]:
            return None
        tile = self._heat_painter.tile(self._heat, *self._times(left_px), TILE_PX)
        self._heat_painter.paint(painter, tile, rows, self._scene.layout.geometry, left_px, inside)
        return tile

    def _paint_traces(
        self, painter: QPainter, rows: tuple[Row, ...], left_px: int, tile_heat: TileHeat | None
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
        for row in rows:
            times, values, connect = polyline(gathered.traces, record.lead_names.index(row.lead), rate)
            x = times * geometry.px_per_s - left_px
            y = row.baseline_px - row.sign * values.astype(np.float64) * geometry.px_per_mv
            if tile_heat is None or not self._heat_painter.colours_traces:
                self._draw(painter, x, y, connect, 0)
                continue
            inks = self._heat_painter.inks_of(tile_heat, row.lead, np.floor(x).astype(np.int64))
            between = np.append(np.maximum(inks[:-1], inks[1:]), 0)[: inks.size]
            for ink in np.unique(between):
                self._draw(painter, x, y, connect & (between == ink), int(ink))
        return gathered.complete

    def _draw(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64], connect: NDArray[np.bool_], ink: int
    ) -> None:
        """The stretches of a trace that have one ink; 0 is the trace's own."""
        colour, n_lines = QColor(self._scene.theme.trace), 1
        if ink:
            colour, n_lines = self._heat_painter.inks[ink - 1].colour, self._heat_painter.inks[ink - 1].n_lines
        if self._scene.layout.device_ratio >= 1.5:
            n_lines = min(n_lines + 1, 3)
        pen = QPen(colour, 1)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        painter.setPen(pen)
        for run in runs(connect):
            for across, down in _LINES[n_lines]:
                painter.drawPolyline(polygon(x[run] + across, y[run] + down))


def paint_grid(painter: QPainter, scene: Scene, left_px: int, width_px: int) -> None:
    """The millimetre grid over `width_px` device pixels of the endless paper from `left_px`.

    Where lines cross the stronger one shows, not the sum, so that the squares have no dots at their corners.
    """
    geometry, theme = scene.layout.geometry, scene.theme
    pixels = np.zeros((scene.layout.paper_height_px, width_px), np.uint32)
    for level in grid_ladder(geometry.px_per_mm):
        colour = QColor(theme.grid)
        colour.setAlphaF(level.strength * (theme.grid_major_opacity if level.is_major else theme.grid_minor_opacity))
        step_px = level.step_mm * geometry.px_per_mm
        columns = line_positions(left_px, left_px + width_px, 0.0, step_px)
        pixels[:, [x - left_px for x in columns]] = colour.rgba()
        pixels[line_positions(0, scene.layout.paper_height_px, geometry.grid_origin_px, step_px)] = colour.rgba()
    image = QImage(pixels.tobytes(), width_px, scene.layout.paper_height_px, 4 * width_px, QImage.Format.Format_ARGB32)
    painter.drawImage(0, 0, image)
