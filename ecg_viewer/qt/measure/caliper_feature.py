"""Calipers in the window: menu, tool, overlay and side tab around the calipers' state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.measure.caliper_overlay import CaliperOverlay
from ecg_viewer.qt.measure.caliper_panel import CaliperPanel
from ecg_viewer.qt.measure.caliper_tool import KIND_TITLES, CaliperTool
from ecg_viewer.state.measure.caliper_keeping import KeptCalipers
from ecg_viewer.state.measure.calipers import CaliperKind, Calipers, CaliperState
from ecg_viewer.state.review.history import Command
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

WRITE_MS = 500
"""Changes in quicker succession are written to the journal together."""


def _has_caliper(feature: CaliperFeature) -> bool:
    return bool(feature.calipers.all)


def _time_caliper_is_chosen(feature: CaliperFeature) -> bool:
    chosen = feature.calipers.selected
    return chosen is not None and chosen.spans_time


def _marches(feature: CaliperFeature) -> bool:
    chosen = feature.calipers.selected
    return chosen is not None and chosen.marches


class CaliperFeature(Feature):
    """Owns the calipers of the open recording; their changes join the review's undo history."""

    menu_place = 120
    actions = (
        ActionSpec("caliper_time", "Measure", KIND_TITLES[CaliperKind.TIME], ("T",),
                   translatable("Drag on the paper from one instant to another; again, or Esc, ends it."),
                   do=lambda self: self.choose(CaliperKind.TIME), enabled=has_record,
                   checked=lambda self: self.uses(CaliperKind.TIME)),
        ActionSpec("caliper_amplitude", "Measure", KIND_TITLES[CaliperKind.AMPLITUDE], ("V",),
                   translatable("Drag on a lead from one height to another; again, or Esc, ends it."),
                   do=lambda self: self.choose(CaliperKind.AMPLITUDE), enabled=has_record,
                   checked=lambda self: self.uses(CaliperKind.AMPLITUDE)),
        ActionSpec("caliper_both", "Measure", KIND_TITLES[CaliperKind.BOTH], ("Shift+C",),
                   translatable("Drag on a lead from one point to another; again, or Esc, ends it."),
                   do=lambda self: self.choose(CaliperKind.BOTH), enabled=has_record,
                   checked=lambda self: self.uses(CaliperKind.BOTH)),
        ActionSpec("caliper_angle", "Measure", KIND_TITLES[CaliperKind.ANGLE], ("U",),
                   translatable("Drag on a lead from the apex along one arm, then drag the other arm's end; in degrees "
                                "at 25 mm/s and 10 mm/mV. Again, or Esc, ends it."),
                   do=lambda self: self.choose(CaliperKind.ANGLE), enabled=has_record,
                   checked=lambda self: self.uses(CaliperKind.ANGLE)),
        ActionSpec("caliper_snap", "Measure", translatable("Snap to extremum"), ("Shift+S",),
                   translatable("Handles that are dragged go to the nearest peak or trough; Ctrl does so while it is "
                                "held."),
                   do=lambda self: self.toggle_snap(), checked=lambda self: self.tool.snaps),
        ActionSpec("caliper_march", "Measure", translatable("March out"), ("Shift+T",),
                   translatable("Repeat the chosen caliper's interval through the recording; so does a double click on "
                                "it."),
                   do=lambda self: self.calipers.toggle_march(), enabled=_time_caliper_is_chosen,
                   checked=_marches, separate=True),
        ActionSpec("caliper_next", "Measure", translatable("Next caliper or handle"), ("Shift+V",),
                   translatable("Choose what the arrow keys move; with a caliper tool in use, Tab does so too."),
                   do=lambda self: self.calipers.step_handle(), enabled=_has_caliper),
        ActionSpec("caliper_copy", "Measure", translatable("Copy table of all leads"), ("Ctrl+Shift+C",),
                   translatable("Copy both values, difference and peak-to-peak of every lead at the chosen caliper."),
                   do=lambda self: self.copy(), enabled=_has_caliper),
        ActionSpec("caliper_remove", "Measure", translatable("Remove caliper"), ("Ctrl+Backspace",),
                   translatable("Remove the chosen caliper; with a caliper tool in use, Delete does so too."),
                   do=lambda self: self.calipers.remove_selected(), enabled=_has_caliper),
        ActionSpec("caliper_clear", "Measure", translatable("Remove all calipers"), ("Ctrl+Shift+Backspace",),
                   translatable("Take all calipers off the paper."),
                   do=lambda self: self.calipers.clear(), enabled=_has_caliper),
    )

    def __init__(self, window: Host, open_review: OpenReview) -> None:
        super().__init__(window)
        self._open_review = open_review
        self.calipers = Calipers()
        self._kept = KeptCalipers(window.session, open_review, self.calipers)
        self._writing = QTimer(self)
        self._writing.setSingleShot(True)
        self._writing.setInterval(WRITE_MS)
        self._writing.timeout.connect(self._write)
        self._is_written = True
        self.tool = CaliperTool(window.paper, self.calipers, CaliperKind.TIME)
        self.panel = CaliperPanel(self.calipers, window.paper)
        self.panel.copy_asked.connect(self.copy)
        self.panel.march_asked.connect(self.calipers.toggle_march)
        self.panel.remove_asked.connect(self.calipers.remove_selected)
        window.add_side_panel(self.panel, translatable("Calipers"))
        window.paper.add_overlay(CaliperOverlay(self.calipers))
        self.tool.ended.connect(self.end)
        self.calipers.changed.connect(self._show)
        self.calipers.edited.connect(self._remember)
        window.session.record_changed.connect(self._forget)
        for signal in (window.session.view.filter.changed, window.session.view.layout_changed):
            signal.connect(self.panel.refresh)
        window.paper.trace_shown.connect(self.panel.refresh)

    def uses(self, kind: CaliperKind) -> bool:
        """Whether the tool for a kind of caliper is in use."""
        return self.tool.is_in_use and self.tool.kind is kind

    def choose(self, kind: CaliperKind) -> None:
        """Switch to the tool for a kind of caliper, or back to the paper if it is already in use."""
        if self.uses(kind):
            self.end()
            return
        self.tool.kind = kind
        self.window.paper.set_tool(self.tool)
        self.window.paper.setFocus()
        self.changed.emit()

    def end(self) -> None:
        """Give mouse and keys back to the paper; the calipers stay."""
        self.calipers.cancel_drag()
        if self.tool.is_in_use:
            self.window.paper.set_tool(None)
        self.changed.emit()

    def toggle_snap(self) -> None:
        """Switch snapping of dragged handles to the nearest extremum on or off."""
        self.tool.snaps = not self.tool.snaps
        self.changed.emit()

    def copy(self) -> None:
        """Copy the table of all leads."""
        text = self.panel.as_text()
        if text:
            QApplication.clipboard().setText(text)

    def _show(self) -> None:
        self.window.paper.update()
        self.changed.emit()

    def may_close(self) -> bool:
        """Keep what was not yet written, while the journal can still take it."""
        self._writing.stop()
        self._write()
        return True

    def _forget(self) -> None:
        self._writing.stop()
        self._is_written = True
        self._kept.open()
        self.panel.refresh()

    def _keep(self) -> None:
        """At once; of changes in quick succession, as by a key that is held, the first and the last."""
        self._kept.remember()
        self._is_written = False
        if not self._writing.isActive():
            self._write()
            self._writing.start()

    def _write(self) -> None:
        if not self._is_written:
            self._is_written = True
            self._kept.write()

    def _remember(self, before: CaliperState, after: CaliperState) -> None:
        """Put a finished change on the undo history; its `do` restores the state already present."""
        more = len(after.calipers) - len(before.calipers)
        text = tr("place caliper") if more > 0 else tr("remove caliper") if more < 0 else tr("move caliper")
        calipers = self.calipers

        def put(state: CaliperState) -> None:
            calipers.restore(state)
            self._keep()

        self._open_review.history.do(Command(text, lambda: put(after), lambda: put(before)))
