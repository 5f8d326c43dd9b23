"""The page of 60 s a line: one trace over the whole recording, its beats marked, a click goes to the moment."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from ecg_viewer.jobs.holter_job import page_job
from ecg_viewer.paint.trace_painter import Stroke, TraceLine, paint_trace
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.render.decimate import polyline
from ecg_viewer.render.page_lines import LINE_S, PageLine, PageLines, line_count
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.state.calibration import ScreenScale
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.job_protocols import Failed
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import when_text

GAINS_MM_PER_MV = (2.5, 5.0, 10.0)
LINE_MM = 11.0
"""Height of a line."""
ZERO_SHARE = 0.6
"""Where the lead's level is drawn, from the top of the line: most QRS point upwards."""
LABEL_LETTERS = 11
"""Room for the time at the left, in average letters."""
SCALE_MV, SCALE_S = 1.0, 1.0
BEFORE_S, AFTER_S = 0.2, 0.4
"""Extent of a coloured beat around its R-peak."""
AHEAD_LINES = 6
"""Lines read beyond the visible ones, on either side."""
MARK_PX, OTHER_MARK_PX = 3.0, 6.0
MOST_IMAGES = 120


class HolterPage(Retranslatable, QAbstractScrollArea):
    """Lines of 60 s. Scrolls by wheel and keys; a click, or Enter, goes to the moment on the paper."""

    chosen = Signal(float)
    """A moment of the recording."""
    failed = Signal(str)
    resized = Signal()
    """A line is as long as the page is wide: its scale is another."""

    def __init__(self, board: HolterBoard, view: ViewState, lane: WorkerLane) -> None:
        super().__init__()
        self._board, self._view, self._lane = board, view, lane
        self._lines = PageLines()
        self._theme = PAPER
        self._scale: ScreenScale | None = None
        self._gain = GAINS_MM_PER_MV[1]
        self._images: dict[int, QImage] = {}
        self._asked: tuple[int, ...] = ()
        self._known_s = 0.0
        """Up to where beats are known."""
        self._line = 0
        """The line that the keys are at."""
        set_texts(self, name="Page of 60 s a line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        board.changed.connect(self._take_beats)
        view.range_changed.connect(self.viewport().update)
        view.time_of_day.changed.connect(self.viewport().update)

    @property
    def trace(self) -> str:
        """The trace that is shown."""
        return self._lines.trace

    @property
    def line(self) -> int:
        """The line that the keys are at."""
        return self._line

    @property
    def gain_mm_per_mv(self) -> float:
        return self._gain

    @property
    def n_lines(self) -> int:
        return line_count(self._view.duration_s)

    @property
    def is_read(self) -> bool:
        """Whether all visible lines are drawn from samples."""
        return not self._lines.missing(self._visible())

    def set_look(self, theme: Theme, scale: ScreenScale) -> None:
        """Use the paper's colours and millimetres."""
        self._theme, self._scale = theme, scale
        self._draw_anew()

    def set_gain(self, mm_per_mv: float) -> None:
        """Draw a millivolt this high."""
        self._gain = mm_per_mv
        self._draw_anew()

    def show_trace(self, trace: str) -> None:
        """Show a trace of the open recording from its beginning; an empty name shows nothing."""
        self._lines.use(trace)
        self._asked = ()
        self._set_range()
        self._draw_anew()

    def scale_text(self) -> str:
        """`60 s a line · 3.9 mm/s · 5 mm/mV`."""
        px_per_mm = self._px_per_mm
        speed = self._line_width / LINE_S / px_per_mm
        words = tr("60 s a line · {speed} mm/s · {gain} mm/mV")
        if self._scale is not None and not self._scale.is_known:
            words = tr("60 s a line · about {speed} mm/s · {gain} mm/mV")
        return words.format(speed=number(speed, ".1f"), gain=number(self._gain, "g"))

    def point_of(self, time_s: float) -> QPointF:
        """Where a moment is in the viewport, on the middle of its line."""
        line = int(time_s // LINE_S)
        x = self._left + (time_s - line * LINE_S) / LINE_S * self._line_width
        return QPointF(x, self._top_of(line) + self._line_px / 2)

    def time_at(self, position: QPointF) -> float:
        """The moment at a point of the viewport, inside the recording."""
        line = int((position.y() + self.verticalScrollBar().value()) // self._line_px)
        share = min(max((position.x() - self._left) / self._line_width, 0.0), 1.0)
        return min(max((min(line, self.n_lines - 1) + share) * LINE_S, 0.0), self._view.duration_s)

    def show_time(self, time_s: float) -> None:
        """Scroll so that the line of a moment is visible."""
        self._line = int(time_s // LINE_S)
        bar, top = self.verticalScrollBar(), int(self._line * self._line_px)
        if top < bar.value() or top + self._line_px > bar.value() + self.viewport().height():
            bar.setValue(round(top - (self.viewport().height() - self._line_px) / 2))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(900, 500)

    def retranslate(self) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.paper))
        for line in self._visible():
            self._paint_line(painter, line)
        self._paint_view(painter)
        self._paint_scale(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lines.use(self._lines.trace)
        self._set_range()
        self._draw_anew()
        self.resized.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw_anew()
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.n_lines:
            self._choose(self.time_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, int(self.viewport().height() // self._line_px) - 1)
        last = self.n_lines - 1
        steps = {
            Qt.Key.Key_Down: self._line + 1, Qt.Key.Key_Up: self._line - 1, Qt.Key.Key_PageDown: self._line + page,
            Qt.Key.Key_PageUp: self._line - page, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if not self.n_lines:
            super().keyPressEvent(event)
        elif key in steps:
            self.show_time(min(max(steps[key], 0), last) * LINE_S)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._view.scroll_by_windows(1 if key == Qt.Key.Key_Right else -1)
            self.show_time(self._view.visible_span_s[0])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._line * LINE_S)
        else:
            super().keyPressEvent(event)

    @property
    def _px_per_mm(self) -> float:
        return 3.78 if self._scale is None else self._scale.drawing_px_per_mm

    @property
    def _line_px(self) -> float:
        return max(24.0, LINE_MM * self._px_per_mm)

    @property
    def _left(self) -> float:
        return LABEL_LETTERS * float(self.fontMetrics().averageCharWidth())

    @property
    def _line_width(self) -> float:
        return max(60.0, self.viewport().width() - self._left - 8)

    def _top_of(self, line: int) -> float:
        return line * self._line_px - self.verticalScrollBar().value()

    def _visible(self) -> range:
        offset = self.verticalScrollBar().value()
        first = int(offset // self._line_px)
        return range(first, min(self.n_lines, math.ceil((offset + self.viewport().height()) / self._line_px)))

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self.n_lines * self._line_px) - self.viewport().height()))
        bar.setSingleStep(round(self._line_px))
        bar.setPageStep(max(1, self.viewport().height() - round(self._line_px)))

    def _scrolled(self) -> None:
        self._read()
        self.viewport().update()

    def _take_beats(self) -> None:
        """Draw the lines anew whose beats have become known, or are no longer."""
        found = self._board.found
        known_s = 0.0 if found is None else found.analysed_s
        if known_s < self._known_s:
            self._images.clear()
        for line in [line for line in self._images if self._known_s <= (line + 1) * LINE_S and line * LINE_S < known_s]:
            del self._images[line]
        self._known_s = known_s
        self.viewport().update()

    def _draw_anew(self) -> None:
        self._images.clear()
        self._read()
        self.viewport().update()

    def _read(self) -> None:
        """Read the visible lines, and some around them, on the worker."""
        record = self._view.record
        visible = self._visible()
        if record is None or not self._lines.trace or not self._lines.missing(visible):
            return
        around = range(max(0, visible.start - AHEAD_LINES), min(self.n_lines, visible.stop + AHEAD_LINES))
        wanted = self._lines.missing([*visible, *around])
        if wanted == self._asked:
            return
        self._asked = tuple(dict.fromkeys(wanted))
        trace = self._lines.trace

        def receive(event: object) -> None:
            if record is not self._view.record or trace != self._lines.trace:
                return
            if isinstance(event, PageLine) and self._lines.take(event):
                self._images.pop(event.line, None)
                self.viewport().update()
            elif isinstance(event, Failed):
                self.failed.emit(event.message)

        width = self._line_width * self.devicePixelRatioF()
        self._lane.submit(page_job(record, trace, self._asked, width), receive)

    def _choose(self, time_s: float) -> None:
        self._line = int(time_s // LINE_S)
        self.chosen.emit(time_s)

    def _paint_line(self, painter: QPainter, line: int) -> None:
        top = self._top_of(line)
        painter.setPen(QColor(self._theme.quiet_text))
        painter.setFont(self.font())
        text = when_text(self._view.time_of_day.clock, line * LINE_S, self._view.duration_s).replace(", ", "\n")
        area = QRectF(4, top, self._left - 10, self._line_px)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        image = self._image_of(line)
        if image is not None:
            painter.drawImage(QPointF(self._left, top), image)

    def _image_of(self, line: int) -> QImage | None:
        """The picture of a line; None until its samples are read."""
        known = self._images.get(line)
        if known is not None:
            return known
        samples, record = self._lines.get(line), self._view.record
        if samples is None or record is None:
            return None
        ratio = self.devicePixelRatioF()
        image = QImage(round(self._line_width * ratio), round(self._line_px * ratio),
                       QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        times, values, connect = polyline(samples, 0, record.sampling_rate_hz)
        known_values = values[np.isfinite(values)]
        middle = float(np.median(known_values)) if len(known_values) else 0.0
        per_s = self._line_width / LINE_S
        x = (times - line * LINE_S) * per_s
        y = np.clip(ZERO_SHARE * self._line_px - (values - middle) * self._gain * self._px_per_mm, 0, self._line_px)
        shades = self._paint_beats(painter, line, times, per_s)
        pens = [QPen(QColor(self._theme.trace), 1.0 / ratio), QPen(QColor(self._theme.model_colour), 1.6)]
        paint_trace(painter, TraceLine(x, y, connect), [Stroke(pen) for pen in pens], shades)
        painter.end()
        while len(self._images) >= MOST_IMAGES:
            self._images.pop(next(iter(self._images)))
        self._images[line] = image
        return image

    def _paint_beats(self, painter: QPainter, line: int, times: np.ndarray, per_s: float) -> np.ndarray | None:
        """Marks under the line, and (points,) 1 where a departing beat is; poor signal is shaded."""
        found = self._board.found
        if found is None or line * LINE_S >= found.analysed_s:
            return None
        start_s = line * LINE_S
        step = 10.0
        poor = found.trends.is_poor[round(start_s / step) : round((start_s + LINE_S) / step)]
        shade = QColor(self._theme.hatch)
        shade.setAlphaF(0.18)
        for number_, is_poor in enumerate(poor):
            if is_poor:
                painter.fillRect(QRectF(number_ * step * per_s, 0, step * per_s, self._line_px), shade)
        beats = found.beats
        first, last = np.searchsorted(beats.r_s, (start_s - AFTER_S, start_s + LINE_S + BEFORE_S))
        shades = np.zeros(len(times), np.int64)
        usual, other = QColor(self._theme.quiet_text), QColor(self._theme.model_colour)
        for beat in range(int(first), int(last)):
            r_s = float(beats.r_s[beat])
            departs = bool(beats.departs[beat])
            if departs:
                begin, end = np.searchsorted(times, (r_s - BEFORE_S, r_s + AFTER_S))
                shades[begin:end] = 1
            if start_s <= r_s < start_s + LINE_S:
                height = OTHER_MARK_PX if departs or beats.is_premature[beat] else MARK_PX
                painter.fillRect(QRectF((r_s - start_s) * per_s - 0.5, self._line_px - height, 1.2, height),
                                 other if height > MARK_PX else usual)
        return shades

    def _paint_view(self, painter: QPainter) -> None:
        """A box round what the paper shows."""
        start_s, end_s = self._view.visible_span_s
        painter.setPen(QPen(QColor(self._theme.human_colour), 2))
        tint = QColor(self._theme.human_colour)
        tint.setAlphaF(0.10)
        painter.setBrush(tint)
        for line in self._visible():
            left, right = max(start_s, line * LINE_S), min(end_s, (line + 1) * LINE_S)
            if right > left:
                per_s = self._line_width / LINE_S
                painter.drawRect(QRectF(self._left + (left - line * LINE_S) * per_s, self._top_of(line) + 1,
                                        max(3.0, (right - left) * per_s), self._line_px - 2))
        if self.hasFocus() and self._line in self._visible():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.human_colour), 1, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(1, self._top_of(self._line), self.viewport().width() - 3, self._line_px - 1))

    def _paint_scale(self, painter: QPainter) -> None:
        """A corner of 1 s and 1 mV at the bottom right, with its words."""
        if not self.n_lines:
            return
        wide, high = SCALE_S * self._line_width / LINE_S, SCALE_MV * self._gain * self._px_per_mm
        words = tr("1 s × 1 mV")
        metrics = QFontMetricsF(self.font())
        text_width = metrics.horizontalAdvance(words)
        right, bottom = self.viewport().width() - 10.0, self.viewport().height() - 8.0
        box = QRectF(right - wide - text_width - 16, bottom - max(high, metrics.height()) - 6,
                     wide + text_width + 20, max(high, metrics.height()) + 10)
        painter.fillRect(box, QColor(self._theme.strip))
        painter.setPen(QPen(QColor(self._theme.text), 1.5))
        left = right - wide
        painter.drawLine(QPointF(left, bottom), QPointF(right, bottom))
        painter.drawLine(QPointF(left, bottom), QPointF(left, bottom - high))
        painter.drawText(QPointF(left - text_width - 6, bottom - 2), words)
