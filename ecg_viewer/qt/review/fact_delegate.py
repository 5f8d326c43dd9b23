"""Paints the row of a fact: whether it is open, its state, its title over up to three lines, and its percentile."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ecg_viewer.qt.review.findings_model import FindingsModel
from ecg_viewer.state.review.queue_parts import Group

OPENER_PX, STATE_PX, GAP_PX, PADDING_PX = 16, 16, 4, 4
MOST_LINES = 3
OPEN, CLOSED = "▾", "▸"


class FactDelegate(QStyledItemDelegate):
    """For the first column, which a fact's row takes all of; every other row is painted as usual."""

    def __init__(self, model: FindingsModel) -> None:
        super().__init__()
        self._model = model
        self.width = 0
        """Width of the row in pixels; set by the view."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        group = self._fact(index)
        if group is None:
            return super().sizeHint(option, index)
        metrics = option.fontMetrics
        n = len(title_lines(self._model.fact_title(group), option, self._title_width(group, metrics)))
        return QSize(self.width, n * metrics.height() + 2 * PADDING_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        group = self._fact(index)
        if group is None:
            return super().paint(painter, option, index)
        rect: QRect = option.rect
        palette: QPalette = option.palette
        metrics: QFontMetrics = option.fontMetrics
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        colour = palette.color(role)
        quiet = colour if is_chosen else palette.color(QPalette.ColorRole.PlaceholderText)
        is_quiet = group.state == "dismissed" or group.fact is None
        painter.setFont(option.font)
        self._paint_line(painter, rect, metrics, group, (quiet if is_quiet else colour, quiet))
        painter.restore()

    def _paint_line(
        self, painter: QPainter, rect: QRect, metrics: QFontMetrics, group: Group, colours: tuple[QColor, QColor]
    ) -> None:
        colour, quiet = colours
        centre = Qt.AlignmentFlag.AlignCenter
        top = QRect(rect.left(), rect.top() + PADDING_PX, OPENER_PX, metrics.height())
        painter.setPen(quiet)
        painter.drawText(top, centre, OPEN if group.shown else CLOSED)
        painter.setPen(colour)
        painter.drawText(top.translated(OPENER_PX, 0), centre, self._model.fact_symbol(group))
        figure = self._model.fact_figure(group)
        painter.drawText(QRect(rect.left(), top.top(), rect.width() - PADDING_PX, metrics.height()),
                         Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        left = rect.left() + OPENER_PX + STATE_PX + GAP_PX
        for row, line in enumerate(_wrapped(self._model.fact_title(group), painter.font(), metrics,
                                            self._title_width(group, metrics))):
            painter.drawText(QRect(left, top.top() + row * metrics.height(), rect.width(), metrics.height()),
                             Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)

    def _title_width(self, group: Group, metrics: QFontMetrics) -> int:
        figure = metrics.horizontalAdvance(self._model.fact_figure(group))
        return self.width - OPENER_PX - STATE_PX - GAP_PX - figure - 2 * PADDING_PX - GAP_PX

    def _fact(self, index: QModelIndex | QPersistentModelIndex) -> Group | None:
        group = self._model.group_at(index) if self._model.is_heading(index) else None
        return group if group is not None and group.is_row else None


def title_lines(text: str, option: QStyleOptionViewItem, width: int) -> list[str]:
    """A title in up to three lines, the last of which may end in …."""
    return _wrapped(text, option.font, option.fontMetrics, width)


def _wrapped(text: str, font: QFont, metrics: QFontMetrics, width: int) -> list[str]:
    layout = QTextLayout(text, font)
    wrapping = QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrapping)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 20))
        start = line.textStart()
        if len(lines) == MOST_LINES - 1:
            lines.append(metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, max(width, 20)))
            break
        lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]
