"""Delegates for two-line cells (name and labels) and for the small trace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ecg_viewer.qt.worklist.thumbnails import Thumbnails, draw_outline
from ecg_viewer.qt.worklist.worklist_model import ITEM, SECOND_LINE, AnyIndex
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.worklist.thumbnail import Outline

MAX_PICTURES = 500
"""Some screens of rows."""


class TwoLines(QStyledItemDelegate):
    """Name and, below it, the data set's labels or the folder, elided to the width there is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_narrow = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        if not self.is_narrow:
            super().paint(painter, option, index)
            return
        _paint_background(painter, option)
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
        self._pictures: dict[tuple[Path, int, int, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        _paint_background(painter, option)
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
        colour = option.palette.color(role.HighlightedText if is_selected else role.Text)
        painter.drawPixmap(area.topLeft(), self._picture(item.path, shape, area.size(), colour, painter))

    def _picture(self, path: Path, shape: Outline, size: QSize, colour: QColor, painter: QPainter) -> QPixmap:
        """Drawn once and kept: hundreds of lines a row would take longer than all the rest of the table."""
        ratio = painter.device().devicePixelRatioF()
        key = (path, size.width(), size.height(), colour.rgba(), ratio)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= MAX_PICTURES:
                self._pictures.clear()
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            pen = QPainter(picture)
            draw_outline(pen, QRect(QPoint(0, 0), size), shape, colour)
            pen.end()
            self._pictures[key] = picture
        return picture


def _paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What the style draws behind every cell: selection, hover, alternating rows."""
    empty = QStyleOptionViewItem(option)
    empty.text = ""
    style = option.widget.style() if option.widget else QApplication.style()  # type: ignore[truthy-bool]
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, option.widget)
