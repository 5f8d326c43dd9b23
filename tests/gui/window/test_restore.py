"""Going on where one left off: list, recording, place, window and panels; what has gone is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.window.restore_feature import RestoreFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.qt.worklist.worklist_model import COLUMN_IDS
from ecg_viewer.state.last_session import LastSession, last_session_path, read_last_session, write_last_session
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.sorting import Sort
from ecg_viewer.state.worklist.stored_view import as_kept, from_kept


def keeper(program: Program) -> RestoreFeature:
    return program.window.feature(RestoreFeature)


def settings() -> SettingsFile:
    made = SettingsFile()
    made.change(notice_seen=True, tour_seen=True)
    return made


@pytest.fixture
def left_off(qtbot: QtBot, make_program, write_record, tmp_path: Path) -> Path:
    """Somebody looked at the second recording of a folder, at 12 s, with the list hidden, and closed the window."""
    for name in ("one", "two", "three"):
        write_record(name, 60.0)
    program = make_program(settings=settings())
    keeper(program).restore_window()
    program.window.resize(780, 640)
    program.session.open([tmp_path])
    qtbot.waitUntil(lambda: program.session.record is not None)
    names = [program.session.records[index].name for index in range(3)]
    program.session.open_item(names.index("two"))
    qtbot.waitUntil(lambda: program.session.record.name == "two")
    program.session.view.scroll_to(12.0)
    program.window.action("show_records").trigger()
    program.window.frame.side.setSizes([200, 500])
    program.window.close()
    return tmp_path


def test_the_next_start_goes_on_there(qtbot: QtBot, make_program, left_off: Path) -> None:
    program = make_program(settings=settings())
    assert keeper(program).restore_window()
    assert (program.window.width(), program.window.height()) == (780, 640)
    assert not program.window.records_panel.isVisible()
    assert not program.window.action("show_records").isChecked()
    upper, lower = program.window.frame.side.sizes()
    assert upper < lower
    assert keeper(program).restore()
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert program.session.record.name == "two"
    assert program.session.view.start_s == pytest.approx(12.0)
    assert sorted(program.session.records[index].name for index in range(3)) == ["one", "three", "two"]
    assert program.window.error_bar.isHidden()


def test_a_size_that_was_asked_for_is_kept(make_program, left_off: Path) -> None:
    program = make_program(settings=settings())
    assert keeper(program).restore_window(size_is_given=True)
    assert program.window.width() == 1400


def test_a_recording_that_has_gone_is_said_and_another_one_opens(qtbot: QtBot, make_program, left_off: Path) -> None:
    (left_off / "two.hea").unlink()
    program = make_program(settings=settings())
    keeper(program).restore_window()
    assert keeper(program).restore()
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert program.session.record.name in ("one", "three")
    qtbot.waitUntil(lambda: not program.window.error_bar.isHidden())
    assert program.window.error_bar.text == "two.hea, which was open last, can no longer be found."


def test_if_everything_has_gone_that_is_said_too(qtbot: QtBot, make_program, left_off: Path) -> None:
    last = read_last_session()
    write_last_session(LastSession((str(left_off / "no" / "more"),), record=last.record))
    program = make_program(settings=settings())
    keeper(program).restore_window()
    assert keeper(program).restore()
    qtbot.waitUntil(lambda: not program.window.error_bar.isHidden())
    assert program.window.error_bar.text == "more, which was open last, can no longer be found."
    assert program.window.empty_state.isVisible()


def test_the_bundled_recordings_come_back_too(qtbot: QtBot, make_program) -> None:
    first = make_program(settings=settings())
    keeper(first).restore_window()
    first.window.open_demo()
    qtbot.waitUntil(lambda: first.session.record is not None)
    first.session.open_item(3)
    name = first.session.records[3].path.stem
    qtbot.waitUntil(lambda: first.session.record.name == name)
    first.window.close()
    again = make_program(settings=settings())
    keeper(again).restore_window()
    assert keeper(again).restore()
    qtbot.waitUntil(lambda: again.session.record is not None and again.session.record.name == name)


def test_who_does_not_want_it_starts_anew_and_leaves_no_trace(qtbot: QtBot, make_program, left_off: Path) -> None:
    unwanted = settings()
    unwanted.change(restore_session=False)
    program = make_program(settings=unwanted)
    assert not keeper(program).restore_window()
    assert not keeper(program).restore()
    program.window.close()
    assert not last_session_path().exists()


def test_a_window_that_no_person_opened_remembers_nothing(make_program, left_off: Path) -> None:
    """Such as one that takes a picture of itself."""
    before = last_session_path().read_text(encoding="utf-8")
    program = make_program(settings=settings())
    program.window.close()
    assert last_session_path().read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "content", ["no json", "[]", '{"sources": 5}', '{"sources": [1]}', '{"start_s": "x"}', '{"splitters": {"a": 1}}']
)
def test_what_cannot_be_understood_is_no_last_session(tmp_path: Path, content: str) -> None:
    path = tmp_path / "last.json"
    path.write_text(content, encoding="utf-8")
    assert read_last_session(path) is None


def test_what_a_later_program_adds_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    path.write_text(json.dumps({"record": "r.hea", "sources": ["r.hea"], "more": 1}), encoding="utf-8")
    assert read_last_session(path) == LastSession(("r.hea",), record="r.hea")
    assert read_last_session(tmp_path / "missing.json") is None


def test_search_filters_order_and_widths_of_the_list_come_back_with_its_folder(
    qtbot: QtBot, make_program, left_off: Path, tmp_path: Path
) -> None:
    program = make_program(settings=settings())
    worklist, panel = (getattr(program.window.feature(WorklistFeature), name) for name in ("worklist", "panel"))
    keeper(program).restore_window()
    program.session.open([tmp_path])
    qtbot.waitUntil(lambda: len(worklist) == 3)
    worklist.set_sort(Sort("name", descending=True))
    worklist.set_filter(WorklistFilter(text="t", state="unreviewed", max_age=None))
    assert len(worklist.order) == 2
    program.window.action("worklist").trigger()
    panel.view.horizontalHeader().resizeSection(COLUMN_IDS.index("review"), 201)
    program.window.close()

    program = make_program(settings=settings())
    worklist, panel = (getattr(program.window.feature(WorklistFeature), name) for name in ("worklist", "panel"))
    keeper(program).restore_window()
    assert keeper(program).restore()
    qtbot.waitUntil(lambda: len(worklist) == 3)
    assert (worklist.sort, worklist.filter) == (
        Sort("name", descending=True), WorklistFilter(text="t", state="unreviewed"))
    assert [panel.model.item_at(row).name for row in range(panel.model.rowCount())] == ["two", "three"]
    assert panel.filter_edit.text() == "t"
    assert panel.active_filters.text() == "2 of 3 shown · clear filters"
    program.window.action("worklist").trigger()
    assert panel.view.columnWidth(COLUMN_IDS.index("review")) == 201

    other = make_program(settings=settings())
    other.session.open([tmp_path / "one.hea"])
    qtbot.waitUntil(lambda: other.session.record is not None)
    assert other.window.feature(WorklistFeature).worklist.filter == WorklistFilter(), "another list, another question"


def test_conditions_that_cannot_be_understood_are_left_out(caplog: pytest.LogCaptureFixture) -> None:
    kept = as_kept(WorklistFilter(text="norm", fold=9, min_percentile=99.5), Sort("age"))
    assert from_kept(json.loads(json.dumps(kept))) == (
        WorklistFilter(text="norm", fold=9, min_percentile=99.5), Sort("age"))
    damaged = {**kept, "fold": "nine", "sex": "other", "sort": ["nothing", True], "colour": "red"}
    assert from_kept(damaged) == (WorklistFilter(text="norm", min_percentile=99.5), Sort())
    assert "4 conditions" in caplog.text


def test_columns_at_the_beginning_do_not_lose_the_session(qtbot: QtBot, make_program, write_record, tmp_path) -> None:
    """A chest lead's first second is shown by scrolling the other columns to the beginning."""
    program = make_program(settings=settings())
    keeper(program).restore_window()
    program.session.open([write_record("one", 60.0)])
    qtbot.waitUntil(lambda: program.session.record is not None)
    program.session.view.show_interval(0.5, 0.7, "V5")
    assert program.session.view.start_s < 0
    program.window.close()
    program = make_program(settings=settings())
    keeper(program).restore_window()
    assert keeper(program).restore()
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert program.session.view.start_s == 0
