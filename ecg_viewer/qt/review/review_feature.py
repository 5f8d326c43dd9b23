"""The review in the window: the table of findings, decisions, undo, and the journal's thread behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from ecg_viewer.qt.actions import ActionSpec, tooltip
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.review.findings_panel import FindingsPanel
from ecg_viewer.qt.review.journaled_review import JournaledReview
from ecg_viewer.qt.review.review_dialogs import ReviewerDialog, may_lose
from ecg_viewer.qt.review.reviewer_name import ReviewerName
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.state.problem import Weight
from ecg_viewer.state.review.history import History
from ecg_viewer.state.review.review import RecordState, State
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.review.review_steps import NotePlace
from ecg_viewer.state.words.empty_list_words import no_findings_word
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from mmae_core.record import EcgRecord

TOLD_MS = 10_000
"""How long the status bar explains the reviewed mark."""
_DECISIONS = ("confirm", "dismiss", "reset_decision", "note")


def _lists_findings(feature: ReviewFeature) -> bool:
    return bool(feature.controller.queue.stops)


def _has_model_findings(feature: ReviewFeature) -> bool:
    return bool(feature.window.session.assessment.findings)


def _can_decide(feature: ReviewFeature) -> bool:
    """On one of the model's findings, or on a group of them."""
    controller = feature.controller
    is_finding = feature.window.session.finding is not None and controller.current_own is None
    return is_finding or controller.current_group is not None


def _can_undo(feature: ReviewFeature) -> bool:
    return feature.history.undo_text is not None


def _can_redo(feature: ReviewFeature) -> bool:
    return feature.history.redo_text is not None


