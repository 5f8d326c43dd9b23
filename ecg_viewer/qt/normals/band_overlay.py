"""Paints the band of normals behind each lead's average beat, and the beats of the nearest normals over it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from ecg_viewer.qt.paper.beat_layers import BeatArea
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.measure.normal_tracker import NormalTracker
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

FILL_OPACITY, LINE_OPACITY = 0.16, 0.75


def band_brushes(theme: Theme) -> tuple[QBrush, QBrush]:
    """An even tint and, over it, the stripes that tell the band without colour."""
    tint, stripes = QColor(theme.quiet_text), QColor(theme.quiet_text)
    tint.setAlphaF(FILL_OPACITY)
    stripes.setAlphaF(2.5 * FILL_OPACITY)
    return QBrush(tint), QBrush(stripes, Qt.BrushStyle.BDiagPattern)


def edge_pen(theme: Theme) -> QPen:
    """The line along the 5th and the 95th percentile."""
    colour = QColor(theme.quiet_text)
    colour.setAlphaF(LINE_OPACITY)
    return QPen(colour, 1)


def median_pen(theme: Theme) -> QPen:
    """The broken line of the median."""
    return QPen(QColor(theme.quiet_text), 1.2, Qt.PenStyle.DashLine)


def nearest_pen(theme: Theme, *, is_chosen: bool) -> QPen:
    """The dotted line of one of the nearest normals; that of the chosen one is broken and wider."""
    colour = QColor(theme.text)
    colour.setAlphaF(1.0 if is_chosen else 0.45)
    return QPen(colour, 1.6 if is_chosen else 1.0, Qt.PenStyle.DashDotLine if is_chosen else Qt.PenStyle.DotLine)


class BandOverlay:
    """What `NormalTracker` has, on the papers of the average beat."""

    def __init__(self, tracker: NormalTracker) -> None:
        self._tracker = tracker

    def paint_below(self, painter: QPainter, place: BeatArea) -> None:
        """Paint the band."""
        found = self._tracker.found
        if not self._tracker.draws_band or found is None or found.beat is None or found.band is None:
            return
        row, times_s = STANDARD_LEADS.index(place.lead), found.times_s
        if not np.isfinite(found.beat.mv[row]).any():
            return
        band = found.band
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(_drawn(place))
        for part in _runs(band.low_mv[row]):
            low, high = (_curve(place, times_s[part], mv[row][part]) for mv in (band.low_mv, band.high_mv))
            outline = QPolygonF([*low.toList(), *reversed(high.toList())])
            painter.setPen(Qt.PenStyle.NoPen)
            for brush in band_brushes(place.theme):
                painter.setBrush(brush)
                painter.drawPolygon(outline)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(edge_pen(place.theme))
            painter.drawPolyline(low)
            painter.drawPolyline(high)
            painter.setPen(median_pen(place.theme))
            painter.drawPolyline(_curve(place, times_s[part], band.middle_mv[row][part]))

    def paint_above(self, painter: QPainter, place: BeatArea) -> None:
        """Paint the nearest normals."""
        found = self._tracker.found
        if not self._tracker.draws_nearest or found is None or found.beat is None:
            return
        row, times_s = STANDARD_LEADS.index(place.lead), found.times_s
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(_drawn(place))
        order = sorted(range(len(found.nearest)), key=lambda number: number == self._tracker.chosen)
        for number in order:
            painter.setPen(nearest_pen(place.theme, is_chosen=number == self._tracker.chosen))
            for part in _runs(found.nearest[number].mv[row]):
                painter.drawPolyline(_curve(place, times_s[part], found.nearest[number].mv[row][part]))

    def range_mv(self, lead: str) -> tuple[float, float] | None:
        """Reach of what is shown in a lead."""
        found, row = self._tracker.found, STANDARD_LEADS.index(lead)
        if found is None or found.beat is None:
            return None
        shown = []
        if self._tracker.draws_band and found.band is not None and np.isfinite(found.beat.mv[row]).any():
            shown += [found.band.low_mv[row], found.band.high_mv[row]]
        if self._tracker.draws_nearest:
            shown += [near.mv[row] for near in found.nearest]
        values = np.concatenate(shown) if shown else np.empty(0)
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if len(values) else None


def _drawn(place: BeatArea) -> QRectF:
    """Where the beat is drawn."""
    return QRectF(place.x_of(place.first_s), 0, (place.last_s - place.first_s) * place.px_per_s, place.height)


def _runs(values: Array) -> Iterator[slice]:
    """The stretches without NaN."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.isfinite(values).astype(np.int8), [0]))))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield slice(start, end)


def _curve(place: BeatArea, times_s: Array, mv: Array) -> QPolygonF:
    return QPolygonF([QPointF(place.x_of(time_s), place.y_of(value))
                      for time_s, value in zip(times_s.tolist(), mv.tolist(), strict=True)])
