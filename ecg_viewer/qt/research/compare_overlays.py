"""What a comparison paints: the names of both sides, and the second recording laid over the first."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.polygon import polygon
from ecg_viewer.qt.research.ink import caption, nudges_for, small_font
from ecg_viewer.render.layout import LeadArea
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.research.comparison import LinkedViews, Stretch, side_text
from ecg_viewer.state.session import Session

DASH_PX, GAP_PX = 9.0, 4.0
SECOND_INK = {False: "#007a5e", True: "#4fd6ae"}
"""On light and on dark paper: neither the trace's ink, nor the model's, nor a person's."""


class NameOverlay:
    """Which recording and which model a side shows, at the bottom left of the traces."""

    def __init__(self, letter: str, session: Session) -> None:
        self._letter, self._session = letter, session
        self.addition = ""
        """What is laid over it, if anything."""

    @property
    def text(self) -> str:
        return side_text(self._letter, self._session) + self.addition

    def paint(self, painter: QPainter, paper: PaperView) -> None:
        areas = paper.areas()
        if areas:
            metrics = QFontMetricsF(small_font(paper.font(), bold=True))
            room = paper.width() - paper.gutter - 12
            fits = metrics.horizontalAdvance(self.text) <= room - 10
            lines = [self.text] if fits else self.text.split(" · ")
            top = max(area.bottom for area in areas) - len(lines) * (metrics.height() + 8)
            for line in lines:
                top = caption(painter, paper.theme, paper.font(), line, paper.gutter + 6, top, paper.theme.rule, room)


class SecondTrace:
    """The second recording's trace over the first, dashed and in an ink of its own, aligned by the linked offset."""

    def __init__(self, views: LinkedViews) -> None:
        self._views = views
        self.stretch: Stretch | None = None

    def paint(self, painter: QPainter, paper: PaperView) -> None:
        stretch = self.stretch
        if stretch is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(second_ink(paper.theme), 1))
        for area in paper.areas():
            if area.lead in stretch.record.lead_names:
                self._paint_lead(painter, paper, area, stretch)

    def _paint_lead(self, painter: QPainter, paper: PaperView, area: LeadArea, stretch: Stretch) -> None:
        rate = stretch.record.sampling_rate_hz
        shift_s = stretch.start_s - self._views.offset_s
        row = stretch.samples_mv[stretch.record.lead_names.index(area.lead)]
        first = max(0, int((area.start_s - shift_s) * rate))
        end = min(len(row), int((area.end_s - shift_s) * rate) + 1)
        if end - first < 2:
            return
        x = np.asarray(area.x_of(shift_s) + np.arange(first, end) * (area.px_per_s / rate), np.float64)
        values = row[first:end].astype(np.float64)
        y = area.baseline_y - area.sign * values * area.px_per_mv
        # Dashes by time, cut here: Qt's own dashing of thousands of points takes longer than a frame.
        dash = (np.floor((x - area.left) / (DASH_PX + GAP_PX)) * (DASH_PX + GAP_PX) + area.left + DASH_PX >= x)
        drawn = dash & np.isfinite(values)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], drawn, [False])).astype(np.int8))).reshape(-1, 2)
        painter.save()
        painter.setClipRect(QRectF(area.left, 0, area.width, 1e5), Qt.ClipOperation.IntersectClip)
        for start, stop in edges:
            stop = min(stop + 1, len(x)) if stop < len(x) and np.isfinite(values[min(stop, len(x) - 1)]) else stop
            for nudge in nudges_for(paper.devicePixelRatioF()):
                painter.drawPolyline(polygon(x[start:stop] + nudge, y[start:stop] + nudge))
        painter.restore()


def second_ink(theme: Theme) -> QColor:
    """The ink of the second recording's trace."""
    return QColor(SECOND_INK[theme.is_dark])

