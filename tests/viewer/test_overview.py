"""The overview follows a session stretch by stretch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo, Scored
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.models import Models
from ecg_viewer.state.overview import (
    ASSESSED,
    FAIR,
    GOOD,
    OUTLINE_BINS,
    PENDING,
    POOR,
    UNANSWERED,
    UNKNOWN,
    OutlinePart,
    Overview,
    outline_job,
)
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.session import Session, Work
from ecg_viewer.state.view import Interval, ViewState
from mmae_core.assessment import AnomalyMap, Finding, LeadQuality, QualityReport, Verdict, WindowAssessment
from mmae_core.errors import Cancelled
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray, Source

RATE = 100.0


def ramp(start: int, end: int) -> FloatArray:
    return np.tile(np.arange(start, end, dtype=np.float32), (12, 1)) * np.arange(1, 13, dtype=np.float32)[:, None]


def record(duration_s: float) -> EcgRecord:
    return EcgRecord("long", RATE, round(duration_s * RATE), STANDARD_LEADS, Source((), "test"), ramp)


class Desk:
    """A session whose lanes the test answers."""

    def __init__(self) -> None:
        nothing = lambda *_: lambda _report: None  # noqa: E731
        self.receive: list = []
        self.models = Models(("default",), self, nothing)
        work = Work(nothing, nothing, nothing, nothing)
        self.session = Session(ViewState(), HeatMap(), self.models, work, self, self, self)
        self.overview = Overview(self.session)

    def submit(self, _job: Job, receive: object) -> Desk:
        self.receive.append(receive)
        return self

    def cancel(self) -> None:
        """Nothing runs here."""

    def open(self, duration_s: float) -> None:
        item = RecordItem(Path("x"), "x")
        self.session._show(item, record(duration_s))
        self.session.assess()
        self.answer(ModelInfo("m", "1", "cpu", 10))

    def answer(self, event: object) -> None:
        self.receive[-1](event)

    def score(self, start_s: float, end_s: float, *findings: Finding, verdicts: tuple[Verdict, ...] = (),
              value: float = 50.0) -> None:
        values = np.full((12, round((end_s - start_s) * RATE)), value, np.float32)
        windows = tuple(window(start_s + 10 * place, verdict) for place, verdict in enumerate(verdicts))
        self.session._receive_score(
            Scored(AnomalyMap(start_s, RATE, values, values, values, windows, "m", "cpu"), findings, end_s)
        )


def window(start_s: float, verdict: Verdict) -> WindowAssessment:
    score = {"good": 1.0, "fair": 0.6, "poor": 0.1}[verdict]
    leads = tuple(LeadQuality(lead, score, ()) for lead in STANDARD_LEADS)
    reasons = () if verdict == "good" else ("V1: flat for 8.2 of 10 s",)
    report = QualityReport(start_s, 10.0, score, verdict, leads, reasons)
    nan = (float("nan"),) * 12
    return WindowAssessment(start_s, 1.0, 1.0, 1.0, 50.0, 0.5, nan, (True,) * 12, (), report)


def finding(start_s: float, end_s: float, lead: str = "V1") -> Finding:
    return Finding(lead, start_s, end_s, start_s, 99.0, 1.0)


@pytest.fixture
def controller() -> Desk:
    return Desk()


def test_progress_grows_stretch_by_stretch_and_begins_anew_with_the_record(controller: Desk) -> None:
    controller.open(100)
    assert set(controller.overview.columns(50).progress) == {PENDING}
    controller.score(20, 40)
    controller.score(60, 80, value=float("nan"))
    expected = [PENDING] * 10 + [ASSESSED] * 10 + [PENDING] * 10 + [UNANSWERED] * 10 + [PENDING] * 10
    assert controller.overview.columns(50).progress.tolist() == expected
    assert controller.overview.assessed_share == pytest.approx(0.4)
    controller.open(30)
    assert controller.overview.assessed_share == 0
    assert controller.overview.n_steps == 300


def test_another_assessment_begins_with_nothing_assessed(controller: Desk) -> None:
    controller.open(100)
    controller.score(0, 100, verdicts=("poor",))
    controller.session.assess()
    columns = controller.overview.columns(10)
    assert set(columns.progress) == {PENDING}
    assert set(columns.quality) == {UNKNOWN}


def test_a_column_that_is_assessed_in_part_is_pending(controller: Desk) -> None:
    controller.open(100)
    controller.score(0, 25)
    assert controller.overview.columns(10).progress.tolist() == [ASSESSED] * 2 + [PENDING] * 8


def test_findings_are_counted_by_whether_they_count_and_what_a_person_said(controller: Desk) -> None:
    controller.open(100)
    sure, poor, confirmed, dismissed = finding(5, 6), finding(35, 36), finding(70, 71), finding(90, 91)
    controller.score(0, 100, sure, poor, confirmed, dismissed, verdicts=("good", "good", "good", "poor"))
    columns = controller.overview.columns(10)
    assert np.flatnonzero(columns.reliable).tolist() == [0, 7, 9]
    controller.overview.show_review([Interval("V1", 70, 71), Interval("V1", 50, 52)], [Interval("V1", 90, 91)])
    columns = controller.overview.columns(10)
    assert np.flatnonzero(columns.reliable).tolist() == [0, 7]
    assert np.flatnonzero(columns.unreliable).tolist() == [3]
    assert np.flatnonzero(columns.confirmed).tolist() == [5, 7]


def test_a_long_finding_counts_in_every_column_it_reaches(controller: Desk) -> None:
    controller.open(100)
    controller.score(0, 100, finding(10, 30), finding(12, 13, "V2"), finding(99.9, 100.0, "V3"))
    assert controller.overview.columns(10).reliable.tolist() == [0, 2, 1, 0, 0, 0, 0, 0, 0, 1]


def test_quality_is_the_worst_of_a_column_and_the_best_of_overlapping_windows(controller: Desk) -> None:
    controller.open(60)
    controller.score(0, 60, verdicts=("good", "poor", "fair"))
    assert controller.overview.columns(6).quality.tolist() == [GOOD, POOR, FAIR, UNKNOWN, UNKNOWN, UNKNOWN]
    assert controller.overview.columns(2).quality.tolist() == [POOR, UNKNOWN]
    assert controller.overview.quality_shares == pytest.approx({"good": 1 / 3, "fair": 1 / 3, "poor": 1 / 3})
    assert controller.overview.quality_words(10, 20) == "poor: V1: flat for 8.2 of 10 s"
    better = replace(window(10, "good"), start_s=15.0)
    controller.session._receive_score(
        Scored(AnomalyMap(15, RATE, *(np.ones((12, 1000), np.float32),) * 3, (better,), "m", "cpu"), (), 60)
    )
    assert controller.overview.columns(12).quality.tolist()[2:6] == [POOR, GOOD, GOOD, FAIR]


def test_a_day_is_kept_in_a_second_a_step_and_drawn_in_any_number_of_columns(controller: Desk) -> None:
    controller.open(86_400)
    assert controller.overview.n_steps == 86_400
    controller.score(43_200, 43_260)
    for n_columns in (1, 300, 1440, 5000):
        assert controller.overview.columns(n_columns).progress.size == n_columns
    assert np.flatnonzero(controller.overview.columns(1440).progress).tolist() == [720]


class Sink(Report):
    def __init__(self, stop_after: int = 10**9) -> None:
        self.parts: list[OutlinePart] = []
        self._stop_after = stop_after

    def send(self, event: object) -> None:
        assert isinstance(event, OutlinePart)
        self.parts.append(event)

    def stopped(self) -> bool:
        return len(self.parts) >= self._stop_after


@pytest.mark.parametrize("duration_s", [0.5, 10.0, 1000.0])
def test_the_outline_holds_the_extremes_of_lead_ii(controller: Desk, duration_s: float) -> None:
    controller.open(duration_s)
    sink = Sink()
    outline_job(record(duration_s))(sink)
    for part in sink.parts:
        controller.overview.take_outline(part)
    outline = controller.overview.outline
    assert outline is not None
    assert outline.lead == "II"
    n_samples = round(duration_s * RATE)
    assert outline.low.size <= OUTLINE_BINS
    assert outline.low[0] == 0
    assert outline.high[-1] == 2 * (n_samples - 1)
    assert not np.isnan(outline.low).any()
    assert (outline.low[1:] == outline.high[:-1] + 2).all()


def test_an_outline_that_nobody_waits_for_is_not_read_on() -> None:
    sink = Sink(stop_after=2)
    with pytest.raises(Cancelled):
        outline_job(record(100_000))(sink)
    assert len(sink.parts) == 2


def test_without_a_record_there_is_nothing(controller: Desk) -> None:
    assert controller.overview.duration_s == 0
    assert controller.overview.columns(10).reliable.tolist() == [0] * 10
    assert controller.overview.quality_shares == {}
