"""Leads ranked by how far they depart from the normal cohort, as bars with figures."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.assessment import LeadResult
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.percentile_words import exact_percentile
from ecg_viewer.state.words.record_words import percentile_text, poor_lead_text

LABEL_WIDTH_EM = 3.0
FIGURE_WIDTH_EM = 4.0
COLUMNS = 2
GAP_PX = 12
UNRELIABLE, NOT_ASSESSED = translatable("unreliable"), translatable("not assessed")


class LeadBars(Retranslatable, QWidget):
    """A bar for each lead, the most unusual first; leads without a reliable result say so instead."""

    def __init__(self, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._ranking: tuple[LeadResult, ...] = ()
        self._is_reliable = True
        set_texts(self, name="Leads, most unusual first")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def ranking(self) -> tuple[LeadResult, ...]:
        return self._ranking

    def set_ranking(self, ranking: tuple[LeadResult, ...], is_reliable: bool = True) -> None:
        """Show leads in this order; `is_reliable`: the recording as a whole can be compared with normal ECGs."""
        if repr((ranking, is_reliable)) == repr((self._ranking, self._is_reliable)):  # NaN is not equal to itself
            return
        self._ranking, self._is_reliable = ranking, is_reliable
        self.retranslate()
        self.setVisible(bool(ranking))
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleDescription("; ".join(self.text_of(result) for result in self._ranking))

    def text_of(self, result: LeadResult) -> str:
        """A row in words; also its tooltip."""
        if math.isnan(result.percentile):
            reason = f": {translated(result.reason)}" if result.reason else ""
            return f"{result.lead} {tr(NOT_ASSESSED)}{reason}"
        if result.is_poor:
            return poor_lead_text(result.lead, result.reason)
        if not self._is_reliable:
            text = tr("{lead} {percentile}, unreliable as the recording is")
            return text.format(lead=result.lead, percentile=percentile_text(result.percentile))
        return f"{result.lead} {percentile_text(result.percentile)}"

    def sizeHint(self) -> QSize:
        return QSize(200, self._row_height() * self._n_rows())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._row_height() * self._n_rows())

    def place(self, index: int) -> QRectF:
        """Where a lead of the ranking stands: bars in two columns, down the left one first; words below them."""
        row, n_bars = self._row_height(), self._n_bars()
        if index >= n_bars:
            return QRectF(0, row * (math.ceil(n_bars / COLUMNS) + index - n_bars), self.width(), row)
        column, line = divmod(index, math.ceil(n_bars / COLUMNS))
        width = (self.width() - GAP_PX) / COLUMNS
        return QRectF(column * (width + GAP_PX), row * line, width, row)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = QPointF(event.pos())
            there = (index for index in range(len(self._ranking)) if self.place(index).contains(spot))
            index = next(there, None)
            tip = "" if index is None else self._tip(self._ranking[index])
            QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
        return super().event(event)

    def _tip(self, result: LeadResult) -> str:
        exact = exact_percentile(result.percentile)
        return "\n".join(line for line in (self.text_of(result), "" if result.is_poor else exact) if line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, result in enumerate(self._ranking):
            self._paint_row(painter, self.place(index), result)
        painter.end()

    def _paint_row(self, painter: QPainter, place: QRectF, result: LeadResult) -> None:
        em = self.fontMetrics().horizontalAdvance("0")
        label_width, figure_width = LABEL_WIDTH_EM * 1.5 * em, FIGURE_WIDTH_EM * 1.3 * em
        text = self.palette().color(QPalette.ColorRole.WindowText)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(text)
        name = QRectF(place.left(), place.top(), label_width, place.height())
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, result.lead)
        if math.isnan(result.percentile) or result.is_poor:
            painter.setPen(quiet)
            words = tr(NOT_ASSESSED if math.isnan(result.percentile) else UNRELIABLE)
            words = f"{words}: {translated(result.reason)}" if result.reason else words
            area = place.adjusted(label_width, 0, 0, 0)
            words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(area.width()))
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, words)
            return
        track = place.adjusted(label_width, place.height() / 2 - 3, -figure_width, 3 - place.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._themes.chrome.track))
        painter.drawRoundedRect(track, 3, 3)
        track.setWidth(max(track.width() * result.percentile / 100, 2.0))
        painter.setBrush(QColor(self._themes.chrome.bar if self._is_reliable else self._themes.chrome.line))
        painter.drawRoundedRect(track, 3, 3)
        painter.setPen(text if self._is_reliable else quiet)
        area = QRectF(place.right() - figure_width, place.top(), figure_width, place.height())
        figure = percentile_text(result.percentile)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, figure if self._is_reliable else f"({figure})")

    def _n_bars(self) -> int:
        """Leads that have a bar; they come first."""
        return sum(not (math.isnan(item.percentile) or item.is_poor) for item in self._ranking)

    def _n_rows(self) -> int:
        return math.ceil(self._n_bars() / COLUMNS) + len(self._ranking) - self._n_bars()

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 3
