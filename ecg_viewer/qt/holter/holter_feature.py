"""Long recordings in the window: their own window, and times of day wherever times are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecg_viewer.jobs.holter_job import by_limits, holter_job
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.holter.holter_window import PAGE, TRENDS, HolterWindow
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


def _has_clock(feature: HolterFeature) -> bool:
    return feature.window.session.view.time_of_day.known is not None


class HolterFeature(Feature):
    """Owns the analysis of a long recording and its window."""

    menu_place = 175
    actions = (
        ActionSpec("holter", "Measure", translatable("Long recording…"), ("Ctrl+H",),
                   translatable("Trends, episodes, shapes of beats and variability of a recording from a minute on."),
                   do=lambda self: self.show_tab(TRENDS), enabled=has_record, separate=True),
        ActionSpec("holter_page", "Measure", translatable("60 seconds a line…"), ("Shift+H",),
                   translatable("Show one lead of the whole recording on a page of 60 s a line."),
                   do=lambda self: self.show_tab(PAGE), enabled=has_record),
        ActionSpec("clock_time", "View", translatable("Clock time"), ("Ctrl+Alt+H",),
                   translatable("Show times of day, where the file states them, instead of times from the beginning."),
                   do=lambda self: self._toggle_clock(), enabled=_has_clock,
                   checked=lambda self: self.window.session.view.time_of_day.clock is not None),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.board = HolterBoard(window.session, window.worker("long recording"), holter_job, by_limits)
        self._page_lane = window.worker("page of 60 s a line")
        self._dialog: HolterWindow | None = None
        view = window.session.view
        view.time_of_day.changed.connect(self.changed.emit)
        view.record_changed.connect(self.changed.emit)

    @property
    def dialog(self) -> HolterWindow | None:
        """The window, once it has been opened."""
        return self._dialog

    def show_tab(self, place: int) -> None:
        """Show the window at one of its tabs, or bring it to the front."""
        if self._dialog is None:
            self._dialog = HolterWindow(self.window, self.board, self._page_lane)
        self._dialog.show()
        self._dialog.show_tab(place)
        self._dialog.raise_()
        self._dialog.activateWindow()

    def close(self) -> None:
        """The window goes with the main one."""
        if self._dialog is not None:
            self._dialog.close()

    def _toggle_clock(self) -> None:
        view = self.window.session.view
        view.time_of_day.show(view.time_of_day.clock is None)
