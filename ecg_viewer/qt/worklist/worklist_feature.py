"""The worklist in the window: at the left of the paper or in its place, with keys to the next recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from ecg_viewer.qt.actions import ActionSpec, Needs
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.worklist.thumbnails import Thumbnails
from ecg_viewer.qt.worklist.worklist_actions import ACTIONS
from ecg_viewer.qt.worklist.worklist_filler import WorklistFiller
from ecg_viewer.qt.worklist.worklist_panel import WorklistPanel
from ecg_viewer.state.review.review import RECORD_STATES
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.cohort_figures import CohortFigures, figures_sentence
from ecg_viewer.state.worklist.filters import failures
from ecg_viewer.state.worklist.sorting import RESEARCH_COLUMNS
from ecg_viewer.state.worklist.worklist import NextBy, Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class WorklistFeature(Feature):
    """Owns the worklist, what fills it, and its panel."""

    menu_place = 40
    requires = (ReviewFeature,)
    actions: ClassVar[tuple[ActionSpec, ...]] = ACTIONS

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        session = window.session
        self.worklist = Worklist()
        self._open_review = window.feature(ReviewFeature).open_review
        self.cohort = WorklistFiller(window, self.worklist, self._open_review, self._seen)
        self.thumbnails = Thumbnails(window.worker("thumbnails"), self)
        self.panel = WorklistPanel(
            session, self.worklist, self.cohort.scoring, self.thumbnails, ACTIONS, self._trigger
        )
        self._hidden: list[QWidget] = []
        self._was_hidden = False
        self._sizes: list[int] = []
        self._offered_research = False
        window.set_records_panel(self.panel)
        window.error_bar.said.connect(self._repeat)
        self._reviewer = self._open_review.reviewer
        self._open_review.changed.connect(self._follow_review)
        self.cohort.changed.connect(self.changed.emit)
        self.cohort.failed.connect(window.show_problem)
        self.cohort.figures_known.connect(self._show_figures)
        self.panel.activated.connect(self._open_from_table)
        self.panel.view.looked.connect(self.cohort.look)
        self.panel.view.left.connect(self._leave_wide)
        self.panel.view.columns_chosen.connect(self._remember_columns)
        self.panel.view.widths_chosen.connect(self._remember_widths)
        self.worklist.set_next_by(window.settings.settings.worklist_next_by)
        self.panel.view.set_widths(window.settings.settings.worklist_widths)
        self.worklist.source_changed.connect(self._show_source)
        session.models.changed.connect(self._show_source)
        if window.settings.settings.worklist_columns:
            self.panel.view.choose_columns(window.settings.settings.worklist_columns)
            self._offered_research = True

    def ready(self) -> None:
        """Connect the truth board, whose counts the worklist shows, too."""
        self._tracker = self.window.feature(ResearchFeature).tracker
        self._tracker.changed.connect(self._follow_truth)

    def handlers(self) -> dict[str, Callable[[], object]]:
        worklist = self.worklist
        return {
            "worklist": self.toggle_wide,
            "worklist_columns": self._choose_columns,
            "find_record": self._find,
            "clear_filters": self.panel.clear_filters,
            "next_anomalous": lambda: self._open_row(worklist.next_anomalous(self._path())),
            "next_by_record": lambda: self._go_by("record"),
            "next_by_finding": lambda: self._go_by("finding"),
            "previous_anomalous": lambda: self._open_row(worklist.previous_anomalous(self._path())),
            "next_failure": lambda: self._open_row(worklist.step_failure(self._path(), 1)),
            "previous_failure": lambda: self._open_row(worklist.step_failure(self._path(), -1)),
            "score_list": self.cohort.score_list,
            "pause_scoring": self.cohort.toggle_pause,
            "stop_scoring": self.cohort.scoring.stop,
            "open_scores": self._open_scores,
            "own_scores": self.cohort.show_own_scores,
        }

    def available(self) -> frozenset[Needs]:
        results, chosen = self.worklist.results, self.worklist.filter
        is_own, is_running = self.cohort.file is None, self.cohort.scoring.is_running
        there = {
            Needs.WORKLIST: len(self.worklist) > 0,
            Needs.SCORES: bool(results.counts.any()),
            Needs.FAILURES: bool(failures(results).any()),
            Needs.UNSCORED: is_own and not is_running and self.cohort.n_open > 0,
            Needs.SCORING_LIST: is_running,
            Needs.FILTERED: chosen.n_active > 0 or bool(chosen.text),
            Needs.SCORE_FILE: not is_own,
        }
        return frozenset(need for need, is_there in there.items() if is_there)

    def checked(self) -> dict[str, bool]:
        return {
            "worklist": self.panel.is_wide, "pause_scoring": self.cohort.scoring.is_paused,
            "next_by_record": self.worklist.next_by == "record", "next_by_finding": self.worklist.next_by == "finding",
        }

    def close(self) -> None:
        self._remember_widths()
        self.cohort.close()
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

    def _go_by(self, next_by: NextBy) -> None:
        self.worklist.set_next_by(next_by)
        self.window.settings.change(worklist_next_by=next_by)
        self.changed.emit()

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

    def _find(self) -> None:
        self.panel.show()
        self.window.actions_by_id["show_records"].setChecked(True)
        self.panel.focus_search()

    def _choose_columns(self) -> None:
        if not self.panel.is_wide:
            self.toggle_wide()
        button = self.panel.columns_button
        self.panel.view.column_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _remember_columns(self) -> None:
        self._offered_research = True
        self.window.settings.change(worklist_columns=self.panel.view.chosen)

    def _remember_widths(self) -> None:
        self.window.settings.change(worklist_widths=dict(self.panel.view.widths))

    def _follow_review(self) -> None:
        if self._reviewer != self._open_review.reviewer:
            self._reviewer = self._open_review.reviewer
            self.cohort.look_up_scores()
        path = self._path()
        if path is not None:
            self.cohort.put_review_of(path, RECORD_STATES.index(self._open_review.record_state))

    def _follow_truth(self) -> None:
        self.cohort.take_truth(self._tracker)

    def _open_scores(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window, tr("Open scores"), "", tr("Scores and reports (*.csv *.json);;All files (*)")
        )
        if name:
            self.cohort.open_scores(Path(name))

    def _show_figures(self, figures: object) -> None:
        assert isinstance(figures, CohortFigures), "what the cohort sends"
        self.panel.set_figures_text(figures_sentence(figures, self.worklist.results.threshold))
        if figures.n_localized and not self._offered_research:
            self._offered_research = True
            view = self.panel.view
            view.choose_columns((*view.chosen, *RESEARCH_COLUMNS))

    def _show_source(self) -> None:
        """Show where scores come from if that is not obvious, as for a file, perhaps of another model."""
        source, model = self.worklist.results.source, self.window.session.model
        if not source.file:
            self.panel.set_source_text("")
            return
        n, total = self.worklist.results.n_done - self.worklist.results.n_failed, len(self.worklist)
        text = tr("Scores of {n} of {total} recordings from {file}.").format(n=number(n, ","), total=number(total, ","),
                                                                            file=source.file)
        if not source.model and not source.sha256:
            text += " " + tr("The file does not say which model made them.")
        elif model is not None and source.sha256 and source.sha256 != model.sha256:
            text += " " + tr("They are of {theirs}, not of the model in use, {ours}.").format(
                theirs=source.model, ours=f"{model.name} {model.version}")
        else:
            text += " " + tr("They are of {model}.").format(model=source.model)
        self.panel.set_source_text(text)
