"""The difference of two maps on the paper: above the middle where A is higher, below it where B is; and its legend."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from ecg_viewer.paint.heat_painter import ColumnPlaces, HeatFills, HeatPainter, paint_strip
from ecg_viewer.render.difference_colours import difference_pixels, difference_place, points_at
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.heat_bands import UNRELIABLE_OPACITY, heat_band
from ecg_viewer.render.heat_stretch import HeatStretch
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import FIRST_PERCENTILE_CODE, NOT_ASSESSED, PENDING, HeatMap
from ecg_viewer.state.research.difference import DifferenceMap, Differences
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import STANDARD_LEADS

RAMP_PX = 12.0
MOST_RAMP_PX = 460.0
TICKS = (-100.0, -20.0, -5.0, -1.0, 1.0, 5.0, 20.0, 100.0)
GAP_SHARE = 0.06
"""Of the ramp's width, on either side of its middle: less than a point has no colour."""
A_HIGHER, B_HIGHER, UNIT = translatable("A higher"), translatable("B higher"), translatable("A − B, percentile points")
LEGEND = translatable(
    "A − B in percentile points, where A or B reaches percentile {threshold:g}; upper half, orange: A higher; "
    "lower half, blue: B higher"
)


class DifferenceStretch(HeatStretch):
    """The difference of both maps in a stretch; its codes mark where there is none."""

    def __init__(self, found: Differences) -> None:
        self.found = found
        self.codes = np.where(
            found.is_pending, PENDING, np.where(np.isnan(found.points), NOT_ASSESSED, FIRST_PERCENTILE_CODE)
        ).astype(np.uint8)
        self.poor = found.is_poor
        self.hatched = (self.codes == NOT_ASSESSED) | self.poor


class DifferencePainter(HeatPainter):
    """Paints a difference behind the traces, or in their ribbons if the heat is shown there."""

    def __init__(
        self, difference: DifferenceMap, look: HeatLook | None, theme: Theme, fills: HeatFills
    ) -> None:
        shown = None if look is None else replace(look, style="ribbon" if look.style == "ribbon" else "background")
        super().__init__(shown, theme, fills)
        self._difference, self._theme = difference, theme

    def stretch(self, heat: HeatMap, start_s: float, end_s: float, n_columns: int) -> DifferenceStretch:
        """The difference takes the place of `heat`."""
        return DifferenceStretch(self._difference.between(start_s, end_s, n_columns))

    def paint(self, painter: QPainter, stretch: HeatStretch, rows: tuple[Row, ...], places: ColumnPlaces) -> None:
        """Bands or ribbons, in halves."""
        if self.look is None or not isinstance(stretch, DifferenceStretch):
            return
        columns = slice(places.first, places.end)
        points = np.where(stretch.found.highest >= self.look.threshold, stretch.found.points, 0.0)
        pixels = difference_pixels(points, self._theme, self.look.opacity)
        pixels[stretch.poor, 3] = np.rint(pixels[stretch.poor, 3] * UNRELIABLE_OPACITY).astype(np.uint8)
        for row in rows:
            lead = STANDARD_LEADS.index(row.lead)
            top, height = heat_band(row, self.look.style, self._fills.px_per_mm)
            upper = height // 2
            for is_shown, half in ((points[lead] > 0, (top, upper)), (points[lead] < 0, (top + upper, height - upper))):
                line = np.ascontiguousarray(np.where(is_shown[:, None], pixels[lead], 0)[columns])
                paint_strip(painter, line, places.area(places.first, places.end, *half))
            self._paint_patterns(painter, stretch, lead, (top, height), places)


@dataclass(frozen=True)
class DifferenceHeat:
    """Shows the difference instead of the paper's heat map."""

    difference: DifferenceMap

    def painter(self, look: HeatLook | None, theme: Theme, fills: HeatFills) -> HeatPainter:
        """Of a scene."""
        return DifferencePainter(self.difference, look, theme, fills)

    def text_at(self, lead: str, time_s: float) -> str:
        """Both values, and their difference."""
        return self.difference.text_at(lead, time_s)


def legend_height(font: QFont) -> int:
    """Of `paint_legend`."""
    return round(RAMP_PX + 2 * QFontMetricsF(font).height() + 8)


def paint_legend(painter: QPainter, area: QRectF, theme: Theme, font: QFont, opacity: float) -> None:
    """The ramp from B higher to A higher, in the halves in which the paper has them, with points under it."""
    metrics = QFontMetricsF(font)
    line = metrics.height()
    ramp = QRectF(area.left(), area.top() + line + 2, min(area.width(), MOST_RAMP_PX), RAMP_PX)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    title = QRectF(ramp.left(), area.top(), ramp.width(), line)
    painter.drawText(title, Qt.AlignmentFlag.AlignLeft, f"◀ {tr(B_HIGHER)}")
    painter.drawText(title, Qt.AlignmentFlag.AlignRight, f"{tr(A_HIGHER)} ▶")
    words = f"◀ {tr(B_HIGHER)}{tr(UNIT)}{tr(A_HIGHER)} ▶"
    if metrics.horizontalAdvance(words) + 40 < ramp.width():
        painter.drawText(title, Qt.AlignmentFlag.AlignHCenter, tr(UNIT))
    painter.fillRect(ramp, QColor(theme.paper))
    n_columns = max(2, round(ramp.width()))
    along = np.linspace(-1, 1, n_columns)
    beyond = np.sign(along) * (np.abs(along) - GAP_SHARE) / (1 - GAP_SHARE)
    points = np.where(np.abs(along) < GAP_SHARE, 0.0, points_at(beyond))
    pixels = difference_pixels(points, theme, opacity)
    for is_shown, top in ((points > 0, ramp.top()), (points < 0, ramp.top() + RAMP_PX / 2)):
        half = np.ascontiguousarray(np.where(is_shown[:, None], pixels, 0))
        image = QImage(half.tobytes(), n_columns, 1, 4 * n_columns, QImage.Format.Format_RGBA8888)
        painter.drawImage(QRectF(ramp.left(), top, ramp.width(), RAMP_PX / 2), image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(ramp.adjusted(0.5, 0.5, -0.5, -0.5))
    free_from = area.left()
    for points_tick in TICKS:
        place = float(difference_place(np.array(points_tick)))
        share = np.sign(points_tick) * (GAP_SHARE + abs(place) * (1 - GAP_SHARE))
        x = ramp.left() + (share + 1) / 2 * ramp.width()
        text = f"{points_tick:+g}".replace("-", "\N{MINUS SIGN}")
        width = metrics.horizontalAdvance(text)
        left = min(max(ramp.left(), x - width / 2), ramp.right() - width)
        if left >= free_from:
            painter.drawLine(QPointF(x, ramp.bottom()), QPointF(x, ramp.bottom() + 3))
            painter.drawText(QRectF(left, ramp.bottom() + 2, width + 2, line), text)
            free_from = left + width + 5


def legend_text(threshold: float) -> str:
    """The legend in words."""
    return tr(LEGEND).format(threshold=threshold)
