"""Reviewing in the real window: decisions by key, notes, undo, filters, own findings, the journal behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.dialogs import FindingDialog, ReviewerDialog
from ecg_viewer.qt.review.feature import ReviewFeature
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.settings import SettingsFile

K, M = Qt.Key, Qt.KeyboardModifier
Open = Callable[..., Program]


@pytest.fixture
def open_program(qtbot: QtBot, make_program, write_record) -> Open:
    """Opens a recording of 30 s, in which the fake model finds something in V3, aVF and II, as reviewer Ann."""
    header = write_record("thirty", 30.0)

    def make(reviewer: str = "Ann") -> Program:
        settings = SettingsFile()
        settings.change(reviewer=reviewer, notice_seen=True, tour_seen=True)
        program = make_program(settings=settings)
        program.session.open([header])
        qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and bool(program.session.sha256))
        qtbot.waitUntil(lambda: program.window.paper.is_complete)
        return program

    return make


@pytest.fixture
def opened(open_program: Open) -> Program:
    return open_program()


def review(program: Program) -> ReviewFeature:
    return program.window.feature(ReviewFeature)


def states(program: Program) -> dict[str, str]:
    """State of each of the model's findings, by lead."""
    book = review(program).book
    return {item.lead: book.judgement(item).state for item in program.session.assessment.findings}


def paper_point(program: Program, lead: str, time_s: float) -> QPoint:
    area = program.window.paper.areas_of(lead)[0]
    return QPointF(area.x_of(time_s), area.top + area.height / 2).toPoint()


def drag(qtbot: QtBot, program: Program, start: QPoint, end: QPoint) -> None:
    paper = program.window.paper
    qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(paper, (start + end) / 2)
    qtbot.mouseMove(paper, end)
    qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=end)


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
    assert not opened.window.actions_by_id["confirm"].isEnabled()
    qtbot.keyClick(opened.window.paper, K.Key_C)
    assert set(states(opened).values()) == {"unreviewed"}
    qtbot.keyClick(opened.window.paper, K.Key_J)
    assert opened.window.actions_by_id["confirm"].isEnabled()


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
    opened.window.actions_by_id["reviewer"].trigger()
    dialog = dialog_of(opened, ReviewerDialog)
    dialog.name.setText("Bob")
    dialog.accept()
    assert states(opened)["V3"] == "unreviewed"
    opened.window.settings.change(reviewer="Ann")  # as the preferences do
    assert states(opened)["V3"] == "confirmed"


def test_undo_and_redo_say_what_they_would_do(qtbot: QtBot, opened: Program) -> None:
    undo, redo = (opened.window.actions_by_id[name] for name in ("undo", "redo"))
    assert (undo.isEnabled(), redo.isEnabled(), undo.text()) == (False, False, "Undo")
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_D)
    assert undo.text() == "Undo: dismiss V3, 2.00 s"
    qtbot.keyClick(opened.window.paper, K.Key_Z, M.ControlModifier)
    assert states(opened)["V3"] == "unreviewed"
    assert (undo.isEnabled(), redo.text()) == (False, "Redo: dismiss V3, 2.00 s")
    qtbot.keyClick(opened.window.paper, K.Key_Y, M.ControlModifier)
    assert states(opened)["V3"] == "dismissed"
    undo.trigger()
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
    entry = review(opened).desk.current
    assert entry.note == "jcd notched"
    assert panel.model.cells(entry)[3:] == ("○ To review ¶", "jcd notched")
    assert panel.model.sentence(entry).endswith("Note: jcd notched")
    panel.edit_note()
    qtbot.keyClicks(panel.note, "no")
    qtbot.keyClick(panel.note, K.Key_Escape)
    assert panel.note.text() == "jcd notched"
    assert opened.session.finding.lead == "V3"


def test_the_heading_of_a_group_decides_on_all_of_it(qtbot: QtBot, opened: Program) -> None:
    panel, view = review(opened).panel, review(opened).panel.view
    review(opened).desk.set_grouping("none")
    view.setFocus()
    qtbot.keyClick(view, K.Key_Home)
    view.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(view, K.Key_D)
    assert set(states(opened).values()) == {"dismissed"}
    assert opened.window.actions_by_id["undo"].text() == "Undo: dismiss 3 findings (All leads)"
    assert panel.model.index(0, 0).data() == "All leads · 3"


