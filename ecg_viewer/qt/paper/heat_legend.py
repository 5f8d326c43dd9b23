"""The legend of the heat: which colour is which percentile among normal ECGs, the same for every record."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ecg_viewer.paint.heat_painter import paint_strip
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.textures import dot_brush, hatch_brush
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.legend_colours import LEGEND_TICKS, legend_place, legend_ramp, unreliable_colour
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number

RAMP_PX = 14
TEXT_PX = 11
SWATCH_PX = 22
SWATCH_GAP_PX = 6
BETWEEN_PX = 14
MARGIN_PX = 8
ROW_GAP_PX = 5
HATCHED = translatable("not assessed")
DOTTED = translatable("not yet computed")
UNRELIABLE = translatable("unreliable: poor signal")
TITLE = translatable("Percentile among normal ECGs")
NO_HEAT = translatable("The heat is switched off (H)")
DESCRIPTION = translatable(
    "Colour shows a percentile among normal ECGs, from the 90th up, of each layer by its own measure; hatched was not "
    "assessed or, if faintly coloured, is unreliable: the signal is poor;"
)


class HeatLegend(Retranslatable, QWidget):
    """A horizontal ramp with percentile ticks, and the swatches of what has no percentile."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = HeatLook()
        self._is_compact = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_texts(self, name="Legend of the heat map")
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
        """For a low window: without the pattern of what is unreliable, which is then in the tooltip."""
        if compact != self._is_compact:
            self._is_compact = compact
            self._set_tip()
            self.updateGeometry()
            self.update()

    def retranslate(self) -> None:
        self.set_look(self._look)
        self._set_tip()
        self.updateGeometry()

    def _set_tip(self) -> None:
        self.setToolTip(plain_tip(f"{tr(DESCRIPTION).rstrip(';')}." if self._is_compact else ""))

    def sizeHint(self) -> QSize:
        minimum = self.minimumSizeHint()
        return QSize(max(280, minimum.width()), minimum.height())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font())
        swatches = sum(SWATCH_PX + SWATCH_GAP_PX + metrics.horizontalAdvance(tr(text)) for text in (HATCHED, DOTTED))
        height = 2 * metrics.height() + 2 * RAMP_PX + 18
        if not self._is_compact:
            height += RAMP_PX + ROW_GAP_PX + 4
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
        paint_strip(painter, legend_ramp(self._look, self._theme, max(2, round(width))), ramp)
        painter.drawRect(ramp.adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_ticks(painter, ramp, metrics)
        self._paint_threshold(painter, ramp)
        self._paint_patterns(painter, QRectF(left, ramp.bottom() + line + 10, width, RAMP_PX), metrics)
        painter.end()

    def _paint_patterns(self, painter: QPainter, area: QRectF, metrics: QFontMetricsF) -> None:
        hatch, dots = hatch_brush(self._theme.hatch, 1.0), dot_brush(self._theme.pending, 1.0)
        faint = QBrush(QColor(*unreliable_colour(self._look, self._theme)))
        self._paint_swatches(painter, area, metrics, ((tr(HATCHED), [hatch]), (tr(DOTTED), [dots])))
        if not self._is_compact:
            area.translate(0, RAMP_PX + ROW_GAP_PX)
            self._paint_swatches(painter, area, metrics, ((tr(UNRELIABLE), [faint, hatch]),))

    def _paint_threshold(self, painter: QPainter, ramp: QRectF) -> None:
        """A mark through the ramp, with a head above it, where the colour begins."""
        x = ramp.left() + legend_place(self._look.threshold) * ramp.width()
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
        free_from = ramp.left()
        for percentile in LEGEND_TICKS:
            x = ramp.left() + legend_place(percentile) * ramp.width()
            text = number(percentile, "g")
            width = metrics.horizontalAdvance(text)
            left = min(max(ramp.left(), x - width / 2), ramp.right() - width)
            if left >= free_from:
                painter.drawLine(round(x), round(ramp.bottom()), round(x), round(ramp.bottom()) + 3)
                painter.drawText(QRectF(left, ramp.bottom() + 3, width + 2, metrics.height()), text)
                free_from = left + width + 6

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
