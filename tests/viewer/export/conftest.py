"""A recording with known findings, decisions and scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.provenance import Provenance
from ecg_viewer.export.reviewed_findings import reviewed_findings
from ecg_viewer.state.assessment import Assessment, ModelInfo, Phase, Scored
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layers import StretchLayers, departure_spans, own_spans
from ecg_viewer.state.person import ShownPerson
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.review import RecordReview, fold
from mmae_core.assessment import AnomalyMap, Finding, Layer, LeadQuality, QualityReport, WindowAssessment
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts import Fact
from mmae_core.intervals.results import Measurements, Reason, Value
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeat, OwnBeats, Shape
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


BEATS_S = (0.6, 1.4, 2.2, 3.0)
GROUP = "men of about 55"
ELEVATION = Departure(
    "st_j60_mv", "ST elevation", "ST", "V2", 1, 0.24, "mV", 99.4, 1912, GROUP, 5.5, 99.0, 0.04, 0.12,
    Message("ST {mv:+.2f} mV in {lead}: above {percent:.1f} % of {n:,} {group}", mv=0.24, lead="V2", percent=99.4,
            n=1912,
            group=GROUP), 99.2,
)
LONG_PR = Departure(
    "pr_ms", "PR", "P", None, 1, 240.0, "ms", 98.8, 1912, GROUP, 4.0, 96.0, -0.28, -0.04,
    Message("PR {ms:.0f} ms: above {percent:.1f} % of {n:,} {group}", ms=240.0, percent=98.8, n=1912, group=GROUP),
                    95.5,
)
WEAK_T = replace(ELEVATION, quantity="t_mv", kind="T tall", wave="T", lead="V4", value=1.1, percentile=96.0,
                 family_percentile=88.0, heat_percentile=91.0, start_s=0.2, end_s=0.36)
DEPARTURES = RecordDepartures(
    0.0, 10.0, (ELEVATION, LONG_PR, WEAK_T), BEATS_S, {"pr_ms": 240.0, "st_j60_mv:V2": 0.24, "t_mv:V4": 1.1},
    (Message("U wave not measured at {rate_hz:g} Hz", rate_hz=100.0),), GROUP,
)
ODD = OwnBeat(2.2, 1.95, 2.6, 1, True, 9.0, 99.1, np.array([99.1, np.nan], np.float32),
              np.array([99.1, np.nan], np.float32))
USUAL = OwnBeat(1.4, 1.15, 1.8, 0, False, 0.5, 20.0, np.array([0.5, 0.4], np.float32),
                np.array([20.0, 10.0], np.float32))
OWN = OwnBeats(0.0, 10.0, ("II", "V1"), (USUAL, ODD), (Shape("A", 3, False), Shape("B", 1, True)),
               (Message("the last beat is cut off"),))


def _findings(departure: Departure, fact: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(departure.lead or "II", beat_s + departure.start_s, beat_s + departure.end_s, beat_s,
                departure.family_percentile, departure.strength, "named", departure.wave, departure.kind, fact,
                departure.sentence)
        for beat_s in BEATS_S
    )


def _fact(layer: Layer, title: str, findings: tuple[Finding, ...]) -> Fact:
    first = findings[0]
    return Fact(first.fact, layer, title, (first.lead,), first.wave, first.kind, first.percentile, len(findings), 4,
                findings)


FACTS = (
    _fact("named", "ST +0.24 mV, V2, every beat", _findings(ELEVATION, "named|ST elevation")),
    _fact("own", "1 premature beat of shape B at 2.2 s, II",
          (Finding("II", 1.95, 2.6, 2.2, 99.1, 9.0, "own", "QRS", "premature beat", "own|2.2"),)),
    _fact("model", "departs from the model, V3", (replace(FOUND[0], fact="model|1"),)),
)
STRETCH_LAYERS = StretchLayers(DEPARTURES, OWN, FACTS)
MEASURED = Measurements(
    0.0, 10.0, Value(75.0, n_beats=4), Value(240.0, n_beats=3), Value(96.0, n_beats=4, n_leads=12),
    Value.none(Reason.NO_T), Value(-35.0, n_beats=4), ("I", "aVF"), 0.8, 4, 4, True, STANDARD_LEADS,
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


def assess_by_hand(record: EcgRecord, layers: StretchLayers | None = None) -> tuple[Assessment, HeatMap, AnomalyMap]:
    """What a model would have said: 50 everywhere, the findings in their places, nothing in aVL; and the layers."""
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
    findings = FOUND
    if layers is not None:
        heat.mark("named", departure_spans(layers.departures, STANDARD_LEADS))
        heat.mark("own", own_spans(layers.own))
        findings = (*(finding for fact in layers.facts for finding in fact.findings), *FOUND[1:])
    assessment = assessment.with_stretch(Scored(anomaly_map, findings, record.duration_s, layers))
    return assessment, heat, anomaly_map


@pytest.fixture
def examples() -> SimpleNamespace:
    """What the content is made of."""
    return SimpleNamespace(model=MODEL, layers=STRETCH_LAYERS, measured=MEASURED,
                           found=FOUND, moment=moment, decided=decided, own=own, event=event,
                           anomaly_map=lambda record: assess_by_hand(record)[2])


MakeContent = Callable[..., RecordContent]


@pytest.fixture
def make_content(demo_record: EcgRecord) -> MakeContent:
    """Makes what is to be exported; `review` are events, `maps` keeps the map."""

    def make(
        review: tuple[Event, ...] = REVIEW, *, record: EcgRecord = demo_record, maps: bool = False,
        layers: StretchLayers | None = None, measured: Measurements | None = None, person: ShownPerson = ShownPerson(),  # noqa: B008
    ) -> RecordContent:
        assessment, heat, anomaly_map = assess_by_hand(record, layers)
        state: RecordReview = fold(review)
        return RecordContent(
            record,
            Provenance.of(record, MODEL, assessment, clock=moment),
            reviewed_findings(assessment, MODEL.sha256, state),
            replace(assessment, phase=Phase.DONE),
            heat,
            (anomaly_map,) if maps else (),
            review_state=state.state,
            measurements=measured,
            person=person,
            conclusion=state.conclusion,
        )

    return make


@pytest.fixture
def mini() -> Path:
    return Path(__file__).parents[2] / "data" / "ptbxl-mini"
