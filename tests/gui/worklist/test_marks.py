"""Marked recordings: by key, by click, in ranges; scored and written alone."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import parquet
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.worklist.table_dialog import TableDialog
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.qt.worklist.worklist_model import COLUMN_IDS
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import RecordScore

MINI = Path(__file__).parents[2] / "data" / "ptbxl-mini"
MakeWorklist = Callable[..., tuple[Program, WorklistFeature]]
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def middle_of(feature: WorklistFeature, position: int, column: str) -> QPoint:
    return feature.panel.view.visualRect(feature.panel.model.index(position, COLUMN_IDS.index(column))).center()


def click(qtbot: QtBot, feature: WorklistFeature, position: int, column: str, modifier: Qt.KeyboardModifier) -> None:
    place = middle_of(feature, position, column)
    qtbot.mouseClick(feature.panel.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def marked(feature: WorklistFeature) -> list[int]:
    return sorted(feature.worklist.position(path) for path in feature.worklist.marks)


def trigger(program: Program, action: str) -> None:
    assert program.window.action(action).isEnabled(), action
    program.window.action(action).trigger()


def test_insert_marks_the_current_recording_and_goes_on_in_the_table(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    view = feature.panel.view
    assert view.isColumnHidden(COLUMN_IDS.index("mark")), "no room is taken before anything is marked"
    program.window.paper.setFocus()
    qtbot.keyClick(program.window, Qt.Key.Key_Insert)
    assert marked(feature) == [view.currentIndex().row()] == [0]
    assert not view.isColumnHidden(COLUMN_IDS.index("mark"))
    assert feature.panel.title == "Recordings · 24 · 1 marked"
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    assert (marked(feature), view.currentIndex().row()) == ([1], 2), "the first was unmarked, the next marked"
    trigger(program, "clear_marks")
    assert (marked(feature), view.isColumnHidden(COLUMN_IDS.index("mark"))) == ([], True)


def test_a_click_on_the_box_marks_and_shift_marks_all_between_without_opening_anything(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    opened = program.session.item
    trigger(program, "worklist")
    click(qtbot, feature, 1, "mark", NONE)
    click(qtbot, feature, 4, "name", SHIFT)
    assert marked(feature) == [1, 2, 3, 4]
    click(qtbot, feature, 2, "mark", NONE)
    assert marked(feature) == [1, 3, 4]
    trigger(program, "worklist")
    click(qtbot, feature, 6, "name", SHIFT)
    assert marked(feature) == [1, 2, 3, 4, 5, 6]
    assert program.session.item is opened
    assert not program.session.is_opening


def test_what_is_shown_or_marked_is_scored_alone(
    qtbot: QtBot, make_worklist: MakeWorklist, background
) -> None:
    program, feature = make_worklist(MINI)
    feature.worklist.set_filter(WorklistFilter(sex="female"))
    shown = [feature.worklist.columns.names[row] for row in feature.worklist.order]
    trigger(program, "mark_shown")
    feature.worklist.set_filter(WorklistFilter())
    trigger(program, "score_marked")
    qtbot.waitUntil(lambda: not feature.filler.scoring.is_running and bool(background.asked))
    first = program.session.item.name
    assert {name.split("_")[0] for name in background.asked} | {first} == set(shown) | {first}
    assert 0 < len(shown) < 24
    feature.worklist.set_filter(WorklistFilter(text=feature.worklist.columns.names[-1]))
    before = len(background.asked)
    trigger(program, "score_shown")
    qtbot.waitUntil(lambda: not feature.filler.scoring.is_running)
    assert len(background.asked) - before <= 1


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_worklist_is_saved_as_a_table_of_what_was_chosen(
    qtbot: QtBot, make_worklist: MakeWorklist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    program, feature = make_worklist(MINI)
    feature.worklist.put_scores({3: RecordScore(2.0, 98.5, 1.0, "good", ())})
    feature.worklist.marks.put([feature.worklist.columns.items[3].path], True)
    target = tmp_path / f"list{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    trigger(program, "export_worklist")
    dialog = next(item for item in program.window.findChildren(TableDialog) if item.isVisible())
    assert [button.text() for button in dialog.scope.buttons.values()] == [
        "Marked recordings (1)", "Recordings shown (24)", "All recordings of the worklist (24)"]
    assert dialog.scope.scope == "marked"
    assert not dialog.conclusions.isChecked()
    dialog.accept()
    qtbot.waitUntil(lambda: program.window.status.currentMessage() == f"{target.name}: 1 recordings written.")
    if suffix == ".csv":
        lines = target.read_text(encoding="utf-8-sig").splitlines()
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    else:
        rows = parquet.read_table(target).to_pylist()
    assert [(row["record"], float(row["percentile"])) for row in rows] == [(feature.worklist.columns.names[3], 98.5)]
    assert "conclusion" not in rows[0]
