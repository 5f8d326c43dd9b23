"""Panels of other packages, each a tab at the right, imported when it is first shown.

They name a function `make_panel(state: PanelState) -> QWidget` in the entry-point group `ecg_viewer.panels`; the name
of the entry point is the tab's title. What goes wrong in one is said in its tab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.plug_ins.panel_state import PanelState
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.words.error_words import sentence_of
from mmae_core.plug_ins import FAULTS, PANELS, PlugIn, PlugInFailed, unshadowing

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

BUNDLED_TABS = ("Summary", "Info", "Conclusion", "Intervals", "Calipers", "Research")
"""Titles that no panel of another package may take."""


class PlugInPanel(QWidget):
    """The place of one panel."""

    def __init__(self, plug_in: PlugIn, state: PanelState) -> None:
        super().__init__()
        self._plug_in = plug_in
        self._state = state
        self._is_made = False
        self._room = QScrollArea()  # however large a panel wants to be, the window keeps its size
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._room)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_made:
            self._is_made = True
            self._room.setWidget(self._made())

    def _made(self) -> QWidget:
        """The panel, or the sentence on why there is none."""
        try:
            make = self._plug_in.checked()
            try:
                panel = make(self._state)
                if not isinstance(panel, QWidget):
                    raise TypeError(f"it made {type(panel).__name__}, no QWidget")
            except FAULTS as error:
                raise self._plug_in.failed(error) from error
        except PlugInFailed as failed:
            problem = failed
            label = PlainLabel()
            label.setWordWrap(True)
            label.setMargin(8)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            return set_texts(label, text=lambda: sentence_of(problem))
        return panel


class PanelsFeature(Feature):
    """A tab for every panel that other packages offer."""

    menu_place = 195

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        found = unshadowing(PANELS, BUNDLED_TABS)
        if not found:
            return
        self._state = PanelState(window.session, self)
        for plug_in in found:
            window.add_side_tab(PlugInPanel(plug_in, self._state), plug_in.name)
