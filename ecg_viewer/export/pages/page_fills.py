"""The patterns of the heat as lines of a page: over what has no percentile, and the edges of layers."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from ecg_viewer.export.page_options import UNITS_PER_MM
from ecg_viewer.export.pages.pens_and_text import mm, pen
from ecg_viewer.paint.heat_painter import HeatFills
from ecg_viewer.render.heat_bands import DASH_MM, DOT_MM, DOTS_MM, HATCH_MM
from ecg_viewer.render.theme import Theme

HATCH_PEN_MM = 0.1


def page_fills(theme: Theme) -> HeatFills:
    """The patterns in a theme's colours."""
    hatch, dots, edge = QColor(theme.hatch), QColor(theme.pending), QColor(theme.model_colour)
    return HeatFills(
        UNITS_PER_MM,
        lambda painter, area, origin: _hatch(painter, area, origin, hatch),
        lambda painter, area, origin: _dots(painter, area, origin, dots),
        {"named": lambda painter, area, _: painter.fillRect(area, edge),
         "own": lambda painter, area, origin: _dashes(painter, area, origin, edge)},
    )


def _starts(first: float, last: float, origin: float, step: float) -> list[float]:
    """Places every `step`, one of them at `origin`, from the last before `first` up to `last`."""
    begin = math.floor((first - origin) / step)
    return [origin + number * step for number in range(begin, math.ceil((last - origin) / step))]


def _hatch(painter: QPainter, area: QRectF, origin: float, colour: QColor) -> None:
    """Lines that rise to the right; cut at the edges by themselves, as SVG Tiny knows no clipping."""
    path = QPainterPath()
    for x in _starts(area.left() - area.height(), area.right(), origin - area.height(), mm(HATCH_MM)):
        left, right = max(x, area.left()), min(x + area.height(), area.right())
        if right > left:
            path.moveTo(left, area.bottom() - (left - x))
            path.lineTo(right, area.bottom() - (right - x))
    painter.setPen(pen(colour, HATCH_PEN_MM))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _dots(painter: QPainter, area: QRectF, origin: float, colour: QColor) -> None:
    """Two in each square, on its diagonal."""
    step, side = mm(DOTS_MM), mm(DOT_MM)
    path = QPainterPath()
    for left in _starts(area.left(), area.right(), origin, step):
        for top in _starts(area.top(), area.bottom(), area.top(), step):
            for part in (0.25, 0.75):
                path.addRect(QRectF(left + part * step, top + part * step, side, side) & area)
    painter.fillPath(path, colour)


def _dashes(painter: QPainter, area: QRectF, origin: float, colour: QColor) -> None:
    """Along the area, with gaps as long as they are."""
    dash = mm(DASH_MM)
    for left in _starts(area.left(), area.right(), origin, 2 * dash):
        painter.fillRect(QRectF(left, area.top(), dash, area.height()) & area, colour)
