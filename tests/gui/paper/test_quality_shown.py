"""A poor signal: said as unreliable with its reason, faint and hatched on the paper, last among the findings."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.paper.lead_badges import badge_area
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.render.heat_stretch import HeatStretch
from ecg_viewer.render.layout import LABEL_PX
from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.words.empty_list_words import no_findings_sentence
from mmae_core.assessment import AnomalyMap, LeadQuality, QualityReport, Suspicion, WindowAssessment
from mmae_core.record import STANDARD_LEADS

NOISE = "noise of up to 812 µV rms (25-45 Hz)"


def open_record(qtbot: QtBot, program: Program, path) -> None:
    program.session.open([path])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    qtbot.waitUntil(lambda: program.window.paper.is_complete)


@pytest.fixture
def noisy(qtbot: QtBot, make_program, write_record, fake_scorer) -> Program:
    """12 s in which V3, the lead of the strongest finding, is poor."""
    fake_scorer.poor = {"V3": NOISE}
    program = make_program(fake_scorer)
    open_record(qtbot, program, write_record("noisy", 12.0))
    return program


@pytest.fixture
def hopeless(qtbot: QtBot, make_program, write_record, fake_scorer) -> Program:
    """10 s with three poor leads."""
    fake_scorer.poor = {"V1": "flat for 8.2 of 10 s", "V2": NOISE, "V3": NOISE}
    program = make_program(fake_scorer)
    open_record(qtbot, program, write_record("hopeless", 10.0))
    return program


def pixels(program: Program) -> np.ndarray:
    image = program.window.paper.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def heat(program: Program, lead: str, start_s: float, end_s: float) -> np.ndarray:
    """How much the model's marks changes each pixel of a stretch of a lead."""
    paper, view = program.window.paper, program.session.view
    view.set_heat_visible(True)
    shown = pixels(program)
    view.set_heat_visible(False)
    changed = np.abs(shown - pixels(program)).max(axis=2)
    view.set_heat_visible(True)
    band = paper.band_of(lead).toRect()
    left, right = round(paper.x_of_time(start_s)), round(paper.x_of_time(end_s))
    return changed[band.top() + 2 : band.bottom() - 2, left + 2 : right - 2]


def test_the_summary_says_unreliable_with_the_reason_and_gives_no_alarming_number(hopeless: Program) -> None:
    summary = hopeless.window.feature(SummaryFeature).panel
    assert summary.headline.text() == "Unreliable – V1: flat for 8.2 of 10 s"
    assert "too poor" in summary.p_value.text()
    shown = summary.headline.text() + summary.p_value.text() + summary.quality.text()
    assert "97.3" not in shown
    assert "unusual" not in shown
    assert "97.3" in summary.headline.toolTip(), "for those who ask"
    assert summary.quality.text().startswith("Signal quality: poor (0.20 of 1)")
    assert "not by the model" in summary.quality.toolTip()


def test_what_the_recording_is_suspected_of_stands_above_the_numbers(
    qtbot: QtBot, make_program, write_record, fake_scorer
) -> None:
    text = "The arm electrodes may be exchanged: lead I is negative."
    fake_scorer.suspicions = (Suspicion("arm-lead-reversal", text),)
    program = make_program(fake_scorer)
    open_record(qtbot, program, write_record("exchanged", 15.0))
    summary = program.window.feature(SummaryFeature).panel
    assert summary.suspicions.text() == f"⚠ {text}", "said once, though every window says so"
    assert text not in summary.notes.text()
    assert summary.suspicions.y() < summary.bars.y()
    program.session.open([write_record("fine", 10.0)])
    fake_scorer.suspicions = ()
    qtbot.waitUntil(lambda: program.session.record.name == "fine")
    assert not summary.suspicions.isVisible()


