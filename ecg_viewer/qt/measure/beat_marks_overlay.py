"""Caliper and fiducials on the papers of the average beat, and the tool that moves them by mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen

from ecg_viewer.qt.paper.beat_layers import BeatArea
from ecg_viewer.state.measure.beat_marks import LETTERS, BeatMarks, beat_caliper_text
from ecg_viewer.state.measure.calipers import Caliper, Handle

GRAB_PX = 7.0
"""Distance at which a line or a handle can be grabbed."""
HANDLE_PX = 7.0
CLICK_PX = 3.0
"""A shorter drag is a click and leaves no caliper."""
COARSE_S = 0.01
FINE_MV, COARSE_MV = 0.01, 0.1
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)
}


class BeatMarksOverlay:
    """Fiducials below the beats: the program's quiet and dashed, the reader's in the colour of human marks and solid.
    The caliper above them: its times in all leads, its handles and numbers in its own.
    """

    def __init__(self, marks: BeatMarks) -> None:
        self._marks = marks

    def range_mv(self, lead: str) -> tuple[float, float] | None:
        """Room for the caliper's heights."""
        caliper = self._marks.calipers.selected
        if caliper is None or caliper.lead != lead:
            return None
        return min(caliper.first_mv, caliper.second_mv), max(caliper.first_mv, caliper.second_mv)

    def paint_below(self, painter: QPainter, place: BeatArea) -> None:
        """Fiducials with their letters."""
        marks = self._marks
        if not marks.shows_fiducials:
            return
        font = QFont(painter.font())
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        taken = [0.0, 0.0]  # where the letters of two rows end: near fiducials share no room
        for name, time_s in marks.fiducials.items():
            own, x = name in marks.own, round(place.x_of(time_s)) + 0.5
            colour = QColor(place.theme.human_colour if own else place.theme.quiet_text)
            is_chosen = marks.tool == "fiducials" and name == marks.chosen
            painter.setPen(QPen(colour, 2 if is_chosen else 1, Qt.PenStyle.SolidLine if own else Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, metrics.height() + 2, x, place.height))
            painter.setPen(colour)
            text = LETTERS[name] + ("*" if own else "")
            row = 0 if x + 2 >= taken[0] else 1
            taken[row] = x + 4 + metrics.horizontalAdvance(text)
            painter.drawText(QPointF(x + 2, place.height - 3 - row * metrics.height()), text)
            if own and name in marks.program:
                was = round(place.x_of(marks.program[name])) + 0.5
                painter.setPen(QPen(QColor(place.theme.quiet_text), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QLineF(was, metrics.height() + 2, was, place.height))

    def paint_above(self, painter: QPainter, place: BeatArea) -> None:
        """The caliper."""
        caliper = self._marks.calipers.selected
        if caliper is None:
            return
        first_x, second_x = (place.x_of(at_s + self._marks.first_s) for at_s in (caliper.first_s, caliper.second_s))
        painter.setPen(QPen(QColor(place.theme.human_colour), 1))
        for x in (first_x, second_x):
            painter.drawLine(QLineF(x, 0, x, place.height))
        if caliper.lead != place.lead:
            return
        first_y, second_y = place.y_of(caliper.first_mv), place.y_of(caliper.second_mv)
        for y in (first_y, second_y):
            painter.drawLine(QLineF(min(first_x, second_x), y, max(first_x, second_x), y))
        handle = self._marks.calipers.handle
        for which, x, y in ((Handle.FIRST, first_x, first_y), (Handle.SECOND, second_x, second_y)):
            filled = handle in (which, Handle.WHOLE)
            painter.setBrush(QColor(place.theme.human_colour if filled else place.theme.paper))
            painter.drawRect(QRectF(x - HANDLE_PX / 2, y - HANDLE_PX / 2, HANDLE_PX, HANDLE_PX))
        self._paint_label(painter, place, caliper, (first_x + second_x) / 2, min(first_y, second_y))

    def _paint_label(self, painter: QPainter, place: BeatArea, caliper: Caliper, x: float, y: float) -> None:
        text = beat_caliper_text(caliper, place.cell.sign)
        font = QFont(painter.font())
        font.setBold(True)
        metrics = QFontMetricsF(font)
        lines = [text] if metrics.horizontalAdvance(text) + 12 <= place.width else text.split(" · ")
        width = max(map(metrics.horizontalAdvance, lines)) + 8
        height = metrics.height() * len(lines) + 2
        box = QRectF(min(max(x - width / 2, 2.0), place.width - width - 2),
                     min(max(y - height - HANDLE_PX, metrics.height() + 2), place.height - height), width, height)
        painter.setPen(QPen(QColor(place.theme.human_colour), 1))
        painter.setBrush(QColor(place.theme.strip))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(font)
        top = box.top() + 1 + metrics.ascent()
        for number, line in enumerate(lines):
            painter.drawText(QPointF(box.left() + 4, top + number * metrics.height()), line)


class BeatMarksTool:
    """Draws and moves the caliper, or moves fiducials, whichever `BeatMarks.tool` says."""

    def __init__(self, marks: BeatMarks) -> None:
        self._marks = marks
        self._pressed: BeatArea | None = None
        self._grabbed_at: tuple[float, float] | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointer over the papers."""
        return Qt.CursorShape.SplitHCursor if self._marks.tool == "fiducials" else Qt.CursorShape.CrossCursor

    def press(self, event: QMouseEvent, place: BeatArea) -> bool:
        """Grab what is under the mouse, or begin a caliper."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        x, y = event.position().x(), event.position().y()
        self._pressed = place
        if self._marks.tool == "fiducials":
            name = self._fiducial_at(x, place)
            if name is None:
                return False
            self._marks.grab_fiducial(name)
            return True
        handle = self._handle_at(x, y, place)
        caliper = self._marks.calipers.selected
        self._grabbed_at = place.time_at(x), place.mv_at(y)
        if handle is None or caliper is None:
            self._marks.begin_caliper(place.lead, *self._grabbed_at)
        else:
            self._marks.calipers.grab(caliper.number, handle)
        return True

    def move(self, event: QMouseEvent, place: BeatArea) -> bool:
        """Pull what is grabbed."""
        x, y = event.position().x(), event.position().y()
        calipers = self._marks.calipers
        if self._marks.tool == "fiducials":
            if not event.buttons() & Qt.MouseButton.LeftButton:
                return False
            self._marks.drag_fiducial(place.time_at(x))
        elif not calipers.is_dragging:
            return False
        elif calipers.handle is Handle.WHOLE and self._grabbed_at is not None:
            time_s, millivolts = place.time_at(x), place.mv_at(y)
            calipers.drag_by(time_s - self._grabbed_at[0], millivolts - self._grabbed_at[1])
            self._grabbed_at = time_s, millivolts
        else:
            self._marks.drag_caliper(place.time_at(x), place.mv_at(y))
        return True

    def release(self, event: QMouseEvent, place: BeatArea) -> bool:
        """Let go; a caliper that was only clicked goes away."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if self._marks.tool == "fiducials":
            self._marks.drop_fiducial()
        else:
            self._marks.calipers.drop(lambda caliper: _is_click(caliper, place))
        self._pressed = self._grabbed_at = None
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Arrows move, Tab chooses another handle or fiducial, Delete takes back, Esc puts the tool away."""
        key, marks = Qt.Key(event.key()), self._marks
        coarse = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        backwards = key == Qt.Key.Key_Backtab
        if key == Qt.Key.Key_Escape:
            marks.set_tool("none")
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(-1 if backwards else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if marks.tool == "fiducials":
                marks.give_back()
            else:
                marks.calipers.remove_selected()
        elif key in _STEPS:
            right, up = _STEPS[key]
            seconds = right * (COARSE_S if coarse else marks.sample_s)
            if marks.tool == "caliper":
                marks.calipers.nudge(seconds, up * self._sign * (COARSE_MV if coarse else FINE_MV))
            elif right:
                marks.move_fiducial(seconds)
        else:
            return False
        return True

    def _step(self, steps: int) -> None:
        if self._marks.tool == "fiducials":
            self._marks.step_fiducial(steps)
        else:
            self._marks.calipers.step_handle(steps)

    @property
    def _sign(self) -> int:
        return 1 if self._pressed is None else self._pressed.cell.sign

    def _fiducial_at(self, x: float, place: BeatArea) -> str | None:
        near = [(abs(place.x_of(time_s) - x), name) for name, time_s in self._marks.fiducials.items()]
        distance, name = min(near, default=(GRAB_PX + 1, ""))
        return name if distance <= GRAB_PX else None

    def _handle_at(self, x: float, y: float, place: BeatArea) -> Handle | None:
        caliper = self._marks.calipers.selected
        if caliper is None:
            return None
        ends = ((Handle.FIRST, caliper.first_s, caliper.first_mv), (Handle.SECOND, caliper.second_s, caliper.second_mv))
        for handle, at_s, at_mv in ends:
            at_x = place.x_of(at_s + self._marks.first_s)
            near_y = caliper.lead != place.lead or abs(place.y_of(at_mv) - y) <= GRAB_PX
            if abs(at_x - x) <= GRAB_PX and near_y:
                return handle
        if caliper.lead == place.lead:
            left, right = sorted(place.x_of(at_s + self._marks.first_s) for at_s in (caliper.first_s, caliper.second_s))
            top, bottom = sorted(place.y_of(at_mv) for at_mv in (caliper.first_mv, caliper.second_mv))
            on_line = any(abs(y - line) <= GRAB_PX for line in (top, bottom)) and left <= x <= right
            on_side = any(abs(x - line) <= GRAB_PX for line in (left, right)) and top <= y <= bottom
            if on_line or on_side:
                return Handle.WHOLE
        return None


def _is_click(caliper: Caliper, place: BeatArea) -> bool:
    width = abs(caliper.second_s - caliper.first_s) * place.px_per_s
    return width < CLICK_PX and abs(caliper.second_mv - caliper.first_mv) * place.px_per_mv < CLICK_PX
