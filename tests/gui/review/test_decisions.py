"""Decisions in the real window: by key, with notes and undo, under a name, and on the paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research import research_feature
from ecg_viewer.qt.review.review_dialogs import ReviewerDialog
from ecg_viewer.qt.review.review_feature import ReviewFeature

K, M = Qt.Key, Qt.KeyboardModifier
Open = Callable[..., Program]


def review(program: Program) -> ReviewFeature:
    return program.window.feature(ReviewFeature)


def states(program: Program) -> dict[str, str]:
    """State of each of the model's findings, by lead."""
    open_review = review(program).open_review
    return {item.lead: open_review.judgement(item).state for item in program.session.assessment.findings}


def dialog_of(program: Program, kind: type) -> object:
    found = [dialog for dialog in program.window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def test_c_d_and_x_decide_and_the_first_two_go_on(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    for key in (K.Key_J, K.Key_C, K.Key_D):
        qtbot.keyClick(paper, key)
    assert states(opened) == {"V3": "confirmed", "aVF": "dismissed", "II": "unreviewed"}
    assert opened.session.finding.lead == "II"
    qtbot.keyClick(paper, K.Key_K)
    qtbot.keyClick(paper, K.Key_X)
    assert states(opened)["aVF"] == "unreviewed"
    assert opened.session.finding.lead == "aVF"
    buttons = review(opened).panel.segments.buttons
    assert [button.text() for button in buttons.values()] == ["To review 2", "✓ Confirmed 1", "✕ Dismissed 0"]
    qtbot.waitUntil(lambda: review(opened).panel.saved.text() == "saved")


def test_shift_j_goes_to_the_models_strongest_whatever_the_list_shows(qtbot: QtBot, opened: Program) -> None:
    panel = review(opened).panel
    panel.filters.lead.setCurrentIndex(panel.filters.lead.findData("II"))
    qtbot.keyClick(opened.window.paper, K.Key_J)
    assert opened.session.finding.lead == "II", "J stays within the list"
    qtbot.keyClick(opened.window.paper, K.Key_J, M.ShiftModifier)
    assert opened.session.finding.lead == "V3"


def test_nothing_is_decided_before_something_is_chosen(qtbot: QtBot, opened: Program) -> None:
    assert not opened.window.action("confirm").isEnabled()
    qtbot.keyClick(opened.window.paper, K.Key_C)
    assert set(states(opened).values()) == {"unreviewed"}
    qtbot.keyClick(opened.window.paper, K.Key_J)
    assert opened.window.action("confirm").isEnabled()


def test_the_reviewer_is_asked_once_and_the_decision_is_not_lost(qtbot: QtBot, open_program: Open) -> None:
    program = open_program("")
    qtbot.keyClick(program.window.paper, K.Key_J)
    qtbot.keyClick(program.window.paper, K.Key_C)
    dialog = dialog_of(program, ReviewerDialog)
    dialog.name.setText("")
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    dialog.name.setText("Dr. B")
    qtbot.keyClick(dialog.name, K.Key_Return)
    assert states(program)["V3"] == "confirmed"
    assert program.window.settings.settings.reviewer == "Dr. B"
    qtbot.keyClick(program.window.paper, K.Key_C)
    assert states(program)["aVF"] == "confirmed", "not asked again"


def test_who_does_not_say_their_name_decides_nothing(qtbot: QtBot, open_program: Open) -> None:
    program = open_program("")
    qtbot.keyClick(program.window.paper, K.Key_J)
    qtbot.keyClick(program.window.paper, K.Key_D)
    qtbot.keyClick(dialog_of(program, ReviewerDialog), K.Key_Escape)
    assert states(program)["V3"] == "unreviewed"
    assert program.window.settings.settings.reviewer == ""


def test_another_name_has_decisions_of_its_own(qtbot: QtBot, opened: Program) -> None:
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_C)
    opened.window.action("reviewer").trigger()
    dialog = dialog_of(opened, ReviewerDialog)
    dialog.name.setText("Bob")
    dialog.accept()
    assert states(opened)["V3"] == "unreviewed"
    opened.window.settings.change(reviewer="Ann")  # as the preferences do
    assert states(opened)["V3"] == "confirmed"


def test_c_after_undo_confirms_what_was_undone_not_what_comes_after_it(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    for key in (K.Key_J, K.Key_D):
        qtbot.keyClick(paper, key)
    qtbot.keyClick(paper, K.Key_Z, M.ControlModifier)
    assert opened.session.finding.lead == "V3"
    qtbot.keyClick(paper, K.Key_C)
    assert states(opened) == {"V3": "confirmed", "aVF": "unreviewed", "II": "unreviewed"}


def test_undo_and_redo_say_what_they_would_do(qtbot: QtBot, opened: Program) -> None:
    undo, redo = (opened.window.action(name) for name in ("undo", "redo"))
    assert (undo.isEnabled(), redo.isEnabled(), undo.text()) == (False, False, "Undo")
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_D)
    assert undo.text() == "Undo: dismiss V3, 2.00 s"
    qtbot.keyClick(opened.window.paper, K.Key_Z, M.ControlModifier)
    assert states(opened)["V3"] == "unreviewed"
    assert (opened.window.action("undo").isEnabled(), redo.text()) == (False, "Redo: dismiss V3, 2.00 s")
    qtbot.keyClick(opened.window.paper, K.Key_Y, M.ControlModifier)
    assert states(opened)["V3"] == "dismissed"
    opened.window.action("undo").trigger()
    qtbot.keyClick(opened.window.paper, K.Key_Z, M.ControlModifier | M.ShiftModifier)
    assert states(opened)["V3"] == "dismissed"


def test_a_note_is_written_below_the_table(qtbot: QtBot, opened: Program) -> None:
    panel = review(opened).panel
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_N)
    assert panel.note.hasFocus() or opened.window.focusWidget() is panel.note
    qtbot.keyClicks(panel.note, "jcd notched")
    qtbot.keyClick(panel.note, K.Key_Return)
    assert states(opened)["V3"] == "unreviewed", "letters are letters in a text field"
    entry = review(opened).controller.current
    assert entry.note == "jcd notched"
    assert panel.model.cells(entry)[3:] == ("○ To review ¶", "jcd notched")
    assert panel.model.sentence(entry).endswith("Note: jcd notched")
    panel.edit_note()
    qtbot.keyClicks(panel.note, "no")
    qtbot.keyClick(panel.note, K.Key_Escape)
    assert panel.note.text() == "jcd notched"
    assert opened.session.finding.lead == "V3"


