"""The legend of the heat: which colour is which percentile among normal ECGs, the same for every record."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ecg_viewer.qt.paper.heat_painter import UNRELIABLE_OPACITY
from ecg_viewer.qt.widgets.speaks_anew import SpeaksAnew
from ecg_viewer.qt.widgets.textures import dot_brush, hatch_brush
from ecg_viewer.render.colour import HEAT_STOPS, heat_table
from ecg_viewer.render.heat_colours import heat_ramp, ink_ramp
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import percentile_codes
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number

TICKS = (90.0, 95.0, 99.0, 99.9)
RAMP_PX = 14
TEXT_PX = 11
SWATCH_PX = 22
SWATCH_GAP_PX = 6
BETWEEN_PX = 14
MARGIN_PX = 8
ROW_GAP_PX = 5
UNRELIABLE_PERCENTILE = 99.0
"""Shown in the swatch of unreliable heat."""
HATCHED = translatable("not assessed")
DOTTED = translatable("not yet computed")
UNRELIABLE = translatable("unreliable: poor signal")
TITLE = translatable("Percentile among normal ECGs")
NO_HEAT = translatable("The heat is switched off (H)")
DESCRIPTION = translatable(
    "Colour shows a percentile among normal ECGs, from the 90th up, of each layer by its own measure; hatched was not "
    "assessed or, if faintly coloured, is unreliable: the signal is poor;"
)


class HeatLegend(SpeaksAnew, QWidget):
    """A horizontal ramp with percentile ticks, and the swatches of what has no percentile."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = HeatLook()
        self._is_compact = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Legend of the heat map"))
        self.set_look(HeatLook())

    def set_theme(self, theme: Theme) -> None:
        """Change all colours."""
        self._theme = theme
        self.update()

    def set_look(self, look: HeatLook) -> None:
        """Show the colours, the opacity and the threshold of the heat on the paper."""
        self._look = look
        threshold = tr("the threshold is percentile {percentile:g}").format(percentile=look.threshold)
        self.setAccessibleDescription(f"{tr(DESCRIPTION)} {threshold}.")
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the scale alone, for a low window; the patterns are then in the tooltip."""
        if compact != self._is_compact:
            self._is_compact = compact
            self._set_tip()
            self.updateGeometry()
            self.update()

    def say_anew(self) -> None:
        self.set_look(self._look)
        self._set_tip()
        self.updateGeometry()

    def _set_tip(self) -> None:
        self.setToolTip(f"{tr(DESCRIPTION).rstrip(';')}." if self._is_compact else "")

    def sizeHint(self) -> QSize:
        minimum = self.minimumSizeHint()
        return QSize(max(280, minimum.width()), minimum.height())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font())
        swatches = sum(SWATCH_PX + SWATCH_GAP_PX + metrics.horizontalAdvance(tr(text)) for text in (HATCHED, DOTTED))
        height = 2 * metrics.height() + RAMP_PX + 10
        if not self._is_compact:
            height += 2 * RAMP_PX + ROW_GAP_PX + 12
        return QSize(math.ceil(swatches + BETWEEN_PX + 2 * MARGIN_PX) + 4, math.ceil(height))

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(TEXT_PX)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._font()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        line = metrics.height()
        painter.setPen(self.palette().color(self.foregroundRole()))
        left, width = float(MARGIN_PX), float(self.width() - 2 * MARGIN_PX)
        title = QRectF(left, 0, width, line)
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft, tr(NO_HEAT if self._look.style == "off" else TITLE))
        ramp = QRectF(left, line + 5, width, RAMP_PX)
        painter.fillRect(ramp, QColor(self._theme.paper))
        painter.drawImage(ramp, self._ramp(max(2, round(width))))
        painter.drawRect(ramp.adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_ticks(painter, ramp, metrics)
        self._paint_threshold(painter, ramp)
        if not self._is_compact:
            self._paint_patterns(painter, QRectF(left, ramp.bottom() + line + 10, width, RAMP_PX), metrics)
        painter.end()

    def _paint_patterns(self, painter: QPainter, area: QRectF, metrics: QFontMetricsF) -> None:
        hatch, dots = hatch_brush(self._theme.hatch, 1.0), dot_brush(self._theme.pending, 1.0)
        self._paint_swatches(painter, area, metrics, ((tr(HATCHED), [hatch]), (tr(DOTTED), [dots])))
        area.translate(0, RAMP_PX + ROW_GAP_PX)
        self._paint_swatches(painter, area, metrics, ((tr(UNRELIABLE), [self._faint_heat(), hatch]),))

    def _ramp(self, n_columns: int) -> QImage:
        """The colour table along the ramp, where equal lengths are equal differences of colour."""
        percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
        along = np.interp(np.linspace(0, 1, n_columns), places, percentiles)
        pixels = self._table()[percentile_codes(along)]
        return QImage(pixels.tobytes(), n_columns, 1, 4 * n_columns, QImage.Format.Format_RGBA8888).copy()

    def _table(self) -> NDArray[np.uint8]:
        """RGBA of every heat code, as the paper shows it; a coloured trace is opaque."""
        look = self._look
        if look.style == "trace":
            return heat_table(ink_ramp(look.colours, self._theme), 1.0, look.threshold)
        return heat_table(heat_ramp(look.colours, self._theme), look.opacity, look.threshold)

    def _paint_threshold(self, painter: QPainter, ramp: QRectF) -> None:
        """A mark through the ramp, with a head above it, where the colour begins."""
        percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
        x = ramp.left() + float(np.interp(self._look.threshold, percentiles, places)) * ramp.width()
        x = min(max(x, ramp.left() + 1), ramp.right() - 1)
        colour = self.palette().color(self.foregroundRole())
        painter.fillRect(QRectF(x - 1, ramp.top() - 2, 2, ramp.height() + 4), colour)
        head = QPolygonF([QPointF(x - 4, ramp.top() - 4), QPointF(x + 4, ramp.top() - 4), QPointF(x, ramp.top() + 2)])
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(head)
        painter.restore()

    def _paint_ticks(self, painter: QPainter, ramp: QRectF, metrics: QFontMetricsF) -> None:
        percentiles, places, _ = zip(*HEAT_STOPS, strict=True)
        free_from = ramp.left()
        for percentile in (*TICKS, 100.0):
            x = ramp.left() + float(np.interp(percentile, percentiles, places)) * ramp.width()
            text = number(percentile, "g")
            width = metrics.horizontalAdvance(text)
            left = min(max(ramp.left(), x - width / 2), ramp.right() - width)
            if left >= free_from:
                painter.drawLine(round(x), round(ramp.bottom()), round(x), round(ramp.bottom()) + 3)
                painter.drawText(QRectF(left, ramp.bottom() + 3, width + 2, metrics.height()), text)
                free_from = left + width + 6

    def _faint_heat(self) -> QBrush:
        """Heat as the paper shows it in a lead whose signal is poor."""
        codes = percentile_codes(np.array([UNRELIABLE_PERCENTILE]))
        table = heat_table(heat_ramp(self._look.colours, self._theme), self._look.opacity)
        red, green, blue, alpha = (int(part) for part in table[codes[0]])
        return QBrush(QColor(red, green, blue, round(alpha * UNRELIABLE_OPACITY)))

    def _paint_swatches(
        self, painter: QPainter, area: QRectF, metrics: QFontMetricsF, swatches: Iterable[tuple[str, list[QBrush]]]
    ) -> None:
        x = area.left()
        for text, brushes in swatches:
            swatch = QRectF(x, area.top(), SWATCH_PX, area.height())
            painter.fillRect(swatch, QColor(self._theme.paper))
            for brush in brushes:
                painter.fillRect(swatch, brush)
            painter.drawRect(swatch.adjusted(0.5, 0.5, -0.5, -0.5))
            width = metrics.horizontalAdvance(text)
            box = QRectF(swatch.right() + SWATCH_GAP_PX, area.top() - 2, width + 2, area.height() + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            x = box.right() + BETWEEN_PX
