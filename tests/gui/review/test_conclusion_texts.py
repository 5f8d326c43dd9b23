"""Own texts in the window: a key inserts one with what was measured; the dialog writes, orders and carries them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCharFormat
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.conclusion_feature import ConclusionFeature
from ecg_viewer.qt.review.templates_dialog import TemplatesDialog
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.review.templates import Template, Templates, examples
from ecg_viewer.state.settings import SettingsFile

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qtbot: QtBot, make_program, write_record) -> Program:
    settings = SettingsFile()
    settings.change(reviewer="Ann", notice_seen=True, tour_seen=True)
    program = make_program(settings=settings)
    program.session.open([write_record("a", 12.0)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and bool(program.session.sha256))
    return program


@pytest.fixture
def feature(program: Program) -> ConclusionFeature:
    return program.window.feature(ConclusionFeature)


@pytest.fixture
def dialog(program: Program, feature: ConclusionFeature) -> TemplatesDialog:
    program.window.action("conclusion_texts").trigger()
    return next(item for item in program.window.findChildren(TemplatesDialog) if item.isVisible())


def test_a_key_inserts_its_text_filled_in_and_nothing_is_inserted_unasked(
    qtbot: QtBot, program: Program, feature: ConclusionFeature
) -> None:
    assert feature.panel.text.toPlainText() == ""
    feature.templates.replace((Template("Rate", "Rate {rate}.", 2), Template("Seen", "Seen by me.", 8)))
    qtbot.keyClick(program.window, Qt.Key.Key_2, CTRL)
    assert feature.panel.text.toPlainText() == "Rate [not measured]."
    qtbot.keyClicks(feature.panel.text, " More")
    qtbot.keyClick(feature.panel.text, Qt.Key.Key_8, CTRL)
    assert feature.panel.text.toPlainText() == "Rate [not measured]. More\nSeen by me."
    feature.panel.keep()
    assert feature.open_review.conclusion is not None
    assert feature.open_review.conclusion.text.endswith("Seen by me.")


def test_a_mark_of_what_was_not_measured_stands_out(feature: ConclusionFeature) -> None:
    feature.panel.insert("QTc [not measured], rate 70/min")
    ranges = feature.panel.text.document().firstBlock().layout().formats()
    assert [(item.start, item.length) for item in ranges] == [(4, 14)]
    assert ranges[0].format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    assert ranges[0].format.fontWeight() == QFont.Weight.Bold


@pytest.mark.measures
def test_measured_values_are_filled_in(
    qtbot: QtBot, make_program, demo: Path
) -> None:
    settings = SettingsFile()
    settings.change(reviewer="Ann", notice_seen=True, tour_seen=True)
    program = make_program(settings=settings)
    program.session.open([demo / "00170_hr.hea"])
    feature = program.window.feature(ConclusionFeature)
    qtbot.waitUntil(lambda: feature._intervals.measurements is not None)
    rate = feature._intervals.measurements.rate_bpm.value
    program.window.action("conclusion_text_1").trigger()
    assert feature.panel.text.toPlainText().startswith(f"Rate {rate:.0f}/min, PR ")


def test_actions_and_menu_have_the_names_of_the_texts(program: Program, feature: ConclusionFeature) -> None:
    feature.templates.replace((Template("R&S", "x", 1), Template("No key", "y")))
    assert program.window.action("conclusion_text_1").text() == "R&&S"
    assert not program.window.action("conclusion_text_2").isEnabled()
    feature._offer()
    assert [action.text() for action in feature._menu.actions()] == ["R&&S\tCtrl+1", "No key"]
    feature._menu.actions()[1].trigger()
    assert feature.panel.text.toPlainText() == "y"


def test_texts_are_added_changed_ordered_given_keys_and_deleted(
    qtbot: QtBot, feature: ConclusionFeature, dialog: TemplatesDialog
) -> None:
    assert dialog.list.count() == len(examples())
    while dialog.items:
        dialog.actions_row["remove"].click()
    for name, text in (("A", "first"), ("B", "second")):
        dialog.actions_row["add"].click()
        qtbot.keyClicks(dialog.name, name)
        qtbot.keyClicks(dialog.text, text)
    dialog.key.setCurrentIndex(4)
    dialog.actions_row["up"].click()
    assert [(item.name, item.text, item.key) for item in dialog.items] == [("B", "second", 4), ("A", "first", 0)]
    dialog.list.setCurrentRow(1)
    dialog.key.setCurrentIndex(4)
    assert [item.key for item in dialog.items] == [0, 4], "a key has one text"
    dialog.accept()
    assert feature.templates.items == (Template("B", "second"), Template("A", "first", 4))
    assert Templates().items == feature.templates.items


def test_cancel_changes_nothing_and_ok_without_a_change_keeps_the_examples(
    program: Program, feature: ConclusionFeature, dialog: TemplatesDialog
) -> None:
    dialog.actions_row["remove"].click()
    dialog.reject()
    assert feature.templates.items == examples()
    feature.edit_templates().accept()
    assert not feature.templates.path.exists()


def test_a_placeholder_that_is_none_is_named(qtbot: QtBot, dialog: TemplatesDialog) -> None:
    dialog.text.setPlainText("{rate} and {heart}")
    assert dialog.problem.text() == "{heart} is filled in with nothing and stays as it is."
    dialog.text.setPlainText("{rate}")
    assert dialog.problem.text() == ""


def test_texts_go_to_a_file_and_come_back_beside_those_there_are(dialog: TemplatesDialog, tmp_path: Path) -> None:
    dialog.export_file(tmp_path / "t.json")
    for _ in range(4):
        dialog.actions_row["remove"].click()
    dialog.items[0] = Template("Mine", "mine", 1)
    dialog.import_file(tmp_path / "t.json")
    names = [item.name for item in dialog.items]
    assert names[0] == "Mine"
    assert sorted(names[1:]) == sorted(item.name for item in examples())
    assert [item.name for item in dialog.items if item.key == 1] == ["Mine"]
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    dialog.import_file(tmp_path / "bad.json")
    assert "bad.json holds no texts" in dialog.problem.text()
    dialog.actions_row["examples"].click()
    assert [item.name for item in dialog.items] == names, "those that are there already are not added again"
