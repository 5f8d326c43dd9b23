"""The average beat of each lead: twelve small papers, labelled so that nobody takes them for the rhythm."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.measure.beat_paper import BeatPaper, BeatScale, LeadBeat
from ecg_viewer.qt.measure.tables import make_label
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.language import tr
from ecg_viewer.state.measure.beat_heat import beat_heat
from ecg_viewer.state.measure.interval_words import beats_text
from ecg_viewer.state.measure.intervals import IntervalBoard
from ecg_viewer.state.wording import RESEARCH_USE_BADGE
from mmae_core.record import STANDARD_LEADS

SPEEDS_MM_PER_S = (25.0, 50.0, 100.0)
DEFAULT_SPEED = 50.0
"""A beat of 0.9 s is 45 mm wide: four columns fit a screen, and a large square is 0.1 s."""
COLUMNS = 4
ORDER = tuple(STANDARD_LEADS[row + 3 * column] for row in range(3) for column in range(COLUMNS))
"""As on a printed 3 x 4 page."""


class AverageBeatDialog(QDialog):
    """Listens to the board, the heat and the view while it is open; does not stand in the window's way."""

    def __init__(self, board: IntervalBoard, heat: HeatMap, paper: PaperView, parent: QWidget) -> None:
        super().__init__(parent)
        self._board, self._heat, self._paper = board, heat, paper
        self.setWindowTitle(tr("Average beat – not the rhythm"))
        self.headline = make_label("headline")
        self.basis = make_label("quiet")
        self.scale_label = make_label("quiet")
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed of the average beat"))
        for speed in SPEEDS_MM_PER_S:
            self.speed.addItem(tr("{n} mm/s").format(n=f"{speed:g}"), speed)
        self.speed.setCurrentIndex(SPEEDS_MM_PER_S.index(DEFAULT_SPEED))
        self.speed.currentIndexChanged.connect(self.refresh)
        self.every_beat = QCheckBox(tr("All beats over each other"))
        self.every_beat.setToolTip(tr("Draw every beat that was averaged, faintly, behind the average"))
        self.every_beat.toggled.connect(self.refresh)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.close)
        badge = QLabel(tr(RESEARCH_USE_BADGE))
        badge.setObjectName("badge")
        self.papers = {lead: BeatPaper() for lead in ORDER}
        self._sheet = QWidget()
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(3)
        for number, lead in enumerate(ORDER):
            grid.addWidget(self.papers[lead], number // COLUMNS, number % COLUMNS)
        grid.setColumnStretch(COLUMNS, 1)
        grid.setRowStretch(3, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._sheet)
        self._area.setAccessibleName(tr("Average beat of each lead"))
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for widget in (self.speed, self.every_beat, self.scale_label):
            top.addWidget(widget)
        top.setStretchFactor(self.scale_label, 1)
        bottom.addWidget(badge)
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        for label in (self.headline, self.basis):
            layout.addWidget(label)
        layout.addLayout(top)
        layout.addWidget(self._area, 1)
        layout.addLayout(bottom)
        view = paper.view_state
        board.changed.connect(self.refresh)
        heat.changed.connect(self._show_heat)
        view.heat_changed.connect(self.refresh)
        view.calibration_changed.connect(self.refresh)
        self._is_sized = False

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        if not self._is_sized:
            self._is_sized = True
            self._fit()
        super().showEvent(event)

    def refresh(self) -> None:
        """Show what the board has now; nothing is computed for a dialog that nobody sees."""
        if not self.isVisible():
            return
        average, measured, view = self._board.average, self._board.measurements, self._paper.view_state
        if average is None or measured is None:
            self.headline.setText(tr("There is no average beat: too few beats of one shape."))
            for label in (self.basis, self.scale_label):
                label.setText("")
            self._area.setVisible(False)
            return
        self._area.setVisible(True)
        self.headline.setText(tr("Average of {beats}").format(
            beats=beats_text(average.n_used, average.n_beats, average.left_out)))
        self.basis.setText(tr(
            "{start}–{end} s, aligned by their QRS. Nothing in it happened at one time: it is not the rhythm. "
            "{heat}").format(
                start=f"{measured.start_s:.2f}", end=f"{measured.start_s + measured.duration_s:.2f}",
                heat=tr("Colour: mean percentile of the same beats among normal ECGs.") if view.heat_visible else ""))
        scale = BeatScale(self._paper.screen_scale.drawing_px_per_mm, float(self.speed.currentData()),
                          view.calibration.mm_per_mv)
        known = self._paper.screen_scale.is_known
        self.scale_label.setText((tr("{speed} mm/s · {gain} mm/mV") if known else tr(
            "a large square: {square} s · {volts} mV")).format(
                speed=f"{scale.mm_per_s:g}", gain=f"{scale.mm_per_mv:g}", square=f"{5 / scale.mm_per_s:g}",
                volts=f"{5 / scale.mm_per_mv:g}"))
        times = average.times_s
        r_s = measured.start_s + average.r_samples[average.used] / average.rate_hz
        codes = beat_heat(self._heat, r_s, -float(times[0]), float(times[-1])) if view.heat_visible else None
        every = self.every_beat.isChecked()
        shown = average.beats_mv if every else average.mv[None]
        for first in range(0, len(ORDER), COLUMNS):
            in_row = ORDER[first : first + COLUMNS]
            values = shown[:, [measured.leads.index(lead) for lead in in_row if lead in measured.leads]]
            range_mv = (min(float(values.min(initial=0.0)), -0.2), max(float(values.max(initial=0.0)), 0.4))
            for lead in in_row:
                index = measured.leads.index(lead) if lead in measured.leads else None
                self.papers[lead].show_beat(
                    LeadBeat(
                        lead,
                        times,
                        None if index is None else np.asarray(average.mv[index]),
                        np.asarray(average.beats_mv[:, index]) if index is not None and every else None,
                        None if codes is None else codes[STANDARD_LEADS.index(lead)],
                    ),
                    scale, range_mv, self._paper.theme, view.heat_look, tr("no usable signal"),
                )

    def _show_heat(self, _start_s: float, _end_s: float) -> None:
        self.refresh()

    def _fit(self) -> None:
        """As large as the papers want, as far as the screen goes."""
        wanted = self._sheet.sizeHint()
        room = self.screen().availableGeometry()
        self.resize(min(wanted.width() + 50, round(0.95 * room.width())),
                    min(wanted.height() + 170, round(0.92 * room.height())))
