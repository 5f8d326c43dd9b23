"""Whether times are shown as times of day, and which those are in the open recording."""

from __future__ import annotations

from collections.abc import Callable

from ecg_viewer.state.signal import Signal
from mmae_core.clock import Clock
from mmae_core.record import EcgRecord

CLOCK_FROM_S = 60.0
"""In shorter recordings the time of day says nothing that the seconds do not."""


def clock_of(record: EcgRecord) -> Clock | None:
    """The time of day in a recording; None where its file states none, or it is shorter than a minute."""
    return None if record.duration_s < CLOCK_FROM_S else Clock.of(record)


class TimeOfDay:
    """Belongs to a view, whose recording it speaks of."""

    def __init__(self, open_record: Callable[[], EcgRecord | None]) -> None:
        self.changed: Signal[()] = Signal()
        """Times are shown as times of day, or no longer."""
        self._open_record = open_record
        self._is_wanted = True

    @property
    def known(self) -> Clock | None:
        """The time of day in the open recording; None where its file states none, or it is shorter than a minute."""
        record = self._open_record()
        return None if record is None else clock_of(record)

    @property
    def clock(self) -> Clock | None:
        """The same, if times of day are to be shown; None: times from the recording's beginning."""
        return self.known if self._is_wanted else None

    def show(self, wanted: bool) -> None:
        """Show times of day where the file states them, or times from the recording's beginning."""
        if wanted != self._is_wanted:
            self._is_wanted = wanted
            self.changed.emit()
