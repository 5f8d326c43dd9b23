"""Opening: every way ends in the same place, and a bad file never costs the record that is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.settings import SettingsFile

MINI = Path(__file__).parents[2] / "data" / "ptbxl-mini"


def open_and_wait(qtbot: QtBot, program: Program, *paths: Path) -> None:
    program.session.open(paths)
    qtbot.waitUntil(lambda: not program.session.is_opening and not program.session.assessment.phase.is_running)


def test_a_path_opens_and_is_assessed_at_once(qtbot: QtBot, make_program, demo: Path) -> None:
    program = make_program()
    open_and_wait(qtbot, program, demo / "00170_hr.hea")
    assert program.session.record.name == "00170_hr"
    assert program.session.assessment.phase is Phase.DONE
    assert "00170_hr" in program.window.windowTitle()
    assert program.session.heat.assessed_fraction == pytest.approx(11 / 12, abs=0.01)


def test_the_demo_is_listed_with_its_titles_and_statements(qtbot: QtBot, make_program) -> None:
    program = make_program()
    program.window.open_demo()
    qtbot.waitUntil(lambda: program.session.record is not None)
    panel = program.window.records_panel
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    first = program.session.records[0]
    assert (first.name, first.origin) == ("00170", "demo")
    assert first.title == "A premature ventricular beat at 2.6 s, unspecific ST change"
    dataset = program.window.feature(SummaryFeature).panel.dataset.text()
    assert dataset.startswith("Data set says: NST_ 100 · PVC 100 · SR")


def test_a_ptbxl_folder_lists_its_records_with_statements_and_opens_the_first(qtbot: QtBot, make_program) -> None:
    program = make_program()
    open_and_wait(qtbot, program, MINI)
    session = program.session
    assert len(session.records) == 24
    assert session.item == session.records[0]
    assert all(item.statements and item.origin == "dataset" for item in map(session.records.__getitem__, range(24)))
    assert "Data set says" in program.window.feature(SummaryFeature).panel.dataset.text()


def test_a_folder_of_plain_records_is_listed(qtbot: QtBot, make_program, write_record, tmp_path: Path) -> None:
    write_record("b")
    write_record("a")
    program = make_program()
    open_and_wait(qtbot, program, tmp_path)
    assert [program.session.records[i].name for i in range(2)] == ["a", "b"]
    assert program.session.record.name == "a"


def test_a_click_in_the_list_opens_that_record(qtbot: QtBot, make_program) -> None:
    program = make_program()
    program.window.open_demo()
    qtbot.waitUntil(lambda: program.session.record is not None)
    panel = program.window.records_panel
    view = panel.view
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    shown = next(column for column in range(panel.model.columnCount()) if not view.isColumnHidden(column))
    rect = view.visualRect(panel.model.index(2, shown))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.waitUntil(lambda: program.session.record.name == "00234_hr")
    program.window.action("next_record").trigger()
    qtbot.waitUntil(lambda: program.session.record.name == "00195_hr")
    assert view.currentIndex().row() == 3


def test_dropping_a_file_opens_it(qtbot: QtBot, make_program, demo: Path) -> None:
    program = make_program()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(demo / "00195_hr.hea"))])
    event = QDropEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    program.window.dropEvent(event)
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert program.session.record.name == "00195_hr"


def test_a_file_that_is_dropped_to_be_moved_stays_where_it_is(qtbot: QtBot, make_program, demo: Path) -> None:
    program = make_program()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(demo / "00195_hr.hea"))])
    event = QDropEvent(
        QPoint(50, 50), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
    )
    event.setDropAction(Qt.DropAction.MoveAction)
    program.window.dropEvent(event)
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction, "a source that moved would delete the file"
    qtbot.waitUntil(lambda: program.session.record is not None)


def test_the_dialogs_open_what_was_chosen(qtbot: QtBot, make_program, demo: Path, monkeypatch) -> None:
    program = make_program()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(demo / "00234_hr.hea")], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(MINI))
    program.window.action("open").trigger()
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert program.session.record.name == "00234_hr"
    program.window.action("open_folder").trigger()
    qtbot.waitUntil(lambda: len(program.session.records) == 24)


def test_a_bad_file_gives_a_sentence_and_the_open_record_stays(
    qtbot: QtBot, make_program, demo: Path, tmp_path: Path
) -> None:
    program = make_program()
    open_and_wait(qtbot, program, demo / "00170_hr.hea")
    findings = program.session.assessment.findings
    bad = tmp_path / "broken.hea"
    bad.write_text("this is no header\n")
    open_and_wait(qtbot, program, bad)
    bar = program.window.error_bar
    assert bar.isVisible()
    assert "broken" in bar.text
    assert "Traceback" not in bar.text
    assert "Traceback" in bar.details
    assert program.session.record.name == "00170_hr"
    assert program.session.assessment.findings == findings
    assert len(program.session.records) == 1, "what cannot be opened does not enter the list"
    open_and_wait(qtbot, program, demo / "00195_hr.hea")
    assert not bar.isVisible()


def test_of_several_paths_the_readable_ones_open_and_the_bad_one_is_named(
    qtbot: QtBot, make_program, demo: Path, tmp_path: Path
) -> None:
    program = make_program()
    bad = tmp_path / "broken.hea"
    bad.write_text("")
    open_and_wait(qtbot, program, bad, demo / "00195_hr.hea")
    assert program.session.record.name == "00195_hr"
    assert "broken" in program.window.error_bar.text


def test_an_empty_folder_says_what_was_expected(qtbot: QtBot, make_program, tmp_path: Path) -> None:
    program = make_program()
    (tmp_path / "nothing").mkdir()
    open_and_wait(qtbot, program, tmp_path / "nothing")
    assert "holds no recordings" in program.window.error_bar.text
    assert program.session.record is None


@pytest.mark.parametrize(
    ("duration_s", "leads", "reason"),
    [(4.0, None, "too short"), (12.0, ("I", "II", "V1"), "lacks leads V2")],
)
def test_what_cannot_be_assessed_is_shown_hatched_with_the_reason(
    qtbot: QtBot, make_program, write_record, duration_s: float, leads: tuple[str, ...] | None, reason: str
) -> None:
    path = write_record("odd", duration_s, leads) if leads else write_record("odd", duration_s)
    program = make_program()
    open_and_wait(qtbot, program, path)
    session = program.session
    assert session.assessment.phase is Phase.UNSUPPORTED
    assert reason in program.window.feature(SummaryFeature).panel.notes.text()
    assert program.window.feature(SummaryFeature).panel.headline.text() == "Not assessed"
    assert session.heat.computed_fraction == pytest.approx(1, abs=0.01)
    assert session.heat.assessed_fraction == 0
    qtbot.waitUntil(lambda: program.window.paper.is_complete)
    assert not program.window.error_bar.isVisible(), "the record is fine; the summary says what is missing"


def test_recent_files_are_offered_and_open(qtbot: QtBot, make_program, demo: Path) -> None:
    settings = SettingsFile()
    program = make_program(settings=settings)
    open_and_wait(qtbot, program, demo / "00170_hr.hea")
    open_and_wait(qtbot, program, demo / "00195_hr.hea")
    assert [Path(text).name for text in settings.settings.recent_files] == ["00195_hr.hea", "00170_hr.hea"]
    menu = program.window.menus.recent
    program.window.menus.fill_recent()
    assert menu.actions()[1].text().startswith("00170_hr.hea")
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: program.session.record.name == "00170_hr")


def test_the_demo_does_not_enter_the_recent_files(qtbot: QtBot, make_program) -> None:
    settings = SettingsFile()
    program = make_program(settings=settings)
    program.window.open_demo()
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert settings.settings.recent_files == ()


def test_without_a_record_the_window_offers_the_ways_to_open_one(qtbot: QtBot, make_program, tmp_path: Path) -> None:
    program = make_program()
    window = program.window
    window.show_empty_state()
    assert window.empty_state.isVisible()
    bad = tmp_path / "broken.hea"
    bad.write_text("nonsense")
    open_and_wait(qtbot, program, bad)
    assert window.error_bar.isVisible()
    assert window.empty_state.isVisible()
    qtbot.mouseClick(window.empty_state.buttons[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert window.paper.isVisible()
    assert not window.empty_state.isVisible()
