"""How heat, what was not assessed and the layers are drawn on a band of a page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from ecg_viewer.export.content import Heat
from ecg_viewer.export.page_options import PageOptions
from ecg_viewer.export.pages.frame import UNRELIABLE_OPACITY
from ecg_viewer.export.pages.ink import mm, pen
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.heat_colours import heat_ramp, ink_ramp
from ecg_viewer.state.heat import FIRST_PERCENTILE_CODE, NOT_ASSESSED, PENDING
from ecg_viewer.state.quality import unreliable_columns
from mmae_core.record import STANDARD_LEADS

HATCH_MM = 1.6
"""Distance of the lines over what was not assessed."""
INK_STEP = 16
"""Codes that share an ink where the heat colours the trace: about ten inks."""


def heat_pixels(
    heat: Heat, area: LeadArea, end_s: float, n_columns: int, options: PageOptions
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]]:
    """Codes (n,), colours (n, RGBA) and what is hatched (n,) of a lead's stretch."""
    lead, look = STANDARD_LEADS.index(area.lead), options.look
    colours = heat_table(heat_ramp(look.colours, options.theme), look.opacity, look.threshold)
    colours[[PENDING, NOT_ASSESSED], 3] = 0
    codes = heat.slice(area.start_s, end_s, n_columns)[lead]
    pixels = np.ascontiguousarray(colours[codes])
    poor = unreliable_columns(heat.windows, area.start_s, end_s, n_columns)[lead] & (codes >= FIRST_PERCENTILE_CODE)
    pixels[poor, 3] = np.rint(pixels[poor, 3] * UNRELIABLE_OPACITY).astype(np.uint8)
    return codes, pixels, np.asarray((codes == NOT_ASSESSED) | poor)


def runs_of_ink(
    codes: NDArray[np.uint8], hatched: NDArray[np.bool_], options: PageOptions
) -> list[tuple[int, int, str]]:
    """(first column, column after the last, colour) of each stretch of a trace that is drawn in the heat's colour."""
    look = options.look
    table = heat_table(ink_ramp(look.colours, options.theme), 1.0, look.threshold)
    steps = np.where(hatched | (table[codes, 3] == 0), 0, codes // INK_STEP + 1)
    edges = np.flatnonzero(np.diff(np.concatenate(([-1], steps, [-1]))))
    found = []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if steps[first]:
            red, green, blue = (int(part) for part in table[codes[first:last].max(), :3])
            found.append((first, last, f"#{red:02x}{green:02x}{blue:02x}"))
    return found


def hatch(painter: QPainter, band: QRectF, mask: NDArray[np.bool_], colour: str) -> None:
    """Diagonal lines over the masked columns of a band."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))).reshape(-1, 2)
    width = band.width() / mask.size
    painter.save()
    inside = QPainterPath()
    for first, last in edges.tolist():
        inside.addRect(QRectF(band.left() + first * width, band.top(), (last - first) * width, band.height()))
    painter.setClipPath(inside, Qt.ClipOperation.IntersectClip)
    painter.setPen(pen(colour, 0.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    x = band.left() - band.height()
    while x < band.right():
        path.moveTo(x, band.bottom())
        path.lineTo(x + band.height(), band.top())
        x += mm(HATCH_MM)
    painter.drawPath(path)
    painter.restore()
