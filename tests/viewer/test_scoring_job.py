"""The model works on what is looked at, also when that changes while it works."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.scoring import scoring_job
from ecg_viewer.state.assessment import ModelInfo, Scored
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.errors import Cancelled
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

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

    def layers(self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...]) -> None:
        return None

    def describe(self, folder: Path) -> ModelInfo:
        return self.load(None)

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool]
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


def test_a_stop_ends_the_job_also_while_a_jump_waits(record: EcgRecord) -> None:
    focus, report = [0.0, 10.0], Reports()

    def look(start_s: float, end_s: float) -> None:
        focus[:] = [400.0, 410.0]
        report.is_stopped = True

    with pytest.raises(Cancelled):
        scoring_job(SlowScorer(look), None, record, lambda: (focus[0], focus[1]))(report)
    assert report.stretches == []
