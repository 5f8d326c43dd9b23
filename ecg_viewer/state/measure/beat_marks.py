"""What a reader marks on the average beat: a caliper, and fiducials moved from where the program found them.

The reader's fiducials are kept while the same stretch is shown, and nowhere else: intervals of the window, exports and
findings stay the program's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from ecg_viewer.state.measure.caliper_readings import Samples, amplitude_text
from ecg_viewer.state.measure.calipers import Caliper, CaliperKind, Calipers, CaliperState, Handle
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import whole
from mmae_core.intervals.results import Examination, WaveBounds

if TYPE_CHECKING:
    from mmae_core.intervals.beat_results import AverageBeat

Tool = Literal["none", "caliper", "fiducials"]
FIDUCIALS = ("p_on", "p_end", "qrs_on", "qrs_end", "t_end")
"""Those that intervals begin or end with, in the order of time."""
LETTERS = {"p_on": "P", "p_end": "p", "qrs_on": "Q", "qrs_end": "J", "t_end": "T"}
NEIGHBOUR_S = 0.004
"""A fiducial is moved no nearer to the one beside it than this."""
INTERVALS = (("P", "p_on", "p_end"), ("PR", "p_on", "qrs_on"), ("QRS", "qrs_on", "qrs_end"), ("QT", "qrs_on", "t_end"))
"""Name, first and last fiducial."""


@dataclass(frozen=True)
class MarkedInterval:
    """One interval between two fiducials, in ms."""

    name: str
    shown_ms: float | None
    """By the fiducials as they stand; None where one is missing."""
    program_ms: float | None
    """By those that the program found."""
    is_readers: bool
    """Whether the reader has moved one of them."""

    @property
    def text(self) -> str:
        """`PR 168 ms (yours; program 182)`."""
        if self.shown_ms is None:
            return tr("{name} –").format(name=self.name)
        n = whole(self.shown_ms)
        if not self.is_readers:
            return tr("{name} {n} ms").format(name=self.name, n=n)
        if self.program_ms is None:
            return tr("{name} {n} ms (yours; program none)").format(name=self.name, n=n)
        return tr("{name} {n} ms (yours; program {program})").format(
            name=self.name, n=n, program=whole(self.program_ms))


@dataclass(frozen=True)
class _Step:
    """What can be taken back."""

    own: Mapping[str, float]
    calipers: CaliperState


class BeatMarks:
    """Caliper and fiducials of the average beat that is shown; another stretch begins without marks.

    Times are seconds from the R-peak; those of `calipers` are from the beginning of the beat, so that none is negative.
    """

    def __init__(self, tracker: IntervalTracker) -> None:
        self.changed: Signal[()] = Signal()
        self.calipers = Calipers()
        self._tracker = tracker
        self._examination: Examination | None = None
        self._own: Mapping[str, float] = MappingProxyType({})
        self._before_drag: Mapping[str, float] | None = None
        self._chosen = "qrs_on"
        self._tool: Tool = "none"
        self._shows = False
        self._steps: list[_Step] = []
        tracker.changed.connect(self._follow)
        self.calipers.changed.connect(self._announce)
        self.calipers.edited.connect(self._remember_caliper)

    @property
    def tool(self) -> Tool:
        """What the mouse does on the papers."""
        return self._tool

    @property
    def shows_fiducials(self) -> bool:
        """Whether fiducials are drawn: on request, and always while they can be moved."""
        return self._shows or self._tool == "fiducials"

    @property
    def chosen(self) -> str:
        """The fiducial that the arrow keys move."""
        return self._chosen

    @property
    def average(self) -> AverageBeat | None:
        return self._tracker.average

    @property
    def first_s(self) -> float:
        """Where the beat begins, from its R-peak: zero of the calipers' times."""
        return 0.0 if self.average is None else float(self.average.times_s[0])

    @property
    def last_s(self) -> float:
        """Where the beat ends."""
        return 0.0 if self.average is None else float(self.average.times_s[-1])

    @property
    def sample_s(self) -> float:
        """One sample of the average beat."""
        return 0.002 if self.average is None else 1.0 / self.average.rate_hz

    @property
    def program(self) -> Mapping[str, float]:
        """Fiducials that the program found in all leads together, by name; those it refused are missing."""
        examination = self._tracker.examination
        bounds = None if examination is None else examination.bounds
        return _times(bounds)

    @property
    def own(self) -> Mapping[str, float]:
        """Those that the reader has moved."""
        return self._own

    @property
    def fiducials(self) -> dict[str, float]:
        """All as they stand, in the order of time."""
        known = {**self.program, **self._own}
        return {name: known[name] for name in FIDUCIALS if name in known}

    @property
    def intervals(self) -> tuple[MarkedInterval, ...]:
        """P, PR, QRS and QT by the fiducials as they stand."""
        shown, program = self.fiducials, self.program
        return tuple(
            MarkedInterval(name, _span_ms(shown, first, last), _span_ms(program, first, last),
                           first in self._own or last in self._own)
            for name, first, last in INTERVALS
        )

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def set_tool(self, tool: Tool) -> None:
        """Choose what the mouse does."""
        if tool != self._tool:
            self.calipers.cancel_drag()
            self._tool = tool
            self.changed.emit()

    def set_shows_fiducials(self, shown: bool) -> None:
        """Show or hide the fiducials."""
        if shown != self._shows:
            self._shows = shown
            self.changed.emit()

    def samples(self, lead: str, start_s: float, end_s: float) -> Samples | None:
        """Times, from the beginning of the beat, and the average's mV of a lead; None where it has no signal."""
        average, measured = self.average, self._tracker.measurements
        if average is None or measured is None or lead not in measured.leads:
            return None
        times = average.times_s - average.times_s[0]
        inside = (times >= start_s) & (times <= end_s)
        return times[inside], np.asarray(average.mv[measured.leads.index(lead)])[inside]

    # Caliper

    def begin_caliper(self, lead: str, time_s: float, millivolts: float) -> None:
        """Begin the caliper anew at a point; there is one, so that its table is never in doubt."""
        self.calipers.restore(CaliperState())
        self.calipers.place(CaliperKind.BOTH, lead, time_s - self.first_s, millivolts)

    def drag_caliper(self, time_s: float, millivolts: float) -> None:
        """Pull the grabbed handle there."""
        self.calipers.drag_to(time_s - self.first_s, millivolts)

    # Fiducials

    def choose(self, name: str) -> None:
        """Choose the fiducial that the arrow keys move. Raises KeyError for an unknown one."""
        if name not in FIDUCIALS:
            raise KeyError(name)
        if name != self._chosen:
            self._chosen = name
            self.changed.emit()

    def step_fiducial(self, steps: int = 1) -> None:
        """Choose the next fiducial, or the one before; one that the program did not find, too."""
        self.choose(FIDUCIALS[(FIDUCIALS.index(self._chosen) + steps) % len(FIDUCIALS)])

    def grab_fiducial(self, name: str) -> None:
        """Choose a fiducial and begin to drag it."""
        self.choose(name)
        self._before_drag = self._own

    def drag_fiducial(self, time_s: float) -> None:
        """Pull the grabbed fiducial there, never past its neighbours."""
        if self._before_drag is not None:
            self._own = self._moved(time_s)
            self.changed.emit()

    def drop_fiducial(self) -> None:
        """End the drag."""
        before, self._before_drag = self._before_drag, None
        if before is not None and before != self._own:
            self._steps.append(_Step(before, self.calipers.state))
            self.changed.emit()

    def move_fiducial(self, seconds: float) -> None:
        """Move the chosen fiducial; one that is missing appears between its neighbours."""
        here = self.fiducials.get(self._chosen)
        self._put(self._moved(self._usual_place() if here is None else here + seconds))

    def give_back(self) -> None:
        """Put the chosen fiducial back where the program found it."""
        self._put({name: time_s for name, time_s in self._own.items() if name != self._chosen})

    def reset(self) -> None:
        """Take all marks away."""
        if self._own or self.calipers.all:
            self._steps.append(_Step(self._own, self.calipers.state))
            self._own = MappingProxyType({})
            self.calipers.restore(CaliperState())
            self.changed.emit()

    def undo(self) -> None:
        """Take the last step back."""
        if self._steps:
            step = self._steps.pop()
            self._own = step.own
            self.calipers.restore(step.calipers)
            self.changed.emit()

    def _put(self, own: Mapping[str, float]) -> None:
        if own != self._own:
            self._steps.append(_Step(self._own, self.calipers.state))
            self._own = MappingProxyType(dict(own))
            self.changed.emit()

    def _moved(self, time_s: float) -> Mapping[str, float]:
        place = FIDUCIALS.index(self._chosen)
        known = self.fiducials
        before = [known[name] for name in FIDUCIALS[:place] if name in known]
        after = [known[name] for name in FIDUCIALS[place + 1:] if name in known]
        low = max(before, default=self.first_s - NEIGHBOUR_S) + NEIGHBOUR_S
        high = min(after, default=self.last_s + NEIGHBOUR_S) - NEIGHBOUR_S
        steps = round(min(max(time_s, low), high) / self.sample_s)
        return MappingProxyType({**self._own, self._chosen: steps * self.sample_s})

    def _usual_place(self) -> float:
        place, known = FIDUCIALS.index(self._chosen), self.fiducials
        before = [known[name] for name in FIDUCIALS[:place] if name in known]
        after = [known[name] for name in FIDUCIALS[place + 1:] if name in known]
        return (max(before, default=self.first_s) + min(after, default=self.last_s)) / 2

    def _follow(self) -> None:
        examination = self._tracker.examination
        if examination is self._examination:
            return
        self._examination = examination
        self._own, self._before_drag, self._steps = MappingProxyType({}), None, []
        self.calipers.reset(self.last_s - self.first_s)
        self.changed.emit()

    def _announce(self) -> None:
        self.changed.emit()

    def _remember_caliper(self, before: CaliperState, _after: CaliperState) -> None:
        self._steps.append(_Step(self._own, replace(before, handle=Handle.SECOND)))


def beat_caliper_text(caliper: Caliper, sign: int = 1) -> str:
    """`140 ms · +900 µV`; `sign` is -1 in a lead drawn inverted. A rate would mean nothing within a beat."""
    return " · ".join((tr("{n} ms").format(n=whole(caliper.interval_ms)), amplitude_text(sign * caliper.difference_uv)))


def _times(bounds: WaveBounds | None) -> dict[str, float]:
    found: Sequence[tuple[str, float | None]] = () if bounds is None else [
        (name, getattr(bounds, name)) for name in FIDUCIALS]
    return {name: time_s for name, time_s in found if time_s is not None}


def _span_ms(known: Mapping[str, float], first: str, last: str) -> float | None:
    return None if first not in known or last not in known else 1000.0 * (known[last] - known[first])
