"""The badge at the name of a lead whose signal is poor; its reason is the tooltip."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ecg_viewer.qt.paper.lead_labels import cell_label_box, cell_places, label_font
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.layout import LABEL_PX, PaperLayout
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.words.language import tr, translatable

TEXT, SHORT_TEXT = translatable("poor"), "!"
ROOMY_PX = 34
"""Row distance from which the word fits below the name."""
TEXT_PX = 10


def paint_badges(painter: QPainter, layout: PaperLayout, leads: Iterable[str], theme: Theme, font: QFont) -> None:
    """A badge for each of the leads that has a row."""
    for lead in leads:
        area = badge_area(layout, lead, font)
        if area is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.quiet_text))
            painter.drawRoundedRect(area, 3, 3)
            painter.setFont(_font(font))
            painter.setPen(QColor(theme.paper))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, _text(layout))
            painter.restore()


def badge_area(layout: PaperLayout, lead: str, font: QFont) -> QRectF | None:
    """Area of a lead's badge in the widget's coordinates: below the name, or beside it in tight rows. None without a
    row.

    In layouts with columns it is beside the name in the lead's first cell.
    """
    row = layout.geometry.row_of(lead)
    if row is None:
        return None
    if not layout.has_labels_in_gutter:
        return _beside_cell_label(layout, row, font)
    pitch, middle = layout.geometry.pitch_px / layout.device_ratio, row.baseline_px / layout.device_ratio
    metrics = QFontMetricsF(_font(font))
    width, height = metrics.horizontalAdvance(_text(layout)) + 8, metrics.height()
    if pitch >= ROOMY_PX:
        name_height = QFontMetricsF(label_font(font, pitch)).height()
        return QRectF(5, middle + name_height / 2 + 1, width, height)
    height = min(height, pitch)
    return QRectF(LABEL_PX - width - 1, middle - height / 2, width, height)


def _beside_cell_label(layout: PaperLayout, row: Row, font: QFont) -> QRectF:
    """Beside the name, or below it in a cell too narrow for both."""
    left = next(left for place, left in cell_places(layout) if place == row)
    name_font = label_font(font, layout.geometry.pitch_px / layout.device_ratio)
    name = cell_label_box(layout, row, left, row.label, name_font)
    metrics = QFontMetricsF(_font(font))
    height = metrics.height()
    width = metrics.horizontalAdvance(_text(layout)) + 8
    area = next(area for area in layout.areas(0.0) if area.lead == row.lead)
    if name.right() + 12 + width > left + area.width:
        return QRectF(name.left(), name.bottom() + 1, width, height)
    return QRectF(name.right() + 12, name.center().y() - height / 2, width, height)


def _text(layout: PaperLayout) -> str:
    return tr(TEXT) if layout.geometry.pitch_px / layout.device_ratio >= ROOMY_PX else SHORT_TEXT


def _font(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(TEXT_PX)
    font.setBold(True)
    return font
