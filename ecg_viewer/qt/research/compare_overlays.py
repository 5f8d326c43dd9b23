"""The second recording of a comparison, laid over the first."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ecg_viewer.paint.polygon import polygon
from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.qt.paper.tile_painter import TILE_PX
from ecg_viewer.render.decimate import Envelope, bin_for, envelope, polyline, runs
from ecg_viewer.render.layout import LeadArea
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.research.comparison import ComparedStretch, LinkedViews

MOST_TILES = 64
NUDGES = {False: (0.0,), True: (-0.4, 0.4)}
"""Offsets in device pixels at which the trace is drawn; twice on a dense screen."""
SECOND_COLOUR = {False: "#007a5e", True: "#4fd6ae"}
"""On light and on dark paper: neither the trace's colour, nor the model's, nor a person's; and in grey halfway between
the trace's and the paper's. Not dashed, as the gaps would hide R waves.
"""


class SecondTrace:
    """The second recording's trace over the first, whole and in a colour of its own, aligned by the linked offset.

    Painted in tiles that are kept, as the paper's own traces are: scrolling copies them.
    """

    def __init__(self, views: LinkedViews) -> None:
        self._views = views
        self.stretch: ComparedStretch | None = None
        self.is_shown = True
        """False where it would cover an identical trace: two models of one recording."""
        self._reduced: tuple[ComparedStretch, Envelope] | None = None
        """What was painted last; it is reduced anew when the scale changes, not for each tile."""
        self._look: object = None
        """What all tiles have in common."""
        self._tiles: dict[tuple[object, int], QImage] = {}

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        stretch = self.stretch
        if stretch is None or not self.is_shown:
            return
        columns: dict[tuple[float, float], list[LeadArea]] = {}
        for area in paper.areas():
            if area.lead in stretch.record.trace_names:
                columns.setdefault((area.left, area.width), []).append(area)
        for areas in columns.values():
            self._paint_column(painter, paper, stretch, areas)

    def _paint_column(
        self, painter: QPainter, paper: PaperPlaces, stretch: ComparedStretch, areas: list[LeadArea]
    ) -> None:
        """Tile `n` of a column begins `n * TILE_PX` device pixels after time 0 of the first recording."""
        ratio, first = paper.devicePixelRatioF(), areas[0]
        zero_px = round((first.left - first.start_s * first.px_per_s) * ratio)
        painter.save()
        painter.setClipRect(QRectF(first.left, 0, first.width, 1e5), Qt.ClipOperation.IntersectClip)
        start = (math.floor(first.left * ratio) - zero_px) // TILE_PX
        end = (math.ceil(first.right * ratio) - zero_px) // TILE_PX
        for index in range(start, end + 1):
            tile = self._tile(paper, stretch, areas, index)
            painter.drawImage(QPointF((zero_px + index * TILE_PX) / ratio, 0), tile)
        painter.restore()

    def _tile(self, paper: PaperPlaces, stretch: ComparedStretch, areas: list[LeadArea], index: int) -> QImage:
        ratio, theme = paper.devicePixelRatioF(), paper.theme
        look = stretch, self._views.offset_s, theme, ratio, paper.height()
        if self._look != look or len(self._tiles) > MOST_TILES:
            self._look = look
            self._tiles.clear()
        rows = tuple((area.lead, area.sign, area.baseline_y, area.px_per_s, area.px_per_mv) for area in areas)
        if (rows, index) not in self._tiles:
            # In device pixels: only a pen of one of them is fast, and as fine as the first trace's.
            tile = QImage(TILE_PX, math.ceil(paper.height() * ratio), QImage.Format.Format_ARGB32_Premultiplied)
            tile.fill(Qt.GlobalColor.transparent)
            px_per_s = areas[0].px_per_s * ratio
            with QPainter(tile) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                pen = QPen(second_colour(theme), 1)
                pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
                painter.setPen(pen)
                traces = self._at_scale(stretch, bin_for(stretch.record.sampling_rate_hz / px_per_s))
                for area in areas:
                    here = replace(
                        area, left=0.0, width=float(TILE_PX), baseline_y=area.baseline_y * ratio, px_per_s=px_per_s,
                        px_per_mv=area.px_per_mv * ratio, start_s=index * TILE_PX / px_per_s,
                        end_s=(index + 1) * TILE_PX / px_per_s,
                    )
                    self._paint_lead(painter, here, stretch, traces, NUDGES[ratio >= 1.5])
            tile.setDevicePixelRatio(ratio)
            self._tiles[rows, index] = tile
        return self._tiles[rows, index]

    def _at_scale(self, stretch: ComparedStretch, bin_samples: int) -> Envelope:
        """The lowest and highest sample of each bin: no extremum is lost."""
        if self._reduced is None or self._reduced[0] is not stretch or self._reduced[1].bin_samples != bin_samples:
            samples = np.ascontiguousarray(stretch.samples_mv, np.float32)
            self._reduced = stretch, envelope(samples, 0, bin_samples)
        return self._reduced[1]

    def _paint_lead(
        self, painter: QPainter, area: LeadArea, stretch: ComparedStretch, traces: Envelope, nudges: tuple[float, ...]
    ) -> None:
        rate = stretch.record.sampling_rate_hz
        shift_s = stretch.start_s - self._views.offset_s
        lead = stretch.record.trace_names.index(area.lead)
        bins_per_s = rate / traces.bin_samples
        first = max(0, int((area.start_s - shift_s) * bins_per_s) - 1)
        end = min(traces.low.shape[1], int((area.end_s - shift_s) * bins_per_s) + 2)
        if end - first < 1:
            return
        seen = Envelope(first * traces.bin_samples, traces.bin_samples, traces.low[:, first:end],
                        traces.high[:, first:end])
        times, values, connect = polyline(seen, lead, rate)
        x = area.left + (times + shift_s - area.start_s) * area.px_per_s
        y = area.baseline_y - area.sign * values.astype(np.float64) * area.px_per_mv
        for run in runs(connect):
            for nudge in nudges:
                painter.drawPolyline(polygon(x[run] + nudge, y[run] + nudge))


def second_colour(theme: Theme) -> QColor:
    """The colour of the second recording's trace."""
    return QColor(SECOND_COLOUR[theme.is_dark])
