"""Draws a trace as unbroken lines, each stretch in the colour of its heat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QPen

from ecg_viewer.paint.polygon import polygon
from ecg_viewer.render.decimate import runs


@dataclass(frozen=True)
class TraceLine:
    """The points of a trace where they are drawn."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    connect: NDArray[np.bool_]
    """Whether a line goes on to the next point."""


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn: with a pen, once for each offset across and down."""

    pen: QPen
    offsets: Sequence[tuple[float, float]] = ((0.0, 0.0),)


def paint_trace(
    painter: QPainter, line: TraceLine, strokes: Sequence[Stroke], shades: NDArray[np.int64] | None = None
) -> None:
    """Draw a trace with the stroke of the stronger of its ends' `shades` between two points; else with the first.

    Stronger shades are drawn over weaker ones.
    """
    if shades is None:
        _draw(painter, line, line.connect, strokes[0])
        return
    between = np.append(np.maximum(shades[:-1], shades[1:]), 0)[: shades.size]
    for shade in np.unique(between):
        _draw(painter, line, line.connect & (between == shade), strokes[shade])


def _draw(painter: QPainter, line: TraceLine, connect: NDArray[np.bool_], stroke: Stroke) -> None:
    for run in runs(connect):
        paint_line(painter, line.x[run], line.y[run], stroke)


def paint_line(painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64], stroke: Stroke) -> None:
    """Draw one line through points."""
    painter.setPen(stroke.pen)
    for across, down in stroke.offsets:
        painter.drawPolyline(polygon(x + across, y + down))
