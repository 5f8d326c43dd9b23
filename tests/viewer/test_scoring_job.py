"""The model works on what is looked at, also when that changes while it works."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.jobs.scoring import read_beside, scoring_job
from ecg_viewer.state.assessment import Mapped, ModelInfo, Scored
from ecg_viewer.state.layers import StretchLayers
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.departures.results import RecordDepartures
from mmae_core.errors import Cancelled, MissingResource, UnsupportedRecord
from mmae_core.facts import MOST_FACTS
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source
from mmae_core.resources import resource

RATE_HZ = 100.0


class Reports:
    """What a job sends, and whether it is asked to stop."""

    def __init__(self) -> None:
        self.events: list[object] = []
        self.is_stopped = False

    def send(self, event: object) -> None:
        self.events.append(event)

    def stopped(self) -> bool:
        return self.is_stopped

    @property
    def stretches(self) -> list[tuple[float, float]]:
        return [(e.anomaly_map.start_s, e.anomaly_map.end_s) for e in self.events if isinstance(e, Scored)]


class SlowScorer:
    """Looks once a stretch whether to go on; `look` is called before."""

    def __init__(self, look: Callable[[float, float], None]) -> None:
        self.look = look

    def load(self, model: str | None) -> ModelInfo:
        return ModelInfo("slow", "1", "cpu")

    def layers(
        self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
        should_stop: Callable[[], bool],
    ) -> None:
        return None

    def describe(self, folder: Path) -> ModelInfo:
        return self.load(None)

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool],
        preview: object = None,
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        self.look(start_s, end_s)
        if should_stop():
            raise Cancelled("stopped")
        scores = np.zeros((12, round((end_s - start_s) * RATE_HZ)), np.float32)
        return AnomalyMap(start_s, RATE_HZ, scores, scores, scores, (), "slow", "cpu"), ()


@pytest.fixture
def record() -> EcgRecord:
    signal = np.zeros((12, round(600 * RATE_HZ)), np.float32)
    source = Source((), "test")
    return EcgRecord("test", RATE_HZ, signal.shape[1], STANDARD_LEADS, source, lambda start, end: signal[:, start:end])


def test_a_jump_puts_the_stretch_in_hand_off_and_nothing_is_left_out(record: EcgRecord) -> None:
    focus, report, begun = [0.0, 10.0], Reports(), []

    def look(start_s: float, end_s: float) -> None:
        begun.append((start_s, end_s))
        if len(begun) == 2:  # outward from the beginning; now the reader jumps
            focus[:] = [400.0, 410.0]

    scoring_job(SlowScorer(look), None, record, lambda: (focus[0], focus[1]))(report)
    assert begun[1] == (10.0, 70.0)
    assert report.stretches[:2] == [(0.0, 10.0), (400.0, 410.0)]
    done = sorted(report.stretches)
    assert done[0][0] == 0.0
    assert done[-1][1] == 600.0
    assert all(end == start for (_, end), (start, _) in itertools.pairwise(done))
    last = report.events[-1]
    assert isinstance(last, Scored)
    assert last.done_s == 600.0


def test_a_jump_puts_off_measuring_too(record: EcgRecord) -> None:
    """Of a stretch of a minute the other layers take as long as the heat of the place one has jumped to."""
    focus, report, measured = [0.0, 10.0], Reports(), []

    class Measuring(SlowScorer):
        def layers(
            self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
            should_stop: Callable[[], bool],
        ) -> None:
            measured.append(anomaly_map.start_s)
            if len(measured) == 2:
                focus[:] = [400.0, 410.0]
            if should_stop():
                raise Cancelled("stopped")

    scoring_job(Measuring(lambda _start, _end: None), None, record, lambda: (focus[0], focus[1]))(report)
    assert measured[:3] == [0.0, 10.0, 400.0]
    assert sorted(report.stretches)[1][0] == 10.0, "it is done later"


def test_a_stop_ends_the_job_also_while_a_jump_waits(record: EcgRecord) -> None:
    focus, report = [0.0, 10.0], Reports()

    def look(start_s: float, end_s: float) -> None:
        focus[:] = [400.0, 410.0]
        report.is_stopped = True

    with pytest.raises(Cancelled):
        scoring_job(SlowScorer(look), None, record, lambda: (focus[0], focus[1]))(report)
    assert report.stretches == []


def test_what_cannot_be_measured_is_said_and_the_map_keeps_its_facts(
    record: EcgRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MissingResource("The limits of normals are missing.")

    monkeypatch.setattr("mmae_core.layers.read_layers", refuse)
    scores = np.zeros((12, round(10 * RATE_HZ)), np.float32)
    found = Finding("V1", 1.0, 1.1, 1.05, 99.0, 4.0)
    stretch_layers = read_beside(record, AnomalyMap(0.0, RATE_HZ, scores, scores, scores, (), "m", "cpu"), (found,))
    assert stretch_layers.departures is not None
    assert stretch_layers.departures.limitations == ("The limits of normals are missing.",)
    assert [finding.lead for fact in stretch_layers.facts for finding in fact.findings] == ["V1"]


def test_a_recording_is_read_in_all_layers() -> None:
    record = read_record(resource("demo") / "00195_hr")
    scores = np.zeros((12, record.n_samples), np.float32)
    whole = AnomalyMap(0.0, record.sampling_rate_hz, scores, scores, scores, (), "m", "cpu")
    stretch_layers = read_beside(record, whole, ())
    assert stretch_layers.departures is not None
    assert stretch_layers.own is not None
    assert stretch_layers.departures.group
    assert "QRS wide" in {item.kind for item in stretch_layers.departures.flagged}, "complete right bundle branch block"
    assert len(stretch_layers.facts) <= MOST_FACTS


def test_the_heat_of_a_stretch_does_not_wait_for_what_else_is_said_of_it(record: EcgRecord) -> None:
    report = Reports()
    scoring_job(SlowScorer(lambda *_: None), None, record, lambda: (0.0, 10.0))(report)
    kinds = [type(event) for event in report.events]
    assert kinds[:3] == [ModelInfo, Mapped, Scored]
    mapped, scored = report.events[1:3]
    assert mapped.anomaly_map is scored.anomaly_map


def test_a_recording_that_the_model_refuses_is_read_in_the_other_layers(record: EcgRecord) -> None:
    def refuse(*_: float) -> None:
        raise UnsupportedRecord("V1 is missing.")

    scorer, report, stretch_layers = SlowScorer(refuse), Reports(), StretchLayers(RecordDepartures(0.0, 10.0))
    scorer.layers = lambda *_: stretch_layers  # type: ignore[method-assign]
    with pytest.raises(UnsupportedRecord, match="V1 is missing"):
        scoring_job(scorer, None, record, lambda: (0.0, 10.0))(report)
    scored = [event for event in report.events if isinstance(event, Scored)]
    assert sum(len(item.anomaly_map.score[0]) for item in scored) == record.n_samples
    assert not any(item.has_map for item in scored)
    assert all(item.stretch_layers.departures is stretch_layers.departures for item in scored)
