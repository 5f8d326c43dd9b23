"""Names of the leads: in the gutter beside their rows, or in their cells where the layout has columns."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ecg_viewer.qt.paper.tile_painter import Scene
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.layouts import lead_text

_INSET = 5.0
RIM_PX = 3.0
"""Width of the paper-coloured rim round the letters of a name among traces."""


def label_font(base: QFont, pitch_px: float) -> QFont:
    """A bold font that fits rows that far apart."""
    font = QFont(base)
    font.setBold(True)
    font.setPixelSize(round(min(15.0, max(9.0, pitch_px * 0.28))))
    return font


def gutter_label_box(layout: PaperLayout, row: Row, text: str, font: QFont) -> QRectF:
    """Where a name stands in the gutter: beside its row."""
    metrics = QFontMetricsF(font)
    top = row.baseline_px / layout.device_ratio - metrics.height() / 2
    return QRectF(6, top, metrics.horizontalAdvance(text), metrics.height())


def label_of(scene: Scene, row: Row) -> str:
    """A lead's name as it stands on the paper; one that was computed from others is marked."""
    return lead_text(row.lead, row.sign, () if scene.record is None else scene.record.derived_leads)


def label_colour(scene: Scene, row: Row) -> str:
    """The colour of a lead's name: that of its trace where two inks tell traces apart, faint behind another lead."""
    is_usual = scene.inks.front is None and not scene.inks.is_second(row, scene.layout.geometry)
    return scene.theme.text if is_usual else scene.inks.colour_of(row, scene.layout.geometry, scene.theme)


def paint_label(painter: QPainter, box: QRectF, text: str, colour: str, theme: Theme, *, at_front: bool) -> None:
    """A name on the colour of the paper, so that neither grid nor trace runs through it; the other way round for the
    lead at the front.
    """
    ink, ground = (theme.paper, theme.text) if at_front else (colour, theme.paper)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box.adjusted(-3, -1, 3, 1), 3, 3)
    painter.setPen(QColor(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


def cell_places(layout: PaperLayout) -> Iterator[tuple[Row, float]]:
    """Every row that has a name in its cell, with the left edge of the cell; one across all columns once."""
    seen: set[Row] = set()
    for panel in layout.sheet.panels:
        for row in panel.rows:
            if row not in seen:
                seen.add(row)
                yield row, (layout.gutter_px + panel.left_px) / layout.device_ratio


def cell_label_box(layout: PaperLayout, row: Row, left: float, text: str, font: QFont) -> QRectF:
    """Where a name stands in its cell: in the upper left corner of what the heat fills."""
    metrics = QFontMetricsF(font)
    top = row.band_top_px / layout.device_ratio + 3
    return QRectF(left + _INSET, top, metrics.horizontalAdvance(text), metrics.height())


def paint_cell_labels(painter: QPainter, scene: Scene, base: QFont) -> None:
    """The names of a layout with columns, each in its own cell: a rim round the letters, so that a trace stays seen."""
    layout = scene.layout
    font = label_font(base, layout.geometry.pitch_px / layout.device_ratio)
    ascent = QFontMetricsF(font).ascent()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rim = QPen(QColor(scene.theme.paper), RIM_PX)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for row, left in cell_places(layout):
        text = label_of(scene, row)
        box = cell_label_box(layout, row, left, text, font)
        if row.lead == scene.inks.front:
            painter.setFont(font)
            paint_label(painter, box, text, scene.theme.text, scene.theme, at_front=True)
            continue
        letters = QPainterPath()
        letters.addText(box.left(), box.top() + ascent, font, text)
        painter.strokePath(letters, rim)
        painter.fillPath(letters, QColor(label_colour(scene, row)))
    painter.restore()
