"""What if ST, T or Q were otherwise: pulled on the average beat, judged again off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox

from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.jobs.what_if_job import BeatJudge
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.paper.beat_layers import BeatLayers
from ecg_viewer.qt.what_if.change_overlay import ChangeOverlay, ChangeTool
from ecg_viewer.qt.what_if.what_if_panel import WhatIfPanel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.job_protocols import Job
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.measure.what_if import WhatIf
from ecg_viewer.state.words.language import translatable
from mmae_core.intervals.results import Examination
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from mmae_core.synthesis.beat_changes import BeatChange

REST_MS = 150
"""A change is judged when it has rested for this long."""


def _has_average_beat(feature: WhatIfFeature) -> bool:
    return feature.intervals.average is not None


class WhatIfFeature(Feature):
    """Adds a tool, an overlay and a panel to the window of average beats."""

    menu_place = 144
    actions = (
        ActionSpec("what_if", "Measure", translatable("What if…"), (),
                   translatable("Pull ST, T or Q of the average beat, and see what score and heat would be."),
                   do=lambda self: self.toggle(), enabled=_has_average_beat,
                   checked=lambda self: self.layers.is_shown and self.what_if.is_on),
    )
    make_scorer: ClassVar[Callable[[str], Scorer]] = ModelScorer
    """Given a device; the recording's own assessment never shares this model, which is loaded at the first change."""

    def __init__(self, window: Host, intervals: IntervalTracker, beat_layers: BeatLayers) -> None:
        super().__init__(window)
        self.intervals, self.layers = intervals, beat_layers
        self._judge: BeatJudge | None = None
        self.what_if = WhatIf(window.session, intervals, window.worker("what if"), self._job)
        self.overlay = ChangeOverlay(self.what_if, intervals)
        self.tool = ChangeTool(self.what_if, self.overlay)
        self.panel = WhatIfPanel(self.what_if)
        self.box = set_texts(QCheckBox(), text="What if…",
                             tip="Pull ST, T or Q, and see what score and heat would be")
        self.box.clicked.connect(self.toggle)
        beat_layers.add_control(self.box)
        beat_layers.add_overlay(self.overlay)
        beat_layers.add_panel(self.panel)
        beat_layers.shown_changed.connect(self._look)
        beat_layers.tool_changed.connect(self._follow_tool)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.what_if.judge)
        self.what_if.changed.connect(self._show)
        intervals.changed.connect(self._follow)

    def toggle(self) -> None:
        """Begin or end drawing; opens the window of average beats."""
        self.what_if.set_on(not (self.what_if.is_on and self.layers.is_shown))
        if self.what_if.is_on:
            self.layers.set_tool(self.tool)
        else:
            self._judge = None  # and its model
            if self.layers.tool is self.tool:
                self.layers.set_tool(None)
        if not self.layers.is_shown:
            self.layers.open()

    def close(self) -> None:
        """Judge nothing any more."""
        self._rest.stop()
        self.what_if.set_on(False)

    def _job(
        self, model: str | None, record: EcgRecord, examination: Examination, changes: tuple[BeatChange, ...]
    ) -> Job:
        if self._judge is None:
            info = self.window.session.model
            device = info.device if info is not None and info.device else "auto"
            self._judge = BeatJudge(type(self).make_scorer(device))
        return self._judge.job(model, record, examination, changes)

    def _look(self) -> None:
        if not self.layers.is_shown:
            self.what_if.set_on(False)
            if self.layers.tool is self.tool:
                self.layers.set_tool(None)

    def _follow_tool(self) -> None:
        if self.layers.tool is not self.tool and self.what_if.is_on:  # another tool has taken the mouse
            self.what_if.set_on(False)

    def _follow(self) -> None:
        self.changed.emit()

    def _show(self) -> None:
        self.box.setChecked(self.what_if.is_on)
        self.layers.update()
        if self.what_if.is_on and self.what_if.is_changed:
            self._rest.start()
        self.changed.emit()
