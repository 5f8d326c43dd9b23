"""Playback in the window: the key, the speeds, and the timer that asks for frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from ecg_viewer.qt.actions import ActionSpec, Needs
from ecg_viewer.qt.feature import Feature
from ecg_viewer.state.playback import SPEEDS, Playback
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

FRAME_MS = 15
MENU = "View/Playback"
_TITLES = {
    0.5: translatable("Half real time"),
    1.0: translatable("Real time"),
    2.0: translatable("2 × real time"),
    4.0: translatable("4 × real time"),
    8.0: translatable("8 × real time"),
}


def speed_id(speed: float) -> str:
    """The id of the action that chooses a speed: `play_at_0_5`."""
    return f"play_at_{speed:g}".replace(".", "_")


class PlaybackFeature(Feature):
    """Lets the paper run."""

    menu_place = 100
    actions = (
        ActionSpec("play", MENU, translatable("Play or pause"), ("P",),
                   translatable("Let the paper run in real time, or stand still; it stops at the end."),
                   Needs.LONG_RECORD,
                   checkable=True),
        ActionSpec("play_faster", MENU, translatable("Play faster"), (".",),
                   translatable("The next higher playback speed."),
                   Needs.LONG_RECORD),
        ActionSpec("play_slower", MENU, translatable("Play slower"), (",",),
                   translatable("The next lower playback speed."),
                   Needs.LONG_RECORD),
        *(ActionSpec(speed_id(speed), MENU, _TITLES[speed], (), translatable("Seconds of the recording in a second."),
                     checkable=True, separate=speed == SPEEDS[0], group="playback speed") for speed in SPEEDS),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.state = Playback(window.session.view)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.state.advance)
        self._was_possible = False
        self.state.changed.connect(self._follow)
        window.session.view.range_changed.connect(self._show_possible)
        window.session.view.calibration_changed.connect(self._show_possible)
        window.session.record_changed.connect(self._show_possible)

    def handlers(self) -> dict[str, Callable[[], object]]:
        speeds = {speed_id(speed): self._at(speed) for speed in SPEEDS}
        return speeds | {
            "play": self.state.toggle,
            "play_faster": lambda: self.state.step_speed(1),
            "play_slower": lambda: self.state.step_speed(-1),
        }

    def available(self) -> frozenset[Needs]:
        return frozenset({Needs.LONG_RECORD}) if self.state.is_possible else frozenset()

    def checked(self) -> dict[str, bool]:
        speeds = {speed_id(speed): speed == self.state.speed for speed in SPEEDS}
        return speeds | {"play": self.state.is_playing}

    def close(self) -> None:
        self._timer.stop()

    def _at(self, speed: float) -> Callable[[], object]:
        return lambda: self.state.set_speed(speed)

    def _follow(self) -> None:
        if self.state.is_playing:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()

    def _show_possible(self) -> None:
        """A window that was widened may show all there is."""
        if self.state.is_possible != self._was_possible:
            self._was_possible = self.state.is_possible
            self.changed.emit()
