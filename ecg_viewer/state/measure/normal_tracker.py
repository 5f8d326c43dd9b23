"""The normals like the open recording's average beat: requested while its window is open, kept until it is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.job_protocols import Failed, Finished, Job, Lane, Stopped, Ticket
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from mmae_core.intervals.results import Examination
from mmae_core.messages import Message
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.normal_beats import AlignedBeat, NearNormal, NormalBand, OutsideBand


@dataclass(frozen=True)
class AmongNormals:
    """One average beat among the normals."""

    beat: AlignedBeat | None
    """None if there is nothing to compare."""
    band: NormalBand | None
    reason: Message | None
    """Why there is no band."""
    outside: tuple[OutsideBand, ...]
    nearest: tuple[NearNormal, ...]
    times_s: NDArray[np.float64]
    """Of band and nearest, in seconds from the R-peak of this average beat."""
    not_judged: Message | None = None
    """Why ST is not among the values compared; None if it is."""


class NormalTracker:
    """The band of normals behind the average beat, and the normals nearest to it.

    Computed only while `set_wanted` says that somebody looks and the band or the nearest are switched on.
    """

    def __init__(
        self, session: Session, intervals: IntervalTracker, lane: Lane,
        make_job: Callable[[EcgRecord, Examination], Job],
    ) -> None:
        """`make_job` compares an examined stretch of a recording and sends an `AmongNormals`."""
        self.changed: Signal[()] = Signal()
        self._session, self._intervals, self._lane, self._make_job = session, intervals, lane, make_job
        self._found: AmongNormals | None = None
        self._of: Examination | None = None
        """What was asked for last."""
        self._ticket: Ticket | None = None
        self._message = ""
        self._is_wanted = False
        self._shows_band, self._shows_nearest, self._shows_words = True, False, True
        self._chosen = 0
        session.record_changed.connect(self._forget)
        session.view.heat_changed.connect(self._tell)
        intervals.changed.connect(self.refresh)

    @property
    def found(self) -> AmongNormals | None:
        """Of the average beat that is shown; None until it is there."""
        return self._found if self._of is self._intervals.examination else None

    @property
    def is_running(self) -> bool:
        return self._ticket is not None

    @property
    def message(self) -> str:
        """Why the comparison failed; empty if it did not."""
        return self._message

    @property
    def shows_band(self) -> bool:
        return self._shows_band

    @property
    def shows_nearest(self) -> bool:
        return self._shows_nearest

    @property
    def draws_band(self) -> bool:
        """Whether the band is to be seen: switched on, and the program's marks are not hidden."""
        return self._shows_band and self._session.view.heat_visible

    @property
    def draws_nearest(self) -> bool:
        """Whether the nearest normals are to be seen."""
        return self._shows_nearest and self._session.view.heat_visible

    @property
    def shows_words(self) -> bool:
        """Whether what is drawn is also said beside the beats."""
        return self._shows_words

    @property
    def chosen(self) -> int:
        """Which of the nearest normals is drawn in full, counted from 0."""
        return self._chosen

    def set_wanted(self, wanted: bool) -> None:
        """Somebody looks at the average beat, or no longer."""
        self._is_wanted = wanted
        self.refresh()

    def set_shows_band(self, shown: bool) -> None:
        """Show or hide the band and what lies outside it."""
        self._shows_band = shown
        self._change()

    def set_shows_nearest(self, shown: bool) -> None:
        """Show or hide the nearest normals."""
        self._shows_nearest = shown
        self._change()

    def set_shows_words(self, shown: bool) -> None:
        """Show or hide the words beside the beats."""
        self._shows_words = shown
        self.changed.emit()

    def choose(self, place: int) -> None:
        """Draw another of the nearest normals in full."""
        if place != self._chosen:
            self._chosen = place
            self.changed.emit()

    def refresh(self) -> None:
        """Compare what is shown now, unless that is done, under way or not wanted."""
        record, examination = self._session.record, self._intervals.examination
        if not (self._is_wanted and (self._shows_band or self._shows_nearest)) or record is None:
            return
        if examination is None or examination is self._of:
            return
        self._of, self._found, self._message = examination, None, ""

        def receive(event: object) -> None:
            if examination is self._of:
                self._receive(event)

        self._ticket = self._lane.submit(self._make_job(record, examination), receive)
        self.changed.emit()

    def _receive(self, event: object) -> None:
        if isinstance(event, AmongNormals):
            self._found, self._chosen = event, 0
        elif isinstance(event, Failed):
            self._message = event.message
        if isinstance(event, Finished | Stopped | Failed):
            self._ticket = None
        self.changed.emit()

    def _change(self) -> None:
        self.refresh()
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _forget(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._of = self._found = self._ticket = None
        self._message = ""
        self.changed.emit()
