"""Findings of one's own in the real window: marked with the mouse or by numbers, named, changed, deleted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.qt.review.review_dialogs import FindingDialog
from ecg_viewer.qt.review.review_feature import ReviewFeature

K, M = Qt.Key, Qt.KeyboardModifier


def review(program: Program) -> ReviewFeature:
    return program.window.feature(ReviewFeature)


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


def test_a_drag_over_a_lead_marks_a_finding_that_is_named_there(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(OwnFindingsFeature)
    qtbot.keyClick(opened.window.paper, K.Key_L)
    assert opened.window.action("add_finding").isChecked()
    drag(qtbot, opened, paper_point(opened, "V2", 3.0), paper_point(opened, "V2", 3.5))
    assert feature.open_review.own == (), "not kept before it is named"
    editor = feature.tool.editor
    assert editor.parent() is opened.window.paper
    qtbot.keyClicks(editor, "jaw artefact")
    qtbot.keyClick(editor, K.Key_Return)
    (own,) = feature.open_review.own
    assert (own.leads, own.label) == (("V2",), "jaw artefact")
    assert own.start_s == pytest.approx(3.0, abs=0.02)
    assert own.end_s == pytest.approx(3.5, abs=0.02)
    assert feature.controller.current.label == "jaw artefact"
    cells = review(opened).panel.model.cells(feature.controller.current)
    assert cells[2:4] == ("jaw artefact", "✎ Yours")


def test_a_drag_down_takes_several_leads(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(OwnFindingsFeature)
    qtbot.keyClick(opened.window.paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V4", 3.5), paper_point(opened, "V2", 3.0))
    qtbot.keyClick(feature.tool.editor, K.Key_Return)
    (own,) = feature.open_review.own
    assert own.leads == ("V2", "V3", "V4")
    assert own.start_s == pytest.approx(3.0, abs=0.02)


def test_esc_gives_up_the_label_the_drag_and_then_the_tool(qtbot: QtBot, opened: Program) -> None:
    feature, paper = opened.window.feature(OwnFindingsFeature), opened.window.paper
    qtbot.keyClick(paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V2", 3.0), paper_point(opened, "V2", 3.5))
    qtbot.keyClick(feature.tool.editor, K.Key_Escape)
    assert (feature.open_review.own, feature.tool.draft, paper.tool) == ((), None, feature.tool)
    qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V2", 3.0))
    qtbot.mouseMove(paper, paper_point(opened, "V2", 3.4))
    assert feature.tool.draft is not None
    qtbot.keyClick(paper, K.Key_Escape)
    qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V2", 3.4))
    assert (feature.open_review.own, feature.tool.draft) == ((), None)
    qtbot.keyClick(paper, K.Key_Escape)
    assert paper.tool is None
    assert not opened.window.action("add_finding").isChecked()


def test_edges_are_pulled_and_labels_changed_on_the_paper(qtbot: QtBot, opened: Program) -> None:
    feature, paper = opened.window.feature(OwnFindingsFeature), opened.window.paper
    feature.open_review.add_own(["V2", "V3"], 3.0, 3.5, "pause")
    qtbot.keyClick(paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V3", 3.5), paper_point(opened, "V3", 4.2))
    assert feature.open_review.own[0].end_s == pytest.approx(4.2, abs=0.02)
    assert feature.open_review.own[0].leads == ("V2", "V3")
    drag(qtbot, opened, paper_point(opened, "V2", 3.0), paper_point(opened, "V2", 9.0))
    assert feature.open_review.own[0].start_s == pytest.approx(3.0, abs=0.02), "a start does not go beyond the end"
    qtbot.mouseDClick(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V2", 3.6))
    qtbot.keyClicks(feature.tool.editor, "long pause")
    qtbot.keyClick(feature.tool.editor, K.Key_Return)
    assert feature.open_review.own[0].label == "long pause"
    assert opened.window.action("undo").text() == "Undo: change pause (V2, V3, 3.00 s)"


def test_a_click_with_the_tool_chooses_what_is_there(qtbot: QtBot, opened: Program) -> None:
    feature, paper = opened.window.feature(OwnFindingsFeature), opened.window.paper
    feature.open_review.add_own(["V5"], 3.0, 3.5, "pause")
    qtbot.keyClick(paper, K.Key_L)
    qtbot.mouseClick(paper, Qt.MouseButton.LeftButton, pos=paper_point(opened, "V5", 3.2))
    assert feature.controller.current.label == "pause"
    qtbot.keyClick(paper, K.Key_Delete)
    assert feature.open_review.own == ()
    qtbot.keyClick(paper, K.Key_Z, M.ControlModifier)
    assert len(feature.open_review.own) == 1


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
    assert [(own.leads, own.start_s, own.end_s, own.label) for own in feature.open_review.own] == [
        (("V1", "V6"), 4.0, 4.25, "delta")
    ]
    assert opened.window.action("edit_own").isEnabled()
    opened.window.action("edit_own").trigger()
    dialog = dialog_of(opened, FindingDialog)
    assert (dialog.start.value(), dialog.label.text(), dialog.leads["V6"].isChecked()) == (4.0, "delta", True)
    dialog.leads["V6"].setChecked(False)
    dialog.accept()
    assert feature.open_review.own[0].leads == ("V1",)


@pytest.mark.parametrize(("language", "system"), [("de", "C"), ("en", "de_DE")])
def test_times_typed_with_a_comma_or_a_point_are_kept_as_meant(
    qtbot: QtBot, opened: Program, language: str, system: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(system))
    opened.window.settings.change(language=language)
    try:
        qtbot.keyClick(opened.window.paper, K.Key_L, M.ShiftModifier)
        dialog = dialog_of(opened, FindingDialog)
        dialog.leads["V3"].setChecked(True)
        for box, text in ((dialog.end, "3.5"), (dialog.start, "0,5")):
            box.selectAll()
            qtbot.keyClicks(box, text)
        dialog.accept()
        own = opened.window.feature(OwnFindingsFeature).open_review.own[0]
        assert (own.start_s, own.end_s) == (0.5, 3.5)
    finally:
        opened.window.settings.change(language="en")
        QLocale.setDefault(before)


def test_enter_on_ones_own_finding_edits_it(qtbot: QtBot, opened: Program) -> None:
    feature, panel = opened.window.feature(OwnFindingsFeature), review(opened).panel
    feature.open_review.add_own(["V5"], 3.0, 3.5, "pause")
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0, 0, panel.model.index(0, 0)))
    qtbot.keyClick(panel.view, K.Key_Return)
    assert dialog_of(opened, FindingDialog).label.text() == "pause"


def test_labels_are_suggested_those_used_before_first(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(OwnFindingsFeature)
    feature.open_review.add_own(["V5"], 3.0, 3.5, "Epsilon wave")
    qtbot.keyClick(opened.window.paper, K.Key_L)
    drag(qtbot, opened, paper_point(opened, "V2", 5.0), paper_point(opened, "V2", 5.5))
    completer = feature.tool.editor.completer()
    completer.setCompletionPrefix("wave")
    offered = [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())]
    assert offered == ["Epsilon wave", "T wave inversion", "Q wave", "Delta wave"]


def test_ones_own_findings_stay_when_the_models_marks_are_hidden(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    opened.window.feature(OwnFindingsFeature).open_review.add_own(["V5"], 3.0, 3.5, "pause")
    qtbot.keyClick(paper, K.Key_Space)
    image, area = paper.grab().toImage(), paper.areas_of("V5")[0]
    ratio, colour = image.devicePixelRatio(), QColor(paper.theme.human_colour).rgb()
    column = range(int(area.x_of(3.0) - 2), int(area.x_of(3.0) + 3))
    rows = range(int(area.top), int(area.bottom))
    assert any(image.pixel(round(x * ratio), round(y * ratio)) == colour for x in column for y in rows)
