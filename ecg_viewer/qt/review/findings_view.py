"""The table view of findings: columns that fit their words, letter keys left to the window."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QTreeView

from ecg_viewer.qt.review.fact_delegate import OPENER_PX, FactDelegate
from ecg_viewer.qt.review.findings_model import LEAD, NOTE, PERCENTILE, SHORTEST, STATE, TIME, FindingsModel

CELL_PADDING_PX = 11
NOTE_PX = 70
"""Least width of the column of notes; if narrower it is left out, and the line below the table shows the note."""


class FindingsView(QTreeView):
    """The table itself."""

    acted = Signal(QModelIndex)
    """Enter on a line, or the sign that opens a fact's row."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: FactDelegate | None = None

    def is_at_opener(self, index: QModelIndex, x: int) -> bool:
        """Whether a place is at the sign that opens and closes a fact's row."""
        model = self.model()
        if not isinstance(model, FindingsModel) or not model.is_heading(index):
            return False
        group = model.group_at(index)
        return group is not None and group.is_row and x - self.visualRect(index).left() < OPENER_PX

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self.is_at_opener(index, round(event.position().x())):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.acted.emit(index)
            event.accept()
            return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Rows of facts are painted by a delegate of their own."""
        super().setModel(model)
        if isinstance(model, FindingsModel):
            self._facts = FactDelegate(model)
            self.setItemDelegateForColumn(0, self._facts)

    def fit(self) -> None:
        """Fit columns to their widest words; if they do not fit, shorten the words; if that is not enough, scroll."""
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
        self.setColumnWidth(NOTE, NOTE_PX)  # the last column takes the rest
        has_notes = room - sum(widths.values()) >= NOTE_PX
        self.setColumnHidden(NOTE, not has_notes)
        model.last = NOTE if has_notes else STATE
        if self._facts is not None and self._facts.width != room:
            self._facts.width = room
            self.scheduleDelayedItemsLayout()
        self.updateGeometries()
        self.header().viewport().update()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.acted.emit(self.currentIndex())
            return
        arrows = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
        model, index = self.model(), self.currentIndex()
        if event.key() in arrows and isinstance(model, FindingsModel) and model.is_heading(index):
            group = model.group_at(index)
            if group is not None and group.is_row and bool(group.shown) != arrows[Qt.Key(event.key())]:
                self.acted.emit(index)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Disabled: letters such as J and C are the window's keys."""
