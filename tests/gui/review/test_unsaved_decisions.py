"""Decisions that cannot be written: the window says so until they are, and does not close over them unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ecg_viewer.qt.review.review_dialogs import may_lose
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.settings import SettingsFile


@pytest.fixture
def full_disk(user_folders: Path) -> Path:
    """A data folder that cannot be made."""
    blocked = user_folders / "data"
    blocked.write_text("no folder", encoding="ascii")
    return blocked


@pytest.fixture
def program(qtbot: QtBot, make_program, write_record, full_disk: Path):
    settings = SettingsFile()
    settings.change(reviewer="Ann", notice_seen=True, tour_seen=True)
    program = make_program(settings=settings)
    program.session.open([write_record("a", 12.0)])
    qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
    program.session.go_to_finding(0)
    return program


def test_decisions_are_not_lost_unasked(
    qtbot: QtBot, program, full_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ecg_viewer.state.review.journal_writer.spare_folders", lambda: (full_disk / "spare",))
    asked: list[int] = []
    answers = [False, True]
    monkeypatch.setattr(
        "ecg_viewer.qt.review.review_feature.may_lose", lambda n, _window: asked.append(n) or answers[len(asked) - 1]
    )
    program.window.action("confirm").trigger()
    program.session.go_to_finding(1)
    program.window.feature(ReviewFeature).panel.edit_note()
    qtbot.keyClicks(program.window.feature(ReviewFeature).panel.note, "typed")
    assert not program.window.close()
    assert (asked, program.window.isVisible()) == ([2], True)
    assert program.window.close()
    assert asked == [2, 2]


def test_the_next_start_finds_what_the_full_disk_refused(
    qtbot: QtBot, program, full_disk: Path, make_program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ecg_viewer.qt.review.review_feature.may_lose", lambda *_: pytest.fail("nothing is lost"))
    header = program.session.record.source.paths[0]
    program.window.action("confirm").trigger()
    assert program.window.close()
    full_disk.unlink()
    again = make_program(settings=program.window.settings)
    again.session.open([header])
    open_review = again.window.feature(ReviewFeature).open_review
    qtbot.waitUntil(lambda: [item.state for item in open_review.judgements] == ["confirmed"])


def test_the_next_recording_does_not_hide_the_warning(
    qtbot: QtBot, program, full_disk: Path, write_record
) -> None:
    bar, open_review = program.window.error_bar, program.window.feature(ReviewFeature).open_review
    qtbot.waitUntil(lambda: open_review.trouble is not None and "cannot be used" in open_review.trouble.details)
    bar.dismiss()
    program.window.action("confirm").trigger()
    assert bar.text.startswith("Decisions cannot be saved at the moment.")
    assert bar.isVisible()
    program.session.open([write_record("b", 12.0)])
    qtbot.waitUntil(lambda: program.session.record.name == "b")
    qtbot.waitUntil(lambda: bar.isVisible() and "Decisions cannot be saved" in bar.text)


def test_what_is_less_grave_stands_below_the_warning_and_takes_neither_place(
    qtbot: QtBot, program, full_disk: Path
) -> None:
    window, bar = program.window, program.window.error_bar
    qtbot.waitUntil(lambda: "Scores cannot be kept" in bar.text and "Decisions cannot be saved" in bar.text)
    first, second = bar.text.splitlines()
    assert first.startswith("Decisions cannot be saved at the moment.")
    assert second.startswith("Scores cannot be kept. They are shown")
    assert str(full_disk) not in bar.text
    assert "Errno" not in bar.text
    assert "Not a directory" in bar.details, "what the system said can be read on request"
    window.show_problem(Problem("Another small thing."))
    assert bar.text.splitlines() == [first, "Another small thing."]
    window.action("worklist").trigger()
    window.show_problem(Problem("A third one."))
    panel = window.feature(WorklistFeature).panel
    assert panel.error_bar.text.splitlines() == [first, "A third one."]
    full_disk.unlink()
    qtbot.waitUntil(lambda: bar.text == "A third one.")
    bar.dismiss()
    assert (bar.text, bar.isHidden()) == ("A third one.", True)


@pytest.mark.parametrize(("button", "is_lost"), [("Close and lose 3 decisions", True), ("Stay", False)])
def test_the_question_says_what_would_be_lost(qtbot: QtBot, program, button: str, is_lost: bool) -> None:
    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(item for item in box.buttons() if item.text() == button).click()

    QTimer.singleShot(0, click)
    assert may_lose(3, program.window) is is_lost
