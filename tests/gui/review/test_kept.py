"""What was decided in the real window is there again, in every window, and the recording's folder is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.review.journal import Journal

K, M = Qt.Key, Qt.KeyboardModifier
Open = Callable[..., Program]


def review(program: Program) -> ReviewFeature:
    return program.window.feature(ReviewFeature)


def states(program: Program) -> dict[str, str]:
    """State of each of the model's findings, by lead."""
    open_review = review(program).open_review
    return {item.lead: open_review.judgement(item).state for item in program.session.assessment.findings}


def test_everything_is_there_at_the_next_start(qtbot: QtBot, open_program: Open) -> None:
    first = open_program()
    qtbot.keyClick(first.window.paper, K.Key_J)
    qtbot.keyClick(first.window.paper, K.Key_D)
    review(first).open_review.add_own(["V1", "V2"], 1.0, 1.4, "notch")
    qtbot.keyClick(first.window.paper, K.Key_Return, M.ControlModifier)
    first.window.close()
    again = open_program()
    qtbot.waitUntil(lambda: states(again)["V3"] == "dismissed")
    assert [(own.leads, own.label) for own in review(again).open_review.own] == [(("V1", "V2"), "notch")]
    assert review(again).panel.reviewed.isChecked()
    assert again.window.action("reviewed").isChecked()


def test_two_windows_on_one_recording_see_each_others_decisions(qtbot: QtBot, open_program: Open) -> None:
    left, right = open_program(), open_program()
    left.session.go_to_finding(0)
    left.window.action("confirm").trigger()
    right.session.go_to_finding(1)
    right.window.action("dismiss").trigger()
    for program in (left, right):
        qtbot.waitUntil(
            lambda program=program: states(program) == {"V3": "confirmed", "aVF": "dismissed", "II": "unreviewed"}
        )


def test_the_folder_of_the_recording_is_left_alone(qtbot: QtBot, opened: Program, tmp_path: Path) -> None:
    before = sorted((entry.name, entry.stat().st_mtime_ns) for entry in tmp_path.iterdir())
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_C)
    qtbot.waitUntil(lambda: review(opened).open_review.is_saved)
    opened.window.close()
    assert sorted((entry.name, entry.stat().st_mtime_ns) for entry in tmp_path.iterdir()) == before
    assert len(Journal().summaries(sha256s=[opened.session.sha256])) == 1
