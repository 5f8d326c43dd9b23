"""A table of rows of words, of which one is chosen by a click, Enter or the arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.words.language import tr

MEASURED_ROWS = 50
"""Rows whose words decide how wide the columns are."""
AnyIndex = QModelIndex | QPersistentModelIndex


class LazyRows(Sequence[Sequence[str]]):
    """Rows whose words are made when they are first looked at: of thousands only a screen is."""

    def __init__(self, count: int, make: Callable[[int], Sequence[str]]) -> None:
        self._make = make
        self._made: list[Sequence[str] | None] = [None] * count

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, row: int) -> Sequence[str]:  # type: ignore[override]  # a table asks for single rows
        made = self._made[row]
        if made is None:
            made = self._made[row] = self._make(row)
        return made


class _Rows(QAbstractTableModel):
    def __init__(self, heads: Sequence[str], right: frozenset[int]) -> None:
        super().__init__()
        self.heads, self.right = tuple(heads), right
        self.cells: Sequence[Sequence[str]] = ()
        self.pictures: Sequence[QPixmap] = ()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.cells)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells[row][column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.cells[row][column])
        if role == Qt.ItemDataRole.DecorationRole and column == len(self.heads) - 1 and row < len(self.pictures):
            return self.pictures[row]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in self.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(self.heads[section]) if section < len(self.heads) else None
        return None


class RowsTable(QTableView):
    """Rows under English headings; the last column stretches."""

    chosen = Signal(int)
    """A row was clicked, or Enter was pressed on it."""

    def __init__(self, name: str, heads: Sequence[str], right: frozenset[int] = frozenset()) -> None:
        """`right` are the columns of numbers."""
        super().__init__()
        self._rows = _Rows(heads, right)
        self._rows.setParent(self)
        self.setModel(self._rows)
        set_texts(self, name=name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(MEASURED_ROWS)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.activated.connect(self._activate)

    @property
    def cells(self) -> Sequence[Sequence[str]]:
        """What is shown, row by row."""
        return self._rows.cells

    @property
    def row(self) -> int:
        """The selected row, or -1."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def show_rows(self, cells: Sequence[Sequence[str]], pictures: Sequence[QPixmap] = ()) -> None:
        """Show other rows; the selected one stays by its place, if there still is one."""
        row = self.row
        self._rows.beginResetModel()
        self._rows.cells, self._rows.pictures = cells, pictures
        self._rows.endResetModel()
        if pictures:
            self.setIconSize(QSize(round(pictures[0].deviceIndependentSize().width()),
                                   round(pictures[0].deviceIndependentSize().height())))
            self.verticalHeader().setDefaultSectionSize(
                max(self.fontMetrics().height() + 6, self.iconSize().height() + 4))
        else:
            self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        if 0 <= row < len(cells):
            self.selectRow(row)

    def retranslate(self) -> None:
        """Ask for the headings anew."""
        self._rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._rows.heads) - 1)

    def _activate(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())