class ReviewFeature(Feature):
    """The findings table, its keys and its menu."""

    menu_place = 10
    actions = (
        ActionSpec("next_finding", "Findings", translatable("Next finding"), ("J",),
                   translatable("Go to the next finding of the list."),
                   do=lambda self: self.controller.step(1), enabled=_lists_findings),
        ActionSpec("previous_finding", "Findings", translatable("Previous finding"), ("K",),
                   translatable("Go to the previous finding of the list."),
                   do=lambda self: self.controller.step(-1), enabled=_lists_findings),
        ActionSpec("strongest_finding", "Findings", translatable("Strongest finding"), ("Shift+J",),
                   translatable("Go to the first of the model's findings."),
                   do=lambda self: self.window.session.go_to_finding(0), enabled=_has_model_findings),
        ActionSpec("confirm", "Findings", translatable("Confirm"), ("C",),
                   translatable("You agree that something is there, and go on to the next finding; on a heading: for "
                                "the whole group."),
                   do=lambda self: self.decide("confirmed"), enabled=_can_decide, separate=True),
        ActionSpec("dismiss", "Findings", translatable("Dismiss"), ("D",),
                   translatable("You do not agree, and go on to the next finding; on a heading: for the whole group."),
                   do=lambda self: self.decide("dismissed"), enabled=_can_decide),
        ActionSpec("reset_decision", "Findings", translatable("Reset decision"), ("X",),
                   translatable("The finding is to be reviewed again."),
                   do=lambda self: self.decide("unreviewed"), enabled=_can_decide),
        ActionSpec("note", "Findings", translatable("Note…"), ("N",),
                   translatable("Write a note to the finding."),
                   do=lambda self: self.panel.edit_note(), enabled=_can_decide),
        ActionSpec("undo", "Findings", translatable("Undo"), ("Ctrl+Z",),
                   translatable("Take back what was last done in the review of this recording."),
                   do=lambda self: self.open_review.undo(), enabled=_can_undo, separate=True),
        ActionSpec("redo", "Findings", translatable("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"),
                   translatable("Do again what was undone last."),
                   do=lambda self: self.open_review.redo(), enabled=_can_redo),
        ActionSpec("reviewed", "Findings", translatable("Recording reviewed"), ("Ctrl+Return",),
                   translatable("You have finished reviewing this recording; findings still to review stay undecided."),
                   do=lambda self: self._set_reviewed(self.open_review.record_state != "reviewed"),
                   enabled=has_record, checked=lambda self: self.open_review.record_state == "reviewed",
                   separate=True),
        ActionSpec("filter_findings", "Findings", translatable("Filter findings…"), ("/",),
                   translatable("List only findings of a lead, a percentile, or with a word in label or note."),
                   do=lambda self: self._filter()),
        ActionSpec("reviewer", "Findings", translatable("Reviewer's name…"), (),
                   translatable("Decisions are kept under this name; another name has decisions of its own."),
                   do=lambda self: self.reviewer_name.ask()),
    )

    def __init__(
        self, window: Host, journal: JournaledReview, controller: ReviewController, reviewer_name: ReviewerName
    ) -> None:
        super().__init__(window)
        self.journal = journal
        self.open_review = journal.open_review
        self.controller = controller
        self.reviewer_name = reviewer_name
        self.panel = FindingsPanel(self.controller)
        self._told: tuple[EcgRecord, str] | None = None
        """Recording that was marked as reviewed, and what the status bar said of it."""
        self.panel.menu_requested.connect(self._show_menu)
        self.panel.note_wanted.connect(self._write_note)
        self.panel.reviewed_wanted.connect(self._set_reviewed)
        self.panel.own_activated.connect(self._edit_own)
        reviewer_name.about_to_change.connect(self.panel.keep_note)
        reviewer_name.not_given.connect(self._show)
        window.set_findings_panel(self.panel)
        for signal in (self.controller.changed, self.controller.current_changed,
                       self.open_review.changed, self.open_review.history_changed):
            signal.connect(self._show)
        self.open_review.failed.connect(window.show_problem)
        self.open_review.recovered.connect(self._withdraw_warning)
        window.session.record_changed.connect(self._warn_again)

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

    def may_close(self) -> bool:
        """A note that is being typed is kept; decisions that the next start would not find are not lost unasked."""
        self.panel.keep_note()
        if any(dialog.isVisible() for dialog in self.window.findChildren(ReviewerDialog)):
            return False  # the reviewer's name must be known first
        n_lost = self.journal.writer.n_to_be_lost()
        return n_lost == 0 or may_lose(n_lost, self.window)

    def close(self) -> None:
        """Everything decided is on the disk, or kept for the next start, before the window is gone."""
        self.panel.stop()
        self.journal.close()

    @property
    def history(self) -> History:
        """Where undo keeps what was done on the open recording."""
        return self.open_review.history

    def decide(self, state: State) -> None:
        """Decide on the current entry, once the reviewer's name is known; a note being typed is stored first."""

        def act() -> None:
            self.panel.keep_note()
            self.controller.decide(state)

        self.reviewer_name.as_reviewer(act)

    def _write_note(self, place: NotePlace, text: str) -> None:
        self.reviewer_name.as_reviewer(lambda: self.open_review.write_note(place, text))

    def _set_reviewed(self, is_reviewed: bool) -> None:
        has_decisions = bool(self.open_review.judgements or self.open_review.own)
        left: RecordState = "in progress" if has_decisions else "unreviewed"

        def act() -> None:
            self.open_review.set_record_state("reviewed" if is_reviewed else left)
            said, record = self.controller.undecided_word, self.window.session.record
            if is_reviewed and said and record is not None:
                self._told = record, said
                self.window.status.showMessage(said, TOLD_MS)

        self.reviewer_name.as_reviewer(act)

    def _filter(self) -> None:
        if self.panel.isHidden() or not self.panel.isVisible():
            self.window.action("show_findings").trigger()
        self.panel.show_filters()

    def _edit_own(self) -> None:
        self.window.action("edit_own").trigger()

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
            self.journal.reported.emit(self.open_review.trouble)

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
                actions[name].setToolTip(plain_tip(next(tooltip(spec) for spec in self.actions if spec.id == name)))
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