def test_more_of_a_group_is_one_line_away(qtbot: QtBot, opened: Program) -> None:
    desk, panel = review(opened).desk, review(opened).panel
    for start in range(7):
        desk.book.add_own(["I"], start, start + 0.5, f"mark {start}")
    heading = panel.model.index(0, 0)
    more = panel.model.index(5, 0, heading)
    assert (panel.model.rowCount(heading), more.data()) == (6, "Show 2 more")
    panel.view.scrollTo(more)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(more).center())
    heading = panel.model.index(0, 0)
    assert panel.model.index(7, 0, heading).data() == "Show fewer"
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(7, 0, heading))
    qtbot.keyClick(panel.view, K.Key_Return)
    assert panel.model.rowCount(panel.model.index(0, 0)) == 6


def test_states_and_filters_narrow_the_list(qtbot: QtBot, opened: Program) -> None:
    feature, panel = review(opened), review(opened).panel
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_C)

    def listed() -> list[str]:
        return [entry.lead_text for entry in feature.desk.queue.visible]

    qtbot.mouseClick(panel.segments.buttons["confirmed"], Qt.MouseButton.LeftButton)
    assert listed() == ["V3"]
    qtbot.mouseClick(panel.segments.buttons["confirmed"], Qt.MouseButton.LeftButton)
    assert listed() == ["V3", "aVF", "II"]
    assert panel.filters.isHidden()
    qtbot.keyClick(opened.window.paper, K.Key_Slash)
    assert panel.filters.isVisible()
    panel.filters.percentile.setCurrentIndex(panel.filters.percentile.findData(99.0))
    assert listed() == ["V3", "aVF"]
    panel.filters.lead.setCurrentIndex(panel.filters.lead.findData("aVF"))
    assert listed() == ["aVF"]
    qtbot.keyClicks(panel.filters.text, "zzz")
    assert listed() == []
    assert panel.empty_text == "No finding passes the filter."
    qtbot.mouseClick(panel.filters.reset, Qt.MouseButton.LeftButton)
    assert listed() == ["V3", "aVF", "II"]
    assert not panel.filters.reset.isEnabled()
    panel.filters.grouping.setCurrentIndex(panel.filters.grouping.findData("moment"))
    assert panel.model.index(0, 0).data() == "2.00 s: V3 · 1"


def test_everything_is_there_at_the_next_start(qtbot: QtBot, open_program: Open) -> None:
    first = open_program()
    qtbot.keyClick(first.window.paper, K.Key_J)
    qtbot.keyClick(first.window.paper, K.Key_D)
    review(first).book.add_own(["V1", "V2"], 1.0, 1.4, "notch")
    qtbot.keyClick(first.window.paper, K.Key_Return, M.ControlModifier)
    first.window.close()
    again = open_program()
    qtbot.waitUntil(lambda: states(again)["V3"] == "dismissed")
    assert [(own.leads, own.label) for own in review(again).book.own] == [(("V1", "V2"), "notch")]
    assert review(again).panel.reviewed.isChecked()
    assert again.window.actions_by_id["reviewed"].isChecked()


def test_two_windows_on_one_recording_see_each_others_decisions(qtbot: QtBot, open_program: Open) -> None:
    left, right = open_program(), open_program()
    left.session.go_to_finding(0)
    left.window.actions_by_id["confirm"].trigger()
    right.session.go_to_finding(1)
    right.window.actions_by_id["dismiss"].trigger()
    for program in (left, right):
        qtbot.waitUntil(
            lambda program=program: states(program) == {"V3": "confirmed", "aVF": "dismissed", "II": "unreviewed"}
        )


def test_the_folder_of_the_recording_is_left_alone(qtbot: QtBot, opened: Program, tmp_path: Path) -> None:
    before = sorted((entry.name, entry.stat().st_mtime_ns) for entry in tmp_path.iterdir())
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_C)
    qtbot.waitUntil(lambda: review(opened).book.is_saved)
    opened.window.close()
    assert sorted((entry.name, entry.stat().st_mtime_ns) for entry in tmp_path.iterdir()) == before
    assert len(Journal().summaries(sha256s=[opened.session.sha256])) == 1


def test_reviewed_is_said_and_taken_back(qtbot: QtBot, opened: Program) -> None:
    panel, book = review(opened).panel, review(opened).book
    qtbot.mouseClick(panel.reviewed, Qt.MouseButton.LeftButton)
    assert (book.record_state, panel.reviewed.text()) == ("reviewed", "✓ Reviewed")
    assert opened.window.actions_by_id["reviewed"].isChecked()
    qtbot.mouseClick(panel.reviewed, Qt.MouseButton.LeftButton)
    assert (book.record_state, panel.reviewed.isChecked()) == ("unreviewed", False)


