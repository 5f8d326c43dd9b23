"""Keeps windows, frame included, within the screen, so that nothing, such as the badge, is cut off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize, QTimer
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QStyle, QWidget

DIALOG_MARGIN_PX = 80
"""Margin around a dialog, for its frame and so that the window behind stays visible."""


def dialog_size(screen: QScreen, width: int, height: int) -> QSize:
    """The size a dialog opens with: as wished, if the screen has the room."""
    margin = QSize(DIALOG_MARGIN_PX, DIALOG_MARGIN_PX)
    return QSize(width, height).boundedTo(screen.availableSize() - margin)


def frame_of(window: QWidget) -> QMargins:
    """What the window's frame adds on each side, in pixels; before there is one, a title bar as the style draws it."""
    inner, outer = window.geometry(), window.frameGeometry()
    if inner != outer:
        return QMargins(inner.left() - outer.left(), inner.top() - outer.top(),
                        outer.right() - inner.right(), outer.bottom() - inner.bottom())
    style = window.style()
    edge = style.pixelMetric(QStyle.PixelMetric.PM_MdiSubWindowFrameWidth, None, window)
    title = style.pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight, None, window)
    return QMargins(edge, title + edge, edge, edge)


def fitting(inner: QRect, frame: QMargins, room: QRect) -> QRect:
    """A window's inner rectangle, made smaller and moved only as far as its frame needs to lie within `room`."""
    size = inner.size().boundedTo(room.marginsRemoved(frame).size())
    outer = QRect(inner.topLeft(), size).marginsAdded(frame)
    left = max(room.left(), min(outer.left(), room.right() - outer.width() + 1))
    top = max(room.top(), min(outer.top(), room.bottom() - outer.height() + 1))
    return outer.translated(left - outer.left(), top - outer.top()).marginsRemoved(frame)


class ScreenKeeper(QObject):
    """Keeps a window within its screen when it opens; afterwards the user may move it anywhere.

    The size of the frame is known only after the window is shown, so the position is then checked again.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._fit()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window manager frames the window, then moves or activates it; all is handed on."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.WindowActivate):
            QTimer.singleShot(0, self, self._look_again)
        return False

    def _look_again(self) -> None:
        if self._window.isVisible() and self._window.geometry() != self._window.frameGeometry():
            self._fit()
            self._window.removeEventFilter(self)

    def _fit(self) -> None:
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        inner = fitting(window.geometry(), frame_of(window), window.screen().availableGeometry())
        if not window.isVisible() or inner.size() != window.size():
            window.resize(inner.size())
        if window.isVisible() and inner.topLeft() != window.geometry().topLeft():
            window.setGeometry(inner)
