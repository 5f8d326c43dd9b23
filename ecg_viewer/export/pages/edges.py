"""The edge that shows the layer of a heat, on pages as on the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ecg_viewer.export.pages.ink import mm
from mmae_core.assessment import Layer

EDGE_MM = 0.7
"""Height: below, and solid, what has a name; above,
and dashed, beats unlike the patient's own; none, the model's map."""
DASH_MM = (1.2, 0.8)
"""Length of a dash, and of the gap after it."""


def draw_edge(painter: QPainter, band: QRectF, marked: NDArray[np.bool_], layer: Layer, ink: str) -> None:
    """The edge of a layer along the marked columns of a band."""
    height = min(mm(EDGE_MM), band.height() / 2)
    top = band.bottom() - height if layer == "named" else band.top()
    width = band.width() / max(marked.size, 1)
    for first, last in np.flatnonzero(np.diff(np.r_[False, marked, False].astype(np.int8))).reshape(-1, 2).tolist():
        left, right = band.left() + first * width, band.left() + last * width
        if layer == "named":
            painter.fillRect(QRectF(left, top, right - left, height), QColor(ink))
            continue
        while left < right:
            painter.fillRect(QRectF(left, top, min(mm(DASH_MM[0]), right - left), height), QColor(ink))
            left += mm(sum(DASH_MM))
