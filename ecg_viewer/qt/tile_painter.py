"""Paints one tile of the paper: grid, heat and traces of a short stretch of time, in the pixels of the screen.

Pens are one device pixel wide and opaque. Qt has a fast path for those only (a pen of width 2 takes a hundred times as
long), so widths are never multiplied by the device pixel ratio; on a dense screen the line is drawn again half a pixel
beside itself instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ecg_viewer.qt.polygon import polygon
from ecg_viewer.qt.textures import dot_brush, hatch_brush
from ecg_viewer.qt.trace_store import TraceStore
from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.decimate import bin_for, polyline, runs
from ecg_viewer.render.grid import grid_ladder, line_positions
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.heat import FIRST_PERCENTILE_CODE, NOT_ASSESSED, PENDING, HeatMap
from ecg_viewer.state.quality import poor_columns
from mmae_core.record import STANDARD_LEADS, EcgRecord

TILE_PX = 256
"""Device pixels a tile is wide: about 2.6 s at 25 mm/s, painted in a few milliseconds."""
UNRELIABLE_OPACITY = 0.3
"""Of heat in a lead whose signal is poor: it can be seen under the hatching, and leads nobody."""


@dataclass(frozen=True)
class Scene:
    """What all tiles of the paper have in common; a change of any of it makes new tiles."""

    layout: PaperLayout
    theme: Theme
    heat_opacity: float | None
    """None hides everything the model says."""
    record: EcgRecord | None


class TilePainter:
    """Paints tiles of one scene; tile `n` starts at device pixel `n * TILE_PX` of an endless paper."""

    def __init__(self, scene: Scene, store: TraceStore | None, heat: HeatMap) -> None:
        self._scene = scene
        self._store = store
        self._heat = heat
        self._colours = heat_table(scene.theme.heat, scene.heat_opacity or 0.0)
        self._colours[[PENDING, NOT_ASSESSED], 3] = 0
        self._hatch = hatch_brush(scene.theme.hatch, scene.layout.device_ratio)
        self._dots = dot_brush(scene.theme.pending, scene.layout.device_ratio)

    def paint(self, index: int) -> tuple[QImage, bool]:
        """The tile, and whether its traces are complete (False while some have not been read)."""
        image = QImage(TILE_PX, self._scene.layout.paper_height_px, QImage.Format.Format_RGB32)
        image.fill(QColor(self._scene.theme.paper))
        left_px = index * TILE_PX
        painter = QPainter(image)
        try:
            if self._scene.record is not None:
                if self._scene.heat_opacity is not None:
                    self._paint_heat(painter, left_px)
                self._paint_beyond(painter, left_px)
            paint_grid(painter, self._scene, left_px, TILE_PX)
            complete = self._paint_traces(painter, left_px)
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

    def _paint_heat(self, painter: QPainter, left_px: int) -> None:
        first, end = self._inside(left_px)
        if end <= first:
            return
        codes = self._heat.slice(*self._times(left_px), TILE_PX)
        pixels = np.ascontiguousarray(self._colours[codes])  # [leads, columns, RGBA]
        hatched = codes == NOT_ASSESSED
        poor = poor_columns(self._heat.windows, *self._times(left_px), TILE_PX) & (codes >= FIRST_PERCENTILE_CODE)
        if poor.any():
            pixels[poor, 3] = np.rint(pixels[poor, 3] * UNRELIABLE_OPACITY).astype(np.uint8)
            hatched |= poor
        for row in self._scene.layout.geometry.rows:
            lead = STANDARD_LEADS.index(row.lead)
            band = QRect(first, row.band_top_px, end - first, row.band_height_px)
            line = pixels[lead, first:end]
            if line[:, 3].any():
                bytes_per_line = line.shape[0] * 4
                strip = QImage(line.tobytes(), line.shape[0], 1, bytes_per_line, QImage.Format.Format_RGBA8888)
                painter.drawImage(band, strip)
            for mask, brush in ((hatched, self._hatch), (codes == PENDING, self._dots)):
                for start, stop in _stretches(mask[lead, first:end]):
                    area = QRect(first + start, row.band_top_px, stop - start, row.band_height_px)
                    painter.setBrushOrigin(QPointF(-(left_px % brush.textureImage().width()), row.band_top_px))
                    painter.fillRect(area, brush)

    def _paint_traces(self, painter: QPainter, left_px: int) -> bool:
        record, store, geometry = self._scene.record, self._store, self._scene.layout.geometry
        if record is None or store is None:
            return True
        rate = record.sampling_rate_hz
        start_s, end_s = self._times(left_px)
        bin_samples = bin_for(rate / geometry.px_per_s)
        margin = 2 * bin_samples + math.ceil(2 * rate / geometry.px_per_s)
        gathered = store.gather(math.floor(start_s * rate) - margin, math.ceil(end_s * rate) + margin, bin_samples)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._scene.theme.trace), 1)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        painter.setPen(pen)
        nudges = (0.0,) if self._scene.layout.device_ratio < 1.5 else (-0.4, 0.4)
        for index, lead in enumerate(record.lead_names):
            row = geometry.row_of(lead)
            if row is None:
                continue
            times, values, connect = polyline(gathered.traces, index, rate)
            x = times * geometry.px_per_s - left_px
            y = row.baseline_px - values.astype(np.float64) * geometry.px_per_mv
            for run in runs(connect):
                for nudge in nudges:
                    painter.drawPolyline(polygon(x[run] + nudge, y[run] + nudge))
        return gathered.complete


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


def _stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
