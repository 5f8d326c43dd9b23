"""Paints calipers and their numbers in the colour of human marks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ecg_viewer.qt.measure.caliper_places import CaliperPlace, caliper_places
from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.measure.caliper_angle import base_ends
from ecg_viewer.state.measure.caliper_readings import caliper_text
from ecg_viewer.state.measure.calipers import Caliper, Calipers, Handle

HANDLE_PX = 7.0
MARK_PX = 9.0
"""Height of a mark of the march."""
NAME_PX = (36.0, 28.0)
"""Room of a lead's name at the top left of its area, where it stands there."""
MAX_MARKS = 2_000
"""More marks than pixels would be a grey band."""


class CaliperOverlay:
    """All calipers of the open recording; the selected one has handles, the chosen handle is filled."""

    shown_blind = True
    """It shows nothing of what is hidden until the first read."""

    def __init__(self, calipers: Calipers) -> None:
        self._calipers = calipers

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        """Lines through all leads, handles and numbers in the caliper's own lead."""
        if not self._calipers.all:
            return
        theme = paper.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        shown = list(caliper_places(self._calipers.all, paper.areas()))
        for place in shown:
            self._paint_lines(painter, place, theme, paper.view_state.duration_s)
        font = QFont(paper.font())
        font.setBold(True)
        labelled: set[int] = set()
        room = _Room(paper.width(), len({area.left for area in paper.areas()}) > 1)
        for place in shown:
            if place.is_own and place.caliper.number not in labelled:
                labelled.add(place.caliper.number)
                if place.caliper.number == self._calipers.state.selected:
                    _paint_handles(painter, place, self._calipers.handle, theme)
                _paint_label(painter, place, theme, font, room)

    def _paint_lines(self, painter: QPainter, place: CaliperPlace, theme: Theme, duration_s: float) -> None:
        caliper, area = place.caliper, place.area
        colour = QColor(theme.human_colour)
        is_selected = caliper.number == self._calipers.state.selected
        style = Qt.PenStyle.SolidLine if is_selected else Qt.PenStyle.DashLine
        painter.save()
        top, height = (0.0, 1e5) if caliper.is_angle else (area.top, area.height)  # arms reach beyond a narrow row
        painter.setClipRect(QRectF(area.left, top, area.width, height), Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(colour, 1, style))
        if caliper.spans_time:
            for x in (place.first_x, place.second_x):
                painter.drawLine(QLineF(x, area.top, x, area.bottom))
        if caliper.is_angle:
            _paint_angle(painter, place)
        elif place.is_own:
            left, right = place.span
            heights = (place.first_y, place.second_y) if caliper.spans_amplitude else (place.first_y,)
            for y in heights:
                painter.drawLine(QLineF(left, y, right, y))
            if caliper.spans_amplitude and not caliper.spans_time:
                painter.drawLine(QLineF(place.first_x, place.first_y, place.first_x, place.second_y))
        _paint_march(painter, caliper, place, colour, duration_s)
        painter.restore()


def _paint_angle(painter: QPainter, place: CaliperPlace) -> None:
    """Both arms, and the base of the triangle 5 mm below the apex."""
    for _, x, y in place.ends[1:]:
        painter.drawLine(QLineF(place.first_x, place.first_y, x, y))
    base = base_ends(place.caliper, place.area.sign)
    if base is not None:
        pen = painter.pen()
        painter.setPen(QPen(pen.color(), 1, Qt.PenStyle.DotLine))
        (first_s, first_mv), (second_s, second_mv) = base
        painter.drawLine(QLineF(place.area.x_of(first_s), place.area.y_of(first_mv), place.area.x_of(second_s),
                                place.area.y_of(second_mv)))
        painter.setPen(pen)


def _paint_march(painter: QPainter, caliper: Caliper, place: CaliperPlace, colour: QColor, duration_s: float) -> None:
    """Within the recording: beyond its ends there is nothing to march through."""
    area = place.area
    marks = caliper.marks(max(area.start_s, 0.0), min(area.end_s, duration_s))
    if not marks or len(marks) > MAX_MARKS:
        return
    faint = QColor(colour)
    faint.setAlphaF(0.45)
    for time_s in marks:
        x = area.x_of(time_s)
        painter.setPen(QPen(faint, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, area.top, x, area.bottom))
        if place.is_own:
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QLineF(x, area.bottom - MARK_PX, x, area.bottom))


def _paint_handles(painter: QPainter, place: CaliperPlace, chosen: Handle, theme: Theme) -> None:
    colour, paper = QColor(theme.human_colour), QColor(theme.paper)
    painter.setPen(QPen(colour, 1.5))
    for handle, x, y in place.ends:
        if not place.area.left <= x <= place.area.right:
            continue  # in columns that is another lead's stretch of time
        is_chosen = chosen in (handle, Handle.WHOLE)
        painter.setBrush(colour if is_chosen else paper)
        painter.drawRect(QRectF(x - HANDLE_PX / 2, y - HANDLE_PX / 2, HANDLE_PX, HANDLE_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class _Room:
    """Where labels may be."""

    right: float
    has_names: bool
    """In several columns the lead names stand in the areas."""


def _paint_label(painter: QPainter, place: CaliperPlace, theme: Theme, font: QFont, room: _Room) -> None:
    """The numbers, beside the caliper's middle, inside the paper and off the lead's name."""
    area, metrics = place.area, QFontMetricsF(font)
    text = f"{place.caliper.number}: {caliper_text(place.caliper, area.sign)}"
    lines = [text] if metrics.horizontalAdvance(text) + 12 <= area.width else text.split(" · ")
    width = max(metrics.horizontalAdvance(line) for line in lines) + 8
    height = len(lines) * metrics.height() + 2
    left, right = min(x for _, x, _ in place.ends), max(x for _, x, _ in place.ends)
    visible_left, visible_right = max(left, area.left), min(right, area.right)
    if visible_right < visible_left:
        return
    x = (visible_left + visible_right) / 2 - width / 2
    y = min(y for _, _, y in place.ends) - height - HANDLE_PX
    x = min(max(x, area.left + 2), max(area.right, area.left + width + 4) - width - 2, room.right - width - 2)
    y = min(max(y, 2.0), area.bottom - height)
    if room.has_names and x < area.left + NAME_PX[0]:
        y = max(y, area.top + NAME_PX[1])
    box = QRectF(x, y, width, height)
    painter.setPen(QPen(QColor(theme.human_colour), 1))
    painter.setBrush(QColor(theme.strip))
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    painter.setPen(QColor(theme.human_colour))
    for number, line in enumerate(lines):
        painter.drawText(QPointF(x + 4, y + 1 + metrics.ascent() + number * metrics.height()), line)
