"""The table of findings itself: columns as wide as their words, and keys that belong to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTreeView

from ecg_viewer.qt.review.findings_model import LEAD, NOTE, PERCENTILE, SHORTEST, STATE, TIME, FindingsModel

CELL_PADDING_PX = 11
NOTE_PX = 70
"""A narrower column of notes would say nothing; it is then left out, and the line below the table says the note."""


class FindingsView(QTreeView):
    """The table itself."""

    acted = Signal(QModelIndex)
    """Enter on a line."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Columns as wide as their widest words; where these do not fit, shorter words, and then the table scrolls."""
        model, room = self.model(), self.viewport().width()
        if not isinstance(model, FindingsModel):
            return
        for shortness in range(SHORTEST + 1):
            metrics = self.fontMetrics()
            widths = {
                column: CELL_PADDING_PX + max(map(metrics.horizontalAdvance, model.widest(column, shortness)))
                for column in (LEAD, TIME, PERCENTILE, STATE)
            }
            if sum(widths.values()) <= room:
                break
        model.shortness = shortness
        fits, policy = sum(widths.values()) <= room, Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(NOTE, NOTE_PX)  # the last column takes all that is left
        self.setColumnHidden(NOTE, room - sum(widths.values()) < NOTE_PX)
        self.updateGeometries()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.acted.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the window here, such as J and C; what has no key does nothing."""
