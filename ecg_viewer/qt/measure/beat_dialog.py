"""The average beat of each lead: twelve small papers, labelled so as not to be mistaken for the rhythm."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.measure.beat_paper import BeatScale, LeadBeat
from ecg_viewer.qt.measure.beat_sheet import BeatSheet
from ecg_viewer.qt.measure.side_tab import make_label
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.paper.beat_layers import BeatLayers
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layouts import ordered_leads
from ecg_viewer.state.measure.beat_heat import beat_heat
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.measure.interval_words import beats_text
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.record import STANDARD_LEADS

SPEEDS_MM_PER_S = (25.0, 50.0, 100.0)
DEFAULT_SPEED = 50.0
"""A beat of 0.9 s is 45 mm wide: four columns fit a screen, and a large square is 0.1 s."""
LOW_SPEED = 25.0
"""Starting speed if all leads fit on the screen only at this one."""
SCREEN_SHARE = 0.94
"""Of the screen, at most; the window's own frame needs some."""


class AverageBeatDialog(Retranslatable, QDialog):
    """A non-modal dialog; listens to the board, the heat and the view while it is open."""

    def __init__(
        self, tracker: IntervalTracker, heat: HeatMap, paper: PaperView, layers: BeatLayers, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._tracker, self._heat, self._paper, self._layers = tracker, heat, paper, layers
        set_texts(self, window_title="Average beat – not the rhythm")
        self.headline = make_label("headline")
        self.basis = make_label("quiet")
        self.scale_label = make_label("quiet")
        self.speed = QComboBox()
        set_texts(self.speed, name="Speed of the average beat")
        add_items(self.speed, ((partial(_speed_text, speed), speed) for speed in SPEEDS_MM_PER_S))
        self.speed.setCurrentIndex(SPEEDS_MM_PER_S.index(DEFAULT_SPEED))
        self.speed.currentIndexChanged.connect(self.refresh)
        self.every_beat = set_texts(
            QCheckBox(),
            text="All beats over each other",
            tip="Draw every beat that was averaged, faintly, behind the average",
        )
        self.every_beat.toggled.connect(self.refresh)
        self.close_button = set_texts(QPushButton(), text="Close")
        self.close_button.clicked.connect(self.close)
        badge = set_texts(PlainLabel(), text=RESEARCH_USE_BADGE)
        badge.setObjectName("badge")
        self.sheet = BeatSheet(STANDARD_LEADS, layers)
        self.papers = self.sheet.papers
        top, middle, bottom = FlowRow(), QHBoxLayout(), QHBoxLayout()
        self.scale_label.setWordWrap(False)
        for widget in (self.speed, self.every_beat, *layers.controls, self.scale_label):
            top.add_group(widget)
        middle.addWidget(self.sheet, 1)
        for panel in layers.panels:
            middle.addWidget(panel)
        bottom.addWidget(badge)
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        for label in (self.headline, self.basis):
            layout.addWidget(label)
        layout.addWidget(top)
        layout.addLayout(middle, 1)
        layout.addLayout(bottom)
        view = paper.view_state
        tracker.changed.connect(self.refresh)
        heat.changed.connect(self._show_heat)
        for signal in (view.heat_changed, view.calibration_changed, view.layout_changed):
            signal.connect(self.refresh)
        self._is_sized = False

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        if not self._is_sized:
            self._is_sized = True
            self._fit()
        super().showEvent(event)
        self._layers.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._layers.set_shown(self.isVisible())

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what the board has now; does nothing while hidden."""
        if not self.isVisible():
            return
        average, measured, view = self._tracker.average, self._tracker.measurements, self._paper.view_state
        if average is None or measured is None:
            self.headline.setText(tr("There is no average beat: too few beats of one shape."))
            for label in (self.basis, self.scale_label):
                label.setText("")
            self.sheet.setVisible(False)
            return
        self.sheet.setVisible(True)
        self.headline.setText(tr("Average of {beats}").format(
            beats=beats_text(average.n_used, average.n_beats, average.left_out)))
        self.basis.setText(tr(
            "{start}–{end} s, aligned by their QRS. Nothing in it happened at one time: it is not the rhythm. "
            "{heat}").format(
                start=number(measured.start_s, ".2f"), end=number(measured.start_s + measured.duration_s, ".2f"),
                heat=tr("Colour: mean percentile of the same beats among normal ECGs.") if view.heat_visible else ""))
        scale = self._scale_at(float(self.speed.currentData()))
        known = self._paper.screen_scale.is_known
        self.scale_label.setText((tr("{speed} mm/s · {gain} mm/mV") if known else tr(
            "a large square: {square} s · {volts} mV")).format(
                speed=number(scale.mm_per_s, "g"), gain=number(scale.mm_per_mv, "g"),
                square=number(5 / scale.mm_per_s, "g"),
                volts=number(5 / scale.mm_per_mv, "g")))
        times = average.times_s
        r_s = measured.start_s + average.r_samples[average.used] / average.rate_hz
        codes = beat_heat(self._heat, r_s, -float(times[0]), float(times[-1])) if view.heat_visible else None
        every = self.every_beat.isChecked()
        beats = []
        for cell in ordered_leads(STANDARD_LEADS, view.lead_choice.cabrera):
            index = measured.leads.index(cell.lead) if cell.lead in measured.leads else None
            beats.append(LeadBeat(
                cell,
                times,
                None if index is None else np.asarray(average.mv[index]),
                np.asarray(average.beats_mv[:, index]) if index is not None and every else None,
                None if codes is None else codes[STANDARD_LEADS.index(cell.lead)],
            ))
        self.sheet.show_beats(beats, scale, self._paper.theme, view.heat_look)

    def _show_heat(self, _start_s: float, _end_s: float) -> None:
        self.refresh()

    def _scale_at(self, mm_per_s: float) -> BeatScale:
        gain = self._paper.view_state.calibration.mm_per_mv
        return BeatScale(self._paper.screen_scale.drawing_px_per_mm, mm_per_s, gain)

    def _fit(self) -> None:
        """Fit the papers, limited by the screen; use the slower speed if all leads fit only then."""
        if self._tracker.average is None:
            return
        self._resize(self.screen().availableGeometry().size() * SCREEN_SHARE)
        room = self.sheet.maximumViewportSize()
        sizes = {speed: self.sheet.size_for(self._scale_at(speed), room) for speed in (DEFAULT_SPEED, LOW_SPEED)}
        fits = [speed for speed, size in sizes.items() if size.boundedTo(room) == size]
        speed = fits[0] if fits else DEFAULT_SPEED
        wanted, largest = sizes[speed].boundedTo(room), self.size()
        self._resize(largest - room + wanted)
        missing = wanted.height() - self.sheet.maximumViewportSize().height()  # lines of text wrap in a narrow window
        self._resize((self.size() + QSize(0, missing)).boundedTo(largest))
        self.speed.setCurrentIndex(SPEEDS_MM_PER_S.index(speed))

    def _resize(self, size: QSize) -> None:
        self.resize(size)
        layout = self.layout()
        assert layout is not None, "made with the dialog"
        layout.activate()


def _speed_text(mm_per_s: float) -> str:
    return tr("{n} mm/s").format(n=number(mm_per_s, "g"))
