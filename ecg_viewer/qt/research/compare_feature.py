"""Comparison with another recording or another model, beside, below or over the first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.qt.actions import ActionSpec, tooltip
from ecg_viewer.qt.feature import Feature, has_list, has_record
from ecg_viewer.qt.research.compare_bar import CompareBar
from ecg_viewer.qt.research.compare_choice import RecordChoice
from ecg_viewer.qt.research.compare_side import SecondSide
from ecg_viewer.qt.research.elided_label import ElidedLabel
from ecg_viewer.qt.widgets.file_filters import recording_filter
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research.comparison import PLACES, OpenComparison, Place, side_text
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Compare"
TOLD_MS = 8_000
"""How long the status bar shows why the difference was switched off."""


def _is_comparing(feature: CompareFeature) -> bool:
    return feature.side is not None


def _can_subtract(feature: CompareFeature) -> bool:
    return feature.side is not None and not feature.side.why_no_difference


class CompareFeature(Feature):
    """At most one comparison at a time. Its side has a session, lanes and a model of its own."""

    menu_place = 160
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("compare_file", MENU, translatable("With a recording…"), ("Ctrl+D",),
                   translatable("Choose a file and show it at the same scale."),
                   do=lambda self: self._choose_file(), enabled=has_record),
        ActionSpec("compare_listed", MENU, translatable("With a recording of the worklist…"), ("Ctrl+Shift+D",),
                   translatable("Choose from the worklist and show it at the same scale."),
                   do=lambda self: self._choose_listed(), enabled=has_list),
        ActionSpec("compare_models", MENU, translatable("Two models on this recording"), ("Alt+D",),
                   translatable("Show the same recording again, assessed by another model."),
                   do=lambda self: self.compare_models(), enabled=has_record),
        ActionSpec("compare_place", MENU, translatable("Next arrangement"), ("Alt+P",),
                   translatable("Side by side, stacked, overlaid, difference of the maps, and round again."),
                   do=lambda self: self._next_place(), enabled=_is_comparing, separate=True),
        ActionSpec("compare_difference", MENU, translatable("Difference of the maps"), ("Alt+Shift+D",),
                   translatable("Show A minus B in percentile points instead of the heat, or the heat again."),
                   do=lambda self: self._toggle_difference(), enabled=_can_subtract,
                   checked=lambda self: self.side is not None and self.place == "difference"),
        ActionSpec("compare_align", MENU, translatable("Align first beats"), ("Alt+A",),
                   translatable("Put the first R peak of both recordings at the same place."),
                   do=lambda self: self._align(), enabled=_is_comparing),
        ActionSpec("compare_zero", MENU, translatable("Align at the start"), ("Alt+0",),
                   translatable("Put the beginning of both recordings at the same place."),
                   do=lambda self: self._align_start(), enabled=_is_comparing),
        ActionSpec("compare_close", MENU, translatable("Close comparison"), ("Ctrl+Shift+W",),
                   translatable("Show the one recording alone again."),
                   do=lambda self: self.end(), enabled=_is_comparing),
    )
    make_scorer: ClassVar[Callable[[str], Scorer]] = ModelScorer
    """Given a device; the second side never shares the first one's model."""

    def __init__(self, window: Host, comparison: OpenComparison) -> None:
        super().__init__(window)
        self.comparison = comparison
        self.side: SecondSide | None = None
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
        window.session.hidden_changed.connect(self._leave_hidden)

    def ready(self) -> None:
        by_id = self.window.actions_by_id
        self.bar.add_actions((
            (by_id["compare_align"], translatable("Beats")), (by_id["compare_zero"], translatable("Starts")),
        ))
        self.bar.add_close(by_id["compare_close"])

    @property
    def place(self) -> Place:
        return self.comparison.place

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
        self.comparison.end()
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
            self.comparison.begin(self.side.session, self.side.views)
            self.side.changed.connect(self._show)
            self.side.nothing_opened.connect(self.end, Qt.ConnectionType.QueuedConnection)
            self._put("beside" if self.place == "difference" else self.place)
        return self.side

    def _put(self, place: str) -> None:
        before, self.comparison.place = self.place, next(known for known in PLACES if known == place)
        if before != "difference":
            self._before_difference = before
        if self.side is not None:
            self.side.put(self.place)
            self._show()

    def _next_place(self) -> None:
        place = PLACES[(PLACES.index(self.place) + 1) % len(PLACES)]
        is_possible = place != "difference" or (self.side is not None and not self.side.why_no_difference)
        self._put(place if is_possible else PLACES[0])

    def _toggle_difference(self) -> None:
        self._put(self._before_difference if self.place == "difference" else "difference")

    def _leave_hidden(self) -> None:
        """Results of the open recording are hidden: side B, its foot and the difference would tell them."""
        if self.window.session.is_hidden and self.side is not None:
            self.end()

    def _take_record(self) -> None:
        """The first side shows another recording: its other model assesses that one too."""
        item = self.window.session.item
        if self.side is not None and self._follows_first and item is not None:
            self.side.session.open([item.path])

    def _show(self) -> None:
        if self.side is None:
            return
        reason = self.side.why_no_difference
        if reason and self.place == "difference" and not self._is_changing():
            self.window.status.showMessage(reason, TOLD_MS)
            self._put(self._before_difference)
            return
        self._show_difference_tip(reason)
        names = side_text("A", self.window.session), side_text("B", self.side.session)
        self.bar.show_comparison(self.side.views, self.side.session.models, self.place, names, reason)
        self.bar.show()
        self._whose.show_text(tr("Side A: {name}").format(name=names[0].removeprefix("A: ")))
        self._whose.show()
        self.window.paper.update()
        self.changed.emit()

    def _is_changing(self) -> bool:
        """Whether one side has already changed its recording and the other has not."""
        return self.side is not None and (self.side.session.is_opening or self.window.session.is_opening)

    def _show_difference_tip(self, reason: str) -> None:
        spec = next(spec for spec in self.actions if spec.id == "compare_difference")
        self.window.actions_by_id[spec.id].setToolTip(plain_tip(reason or tooltip(spec)))

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
            self.window, tr("Compare with a recording"), start, recording_filter()
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
            self.window.show_problem(Problem(tr("The worklist has changed. Choose again.")))
