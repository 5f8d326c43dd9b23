"""Caliper and fiducials of the average beat: controls of its window, and a way there by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.measure.beat_marks_overlay import BeatMarksOverlay, BeatMarksTool
from ecg_viewer.qt.measure.beat_marks_panel import BeatMarksPanel
from ecg_viewer.qt.paper.beat_layers import BeatLayers
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.state.measure.beat_marks import BeatMarks, Tool
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

TOOLS: tuple[tuple[str, Tool], ...] = (
    (translatable("No tool"), "none"), (translatable("Caliper"), "caliper"),
    (translatable("Move fiducials"), "fiducials"),
)


def _has_average_beat(feature: BeatMarksFeature) -> bool:
    return feature.marks.average is not None


class BeatMarksFeature(Feature):
    """Owns the marks on the average beat."""

    menu_place = 143
    actions = (
        ActionSpec("beat_fiducials", "Measure", translatable("Fiducials of the average beat…"), ("Shift+F",),
                   translatable("Show where P, QRS and T of the average beat begin and end, and move them by hand."),
                   do=lambda self: self.move_fiducials(), enabled=_has_average_beat),
    )

    def __init__(self, window: Host, intervals: IntervalTracker, beat_layers: BeatLayers) -> None:
        super().__init__(window)
        self.layers = beat_layers
        self.marks = BeatMarks(intervals)
        self.tool = BeatMarksTool(self.marks)
        view = window.session.view
        self.panel = BeatMarksPanel(self.marks, self._is_cabrera)
        self.choice = QComboBox()
        add_items(self.choice, TOOLS)
        set_texts(self.choice, name="Tool of the average beat", tip="What the mouse does on the average beats")
        self.choice.currentIndexChanged.connect(self._choose)
        self.fiducials = set_texts(QCheckBox(), text="Fiducials",
                                   tip="Draw where P, QRS and T of all leads together begin and end")
        self.fiducials.toggled.connect(self.marks.set_shows_fiducials)
        beat_layers.add_control(self.fiducials)
        beat_layers.add_control(self.choice)
        beat_layers.add_panel(self.panel)
        beat_layers.add_overlay(BeatMarksOverlay(self.marks))
        self.marks.changed.connect(self._show)
        view.layout_changed.connect(self.panel.refresh)

    def move_fiducials(self) -> None:
        """Open the window of average beats with its fiducials ready to be moved."""
        self.layers.open()
        self.marks.set_tool("fiducials")

    def _is_cabrera(self) -> bool:
        return self.window.session.view.lead_choice.cabrera

    def _choose(self, _index: int) -> None:
        self.marks.set_tool(self.choice.currentData())

    def _show(self) -> None:
        index = [value for _, value in TOOLS].index(self.marks.tool)
        if self.choice.currentIndex() != index:
            self.choice.setCurrentIndex(index)
        if self.fiducials.isChecked() != self.marks.shows_fiducials:
            self.fiducials.blockSignals(True)
            self.fiducials.setChecked(self.marks.shows_fiducials)
            self.fiducials.blockSignals(False)
        wanted = None if self.marks.tool == "none" else self.tool
        if self.layers.tool is self.tool and wanted is not None:
            self.layers.set_tool(None)  # the pointer is another for each of them
        if wanted is not None or self.layers.tool is self.tool:
            self.layers.set_tool(wanted)
        self.layers.update()
        self.changed.emit()