def test_decisions_stand_on_the_paper_and_go_with_the_models_ink(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    ink = QColor(paper.theme.human_ink).rgb()

    def inked() -> int:
        image = paper.grab().toImage()
        area, ratio = paper.areas_of("V3")[0], image.devicePixelRatio()
        xs = range(int((area.x_of(2.0) - 10) * ratio), int((area.x_of(2.2) + 10) * ratio))
        return sum(image.pixel(x, y) == ink for x in xs for y in range(int(area.top), int(area.bottom)))

    assert inked() == 0
    review(opened).book.decide(opened.session.assessment.findings[0], "confirmed")
    assert inked() > 5
    qtbot.keyClick(paper, K.Key_Space)
    assert inked() == 0


# Findings of one's own


def test_a_drag_over_a_lead_marks_a_finding_that_is_named_there(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(OwnFindingsFeature)
    qtbot.keyClick(opened.window.paper, K.Key_L)
    assert opened.window.actions_by_id["add_finding"].isChecked()
    drag(qtbot, opened, paper_point(opened, "V2", 3.0), paper_point(opened, "V2", 3.5))
    assert feature.book.own == (), "not kept before it is named"
    editor = feature.tool.editor
    assert editor.parent() is opened.window.paper
    qtbot.keyClicks(editor, "jaw artefact")
    qtbot.keyClick(editor, K.Key_Return)
    (own,) = feature.book.own
    assert (own.leads, own.label) == (("V2",), "jaw artefact")
    assert own.start_s == pytest.approx(3.0, abs=0.02)
    assert own.end_s == pytest.approx(3.5, abs=0.02)
    assert feature.desk.current.label == "jaw artefact"
    cells = review(opened).panel.model.cells(feature.desk.current)
    assert cells[2:4] == ("jaw artefact", "✎ Yours")


def test_a_drag_down_takes_several_leads(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(OwnFindingsFeature)
    qtbot.keyClick(opened.window.paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V4", 3.5), paper_point(opened, "V2", 3.0))
    qtbot.keyClick(feature.tool.editor, K.Key_Return)
    (own,) = feature.book.own
    assert own.leads == ("V2", "V3", "V4")
    assert own.start_s == pytest.approx(3.0, abs=0.02)


def test_esc_gives_up_the_label_the_drag_and_then_the_tool(qtbot: QtBot, opened: Program) -> None:
    feature, paper = opened.window.feature(OwnFindingsFeature), opened.window.paper
    qtbot.keyClick(paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V2", 3.0), paper_point(opened, "V2", 3.5))
    qtbot.keyClick(feature.tool.editor, K.Key_Escape)
    assert (feature.book.own, feature.tool.draft, paper.tool) == ((), None, feature.tool)
    qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V2", 3.0))
    qtbot.mouseMove(paper, paper_point(opened, "V2", 3.4))
    assert feature.tool.draft is not None
    qtbot.keyClick(paper, K.Key_Escape)
    qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V2", 3.4))
    assert (feature.book.own, feature.tool.draft) == ((), None)
    qtbot.keyClick(paper, K.Key_Escape)
    assert paper.tool is None
    assert not opened.window.actions_by_id["add_finding"].isChecked()


def test_edges_are_pulled_and_labels_changed_on_the_paper(qtbot: QtBot, opened: Program) -> None:
    feature, paper = opened.window.feature(OwnFindingsFeature), opened.window.paper
    feature.book.add_own(["V2", "V3"], 3.0, 3.5, "pause")
    qtbot.keyClick(paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V3", 3.5), paper_point(opened, "V3", 4.2))
    assert feature.book.own[0].end_s == pytest.approx(4.2, abs=0.02)
    assert feature.book.own[0].leads == ("V2", "V3")
    drag(qtbot, opened, paper_point(opened, "V2", 3.0), paper_point(opened, "V2", 9.0))
    assert feature.book.own[0].start_s == pytest.approx(3.0, abs=0.02), "a start does not go beyond the end"
    qtbot.mouseDClick(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V2", 3.6))
    qtbot.keyClicks(feature.tool.editor, "long pause")
    qtbot.keyClick(feature.tool.editor, K.Key_Return)
    assert feature.book.own[0].label == "long pause"
    assert opened.window.actions_by_id["undo"].text() == "Undo: change pause (V2, V3, 3.00 s)"


def test_a_click_with_the_tool_chooses_what_is_there(qtbot: QtBot, opened: Program) -> None:
    feature, paper = opened.window.feature(OwnFindingsFeature), opened.window.paper
    feature.book.add_own(["V5"], 3.0, 3.5, "pause")
    qtbot.keyClick(paper, K.Key_L)
    qtbot.mouseClick(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V5", 3.2))
    assert feature.desk.current.label == "pause"
    qtbot.keyClick(paper, K.Key_Delete)
    assert feature.book.own == ()
    qtbot.keyClick(paper, K.Key_Z, M.ControlModifier)
    assert len(feature.book.own) == 1


def test_without_a_mouse_a_finding_is_given_by_numbers(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(OwnFindingsFeature)
    qtbot.keyClick(opened.window.paper, K.Key_L, M.ShiftModifier)
    dialog = dialog_of(opened, FindingDialog)
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert not ok.isEnabled()
    assert dialog.problem.text() == "Choose at least one lead."
    dialog.leads["V1"].setChecked(True)
    dialog.leads["V6"].setChecked(True)
    dialog.end.setValue(4.25)
    dialog.start.setValue(5.0)
    assert dialog.problem.text() == "The end must come after the start."
    dialog.start.setValue(4.0)
    qtbot.keyClicks(dialog.label, "delta")
    ok.click()
    assert [(own.leads, own.start_s, own.end_s, own.label) for own in feature.book.own] == [
        (("V1", "V6"), 4.0, 4.25, "delta")
    ]
    assert opened.window.actions_by_id["edit_own"].isEnabled()
    opened.window.actions_by_id["edit_own"].trigger()
    dialog = dialog_of(opened, FindingDialog)
    assert (dialog.start.value(), dialog.label.text(), dialog.leads["V6"].isChecked()) == (4.0, "delta", True)
    dialog.leads["V6"].setChecked(False)
    dialog.accept()
    assert feature.book.own[0].leads == ("V1",)


def test_enter_on_ones_own_finding_edits_it(qtbot: QtBot, opened: Program) -> None:
    feature, panel = opened.window.feature(OwnFindingsFeature), review(opened).panel
    feature.book.add_own(["V5"], 3.0, 3.5, "pause")
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0, 0, panel.model.index(0, 0)))
    qtbot.keyClick(panel.view, K.Key_Return)
    assert dialog_of(opened, FindingDialog).label.text() == "pause"


def test_labels_are_suggested_those_used_before_first(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(OwnFindingsFeature)
    feature.book.add_own(["V5"], 3.0, 3.5, "Epsilon wave")
    qtbot.keyClick(opened.window.paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V2", 5.0), paper_point(opened, "V2", 5.5))
    completer = feature.tool.editor.completer()
    completer.setCompletionPrefix("wave")
    offered = [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())]
    assert offered == ["Epsilon wave", "T wave inversion", "Q wave", "Delta wave"]


def popup() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_papers_menu_knows_what_is_under_it(qtbot: QtBot, opened: Program) -> None:
    paper, feature = opened.window.paper, opened.window.feature(OwnFindingsFeature)
    here = paper_point(opened, "II", 5.05)
    paper.context_requested.emit(paper.mapToGlobal(here), paper.area_at(QPointF(here)))
    assert opened.session.finding.lead == "II"
    menu = popup()
    assert [action.objectName() for action in menu.actions()[:4]] == ["confirm", "dismiss", "reset_decision", "note"]
    menu.actions()[1].trigger()
    menu.close()
    assert states(opened)["II"] == "dismissed"
    there = paper_point(opened, "V1", 3.0)
    paper.context_requested.emit(paper.mapToGlobal(there), paper.area_at(QPointF(there)))
    menu = popup()
    menu.actions()[0].trigger()
    menu.close()
    dialog = dialog_of(opened, FindingDialog)
    assert [lead for lead, box in dialog.leads.items() if box.isChecked()] == ["V1"]
    assert dialog.start.value() == pytest.approx(2.8, abs=0.02)
    dialog.reject()
    assert feature.book.own == ()


def test_the_tables_menu_concerns_the_line_under_it(qtbot: QtBot, opened: Program) -> None:
    panel = review(opened).panel
    index = panel.model.index(1, 0, panel.model.index(0, 0))
    panel.view.customContextMenuRequested.emit(panel.view.visualRect(index).center())
    assert opened.session.finding.lead == "aVF"
    menu = popup()
    menu.actions()[0].trigger()
    menu.close()
    assert states(opened)["aVF"] == "confirmed"


def test_ones_own_findings_stay_when_the_models_ink_is_hidden(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    opened.window.feature(OwnFindingsFeature).book.add_own(["V5"], 3.0, 3.5, "pause")
    qtbot.keyClick(paper, K.Key_Space)
    image, area = paper.grab().toImage(), paper.areas_of("V5")[0]
    ratio, ink = image.devicePixelRatio(), QColor(paper.theme.human_ink).rgb()
    column = range(int(area.x_of(3.0) - 2), int(area.x_of(3.0) + 3))
    rows = range(int(area.top), int(area.bottom))
    assert any(image.pixel(round(x * ratio), round(y * ratio)) == ink for x in column for y in rows)
