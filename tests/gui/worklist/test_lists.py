"""Lists of work in the window: saved from marked rows, opened in place of the list, switched, with progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.worklist.list_dialog import ListDialog
from ecg_viewer.qt.worklist.lists_feature import ListsFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.worklist.work_lists import WorkList, read_work_list, write_work_list

MakeWorklist = Callable[..., tuple[Program, WorklistFeature]]


def names(feature: WorklistFeature) -> list[str]:
    return [feature.panel.model.item_at(position).name for position in range(feature.panel.model.rowCount())]


def trigger(program: Program, action: str) -> None:
    assert program.window.action(action).isEnabled(), action
    program.window.action(action).trigger()


@pytest.fixture
def two_lists(tmp_path: Path, write_record: Callable[..., Path]) -> tuple[Path, Path]:
    headers = [write_record(name) for name in "abc"]
    write_work_list(tmp_path / "monday.json", WorkList("Monday", tuple(headers[:2]), "Ann", "2026-12-01", "old ones"))
    write_work_list(tmp_path / "tuesday.csv", WorkList("Tuesday", (headers[2],)))
    return tmp_path / "monday.json", tmp_path / "tuesday.csv"


def test_marked_rows_become_a_list_that_is_opened_again(
    qtbot: QtBot, make_worklist: MakeWorklist, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, feature = make_worklist(demo)
    feature.worklist.marks.put([item.path for item in feature.worklist.columns.items[1:3]], True)
    chosen = sorted(item.name for item in feature.worklist.columns.items[1:3])
    target = tmp_path / "mine.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    trigger(program, "save_list")
    dialog = next(item for item in program.window.findChildren(ListDialog) if item.isVisible())
    dialog.name.setText("Mine")
    dialog.reader.setText("Ann")
    dialog.accept()
    qtbot.waitUntil(lambda: program.window.settings.settings.work_lists == (str(target),))
    assert (read_work_list(target).name, len(read_work_list(target).recordings)) == ("Mine", 2)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    trigger(program, "open_list")
    qtbot.waitUntil(lambda: sorted(names(feature)) == chosen)
    assert feature.panel.said.text() == "Mine · for Ann · 0 of 2 read"


def test_progress_is_counted_as_one_reads_and_lists_are_switched_between(
    qtbot: QtBot, make_worklist: MakeWorklist, two_lists: tuple[Path, Path]
) -> None:
    program, feature = make_worklist()
    program.window.settings.change(reviewer="Ann", notice_seen=True, tour_seen=True)
    lists = program.window.feature(ListsFeature)
    monday, tuesday = two_lists
    program.session.open([monday])
    qtbot.waitUntil(lambda: names(feature) == ["a", "b"])
    assert feature.panel.said.text() == "Monday · for Ann · due 2026-12-01 · 0 of 2 read"
    qtbot.waitUntil(lambda: program.window.action("reviewed").isEnabled())
    trigger(program, "reviewed")
    assert feature.panel.said.text() == "Monday · for Ann · due 2026-12-01 · 1 of 2 read"
    program.session.open([tuesday])
    qtbot.waitUntil(lambda: names(feature) == ["c"])
    assert feature.panel.said.text() == "Tuesday · 0 of 1 read"
    assert lists.known == (str(tuesday), str(monday))
    menu = lists.offer()
    assert [action.text() for action in menu.actions()] == ["tuesday", "monday"]
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: names(feature) == ["a", "b"])
    qtbot.waitUntil(lambda: "Ann: 1 of 2 read" in feature.panel.said.toolTip())
    assert "old ones" in feature.panel.said.toolTip()
    trigger(program, "close_list")
    assert not feature.panel.said.isVisible()


def test_a_recording_that_is_gone_is_said_and_the_others_are_listed(
    qtbot: QtBot, make_worklist: MakeWorklist, two_lists: tuple[Path, Path]
) -> None:
    program, _feature = make_worklist()
    two_lists[0].with_name("a.hea").unlink()
    program.session.open([two_lists[0]])
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "b")
    qtbot.waitUntil(program.window.error_bar.isVisible)
    assert "a" in program.window.error_bar.text
