"""The context menu of the paper: the fact under the mouse, its lead, tools, and how the paper is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from ecg_viewer.state.words.language import tr

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

DECISIONS = ("confirm", "dismiss", "reset_decision", "note")
OWN = ("edit_own", "delete_own")
TOOLS = ("caliper_time", "caliper_amplitude", "caliper_both", "caliper_angle", "add_finding")
COMPARE = ("compare_file", "compare_listed", "compare_models")
SCALE = ("faster", "slower", "gain_up", "gain_down", "standard", "auto_fit")
PAGES = ("print_preview", "export", "copy_paper")
LAYOUT_MENU = "View/Layout"
LONGEST_SENTENCE = 70
"""Letters of a sentence in the menu."""


class PaperMenu(QMenu):
    """Made anew for each place; shows the actions of the whole window that make sense there."""

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setToolTipsVisible(True)

    def add_facts(self, sentences: Iterable[str], names: Iterable[str]) -> None:
        """What departs there, in words, and what can be decided about it."""
        for sentence in sentences:
            text = sentence if len(sentence) <= LONGEST_SENTENCE else sentence[: LONGEST_SENTENCE - 1] + "…"
            self.addAction(text.replace("&", "&&")).setEnabled(False)
        self._add(names)
        self.addSeparator()

    def add_lead(self, lead: str) -> None:
        """What can be done with the lead there."""
        focus = self._window.session.view.focus
        if focus.is_zoomed:
            self._do(tr("Back to all leads"), focus.give_back)
        else:
            self._do(tr("Zoom {lead}").format(lead=lead), lambda: focus.zoom(lead))
            if focus.front == lead:
                self._do(tr("All leads alike"), focus.give_back)
            else:
                self._do(tr("{lead} to the front").format(lead=lead), lambda: focus.bring_to_front(lead))
        self.addSeparator()

    def add_tools(self, add_here: Callable[[], object] | None) -> None:
        """Tools for the mouse, a finding by numbers at that place, and windows on the recording."""
        self._add(TOOLS)
        if add_here is not None:
            self._do(tr("Add a finding here…"), add_here)
        self.addSeparator()
        self._add(("average_beat",))
        self._submenu(tr("Compare"), COMPARE)
        self.addSeparator()

    def add_paper(self) -> None:
        """How the paper is shown, where it can go, and undo."""
        layouts = self.addMenu(tr("Layout"))
        for spec in self._window.action_specs:
            if spec.menu == LAYOUT_MENU:
                if spec.separate:
                    layouts.addSeparator()
                layouts.addAction(self._window.action(spec.id))
        self._submenu(tr("Speed and gain"), SCALE)
        self._add(("model_marks",))
        self.addSeparator()
        self._add(PAGES)
        self.addSeparator()
        self._add(("undo", "redo"))

    def _add(self, names: Iterable[str]) -> None:
        for name in names:
            self.addAction(self._window.action(name))

    def _submenu(self, title: str, names: Iterable[str]) -> None:
        menu = self.addMenu(title)
        for name in names:
            menu.addAction(self._window.action(name))

    def _do(self, text: str, do: Callable[[], object]) -> None:
        self.addAction(text).triggered.connect(do)
