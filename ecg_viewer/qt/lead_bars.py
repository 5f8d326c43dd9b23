"""Leads ranked by how far they depart from the normal cohort, as bars with figures."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.state.assessment import LeadStanding
from ecg_viewer.state.language import mark, tr
from ecg_viewer.state.wording import percentile_text, poor_lead_text

LABEL_WIDTH_EM = 3.0
FIGURE_WIDTH_EM = 4.0
UNRELIABLE, NOT_ASSESSED = mark("unreliable"), mark("not assessed")


class LeadBars(QWidget):
    """One row a lead, the most unusual first. Leads without an answer that counts say so instead of showing a bar."""

    def __init__(self, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._ranking: tuple[LeadStanding, ...] = ()
        self._is_reliable = True
        self.setAccessibleName(tr("Leads, most unusual first"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def ranking(self) -> tuple[LeadStanding, ...]:
        return self._ranking

    def set_ranking(self, ranking: tuple[LeadStanding, ...], is_reliable: bool = True) -> None:
        """Leads in the order to show; `is_reliable` is whether the recording as a whole lets anyone compare it."""
        if repr((ranking, is_reliable)) == repr((self._ranking, self._is_reliable)):  # NaN is not equal to itself
            return
        self._ranking, self._is_reliable = ranking, is_reliable
        self.setAccessibleDescription("; ".join(self.said(standing) for standing in ranking))
        self.setVisible(bool(ranking))
        self.updateGeometry()
        self.update()

    def said(self, standing: LeadStanding) -> str:
        """A row in words; also its tooltip."""
        if math.isnan(standing.percentile):
            return f"{standing.lead} {tr(NOT_ASSESSED)}" + (f": {standing.reason}" if standing.reason else "")
        if standing.is_poor:
            return poor_lead_text(standing.lead, standing.reason)
        if not self._is_reliable:
            text = tr("{lead} {percentile}, unreliable as the recording is")
            return text.format(lead=standing.lead, percentile=percentile_text(standing.percentile))
        return f"{standing.lead} {percentile_text(standing.percentile)}"

    def sizeHint(self) -> QSize:
        return QSize(200, self._row_height() * len(self._ranking))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._row_height() * len(self._ranking))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // self._row_height()
            text = self.said(self._ranking[row]) if 0 <= row < len(self._ranking) else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for position, standing in enumerate(self._ranking):
            self._paint_row(painter, position * self._row_height(), standing)
        painter.end()

    def _paint_row(self, painter: QPainter, top: int, standing: LeadStanding) -> None:
        em, row = self.fontMetrics().horizontalAdvance("0"), self._row_height()
        label_width, figure_width = LABEL_WIDTH_EM * 1.6 * em, FIGURE_WIDTH_EM * 1.4 * em
        text = self.palette().color(QPalette.ColorRole.WindowText)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(text)
        painter.drawText(QRectF(0, top, label_width, row), middle | Qt.AlignmentFlag.AlignLeft, standing.lead)
        if math.isnan(standing.percentile) or standing.is_poor:
            painter.setPen(quiet)
            words = tr(NOT_ASSESSED if math.isnan(standing.percentile) else UNRELIABLE)
            words = f"{words}: {standing.reason}" if standing.reason else words
            area = QRectF(label_width, top, self.width() - label_width, row)
            words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(area.width()))
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, words)
            return
        track = QRectF(label_width, top + row / 2 - 3, self.width() - label_width - figure_width, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._themes.chrome.track))
        painter.drawRoundedRect(track, 3, 3)
        track.setWidth(max(track.width() * standing.percentile / 100, 2.0))
        painter.setBrush(QColor(self._themes.chrome.bar if self._is_reliable else self._themes.chrome.line))
        painter.drawRoundedRect(track, 3, 3)
        painter.setPen(text if self._is_reliable else quiet)
        area = QRectF(self.width() - figure_width, top, figure_width, row)
        figure = percentile_text(standing.percentile)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, figure if self._is_reliable else f"({figure})")

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 3
