"""Everything about a recording, gathered: decisions on earlier models' findings, partial assessments, missing leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import Folder, file_name
from ecg_viewer.export.findings_json import findings_document
from ecg_viewer.export.last_choices import Choices
from ecg_viewer.export.page_options import PageOptions
from ecg_viewer.export.pages.outputs import write_pdf
from ecg_viewer.export.reviewed_findings import reviewed_findings
from ecg_viewer.export.traces import read_traces
from ecg_viewer.render.decimate import runs
from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.filters import FilterChain
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.review import fold
from mmae_core.record import EcgRecord, Source

MakeContent = Callable[..., RecordContent]
pytestmark = pytest.mark.usefixtures("qapp")


def test_decisions_on_another_models_findings_are_not_lost(
    examples: SimpleNamespace, make_content: MakeContent
) -> None:
    elsewhere = replace(examples.found[0], lead="I", start_s=9.0, end_s=9.3)
    name = FindingId.of(elsewhere, "cd" * 32).to_payload()
    event = Event("decided", "sha", "anna", {"finding": name, "state": "confirmed", "percentile": 96.0})
    content = make_content((event,))
    assert [(item.lead, item.decision, item.percentile) for item in content.findings][-1] == ("I", "confirmed", 96.0)
    assert len(content.findings) == 4


def test_a_decision_holds_for_the_overlapping_finding_of_the_model_in_use(
    examples: SimpleNamespace, make_content: MakeContent
) -> None:
    shifted = replace(examples.found[0], start_s=2.02, end_s=2.21)
    name = FindingId.of(shifted, "cd" * 32).to_payload()
    event = Event("decided", "sha", "anna", {"finding": name, "state": "confirmed", "percentile": 96.0})
    findings = make_content((event,)).findings
    assert [(item.lead, item.decision) for item in findings if item.lead == "V3"] == [("V3", "confirmed")]


def test_own_findings_without_leads_are_of_all_leads(examples: SimpleNamespace) -> None:
    event = examples.event("own_set", id="x", leads=[], start_s=1.0, end_s=2.0, label="artefact")
    findings = reviewed_findings(Assessment(), "", fold([event]))
    assert len(findings) == 12
    assert {item.label for item in findings} == {"artefact"}


def test_an_assessment_that_was_stopped_says_how_far_it_got(make_content: MakeContent) -> None:
    content = make_content()
    stopped = replace(content, assessment=replace(content.assessment, phase=Phase.CANCELLED, done_s=4.0, total_s=10.0))
    notes = findings_document(stopped)["assessment"]["not_assessed"]
    assert notes[-1] == "Only 4 s of 10 s had been assessed at the time of export."


def test_a_recording_with_two_leads_and_gaps_is_drawn(make_content: MakeContent, tmp_path: Path) -> None:
    signal = np.zeros((2, 1000), np.float32)
    signal[:, 300:400] = np.nan
    record = EcgRecord("two", 100.0, 1000, ("I", "V5"), Source((), "test"), lambda a, b: signal[:, a:b])
    content = replace(make_content(()), record=record, findings=(), assessment=Assessment(), heat=None)
    (path,) = write_pdf(content, PageOptions(), Folder(tmp_path))
    assert path.read_bytes().startswith(b"%PDF-")
    times, _, connect = read_traces(record, FilterChain(), 0.0, 10.0).line("I", 0.0, 10.0, Calibration())
    drawn = [times[run] for run in runs(connect)]
    assert [(round(part[0], 2), round(part[-1], 2)) for part in drawn] == [(0.0, 2.99), (4.0, 9.99)]


def test_a_line_with_more_samples_than_can_be_seen_keeps_its_peaks(make_content: MakeContent) -> None:
    signal = np.zeros((1, 100_000), np.float32)
    signal[0, 54_321] = 3.0
    record = EcgRecord("fast", 10_000.0, 100_000, ("I",), Source((), "test"), lambda a, b: signal[:, a:b])
    times, values, _ = read_traces(record, FilterChain(), 0.0, 10.0).line("I", 0.0, 10.0, Calibration())
    assert 10_000 < times.size <= 250 * 80, "at most 80 points a millimetre"
    assert values.max() == 3.0
    assert times[values.argmax()] == pytest.approx(5.4321, abs=0.02)


@pytest.mark.parametrize(
    ("name", "expected"), [("00170_hr", "00170_hr.pdf"), ("a/b:c", "a_b_c.pdf"), ("..", "record.pdf")]
)
def test_names_of_files_suit_every_file_system(name: str, expected: str) -> None:
    assert file_name(name, ".pdf") == expected


def test_choices_that_make_no_sense_are_those_of_the_first_time() -> None:
    assert Choices.from_settings({"formats": ["docx"], "paper": 7, "dpi": "many", "folder": 3}) == Choices()
    chosen = Choices(("svg", "npz"), "/somewhere", "letter", True, False, 600, True)
    assert Choices.from_settings(chosen.to_settings()) == chosen
