"""When the program measures what, and how it says it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.heat import NOT_ASSESSED, HeatMap, code_percentiles
from ecg_viewer.state.job_protocols import Failed, Finished, Job
from ecg_viewer.state.measure.beat_heat import beat_heat
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.measure.interval_words import REASONS, beats_text, copied_text, interval_lines, stretch_text
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import ViewState
from mmae_core.assessment import AnomalyMap
from mmae_core.intervals.results import FORMULAS, Examination, Measurements, Reason, Value
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


class FakeLane:
    """Keeps what was asked; the test answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[Job, Callable[[object], None]]] = []

    def submit(self, job: Job, receive: Callable[[object], None]) -> None:
        self.asked.append((job, receive))


class FakeAssessment:
    def __init__(self, phase: Phase) -> None:
        self.phase = phase


class FakeSession:
    """As much of a session as the board asks."""

    def __init__(self) -> None:
        self.view, self.heat = ViewState(), HeatMap()
        self.record_changed: Signal[()] = Signal()
        self.assessment_changed: Signal[()] = Signal()
        self.examined: Signal[Examination] = Signal()
        self.record: EcgRecord | None = None
        self.assessment = FakeAssessment(Phase.NONE)

    def open(self, duration_s: float) -> None:
        source = Source((Path("none"),), "test")
        self.record = EcgRecord("test", 500.0, round(500 * duration_s), STANDARD_LEADS, source, _no_samples)
        self.heat.reset(duration_s)
        self.view.open_record(self.record)
        self.assessment.phase = Phase.WAITING
        self.record_changed.emit()

    def go_to(self, phase: Phase) -> None:
        self.assessment.phase = phase
        self.assessment_changed.emit()


def _no_samples(_first: int, _last: int) -> np.ndarray:
    raise AssertionError("the board reads no samples")


class Desk:
    def __init__(self) -> None:
        self.session, self.lane = FakeSession(), FakeLane()
        self.asked: list[tuple[float, float]] = []
        self.tracker = IntervalTracker(self.session, self.lane, self._job)  # type: ignore[arg-type]

    def _job(self, record: EcgRecord, start_s: float, duration_s: float) -> Job:
        self.asked.append((start_s, start_s + duration_s))
        return lambda report: None

    def answer(self, *events: object, number: int = -1) -> None:
        for event in events:
            self.lane.asked[number][1](event)


@pytest.fixture
def controller() -> Desk:
    return Desk()


def measurements(**changes: Value) -> Measurements:
    values = {"rate_bpm": Value(71.6, n_beats=12), "pr_ms": Value(163.2, n_beats=11, n_leads=12),
              "qrs_ms": Value(92.0, n_beats=11, n_leads=12), "qt_ms": Value(400.0, n_beats=11, n_leads=12),
              "axis_deg": Value(-0.3, n_beats=11, n_leads=2)}
    return Measurements(0.0, 10.0, **{**values, **changes}, axis_leads=("I", "aVF"), rr_s=0.8, n_beats=12,
                        n_typical=11, is_regular=True, leads=STANDARD_LEADS)


def test_the_heat_comes_first(controller: Desk) -> None:
    controller.session.open(10.0)
    controller.session.go_to(Phase.SCORING)
    controller.tracker.refresh()
    assert controller.asked == []
    controller.session.go_to(Phase.DONE)
    assert controller.asked == [(0.0, 10.0)]
    assert controller.tracker.is_running
    controller.answer(Examination(measurements()), Finished())
    assert not controller.tracker.is_running
    assert controller.tracker.measurements == measurements()
    controller.tracker.refresh()
    assert len(controller.asked) == 1


def test_what_the_departures_were_measured_from_is_not_measured_again(controller: Desk) -> None:
    controller.session.open(10.0)
    controller.session.examined.emit(Examination(measurements()))
    assert controller.tracker.measurements == measurements()
    controller.session.go_to(Phase.DONE)
    assert controller.asked == []
    controller.tracker.measure()
    assert controller.asked == [(0.0, 10.0)], "but it is when somebody asks"


def test_another_stretch_than_the_one_shown_is_not_taken_for_it(controller: Desk) -> None:
    controller.session.open(20.0)
    controller.session.examined.emit(Examination(measurements()))
    assert controller.tracker.measurements is None
    controller.session.go_to(Phase.DONE)
    assert controller.asked == [(0.0, 20.0)]


@pytest.mark.parametrize("phase", [Phase.FAILED, Phase.UNSUPPORTED, Phase.CANCELLED])
def test_without_heat_it_is_measured_all_the_same(controller: Desk, phase: Phase) -> None:
    controller.session.open(10.0)
    controller.session.go_to(phase)
    assert controller.asked == [(0.0, 10.0)]


