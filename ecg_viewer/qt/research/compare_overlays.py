"""The second recording of a comparison, laid over the first."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.polygon import polygon
from ecg_viewer.qt.research.ink import nudges_for
from ecg_viewer.render.decimate import Envelope, bin_for, envelope, polyline, runs
from ecg_viewer.render.layout import LeadArea
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.research.comparison import LinkedViews, Stretch

SECOND_INK = {False: "#007a5e", True: "#4fd6ae"}
"""On light and on dark paper: neither the trace's ink, nor the model's, nor a person's; and in grey halfway between the
trace's and the paper's. Dashes would say more to whom green says nothing, and hide R waves in their gaps."""


class SecondTrace:
    """The second recording's trace over the first, whole and in an ink of its own, aligned by the linked offset."""

    def __init__(self, views: LinkedViews) -> None:
        self._views = views
        self.stretch: Stretch | None = None
        self.is_shown = True
        """False where it would lie on its own like: two models of one recording."""
        self._reduced: tuple[Stretch, Envelope] | None = None
        """What was painted last; it is reduced anew when the scale changes, not for each frame."""

    def paint(self, painter: QPainter, paper: PaperView) -> None:
        stretch = self.stretch
        if stretch is None or not self.is_shown:
            return
        areas = [area for area in paper.areas() if area.lead in stretch.record.lead_names]
        if not areas:
            return
        rate = stretch.record.sampling_rate_hz
        traces = self._at_scale(stretch, bin_for(rate / (areas[0].px_per_s * paper.devicePixelRatioF())))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(second_ink(paper.theme), 1)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        painter.setPen(pen)
        for area in areas:
            self._paint_lead(painter, area, stretch, traces, nudges_for(paper.devicePixelRatioF()))

    def _at_scale(self, stretch: Stretch, bin_samples: int) -> Envelope:
        """The lowest and highest sample of each bin: no extremum is lost."""
        if self._reduced is None or self._reduced[0] is not stretch or self._reduced[1].bin_samples != bin_samples:
            samples = np.ascontiguousarray(stretch.samples_mv, np.float32)
            self._reduced = stretch, envelope(samples, 0, bin_samples)
        return self._reduced[1]

    def _paint_lead(
        self, painter: QPainter, area: LeadArea, stretch: Stretch, traces: Envelope, nudges: tuple[float, ...]
    ) -> None:
        rate = stretch.record.sampling_rate_hz
        shift_s = stretch.start_s - self._views.offset_s
        lead = stretch.record.lead_names.index(area.lead)
        bins_per_s = rate / traces.bin_samples
        first = max(0, int((area.start_s - shift_s) * bins_per_s) - 1)
        end = min(traces.low.shape[1], int((area.end_s - shift_s) * bins_per_s) + 2)
        if end - first < 1:
            return
        seen = Envelope(first * traces.bin_samples, traces.bin_samples, traces.low[:, first:end],
                        traces.high[:, first:end])
        times, values, connect = polyline(seen, lead, rate)
        x = area.left + (times + shift_s - area.start_s) * area.px_per_s
        y = area.baseline_y - area.sign * values.astype(np.float64) * area.px_per_mv
        painter.save()
        painter.setClipRect(QRectF(area.left, 0, area.width, 1e5), Qt.ClipOperation.IntersectClip)
        for run in runs(connect):
            for nudge in nudges:
                painter.drawPolyline(polygon(x[run] + nudge, y[run] + nudge))
        painter.restore()


def second_ink(theme: Theme) -> QColor:
    """The ink of the second recording's trace."""
    return QColor(SECOND_INK[theme.is_dark])
