"""GE MUSE XML: values, the median apart, what the device states, what does not fit its header."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

import numpy as np
import pytest

from mmae_core.errors import UnsupportedRecord
from mmae_core.readers import muse_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord
from tests.core.readers.xml_files import content, muse

LEADS = {"I": [1, 2, 3], "II": [4, -5, 6]}


def read(data: bytes) -> EcgRecord:
    return muse_reader.read(RecordingFile.of(data, "made.xml"))


@pytest.mark.parametrize("name", ["syn_muse_15lead_millivolt.xml", "syn_muse_250hz_rhythm_first.xml"])
def test_values_are_those_of_the_file(name: str, require_expected: Callable[[EcgRecord, str], None]) -> None:
    record = read(content(name))
    require_expected(record, name)
    assert record.derived_leads == {"III", "aVR", "aVL", "aVF"}
    assert record.doubts == (), "checksums and counts fit"


def test_right_and_posterior_leads_are_further_channels_in_millivolts() -> None:
    record = read(content("syn_muse_15lead_millivolt.xml"))
    assert [channel.name for channel in record.extra_channels] == ["V3R", "V4R", "V7"]
    assert record.read_extra().min(axis=1).tolist() == pytest.approx([-0.49288, -0.3294, -0.05124], abs=1e-6)


@pytest.mark.parametrize(("name", "shape"), [("syn_muse_15lead_millivolt.xml", (11, 600)),
                                             ("syn_muse_250hz_rhythm_first.xml", (8, 300))])
def test_the_median_beat_is_never_taken_for_the_rhythm(name: str, shape: tuple[int, int]) -> None:
    record = read(content(name))
    assert record.average_beats is not None
    assert record.average_beats.signal_mv.shape == shape
    assert record.duration_s == 10.0


def test_a_date_that_is_blanked_leaves_the_time_of_day() -> None:
    assert read(content("syn_muse_250hz_rhythm_first.xml")).start_time == time(10, 30, 5)
    assert read(content("syn_muse_15lead_millivolt.xml")).start_time == datetime(2024, 3, 9, 10, 30, 5)


@pytest.mark.parametrize(("unit", "per_bit"), [("MICROVOLTS", "4.88"), ("MILLIVOLTS", "0.00488"), ("VOLTS", "4.88e-6")])
def test_the_unit_of_a_step_is_respected(unit: str, per_bit: str) -> None:
    record = read(muse(LEADS, unit=unit, per_bit=per_bit))
    assert record.read()[1].tolist() == pytest.approx([0.01952, -0.0244, 0.02928])


@pytest.mark.parametrize("kind", ["i1", "<i2", "<i4"])
def test_samples_may_have_one_two_or_four_bytes(kind: str) -> None:
    assert read(muse(LEADS, kind=kind)).read()[1].tolist() == pytest.approx([0.01952, -0.0244, 0.02928])


def test_the_rate_is_a_base_with_an_exponent() -> None:
    assert read(muse(LEADS, base="5", exponent="2")).sampling_rate_hz == 500.0


def test_measurements_diagnosis_and_filters_are_the_devices() -> None:
    before = (
        "<PatientDemographics><PatientAge>38</PatientAge><AgeUnits>YEARS</AgeUnits><Gender>FEMALE</Gender>"
        "<PatientID>MUSE001</PatientID></PatientDemographics><TestDemographics><AcquisitionDevice>MAC5500"
        "</AcquisitionDevice></TestDemographics><RestingECGMeasurements><VentricularRate>72</VentricularRate>"
        "<QTCorrected>416</QTCorrected><PAxis>--</PAxis></RestingECGMeasurements><Diagnosis><DiagnosisStatement>"
        "<StmtText>Normal sinus rhythm with</StmtText></DiagnosisStatement><DiagnosisStatement><StmtFlag>ENDSLINE"
        "</StmtFlag><StmtText>premature beats</StmtText></DiagnosisStatement><DiagnosisStatement><StmtText>Normal ECG"
        "</StmtText></DiagnosisStatement></Diagnosis>"
    )
    record = read(muse(LEADS, before=before))
    assert record.device is not None
    assert record.device.model == "MAC5500"
    assert record.device.statements == ("Normal sinus rhythm with premature beats", "Normal ECG")
    assert [(one.name, one.value, one.unit) for one in record.device.measurements] == [
        ("Ventricular rate", "72", "/min"), ("QTc interval", "416", "ms"),
    ]
    assert (record.age_years, record.sex) == (38.0, "female")
    assert record.identity == (("Patient ID", "MUSE001"),)


def test_the_high_pass_is_stated_in_hundredths_of_a_hertz() -> None:
    device = read(content("syn_muse_15lead_millivolt.xml")).device
    assert device is not None
    assert device.filters == ("high-pass 0.16 Hz", "low-pass 150 Hz", "notch 50 Hz")


@pytest.mark.parametrize(("field", "value", "doubt"), [
    ("LeadDataCRC32", "12345", "The checksum of lead I does not fit its samples."),
    ("LeadSampleCountTotal", "4", ""),
    ("FirstSampleBaseline", "7", "The header states an offset for lead I, which is not applied."),
    ("LeadOff", "TRUE", "The device reported the electrode of lead I as off."),
])
def test_what_does_not_fit_the_header_is_doubted(field: str, value: str, doubt: str) -> None:
    record = read(muse(LEADS, fields={field: value}))
    assert (doubt in record.doubts) == bool(doubt), "the first count of samples stands, and fits"


def test_samples_that_are_missing_are_doubted() -> None:
    data = muse(LEADS).replace(b"<LeadSampleCountTotal>3<", b"<LeadSampleCountTotal>5<", 1)
    assert read(data).doubts == ("The header states 5 samples for lead I; 3 are stored.",)


@pytest.mark.parametrize(("options", "why"), [
    ({"unit": "ADC"}, "expected V, mV, µV or nV"), ({"unit": ""}, "without a unit"),
    ({"per_bit": ""}, "voltage of one step"), ({"per_bit": "0"}, "voltage of one step"),
])
def test_a_voltage_is_never_guessed(options: dict[str, str], why: str) -> None:
    with pytest.raises(UnsupportedRecord, match=why) as refusal:
        read(muse(LEADS, **options))
    assert refusal.value.code == "unit"


def test_a_file_with_the_median_alone_is_refused() -> None:
    with pytest.raises(UnsupportedRecord, match=r"no rhythm waveform \(found: median\)"):
        read(muse(LEADS).replace(b"Rhythm", b"Median"))


def test_serial_number_and_time_of_pharma_files_are_kept_nowhere() -> None:
    pharma = "<PharmaData><PharmaUniqueECGID>1TJ99020304SA03051999102030000</PharmaUniqueECGID></PharmaData>"
    record = read(muse(LEADS, before=pharma))
    assert "1TJ99" not in f"{record!r} {record.identity} {record.comments} {record.device} {record.doubts}"


def test_limb_leads_follow_from_the_recorded_ones() -> None:
    record = read(muse(LEADS))
    by_name = dict(zip(record.lead_names, record.read(), strict=True))
    assert np.allclose(by_name["III"], by_name["II"] - by_name["I"])
    assert np.allclose(by_name["aVR"], -(by_name["I"] + by_name["II"]) / 2)
