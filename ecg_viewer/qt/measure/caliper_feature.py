"""Calipers in the window: menu, tool, overlay and side tab around the calipers' state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.actions import ActionSpec, Needs
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.measure.caliper_overlay import CaliperOverlay
from ecg_viewer.qt.measure.caliper_panel import CaliperPanel
from ecg_viewer.qt.measure.caliper_tool import KIND_TITLES, CaliperTool
from ecg_viewer.qt.measure.side_tab import scrolled, stacked
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.measure.calipers import CaliperKind, Calipers, CaliperState
from ecg_viewer.state.review.history import Command
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

_TOOLS = {
    "caliper_time": CaliperKind.TIME, "caliper_amplitude": CaliperKind.AMPLITUDE, "caliper_both": CaliperKind.BOTH
}


class CaliperFeature(Feature):
    """Owns the calipers of the open recording; their changes join the review's undo history."""

    menu_place = 120
    actions = (
        ActionSpec("caliper_time", "Measure", KIND_TITLES[CaliperKind.TIME], ("T",),
                   translatable("Drag on the paper from one instant to another; again, or Esc, ends it."), Needs.RECORD,
                   checkable=True),
        ActionSpec("caliper_amplitude", "Measure", KIND_TITLES[CaliperKind.AMPLITUDE], ("V",),
                   translatable("Drag on a lead from one height to another; again, or Esc, ends it."), Needs.RECORD,
                   checkable=True),
        ActionSpec("caliper_both", "Measure", KIND_TITLES[CaliperKind.BOTH], ("Shift+C",),
                   translatable("Drag on a lead from one point to another; again, or Esc, ends it."), Needs.RECORD,
                   checkable=True),
        ActionSpec("caliper_snap", "Measure", translatable("Snap to extremum"), ("Shift+S",),
                   translatable("Handles that are dragged go to the nearest peak or trough; Ctrl does so while it is "
                                "held."),
                   checkable=True),
        ActionSpec("caliper_march", "Measure", translatable("March out"), ("Shift+T",),
                   translatable("Repeat the chosen caliper's interval through the recording; so does a double click on "
                                "it."),
                   Needs.TIME_CALIPER, checkable=True, separate=True),
        ActionSpec("caliper_next", "Measure", translatable("Next caliper or handle"), ("Shift+V",),
                   translatable("Choose what the arrow keys move; with a caliper tool in use, Tab does so too."),
                   Needs.CALIPER),
        ActionSpec("caliper_copy", "Measure", translatable("Copy table of all leads"), ("Ctrl+Shift+C",),
                   translatable("Copy both values, difference and peak-to-peak of every lead at the chosen caliper."),
                   Needs.CALIPER),
        ActionSpec("caliper_remove", "Measure", translatable("Remove caliper"), ("Ctrl+Backspace",),
                   translatable("Remove the chosen caliper; with a caliper tool in use, Delete does so too."),
                   Needs.CALIPER),
        ActionSpec("caliper_clear", "Measure", translatable("Remove all calipers"), ("Ctrl+Shift+Backspace",),
                   translatable("Take all calipers off the paper."), Needs.CALIPER),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.calipers = Calipers()
        self.tool = CaliperTool(window.paper, self.calipers, CaliperKind.TIME)
        self.panel = CaliperPanel(self.calipers, window.paper)
        self.panel.copy_asked.connect(self.copy)
        self.panel.march_asked.connect(self.calipers.toggle_march)
        self.panel.remove_asked.connect(self.calipers.remove_selected)
        self.tab = stacked(self.panel)
        window.add_side_tab(scrolled(self.tab, translatable("Calipers")), translatable("Calipers"))
        window.paper.add_overlay(CaliperOverlay(self.calipers))
        self.tool.ended.connect(self.end)
        self.calipers.changed.connect(self._show)
        self.calipers.edited.connect(self._remember)
        window.session.record_changed.connect(self._forget)
        for signal in (window.session.view.filter.changed, window.session.view.layout_changed):
            signal.connect(self.panel.refresh)
        window.paper.trace_shown.connect(self.panel.refresh)

    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **{action_id: self._chooser(kind) for action_id, kind in _TOOLS.items()},
            "caliper_snap": self.toggle_snap,
            "caliper_march": self.calipers.toggle_march,
            "caliper_next": self.calipers.step_handle,
            "caliper_copy": self.copy,
            "caliper_remove": self.calipers.remove_selected,
            "caliper_clear": self.calipers.clear,
        }

    def available(self) -> frozenset[Needs]:
        chosen = self.calipers.selected
        needs = {Needs.CALIPER} if self.calipers.all else set()
        return frozenset(needs | ({Needs.TIME_CALIPER} if chosen is not None and chosen.spans_time else set()))

    def checked(self) -> dict[str, bool]:
        chosen = self.calipers.selected
        return {
            **{action_id: self.tool.is_in_use and self.tool.kind is kind for action_id, kind in _TOOLS.items()},
            "caliper_snap": self.tool.snaps,
            "caliper_march": chosen is not None and chosen.marches,
        }

    def choose(self, kind: CaliperKind) -> None:
        """Switch to the tool for a kind of caliper, or back to the paper if it is already in use."""
        if self.tool.is_in_use and self.tool.kind is kind:
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

    def _chooser(self, kind: CaliperKind) -> Callable[[], None]:
        return lambda: self.choose(kind)

    def _show(self) -> None:
        self.window.paper.update()
        self.changed.emit()

    def _forget(self) -> None:
        self.calipers.reset(self.window.session.view.duration_s)
        self.panel.refresh()

    def _remember(self, before: CaliperState, after: CaliperState) -> None:
        """Put a finished change on the undo history; its `do` restores the state already present."""
        more = len(after.calipers) - len(before.calipers)
        text = tr("place caliper") if more > 0 else tr("remove caliper") if more < 0 else tr("move caliper")
        calipers = self.calipers
        history = self.window.feature(ReviewFeature).history
        history.do(Command(text, lambda: calipers.restore(after), lambda: calipers.restore(before)))
