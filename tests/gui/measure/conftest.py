"""Windows that do not measure by themselves, where a test is about something else."""

from __future__ import annotations

import pytest

from ecg_viewer.state.jobs import Job
from mmae_core.record import EcgRecord


@pytest.fixture
def without_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is measured automatically, which would load NeuroKit2."""

    def nothing(_record: EcgRecord, _start_s: float, _duration_s: float) -> Job:
        return lambda report: None

    monkeypatch.setattr("ecg_viewer.qt.measure.interval_feature.examine_job", nothing)
