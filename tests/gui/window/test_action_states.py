"""Actions follow the session within one turn of the event loop, refreshed once however much changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.assessment import Phase


def report_change(feature: Feature, times: int = 1) -> None:
    for _ in range(times):
        feature.changed.emit()


def one_turn(qtbot: QtBot) -> None:
    """Return after the refresh that is due: zero timers fire in the order in which they were started."""
    turned: list[bool] = []
    QTimer.singleShot(0, lambda: turned.append(True))
    qtbot.waitUntil(lambda: bool(turned))


def test_a_hundred_changes_in_one_turn_are_one_refresh(qtbot: QtBot, make_program) -> None:
    window = make_program().window
    one_turn(qtbot)
    before = window.refreshes
    report_change(window.feature(ReviewFeature), times=100)
    assert window.refreshes == before, "not while things change"
    one_turn(qtbot)
    assert window.refreshes == before + 1


def test_a_later_change_is_refreshed_again(qtbot: QtBot, make_program) -> None:
    window = make_program().window
    one_turn(qtbot)
    before = window.refreshes
    for _ in range(3):
        report_change(window.feature(ReviewFeature))
        one_turn(qtbot)
    assert window.refreshes == before + 3


def test_one_opening_refreshes_the_actions_few_times(qtbot: QtBot, make_program, demo: Path) -> None:
    program: Program = make_program()
    one_turn(qtbot)
    before = program.window.refreshes
    program.session.open([demo])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    one_turn(qtbot)
    assert program.window.refreshes - before <= 12, "33 without waiting for the turn's end"


def test_actions_nobody_asks_about_follow_the_session_too(qtbot: QtBot, make_program, write_record) -> None:
    program: Program = make_program()
    on_the_menu = program.window.actions_by_id["window_on"]
    assert not on_the_menu.isEnabled()
    program.session.open([write_record("one")])
    qtbot.waitUntil(lambda: program.session.record is not None)
    one_turn(qtbot)
    assert on_the_menu.isEnabled()


def test_a_key_typed_in_the_turn_of_a_change_finds_its_action(qtbot: QtBot, make_program, write_record) -> None:
    program: Program = make_program()
    program.session.open([write_record("one"), write_record("two")])
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "one")
    one_turn(qtbot)
    program.window.actions_by_id["next_record"].setEnabled(False)
    report_change(program.window.feature(ReviewFeature))
    qtbot.keyClick(program.window.paper, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "two")


def test_asking_the_window_for_an_action_tells_how_things_stand(qtbot: QtBot, make_program) -> None:
    window = make_program().window
    one_turn(qtbot)
    window.actions_by_id["window_on"].setEnabled(True)  # nothing is open
    report_change(window.feature(ReviewFeature))
    assert not window.action("window_on").isEnabled()
