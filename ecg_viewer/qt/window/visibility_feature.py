"""Showing and hiding the model's marks and the panels, and the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class VisibilityFeature(Feature):
    """The lines of the menu View that leave more room for the ECG."""

    menu_place = 3
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("model_marks", "View", translatable("Model marks"), ("Space",),
                   translatable("Show or hide every mark the model made; what remains is the ECG as recorded."),
                   do=lambda self: self.window.session.view.toggle_heat(),
                   checked=lambda self: self.window.session.view.heat_visible, separate=True),
        ActionSpec("show_records", "View/Panels", translatable("Worklist"), ("F7",),
                   translatable("Show or hide the worklist on the left."),
                   do=lambda self: self.window.frame.toggle_records(),
                   checked=lambda self: self.window.frame.records_wanted, separate=True),
        ActionSpec("show_findings", "View/Panels", translatable("Findings and summary"), ("F8",),
                   translatable("Show or hide the panels on the right."),
                   do=lambda self: self.window.frame.toggle_findings(),
                   checked=lambda self: self.window.frame.findings_wanted),
        ActionSpec("full_screen", "View", translatable("Full screen"), ("F11",),
                   translatable("Use the whole screen, or leave it."),
                   do=lambda self: self.toggle_full_screen(), checked=lambda self: self.window.isFullScreen()),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        window.session.view.heat_changed.connect(self.changed.emit)
        window.frame.panels_changed.connect(self.changed.emit)
        window.full_screen_changed.connect(self.changed.emit)

    def toggle_full_screen(self) -> None:
        """Use the whole screen, or leave it."""
        if self.window.isFullScreen():
            self.window.showNormal()
        else:
            self.window.showFullScreen()
