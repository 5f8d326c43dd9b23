"""All features of the window, and the state they share: made here, handed to those whose constructors name it."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ecg_viewer.jobs.measure_job import detail_job, examine_job
from ecg_viewer.jobs.serial_job import serial_job
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.display.filter_feature import FilterFeature
from ecg_viewer.qt.display.heat_feature import HeatFeature
from ecg_viewer.qt.display.layers_feature import LayersFeature
from ecg_viewer.qt.display.layout_feature import LayoutFeature
from ecg_viewer.qt.display.lead_feature import LeadFeature
from ecg_viewer.qt.export.export_feature import ExportFeature
from ecg_viewer.qt.feature import AsReviewer, Feature
from ecg_viewer.qt.holter.holter_feature import HolterFeature
from ecg_viewer.qt.host import Host
from ecg_viewer.qt.measure.beat_marks_feature import BeatMarksFeature
from ecg_viewer.qt.measure.caliper_feature import CaliperFeature
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.measure.lead_table_feature import LeadTableFeature
from ecg_viewer.qt.measure.marker_feature import MarkerFeature
from ecg_viewer.qt.normals.normals_feature import NormalsFeature
from ecg_viewer.qt.overview.overview_feature import OverviewFeature
from ecg_viewer.qt.overview.playback import PlaybackFeature
from ecg_viewer.qt.own_normals.own_normals_feature import OwnNormalsFeature
from ecg_viewer.qt.paper.beat_layers import BeatLayers
from ecg_viewer.qt.plug_ins.panels_feature import PanelsFeature
from ecg_viewer.qt.preferences.preferences_feature import PreferencesFeature
from ecg_viewer.qt.research.compare_feature import CompareFeature
from ecg_viewer.qt.research.four_feature import FourFeature
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.qt.review.conclusion_feature import ConclusionFeature
from ecg_viewer.qt.review.journaled_review import JournaledReview
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.review.reviewer_name import ReviewerName
from ecg_viewer.qt.serial.serial_feature import SerialFeature
from ecg_viewer.qt.study.blinded_feature import BlindedFeature
from ecg_viewer.qt.study.readers_feature import ReadersFeature
from ecg_viewer.qt.study.study_feature import StudyFeature
from ecg_viewer.qt.summary.header_panel import HeaderFeature
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.qt.tour.tour_feature import TourFeature
from ecg_viewer.qt.what_if.what_if_feature import WhatIfFeature
from ecg_viewer.qt.window.describe_feature import DescribeFeature
from ecg_viewer.qt.window.help_feature import HelpFeature
from ecg_viewer.qt.window.model_feature import ModelFeature
from ecg_viewer.qt.window.navigation_feature import NavigationFeature
from ecg_viewer.qt.window.open_feature import OpenFeature
from ecg_viewer.qt.window.restore_feature import RestoreFeature
from ecg_viewer.qt.window.visibility_feature import VisibilityFeature
from ecg_viewer.qt.worklist.lists_feature import ListsFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.file_information import RecordHeader
from ecg_viewer.state.measure.detail_tracker import DetailTracker
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.research.comparison import OpenComparison
from ecg_viewer.state.research.truth_tracker import TruthTracker
from ecg_viewer.state.review.first_read import FirstRead
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.serial.board import SerialBoard
from ecg_viewer.state.worklist.worklist import Worklist

FEATURES: tuple[type[Feature], ...] = (
    BeatMarksFeature,
    BlindedFeature,
    CaliperFeature,
    CompareFeature,
    ConclusionFeature,
    DescribeFeature,
    ExportFeature,
    FilterFeature,
    FourFeature,
    HeaderFeature,
    HeatFeature,
    HelpFeature,
    HolterFeature,
    IntervalFeature,
    LayersFeature,
    LayoutFeature,
    ListsFeature,
    LeadFeature,
    LeadTableFeature,
    MarkerFeature,
    ModelFeature,
    NavigationFeature,
    NormalsFeature,
    OpenFeature,
    OverviewFeature,
    OwnFindingsFeature,
    OwnNormalsFeature,
    PanelsFeature,
    PlaybackFeature,
    PreferencesFeature,
    ReadersFeature,
    ResearchFeature,
    RestoreFeature,
    ReviewFeature,
    SerialFeature,
    StudyFeature,
    SummaryFeature,
    TourFeature,
    VisibilityFeature,
    WhatIfFeature,
    WorklistFeature,
)
"""In any order: `menu_place` says where a feature's actions and panels stand."""


