"""HL7 aECG that is written: the samples come back, gaps stay gaps, nobody is named unless asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import numpy as np
import pytest

from mmae_core.errors import UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import Annotation, EcgRecord, FloatArray
from mmae_core.writers import write_recording
from tests.core.readers.xml_files import FORMATS, content

HL7 = "{urn:hl7-org:v3}"
SIGNAL = np.random.default_rng(1).normal(size=(3, 500)).astype(np.float32)


def record_of(signal: FloatArray, *names: str, rate_hz: float = 500.0, **facts: object) -> EcgRecord:
    return make_record(
        RecordingFile.of(b"made", "made"), format_name="made", rate_hz=rate_hz, n_samples=signal.shape[1],
        channels=[ReadChannel(name, "mV") for name in names], read=lambda start, end: signal[:, start:end].copy(),
        **facts,  # type: ignore[arg-type]  # whatever a test needs
    )


def written(record: EcgRecord, folder: Path, **options: bool) -> Path:
    path = folder / "written.xml"
    write_recording(record, path, "aecg", **options)
    return path


@pytest.mark.parametrize("name", ["sierra_1_03.xml", "syn_muse_15lead_millivolt.xml", "syn_schiller_at110.xml"])
def test_a_recording_of_another_format_comes_back(name: str, tmp_path: Path) -> None:
    record = read_record(FORMATS / name)
    again = read_record(written(record, tmp_path))
    assert again.trace_names == record.trace_names
    assert again.sampling_rate_hz == record.sampling_rate_hz
    assert np.abs(again.read_traces() - record.read_traces()).max() < 1e-6, "its own steps are kept"


@pytest.mark.parametrize("rate_hz", [500.0, 360.0, 166.5, 1000 / 3])
def test_values_without_a_stated_step_come_back_within_half_a_microvolt(rate_hz: float, tmp_path: Path) -> None:
    record = record_of(SIGNAL, "I", "V1", "V4R", rate_hz=rate_hz)
    again = read_record(written(record, tmp_path))
    assert again.sampling_rate_hz == pytest.approx(rate_hz, rel=1e-12)
    assert again.trace_names == ("I", "V1", "V4R")
    assert np.abs(again.read_traces() - record.read_traces()).max() <= 0.501e-3


def test_gaps_stay_gaps_lead_by_lead(tmp_path: Path) -> None:
    signal = SIGNAL.copy()
    signal[:, 100:150] = np.nan
    signal[1, 300:] = np.nan
    again = read_record(written(record_of(signal, "I", "V1", "V2"), tmp_path)).read()
    assert np.array_equal(np.isnan(again), np.isnan(signal))
    assert np.nanmax(np.abs(again - signal)) <= 0.501e-3


def test_what_has_no_value_at_either_end_is_left_out_and_said(tmp_path: Path) -> None:
    signal = SIGNAL.copy()
    signal[:, :100], signal[:, -50:] = np.nan, np.nan
    record = record_of(signal, "I", "V1", "V2")
    (note,) = write_recording(record, tmp_path / "cut.xml", "aecg")
    rate = record.sampling_rate_hz
    assert str(note) == (f"Stretches without any value are left out: {100 / rate:.6g} s at the beginning, "
                         f"{50 / rate:.6g} s at the end.")
    assert read_record(tmp_path / "cut.xml").n_samples == record.n_samples - 150


def test_what_the_device_stated_and_its_beats_come_back(tmp_path: Path) -> None:
    record = read_record(FORMATS / "sierra_1_04.xml")
    again = read_record(written(record, tmp_path))
    assert record.device is not None
    assert again.device is not None
    assert again.device.statements == record.device.statements
    known = {(one.name, one.value, one.unit) for one in record.device.measurements}
    assert {(one.name, one.value, one.unit) for one in again.device.measurements} == known - {
        ("Atrial rate", "77", "/min")
    }, "there is no code for the atrial rate here"
    assert record.average_beats is not None
    assert again.average_beats is not None
    assert np.abs(again.average_beats.signal_mv - record.average_beats.signal_mv).max() < 1e-4
    assert (again.sex, again.age_years) == ("male", 60.0), "whole years"


def test_nobody_and_no_day_is_named_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "named.xml"
    path.write_bytes(content("example_aecg.xml"))
    record = read_record(path)
    plain = written(record, tmp_path).read_text(encoding="utf-8")
    for identifying in ("SBJ-123", "Clark", "1953", "2002", "PUK-123", "River City", "dizzy"):
        assert identifying not in plain
    assert read_record(tmp_path / "written.xml").start_time is None
    asked = read_record(written(record, tmp_path, with_identity=True))
    assert asked.start_time == datetime(2002, 11, 22, 9, 10)
    assert {("Subject ID", "SBJ-123"), ("Name", "Clark"), ("Date of birth", "19530508")} <= set(asked.identity)


def test_ages_beyond_89_identify(tmp_path: Path) -> None:
    record = record_of(SIGNAL, "I", "V1", "V2", age_years=93.0)
    assert read_record(written(record, tmp_path)).age_years is None
    assert read_record(written(record, tmp_path, with_identity=True)).age_years == 93.0


def test_an_infant_has_an_age_in_months(tmp_path: Path) -> None:
    assert read_record(written(record_of(SIGNAL, "I", "V1", "V2", age_years=0.5), tmp_path)).age_years == 0.5


def test_a_second_lead_upside_down_stays_upside_down(tmp_path: Path) -> None:
    again = read_record(written(record_of(SIGNAL, "aVR", "-aVR", "V2"), tmp_path))
    assert again.trace_names == ("aVR", "V2", "-aVR")
    assert np.abs(again.read_traces() - SIGNAL[[0, 2, 1]]).max() < 1e-3


def test_computed_leads_and_doubts_are_said_in_the_file(tmp_path: Path) -> None:
    root = parse(written(read_record(FORMATS / "syn_muse_250hz_rhythm_first.xml"), tmp_path)).getroot()
    assert root.findtext(f"{HL7}text") == "Computed from leads I and II: III, aVR, aVL, aVF."
    root = parse(written(read_record(FORMATS / "sierra_1_03.xml"), tmp_path)).getroot()
    assert "calibration pulse" in (root.findtext(f"{HL7}text") or "")


MARKS = (Annotation(0.1, None, "PVC"), Annotation(0.25, 0.375, "P wave"), Annotation(0.5, 0.625, "R wave", "V1"))


@pytest.mark.parametrize("with_identity", [False, True])
def test_marks_come_back(with_identity: bool, tmp_path: Path) -> None:
    record = record_of(SIGNAL, "I", "V1", "V2", annotations=MARKS, start_time=datetime(2024, 3, 9, 10, 30, 5))
    assert tuple(read_record(written(record, tmp_path, with_identity=with_identity)).annotations) == MARKS


def test_marks_that_find_no_room_are_said(tmp_path: Path) -> None:
    record = record_of(SIGNAL, "I", "V1", "V2", annotations=MARKS * 7000)
    assert write_recording(record, tmp_path / "a.xml", "aecg") == ("1,000 annotations found no room.",)


def test_elements_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    """The order of PORT_MT020001.xsd, against which written files were found valid."""
    record = read_record(FORMATS / "sierra_1_04.xml")
    root = parse(written(record, tmp_path, with_identity=True)).getroot()
    assert names(root) == ["id", "code", "text", "effectiveTime", "componentOf", "controlVariable", "component"]
    series = root.find(f"{HL7}component/{HL7}series")
    assert series is not None
    assert names(series) == ["id", "code", "effectiveTime", "author", "component", "subjectOf", "derivation"]
    digits = series.findtext(f".//{HL7}digits") or ""
    assert all(digit.lstrip("-").isdecimal() for digit in digits.split())


def names(element: Element) -> list[str]:
    return [child.tag.removeprefix(HL7) for child in element]


def test_control_characters_of_other_formats_leave_sound_xml(tmp_path: Path) -> None:
    record = record_of(SIGNAL, "I", "V1", "V2", identity=(("Name", "A\x00B\x1b<C>"),))
    assert ("Name", "A B <C>") in read_record(written(record, tmp_path, with_identity=True)).identity


def test_recordings_too_long_for_xml_are_refused_before_they_are_read(tmp_path: Path) -> None:
    def never(start: int, end: int) -> FloatArray:
        raise AssertionError("no sample is needed to refuse")

    record = make_record(RecordingFile.of(b"made", "made"), format_name="made", rate_hz=500.0, n_samples=43_200_000,
                         channels=[ReadChannel("I", "mV")], read=never)
    with pytest.raises(UnsupportedRecord, match="Write EDF, DICOM or WFDB instead"):
        written(record, tmp_path)
    assert list(tmp_path.iterdir()) == []
