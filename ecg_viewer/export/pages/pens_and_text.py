"""Pens, fonts and text for pages, all in millimetres."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ecg_viewer.export.page_options import UNITS_PER_MM

TRACE_MM = 0.22
GRID_MINOR_MM = 0.06
GRID_MAJOR_MM = 0.12
RULE_MM = 0.15
TEXT_MM = 2.6
"""Height of ordinary text, about 7.4 pt."""
SMALL_MM = 1.9
"""Provenance and ticks, about 5.4 pt."""
HEADING_MM = 4.2


def mm(value: float) -> float:
    """Millimetres in the units of a page."""
    return value * UNITS_PER_MM


def box(left: float, top: float, width: float, height: float) -> QRectF:
    """A rectangle given in millimetres."""
    return QRectF(mm(left), mm(top), mm(width), mm(height))


def pen(colour: str | QColor, width_mm: float) -> QPen:
    """A pen of a width in millimetres, with joins that do not reach beyond a peak."""
    result = QPen(QColor(colour), mm(width_mm))
    result.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    result.setCapStyle(Qt.PenCapStyle.FlatCap)
    return result


def font(height_mm: float, *, bold: bool = False) -> QFont:
    """A plain font; `height_mm` is its nominal size."""
    result = QFont()
    result.setStyleHint(QFont.StyleHint.SansSerif)
    result.setPixelSize(round(mm(height_mm)))
    result.setBold(bold)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def line_mm(height_mm: float) -> float:
    """Distance of lines of text of this size."""
    return QFontMetricsF(font(height_mm)).height() / UNITS_PER_MM


def text_width_mm(text: str, height_mm: float, *, bold: bool = False) -> float:
    """How far a line of text advances."""
    return QFontMetricsF(font(height_mm, bold=bold)).horizontalAdvance(text) / UNITS_PER_MM


def wrapped(text: str, width_mm: float, height_mm: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `width_mm`; a word that is wider is cut."""
    metrics = QFontMetricsF(font(height_mm, bold=bold))
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        current = ""
        for word in paragraph.split():
            candidate = f"{current} {word}" if current else word
            if metrics.horizontalAdvance(candidate) <= mm(width_mm):
                current = candidate
                continue
            if current:
                lines.append(current)
            while metrics.horizontalAdvance(word) > mm(width_mm) and len(word) > 1:
                fits = max(1, int(len(word) * mm(width_mm) / metrics.horizontalAdvance(word)))
                while fits > 1 and metrics.horizontalAdvance(word[:fits]) > mm(width_mm):
                    fits -= 1
                lines.append(word[:fits])
                word = word[fits:]
            current = word
        lines.append(current)
    return lines


def elided(text: str, width_mm: float, height_mm: float, *, bold: bool = False) -> str:
    """The text, with an ellipsis at its end if it is too wide."""
    metrics = QFontMetricsF(font(height_mm, bold=bold))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, mm(width_mm))


def write(
    painter: QPainter, left_mm: float, top_mm: float, text: str, height_mm: float, colour: str, *, bold: bool = False
) -> None:
    """One line of text whose line box begins at `top_mm`."""
    used = font(height_mm, bold=bold)
    painter.setFont(used)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(mm(left_mm), mm(top_mm) + QFontMetricsF(used).ascent()), text)


def write_lines(
    painter: QPainter, left_mm: float, top_mm: float, lines: Sequence[str], height_mm: float, colour: str, *,
    bold: bool = False,
) -> float:
    """Lines under each other. Returns where the next one would begin."""
    step = line_mm(height_mm)
    for index, line in enumerate(lines):
        write(painter, left_mm, top_mm + index * step, line, height_mm, colour, bold=bold)
    return top_mm + len(lines) * step


def badge(painter: QPainter, right_mm: float, top_mm: float, text: str, colour: str) -> float:
    """The research-use line in a frame, at the right. Returns its left edge."""
    width = text_width_mm(text, TEXT_MM, bold=True) + 4
    height = line_mm(TEXT_MM) + 1.6
    frame = box(right_mm - width, top_mm, width, height)
    painter.setPen(pen(colour, 0.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, mm(0.8), mm(0.8))
    write(painter, right_mm - width + 2, top_mm + 0.8, text, TEXT_MM, colour, bold=True)
    return right_mm - width


def lines_path(verticals: Sequence[float], horizontals: Sequence[float], area: QRectF) -> QPainterPath:
    """Straight lines through `area` as one path, so that crossings are not drawn twice."""
    path = QPainterPath()
    for x in verticals:
        path.moveTo(x, area.top())
        path.lineTo(x, area.bottom())
    for y in horizontals:
        path.moveTo(area.left(), y)
        path.lineTo(area.right(), y)
    return path
