"""Two maps side by side, lead x time: what departs from normals, and what differs from the earlier ECG.

The first is coloured as heat is, with the cohort's percentiles of each wave. The second has a sign: orange and its
upper half for higher than before, blue and its lower half for lower.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.difference_colours import difference_pixels
from ecg_viewer.render.heat_colours import heat_ramp
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.heat import HeatMap, code_percentiles
from ecg_viewer.state.layouts import ordered_leads
from ecg_viewer.state.measure.beat_heat import beat_heat
from ecg_viewer.state.serial.board import SerialBoard
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import MINUS, number
from ecg_viewer.state.words.record_words import percentile_text
from mmae_core.departures.results import Wave
from mmae_core.record import STANDARD_LEADS
from mmae_core.serial.beat_grid import N_POINTS, PARTS

if TYPE_CHECKING:
    from mmae_core.serial.compare import SerialComparison

Array = NDArray[np.float64]
GUTTER_LETTERS = 5
OWN_TITLE = translatable("From the earlier ECG: orange, upper half: higher; blue, lower half: lower")
FULL_RATIO = 4.0
"""Tolerances at which the colour is full."""
FULL_POINTS = 100.0
"""What the colours of differences call full."""


class SerialMaps(QWidget):
    """Paints both maps; a tip tells the values under the mouse."""

    def __init__(self, board: SerialBoard, paper: PaperView, heat: HeatMap) -> None:
        """`heat` is that of the open recording."""
        super().__init__()
        self._board, self._paper, self._heat = board, paper, heat
        set_texts(self, name="Maps of both references",
                  description="The table above says the same in words.")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(190)

    def sizeHint(self) -> QSize:
        return QSize(900, 260)

    @property
    def leads(self) -> list[str]:
        """From the top down."""
        return [cell.lead for cell in ordered_leads(STANDARD_LEADS, self._paper.view_state.lead_choice.cabrera)]

    def areas(self) -> tuple[QRectF, QRectF]:
        """Of the cohort's and of the own map, without names."""
        metrics = QFontMetricsF(self.font())
        gutter, head = GUTTER_LETTERS * metrics.averageCharWidth() + 6, 2 * metrics.height() + 6
        width = (self.width() - 2 * gutter - 14) / 2
        height = max(12.0, self.height() - head - 2)
        return QRectF(gutter, head, width, height), QRectF(2 * gutter + width + 12, head, width, height)

    def cohort(self, comparison: SerialComparison) -> Array:
        """(leads, N_POINTS) percentiles among normals: of the heat on the same beats where the later recording is open,
        else of each wave's measurements; NaN where none is known.
        """
        if (heat := self._heat_of(comparison)) is not None:
            return heat
        found = np.full((len(self.leads), N_POINTS), np.nan)
        for wave, part in PARTS.items():
            known = comparison.later.departures.wave_percentiles.get(wave)
            if known is not None:
                found[:, part] = np.array([known[STANDARD_LEADS.index(lead)] for lead in self.leads])[:, None]
        return found

    def _heat_of(self, comparison: SerialComparison) -> Array | None:
        from mmae_core.serial.aligned_beat import grid_times_s

        ecg, average = comparison.later, comparison.later.average
        if not self._board.is_later_open or average is None or ecg.bounds is None or not self._heat.windows:
            return None
        r_s = ecg.examination.measurements.start_s + average.r_samples[average.used] / average.rate_hz
        first_s, last_s = float(average.times_s[0]), float(average.times_s[-1])
        values = code_percentiles()[beat_heat(self._heat, r_s, -first_s, last_s)]
        columns = ((grid_times_s(ecg.bounds) - first_s) / (last_s - first_s) * values.shape[1]).astype(int)
        inside = (columns >= 0) & (columns < values.shape[1])
        found = np.full((len(self.leads), N_POINTS), np.nan)
        rows = [STANDARD_LEADS.index(lead) for lead in self.leads]
        found[:, inside] = values[rows][:, columns[inside]]
        return found

    def own(self, comparison: SerialComparison) -> Array:
        """(leads, N_POINTS) differences from the earlier beat in tolerances, with their sign."""
        return comparison.beat_ratio[[STANDARD_LEADS.index(lead) for lead in self.leads]]

    def paintEvent(self, event: QPaintEvent) -> None:
        comparison, theme = self._board.comparison, self._paper.theme
        if comparison is None:
            return
        with QPainter(self) as painter:
            first, second = self.areas()
            title = tr("From normals: heat of the same beats") if self._heat_of(comparison) is not None else tr(
                "From normals: percentile of each wave")
            self._frame(painter, first, title, theme)
            self._frame(painter, second, tr(OWN_TITLE), theme)
            self._paint_cohort(painter, first, self.cohort(comparison), theme)
            self._paint_own(painter, second, self.own(comparison), theme)
            for area in (first, second):
                self._paint_waves(painter, area, theme)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.text_at(event.pos().x(), event.pos().y())), self)
            return True
        return super().event(event)

    def text_at(self, x: float, y: float) -> str:
        """What is at a point: lead, wave, percentile or difference; empty beside the maps."""
        comparison = self._board.comparison
        for is_own, area in enumerate(self.areas()):
            if comparison is None or not area.contains(x, y):
                continue
            row = min(int((y - area.top()) / area.height() * 12), 11)
            column = min(int((x - area.left()) / area.width() * N_POINTS), N_POINTS - 1)
            lead, wave = self.leads[row], _wave_at(column)
            place = f"{lead} {wave}".strip()
            if is_own:
                at = STANDARD_LEADS.index(lead)
                mv, ratio = comparison.beat_mv[at, column], comparison.beat_ratio[at, column]
                return tr("{place}: not measured in both").format(place=place) if math.isnan(mv) else tr(
                    "{place}: {mv} mV, {ratio} times the tolerance").format(
                        place=place, mv=number(mv, "+.2f").replace("-", MINUS), ratio=number(abs(ratio), ".1f"))
            value = self.cohort(comparison)[row, column]
            return tr("{place}: not compared with normals").format(place=place) if math.isnan(value) else tr(
                "{place}: percentile {percentile} among normal ECGs").format(
                    place=place, percentile=percentile_text(float(value)))
        return ""

    def _frame(self, painter: QPainter, area: QRectF, title: str, theme: Theme) -> None:
        painter.fillRect(area, QColor(theme.paper))
        metrics = QFontMetricsF(self.font())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(QRectF(area.left(), 0, area.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft,
                         metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width()))
        for row, lead in enumerate(self.leads):
            place = QRectF(area.left() - GUTTER_LETTERS * metrics.averageCharWidth() - 4,
                           area.top() + row * area.height() / 12, GUTTER_LETTERS * metrics.averageCharWidth(),
                           area.height() / 12)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, lead)

    def _paint_waves(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Names of the waves, and lines between them and the leads."""
        metrics = QFontMetricsF(self.font())
        painter.setPen(QPen(QColor(theme.rule), 1))
        for row in range(13):
            y = area.top() + row * area.height() / 12
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        for wave, part in PARTS.items():
            left, right = (area.left() + at / N_POINTS * area.width() for at in (part.start, part.stop))
            painter.setPen(QPen(QColor(theme.rule), 1))
            for x in (left, right):
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(self.palette().windowText().color())
            painter.drawText(QRectF(left, area.top() - metrics.height() - 2, right - left, metrics.height()),
                             Qt.AlignmentFlag.AlignCenter, wave)

    def _paint_cohort(self, painter: QPainter, area: QRectF, values: Array, theme: Theme) -> None:
        look = self._paper.view_state.heat_look
        table = heat_table(heat_ramp(look.colours, theme), look.opacity, look.threshold)
        percentiles = code_percentiles()
        for row, lead in enumerate(values):
            for first, end in _runs(lead):
                box = _box(area, row, first, end)
                if math.isnan(lead[first]):
                    painter.fillRect(box, Qt.BrushStyle.BDiagPattern)
                    continue
                code = int(np.nanargmin(np.abs(percentiles - lead[first])))
                painter.fillRect(box, QColor(*(int(channel) for channel in table[code])))

    def _paint_own(self, painter: QPainter, area: QRectF, ratios: Array, theme: Theme) -> None:
        shown = np.where(np.abs(ratios) >= 1.0, np.clip(ratios / FULL_RATIO, -1, 1) * FULL_POINTS, 0.0)
        pixels = difference_pixels(np.nan_to_num(shown), theme)
        for row in range(len(ratios)):
            for column in range(N_POINTS):
                box = _box(area, row, column, column + 1)
                if math.isnan(ratios[row, column]):
                    continue
                if pixels[row, column, 3]:
                    upper = shown[row, column] > 0
                    half = QRectF(box.left(), box.top() if upper else box.center().y(), box.width(), box.height() / 2)
                    painter.fillRect(half, QColor(*(int(channel) for channel in pixels[row, column])))


def _runs(values: Array) -> list[tuple[int, int]]:
    """Stretches of one value, NaN being one."""
    told = np.nan_to_num(values, nan=-1.0)
    edges = [0, *(np.flatnonzero(np.diff(told)) + 1).tolist(), len(values)]
    return list(pairwise(edges))


def _box(area: QRectF, row: int, first: int, end: int) -> QRectF:
    left, right = (area.left() + at / N_POINTS * area.width() for at in (first, end))
    return QRectF(left, area.top() + row * area.height() / 12, right - left, area.height() / 12)


def _wave_at(column: int) -> Wave | str:
    return next((wave for wave, part in PARTS.items() if part.start <= column < part.stop), "")