def test_reviewed_is_said_and_taken_back(qtbot: QtBot, opened: Program) -> None:
    panel, open_review = review(opened).panel, review(opened).open_review
    qtbot.mouseClick(panel.reviewed, Qt.MouseButton.LeftButton)
    assert (open_review.record_state, panel.reviewed.text()) == ("reviewed", "✓ Reviewed")
    assert opened.window.action("reviewed").isChecked()
    said = opened.window.status.currentMessage()
    assert said == "Reviewed with 3 of 3 findings undecided: they do not count as normal"
    assert "with 3 of 3 findings still to review" in panel.reviewed.toolTip()
    open_review.undo()
    assert (open_review.record_state, opened.window.status.currentMessage()) == ("unreviewed", "")
    qtbot.mouseClick(panel.reviewed, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.reviewed, Qt.MouseButton.LeftButton)
    assert opened.window.status.currentMessage() == ""
    assert (open_review.record_state, panel.reviewed.isChecked()) == ("unreviewed", False)


def test_who_reads_on_sees_which_recording_was_left_with_undecided_findings(
    qtbot: QtBot, opened: Program, demo: Path
) -> None:
    name = opened.session.record.name
    opened.window.action("reviewed").trigger()
    said = opened.window.status.currentMessage()
    opened.session.open([demo / "00195_hr.hea"])
    qtbot.waitUntil(lambda: opened.session.record.name != name and not opened.session.is_opening)
    assert opened.window.status.currentMessage() == f"{name}: {said}"


def test_a_recording_with_everything_decided_is_reviewed_without_a_word(qtbot: QtBot, opened: Program) -> None:
    feature = review(opened)
    for left, finding in zip((2, 1, 0), opened.session.assessment.findings, strict=True):
        feature.open_review.decide(finding, "confirmed" if left else "dismissed")
        assert feature.controller.n_to_review == left
    opened.window.action("reviewed").trigger()
    assert feature.open_review.record_state == "reviewed"
    assert opened.window.status.currentMessage() == ""



def test_decisions_stand_on_the_paper_and_go_with_the_models_marks(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    colour = QColor(paper.theme.human_colour).rgb()

    def drawn() -> int:
        image = paper.grab().toImage()
        area, ratio = paper.areas_of("V3")[0], image.devicePixelRatio()
        xs = range(int((area.x_of(2.0) - 10) * ratio), int((area.x_of(2.2) + 10) * ratio))
        return sum(image.pixel(x, y) == colour for x in xs for y in range(int(area.top), int(area.bottom)))

    assert drawn() == 0
    review(opened).open_review.decide(opened.session.assessment.findings[0], "confirmed")
    assert drawn() > 5
    qtbot.keyClick(paper, K.Key_Space)
    assert drawn() == 0


def test_a_decision_among_very_many_findings_is_compared_with_the_truth_a_moment_later(
    qtbot: QtBot, opened: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(research_feature, "AT_ONCE", 0)
    tracker = opened.window.feature(research_feature.ResearchFeature).tracker
    opened.session.go_to_finding(0)
    review(opened).decide("confirmed")
    assert states(opened)["V3"] == "confirmed"
    assert tracker.boxes == (), "not in the way of the decision"
    qtbot.waitUntil(lambda: [box.leads for box in tracker.boxes] == [("V3",)])
