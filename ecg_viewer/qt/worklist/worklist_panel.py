"""The worklist's panel: search, filters, table, what is known of the whole list, and the scoring in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.actions import ActionSpec, tooltip
from ecg_viewer.qt.widgets.labels import set_or_hide
from ecg_viewer.qt.widgets.message_bar import MessageBar
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worklist.filter_bar import FilterBar
from ecg_viewer.qt.worklist.scoring_strip import ScoringStrip
from ecg_viewer.qt.worklist.thumbnails import Thumbnails
from ecg_viewer.qt.worklist.worklist_model import WorklistModel
from ecg_viewer.qt.worklist.worklist_scoring import BackgroundScoring
from ecg_viewer.qt.worklist.worklist_table import WorklistTable
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.worklist import Worklist

FILTER_DELAY_MS = 120
"""Delay of the search, so that typing stays fluent."""


class _Place(NamedTuple):
    """The current row before rows moved."""

    path: Path | None
    """Of the current row."""
    y: int
    """Its place on the screen."""
    scrolled: int


class SearchEdit(QLineEdit):
    """Down and Enter go on to the table. Esc empties it, and never reaches the window, where it stops an assessment."""

    left_for_table = Signal()

    def event(self, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_for_table.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)


class WorklistPanel(Retranslatable, QWidget):
    """Narrow at the left of the paper, or wide in its place."""

    activated = Signal(int)
    """Place in the session's list of the recording to open."""

    def __init__(
        self, session: Session, worklist: Worklist, scoring: BackgroundScoring, thumbnails: Thumbnails,
        specs: Iterable[ActionSpec], trigger: Callable[[str], None], parent: QWidget | None = None,
    ) -> None:
        """`specs` are the worklist's actions, `trigger` carries one of them out."""
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._worklist = worklist
        self._is_wide = False
        self._specs = by_id = {spec.id: spec for spec in specs}
        self.error_bar = MessageBar("error", translatable("Close"))
        self.model = WorklistModel(worklist)
        self.view = WorklistTable(self.model, thumbnails)
        self._title = PlainLabel()
        self._title.setObjectName("panelTitle")
        self.toggle_button = _tool_button(by_id["worklist"], trigger, translatable("Table"))
        self.columns_button = _tool_button(by_id["worklist_columns"], trigger, translatable("Columns"))
        self.filter_edit = SearchEdit()
        set_texts(
            self.filter_edit,
            placeholder="Search name, statement, report, finding",
            name="Search the worklist",
        )
        self.filter_edit.setClearButtonEnabled(True)
        self.filter_edit.left_for_table.connect(self._enter_table)
        self._filter_timer = QTimer(self)
        self._filter_timer.setSingleShot(True)
        self._filter_timer.setInterval(FILTER_DELAY_MS)
        self._filter_timer.timeout.connect(self._search)
        self.filter_edit.textChanged.connect(self._filter_timer.start)
        self.filter_bar = FilterBar()
        self.filter_bar.changed.connect(self._filter)
        self.active_filters = QPushButton()
        self.active_filters.setObjectName("filtered")
        self.active_filters.clicked.connect(self.clear_filters)
        self.sort_again = QPushButton()
        self.sort_again.setObjectName("filtered")
        self.sort_again.hide()
        set_texts(self.sort_again, text="Order has changed: sort again")
        self.sort_again.clicked.connect(lambda: trigger("sort_again"))
        worklist.outdated_changed.connect(self._show_outdated)
        self.said = _quiet_label()
        worklist.said_changed.connect(self._show_said)
        self.source = _quiet_label()
        self.figures = _quiet_label()
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.empty = PlainLabel()
        self.empty.setObjectName("quiet")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(16)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        strip_specs = [by_id[name] for name in ("score_list", "pause_scoring", "stop_scoring")]
        self.strip = ScoringStrip(worklist, scoring, strip_specs, trigger)
        self._lay_out()
        self.view.opened.connect(self._open)
        self.view.marked.connect(self.mark)
        worklist.marks.changed.connect(self._show_marks)
        self._anchor: Path | None = None
        """The row marked last, from which Shift+click marks on."""
        self.model.modelAboutToBeReset.connect(self._remember_place)
        self.model.modelReset.connect(self._restore_place)
        self._kept = _Place(None, -1, 0)
        self._asked = (worklist.sort, worklist.filter)
        worklist.columns_changed.connect(self._offer_filters)
        worklist.order_changed.connect(self.refresh)
        session.records.changed.connect(self.refresh)
        session.record_changed.connect(self.show_current)
        self.set_wide(False)
        self.retranslate()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def is_wide(self) -> bool:
        return self._is_wide

    def set_wide(self, is_wide: bool) -> None:
        """Show everything, or what fits at the left of the paper."""
        self._is_wide = is_wide
        self.view.set_wide(is_wide)
        self.filter_bar.setVisible(is_wide)
        self.columns_button.setVisible(is_wide)
        self.figures.setVisible(is_wide and bool(self.figures.text()))
        set_texts(self.toggle_button, text="Back to the ECG" if is_wide else "Table")
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)
        self.refresh()
        self.show_current()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.filter_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_edit.selectAll()

    def clear_filters(self) -> None:
        """Show all recordings."""
        self._filter(WorklistFilter())

    def set_source_text(self, text: str) -> None:
        """Show where the scores come from; empty hides the line."""
        self.source.setText(text)
        self.source.setVisible(bool(text))

    def set_figures_text(self, text: str) -> None:
        """Show figures over all recordings shown; only the wide table has room for them."""
        self.figures.setText(text)
        self.figures.setVisible(self._is_wide and bool(text))

    def retranslate(self) -> None:
        for widget, name in (
            (self.toggle_button, "worklist"), (self.columns_button, "worklist_columns"),
            (self.filter_edit, "find_record"), (self.active_filters, "clear_filters"),
            (self.sort_again, "sort_again"),
        ):
            widget.setToolTip(tooltip(self._specs[name]))
        self._offer_filters()
        self.refresh()

    def refresh(self) -> None:
        """Show how many recordings are listed, and what to do if none is."""
        shown, total = len(self._worklist.order), len(self._session.records)
        is_all = len(self._worklist) == 0 or not (self._worklist.filter.n_active or self._worklist.filter.text)
        title = tr("Recordings · {n}").format(n=number(total, ","))
        if n_marked := len(self._worklist.marks):
            title += " · " + tr("{n} marked").format(n=number(n_marked, ","))
        self._title.setText(title)
        chosen = self._worklist.filter
        if chosen.text != self.filter_edit.text().strip() and not self._filter_timer.isActive():
            with QSignalBlocker(self.filter_edit):  # it was asked for elsewhere
                self.filter_edit.setText(chosen.text)
        self.filter_edit.setEnabled(total > 0)
        self.filter_bar.show_filter(chosen)
        self.active_filters.setVisible(not is_all)
        self.active_filters.setText(tr("{shown} of {total} shown · clear filters").format(
            shown=number(shown, ","), total=number(total, ",")))
        self.pages.setCurrentWidget(self.view if shown else self.empty)
        self.empty.setText(self._advice(total))

    def mark(self, position: int, with_others: bool = False) -> None:
        """Mark or unmark a row, or mark it with all between it and the one before."""
        path = self.model.item_at(position).path
        anchor = self._worklist.position(self._anchor)
        if with_others:
            start = self.view.currentIndex().row() if anchor is None else anchor
            first, last = sorted((max(start, 0), position))
            self._worklist.marks.put([self.model.item_at(place).path for place in range(first, last + 1)], True)
        else:
            self._worklist.marks.toggle(path)
        self._anchor = path

    def mark_current(self) -> None:
        """Mark or unmark the current row, and in the table go on to the next."""
        index = self.view.currentIndex()
        if index.isValid():
            self.mark(index.row())
            if self.view.hasFocus() and index.row() + 1 < self.model.rowCount():
                self.view.go_to(index.row() + 1)

    def _show_said(self) -> None:
        text, more = self._worklist.said
        set_or_hide(self.said, text)
        self.said.setToolTip(plain_tip(more))

    def _show_marks(self) -> None:
        self.view.show_marks(len(self._worklist.marks) > 0)
        self.refresh()

    def _show_outdated(self) -> None:
        self.sort_again.setVisible(self._worklist.is_outdated)

    def show_current(self) -> None:
        """Mark the row of the recording that is open."""
        item = self._session.item
        position = None if item is None else self._worklist.position(item.path)
        if position is None:
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
        else:
            self.view.go_to(position)

    def _advice(self, total: int) -> str:
        if total == 0:
            return tr("No recordings yet. Open a folder with Ctrl+Shift+O, a recording with Ctrl+O, or drop one here.")
        if len(self._worklist) == 0:
            return tr("Reading the worklist…")
        return tr("No recording fulfils the filters. Clear them with the button above, or change the search.")

    def _open(self, position: int) -> None:
        row = self.model.row_at(position)
        current = self._session.item
        if current is None or self._worklist.columns.items[row].path != current.path or self._is_wide:
            self.activated.emit(row)

    def _enter_table(self) -> None:
        self._search()
        if len(self._worklist.order):
            if not self.view.currentIndex().isValid():
                self.view.go_to(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        self._filter_timer.stop()
        self._worklist.set_filter(replace(self._worklist.filter, text=self.filter_edit.text().strip()))

    def _filter(self, chosen: object) -> None:
        assert isinstance(chosen, WorklistFilter), "what the filter bar sends"
        self._filter_timer.stop()
        self._worklist.set_filter(chosen)
        self.refresh()

    def _offer_filters(self) -> None:
        self.filter_bar.show_columns(self._worklist.columns)

    def _remember_place(self) -> None:
        """Where the current row is on the screen, so that it is there again after sorting."""
        index = self.view.currentIndex()
        is_valid = index.isValid() and index.row() < self.model.rowCount()
        path = self.view.current_path() if is_valid else None
        y = self.view.rowViewportPosition(index.row()) if is_valid else -1
        self._kept = _Place(path, y, self.view.verticalScrollBar().value())

    def _restore_place(self) -> None:
        """Keep the current row in place when new scores move rows; after sorting or filtering scroll to the top."""
        kept, asked = self._kept, (self._worklist.sort, self._worklist.filter)
        by_reader, self._asked = asked != self._asked, asked
        current = kept.path or (None if self._session.item is None else self._session.item.path)
        position = self._worklist.position(current)
        bar = self.view.verticalScrollBar()
        if position is not None:
            self.view.go_to(position, scrolls=by_reader and not self._is_wide)
        if by_reader:
            if self._is_wide or position is None:
                bar.setValue(0)
        elif position is not None and 0 <= kept.y < self.view.viewport().height():
            bar.setValue(bar.value() + self.view.rowViewportPosition(position) - kept.y)
        else:
            bar.setValue(kept.scrolled)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 6, 0)
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self.columns_button)
        head.addWidget(self.toggle_button)
        search = QVBoxLayout()
        search.setContentsMargins(8, 2, 8, 6)
        search.setSpacing(4)
        search.addWidget(self.filter_edit)
        search.addWidget(self.active_filters, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.error_bar)
        layout.addLayout(head)
        layout.addWidget(self.said)
        layout.addLayout(search)
        layout.addWidget(self.filter_bar)
        layout.addWidget(self.source)
        layout.addWidget(self.figures)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.sort_again)  # below: rows stay where they are when it appears
        layout.addWidget(self.strip)


def _tool_button(spec: ActionSpec, trigger: Callable[[str], None], text: str) -> QToolButton:
    button = QToolButton()
    set_texts(button, text=text, tip=lambda: tooltip(spec), name=spec.text)
    button.clicked.connect(lambda: trigger(spec.id))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _quiet_label() -> QLabel:
    label = PlainLabel()
    label.setObjectName("quiet")
    label.setWordWrap(True)
    label.setContentsMargins(8, 0, 8, 4)
    label.hide()
    return label
