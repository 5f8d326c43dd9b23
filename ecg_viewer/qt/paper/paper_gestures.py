"""Mouse, wheel and keys on the paper, turned into calls of the view state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from ecg_viewer.qt.paper.paper_places import PaperPlaces
from ecg_viewer.state.view import ViewState

NOTCH = 120
"""What Qt reports for one click of a mouse wheel."""
WINDOWS_PER_NOTCH = 0.1
BEAT_S = 0.8
"""A small step: a beat at 75 a minute."""

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier

KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], tuple[str, Callable[[ViewState], None]]] = {
    (Qt.Key.Key_Right, _NONE): ("A window forward", lambda view: view.scroll_by_windows(1)),
    (Qt.Key.Key_Left, _NONE): ("A window back", lambda view: view.scroll_by_windows(-1)),
    (Qt.Key.Key_Right, _SHIFT): ("One beat forward", lambda view: view.scroll_by(BEAT_S)),
    (Qt.Key.Key_Left, _SHIFT): ("One beat back", lambda view: view.scroll_by(-BEAT_S)),
    (Qt.Key.Key_PageDown, _NONE): ("A window forward", lambda view: view.scroll_by_windows(1)),
    (Qt.Key.Key_PageUp, _NONE): ("A window back", lambda view: view.scroll_by_windows(-1)),
    (Qt.Key.Key_Home, _NONE): ("Beginning of the record", lambda view: view.scroll_to(0)),
    (Qt.Key.Key_End, _NONE): ("End of the record", lambda view: view.scroll_to(view.last_start_s)),
    (Qt.Key.Key_Up, _NONE): ("The lead before, where a single one is shown", lambda view: view.step_single(-1)),
    (Qt.Key.Key_Down, _NONE): ("The lead after, where a single one is shown", lambda view: view.step_single(1)),
    (Qt.Key.Key_Plus, _NONE): ("Faster paper", lambda view: view.step_speed(1, middle_s(view))),
    (Qt.Key.Key_Minus, _NONE): ("Slower paper", lambda view: view.step_speed(-1, middle_s(view))),
    (Qt.Key.Key_BracketRight, _NONE): ("Higher gain", lambda view: view.step_gain(1)),
    (Qt.Key.Key_BracketLeft, _NONE): ("Lower gain", lambda view: view.step_gain(-1)),
}
"""Keys the paper answers to while it has the focus: what the help says, and what happens."""


def middle_s(view: ViewState) -> float:
    """The time in the middle of what is shown of the record."""
    return (view.start_s + min(view.end_s, view.duration_s)) / 2


class PaperGestures:
    """Turns events of one paper into calls of its view state."""

    def __init__(self, paper: PaperPlaces, view: ViewState) -> None:
        self._paper = paper
        self._view = view
        self._grabbed: tuple[float, float] | None = None
        self._notches = 0.0

    @property
    def is_dragging(self) -> bool:
        return self._grabbed is not None

    def press(self, event: QMouseEvent) -> bool:
        """Grab the paper. Returns whether the event was used, as all methods here do."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._grabbed = event.position().x(), self._view.start_s
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Pull the grabbed paper along: what was under the mouse stays under it."""
        if self._grabbed is None:
            return False
        x, start_s = self._grabbed
        self._view.scroll_to(start_s - (event.position().x() - x) / self._paper.px_per_s)
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Let go of the paper."""
        if event.button() != Qt.MouseButton.LeftButton or self._grabbed is None:
            return False
        self._grabbed = None
        return True

    def let_go(self) -> None:
        """Stop dragging the paper, as a tool takes the mouse."""
        self._grabbed = None

    def wheel(self, event: QWheelEvent) -> bool:
        """Scroll in time; with Ctrl change the speed about the cursor, with Shift the gain."""
        modifiers = event.modifiers()
        angle = _larger(event.angleDelta())
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._speed_about(event.position().x(), self._whole_notches(angle))
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._view.step_gain(self._whole_notches(angle))
        elif not event.pixelDelta().isNull():
            self._view.scroll_by(-_larger(event.pixelDelta()) / self._paper.px_per_s)
        else:
            self._view.scroll_by_windows(-angle / NOTCH * WINDOWS_PER_NOTCH)
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Do what `KEYS` says."""
        ignored = Qt.KeyboardModifier.KeypadModifier
        modifiers = event.modifiers() & ~ignored
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            modifiers &= ~_SHIFT  # these keys need Shift on many keyboards
        entry = KEYS.get((key, modifiers))
        if entry is None:
            return False
        entry[1](self._view)
        return True

    def _whole_notches(self, angle: float) -> int:
        """Whole clicks of the wheel; trackpads report parts, which add up."""
        self._notches += angle / NOTCH
        whole = int(self._notches)
        self._notches -= whole
        return whole

    def _speed_about(self, x: float, steps: int) -> None:
        time_s = self._paper.time_at(x)
        self._view.step_speed(steps, time_s)
        # The calibration pulse has become wider or narrower and moved the left edge a little.
        self._view.scroll_by(time_s - self._paper.time_at(x))


def _larger(delta: QPoint) -> float:
    """The vertical movement, or the horizontal one if that is larger (a tilted wheel, Shift on some systems)."""
    return delta.y() if abs(delta.y()) >= abs(delta.x()) else delta.x()
