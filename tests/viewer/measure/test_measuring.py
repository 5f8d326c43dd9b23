"""Measuring as a job, and the one measuring that heat, worklist and exports share."""

from __future__ import annotations

from pathlib import Path

import pytest

import mmae_core.intervals.measure
from ecg_viewer.jobs.measure_job import examine_job
from ecg_viewer.jobs.measured_rows import measure_recording
from ecg_viewer.jobs.scoring import empty_map, read_beside
from ecg_viewer.state.assessment import Assessment, Scored
from mmae_core.intervals.measure import examine_record, measure_record
from mmae_core.intervals.results import Examination
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord

RECORD = Path(__file__).parents[2] / "data" / "ptbxl-mini" / "records500" / "00000" / "00035_hr.hea"


@pytest.fixture(scope="module")
def record() -> EcgRecord:
    return read_record(RECORD)


def test_a_job_sends_one_examination(record: EcgRecord) -> None:
    sent: list[object] = []

    class Collected:
        def send(self, event: object) -> None:
            sent.append(event)

        def stopped(self) -> bool:
            return False

    examine_job(record, 0, 10)(Collected())
    (examination,) = sent
    assert isinstance(examination, Examination)
    assert examination.measurements == examine_record(record, 0, 10).measurements


def test_a_recording_is_measured_once_for_its_heat_and_its_row(
    record: EcgRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_map = empty_map(record, 0.0, record.duration_s)
    scored = Scored(a_map, (), record.duration_s, read_beside(record, a_map, ()), has_map=False)
    assessment = Assessment(total_s=record.duration_s).with_stretch(scored)
    expected = measure_record(record)
    monkeypatch.setattr(mmae_core.intervals.measure, "read_stretch", None)
    assert measure_recording(record, assessment) == expected


def test_what_was_measured_of_another_stretch_does_not_stand_for_the_recording(record: EcgRecord) -> None:
    a_map = empty_map(record, 0.0, 5.0)
    scored = Scored(a_map, (), 5.0, read_beside(record, a_map, ()), has_map=False)
    assessment = Assessment(total_s=record.duration_s).with_stretch(scored)
    assert measure_recording(record, assessment).duration_s == pytest.approx(record.duration_s)
