"""The real window with a model that tests control, and recordings written for the purpose."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program, build
from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.job_protocols import Job
from ecg_viewer.state.layers import StretchLayers
from ecg_viewer.state.settings import SettingsFile
from mmae_core.assessment import (
    AnomalyMap,
    Finding,
    LeadQuality,
    QualityReport,
    Suspicion,
    Verdict,
    WindowAssessment,
)
from mmae_core.errors import Cancelled, ModelMismatch
from mmae_core.record import STANDARD_LEADS, EcgRecord, require_model_leads, require_model_length
from mmae_core.resources import resource

N_NORMALS = 912
SPOTS = (("V3", 2.0, 2.2, 99.8), ("II", 5.0, 5.1, 98.5), ("aVF", 12.0, 12.4, 99.1))
"""Where the fake model finds something, in every record that is long enough: lead, start, end, percentile."""


class FakeScorer:
    """A model whose answers are known and whose pace the test sets."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        """A stretch is not answered before this is set."""
        self.gate.set()
        self.error: Exception | None = None
        self.loads = 0
        self.models: list[str | None] = []
        """What was asked to assess, in that order."""
        self.unusable: dict[str | None, str] = {}
        """Models that cannot be loaded, with the reason."""
        self.poor: dict[str, str] = {}
        """Leads whose signal is poor, with the reason; with three of them a recording is unreliable."""
        self.suspicions: tuple[Suspicion, ...] = ()
        self.descriptions: dict[str, ModelInfo] = {}
        """Folders that hold a model."""
        self.threads: set[int] = set()
        self.look: Callable[[EcgRecord, AnomalyMap, tuple[Finding, ...]], StretchLayers | None] | None = None
        """What is said of a stretch beside the model's map; nothing without."""
        self.asked: list[tuple[str, float, float]] = []
        self.cancelled: list[str] = []

    def load(self, model: str | None) -> ModelInfo:
        self.loads += 1
        self.models.append(model)
        self.threads.add(threading.get_ident())
        if model in self.unusable:
            raise ModelMismatch(self.unusable[model])
        return ModelInfo("fake", "7", "cpu", N_NORMALS, "0" * 64, cohort=f"cohort of {model}")

    def describe(self, folder: Path) -> ModelInfo:
        if str(folder) in self.descriptions:
            return self.descriptions[str(folder)]
        raise ModelMismatch(f"{folder.name} is damaged.")

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool],
        preview: object = None,
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        self.asked.append((record.name, start_s, end_s))
        while not self.gate.wait(0.005):
            if should_stop():
                self.cancelled.append(record.name)
                raise Cancelled("stopped")
        if self.error is not None:
            raise self.error
        require_model_leads(record)
        require_model_length(record, 10)
        return self._map(record, start_s, end_s), self._findings(start_s, end_s)

    def layers(
        self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
        should_stop: Callable[[], bool],
    ) -> StretchLayers | None:
        return None if self.look is None else self.look(record, anomaly_map, findings)

    def _map(self, record: EcgRecord, start_s: float, end_s: float) -> AnomalyMap:
        rate = record.sampling_rate_hz
        times = start_s + np.arange(round((end_s - start_s) * rate)) / rate
        percentile = np.full((12, len(times)), 50.0, np.float32)
        for lead, start, end, value in SPOTS:
            percentile[STANDARD_LEADS.index(lead), (times >= start) & (times < end)] = value
        percentile[STANDARD_LEADS.index("aVL")] = np.nan
        windows = tuple(
            replace(_window(start), quality=replace(quality_report(start, self.poor), suspicions=self.suspicions))
            for start in np.arange(0, record.duration_s - 9.99, 5)
            if start < end_s and start + 10 > start_s
        )
        return AnomalyMap(start_s, rate, percentile / 100, percentile, percentile, windows, "fake", "cpu")

    def _findings(self, start_s: float, end_s: float) -> tuple[Finding, ...]:
        found = [
            Finding(lead, start, end, (start + end) / 2, percentile, percentile / 100)
            for lead, start, end, percentile in SPOTS
            if start_s <= start and end <= end_s
        ]
        return tuple(sorted(found, key=lambda finding: -finding.percentile))


