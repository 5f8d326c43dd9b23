"""The window's features."""

from __future__ import annotations

from collections.abc import Iterable

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
    CaliperFeature,
    CompareFeature,
    ExportFeature,
    FilterFeature,
    HeaderFeature,
    HeatFeature,
    IntervalFeature,
    LayersFeature,
    LayoutFeature,
    MarkerFeature,
    OverviewFeature,
    OwnFindingsFeature,
    PlaybackFeature,
    PreferencesFeature,
    ResearchFeature,
    RestoreFeature,
    ReviewFeature,
    TourFeature,
    WorklistFeature,
)
"""In any order: their own `menu_place` and `requires` say which order they are made and listed in."""


def in_order(kinds: Iterable[type[Feature]]) -> tuple[type[Feature], ...]:
    """`kinds` by their places, each after those it requires.

    Raises ValueError if two have the same place, a required one is missing, or two require each other.
    """
    waiting = sorted(kinds, key=lambda kind: kind.menu_place)
    places = [kind.menu_place for kind in waiting]
    if len(set(places)) < len(places):
        raise ValueError(f"Each feature has a place of its own, not {places}.")
    ordered: list[type[Feature]] = []
    while waiting:
        following = next((kind for kind in waiting if set(kind.requires) <= set(ordered)), None)
        if following is None:
            names = ", ".join(kind.__name__ for kind in waiting)
            raise ValueError(f"What these features require is missing, or they require each other: {names}.")
        waiting.remove(following)
        ordered.append(following)
    return tuple(ordered)


def features_in_order() -> tuple[type[Feature], ...]:
    """All features, in the order in which they are made and listed."""
    return in_order(FEATURES)


def all_actions() -> tuple[ActionSpec, ...]:
    """The table of all actions: the window's own, then those of each feature."""
    return (*ACTIONS, *(spec for feature in features_in_order() for spec in feature.actions))
