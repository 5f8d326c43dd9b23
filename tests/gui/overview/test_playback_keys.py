"""The paper runs at the key's touch, and the model follows it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.overview.overview_feature import OverviewFeature
from ecg_viewer.qt.overview.playback import PlaybackFeature, speed_id
from ecg_viewer.state.playback import SPEEDS, Playback


@pytest.fixture
def minute(make_program, write_record, opens) -> Program:
    program = make_program()
    opens(program, write_record("minute", duration_s=60.0))
    return program


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def playback_of(program: Program) -> Playback:
    return program.window.feature(PlaybackFeature).state


def with_clock(program: Program) -> Clock:
    clock = Clock()
    playback_of(program).clock = clock
    return clock


def press(qtbot: QtBot, program: Program, key: Qt.Key) -> None:
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    qtbot.keyClick(program.window, key)


def test_p_lets_the_paper_run_and_stand(qtbot: QtBot, minute: Program) -> None:
    clock, view = with_clock(minute), minute.session.view
    press(qtbot, minute, Qt.Key.Key_P)
    assert minute.window.action("play").isChecked()
    clock.now = 5.0
    qtbot.waitUntil(lambda: view.start_s == pytest.approx(5.0))
    press(qtbot, minute, Qt.Key.Key_P)
    assert not minute.window.action("play").isChecked()
    clock.now = 9.0
    playback_of(minute).advance()
    assert view.start_s == pytest.approx(5.0)


def test_the_button_at_the_overview_follows_the_action(qtbot: QtBot, make_program, write_record, opens) -> None:
    program = make_program()
    opens(program, write_record("longer", duration_s=130.0))
    with_clock(program)
    button = program.window.feature(OverviewFeature).bar.play
    assert button is not None
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert playback_of(program).is_playing
    assert button.isChecked()
    program.window.action("play").trigger()
    assert not button.isChecked()
    opens(program, write_record("short", duration_s=3.0))
    assert not button.isVisible()


def test_it_stops_by_itself_at_the_end(qtbot: QtBot, minute: Program) -> None:
    clock, view = with_clock(minute), minute.session.view
    minute.window.action("play").trigger()
    clock.now = 500.0
    qtbot.waitUntil(lambda: not playback_of(minute).is_playing)
    assert view.start_s == view.last_start_s
    assert not minute.window.action("play").isChecked()


def test_speeds_by_key_and_by_menu(qtbot: QtBot, minute: Program) -> None:
    action, playback = minute.window.action, playback_of(minute)
    press(qtbot, minute, Qt.Key.Key_Period)
    assert playback.speed == 2
    assert action(speed_id(2.0)).isChecked()
    press(qtbot, minute, Qt.Key.Key_Comma)
    press(qtbot, minute, Qt.Key.Key_Comma)
    assert playback.speed == 0.5
    for speed in SPEEDS:
        action(speed_id(speed)).trigger()
        assert playback.speed == speed
        assert [name for name in map(speed_id, SPEEDS) if action(name).isChecked()] == [speed_id(speed)]


def test_what_fits_on_the_paper_is_not_played(make_program, write_record, opens) -> None:
    program = make_program()
    action = program.window.action
    assert not action("play").isEnabled()
    opens(program, write_record("tiny", duration_s=3.0))
    assert not action("play").isEnabled()
    opens(program, write_record("minute", duration_s=60.0))
    assert action("play").isEnabled()


def test_the_model_assesses_where_the_paper_has_run_to(
    qtbot: QtBot, make_program, fake_scorer, write_record, opens
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    opens(program, write_record("half_hour", duration_s=1800.0))
    qtbot.waitUntil(lambda: len(fake_scorer.asked) == 1)
    clock = with_clock(program)
    program.window.action(speed_id(8.0)).trigger()
    program.window.action("play").trigger()
    clock.now = 100.0
    qtbot.waitUntil(lambda: program.session.view.start_s == pytest.approx(800.0))
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: len(fake_scorer.asked) >= 2)
    _, start_s, end_s = fake_scorer.asked[1]
    assert start_s <= 800.0 < end_s
    program.session.cancel()
