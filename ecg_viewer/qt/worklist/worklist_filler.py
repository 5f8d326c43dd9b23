"""Fills the worklist: metadata, stored scores, background scoring, the open recording's results, score files."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.jobs.worklist_listing import (
    Kept,
    KeptBeside,
    Listed,
    MeasuredOpen,
    ReviewStates,
    keeping_figures_job,
    keeping_job,
    listing_job,
    reviewed_truth,
)
from ecg_viewer.jobs.worklist_scoring import CohortScored
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.qt.worklist.worklist_scoring import BackgroundScoring
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.job_protocols import Failed, Finished, Job, Report, Stopped
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research.truth_tracker import TruthTracker
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.worklist.cohort_figures import CohortFigures, cohort_figures
from ecg_viewer.state.worklist.columns import make_columns
from ecg_viewer.state.worklist.marks import Scope
from ecg_viewer.state.worklist.results import DEFAULT_THRESHOLD, RecordScore, ScoreSource, summarise, truth_figures
from ecg_viewer.state.worklist.score_files import FileScores, match_names, read_score_file
from ecg_viewer.state.worklist.worklist import UNDECIDED, Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

CHECK_MS = 700
"""How often to look whether new scores ask for another order. Rows move on request only."""
FIGURES_MS = 300


class WorklistFiller(QObject):
    """Fills a worklist and follows the session; everything slow is on threads of its own."""

    changed = Signal()
    """Which actions make sense may have changed."""
    figures_known = Signal(object)
    """`CohortFigures` of the recordings shown."""
    failed = Signal(object)
    """`Problem`."""

    def __init__(
        self, window: Host, worklist: Worklist, open_review: OpenReview, seen: Callable[[], tuple[int, int]]
    ) -> None:
        """`seen` tells the first and last position on the screen; `open_review` who reviews."""
        super().__init__(window)
        self._session = window.session
        self._settings = window.settings
        self._worklist = worklist
        self._seen = seen
        self._open_review = open_review
        self.scoring = BackgroundScoring(window.worker("cohort"), self._make_scorer, self)
        self._listing, self._figuring = window.worker("worklist"), window.worker("figures")
        self._reading, self._keeping = window.worker("score file"), window.worker("keeping")
        self.file: FileScores | None = None
        """A file whose scores are shown in place of the program's own."""
        self._restarts = False
        self._scope: set[Path] | None = None
        """What a run scores; None: everything."""
        self._is_closed = False
        self._is_new_list = False
        self._taken: tuple[Path, str] | None = None
        self._to_keep: deque[Job] = deque()
        self._order_timer = _timer(self, CHECK_MS, self._check_order)
        self._figures_timer = _timer(self, FIGURES_MS, self._ask_figures)
        self._connect()
        self._follow_threshold()

    @property
    def is_gathering(self) -> bool:
        """Whether the list, its kept scores or its review states are still being read."""
        return self._listing.is_busy

    @property
    def n_open(self) -> int:
        """Recordings without a score."""
        return len(self._worklist) - self._worklist.results.n_done

    def close(self) -> None:
        """Stop scoring and ask for nothing more. The threads end with the window."""
        self._is_closed = True
        self._order_timer.stop()
        self._figures_timer.stop()
        self.scoring.stop()

    def list_anew(self, *, items_too: bool = True) -> None:
        """Gather what is known of the list with the model in use."""
        session = self._session
        items = session.records.items
        if not items:
            self._worklist.set_columns(make_columns(()))
            return
        key = None if session.models.current is None else session.models.current.key
        paths = tuple([item.path for item in items])
        others = [choice.key for choice in session.models.choices if choice.key != key]
        job = listing_job(items if items_too else None, paths, key, self._model_in_use(), self._open_review.reviewer,
                          others)
        self._submit(self._listing, job, self._receive_listing)

    def score_list(self, scope: Scope = "all") -> None:
        """Score what has no score yet: first the visible rows, then the filtered list, then the rest; or only what is
        shown or marked now.
        """
        if self._is_closed or self.file is not None or self.scoring.is_running or not self.n_open:
            return
        items = self._worklist.columns.items
        self._scope = None if scope == "all" else {items[row].path for row in self._worklist.rows_of(scope).tolist()}
        key = None if self._session.models.current is None else self._session.models.current.key
        done = [items[row].path for row in self._worklist.results.done]
        decisions = partial(reviewed_truth, self._open_review.reviewer, [item.path for item in items])
        self.scoring.start(key, items, self._order(), done, decisions)

    def toggle_pause(self) -> None:
        """Pause or resume scoring."""
        if self.scoring.is_paused:
            self.scoring.resume()
        else:
            self.scoring.pause()

    def look(self) -> None:
        """Other rows are visible: score them first."""
        if self.scoring.is_running:
            self.scoring.queue.set_order(self._worklist.columns.items, self._order())

    def open_scores(self, path: Path) -> None:
        """Show the scores of a file."""
        items = self._worklist.columns.items

        def run(report: Report) -> None:
            scores = read_score_file(path, items)
            report.send((scores, match_names(scores, items)))

        self._submit(self._reading, run, self._receive_file)

    def show_own_scores(self) -> None:
        """Show the program's own scores again."""
        if self.file is not None:
            self.file = None
            self.look_up_scores()

    def look_up_scores(self) -> None:
        """Reload the stored scores, which depend on the reviewer."""
        if self.file is None:
            self._worklist.set_source(ScoreSource(""), {})
            self.list_anew(items_too=False)

    # Listening

    def _connect(self) -> None:
        session = self._session
        session.list_left.connect(self.scoring.stop)
        session.records.changed.connect(self._list_all)
        session.models.chosen.connect(self._switch_model)
        session.assessment_changed.connect(self._follow_assessment)
        session.opening_changed.connect(self._give_way)
        session.view.heat_changed.connect(self._follow_threshold)
        self._worklist.order_changed.connect(self._after_order)
        self._worklist.rows_changed.connect(self._after_rows)
        self.scoring.scored.connect(self._take_scores)
        self.scoring.changed.connect(self.changed.emit)
        self.scoring.failed.connect(self.failed.emit)
        self.scoring.ended.connect(self._after_scoring)

    def _list_all(self) -> None:
        self.list_anew()

    def _receive_listing(self, event: object) -> None:
        if isinstance(event, Listed):
            if len(event.columns):  # empty: another list is already being gathered
                self._is_new_list = True
                self._worklist.set_columns(event.columns)
                self.look()
        elif isinstance(event, KeptBeside):
            if self.file is None:
                self._worklist.set_second(event.source, self._by_row(event.scores))
        elif isinstance(event, Kept):
            if self.file is None:
                self._show_kept(event)
        elif isinstance(event, ReviewStates):
            self.put_review(event.states)
        elif isinstance(event, Problem):
            self.failed.emit(event)
        elif isinstance(event, Failed):
            self.failed.emit(Problem(event.message, event.details))

    def _show_kept(self, kept: Kept) -> None:
        """Show stored scores, but keep newer ones that arrived while they were read."""
        results = self._worklist.results
        newer = results.scores if results.source.sha256 in ("", kept.source.sha256) else {}
        if results.source == kept.source and not self._is_new_list:  # the same list: its rows keep their places
            self._worklist.put_scores({row: score for row, score in self._by_row(kept.scores).items()
                                       if row not in newer})
            self.scoring.queue.mark_done(path for path, score in kept.scores.items() if not score.is_outdated)
            return
        self._is_new_list = False
        self._worklist.set_source(kept.source, {**self._by_row(kept.scores), **newer})
        self.scoring.queue.mark_done(path for path, score in kept.scores.items() if not score.is_outdated)

    def put_review(self, decisions: Mapping[Path, Summary]) -> None:
        """Set what was decided; recordings not listed are unreviewed."""
        named = {self._worklist.columns.row_of[path]: summary for path, summary in decisions.items()
                 if path in self._worklist.columns.row_of}
        undone = dict.fromkeys(self._worklist.decided - named.keys(), UNDECIDED)
        self._worklist.put_review(named | undone)

    def put_review_of(self, path: Path, summary: Summary) -> None:
        """Take in what was decided about one recording."""
        row = self._worklist.columns.row_of.get(path)
        if row is not None:
            self._worklist.put_review({row: summary})

    def _switch_model(self) -> None:
        """Another model was chosen: show its scores, and continue a run with it."""
        self._restarts = self.scoring.is_running
        self.scoring.stop()
        self.look_up_scores()

    def _after_scoring(self) -> None:
        """A run has ended: what it kept last is looked up, and a run with another model begins where one is wanted."""
        if self._restarts:
            self._restarts = False
            self.score_list()
        elif self.n_open and self.file is None:
            self.list_anew(items_too=False)

    def _give_way(self) -> None:
        session = self._session
        self.scoring.give_way(session.is_opening or session.assessment.phase.is_running)

    def _follow_assessment(self) -> None:
        """Take over the open recording's score, and learn which model is actually in use."""
        session, model = self._session, self._session.model
        self._give_way()
        if model is None:
            return
        source = self._worklist.results.source
        if self.file is None and source.sha256 and source.sha256 != model.results_key:
            self._worklist.set_source(ScoreSource(f"{model.name} {model.version}", model.results_key), {})
            self.list_anew(items_too=False)
        item, record = session.item, session.record
        is_done = session.assessment.phase is Phase.DONE
        if item is None or record is None or not is_done or self._taken == (item.path, model.results_key):
            return
        self._taken = item.path, model.results_key
        score = summarise(session.assessment)
        row = self._worklist.columns.row_of.get(item.path)
        known = None if row is None else self._worklist.results.scores.get(row)
        if row is not None and self.file is None:
            if known is None or known.is_earlier:
                self._worklist.put_scores({row: score})
            elif repr((known.score, known.percentile)) != repr((score.score, score.percentile)):  # NaN differs from NaN
                self._worklist.put_scores({row: replace(score, truth=known.truth, is_outdated=known.is_outdated)})
        self._to_keep.append(keeping_job(item.path, record, model.results_key, session.assessment))
        self._keep_next()

    def take_truth(self, tracker: TruthTracker) -> None:
        """Take over how the open recording compares with what is known of it, the reviewer's decisions included."""
        session, model, item = self._session, self._session.model, self._session.item
        row = None if item is None else self._worklist.columns.row_of.get(item.path)
        score = None if row is None else self._worklist.results.scores.get(row)
        waits = bool(tracker.boxes) and tracker.localization is None and not tracker.is_too_long
        if (score is None or row is None or item is None or model is None or self.file is not None or waits
                or score.problem or session.assessment.phase is not Phase.DONE):
            return
        auroc = math.nan if tracker.localization is None else tracker.localization.auroc
        truth = truth_figures(auroc, tracker.boxes, tracker.table) if tracker.boxes else None
        changed = replace(score, truth=truth, is_outdated=False)
        if repr(changed) != repr(score):  # NaN differs from itself, but not its name
            self._worklist.put_scores({row: changed})
            self._to_keep.append(keeping_figures_job(item.path, model.results_key, changed))
            self._keep_next()

    def _keep_next(self) -> None:
        """Store queued scores one by one, as a lane drops a request replaced by a newer one."""
        if self._to_keep and not self._keeping.is_busy:
            self._submit(self._keeping, self._to_keep.popleft(), self._receive_kept)

    def _receive_kept(self, event: object) -> None:
        if isinstance(event, MeasuredOpen):
            self._take_measured(event)
        elif isinstance(event, Kept):
            self.scoring.queue.mark_done(event.scores)
            self._take_kept(event)
        elif isinstance(event, Failed):
            self.failed.emit(Problem(event.message, event.details))
        if isinstance(event, Finished | Stopped | Failed):
            self._keep_next()

    def _take_kept(self, kept: Kept) -> None:
        """Own scores may have been shown again while this one was measured: it is missing then."""
        model = self._session.model
        if self.file is None and model is not None and model.results_key == kept.source.sha256:
            missing = {row: score for row, score in self._by_row(kept.scores).items()
                       if row not in self._worklist.results.scores}
            if missing:
                self._worklist.put_scores(missing)

    def _take_measured(self, event: MeasuredOpen) -> None:
        """What the open recording's score was shown without."""
        row = self._worklist.columns.row_of.get(event.path)
        score = None if row is None else self._worklist.results.scores.get(row)
        if row is not None and score is not None and score.measured is None and self.file is None:
            self._worklist.put_scores({row: replace(score, measured=event.measured)})

    def _follow_threshold(self) -> None:
        """There are no findings below the least percentile that counts, wherever the heat begins."""
        self._worklist.set_threshold(max(DEFAULT_THRESHOLD, self._session.view.heat_threshold))

    def _after_order(self) -> None:
        self._session.records.show_in(self._worklist.order.tolist())
        self.look()
        if not self._is_closed:
            self._figures_timer.start()
        self.changed.emit()

    def _after_rows(self, _rows: object) -> None:
        if not self._is_closed:
            if self._worklist.is_stale and not self._order_timer.isActive():
                self._order_timer.start()
            if not self._figures_timer.isActive():
                self._figures_timer.start()
        self.changed.emit()

    def _check_order(self) -> None:
        self._worklist.check_order()
        self.changed.emit()

    def _ask_figures(self) -> None:
        table, rows = self._worklist.table, self._worklist.order

        def run(report: Report) -> None:
            report.send(cohort_figures(table, rows))

        self._submit(self._figuring, run, self._receive_figures)

    def _receive_figures(self, event: object) -> None:
        if isinstance(event, CohortFigures):
            self.figures_known.emit(event)

    def _take_scores(self, event: object) -> None:
        assert isinstance(event, CohortScored), "what the scoring sends"
        if self.file is None:
            self._worklist.put_scores(self._by_row(event.scores))

    def _receive_file(self, event: object) -> None:
        if isinstance(event, Failed):
            self.failed.emit(Problem(event.message, event.details))
        elif isinstance(event, tuple):
            own = self._worklist.results if self.file is None else self._worklist.second.results
            self.file, found = event
            self.scoring.stop()
            self._worklist.set_source(self.file.source, found)
            self._worklist.set_second(own.source, own.scores)

    # What is asked

    def _submit(self, lane: WorkerLane, job: Job, receive: Callable[[object], None]) -> None:
        """Submit a job, unless the window has closed."""
        if not self._is_closed:
            lane.submit(job, receive)

    def _model_in_use(self) -> ScoreSource | None:
        model = self._session.model
        return None if model is None else ScoreSource(f"{model.name} {model.version}", model.results_key)

    def _make_scorer(self) -> Scorer:
        return ModelScorer(self._settings.settings.device)

    def _order(self) -> NDArray[np.int64]:
        rows, items = self._worklist.scoring_order(*self._seen()), self._worklist.columns.items
        if self._scope is None:
            return rows
        return np.array([row for row in rows.tolist() if items[row].path in self._scope], np.int64)

    def _by_row(self, scores: Mapping[Path, RecordScore]) -> dict[int, RecordScore]:
        rows = self._worklist.columns.row_of
        return {rows[path]: score for path, score in scores.items() if path in rows}


def _timer(owner: QObject, interval_ms: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(slot)
    return timer
