"""What if ST, T or Q were otherwise? Amounts drawn by hand, and what model and measurements make of them.

Nothing of it is the recording: the session, its heat, the journal and every export know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.job_protocols import Failed, Finished, Job, Lane, Stopped, Ticket
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from mmae_core.intervals.results import Examination
from mmae_core.record import STANDARD_LEADS, EcgRecord

if TYPE_CHECKING:
    from mmae_core.departures.beat_values import BeatBounds
    from mmae_core.synthesis.beat_changes import BeatChange, ChangedWave

LARGEST_MV: Mapping[str, float] = {"ST": 1.0, "T": 2.0, "Q": 1.5}
"""More than this is not drawn."""
FIRST_LEADS = ("V2", "V3", "V4")


@dataclass(frozen=True)
class Judged:
    """What model and measurements say of the beats, changed or not."""

    percentile: float
    """Of the strongest 10-s window among normal ECGs, 0..100; NaN without."""
    facts: Mapping[str, str]
    """By key, the titles of the facts of named departures, strongest first."""
    codes: NDArray[np.uint8]
    """(12, columns) heat of the average beat, as `beat_heat`."""


@dataclass(frozen=True)
class BothJudged:
    """Before and after a change."""

    before: Judged
    after: Judged


MakeJob = Callable[[str | None, EcgRecord, Examination, "tuple[BeatChange, ...]"], Job]


class WhatIf:
    """Amounts in mV for each wave in some leads; judged again, the latest alone, whenever `judge` is called."""

    def __init__(self, session: Session, intervals: IntervalTracker, lane: Lane, make_job: MakeJob) -> None:
        """`make_job` is given the model's key, the recording, what was measured and the changes; sends `BothJudged`."""
        self.changed: Signal[()] = Signal()
        self._session, self._intervals, self._lane, self._make_job = session, intervals, lane, make_job
        self._is_on = False
        self._leads: tuple[str, ...] = FIRST_LEADS
        self._mv: dict[str, float] = dict.fromkeys(LARGEST_MV, 0.0)
        self._found: BothJudged | None = None
        self._judged: tuple[BeatChange, ...] | None = None
        """The changes that `found` is of."""
        self._message = ""
        self._ticket: Ticket | None = None
        self._generation = 0
        session.record_changed.connect(self.reset)
        session.models.chosen.connect(self._forget)
        intervals.changed.connect(self._follow)
        self._of: Examination | None = None
        self._bounds: tuple[Examination | None, BeatBounds | None] | None = None

    @property
    def is_on(self) -> bool:
        """Whether the reader is drawing."""
        return self._is_on

    @property
    def leads(self) -> tuple[str, ...]:
        """The leads that are drawn into."""
        return self._leads

    @property
    def found(self) -> BothJudged | None:
        """Before and after; None until it is known of the changes as they are."""
        return self._found if self._judged == self.changes else None

    @property
    def is_running(self) -> bool:
        return self._ticket is not None

    @property
    def message(self) -> str:
        """Why there is no answer, if there is none."""
        return self._message

    @property
    def is_changed(self) -> bool:
        """Whether anything is drawn."""
        return any(self._mv.values())

    def mv(self, wave: ChangedWave | str) -> float:
        """What is added to a wave; a deeper Q is positive here."""
        return self._mv[wave]

    @property
    def changes(self) -> tuple[BeatChange, ...]:
        """As drawn."""
        from mmae_core.synthesis.beat_changes import CHANGED_WAVES, BeatChange

        return tuple(BeatChange(wave, -self._mv[wave] if wave == "Q" else self._mv[wave], self._leads)
                     for wave in CHANGED_WAVES if self._mv[wave] and self._leads)

    def drawn_mv(self, times_s: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """(12, times) what is added to the average beat, in seconds from the R-peak; None where nothing can be."""
        from mmae_core.errors import ConfigError
        from mmae_core.synthesis.beat_changes import beat_change_mv

        bounds = self.bounds
        if bounds is None:
            return None
        try:
            return beat_change_mv(self.changes, bounds, times_s)
        except ConfigError:  # limb leads that look from opposite sides: said when it is judged
            return np.zeros((len(STANDARD_LEADS), len(times_s)))

    @property
    def bounds(self) -> BeatBounds | None:
        """Where the waves of the average beat are; None without."""
        from mmae_core.departures.measurements import measure

        examination = self._intervals.examination
        if self._bounds is None or self._bounds[0] is not examination:
            self._bounds = examination, None if examination is None else measure(examination).bounds
        return self._bounds[1]

    def changes_lead(self, lead: str) -> bool:
        """Whether a lead is drawn into, or changes with another limb lead."""
        limb = STANDARD_LEADS[:6]
        return self.is_changed and (lead in self._leads or (lead in limb and any(one in limb for one in self._leads)))

    def set_on(self, on: bool) -> None:
        """Begin or end drawing; at the end nothing stays drawn."""
        if on != self._is_on:
            self._is_on = on
            self.reset()

    def set_mv(self, wave: ChangedWave | str, mv: float) -> None:
        """Draw another amount, kept within `LARGEST_MV`, in steps of 0.01 mV."""
        largest = LARGEST_MV[wave]
        least = 0.0 if wave == "Q" else -largest
        value = round(min(max(mv, least), largest), 2)
        if value != self._mv[wave]:
            self._mv[wave] = value
            self.changed.emit()

    def set_leads(self, leads: tuple[str, ...]) -> None:
        """Draw into other leads; a limb lead's change appears in the other limb leads as its projection."""
        ordered = tuple(lead for lead in STANDARD_LEADS if lead in leads)
        if ordered != self._leads:
            self._leads = ordered
            self.changed.emit()

    def reset(self) -> None:
        """Draw nothing."""
        self._mv = dict.fromkeys(LARGEST_MV, 0.0)
        self._forget()

    def judge(self) -> None:
        """Have the changes judged as they are, unless that is done; what runs is overtaken."""
        record, examination = self._session.record, self._intervals.examination
        changes = self.changes
        if not self._is_on or record is None or examination is None or changes == self._judged:
            return
        self._stop()
        self._judged, self._found, self._message, self._of = changes, None, "", examination
        generation = self._generation

        def receive(event: object) -> None:
            if generation == self._generation:
                self._receive(event)

        current = self._session.models.current
        key = None if current is None else current.key
        self._ticket = self._lane.submit(self._make_job(key, record, examination, changes), receive)
        self.changed.emit()

    def _receive(self, event: object) -> None:
        if isinstance(event, BothJudged):
            self._found = event
        elif isinstance(event, Failed):
            self._message = event.message
        if isinstance(event, Finished | Stopped | Failed):
            self._ticket = None
        self.changed.emit()

    def _follow(self) -> None:
        if self._of is not None and self._of is not self._intervals.examination:
            self.reset()

    def _stop(self) -> None:
        self._generation += 1
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _forget(self) -> None:
        self._stop()
        self._judged = self._found = self._of = None
        self._message = ""
        self.changed.emit()
