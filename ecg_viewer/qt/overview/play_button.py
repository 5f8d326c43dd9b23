"""The play button at the overview's time axis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard

SIZE_PX = 18


class PlayButton(QToolButton):
    """Follows an action, but shows only its symbol."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.setText("▶")
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setFixedSize(2 * SIZE_PX, SIZE_PX)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        set_texts(self, name="Play or pause")
        self._guard = KeyGuard(self)
        self._guard.guard(self)
        self.clicked.connect(self._action.trigger)
        self._action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        self.setToolTip(plain_tip(self._action.toolTip()))
