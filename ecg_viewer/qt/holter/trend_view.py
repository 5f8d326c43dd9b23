"""The course of a recording: rate, variability, QT, ST and departures in lanes over one time axis."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecg_viewer.paint.trace_painter import Stroke, paint_line
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.textures import hatch_brush
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.decimate import true_runs
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.render.time_axis import ticks
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.holter.trend_lanes import Curve, TrendLane, lanes_of
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import when_text
from mmae_core.holter.results import QUALITY_STEP_S

LABEL_LETTERS = 15
AXIS_PX = 20.0
TOP_PX = 12.0
"""TrendLane of the episodes."""
GAP_PX = 6.0
LEAST_LANE_PX = 44
POINT_PX = 2.6
KEY_STEP_S = 60.0


@dataclass(frozen=True)
class _Frame:
    """One lane on the screen, and its scale."""

    lane: TrendLane
    area: QRectF
    low: float
    high: float

    def y_of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        share = (values - self.low) / (self.high - self.low)
        return np.asarray(self.area.bottom() - np.clip(share, -0.02, 1.02) * self.area.height())


class TrendView(Retranslatable, QWidget):
    """A click, or Enter, goes to the moment on the paper; arrows move the paper by a minute."""

    chosen = Signal(float)

    def __init__(self, board: HolterBoard, view: ViewState) -> None:
        super().__init__()
        self._board, self._view = board, view
        self._theme = PAPER
        self._lead: str | None = None
        self._formula = ""
        self._still: QImage | None = None
        set_texts(self, name="Trends")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        board.changed.connect(self._draw_anew)
        view.range_changed.connect(self.update)
        view.time_of_day.changed.connect(self._draw_anew)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._draw_anew()

    def set_lead(self, lead: str | None) -> None:
        """The lead whose ST is drawn strongly; None: the one that changes most."""
        self._lead = lead
        self._draw_anew()

    def set_formula(self, name: str) -> None:
        """The formula of QTc."""
        self._formula = name
        self._draw_anew()

    @property
    def lanes(self) -> tuple[TrendLane, ...]:
        """What is shown now; empty before anything is known."""
        found = self._board.found
        return () if found is None else lanes_of(found, self._lead, self._formula)

    def time_at(self, x: float) -> float:
        """The moment at a place, inside the recording."""
        share = min(max((x - self._left) / self._width, 0.0), 1.0)
        return share * self._view.duration_s

    def x_of(self, time_s: float) -> float:
        return self._left + time_s / max(self._view.duration_s, 1e-9) * self._width

    def sizeHint(self) -> QSize:
        return QSize(900, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(400, round(TOP_PX + AXIS_PX + 5 * LEAST_LANE_PX))

    def retranslate(self) -> None:
        self._draw_anew()

    def words_at(self, position: QPointF) -> str:
        """The time and every value there."""
        if self._board.found is None:
            return ""
        time_s = self.time_at(position.x())
        lines = [when_text(self._view.time_of_day.clock, time_s, self._view.duration_s)]
        for lane in self.lanes:
            for curve in lane.curves:
                value = curve.at(time_s)
                if curve.is_named and value is not None:
                    lines.append(f"{tr(curve.name)}: {number(value, f'.{lane.decimals}f')} {lane.unit}".rstrip())
        lines += [f"{text}" for text in self._episodes_at(time_s)]
        return "\n".join(lines)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.words_at(QPointF(event.pos()))), self)
            return True
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._draw_anew()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._still is None:
            self._still = self._painted()
        painter.drawImage(QPointF(0, 0), self._still)
        if self._board.found is not None:
            self._paint_cursor(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.human_colour), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw_anew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._board.found is not None:
            self.chosen.emit(self.time_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: KEY_STEP_S, Qt.Key.Key_Left: -KEY_STEP_S, Qt.Key.Key_PageDown: 10 * KEY_STEP_S,
                Qt.Key.Key_PageUp: -10 * KEY_STEP_S}.get(Qt.Key(event.key()))
        start_s, end_s = self._view.visible_span_s
        if step is not None:
            self.chosen.emit(min(max((start_s + end_s) / 2 + step, 0.0), self._view.duration_s))
        else:
            super().keyPressEvent(event)

    @property
    def _left(self) -> float:
        return LABEL_LETTERS * float(self.fontMetrics().averageCharWidth())

    @property
    def _width(self) -> float:
        return max(50.0, self.width() - self._left - 12)

    def _draw_anew(self) -> None:
        self._still = None
        self.update()

    def _frames(self) -> list[_Frame]:
        lanes = self.lanes
        room = (self.height() - TOP_PX - AXIS_PX - GAP_PX) / max(1, len(lanes))
        frames = []
        for place, lane in enumerate(lanes):
            area = QRectF(self._left, TOP_PX + GAP_PX + place * room, self._width, room - GAP_PX)
            frames.append(_Frame(lane, area, *lane.scale()))
        return frames

    def _painted(self) -> QImage:
        ratio = self.devicePixelRatioF()
        image = QImage(round(self.width() * ratio), round(self.height() * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._theme.strip))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        found = self._board.found
        if found is not None:
            for frame in self._frames():
                self._paint_lane(painter, frame)
            self._paint_poor(painter)
            self._paint_episodes(painter)
            self._paint_axis(painter)
        painter.end()
        return image

    def _paint_lane(self, painter: QPainter, frame: _Frame) -> None:
        painter.fillRect(frame.area, QColor(self._theme.paper))
        painter.setClipping(False)
        metrics = QFontMetricsF(self.font())
        quiet, text = QColor(self._theme.quiet_text), QColor(self._theme.text)
        painter.setPen(quiet)
        for value, baseline in ((frame.high, frame.area.top() + metrics.ascent() - 2),
                                (frame.low, frame.area.bottom())):
            words = number(value, f".{frame.lane.decimals}f")
            painter.drawText(QPointF(self._left - 6 - metrics.horizontalAdvance(words), baseline), words)
        painter.setPen(text)
        unit = f" {frame.lane.unit}" if frame.lane.unit else ""
        title = f"{frame.lane.title()}{unit}"
        box = QRectF(4, frame.area.top() + metrics.height() - 2, self._left - 10, 2 * metrics.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap), title)
        rule = QColor(self._theme.grid)
        rule.setAlphaF(self._theme.grid_minor_opacity)
        for value in frame.lane.rules(frame.low, frame.high):
            y = float(frame.y_of(np.array([value]))[0])
            painter.fillRect(QRectF(frame.area.left(), y, frame.area.width(), 1), rule)
        painter.setClipRect(frame.area.adjusted(-1, -1, 1, 1))
        for curve in frame.lane.curves:
            self._paint_curve(painter, frame, curve)
        painter.setClipping(False)

    def _paint_curve(self, painter: QPainter, frame: _Frame, curve: Curve) -> None:
        colour = QColor({"main": self._theme.trace, "second": self._theme.quiet_text,
                         "model": self._theme.model_colour, "faint": self._theme.hatch}[curve.style])
        if curve.style == "faint":
            colour.setAlphaF(0.5)
        times, values = _thinned(curve.times_s, curve.values, round(self._width))
        x = self._left + times / max(self._view.duration_s, 1e-9) * self._width
        if frame.lane.is_bars:
            base = frame.area.bottom()
            wide = max(1.0, curve.step_s / max(self._view.duration_s, 1e-9) * self._width - 0.5)
            for at, y, value in zip(x, frame.y_of(values), values, strict=True):
                if value > 0:
                    painter.fillRect(QRectF(at - wide / 2, y, wide, base - y), colour)
            return
        y, known = frame.y_of(values), np.isfinite(values)
        for first, last in true_runs(known):
            if last - first == 1:
                painter.fillRect(QRectF(x[first] - POINT_PX / 2, y[first] - POINT_PX / 2, POINT_PX, POINT_PX), colour)
            else:
                paint_line(painter, x[first:last], y[first:last], Stroke(QPen(colour, curve.width)))

    def _paint_poor(self, painter: QPainter) -> None:
        """Hatching over all lanes where the signal is poor, and beyond what is analysed."""
        found = self._board.found
        assert found is not None, "asked before"
        brush = hatch_brush(self._theme.hatch, self.devicePixelRatioF())
        top, bottom = TOP_PX + GAP_PX, self.height() - AXIS_PX - GAP_PX
        starts = QUALITY_STEP_S * np.flatnonzero(found.trends.is_poor).astype(np.float64)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for first, last in self._columns(starts, np.minimum(starts + QUALITY_STEP_S, found.duration_s)):
            painter.fillRect(QRectF(self._left + first, top, last - first, bottom - top), brush)
        if not found.is_complete:
            veil = QColor(self._theme.beyond)
            left = self.x_of(found.analysed_s)
            painter.fillRect(QRectF(left, top, self._left + self._width - left, bottom - top), veil)

    def _paint_episodes(self, painter: QPainter) -> None:
        """A bar for each episode above the lanes, except poor signal, which is hatched."""
        found = self._board.found
        assert found is not None, "asked before"
        metrics = QFontMetricsF(self.font())
        painter.setPen(QColor(self._theme.quiet_text))
        painter.drawText(QPointF(4, TOP_PX), metrics.elidedText(
            tr("Episodes"), Qt.TextElideMode.ElideRight, self._left - 8))
        colour = QColor(self._theme.model_colour)
        shown = [(episode.start_s, episode.end_s) for episode in found.episodes if episode.kind != "poor"]
        starts, ends = np.array(shown, np.float64).reshape(-1, 2).T
        for first, last in self._columns(starts, ends):
            painter.fillRect(QRectF(self._left + first, 3, max(2.0, last - first), TOP_PX - 4), colour)

    def _columns(self, starts_s: NDArray[np.float64], ends_s: NDArray[np.float64]) -> list[tuple[int, int]]:
        """Columns of pixels, from the left of the lanes, that stretches of time cover: first and end of each run."""
        n = round(self._width)
        per_s = n / max(self._view.duration_s, 1e-9)
        first = np.clip((starts_s * per_s).astype(np.int64), 0, n - 1)
        last = np.clip(np.ceil(ends_s * per_s).astype(np.int64), first + 1, n)
        edges = np.zeros(n + 1, np.int64)
        np.add.at(edges, first, 1)
        np.add.at(edges, last, -1)
        return true_runs(np.cumsum(edges)[:n] > 0)

    def _paint_axis(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(self.font())
        top = self.height() - AXIS_PX
        duration_s = self._view.duration_s
        painter.setPen(QColor(self._theme.quiet_text))
        label_px = metrics.horizontalAdvance("00:00:00") + 14
        clock = self._view.time_of_day.clock
        for tick in ticks(0.0, duration_s, self._width / max(duration_s, 1e-9), duration_s, label_px, clock):
            x = self.x_of(tick.time_s)
            painter.fillRect(QRectF(x, top - 4, 1, 5 if tick.label else 3), QColor(self._theme.quiet_text))
            width = metrics.horizontalAdvance(tick.label)
            left = min(max(self._left, x - width / 2), self._left + self._width - width)
            painter.drawText(QPointF(left, top + metrics.ascent() + 2), tick.label)

    def _paint_cursor(self, painter: QPainter) -> None:
        start_s, end_s = self._view.visible_span_s
        left, right = self.x_of(start_s), self.x_of(end_s)
        colour = QColor(self._theme.human_colour)
        tint = QColor(colour)
        tint.setAlphaF(0.25)
        painter.fillRect(QRectF(left, 0, max(2.0, right - left), self.height() - AXIS_PX), tint)
        painter.fillRect(QRectF((left + right) / 2 - 0.75, 0, 1.5, self.height() - AXIS_PX), colour)

    def _episodes_at(self, time_s: float) -> Sequence[str]:
        from ecg_viewer.state.holter.holter_words import episode_text, kind_word

        found = self._board.found
        assert found is not None, "asked before"
        near_s = 2 * self._view.duration_s / self._width
        return [f"{kind_word(item.kind)}{f' {item.lead}' if item.lead else ''}: {episode_text(item)}"
                for item in found.episodes if item.start_s - near_s <= time_s <= item.end_s + near_s][:4]


def _thinned(
    times: NDArray[np.float64], values: NDArray[np.float64], most: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means of neighbours, so that there are not many more points than pixels; gaps stay gaps."""
    together = -(-len(values) // max(most, 1))
    if together <= 1:
        return times, values
    short = -len(values) % together
    grouped = np.pad(values, (0, short), constant_values=np.nan).reshape(-1, together)
    at = np.pad(times, (0, short), mode="edge").reshape(-1, together)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return at.mean(axis=1), np.nanmean(grouped, axis=1)