def test_of_a_long_recording_what_is_shown_is_measured_as_soon_as_its_heat_is_there(controller: Desk) -> None:
    controller.session.open(3600.0)
    view = controller.session.view
    view.scroll_to(1000.0)
    controller.session.go_to(Phase.SCORING)
    assert controller.asked == []
    percentile = np.full((12, 4000), 50.0, np.float32)
    controller.session.heat.add(AnomalyMap(990.0, 100.0, percentile, percentile, percentile, (), "test", "cpu"))
    controller.tracker.refresh()
    ((start_s, end_s),) = controller.asked
    assert start_s <= view.start_s
    assert view.end_s <= end_s
    assert 10 <= end_s - start_s <= 30
    view.scroll_to(2000.0)
    controller.session.go_to(Phase.DONE)
    assert controller.asked[-1][0] == pytest.approx(2000.0, abs=10)


def test_results_of_the_recording_before_are_dropped(controller: Desk) -> None:
    controller.session.open(10.0)
    controller.session.go_to(Phase.DONE)
    controller.session.open(20.0)
    controller.answer(Examination(measurements()), Finished(), number=0)
    assert controller.tracker.measurements is None
    controller.session.go_to(Phase.DONE)
    assert controller.asked[-1] == (0.0, 20.0)


def test_a_failure_is_said_and_asking_again_measures_again(controller: Desk) -> None:
    controller.session.open(10.0)
    controller.session.go_to(Phase.DONE)
    controller.answer(Failed("The file has vanished.", "", True))
    assert controller.tracker.message == "The file has vanished."
    controller.tracker.refresh()
    assert len(controller.asked) == 1
    controller.tracker.measure()
    assert len(controller.asked) == 2
    assert controller.tracker.message == ""


def test_values_have_units_and_the_formula_is_named() -> None:
    texts = {line.name: line.text for line in interval_lines(measurements(), FORMULAS["Fridericia"])}
    assert texts == {"Rate": "72/min", "PR": "163 ms", "QRS": "92 ms", "QT": "400 ms", "QTc Fridericia": "431 ms",
                     "QRS axis": "0°"}
    bazett = {line.name: line.text for line in interval_lines(measurements(), FORMULAS["Bazett"])}
    assert bazett["QTc Bazett"] == "447 ms"


@pytest.mark.parametrize(("axis", "shown"), [(-20.4, "\N{MINUS SIGN}20°"), (-0.3, "0°"), (41.0, "41°")])
def test_an_axis_has_a_minus_sign_as_above_the_paper_and_zero_has_none(axis: float, shown: str) -> None:
    (line,) = (line for line in interval_lines(measurements(axis_deg=Value(axis)), FORMULAS["Fridericia"])
               if line.name == "QRS axis")
    assert line.text == shown


def test_what_could_not_be_measured_says_why() -> None:
    refused = measurements(pr_ms=Value.none(Reason.P_DISAGREES, spread_ms=121.4),
                           qt_ms=Value.none(Reason.AT_LIMIT, boundary="end of T"))
    lines = {line.name: line for line in interval_lines(refused, FORMULAS["Fridericia"])}
    assert lines["PR"].text == "could not measure (the leads disagree on the P wave by 121 ms)"
    assert "search ends" in lines["QT"].text
    assert "search ends" in lines["QTc Fridericia"].text
    assert not lines["PR"].is_measured


def test_every_reason_has_a_text_that_translators_find() -> None:
    assert {reason: reason.value for reason in Reason} == REASONS


def test_the_copied_text_says_what_it_is() -> None:
    text = copied_text("rec 7", measurements(), FORMULAS["Fridericia"])
    assert text.splitlines()[0] == "rec 7"
    assert stretch_text(measurements()) in text
    assert "QTc Fridericia\t431 ms\t11 beats, 12 leads" in text
    assert "Research use only" in text


def test_the_number_of_beats_is_told_with_those_left_out() -> None:
    assert beats_text(9, 10, (("premature", 1),)) == "9 of 10 beats (left out: 1 premature)"
    assert beats_text(10, 10, ()) == "10 of 10 beats"


def test_the_heat_of_an_average_beat_is_the_mean_of_its_beats() -> None:
    heat = HeatMap()
    heat.reset(10.0)
    percentile = np.full((12, 1000), 10.0, np.float32)
    percentile[:, 200:210] = 99.0  # at the first beat only
    percentile[3] = np.nan
    heat.add(AnomalyMap(0.0, 100.0, percentile, percentile, percentile, (), "test", "cpu"))
    codes = beat_heat(heat, np.array([2.05, 4.05]), 0.2, 0.3)
    found = code_percentiles()[codes]
    assert codes.shape == (12, 50)
    assert found[0, 18] == pytest.approx((99 + 10) / 2, abs=1.5)
    assert found[0, 40] == pytest.approx(10, abs=1)
    assert (codes[3] == NOT_ASSESSED).all()
    assert (beat_heat(heat, np.array([]), 0.2, 0.3) == NOT_ASSESSED).all()
