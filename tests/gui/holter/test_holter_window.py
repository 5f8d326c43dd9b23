"""The window of a long recording: what it shows, and that everything in it leads to the moment on the paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.holter.holter_feature import HolterFeature
from ecg_viewer.qt.holter.holter_window import EPISODES, PAGE, SHAPES, TRENDS, VARIABILITY, HolterWindow
from ecg_viewer.qt.holter.limits_dialog import LimitsDialog
from mmae_core.holter.limits import HolterLimits

RECORD = Path(__file__).resolve().parents[2] / "data" / "holter" / "mitdb106_2min.hea"
Opens = Callable[[Program, Path], None]


def feature_of(program: Program) -> HolterFeature:
    return program.window.feature(HolterFeature)


def shown(qtbot: QtBot, program: Program, action: str = "holter") -> HolterWindow:
    """The window, its analysis at the end."""
    program.window.action(action).trigger()
    feature = feature_of(program)
    qtbot.waitUntil(lambda: feature.board.found is not None and not feature.board.is_running)
    assert feature.dialog is not None
    return feature.dialog


@pytest.fixture
def program(make_program: Callable[[], Program], opens: Opens) -> Program:
    made = make_program()
    opens(made, RECORD)
    return made


@pytest.fixture
def by_clock(make_program: Callable[[], Program], opens: Opens, tmp_path: Path) -> Program:
    """The same recording, begun at 23:59:00."""
    for path in RECORD.parent.glob(f"{RECORD.stem}.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    header = tmp_path / RECORD.name
    first, *rest = header.read_text(encoding="ascii").splitlines()
    header.write_text("\n".join([f"{first} 23:59:00", *rest]) + "\n", encoding="ascii")
    made = make_program()
    opens(made, header)
    return made


def middle_s(program: Program) -> float:
    view = program.session.view
    return view.start_s + view.visible_s / 2


def test_the_key_opens_the_trends_and_the_analysis_runs_to_its_end(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program)
    found = feature_of(program).board.found
    assert found is not None
    assert found.is_complete
    assert dialog.tabs.currentIndex() == TRENDS
    assert dialog.summary.text().startswith("145 beats · ")
    assert not dialog.progress.isVisible()
    assert not dialog.again_button.isVisible()


def test_a_recording_of_ten_seconds_says_why_not(
    make_program: Callable[[], Program], opens: Opens, demo: Path
) -> None:
    made = make_program()
    opens(made, sorted(demo.glob("*.hea"))[0])
    made.window.action("holter").trigger()
    dialog = feature_of(made).dialog
    assert dialog is not None
    assert not dialog.tabs.isVisible()
    assert dialog.refusal.isVisible()
    assert dialog.refusal.text().startswith("This recording lasts 10 s.")
    assert "from 60 s on" in dialog.refusal.text()
    assert feature_of(made).board.found is None


def test_everything_the_window_says_follows_the_language(
    qtbot: QtBot, program: Program, opens: Opens, demo: Path
) -> None:
    dialog = shown(qtbot, program, "holter_page")
    settings = program.window.settings
    try:
        settings.change(language="de")
        assert dialog.scale.text().startswith("60 s je Zeile")
        assert dialog.clock.toolTip() == "Die Datei gibt nicht an, wann die Aufzeichnung begann."
        opens(program, demo / "00262_hr.hea")
        settings.change(language="en")
        assert dialog.refusal.text().startswith("This recording lasts 10 s.")
        settings.change(language="de")
        assert dialog.refusal.text().startswith("Diese Aufzeichnung dauert 10 s.")
    finally:
        settings.change(language="en")


def test_a_click_on_the_page_goes_to_the_moment(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program, "holter_page")
    page = dialog.page
    assert dialog.tabs.currentIndex() == PAGE
    qtbot.waitUntil(lambda: page.is_read)
    assert page.n_lines == 2
    assert page.trace == "II"
    at = page.point_of(90.0)
    assert page.time_at(at) == pytest.approx(90, abs=0.1)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert middle_s(program) == pytest.approx(90, abs=0.2)


def test_keys_go_along_the_page_and_enter_goes_there(qtbot: QtBot, program: Program) -> None:
    page = shown(qtbot, program, "holter_page").page
    view = program.session.view
    for key, line in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0), (Qt.Key.Key_End, 1), (Qt.Key.Key_Home, 0),
                      (Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, 0)):
        QTest.keyClick(page, key)
        assert page.line == line, key
    QTest.keyClick(page, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert middle_s(program) == pytest.approx(60, abs=0.2)
    start_s = view.start_s
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert view.start_s == pytest.approx(start_s + view.visible_s)
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert view.start_s == pytest.approx(start_s)


def test_the_wheel_scrolls_the_page(
    qtbot: QtBot, make_program: Callable[[], Program], opens: Opens, write_record: Callable[..., Path]
) -> None:
    made = make_program()
    opens(made, write_record("hour", duration_s=3600.0))
    made.window.action("holter_page").trigger()
    dialog = feature_of(made).dialog
    assert dialog is not None
    page = dialog.page
    feature_of(made).board.stop()
    qtbot.waitUntil(lambda: page.is_read)
    assert page.n_lines == 60
    middle = QPointF(page.viewport().rect().center())
    event = QWheelEvent(middle, page.viewport().mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(page.viewport(), event)
    assert page.verticalScrollBar().value() > 0
    qtbot.waitUntil(lambda: page.is_read)


def test_the_page_states_its_scale_and_keeps_it(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program, "holter_page")
    page = dialog.page
    per_mm = program.window.paper.screen_scale.drawing_px_per_mm
    speed = (page.point_of(59.0).x() - page.point_of(0.0).x()) / 59.0 / per_mm
    assert f"{speed:.1f} mm/s" in dialog.scale.text()
    assert "5 mm/mV" in dialog.scale.text()
    dialog.gain.setCurrentIndex(2)
    assert "10 mm/mV" in dialog.scale.text()
    assert page.gain_mm_per_mv == 10


def test_departing_beats_are_coloured_on_the_page(qtbot: QtBot, program: Program) -> None:
    page = shown(qtbot, program, "holter_page").page
    qtbot.waitUntil(lambda: page.is_read)
    found = feature_of(program).board.found
    assert found is not None
    colour = program.window.paper.theme.model_colour
    image = page.viewport().grab().toImage()
    ratio = image.devicePixelRatio()

    def is_coloured(r_s: float) -> bool:
        at = page.point_of(r_s)
        columns = range(round((at.x() - 2) * ratio), round((at.x() + 3) * ratio))
        rows = range(round((at.y() - 18) * ratio), round((at.y() + 12) * ratio))
        return any(image.pixelColor(x, y).name() == colour for x in columns for y in rows)

    usual = found.beats.r_s[~found.beats.departs & ~found.beats.is_premature]
    alone = [r_s for r_s in usual if not any(abs(r_s - at) < 1.2 for at in found.beats.r_s[found.beats.departs])]
    assert all(is_coloured(r_s) for r_s in found.beats.r_s[found.beats.departs][5:15])
    assert alone
    assert not any(is_coloured(r_s) for r_s in alone[:5])


def test_another_lead_is_shown_on_the_page_in_the_trend_and_in_the_shapes(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program, "holter_page")
    dialog.lead.setCurrentText("V1")
    assert dialog.page.trace == "V1"
    qtbot.waitUntil(lambda: dialog.page.is_read)
    assert dialog.trends.lanes[3].title() == "ST V1"


def test_a_click_on_a_trend_goes_there_and_arrows_a_minute(qtbot: QtBot, program: Program) -> None:
    trends = shown(qtbot, program).trends
    at = QPoint(round(trends.x_of(60.0)), trends.height() // 2)
    qtbot.mouseClick(trends, Qt.MouseButton.LeftButton, pos=at)
    assert middle_s(program) == pytest.approx(60, abs=0.5)
    QTest.keyClick(trends, Qt.Key.Key_Left)
    assert program.session.view.start_s == 0
    QTest.keyClick(trends, Qt.Key.Key_Right)
    assert middle_s(program) == pytest.approx(program.session.view.visible_s / 2 + 60, abs=0.5)


def test_qtc_follows_the_formula_of_the_settings(qtbot: QtBot, program: Program) -> None:
    trends = shown(qtbot, program).trends
    assert trends.lanes[2].title() == "QT / QTc Fridericia"
    program.window.settings.change(qtc_formula="Hodges")
    assert trends.lanes[2].title() == "QT / QTc Hodges"


def test_pointing_at_a_trend_tells_time_and_values(qtbot: QtBot, program: Program) -> None:
    trends = shown(qtbot, program).trends
    found = feature_of(program).board.found
    assert found is not None
    words = trends.words_at(QPointF(trends.x_of(30.0), 100)).splitlines()
    assert words[0].startswith("30.")
    assert f"Rate: {found.trends.rate_bpm[0]:.0f} /min" in words
    assert f"Departing beats: {found.trends.departures[0]:.0f} /min" in words


def test_an_episode_is_gone_to_by_click_and_by_enter(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program)
    board = feature_of(program).board
    board.set_limits(board.limits.with_values({"run_beats": 2, "fast_bpm": 90, "least_rate_s": 10}))
    dialog.show_tab(EPISODES)
    tab = dialog.episodes
    assert len(tab.shown) > 2
    assert tab.count.text() == f"episodes: {len(tab.shown)}"
    view = program.session.view
    for row, by_key in ((len(tab.shown) - 1, False), (0, True)):
        episode = tab.shown[row]
        tab.table.selectRow(row)
        if by_key:
            QTest.keyClick(tab.table, Qt.Key.Key_Return)
        else:
            index = tab.table.model().index(row, 0)
            qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton,
                             pos=tab.table.visualRect(index).center())
        assert view.start_s <= episode.start_s <= view.end_s


def test_episodes_are_ordered_by_strength_and_filtered_by_kind(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program)
    board = feature_of(program).board
    board.set_limits(board.limits.with_values({"run_beats": 2, "pause_s": 1.0}))
    tab = dialog.episodes
    assert {item.kind for item in tab.shown} >= {"run", "pause"}
    assert [item.start_s for item in tab.shown] == sorted(item.start_s for item in tab.shown)
    tab.order.setCurrentIndex(1)
    strengths = [item.strength for item in tab.shown]
    assert strengths == sorted(strengths, reverse=True)
    tab.kind.setCurrentIndex(tab.kind.findData("pause"))
    assert {item.kind for item in tab.shown} == {"pause"}
    assert all(row[2] == "Pause" for row in tab.table.cells)


def test_limits_are_changed_in_their_dialog(qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = shown(qtbot, program)
    board = feature_of(program).board

    def answer(asked: LimitsDialog) -> int:
        asked.boxes["pause_s"].setValue(1.0)
        asked.boxes["slow_bpm"].setValue(90)
        asked.boxes["fast_bpm"].setValue(60)
        asked.buttons.accepted.emit()
        assert asked.problem.text() == "Slow must be less than fast."
        asked.buttons.button(asked.buttons.StandardButton.RestoreDefaults).click()
        asked.boxes["pause_s"].setValue(1.0)
        asked.buttons.accepted.emit()
        return asked.result()

    monkeypatch.setattr(LimitsDialog, "exec", answer)
    dialog.show_tab(EPISODES)
    qtbot.mouseClick(dialog.episodes.limits_button, Qt.MouseButton.LeftButton)
    assert board.limits == HolterLimits(pause_s=1.0)
    assert any(item.kind == "pause" for item in dialog.episodes.shown)


def test_what_was_found_is_written_with_its_limits(
    qtbot: QtBot, by_clock: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(qtbot, by_clock)
    board = feature_of(by_clock).board
    board.set_limits(board.limits.with_values({"run_beats": 2}))
    answers = iter(((str(tmp_path / "found.csv"), ""), (str(tmp_path / "found"), "")))
    monkeypatch.setattr("ecg_viewer.qt.holter.holter_window.QFileDialog.getSaveFileName", lambda *_: next(answers))
    dialog.show_tab(EPISODES)
    for button in (dialog.episodes.csv_button, dialog.episodes.json_button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rows = (tmp_path / "found.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + len(board.found.episodes if board.found else ())
    assert "day" in rows[0]
    assert (",23:59:" in rows[1] or ",00:00:" in rows[1])
    report = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert report["limits"]["run_beats"] == 2
    assert report["clock"]["start"] == "23:59:00"


def test_what_is_saved_is_what_was_found_when_the_file_was_asked_for(
    qtbot: QtBot, by_clock: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(qtbot, by_clock)
    board = feature_of(by_clock).board
    assert board.found is not None
    n_found = len(board.found.episodes)

    def another_opens(*_: object) -> tuple[str, str]:
        monkeypatch.setattr(type(board), "found", property(lambda _board: None))
        return str(tmp_path / "found.csv"), ""

    monkeypatch.setattr("ecg_viewer.qt.holter.holter_window.QFileDialog.getSaveFileName", another_opens)
    dialog.ask_file("csv")
    assert len((tmp_path / "found.csv").read_text(encoding="utf-8").splitlines()) == 1 + n_found


def test_a_shape_goes_to_its_first_beat_and_on_through_all(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program)
    dialog.show_tab(SHAPES)
    tab = dialog.shapes
    found = feature_of(program).board.found
    assert found is not None
    assert [row[0] for row in tab.table.cells] == [shape.name for shape in found.shapes]
    index = tab.table.model().index(1, 0)
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=tab.table.visualRect(index).center())
    times = found.beats.r_s[found.beats.shape == 1]
    view = program.session.view
    assert view.start_s <= times[0] <= view.end_s
    assert tab.place.text() == f"Beat 1 of {len(times)} of shape B"
    for _ in range(len(times)):
        qtbot.mouseClick(tab.next_button, Qt.MouseButton.LeftButton)
    assert tab.place.text() == f"Beat {len(times)} of {len(times)} of shape B"
    assert view.start_s <= times[-1] <= view.end_s
    qtbot.mouseClick(tab.previous_button, Qt.MouseButton.LeftButton)
    assert tab.place.text() == f"Beat {len(times) - 1} of {len(times)} of shape B"


def test_refused_variability_gives_its_reason_and_points_lead_to_their_beat(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program)
    dialog.show_tab(VARIABILITY)
    tab = dialog.variability
    assert tab.values["sdnn_ms"].text() == "–"
    assert "intervals between normal beats; 240 are needed" in tab.note.text()
    plot = tab.plot
    assert plot.n_points > 20
    heard: list[float] = []
    plot.chosen.connect(heard.append)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.point_of(10).toPoint())
    found = feature_of(program).board.found
    assert found is not None
    assert heard[0] in found.beats.r_s
    assert program.session.view.start_s <= heard[0] <= program.session.view.end_s


def test_times_of_day_are_shown_and_turned_off_everywhere(qtbot: QtBot, by_clock: Program) -> None:
    dialog = shown(qtbot, by_clock)
    action = by_clock.window.action("clock_time")
    assert action.isEnabled()
    assert action.isChecked()
    assert dialog.clock.isChecked()
    trends = dialog.trends
    assert trends.words_at(QPointF(trends.x_of(90.0), 50)).startswith("day 2, 00:00:")
    assert dialog.shapes.table.cells[0][1].startswith("23:59:")
    action.trigger()
    assert not by_clock.window.action("clock_time").isChecked()
    assert not dialog.clock.isChecked()
    assert trends.words_at(QPointF(trends.x_of(90.0), 50)).splitlines()[0].startswith("90.")
    dialog.clock.click()
    assert by_clock.window.action("clock_time").isChecked()


def test_without_a_stated_time_there_is_no_clock(qtbot: QtBot, program: Program) -> None:
    dialog = shown(qtbot, program)
    assert not program.window.action("clock_time").isEnabled()
    assert not dialog.clock.isEnabled()
    assert dialog.clock.toolTip() == "The file does not state when the recording began."


def test_the_analysis_is_stopped_and_begun_again(
    qtbot: QtBot, make_program: Callable[[], Program], opens: Opens, write_record: Callable[..., Path]
) -> None:
    made = make_program()
    opens(made, write_record("hour", duration_s=3600.0))
    made.window.action("holter").trigger()
    feature = feature_of(made)
    assert feature.dialog is not None
    board, dialog = feature.board, feature.dialog
    assert board.is_running
    assert dialog.stop_button.isVisible()
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not board.is_running)
    assert board.is_stopped
    assert (board.found is None or not board.found.is_complete)
    assert dialog.again_button.isVisible()
    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    assert board.is_running
    board.stop()
    qtbot.waitUntil(lambda: not board.is_running)
