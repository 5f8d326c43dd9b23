"""The analysis of the open long recording: when it runs, how far it is, what it found, by which limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ecg_viewer.state.job_protocols import Failed, Finished, Job, Lane, Stopped, Ticket
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import duration_text
from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import Holter
from mmae_core.record import EcgRecord

LEAST_S = 60.0
"""Shorter recordings have no course over time: `mmae_core.holter.analyse.MIN_DURATION_S`, which costs SciPy to ask."""

MakeJob = Callable[[EcgRecord, HolterLimits], Job]


@dataclass(frozen=True)
class HolterPart:
    """What was found so far."""

    found: Holter


class HolterBoard:
    """Holds one analysis. It runs when it is asked for, and is forgotten with the recording."""

    def __init__(self, session: Session, lane: Lane, make_job: MakeJob, with_limits: Callable[
            [Holter, HolterLimits], Holter]) -> None:
        self.changed: Signal[()] = Signal()
        """Something new was found, or the analysis began, ended or failed."""
        self.limits = HolterLimits()
        self._session, self._lane, self._make_job, self._with_limits = session, lane, make_job, with_limits
        self._found: Holter | None = None
        self._ticket: Ticket | None = None
        self._is_stopped = False
        self._problem = ""
        session.record_changed.connect(self._forget)

    @property
    def found(self) -> Holter | None:
        """What there is so far; None before the first part."""
        return self._found

    @property
    def is_running(self) -> bool:
        return self._ticket is not None

    @property
    def is_stopped(self) -> bool:
        """Whether the reader stopped it before its end."""
        return self._is_stopped

    @property
    def problem(self) -> str:
        """Why there is nothing, or nothing more; empty if there is no problem."""
        return self._problem

    @property
    def share(self) -> float:
        """0..1 of the recording that is analysed."""
        return 0.0 if self._found is None else self._found.analysed_s / max(self._found.duration_s, 1e-9)

    def refusal(self) -> str:
        """Why the open recording is not looked at as a long one; empty if it can be."""
        record = self._session.record
        if record is None:
            return tr("No recording is open.")
        if record.duration_s < LEAST_S:
            return tr("This recording lasts {duration}. Trends, episodes and the page of 60 s a line are made of "
                      "recordings from {least} s on.").format(duration=duration_text(record.duration_s),
                                                              least=f"{LEAST_S:g}")
        return ""

    def start(self) -> None:
        """Analyse the open recording from its beginning, unless that runs already or cannot be."""
        record = self._session.record
        if record is None or self.refusal() or self.is_running:
            return
        self._found, self._problem, self._is_stopped = None, "", False

        def receive(event: object) -> None:
            if record is not self._session.record:
                return
            if isinstance(event, HolterPart):
                self._found = event.found
            elif isinstance(event, Failed):
                self._problem = event.message
            if isinstance(event, Finished | Stopped | Failed):
                self._ticket = None
            self.changed.emit()

        self._ticket = self._lane.submit(self._make_job(record, self.limits), receive)
        self.changed.emit()

    def stop(self) -> None:
        """End the analysis; what was found stays."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._is_stopped = True

    def set_limits(self, limits: HolterLimits) -> None:
        """List episodes by other limits; nothing is read again. A running analysis is begun anew."""
        if limits == self.limits:
            return
        self.limits = limits
        if self.is_running:
            self._ticket = None  # the new request takes the place of the one that runs
            self.start()
            return
        if self._found is not None:
            self._found = self._with_limits(self._found, limits)
        self.changed.emit()

    def _forget(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._found, self._problem, self._is_stopped = None, None, "", False
        self.changed.emit()
