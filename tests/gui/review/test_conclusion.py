"""The conclusion in the window: its key, when it is kept, and that what is typed is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.conclusion_feature import ConclusionFeature
from ecg_viewer.qt.review.review_dialogs import ReviewerDialog
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.review.journal import journal_path
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.worklist.worklist_words import cell

Open = Callable[..., Program]


@pytest.fixture
def open_program(qtbot: QtBot, make_program, write_record) -> Open:
    """Opens `a`, as reviewer Ann; `b` is listed beside it."""
    headers = [write_record("a", 12.0), write_record("b", 12.0)]

    def make(reviewer: str = "Ann") -> Program:
        settings = SettingsFile()
        settings.change(reviewer=reviewer, notice_seen=True, tour_seen=True)
        program = make_program(settings=settings)
        program.session.open(headers)
        qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and bool(program.session.sha256))
        return program

    return make


def conclusion(program: Program) -> ConclusionFeature:
    return program.window.feature(ConclusionFeature)


def kept(program: Program) -> str:
    found = conclusion(program).open_review.conclusion
    return "" if found is None else found.text


def type_text(qtbot: QtBot, program: Program, text: str) -> None:
    program.window.action("conclusion").trigger()
    qtbot.keyClicks(conclusion(program).panel.text, text)


def go_to(qtbot: QtBot, program: Program, name: str) -> None:
    row = next(row for row in range(2) if program.session.records[row].name == name)
    program.session.open_item(row)
    qtbot.waitUntil(lambda: program.session.record.name == name and bool(program.session.sha256))


def test_the_key_brings_the_tab_up_with_the_cursor_in_it(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    qtbot.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    panel = conclusion(program).panel
    assert program.window.frame.side_tabs.currentWidget() is panel
    assert panel.text.hasFocus()
    assert panel.text.toPlainText() == "", "the program writes none"


def test_keys_of_the_window_are_letters_here(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_text(qtbot, program, "c d x j k 1 2 Sinus")
    assert conclusion(program).panel.text.toPlainText() == "c d x j k 1 2 Sinus"
    assert conclusion(program).open_review.judgements == ()


def test_esc_keeps_it_and_goes_back_to_the_ecg(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_text(qtbot, program, "Sinus rhythm")
    assert kept(program) == ""
    qtbot.keyClick(conclusion(program).panel.text, Qt.Key.Key_Escape)
    assert kept(program) == "Sinus rhythm"
    assert program.window.paper.hasFocus()
    qtbot.waitUntil(lambda: conclusion(program).panel.state.text().startswith("saved · Ann"))
    program.window.action("undo").trigger()
    assert (kept(program), conclusion(program).panel.text.toPlainText()) == ("", "")
    program.window.action("redo").trigger()
    assert conclusion(program).panel.text.toPlainText() == "Sinus rhythm"


def test_another_recording_keeps_it_for_the_one_it_was_typed_for(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_text(qtbot, program, "of a")
    go_to(qtbot, program, "b")
    assert (kept(program), conclusion(program).panel.text.toPlainText()) == ("", "")
    type_text(qtbot, program, "of b")
    go_to(qtbot, program, "a")
    qtbot.waitUntil(lambda: kept(program) == "of a")
    assert conclusion(program).panel.text.toPlainText() == "of a"


def test_closing_keeps_it_and_leaves_no_file_of_typing(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_text(qtbot, program, "typed to the end")
    assert program.window.close()
    assert list(journal_path().parent.glob("unsaved-*")) == []
    again = open_program()
    qtbot.waitUntil(lambda: kept(again) == "typed to the end")
    assert conclusion(again).panel.text.toPlainText() == "typed to the end"


def test_what_is_typed_is_in_a_file_before_it_is_in_the_journal(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_text(qtbot, program, "half a sentence")

    def files() -> list[str]:
        return [path.read_text(encoding="utf-8") for path in journal_path().parent.glob("unsaved-typing-*.jsonl")]

    qtbot.waitUntil(lambda: len(files()) == 1 and '"half a sentence"' in files()[0])
    assert kept(program) == ""
    conclusion(program).panel.keep()
    qtbot.waitUntil(lambda: files() == [])


def test_text_is_of_who_typed_it(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_text(qtbot, program, "by Ann")
    program.window.settings.change(reviewer="Bob")
    assert (kept(program), conclusion(program).panel.text.toPlainText()) == ("", "")
    program.window.settings.change(reviewer="Ann")
    assert kept(program) == "by Ann"


def test_the_name_is_asked_for_before_the_first_word(qtbot: QtBot, open_program: Open) -> None:
    program = open_program("")
    panel = conclusion(program).panel
    program.window.action("conclusion").trigger()
    dialog = next(item for item in program.window.findChildren(ReviewerDialog) if item.isVisible())
    dialog.reject()
    qtbot.keyClicks(panel.text, "x")
    assert panel.text.toPlainText() == ""
    dialog = next(item for item in program.window.findChildren(ReviewerDialog) if item.isVisible())
    dialog.name.setText("Cleo")
    dialog.accept()
    qtbot.keyClicks(panel.text, "mine")
    panel.keep()
    found = conclusion(program).open_review.conclusion
    assert found is not None
    assert (found.text, found.reviewer) == ("mine", "Cleo")


def test_a_decision_meanwhile_leaves_what_is_typed_alone(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()
    type_text(qtbot, program, "half")
    program.session.go_to_finding(0)
    program.window.action("confirm").trigger()
    assert conclusion(program).panel.text.toPlainText() == "half"
    assert conclusion(program).panel.is_typing


def test_it_is_in_the_worklist_at_once_and_at_the_next_start(qtbot: QtBot, open_program: Open) -> None:
    program = open_program()

    def listed(of: Program) -> list[str]:
        worklist = of.window.feature(WorklistFeature).worklist
        return [cell(worklist.table, row, "conclusion") for row in range(len(worklist))]

    qtbot.waitUntil(lambda: listed(program) == ["", ""])
    type_text(qtbot, program, "old infarct")
    conclusion(program).panel.keep()
    assert listed(program) == ["old infarct", ""]
    go_to(qtbot, program, "b")
    assert listed(program) == ["old infarct", ""]
    program.window.close()
    again = open_program()
    qtbot.waitUntil(lambda: listed(again) == ["old infarct", ""])
    again.window.settings.change(reviewer="Bob")
    qtbot.waitUntil(lambda: listed(again) == ["", ""])
