"""Context menus of the paper and of the table know what is under them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF
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
