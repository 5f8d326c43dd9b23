"""A window with a list, and a model for the background whose answers are known."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.layers import StretchLayers
from mmae_core.assessment import AnomalyMap, Finding, WindowAssessment
from mmae_core.errors import Cancelled
from mmae_core.record import EcgRecord, require_model_leads

SHA = "0" * 64
"""Of the model that the window's own fake scorer stands for."""


class BackgroundScorer:
    """Scores by a table; waits at a gate; notes what it was asked, in which order and on which thread."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        """One permit a record."""
        self.is_gated = False
        self.sha256 = SHA
        self.scores: dict[str, float] = {}
        self.findings: tuple[Finding, ...] = ()
        self.stretch_layers: StretchLayers | None = None
        self.asked: list[str] = []
        self.models: list[str | None] = []
        self.threads: set[int] = set()

    def load(self, model: str | None) -> ModelInfo:
        self.models.append(model)
        return ModelInfo("fake", "7", "cpu", 912, self.sha256)

    def describe(self, folder: Path) -> ModelInfo:
        raise NotImplementedError("the background looks at no folders")

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool],
        preview: object = None,
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        self.asked.append(record.name)
        self.threads.add(threading.get_ident())
        while self.is_gated and not self.gate.acquire(timeout=0.005):
            if should_stop():
                raise Cancelled("stopped")
        require_model_leads(record)
        rate = record.sampling_rate_hz
        n = round((end_s - start_s) * rate)
        ramp = np.broadcast_to(np.linspace(0, 1, n, dtype=np.float32), (12, n))
        score = self.scores.get(record.name, 1.0)
        window = WindowAssessment(start_s, score, 1.0, 1.0, 90.0, 0.1, (50.0,) * 12, (True,) * 12, ())
        return AnomalyMap(start_s, rate, ramp, ramp, ramp, (window,), "fake", "cpu"), self.findings

    def layers(
        self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
        should_stop: Callable[[], bool],
    ) -> StretchLayers | None:
        return self.stretch_layers


@pytest.fixture
def background() -> BackgroundScorer:
    return BackgroundScorer()


MakeWorklist = Callable[..., tuple[Program, WorklistFeature]]


@pytest.fixture
def make_worklist(qtbot: QtBot, make_program: Callable[..., Program], background: BackgroundScorer) -> MakeWorklist:
    """A window with these paths listed and the first of them assessed."""

    def make(*paths: Path, scorer: Scorer | None = None) -> tuple[Program, WorklistFeature]:
        program = make_program(scorer)
        feature = program.window.feature(WorklistFeature)
        feature.filler.scoring.make_scorer = lambda: background
        if paths:
            program.session.open(paths)
            qtbot.waitUntil(lambda: len(feature.worklist) > 0 and program.session.record is not None)
            qtbot.waitUntil(lambda: not program.session.assessment.phase.is_running)
            qtbot.waitUntil(lambda: feature.worklist.results.source.sha256 == SHA)
            qtbot.waitUntil(lambda: not feature.filler.is_gathering)
        return program, feature

    return make

