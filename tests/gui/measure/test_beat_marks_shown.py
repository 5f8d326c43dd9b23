"""Caliper and fiducials on the average beat of a patient's recording: by mouse, by keys, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.measure.beat_dialog import AverageBeatDialog
from ecg_viewer.qt.measure.beat_marks_feature import BeatMarksFeature
from ecg_viewer.qt.measure.beat_paper import BeatPaper
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.window.main_window import MainWindow
from mmae_core.record import STANDARD_LEADS

RECORD = Path(__file__).parents[2] / "data" / "ptbxl-mini" / "records500" / "00000" / "00035_hr.hea"

pytestmark = pytest.mark.measures


@pytest.fixture
def window(qtbot: QtBot, make_program: Callable[..., Program]) -> MainWindow:
    window = make_program().window
    window.session.open([RECORD])
    tracker = window.feature(IntervalFeature).tracker
    qtbot.waitUntil(lambda: tracker.average is not None and not tracker.is_running)
    return window


def opened(window: MainWindow, tool: str) -> tuple[BeatMarksFeature, AverageBeatDialog]:
    feature = window.feature(BeatMarksFeature)
    window.action("beat_fiducials").trigger()
    feature.choice.setCurrentIndex(["none", "caliper", "fiducials"].index(tool))
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    return feature, dialog


def at(paper: BeatPaper, time_s: float, millivolts: float) -> QPoint:
    place = paper.place
    assert place is not None
    return QPoint(round(place.x_of(time_s)), round(place.y_of(millivolts)))


def drag(paper: BeatPaper, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.5, 1.0):
        QTest.mouseMove(paper, start + (end - start) * share)
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=end)


def test_a_drag_measures_time_and_amplitude_and_the_table_says_what_every_lead_does(window: MainWindow) -> None:
    feature, dialog = opened(window, "caliper")
    paper = dialog.papers["V2"]
    start, end = at(paper, -0.1, 0.0), at(paper, 0.1, 0.3)
    drag(paper, start, end)
    caliper = feature.marks.calipers.selected
    place = paper.place
    assert caliper is not None
    assert place is not None
    seconds = (end.x() - start.x()) / place.px_per_s
    assert caliper.interval_ms == pytest.approx(1000 * seconds, abs=1)
    assert caliper.difference_uv == pytest.approx(1000 * (start.y() - end.y()) / place.px_per_mv, abs=1)
    average, measured = feature.marks.average, window.feature(IntervalFeature).tracker.measurements
    assert average is not None
    assert measured is not None
    times = average.times_s
    for row in feature.panel.readings():
        trace = average.mv[measured.leads.index(row.lead)]
        first_s = caliper.first_s + times[0]
        assert row.first_mv == pytest.approx(trace[np.argmin(np.abs(times - first_s))], abs=1e-9)
    assert [row.lead for row in feature.panel.readings()] == list(STANDARD_LEADS)
    assert feature.panel.isVisible()
    assert "/min" not in feature.panel.title.text(), "a rate means nothing within a beat"
    feature.panel.copy_button.click()
    lines = QApplication.clipboard().text().splitlines()
    assert any(line.startswith("V6\t") for line in lines)


def test_handles_are_grabbed_moved_by_keys_and_the_caliper_removed(window: MainWindow) -> None:
    feature, dialog = opened(window, "caliper")
    paper, calipers = dialog.papers["II"], feature.marks.calipers
    drag(paper, at(paper, -0.1, 0.0), at(paper, 0.1, 0.2))
    before = calipers.selected
    assert before is not None
    drag(paper, at(paper, -0.1, 0.0), at(paper, -0.15, 0.0))
    assert calipers.selected is not None
    assert calipers.selected.second_s == before.second_s
    assert calipers.selected.first_s < before.first_s
    here = calipers.selected
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Left)
    assert calipers.selected.first_s == pytest.approx(here.first_s - 0.002)
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert calipers.selected.first_mv == pytest.approx(here.first_mv + 0.1)
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Delete)
    assert calipers.selected is None
    feature.panel.undo_button.click()
    assert calipers.selected is not None, "what was removed comes back"
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Escape)
    assert feature.marks.tool == "none"
    assert feature.choice.currentData() == "none"


def test_a_click_leaves_no_caliper(window: MainWindow) -> None:
    feature, dialog = opened(window, "caliper")
    QTest.mouseClick(dialog.papers["I"], Qt.MouseButton.LeftButton, pos=at(dialog.papers["I"], 0.0, 0.2))
    assert feature.marks.calipers.selected is None


def test_a_moved_fiducial_is_the_readers_and_the_programs_value_stands_beside_it(window: MainWindow) -> None:
    feature, dialog = opened(window, "fiducials")
    program = dict(feature.marks.program)
    measured = window.feature(IntervalFeature).tracker.measurements
    assert measured is not None
    assert feature.panel.intervals.text().splitlines()[1] == f"PR {measured.pr_ms.value:.0f} ms"
    paper = dialog.papers["II"]
    drag(paper, at(paper, program["p_on"], 0.0), at(paper, program["p_on"] - 0.04, 0.0))
    own = feature.marks.own["p_on"]
    assert own == pytest.approx(program["p_on"] - 0.04, abs=0.012)
    yours = 1000 * (program["qrs_on"] - own)
    assert feature.panel.intervals.text().splitlines()[1] == (
        f"PR {yours:.0f} ms (yours; program {measured.pr_ms.value:.0f})")
    assert "yours" not in feature.panel.intervals.text().splitlines()[2], "the QRS is the program's"
    assert window.feature(IntervalFeature).tracker.measurements is measured, "nothing else of the program has changed"
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Right)
    assert feature.marks.own["p_on"] == pytest.approx(own + 0.002)
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Delete)
    assert feature.marks.own == {}


def test_keys_walk_through_the_fiducials_and_none_passes_its_neighbour(window: MainWindow) -> None:
    feature, dialog = opened(window, "fiducials")
    marks = feature.marks
    marks.choose("qrs_on")
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Tab)
    assert marks.chosen == "qrs_end"
    for _ in range(60):
        QTest.keyClick(dialog.sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert marks.fiducials["qrs_on"] < marks.fiducials["qrs_end"] <= marks.fiducials["qrs_on"] + 0.006
    feature.panel.reset_button.click()
    assert marks.fiducials == {name: marks.program[name] for name in marks.fiducials}


def test_another_recording_begins_without_marks(window: MainWindow, demo: Path, qtbot: QtBot) -> None:
    feature, dialog = opened(window, "fiducials")
    feature.marks.move_fiducial(0.02)
    feature.marks.begin_caliper("V1", 0.0, 0.0)
    assert feature.marks.own
    before = feature.marks.average
    window.session.open([demo / "00170_hr.hea"])
    qtbot.waitUntil(lambda: feature.marks.average is not None and feature.marks.average is not before)
    assert feature.marks.own == {}
    assert feature.marks.calipers.all == ()
    assert dialog.isVisible()


def test_fiducials_are_drawn_on_request_at_their_times(window: MainWindow) -> None:
    feature, dialog = opened(window, "none")
    paper = dialog.papers["V5"]

    def columns() -> np.ndarray:
        image = paper.grab().toImage()
        return np.array([[image.pixelColor(x, y).lightness() for x in range(image.width())]
                         for y in range(image.height() - 30, image.height() - 20)]).min(axis=0)

    plain = columns()
    feature.fiducials.setChecked(True)
    marked = columns()
    place = paper.place
    assert place is not None
    for name, time_s in feature.marks.program.items():
        x = round(place.x_of(time_s))
        assert (marked != plain)[x - 1 : x + 2].any(), name
    feature.fiducials.setChecked(False)
    assert (columns() == plain).all()