def test_leads_of_an_unreliable_recording_have_no_bar_that_counts(hopeless: Program) -> None:
    bars = hopeless.window.feature(SummaryFeature).panel.bars
    said = bars.accessibleDescription().split("; ")
    assert "V1 is unreliable: flat for 8.2 of 10 s" in said
    assert "V6 61.0, unreliable as the recording is" in said
    bar = np.array(hopeless.window.themes.chrome.bar)
    image = bars.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(image.height())}
    assert str(bar) not in colours


def test_a_single_poor_lead_leaves_the_percentile_and_is_named(noisy: Program) -> None:
    summary = noisy.window.feature(SummaryFeature).panel
    assert summary.headline.text().lower().endswith("more unusual than 97.3 % of 912 normal ecgs")
    assert f"V3: {NOISE}" in summary.quality.text()
    ranking = summary.bars.ranking
    assert [(item.lead, item.is_poor) for item in ranking[-2:]] == [("V3", True), ("aVL", False)]
    assert math.isnan(ranking[-1].percentile)
    assert summary.bars.text_of(ranking[-2]) == f"V3 is unreliable: {NOISE}"


def test_findings_in_a_poor_lead_are_marked_and_come_last(qtbot: QtBot, noisy: Program) -> None:
    panel = noisy.window.findings_panel
    headings = [panel.model.index(row, 0) for row in range(panel.model.rowCount())]
    assert [heading.data() for heading in headings] == ["All leads · 1", "Poor signal · 1"]
    good, poor = ([panel.model.index(0, column, heading) for column in range(3)] for heading in headings)
    assert [index.data() for index in good] == ["II", "5.00–5.10", "98.5"]
    assert [index.data() for index in poor] == ["V3", "2.00–2.20", "unreliable"]
    said = poor[0].data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"V3 is unreliable: {NOISE}. Departs, perhaps for that, from 2.00 to 2.20 s"
    colour = poor[2].data(Qt.ItemDataRole.ForegroundRole)
    assert colour == QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
    assert good[2].data(Qt.ItemDataRole.ForegroundRole) is None
    qtbot.keyClick(noisy.window.paper, Qt.Key.Key_J)
    assert noisy.session.finding.lead == "II", "J leads to what counts first"


def test_the_heat_of_a_poor_lead_is_faint_and_hatched(qtbot: QtBot, noisy: Program, make_program, write_record) -> None:
    poor = heat(noisy, "V3", 2.0, 2.2)
    beside = heat(noisy, "V3", 3.0, 5.0)
    good = make_program()
    open_record(qtbot, good, write_record("good", 12.0))
    glowing = heat(good, "V3", 2.0, 2.2)
    assert np.median(glowing) > 2.5 * np.median(poor) > 0
    assert 0.05 < (beside > 20).mean() < 0.6, "lines over the lead where nothing stands out as well"
    assert (heat(good, "V3", 3.0, 5.0) > 20).mean() == 0
    assert (heat(noisy, "II", 3.0, 4.5) > 20).mean() == 0, "the other leads are as ever"


def test_a_poor_lead_has_a_badge_with_the_reason_as_its_tooltip(qtbot: QtBot, noisy: Program) -> None:
    paper = noisy.window.paper
    layout = paper._layout
    area = badge_area(layout, "V3", paper.font()).toRect()
    marked = pixels(noisy)
    noisy.session.view.set_heat_visible(False)
    bare = pixels(noisy)
    noisy.session.view.set_heat_visible(True)
    changed = (marked != bare).any(axis=2)
    gutter = changed[:, : round(LABEL_PX)]
    assert changed[area.top() : area.bottom(), area.left() : area.right()].mean() > 0.9
    gutter[area.top() - 1 : area.bottom() + 2, max(0, area.left() - 1) : area.right() + 2] = False
    assert not gutter.any(), "no other lead has one, and none is left when the model's marks is hidden"
    spot = QPoint(20, round(paper.y_of("V3", 0.0)))
    QApplication.sendEvent(paper, QHelpEvent(QEvent.Type.ToolTip, spot, paper.mapToGlobal(spot)))
    assert QToolTip.text().splitlines()[0] == f"V3 is unreliable: {NOISE}"
    spot = QPoint(20, round(paper.y_of("II", 0.0)))
    QApplication.sendEvent(paper, QHelpEvent(QEvent.Type.ToolTip, spot, paper.mapToGlobal(spot)))
    said = "II as a whole: percentile 51.0 among normal ECGs, by the model"
    qtbot.waitUntil(lambda: QToolTip.text().splitlines()[:1] == [said])


