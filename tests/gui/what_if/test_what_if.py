"""What if ST, T or Q were otherwise: drawn on the average beat, judged again, and never the recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.scoring import read_beside
from ecg_viewer.qt.measure.beat_dialog import AverageBeatDialog
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.what_if.what_if_feature import WhatIfFeature
from ecg_viewer.qt.window.main_window import MainWindow
from ecg_viewer.state.layers import StretchLayers
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.resources import resource
from tests.gui.conftest import FakeScorer

pytestmark = pytest.mark.measures
V3 = STANDARD_LEADS.index("V3")


class SeeingScorer(FakeScorer):
    """A model whose percentile is 100 times the highest mV of V3 at 0.3 to 0.5 s, and the real measurements."""

    seen: list[np.ndarray]

    def __init__(self, _device: str = "cpu") -> None:
        super().__init__()
        self.seen = []

    def _map(self, record: EcgRecord, start_s: float, end_s: float) -> AnomalyMap:
        self.seen.append(record.read()[V3])
        return super()._map(record, start_s, end_s)

    def layers(
        self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
        should_stop: Callable[[], bool],
    ) -> StretchLayers | None:
        return read_beside(record, anomaly_map, findings, should_stop)


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> SeeingScorer:
    scorer = SeeingScorer()
    monkeypatch.setattr(WhatIfFeature, "make_scorer", lambda _device: scorer)
    return scorer


@pytest.fixture
def window(qtbot: QtBot, make_program: Callable[..., Program], judge: SeeingScorer) -> MainWindow:
    window = make_program().window
    open_record(window, qtbot, "00262_hr")  # PTB-XL: a normal ECG
    return window


def open_record(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.session.open([resource("demo", f"{name}.hea")])
    tracker = window.feature(IntervalFeature).tracker
    qtbot.waitUntil(lambda: window.session.record is not None and window.session.record.name == name)
    qtbot.waitUntil(lambda: tracker.average is not None and not tracker.is_running)


def drawing(window: MainWindow) -> tuple[AverageBeatDialog, WhatIfFeature]:
    window.action("what_if").trigger()
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    return dialog, window.feature(WhatIfFeature)


def lines(feature: WhatIfFeature) -> list[str]:
    return [feature.panel.facts.item(row).text() for row in range(feature.panel.facts.count())]


def test_an_amount_is_judged_before_and_after_and_the_recording_stays_what_it_is(
    window: MainWindow, qtbot: QtBot, judge: SeeingScorer
) -> None:
    _, feature = drawing(window)
    session, record = window.session, window.session.record
    assert record is not None
    before, assessed, heat = record.read(), session.assessment, session.heat.slice(0, 10, 200).copy()
    assert feature.panel.isVisible()
    assert feature.panel.warning.text() == "Changed by hand: not the recording"
    feature.panel.amounts["ST"].setValue(0.9)
    assert feature.panel.score.text() == "Being judged…"
    qtbot.waitUntil(lambda: feature.what_if.found is not None)
    assert "before" in feature.panel.score.text()
    assert any(line.startswith("New: ST +0.9") for line in lines(feature)), lines(feature)
    unchanged, changed = judge.seen
    assert np.array_equal(unchanged, before[V3])
    assert (changed - unchanged).max() == pytest.approx(0.9, abs=0.01)
    assert session.record is record
    assert np.array_equal(record.read(), before)
    assert session.assessment is assessed
    assert np.array_equal(session.heat.slice(0, 10, 200), heat)


def test_the_unchanged_beats_are_judged_once_and_only_the_latest_change_counts(
    window: MainWindow, qtbot: QtBot, judge: SeeingScorer
) -> None:
    _, feature = drawing(window)
    for mv in (0.1, 0.2, 0.3, 0.4):
        feature.panel.amounts["T"].setValue(mv)
    qtbot.waitUntil(lambda: feature.what_if.found is not None)
    assert len(judge.seen) == 2, "pulling waits until it rests"
    feature.panel.amounts["T"].setValue(-0.3)
    assert feature.what_if.found is None, "what was said is of another change"
    qtbot.waitUntil(lambda: feature.what_if.found is not None)
    assert len(judge.seen) == 3
    assert (judge.seen[2] - judge.seen[0]).min() == pytest.approx(-0.3, abs=0.01)


def test_a_handle_is_pulled_up_and_down_and_a_lead_pulled_is_one_of_those_drawn_into(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog, feature = drawing(window)
    for lead, wave, pulled_mv, amount in (("V3", "T", 0.3, 0.3), ("V5", "ST", -0.2, -0.2), ("V3", "Q", -0.4, 0.4)):
        paper = dialog.papers[lead]
        place = paper.place
        assert place is not None
        handle = feature.overlay.handles(place)[wave]
        start = QPoint(round(handle.x()), round(handle.y()))
        end = start - QPoint(0, round(pulled_mv * place.px_per_mv))
        QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(paper, end)
        QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=end)
        assert feature.what_if.mv(wave) == pytest.approx(amount, abs=1.5 / place.px_per_mv)
        assert feature.panel.amounts[wave].value() == pytest.approx(feature.what_if.mv(wave))
    assert feature.what_if.leads == ("V2", "V3", "V4", "V5")
    assert feature.panel.lead_boxes["V5"].isChecked()


def test_every_paper_says_that_it_is_drawn(window: MainWindow, qtbot: QtBot) -> None:
    dialog, feature = drawing(window)
    before = dialog.papers["I"].grab().toImage()
    feature.panel.amounts["T"].setValue(0.3)
    assert dialog.papers["I"].grab().toImage() != before, "the words, although its beat does not change"


def test_departures_that_come_and_go_are_marked(window: MainWindow, qtbot: QtBot) -> None:
    open_record(window, qtbot, "00414_hr")  # PTB-XL: ST depression and T inversion in I, II, aVL, V4-V6
    _, feature = drawing(window)
    feature.what_if.set_leads(("V4", "V5", "V6"))
    feature.panel.amounts["ST"].setValue(0.9)
    qtbot.waitUntil(lambda: feature.what_if.found is not None)
    assert any(line.startswith("New: ST +") for line in lines(feature)), lines(feature)
    assert any(line.startswith("T inversion") for line in lines(feature)) or any(
        line.startswith("No longer: ") for line in lines(feature)), lines(feature)


def test_leads_are_chosen_by_their_boxes(window: MainWindow, qtbot: QtBot) -> None:
    _, feature = drawing(window)
    for lead in ("V2", "V3", "V4", "II", "aVF"):
        feature.panel.lead_boxes[lead].click()
    assert feature.what_if.leads == ("II", "aVF")
    feature.panel.amounts["ST"].setValue(0.2)
    drawn = feature.what_if.drawn_mv(np.arange(-0.3, 0.6, 0.01))
    assert drawn is not None
    peaks = {lead: float(drawn[row][np.abs(drawn[row]).argmax()]) for row, lead in enumerate(STANDARD_LEADS)}
    assert max(peaks["II"], peaks["aVF"]) == pytest.approx(0.2, abs=0.01)
    assert peaks["aVL"] < 0, "the reciprocal change"
    assert peaks["V3"] == 0


def test_leads_that_no_single_change_fits_are_said(window: MainWindow, qtbot: QtBot) -> None:
    _, feature = drawing(window)
    feature.what_if.set_leads(("II", "aVR"))
    feature.panel.amounts["ST"].setValue(0.2)
    qtbot.waitUntil(lambda: "opposite sides" in feature.panel.score.text())


def test_everything_is_taken_back_by_the_button_by_ending_and_by_another_recording(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog, feature = drawing(window)
    feature.panel.amounts["Q"].setValue(0.4)
    assert feature.what_if.is_changed
    feature.panel.reset_button.click()
    assert not feature.what_if.is_changed
    assert feature.panel.score.text() == "Pull a handle on a lead, or set an amount."
    feature.panel.amounts["Q"].setValue(0.4)
    open_record(window, qtbot, "00195_hr")
    assert not feature.what_if.is_changed
    feature.panel.amounts["Q"].setValue(0.4)
    dialog.close()
    assert not feature.what_if.is_on
    assert not feature.what_if.is_changed
    assert not feature.panel.isVisible()


def test_the_same_stretch_measured_again_is_judged_again(window: MainWindow, qtbot: QtBot) -> None:
    _, feature = drawing(window)
    feature.panel.amounts["ST"].setValue(0.3)
    qtbot.waitUntil(lambda: feature.what_if.found is not None)
    open_record(window, qtbot, "00414_hr")
    open_record(window, qtbot, "00262_hr")
    feature.panel.amounts["ST"].setValue(0.3)
    qtbot.waitUntil(lambda: feature.what_if.found is not None or bool(feature.what_if.message))
    assert feature.what_if.message == ""


def test_journal_and_findings_know_nothing_of_it(window: MainWindow, qtbot: QtBot, user_folders: Path) -> None:
    def kept() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in user_folders.rglob("*") if path.is_file() and path.suffix != ".log"}

    findings, files = window.session.assessment.findings, kept()
    _, feature = drawing(window)
    feature.panel.amounts["T"].setValue(-0.8)
    qtbot.waitUntil(lambda: feature.what_if.found is not None)
    assert window.session.assessment.findings == findings
    assert kept() == files
