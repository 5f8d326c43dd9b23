"""A line below the paper: the normals of the list do not belong to the model's cohort."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ecg_viewer.jobs.own_normals import DriftFound, drift_job
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.own_normals import MIN_DRIFT_NORMALS, NORMAL, drift_sentence
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.worklist import Worklist

WAIT_MS = 1500
GROWTH = 1.25
"""Normals scored since the last look after which it is worth another one."""


class DriftStrip(Retranslatable, QWidget):
    """Hidden while nothing speaks against the cohort, or too few normals of the list are scored to tell."""

    own_normals_wanted = Signal()

    def __init__(self, worklist: Worklist, lane: WorkerLane, model: Callable[[], str | None],
                 results_key: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("driftStrip")
        self._worklist = worklist
        self._lane = lane
        self._model, self._results_key = model, results_key
        self._found: DriftFound | None = None
        self._n_seen = 0
        self._request = 0
        """Tells an answer about this list and model from one about those before."""
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.button = set_texts(QPushButton(), text="Own normals…")
        self.close_button = set_texts(QPushButton(), text="Close")
        self.button.clicked.connect(self.own_normals_wanted)
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 10, 4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.look)
        worklist.rows_changed.connect(self._scored)
        worklist.source_changed.connect(self.forget)
        worklist.columns_changed.connect(self.forget)
        self.hide()

    def retranslate(self) -> None:
        self._show()

    def forget(self) -> None:
        """Another list or another model: what was found was of the one before."""
        self._found, self._n_seen = None, 0
        self._request += 1
        self.hide()
        self._timer.start()

    def look(self) -> None:
        """Compare the normals that are scored with the cohort, if there are enough and many more than at the last
        look."""
        scores = self._normal_scores()
        if len(scores) < MIN_DRIFT_NORMALS or len(scores) < GROWTH * self._n_seen:
            return
        self._n_seen = len(scores)
        request = self._request

        def receive(event: object) -> None:
            if request == self._request:
                self._receive(event)

        self._lane.submit(drift_job(self._model(), scores), receive)

    def _scored(self, _rows: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _normal_scores(self) -> dict[Path, float]:
        """Scores by the model in use of the list's recordings whose only superclass is NORM: one window, fit to be
        judged."""
        results = self._worklist.results
        if results.source.file or results.source.sha256 not in ("", self._results_key()):
            return {}
        items = self._worklist.columns.items
        return {
            items[row].path: score.score for row, score in results.scores.items()
            if items[row].superclasses == NORMAL and score.n_windows == 1 and score.verdict != "poor"
            and not score.problem
        }

    def _receive(self, event: object) -> None:
        if isinstance(event, DriftFound):
            self._found = event
            self._show()
            self.setVisible(event.drift.has_left)

    def _show(self) -> None:
        if self._found is not None:
            self.text.setText(tr("Normals of this list. {sentence}").format(
                sentence=drift_sentence(self._found.drift, self._found.cohort)))
