"""A small paper with the average beat of one lead at true scale, on the cohort's heat of the same beats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ecg_viewer.qt.paper.beat_layers import BeatArea, BeatLayers
from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.grid import grid_ladder
from ecg_viewer.render.heat_colours import heat_ramp
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import NOT_ASSESSED, PENDING
from ecg_viewer.state.layouts import Cell

MARGIN_MM = 3.0
ROOM_ABOVE_MM, ROOM_BELOW_MM = 5.0, 2.0
"""Above the beats of a row, where the name stands, and below them."""


@dataclass(frozen=True)
class BeatScale:
    """How large a beat is drawn; the same for all leads."""

    px_per_mm: float
    mm_per_s: float
    mm_per_mv: float

    @property
    def px_per_s(self) -> float:
        return self.px_per_mm * self.mm_per_s

    @property
    def px_per_mv(self) -> float:
        return self.px_per_mm * self.mm_per_mv


@dataclass(frozen=True)
class LeadBeat:
    """The average beat of one lead, as its small paper shows it. Times are seconds from the R-peak."""

    cell: Cell
    """An inverted lead's beats are drawn, and named, as the paper does."""
    times_s: NDArray[np.float64]
    mean_mv: NDArray[np.float64] | None
    """None if the lead has no usable signal."""
    beats_mv: NDArray[np.float64] | None = None
    """(beats, samples) to overlay; None to show the mean alone."""
    codes: NDArray[np.uint8] | None = None
    """(columns,) of the heat, over the whole of `times_s`; None hides it."""

    @property
    def lead(self) -> str:
        """The standard name."""
        return self.cell.lead

    @property
    def range_mv(self) -> tuple[float, float]:
        """Lowest and highest value as drawn, of at least 0.2 mV below and 0.4 mV above the line."""
        drawn = self.mean_mv if self.beats_mv is None else self.beats_mv
        values = np.zeros(1) if drawn is None else self.cell.sign * drawn
        return min(float(np.nanmin(values)), -0.2), max(float(np.nanmax(values)), 0.4)


def wanted_size(span_s: float, range_mv: tuple[float, float], scale: BeatScale) -> QSize:
    """The size of a paper for beats of that length and reach."""
    width = span_s * scale.px_per_s + 2 * MARGIN_MM * scale.px_per_mm
    height = (range_mv[1] - range_mv[0]) * scale.px_per_mv + (ROOM_ABOVE_MM + ROOM_BELOW_MM) * scale.px_per_mm
    return QSize(round(width), round(height))


