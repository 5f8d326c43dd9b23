"""What the window can do beyond showing one recording, in the order in which menus list it."""

from __future__ import annotations

from ecg_viewer.qt.actions import ACTIONS, ActionSpec
from ecg_viewer.qt.export.feature import ExportFeature
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.filter_feature import FilterFeature
from ecg_viewer.qt.header_panel import HeaderFeature
from ecg_viewer.qt.heat_feature import HeatFeature
from ecg_viewer.qt.layers_feature import LayersFeature
from ecg_viewer.qt.layout_feature import LayoutFeature
from ecg_viewer.qt.measure.caliper_feature import CaliperFeature
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.measure.marker_feature import MarkerFeature
from ecg_viewer.qt.overview.feature import OverviewFeature
from ecg_viewer.qt.playback import PlaybackFeature
from ecg_viewer.qt.preferences.feature import PreferencesFeature
from ecg_viewer.qt.research.compare_feature import CompareFeature
from ecg_viewer.qt.research.feature import ResearchFeature
from ecg_viewer.qt.review.feature import ReviewFeature
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.qt.review.restore_feature import RestoreFeature
from ecg_viewer.qt.tour.feature import TourFeature
from ecg_viewer.qt.worklist.feature import WorklistFeature

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
    """The one table of everything that can be done: the window's own actions, then those of each feature."""
    return (*ACTIONS, *(spec for feature in FEATURES for spec in feature.actions))
