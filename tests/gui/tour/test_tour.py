"""The tour drives the real program, blocks nothing, and leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.tour.callout import Callout
from ecg_viewer.qt.tour.steps import DEMO_NAME, STEPS
from ecg_viewer.qt.tour.tour_feature import TourFeature
from ecg_viewer.state.settings import SettingsFile

MakeProgram = Callable[..., Program]


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def touring(make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile) -> tuple[Program, TourFeature]:
    program = make_program(settings=settings)
    program.window.action("tour").trigger()
    qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
    return program, program.window.feature(TourFeature)


def callout_of(tour: TourFeature) -> Callout:
    assert tour.callout is not None
    return tour.callout


def test_the_tour_opens_the_demo_and_goes_through_five_steps(
    touring: tuple[Program, TourFeature], qtbot: QtBot
) -> None:
    program, tour = touring
    session = program.session
    assert len(STEPS) == 5
    assert session.item is not None
    assert session.item.name == DEMO_NAME
    assert callout_of(tour).place.text() == "Step 1 of 5"
    assert not callout_of(tour).back_button.isEnabled()
    qtbot.mouseClick(callout_of(tour).next_button, Qt.MouseButton.LeftButton)
    assert session.finding_index == 0, "the strongest finding is shown"
    qtbot.mouseClick(callout_of(tour).next_button, Qt.MouseButton.LeftButton)
    assert not session.view.heat_visible, "the bare ECG"
    qtbot.mouseClick(callout_of(tour).next_button, Qt.MouseButton.LeftButton)
    assert session.view.heat_visible
    assert tour.index == 3
    qtbot.mouseClick(callout_of(tour).back_button, Qt.MouseButton.LeftButton)
    assert not session.view.heat_visible
    for _ in range(2):
        qtbot.mouseClick(callout_of(tour).next_button, Qt.MouseButton.LeftButton)
    assert callout_of(tour).next_button.text() == "Done"
    qtbot.mouseClick(callout_of(tour).next_button, Qt.MouseButton.LeftButton)
    assert tour.index is None
    assert tour.callout is None
    assert session.view.heat_visible


def test_the_keyboard_alone_takes_the_tour_and_esc_ends_it(
    touring: tuple[Program, TourFeature], qtbot: QtBot
) -> None:
    program, tour = touring
    assert program.window.focusWidget() is callout_of(tour).next_button
    qtbot.keyClick(callout_of(tour).next_button, Qt.Key.Key_Space)
    qtbot.keyClick(callout_of(tour).next_button, Qt.Key.Key_Space)
    assert tour.index == 2
    assert not program.session.view.heat_visible
    qtbot.keyClick(callout_of(tour), Qt.Key.Key_Escape)
    assert tour.index is None
    assert program.session.view.heat_visible, "what the step did is taken back"
    assert program.window.focusWidget() is program.window.paper


def test_esc_on_the_paper_ends_the_tour_too(touring: tuple[Program, TourFeature], qtbot: QtBot) -> None:
    program, tour = touring
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    program.window.paper.setFocus()
    qtbot.keyClick(program.window.paper, Qt.Key.Key_Escape)
    assert tour.index is None


def test_the_window_can_be_used_during_the_tour(touring: tuple[Program, TourFeature], qtbot: QtBot) -> None:
    program, tour = touring
    program.window.action("faster").trigger()
    assert program.session.view.calibration.mm_per_s == 50
    program.window.resize(1100, 720)
    for _ in STEPS:
        callout, room = callout_of(tour), program.window.rect()
        assert room.contains(callout.geometry()), tour.index
        assert callout.height() >= callout.layout().totalHeightForWidth(callout.width()), "no clipped words"
        tour.go_on()
    assert tour.index is None


def test_the_tour_decides_in_the_reviewer_s_name_and_takes_it_back(
    make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile
) -> None:
    settings.change(reviewer="Dr. Vera Musterfrau")
    program = make_program(settings=settings)
    program.window.action("tour").trigger()
    qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
    tour = program.window.feature(TourFeature)
    open_review = program.window.feature(ReviewFeature).open_review
    for _ in range(3):
        tour.go_on()
    assert [judgement.state for judgement in open_review.judgements] == ["confirmed"]
    tour.go_on()
    assert [judgement.state for judgement in open_review.judgements] in ([], ["unreviewed"])
    tour.end()


def test_without_a_name_the_tour_decides_nothing(touring: tuple[Program, TourFeature], qtbot: QtBot) -> None:
    program, tour = touring
    for _ in range(4):
        tour.go_on()
    assert not program.window.feature(ReviewFeature).open_review.judgements
    assert program.app.activeModalWidget() is None, "nobody is asked for a name"
    tour.end()


def test_the_first_start_shows_the_notice_then_the_tour_once(
    make_program: MakeProgram, settings: SettingsFile, demo: Path, qtbot: QtBot
) -> None:
    program = make_program(settings=settings)
    tour = program.window.feature(TourFeature)
    program.session.open([demo], "demo")
    program.window.show_notice_once()
    assert program.window.notice_bar.isVisible()
    assert tour.index is None, "first the notice"
    qtbot.mouseClick(program.window.notice_bar.dismiss_button, Qt.MouseButton.LeftButton)
    assert tour.index == 0
    tour.end()
    program.window.show_notice()
    program.window.notice_bar.dismiss()
    assert tour.index is None, "once"
    assert SettingsFile(settings.path).settings.tour_seen


def test_nobody_s_own_recording_is_interrupted(
    make_program: MakeProgram, settings: SettingsFile, write_record: Callable[..., Path], qtbot: QtBot
) -> None:
    program = make_program(settings=settings)
    program.session.open([write_record("own")])
    qtbot.waitUntil(lambda: program.session.record is not None)
    program.window.show_notice()
    program.window.notice_bar.dismiss()
    assert program.window.feature(TourFeature).index is None


@pytest.mark.parametrize(
    "target",
    [QRect(0, 60, 230, 600), QRect(1100, 60, 300, 300), QRect(0, 0, 1400, 24), QRect(230, 60, 900, 800)],
    ids=["left", "right", "top", "whole"],
)
def test_the_callout_stands_beside_what_it_speaks_of(qtbot: QtBot, target: QRect) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1400, 900)
    callout = Callout(window)
    callout.show_step(0, 5, "Title", "A few words of text. " * 8)
    callout.put_beside(target, window.rect())
    assert window.rect().contains(callout.geometry())
    if target.width() < 500:
        assert not callout.geometry().intersects(target)
    elif target.height() < 100:
        assert callout.geometry().top() > target.bottom()
