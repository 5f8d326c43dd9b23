"""Background scoring: start, pause, resume, stop; waits while the open recording is assessed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.jobs.worklist_scoring import NO_DECISIONS, CohortModel, CohortScored, cohort_job
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.job_protocols import Failed, Finished, Stopped, Ticket
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.research.truth import TruthBox
from ecg_viewer.state.worklist.queue import ScoringQueue

RATE_OVER_S = 20.0
"""Time over which the rate (recordings per second) is averaged."""


class BackgroundScoring(QObject):
    """One run over a list at a time, on a thread and with a model of its own."""

    changed = Signal()
    """Started, ended, paused, resumed, or its model was loaded."""
    scored = Signal(object)
    """`CohortScored`."""
    ended = Signal()
    """After the last result; what was scored until then is kept."""
    failed = Signal(object)
    """`Problem`."""

    def __init__(self, lane: WorkerLane, make_scorer: Callable[[], Scorer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.queue = ScoringQueue()
        self._lane = lane
        self.make_scorer = make_scorer
        """Asked once, before the first run."""
        self._scorer: Scorer | None = None
        self._ticket: Ticket | None = None
        self._is_paused = False
        self._is_in_the_way = False
        self._model_loaded = False
        self._is_running = False
        self._history: deque[tuple[float, int]] = deque()

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, held or not."""
        return self._is_running

    @property
    def is_paused(self) -> bool:
        """Whether the user has paused it."""
        return self._is_paused

    @property
    def is_loading(self) -> bool:
        """Whether the model is not there yet."""
        return self._is_running and not self._model_loaded

    @property
    def gives_way(self) -> bool:
        """Whether it waits for the open recording."""
        return self._is_in_the_way

    @property
    def records_per_s(self) -> float | None:
        """Over the last seconds of work; None before there are two results."""
        if len(self._history) < 2:
            return None
        elapsed = self._history[-1][0] - self._history[0][0]
        return sum(count for _, count in list(self._history)[1:]) / elapsed if elapsed > 0 else None

    def start(
        self, model: str | None, items: Sequence[RecordItem], order: NDArray[np.int64], done: Iterable[Path],
        decisions: Callable[[], Mapping[Path, Sequence[TruthBox]]] = lambda: NO_DECISIONS,
    ) -> None:
        """Score what is not done, in this order; `decisions` is asked for the reviewer's truth on the worker."""
        if self._scorer is None:
            self._scorer = self.make_scorer()
        self.queue.begin_anew(done)
        self.queue.set_order(items, order)
        self._is_running, self._is_paused, self._model_loaded = True, False, False
        self._history.clear()
        self._hold()
        self._ticket = self._lane.submit(cohort_job(self._scorer, model, self.queue, None, decisions), self._receive)
        self.changed.emit()

    def pause(self) -> None:
        """Hold after the stretch that is being scored."""
        if self._is_running and not self._is_paused:
            self._is_paused = True
            self._hold()
            self.changed.emit()

    def resume(self) -> None:
        """Go on."""
        if self._is_paused:
            self._is_paused = False
            self._history.clear()
            self._hold()
            self.changed.emit()

    def stop(self) -> None:
        """End the run; what is scored stays."""
        if self._ticket is not None:
            self._ticket.cancel()

    def give_way(self, is_in_the_way: bool) -> None:
        """Wait while the open recording is read or assessed."""
        if is_in_the_way != self._is_in_the_way:
            self._is_in_the_way = is_in_the_way
            self._history.clear()
            self._hold()
            if self._is_running:
                self.changed.emit()

    def _hold(self) -> None:
        self.queue.hold(self._is_paused or self._is_in_the_way)

    def _receive(self, event: object) -> None:
        if isinstance(event, CohortModel):
            self._model_loaded = True
            self.changed.emit()
        elif isinstance(event, CohortScored):
            self._history.append((time.monotonic(), len(event.scores)))
            while self._history[-1][0] - self._history[0][0] > RATE_OVER_S:
                self._history.popleft()
            self.scored.emit(event)
        elif isinstance(event, Finished | Stopped | Failed):
            self._is_running = self._is_paused = False
            self.changed.emit()
            self.ended.emit()
            if isinstance(event, Failed):
                self.failed.emit(Problem(event.message, event.details))
