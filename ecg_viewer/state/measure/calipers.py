"""Calipers of one recording, in seconds and millivolts, and how their handles move."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from ecg_viewer.state.signal import Signal


class CaliperKind(Enum):
    """What a caliper spans."""

    TIME = "time"
    AMPLITUDE = "amplitude"
    BOTH = "time and amplitude"
    ANGLE = "angle"


class Handle(Enum):
    """The part of a caliper that moves."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    """The end of an angle's other arm."""
    WHOLE = "whole"


@dataclass(frozen=True)
class Caliper:
    """One caliper; the second handle may lie before or below the first.

    Of an angle the first handle is the apex, the second and the third are the ends of its arms.
    """

    number: int
    """Counted from 1 in a recording; never used again."""
    kind: CaliperKind
    lead: str
    """Where it was placed. Times hold for all leads, amplitudes for this one."""
    first_s: float
    second_s: float
    first_mv: float = 0.0
    second_mv: float = 0.0
    marches: bool = False
    """Whether equidistant marks repeat the interval through the recording."""
    third_s: float = 0.0
    third_mv: float = 0.0
    """Of an angle only."""

    @property
    def is_angle(self) -> bool:
        return self.kind is CaliperKind.ANGLE

    @property
    def spans_time(self) -> bool:
        """Whether it measures an interval, which holds for all leads."""
        return self.kind in (CaliperKind.TIME, CaliperKind.BOTH)

    @property
    def spans_amplitude(self) -> bool:
        """Whether it measures a difference of its lead."""
        return self.kind in (CaliperKind.AMPLITUDE, CaliperKind.BOTH)

    @property
    def handles(self) -> tuple[Handle, ...]:
        """In the order in which keys walk through them."""
        third = (Handle.THIRD,) if self.is_angle else ()
        return (Handle.FIRST, Handle.SECOND, *third, Handle.WHOLE)

    @property
    def start_s(self) -> float:
        return min(self._times)

    @property
    def end_s(self) -> float:
        return max(self._times)

    @property
    def _times(self) -> tuple[float, ...]:
        return (self.first_s, self.second_s, self.third_s) if self.is_angle else (self.first_s, self.second_s)

    def at(self, handle: Handle) -> tuple[float, float]:
        """Time and amplitude of an end; of the whole caliper those of its first one."""
        if handle is Handle.SECOND:
            return self.second_s, self.second_mv
        return (self.third_s, self.third_mv) if handle is Handle.THIRD else (self.first_s, self.first_mv)

    @property
    def interval_ms(self) -> float:
        """Length in milliseconds, never negative."""
        return 1000 * (self.end_s - self.start_s)

    @property
    def rate_bpm(self) -> float | None:
        """Beats per minute if the interval is one beat; None below 20 ms."""
        return 60_000 / self.interval_ms if self.interval_ms >= 20 else None

    @property
    def difference_uv(self) -> float:
        """Second minus first handle in microvolts."""
        return 1000 * (self.second_mv - self.first_mv)

    def marks(self, start_s: float, end_s: float) -> tuple[float, ...]:
        """Times of the march within a stretch, both handles' own times included; empty below 20 ms."""
        step = self.end_s - self.start_s
        if not self.marches or not self.spans_time or step < 0.02 or end_s < start_s:
            return ()
        first = math.ceil((start_s - self.start_s) / step - 1e-9)
        last = math.floor((end_s - self.start_s) / step + 1e-9)
        return tuple(self.start_s + number * step for number in range(first, last + 1))

    def moved(self, handle: Handle, seconds: float, millivolts: float, duration_s: float) -> Caliper:
        """With a handle moved by a difference. Times stay within 0 and `duration_s`."""
        if handle is Handle.WHOLE:
            seconds = min(max(seconds, -self.start_s), duration_s - self.end_s)
        whole = handle is Handle.WHOLE  # then also its position on the paper, which measures nothing
        first, second, third = (whole or handle is end for end in (Handle.FIRST, Handle.SECOND, Handle.THIRD))
        times, volts = self.spans_time or self.is_angle or whole, self.spans_amplitude or self.is_angle or whole
        return replace(
            self,
            first_s=_within(self.first_s + seconds * (first and times), duration_s),
            second_s=_within(self.second_s + seconds * (second and times), duration_s),
            third_s=_within(self.third_s + seconds * (third and times), duration_s),
            first_mv=self.first_mv + millivolts * (first and volts),
            second_mv=self.second_mv + millivolts * (second and volts),
            third_mv=self.third_mv + millivolts * (third and volts),
        )

    def mirrored(self, duration_s: float) -> Caliper:
        """An angle whose other arm is the mirror image of the first, as while it is being drawn."""
        return replace(self, third_s=_within(2 * self.first_s - self.second_s, duration_s), third_mv=self.second_mv)

    def put(self, handle: Handle, time_s: float, millivolts: float, duration_s: float) -> Caliper:
        """With one end put at a time and an amplitude; what the kind does not span stays."""
        if handle is Handle.WHOLE:
            raise ValueError("a whole caliper is moved, not put")
        at_s, at_mv = self.at(handle)
        return self.moved(handle, time_s - at_s, millivolts - at_mv, duration_s)


