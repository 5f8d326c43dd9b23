"""Truth on the paper: what is known to be abnormal, in the colour of people's marks, hatched, edged and named.

The outcome, hit or miss, is written before the name in the model's colour and hidden with the model's marks.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.qt.research.free_room import FreeRoom
from ecg_viewer.qt.research.overlay_drawing import falling_hatch, small_font, visible_rect
from ecg_viewer.render.layout import LeadArea
from ecg_viewer.state.research.localization_outcome import EventKind, Outcome
from ecg_viewer.state.research.research_words import EVENT_SIGNS, box_kind_text, event_word, is_assessed
from ecg_viewer.state.research.truth_tracker import TruthTracker
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr

Place = tuple[tuple[str, ...], float, float]
Name = tuple[str, str]
"""What is written at a box: of its outcome, in the model's colour, and of its kind, in that of people's marks."""
EDGE_PX = 2.0
BRACKET_PX = 8.0
"""How far the ends of a rhythm episode come down."""
MIN_LABEL_PX = 16.0
"""A box narrower than this gets no label, which would hide it."""
LEGIBLE_PX = 48.0
"""With less room, the sign alone says more than the beginning of a word."""


class TruthOverlay:
    """Boxes of a `TruthTracker`. Hits and misses carry a sign, so as not to rely on colour."""

    def __init__(self, tracker: TruthTracker, session: Session) -> None:
        self._tracker, self._session = tracker, session
        self._told: tuple[Outcome | None, bool, dict[Place, EventKind]] = (None, False, {})
        """Of the outcome painted last; a day of beats has thousands of boxes."""

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        if not self._tracker.is_visible:
            return
        boxes, areas = self._tracker.boxes, paper.areas()
        if not boxes or not areas:
            return
        start_s, end_s = min(area.start_s for area in areas), max(area.end_s for area in areas)
        found = self._found()
        brush = falling_hatch(paper.theme.human_colour, paper.devicePixelRatioF(), 0.38)
        room = FreeRoom(paper)
        for box in boxes:
            if box.end_s <= start_s or box.start_s >= end_s or box.source == "reviewer":
                continue  # what a reviewer has marked is painted, with its label, by the review
            named = False
            for area in areas:
                rect = visible_rect(area, box.start_s, box.end_s) if area.lead in box.leads else None
                if rect is None:
                    continue
                if box.source == "rhythm":
                    self._paint_episode(painter, rect, paper)
                else:
                    self._paint_box(painter, rect, paper, brush)
                if not named:
                    event = found.get((box.leads, box.start_s, box.end_s))
                    named = self._paint_name(painter, rect, paper, room, box_kind_text(box.kind), event)

    def _found(self) -> dict[Place, EventKind]:
        """Hits, and misses once anything was assessed: what was not assessed is not missed.

        Empty while the model's marks are hidden.
        """
        if not self._session.view.heat_visible:
            return {}
        outcome, assessed = self._tracker.outcome, is_assessed(self._session.assessment)
        if self._told[0] is not outcome or self._told[1] != assessed:
            events = () if outcome is None else (*outcome.hits, *(outcome.misses if assessed else ()))
            self._told = outcome, assessed, {
                (event.leads, event.start_s, event.end_s): event.kind for event in events
            }
        return self._told[2]

    def _paint_box(self, painter: QPainter, rect: QRectF, paper: PaperPlaces, brush: QBrush) -> None:
        colour = QColor(paper.theme.human_colour)
        painter.fillRect(rect, brush)
        edge = min(EDGE_PX, rect.width() / 2)
        painter.fillRect(QRectF(rect.left(), rect.top(), edge, rect.height()), colour)
        painter.fillRect(QRectF(rect.right() - edge, rect.top(), edge, rect.height()), colour)
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_episode(self, painter: QPainter, rect: QRectF, paper: PaperPlaces) -> None:
        """A bracket above: an episode lasts, and hides neither the trace nor the beats marked in it."""
        colour = QColor(paper.theme.human_colour)
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), EDGE_PX), colour)
        for x in (rect.left(), rect.right() - EDGE_PX):
            painter.fillRect(QRectF(x, rect.top(), EDGE_PX, min(BRACKET_PX, rect.height())), colour)

    def _paint_name(
        self, painter: QPainter, rect: QRectF, paper: PaperPlaces, room: FreeRoom, kind: str, event: EventKind | None
    ) -> bool:
        """Where nothing is in what is visible of the box: cut if need be, else the sign alone; whether there was room.

        What is not written stands in the tooltip.
        """
        if rect.width() < MIN_LABEL_PX:
            return False
        font = small_font(paper.font())
        metrics = QFontMetricsF(font)
        inside = rect.width() - 8
        names = self._names(metrics, inside, kind, event)
        sizes = [(metrics.horizontalAdvance("".join(name)) + 6, metrics.height()) for name in names]
        found = room.place(rect, sizes)
        if found is None:
            return False
        index, plate = found
        background = QColor(paper.theme.paper)
        background.setAlphaF(0.9)
        painter.fillRect(plate, background)
        painter.setFont(font)
        left = plate.adjusted(3, 0, 0, 0)
        for text, colour in zip(names[index], (paper.theme.model_colour, paper.theme.human_colour), strict=True):
            painter.setPen(QColor(colour))
            painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            left.setLeft(left.left() + metrics.horizontalAdvance(text))
        return True

    def _names(self, metrics: QFontMetricsF, inside: float, kind: str, event: EventKind | None) -> list[Name]:
        """What can stand in so many pixels, the fullest first: `▲ Hit · st shift`, `▲ st shift`, `▲ st s…`, `▲`."""
        sign = "" if event is None else EVENT_SIGNS[event]
        names: list[Name] = [("", kind)]
        if event is not None:
            names = [(f"{event_word(event, self._session.assessment)} · ", kind), (f"{sign} ", kind)]
        wanted = [name for name in names if metrics.horizontalAdvance("".join(name)) <= inside]
        if not wanted and inside >= LEGIBLE_PX:
            before = names[-1][0]
            left_px = inside - metrics.horizontalAdvance(before)
            wanted = [(before, metrics.elidedText(kind, Qt.TextElideMode.ElideRight, left_px))]
        return [*wanted, (sign, "")] if sign else wanted

    def tip_at(self, area: LeadArea, time_s: float) -> str:
        """What is known at a place of the paper, for a tooltip: `△ Miss · st elevation · V4, V5 · 3.98 to 4.26 s`."""
        if not self._tracker.is_visible:
            return ""
        found, lines = self._found(), []
        for box in self._tracker.boxes:
            if box.start_s > time_s:
                break
            if time_s < box.end_s and area.lead in box.leads and box.source != "reviewer":
                event = found.get((box.leads, box.start_s, box.end_s))
                said = () if event is None else (event_word(event, self._session.assessment),)
                where = tr("{start:.2f} to {end:.2f} s").format(start=box.start_s, end=box.end_s)
                lines.append(" · ".join((*said, box_kind_text(box.kind), ", ".join(box.leads), where)))
        return "\n".join(lines)
