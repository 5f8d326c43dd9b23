"""Calipers on the real window: by mouse, by keys, in every layout."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.measure.caliper_feature import CaliperFeature
from ecg_viewer.qt.window.main_window import MainWindow
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.measure.caliper_angle import angle_reading
from ecg_viewer.state.measure.caliper_readings import caliper_text
from ecg_viewer.state.measure.calipers import Caliper, CaliperKind, Handle
from ecg_viewer.state.settings import SettingsFile

LEFT = Qt.MouseButton.LeftButton
RATE = 250


class Desk:
    """A window with an open recording and its calipers."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window, self.paper = qtbot, window, window.paper
        self.feature = window.feature(CaliperFeature)
        self.calipers = self.feature.calipers

    def do(self, action: str) -> None:
        self.window.action(action).trigger()

    def area(self, lead: str) -> LeadArea:
        return self.paper.areas_of(lead)[0]

    def point(self, lead: str, time_s: float, millivolts: float) -> QPoint:
        area = self.area(lead)
        return QPointF(area.x_of(time_s), area.y_of(millivolts)).toPoint()

    def drag(self, begin: QPoint, end: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mousePress(self.paper, LEFT, held, begin)
        for share in (0.5, 1.0):
            at = begin + (end - begin) * share
            where = QPointF(at)
            QApplication.sendEvent(self.paper, QMouseEvent(
                QMouseEvent.Type.MouseMove, where, self.paper.mapToGlobal(where), LEFT, LEFT, held
            ))
        QTest.mouseRelease(self.paper, LEFT, held, end)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """As a keyboard does it: the window's shortcuts are asked too."""
        QTest.keyClick(self.window, key, held) if QApplication.focusWidget() is None else QTest.keyClick(
            QApplication.focusWidget(), key, held
        )

    @property
    def caliper(self) -> Caliper:
        chosen = self.calipers.selected
        assert chosen is not None
        return chosen


@pytest.fixture
def desk(qtbot: QtBot, make_program: Callable[..., Program], write_record: Callable[..., Path]) -> Desk:
    program = make_program()
    window = program.window
    window.session.open([write_record("waves", 12.0, rate=RATE)])
    qtbot.waitUntil(lambda: window.session.record is not None and window.paper.is_complete)
    window.activateWindow()
    return Desk(qtbot, window)


def test_a_drag_spans_time_and_the_table_says_what_every_lead_does(desk: Desk) -> None:
    desk.do("caliper_time")
    desk.drag(desk.point("II", 1.0, 0.1), desk.point("II", 1.8, 0.0))
    assert desk.caliper.kind is CaliperKind.TIME
    assert desk.caliper.lead == "II"
    pixel_ms = 1000 / desk.area("II").px_per_s
    assert desk.caliper.interval_ms == pytest.approx(800, abs=2 * pixel_ms)
    readings = desk.feature.panel.readings()
    assert [reading.lead for reading in readings] == list(desk.window.session.record.lead_names)  # type: ignore[union-attr]
    swings = [reading.peak_to_peak_mv for reading in readings]
    assert swings[5] == pytest.approx(6 * (swings[0] or 0), rel=0.03)
    assert desk.feature.panel.table.rowCount() == 12


def test_amplitude_and_box_calipers_measure_millivolts_of_their_lead(desk: Desk) -> None:
    desk.do("caliper_amplitude")
    desk.drag(desk.point("V1", 2.0, 0.0), desk.point("V1", 2.4, 0.5))
    pixel_uv = 1000 / desk.area("V1").px_per_mv
    assert desk.caliper.difference_uv == pytest.approx(500, abs=2 * pixel_uv)
    assert not desk.caliper.spans_time
    desk.do("caliper_both")
    desk.drag(desk.point("V2", 2.0, 0.3), desk.point("V2", 2.5, -0.2))
    assert desk.caliper.difference_uv == pytest.approx(-500, abs=2 * pixel_uv)
    assert desk.caliper.interval_ms == pytest.approx(500, abs=10)
    assert len(desk.calipers.all) == 2


def test_a_handle_is_dragged_in_any_lead_and_the_whole_by_its_line(desk: Desk) -> None:
    desk.do("caliper_time")
    desk.drag(desk.point("II", 1.0, 0.0), desk.point("II", 2.0, 0.0))
    desk.drag(desk.point("V5", 1.0, 0.0), desk.point("V5", 1.4, 0.0))
    assert len(desk.calipers.all) == 1
    assert desk.caliper.first_s == pytest.approx(1.4, abs=0.03)
    length = desk.caliper.interval_ms
    desk.drag(desk.point("II", 1.7, desk.caliper.first_mv), desk.point("II", 2.7, desk.caliper.first_mv))
    assert desk.caliper.interval_ms == pytest.approx(length)
    assert desk.caliper.first_s == pytest.approx(2.4, abs=0.04)


def test_arrow_keys_move_a_sample_and_with_shift_ten_milliseconds(desk: Desk) -> None:
    desk.do("caliper_both")
    desk.drag(desk.point("II", 1.0, 0.0), desk.point("II", 2.0, 0.3))
    start_s = desk.window.session.view.start_s
    before = desk.caliper
    desk.press(Qt.Key.Key_Right)
    assert desk.caliper.second_s == pytest.approx(before.second_s + 1 / RATE)
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert desk.caliper.second_s == pytest.approx(before.second_s + 1 / RATE - 0.01)
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert desk.caliper.second_mv == pytest.approx(before.second_mv + 0.11)
    assert desk.window.session.view.start_s == start_s
    desk.press(Qt.Key.Key_Backtab)
    assert desk.calipers.handle is Handle.FIRST
    desk.press(Qt.Key.Key_Right)
    assert desk.caliper.first_s == pytest.approx(before.first_s + 1 / RATE)
    assert desk.paper.hasFocus()


def test_in_an_inverted_lead_up_is_where_the_key_points(desk: Desk) -> None:
    desk.window.session.view.set_cabrera(True)
    desk.qtbot.waitUntil(lambda: desk.paper.is_complete)
    area = desk.area("aVR")
    assert area.sign == -1
    desk.do("caliper_amplitude")
    desk.drag(desk.point("aVR", 2.0, 0.0), desk.point("aVR", 2.0, 0.2))
    assert desk.caliper.difference_uv == pytest.approx(200, abs=2000 / area.px_per_mv)
    before = desk.caliper.second_mv
    desk.press(Qt.Key.Key_Up)
    assert desk.caliper.second_mv == pytest.approx(before - 0.01)
    assert area.y_of(desk.caliper.second_mv) < area.y_of(before)


def test_in_columns_a_time_is_where_its_column_shows_it(desk: Desk) -> None:
    desk.window.session.view.set_layout("3x4")
    desk.qtbot.waitUntil(lambda: desk.paper.is_complete)
    area = desk.area("V1")
    assert area.left > desk.area("I").left
    middle = (area.start_s + area.end_s) / 2
    desk.do("caliper_time")
    desk.drag(desk.point("V1", middle, 0.0), desk.point("V1", middle + 0.4, 0.0))
    assert desk.caliper.lead == "V1"
    assert desk.caliper.first_s == pytest.approx(middle, abs=0.02)
    assert desk.caliper.interval_ms == pytest.approx(400, abs=25)


def test_ctrl_and_the_toggle_snap_to_the_extremum(desk: Desk) -> None:
    crest_s = 1.25 / 1.1  # a quarter, then a whole period of the recording's sine
    desk.do("caliper_time")
    desk.drag(desk.point("V6", 0.5, 0.0), desk.point("V6", crest_s + 0.02, 0.0), Qt.KeyboardModifier.ControlModifier)
    assert desk.caliper.second_s == pytest.approx(crest_s, abs=1.1 / RATE)
    desk.do("caliper_snap")
    desk.drag(desk.point("V6", 0.5, 0.2), desk.point("V6", crest_s - 0.02, 0.2))
    assert desk.caliper.second_s == pytest.approx(crest_s, abs=1.1 / RATE)
    desk.do("caliper_snap")
    desk.drag(desk.point("V6", 0.5, -0.2), desk.point("V6", crest_s - 0.02, -0.2))
    assert desk.caliper.second_s == pytest.approx(crest_s - 0.02, abs=0.01)


def test_escape_gives_up_a_drag_and_then_the_tool(desk: Desk) -> None:
    desk.do("caliper_time")
    assert desk.window.action("caliper_time").isChecked()
    QTest.mousePress(desk.paper, LEFT, Qt.KeyboardModifier.NoModifier, desk.point("II", 1.0, 0.0))
    assert desk.calipers.is_dragging
    desk.press(Qt.Key.Key_Escape)
    assert desk.calipers.all == ()
    assert desk.paper.tool is desk.feature.tool
    desk.press(Qt.Key.Key_Escape)
    assert desk.paper.tool is None
    assert not desk.window.action("caliper_time").isChecked()


def test_the_same_key_again_ends_the_tool_and_another_changes_it(desk: Desk) -> None:
    desk.do("caliper_time")
    desk.do("caliper_amplitude")
    assert desk.feature.tool.kind is CaliperKind.AMPLITUDE
    assert desk.window.action("caliper_amplitude").isChecked()
    desk.do("caliper_amplitude")
    assert desk.paper.tool is None


def test_march_remove_and_clear(desk: Desk) -> None:
    desk.do("caliper_time")
    desk.drag(desk.point("II", 1.0, 0.0), desk.point("II", 1.5, 0.0))
    desk.drag(desk.point("II", 3.0, 0.3), desk.point("II", 3.5, 0.3))
    desk.do("caliper_march")
    assert desk.caliper.marches
    assert desk.feature.panel.march_button.isChecked()
    QTest.mouseDClick(desk.paper, LEFT, Qt.KeyboardModifier.NoModifier, desk.point("II", 3.5, 0.0))
    assert not desk.caliper.marches
    desk.press(Qt.Key.Key_Delete)
    assert [caliper.number for caliper in desk.calipers.all] == [1]
    desk.do("caliper_remove")
    assert desk.calipers.all == ()
    assert not desk.window.action("caliper_remove").isEnabled()
    for start_s in (1.0, 3.0):
        desk.drag(desk.point("II", start_s, 0.0), desk.point("II", start_s + 0.5, 0.0))
    desk.do("caliper_clear")
    assert desk.calipers.all == ()


def test_the_list_chooses_and_brings_into_sight(desk: Desk) -> None:
    view = desk.window.session.view
    view.set_speed(100.0)
    view.scroll_to(0.0)
    desk.qtbot.waitUntil(lambda: desk.paper.is_complete)
    desk.do("caliper_time")
    desk.drag(desk.point("II", 0.5, 0.0), desk.point("II", 1.0, 0.0))
    view.scroll_to(view.last_start_s)
    start_s = view.start_s
    desk.drag(desk.point("II", start_s + 0.5, 0.0), desk.point("II", start_s + 1.0, 0.0))
    desk.feature.panel.list.setCurrentCell(0, 0)
    assert desk.caliper.number == 1
    assert view.start_s <= desk.caliper.start_s
    assert desk.caliper.end_s <= view.end_s
    desk.do("caliper_next")
    assert desk.calipers.handle is Handle.WHOLE


def test_the_copied_table_names_the_filter_it_was_read_through(desk: Desk) -> None:
    desk.do("caliper_time")
    desk.drag(desk.point("II", 1.0, 0.0), desk.point("II", 1.5, 0.0))
    desk.do("caliper_copy")
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 2 + 12 + 1
    assert lines[2].startswith("I\t")
    assert desk.paper.filter_readout in lines[-1]


def test_under_cabrera_table_list_label_and_cursor_say_what_the_paper_shows(desk: Desk) -> None:
    desk.do("caliper_both")
    desk.drag(desk.point("aVR", 1.0, 0.0), desk.point("aVR", 1.3, 0.3))
    recorded = {row.cell.label: row.first_mv for row in desk.feature.panel.readings()}
    assert "aVR" in recorded
    desk.do("cabrera")
    panel = desk.feature.panel
    shown = [panel.table.item(row, 0).text() for row in range(12)]
    assert shown == [area.label for area in desk.paper._layout.geometry.rows]
    assert panel.readings()[2].first_mv == pytest.approx(-(recorded["aVR"] or 0))
    assert panel.table.item(2, 1).text() == f"{panel.readings()[2].first_mv:.3f}"
    assert panel.list.item(0, 1).text().endswith("−aVR")
    assert desk.caliper.difference_uv > 0 > float(panel.list.item(0, 2).text().split(" · ")[2].split()[0])
    assert panel.as_text().splitlines()[4].startswith("−aVR\t")
    area = desk.area("aVR")
    hover = desk.paper.hover_at(QPointF(area.x_of(1.2), area.baseline_y))
    assert hover.label == "−aVR"
    assert hover.drawn_mv == -hover.amplitude_mv
    desk.window.statusBar().show_cursor(hover)
    assert desk.window.statusBar().cursor_label.text().startswith("−aVR")


def test_in_columns_handles_stand_in_their_own_leads_stretch_only(desk: Desk) -> None:
    desk.do("layout_3x4")
    areas = {area.lead: area for area in desk.paper.areas()}
    neighbour = areas["aVL"]
    outside_s = areas["V2"].start_s - 30 / neighbour.px_per_s  # its lines reach into the column of V2
    before = desk.paper.grab().toImage()
    desk.calipers.add(Caliper(0, CaliperKind.AMPLITUDE, "V2", outside_s, outside_s, -0.4, 0.4))
    after = desk.paper.grab().toImage()
    ratio = desk.paper.devicePixelRatioF()
    x = round(neighbour.x_of(outside_s) * ratio)
    for millivolts in (-0.4, 0.4):
        y = round((areas["V2"].y_of(millivolts)) * ratio)
        assert all(before.pixel(x + dx, y + dy) == after.pixel(x + dx, y + dy)
                   for dx in range(-4, 5) for dy in range(-4, 5)), "nothing of V2 is drawn on aVL"


def test_a_march_ends_with_the_recording(desk: Desk) -> None:
    desk.do("layout_12x1")
    desk.window.session.view.set_speed(12.5)
    desk.qtbot.waitUntil(lambda: desk.paper.is_complete)
    area = desk.area("II")
    assert area.end_s > 13.0, "there is paper beyond the recording's 12 s"
    before = desk.paper.grab().toImage()
    desk.calipers.add(Caliper(0, CaliperKind.TIME, "II", 1.0, 2.0, 0.0, 0.0, marches=True))
    after = desk.paper.grab().toImage()
    ratio = desk.paper.devicePixelRatioF()

    def changed(time_s: float) -> bool:
        x, bottom = round(area.x_of(time_s) * ratio), round((area.bottom - 4) * ratio)
        return any(before.pixel(x + dx, bottom) != after.pixel(x + dx, bottom) for dx in (-1, 0, 1))

    assert changed(11.0)
    assert not changed(13.0)


def test_another_recording_has_no_calipers(desk: Desk, write_record: Callable[..., Path]) -> None:
    desk.do("caliper_time")
    desk.drag(desk.point("II", 1.0, 0.0), desk.point("II", 1.5, 0.0))
    desk.window.session.open([write_record("other", 12.0)])
    desk.qtbot.waitUntil(lambda: desk.window.session.record.name == "other")  # type: ignore[union-attr]
    assert desk.calipers.all == ()
    assert desk.feature.panel.table.rowCount() == 0


def test_what_was_done_to_calipers_can_be_undone_and_done_again(desk: Desk) -> None:
    desk.do("caliper_time")
    desk.drag(desk.point("II", 1.0, 0.0), desk.point("II", 1.5, 0.0))
    drawn = desk.caliper
    desk.press(Qt.Key.Key_Right)
    moved = desk.caliper
    desk.do("caliper_remove")
    seen = []
    for action in ("undo", "undo", "undo", "redo", "redo"):
        desk.do(action)
        seen.append(desk.calipers.all)
    assert seen == [(moved,), (drawn,), (), (drawn,), (moved,)]


def test_an_angle_is_drawn_moved_undone_and_the_same_at_every_scale(desk: Desk) -> None:
    desk.do("caliper_angle")
    desk.drag(desk.point("V2", 2.0, 0.3), desk.point("V2", 2.1, -0.3))
    assert desk.caliper.kind is CaliperKind.ANGLE
    text = caliper_text(desk.caliper)
    reading = angle_reading(desk.caliper)
    assert reading.degrees == pytest.approx(2 * math.degrees(math.atan(2.5 / 6)), abs=6), "2.5 mm aside, 6 mm down"
    assert reading.base_mm == pytest.approx(2 * 2.5 * 5 / 6, abs=0.6)
    view = desk.window.session.view
    view.set_speed(50.0)
    view.set_gain(20.0)
    assert caliper_text(desk.caliper) == text, "whatever scale is shown"
    assert "25 mm/s and 10 mm/mV" in desk.feature.panel.title.text()
    assert desk.feature.panel.table.isHidden(), "an angle has no table of leads"
    view.set_speed(25.0)
    view.set_gain(10.0)
    apart = desk.caliper.third_s
    third = desk.caliper.at(Handle.THIRD)
    desk.drag(desk.point("V2", *third), desk.point("V2", third[0] - 0.1, third[1]))
    assert desk.caliper.third_s == pytest.approx(apart - 0.1, abs=0.02)
    assert angle_reading(desk.caliper).degrees > (reading.degrees or 0)
    desk.do("undo")
    assert desk.caliper.third_s == pytest.approx(apart)
    desk.do("caliper_copy")
    assert text in QApplication.clipboard().text()
    desk.do("caliper_angle")
    assert not desk.feature.tool.is_in_use


def test_calipers_are_there_again_when_the_recording_is_opened_again(
    desk: Desk, qtbot: QtBot, write_record: Callable[..., Path]
) -> None:
    desk.do("caliper_both")
    desk.drag(desk.point("V2", 2.0, 0.3), desk.point("V2", 2.5, -0.2))
    desk.do("caliper_angle")
    desk.drag(desk.point("V3", 3.0, 0.3), desk.point("V3", 3.2, -0.2))
    kept, first = desk.calipers.all, desk.window.session.record
    assert first is not None
    desk.window.session.open([write_record("other", 12.0, rate=RATE)])
    qtbot.waitUntil(lambda: desk.window.session.record is not first)
    assert desk.calipers.all == ()
    desk.window.session.open([first.source.paths[0]])
    qtbot.waitUntil(lambda: desk.calipers.all == kept)


def test_calipers_outlive_the_program_once_there_is_a_reviewer(
    qtbot: QtBot, make_program: Callable[..., Program], write_record: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_record("waves", 12.0, rate=RATE)

    def opened() -> Desk:
        settings = SettingsFile(tmp_path / "settings.json")
        settings.change(reviewer="A. Reader")
        window = make_program(settings=settings).window
        window.session.open([path])
        qtbot.waitUntil(lambda: window.session.record is not None and window.paper.is_complete)
        window.activateWindow()
        return Desk(qtbot, window)

    first = opened()
    first.do("caliper_both")
    first.drag(first.point("V2", 2.0, 0.3), first.point("V2", 2.5, -0.2))
    for _ in range(5):
        first.press(Qt.Key.Key_Right)
    kept = first.calipers.all
    first.window.close()
    second = opened()
    qtbot.waitUntil(lambda: second.calipers.all == kept)
    second.do("caliper_clear")
    second.do("undo")
    assert second.calipers.all == kept
    second.do("redo")
    second.window.close()
    third = opened()
    qtbot.waitUntil(lambda: third.feature._open_review.conclusion)
    assert third.calipers.all == (), "what was removed stays removed"
