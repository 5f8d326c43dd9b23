"""The measurements lead by lead and the deviations from beat to beat, made once the intervals are measured."""

from __future__ import annotations

from collections.abc import Callable

from ecg_viewer.state.job_protocols import Failed, Job, Lane
from ecg_viewer.state.measure.details import Details
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from mmae_core.intervals.results import Examination
from mmae_core.record import EcgRecord

MakeJob = Callable[[EcgRecord, Examination], Job]


class DetailTracker:
    """The details of what the board of intervals shows; they follow it."""

    def __init__(self, session: Session, intervals: IntervalTracker, lane: Lane, make_job: MakeJob) -> None:
        """`make_job` sends the `Details` of an examined stretch of a recording."""
        self.changed: Signal[()] = Signal()
        self._session, self._intervals, self._lane, self._make_job = session, intervals, lane, make_job
        self._examination: Examination | None = None
        self._details: Details | None = None
        self._message = ""
        intervals.changed.connect(self._follow)

    @property
    def details(self) -> Details | None:
        """None until they are there."""
        return self._details

    @property
    def message(self) -> str:
        """Why there are none, if making them failed."""
        return self._message

    def _follow(self) -> None:
        examination, record = self._intervals.examination, self._session.record
        if examination is self._examination:
            return
        self._examination, self._details, self._message = examination, None, ""
        self.changed.emit()
        if examination is None or record is None:
            return

        def receive(event: object) -> None:
            if self._examination is examination:
                self._receive(event)

        self._lane.submit(self._make_job(record, examination), receive)

    def _receive(self, event: object) -> None:
        if isinstance(event, Details):
            self._details = event
        elif isinstance(event, Failed):
            self._message = event.message
        else:
            return
        self.changed.emit()
