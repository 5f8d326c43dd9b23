"""The window's features, in menu order."""

from __future__ import annotations

from ecg_viewer.qt.actions import ACTIONS, ActionSpec
from ecg_viewer.qt.export.export_feature import ExportFeature
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.measure.caliper_feature import CaliperFeature
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.measure.marker_feature import MarkerFeature
from ecg_viewer.qt.overview.overview_feature import OverviewFeature
from ecg_viewer.qt.overview.playback import PlaybackFeature
from ecg_viewer.qt.paper.filter_feature import FilterFeature
from ecg_viewer.qt.paper.heat_feature import HeatFeature
from ecg_viewer.qt.paper.layers_feature import LayersFeature
from ecg_viewer.qt.paper.layout_feature import LayoutFeature
from ecg_viewer.qt.preferences.preferences_feature import PreferencesFeature
from ecg_viewer.qt.research.compare_feature import CompareFeature
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.qt.review.restore_feature import RestoreFeature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.summary.header_panel import HeaderFeature
from ecg_viewer.qt.tour.tour_feature import TourFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature

FEATURES: tuple[type[Feature], ...] = (
    ReviewFeature,
    OwnFindingsFeature,
    RestoreFeature,
    WorklistFeature,
    LayoutFeature,
    HeatFeature,
    LayersFeature,
    FilterFeature,
    OverviewFeature,
    PlaybackFeature,
    HeaderFeature,
    CaliperFeature,
    MarkerFeature,
    IntervalFeature,
    ResearchFeature,
    CompareFeature,
    ExportFeature,
    PreferencesFeature,
    TourFeature,
)


def all_actions() -> tuple[ActionSpec, ...]:
    """The table of all actions: the window's own, then those of each feature."""
    return (*ACTIONS, *(spec for feature in FEATURES for spec in feature.actions))
