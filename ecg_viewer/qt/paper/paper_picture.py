"""The picture of the paper: scrolling tiles, and what stands still over them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from ecg_viewer.qt.paper import paper_frame
from ecg_viewer.qt.paper.lead_labels import paint_cell_labels
from ecg_viewer.qt.paper.lead_tints import paint_tints
from ecg_viewer.qt.paper.tile_cache import Key, TileCache
from ecg_viewer.qt.paper.tile_painter import TILE_PX, Scene, TilePainter
from ecg_viewer.qt.paper.trace_store import TraceStore
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.heat import HeatMap

TILES_AHEAD = 3
"""Painted before they are needed, on either side of each column."""


@dataclass(frozen=True)
class _Strip:
    """A part of the picture that shows one stretch of time: a column, or what runs across all of them."""

    column: int
    """Whose tiles are shown."""
    left_px: int
    """From the left edge of the traces, in device pixels."""
    width_px: int
    start_px: int
    """Pixel of the column's endless paper at the left edge."""
    top: float
    bottom: float

    @property
    def tiles(self) -> range:
        return range(self.start_px // TILE_PX, (self.start_px + self.width_px - 1) // TILE_PX + 1)


class PaperPicture:
    """Paints one scene at any place of the record, and keeps what it has painted."""

    def __init__(self) -> None:
        self._tiles = TileCache()
        self._scene: Scene | None = None
        self._gutter = QImage()
        self._font = QFont()

    @property
    def layout(self) -> PaperLayout:
        """Of the scene. Raises RuntimeError before there is one."""
        return self._shown.layout

    def show(self, scene: Scene, store: TraceStore | None, heat: HeatMap, font: QFont) -> None:
        """Paint `scene` from now on; what was painted before is forgotten."""
        self._scene, self._font = scene, font
        n_visible = sum(panel.width_px // TILE_PX + 2 for panel in scene.layout.sheet.panels)
        self._tiles.restart(TilePainter(scene, store, heat), scene.layout.device_ratio, n_visible)
        self._gutter = paper_frame.paint_gutter(scene, font)

    def forget_incomplete(self) -> None:
        """More of the record has been read."""
        self._tiles.forget_incomplete()

    def forget(self, start_s: float, end_s: float) -> None:
        """What the model says of a stretch has changed."""
        x_of_time = self.layout.geometry.x_of_time
        self._tiles.forget(x_of_time(start_s), x_of_time(end_s))

    def is_complete(self, start_s: float) -> bool:
        """Whether all that is visible is painted with everything that the record has there."""
        return self._tiles.is_complete(self._visible(start_s))

    def paint_traces(self, painter: QPainter, start_s: float) -> None:
        """All columns, with `start_s` at the left edge."""
        layout, ratio = self.layout, self.layout.device_ratio
        for strip in self._strips(start_s):
            left = (layout.gutter_px + strip.left_px) / ratio
            painter.setClipRect(QRectF(left, strip.top, strip.width_px / ratio, strip.bottom - strip.top))
            for index in strip.tiles:
                x = (index * TILE_PX - strip.start_px + strip.left_px + layout.gutter_px) / ratio
                painter.drawImage(QPointF(x, 0), self._tiles.tile((strip.column, index)))
        painter.setClipping(False)

    def paint_standing(self, painter: QPainter, tints: Mapping[str, float], poor: Collection[str]) -> None:
        """Gutter, lines between the columns, and names, tinted by the percentiles of whole leads unless they are poor.
        """
        layout, theme, ratio = self.layout, self._shown.theme, self.layout.device_ratio
        painter.drawImage(QPointF(0, 0), self._gutter)
        painter.fillRect(QRectF(layout.gutter - 1, 0, 1, layout.paper_height), QColor(theme.rule))
        bottom = self._columns_bottom
        for panel in layout.sheet.panels[1:]:
            left = (layout.gutter_px + panel.left_px) / ratio
            painter.fillRect(QRectF(left, 0, 1, bottom), QColor(theme.quiet_text))
        if not layout.has_labels_in_gutter:
            paint_cell_labels(painter, self._shown, self._font)
        paint_tints(painter, self._shown, self._font, tints, poor)

    def paint_ahead(self, start_s: float, duration_s: float) -> bool:
        """Paint one tile that may come next. Returns whether there was one to paint."""
        missing = self._tiles.next_missing(self._ahead(start_s, duration_s))
        if missing is None:
            return False
        self._tiles.tile(missing)
        return True

    @property
    def _shown(self) -> Scene:
        if self._scene is None:
            raise RuntimeError("the picture has no scene yet")
        return self._scene

    @property
    def _columns_bottom(self) -> float:
        """Where the columns end, and the leads across the whole width begin."""
        layout, geometry = self.layout, self.layout.geometry
        n_own = len(geometry.levels) - geometry.n_rhythm
        return layout.paper_height if n_own == 0 else geometry.levels[n_own - 1].bottom_px / layout.device_ratio

    def _strips(self, start_s: float) -> Iterator[_Strip]:
        """The columns; and what lies below them, unless it shows the same times as they do."""
        layout, height = self.layout, float(self.layout.paper_height)
        is_apart = layout.geometry.n_rhythm > 0 and not layout.is_in_sequence(start_s)
        bottom = self._columns_bottom if is_apart else height
        for panel in layout.sheet.panels:
            start_px = layout.column_start_px(panel, start_s)
            yield _Strip(panel.index, panel.left_px, panel.width_px, start_px, 0.0, bottom)
        if is_apart:
            yield _Strip(0, 0, layout.traces_width_px, layout.start_px(start_s), bottom, height)

    def _visible(self, start_s: float) -> Iterator[Key]:
        for strip in self._strips(start_s):
            yield from ((strip.column, index) for index in strip.tiles)

    def _ahead(self, start_s: float, duration_s: float) -> Iterator[Key]:
        """Tiles beside the visible ones that hold a part of the record, the nearest first."""
        end = math.ceil(self.layout.geometry.x_of_time(duration_s) / TILE_PX)
        for step in range(1, TILES_AHEAD + 1):
            for strip in self._strips(start_s):
                for index in (strip.tiles[-1] + step, strip.tiles[0] - step):
                    if 0 <= index <= end:
                        yield strip.column, index
