"""The second side of a comparison: a session, a model and a paper of its own, linked to the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ecg_viewer.opening import hashing_job, opening_job, reading_job
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.research.compare_overlays import NameOverlay, SecondTrace
from ecg_viewer.qt.research.compare_review import SecondReview
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.scoring import Scorer, checking_job, scoring_job
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.jobs import Failed
from ecg_viewer.state.language import tr
from ecg_viewer.state.models import Models
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research import comparison
from ecg_viewer.state.research.comparison import MAX_READ_S, FirstBeats, LinkedViews, Place, Stretch
from ecg_viewer.state.session import Session, Work
from ecg_viewer.state.view import ViewState

if TYPE_CHECKING:
    from ecg_viewer.qt.main_window import MainWindow

SMALLEST_PAPER = (200, 140)
"""Of either side, so that two of them fit into a small window."""
LANES = ("reading", "model", "hashing", "model folder", "beats", "samples")


class SecondSide(QObject):
    """Made when a comparison begins, closed when it ends; closing waits for its threads."""

    changed = Signal()
    """Recording, model, offset or linking."""

    def __init__(self, window: MainWindow, scorer: Scorer) -> None:
        super().__init__(window)
        self._window = window
        first = window.session
        self._lanes = tuple(WorkerLane(f"second {name}") for name in LANES)
        models = Models(
            tuple(choice.key for choice in first.models.choices if choice.is_bundled), self._lanes[3],
            lambda folder: checking_job(scorer, folder),
            named=None if first.models.current is None else first.models.current.key,
        )
        work = Work(
            open_paths=opening_job, read_item=reading_job, hash=hashing_job,
            score=lambda key, record, focus: scoring_job(scorer, key, record, focus),
        )
        self.session = Session(ViewState(first.view.filter), HeatMap(), models, work, *self._lanes[:3])
        self.views = LinkedViews(first.view, self.session.view)
        self.paper = PaperView(self.session.view, self.session.heat)
        self.paper.setAccessibleName(tr("ECG paper of side B"))
        self._names = NameOverlay("A", first), NameOverlay("B", self.session)
        self.review = SecondReview(self.session, self.paper, window.settings.settings.reviewer, self)
        self._trace = SecondTrace(self.views)
        self._place: Place = "beside"
        self._read: tuple[object, float, float] | None = None
        window.paper.add_overlay(self._trace)
        window.paper.add_overlay(self._names[0])
        self.paper.add_overlay(self._names[1])
        self._least = window.paper.minimumSize()
        for paper in (window.paper, self.paper):
            paper.setMinimumSize(*SMALLEST_PAPER)
        window.centre.addWidget(self.paper)
        self.show_theme()
        self.paper.trace_shown.connect(self.session.assess, Qt.ConnectionType.QueuedConnection)
        self.paper.load_failed.connect(self._show_failure)
        self.session.failed.connect(window.show_problem)
        self.session.record_changed.connect(self._show_record)
        models.changed.connect(self.changed.emit)
        self.views.changed.connect(self._show_offset)
        for signal in (first.view.range_changed, first.record_changed):
            signal.connect(self._read_trace)
        window.settings.changed.connect(self._follow_settings)

    def put(self, place: Place) -> None:
        """Beside, below or over the first."""
        self._place = place
        centre = self._window.centre
        centre.setOrientation(Qt.Orientation.Vertical if place == "below" else Qt.Orientation.Horizontal)
        self.paper.setVisible(place != "overlaid")
        if place != "overlaid":
            size = centre.height() if place == "below" else centre.width()
            centre.setSizes([size // 2, size - size // 2])
            self.views.follow()
        self._show_offset()

    def align_beats(self) -> None:
        """Find the first beats, on a thread, and put them below each other."""
        first, second = self._window.session.record, self.session.record
        if first is None or second is None:
            return

        def receive(event: object) -> None:
            if isinstance(event, FirstBeats) and not self.views.align(event):
                self._window.show_problem(Problem(tr("No first beat was found in one of the recordings; set the offset "
                                                     "by hand.")))
            elif isinstance(event, Failed):
                self._window.show_problem(Problem(event.message, event.details))

        self._lanes[4].submit(comparison.beats_job(first, second), receive)

    def show_theme(self) -> None:
        """Take over the colours and the scale of the first paper."""
        self.paper.set_theme(self._window.paper.theme)
        self.paper.set_screen_scale(self._window.paper.screen_scale)

    def close(self) -> None:
        """Take everything away again and wait for the threads."""
        self.views.close()
        first = self._window.session
        for signal in (first.view.range_changed, first.record_changed):
            signal.disconnect(self._read_trace)
        self._window.settings.changed.disconnect(self._follow_settings)
        self.review.close()
        self._window.paper.setMinimumSize(self._least)
        self._window.paper.remove_overlay(self._trace)
        self._window.paper.remove_overlay(self._names[0])
        for lane in self._lanes:
            lane.ask_to_stop()
        for lane in self._lanes:
            lane.close()
        self.paper.close_loader()
        self.paper.setParent(None)
        self.paper.deleteLater()
        self.deleteLater()

    def _follow_settings(self) -> None:
        self.review.follow(self._window.settings.settings.reviewer)

    def _show_record(self) -> None:
        self._trace.stretch, self._read = None, None
        self.views.follow()
        if not self.paper.isVisible():
            self.session.assess()
        self._show_offset()

    def _show_offset(self) -> None:
        second = self.session.record
        over = self._place == "overlaid" and second is not None
        text = tr("; dashed over it B: {name}").format(name=second.name) if over and second is not None else ""
        self._names[0].addition = text
        self._read_trace()
        self._window.paper.update()
        self.changed.emit()

    def _read_trace(self) -> None:
        """Read what lies over the visible stretch, with as much on both sides of it."""
        record = self.session.record
        if self._place != "overlaid" or record is None:
            self._trace.stretch, self._read = None, None
            return
        view = self._window.session.view
        low, high = view.start_s + self.views.offset_s, view.end_s + self.views.offset_s
        if self._read is not None and self._read[0] is record and self._read[1] <= low and high <= self._read[2]:
            return
        margin = min(view.visible_s, MAX_READ_S / 3)
        if view.visible_s > MAX_READ_S:
            self._trace.stretch, self._read = None, None
            return
        self._read = record, low - margin, high + margin

        def receive(event: object) -> None:
            if isinstance(event, Stretch) and event.record is self.session.record:
                self._trace.stretch = event
                self._window.paper.update()
            elif isinstance(event, Failed):
                self._window.show_problem(Problem(event.message, event.details))

        self._lanes[5].submit(comparison.reading_job(record, low - margin, high + margin), receive)

    def _show_failure(self, message: str) -> None:
        self._window.show_problem(Problem(message))