def quality_report(start_s: float, poor: dict[str, str]) -> QualityReport:
    """What the rules would say of a window with these poor leads."""
    leads = tuple(
        LeadQuality(lead, 0.2 if lead in poor else 1.0, (poor[lead],) if lead in poor else ())
        for lead in STANDARD_LEADS
    )
    score = max(0.0, 1 - 0.8 * min(len(poor), 3) / 3)
    reasons = tuple(f"{lead}: {reason}" for lead, reason in poor.items())
    verdict: Verdict = "good" if not poor else "fair" if score >= 0.3 else "poor"
    return QualityReport(start_s, 10.0, score, verdict, leads, reasons)


def _window(start_s: float) -> WindowAssessment:
    score = 2.0 if start_s == 0 else 1.0
    leads = tuple(float("nan") if lead == "aVL" else 50.0 + index for index, lead in enumerate(STANDARD_LEADS))
    assessable = tuple(lead != "aVL" for lead in STANDARD_LEADS)
    percentile = 97.37 if start_s == 0 else 41.0
    return WindowAssessment(start_s, score, 1.0, 1.0, percentile, 0.0274, leads, assessable, ("aVL is flat.",))


MakeProgram = Callable[..., Program]


@pytest.fixture
def make_program(qtbot: QtBot) -> Iterator[MakeProgram]:
    """Makes windows, shows them, and closes them at the end whatever the test did.

    All leads stand under each other, so that every second of every lead is on the paper; a test that gives settings
    gets what they say.
    """
    programs: list[Program] = []

    def make(
        scorer: Scorer | None = None, settings: SettingsFile | None = None, model: str | None = None
    ) -> Program:
        if settings is None:
            settings = SettingsFile()
            settings.change(layout="12x1")
        program = build(settings, scorer or FakeScorer(), model=model)
        programs.append(program)
        program.window.resize(1400, 900)
        program.window.show()
        qtbot.waitExposed(program.window)
        return program

    yield make
    for program in programs:
        program.window.close()
        program.window.deleteLater()
    logging.getLogger("ecg_viewer").handlers.clear()


@pytest.fixture
def demo() -> Path:
    return resource("demo")


WriteRecord = Callable[..., Path]


@pytest.fixture
def write_record(tmp_path: Path) -> WriteRecord:
    """Writes a WFDB record of a slow sine in each lead, its amplitude the lead's number in tenths of mV."""

    def write(name: str, duration_s: float = 12.0, leads: tuple[str, ...] = STANDARD_LEADS, rate: int = 250) -> Path:
        n = round(duration_s * rate)
        wave = np.sin(2 * np.pi * 1.1 * np.arange(n) / rate)
        signals = np.stack([100 * (index + 1) * wave for index in range(len(leads))], axis=1).astype("<i2")
        (tmp_path / f"{name}.dat").write_bytes(signals.tobytes())
        checksums = signals.astype(np.int64).sum(axis=0).astype(np.int16)
        lines = [f"{name} {len(leads)} {rate} {n}"]
        for index, lead in enumerate(leads):
            lines.append(f"{name}.dat 16 1000/mV 16 0 {signals[0, index]} {checksums[index]} 0 {lead}")
        header = tmp_path / f"{name}.hea"
        header.write_text("\n".join(lines) + "\n", encoding="ascii")
        return header

    return write


@pytest.fixture
def fake_scorer() -> FakeScorer:
    return FakeScorer()


@pytest.fixture(autouse=True)
def _measure_nothing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals are measured by a process of seconds of start, in the tests marked `measures` alone."""
    if request.node.get_closest_marker("measures") is None:

        def nothing(_record: EcgRecord, _start_s: float, _duration_s: float, measurer: object = None) -> Job:
            return lambda report: None

        monkeypatch.setattr("ecg_viewer.qt.features.examine_job", nothing)


@pytest.fixture
def opens(qtbot: QtBot) -> Callable[[Program, Path], None]:
    """Opens a recording and waits for its trace."""

    def open_record(program: Program, path: Path) -> None:
        name = path.stem
        program.session.open([path])
        qtbot.waitUntil(
            lambda: program.session.record is not None
            and program.session.record.name == name
            and program.window.paper.is_complete
        )

    return open_record
