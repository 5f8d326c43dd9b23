"""The changed beat over the average one, its handles, the heat that it would have, and the words that it is drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from ecg_viewer.qt.paper.beat_layers import BeatArea
from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.heat_colours import heat_ramp
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import NOT_ASSESSED, PENDING
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.measure.what_if import WhatIf
from ecg_viewer.state.measure.what_if_words import DRAWN, NOT_THE_RECORDING
from ecg_viewer.state.words.language import tr
from mmae_core.record import STANDARD_LEADS

HANDLE_PX = 5.0
REACH_PX = 14.0
"""A press so near takes a handle."""
STRIP_MM = 2.0
"""Height of the heat after the change, at the foot of the paper."""


class ChangeOverlay:
    """Paints what `WhatIf` draws while it is on."""

    def __init__(self, what_if: WhatIf, intervals: IntervalTracker) -> None:
        self._what_if, self._intervals = what_if, intervals

    def changed_mv(self, lead: str) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """Times in seconds from the R-peak, and the changed beat of a lead; None while nothing is drawn."""
        average, measured = self._intervals.average, self._intervals.measurements
        if not self._what_if.is_on or average is None or measured is None or lead not in measured.leads:
            return None
        drawn = self._what_if.drawn_mv(average.times_s)
        if drawn is None:
            return None
        return average.times_s, average.mv[measured.leads.index(lead)] + drawn[STANDARD_LEADS.index(lead)]

    def handles(self, place: BeatArea) -> dict[str, QPointF]:
        """Where the handles of ST, T and Q are on a lead's paper."""
        curve = self.changed_mv(place.lead)
        instants = handle_times(self._what_if)
        if curve is None or not instants:
            return {}
        times_s, mv = curve
        return {wave: QPointF(place.x_of(at_s), place.y_of(float(np.interp(at_s, times_s, mv))))
                for wave, at_s in instants.items()}

    def paint_below(self, painter: QPainter, place: BeatArea) -> None:
        """Paint the heat after the change, a strip at the foot."""
        found = self._what_if.found
        if not self._what_if.is_on or not self._what_if.is_changed or found is None:
            return
        colours = heat_table(heat_ramp(HeatLook().colours, place.theme), 1.0)
        colours[[PENDING, NOT_ASSESSED], 3] = 0
        line = np.ascontiguousarray(colours[found.after.codes[STANDARD_LEADS.index(place.lead)]][None, :, :])
        image = QImage(line.data, line.shape[1], 1, line.shape[1] * 4, QImage.Format.Format_RGBA8888)
        height = STRIP_MM * place.px_per_mm
        left, right = place.x_of(place.first_s), place.x_of(place.last_s)
        painter.drawImage(QRectF(left, place.height - height, right - left, height), image)

    def paint_above(self, painter: QPainter, place: BeatArea) -> None:
        """Paint the changed beat with its handles, and say that it is drawn."""
        curve = self.changed_mv(place.lead)
        if curve is None:
            return
        colour = QColor(place.theme.human_colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._what_if.is_changed:
            painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine))
            if self._what_if.changes_lead(place.lead):
                painter.drawPolyline(QPolygonF([QPointF(place.x_of(time_s), place.y_of(mv)) for time_s, mv in zip(
                    curve[0].tolist(), curve[1].tolist(), strict=True)]))
            font = QFont(painter.font())
            font.setBold(True)
            font.setPixelSize(10)
            painter.setFont(font)
            painter.setPen(colour)
            words = tr(NOT_THE_RECORDING)
            if QFontMetricsF(font).horizontalAdvance(words) > place.width - 4:
                words = tr(DRAWN)
            painter.drawText(QRectF(2, place.height - STRIP_MM * place.px_per_mm - 14, place.width - 4, 13),
                             Qt.AlignmentFlag.AlignRight, words)
        if place.lead in self._what_if.leads:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(QColor(place.theme.paper))
            for at in self.handles(place).values():
                painter.drawEllipse(at, HANDLE_PX, HANDLE_PX)

    def range_mv(self, lead: str) -> tuple[float, float] | None:
        """Reach of the changed beat."""
        curve = self.changed_mv(lead)
        return None if curve is None else (float(curve[1].min()), float(curve[1].max()))


def handle_times(what_if: WhatIf) -> dict[str, float]:
    """Where ST, T and Q are pulled, in seconds from the R-peak; empty without measured waves."""
    from mmae_core.synthesis.beat_changes import CHANGED_WAVES, peak_s

    bounds = what_if.bounds
    return {} if bounds is None else {wave: peak_s(wave, bounds) for wave in CHANGED_WAVES}


class ChangeTool:
    """Pulls the handles: up and down changes the wave in the chosen leads."""

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, what_if: WhatIf, overlay: ChangeOverlay) -> None:
        self._what_if, self._overlay = what_if, overlay
        self._pulled: tuple[str, float, float] | None = None
        """The wave, where it was taken in mV, and its amount then."""

    def press(self, event: QMouseEvent, place: BeatArea) -> bool:
        """Take the nearest handle; a lead that was not drawn into is from now on."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        at = event.position()
        near = {wave: (at - handle).manhattanLength() for wave, handle in self._overlay.handles(place).items()}
        if not near or min(near.values()) > REACH_PX:
            return False
        wave = min(near, key=lambda name: near[name])
        if place.lead not in self._what_if.leads:
            self._what_if.set_leads((*self._what_if.leads, place.lead))
        self._pulled = wave, place.mv_at(at.y()), self._what_if.mv(wave)
        return True

    def move(self, event: QMouseEvent, place: BeatArea) -> bool:
        """Pull."""
        if self._pulled is None:
            return False
        wave, from_mv, amount = self._pulled
        moved = place.mv_at(event.position().y()) - from_mv
        self._what_if.set_mv(wave, amount - moved if wave == "Q" else amount + moved)
        return True

    def release(self, event: QMouseEvent, place: BeatArea) -> bool:
        """Let go."""
        was_pulled, self._pulled = self._pulled is not None, None
        return was_pulled

    def key(self, event: QKeyEvent) -> bool:
        """Keys are the spin boxes' and the window's."""
        return False
