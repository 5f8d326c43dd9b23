"""The help is the table of actions: nothing is missing from it, and a word finds what one looks for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.features import all_actions
from ecg_viewer.qt.window.help_dialog import HelpDialog, HelpLine, columns, help_groups, matching
from ecg_viewer.qt.window.mouse_help import GESTURES

MakeProgram = Callable[..., Program]


def open_help(make_program: MakeProgram, qtbot: QtBot, action_id: str = "help") -> HelpDialog:
    window = make_program().window
    window.action(action_id).trigger()
    (dialog,) = window.findChildren(HelpDialog)
    qtbot.waitExposed(dialog)
    return dialog


def test_every_action_and_every_gesture_is_in_the_help_with_its_keys(make_program: MakeProgram, qtbot: QtBot) -> None:
    dialog = open_help(make_program, qtbot)
    shown = dialog.text.toPlainText()
    for spec in all_actions():
        assert spec.text in shown, spec.id
        assert spec.tip in shown, spec.id
    for what, does in GESTURES:
        assert what in shown
        assert does in shown
    assert "Ctrl+Shift+O" in shown
    n = len(all_actions()) + len(GESTURES)
    assert dialog.count.text() == f"{n} of {n}"


def test_typing_narrows_the_help_down(make_program: MakeProgram, qtbot: QtBot) -> None:
    dialog = open_help(make_program, qtbot)
    assert dialog.focusWidget() is dialog.search
    qtbot.keyClicks(dialog.search, "full screen")
    assert "F11" in dialog.text.toPlainText()
    assert "Open folder" not in dialog.text.toPlainText()
    dialog.search.setText("f11")
    assert "Full screen" in dialog.text.toPlainText(), "keys are found too"
    dialog.search.setText("no such thing")
    assert dialog.text.toPlainText() == "Nothing by that name."
    assert dialog.count.text().startswith("0 of ")


def test_question_mark_and_f1_open_the_help(make_program: MakeProgram, qtbot: QtBot) -> None:
    window = make_program().window
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Question):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, key)
        dialogs = window.findChildren(HelpDialog)
        assert len(dialogs) == 1, key
        dialogs[0].reject()
        qtbot.waitUntil(lambda: not window.findChildren(HelpDialog))


def test_groups_are_matched_word_by_word_and_empty_ones_left_out() -> None:
    groups = {"File": [HelpLine("Open", "Ctrl+O", "Choose a file.")], "View": [HelpLine("Zoom", "+", "Nearer.")]}
    assert list(matching(groups, "")) == ["File", "View"]
    assert list(matching(groups, "file CHOOSE")) == ["File"]
    assert matching(groups, "zoom file") == {}


def test_two_columns_are_about_equally_long_and_keep_the_order() -> None:
    assert columns({"a": 10, "b": 4, "c": 4}) == [["a"], ["b", "c"]]
    assert columns({"a": 1}) == [["a"], []] or columns({"a": 1}) == [[], ["a"]]
    left, right = columns(dict.fromkeys(help_groups(all_actions()), 3))
    assert [*left, *right] == list(help_groups(all_actions()))
