"""Patterns for stretches without a percentile and for the edges of layers, shared by the paper and its legends.

Textures of whole pixels, so that scrolled tiles join and are filled fast.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from ecg_viewer.paint.heat_painter import Fill, HeatFills
from ecg_viewer.render.heat_bands import DASH_MM, DOT_MM, DOTS_MM, HATCH_MM
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.calibration import NOMINAL_PX_PER_MM
from mmae_core.assessment import Layer


def _texture(size_px: int) -> QImage:
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def hatch_brush(colour: str, device_ratio: float, px_per_mm: float | None = None) -> QBrush:
    """Diagonal lines that join at the edges of the texture; of a usual screen unless `px_per_mm` (device) is given."""
    size = max(6, _side(HATCH_MM, device_ratio, px_per_mm))
    image = _texture(size)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), max(1.0, device_ratio)))
    for shift in (-size, 0, size):
        painter.drawLine(QPointF(shift - 2, size + 2), QPointF(shift + size + 2, -2))
    painter.end()
    return QBrush(image)


def dot_brush(colour: str, device_ratio: float, px_per_mm: float | None = None) -> QBrush:
    """Sparse dots, much quieter than the hatching."""
    size = max(8, _side(DOTS_MM, device_ratio, px_per_mm))
    dot = max(1, _side(DOT_MM, device_ratio, px_per_mm))
    image = _texture(size)
    painter = QPainter(image)
    for x, y in ((size // 4, size // 4), (3 * size // 4, 3 * size // 4)):
        painter.fillRect(x, y, dot, dot, QColor(colour))
    painter.end()
    return QBrush(image)


def edge_brush(layer: Layer, theme: Theme, device_ratio: float, px_per_mm: float | None = None) -> QBrush:
    """Solid for named departures; for beats unlike the patient's own dashes, with gaps as long as they are."""
    if layer == "named":
        return QBrush(QColor(theme.model_colour))
    half = max(3, _side(DASH_MM, device_ratio, px_per_mm))
    image = _texture(2 * half)
    painter = QPainter(image)
    painter.fillRect(0, 0, half, 2 * half, QColor(theme.model_colour))
    painter.end()
    return QBrush(image)


def texture_fills(theme: Theme, device_ratio: float, px_per_mm: float) -> HeatFills:
    """The patterns of the paper on a screen with so many device pixels a millimetre."""
    scale = device_ratio, px_per_mm
    return HeatFills(
        px_per_mm, _fill(hatch_brush(theme.hatch, *scale)), _fill(dot_brush(theme.pending, *scale)),
        {"named": _fill(edge_brush("named", theme, *scale)), "own": _fill(edge_brush("own", theme, *scale))},
    )


def _side(length_mm: float, device_ratio: float, px_per_mm: float | None) -> int:
    """A length in device pixels."""
    return round(length_mm * (NOMINAL_PX_PER_MM * device_ratio if px_per_mm is None else px_per_mm))


def _fill(brush: QBrush) -> Fill:
    period_px = brush.textureImage().width()

    def fill(painter: QPainter, area: QRectF, origin_px: float) -> None:
        if period_px:
            painter.setBrushOrigin(QPointF(origin_px % period_px, area.top()))
        painter.fillRect(area, brush)

    return fill
