"""Several readers: journals carried between machines, how far readers agree, and conflicts that somebody settles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFileDialog

from ecg_viewer.jobs.reader_jobs import (
    Agreed,
    Conflicting,
    Exported,
    Imported,
    agreement_job,
    conflicts_job,
    export_job,
    import_job,
)
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import AsReviewer, Feature
from ecg_viewer.qt.study.readers_dialogs import AgreementDialog, ConflictsDialog
from ecg_viewer.state.job_protocols import Failed
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.review.journal import journal_path
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.job_protocols import Job
    from ecg_viewer.state.review.adjudication import Conflict

MENU = f"Findings/{translatable('Several readers')}"
TOLD_MS = 10_000


class ReadersFeature(Feature):
    """Everything here reads or writes the journal on a thread of its own."""

    menu_place = 16
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("journal_import", MENU, translatable("Take over a journal…"), (),
                   translatable("Add the entries of another machine's journal; each keeps the chain that proves it. "
                                "Nothing is added twice."),
                   do=lambda self: self.ask_import()),
        ActionSpec("journal_export", MENU, translatable("Save the journal for another machine…"), (),
                   translatable("Write all decisions to one file that another machine can take over."),
                   do=lambda self: self.ask_export()),
        ActionSpec("readers_agreement", MENU, translatable("Agreement of readers…"), (),
                   translatable("Kappa, alpha and overlap of all readers in the journal, with intervals, and of "
                                "readers and model."),
                   do=lambda self: self.show_agreement()),
        ActionSpec("readers_conflicts", MENU, translatable("Conflicts between readers…"), (),
                   translatable("List only what readers decided differently, and settle it in your name."),
                   do=lambda self: self.show_conflicts()),
    )

    def __init__(self, window: Host, open_review: OpenReview, as_reviewer: AsReviewer) -> None:
        super().__init__(window)
        self._open_review = open_review
        self._as_reviewer = as_reviewer
        self._lane = window.worker("readers")
        self.conflicts: ConflictsDialog | None = None
        self.agreement: AgreementDialog | None = None

    def ask_import(self) -> None:
        """Ask which journal."""
        name, _ = QFileDialog.getOpenFileName(self.window, tr("Journal of another machine"), "",
                                              tr("Review journals (*.sqlite3)"))
        if name:
            self.take_over(Path(name))

    def take_over(self, path: Path) -> None:
        """Add another journal's entries; what is open shows them by itself."""
        self._submit(import_job(path))

    def ask_export(self) -> None:
        """Ask where the file goes."""
        name, _ = QFileDialog.getSaveFileName(self.window, tr("Save the journal"), journal_path().name,
                                              tr("Review journals (*.sqlite3)"))
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the journal to a new file."""
        self._submit(export_job(path))

    def show_agreement(self) -> None:
        """Compute the figures, then show them."""
        self.window.status.showMessage(tr("Agreement is being computed…"))
        self._submit(agreement_job())

    def show_conflicts(self) -> None:
        """List conflicts once the adjudicator's name is known."""
        self._as_reviewer(lambda: self._submit(conflicts_job()))

    def _settle(self, conflict: Conflict, decision: str) -> None:
        self._submit(conflicts_job((conflict, decision, self._open_review.reviewer)))

    def _submit(self, job: Job) -> None:
        self._lane.submit(job, self._receive)

    def _receive(self, event: object) -> None:
        status = self.window.status
        if isinstance(event, Agreed | Conflicting) and self.window.session.is_blind:
            status.clearMessage()  # asked for before reading was blinded: it would tell what others decided
        elif isinstance(event, Imported):
            text = tr("{name}: {new} of {n} entries are new.")
            status.showMessage(text.format(name=event.name, new=number(event.merged.n_new, ","),
                                           n=number(event.merged.n_entries, ",")), TOLD_MS)
        elif isinstance(event, Exported):
            text = tr("{n} entries were written to {name}.")
            status.showMessage(text.format(n=number(event.n_entries, ","), name=event.path.name), TOLD_MS)
        elif isinstance(event, Agreed):
            status.clearMessage()
            self.agreement = AgreementDialog(event.document, self.window)
            self.agreement.destroyed.connect(self._forget_agreement)
            self.agreement.show()
        elif isinstance(event, Conflicting):
            self._list(event.conflicts)
        elif isinstance(event, Failed):
            status.clearMessage()
            self.window.show_problem(Problem(event.message, event.details))

    def _list(self, found: tuple[Conflict, ...]) -> None:
        if self.conflicts is None:
            self.conflicts = ConflictsDialog(self._open_review.reviewer, self.window)
            self.conflicts.settled.connect(self._settle)
            self.conflicts.destroyed.connect(self._forget_conflicts)
            self.conflicts.show()
        self.conflicts.show_conflicts(found)

    def _forget_conflicts(self) -> None:
        self.conflicts = None

    def _forget_agreement(self) -> None:
        self.agreement = None
