"""Cells that are more than a line of text: the name with what tells recordings apart below it, and the small trace."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ecg_viewer.qt.worklist.model import ITEM, SECOND_LINE, AnyIndex
from ecg_viewer.qt.worklist.thumbnails import Thumbnails, draw_outline
from ecg_viewer.state.records import RecordItem


class TwoLines(QStyledItemDelegate):
    """Name and, below it, the dataset's labels or the folder, elided to the width there is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_narrow = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        if not self.is_narrow:
            super().paint(painter, option, QModelIndex(index))
            return
        _paint_background(painter, option, index)
        item: RecordItem = index.data(ITEM)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        painter.save()
        area = option.rect.adjusted(8, 4, -4, -4)
        line = option.fontMetrics.height()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(option.palette.color(role.HighlightedText if is_selected else role.Text))
        name = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideMiddle, area.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(area.left(), area.top(), area.width(), line), flags, name)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(role.HighlightedText if is_selected else role.PlaceholderText))
        below = option.fontMetrics.elidedText(index.data(SECOND_LINE), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(QRect(area.left(), area.top() + line + 1, area.width(), line), flags, below)
        painter.restore()


class SmallTrace(QStyledItemDelegate):
    """The outline of a lead; a line in the middle until it is made."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        _paint_background(painter, option, index)
        item: RecordItem = index.data(ITEM)
        shape = self._thumbnails.get(item.path)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        area = option.rect.adjusted(6, 3, -6, -3)
        if shape is None:
            painter.save()
            painter.setPen(option.palette.color(role.Mid))
            painter.drawLine(area.left(), area.center().y(), area.right(), area.center().y())
            painter.restore()
            return
        ink = option.palette.color(role.HighlightedText if is_selected else role.Text)
        draw_outline(painter, area, shape, ink)


def _paint_background(painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
    """What the style draws behind every cell: selection, hover, alternating rows."""
    empty = QStyleOptionViewItem(option)
    empty.index = QModelIndex(index)
    empty.text = ""
    style = option.widget.style() if option.widget is not None else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, option.widget)
