"""Patterns for stretches without a percentile, shared by the paper and its legend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen


def _texture(size_px: int) -> QImage:
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def hatch_brush(colour: str, device_ratio: float) -> QBrush:
    """Diagonal lines that join at the edges of the texture."""
    size = max(6, round(8 * device_ratio))
    image = _texture(size)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), max(1.0, device_ratio)))
    for shift in (-size, 0, size):
        painter.drawLine(QPointF(shift - 2, size + 2), QPointF(shift + size + 2, -2))
    painter.end()
    return QBrush(image)


def dot_brush(colour: str, device_ratio: float) -> QBrush:
    """Sparse dots, much quieter than the hatching."""
    size = max(8, round(12 * device_ratio))
    dot = max(1, round(device_ratio))
    image = _texture(size)
    painter = QPainter(image)
    for x, y in ((size // 4, size // 4), (3 * size // 4, 3 * size // 4)):
        painter.fillRect(x, y, dot, dot, QColor(colour))
    painter.end()
    return QBrush(image)


def dash_brush(colour: str, device_ratio: float) -> QBrush:
    """Dashes along a line, with gaps as long as they are."""
    half = max(3, round(4 * device_ratio))
    image = QImage(2 * half, 2 * half, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.fillRect(0, 0, half, 2 * half, QColor(colour))
    painter.end()
    return QBrush(image)