@pytest.mark.parametrize("height", [520, 700, 1200])
def test_badges_stay_beside_or_below_their_name_at_any_height(noisy: Program, height: int) -> None:
    noisy.window.resize(1400, height)
    noisy.app.processEvents()
    paper = noisy.window.paper
    areas = [badge_area(paper._layout, lead, paper.font()) for lead in noisy.session.record.lead_names]
    for index, area in enumerate(areas):
        assert area.right() <= LABEL_PX
        assert all(not area.intersects(other) for other in areas[:index])
    assert badge_area(paper._layout, "Z", paper.font()) is None


def test_the_cursor_tells_that_a_percentile_is_unreliable(qtbot: QtBot, noisy: Program) -> None:
    paper, label = noisy.window.paper, noisy.window.status.cursor_label
    for lead, said in (("V3", "unreliable, percentile 99.8"), ("V4", "  percentile 50")):
        spot = QPoint(round(paper.x_of_time(2.1)), round(paper.band_of(lead).center().y()))
        QTest.mouseMove(paper, spot)
        qtbot.waitUntil(lambda lead=lead: lead in label.text())
        assert said in label.text()


def test_tooltips_of_the_bars_give_the_reason(noisy: Program) -> None:
    bars = noisy.window.feature(SummaryFeature).panel.bars
    row = next(index for index, item in enumerate(bars.ranking) if item.lead == "V3")
    spot = bars.place(row).center().toPoint()
    QApplication.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, spot, bars.mapToGlobal(spot)))
    assert QToolTip.text() == f"V3 is unreliable: {NOISE}"


def test_a_longer_recording_counts_its_unreliable_stretches(
    qtbot: QtBot, make_program, write_record, fake_scorer
) -> None:
    fake_scorer.poor = {"V1": NOISE, "V2": NOISE, "V3": NOISE}
    program = make_program(fake_scorer)
    open_record(qtbot, program, write_record("long", 30.0))
    summary = program.window.feature(SummaryFeature).panel
    assert summary.headline.text() == f"Strongest 10 s: unreliable – V1: {NOISE}"
    assert summary.quality.text().endswith("5 of 5 stretches of 10 s are unreliable: poor signal")


def test_without_findings_a_poor_signal_is_given_as_the_reason() -> None:
    quality = QualityReport(0.0, 10.0, 0.3, "poor", (), ())
    window = WindowAssessment(0.0, 1.0, 1.0, 0.0, 99.0, 0.01, (50.0,) * 12, (True,) * 12, (), quality)
    said = no_findings_sentence(Assessment(Phase.DONE, strongest_window=window))
    assert said == "The signal is too poor to tell whether a stretch stands out: see the summary."


def test_heat_of_a_recording_that_is_unreliable_as_a_whole_is_faded_in_every_lead() -> None:
    heat = HeatMap()
    heat.reset(10.0)
    leads = tuple(LeadQuality(lead, 1.0, ()) for lead in STANDARD_LEADS)
    report = QualityReport(0.0, 10.0, 0.1, "poor", leads, ("noise",))
    window = WindowAssessment(0.0, 1.0, 1.0, 1.0, 99.0, 0.01, (99.0,) * 12, (True,) * 12, (), quality=report)
    percentile = np.full((12, 1000), 99.0, np.float32)
    heat.add(AnomalyMap(0.0, 100.0, percentile, percentile, percentile, (window,), "m", "cpu"))
    assert not window.reliable
    assert HeatStretch(heat, 0.0, 10.0, 100).poor.all()
