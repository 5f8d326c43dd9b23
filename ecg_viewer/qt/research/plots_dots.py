"""Tens of thousands of equal symbols drawn in one call; pyqtgraph's own item loops over them in Python."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

Values = NDArray[np.float64]
EDGE_PX = 2
"""Around a sign, for its line and smooth edge."""


class Dots(QGraphicsItem):
    """One sign at each place of a plot; its size on the screen stays while the plot is zoomed."""

    def __init__(self, x: Values, y: Values, size_px: float, draw: Callable[[QPainter], None]) -> None:
        """`draw` paints the sign around (0, 0). x and y are (n,), n > 0, in the plot's units."""
        from pyqtgraph.Qt.internals import PrimitiveArray

        super().__init__()
        self._x, self._y, self._size_px, self._draw = x, y, size_px, draw
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)
        self._sign = QPixmap()

    def boundingRect(self) -> QRectF:
        low, high = (float(self._x.min()), float(self._y.min())), (float(self._x.max()), float(self._y.max()))
        return QRectF(low[0], low[1], max(high[0] - low[0], 1e-9), max(high[1] - low[1], 1e-9))

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Map the places to the screen and put a picture of the sign on each."""
        ratio = 1.0 if widget is None else widget.devicePixelRatioF()
        side = self._ready_sign(ratio)
        to = painter.transform()
        self._fragments.resize(len(self._x))
        fragments = self._fragments.ndarray()  # (n, 10): middle, part of the picture, scales, turn, opacity
        fragments[:, 0] = to.m11() * self._x + to.m21() * self._y + to.dx()
        fragments[:, 1] = to.m12() * self._x + to.m22() * self._y + to.dy()
        fragments[:, 2:] = (0.0, 0.0, side, side, 1 / ratio, 1 / ratio, 0.0, 1.0)
        painter.save()
        painter.resetTransform()
        painter.drawPixmapFragments(*self._fragments.drawargs(), self._sign)  # type: ignore[call-arg]  # the stub has no count
        painter.restore()

    def _ready_sign(self, ratio: float) -> int:
        """Paint the sign for a screen of so many pixels a point; its side in pixels."""
        side = math.ceil((self._size_px + 2 * EDGE_PX) * ratio)
        if self._sign.width() != side:
            self._sign = QPixmap(side, side)
            self._sign.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._sign)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(side / 2, side / 2)
            painter.scale(ratio, ratio)
            self._draw(painter)
            painter.end()
        return side
