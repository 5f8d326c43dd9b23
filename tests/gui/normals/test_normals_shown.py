"""Normal ECGs of the same age, sex and rate behind the average beat, and the nearest of them over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.normals_job import normals_job
from ecg_viewer.qt.measure.beat_dialog import AverageBeatDialog
from ecg_viewer.qt.measure.beat_paper import BeatPaper
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.normals.normals_feature import NormalsFeature
from ecg_viewer.qt.window.main_window import MainWindow
from ecg_viewer.state.measure.normal_tracker import AmongNormals
from ecg_viewer.state.measure.normal_words import outside_texts
from mmae_core.intervals.measure import examine_record
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, Device, EcgRecord
from mmae_core.resources import resource

pytestmark = pytest.mark.measures
ST_ELEVATION = "00234_hr.hea"
"""PTB-XL: anterior infarction with aneurysm, ST elevation in V2-V4."""


@pytest.fixture
def window(qtbot: QtBot, make_program: Callable[..., Program]) -> MainWindow:
    window = make_program().window
    open_record(window, qtbot, resource("demo", ST_ELEVATION))
    return window


def open_record(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    window.session.open([path])
    tracker = window.feature(IntervalFeature).tracker
    qtbot.waitUntil(lambda: window.session.record is not None and window.session.record.name == path.stem)
    qtbot.waitUntil(lambda: tracker.average is not None and not tracker.is_running)


def opened(window: MainWindow, qtbot: QtBot) -> tuple[AverageBeatDialog, NormalsFeature]:
    """The window of average beats, once the comparison is there."""
    window.action("average_beat").trigger()
    dialog, feature = window.feature(IntervalFeature).dialog, window.feature(NormalsFeature)
    assert dialog is not None
    feature.tracker.set_shows_words(True)  # the screen of the tests is a small one
    qtbot.waitUntil(lambda: feature.tracker.found is not None and not feature.tracker.is_running)
    return dialog, feature


def texts(feature: NormalsFeature) -> list[str]:
    lines = feature.panel.outside
    return [lines.item(row).text() for row in range(lines.count())]


def ink(paper: BeatPaper) -> int:
    """Pixels that differ from the paper."""
    image = paper.grab().toImage()
    ground = image.pixelColor(1, image.height() - 2)
    return sum(image.pixelColor(x, y) != ground for x in range(image.width()) for y in range(image.height()))


def test_the_band_lies_behind_the_beat_and_y_takes_it_away(window: MainWindow, qtbot: QtBot) -> None:
    dialog, feature = opened(window, qtbot)
    paper, found = dialog.papers["V2"], feature.tracker.found
    assert found is not None
    assert found.band is not None
    with_band = ink(paper)
    assert feature.band_box.isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Y)
    assert not feature.tracker.shows_band
    assert not feature.band_box.isChecked()
    assert not feature.panel.isVisible(), "the papers have the room"
    assert ink(paper) < with_band
    window.action("normal_band").trigger()
    assert feature.tracker.shows_band
    assert window.action("normal_band").isChecked()
    assert ink(paper) == with_band


def test_on_a_small_screen_the_words_wait_for_their_switch(window: MainWindow, qtbot: QtBot) -> None:
    assert window.screen().availableGeometry().width() < 1200
    assert not window.feature(NormalsFeature).tracker.shows_words
    _, feature = opened(window, qtbot)
    assert feature.panel.isVisible()
    feature.words_box.click()
    assert not feature.panel.isVisible()
    feature.words_box.click()
    assert feature.panel.isVisible()


def test_it_is_hidden_with_the_programs_marks(window: MainWindow, qtbot: QtBot) -> None:
    dialog, feature = opened(window, qtbot)
    with_band = ink(dialog.papers["V2"])
    window.action("model_marks").trigger()
    assert not feature.panel.isVisible()
    assert ink(dialog.papers["V2"]) < with_band
    window.action("model_marks").trigger()
    assert feature.panel.isVisible()
    assert ink(dialog.papers["V2"]) == with_band


def test_papers_have_room_for_the_whole_band(window: MainWindow, qtbot: QtBot) -> None:
    dialog, feature = opened(window, qtbot)
    found = feature.tracker.found
    assert found is not None
    assert found.band is not None
    for lead in ("V2", "V4", "II"):
        row = STANDARD_LEADS.index(lead)
        high = found.band.high_mv[row]
        assert dialog.papers[lead].y_of(float(high[high == high].max())) > 0


def test_what_is_outside_is_said_beside_it_for_eyes_and_screen_readers(window: MainWindow, qtbot: QtBot) -> None:
    _, feature = opened(window, qtbot)
    assert "normal ECGs" in feature.panel.status.text()
    assert "PTB-XL v1.0.3, CC BY 4.0" in feature.panel.status.text()
    assert any(line.startswith("ST in ") and "above" in line and "normals like this one" in line
               for line in texts(feature))
    assert feature.panel.outside.accessibleName() == "Values outside the band"
    assert "No diagnosis" in feature.panel.chance.text()


def test_the_five_nearest_are_listed_with_their_distance_and_laid_over_the_beat(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog, feature = opened(window, qtbot)
    paper, rows = dialog.papers["V4"], feature.panel.nearest
    before = ink(paper)
    QTest.keyClick(dialog, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert feature.nearest_box.isChecked()
    assert ink(paper) > before
    assert rows.count() == 5
    assert rows.item(0).text().startswith("1: 0.")
    assert "PTB-XL" in rows.item(0).text()
    with_first = paper.grab().toImage()
    rows.setCurrentRow(3)
    assert feature.tracker.chosen == 3
    assert paper.grab().toImage() != with_first
    window.action("nearest_normals").trigger()
    assert ink(paper) == before


def test_the_keys_of_the_main_window_open_the_average_beats(window: MainWindow, qtbot: QtBot) -> None:
    feature = window.feature(NormalsFeature)
    feature.tracker.set_shows_words(True)
    window.action("nearest_normals").trigger()
    assert feature.layers.is_shown
    assert feature.tracker.shows_nearest
    qtbot.waitUntil(lambda: feature.tracker.found is not None and not feature.tracker.is_running)
    assert feature.panel.nearest.isVisible()


def test_nothing_is_compared_before_the_window_is_opened(window: MainWindow, qtbot: QtBot) -> None:
    feature = window.feature(NormalsFeature)
    assert feature.tracker.found is None
    assert not feature.tracker.is_running


def test_another_recording_gets_its_own_band(window: MainWindow, qtbot: QtBot) -> None:
    _, feature = opened(window, qtbot)
    first = texts(feature)
    open_record(window, qtbot, resource("demo", "00414_hr.hea"))  # ST depression and T inversion
    qtbot.waitUntil(lambda: feature.tracker.found is not None and not feature.tracker.is_running)
    assert texts(feature) != first
    assert any(line.startswith("T in ") and "below" in line for line in texts(feature))


def test_the_words_follow_the_language(window: MainWindow, qtbot: QtBot) -> None:
    _, feature = opened(window, qtbot)
    window.settings.change(language="de")
    try:
        qtbot.waitUntil(lambda: "Normalen wie diesem" in texts(feature)[0])
        assert feature.panel.title.text() == "Normale EKGs wie dieses"
    finally:
        window.settings.change(language="en")


def test_st_that_the_recording_does_not_carry_is_not_laid_among_the_normals() -> None:
    record = read_record(resource("demo", ST_ELEVATION))
    sent = [among(record), among(replace(record, device=Device(filters=("high-pass 0.67 Hz",))))]
    assert any("ST" in line for line in outside_texts(sent[0]))
    assert not any(one.quantity == "st_j60_mv" for one in sent[1].outside)
    assert outside_texts(sent[1])[-1].startswith("ST is not measured: the device states a high-pass of 0.67 Hz")


def among(record: EcgRecord) -> AmongNormals:
    sent: list[AmongNormals] = []
    report = SimpleNamespace(send=sent.append, stopped=lambda: False)
    normals_job(record, examine_record(record))(report)
    return sent[0]
