"""The order in which features are listed means nothing: each says where it stands and what it requires."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.window.features import FEATURES, features_in_order, in_order
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.settings import SettingsFile


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
    monkeypatch.setattr("ecg_viewer.qt.window.features.FEATURES", tuple(kinds))


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


def test_what_a_feature_asks_for_while_it_is_made_is_what_it_requires(
    monkeypatch: pytest.MonkeyPatch, make_program
) -> None:
    for kind in FEATURES:
        monkeypatch.setattr(kind, "menu_place", -kind.menu_place)
    window = make_program().window
    assert {action.id for kind in FEATURES for action in kind.actions} <= set(window.actions_by_id)


class First(Feature):
    menu_place = 1


class Second(Feature):
    menu_place = 2
    requires = (First,)


class Before(Feature):
    menu_place = 0
    requires = (Second,)


class AlsoFirst(Feature):
    menu_place = 1


def test_a_feature_is_made_after_those_it_requires() -> None:
    assert in_order((Before, Second, First)) == (First, Second, Before)


@pytest.mark.parametrize("kinds", [(First, AlsoFirst), (Second,), (First, Before)])
def test_an_order_that_cannot_be_is_refused(kinds: tuple[type[Feature], ...]) -> None:
    with pytest.raises(ValueError, match="feature"):
        in_order(kinds)
