"""Automatic measurements of the visible stretch, made after the heat on their own thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.measure.beat_dialog import AverageBeatDialog
from ecg_viewer.qt.measure.fiducial_overlay import FiducialOverlay
from ecg_viewer.qt.measure.header_line import HeaderLine
from ecg_viewer.qt.measure.interval_panel import IntervalPanel
from ecg_viewer.qt.paper.beat_layers import BeatLayers
from ecg_viewer.state.measure.detail_tracker import DetailTracker
from ecg_viewer.state.measure.interval_details import detailed_text
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

REST_MS = 400
"""The view counts as at rest when it has not moved for this long."""


def _has_measurements(feature: IntervalFeature) -> bool:
    return feature.tracker.measurements is not None


def _has_average_beat(feature: IntervalFeature) -> bool:
    return feature.tracker.average is not None


class IntervalFeature(Feature):
    """Owns the board of measurements and the dialog of average beats."""

    menu_place = 140
    actions = (
        ActionSpec("fiducials", "Measure", translatable("Fiducials"), ("F",),
                   translatable("Draw where the measured waves begin, peak and end."),
                   do=lambda self: self.toggle_fiducials(), enabled=_has_measurements,
                   checked=lambda self: self.tracker.shows_fiducials, separate=True),
        ActionSpec("average_beat", "Measure", translatable("Average beat…"), ("A",),
                   translatable("Show the average beat of each lead, with the heat of the same beats."),
                   do=lambda self: self.show_average(), enabled=_has_average_beat),
        ActionSpec("intervals_copy", "Measure", translatable("Copy intervals"), ("Ctrl+Alt+C",),
                   translatable("Copy rate, PR, QRS, QT, QTc and axis as text."),
                   do=lambda self: self.copy(), enabled=_has_measurements),
        ActionSpec("measure_again", "Measure", translatable("Measure what is shown"), ("Shift+A",),
                   translatable("Measure the intervals of the visible stretch anew."),
                   do=lambda self: self.tracker.measure(), enabled=has_record),
    )

    def __init__(
        self, window: Host, intervals: IntervalTracker, details: DetailTracker, beat_layers: BeatLayers
    ) -> None:
        super().__init__(window)
        self._details = details
        self.tracker, self.layers = intervals, beat_layers
        self.panel = IntervalPanel(window.session, self.tracker, details)
        self.panel.copy_asked.connect(self.copy)
        self.panel.average_asked.connect(self.show_average)
        self.panel.fiducials_asked.connect(self.toggle_fiducials)
        self.panel.again_asked.connect(self.tracker.measure)
        window.add_side_panel(self.panel, translatable("Intervals"))
        window.paper.add_overlay(FiducialOverlay(self.tracker))
        self.line = HeaderLine(window.session, self.tracker)
        window.add_strip(self.line, top=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.tracker.refresh)
        self._dialog: AverageBeatDialog | None = None
        self._settings = window.settings
        self._use_formula()
        self.tracker.changed.connect(self._show)
        self.tracker.changed.connect(self._remember_formula)
        self._settings.changed.connect(self._use_formula)
        self.layers.open_asked.connect(self.show_average)
        window.session.view.range_changed.connect(self._rest.start)
        window.session.heat.changed.connect(self._wait_for_heat)

    def _use_formula(self) -> None:
        name = self._settings.settings.qtc_formula
        if name != self.tracker.formula.name:
            self.tracker.set_formula(name)

    def _remember_formula(self) -> None:
        self._settings.change(qtc_formula=self.tracker.formula.name)

    def close(self) -> None:
        """Measure nothing any more."""
        self._rest.stop()
        if self._dialog is not None:
            self._dialog.close()

    @property
    def dialog(self) -> AverageBeatDialog | None:
        """The dialog of average beats, once it has been opened."""
        return self._dialog

    def toggle_fiducials(self) -> None:
        """Show or hide the measured instants."""
        self.tracker.set_shows_fiducials(not self.tracker.shows_fiducials)

    def copy(self) -> None:
        """Copy the measurements as text."""
        record, measured = self.window.session.record, self.tracker.measurements
        if record is not None and measured is not None:
            QApplication.clipboard().setText(detailed_text(
                record.name, measured, self.tracker.formula, self._details.details, record.device,
                compares=self.window.session.view.heat_visible))

    def show_average(self) -> None:
        """Show the average beats, or bring them to the front."""
        if self._dialog is None:
            self._dialog = AverageBeatDialog(
                self.tracker, self.window.session.heat, self.window.paper, self.layers, self.window)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def _wait_for_heat(self, _start_s: float, _end_s: float) -> None:
        if self.tracker.measurements is None and not self.tracker.is_running and not self._rest.isActive():
            self._rest.start()

    def _show(self) -> None:
        self.window.paper.update()
        self.changed.emit()
