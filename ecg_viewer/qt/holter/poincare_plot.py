"""The Poincaré plot: each interval between normal beats against the one before; a click goes to the moment."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number

LEFT_PX, BOTTOM_PX, TOP_PX, RIGHT_PX = 52.0, 36.0, 10.0, 12.0
LEAST_RANGE_MS = 400.0
POINT_PX = 2.0
FEW_POINTS, LEAST_OPACITY, DARKEST_FROM = 3000, 0.35, 12
"""More points than these are drawn fainter, and black where so many lie upon each other."""
REACH_PX = 12.0
"""A click goes to the nearest point within so much."""
STEPS_MS = (50, 100, 200, 500, 1000)


class PoincarePlot(Retranslatable, QWidget):
    """Points of the intervals between normal beats; poor signal and beats of other shapes are left out."""

    chosen = Signal(float)
    """The R-peak between the two intervals of a point."""

    def __init__(self, board: HolterBoard) -> None:
        super().__init__()
        self._board, self._theme = board, PAPER
        self._still: QImage | None = None
        self._at_s = self._first = self._second = np.empty(0)
        set_texts(self, name="Poincaré plot",
                  tip="Each interval between normal beats (across) and the next one (up). Click a point to go there.")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        board.changed.connect(self._take)
        self._take()

    @property
    def n_points(self) -> int:
        return len(self._first)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._draw_anew()

    def retranslate(self) -> None:
        self._draw_anew()

    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 220)

    def point_of(self, number_: int) -> QPointF:
        """Where a point is drawn."""
        x, y = self._pixels()
        return QPointF(float(x[number_]), float(y[number_]))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._still is None:
            self._still = self._painted()
        painter = QPainter(self)
        painter.drawImage(QPointF(0, 0), self._still)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw_anew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.n_points or event.button() != Qt.MouseButton.LeftButton:
            return
        x, y = self._pixels()
        apart = np.hypot(x - event.position().x(), y - event.position().y())
        nearest = int(np.argmin(apart))
        if apart[nearest] <= REACH_PX:
            self.chosen.emit(float(self._at_s[nearest]))

    def _take(self) -> None:
        found = self._board.found
        self._at_s = self._first = self._second = np.empty(0)
        if found is not None and len(found.beats):
            beats = found.beats
            nn = beats.is_nn
            second = np.flatnonzero(nn[1:] & nn[:-1]) + 1
            rr = 1000 * beats.rr_s
            self._first, self._second, self._at_s = rr[second - 1], rr[second], beats.r_s[second - 1]
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._still = None
        self.update()

    def _area(self) -> QRectF:
        """A square, so that the line of equal intervals is a diagonal."""
        side = max(40.0, min(self.width() - LEFT_PX - RIGHT_PX, self.height() - TOP_PX - BOTTOM_PX))
        return QRectF(LEFT_PX, TOP_PX, side, side)

    def _scale(self) -> tuple[float, float]:
        if not self.n_points:
            return 400.0, 1400.0
        both = np.concatenate((self._first, self._second))
        low, high = np.percentile(both, [0.05, 99.95]).tolist()
        spare = max(0.0, LEAST_RANGE_MS - (high - low)) / 2
        return float(np.floor((low - spare) / 50) * 50), float(np.ceil((high + spare) / 50) * 50)

    def _pixels(self) -> tuple[np.ndarray, np.ndarray]:
        area, (low, high) = self._area(), self._scale()
        x, y = ((np.clip(values, low, high) - low) / (high - low) for values in (self._first, self._second))
        return area.left() + x * area.width(), area.bottom() - y * area.height()

    def _painted(self) -> QImage:
        ratio = self.devicePixelRatioF()
        image = QImage(round(self.width() * ratio), round(self.height() * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._theme.strip))
        painter = QPainter(image)
        painter.setFont(self.font())
        area, (low, high) = self._area(), self._scale()
        painter.fillRect(area, QColor(self._theme.paper))
        self._paint_axes(painter, area, low, high)
        painter.setPen(QPen(QColor(self._theme.hatch), 1, Qt.PenStyle.DashLine))
        painter.drawLine(area.bottomLeft(), area.topRight())
        if self.n_points:
            painter.drawImage(area.topLeft() - QPointF(POINT_PX, POINT_PX), self._points(area, ratio))
        painter.end()
        return image

    def _points(self, area: QRectF, ratio: float) -> QImage:
        """All points as one picture, the darker the more lie upon each other: a day has a hundred thousand."""
        x, y = self._pixels()
        side = round((area.width() + 2 * POINT_PX) * ratio) + 1
        size = max(1, round(POINT_PX * ratio))
        column = ((x - area.left() + POINT_PX / 2) * ratio).astype(np.int64)
        row = ((y - area.top() + POINT_PX / 2) * ratio).astype(np.int64)
        count = np.zeros((side, side))
        for down in range(size):
            for across in range(size):
                np.add.at(count, (np.clip(row + down, 0, side - 1), np.clip(column + across, 0, side - 1)), 1.0)
        least = 1.0 if self.n_points < FEW_POINTS else LEAST_OPACITY
        opacity = np.where(count > 0, np.minimum(1.0, least + (1 - least) * count / DARKEST_FROM), 0.0)
        colour = QColor(self._theme.trace)
        values = np.zeros((side, side, 4))
        values[..., :3] = (colour.blue(), colour.green(), colour.red())
        values *= opacity[..., None]  # premultiplied
        values[..., 3] = 255 * opacity
        pixels = np.ascontiguousarray(np.round(values).astype(np.uint8))
        picture = QImage(pixels.tobytes(), side, side, 4 * side, QImage.Format.Format_ARGB32_Premultiplied).copy()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _paint_axes(self, painter: QPainter, area: QRectF, low: float, high: float) -> None:
        metrics = QFontMetricsF(self.font())
        step = next((step for step in STEPS_MS if (high - low) / step <= 6), STEPS_MS[-1])
        painter.setPen(QColor(self._theme.quiet_text))
        rule = QColor(self._theme.grid)
        rule.setAlphaF(self._theme.grid_minor_opacity)
        value = np.ceil(low / step) * step
        while value <= high:
            share = (value - low) / (high - low)
            x, y = area.left() + share * area.width(), area.bottom() - share * area.height()
            painter.fillRect(QRectF(x, area.top(), 1, area.height()), rule)
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), rule)
            words = number(float(value), ".0f")
            wide, high = metrics.horizontalAdvance(words), metrics.ascent()
            painter.drawText(QPointF(x - wide / 2, area.bottom() + high + 3), words)
            painter.drawText(QPointF(area.left() - wide - 5, y + high / 2 - 1), words)
            value += step
        words = tr("NN interval, the next one up (ms)")
        painter.drawText(QPointF(area.left(), area.bottom() + 2 * metrics.height() + 1), metrics.elidedText(
            words, Qt.TextElideMode.ElideRight, max(area.width(), self.width() - area.left() - 4)))
