"""The picture of the paper: scrolling tiles, and what stands still over them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from ecg_viewer.qt.paper import paper_frame
from ecg_viewer.qt.paper.lead_labels import paint_cell_labels
from ecg_viewer.qt.paper.lead_tints import paint_tints
from ecg_viewer.qt.paper.tile_cache import Key, TileCache
from ecg_viewer.qt.paper.tile_painter import TILE_PX, Scene, TilePainter
from ecg_viewer.qt.paper.trace_store import TraceStore
from ecg_viewer.render.geometry import Panel
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.heat import HeatMap

TILES_AHEAD = 3
"""Painted before they are needed, on either side of each column."""


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
        origin_px = layout.origin_px(start_s)
        for panel in layout.sheet.panels:
            left = (layout.gutter_px + panel.left_px) / ratio
            painter.setClipRect(QRectF(left, 0, panel.width_px / ratio, layout.paper_height))
            for index in self._range(panel, origin_px):
                x = (index * TILE_PX - origin_px + layout.gutter_px) / ratio
                painter.drawImage(QPointF(x, 0), self._tiles.tile((panel.index, index)))
        painter.setClipping(False)

    def paint_standing(self, painter: QPainter, tints: Mapping[str, float], poor: Collection[str]) -> None:
        """Gutter, lines between the columns, and names, tinted by the percentiles of whole leads unless they are poor.
        """
        layout, theme, ratio = self.layout, self._shown.theme, self.layout.device_ratio
        painter.drawImage(QPointF(0, 0), self._gutter)
        painter.fillRect(QRectF(layout.gutter - 1, 0, 1, layout.paper_height), QColor(theme.rule))
        geometry = layout.geometry
        n_own = len(geometry.levels) - geometry.n_rhythm
        bottom = layout.paper_height if n_own == 0 else geometry.levels[n_own - 1].bottom_px / ratio
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

    def _range(self, panel: Panel, origin_px: int) -> range:
        """The tiles of a column that are visible."""
        left_px = origin_px + panel.left_px
        return range(left_px // TILE_PX, (left_px + panel.width_px - 1) // TILE_PX + 1)

    def _visible(self, start_s: float) -> Iterator[Key]:
        origin_px = self.layout.origin_px(start_s)
        for panel in self.layout.sheet.panels:
            yield from ((panel.index, index) for index in self._range(panel, origin_px))

    def _ahead(self, start_s: float, duration_s: float) -> Iterator[Key]:
        """Tiles beside the visible ones that hold a part of the record, the nearest first."""
        origin_px = self.layout.origin_px(start_s)
        end = math.ceil(self.layout.geometry.x_of_time(duration_s) / TILE_PX)
        for step in range(1, TILES_AHEAD + 1):
            for panel in self.layout.sheet.panels:
                visible = self._range(panel, origin_px)
                for index in (visible[-1] + step, visible[0] - step):
                    if 0 <= index <= end:
                        yield panel.index, index
