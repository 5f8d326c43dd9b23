"""A note that is being typed: it stays while its finding does, and is kept when something else is looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.review_dialogs import ReviewerDialog
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.settings import SettingsFile

Open = Callable[..., Program]


@pytest.fixture
def open_program(qtbot: QtBot, make_program, write_record) -> Open:
    """Opens a recording of 30 s with findings in V3, aVF and II; `b` is there to be opened, too."""
    header = write_record("a", 30.0)
    write_record("b", 30.0)

    def make(reviewer: str = "Ann") -> Program:
        settings = SettingsFile()
        settings.change(reviewer=reviewer, notice_seen=True, tour_seen=True)
        program = make_program(settings=settings)
        program.session.open([header])
        qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
        return program

    return make


def review(program: Program) -> ReviewFeature:
    return program.window.feature(ReviewFeature)


def type_note(qtbot: QtBot, program: Program, text: str = "half a note") -> None:
    """Go to the strongest finding, V3, and type without Enter."""
    program.session.go_to_finding(0)
    review(program).panel.edit_note()
    qtbot.keyClicks(review(program).panel.note, text)


def note_of(program: Program, lead: str = "V3") -> str:
    finding = next(item for item in program.session.assessment.findings if item.lead == lead)
    return review(program).open_review.judgement(finding).note


def open_other(qtbot: QtBot, program: Program, name: str) -> None:
    program.session.open([program.session.record.source.paths[0].with_name(f"{name}.hea")])
    qtbot.waitUntil(lambda: program.session.record.name == name)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and bool(program.session.sha256))


def test_findings_that_arrive_leave_what_is_typed_alone(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    panel = review(program).panel
    type_note(qtbot, program)
    review(program).controller.refresh()
    program.session.findings_changed.emit()
    assert panel.note.text() == "half a note"
    assert panel.note.isEnabled()
    assert note_of(program) == "", "it is not finished"
    qtbot.keyClick(panel.note, Qt.Key.Key_Escape)
    assert (panel.note.text(), note_of(program)) == ("", "")


def test_another_line_keeps_the_note_of_the_one_before(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    panel = review(program).panel
    qtbot.waitUntil(lambda: len(review(program).controller.queue.visible) == 3)
    type_note(qtbot, program)
    rect = panel.view.visualRect(panel.model.index_of(review(program).controller.queue.visible[1].key))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert program.session.finding.lead == "aVF"
    assert (note_of(program), panel.note.text(), note_of(program, "aVF")) == ("half a note", "", "")


def test_a_decision_keeps_the_note(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_note(qtbot, program)
    program.window.action("confirm").trigger()
    finding = program.session.assessment.findings[0]
    judgement = review(program).open_review.judgement(finding)
    assert (judgement.state, judgement.note) == ("confirmed", "half a note")


def test_the_note_belongs_to_the_recording_it_was_typed_for(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_note(qtbot, program)
    open_other(qtbot, program, "b")
    assert (note_of(program), review(program).panel.note.text()) == ("", "")
    open_other(qtbot, program, "a")
    qtbot.waitUntil(lambda: note_of(program) == "half a note")


def test_a_name_given_after_the_switch_keeps_the_note_where_it_belongs(qtbot: QtBot, open_program: Open) -> None:
    program = open_program("")
    type_note(qtbot, program)
    open_other(qtbot, program, "b")
    dialog = next(item for item in program.window.findChildren(ReviewerDialog) if item.isVisible())
    dialog.name.setText("Cleo")
    dialog.accept()
    assert note_of(program) == ""
    open_other(qtbot, program, "a")
    qtbot.waitUntil(lambda: note_of(program) == "half a note")


def test_a_note_is_of_who_typed_it(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_note(qtbot, program)
    program.window.settings.change(reviewer="Bob")
    assert note_of(program) == ""
    program.window.settings.change(reviewer="Ann")
    assert note_of(program) == "half a note"
