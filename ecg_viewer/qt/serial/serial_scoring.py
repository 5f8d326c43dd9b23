"""Scores the patient's recordings that nobody has scored, so that the trend of the percentile has all its points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.jobs.worklist_scoring import CohortModel, CohortScored, cohort_job
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.job_protocols import Failed, Finished, Stopped, Ticket
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.serial.board import SerialBoard
from ecg_viewer.state.session import Session
from ecg_viewer.state.worklist.queue import ScoringQueue
from ecg_viewer.state.worklist.results import OPEN
from ecg_viewer.state.worklist.worklist import Worklist


class SerialScoring(QObject):
    """One run at a time, with a model of its own that is let go at its end; scores are kept as the list's are."""

    def __init__(
        self, session: Session, worklist: Worklist, board: SerialBoard, lane: WorkerLane,
        make_scorer: Callable[[str], Scorer], parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._worklist, self._board = session, worklist, board
        self._lane, self._make_scorer = lane, make_scorer
        self._queue = ScoringQueue()
        self._ticket: Ticket | None = None
        self._tried: set[str] = set()
        self._key = ""
        session.assessment_changed.connect(self._give_way)

    @property
    def is_running(self) -> bool:
        """Whether a recording is scored, or waits for it."""
        return self._ticket is not None

    def start(self) -> None:
        """Score what has no score yet; nothing while the open recording is assessed, results are hidden, or a file's
        scores are shown.
        """
        session, results = self._session, self._worklist.results
        wanted = [entry.item for entry in self._board.entries if not entry.problem and self._is_open(entry.item)]
        if (not wanted or self.is_running or self._board.is_running or session.is_hidden or session.is_blind
                or session.assessment.phase.is_running or results.source.file):
            return
        model, info = session.models.current, session.model
        scorer = self._make_scorer(info.device if info is not None and info.device else "auto")
        self._tried.update(str(item.path) for item in wanted)
        self._queue.begin_anew()
        self._queue.set_order(wanted, np.arange(len(wanted)))
        job = cohort_job(scorer, None if model is None else model.key, self._queue)
        self._ticket = self._lane.submit(job, self._receive)

    def stop(self) -> None:
        """End the run; what is scored stays."""
        self._tried.clear()
        if self._ticket is not None:
            self._ticket.cancel()

    def _is_open(self, item: RecordItem) -> bool:
        row = self._worklist.columns.row_of.get(item.path)
        return row is not None and self._worklist.results.phase[row] == OPEN and str(item.path) not in self._tried

    def _give_way(self) -> None:
        self._queue.hold(self._session.assessment.phase.is_running)

    def _receive(self, event: object) -> None:
        if isinstance(event, CohortModel):
            self._key = event.info.results_key
        elif isinstance(event, CohortScored):
            rows = self._worklist.columns.row_of
            if self._worklist.results.source.sha256 == self._key:
                self._worklist.put_scores({rows[path]: score for path, score in event.scores.items() if path in rows})
        elif isinstance(event, Finished | Stopped | Failed):
            self._ticket = None
