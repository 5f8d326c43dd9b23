"""Names of leads that depart as a whole: in the colour of their percentile, with its figure beside or below."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ecg_viewer.qt.paper.lead_labels import cell_label_box, cell_places, gutter_label_box, label_font, label_of
from ecg_viewer.qt.paper.tile_painter import Scene
from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.contrast import readable_colour
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.heat_colours import heat_ramp
from ecg_viewer.state.heat import percentile_codes
from ecg_viewer.state.words.record_words import percentile_text

ROOMY_PX = 34
"""Row distance from which the figure fits below the name."""
FIGURE_PX = 10


def paint_tints(
    painter: QPainter, scene: Scene, base: QFont, percentiles: Mapping[str, float], poor: Collection[str]
) -> None:
    """Paint a plate over the name of each lead at or above the threshold; none without heat.

    Leads whose signal is `poor` have their badge instead.
    """
    look = scene.heat
    if look is None or look.style == "off":
        return
    shown = {
        lead: value for lead, value in percentiles.items() if value >= look.threshold and lead not in poor
    }
    if not shown:
        return
    layout, theme = scene.layout, scene.theme
    table = heat_table(heat_ramp(look.colours, theme), 1.0, look.threshold)
    font = label_font(base, layout.geometry.pitch_px / layout.device_ratio)
    places = [(row, None) for row in layout.geometry.rows] if layout.has_labels_in_gutter else list(cell_places(layout))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row, left in places:
        if row.lead in shown and not scene.inks.is_dimmed(row.lead):
            red, green, blue, alpha = (int(part) for part in table[percentile_codes(np.array(shown[row.lead]))])
            plate = _over(QColor(red, green, blue, alpha), QColor(theme.paper))
            box = _name_box(scene, row, left, font)
            _paint_plate(painter, box, label_of(scene, row), font, plate, scene)
            _paint_figure(painter, box, percentile_text(shown[row.lead]), base, scene, below=left is None)
    painter.restore()


def _name_box(scene: Scene, row: Row, left: float | None, font: QFont) -> QRectF:
    text = label_of(scene, row)
    if left is not None:
        return cell_label_box(scene.layout, row, left, text, font)
    return gutter_label_box(scene.layout, row, text, font)


def _paint_plate(painter: QPainter, box: QRectF, text: str, font: QFont, plate: QColor, scene: Scene) -> None:
    colour = readable_colour(plate.name(), scene.theme.text, scene.theme.paper)
    painter.setFont(font)
    painter.setPen(QColor(scene.theme.quiet_text))
    painter.setBrush(plate)
    painter.drawRoundedRect(box.adjusted(-3, -1, 3, 1), 3, 3)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


def _paint_figure(painter: QPainter, box: QRectF, text: str, base: QFont, scene: Scene, *, below: bool) -> None:
    """The percentile itself, where rows leave room for it."""
    layout = scene.layout
    if below and layout.geometry.pitch_px / layout.device_ratio < ROOMY_PX:
        return
    font = QFont(base)
    font.setPixelSize(FIGURE_PX)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    if below:
        area = QRectF(box.left() - 2, box.bottom() + 1, width + 2, height)
    else:
        area = QRectF(box.right() + 6, box.center().y() - height / 2, width + 2, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(scene.theme.paper))
    painter.drawRoundedRect(area.adjusted(-1, 0, 1, 0), 2, 2)
    painter.setFont(font)
    painter.setPen(QColor(scene.theme.quiet_text))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


def _over(colour: QColor, ground: QColor) -> QColor:
    """A colour laid over a ground, as one opaque colour."""
    share = colour.alphaF()
    return QColor.fromRgbF(
        share * colour.redF() + (1 - share) * ground.redF(),
        share * colour.greenF() + (1 - share) * ground.greenF(),
        share * colour.blueF() + (1 - share) * ground.blueF(),
    )
