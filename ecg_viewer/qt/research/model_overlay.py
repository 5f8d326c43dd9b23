"""The model's explanation on the paper: expected trace, residual, parts of the map, what a pass masked."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.qt.research.overlay_drawing import caption, draw_trace, nudges_for, trace_pen, visible_rect
from ecg_viewer.qt.widgets.textures import hatch_brush
from ecg_viewer.render.colour import Oklch, uniform_ramp
from ecg_viewer.render.layout import LeadArea
from ecg_viewer.state.research.model_view import ModelView
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import STANDARD_LEADS, FloatArray

PARTS = {"global": translatable("global"), "local": translatable("local"), "cross_lead": translatable("hidden leads")}
"""Parts of the map as they are called on the screen, in the order of the ribbons."""
RIBBON_PX = 5.0
SCALE = (0.5, 3.0)
"""Times the median normal's strongest point in the lead: where colour begins, and where it ends."""
N_COLOURS = 64
BOLD_NUDGES = (-0.6, 0.0, 0.6)
"""The lines of the expected trace: thick enough to be seen beside the recorded one in twelve low rows."""


class ModelOverlay:
    """What a `ModelView` shows, wherever the layout shows the lead. Hidden with every mark of the model."""

    def __init__(self, model_view: ModelView, view: ViewState) -> None:
        self._model_view, self._view = model_view, view

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        shown = [what for what in ("expected", "residual", "parts", "passes") if self._model_view.shows(what)]
        if not shown or not self._view.heat_visible:
            return
        areas = paper.areas()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._model_view.explanation is not None:
            for area in areas:
                if "passes" in shown:
                    self._paint_pass(painter, paper, area)
                if "parts" in shown:
                    self._paint_parts(painter, paper, area)
                self._paint_traces(painter, paper, area, shown)
        top = 4.0
        for text in self._captions(shown):
            top = caption(painter, paper.theme, paper.font(), text, paper.gutter + 6, top, paper.theme.model_colour,
                          paper.width() - paper.gutter - 12)

    def _captions(self, shown: list[str]) -> list[str]:
        found = self._model_view.explanation
        if found is None:
            waiting = tr("The model is being asked for its explanation…") if self._model_view.is_working else ""
            return [self._model_view.message or waiting] if self._model_view.message or waiting else []
        where = tr("{start:.1f} to {end:.1f} s").format(start=found.start_s, end=found.end_s)
        low, high = found.pass_band_hz
        lines = []
        if "expected" in shown:
            text = tr("Dashed: expected, {low:g} to {high:g} Hz on the recorded baseline; {where}")
            lines.append(text.format(low=low, high=high, where=where))
        if "residual" in shown:
            lines.append(tr("Dotted: residual, {low:g} to {high:g} Hz, recorded minus expected; {where}")
                         .format(low=low, high=high, where=where))
        if "parts" in shown:
            names = " · ".join(tr(word) for name, word in PARTS.items() if name in found.maps)
            text = tr("Ribbons: {names}; {low:g} to {high:g} × the median peak of normal ECGs")
            lines.append(text.format(names=names, low=SCALE[0], high=SCALE[1]))
        one = self._model_view.masked_pass
        if "passes" in shown and one is not None:
            lines.append(tr("Pass {n} of {total}: hatched was hidden (error {whole:.3f} mV), crossed in the region "
                            "({local:.3f} mV); restored dashed").format(
                n=self._model_view.pass_index + 1, total=found.n_passes, whole=one.error_mv[0], local=one.error_mv[1]))
        return lines

    def _paint_traces(self, painter: QPainter, paper: PaperPlaces, area: LeadArea, shown: list[str]) -> None:
        found = self._model_view.explanation
        assert found is not None, "painted only when known"
        lead = STANDARD_LEADS.index(area.lead)
        nudges = nudges_for(paper.devicePixelRatioF())
        colour = paper.theme.model_colour
        if "expected" in shown:
            values = found.expected_mv[lead] + found.slow_mv[lead]
            painter.setPen(trace_pen(colour, Qt.PenStyle.DashLine))
            draw_trace(painter, area, values, found.start_s, found.rate_hz, BOLD_NUDGES)
        if "residual" in shown:
            painter.setPen(trace_pen(colour, Qt.PenStyle.DotLine))
            draw_trace(painter, area, found.residual_mv[lead], found.start_s, found.rate_hz, nudges)

    def _paint_pass(self, painter: QPainter, paper: PaperPlaces, area: LeadArea) -> None:
        found, one = self._model_view.explanation, self._model_view.masked_pass
        assert found is not None, "painted only when known"
        assert one is not None, "painted only when known"
        colour = QColor(paper.theme.model_colour)
        faint = QColor(colour)
        faint.setAlphaF(0.30)

        def rect_of(first: int, end: int) -> QRectF | None:
            return visible_rect(area, found.start_s + first * found.segment_s, found.start_s + end * found.segment_s)

        for segments, style in (
            (one.global_segments, Qt.BrushStyle.BDiagPattern), (one.local_segments, Qt.BrushStyle.DiagCrossPattern)
        ):
            for segment in segments:
                rect = rect_of(segment, segment + 1)
                if rect is not None:
                    painter.fillRect(rect, QBrush(faint, style))
        region = rect_of(*one.region)
        if region is not None:
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashDotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(region)
        lead = STANDARD_LEADS.index(area.lead)
        painter.setPen(trace_pen(paper.theme.model_colour, Qt.PenStyle.DashLine))
        for trace in (one.global_mv, one.local_mv):
            values = trace[lead] + found.slow_mv[lead]
            draw_trace(painter, area, values, found.start_s, found.rate_hz, nudges_for(paper.devicePixelRatioF()))

    def _paint_parts(self, painter: QPainter, paper: PaperPlaces, area: LeadArea) -> None:
        found = self._model_view.explanation
        assert found is not None, "painted only when known"
        rect = visible_rect(area, found.start_s, found.end_s)
        if rect is None or rect.width() < 1:
            return
        lead = STANDARD_LEADS.index(area.lead)
        names = [name for name in PARTS if name in found.maps]
        edges = np.linspace(area.time_at(rect.left()), area.time_at(rect.right()), max(2, int(rect.width()) + 1))
        first = np.clip(((edges[:-1] - found.start_s) * found.rate_hz).astype(int), 0, found.n_samples - 1)
        end = max(int(first[-1]) + 1, min(found.n_samples, int((edges[-1] - found.start_s) * found.rate_hz)))
        top = rect.bottom() - (RIBBON_PX + 1) * len(names)
        for number, name in enumerate(names):
            highest = np.fmax.reduceat(found.maps[name][lead, :end], np.unique(first))
            strip = QRectF(rect.left(), top + number * (RIBBON_PX + 1), rect.width(), RIBBON_PX)
            painter.drawImage(strip, ribbon(highest, paper))
            if not np.isfinite(highest).all():
                self._hatch(painter, paper, strip, highest)

    def _hatch(self, painter: QPainter, paper: PaperPlaces, strip: QRectF, values: FloatArray) -> None:
        """Hatch where a part of the map has no value."""
        brush = hatch_brush(paper.theme.hatch, 1.0)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], np.isnan(values).astype(np.int8), [0]))))
        width = strip.width() / len(values)
        for start, end in edges.reshape(-1, 2):
            painter.fillRect(QRectF(strip.left() + start * width, strip.top(), (end - start) * width, RIBBON_PX), brush)


def ribbon(values: FloatArray, paper: PaperPlaces) -> QImage:
    """One row of pixels for values in units of the median normal's strongest point, on a logarithmic scale."""
    ramp = _ramp(paper.theme.heat)
    with np.errstate(invalid="ignore", divide="ignore"):
        place = np.log(values / SCALE[0]) / np.log(SCALE[1] / SCALE[0])
    codes = np.clip(np.nan_to_num(place, nan=-1.0) * (N_COLOURS - 1), 0, N_COLOURS - 1).astype(int)
    pixels = np.zeros((len(values), 4), np.uint8)
    pixels[:, :3] = ramp[codes]
    pixels[:, 3] = np.where(np.nan_to_num(place, nan=-1.0) >= 0, 255, 0)
    image = QImage(pixels.tobytes(), len(values), 1, 4 * len(values), QImage.Format.Format_RGBA8888)
    return image.copy()


@lru_cache
def _ramp(anchors: tuple[Oklch, ...]) -> NDArray[np.uint8]:
    return (255 * uniform_ramp(anchors, N_COLOURS)).astype(np.uint8)
