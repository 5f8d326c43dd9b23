"""The order in which features are listed means nothing: each says where it stands, and is handed what it shares."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.features import FEATURES, SharedState, features_in_order, in_order, make_feature
from ecg_viewer.qt.host import Host
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.worklist.worklist import Worklist


def lines_of(menu: QMenu) -> list[object]:
    """What the menu lists, with the menus inside it."""
    return [[action.text(), *lines_of(action.menu())] if action.menu() else action.text() for action in menu.actions()]


def all_menus(program: Program) -> list[list[object]]:
    return [lines_of(action.menu()) for action in program.window.menuBar().actions()]


def side_tabs(program: Program) -> list[str]:
    tabs = program.window.frame.side_tabs
    return [tabs.tabText(index) for index in range(tabs.count())]


def decide(program: Program, qtbot: QtBot, demo: Path) -> list[tuple[str, str]]:
    """Open a recording, go to its first finding and confirm it. Returns the state of each finding."""
    program.session.open([demo])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    qtbot.keyClick(program.window.paper, Qt.Key.Key_J)
    qtbot.keyClick(program.window.paper, Qt.Key.Key_C)
    open_review = program.window.feature(ReviewFeature).open_review
    return [(item.lead, open_review.judgement(item).state) for item in program.session.assessment.findings]


def list_as(monkeypatch: pytest.MonkeyPatch, kinds: Iterable[type[Feature]]) -> None:
    monkeypatch.setattr("ecg_viewer.qt.features.FEATURES", tuple(kinds))


def test_a_shuffled_list_makes_the_same_window(
    monkeypatch: pytest.MonkeyPatch, make_program, qtbot: QtBot, demo: Path
) -> None:
    as_listed = make_program()
    menus, tabs = all_menus(as_listed), side_tabs(as_listed)
    as_listed.window.close()
    shuffled = random.Random(12).sample(FEATURES, len(FEATURES))
    assert shuffled != list(FEATURES)
    list_as(monkeypatch, shuffled)
    settings = SettingsFile()
    settings.change(reviewer="Ann", notice_seen=True, tour_seen=True)
    program = make_program(settings=settings)
    assert (all_menus(program), side_tabs(program)) == (menus, tabs)
    assert ("V3", "confirmed") in decide(program, qtbot, demo)


@pytest.mark.parametrize("seed", range(5))
def test_features_stand_by_their_places_however_they_are_listed(seed: int) -> None:
    assert in_order(random.Random(seed).sample(FEATURES, len(FEATURES))) == features_in_order()
    places = [kind.menu_place for kind in features_in_order()]
    assert places == sorted(places)


def test_features_can_be_made_in_any_order(monkeypatch: pytest.MonkeyPatch, make_program) -> None:
    for kind in FEATURES:
        monkeypatch.setattr(kind, "menu_place", -kind.menu_place)
    window = make_program().window
    assert {action.id for kind in FEATURES for action in kind.actions} <= set(window.actions_by_id)


class First(Feature):
    menu_place = 1001

    def __init__(self, window: Host, worklist: Worklist) -> None:
        super().__init__(window)
        self.worklist = worklist


class Second(Feature):
    menu_place = 1002

    def __init__(self, window: Host, open_review: OpenReview, worklist: Worklist) -> None:
        super().__init__(window)
        self.open_review = open_review
        self.worklist = worklist


class Stranger(Feature):
    menu_place = 1003

    def __init__(self, window: Host, coffee: object) -> None:
        super().__init__(window)


class AlsoFirst(Feature):
    menu_place = 1001


def test_a_feature_is_handed_the_shared_state_that_it_names(monkeypatch: pytest.MonkeyPatch, make_program) -> None:
    list_as(monkeypatch, (*FEATURES, Second, First))
    window = make_program().window
    assert window.feature(First).worklist is window.feature(Second).worklist is window.feature(WorklistFeature).worklist
    assert window.feature(Second).open_review is window.feature(ReviewFeature).open_review


def test_a_feature_that_asks_for_what_nobody_shares_is_refused() -> None:
    shared = SharedState(*(None for _ in fields(SharedState)))  # type: ignore[arg-type]  # nothing is used of it
    with pytest.raises(TypeError, match="Stranger asks for coffee; what features share is journal, open_review"):
        make_feature(Stranger, None, shared)  # type: ignore[arg-type]  # refused before the window is used


def test_two_features_at_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="a place of its own"):
        in_order((First, AlsoFirst))