@dataclass(frozen=True)
class CaliperState:
    """The state that undo restores."""

    calipers: tuple[Caliper, ...] = ()
    selected: int | None = None
    """Number of the caliper that keys move."""
    handle: Handle = Handle.SECOND


class Calipers:
    """The calipers of the open recording. `edited` carries the state before and after each finished change."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal()
        self.edited: Signal[CaliperState, CaliperState] = Signal()
        """Not emitted while a handle is dragged, by `restore` and by `reset`."""
        self._state = CaliperState()
        self._before_drag: CaliperState | None = None
        self._duration_s = 0.0
        self._next_number = 1

    @property
    def state(self) -> CaliperState:
        return self._state

    @property
    def all(self) -> tuple[Caliper, ...]:
        return self._state.calipers

    @property
    def selected(self) -> Caliper | None:
        """The caliper that keys move and the table describes."""
        return next((caliper for caliper in self.all if caliper.number == self._state.selected), None)

    @property
    def handle(self) -> Handle:
        """The handle of the selected caliper that keys move."""
        return self._state.handle

    @property
    def is_dragging(self) -> bool:
        return self._before_drag is not None

    def reset(self, duration_s: float) -> None:
        """Remove all calipers, as another recording is open."""
        self._duration_s = duration_s
        self._next_number = 1
        self._before_drag = None
        self._set(CaliperState())

    def load(self, calipers: tuple[Caliper, ...]) -> None:
        """Show calipers that were kept, as another recording is open; their numbers are not used again."""
        self._next_number = max((caliper.number for caliper in calipers), default=0) + 1
        self._before_drag = None
        self._set(CaliperState(calipers, calipers[-1].number if calipers else None))

    def restore(self, state: CaliperState) -> None:
        """Go back (or forward again) to a state that was there before."""
        self._before_drag = None
        self._set(state)

    def place(self, kind: CaliperKind, lead: str, time_s: float, millivolts: float) -> Caliper:
        """Begin a new caliper with both ends at one point; it is selected and its second end is being dragged."""
        at_s = _within(time_s, self._duration_s)
        caliper = Caliper(self._next_number, kind, lead, at_s, at_s, millivolts, millivolts)
        if caliper.is_angle:
            caliper = caliper.mirrored(self._duration_s)
        self._next_number += 1
        self._before_drag = self._state
        self._set(CaliperState((*self.all, caliper), caliper.number, Handle.SECOND))
        return caliper

    def add(self, caliper: Caliper) -> Caliper:
        """A complete caliper, under a number of its own; it is selected."""
        added = replace(caliper, number=self._next_number)
        self._next_number += 1
        self._edit(CaliperState((*self.all, added), added.number, Handle.SECOND))
        return added

    def grab(self, number: int, handle: Handle) -> None:
        """Select a caliper and begin to drag one of its handles. Raises KeyError."""
        self._require(number)
        self._before_drag = self._state
        self._set(CaliperState(self.all, number, handle))

    def drag_to(self, time_s: float, millivolts: float) -> None:
        """Put the dragged end there; without a drag nothing happens."""
        caliper = self.selected
        if self.is_dragging and caliper is not None and self.handle is not Handle.WHOLE:
            moved = caliper.put(self.handle, time_s, millivolts, self._duration_s)
            is_new = self._before_drag is not None and all(
                known.number != caliper.number for known in self._before_drag.calipers)
            self._replace(moved.mirrored(self._duration_s) if moved.is_angle and is_new else moved)

    def drag_by(self, seconds: float, millivolts: float) -> None:
        """Move the dragged caliper as a whole."""
        caliper = self.selected
        if self.is_dragging and caliper is not None and self.handle is Handle.WHOLE:
            self._replace(caliper.moved(Handle.WHOLE, seconds, millivolts, self._duration_s))

    def drop(self, smallest: Callable[[Caliper], bool] | None = None) -> None:
        """End a drag; a caliper for which `smallest` is true was a mere click and goes away again."""
        before, caliper = self._before_drag, self.selected
        if before is None:
            return
        if caliper is not None and smallest is not None and smallest(caliper):
            self.restore(before)
            return
        self._before_drag = None
        if before.calipers != self.all:
            self.edited.emit(before, self._state)

    def cancel_drag(self) -> None:
        """Everything as it was before the drag began."""
        if self._before_drag is not None:
            self.restore(self._before_drag)

    def select(self, number: int, handle: Handle = Handle.SECOND) -> None:
        """Choose what keys move. Raises KeyError."""
        self._require(number)
        self._set(CaliperState(self.all, number, handle))

    def step_handle(self, steps: int = 1) -> None:
        """The next handle of the selected caliper, after its last one the first of the next caliper."""
        if not self.all:
            return
        places = [(caliper.number, handle) for caliper in self.all for handle in caliper.handles]
        here = (self._state.selected, self.handle)
        number, handle = places[(places.index(here) + steps) % len(places) if here in places else 0]
        self._set(CaliperState(self.all, number, handle))

    def nudge(self, seconds: float, millivolts: float) -> None:
        """Move the chosen handle of the selected caliper by a little."""
        caliper = self.selected
        if caliper is not None:
            self._edit_one(caliper.moved(self.handle, seconds, millivolts, self._duration_s))

    def toggle_march(self) -> None:
        """Switch the march of the selected caliper on or off."""
        caliper = self.selected
        if caliper is not None and caliper.spans_time:
            self._edit_one(replace(caliper, marches=not caliper.marches))

    def remove_selected(self) -> None:
        """Remove the selected caliper and select the previous one."""
        rest = tuple(caliper for caliper in self.all if caliper.number != self._state.selected)
        if len(rest) < len(self.all):
            self._edit(CaliperState(rest, rest[-1].number if rest else None, Handle.SECOND))

    def clear(self) -> None:
        """Remove all calipers."""
        if self.all:
            self._edit(CaliperState())

    def _require(self, number: int) -> None:
        if all(caliper.number != number for caliper in self.all):
            raise KeyError(number)

    def _edit_one(self, caliper: Caliper) -> None:
        before = self._state
        self._replace(caliper)
        if before != self._state and not self.is_dragging:
            self.edited.emit(before, self._state)

    def _edit(self, state: CaliperState) -> None:
        before = self._state
        self._before_drag = None
        self._set(state)
        self.edited.emit(before, state)

    def _replace(self, caliper: Caliper) -> None:
        changed = tuple(caliper if known.number == caliper.number else known for known in self.all)
        self._set(replace(self._state, calipers=changed))

    def _set(self, state: CaliperState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()


def _within(time_s: float, duration_s: float) -> float:
    return min(max(time_s, 0.0), duration_s)
