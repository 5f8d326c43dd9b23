"""Icons of the tool bar, drawn in the colour of the text: they follow every theme and every resolution."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

SIDE = 20.0
"""Icons are drawn on a square of this side."""
RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


def _line(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))


def _time(painter: QPainter) -> None:
    _line(painter, (3.5, 3), (3.5, 17))
    _line(painter, (16.5, 3), (16.5, 17))
    _line(painter, (5.5, 10), (14.5, 10))
    _line(painter, (8, 7.5), (5.5, 10), (8, 12.5))
    _line(painter, (12, 7.5), (14.5, 10), (12, 12.5))


def _amplitude(painter: QPainter) -> None:
    painter.translate(SIDE, 0)
    painter.rotate(90)
    _time(painter)


def _finding(painter: QPainter) -> None:
    pen = painter.pen()
    pen.setDashPattern([2.2, 1.8])
    painter.setPen(pen)
    painter.drawRect(QRectF(2.5, 4.5, 10, 11))
    pen.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    _line(painter, (15.5, 7), (15.5, 13))
    _line(painter, (12.5, 10), (18.5, 10))


def _beat(painter: QPainter) -> None:
    _line(painter, (1.5, 12.5), (4, 12.5), (5, 11), (6, 12.5), (7.2, 12.5), (8, 14), (9.5, 3), (11, 17), (12, 12.5),
          (13.5, 12.5), (15.2, 9.5), (17, 12.5), (18.5, 12.5))


def _compare(painter: QPainter) -> None:
    painter.drawRect(QRectF(2.5, 3.5, 7, 13))
    painter.drawRect(QRectF(10.5, 3.5, 7, 13))
    for left in (3.5, 11.5):
        steps = (0, 11), (1.6, 11), (2.4, 6.5), (3.2, 13), (4, 11), (5, 11)
        _line(painter, *((left + across, down) for across, down in steps))


def _print(painter: QPainter) -> None:
    painter.drawRect(QRectF(5.5, 2.5, 9, 4.5))
    painter.drawRoundedRect(QRectF(2.5, 7, 15, 6.5), 1.5, 1.5)
    painter.drawRect(QRectF(5.5, 11, 9, 6.5))


DRAWINGS: dict[str, Callable[[QPainter], None]] = {
    "caliper_time": _time, "caliper_amplitude": _amplitude, "add_finding": _finding, "average_beat": _beat,
    "compare_file": _compare, "print_preview": _print,
}
"""By the id of the action."""


def tool_icon(action_id: str, colour: QColor, faint: QColor) -> QIcon:
    """The icon of an action, in `colour`, or `faint` where the action makes no sense. Raises KeyError."""
    icon = QIcon()
    for ratio in RATIOS:
        for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, faint)):
            picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(ink, 1.4, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
                DRAWINGS[action_id](painter)
            icon.addPixmap(picture, mode)
    return icon
