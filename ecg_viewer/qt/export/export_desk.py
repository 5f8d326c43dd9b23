"""Export, save, preview, print and copy: the dialogs, and the worker behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from ecg_viewer.export.benchmark_words import caveats, counted, omissions
from ecg_viewer.export.export_files import Existing, Folder, file_name
from ecg_viewer.export.export_jobs import MakeScorer, benchmark_job, list_job, open_record_job, save_findings_job
from ecg_viewer.export.last_choices import Choices
from ecg_viewer.export.open_record import OpenRecord, pages_of, report_of, shown_of
from ecg_viewer.export.page_options import PageOptions
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.provenance import Provenance, lines_of_both
from ecg_viewer.export.record_files import Format, Request
from ecg_viewer.export.result_words import Told
from ecg_viewer.jobs.scoring import ModelScorer
from ecg_viewer.qt.export.export_dialog import BenchmarkDialog, ExportDialog, Wish
from ecg_viewer.qt.export.page_preview import PreviewDialog, prepared, printing_job
from ecg_viewer.qt.export.picture_export import paper_picture
from ecg_viewer.qt.export.running_export import RunningExport
from ecg_viewer.qt.widgets.plain_text import PlainMessageBox
from ecg_viewer.state.job_protocols import Failed, Finished, Job
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research.comparison import OpenComparison
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.review import RecordReview
from ecg_viewer.state.session import Session
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.marks import Scope
from ecg_viewer.state.worklist.worklist import Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

FOLLOW_MS = 700
"""Time between two drawings of a preview while heat arrives."""
TOLD_MS = 10_000
"""How long the status bar shows what was written."""
Only = Mapping[Path, tuple[Format, ...]]


class ExportDesk:
    """All exports; files are read and written on a thread of their own."""

    def __init__(self, window: Host, open_review: OpenReview, comparison: OpenComparison, worklist: Worklist) -> None:
        self.window = window
        self._worklist = worklist
        self._open_review = open_review
        self._comparison = comparison
        self._lane = window.worker("export")
        self._drawing = window.worker("preview")
        self._printing = window.worker("printing")
        self.running: RunningExport | None = None
        """What is being written now."""
        self.make_scorer: MakeScorer = self._model
        """Makes the model that assesses recordings that are not open; the window's own is busy elsewhere."""

    def close(self) -> None:
        """Stop what is written; files are whole or absent."""
        if self.running is not None:
            self.running.stop()

    # What is open

    def opened(self) -> OpenRecord:
        """A snapshot of what is open. Raises ValueError without a recording."""
        open_review = self._open_review
        review = RecordReview(
            {judgement.finding: judgement for judgement in open_review.judgements},
            {own.id: own for own in open_review.own},
            marked=open_review.record_state,
            conclusion=open_review.conclusion,
            reads={open_review.reviewer: open_review.reads},
        )
        return OpenRecord.of(self.window.session, review)

    def _pages(self, choices: Choices) -> PageOptions:
        pages_as = pages_of if choices.as_shown else report_of
        pages = pages_as(self.window.session.view, paper=choices.paper, whole=choices.whole)
        return pages if choices.with_findings else pages.without_findings()

    # Exporting

    def show_dialog(self) -> ExportDialog:
        """Ask what to export; the choices of last time are there, identity is not."""
        session = self.window.session
        assert session.record is not None, "the action needs a recording"
        choices = Choices.from_settings(self.window.settings.settings.export)
        counts: dict[Scope, int] = {"marked": len(self._worklist.rows_of("marked")),
                                    "shown": len(self._worklist.order), "all": len(session.records)}
        dialog = ExportDialog(choices, session.record.name, counts, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self.export)
        dialog.open()
        return dialog

    def export(self, wish: Wish, existing: Existing = Existing.REFUSE, only: Only | None = None) -> None:
        """Write the chosen files; afterwards ask about those that already exist."""
        self.window.settings.change(export=wish.choices.to_settings())
        folder = Folder(wish.folder, existing, semicolons=wish.choices.semicolons)
        request = Request(
            wish.choices.formats, folder, self._pages(wish.choices), wish.choices.dpi,
            wish.choices.expected,
        )
        if wish.scope != "this":
            current = self.window.session.models.current
            job = list_job(
                self._paths(wish.scope), request, self.make_scorer,
                None if current is None else current.key, self._reviewer, with_identity=wish.with_identity, only=only,
            )
        else:
            opened = self.opened()
            formats = request.formats if only is None else next(iter(only.values()))
            wanted = replace(request, formats=formats)
            job = open_record_job(opened, wanted, self.make_scorer, with_identity=wish.with_identity)

        def ended(running: RunningExport) -> None:
            self._tell(running)
            self._ask_about_existing(running, wish)

        self._run(job, tr("Exporting"), ended)

    def _paths(self, scope: Scope) -> list[Path]:
        """Of the worklist's recordings."""
        records, items = self.window.session.records, self._worklist.columns.items
        if scope == "all":
            return [records[index].path for index in range(len(records))]
        return [items[row].path for row in self._worklist.rows_of(scope).tolist()]

    def _ask_about_existing(self, running: RunningExport, wish: Wish) -> None:
        only = {item.path: item.written.existing for item in running.done if item.written.existing}
        if not only:
            return
        count = sum(len(formats) for formats in only.values())
        box = PlainMessageBox(self.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Files that exist"))
        box.setText(tr("{count} exports were not written because files of their names exist already.").format(
            count=count
        ) if count > 1 else next(item for item in running.done if item.written.existing).written.problems[0])
        box.setInformativeText(tr("Keep both gives the new files a number."))
        keep = box.addButton(tr("Keep both"), QMessageBox.ButtonRole.AcceptRole)
        replace_button = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        leave = box.addButton(tr("Leave as they are"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(leave)

        def answer() -> None:
            clicked = box.clickedButton()
            if clicked is keep:
                self.export(wish, Existing.KEEP_BOTH, only)
            elif clicked is replace_button:
                self.export(wish, Existing.REPLACE, only)

        box.finished.connect(answer)
        box.open()

    def show_benchmark_dialog(self) -> BenchmarkDialog:
        """Ask where a benchmark of the list's reviewed recordings goes."""
        settings, records = self.window.settings.settings, self.window.session.records
        folder = Choices.from_settings(settings.export).folder or _documents()
        dialog = BenchmarkDialog(str(Path(folder) / "benchmark"), len(records), settings.reviewer, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self.export_benchmark)
        dialog.open()
        return dialog

    def export_benchmark(self, folder: str, only_mine: bool, unfinished: bool) -> None:
        """Make a benchmark of the worklist's reviewed recordings; the model finds what is still undecided there."""
        records, current = self.window.session.records, self.window.session.models.current
        paths = [records[index].path for index in range(len(records))]
        job = benchmark_job(
            paths, Folder(Path(folder)), self.make_scorer, None if current is None else current.key,
            self._reviewer if only_mine else None, unfinished=unfinished,
        )

        def ended(running: RunningExport) -> None:
            made = running.made
            if made is None:
                self._tell(running)
                return
            self.window.status.showMessage(counted(made), TOLD_MS)
            limits = caveats(made)
            if limits:
                self.window.show_problem(Problem(" ".join(limits), "\n".join(omissions(made))))

        self._run(job, tr("Making a benchmark"), ended)

    def save_findings(self) -> None:
        """Ask for a file and write findings and scores there; the file dialog asks before one is replaced."""
        opened = self.opened()
        folder = Choices.from_settings(self.window.settings.settings.export).folder or _documents()
        name, chosen = QFileDialog.getSaveFileName(
            self.window, tr("Save findings"), str(Path(folder) / file_name(opened.record.name, "_findings.json")),
            f"{tr('Findings (JSON)')} (*.json);;{tr('Tables (CSV)')} (*.csv)",
        )
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_suffix(".csv" if "*.csv" in chosen else ".json")
        self._run(save_findings_job(opened, path), tr("Saving findings"), self._tell)

    # Pages

    def show_preview(self) -> PreviewDialog:
        """Show the pages as they would be printed."""
        choices = Choices.from_settings(self.window.settings.settings.export)
        scale = self.window.paper.screen_scale
        view = self.window.session.view
        pages = {True: pages_of(view, paper=choices.paper), False: report_of(view, paper=choices.paper)}
        dialog = PreviewDialog(
            self.opened(), pages, self._drawing, scale.drawing_px_per_mm, scale.is_known, self.window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.print_wanted.connect(self.ask_printer)
        dialog.save_wanted.connect(self.save_pdf)
        self._follow(dialog)
        dialog.show()
        dialog.start()
        return dialog

    def _follow(self, dialog: PreviewDialog) -> None:
        """Refresh a preview that was opened before all heat was there, whenever more of it is."""
        session, timer = self.window.session, QTimer(dialog)
        timer.setSingleShot(True)
        timer.setInterval(FOLLOW_MS)

        def refresh() -> None:
            if session.record is dialog.opened.record:
                dialog.refresh(self.opened())

        def follow() -> None:
            if session.record is not dialog.opened.record:
                dialog.stop_waiting()
            elif not session.assessment.phase.is_running and dialog.opened.assessment.phase.is_running:
                timer.stop()
                refresh()
            elif session.assessment.phase.is_running and not timer.isActive():
                timer.start()

        timer.timeout.connect(refresh)
        session.assessment_changed.connect(follow)
        dialog.finished.connect(lambda: session.assessment_changed.disconnect(follow))

    def ask_printer(self, document: PageDocument) -> None:
        """Let the user choose a printer and pages."""
        printer = prepared(QPrinter(QPrinter.PrinterMode.HighResolution), document)
        dialog = QPrintDialog(printer, self.window)
        dialog.setMinMax(1, len(document))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_document(prepared(printer, document), document)

    def print_document(self, printer: QPrinter, document: PageDocument) -> None:
        """Print the chosen pages, or all, at their true size."""
        first, last = printer.fromPage() or 1, printer.toPage() or len(document)

        def receive(event: object) -> None:
            if isinstance(event, Failed):
                self.window.show_problem(Problem(event.message, event.details))
            elif isinstance(event, Finished):
                text = tr("{count} pages were printed.").format(count=last - first + 1)
                self.window.status.showMessage(text, TOLD_MS)

        self._printing.submit(printing_job(printer, document, first, min(last, len(document))), receive)

    def save_pdf(self, pages: PageOptions, with_identity: bool) -> None:
        """Ask for a folder and write the previewed pages there."""
        folder = Choices.from_settings(self.window.settings.settings.export).folder or _documents()
        chosen = QFileDialog.getExistingDirectory(self.window, tr("Folder for the PDF"), folder)
        if not chosen:
            return
        request = Request(("pdf",), Folder(Path(chosen), Existing.KEEP_BOTH), pages)
        job = open_record_job(self.opened(), request, self.make_scorer, with_identity=with_identity)
        self._run(job, tr("Exporting"), self._tell)

    def copy_paper(self) -> None:
        """Copy the paper as it looks now, with its provenance."""
        session = self.window.session
        assert session.record is not None, "the action needs a recording"
        provenance = _on_paper(session, session.view).with_reads({self._open_review.reviewer: self._open_review.reads})
        second = self._comparison.overlaid
        if second is None:
            lines = provenance.lines()
        else:
            lines = lines_of_both(provenance, _on_paper(second.session, session.view, second.offset_s))
        image = paper_picture(self.window.paper, self.window.paper.theme, lines)
        QGuiApplication.clipboard().setImage(image)
        self.window.status.showMessage(tr("A picture of the paper is on the clipboard."), TOLD_MS)

    # Running

    @property
    def _reviewer(self) -> str | None:
        return self._open_review.reviewer or None

    def _model(self, with_expected: bool) -> ModelScorer:
        return ModelScorer(self.window.settings.settings.device, with_expected=with_expected)

    def _run(self, job: Job, title: str, ended: Callable[[RunningExport], None]) -> None:
        if self.running is not None:
            self.window.show_problem(Problem(tr("An export is still running; stop it or wait for its end.")))
            return
        running = self.running = RunningExport(self._lane, title, self.window)

        def end() -> None:
            self.running = None
            ended(running)
            running.deleteLater()

        running.ended.connect(end)
        running.start(job)

    def _tell(self, running: RunningExport) -> None:
        """Say what was written, and what was not and why."""
        if running.problem is not None:
            self.window.show_problem(running.problem)
        told = Told.of([item.written for item in running.done], was_stopped=running.was_stopped)
        if not told.is_complete:
            self.window.show_problem(Problem(told.sentence, told.details))
        if told.sentence:
            self.window.status.showMessage(told.sentence, TOLD_MS)


def _on_paper(session: Session, view: ViewState, offset_s: float = 0.0) -> Provenance:
    """Of what a paper shows of a session's recording; its files are not read, as this is the window's thread.

    Time t of the paper's view is t + `offset_s` of the recording.
    """
    assert session.record is not None, "only what is open is on the paper"
    model, assessment = (session.model, session.assessment) if view.heat_visible else (None, None)
    sha256 = session.sha256 or tr("still being computed")
    shown = shown_of(session.record, view, offset_s)
    return Provenance.of(session.record, model, assessment, sha256=sha256).with_shown(shown)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
