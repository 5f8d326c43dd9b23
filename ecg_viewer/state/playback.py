"""Plays a recording: scrolls the paper by the clock, in real time or a multiple of it."""

from __future__ import annotations

import time
from collections.abc import Callable

from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import ViewState

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Multiples of real time."""


class Playback:
    """Scrolls a view. The caller calls `advance` once per frame; the position depends on the clock alone, so that slow
    frames are skipped and the paper is never late.
    """

    def __init__(self, view: ViewState, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns monotonic seconds."""
        self.changed: Signal[()] = Signal()
        """It started, stopped, or has another speed."""
        self._view = view
        self.clock = clock
        self._speed = 1.0
        self._is_playing = False
        self._since = 0.0
        self._from_s = 0.0
        self._shown_s = 0.0
        view.record_changed.connect(self.pause)

    @property
    def is_playing(self) -> bool:
        return self._is_playing

    @property
    def speed(self) -> float:
        """1 is real time."""
        return self._speed

    @property
    def is_possible(self) -> bool:
        """Whether there is more of a recording than the paper shows at once."""
        return self._view.last_start_s > 0

    def toggle(self) -> None:
        """Pause or play; from the beginning if the end is on the paper."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Start, if there is anything to scroll."""
        if self._is_playing or not self.is_possible:
            return
        if self._view.start_s >= self._view.last_start_s:
            self._view.scroll_to(0.0)
        self._is_playing = True
        self._start_from_here()
        self.changed.emit()

    def pause(self) -> None:
        """Stop scrolling, stay there."""
        if self._is_playing:
            self._is_playing = False
            self.changed.emit()

    def set_speed(self, speed: float) -> None:
        """Another multiple of real time, one of `SPEEDS`. Raises ValueError for any other."""
        if speed not in SPEEDS:
            raise ValueError(f"the playback speed must be one of {SPEEDS}; found {speed:g}")
        if speed != self._speed:
            self._start_from_here()
            self._speed = speed
            self.changed.emit()

    def step_speed(self, steps: int) -> None:
        """Go `steps` speeds faster, or slower if negative; the ends stay."""
        index = min(max(SPEEDS.index(self._speed) + steps, 0), len(SPEEDS) - 1)
        self.set_speed(SPEEDS[index])

    def advance(self) -> None:
        """Scroll to the current position; stop at the end. If the reader has scrolled, go on from there."""
        if not self._is_playing:
            return
        if self._view.start_s != self._shown_s:
            self._start_from_here()
        self._view.scroll_to(self._from_s + (self.clock() - self._since) * self._speed)
        self._shown_s = self._view.start_s
        if self._shown_s >= self._view.last_start_s:
            self.pause()

    def _start_from_here(self) -> None:
        self._since = self.clock()
        self._from_s = self._shown_s = self._view.start_s
