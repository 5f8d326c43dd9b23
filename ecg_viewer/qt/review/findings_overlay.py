"""Paints the reviewer's own findings and the decisions on the model's, in the colour of human marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.qt.paper.paper_frame import paint_brackets
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.review.review import STATE_SYMBOLS
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.words.language import tr

BAND_SHARE = 0.92
"""Of a lead's own part of the paper."""
EDGE_PX = 5.0
"""Distance within which an edge can be grabbed."""
HANDLE_PX = 7.0


@dataclass(frozen=True)
class Drawn:
    """An interval as it is painted: one of the reviewer's own, or one that is being drawn."""

    leads: tuple[str, ...]
    start_s: float
    end_s: float
    label: str
    own_id: str | None = None
    is_chosen: bool = False


class Drawing(Protocol):
    """An unfinished change with the mouse; see `FindingTool`."""

    @property
    def draft(self) -> Drawn | None:
        """An interval that replaces the finding of its `own_id`, or is new."""

    @property
    def is_in_use(self) -> bool:
        """Whether edges can be grabbed."""


class FindingsOverlay:
    """Brackets and labels of the reviewer's own findings; `✓` and `✕` over the model's, hidden with the model's
    marks.
    """

    shown_blind = True
    """It shows nothing of what is hidden until the first read: no decisions on the model's findings, which would tell
    where these are, and in a reader study not even own findings, which are of another read.
    """

    def __init__(self, controller: ReviewController, drawing: Drawing) -> None:
        self._controller = controller
        self._drawing = drawing

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        areas = paper.areas()
        if paper.view_state.heat_visible and not self._controller.session.is_hidden:
            self._paint_decisions(painter, paper, areas)
        for item in self.drawn():
            self._paint_own(painter, paper, areas, item)

    def drawn(self) -> list[Drawn]:
        """The reviewer's own findings as they are painted now."""
        if self._controller.session.is_locked:
            return []
        draft, chosen = self._drawing.draft, self._controller.current_own
        own = [
            Drawn(item.leads, item.start_s, item.end_s, item.label, item.id, item == chosen)
            for item in self._controller.open_review.own
            if draft is None or item.id != draft.own_id
        ]
        return own if draft is None else [*own, draft]

    def _paint_decisions(self, painter: QPainter, paper: PaperPlaces, areas: Sequence[LeadArea]) -> None:
        colour = QColor(paper.theme.human_colour)
        font = _font(paper, 11)
        metrics = QFontMetricsF(font)
        for judgement in self._controller.open_review.judgements:
            if judgement.state == "unreviewed":
                continue
            finding = judgement.finding
            for area in areas:
                span = _span(area, finding.start_s, finding.end_s) if area.lead == finding.lead else None
                if span is None:
                    continue
                band = band_of(area)
                style = Qt.PenStyle.SolidLine if judgement.state == "confirmed" else Qt.PenStyle.DotLine
                painter.setPen(QPen(colour, 2, style))
                painter.drawLine(QPointF(span[0], band.top()), QPointF(span[1], band.top()))
                symbol = STATE_SYMBOLS[judgement.state]
                size = max(metrics.horizontalAdvance(symbol), metrics.height() - 2) + 2
                plate = QRectF((span[0] + span[1] - size) / 2, band.top() - 1, size, size)
                _paint_plate(painter, plate, symbol, font, paper.theme)

    def _paint_own(self, painter: QPainter, paper: PaperPlaces, areas: Sequence[LeadArea], item: Drawn) -> None:
        colour = QColor(paper.theme.human_colour)
        columns: dict[float, list[LeadArea]] = {}
        for area in areas:
            if area.lead in item.leads and _span(area, item.start_s, item.end_s) is not None:
                columns.setdefault(area.left, []).append(area)
        for column in columns.values():
            for area in column:
                band = band_of(area)
                left, right = area.x_of(item.start_s), area.x_of(item.end_s)
                paint_brackets(painter, band, left, right, colour)
                if item.is_chosen:
                    faint = QColor(colour)
                    faint.setAlphaF(0.12)
                    start, end = max(left, band.left()), min(right, band.right())
                    painter.fillRect(QRectF(start, band.top(), end - start, band.height()), faint)
                if self._drawing.is_in_use:
                    _paint_handles(painter, band, (left, right), colour)
            _paint_label(painter, paper, min(column, key=lambda area: area.top), item)


def band_of(area: LeadArea) -> QRectF:
    """Area of a lead's marks: slightly inside its part of the paper."""
    margin = area.height * (1 - BAND_SHARE) / 2
    return QRectF(area.left, area.top + margin, area.width, area.height - 2 * margin)


def edge_at(
    areas: Iterable[LeadArea], items: Iterable[Drawn], position: QPointF
) -> tuple[Drawn, str] | None:
    """The edge (`start` or `end`) of an own finding that can be grabbed at a place; the nearest of several."""
    near: list[tuple[float, Drawn, str]] = []
    shown = list(items)
    for area in areas:
        if not area.contains(position.x(), position.y()):
            continue
        for item in shown:
            if area.lead in item.leads:
                near += [
                    (abs(area.x_of(time_s) - position.x()), item, edge)
                    for edge, time_s in (("start", item.start_s), ("end", item.end_s))
                ]
    nearest = min(near, key=lambda found: found[0], default=None)
    return None if nearest is None or nearest[0] > EDGE_PX else nearest[1:]


def _span(area: LeadArea, start_s: float, end_s: float) -> tuple[float, float] | None:
    """The visible part of an interval, from x to x; None if none of it is visible."""
    left, right = max(area.x_of(start_s), area.left), min(area.x_of(end_s), area.right)
    return (left, right) if left < right else None


def _paint_handles(painter: QPainter, band: QRectF, places: tuple[float, float], colour: QColor) -> None:
    for x in places:
        if band.left() <= x <= band.right():
            painter.fillRect(
                QRectF(x - HANDLE_PX / 2, band.center().y() - HANDLE_PX / 2, HANDLE_PX, HANDLE_PX), colour
            )


def _paint_label(painter: QPainter, paper: PaperPlaces, area: LeadArea, item: Drawn) -> None:
    """In the middle of what is visible of the interval, within the area."""
    span = _span(area, item.start_s, item.end_s)
    if span is None:
        return
    font = _font(paper, 12)
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(item.label or tr("Finding"), Qt.TextElideMode.ElideRight, area.width - 12)
    width = metrics.horizontalAdvance(text) + 10
    left = min(max((span[0] + span[1] - width) / 2, area.left + 1), area.right - width - 1)
    _paint_plate(painter, QRectF(left, band_of(area).top() + 1, width, metrics.height() + 2), text, font, paper.theme)


def _paint_plate(painter: QPainter, plate: QRectF, text: str, font: QFont, theme: Theme) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    background = QColor(theme.paper)
    background.setAlphaF(0.92)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(background)
    painter.drawRoundedRect(plate, 3, 3)
    painter.setFont(font)
    painter.setPen(QColor(theme.human_colour))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _font(paper: PaperPlaces, pixels: int) -> QFont:
    font = QFont(paper.font())
    font.setPixelSize(pixels)
    font.setBold(True)
    return font
