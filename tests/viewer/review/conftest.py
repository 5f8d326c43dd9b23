"""A session's surface that tests control, and events."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.recorder import RecordFiles
from ecg_viewer.state.signal import Signal
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

SHA = "a" * 64
MODEL = "m" * 64


class DeskSession:
    """What the book asks of a session."""

    def __init__(self) -> None:
        self.record_changed: Signal[()] = Signal()
        self.assessment_changed: Signal[()] = Signal()
        self.record: EcgRecord | None = None
        self.sha256 = ""
        self.model = ModelInfo("m", "1", "cpu", 900, MODEL)
        self.view = SimpleNamespace(duration_s=10.0)

    def open(self, *paths: Path, sha256: str = "") -> None:
        self.sha256 = sha256
        self.record = EcgRecord(
            "r", 100.0, 1000, STANDARD_LEADS, Source(paths, "test"), lambda a, b: np.zeros((12, b - a), np.float32)
        )
        self.record_changed.emit()

    def learn_checksum(self, sha256: str) -> None:
        self.sha256 = sha256
        self.assessment_changed.emit()


@dataclass
class HandJournal:
    """Keeps what it is asked; the test answers."""

    loads: list[tuple[int, RecordFiles]] = field(default_factory=list)
    appended: list[tuple[RecordFiles, Event]] = field(default_factory=list)

    def load(self, request: int, files: RecordFiles) -> None:
        self.loads.append((request, files))

    def append(self, files: RecordFiles, event: Event) -> None:
        self.appended.append((files, event))


@pytest.fixture
def session(tmp_path: Path) -> DeskSession:
    return DeskSession()


@pytest.fixture
def journalist() -> HandJournal:
    return HandJournal()


def finding_id(lead: str = "V3", start_s: float = 2.0, end_s: float = 2.2, model: str = MODEL) -> FindingId:
    return FindingId(lead, start_s, end_s, model)


def decided(finding: FindingId, state: str | None, record: str = SHA, reviewer: str = "Ann", **more: Any) -> Event:
    return Event("decided", record, reviewer, {"finding": finding.to_payload(), "state": state, **more})
