"""Four recordings at once in the real window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research.four_dialog import FourDialog
from ecg_viewer.qt.research.four_feature import FourFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.records import RecordItem, RecordList
from ecg_viewer.state.research.four import first_choice, four_of
from ecg_viewer.state.worklist.marks import MarkedRecordings

MakeProgram = Callable[..., Program]
SERIAL = Path(__file__).parents[2] / "data" / "serial"


@pytest.fixture
def four_scorer(fake_scorer: object, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(FourFeature, "make_scorer", lambda device: fake_scorer)
    return fake_scorer


@pytest.fixture
def program(make_program: MakeProgram, demo: Path, four_scorer: object, qtbot: QtBot) -> Program:
    made = make_program()
    made.session.open([demo])
    qtbot.waitUntil(lambda: made.session.assessment.phase is Phase.DONE)
    return made


def opened(program: Program, qtbot: QtBot) -> FourDialog:
    action = program.window.action("four_ecgs")
    assert action.isEnabled()
    action.trigger()
    dialog = program.window.feature(FourFeature).dialog
    assert dialog is not None
    shown = [panel for panel in dialog.panels if not panel.isHidden()]
    qtbot.waitUntil(lambda: all(panel.session.assessment.phase is Phase.DONE for panel in shown))
    qtbot.waitUntil(lambda: all(panel.paper.is_complete for panel in shown))
    return dialog


def test_four_recordings_of_the_list_are_shown_each_with_its_name_percentile_and_notice(
    program: Program, qtbot: QtBot
) -> None:
    dialog = opened(program, qtbot)
    names = [program.session.records[row].name for row in range(4)]
    assert [panel.session.item.name for panel in dialog.panels] == names
    for name, panel in zip(names, dialog.panels, strict=True):
        said = panel.foot.text(panel.paper)
        assert said.startswith(name)
        assert "percentile 97.3 of 912 normals, 2 findings" in said
        assert said.endswith("RESEARCH USE ONLY - not for diagnosis")
        assert panel.session.heat.slice(2.0, 2.2, 4).any(), "with heat"


def test_one_that_cannot_be_read_leaves_no_former_picture(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(program, qtbot)
    (tmp_path / "bad.hea").write_text("no header", encoding="ascii")
    others = [program.session.records[row].path for row in range(1, 4)]
    dialog.show_recordings("next", [tmp_path / "bad.hea", *others])
    qtbot.waitUntil(lambda: bool(dialog.problem.text()))
    first = dialog.panels[0]
    assert "bad.hea" in dialog.problem.text()
    assert first.session.record is None
    assert first.foot.text(first.paper).startswith("no recording")
    qtbot.waitUntil(lambda: all(panel.paper.is_complete for panel in dialog.panels[1:]))
    dialog.show_recordings("next", others)
    assert dialog.problem.text() == ""


def test_all_four_have_the_scale_of_the_window_and_the_same_lead_at_the_same_height(
    program: Program, qtbot: QtBot
) -> None:
    program.session.view.set_gain(5.0)
    dialog = opened(program, qtbot)
    px_per_mm = program.window.paper.screen_scale.drawing_px_per_mm
    for panel in dialog.panels:
        area = panel.paper.areas()[0]
        assert area.px_per_mv == pytest.approx(5.0 * px_per_mm)
        assert area.px_per_s == pytest.approx(25.0 * px_per_mm)
        assert panel.paper.readout.startswith("25 mm/s · 5 mm/mV")
    heights = [{(area.lead, area.baseline_y) for area in panel.paper.areas()} for panel in dialog.panels[:2]]
    assert heights[0] == heights[1]


def test_scrolling_and_scaling_one_moves_all(program: Program, qtbot: QtBot) -> None:
    dialog = opened(program, qtbot)
    views = [panel.session.view for panel in dialog.panels]
    qtbot.keyClick(dialog, "+")
    assert {view.calibration.mm_per_mv for view in views} == {20.0}
    qtbot.keyClick(dialog, "]")
    assert {view.calibration.mm_per_s for view in views} == {50.0}
    views[2].scroll_to(1.5)
    assert {view.start_s for view in views} == {1.5}
    assert program.session.view.calibration.mm_per_s == 25.0, "the main window stays as it is"
    dialog.layout_box.setCurrentIndex(dialog.layout_box.findData("6x2"))
    assert {view.lead_choice.layout for view in views} == {"6x2"}


def test_keys_and_clicks_choose_the_active_one_and_enter_opens_it(program: Program, qtbot: QtBot) -> None:
    dialog = opened(program, qtbot)
    assert dialog.active is dialog.panels[0]
    qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.active is dialog.panels[1]
    qtbot.keyClick(dialog, Qt.Key.Key_Down)
    assert dialog.active is dialog.panels[3]
    qtbot.mouseClick(dialog.panels[2].paper, Qt.MouseButton.LeftButton)
    assert dialog.active is dialog.panels[2]
    name = dialog.active.session.item.name
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session.item.name == name)
    assert program.window.feature(FourFeature).dialog is None


def test_a_double_click_opens_a_recording(program: Program, qtbot: QtBot) -> None:
    dialog = opened(program, qtbot)
    name = dialog.panels[1].session.item.name
    qtbot.mouseDClick(dialog.panels[1].paper, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.session.item.name == name)


def test_closing_ends_every_thread_and_it_can_be_opened_again(program: Program, qtbot: QtBot) -> None:
    before = threading.active_count()
    dialog = opened(program, qtbot)
    readings = [panel._reading for panel in dialog.panels]
    assert all(lane.is_running for lane in readings)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert program.window.feature(FourFeature).dialog is None
    assert not any(lane.is_running for lane in readings)
    qtbot.waitUntil(lambda: threading.active_count() <= before)
    again = opened(program, qtbot)
    assert again is not dialog
    again.close()


def test_the_patients_recordings_come_first_where_there_are_several(
    make_program: MakeProgram, four_scorer: object, qtbot: QtBot
) -> None:
    program = make_program()
    program.session.open([SERIAL])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    dialog = opened(program, qtbot)
    shown = [panel.session.item.name for panel in dialog.panels if not panel.isHidden()]
    assert shown == ["00202", "00227"], "the two of this patient, and free places"
    dialog.which.setCurrentIndex(dialog.which.findData("next"))
    dialog.which.activated.emit(dialog.which.currentIndex())
    qtbot.waitUntil(lambda: all(panel.session.assessment.phase is Phase.DONE for panel in dialog.panels))
    assert not any(panel.isHidden() for panel in dialog.panels)


def test_marked_recordings_are_the_four(program: Program, qtbot: QtBot) -> None:
    marks = program.window.feature(WorklistFeature).worklist.marks
    wanted = [program.session.records[row] for row in (4, 1, 3)]
    marks.put([item.path for item in wanted], True)
    dialog = opened(program, qtbot)
    shown = [panel.session.item.name for panel in dialog.panels if not panel.isHidden()]
    assert shown == [program.session.records[row].name for row in (1, 3, 4)]


def test_the_wheel_on_any_paper_scrolls_all_of_them(program: Program, qtbot: QtBot) -> None:
    dialog = opened(program, qtbot)
    paper = dialog.panels[3].paper
    middle = QPointF(paper.rect().center())
    event = QWheelEvent(middle, paper.mapToGlobal(middle), QPointF(0, 0).toPoint(), QPointF(0, -240).toPoint(),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(paper, event)
    starts = {panel.session.view.start_s for panel in dialog.panels}
    assert len(starts) == 1
    assert starts != {0.0}


def test_the_last_four_of_a_patient_and_the_next_ones_are_found_in_the_list() -> None:
    records = RecordList()
    items = [RecordItem(Path(f"/r{n}"), f"r{n}", patient="p" if n in (1, 3, 4, 6, 7) else "") for n in range(9)]
    records.add(items)
    assert [path.name for path in four_of("patient", items[3], records, range(9))] == ["r3", "r4", "r6", "r7"]
    assert [path.name for path in four_of("next", items[2], records, range(9))] == ["r2", "r3", "r4", "r5"]
    assert [path.name for path in four_of("next", items[8], records, range(9))] == ["r5", "r6", "r7", "r8"]
    assert [path.name for path in four_of("next", items[8], records, [8, 1])] == ["r8", "r1"], "as the list is filtered"
    assert first_choice(items[1], records) == "patient"
    assert first_choice(items[0], records) == "next"
    marks = MarkedRecordings()
    marks.put([items[8].path, items[2].path], True)
    assert first_choice(items[1], records, marks) == "marked"
    assert [path.name for path in four_of("marked", items[1], records, range(9), marks)] == ["r2", "r8"]
