"""The worklist in the window: at the left of the paper or in its place, with keys to the next recording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from ecg_viewer.export.worklist_command import PARQUET, write_table
from ecg_viewer.export.worklist_table import ListOrigin
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.worklist.table_dialog import SCOPES, TableDialog
from ecg_viewer.qt.worklist.thumbnails import Thumbnails
from ecg_viewer.qt.worklist.worklist_actions import ACTIONS
from ecg_viewer.qt.worklist.worklist_filler import WorklistFiller
from ecg_viewer.qt.worklist.worklist_panel import WorklistPanel
from ecg_viewer.state.job_protocols import Failed, Finished, Report
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research.truth_tracker import TruthTracker
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.cohort_figures import CohortFigures, figures_sentence
from ecg_viewer.state.worklist.marks import Scope
from ecg_viewer.state.worklist.second_scores import SECOND_COLUMNS
from ecg_viewer.state.worklist.sorting import RESEARCH_COLUMNS
from ecg_viewer.state.worklist.worklist import NextBy, Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


TABLE_FILE = "worklist.csv"
CSV_FILES, PARQUET_FILES = "(*.csv)", "(*.parquet)"
TOLD_MS = 10_000
"""How long the status bar says what was written."""


class WorklistFeature(Feature):
    """What fills the worklist, its panel and its keys."""

    menu_place = 40
    actions: ClassVar[tuple[ActionSpec, ...]] = ACTIONS

    def __init__(self, window: Host, worklist: Worklist, open_review: OpenReview, truth: TruthTracker) -> None:
        super().__init__(window)
        session = window.session
        self.worklist = worklist
        self._open_review = open_review
        self._tracker = truth
        truth.changed.connect(self._follow_truth)
        self.filler = WorklistFiller(window, self.worklist, self._open_review, self._seen)
        self.thumbnails = Thumbnails(window.worker("thumbnails"), self)
        self.panel = WorklistPanel(
            session, self.worklist, self.filler.scoring, self.thumbnails, ACTIONS, self._trigger
        )
        self._tables = window.worker("worklist table")
        self._hidden: list[QWidget] = []
        self._was_hidden = False
        self._sizes: list[int] = []
        self._offered_research = False
        self._offered_second = False
        window.set_records_panel(self.panel)
        window.error_bar.messages_changed.connect(self._repeat)
        self._reviewer = self._open_review.reviewer
        self._open_review.changed.connect(self._follow_review)
        self.filler.changed.connect(self.changed.emit)
        session.records.changed.connect(self._leave_empty_table)
        self.worklist.outdated_changed.connect(self.changed.emit)
        self.worklist.marks.changed.connect(self.changed.emit)
        self.filler.failed.connect(window.show_problem)
        self.filler.figures_known.connect(self._show_figures)
        self.panel.activated.connect(self._open_from_table)
        self.panel.view.looked.connect(self.filler.look)
        self.panel.view.left.connect(self._leave_wide)
        self.panel.view.columns_chosen.connect(self._remember_columns)
        self.panel.view.widths_chosen.connect(self._remember_widths)
        self.worklist.set_next_by(window.settings.settings.worklist_next_by)
        self.panel.view.set_widths(window.settings.settings.worklist_widths)
        self.worklist.source_changed.connect(self._show_source)
        session.models.changed.connect(self._show_source)
        if window.settings.settings.worklist_columns:
            self.panel.view.choose_columns(window.settings.settings.worklist_columns)
            self._offered_research = self._offered_second = True

    def close(self) -> None:
        self._remember_widths()
        self.filler.close()
        self.thumbnails.close()

    def toggle_wide(self) -> None:
        """The table over the whole window, or back beside the paper; filter, order and current row stay."""
        frame, is_wide = self.window.frame, not self.panel.is_wide
        if is_wide:
            there = (frame.widget(place) for place in range(frame.count()))
            others = [widget for widget in there if widget and widget is not self.panel]
            self._hidden = [widget for widget in others if not widget.isHidden()]
            self._was_hidden = self.panel.isHidden()
            self._sizes = frame.sizes()
            for widget in self._hidden:
                widget.hide()
            self.panel.show()
            self.panel.set_wide(True)
        else:
            self.panel.error_bar.hide()
            self.panel.set_wide(False)
            for widget in self._hidden:
                widget.show()
            self.panel.setHidden(self._was_hidden)
            self._restore_sizes()
            QTimer.singleShot(0, self._restore_sizes)  # what was hidden has its say in the layout before
        (self.panel.view if is_wide else self.window.paper).setFocus()
        self.changed.emit()

    def _restore_sizes(self) -> None:
        if not self.panel.is_wide:
            self.window.frame.setSizes(self._sizes)

    def _repeat(self) -> None:
        """The window's own message bar is behind the wide table: the table repeats what it says."""
        bar = self.window.error_bar
        if self.panel.is_wide and bar.text:
            self.panel.error_bar.show_message(bar.text, bar.details)
        else:
            self.panel.error_bar.withdraw()

    def _trigger(self, action_id: str) -> None:
        self.window.action(action_id).trigger()

    def _seen(self) -> tuple[int, int]:
        return self.panel.view.seen()

    def _path(self) -> Path | None:
        item = self.window.session.item
        return None if item is None else item.path

    def go_by(self, next_by: NextBy) -> None:
        """Choose what the next recording to review goes by."""
        self.worklist.set_next_by(next_by)
        self.window.settings.change(worklist_next_by=next_by)
        self.changed.emit()

    def open_next(self) -> None:
        """Open the next recording to review."""
        self._open_row(self.worklist.next_anomalous(self._path()))

    def open_previous(self) -> None:
        """Go back along the recordings one came by."""
        self._open_row(self.worklist.previous_anomalous(self._path()))

    def step_failure(self, steps: int) -> None:
        """Open the next recording with a failure, or the one before."""
        self._open_row(self.worklist.step_failure(self._path(), steps))

    def _open_row(self, row: int | None) -> None:
        if row is not None:
            self._leave_wide()
            self.window.session.open_item(row)

    def _open_from_table(self, row: int) -> None:
        self._leave_wide()
        if self.worklist.columns.items[row].path != self._path():
            self.window.session.open_item(row)

    def _leave_wide(self) -> None:
        if self.panel.is_wide:
            self.toggle_wide()

    def _leave_empty_table(self) -> None:
        """The list was closed."""
        if len(self.window.session.records) == 0:
            self._leave_wide()

    def find(self) -> None:
        """Show the list with the cursor in its search."""
        self.window.frame.show_records()
        self.panel.focus_search()

    def choose_columns(self) -> None:
        """Offer the columns of the wide table."""
        if not self.panel.is_wide:
            self.toggle_wide()
        button = self.panel.columns_button
        self.panel.view.column_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _remember_columns(self) -> None:
        self._offered_research = self._offered_second = True
        self.window.settings.change(worklist_columns=self.panel.view.chosen)

    def _remember_widths(self) -> None:
        self.window.settings.change(worklist_widths=dict(self.panel.view.widths))

    def _follow_review(self) -> None:
        if self._reviewer != self._open_review.reviewer:
            self._reviewer = self._open_review.reviewer
            self.filler.look_up_scores()
        path = self._path()
        if path is not None and self._open_review.is_known:
            self.filler.put_review_of(path, self._open_review.summary)

    def _follow_truth(self) -> None:
        self.filler.take_truth(self._tracker)

    def open_scores(self) -> None:
        """Ask for a file with scores and show them."""
        name, _ = QFileDialog.getOpenFileName(
            self.window, tr("Open scores"), "", tr("Scores and reports (*.csv *.parquet *.json);;All files (*)")
        )
        if name:
            self.filler.open_scores(Path(name))

    def mark_shown(self) -> None:
        """Mark what search and filters let through."""
        items = self.worklist.columns.items
        self.worklist.marks.put([items[row].path for row in self.worklist.order.tolist()], True)

    def clear_marks(self) -> None:
        """Unmark everything."""
        self.worklist.marks.put(list(self.worklist.marks), False)

    def ask_export(self) -> TableDialog:
        """Ask which recordings go into a table."""
        counts: dict[Scope, int] = {scope: len(self.worklist.rows_of(scope)) for scope in SCOPES}
        dialog = TableDialog(counts, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._ask_file)
        dialog.open()
        return dialog

    def _ask_file(self, scope: Scope, with_conclusions: bool, semicolons: bool) -> None:
        name, chosen = QFileDialog.getSaveFileName(
            self.window, tr("Save the worklist as a table"), TABLE_FILE,
            ";;".join((f"{tr('Table (CSV)')} {CSV_FILES}", f"{tr('Table for programs (Parquet)')} {PARQUET_FILES}")),
        )
        if name:
            path = Path(name)
            if not path.suffix:
                path = path.with_suffix(PARQUET if PARQUET in chosen else ".csv")
            self.export_table(path, scope, with_conclusions=with_conclusions, semicolons=semicolons)

    def export_table(self, path: Path, scope: Scope, *, with_conclusions: bool, semicolons: bool = False) -> None:
        """Write a table; the file dialog has asked whether one that is there may go."""
        rows, origin = self.worklist.rows_of(scope).tolist(), ListOrigin.of(self.window.session.model)

        def run(_report: Report) -> None:
            write_table(self.worklist, rows, path, origin, semicolons=semicolons, with_conclusions=with_conclusions)

        def receive(event: object) -> None:
            if isinstance(event, Failed):
                self.window.show_problem(Problem(event.message, event.details))
            elif isinstance(event, Finished):
                text = tr("{name}: {n} recordings written.").format(name=path.name, n=number(len(rows), ","))
                self.window.status.showMessage(text, TOLD_MS)

        self._tables.submit(run, receive)

    def _show_figures(self, figures: object) -> None:
        assert isinstance(figures, CohortFigures), "what the filler sends"
        self.panel.set_figures_text(figures_sentence(figures, self.worklist.results.threshold))
        if figures.n_localized and not self._offered_research:
            self._offered_research = True
            view = self.panel.view
            view.choose_columns((*view.chosen, *RESEARCH_COLUMNS))

    def _offer_second(self) -> None:
        """Show both models' percentiles beside each other, the first time there are two."""
        if self.worklist.second.is_there and not self._offered_second:
            self._offered_second = True
            view = self.panel.view
            view.choose_columns((*view.chosen, *SECOND_COLUMNS))

    def _show_source(self) -> None:
        """Show where scores come from if that is not obvious, as for a file, perhaps of another model."""
        self._offer_second()
        source, model = self.worklist.results.source, self.window.session.model
        if not source.file:
            self.panel.set_source_text("")
            return
        n, total = self.worklist.results.n_done - self.worklist.results.n_failed, len(self.worklist)
        text = tr("Scores of {n} of {total} recordings from {file}.").format(n=number(n, ","), total=number(total, ","),
                                                                            file=source.file)
        if not source.model and not source.sha256:
            text += " " + tr("The file does not say which model made them.")
        elif model is not None and source.sha256 and source.sha256 != model.results_key:
            text += " " + tr("They are of {theirs}, not of the model in use, {ours}.").format(
                theirs=source.model, ours=f"{model.name} {model.version}")
        else:
            text += " " + tr("They are of {model}.").format(model=source.model)
        self.panel.set_source_text(text)