class BeatPaper(QWidget):
    """Paints one `LeadBeat`. All papers of a row get the same height above and below the line."""

    def __init__(self, layers: BeatLayers | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = BeatLayers() if layers is None else layers
        self._beat: LeadBeat | None = None
        self._scale = BeatScale(4.0, 50.0, 10.0)
        self._range_mv = (-0.5, 1.0)
        self._theme: Theme | None = None
        self._look = HeatLook()
        self._no_signal = ""

    def show_beat(
        self, beat: LeadBeat, scale: BeatScale, range_mv: tuple[float, float], theme: Theme, look: HeatLook,
        no_signal: str,
    ) -> None:
        """Show a beat; `range_mv` is the lowest and the highest value of its row."""
        self._beat, self._scale, self._range_mv = beat, scale, range_mv
        self._theme, self._look, self._no_signal = theme, look, no_signal
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(beat.cell.label)
        self.update()

    def sizeHint(self) -> QSize:
        if self._beat is None:
            return QSize(120, 90)
        return wanted_size(float(self._beat.times_s[-1] - self._beat.times_s[0]), self._range_mv, self._scale)

    def x_of(self, time_s: float) -> float:
        """Where a time from the R-peak is."""
        assert self._beat is not None, "a beat is shown"
        first_s = float(self._beat.times_s[0])
        return MARGIN_MM * self._scale.px_per_mm + (time_s - first_s) * self._scale.px_per_s

    def y_of(self, millivolts: float) -> float:
        """Where an amplitude above the PQ segment is, as drawn."""
        return ROOM_ABOVE_MM * self._scale.px_per_mm + (self._range_mv[1] - millivolts) * self._scale.px_per_mv

    @property
    def place(self) -> BeatArea | None:
        """Where times and voltages are on this paper; None before a beat is shown."""
        beat, theme = self._beat, self._theme
        if beat is None or theme is None:
            return None
        scale = self._scale
        return BeatArea(
            beat.cell, theme, scale.px_per_mm, scale.px_per_s, scale.px_per_mv, float(beat.times_s[0]),
            float(beat.times_s[-1]), self.x_of(0.0), self.y_of(0.0), self.width(), self.height(),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tool, place = self._layers.tool, self.place
        if tool is None or place is None or not tool.press(event, place):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        tool, place = self._layers.tool, self.place
        if tool is None or place is None or not tool.move(event, place):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        tool, place = self._layers.tool, self.place
        if tool is None or place is None or not tool.release(event, place):
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        beat, theme, place = self._beat, self._theme, self.place
        if beat is None or theme is None or place is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.paper))
        if beat.codes is not None and beat.mean_mv is not None:
            self._paint_heat(painter, beat, theme)
        self._paint_grid(painter, theme)
        for overlay in self._layers.overlays:
            painter.save()
            overlay.paint_below(painter, place)
            painter.restore()
        if beat.mean_mv is not None:
            self._paint_curves(painter, beat, theme)
        for overlay in self._layers.overlays:
            painter.save()
            overlay.paint_above(painter, place)
            painter.restore()
        painter.setPen(QColor(theme.text))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QPointF(5, painter.fontMetrics().ascent() + 3), beat.cell.label)
        if beat.mean_mv is None:
            font.setBold(False)
            painter.setFont(font)
            painter.setPen(QColor(theme.quiet_text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._no_signal)
        painter.end()

    def _paint_heat(self, painter: QPainter, beat: LeadBeat, theme: Theme) -> None:
        assert beat.codes is not None, "asked before"
        colours = heat_table(heat_ramp(self._look.colours, theme), self._look.opacity, self._look.threshold)
        colours[[PENDING, NOT_ASSESSED], 3] = 0
        line = np.ascontiguousarray(colours[beat.codes][None, :, :])  # [1, columns, RGBA]
        image = QImage(line.data, line.shape[1], 1, line.shape[1] * 4, QImage.Format.Format_RGBA8888)
        left, right = self.x_of(float(beat.times_s[0])), self.x_of(float(beat.times_s[-1]))
        painter.drawImage(QRectF(left, 0, right - left, self.height()), image)

    def _paint_grid(self, painter: QPainter, theme: Theme) -> None:
        """Lines through the R-peak and the PQ level, so that they can be counted from."""
        for level in grid_ladder(self._scale.px_per_mm):
            colour = QColor(theme.grid)
            opacity = theme.grid_major_opacity if level.is_major else theme.grid_minor_opacity
            colour.setAlphaF(opacity * level.strength)
            painter.setPen(QPen(colour, 1))
            step = level.step_mm * self._scale.px_per_mm
            x, y = self.x_of(0.0) % step, self.y_of(0.0) % step
            painter.drawLines([QLineF(round(at) + 0.5, 0, round(at) + 0.5, self.height())
                               for at in np.arange(x, self.width(), step)])
            painter.drawLines([QLineF(0, round(at) + 0.5, self.width(), round(at) + 0.5)
                               for at in np.arange(y, self.height(), step)])

    def _paint_curves(self, painter: QPainter, beat: LeadBeat, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if beat.beats_mv is not None:
            faint = QColor(theme.trace)
            faint.setAlphaF(0.28)
            painter.setPen(QPen(faint, 1))
            for single in beat.beats_mv:
                painter.drawPolyline(self._curve(beat.times_s, beat.cell.sign * single))
        assert beat.mean_mv is not None, "asked before"
        painter.setPen(QPen(QColor(theme.trace), 1))
        painter.drawPolyline(self._curve(beat.times_s, beat.cell.sign * beat.mean_mv))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _curve(self, times_s: NDArray[np.float64], values: NDArray[np.float64]) -> QPolygonF:
        x0, y0 = self.x_of(0.0), self.y_of(0.0)
        return QPolygonF([
            QPointF(x0 + time * self._scale.px_per_s, y0 - value * self._scale.px_per_mv)
            for time, value in zip(times_s.tolist(), values.tolist(), strict=True)
        ])
