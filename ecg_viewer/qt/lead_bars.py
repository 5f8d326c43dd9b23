"""Leads ranked by how far they depart from the normal cohort, as bars with figures."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.state.wording import percentile_text

LABEL_WIDTH_EM = 3.0
FIGURE_WIDTH_EM = 4.0


class LeadBars(QWidget):
    """One row a lead, the most unusual first. Leads without an answer say so instead of showing an empty bar."""

    def __init__(self, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._ranking: tuple[tuple[str, float], ...] = ()
        self.setAccessibleName("Leads, most unusual first")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def ranking(self) -> tuple[tuple[str, float], ...]:
        return self._ranking

    def set_ranking(self, ranking: tuple[tuple[str, float], ...]) -> None:
        """(lead, percentile or NaN), in the order to show."""
        if repr(ranking) == repr(self._ranking):  # NaN is not equal to itself
            return
        self._ranking = ranking
        said = [(lead, "not assessed" if math.isnan(value) else percentile_text(value)) for lead, value in ranking]
        self.setAccessibleDescription("; ".join(f"{lead} {text}" for lead, text in said))
        self.setVisible(bool(ranking))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._row_height() * len(self._ranking))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._row_height() * len(self._ranking))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.fontMetrics().horizontalAdvance("0")
        label_width, figure_width = LABEL_WIDTH_EM * 1.6 * em, FIGURE_WIDTH_EM * 1.4 * em
        row = self._row_height()
        text = self.palette().color(QPalette.ColorRole.WindowText)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        middle = Qt.AlignmentFlag.AlignVCenter
        for position, (lead, percentile) in enumerate(self._ranking):
            top = position * row
            painter.setPen(text)
            painter.drawText(QRectF(0, top, label_width, row), middle | Qt.AlignmentFlag.AlignLeft, lead)
            track = QRectF(label_width, top + row / 2 - 3, self.width() - label_width - figure_width, 6)
            if math.isnan(percentile):
                painter.setPen(quiet)
                area = QRectF(label_width, top, self.width() - label_width, row)
                painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, "not assessed")
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._themes.chrome.track))
            painter.drawRoundedRect(track, 3, 3)
            track.setWidth(max(track.width() * percentile / 100, 2.0))
            painter.setBrush(QColor(self._themes.chrome.bar))
            painter.drawRoundedRect(track, 3, 3)
            painter.setPen(text)
            area = QRectF(self.width() - figure_width, top, figure_width, row)
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, percentile_text(percentile))
        painter.end()

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 3
