"""The second side of a comparison: a session, a model and a paper of its own, linked to the first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ecg_viewer.jobs.opening import hashing_job, opening_job, reading_job
from ecg_viewer.jobs.scoring import Scorer, checking_job, scoring_job
from ecg_viewer.qt.paper import PaperPlaces, PaperView
from ecg_viewer.qt.paper.hover import Hover
from ecg_viewer.qt.research.compare_difference import DifferenceHeat
from ecg_viewer.qt.research.compare_foot import CompareFoot, FootLine
from ecg_viewer.qt.research.compare_overlays import SecondTrace, second_colour
from ecg_viewer.qt.research.compare_review import SecondReview
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.render.geometry import joined_extents
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.filters import FilterChain
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.job_protocols import Failed
from ecg_viewer.state.models import Models
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research import comparison
from ecg_viewer.state.research.comparison import (
    MAX_READ_S,
    ON_ONE_PAPER,
    ComparedStretch,
    FirstBeats,
    LinkedViews,
    Place,
    side_text,
)
from ecg_viewer.state.research.difference import DifferenceMap, why_no_difference
from ecg_viewer.state.research.side_words import percentile_words
from ecg_viewer.state.session import Session, Work
from ecg_viewer.state.signal import Signal as StateSignal
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import percentile_text
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

SMALLEST_PAPER = (200, 140)
"""Of either side, so that two of them fit into a small window."""
LANES = ("reading", "model", "hashing", "model folder", "beats", "samples")


class SecondSide(QObject):
    """Side B of a comparison: a paper, a session and threads of its own.

    Made when a comparison begins, closed when it ends; closing waits for its threads.
    """

    changed = Signal()
    """Recording, model, offset, linking, or what can be told of the maps."""
    nothing_opened = Signal()
    """The recording to compare with could not be read, and there is nothing else to show."""

    def __init__(self, window: Host, scorer: Scorer) -> None:
        super().__init__(window)
        self._window = window
        first = window.session
        self._lanes = tuple(WorkerLane(f"second {name}") for name in LANES)
        models = Models(
            tuple(choice.key for choice in first.models.choices if choice.is_bundled), self._lanes[3],
            lambda folder: checking_job(scorer, folder),
            named=None if first.models.current is None else first.models.current.key,
        )
        work = Work(
            open_paths=opening_job, read_item=reading_job, hash=hashing_job,
            score=lambda key, record, focus: scoring_job(scorer, key, record, focus),
        )
        self.session = Session(ViewState(first.view.filter), HeatMap(), models, work, *self._lanes[:3])
        self.views = LinkedViews(first.view, self.session.view)
        self.paper = PaperView(self.session.view, self.session.heat)
        set_texts(self.paper, name="ECG paper of side B")
        self.feet = CompareFoot(self._lines_below_first), CompareFoot(self._lines_below_second)
        self._difference = DifferenceMap(first.heat, self.session.heat, lambda: self.views.offset_s)
        self.review = SecondReview(self.session, self.paper, window.settings.settings.reviewer, self)
        self._trace = SecondTrace(self.views)
        self._place: Place = "beside"
        self._is_closed = False
        self._phases = Phase.WAITING, Phase.WAITING
        self._read: tuple[EcgRecord, FilterChain, float, float] | None = None
        window.paper.add_overlay(self._trace)
        self._least = window.paper.minimumSize()
        for paper, foot in zip((window.paper, self.paper), self.feet, strict=True):
            paper.setMinimumSize(*SMALLEST_PAPER)
            paper.set_foot(foot)
        window.centre.addWidget(self.paper)
        self.show_theme()
        for paper in (window.paper, self.paper):
            paper.reach.own_changed.connect(self._line_up)
        self.paper.trace_shown.connect(self._assess, Qt.ConnectionType.QueuedConnection)
        self.paper.load_failed.connect(self._show_failure)
        self.paper.hovered.connect(self._show_cursor)
        self.session.failed.connect(window.show_problem)
        self.session.record_changed.connect(self._show_record)
        self.session.opening_changed.connect(self._tell_if_nothing)
        self.session.heat.changed.connect(self._show_second_heat)
        models.changed.connect(self._tell)
        self.views.changed.connect(self._show_offset)
        for signal in self._first_signals():
            signal.connect(self._read_trace)
        for signal in (first.models.changed, first.view.heat_changed):
            signal.connect(self._show_feet)
        for signal in (first.assessment_changed, self.session.assessment_changed):
            signal.connect(self._follow_phases)
        window.settings.changed.connect(self._follow_settings)

    @property
    def place(self) -> Place:
        return self._place

    @property
    def why_no_difference(self) -> str:
        """Why the maps cannot be subtracted; empty if they can."""
        return why_no_difference(self._window.session, self.session)

    def put(self, place: Place) -> None:
        """Place it beside, below or over the first, or show the difference of both maps."""
        self._place = place
        centre = self._window.centre
        centre.setOrientation(Qt.Orientation.Vertical if place == "below" else Qt.Orientation.Horizontal)
        self.paper.setVisible(place not in ON_ONE_PAPER)
        if place in ON_ONE_PAPER:
            self.views.set_linked(True)  # an overlaid recording scrolls with the first
        else:
            size = centre.height() if place == "below" else centre.width()
            centre.setSizes([size // 2, size - size // 2])
            self.views.follow()
        self.feet[0].has_legend = place == "difference"
        self._window.legend.setVisible(place != "difference")
        self._window.paper.set_heat_stand_in(DifferenceHeat(self._difference) if place == "difference" else None)
        self._show_offset()

    def align_beats(self) -> None:
        """Find the first beats, on a thread, and put them below each other."""
        first, second = self._window.session.record, self.session.record
        if first is None or second is None:
            return

        def receive(event: object) -> None:
            if isinstance(event, FirstBeats) and not self.views.align(event):
                self._window.show_problem(Problem(tr("No first beat was found in one of the recordings; set the offset "
                                                     "by hand.")))
            elif isinstance(event, Failed):
                self._window.show_problem(Problem(event.message, event.details))

        self._lanes[4].submit(comparison.beats_job(first, second), receive)

    def show_theme(self) -> None:
        """Take over the colours and the scale of the first paper."""
        self.paper.set_theme(self._window.paper.theme)
        self.paper.set_screen_scale(self._window.paper.screen_scale)

    def close(self) -> None:
        """Take everything away again and wait for the threads."""
        self._is_closed = True
        self.views.close()
        first = self._window.session
        for signal in self._first_signals():
            signal.disconnect(self._read_trace)
        for signal in (first.models.changed, first.view.heat_changed):
            signal.disconnect(self._show_feet)
        self._window.paper.reach.own_changed.disconnect(self._line_up)
        first.view.set_common_leads(None)
        self._window.paper.reach.set_common(None)
        first.assessment_changed.disconnect(self._follow_phases)
        self._window.settings.changed.disconnect(self._follow_settings)
        self.review.close()
        self._window.paper.setMinimumSize(self._least)
        self._window.paper.remove_overlay(self._trace)
        self._window.paper.set_foot(None)
        self._window.paper.set_heat_stand_in(None)
        self._window.legend.show()
        for lane in self._lanes:
            lane.ask_to_stop()
        for lane in self._lanes:
            lane.close()
        self.paper.close_loader()
        self.paper.setParent(None)
        self.paper.deleteLater()
        self.deleteLater()

    def _first_signals(self) -> tuple[StateSignal[()], ...]:
        """The signals after which the overlaid samples must be read again."""
        first = self._window.session
        return first.view.range_changed, first.record_changed, first.view.filter.changed

    def _follow_settings(self) -> None:
        self.review.follow(self._window.settings.settings.reviewer)

    def _assess(self) -> None:
        """Once the traces are painted; that may be told after the comparison is over."""
        if not self._is_closed:
            self.session.assess()

    def _show_record(self) -> None:
        self._trace.stretch, self._read = None, None
        self.views.follow()
        if not self.paper.isVisible():
            self.session.assess()
        self._show_offset()

    def _tell_if_nothing(self) -> None:
        if not self.session.is_opening:
            (self.nothing_opened if self.session.record is None else self.changed).emit()

    def _show_offset(self) -> None:
        self._read_trace()
        if self._place == "difference":
            self._window.paper.set_heat_stand_in(DifferenceHeat(self._difference))
        self._tell()

    def _follow_phases(self) -> None:
        """Update the texts when an assessment has begun, ended or failed."""
        phases = self._window.session.assessment.phase, self.session.assessment.phase
        if phases != self._phases:
            self._phases = phases
            self._tell()

    def _tell(self) -> None:
        self._show_feet()
        self.changed.emit()

    def _show_feet(self) -> None:
        first, second = self._window.session.record, self.session.record
        self._trace.is_shown = first is None or second is None or first.source.own_paths != second.source.own_paths
        papers = self._window.paper, self.paper
        heights = [foot.own_height(paper) for paper, foot in zip(papers, self.feet, strict=True)]
        for paper, foot in zip(papers, self.feet, strict=True):
            foot.least_px = 0 if self._place in ON_ONE_PAPER else max(heights)
            paper.set_foot(foot)

    def _show_second_heat(self, start_s: float, end_s: float) -> None:
        if self._place == "difference":
            self._window.paper.show_heat(start_s - self.views.offset_s, end_s - self.views.offset_s)

    def _show_cursor(self, hover: Hover | None) -> None:
        """Show in the status bar what is under the mouse, marked as side B."""
        if hover is not None:
            words = _percentile_words(hover, is_running=self.session.assessment.phase.is_running)
            hover = replace(hover, replacement=tr("side B: {words}").format(words=words))
        self._window.status.show_cursor(hover)

    def _line_up(self) -> None:
        """Put the same lead at the same height on both papers: the same rows, as far apart as either recording asks."""
        papers = self._window.paper, self.paper
        records = self._window.session.record, self.session.record
        known = [record.trace_names for record in records if record is not None]
        leads = None if len(known) < 2 else tuple(dict.fromkeys(lead for names in known for lead in names))
        extents = joined_extents(paper.reach.own for paper in papers) if len(known) == 2 else None
        for paper in papers:
            paper.view_state.set_common_leads(leads)
            paper.reach.set_common(extents)

    def _lines_below_first(self, paper: PaperPlaces) -> tuple[FootLine, ...]:
        first = self._window.session
        name, percentile = side_text("A", first), percentile_words(first)
        if self._place not in ON_ONE_PAPER or first.record is None:
            return (FootLine(" · ".join(filter(None, (name, percentile)))),)
        chain = first.view.filter.in_force(first.record.sampling_rate_hz)
        told = " · ".join(filter(None, (name, chain.readout, percentile)))
        return FootLine(told, paper.theme.trace), self._line_of_laid_over(paper)

    def _line_of_laid_over(self, paper: PaperPlaces) -> FootLine:
        """The second recording, its model and its filter; what keeps it from being drawn, or drawn like the first."""
        record, view = self.session.record, self._window.session.view
        parts = [side_text("B", self.session)]
        if record is not None:
            chosen = view.filter
            parts.append(chosen.in_force(record.sampling_rate_hz).readout)
            if self.views.offset_s:
                shift = tr("shifted by {offset:+.3f} s").format(offset=self.views.offset_s)
                parts.append(shift.replace("-", "\N{MINUS SIGN}"))
            if refusal := chosen.refusal(record.sampling_rate_hz):
                parts.append(refusal)
            if not self._trace.is_shown:
                parts.append(tr("the same trace"))
            elif view.visible_s > MAX_READ_S:
                parts.append(tr("not drawn: more than {longest:g} s are in view").format(longest=MAX_READ_S))
        parts.append(percentile_words(self.session))
        colour = second_colour(paper.theme).name() if self._trace.is_shown else None
        return FootLine(" · ".join(filter(None, parts)), colour)

    def _lines_below_second(self, _paper: PaperPlaces) -> tuple[FootLine, ...]:
        return (FootLine(" · ".join(filter(None, (side_text("B", self.session), percentile_words(self.session))))),)

    def _read_trace(self) -> None:
        """Read what lies over the visible stretch, with as much on both sides of it."""
        record = self.session.record
        self._show_feet()
        if self._place not in ON_ONE_PAPER or record is None:
            self._trace.stretch, self._read = None, None
            return
        view = self._window.session.view
        chain = view.filter.in_force(record.sampling_rate_hz)
        low, high = view.start_s + self.views.offset_s, view.end_s + self.views.offset_s
        read = self._read
        if read is not None and read[0] is record and read[1] == chain and read[2] <= low and high <= read[3]:
            return
        margin = min(view.visible_s, MAX_READ_S / 3)
        if view.visible_s > MAX_READ_S:
            self._trace.stretch, self._read = None, None
            return
        self._read = wanted = record, chain, low - margin, high + margin

        def receive(event: object) -> None:
            if self._read is not wanted:
                return  # scrolled on, or filtered otherwise, in the meantime
            if isinstance(event, ComparedStretch):
                self._trace.stretch = event
                self._window.paper.update()
            elif isinstance(event, Failed):
                self._window.show_problem(Problem(event.message, event.details))

        self._lanes[5].submit(comparison.comparison_job(record, low - margin, high + margin, chain), receive)

    def _show_failure(self, message: str) -> None:
        self._window.show_problem(Problem(message))


def _percentile_words(hover: Hover, *, is_running: bool) -> str:
    if hover.percentile is None:
        return tr("not yet assessed") if hover.assessed and is_running else tr("not assessed")
    text = tr("unreliable, percentile {percentile}") if hover.is_unreliable else tr("percentile {percentile}")
    return text.format(percentile=percentile_text(hover.percentile))
