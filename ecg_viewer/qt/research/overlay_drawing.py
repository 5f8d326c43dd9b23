"""Drawing helpers of the research overlays: patterns, traces inside lead areas, captions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform

from ecg_viewer.paint.polygon import polygon
from ecg_viewer.qt.widgets.textures import hatch_brush
from ecg_viewer.render.layout import LeadArea
from ecg_viewer.render.theme import Theme
from mmae_core.record import FloatArray

CAPTION_PX = 11
POINTS_PER_PX = 1.5
"""Points of a trace of 25 Hz and less on a pixel; more show nothing and cost time."""


def falling_hatch(colour: str, device_ratio: float, alpha: float) -> QBrush:
    """Lines that fall to the right, where those over stretches that were not assessed rise."""
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    brush = hatch_brush(faint.name(QColor.NameFormat.HexArgb), device_ratio)
    brush.setTransform(QTransform.fromScale(-1 / device_ratio, 1 / device_ratio))
    return brush


def visible_rect(area: LeadArea, start_s: float, end_s: float) -> QRectF | None:
    """The part of an area that a stretch of time takes; None if it is not in it."""
    left, right = max(area.left, area.x_of(start_s)), min(area.right, area.x_of(end_s))
    return QRectF(left, area.top, right - left, area.height) if right > left else None


def draw_trace(
    painter: QPainter, area: LeadArea, values_mv: FloatArray, start_s: float, rate_hz: float, nudges: tuple[float, ...]
) -> None:
    """Draw samples that begin at `start_s` where they belong in an area, with the painter's pen; NaN leaves a gap."""
    first = max(0, int((area.start_s - start_s) * rate_hz))
    end = min(len(values_mv), int((area.end_s - start_s) * rate_hz) + 2)
    if end - first < 2:
        return
    step = max(1, int(rate_hz / (area.px_per_s * POINTS_PER_PX)))
    places = np.arange(first, end, step)
    values = values_mv[places].astype(np.float64)
    x = np.asarray(area.x_of(start_s) + places * (area.px_per_s / rate_hz), np.float64)
    y = area.baseline_y - area.sign * values * area.px_per_mv
    painter.save()
    painter.setClipRect(QRectF(area.left, 0, area.width, 1e5), Qt.ClipOperation.IntersectClip)
    for run in _known_runs(values):
        for nudge in nudges:
            painter.drawPolyline(polygon(x[run] + nudge, y[run] + nudge))
    painter.restore()


def _known_runs(values: NDArray[np.float64]) -> Iterator[slice]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], np.isfinite(values), [False])).astype(np.int8)))
    for start, end in edges.reshape(-1, 2):
        if end - start > 1:
            yield slice(int(start), int(end))


def trace_pen(colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen of one pixel, which alone is fast."""
    pen = QPen(QColor(colour), 1, style)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    if style is Qt.PenStyle.DashLine:
        pen.setDashPattern([7, 3])
    return pen


def nudges_for(device_ratio: float) -> tuple[float, ...]:
    """How often a line of one device pixel is drawn to be seen on a dense screen."""
    return (-0.25, 0.25) if device_ratio >= 1.5 else (0.0,)


def small_font(base: QFont, *, bold: bool = False) -> QFont:
    """The font of captions and names on the paper."""
    font = QFont(base)
    font.setPixelSize(CAPTION_PX)
    font.setBold(bold)
    return font


def caption(
    painter: QPainter, theme: Theme, base_font: QFont, text: str, left: float, top: float, colour: str, width: float
) -> float:
    """A line of text on a plate that keeps it readable over any trace, cut to `width`; returns the y below it."""
    font = small_font(base_font, bold=True)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(20.0, width - 10))
    box = QRectF(left, top, metrics.horizontalAdvance(shown) + 10, metrics.height() + 4)
    plate = QColor(theme.strip)
    plate.setAlphaF(0.92)
    painter.setPen(QPen(QColor(colour), 1))
    painter.setBrush(plate)
    painter.drawRect(box)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, shown)
    return box.bottom() + 3
