"""Calipers by mouse and keys: drawn on the paper, grabbed by their lines, moved sample by sample."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ecg_viewer.qt.measure.caliper_places import part_at
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.measure.caliper_readings import SNAP_REACH_S, nearest_extremum
from ecg_viewer.state.measure.calipers import Caliper, CaliperKind, Calipers, Handle
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr, translatable

COARSE_S = 0.01
FINE_MV, COARSE_MV = 0.01, 0.1
"""What an arrow key moves: a sample or 10 ms, 10 µV or 0.1 mV."""
CLICK_PX = 3.0
"""A shorter drag is a click and leaves no caliper."""
KIND_TITLES = {
    CaliperKind.TIME: translatable("Time caliper"),
    CaliperKind.AMPLITUDE: translatable("Amplitude caliper"),
    CaliperKind.BOTH: translatable("Time and amplitude caliper"),
    CaliperKind.ANGLE: translatable("Angle caliper"),
}
KIND_WORDS = {
    CaliperKind.TIME: translatable("Time"),
    CaliperKind.AMPLITUDE: translatable("Amplitude"),
    CaliperKind.BOTH: translatable("Both"),
    CaliperKind.ANGLE: translatable("Angle"),
}
"""Short, for the list."""
CURSORS = {
    CaliperKind.TIME: Qt.CursorShape.SplitHCursor,
    CaliperKind.AMPLITUDE: Qt.CursorShape.SplitVCursor,
    CaliperKind.BOTH: Qt.CursorShape.SizeFDiagCursor,
    CaliperKind.ANGLE: Qt.CursorShape.SizeBDiagCursor,
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)
}


class CaliperTool(QObject):
    """The paper's tool while a kind of caliper is chosen. `ended` is emitted when Esc ends it.

    The window's shortcuts would take arrow keys and Tab before the paper gets them; the tool takes precedence while it
    is in use and the paper has the focus.
    """

    def __init__(self, paper: PaperView, calipers: Calipers, kind: CaliperKind) -> None:
        super().__init__(paper)
        self.ended: Signal[()] = Signal()
        self.kind = kind
        self.snaps = False
        """Whether ends snap to extrema without Ctrl being held."""
        self._paper = paper
        self._calipers = calipers
        self._area: LeadArea | None = None
        """Where the drag began; the mouse is measured in this area while it lasts."""
        self._grabbed_at: tuple[float, float] | None = None
        paper.installEventFilter(self)

    @property
    def name(self) -> str:
        """As it is called on the screen."""
        return tr(KIND_TITLES[self.kind])

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointer over the paper: the way in which the caliper is drawn."""
        return CURSORS[self.kind]

    @property
    def is_in_use(self) -> bool:
        return self._paper.tool is self

    def press(self, event: QMouseEvent) -> bool:
        """Grab what is under the mouse, or begin a caliper."""
        area = self._paper.area_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or area is None:
            return False
        x, y = event.position().x(), event.position().y()
        part = part_at(x, y, self._calipers.all, self._paper.areas(), self._calipers.state.selected)
        self._area = area
        if part is not None:
            caliper, handle = part
            self._area = self._own_area(caliper, area)
            self._grabbed_at = self._point(event, snap=False)
            self._calipers.grab(caliper.number, handle)
        else:
            self._calipers.place(self.kind, area.lead, *self._point(event))
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Pull the grabbed end, or the whole caliper; without a grab show what could be grabbed."""
        if not self._calipers.is_dragging:
            self._point_at(event.position())
            return False
        if self._calipers.handle is Handle.WHOLE and self._grabbed_at is not None:
            time_s, millivolts = self._point(event, snap=False)
            self._calipers.drag_by(time_s - self._grabbed_at[0], millivolts - self._grabbed_at[1])
            self._grabbed_at = time_s, millivolts
        else:
            self._calipers.drag_to(*self._point(event))
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Let go; what was only clicked leaves nothing."""
        if event.button() != Qt.MouseButton.LeftButton or not self._calipers.is_dragging:
            return False
        self._calipers.drop(self._is_click)
        self._area = self._grabbed_at = None
        return True

    def double_click(self, event: QMouseEvent) -> bool:
        """Switch the march of the caliper under the mouse on or off."""
        x, y = event.position().x(), event.position().y()
        part = part_at(x, y, self._calipers.all, self._paper.areas(), self._calipers.state.selected)
        if part is None:
            return self.press(event)
        self._calipers.select(part[0].number, part[1])
        self._calipers.toggle_march()
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Arrows move the chosen handle, Tab chooses another, Delete removes, Esc gives up the drag or the tool."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._escape()
            return True
        if self._calipers.selected is None:
            return False
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            backwards = key == Qt.Key.Key_Backtab or bool(event.modifiers() & _SHIFT)
            self._calipers.step_handle(-1 if backwards else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._calipers.remove_selected()
        elif key in _STEPS and not event.modifiers() & _CONTROL:
            self._nudge(*_STEPS[key], coarse=bool(event.modifiers() & _SHIFT))
        else:
            return False
        self._follow()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the tool's keys from the window's shortcuts, and Tab from the walk through the window."""
        if watched is self._paper and self.is_in_use and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._wants(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self.key(event)
        return False

    def _wants(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        editing = (*_STEPS, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        plain = not event.modifiers() & _CONTROL
        return key == Qt.Key.Key_Escape or (key in editing and plain and self._calipers.selected is not None)

    def _escape(self) -> None:
        if self._calipers.is_dragging:
            self._calipers.cancel_drag()
            self._area = self._grabbed_at = None
        else:
            self.ended.emit()

    def _nudge(self, right: int, up: int, *, coarse: bool) -> None:
        caliper, record = self._calipers.selected, self._paper.view_state.record
        if caliper is None or record is None:
            return
        seconds = COARSE_S if coarse else 1 / record.sampling_rate_hz
        areas = self._paper.areas_of(caliper.lead)
        sign = areas[0].sign if areas else 1
        self._calipers.nudge(right * seconds, up * sign * (COARSE_MV if coarse else FINE_MV))

    def _follow(self) -> None:
        """Scroll to keep what was moved by keys visible."""
        caliper = self._calipers.selected
        if caliper is not None:
            handle = self._calipers.handle
            at_s, _ = caliper.at(Handle.SECOND if handle is Handle.WHOLE else handle)
            self._paper.view_state.show_interval(at_s, at_s)

    def _own_area(self, caliper: Caliper, pressed: LeadArea) -> LeadArea:
        """Where the mouse is measured: in the pressed area for its time, unless the caliper has an amplitude there."""
        is_of_lead = caliper.spans_amplitude or caliper.is_angle
        return pressed if caliper.lead == pressed.lead or not is_of_lead else next(
            (area for area in self._paper.areas_of(caliper.lead) if area.left == pressed.left), pressed
        )

    def _point(self, event: QMouseEvent, *, snap: bool = True) -> tuple[float, float]:
        """Time and amplitude under the mouse, or of the extremum near to it."""
        area = self._area
        assert area is not None, "a drag began in an area"
        time_s, millivolts = area.time_at(event.position().x()), area.mv_at(event.position().y())
        if snap and (self.snaps or event.modifiers() & _CONTROL):
            samples = self._paper.samples(area.lead, time_s - SNAP_REACH_S, time_s + SNAP_REACH_S)
            extremum = None if samples is None else nearest_extremum(samples, time_s)
            return extremum or (time_s, millivolts)
        return time_s, millivolts

    def _is_click(self, caliper: Caliper) -> bool:
        area = self._area
        if area is None or self._grabbed_at is not None:
            return False
        width = (caliper.end_s - caliper.start_s) * area.px_per_s
        height = abs(caliper.second_mv - caliper.first_mv) * area.px_per_mv
        return width < CLICK_PX and height < CLICK_PX

    def _point_at(self, position: QPointF) -> None:
        part = part_at(
            position.x(), position.y(), self._calipers.all, self._paper.areas(), self._calipers.state.selected
        )
        shape = self.cursor if part is None else _cursor_of(*part)
        if self._paper.cursor().shape() != shape:
            self._paper.setCursor(shape)


def _cursor_of(caliper: Caliper, handle: Handle) -> Qt.CursorShape:
    if handle is Handle.WHOLE or caliper.kind in (CaliperKind.BOTH, CaliperKind.ANGLE):
        return Qt.CursorShape.SizeAllCursor
    return Qt.CursorShape.SizeHorCursor if caliper.spans_time else Qt.CursorShape.SizeVerCursor
