"""The analysis of the open recording: when it runs, what is refused, what a changed limit does."""

from __future__ import annotations

import dataclasses
from datetime import time
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.render.decimate import envelope
from ecg_viewer.render.page_lines import PageLine, PageLines, line_count
from ecg_viewer.render.time_axis import ticks
from ecg_viewer.state.holter.trend_lanes import Curve, TrendLane, lanes_of, strongest_lead
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.clock_words import clock_text
from ecg_viewer.state.words.record_words import when_text
from mmae_core.clock import Clock
from mmae_core.holter.analyse import analyse_record
from mmae_core.holter.results import Holter
from mmae_core.readers import read_record

RECORD = Path(__file__).resolve().parents[2] / "data" / "holter" / "mitdb106_2min.hea"


@pytest.fixture(scope="module")
def found() -> Holter:
    return analyse_record(read_record(RECORD))


def test_times_of_day_name_the_day_from_the_second_on() -> None:
    clock = Clock(23 * 3600 + 59 * 60)
    assert clock_text(clock, 0) == "23:59:00"
    assert clock_text(clock, 60) == "day 2, 00:00:00"
    assert when_text(None, 65, 1800) == "0:01:05.0"
    assert when_text(clock, 65, 1800) == "day 2, 00:00:05"


def test_ticks_stand_at_round_times_of_day() -> None:
    clock = Clock(23 * 3600 + 50 * 60 + 10)
    labelled = [tick for tick in ticks(0, 1800, 1.0, 1800, 70.0, clock) if tick.label]
    assert labelled[0].label == "23:52:00"
    assert labelled[0].time_s == 110
    assert "00:00:00" in [tick.label for tick in labelled]
    assert next(tick.label for tick in ticks(0, 10, 10.0, 10)) == "0 s"


def test_the_clock_is_known_from_a_minute_on_and_can_be_turned_off() -> None:
    view = ViewState()
    record = dataclasses.replace(read_record(RECORD), start_time=time(2, 14, 5))
    view.open_record(record)
    assert view.time_of_day.clock == Clock(8045.0)
    heard: list[bool] = []
    view.time_of_day.changed.connect(lambda: heard.append(view.time_of_day.clock is None))
    view.time_of_day.show(False)
    assert heard == [True]
    assert view.time_of_day.known == Clock(8045.0)
    view.time_of_day.show(True)
    view.open_record(dataclasses.replace(record, n_samples=360 * 10))
    assert view.time_of_day.clock is None


def test_lanes_hold_what_was_measured(found: Holter) -> None:
    lanes = lanes_of(found, "V1", "Bazett")
    assert [lane.title() for lane in lanes] == ["Rate", "SDNN / RMSSD", "QT / QTc Bazett", "ST V1", "Departing beats"]
    rate = lanes[0].curves[0]
    assert rate.at(30) == pytest.approx(found.trends.rate_bpm[0])
    assert rate.at(1000) is None
    _qt, qtc = lanes[2].curves
    known = np.flatnonzero(np.isfinite(found.trends.qt_ms))
    for minute in known:
        assert qtc.values[minute] == pytest.approx(
            found.trends.qt_ms[minute] / np.sqrt(found.trends.rr_s[minute]))
    assert [curve.name for curve in lanes[3].curves] == ["II", "ST V1"]
    assert strongest_lead(found) in found.leads


def test_a_scale_is_round_and_spans_its_values() -> None:
    lane = TrendLane(("Rate",), "/min", 0, (Curve("Rate", 60, np.array([61.0, np.nan, 118.0])),), 20)
    low, high = lane.scale()
    assert low <= 61
    assert high >= 118
    assert low % 10 == 0
    assert high % 10 == 0
    assert all(low < rule < high for rule in lane.rules(low, high))
    assert TrendLane(("Rate",), "/min", 0, (Curve("Rate", 60, np.array([np.nan])),), 20).scale() == (0.0, 20)


def test_lines_of_another_trace_are_forgotten_and_only_so_many_are_kept() -> None:
    lines = PageLines()
    lines.use("II")
    samples = envelope(np.zeros((1, 100), np.float32), 0, 4)
    assert lines.take(PageLine("II", 3, samples))
    assert not lines.take(PageLine("V5", 3, samples))
    assert lines.missing((2, 3, 4)) == (2, 4)
    for line in range(1000):
        lines.take(PageLine("II", line, samples))
    assert lines.get(3) is None
    assert lines.get(999) is samples
    lines.use("V5")
    assert lines.get(999) is None
    assert [line_count(s) for s in (0, 59, 60, 61, 86400)] == [0, 1, 1, 2, 1440]
