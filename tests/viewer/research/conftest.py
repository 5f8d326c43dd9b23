"""A session whose lanes the test answers, and recordings in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.job_protocols import Job
from ecg_viewer.state.models import Models
from ecg_viewer.state.opening_results import Opened
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.session import Session, Work
from ecg_viewer.state.view import ViewState
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


class HandLane:
    """Keeps every request and its job; the test answers."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.receivers: list[Callable[[object], None]] = []

    def submit(self, job: Job, receive: Callable[[object], None]) -> HandLane:
        self.jobs.append(job)
        self.receivers.append(receive)
        return self

    def cancel(self) -> None:
        """As a ticket: nothing runs."""

    def answer(self, *events: object) -> None:
        """To the latest request."""
        receive = self.receivers[-1]
        for event in events:
            receive(event)

    def run(self) -> None:
        """Run the latest job here and hand over what it sends."""
        lane = self

        class Here:
            def send(self, event: object) -> None:
                lane.answer(event)

            def stopped(self) -> bool:
                return False

        self.jobs[-1](Here())


def make_record(name: str = "rec", duration_s: float = 20.0, rate_hz: float = 100.0) -> EcgRecord:
    n = round(duration_s * rate_hz)

    def read(start: int, end: int) -> np.ndarray:
        return np.zeros((12, end - start), np.float32) + np.arange(start, end, dtype=np.float32) / 1000

    return EcgRecord(name, rate_hz, n, STANDARD_LEADS, Source((), "memory"), read)


class Bench:
    """A session with a model lane to answer."""

    def __init__(self) -> None:
        self.reading, self.modelling = HandLane(), HandLane()

        def job(*_: object) -> Job:
            return lambda report: None

        models = Models(("plus", "faithful"), HandLane(), job)
        self.session = Session(ViewState(), HeatMap(), models, Work(job, job, job, job), self.reading, self.modelling,
                               HandLane())

    def open(self, record: EcgRecord | None = None) -> None:
        record = record or make_record()
        self.session.open([Path(record.name)])
        item = RecordItem(Path(record.name), record.name)
        self.reading.answer(Opened((item,), item, record))


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def lane() -> HandLane:
    return HandLane()


@pytest.fixture
def record() -> Callable[..., EcgRecord]:
    return make_record
