"""Shown in place of the paper while nothing is open: the ways to open something."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard

BUTTON_WIDTH = 240


class EmptyState(QWidget):
    """A sentence and a button for each way to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_texts(self, name="No recording is open")
        title = set_texts(PlainLabel(), text="No recording is open")
        title.setObjectName("headline")
        hint = set_texts(PlainLabel(), text="Drop a recording or a folder here, or:")
        hint.setObjectName("quiet")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(1)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        layout.addLayout(self._column)
        layout.addStretch(2)
        self.buttons: list[QPushButton] = []

    def offer(self, actions: Iterable[QAction]) -> None:
        """A button for each of these actions."""
        for action in actions:
            button = set_texts(QPushButton(), text=action.text, tip=action.toolTip)
            button.setFixedWidth(BUTTON_WIDTH)
            button.clicked.connect(action.trigger)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.buttons.append(button)
        KeyGuard(self).guard(*self.buttons)
