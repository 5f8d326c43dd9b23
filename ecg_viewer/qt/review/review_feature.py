"""The review in the window: the table of findings, decisions, undo, and the journal's thread behind them."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from ecg_viewer.qt.actions import ActionSpec, Needs, tooltip
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.review.findings_panel import FindingsPanel
from ecg_viewer.qt.review.review_dialogs import ReviewerDialog, may_lose
from ecg_viewer.state.problem import Weight
from ecg_viewer.state.review.history import History
from ecg_viewer.state.review.journal_writer import JournalWriter
from ecg_viewer.state.review.open_review import NotePlace, OpenReview
from ecg_viewer.state.review.review import RecordState, State
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.words.empty_list_words import no_findings_word
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from mmae_core.record import EcgRecord

TOLD_MS = 10_000
"""How long the status bar explains the reviewed mark."""
_DECISIONS = ("confirm", "dismiss", "reset_decision", "note")


class _Relay(QObject):
    """Carries what the journal's thread says to the window's."""

    said = Signal(object)


class ReviewFeature(Feature):
    """Owns the book and the desk; other features find them here (`window.feature(ReviewFeature).book`)."""

    menu_place = 10
    actions = (
        ActionSpec("next_finding", "Findings", translatable("Next finding"), ("J",),
                   translatable("Go to the next finding of the list."), Needs.FINDINGS),
        ActionSpec("previous_finding", "Findings", translatable("Previous finding"), ("K",),
                   translatable("Go to the previous finding of the list."), Needs.FINDINGS),
        ActionSpec("strongest_finding", "Findings", translatable("Strongest finding"), ("Shift+J",),
                   translatable("Go to the first of the model's findings."), Needs.MODEL_FINDINGS),
        ActionSpec("confirm", "Findings", translatable("Confirm"), ("C",),
                   translatable("You agree that something is there, and go on to the next finding; on a heading: for "
                                "the whole group."), Needs.DECIDABLE, separate=True),
        ActionSpec("dismiss", "Findings", translatable("Dismiss"), ("D",),
                   translatable("You do not agree, and go on to the next finding; on a heading: for the whole group."),
                   Needs.DECIDABLE),
        ActionSpec("reset_decision", "Findings", translatable("Reset decision"), ("X",),
                   translatable("The finding is to be reviewed again."), Needs.DECIDABLE),
        ActionSpec("note", "Findings", translatable("Note…"), ("N",),
                   translatable("Write a note to the finding."), Needs.DECIDABLE),
        ActionSpec("undo", "Findings", translatable("Undo"), ("Ctrl+Z",),
                   translatable("Take back what was last done in the review of this recording."), Needs.UNDOABLE,
                   separate=True),
        ActionSpec("redo", "Findings", translatable("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"),
                   translatable("Do again what was undone last."), Needs.REDOABLE),
        ActionSpec("reviewed", "Findings", translatable("Recording reviewed"), ("Ctrl+Return",),
                   translatable("You have finished reviewing this recording; findings still to review stay undecided."),
                   Needs.RECORD, checkable=True, separate=True),
        ActionSpec("filter_findings", "Findings", translatable("Filter findings…"), ("/",),
                   translatable("List only findings of a lead, a percentile, or with a word in label or note.")),
        ActionSpec("reviewer", "Findings", translatable("Reviewer's name…"), (),
                   translatable("Decisions are kept under this name; another name has decisions of its own.")),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._relay = _Relay(self)
        self.recorder = JournalWriter(self._relay.said.emit)
        self.open_review = OpenReview(window.session, self.recorder, window.settings.settings.reviewer)
        self._relay.said.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self.controller = ReviewController(window.session, self.open_review)
        self.panel = FindingsPanel(self.controller)
        self._told: tuple[EcgRecord, str] | None = None
        """Recording that was marked as reviewed, and what the status bar said of it."""
        self.panel.menu_requested.connect(self._show_menu)
        self.panel.note_wanted.connect(self._write_note)
        self.panel.reviewed_wanted.connect(self._set_reviewed)
        window.set_findings_panel(self.panel)
        for signal in (self.controller.changed, self.controller.current_changed,
                       self.open_review.changed, self.open_review.history_changed):
            signal.connect(self._show)
        self.open_review.failed.connect(window.show_problem)
        self.open_review.recovered.connect(self._withdraw_warning)
        window.session.record_changed.connect(self._warn_again)
        window.settings.changed.connect(self._follow_settings)

    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "next_finding": lambda: self.controller.step(1),
            "previous_finding": lambda: self.controller.step(-1),
            "strongest_finding": lambda: self.window.session.go_to_finding(0),
            "confirm": lambda: self.decide("confirmed"),
            "dismiss": lambda: self.decide("dismissed"),
            "reset_decision": lambda: self.decide("unreviewed"),
            "note": self.panel.edit_note,
            "undo": self.open_review.undo,
            "redo": self.open_review.redo,
            "reviewed": lambda: self._set_reviewed(self.open_review.record_state != "reviewed"),
            "filter_findings": self._filter,
            "reviewer": lambda: self._ask_reviewer(lambda: None),
        }

    def ready(self) -> None:
        """The place in the list stands between the arrows of the tool bar, which go through the list as well."""
        for signal in (self.controller.changed, self.controller.current_changed,
                       self.window.session.assessment_changed):
            signal.connect(self._show_place)
        self._show_place()

    def retranslate(self) -> None:
        self._show_place()

    def _show_place(self) -> None:
        queue = self.controller.queue
        place = queue.place_in_all(self.controller.current_key)
        none = tr("none listed") if queue.counts.total else no_findings_word(self.window.session.assessment)
        self.window.tool_bar.show_place(place, queue.n_listed, none)

    def available(self) -> frozenset[Needs]:
        controller, session, history = self.controller, self.window.session, self.open_review.history
        is_finding = session.finding is not None and controller.current_own is None
        satisfied = {
            Needs.FINDINGS: bool(controller.queue.stops),
            Needs.MODEL_FINDINGS: bool(session.assessment.findings),
            Needs.DECIDABLE: is_finding or controller.current_group is not None,
            Needs.UNDOABLE: history.undo_text is not None,
            Needs.REDOABLE: history.redo_text is not None,
        }
        return frozenset(need for need, there in satisfied.items() if there)

    def checked(self) -> dict[str, bool]:
        return {"reviewed": self.open_review.record_state == "reviewed"}

    def may_close(self) -> bool:
        """A note that is being typed is kept; decisions that the next start would not find are not lost unasked."""
        self.panel.keep_note()
        if any(dialog.isVisible() for dialog in self.window.findChildren(ReviewerDialog)):
            return False  # the reviewer's name must be known first
        n_lost = self.recorder.n_to_be_lost()
        return n_lost == 0 or may_lose(n_lost, self.window)

    def close(self) -> None:
        """Everything decided is on the disk, or kept for the next start, before the window is gone."""
        self.panel.stop()
        self.recorder.close()

    @property
    def history(self) -> History:
        """Where undo keeps what was done on the open recording; other features may add to it."""
        return self.open_review.history

    def decide(self, state: State) -> None:
        """Decide on the current entry, once the reviewer's name is known; a note being typed is stored first."""

        def act() -> None:
            self.panel.keep_note()
            self.controller.decide(state)

        self.as_reviewer(act)

    def as_reviewer(self, act: Callable[[], object]) -> None:
        """Do something that needs the reviewer's name, which is asked for at the first time."""
        if self.open_review.reviewer:
            act()
        else:
            self._ask_reviewer(act)

    def _ask_reviewer(self, act: Callable[[], object]) -> None:
        dialog = ReviewerDialog(self.open_review.reviewer or _login_name(), self.window)

        def take(name: str) -> None:
            self.window.settings.change(reviewer=name)  # heard by `_follow_settings`
            self._set_reviewer(name)
            act()

        dialog.named.connect(take)
        dialog.rejected.connect(self._show)
        dialog.open()

    def _follow_settings(self) -> None:
        name = self.window.settings.settings.reviewer
        if name.strip() and name != self.open_review.reviewer:
            self._set_reviewer(name)

    def _set_reviewer(self, name: str) -> None:
        if self.open_review.reviewer:
            self.panel.keep_note()  # it is the note of who typed it
        self.open_review.set_reviewer(name)

    def _write_note(self, place: NotePlace, text: str) -> None:
        self.as_reviewer(lambda: self.open_review.write_note(place, text))

    def _set_reviewed(self, is_reviewed: bool) -> None:
        has_decisions = bool(self.open_review.judgements or self.open_review.own)
        left: RecordState = "in progress" if has_decisions else "unreviewed"

        def act() -> None:
            self.open_review.set_record_state("reviewed" if is_reviewed else left)
            said, record = self.controller.undecided_word, self.window.session.record
            if is_reviewed and said and record is not None:
                self._told = record, said
                self.window.status.showMessage(said, TOLD_MS)

        self.as_reviewer(act)

    def _filter(self) -> None:
        if self.panel.isHidden() or not self.panel.isVisible():
            self.window.action("show_findings").trigger()
        self.panel.show_filters()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        names = ("edit_own", "delete_own") if self.controller.current_own is not None else _DECISIONS
        for name in names:
            menu.addAction(self.window.action(name))
        menu.addSeparator()
        for name in ("undo", "redo"):
            menu.addAction(self.window.action(name))
        menu.popup(place)

    def _withdraw_warning(self) -> None:
        self.window.error_bar.withdraw(Weight.GRAVE)

    def _warn_again(self) -> None:
        """Opening a recording clears messages: show a pending warning again."""
        if self.open_review.trouble is not None:
            self._relay.said.emit(self.open_review.trouble)

    def _hear(self, message: object) -> None:
        self.open_review.receive(message)

    def _show(self) -> None:
        """Show in the menu what would be undone, and update the available actions."""
        actions = self.window.actions_by_id
        texts = {
            "undo": (tr("Undo"), tr("Undo: {what}"), self.history.undo_text),
            "redo": (tr("Redo"), tr("Redo: {what}"), self.history.redo_text),
        }
        for name, (bare, named, what) in texts.items():
            if name in actions:
                actions[name].setText(bare if what is None else named.format(what=what).replace("&", "&&"))
                actions[name].setToolTip(next(tooltip(spec) for spec in self.actions if spec.id == name))
        self._keep_told()
        self.changed.emit()

    def _keep_told(self) -> None:
        """Remove the message on a reviewed mark when the mark is removed; after moving on, it names its recording."""
        status = self.window.status
        if self._told is None or status.currentMessage() != self._told[1]:
            return
        record, said = self._told
        if self.window.session.record is not record:
            self._told = None
            status.showMessage(f"{record.name}: {said}", TOLD_MS)
        elif self.open_review.record_state != "reviewed":
            self._told = None
            status.clearMessage()


def _login_name() -> str:
    """What the reviewer may be called; empty where the system does not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