@dataclass(frozen=True)
class SharedState:
    """What several features use. A feature is handed those that its constructor's parameters are named after."""

    journal: JournaledReview
    """The review and the thread that keeps it."""
    open_review: OpenReview
    """Decisions, own findings and markers of the open recording."""
    first_read: FirstRead
    """What is hidden until the reader has decided, and the decisions before and after."""
    controller: ReviewController
    """The list of findings, and which of them is current."""
    reviewer_name: ReviewerName
    """Asks for the name that decisions are kept under."""
    as_reviewer: AsReviewer
    """Does something once the reviewer's name is known."""
    worklist: Worklist
    """The listed recordings with their scores, filter and order."""
    truth: TruthTracker
    """What is known to be abnormal in the open recording."""
    comparison: OpenComparison
    """The recording or model that the open recording is compared with."""
    intervals: IntervalTracker
    """Measurements and average beats of the visible stretch."""
    details: DetailTracker
    """Measurements of every lead of that stretch, compared with normals."""
    header: RecordHeader
    """What the open recording's file says, and whether identity is shown."""
    serial: SerialBoard
    """The recordings of the open recording's patient, and which two are compared."""
    beat_layers: BeatLayers
    """What features add to the window of average beats."""


def make_shared_state(window: Host) -> SharedState:
    """For one window, which stops the threads when it closes."""
    session = window.session
    journal = JournaledReview(session, window.settings.settings.reviewer, window)
    reviewer_name = ReviewerName(window, journal.open_review)
    worklist = Worklist()
    intervals = IntervalTracker(session, window.worker("intervals"),
                                partial(examine_job, measurer=session.measurer))
    return SharedState(
        journal=journal,
        open_review=journal.open_review,
        first_read=FirstRead(session, journal.open_review),
        controller=ReviewController(session, journal.open_review),
        reviewer_name=reviewer_name,
        as_reviewer=reviewer_name.as_reviewer,
        worklist=worklist,
        truth=TruthTracker(session, window.worker("truth"), window.worker("truth figures")),
        comparison=OpenComparison(),
        intervals=intervals,
        details=DetailTracker(session, intervals, window.worker("measurements by lead"),
                              partial(detail_job, measurer=session.measurer)),
        header=RecordHeader(),
        serial=SerialBoard(session, worklist, window.worker("serial"), serial_job),
        beat_layers=BeatLayers(),
    )


def make_features(window: Host) -> Iterator[Feature]:
    """All features of a window, by their places."""
    shared = make_shared_state(window)
    for kind in features_in_order():
        yield make_feature(kind, window, shared)


def make_feature(kind: type[Feature], window: Host, shared: SharedState) -> Feature:
    """Hand a feature the shared state that it declares. Raises TypeError if it asks for something else."""
    _, _, *wanted = inspect.signature(kind.__init__).parameters  # after `self` and the window
    known = vars(shared)
    if unknown := [name for name in wanted if name not in known]:
        raise TypeError(f"{kind.__name__} asks for {', '.join(unknown)}; what features share is {', '.join(known)}.")
    return kind(window, **{name: known[name] for name in wanted})


def in_order(kinds: Iterable[type[Feature]]) -> tuple[type[Feature], ...]:
    """`kinds` by their places. Raises ValueError if two have the same place."""
    ordered = tuple(sorted(kinds, key=lambda kind: kind.menu_place))
    places = [kind.menu_place for kind in ordered]
    if len(set(places)) < len(places):
        raise ValueError(f"Each feature has a place of its own, not {places}.")
    return ordered


def features_in_order() -> tuple[type[Feature], ...]:
    """All features, in the order in which they are made and listed."""
    return in_order(FEATURES)


def all_actions() -> tuple[ActionSpec, ...]:
    """The table of all actions: those of each feature, in the order of the menus."""
    return tuple(spec for feature in features_in_order() for spec in feature.actions)
