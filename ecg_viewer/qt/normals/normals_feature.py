"""The band of normals behind the average beat, what lies outside it, and the nearest normals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox

from ecg_viewer.jobs.normals_job import normals_job
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.normals.band_overlay import BandOverlay
from ecg_viewer.qt.normals.normals_panel import NormalsPanel
from ecg_viewer.qt.paper.beat_layers import BeatLayers
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.measure.normal_tracker import NormalTracker
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

WIDE_PX = 1200
"""On a narrower screen the papers of the average beat need all the room: the words wait for their switch."""


def _has_average_beat(feature: NormalsFeature) -> bool:
    return feature.intervals.average is not None


class NormalsFeature(Feature):
    """Adds band, panel and switches to the window of average beats."""

    menu_place = 142
    actions = (
        ActionSpec("normal_band", "Measure", translatable("Band of normal beats"), ("Y",),
                   translatable("Lay the average beat over those of normal ECGs of the same age, sex and rate."),
                   do=lambda self: self.toggle_band(), enabled=_has_average_beat,
                   checked=lambda self: self.layers.is_shown and self.tracker.shows_band),
        ActionSpec("nearest_normals", "Measure", translatable("Nearest normal ECGs"), ("Shift+Y",),
                   translatable("Lay the five most alike normal ECGs over the average beat."),
                   do=lambda self: self.toggle_nearest(), enabled=_has_average_beat,
                   checked=lambda self: self.layers.is_shown and self.tracker.shows_nearest),
    )

    def __init__(self, window: Host, intervals: IntervalTracker, beat_layers: BeatLayers) -> None:
        super().__init__(window)
        self.intervals, self.layers = intervals, beat_layers
        self.tracker = NormalTracker(window.session, intervals, window.worker("normals"), normals_job)
        self.panel = NormalsPanel(self.tracker, window.paper)
        self.band_box = set_texts(QCheckBox(), text="Band of normals",
                                  tip="Nine in ten normal ECGs of the same age, sex and rate (Y)")
        self.nearest_box = set_texts(QCheckBox(), text="Nearest normals",
                                     tip="The five most alike normal ECGs (Shift+Y)")
        self.words_box = set_texts(QCheckBox(), text="In words",
                                   tip="Say beside the beats which normals they are and what lies outside")
        self.words_box.clicked.connect(self.tracker.set_shows_words)
        self.band_box.clicked.connect(self.toggle_band)
        self.nearest_box.clicked.connect(self.toggle_nearest)
        for box, keys in ((self.band_box, "Y"), (self.nearest_box, "Shift+Y")):
            QShortcut(QKeySequence(keys), box, box.click)  # the window's own keys do not reach its dialogs
            beat_layers.add_control(box)
        beat_layers.add_control(self.words_box)
        beat_layers.add_overlay(BandOverlay(self.tracker))
        beat_layers.add_panel(self.panel)
        beat_layers.shown_changed.connect(self._look)
        self.tracker.changed.connect(self._show)
        intervals.changed.connect(self._follow)
        self.tracker.set_shows_words(window.screen().availableGeometry().width() >= WIDE_PX)

    def toggle_band(self) -> None:
        """Switch the band on or off; opens the window of average beats with it."""
        self.tracker.set_shows_band(not (self.tracker.shows_band and self.layers.is_shown))
        self._open()

    def toggle_nearest(self) -> None:
        """Switch the nearest normals on or off; opens the window of average beats with them."""
        self.tracker.set_shows_nearest(not (self.tracker.shows_nearest and self.layers.is_shown))
        self._open()

    def _open(self) -> None:
        if not self.layers.is_shown:
            self.layers.open()

    def _follow(self) -> None:
        self.changed.emit()

    def _look(self) -> None:
        self.tracker.set_wanted(self.layers.is_shown)

    def _show(self) -> None:
        self.band_box.setChecked(self.tracker.shows_band)
        self.nearest_box.setChecked(self.tracker.shows_nearest)
        self.words_box.setChecked(self.tracker.shows_words)
        self.words_box.setEnabled(self.tracker.shows_band or self.tracker.shows_nearest)
        self.layers.update()
        self.changed.emit()
