"""Small sortable tables: real table views, which a screen reader reads line by line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.words.numbers import number

AnyIndex = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
ROW_PX = 20


@dataclass(frozen=True)
class TableCell:
    """What a cell shows, and what it is sorted by; numbers that are not known come last in both directions."""

    text: str
    key: float | str
    tip: str = ""


def number_cell(value: float, digits: int = 2) -> TableCell:
    """A number, or a dash for one that is not known."""
    return TableCell("–" if math.isnan(value) else number(value, f",.{digits}f"), value)


def share_text(percent: float) -> str:
    """A share of a hundred with one decimal; with more where it would be rounded up to all: `99.98`."""
    if math.isnan(percent):
        return "–"
    for digits in (1, 2, 3):
        if percent == 100 or float(f"{percent:.{digits}f}") < 100:
            return number(percent, f".{digits}f")
    return number(99.999)


def share_cell(percent: float) -> TableCell:
    """A share of a hundred, or a dash for one that is not known."""
    return TableCell(share_text(percent), percent)


class _Rows(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[tuple[str, str], ...] = ()
        self.cells: Sequence[Sequence[TableCell]] = ()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.cells)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.tip or cell.text)
        if role == Qt.ItemDataRole.AccessibleTextRole and cell.tip:
            return cell.tip
        if role == SORT_ROLE:
            return cell.key
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(cell.key, str):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and section < len(self.heads):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section][0]
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.heads[section][1]
        return None


class _Sorted(QSortFilterProxyModel):
    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        first, second = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if isinstance(first, float) and isinstance(second, float):
            unknown = math.inf if self.sortOrder() == Qt.SortOrder.AscendingOrder else -math.inf
            return (unknown if math.isnan(first) else first) < (unknown if math.isnan(second) else second)
        return str(first) < str(second)


class SmallTable(QTableView):
    """Rows that can be sorted by a click on a heading; Enter or a double click chooses one."""

    chosen = Signal(int)
    """A row, as it was given to `show_rows`."""
    cell_chosen = Signal(int, int)
    """Row and column of the cell that the keyboard or the mouse is at; of a table of cells only."""

    def __init__(
        self, name: str, parent: QWidget | None = None, *, stretched: int | None = None, fits: bool = False,
        of_cells: bool = False,
    ) -> None:
        """`name` is English. `stretched` is the column that gives way; in a table that `fits`, the first one does.

        In a table `of_cells` each cell is chosen by itself, and `cell_chosen` tells which.

        A table that `fits` has its columns close together and its rows in the order given, for a sign of the order
        takes room; another one scrolls in narrow places.
        """
        super().__init__(parent)
        self._stretched = 0 if fits else stretched
        if fits:
            self.setStyleSheet("QTableView::item { padding: 0 3px; } QHeaderView::section { padding: 3px 3px; }")
        self._rows, self._sorted = _Rows(), _Sorted(self)
        self._rows.setParent(self)
        self._sorted.setSourceModel(self._rows)
        self.setModel(self._sorted)
        set_texts(self, name=name)
        self.setSortingEnabled(not fits)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        behavior = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behavior.SelectItems if of_cells else behavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(24)
        header.setStretchLastSection(self._stretched is None)
        header.setHighlightSections(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.activated.connect(self._choose)
        if of_cells:
            self.selectionModel().currentChanged.connect(self._tell_cell)

    @property
    def heads(self) -> list[str]:
        """What stands above the columns."""
        return [head for head, _ in self._rows.heads]

    @property
    def texts(self) -> list[list[str]]:
        """What is shown, in the order on the screen."""
        model = self._sorted
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def show_rows(self, heads: Sequence[tuple[str, str]], cells: Sequence[Sequence[TableCell]]) -> None:
        """Show other rows under headings, each with what it means; the order stays as chosen."""
        self._rows.beginResetModel()
        self._rows.heads, self._rows.cells = tuple(heads), cells
        self._rows.endResetModel()
        if self._stretched is not None:
            self.horizontalHeader().setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Stretch)

    def select_row(self, row: int) -> None:
        """Select a row, as it was given to `show_rows`; none if negative."""
        if row < 0:
            self.clearSelection()
            return
        index = self._sorted.mapFromSource(self._rows.index(row, 0))
        self.selectRow(index.row())
        self.scrollTo(index)

    def _tell_cell(self, index: QModelIndex) -> None:
        place = self._sorted.mapToSource(index)
        self.cell_chosen.emit(place.row(), place.column())

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._sorted.mapToSource(index).row())
