"""Measurements of the visible stretch: requested after the heat, kept until the view has moved on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.heat import PENDING
from ecg_viewer.state.job_protocols import Failed, Finished, Job, Lane, Stopped
from ecg_viewer.state.layers import SAME_S
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS, Examination, Measurements, QtcFormula
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.intervals.beat_results import AverageBeat

WHOLE_UP_TO_S = 30.0
"""A recording up to this long is measured as a whole; of a longer one, this much around the visible stretch."""
LEAST_S = 10.0


class IntervalTracker:
    """The measurements of the open recording, or of the part of it that is shown.

    The view calls `refresh` after scrolling has stopped; nothing is measured twice.
    """

    def __init__(self, session: Session, lane: Lane, make_job: Callable[[EcgRecord, float, float], Job]) -> None:
        """`make_job` measures a stretch (recording, start and length in seconds) and sends an `Examination`."""
        self.changed: Signal[()] = Signal()
        """Results, whether it is at work, the formula or whether fiducials are shown."""
        self._session = session
        self._lane = lane
        self._make_job = make_job
        self._examination: Examination | None = None
        self._asked: tuple[float, float] | None = None
        self._generation = 0
        self._is_running = False
        self._message = ""
        self._formula = FORMULAS[DEFAULT_FORMULA]
        self._shows_fiducials = False
        session.record_changed.connect(self._forget)
        session.examined.connect(self._adopt)
        session.assessment_changed.connect(self.refresh)

    @property
    def measurements(self) -> Measurements | None:
        """None until they are there."""
        return None if self._examination is None else self._examination.measurements

    @property
    def examination(self) -> Examination | None:
        """Everything that was measured, with the average beats; None until it is there."""
        return self._examination

    @property
    def average(self) -> AverageBeat | None:
        """The average beats of `measurements.leads`; None without, or with too few beats of one shape."""
        return None if self._examination is None else self._examination.average

    @property
    def is_running(self) -> bool:
        return self._is_running

    @property
    def message(self) -> str:
        """Why there are no measurements, if measuring itself failed."""
        return self._message

    @property
    def formula(self) -> QtcFormula:
        """How QT is corrected."""
        return self._formula

    @property
    def shows_fiducials(self) -> bool:
        return self._shows_fiducials

    def set_formula(self, name: str) -> None:
        """Correct QT by another formula. Raises KeyError."""
        self._formula = FORMULAS[name]
        self.changed.emit()

    def set_shows_fiducials(self, shown: bool) -> None:
        """Show or hide the measured instants."""
        if shown != self._shows_fiducials:
            self._shows_fiducials = shown
            self.changed.emit()

    def refresh(self) -> None:
        """Measure the visible stretch unless that is done or under way; its heat comes first."""
        if self._session.record is None or not self._is_turn:
            return
        start_s, end_s = self._shown()
        if self._asked is None or not (self._asked[0] <= start_s + 1e-6 and end_s - 1e-6 <= self._asked[1]):
            self.measure()

    def measure(self) -> None:
        """Measure what is shown now, anew."""
        record = self._session.record
        if record is None or self._session.assessment.phase is Phase.HIDDEN:
            return
        start_s, end_s = self._stretch()
        self._generation += 1
        generation = self._generation
        self._asked = start_s, end_s
        self._is_running = True
        self._message = ""

        def receive(event: object) -> None:
            if generation == self._generation:
                self._receive(event)

        self._lane.submit(self._make_job(record, start_s, end_s - start_s), receive)
        self.changed.emit()

    @property
    def _is_turn(self) -> bool:
        """Whether the model is idle or, in a long recording, has assessed the visible stretch.

        A recording that is measured as a whole waits: with the heat of a single stretch come its measurements.
        """
        if not self._session.assessment.phase.is_running:
            return True
        if self._session.view.duration_s <= WHOLE_UP_TO_S:
            return False
        start_s, end_s = self._shown()
        return end_s > start_s and bool((self._session.heat.slice(start_s, end_s, 50) != PENDING).all())

    def _shown(self) -> tuple[float, float]:
        view = self._session.view
        if view.duration_s <= WHOLE_UP_TO_S:
            return 0.0, view.duration_s
        end_s = min(view.end_s, view.duration_s)
        start_s = min(view.start_s, end_s)
        return (start_s, end_s) if end_s - start_s <= WHOLE_UP_TO_S else self._stretch()

    def _stretch(self) -> tuple[float, float]:
        """What is measured: all of a short recording, of a long one 10 to 30 s about the middle of what is shown."""
        view = self._session.view
        if view.duration_s <= WHOLE_UP_TO_S:
            return 0.0, view.duration_s
        end_s = min(view.end_s, view.duration_s)
        middle_s = (min(view.start_s, end_s) + end_s) / 2
        length_s = min(max(end_s - view.start_s, LEAST_S), WHOLE_UP_TO_S)
        start_s = min(max(middle_s - length_s / 2, 0.0), view.duration_s - length_s)
        return start_s, start_s + length_s

    def _adopt(self, examination: Examination) -> None:
        """Reuse the layers' measurements if they are of the stretch wanted here."""
        start_s, end_s = self._stretch()
        found = examination.measurements
        if self._asked is None and abs(found.start_s - start_s) < SAME_S and abs(
                found.start_s + found.duration_s - end_s) < SAME_S:
            self._asked = start_s, end_s
            self._examination = examination
            self.changed.emit()

    def _forget(self) -> None:
        self._generation += 1
        self._examination = self._asked = None
        self._is_running = False
        self._message = ""
        self.changed.emit()

    def _receive(self, event: object) -> None:
        if isinstance(event, Failed):
            self._examination = None
            self._message = event.message
        elif isinstance(event, Examination):
            self._examination = event
            self._message = ""
        if isinstance(event, Finished | Stopped | Failed):
            self._is_running = False
        self.changed.emit()
