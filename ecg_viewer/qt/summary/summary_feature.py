"""The tab Summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.summary.summary_panel import SummaryPanel
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class SummaryFeature(Feature):
    """The first tab at the right; it follows the session by itself."""

    menu_place = 6

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.panel = SummaryPanel(window.session, window.themes)
        window.add_side_tab(self.panel, translatable("Summary"))
