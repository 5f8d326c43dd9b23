"""Small tables of the side panels: read-only text that a screen reader reads and the keyboard walks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
)

from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts

ROW_PX = 21


def make_table(name: str, n_columns: int) -> QTableWidget:
    """An empty table whose rows are selected as a whole; `name` is English."""
    table = QTableWidget(0, n_columns)
    set_texts(table, name=name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_PX)
    table.verticalHeader().setMinimumSectionSize(ROW_PX)
    header = table.horizontalHeader()
    header.setMinimumSectionSize(20)
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setStyleSheet("QTableView::item { padding: 0 3px; } QHeaderView::section { padding: 3px 3px; }")
    return table


def fill(
    table: QTableWidget, head: Sequence[str], rows: Sequence[Sequence[str]], *, left: frozenset[int] = frozenset({0})
) -> None:
    """Fill the table; numbers are right-aligned, the columns in `left` left-aligned. The selection is kept."""
    chosen = table.currentRow()
    table.setHorizontalHeaderLabels(list(head))
    table.setRowCount(len(rows))
    for column in range(table.columnCount()):
        side = Qt.AlignmentFlag.AlignLeft if column in left else Qt.AlignmentFlag.AlignRight
        heading = table.horizontalHeaderItem(column)
        if heading is not None:
            heading.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        for row, texts in enumerate(rows):
            item = table.item(row, column)
            if item is None:
                item = QTableWidgetItem()
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
            if item.text() != texts[column]:
                item.setText(texts[column])
                item.setToolTip(plain_tip(texts[column]))
    if chosen >= table.rowCount():
        table.setCurrentCell(table.rowCount() - 1, 0)


def fit_height(table: QTableWidget, least_rows: int, most_rows: int) -> None:
    """Set the height to that of the rows, within a least and a greatest number of rows."""
    rows = min(max(table.rowCount(), least_rows), most_rows)
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows * ROW_PX + 4)


def make_label(name: str, *, selectable: bool = True) -> QLabel:
    """A wrapping line of text in one of the window's styles (`quiet`, `panelTitle`, `headline` or none)."""
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
