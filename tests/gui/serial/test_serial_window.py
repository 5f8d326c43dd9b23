"""The window of one patient's recordings over time, in the real window with real recordings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research.compare_choice import RecordChoice
from ecg_viewer.qt.serial.serial_dialog import SerialDialog
from ecg_viewer.qt.serial.serial_feature import SerialFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.assessment import Phase

MakeProgram = Callable[..., Program]
FOLDER = Path(__file__).parents[2] / "data" / "serial"
LATER = FOLDER / "records100" / "19000" / "19309_lr.hea"


def feature_of(program: Program) -> SerialFeature:
    return program.window.feature(SerialFeature)


@pytest.fixture(autouse=True)
def serial_scorer(fake_scorer: object, monkeypatch: pytest.MonkeyPatch) -> object:
    """The model of the patient's other recordings, which is never the window's."""
    monkeypatch.setattr(SerialFeature, "make_scorer", lambda device: fake_scorer)
    return fake_scorer


@pytest.fixture
def program(make_program: MakeProgram, qtbot: QtBot) -> Program:
    """Three patients with two recordings each in the list; the later one of an infarct that evolves is open."""
    made = make_program()
    made.session.open([FOLDER])
    qtbot.waitUntil(lambda: made.session.record is not None)
    row = made.session.records.position(LATER)
    assert row is not None
    made.session.open_item(row)
    qtbot.waitUntil(lambda: made.session.item.name == "19309" and made.session.assessment.phase is Phase.DONE)
    return made


@pytest.fixture
def dialog(program: Program, qtbot: QtBot) -> SerialDialog:
    action = program.window.action("serial")
    assert action.isEnabled()
    action.trigger()
    feature = feature_of(program)
    qtbot.waitUntil(lambda: feature.board.comparison is not None and not feature.board.is_running)
    assert feature.dialog is not None
    return feature.dialog


def test_all_recordings_of_the_patient_are_found_by_the_table_and_compared_in_time_order(
    program: Program, dialog: SerialDialog
) -> None:
    board = feature_of(program).board
    assert [entry.item.name for entry in board.entries] == ["19300", "19309"], "and nobody else's"
    assert dialog.headline.text() == "2 recordings of this patient, as the data set's table says."
    assert dialog.earlier.currentText().startswith("9 June 1998 · 19300")
    assert dialog.later.currentText().startswith("14 June 1998 · 19309 · percentile 97.3")


def test_average_beats_lie_over_each_other_with_their_qrs_at_the_same_place(
    program: Program, dialog: SerialDialog
) -> None:
    board, page = feature_of(program).board, dialog.beats
    (earlier,) = page.others.beats
    comparison = board.comparison
    shift_s = comparison.later.bounds.qrs_on_s - comparison.earlier.bounds.qrs_on_s
    assert earlier.is_earlier
    assert earlier.times_s[0] == pytest.approx(comparison.earlier.average.times_s[0] + shift_s)
    paper = page.sheet.papers["III"]
    place = paper.place
    alone, page.others.beats = page.others.beats, ()
    without = pixels(paper.grab().toImage())
    page.others.beats = alone
    both = pixels(paper.grab().toImage())
    changed = np.argwhere((without != both).any(axis=2))
    at_s = comparison.earlier.bounds.qrs_end_s + 0.06
    mv = float(np.interp(at_s, earlier.times_s, earlier.mv["III"]))
    spot = np.array([place.y_of(mv), place.x_of(at_s)])
    assert np.abs(changed - spot).max(axis=1).min() <= 4, "the earlier ST is drawn where it was measured"
    assert "Solid: 14 June 1998 · 19309. Dashed: 9 June 1998 · 19300." in page.legend.text()


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def test_differences_are_real_tables_with_what_exceeds_its_tolerance_marked(
    program: Program, dialog: SerialDialog
) -> None:
    dialog.tabs.setCurrentIndex(1)
    leads = {row[0]: row for row in dialog.differences.of_leads.texts}
    st = next(place for place, head in enumerate(dialog.differences.of_leads.heads) if head == "ST")
    assert leads["III"][st] == "+0.08 ●", "beyond 95 of 100 unchanged pairs"
    assert leads["aVL"][st] == "−0.07 ●●", "and clear among all that is compared"
    assert leads["II"][st] == "+0.02"
    of_recording = {row[0]: row for row in dialog.differences.of_recording.texts}
    assert set(of_recording) >= {
        "Rate (/min)", "PR (ms)", "QRS (ms)", "QT (ms)", "QTc (Fridericia) (ms)", "QRS axis (°)"}
    for row in of_recording.values():
        assert row[4].startswith("±")
    assert "371 with two normal ECGs, 40 days apart" in dialog.differences.source.text()


def test_each_departure_says_from_which_of_the_two_references_it_differs(
    program: Program, dialog: SerialDialog, qtbot: QtBot
) -> None:
    dialog.tabs.setCurrentIndex(2)
    said = [row[1] for row in dialog.references.table.texts]
    assert any(text.startswith("ST +0.20 mV in III: differs from normals and from the earlier ECG of 9 June 1998")
               for text in said)
    assert any("differs from normals, not from the earlier ECG of 9 June 1998" in text for text in said)
    maps = dialog.maps
    cohort, own = maps.areas()
    row = maps.leads.index("III")
    y = own.top() + (row + 0.5) * own.height() / 12
    st = 0.52
    assert "III ST: percentile" in maps.text_at(cohort.left() + st * cohort.width(), y)
    assert "times the tolerance" in maps.text_at(own.left() + st * own.width(), y)
    image = pixels(maps.grab().toImage())
    x = round(own.left() + st * own.width())
    upper, lower = image[round(y - own.height() / 48), x], image[round(y + own.height() / 48), x]
    assert upper[2] - upper[0] > 60, "higher than before: orange, in the upper half"
    assert abs(lower[2] - lower[0]) < 20


def test_trends_show_every_dated_recording_and_a_point_opens_it(
    program: Program, dialog: SerialDialog, qtbot: QtBot
) -> None:
    dialog.tabs.setCurrentIndex(3)
    plot = dialog.trends.plots["rate_bpm"]
    assert [point.text.partition(":")[0] for point in plot.points] == ["9 June 1998 · 19300", "14 June 1998 · 19309"]
    place = plot.place_of(plot.points[0]).toPoint()
    qtbot.mouseMove(plot, place)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: program.session.item.name == "19300")
    assert len(feature_of(program).board.entries) == 2, "it is the same patient"
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session.item.name == "19309")


def test_recordings_of_the_patient_without_a_score_get_one_so_that_the_trend_is_whole(
    program: Program, dialog: SerialDialog, qtbot: QtBot
) -> None:
    plot = dialog.trends.plots["percentile"]
    qtbot.waitUntil(lambda: len(plot.points) == 2)
    assert [point.text for point in plot.points] == ["9 June 1998 · 19300: 97.3", "14 June 1998 · 19309: 97.3"]
    qtbot.waitUntil(lambda: not feature_of(program).scoring.is_running)
    results = program.window.feature(WorklistFeature).worklist.results
    assert {program.session.records[row].name for row in results.scores} == {"19300", "19309"}, "nobody else's"


def test_other_recordings_are_chosen_by_the_boxes_and_from_the_list(
    program: Program, dialog: SerialDialog, qtbot: QtBot
) -> None:
    board = feature_of(program).board
    dialog.add_button.click()
    choice = dialog.findChild(RecordChoice)
    row = next(row for row in range(len(program.session.records)) if program.session.records[row].name == "00202")
    choice.chosen.emit(row)
    choice.accept()
    qtbot.waitUntil(lambda: len(board.entries) == 3 and not board.is_running)
    assert dialog.headline.text().startswith("3 recordings, chosen by you")
    dialog.earlier.setCurrentIndex(0)
    assert board.earlier.item.name == "00202"
    assert board.comparison.earlier.name == "00202"
    dialog.beats.every_recording.setChecked(True)
    assert len(dialog.beats.others.beats) == 2


def test_marked_recordings_are_added_at_once(program: Program, dialog: SerialDialog, qtbot: QtBot) -> None:
    board = feature_of(program).board
    assert not dialog.marked_button.isVisible(), "nothing is marked"
    records = program.session.records
    marks = program.window.feature(WorklistFeature).worklist.marks
    marks.put([records[row].path for row in range(len(records)) if records[row].name in ("00202", "09987")], True)
    assert dialog.marked_button.isVisible()
    dialog.marked_button.click()
    qtbot.waitUntil(lambda: not board.is_running)
    assert [entry.item.name for entry in board.entries] == ["00202", "09987", "19300", "19309"], "by their dates"


def test_the_earlier_one_opens_and_the_comparison_is_copied(
    program: Program, dialog: SerialDialog, qtbot: QtBot
) -> None:
    program.window.action("serial_copy").trigger()
    text = QApplication.clipboard().text()
    assert text.startswith("9 June 1998 · 19300 → 14 June 1998 · 19309\n")
    assert "\nST\tIII\t" in text
    assert text.endswith("RESEARCH USE ONLY - not for diagnosis\n")
    dialog.open_button.click()
    qtbot.waitUntil(lambda: program.session.item.name == "19300")


def test_a_recording_of_nobody_else_says_what_to_do(make_program: MakeProgram, demo: Path, qtbot: QtBot) -> None:
    program = make_program()
    program.session.open([demo])
    qtbot.waitUntil(lambda: program.session.record is not None)
    program.window.action("serial").trigger()
    feature = feature_of(program)
    qtbot.waitUntil(lambda: not feature.board.is_running)
    assert feature.dialog.headline.text() == ("No other recording of this patient is listed. Add the ones to compare "
                                              "with.")
    assert not program.window.action("serial_copy").isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (1000, 620)])
def test_nothing_is_cut_in_a_small_window(program: Program, dialog: SerialDialog, size: tuple[int, int]) -> None:
    dialog.resize(size[0] - 80, size[1] - 100)
    QApplication.processEvents()
    for page in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(page)
        QApplication.processEvents()
        for button in (dialog.add_button, dialog.open_button, dialog.copy_button, dialog.close_button):
            assert button.width() >= button.sizeHint().width()
            assert dialog.rect().contains(button.mapTo(dialog, QPoint(0, 0)))
