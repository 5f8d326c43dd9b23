"""Research on the open recording: truth on the paper, hits and misses by key, the model's reasons, the tab Research."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, QTimer

from ecg_viewer.jobs.explaining import Explainer, ModelExplainer, explaining_job
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.research.model_overlay import ModelOverlay
from ecg_viewer.qt.research.plots_dialog import PlotsDialog
from ecg_viewer.qt.research.research_panel import Buttons, ResearchPanel
from ecg_viewer.qt.research.truth_overlay import TruthOverlay
from ecg_viewer.state.research.model_view import ModelView
from ecg_viewer.state.research.threshold_curves import CurveTracker
from ecg_viewer.state.research.truth import reviewed_boxes
from ecg_viewer.state.research.truth_tracker import TruthTracker
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.worklist.worklist import Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.job_protocols import Job
    from mmae_core.record import EcgRecord

AT_ONCE = 500
"""With more findings than this, what a decision changes is compared with all of them when nothing else is to do."""
TRUTH_MENU, REASONS_MENU = "Findings/Truth", "Model/Reasons"


def _knows_truth(feature: ResearchFeature) -> bool:
    return bool(feature.tracker.boxes)


class ResearchFeature(Feature):
    """What is known of the open recording and what the model makes of it: overlays, tab and keys."""

    menu_place = 150
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("truth", TRUTH_MENU, translatable("Reference regions"), ("Alt+T",),
                   translatable("Show or hide on the paper what is known to be abnormal in this recording; ▲ hit, △ "
                                "missed by the model."),
                   do=lambda self: self.tracker.toggle(), enabled=_knows_truth,
                   checked=lambda self: self.tracker.is_visible),
        ActionSpec("next_truth", TRUTH_MENU, translatable("Next hit, miss or false alarm"), ("Alt+J",),
                   translatable("Go to the next region or false alarm, by time."),
                   do=lambda self: self.tracker.step(1), enabled=_knows_truth, separate=True),
        ActionSpec("previous_truth", TRUTH_MENU, translatable("Previous hit, miss or false alarm"), ("Alt+K",),
                   translatable("Go to the region or false alarm before, by time."),
                   do=lambda self: self.tracker.step(-1), enabled=_knows_truth),
        ActionSpec("next_hit", TRUTH_MENU, translatable("Next hit"), ("Ctrl+Shift+H",),
                   translatable("Go to the next region that a finding hits."),
                   do=lambda self: self.tracker.step(1, "hit"), enabled=_knows_truth),
        ActionSpec("next_miss", TRUTH_MENU, translatable("Next miss"), ("Ctrl+Shift+M",),
                   translatable("Go to the next region that no finding hits."),
                   do=lambda self: self.tracker.step(1, "miss"), enabled=_knows_truth),
        ActionSpec("next_false_alarm", TRUTH_MENU, translatable("Next false alarm"), ("Ctrl+Shift+A",),
                   translatable("Go to the next finding outside every region."),
                   do=lambda self: self.tracker.step(1, "false alarm"), enabled=_knows_truth),
        ActionSpec("expected_trace", REASONS_MENU, translatable("Expected trace"), ("E",),
                   translatable("Lay what the model expected over the recorded trace."),
                   do=lambda self: self.model_view.toggle("expected"), enabled=has_record,
                   checked=lambda self: self.model_view.shows("expected")),
        ActionSpec("residual_trace", REASONS_MENU, translatable("Residual"), ("Shift+E",),
                   translatable("Show what the model was given minus what it expected."),
                   do=lambda self: self.model_view.toggle("residual"), enabled=has_record,
                   checked=lambda self: self.model_view.shows("residual")),
        ActionSpec("map_parts", REASONS_MENU, translatable("Parts of the map"), ("B",),
                   translatable("Show the global branch, the local branch and hidden leads apart, as ribbons under the "
                                "trace."),
                   do=lambda self: self.model_view.toggle("parts"), enabled=has_record,
                   checked=lambda self: self.model_view.shows("parts")),
        ActionSpec("lead_parts", REASONS_MENU, translatable("Table of leads"), ("Shift+B",),
                   translatable("List the parts of the score lead by lead in the tab Research."),
                   do=lambda self: self.model_view.toggle("table"), enabled=has_record,
                   checked=lambda self: self.model_view.shows("table")),
        ActionSpec("passes", REASONS_MENU, translatable("Masked passes"), ("Alt+M",),
                   translatable("Show what one of the model's passes hid, and what it restored there."),
                   do=lambda self: self.model_view.toggle("passes"), enabled=has_record,
                   checked=lambda self: self.model_view.shows("passes"), separate=True),
        ActionSpec("next_pass", REASONS_MENU, translatable("Next pass"), ("Alt+Right",),
                   translatable("Look at the next masked pass."),
                   do=lambda self: self.model_view.step_pass(1), enabled=has_record),
        ActionSpec("previous_pass", REASONS_MENU, translatable("Previous pass"), ("Alt+Left",),
                   translatable("Look at the masked pass before."),
                   do=lambda self: self.model_view.step_pass(-1), enabled=has_record),
        ActionSpec("plots", "Model", translatable("Plots…"), ("Shift+P",),
                   translatable("Plot this recording over the threshold and among normal ECGs, and all recordings of "
                                "the worklist."),
                   do=lambda self: self.show_plots()),
    )
    make_explainer: ClassVar[Callable[[str], Explainer]] = ModelExplainer
    """Given a device."""

    def __init__(self, window: Host, open_review: OpenReview, worklist: Worklist, truth: TruthTracker) -> None:
        super().__init__(window)
        session = window.session
        self._explainer: Explainer | None = None
        self._open_review = open_review
        self._worklist = worklist
        self.tracker = truth
        self.curves = CurveTracker(session, self.tracker, window.worker("curves"))
        self._plots: PlotsDialog | None = None
        self.model_view = ModelView(session, window.worker("reasons"), self._explaining_job)
        self._overlays = TruthOverlay(self.tracker, session), ModelOverlay(self.model_view, session.view)
        for overlay in self._overlays:
            window.paper.add_overlay(overlay)
        window.paper.add_tip(self._truth_tip)
        self.panel = ResearchPanel(session, self.tracker, self.model_view)
        window.add_side_tab(self.panel, translatable("Research"))
        for state in (self.tracker, self.model_view):
            state.changed.connect(self._refresh)
            state.failed.connect(window.show_problem)
        self.curves.failed.connect(window.show_problem)
        self.tracker.visibility_changed.connect(self._refresh)
        self._when_idle = QTimer(self)
        self._when_idle.setSingleShot(True)
        self._when_idle.timeout.connect(self._take_reviews)
        open_review.changed.connect(self._plan_reviews)
        self._take_reviews()

    def _truth_tip(self, position: QPointF) -> str:
        area = self.window.paper.area_at(position)
        return "" if area is None else self._overlays[0].tip_at(area, area.time_at(position.x()))

    def ready(self) -> None:
        """All actions of the window are made: the tab offers some of them as buttons."""
        by_id = self.window.actions_by_id

        def line(*buttons: tuple[str, str]) -> Buttons:
            return tuple((by_id[name], text) for name, text in buttons)

        self.panel.add_actions(
            line(("truth", translatable("Regions")), ("previous_truth", "◀"), ("next_truth", "▶"),
                 ("plots", translatable("Plots…"))),
            (
                line(("expected_trace", translatable("Expected")), ("residual_trace", translatable("Residual"))),
                line(("map_parts", translatable("Parts")), ("lead_parts", translatable("Leads"))),
                line(("passes", translatable("Passes")), ("previous_pass", "◀"), ("next_pass", "▶")),
            ),
        )
    @property
    def plots(self) -> PlotsDialog | None:
        """The window of plots, once it has been opened."""
        return self._plots

    def show_plots(self) -> None:
        """Show the plots, or bring them to the front."""
        window = self.window
        if self._plots is None:
            self._plots = PlotsDialog(window.session, self.tracker, self.curves, self._worklist, window.themes,
                                      window.worker("plots"), self._open_row, window)
        self._plots.show()
        self._plots.raise_()
        self._plots.activateWindow()

    def close(self) -> None:
        """The plots go with the window."""
        self._when_idle.stop()
        if self._plots is not None:
            self._plots.close()

    def _open_row(self, row: int) -> None:
        """Open a recording of the worklist; the wide table makes room for it."""
        wide = self.window.action("worklist")
        if wide.isChecked():
            wide.trigger()
        self.window.session.open_item(row)

    def _explaining_job(self, model: str | None, record: EcgRecord, start_s: float) -> Job:
        if self._explainer is None:
            info = self.window.session.model
            self._explainer = type(self).make_explainer(info.device if info is not None and info.device else "auto")
        return explaining_job(self._explainer, model, record, start_s)

    def _plan_reviews(self) -> None:
        """A decision among tens of thousands of findings is shown before it is compared with all of them."""
        if len(self.window.session.assessment.findings) <= AT_ONCE:
            self._take_reviews()
        else:
            self._when_idle.start()

    def _take_reviews(self) -> None:
        """What the reviewer has confirmed or added is true as well, on findings of whichever model.

        Only decisions are gone through: a day has tens of thousands of findings.
        """
        self.tracker.set_reviewed(reviewed_boxes(self._open_review.judgements, self._open_review.own))

    def _refresh(self) -> None:
        self.window.paper.update()
        self.changed.emit()
