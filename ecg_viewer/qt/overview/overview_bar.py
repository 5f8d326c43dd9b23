"""The overview widget: shows the visible window and lets the reader navigate."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecg_viewer.qt.overview.overview_painting import Lanes, paint_box, paint_overview
from ecg_viewer.qt.overview.play_button import PlayButton
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.render.time_axis import axis_time_text
from ecg_viewer.state.overview import Overview
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.clock_words import clock_text
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import duration_text

REDRAW_MS, REDRAW_LONG_MS = 150, 600
"""Results arrive many times a second; they are drawn together, those of an hour or more in larger batches."""
LONG_S = 3600.0
SCROLL_MS = 12
"""Movements of a drag within this time are one: a frame takes longer than a mouse's report."""
SMALLEST_BOX_PX = 7.0
PAGE_SHARE = 0.1
"""Of the recording, for Page Up and Page Down."""
WHEEL_STEP = 120


class OverviewBar(Retranslatable, QWidget):
    """Click to go there, drag the box to pan, wheel to scroll by a window, Page Up and Page Down by a tenth."""

    shown_blind = True
    """It shows nothing of what is hidden until the first read."""

    def __init__(self, overview: Overview, view: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview = overview
        self._view = view
        self._theme = PAPER
        self._still: QImage | None = None
        self._grip_s: float | None = None
        """While dragging: the time under the mouse, from the start of the window."""
        self._target_s = 0.0
        self._focus_ring = False
        self.play: PlayButton | None = None
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._redraw.timeout.connect(self._draw_anew)
        self._scroll = QTimer(self)
        self._scroll.setSingleShot(True)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._go)
        set_texts(self, name="Overview of the recording")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(200)
        overview.changed.connect(self._draw_soon)
        view.record_changed.connect(self._show_record)
        view.range_changed.connect(self._move_box)
        view.heat_changed.connect(self._draw_soon)
        view.time_of_day.changed.connect(self._draw_anew)

    @property
    def is_current(self) -> bool:
        """Whether it shows all results; the latest are drawn a moment later."""
        return not self._redraw.isActive()

    def set_theme(self, theme: Theme) -> None:
        """Change all colours."""
        self._theme = theme
        self._draw_anew()

    def retranslate(self) -> None:
        self._draw_anew()

    def offer_play(self, action: QAction) -> None:
        """Put a button for `action` beside the time axis, where there is one."""
        if self.play is None:
            self.play = PlayButton(action, self)
        axis = self._lanes().axis
        self.play.setVisible(axis.height() > 0)
        self.play.move(8, round(axis.center().y() - self.play.height() / 2) - 1)

    def sizeHint(self) -> QSize:
        return QSize(600, self._lanes().height)

    @property
    def box(self) -> QRectF:
        """The visible window, at least wide enough to be seen and gripped."""
        lanes = self._lanes()
        left, right = map(self.x_of, self._view.visible_span_s)
        if right - left < SMALLEST_BOX_PX:
            middle = (left + right) / 2
            left = min(max(middle - SMALLEST_BOX_PX / 2, lanes.left), lanes.left + lanes.width - SMALLEST_BOX_PX)
            right = left + SMALLEST_BOX_PX
        return QRectF(left, lanes.boxed.top(), right - left, lanes.boxed.height())

    def x_of(self, time_s: float) -> float:
        """Where a time is."""
        lanes = self._lanes()
        return lanes.left + time_s / max(self._overview.duration_s, 1e-9) * lanes.width

    def time_at(self, x: float) -> float:
        """The time at a position, inside the recording."""
        lanes = self._lanes()
        share = min(max((x - lanes.left) / lanes.width, 0.0), 1.0)
        return share * self._overview.duration_s

    def page(self, pages: int) -> None:
        """Go a tenth of the recording on, or back; at least a window."""
        step_s = max(PAGE_SHARE * self._overview.duration_s, self._view.visible_s)
        self._view.scroll_by(pages * step_s)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        lanes = self._lanes()
        if self._still is None or self._still.deviceIndependentSize().toSize() != self.size():
            self._still = paint_overview(
                self._overview, lanes, (self.width(), self.height()), self.devicePixelRatioF(), self._theme,
                self.font(), model_marks=self._view.heat_visible,
                clock=self._view.time_of_day.clock,
            )
        painter.drawImage(QPointF(0, 0), self._still)
        if self._overview.duration_s > 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_box(painter, self.box.adjusted(0.5, 0.5, -0.5, -0.5), lanes, self._theme)
        if self._focus_ring:
            painter.setPen(QPen(QColor(self._theme.human_colour), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw_anew()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._draw_anew()
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.words_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def words_at(self, position: QPointF) -> str:
        """The time at a position, and how good the signal is there."""
        if not self._overview.duration_s:
            return ""
        time_s = self.time_at(position.x())
        clock, duration_s = self._view.time_of_day.clock, self._overview.duration_s
        lines = [axis_time_text(time_s, duration_s) if clock is None else clock_text(clock, time_s)]
        words = self._overview.quality_words(time_s, time_s) if self._view.heat_visible else ""
        if words:
            lines.append(tr("Signal quality: {words}").format(words=words))
        lines.append(tr("Click to go there, drag the box to move along the recording."))
        return "\n".join(lines)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._overview.duration_s:
            super().mousePressEvent(event)
            return
        x = event.position().x()
        if self.box.left() <= x <= self.box.right():
            self._grip_s = self._time_unclipped(x) - self._view.start_s
        else:
            self._grip_s = self._view.visible_s / 2
            self._aim(self.time_at(x))
            self._go()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip_s is not None:
            self._aim(self._time_unclipped(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip_s is not None:
            self._go()
            self._grip_s = None
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._view.scroll_by_windows(-turned / WHEEL_STEP)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self._view.scroll_by_windows(steps)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focus_ring = True
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focus_ring = False
        self.update()

    def _lanes(self) -> Lanes:
        return Lanes.of(self.width(), self._overview.duration_s)

    def _time_unclipped(self, x: float) -> float:
        lanes = self._lanes()
        return (x - lanes.left) / lanes.width * self._overview.duration_s

    def _aim(self, time_s: float) -> None:
        """Bring the gripped point to a time, with the next frame."""
        assert self._grip_s is not None, "only a gripped window is moved"
        self._target_s = time_s - self._grip_s
        if not self._scroll.isActive():
            self._scroll.start()

    def _go(self) -> None:
        if self._scroll.isActive() or self.sender() is self._scroll:
            self._scroll.stop()
            self._view.scroll_to(self._target_s)

    def _show_record(self) -> None:
        self._grip_s = None
        self._scroll.stop()
        self._redraw.setInterval(REDRAW_MS if self._overview.duration_s < LONG_S else REDRAW_LONG_MS)
        self.setFixedHeight(self._lanes().height)
        self._draw_anew()

    def _move_box(self) -> None:
        self.update()

    def _draw_soon(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    def _draw_anew(self) -> None:
        self._still = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        """In words for those who cannot see it."""
        overview = self._overview
        parts = [duration_text(overview.duration_s)] if overview.duration_s else [tr("No recording is open.")]
        if self._view.heat_visible and overview.duration_s and not overview.is_withheld:
            parts.append(tr("{share:.0f} % assessed").format(share=100 * overview.assessed_share))
            shares = overview.quality_shares
            if shares:
                words = ", ".join(f"{tr(word)} {100 * share:.0f} %" for word, share in shares.items())
                parts.append(tr("signal quality: {words}").format(words=words))
        self.setAccessibleDescription("; ".join(parts))
