"""The worklist as Qt's views want it: every cell out of memory, nothing is read for painting."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.results import VERDICTS
from ecg_viewer.state.worklist.second_scores import SECOND_COLUMNS
from ecg_viewer.state.worklist.sorting import BY_ID, COLUMNS
from ecg_viewer.state.worklist.stored_measurements import QUANTITIES
from ecg_viewer.state.worklist.worklist import Worklist
from ecg_viewer.state.worklist.worklist_words import (
    NO_SCORE,
    REVIEW_SYMBOLS,
    cell,
    not_measured,
    row_tooltip,
    second_line,
    several_windows,
    why_no_score,
)

AnyIndex = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
SECOND_LINE = Qt.ItemDataRole.UserRole + 1
COLUMN_IDS = tuple(column.id for column in COLUMNS)
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class WorklistModel(QAbstractTableModel):
    """The rows shown, in the order shown; columns as in `COLUMNS`."""

    def __init__(self, worklist: Worklist) -> None:
        super().__init__()
        self.worklist = worklist
        self.is_narrow = True
        """Whether there is room for a symbol only where words would stand."""
        self._order, self._items = worklist.order, worklist.columns.items
        worklist.order_changed.connect(self._reset)
        worklist.rows_changed.connect(self._change)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def row_at(self, position: int) -> int:
        """The place in the list of what is shown at a position."""
        return int(self._order[position])

    def item_at(self, position: int) -> RecordItem:
        """The recording shown at a position."""
        return self._items[self.row_at(position)]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if column.id == "second_percentile" and self.worklist.second.source.model:
                return self.worklist.second.source.model
            is_short = self.is_narrow or column.id == "mark"
            return tr(column.short if is_short and column.short else column.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(column.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{tr(column.title)}: {tr(column.tip)}{self._models_compared(column.id)}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if column.is_number else _TEXT
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._order):
            return None
        row, column = int(self._order[index.row()]), COLUMN_IDS[index.column()]
        table = self.worklist.table
        if role == Qt.ItemDataRole.DisplayRole:
            if column == "review" and self.is_narrow:
                return REVIEW_SYMBOLS[table.review[row]]
            return cell(table, row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row_tooltip(table, row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if BY_ID[column].is_number else _TEXT
        if role == Qt.ItemDataRole.ForegroundRole and column in ("percentile", "strongest") and not self._counts(row):
            return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == ITEM:
            return table.columns.items[row]
        if role == SECOND_LINE:
            return second_line(table.columns.items[row])
        return None

    def _models_compared(self, column: str) -> str:
        """Which models the percentiles are of, once there are two; nothing for other columns."""
        first, second = self.worklist.results.source, self.worklist.second.source
        if column not in ("percentile", *SECOND_COLUMNS) or not self.worklist.second.is_there:
            return ""
        return " " + tr("In use: {first}. Other model: {second}.").format(
            first=first.model or first.file, second=second.model or second.file)

    def _counts(self, row: int) -> bool:
        results = self.worklist.results
        return bool(results.verdict[row] != VERDICTS.index("poor"))

    def _spoken(self, row: int, column: str) -> str:
        table = self.worklist.table
        text = cell(table, row, column)
        if column == "name":
            return f"{text}, {second_line(table.columns.items[row])}"
        if column == "percentile":
            several = several_windows(table.results, row)
            text = why_no_score(table.results, row) or (f"{text}. {several}" if several else text)
        if column in QUANTITIES and text == NO_SCORE:
            text = not_measured(table.results, row)
        return f"{tr(BY_ID[column].title)}: {text}"

    def _reset(self) -> None:
        self.beginResetModel()  # until here what was shown tells its place, though the list may be another by now
        self._order, self._items = self.worklist.order, self.worklist.columns.items
        self.endResetModel()

    def _change(self, rows: NDArray[np.int64]) -> None:
        """Repaint what changed; one stretch of rows is enough, views paint only what is seen."""
        positions = [place for row in rows.tolist() if (place := self._place(row)) is not None]
        if positions:
            self.dataChanged.emit(
                self.index(min(positions), 0), self.index(max(positions), len(COLUMNS) - 1),
                [Qt.ItemDataRole.DisplayRole],
            )

    def _place(self, row: int) -> int | None:
        return self.worklist.position(self.worklist.columns.items[row].path)
