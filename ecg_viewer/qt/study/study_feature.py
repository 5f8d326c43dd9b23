"""Reader studies in the window: made from the worklist's rows, run case by case, reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFileDialog

from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.jobs.study_jobs import StudyMade, read_truth_table, study_job, truth_of_items
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.study.cover import Cover
from ecg_viewer.qt.study.study_dialogs import NewStudyDialog, ReaderDialog, StudyChoices
from ecg_viewer.qt.study.study_run import StudyRun
from ecg_viewer.state.job_protocols import Failed
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.review.events import new_id, now_text
from ecg_viewer.state.review.first_read import FirstRead
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.study.project import Case, OpenStudy, Study, read_study
from ecg_viewer.state.study.report import study_report, write_report
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.worklist import Worklist
from mmae_core.errors import EcgError

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.job_protocols import Report
    from ecg_viewer.state.records import RecordItem

MENU = f"Findings/{translatable('Reader study')}"
TOLD_MS = 10_000

SUGGESTED_NAME = "study.json"


def _has_rows(feature: StudyFeature) -> bool:
    return len(feature.worklist) > 0 and feature.run is None


def _is_idle(feature: StudyFeature) -> bool:
    return feature.run is None


def _is_running(feature: StudyFeature) -> bool:
    return feature.run is not None


class StudyFeature(Feature):
    """At most one session at a time."""

    menu_place = 15
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("study_new", MENU, translatable("New reader study…"), (),
                   translatable("Make a study of the recordings that the worklist shows: readers, arms, order by a "
                                "seed."),
                   do=lambda self: self.ask_new(), enabled=_has_rows),
        ActionSpec("study_run", MENU, translatable("Read in a study…"), (),
                   translatable("Read the next cases of a study; it goes on where it was left, even after a crash."),
                   do=lambda self: self.ask_run(), enabled=_is_idle),
        ActionSpec("study_stop", MENU, translatable("Pause the study"), (),
                   translatable("The next start goes on with the same case."),
                   do=lambda self: self.stop(), enabled=_is_running),
        ActionSpec("study_report", MENU, translatable("Report of a study…"), (),
                   translatable("Each reader's accuracy, time and changed decisions, as JSON and as a page."),
                   do=lambda self: self.ask_report(), enabled=_is_idle),
    )
    make_scorer: ClassVar[Callable[[str], Scorer]] = ModelScorer
    """Given a device; the study's model never is the window's."""

    def __init__(self, window: Host, worklist: Worklist, first_read: FirstRead, open_review: OpenReview) -> None:
        super().__init__(window)
        self.worklist = worklist
        self._first_read = first_read
        self._open_review = open_review
        self._cover = Cover(window)
        self._making, self._heating = window.worker("study"), window.worker("study heat")
        self.run: StudyRun | None = None

    def close(self) -> None:
        if self.run is not None:
            self.run.close()

    def ask_new(self) -> None:
        """Ask what the study is like, then where its file goes."""
        dialog = NewStudyDialog(len(self._rows()), self._open_review.reviewer, self.window)
        dialog.chosen.connect(self._ask_place)
        dialog.open()

    def make(self, choices: StudyChoices, path: Path) -> None:
        """Write a project file of the rows that the worklist shows."""
        items = self._rows()
        try:
            truth = truth_of_items(items) if choices.truth_table is None else read_truth_table(choices.truth_table)
        except EcgError as error:
            self.window.show_problem(Problem(str(error)))
            return
        source = tr("superclasses of the data set") if choices.truth_table is None else choices.truth_table.name

        def study(cases: tuple[Case, ...]) -> Study:
            return Study(new_id(), choices.name, choices.seed, choices.design, choices.arms, choices.readers, cases,
                         choices.before_and_after, choices.washout_days, now_text(), source if truth else "")

        self._making.submit(study_job(study, items, truth, path), self._receive)

    def ask_run(self) -> None:
        """Ask for the file, then for the reader."""
        name, _ = QFileDialog.getOpenFileName(self.window, tr("Reader study"), "", tr("Reader studies (*.json)"))
        if name:
            self.open_study(Path(name))

    def open_study(self, path: Path, reader: str | None = None) -> None:
        """Run a study for one of its readers, who is asked for unless named."""
        try:
            opened = read_study(path)
        except EcgError as error:
            self.window.show_problem(Problem(str(error)))
            return
        if reader is not None:
            self.start(opened, reader)
            return
        dialog = ReaderDialog(opened.study.name, opened.study.readers, self.window)
        dialog.chosen.connect(lambda chosen: self.start(opened, chosen))
        dialog.open()

    def start(self, opened: OpenStudy, reader: str) -> None:
        """Begin or go on with a reader's session."""
        if self.run is not None:
            return
        try:
            self.run = StudyRun(self.window, opened, reader, self._first_read, self._cover, self._scorer, self._heating)
        except EcgError as error:
            self.window.show_problem(Problem(str(error)))
            return
        self.run.ended.connect(self._end)
        self.run.start()
        self.changed.emit()

    def stop(self) -> None:
        """Pause; the panel says so."""
        if self.run is not None:
            self.run.stop()

    def ask_report(self) -> None:
        """Ask for the study, and write its report beside it."""
        name, _ = QFileDialog.getOpenFileName(self.window, tr("Reader study"), "", tr("Reader studies (*.json)"))
        if name:
            self.report(Path(name))

    def report(self, path: Path) -> None:
        """Write the report of a study beside its file."""

        def run(report: Report) -> None:
            opened = read_study(path)
            written = write_report(study_report(opened), path.with_name(f"{path.stem}-report.json"),
                                   path.with_name(f"{path.stem}-report.html"))
            report.send(written)

        self._making.submit(run, self._receive)

    def _scorer(self) -> Scorer:
        return type(self).make_scorer(self.window.settings.settings.device)

    def _rows(self) -> list[RecordItem]:
        """The recordings that the worklist shows, in the order in which they were added."""
        return [self.worklist.columns.items[row] for row in sorted(self.worklist.order.tolist())]

    def _ask_place(self, choices: StudyChoices) -> None:
        name, _ = QFileDialog.getSaveFileName(self.window, tr("Save the study"), SUGGESTED_NAME,
                                              tr("Reader studies (*.json)"))
        if name:
            self.make(choices, Path(name))

    def _receive(self, event: object) -> None:
        if isinstance(event, StudyMade):
            self.window.status.showMessage(tr("The study {name} with {n} recordings was written.").format(
                name=event.path.name, n=number(event.n_cases, ",")), TOLD_MS)
        elif isinstance(event, tuple):
            names = ", ".join(path.name for path in event)
            self.window.status.showMessage(tr("{names} were written.").format(names=names), TOLD_MS)
        elif isinstance(event, Failed):
            self.window.show_problem(Problem(event.message, event.details))

    def _end(self) -> None:
        if self.run is not None:
            self.run.deleteLater()
        self.run = None
        self.changed.emit()
