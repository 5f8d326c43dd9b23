"""The worklist's table: a click or Enter opens a recording; the arrow keys only move."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worklist.cell_delegates import SmallTrace, TwoLines
from ecg_viewer.qt.worklist.thumbnails import Thumbnails
from ecg_viewer.qt.worklist.worklist_model import COLUMN_IDS, WorklistModel
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.sorting import BY_ID, COLUMNS, FIRST_COLUMNS, NARROW_COLUMNS, Sort
from ecg_viewer.state.worklist.worklist_words import REVIEW_SYMBOLS, UNRELIABLE, review_text

REVIEW_PX = 26
MAX_NAME_PX = 260
"""A column of names is as wide as the longest asks for, but not wider than this by itself."""
WORDS_MARGIN_PX = 28
"""What the style leaves free on both sides of a cell's or a heading's words."""
MIN_STATEMENTS_PX = 220
WIDTH_DELAY_MS = 300
"""Delay before a resized column's width is saved."""
TRACE_HEIGHT = 34
LOOK_DELAY_MS = 60
"""Delay before visible rows get small traces and priority, so that fast scrolling costs nothing."""


class WorklistTable(QTableView):
    """Rows over `WorklistModel`, narrow with three columns or wide with those the user chose."""

    opened = Signal(int)
    """Position of the row that is to be opened."""
    looked = Signal()
    """Other rows have been visible for longer than `LOOK_DELAY_MS`."""
    columns_chosen = Signal()
    widths_chosen = Signal()
    """The user has made a column wider or narrower."""
    left = Signal()
    """Escape was pressed."""
    marked = Signal(int, bool)
    """Position of a row that was clicked to be marked, and whether with all rows since the last one."""

    def __init__(self, model: WorklistModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._thumbnails = thumbnails
        self._is_wide = self._has_marks = False
        self.chosen = FIRST_COLUMNS
        """Ids of the columns shown when wide, in the table's order."""
        self.widths: dict[str, int] = {}
        """Pixels of columns whose width the user chose, by their ids; of the wide table."""
        self._is_sizing = False
        set_texts(self, name="Worklist")
        self.setModel(model)
        self._two_lines = TwoLines(self)
        self.setItemDelegateForColumn(COLUMN_IDS.index("name"), self._two_lines)
        self.setItemDelegateForColumn(COLUMN_IDS.index("trace"), SmallTrace(thumbnails, self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.sectionClicked.connect(self._sort_by)
        set_texts(header, name="Columns; a click sorts")
        header.sectionResized.connect(self._note_width)
        self._width_timer = QTimer(self)
        self._width_timer.setSingleShot(True)
        self._width_timer.setInterval(WIDTH_DELAY_MS)
        self._width_timer.timeout.connect(self.widths_chosen.emit)
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(LOOK_DELAY_MS)
        self._look_timer.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._look_timer.start)
        model.modelReset.connect(self._look_timer.start)
        model.worklist.order_changed.connect(self._show_sort)
        model.worklist.columns_changed.connect(self._fit_columns)
        thumbnails.made.connect(self._show_traces)
        self.set_wide(False)

    def set_wide(self, is_wide: bool) -> None:
        """Show three columns of two lines, or one line with all the columns that were chosen."""
        self._is_wide = is_wide
        self._rows.is_narrow = self._two_lines.is_narrow = not is_wide
        shown = self.chosen if is_wide else NARROW_COLUMNS
        if self._has_marks:
            shown = (*shown, "mark")
        header = self.horizontalHeader()
        header.setMinimumSectionSize(28)
        self._is_sizing = True  # a column that appears has a width nobody chose
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, column.id not in shown)
        self._fit_columns()
        line = self.fontMetrics().height()
        height = 2 * line + 10 if not is_wide else TRACE_HEIGHT if "trace" in shown else line + 10
        self.verticalHeader().setDefaultSectionSize(height)
        self._look_timer.start()

    def show_marks(self, has_marks: bool) -> None:
        """Show the column of marks as long as anything is marked, whatever columns were chosen."""
        if has_marks != self._has_marks:
            self._has_marks = has_marks
            self.set_wide(self._is_wide)
        self.viewport().update()

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Widths of columns of the wide table, by their ids; others have the width they ask for."""
        self.widths = {name: width for name, width in widths.items() if name in BY_ID}
        self._fit_columns()

    def choose_columns(self, ids: tuple[str, ...]) -> None:
        """Show these when wide; the name is always shown."""
        self.chosen = tuple(column.id for column in COLUMNS if column.id in ids or column.id == "name")
        self.set_wide(self._is_wide)

    def seen(self) -> tuple[int, int]:
        """First and last position that is seen; the last is before the first if there is none."""
        first = self.rowAt(0)
        if first < 0:
            return 0, -1
        last = self.rowAt(self.viewport().height() - 1)
        return first, last if last >= 0 else self._rows.rowCount() - 1

    def go_to(self, position: int, *, scrolls: bool = True) -> None:
        """Make a row the current one and, if it `scrolls`, let it be seen."""
        index = self._rows.index(position, COLUMN_IDS.index("name"))
        flag = QItemSelectionModel.SelectionFlag
        self.setAutoScroll(scrolls)
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.setAutoScroll(True)
        if scrolls:
            self.scrollTo(index)

    def current_path(self) -> Path | None:
        """The recording of the current row."""
        index = self.currentIndex()
        return self._rows.item_at(index.row()).path if index.isValid() else None

    def column_menu(self) -> QMenu:
        """A menu of columns to show or hide."""
        menu = QMenu(self)
        for column in COLUMNS:
            action = menu.addAction(tr(column.title))
            action.setCheckable(True)
            action.setChecked(column.id in self.chosen)
            action.setEnabled(column.id != "name")
            action.setToolTip(tr(column.tip))
            action.setData(column.id)
        menu.setToolTipsVisible(True)
        menu.triggered.connect(self._toggle_column)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._marks(event, index):
            return
        if not self._is_wide and event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.opened.emit(index.row())

    def _marks(self, event: QMouseEvent, index: QModelIndex) -> bool:
        """A click on a mark, or with Shift anywhere in a row."""
        with_others = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_mark = index.isValid() and COLUMN_IDS[index.column()] == "mark"
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or not (is_mark or with_others):
            return False
        self.marked.emit(index.row(), with_others)
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._is_wide and index.isValid() and COLUMN_IDS[index.column()] != "mark":
            self.opened.emit(index.row())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # handed on as it came
        self._fit_columns()
        self._look_timer.start()

    def _fit_columns(self) -> None:
        """Give names the room they need and statements what the others leave."""
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        self._is_sizing = True
        for place, column in enumerate(COLUMNS):
            if header.isSectionHidden(place):
                continue
            if self._is_wide:
                header.setSectionResizeMode(place, mode.Interactive)
                header.resizeSection(place, self._wide_width(column.id))
            elif column.id == "name":
                header.setSectionResizeMode(place, mode.Stretch)
            else:
                header.setSectionResizeMode(place, mode.Fixed)
                header.resizeSection(place, self._narrow_width(column.id))
        self._is_sizing = False

    def _wide_width(self, column: str) -> int:
        if column in self.widths:
            return self.widths[column]
        if column == "mark":
            return REVIEW_PX
        if column == "name":
            longest = max(self._rows.worklist.columns.names, key=len, default="")
            return min(MAX_NAME_PX, max(BY_ID[column].width, self.fontMetrics().horizontalAdvance(longest)
                                        + WORDS_MARGIN_PX))
        if column == "statements":
            others = sum(self._wide_width(name) for name in self.chosen if name != "statements")
            return max(MIN_STATEMENTS_PX, self.viewport().width() - others)
        return max(BY_ID[column].width, self._words_width(column))

    def _words_width(self, column: str) -> int:
        """What the title, and the words that stand in every row, need in the language in use."""
        words = [tr(BY_ID[column].title)]
        if column == "review":
            words += map(review_text, range(len(REVIEW_SYMBOLS)))
        elif column == "strongest":
            words.append(tr(UNRELIABLE))
        return max(map(self.fontMetrics().horizontalAdvance, words)) + WORDS_MARGIN_PX

    def _narrow_width(self, column: str) -> int:
        """As little as its words need: the rest is the name's."""
        if column in ("review", "mark"):
            return REVIEW_PX
        return max(map(self.fontMetrics().horizontalAdvance, ("99.97", tr(UNRELIABLE)))) + WORDS_MARGIN_PX

    def _note_width(self, section: int, _before: int, now: int) -> None:
        if self._is_wide and not self._is_sizing and now > 0:
            self.widths[COLUMN_IDS[section]] = now
            self._width_timer.start()

    def _sort_by(self, section: int) -> None:
        """A click sorts, another one turns it round, a third goes back to the list's own order."""
        column, current = COLUMN_IDS[section], self._rows.worklist.sort
        falls_first = BY_ID[column].falls_first
        if current.column != column:
            chosen = Sort(column, falls_first)
        elif current.descending == falls_first:
            chosen = Sort(column, not falls_first)
        else:
            chosen = Sort()
        self._rows.worklist.set_sort(chosen)
        self._show_sort()  # the header has turned its arrow by itself

    def _show_sort(self) -> None:
        sort = self._rows.worklist.sort
        section = COLUMN_IDS.index(sort.column) if sort.column else -1
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, order)

    def _look(self) -> None:
        first, last = self.seen()
        if self._is_wide and "trace" in self.chosen:
            self._thumbnails.ask([self._rows.item_at(position).path for position in range(first, last + 1)])
        self.looked.emit()

    def _show_traces(self, _paths: object) -> None:
        self.viewport().update()

    def _offer_columns(self, place: QPoint) -> None:
        if self._is_wide:
            self.column_menu().popup(self.horizontalHeader().mapToGlobal(place))

    def _toggle_column(self, action: object) -> None:
        name = action.data()  # type: ignore[attr-defined]  # a QAction of `column_menu`
        chosen = set(self.chosen) ^ {name}
        self.choose_columns(tuple(chosen))
        self.columns_chosen.emit()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Left and right stay in the row: there is nothing to choose between its cells."""
        if action in (QAbstractItemView.CursorAction.MoveLeft, QAbstractItemView.CursorAction.MoveRight):
            return self.currentIndex()
        return super().moveCursor(action, modifiers)
