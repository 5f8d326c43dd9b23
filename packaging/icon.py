"""Draws the program's icon, ecg-viewer.svg and .png, and the marks in ticked boxes: `python packaging/icon.py`.

A beat on ECG paper, with the model's colour behind the part that departs: what the program shows, in one picture.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QImage, QLinearGradient, QPainter, QPainterPath, QPen

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icons"
SIZE = 256
PAPER, GRID, TRACE = "#fff6f2", "#f0b8b0", "#16324f"
HEAT = (("#fbe08a", 0.0), ("#f08a4b", 0.5), ("#b5336b", 1.0))
TICKS = ("#ffffff",)
"""Colours of text on the accent, in `ecg_viewer.qt.theme`."""
STEP = 32
"""Distance of the grid's lines."""
BEAT = ((16, 148), (56, 148), (70, 130), (84, 148), (98, 148), (108, 164), (124, 40), (142, 204), (152, 148),
        (170, 148), (192, 112), (214, 148), (240, 148))
"""P, QRS and T, in a square of 256."""
DEPARTS = (158, 60, 70, 136)
"""Left, top, width and height of what the model marks: the ST segment and the T wave."""


def svg() -> str:
    """The icon as a drawing."""
    lines = "".join(
        f'<path d="M{at} 8V248M8 {at}H248"/>' for at in range(STEP, SIZE, STEP)
    )
    stops = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for colour, at in HEAT)
    left, top, width, height = DEPARTS
    points = " ".join(f"{x},{y}" for x, y in BEAT)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f'<defs><linearGradient id="heat" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient></defs>'
        f'<rect x="8" y="8" width="240" height="240" rx="44" fill="{PAPER}" stroke="{TRACE}" stroke-width="6"/>'
        f'<g stroke="{GRID}" stroke-width="2.5" fill="none">{lines}</g>'
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="10" fill="url(#heat)" opacity="0.85"/>'
        f'<polyline points="{points}" fill="none" stroke="{TRACE}" stroke-width="12" stroke-linejoin="round" '
        'stroke-linecap="round"/></svg>\n'
    )


def picture() -> QImage:
    """The same as pixels."""
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(8, 8, 240, 240), 44, 44)
    painter.fillPath(frame, QColor(PAPER))
    painter.setPen(QPen(QColor(GRID), 2.5))
    for at in range(STEP, SIZE, STEP):
        painter.drawLine(at, 8, at, 248)
        painter.drawLine(8, at, 248, at)
    left, top, width, height = DEPARTS
    gradient = QLinearGradient(0, top, 0, top + height)
    for colour, stop in HEAT:
        gradient.setColorAt(stop, QColor(colour))
    painter.setOpacity(0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(gradient))
    painter.drawRoundedRect(QRectF(left, top, width, height), 10, 10)
    painter.setOpacity(1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(TRACE), 12)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline([QPointF(x, y) for x, y in BEAT])
    painter.strokePath(frame, QPen(QColor(TRACE), 6))
    painter.end()
    return image


def tick(colour: str) -> str:
    """The mark in a ticked box."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 13 13" width="13" height="13">'
        f'<path d="M2.8 6.8L5.4 9.6L10.4 3.6" fill="none" stroke="{colour}" stroke-width="1.8"/></svg>\n'
    )


def main() -> int:
    """Write all files."""
    app = QGuiApplication(sys.argv[:1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "ecg-viewer.svg").write_text(svg(), encoding="utf-8")
    for colour in TICKS:
        (FOLDER / f"tick-{colour[1:]}.svg").write_text(tick(colour), encoding="utf-8")
    done = picture().save(str(FOLDER / "ecg-viewer.png"))
    app.quit()
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
