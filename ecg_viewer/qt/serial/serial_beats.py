"""Average beats of several recordings over each other, lead by lead, on the papers of the average beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ecg_viewer.qt.measure.beat_paper import BeatScale, LeadBeat
from ecg_viewer.qt.measure.beat_sheet import BeatSheet
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.paper.beat_layers import BeatArea, BeatLayers
from ecg_viewer.qt.research.compare_overlays import second_colour
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.layouts import ordered_leads
from ecg_viewer.state.serial.board import SerialBoard, SerialEntry
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from mmae_core.record import STANDARD_LEADS

if TYPE_CHECKING:
    from mmae_core.serial.serial_ecg import SerialEcg

Array = NDArray[np.float64]
SPEEDS_MM_PER_S = (50.0, 25.0)
"""The faster one if all leads fit."""
FAINT = 0.45
"""Opacity of the recordings that are neither of the two."""


@dataclass(frozen=True)
class OtherBeat:
    """The average beat of another recording, its QRS put upon that of the later one."""

    times_s: Array
    mv: dict[str, Array]
    """By lead."""
    is_earlier: bool
    """The one that is compared; the others are drawn faintly."""


class OtherBeats:
    """Overlay: beats of other recordings behind the later one's."""

    def __init__(self) -> None:
        self.beats: tuple[OtherBeat, ...] = ()

    def paint_below(self, painter: QPainter, place: BeatArea) -> None:
        """Draw each lead's beats: the earlier one dashed in its own colour, others faint."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for beat in self.beats:
            values = beat.mv.get(place.lead)
            if values is None:
                continue
            colour = QColor(second_colour(place.theme)) if beat.is_earlier else QColor(place.theme.quiet_text)
            if not beat.is_earlier:
                colour.setAlphaF(FAINT)
            pen = QPen(colour, 1.6 if beat.is_earlier else 1.0)
            if beat.is_earlier:
                pen.setDashPattern([5, 2])
            painter.setPen(pen)
            shown = (beat.times_s >= place.first_s) & (beat.times_s <= place.last_s)
            painter.drawPolyline(QPolygonF([
                QPointF(place.x_of(time), place.y_of(value))
                for time, value in zip(beat.times_s[shown].tolist(), values[shown].tolist(), strict=True)]))

    def paint_above(self, painter: QPainter, place: BeatArea) -> None:
        """Nothing."""

    def range_mv(self, lead: str) -> tuple[float, float] | None:
        """Of all beats that are drawn in a lead."""
        found = [beat.mv[lead] for beat in self.beats if lead in beat.mv]
        return (min(float(one.min()) for one in found), max(float(one.max()) for one in found)) if found else None


class SerialBeats(QWidget):
    """The page: a line of legend, a choice, and the papers."""

    def __init__(self, board: SerialBoard, paper: PaperView) -> None:
        super().__init__()
        self._board, self._paper = board, paper
        self._layers, self.others = BeatLayers(), OtherBeats()
        self._layers.add_overlay(self.others)
        self.sheet = BeatSheet(STANDARD_LEADS, self._layers)
        self.legend = PlainLabel()
        self.legend.setWordWrap(True)
        self.every_recording = set_texts(
            QCheckBox(), text="All recordings", tip="Draw the average beats of all recordings faintly behind the two")
        self.every_recording.toggled.connect(self.refresh)
        top = QHBoxLayout()
        top.addWidget(self.every_recording)
        top.addWidget(self.legend, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.sheet, 1)
        self.texts: tuple[str, str] = ("", "")
        """How the earlier and the later recording are called."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the beats of the two recordings, and of the others if they are wanted."""
        earlier, later = self._board.earlier, self._board.later
        ecg = None if later is None else later.ecg
        average = None if ecg is None else ecg.average
        self.sheet.setVisible(average is not None)
        if ecg is None or average is None or earlier is None or later is None:
            self.legend.setText("")
            return
        chosen = self._board.entries if self.every_recording.isChecked() else (earlier,)
        drawn = [entry for entry in chosen if entry is not later and entry is not earlier] + [earlier]
        beats = (other_beat(entry, ecg, is_earlier=entry is earlier) for entry in drawn)
        self.others.beats = tuple(beat for beat in beats if beat is not None)
        leads = ecg.examination.measurements.leads
        shown = []
        for cell in ordered_leads(STANDARD_LEADS, self._paper.view_state.lead_choice.cabrera):
            row = leads.index(cell.lead) if cell.lead in leads else None
            shown.append(LeadBeat(cell, average.times_s, None if row is None else np.asarray(average.mv[row])))
        self._show(shown)

    def _show(self, beats: list[LeadBeat]) -> None:
        view = self._paper.view_state
        px_per_mm, gain = self._paper.screen_scale.drawing_px_per_mm, view.calibration.mm_per_mv
        room = self.sheet.maximumViewportSize()
        for speed in SPEEDS_MM_PER_S:
            scale = BeatScale(px_per_mm, speed, gain)
            self.sheet.show_beats(beats, scale, self._paper.theme, view.heat_look)
            size = self.sheet.size_for(scale, room)
            if size.boundedTo(room) == size:
                break
        self.legend.setText(tr("Solid: {later}. Dashed: {earlier}. {speed} mm/s · {gain} mm/mV, aligned by the QRS: "
                               "average beats, not the rhythm.").format(
                                   later=self.texts[1], earlier=self.texts[0], speed=number(speed, "g"),
                                   gain=number(gain, "g")))


def other_beat(entry: SerialEntry, later: SerialEcg, *, is_earlier: bool) -> OtherBeat | None:
    """The average beat of a recording, moved so that its QRS begins where that of `later` does; None without one."""
    ecg = entry.ecg
    if ecg is None or ecg.average is None:
        return None
    shift_s = 0.0
    if ecg.bounds is not None and later.bounds is not None:
        shift_s = later.bounds.qrs_on_s - ecg.bounds.qrs_on_s
    leads = ecg.examination.measurements.leads
    return OtherBeat(ecg.average.times_s + shift_s, {lead: np.asarray(ecg.average.mv[row]) for row, lead in
                                                     enumerate(leads)}, is_earlier)


