"""Comparison with another recording or another model, beside, below or over the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.qt.actions import ActionSpec, Needs, tooltip
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.research.compare_bar import CompareBar
from ecg_viewer.qt.research.compare_choice import RecordChoice
from ecg_viewer.qt.research.compare_side import SecondSide
from ecg_viewer.qt.research.elided_label import ElidedLabel
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research.comparison import ON_ONE_PAPER, PLACES, Place, side_text
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Compare"
TOLD_MS = 8_000
"""How long the status bar shows why the difference was switched off."""


@dataclass(frozen=True)
class OverlaidRecording:
    """A second recording on the first one's paper."""

    session: Session
    offset_s: float
    """Its time less the time of the paper."""


class CompareFeature(Feature):
    """At most one comparison at a time. Its side has a session, lanes and a model of its own."""

    menu_place = 160
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("compare_file", MENU, translatable("With a recording…"), ("Ctrl+D",),
                   translatable("Choose a file and show it at the same scale."), Needs.RECORD),
        ActionSpec("compare_listed", MENU, translatable("With a recording of the list…"), ("Ctrl+Shift+D",),
                   translatable("Choose from the list of recordings and show it at the same scale."), Needs.LIST),
        ActionSpec("compare_models", MENU, translatable("Two models on this recording"), ("Alt+D",),
                   translatable("Show the same recording again, assessed by another model."), Needs.RECORD),
        ActionSpec("compare_place", MENU, translatable("Next arrangement"), ("Alt+P",),
                   translatable("Side by side, stacked, overlaid, difference of the maps, and round again."),
                   Needs.COMPARISON, separate=True),
        ActionSpec("compare_difference", MENU, translatable("Difference of the maps"), ("Alt+Shift+D",),
                   translatable("Show A less B in percentile points instead of the heat, or the heat again."),
                   Needs.TWO_MAPS, checkable=True),
        ActionSpec("compare_align", MENU, translatable("Align first beats"), ("Alt+A",),
                   translatable("Put the first R-peak of both recordings at the same place."), Needs.COMPARISON),
        ActionSpec("compare_zero", MENU, translatable("Align at the start"), ("Alt+0",),
                   translatable("Put the beginning of both recordings at the same place."), Needs.COMPARISON),
        ActionSpec("compare_close", MENU, translatable("Close comparison"), ("Ctrl+Shift+W",),
                   translatable("Show the one recording alone again."), Needs.COMPARISON),
    )
    make_scorer: ClassVar[Callable[[str], Scorer]] = ModelScorer
    """Given a device; the second side never shares the first one's model."""

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.side: SecondSide | None = None
        self._place: Place = "beside"
        self._before_difference: Place = "beside"
        self._follows_first = False
        """Two models of one recording: side B shows the recording that side A shows."""
        self.bar = CompareBar()
        self.bar.hide()
        self.bar.place_wanted.connect(self._put)
        window.add_strip(self.bar, top=True)
        self._whose = ElidedLabel()
        self._whose.setObjectName("panelTitle")
        self._whose.setContentsMargins(6, 5, 6, 2)
        self._whose.hide()
        window.frame.add_heading(self._whose)
        window.themes.changed.connect(self._show_theme, Qt.ConnectionType.QueuedConnection)
        window.session.record_changed.connect(self._take_record)
        window.session.record_changed.connect(self._show)
        window.session.models.changed.connect(self._show)

    def ready(self) -> None:
        by_id = self.window.actions_by_id
        self.bar.add_actions((
            (by_id["compare_align"], translatable("Beats")), (by_id["compare_zero"], translatable("Starts")),
        ))
        self.bar.add_close(by_id["compare_close"])

    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "compare_file": self._choose_file,
            "compare_listed": self._choose_listed,
            "compare_models": self.compare_models,
            "compare_place": self._next_place,
            "compare_difference": self._toggle_difference,
            "compare_align": self._align,
            "compare_zero": self._align_start,
            "compare_close": self.end,
        }

    def available(self) -> frozenset[Needs]:
        if self.side is None:
            return frozenset()
        return frozenset({Needs.COMPARISON} if self.side.why_no_difference else {Needs.COMPARISON, Needs.TWO_MAPS})

    def checked(self) -> dict[str, bool]:
        return {"compare_difference": self.side is not None and self._place == "difference"}

    @property
    def place(self) -> Place:
        return self._place

    @property
    def overlaid_recording(self) -> OverlaidRecording | None:
        """The recording that a picture of the first paper shows too; None if it shows one alone."""
        if self.side is None or self._place not in ON_ONE_PAPER or self.side.session.record is None:
            return None
        return OverlaidRecording(self.side.session, self.side.views.offset_s)

    def compare_with(self, path: Path) -> None:
        """Show another recording on the second side, which keeps its model if there is one already."""
        self._follows_first = False
        self._begin().session.open([path])

    def compare_models(self) -> None:
        """Show the open recording on the second side, by a model that the first side does not use."""
        item = self.window.session.item
        if item is None:
            return
        side = self._begin()
        first = self.window.session.models.current
        others = [choice for choice in side.session.models.choices if choice != first]
        if others:
            side.session.models.choose(others[0].key)
        self._follows_first = True
        side.session.open([item.path])

    def end(self) -> None:
        """Show the first recording alone again."""
        side, self.side = self.side, None
        if side is not None:
            self.bar.hide()
            self._whose.hide()
            self.bar.forget()
            side.close()
            self.window.centre.setOrientation(Qt.Orientation.Horizontal)
            self.changed.emit()

    def close(self) -> None:
        self.end()

    def _begin(self) -> SecondSide:
        if self.side is None:
            info = self.window.session.model
            device = info.device if info is not None and info.device else "auto"
            self.side = SecondSide(self.window, type(self).make_scorer(device))
            self.side.changed.connect(self._show)
            self.side.nothing_opened.connect(self.end, Qt.ConnectionType.QueuedConnection)
            self._put("beside" if self._place == "difference" else self._place)
        return self.side

    def _put(self, place: str) -> None:
        before, self._place = self._place, next(known for known in PLACES if known == place)
        if before != "difference":
            self._before_difference = before
        if self.side is not None:
            self.side.put(self._place)
            self._show()

    def _next_place(self) -> None:
        place = PLACES[(PLACES.index(self._place) + 1) % len(PLACES)]
        is_possible = place != "difference" or (self.side is not None and not self.side.why_no_difference)
        self._put(place if is_possible else PLACES[0])

    def _toggle_difference(self) -> None:
        self._put(self._before_difference if self._place == "difference" else "difference")

    def _take_record(self) -> None:
        """The first side shows another recording: its other model assesses that one too."""
        item = self.window.session.item
        if self.side is not None and self._follows_first and item is not None:
            self.side.session.open([item.path])

    def _show(self) -> None:
        if self.side is None:
            return
        reason = self.side.why_no_difference
        if reason and self._place == "difference" and not self._is_changing():
            self.window.status.showMessage(reason, TOLD_MS)
            self._put(self._before_difference)
            return
        self._show_difference_tip(reason)
        names = side_text("A", self.window.session), side_text("B", self.side.session)
        self.bar.show_comparison(self.side.views, self.side.session.models, self._place, names, reason)
        self.bar.show()
        self._whose.say(tr("Side A: {name}").format(name=names[0].removeprefix("A: ")))
        self._whose.show()
        self.window.paper.update()
        self.changed.emit()

    def _is_changing(self) -> bool:
        """Whether one side has already changed its recording and the other has not."""
        return self.side is not None and (self.side.session.is_opening or self.window.session.is_opening)

    def _show_difference_tip(self, reason: str) -> None:
        spec = next(spec for spec in self.actions if spec.id == "compare_difference")
        self.window.actions_by_id[spec.id].setToolTip(reason or tooltip(spec))

    def _show_theme(self) -> None:
        if self.side is not None:
            self.side.show_theme()

    def _align(self) -> None:
        if self.side is not None:
            self.side.align_beats()

    def _align_start(self) -> None:
        if self.side is not None:
            self.side.views.set_offset(0.0)

    def _choose_file(self) -> None:
        item = self.window.session.item
        start = "" if item is None else str(item.path.parent)
        name, _ = QFileDialog.getOpenFileName(
            self.window, tr("Compare with a recording"), start, tr("WFDB recordings (*.hea *.dat);;All files (*)")
        )
        if name:
            self.compare_with(Path(name))

    def _choose_listed(self) -> None:
        records = self.window.session.records
        dialog = RecordChoice(records, self.window)
        dialog.chosen.connect(self._compare_listed)
        dialog.open()

    def _compare_listed(self, index: int) -> None:
        records = self.window.session.records
        if 0 <= index < len(records):
            self.compare_with(records[index].path)
        else:
            self.window.show_problem(Problem(tr("The list of recordings has changed. Choose again.")))
