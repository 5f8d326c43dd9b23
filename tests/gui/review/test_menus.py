"""Context menus of the paper and of the table know what is under them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.qt.review.review_dialogs import FindingDialog
from ecg_viewer.qt.review.review_feature import ReviewFeature


def review(program: Program) -> ReviewFeature:
    return program.window.feature(ReviewFeature)


def states(program: Program) -> dict[str, str]:
    """State of each of the model's findings, by lead."""
    open_review = review(program).open_review
    return {item.lead: open_review.judgement(item).state for item in program.session.assessment.findings}


def paper_point(program: Program, lead: str, time_s: float) -> QPoint:
    area = program.window.paper.areas_of(lead)[0]
    return QPointF(area.x_of(time_s), area.top + area.height / 2).toPoint()


def dialog_of(program: Program, kind: type) -> object:
    found = [dialog for dialog in program.window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def popup() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def named(menu: QMenu, name: str) -> QAction:
    """The entry that is an action of the window."""
    return next(action for action in menu.actions() if action.objectName() == name)


def told(menu: QMenu, text: str) -> QAction:
    """The entry with this text."""
    return next(action for action in menu.actions() if action.text() == text)


def open_menu(program: Program, lead: str, time_s: float) -> QMenu:
    """By a click of the right button on the paper."""
    paper, here = program.window.paper, paper_point(program, lead, time_s)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, here, paper.mapToGlobal(here))
    QApplication.sendEvent(paper, event)
    return popup()


def test_the_papers_menu_holds_what_one_needs_there(opened: Program) -> None:
    window, view = opened.window, opened.session.view
    menu = open_menu(opened, "V2", 3.0)
    names = {action.objectName() for action in menu.actions()}
    assert {"caliper_time", "caliper_amplitude", "caliper_both", "add_finding", "average_beat", "model_marks", "export",
            "print_preview", "copy_paper", "undo", "redo"} <= names
    told(menu, "V2 to the front").trigger()
    menu.close()
    assert view.focus.front == "V2"
    menu = open_menu(opened, "V2", 3.0)
    told(menu, "All leads alike").trigger()
    menu.close()
    assert view.focus.front is None
    menu = open_menu(opened, "V2", 3.0)
    told(menu, "Zoom V2").trigger()
    menu.close()
    assert view.arrangement.leads == ("V2",)
    menu = open_menu(opened, "V2", 3.0)
    told(menu, "Back to all leads").trigger()
    menu.close()
    assert len(view.arrangement.leads) == 12
    menu = open_menu(opened, "V2", 3.0)
    named(told(menu, "Layout").menu(), "layout_6x2").trigger()
    named(told(menu, "Speed and gain").menu(), "gain_up").trigger()
    assert named(told(menu, "Compare").menu(), "compare_file").isEnabled()
    named(menu, "model_marks").trigger()
    named(menu, "caliper_time").trigger()
    menu.close()
    assert (view.lead_choice.layout, view.calibration.mm_per_mv, view.heat_visible) == ("6x2", 20, False)
    assert window.paper.tool is not None
    assert window.paper.tool.name == "Time caliper"


def test_beside_the_leads_the_papers_menu_leaves_out_what_concerns_one(opened: Program) -> None:
    paper = opened.window.paper
    paper.context_requested.emit(paper.mapToGlobal(QPoint(3, 3)), None)
    menu = popup()
    texts = [action.text() for action in menu.actions()]
    assert "Layout" in texts
    assert not [text for text in texts if text.startswith(("Zoom", "Add a finding here"))]
    menu.close()


def test_the_papers_menu_knows_what_is_under_it(qtbot: QtBot, opened: Program) -> None:
    paper, feature = opened.window.paper, opened.window.feature(OwnFindingsFeature)
    here = paper_point(opened, "II", 5.05)
    paper.context_requested.emit(paper.mapToGlobal(here), paper.area_at(QPointF(here)))
    assert opened.session.finding.lead == "II"
    menu = popup()
    named(menu, "dismiss").trigger()
    menu.close()
    assert states(opened)["II"] == "dismissed"
    there = paper_point(opened, "V1", 3.0)
    paper.context_requested.emit(paper.mapToGlobal(there), paper.area_at(QPointF(there)))
    menu = popup()
    assert not any(action.objectName() == "confirm" for action in menu.actions()), "nothing is found there"
    told(menu, "Add a finding here…").trigger()
    menu.close()
    dialog = dialog_of(opened, FindingDialog)
    assert [lead for lead, box in dialog.leads.items() if box.isChecked()] == ["V1"]
    assert dialog.start.value() == pytest.approx(2.8, abs=0.02)
    dialog.reject()
    assert feature.open_review.own == ()


def test_the_tables_menu_concerns_the_line_under_it(qtbot: QtBot, opened: Program) -> None:
    panel = review(opened).panel
    index = panel.model.index(1, 0, panel.model.index(0, 0))
    panel.view.customContextMenuRequested.emit(panel.view.visualRect(index).center())
    assert opened.session.finding.lead == "aVF"
    menu = popup()
    menu.actions()[0].trigger()
    menu.close()
    assert states(opened)["aVF"] == "confirmed"
