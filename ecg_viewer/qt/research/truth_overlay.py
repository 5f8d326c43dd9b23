"""Truth on the paper: what is known to be abnormal, in human ink, hatched and edged, named where it stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.research.ink import falling_hatch, small_font, visible_rect
from ecg_viewer.state.research.board import TruthBoard
from ecg_viewer.state.research.outcome import Outcome
from ecg_viewer.state.research.truth import TruthBox
from ecg_viewer.state.research.wording import kind_text

Place = tuple[tuple[str, ...], float, float]
EDGE_PX = 2.0
BRACKET_PX = 8.0
"""How far the ends of a rhythm episode come down."""
MIN_LABEL_PX = 16.0
"""A box narrower than this is not named: the word would hide it."""
LEGIBLE_PX = 48.0
"""With less room, the sign alone says more than the beginning of a word."""


class TruthOverlay:
    """Boxes of a `TruthBoard`. A missed one is named as such, a hit one too, so that no colour has to say it."""

    def __init__(self, board: TruthBoard) -> None:
        self._board = board
        self._told: tuple[Outcome | None, dict[Place, str]] = (None, {})
        """Signs of the outcome painted last; a day of beats has thousands of boxes."""

    def paint(self, painter: QPainter, paper: PaperView) -> None:
        if not self._board.is_visible:
            return
        boxes, areas = self._board.boxes, paper.areas()
        if not boxes or not areas:
            return
        start_s, end_s = min(area.start_s for area in areas), max(area.end_s for area in areas)
        signs = self._signs()
        brush = falling_hatch(paper.theme.human_ink, paper.devicePixelRatioF(), 0.38)
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
                    word = signs.get((box.leads, box.start_s, box.end_s), "")
                    named = self._paint_name(painter, rect, paper, box, word)

    def _signs(self) -> dict[Place, str]:
        outcome = self._board.outcome
        if outcome is not self._told[0]:
            signs = {"hit": "✓", "miss": "✕"}
            events = () if outcome is None else (*outcome.hits, *outcome.misses)
            self._told = outcome, {
                (event.leads, event.start_s, event.end_s): signs[event.kind] for event in events
            }
        return self._told[1]

    def _paint_box(self, painter: QPainter, rect: QRectF, paper: PaperView, brush: QBrush) -> None:
        ink = QColor(paper.theme.human_ink)
        painter.fillRect(rect, brush)
        edge = min(EDGE_PX, rect.width() / 2)
        painter.fillRect(QRectF(rect.left(), rect.top(), edge, rect.height()), ink)
        painter.fillRect(QRectF(rect.right() - edge, rect.top(), edge, rect.height()), ink)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_episode(self, painter: QPainter, rect: QRectF, paper: PaperView) -> None:
        """A bracket above: an episode lasts, and hides neither the trace nor the beats marked in it."""
        ink = QColor(paper.theme.human_ink)
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), EDGE_PX), ink)
        for x in (rect.left(), rect.right() - EDGE_PX):
            painter.fillRect(QRectF(x, rect.top(), EDGE_PX, min(BRACKET_PX, rect.height())), ink)

    def _paint_name(self, painter: QPainter, rect: QRectF, paper: PaperView, box: TruthBox, word: str) -> bool:
        """In the middle of what is visible of the box; whether there was room."""
        if rect.width() < MIN_LABEL_PX:
            return False
        font = small_font(paper.font())
        metrics = QFontMetricsF(font)
        kind = kind_text(box.kind)
        room = rect.width() - 8
        if room < LEGIBLE_PX and word:
            text = word
        else:
            text = metrics.elidedText(f"{word} {kind}".strip(), Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text) + 6
        plate = QRectF(rect.center().x() - width / 2, rect.top() + 1, width, metrics.height())
        background = QColor(paper.theme.paper)
        background.setAlphaF(0.9)
        painter.fillRect(plate, background)
        painter.setFont(font)
        painter.setPen(QColor(paper.theme.human_ink))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        return True
