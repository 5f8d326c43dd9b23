"""Playback in the window: the key, the speeds, and the timer that asks for frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from ecg_viewer.qt.actions import ActionSpec
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


def _speed_spec(speed: float) -> ActionSpec:
    return ActionSpec(speed_id(speed), MENU, _TITLES[speed], (), translatable("Seconds of the recording in a second."),
                      do=lambda self: self.state.set_speed(speed), checked=lambda self: self.state.speed == speed,
                      separate=speed == SPEEDS[0], group="playback speed")


def _can_play(feature: PlaybackFeature) -> bool:
    """Not everything is on the paper at once."""
    return feature.state.is_possible


class PlaybackFeature(Feature):
    """Lets the paper run."""

    menu_place = 100
    actions = (
        ActionSpec("play", MENU, translatable("Play or pause"), ("P",),
                   translatable("Let the paper run in real time, or stand still; it stops at the end."),
                   do=lambda self: self.state.toggle(), enabled=_can_play, checked=lambda self: self.state.is_playing),
        ActionSpec("play_faster", MENU, translatable("Play faster"), (".",),
                   translatable("The next higher playback speed."),
                   do=lambda self: self.state.step_speed(1), enabled=_can_play),
        ActionSpec("play_slower", MENU, translatable("Play slower"), (",",),
                   translatable("The next lower playback speed."),
                   do=lambda self: self.state.step_speed(-1), enabled=_can_play),
        *(_speed_spec(speed) for speed in SPEEDS),
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

    def close(self) -> None:
        self._timer.stop()

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
