"""The three layers in the window: switched, told apart, said in words; facts as rows; the line above the paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.display.layers_feature import LayersFeature
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.layers import StretchLayers
from ecg_viewer.state.settings import SettingsFile
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts import Fact
from mmae_core.intervals.results import Examination, Measurements, Reason, Value
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeat, OwnBeats, Shape
from mmae_core.record import STANDARD_LEADS, EcgRecord

K, M = Qt.Key, Qt.KeyboardModifier
BEATS_S = tuple(0.5 + 0.9 * beat for beat in range(12))
TITLE = "ST +0.24 mV, V2, V3, every beat"


def look(record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...]) -> StretchLayers:
    """ST in V2 and V3 of every beat, a long PR, and one beat that is odd in V1."""
    elevations = [
        Departure("st_j60_mv", "ST elevation", "ST", lead, 1, 0.24, "mV", 99.4, 1912, "women of about 65", 4.0,
                  percentile, 0.06, 0.2, Message("ST +0.24 mV in {lead}: above 99.4 % of normal ECGs", lead=lead),
                  percentile)
        for lead, percentile in (("V2", 99.8), ("V3", 99.0))
    ]
    pr = Departure("pr_ms", "PR", "P", None, 1, 240.0, "ms", 99.6, 1912, "women of about 65", 4.0, 97.0, -0.24, -0.06,
                   Message("PR 240 ms: above {percent} % of normal ECGs", percent=99.6), 97.0)
    found = RecordDepartures(0.0, record.duration_s, (*elevations, pr), BEATS_S, group="women of about 65",
                             limitations=(Message("{wave} cannot be told at {rate_hz:g} Hz", wave="U", rate_hz=100.0),))
    places = tuple(
        Finding(item.lead or "II", beat + item.start_s, beat + item.end_s, beat, item.family_percentile, 4.0, "named",
                item.wave, item.kind, "st", item.sentence)
        for item in elevations for beat in BEATS_S
    )
    usual, odd = np.zeros(12, np.float32), np.where(np.array(STANDARD_LEADS) == "V1", 99.5, 0).astype(np.float32)
    beats = tuple(OwnBeat(beat, beat - 0.25, beat + 0.4, int(beat == BEATS_S[3]), beat == BEATS_S[3], 1.0,
                          99.0 if beat == BEATS_S[3] else 50.0, usual,
                          odd if beat == BEATS_S[3] else usual) for beat in BEATS_S)
    own = OwnBeats(0.0, record.duration_s, STANDARD_LEADS, beats, (Shape("A", 11, False), Shape("B", 1, True)))
    facts = (
        Fact("st", "named", TITLE, ("V2", "V3"), "ST", "ST elevation", 99.8, 12, 12, places),
        *(Fact(f"map {item.lead}", "model", f"Departs, {item.lead}", (item.lead,), "", "", item.percentile, 0, 12,
               (Finding(item.lead, item.start_s, item.end_s, item.peak_s, item.percentile, item.peak_score,
                        fact=f"map {item.lead}"),)) for item in findings),
    )
    return StretchLayers(found, own, facts)


@pytest.fixture
def opened(qtbot: QtBot, make_program, write_record, fake_scorer) -> Program:
    """A recording of 12 s of which all layers say something, reviewed by Ann."""
    fake_scorer.look = look
    settings = SettingsFile()
    settings.change(reviewer="Ann", notice_seen=True, tour_seen=True, layout="12x1")
    program = make_program(fake_scorer, settings)
    program.session.open([write_record("twelve")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and bool(program.session.sha256))
    qtbot.waitUntil(lambda: program.window.paper.is_complete)
    return program


def titles(program: Program) -> list[str]:
    model = program.window.findings_panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def place(program: Program, lead: str, time_s: float) -> QPoint:
    area = next(area for area in program.window.paper.areas() if area.lead == lead)
    return QPointF(area.x_of(time_s), area.top + area.height / 2).toPoint()


@pytest.mark.parametrize(("key", "layer", "lead", "time_s", "below"), [
    (K.Key_1, "named", "V2", BEATS_S[0] + 0.1, 50), (K.Key_2, "model", "II", 5.05, 0),
    (K.Key_3, "own", "V1", BEATS_S[3], 50),
])
def test_each_layer_is_switched_by_its_key_and_remembered(
    qtbot: QtBot, opened: Program, key: Qt.Key, layer: str, lead: str, time_s: float, below: float
) -> None:
    window, heat = opened.window, opened.session.heat
    before = heat.percentile_at(lead, time_s)
    qtbot.keyClick(window.paper, key, M.AltModifier)
    assert heat.percentile_at(lead, time_s) == pytest.approx(below, abs=1)
    assert not window.action(f"layer_{layer}").isChecked()
    assert layer not in window.settings.settings.heat_layers
    assert layer not in SettingsFile(window.settings.path).settings.heat_layers
    qtbot.keyClick(window.paper, key, M.AltModifier)
    assert heat.percentile_at(lead, time_s) == before
    assert window.action(f"layer_{layer}").isChecked()


def test_the_legend_switches_a_layer_and_says_what_it_does_not_see(qtbot: QtBot, opened: Program) -> None:
    legend = opened.window.feature(LayersFeature).legend
    qtbot.mouseClick(legend.switches["named"], Qt.MouseButton.LeftButton,
                     pos=QPoint(8, legend.switches["named"].height() // 2))
    assert opened.session.heat.layers == {"model", "own"}
    assert not legend.switches["named"].isChecked()
    assert legend.limits["named"].accessibleName() == "U cannot be told at 100 Hz"
    assert "U cannot be told at 100 Hz" in legend.switches["named"].toolTip()
    assert "No colour does not mean normal" in legend.switches["own"].toolTip()
    assert "its own part: ST and T, rate, intervals, rhythm, or all else" in legend.switches["named"].toolTip()


def test_layers_are_told_apart_without_colour(opened: Program) -> None:
    opened.session.view.set_heat_colours("grey")
    image = opened.window.paper.grab().toImage()
    ratio = image.devicePixelRatio()
    colour = opened.window.themes.paper.model_colour

    def is_drawn(lead: str, time_s: float, *, top: bool) -> bool:
        area = next(area for area in opened.window.paper.areas() if area.lead == lead)
        band = opened.window.paper.band_of(lead)
        edge = band.top() + 1 if top else band.bottom() - 2
        columns = range(round(area.x_of(time_s)) - 6, round(area.x_of(time_s)) + 7)
        rows = (edge - 1, edge, edge + 1)  # a line of the grid tints one of them
        return any(image.pixelColor(round(x * ratio), round(y * ratio)).name() == colour for x in columns for y in rows)

    assert is_drawn("V2", BEATS_S[1] + 0.13, top=False)
    assert not is_drawn("V2", BEATS_S[1] + 0.13, top=True)
    assert is_drawn("V1", BEATS_S[3], top=True)
    assert not is_drawn("V1", BEATS_S[3], top=False)
    assert not is_drawn("II", 5.05, top=False)
    assert not is_drawn("II", 5.05, top=True)


def test_space_hides_all_layers_and_what_is_said_of_them(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    spot = QPointF(place(opened, "V2", BEATS_S[1] + 0.13))
    assert paper.hover_at(spot).marks == ("ST +0.24 mV in V2: above 99.4 % of normal ECGs",)
    marked = paper.grab().toImage()
    qtbot.keyClick(paper, K.Key_Space)
    assert paper.hover_at(spot).marks == ()
    assert paper.grab().toImage() != marked


def test_pointing_at_a_mark_says_it_in_a_sentence(qtbot: QtBot, opened: Program) -> None:
    paper = opened.window.paper
    qtbot.mouseMove(paper, place(opened, "V2", BEATS_S[1] + 0.13))
    qtbot.waitUntil(lambda: "ST +0.24 mV in V2" in opened.window.status.cursor_label.text())
    assert paper.tip_at(QPointF(place(opened, "V2", BEATS_S[1] + 0.13))) == (
        "ST +0.24 mV in V2: above 99.4 % of normal ECGs")
    assert "Premature beat of shape B" in paper.tip_at(QPointF(place(opened, "V1", BEATS_S[3] + 0.02)))


def test_every_fact_is_one_row_and_opens_by_enter_double_click_arrow_and_sign(qtbot: QtBot, opened: Program) -> None:
    panel = opened.window.findings_panel
    view, model = panel.view, panel.model
    assert titles(opened) == [TITLE, "Departs, V3", "Departs, II"]
    assert panel.title == "Findings · 3"
    first = model.index(0, 0)
    assert "Named departures" in first.data(Qt.ItemDataRole.ToolTipRole)

    def n_below() -> int:
        return model.rowCount(model.index(0, 0))

    def double_click() -> None:
        spot = view.visualRect(model.index(0, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    def click_sign() -> None:
        spot = view.visualRect(model.index(0, 0)).topLeft() + QPoint(6, 8)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    view.setCurrentIndex(first)
    for act in (lambda: qtbot.keyClick(view, K.Key_Return), double_click, click_sign, double_click):
        before = n_below()
        act()
        assert n_below() == (24 if before == 0 else 0)
    view.setCurrentIndex(model.index(0, 0, QModelIndex()))
    qtbot.keyClick(view, K.Key_Right)
    qtbot.keyClick(view, K.Key_Left)
    assert n_below() == 0


def test_the_percentile_of_closed_rows_is_headed_where_it_stands(opened: Program) -> None:
    panel = opened.window.findings_panel
    model, view = panel.model, panel.view
    last = max(column for column in range(model.columnCount()) if not view.isColumnHidden(column))

    def headings() -> list[str]:
        return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(last + 1)]

    assert headings() == ["Finding", *[""] * (last - 1), "Percentile"]
    assert model.headerData(last, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) & (
        Qt.AlignmentFlag.AlignRight)
    panel.controller.toggle_more(model.group_at(model.index(0, 0)).key)
    assert headings()[:4] == ["Lead", "Time", "Percentile", "State"]


def test_a_row_has_the_percentile_of_its_fact_not_of_its_strongest_lead(opened: Program) -> None:
    model = opened.window.findings_panel.model
    group = model.group_at(model.index(0, 0))
    assert model.fact_figure(group) == "99.8"
    weaker = replace(group, fact=replace(group.fact, percentile=97.25))
    assert model.fact_figure(weaker) == "97.2"
    assert "percentile 97.2" in model.fact_sentence(weaker)


def test_j_goes_fact_to_fact_and_c_decides_for_all_its_findings(qtbot: QtBot, opened: Program) -> None:
    paper, review = opened.window.paper, opened.window.feature(ReviewFeature)
    qtbot.keyClick(paper, K.Key_J)
    assert opened.session.finding.lead == "V2"
    qtbot.keyClick(paper, K.Key_C)
    assert len(review.open_review.judgements) == 24
    assert {item.state for item in review.open_review.judgements} == {"confirmed"}
    assert opened.session.finding.lead == "V3"
    assert opened.session.finding.layer == "model"
    buttons = review.panel.segments.buttons
    assert [button.text() for button in buttons.values()] == ["To review 2", "✓ Confirmed 1", "✕ Dismissed 0"]
    qtbot.keyClick(paper, K.Key_K)
    qtbot.keyClick(paper, K.Key_X)
    assert {item.state for item in review.open_review.judgements} == {"unreviewed"}


def test_the_line_above_the_paper_says_what_was_measured_and_what_departs(qtbot: QtBot, opened: Program) -> None:
    feature = opened.window.feature(IntervalFeature)
    line = feature.line
    assert line.text == "Rate, PR, QRS, QT and axis are being measured…"
    measured = Measurements(0.0, 12.0, Value(66.0), Value(240.0), Value(96.0), Value.none(Reason.NO_T), Value(46.0),
                            rr_s=0.9)
    feature.tracker._receive(Examination(measured))
    assert line.text == (
        "66/min · PR 240 ms (above 99.6 % of normal ECGs) · QRS 96 ms · QT/QTc: could not measure (no T wave was "
        "found in enough leads) · axis 46°")
    assert line.isVisible()
    assert "PR 240 ms: above 99.6 % of normal ECGs" in line.tip_at(120)
    end = line.width() - 20
    assert "no T wave was found in enough leads" in "".join(line.tip_at(x) for x in range(0, end, 10))
    qtbot.keyClick(opened.window.paper, K.Key_Space)
    assert "PR 240 ms ·" in line.text, "hidden with all that is compared with normals"


@pytest.mark.parametrize("width", [240, 330, 420, 520, 700])
def test_the_line_shortens_before_it_is_cut(qtbot: QtBot, opened: Program, width: int) -> None:
    feature = opened.window.feature(IntervalFeature)
    measured = Measurements(0.0, 12.0, Value(66.0), Value(240.0), Value(96.0), Value(368.0), Value(46.0), rr_s=0.9)
    feature.tracker._receive(Examination(measured))
    line = feature.line
    line.resize(width, line.height())
    last = line.fontMetrics().horizontalAdvance(line.shown) if width >= 330 else 0
    assert last <= width
    assert "PR 240" in line.shown


def test_a_lead_that_departs_as_a_whole_says_so_at_its_name(qtbot: QtBot, opened: Program) -> None:
    paper, heat = opened.window.paper, opened.session.heat
    plain = paper.grab().toImage()
    percentiles = tuple(99.7 if lead == "V4" else 50.0 for lead in STANDARD_LEADS)
    heat._windows = tuple(type(window)(**{**vars(window), "lead_percentiles": percentiles}) for window in heat.windows)
    tinted = paper.grab().toImage()
    area = next(area for area in paper.areas() if area.lead == "V4")
    rows = range(round(area.top), round(area.top + area.height))
    assert any(plain.pixel(x, y) != tinted.pixel(x, y) for y in rows for x in range(4, 30))
    other = next(area for area in paper.areas() if area.lead == "I")
    assert all(plain.pixel(x, y) == tinted.pixel(x, y)
               for y in range(round(other.top), round(other.top + other.height)) for x in range(4, 30))
