"""A side tab of panels below each other, which scrolls as it may be higher than the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.translated_texts import set_texts


class SideColumn(QScrollArea):
    """Named in English; a screen reader reads the name in the language in use."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        stack = QWidget()
        stack.setObjectName("panel")
        self._layout = QVBoxLayout(stack)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self.setWidget(stack)
        set_texts(self, name=name)

    def add_panel(self, panel: QWidget) -> None:
        """Put a panel below the others."""
        self._layout.insertWidget(self._layout.count() - 1, panel)
