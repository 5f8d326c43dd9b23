"""Four recordings at once, and its entry in the menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_list
from ecg_viewer.qt.research.four_dialog import FourDialog
from ecg_viewer.state.research.four import CHOICES, Choice, first_choice, four_of
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.worklist.worklist import Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class FourFeature(Feature):
    """At most one such window at a time, with one model of its own."""

    menu_place = 162
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("four_ecgs", "View/Compare", translatable("Four ECGs at once…"), ("Alt+4",),
                   translatable("Show four recordings of the list at the same scale: the marked ones, the patient's "
                                "last, or the next."),
                   do=lambda self: self.show_four(), enabled=has_list),
    )
    make_scorer: ClassVar[Callable[[str], Scorer]] = ModelScorer
    """Given a device; the window's own model is never shared with another thread."""

    def __init__(self, window: Host, worklist: Worklist) -> None:
        super().__init__(window)
        self._worklist = worklist
        self.dialog: FourDialog | None = None

    def show_four(self) -> None:
        """Show the patient's recordings, or the next ones of the list."""
        session = self.window.session
        if session.item is None:
            return
        if self.dialog is None:
            self.dialog = FourDialog(self.window, type(self).make_scorer)
            self.dialog.chosen.connect(self._open)
            self.dialog.choice_wanted.connect(self._choose)
            self.dialog.ended.connect(self._forget)
        self._show(first_choice(session.item, session.records, self._worklist.marks))
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """Close the window, and wait for its threads."""
        if self.dialog is not None:
            self.dialog.close()

    def _choose(self, choice: str) -> None:
        self._show(next(known for known in CHOICES if known == choice))

    def _show(self, choice: Choice) -> None:
        session, order = self.window.session, self._worklist.order.tolist()
        if self.dialog is None or session.item is None:
            return
        paths = four_of(choice, session.item, session.records, order or range(len(session.records)),
                        self._worklist.marks)
        self.dialog.show_recordings(choice, paths or (session.item.path,))

    def _open(self, path: Path) -> None:
        session = self.window.session
        row = session.records.position(path)
        if row is not None and (session.item is None or session.item.path != path):
            session.open_item(row)

    def _forget(self) -> None:
        self.dialog = None
