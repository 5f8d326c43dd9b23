"""The one table of actions, as a whole: every line is explained, reachable, and has a key to itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.actions import MENUS, ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.features import FEATURES, all_actions

MakeProgram = Callable[..., Program]


@pytest.fixture
def program(make_program: MakeProgram) -> Program:
    return make_program()


def actions_in(menu: QMenu) -> Iterator[QAction]:
    """Those of a menu and of the menus inside it."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from actions_in(inner)
        else:
            yield action


def test_every_id_is_there_once() -> None:
    assert [name for name, n in Counter(spec.id for spec in all_actions()).items() if n > 1] == []


def test_every_action_is_explained_in_a_sentence() -> None:
    assert [spec.id for spec in all_actions() if not (spec.tip[:1].isupper() and spec.tip.endswith("."))] == []
    assert [spec.id for spec in all_actions() if not spec.text or spec.text.endswith("...")] == []


def test_a_key_does_one_thing() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in all_actions() for key in spec.keys)
    double = {key: [spec.id for spec in all_actions() if key in spec.keys] for key, n in keys.items() if n > 1}
    assert double == {}
    assert "" not in keys, "Qt knows every key"


def test_every_action_is_in_the_menu_it_names(program: Program) -> None:
    menus = {menu.title().replace("&", ""): menu for menu in program.window.menuBar().findChildren(QMenu)}
    for spec in all_actions():
        assert spec.menu.partition("/")[0] in MENUS, spec.id
        reachable = set(actions_in(menus[spec.menu.partition("/")[0]]))
        assert program.window.action(spec.id) in reachable, f"{spec.id} is in the menu {spec.menu}"


def test_no_two_lines_of_a_menu_read_the_same() -> None:
    lines = Counter((spec.menu, spec.text) for spec in all_actions())
    assert [line for line, n in lines.items() if n > 1] == []


def test_every_tooltip_says_what_it_does_and_with_which_key(program: Program) -> None:
    for spec in all_actions():
        tip = program.window.action(spec.id).toolTip()
        assert spec.tip in tip, spec.id
        for key in spec.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in tip, spec.id


def test_what_makes_no_sense_without_a_recording_is_shown_but_disabled(program: Program) -> None:
    for spec in all_actions():
        action = program.window.action(spec.id)
        assert action.isVisible(), spec.id
        if spec.enabled is has_record:
            assert not action.isEnabled(), spec.id


def test_the_tool_bar_and_context_menus_are_made_of_the_same_actions(program: Program, qtbot: QtBot) -> None:
    known = set(program.window.actions_by_id.values())
    for action in program.window.tool_bar.actions():
        is_control = bool(action.isSeparator() or program.window.tool_bar.widgetForAction(action))
        assert action in known or is_control
    widgets: list[QWidget] = program.window.findChildren(QWidget)
    shortcuts = {
        action.objectName() for widget in widgets for action in widget.actions()
        if action.shortcuts() and action not in known
    }
    assert shortcuts == set(), "a key that is not in the table is in no help"


class Switch(Feature):
    """A feature of one action, which the table describes in full."""

    menu_place = 1000
    actions = (
        ActionSpec("switch", "View", "Switch", ("Ctrl+Alt+Shift+F12",), "Switch it.", do=lambda self: self.switch(),
                   enabled=lambda self: self.is_there, checked=lambda self: self.is_on),
    )
    is_there, is_on = True, False

    def switch(self) -> None:
        self.is_on = not self.is_on
        self.changed.emit()


def test_the_table_says_what_an_action_does_and_when_it_is_enabled_and_checked(
    monkeypatch: pytest.MonkeyPatch, make_program: MakeProgram
) -> None:
    monkeypatch.setattr("ecg_viewer.qt.features.FEATURES", (*FEATURES, Switch))
    window = make_program().window
    switch = window.feature(Switch)
    assert (window.action("switch").isEnabled(), window.action("switch").isChecked()) == (True, False)
    window.action("switch").trigger()
    assert switch.is_on
    assert window.action("switch").isChecked()
    switch.is_there = False
    switch.changed.emit()
    assert not window.action("switch").isEnabled()


def test_a_checkable_action_shows_what_is_so_not_what_was_clicked(
    monkeypatch: pytest.MonkeyPatch, make_program: MakeProgram
) -> None:
    monkeypatch.setattr("ecg_viewer.qt.features.FEATURES", (*FEATURES, Switch))
    monkeypatch.setattr(Switch, "switch", lambda self: self.changed.emit())
    window = make_program().window
    window.action("switch").trigger()
    assert not window.action("switch").isChecked()
