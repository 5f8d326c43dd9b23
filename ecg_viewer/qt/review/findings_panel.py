"""The table of findings, for mouse, keyboard and screen readers."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedLayout,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.review.filter_bar import FindingsFilterBar, StateSegments
from ecg_viewer.qt.review.findings_model import COLUMNS, FindingsModel
from ecg_viewer.qt.review.findings_view import FindingsView
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.review.review_steps import NotePlace
from ecg_viewer.state.words.empty_list_words import no_findings_sentence
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import instant_text, is_long

__all__ = ["COLUMNS", "FindingsPanel", "FindingsView"]

AT_ONCE = 500
"""Up to this many findings are relisted at once; more of them when there is time."""
REST_SHARE = 8
"""Relisting many findings takes at most 1/8 of the main thread's time."""
_STYLE = """
    QTreeView { border: 0; }
    QTreeView::item { padding: 3px 1px; }
    QHeaderView::section { padding: 3px 3px; }
"""


class FindingsPanel(Retranslatable, QWidget):
    """The table; a click, or moving through it with the keyboard, goes there."""

    menu_requested = Signal(QPoint)
    """A context menu for the current entry is requested; position on the screen."""
    note_wanted = Signal(object, str)
    """The `NotePlace` that a note was written to, and the note."""
    own_activated = Signal()
    """Enter or a double click on one of the reviewer's own findings."""
    reviewed_wanted = Signal(bool)
    """The recording was marked as reviewed, or not reviewed."""

    def __init__(self, controller: ReviewController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.controller = controller
        self._is_following = False
        self._note_place: NotePlace | None = None
        """What the note in the field belongs to."""
        self._title = PlainLabel()
        self._title.setObjectName("panelTitle")
        self.saved = PlainLabel()
        self.saved.setObjectName("quiet")
        self.reviewed = QToolButton()
        self.reviewed.setCheckable(True)
        self.filter_button = QToolButton()
        set_texts(self.filter_button, text="Filter", tip="Show or hide what narrows the list.")
        self.filter_button.setCheckable(True)
        self.segments = StateSegments(controller)
        self.filters = FindingsFilterBar(controller)
        self.filters.hide()
        self.model = FindingsModel(controller)
        self.view = self._make_view()
        self._empty = PlainLabel()
        self._empty.setObjectName("quiet")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty.setMargin(10)
        self.note = QLineEdit()
        set_texts(self.note, name="Note on the finding", tip="Enter keeps the note, Esc leaves it as it was. (N)")
        self.note.installEventFilter(self)
        self._guard = KeyGuard(self)
        self._guard.guard(self.filter_button, self.reviewed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._refresh)
        self._lay_out()
        self._connect()
        self._refresh()
        self._show_review()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def empty_text(self) -> str:
        """The text shown instead of an empty table."""
        return self._empty.text() if self._stack.currentIndex() == 1 else ""

    def edit_note(self) -> None:
        """Let the user write a note to the current entry."""
        if self.note.isEnabled():
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.note.selectAll()

    def keep_note(self) -> None:
        """Store a typed note for the finding it was typed for."""
        if self.note.isModified() and self._note_place is not None:
            self.note.setModified(False)
            self.note_wanted.emit(self._note_place, self.note.text())

    def show_filters(self) -> None:
        """Show what narrows the list, and let the user type."""
        self.filter_button.setChecked(True)
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stop(self) -> None:
        """The window closes: list nothing any more."""
        self._timer.stop()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Esc in the note: leave it as it was."""
        is_key = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent)
        if watched is self.note and is_key and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]  # a key
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.note.setModified(False)
                self._show_note()
                self.view.setFocus()
            return True
        return False

    def _make_view(self) -> FindingsView:
        view = FindingsView()
        set_texts(view, name="Findings, strongest first")
        view.setModel(self.model)
        view.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTreeView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)  # Tab leaves the table
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setExpandsOnDoubleClick(False)
        view.setIndentation(0)
        view.setUniformRowHeights(False)  # facts may take two lines
        view.setAllColumnsShowFocus(True)
        view.setWordWrap(False)
        view.setStyleSheet(_STYLE)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = view.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(36)
        return view

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 6, 0)
        row = FlowRow()
        row.add_group(self._title)
        for control in (self.saved, self.reviewed, self.filter_button):
            row.add_group(control, trailing=True)
        top.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.segments)
        layout.addWidget(self.filters)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        layout.addLayout(self._stack, 1)
        below = QVBoxLayout()
        below.setContentsMargins(6, 4, 6, 6)
        below.addWidget(self.note)
        layout.addLayout(below)

    def _connect(self) -> None:
        controller = self.controller
        self.view.selectionModel().currentRowChanged.connect(self._go)
        self.view.clicked.connect(self._click)
        self.view.acted.connect(self._act)
        self.view.doubleClicked.connect(self._double_click)
        self.view.customContextMenuRequested.connect(self._ask_for_menu)
        self.model.modelReset.connect(self._unfold)
        self.filter_button.toggled.connect(self.filters.setVisible)
        self.reviewed.clicked.connect(self.reviewed_wanted)
        self.note.returnPressed.connect(self._keep_note)
        controller.outdated.connect(self._plan)
        controller.changed.connect(self._show_queue)
        controller.session.view.time_of_day.changed.connect(self.retranslate)
        controller.current_changed.connect(self._follow)
        controller.session.assessment_changed.connect(self._show_state)
        controller.session.assessment_changed.connect(self._explain_reviewed)
        controller.open_review.saved_changed.connect(self._show_review)
        controller.open_review.changed.connect(self._show_review)

    # What the desk has

    def _plan(self) -> None:
        if len(self.controller.session.assessment.findings) <= AT_ONCE:
            self._refresh()
        elif not self._timer.isActive():
            self._timer.start()

    def _refresh(self) -> None:
        self._timer.stop()
        began = time.perf_counter()
        self.controller.refresh()
        self._timer.setInterval(round((time.perf_counter() - began) * 1000 * REST_SHARE))

    def retranslate(self) -> None:
        self._refresh()
        self._show_review()

    def _show_queue(self) -> None:
        self._show_state()
        self.view.fit()
        self._follow()
        self.note.setPlaceholderText(self._note_hint())

    def _unfold(self) -> None:
        for row in range(self.model.rowCount()):
            heading = self.model.index(row, 0)
            self.view.setFirstColumnSpanned(row, QModelIndex(), True)
            for more in range(self.model.rowCount(heading)):
                if self.model.entry_at(self.model.index(more, 0, heading)) is None:
                    self.view.setFirstColumnSpanned(more, heading, True)
        self.view.expandAll()

    def _follow(self) -> None:
        """Select the line of the current finding, which the paper may have chosen."""
        group = self.controller.current_group
        index = (self.model.index_of(self.controller.current_key) if group is None
                 else self.model.index_of_group(group.key))
        self._is_following = True
        try:
            if index.isValid():
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
            else:
                self.view.clearSelection()
                self.view.setCurrentIndex(QModelIndex())
        finally:
            self._is_following = False
        self._show_note()

    def _show_state(self) -> None:
        counts, assessment = self.controller.queue.counts, self.controller.session.assessment
        count = counts.total
        unreliable = len(assessment.findings) - assessment.n_reliable_findings if count else 0
        n_rows = count + counts.own
        self._title.setText(f"{tr('Findings')} · {number(n_rows, ',')}" if n_rows else tr("Findings"))
        tips = []
        if counts.own:
            tips.append(tr("{n} of them yours").format(n=number(counts.own, ",")))
        if unreliable:
            tips.append(tr("What lies where the signal is poor is listed last: {n} places").format(
                n=number(unreliable, ",")))
        self._title.setToolTip(plain_tip("\n".join(tips)))
        is_filtered = bool(count or self.controller.queue.counts.own) and not self.controller.queue.groups
        nothing = tr("No finding passes the filter.") if is_filtered else no_findings_sentence(
            self.controller.session.assessment)
        self._empty.setText(nothing)
        self._stack.setCurrentIndex(0 if self.controller.queue.groups else 1)

    def _show_review(self) -> None:
        open_review = self.controller.open_review
        has_record = self.controller.session.record is not None
        self.reviewed.setEnabled(has_record)
        is_reviewed = has_record and open_review.record_state == "reviewed"
        self.reviewed.setChecked(is_reviewed)
        self.reviewed.setText(f"✓ {tr('Reviewed')}" if is_reviewed else tr("Reviewed"))
        self._explain_reviewed()
        decided = has_record and (open_review.record_state != "unreviewed" or bool(open_review.summary.reviewer))
        if not open_review.is_saved:
            self.saved.setText(tr("saving…"))
            self.saved.setToolTip(tr("Not yet on the disk."))
        else:
            self.saved.setText(tr("saved") if decided else "")
            text = tr("Every decision is on the disk. Reviewer: {name}")
            self.saved.setToolTip(plain_tip(text.format(name=open_review.reviewer)))

    def _explain_reviewed(self) -> None:
        said = self.controller.undecided_sentence if self.reviewed.isChecked() else ""
        plain = tr("You have finished reviewing this recording; findings still to review stay undecided.")
        self.reviewed.setToolTip(plain_tip(said or plain))

    def _show_note(self) -> None:
        """Show the current finding's note; one being typed stays while its finding is current, and is stored
        afterwards.
        """
        if self.note.isModified():
            if self._stays_on_note():
                return
            self.keep_note()
        entry = self.controller.current
        can_write = entry is not None and entry.finding is not None and self.controller.current_group is None
        finding = entry.finding if entry is not None and can_write else None
        self._note_place = None if finding is None else self.controller.open_review.note_place(finding)
        self.note.setEnabled(can_write)
        self.note.setText(entry.note if entry is not None and can_write else "")
        self.note.setPlaceholderText(self._note_hint())

    def _stays_on_note(self) -> bool:
        """Whether the current finding is still the note's, possibly joined with one of the next stretch."""
        place, finding = self._note_place, self.controller.session.finding
        if place is None or finding is None or self.controller.current_own or self.controller.current_group is not None:
            return False
        before = place.finding
        is_same = finding.lead == before.lead and finding.start_s <= before.start_s and finding.end_s >= before.end_s
        if is_same and finding != before:
            self._note_place = self.controller.open_review.note_place(finding)
        return is_same

    def _note_hint(self) -> str:
        entry = self.controller.current
        if entry is None or entry.finding is None or self.controller.current_group is not None:
            return tr("Note: choose a finding")
        return tr("Note on {lead}, {time}").format(
            lead=entry.lead_text, time=instant_text(entry.start_s,
                                                    long=is_long(self.controller.session.view.duration_s),
                                                    clock=self.controller.session.view.time_of_day.clock)
        )

    # What the user does

    def _go(self, index: QModelIndex, _previous: QModelIndex | None = None) -> None:
        if not index.isValid() or self._is_following:
            return
        entry, group = self.model.entry_at(index), self.model.group_at(index)
        if entry is not None:
            self.controller.go_to(entry)
        elif group is not None and self.model.is_heading(index):
            if group.is_row:
                self.controller.go_to_fact(group)
            else:
                self.controller.look_at_group(group.key)

    def _click(self, index: QModelIndex) -> None:
        if self.model.entry_at(index) is None and not self.model.is_heading(index):
            self._act(index)
        else:
            self._go(index)

    def _act(self, index: QModelIndex) -> None:
        """Enter: more of a group, or on its heading fewer again; edit an own finding; go to one of the model's."""
        group = self.model.group_at(index)
        if group is not None:
            folds = group.can_fold and self.model.is_heading(index)
            return self.controller.fold(group.key) if folds else self.controller.toggle_more(group.key)
        self._go(index)
        if self.controller.current_own is not None:
            self.own_activated.emit()

    def _double_click(self, index: QModelIndex) -> None:
        group = self.model.group_at(index) if self.model.is_heading(index) else None
        if self.model.entry_at(index) is not None or (group is not None and group.is_row):
            self._act(index)

    def _keep_note(self) -> None:
        self.keep_note()
        self.view.setFocus()

    def _ask_for_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if index.isValid():
            self._go(index)
            self.menu_requested.emit(self.view.viewport().mapToGlobal(place))
