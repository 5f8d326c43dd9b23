"""A recording with known findings, decisions and scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from ecg_viewer.export.content import Heat, RecordContent
from ecg_viewer.export.provenance import Provenance
from ecg_viewer.export.reviewed import reviewed_findings
from ecg_viewer.state.assessment import Assessment, ModelInfo, Phase, Scored
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.review import RecordReview, fold
from mmae_core.assessment import AnomalyMap, Finding, LeadQuality, QualityReport, WindowAssessment
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.resources import resource

MODEL = ModelInfo("fake", "7", "cpu", 912, "ab" * 32, cohort="normals of somewhere", preprocessing="500 Hz, 1-25 Hz")
FOUND = (
    Finding("V3", 2.0, 2.2, 2.1, 99.8, 3.0),
    Finding("II", 5.0, 5.1, 5.05, 97.5, 2.0),
    Finding("aVF", 7.0, 7.4, 7.2, 96.0, 1.5),
)


def moment() -> datetime:
    return datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def event(kind: str, **payload: object) -> Event:
    return Event(kind, "sha", "anna", payload, time="2026-11-20T08:00:00.000+00:00")  # type: ignore[arg-type]


def decided(finding: Finding, state: str | None, note: str = "") -> Event:
    name = FindingId.of(finding, MODEL.sha256).to_payload()
    return event("decided", finding=name, state=state, percentile=finding.percentile, note=note)


def own(lead: str, start_s: float, end_s: float, label: str) -> Event:
    return event("own_set", id=f"{lead}{start_s}", leads=[lead], start_s=start_s, end_s=end_s, label=label)


REVIEW = (
    decided(FOUND[0], "confirmed", "=1+1 \u2013 \u201cnotch\u201d, really"),
    decided(FOUND[1], "dismissed"),
    own("V6", 8.0, 8.5, "U wave"),
)


@pytest.fixture
def demo_record() -> EcgRecord:
    return read_record(resource("demo") / "00170_hr.hea")


def window(start_s: float = 0.0) -> WindowAssessment:
    leads = tuple(float("nan") if lead == "aVL" else 50.0 + 4 * i for i, lead in enumerate(STANDARD_LEADS))
    qualities = tuple(
        LeadQuality(lead, 0.2 if lead == "II" else 1.0, ("noisy",) if lead == "II" else ()) for lead in STANDARD_LEADS
    )
    quality = QualityReport(start_s, 10.0, 0.8, "fair", qualities, ("II: noisy",))
    assessable = tuple(lead != "aVL" for lead in STANDARD_LEADS)
    return WindowAssessment(start_s, 2.0, 1.0, 1.0, 97.37, 0.0274, leads, assessable, ("aVL is flat.",), quality)


def assess_by_hand(record: EcgRecord) -> tuple[Assessment, HeatMap, AnomalyMap]:
    """What a model would have said: 50 everywhere, the findings in their places, nothing in aVL."""
    rate = record.sampling_rate_hz
    times = np.arange(record.n_samples) / rate
    percentile = np.full((12, len(times)), 50.0, np.float32)
    for finding in FOUND:
        inside = (times >= finding.start_s) & (times < finding.end_s)
        percentile[STANDARD_LEADS.index(finding.lead), inside] = finding.percentile
    percentile[STANDARD_LEADS.index("aVL")] = np.nan
    score = percentile / 100
    anomaly_map = AnomalyMap(0.0, rate, score, percentile, percentile, (window(),), "fake", "cpu")
    heat = HeatMap()
    heat.reset(record.duration_s)
    heat.add(anomaly_map)
    assessment = Assessment(Phase.WAITING, total_s=record.duration_s)
    assessment = assessment.with_stretch(Scored(anomaly_map, FOUND, record.duration_s))
    return assessment, heat, anomaly_map


@pytest.fixture
def examples() -> SimpleNamespace:
    """What the content is made of."""
    return SimpleNamespace(model=MODEL, found=FOUND, moment=moment, decided=decided, own=own, event=event,
                           anomaly_map=lambda record: assess_by_hand(record)[2])


MakeContent = Callable[..., RecordContent]


@pytest.fixture
def make_content(demo_record: EcgRecord) -> MakeContent:
    """Makes what is to be exported; `review` are events, `maps` keeps the map."""

    def make(
        review: tuple[Event, ...] = REVIEW, *, record: EcgRecord = demo_record, maps: bool = False
    ) -> RecordContent:
        assessment, heat, anomaly_map = assess_by_hand(record)
        state: RecordReview = fold(review)
        return RecordContent(
            record,
            Provenance.of(record, MODEL, clock=moment),
            reviewed_findings(assessment, MODEL.sha256, state),
            replace(assessment, phase=Phase.DONE),
            Heat.of(heat, 0.0, record.duration_s),
            (anomaly_map,) if maps else (),
            review_state=state.state,
        )

    return make


@pytest.fixture
def mini() -> Path:
    return Path(__file__).parents[2] / "data" / "ptbxl-mini"
