"""Rows of beat shapes: how often, how they look in a lead, and each of their beats one after the other."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ecg_viewer.paint.trace_painter import Stroke, paint_line
from ecg_viewer.qt.holter.rows_table import RowsTable
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.holter.holter_words import shape_text
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import when_text
from mmae_core.holter.results import Holter

HEADS = (translatable("Shape"), translatable("First"), translatable("Beats"), translatable("Average beat"))
PICTURE_PX = (150, 54)
FULL_MV = 2.0
"""Height of a picture, at least: all shapes of a lead share their scale."""


class ShapeTab(Retranslatable, QWidget):
    """A row's first beat is gone to by a click; the buttons go through the beats of its shape."""

    chosen = Signal(float)
    """The R-peak of a beat."""

    def __init__(self, board: HolterBoard, view: ViewState) -> None:
        super().__init__()
        self._board, self._view = board, view
        self._theme = PAPER
        self._lead = ""
        self._beat = -1
        """Which beat of the selected shape was gone to; -1: none."""
        self.table = RowsTable("Shapes of beats", HEADS)
        self.table.chosen.connect(self._first)
        self.place = PlainLabel()
        self.place.setObjectName("quiet")
        self.previous_button = set_texts(QPushButton(), text="◀ Previous beat",
                                         tip="Go to the beat of this shape before (P)")
        self.next_button = set_texts(QPushButton(), text="Next beat ▶", tip="Go to the next beat of this shape (N)")
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        self.previous_button.setShortcut("P")
        self.next_button.setShortcut("N")
        bottom = QHBoxLayout()
        for button in (self.previous_button, self.next_button):
            button.setAutoDefault(False)
            bottom.addWidget(button)
        bottom.addWidget(self.place, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)
        board.changed.connect(self.refresh)
        view.time_of_day.changed.connect(self.refresh)
        self.refresh()

    def set_look(self, theme: Theme, lead: str) -> None:
        """The paper's colours, and the lead whose average beats are drawn."""
        self._theme, self._lead = theme, lead
        self.refresh()

    def retranslate(self) -> None:
        self.table.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show what the board has now."""
        found = self._board.found
        shapes = () if found is None else found.shapes
        duration_s = self._view.duration_s
        cells = [(shape.name, when_text(self._view.time_of_day.clock, shape.first_s, duration_s), shape_text(shape), "")
                 for shape in shapes]
        pictures = [] if found is None else self._pictures(found)
        self.table.show_rows(cells, pictures)
        self._show_place()

    def step(self, beats: int) -> None:
        """Go on by some beats of the selected shape, or back."""
        times = self._times()
        if len(times):
            self._beat = min(max(self._beat + beats, 0), len(times) - 1)
            self._show_place()
            self.chosen.emit(float(times[self._beat]))

    def _first(self, _row: int) -> None:
        self._beat = -1
        self.step(1)

    def _times(self) -> np.ndarray:
        """R-peaks of the selected shape."""
        found, row = self._board.found, self.table.row
        if found is None or not 0 <= row < len(found.shapes):
            return np.empty(0)
        return found.beats.r_s[found.beats.shape == row]

    def _show_place(self) -> None:
        times, found = self._times(), self._board.found
        has_beats = bool(len(times))
        for button in (self.previous_button, self.next_button):
            button.setEnabled(has_beats)
        if not has_beats or found is None:
            self.place.setText("")
        elif self._beat >= 0:
            self.place.setText(tr("Beat {n} of {all} of shape {name}").format(
                n=number(self._beat + 1, ","), all=number(len(times), ","), name=found.shapes[self.table.row].name))
        else:
            self.place.setText(tr("Shape {name}: {all} beats").format(
                name=found.shapes[self.table.row].name, all=number(len(times), ",")))

    def _pictures(self, found: Holter) -> list[QPixmap]:
        """The average beats of the chosen lead, on one scale."""
        row = found.leads.index(self._lead) if self._lead in found.leads else 0
        beats = [shape.mv[row] for shape in found.shapes]
        known = np.concatenate([beat[np.isfinite(beat)] for beat in beats] or [np.empty(0)])
        low, high = (float(known.min()), float(known.max())) if len(known) else (-1.0, 1.0)
        spare = max(0.0, FULL_MV - (high - low)) / 2
        return [self._picture(beat, low - spare, high + spare) for beat in beats]

    def _picture(self, beat_mv: np.ndarray, low: float, high: float) -> QPixmap:
        ratio = self.devicePixelRatioF()
        width, height = PICTURE_PX
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(self._theme.paper))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if np.isfinite(beat_mv).all():
            x = np.linspace(2, width - 2, len(beat_mv))
            y = height - 3 - (beat_mv.astype(np.float64) - low) / (high - low) * (height - 6)
            paint_line(painter, x, y, Stroke(QPen(QColor(self._theme.trace), 1.3)))
        else:
            painter.setPen(QColor(self._theme.quiet_text))
            painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, "–")
        painter.end()
        return picture
