"""Mouse, wheel and keys on the paper, turned into calls of the view state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from ecg_viewer.qt.paper.paper_places import PaperPlaces
from ecg_viewer.state.view import ViewState

NOTCH = 120
"""What Qt reports for one click of a mouse wheel."""
WINDOWS_PER_NOTCH = 0.1
CLICK_PX = 4.0
"""A press that moves no further is a click."""

KEYS: dict[Qt.Key, Callable[[ViewState], object]] = {
    Qt.Key.Key_Up: lambda view: view.focus.step(-1),
    Qt.Key.Key_Down: lambda view: view.focus.step(1),
    Qt.Key.Key_Escape: lambda view: view.focus.step_back(),
}
"""Keys of the paper while it has the focus; all others are actions of the window, which come first."""


class PaperGestures:
    """Turns events of one paper into calls of its view state."""

    def __init__(self, paper: PaperPlaces, view: ViewState) -> None:
        self._paper = paper
        self._view = view
        self._grabbed: tuple[float, float] | None = None
        self._name: str | None = None
        """The lead whose name the mouse was pressed on."""
        self._notches = 0.0

    @property
    def is_dragging(self) -> bool:
        return self._grabbed is not None

    def press(self, event: QMouseEvent) -> bool:
        """Grab the paper, or point at a lead's name. Returns whether the event was used, as all methods here do."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._name = self._paper.label_at(event.position())
        if self._name is not None:
            return True
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
        """Let go of the paper; a click on a lead's name brings the lead to the front, or back among the others."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        name, self._name = self._name, None
        if name is not None and len(self._view.arrangement.leads) > 1:
            if self._paper.label_at(event.position()) == name:
                self._view.focus.toggle_front(name)
            return True
        is_dragging, self._grabbed = self.is_dragging, None
        return is_dragging

    def double_click(self, event: QMouseEvent) -> bool:
        """Give the lead under the mouse the whole paper, or the paper back to all."""
        area, lead = self._paper.area_at(event.position()), self._paper.label_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or (lead is None and area is None):
            return False
        self._grabbed = self._name = None
        self._view.focus.toggle_zoom(lead or (None if area is None else area.lead))
        return True

    def let_go(self) -> None:
        """Stop dragging the paper, as a tool takes the mouse."""
        self._grabbed = self._name = None

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

    def wants(self, event: QEvent) -> bool:
        """Whether a key is the paper's before it is the window's: Esc, if it gives leads back."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return is_escape and (self._view.focus.is_zoomed or self._view.focus.front is not None)

    def key(self, event: QKeyEvent) -> bool:
        """Do what `KEYS` says."""
        do = KEYS.get(Qt.Key(event.key()))
        if do is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        return do(self._view) is not False

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
