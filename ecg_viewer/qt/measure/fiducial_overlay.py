"""Paints the instants that were measured: where P, QRS and T begin, peak and end."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from mmae_core.intervals.results import Fiducials

TICK_PX = 9.0
"""Half the height of a boundary's tick; a peak's is half of that."""
LABEL_FROM_PX_PER_S = 60.0
"""Below this speed letters would run into each other."""
_WAVES = (
    ("P", Qt.PenStyle.DotLine, ("p_on_s", "p_end_s"), "p_peak_s"),
    ("R", Qt.PenStyle.SolidLine, ("qrs_on_s", "qrs_end_s"), "r_s"),
    ("T", Qt.PenStyle.DashLine, (None, "t_end_s"), "t_peak_s"),
)
"""Letter, line, boundaries and peak. Where T begins is not measured."""


class FiducialOverlay:
    """Ticks in every lead, as the instants hold for all; letters in the top row. Not in the model's colour."""

    def __init__(self, tracker: IntervalTracker) -> None:
        self._tracker = tracker

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        """Paint the fiducials, if they are switched on and measured."""
        measured = self._tracker.measurements
        if not self._tracker.shows_fiducials or measured is None:
            return
        areas = paper.areas()
        tops = {area.left: min(other.top for other in areas if other.left == area.left) for area in areas}
        metrics = QFontMetricsF(painter.font())
        colour = QColor(paper.theme.quiet_text)
        for area in areas:
            for beat in measured.beats:
                if area.start_s - 0.5 <= beat.r_s <= area.end_s + 0.8:
                    _paint_beat(painter, area, beat, colour)
                    if area.top == tops[area.left] and area.px_per_s >= LABEL_FROM_PX_PER_S:
                        _paint_letters(painter, area, beat, metrics, QColor(paper.theme.text))


def _paint_beat(painter: QPainter, area: LeadArea, beat: Fiducials, colour: QColor) -> None:
    for _, style, boundaries, peak in _WAVES:
        painter.setPen(QPen(colour, 1, style))
        for name in boundaries:
            _tick(painter, area, None if name is None else getattr(beat, name), TICK_PX)
        painter.setPen(QPen(colour, 2))
        _tick(painter, area, getattr(beat, peak), TICK_PX / 2)


def _tick(painter: QPainter, area: LeadArea, time_s: float | None, half_px: float) -> None:
    if time_s is not None and area.start_s <= time_s <= area.end_s:
        x = round(area.x_of(time_s)) + 0.5
        painter.drawLine(QLineF(x, area.baseline_y - half_px, x, area.baseline_y + half_px))


def _paint_letters(
    painter: QPainter, area: LeadArea, beat: Fiducials, metrics: QFontMetricsF, colour: QColor
) -> None:
    painter.setPen(colour)
    y = area.baseline_y + TICK_PX + metrics.ascent()
    for letter, _, _, peak in _WAVES:
        time_s = getattr(beat, peak)
        text = letter if beat.is_typical else f"({letter})"
        if time_s is not None and area.start_s <= time_s <= area.end_s:
            painter.drawText(QPointF(area.x_of(time_s) - metrics.horizontalAdvance(text) / 2, y), text)
