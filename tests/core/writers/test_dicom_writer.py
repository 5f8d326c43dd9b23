"""What is written as DICOM comes back the same, without who was recorded, and passes the validator of dicom3tools."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers import dicom_reader, ishne_reader, read_record, scp_reader
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import (
    STANDARD_LEADS,
    Annotation,
    AverageBeats,
    Device,
    DeviceMeasurement,
    EcgRecord,
    FloatArray,
    Source,
)
from mmae_core.writers import dicom_writer

FORMATS = Path(__file__).parents[2] / "data" / "formats"
RATE_HZ = 500.0


def record_of(signal_mv: FloatArray, leads: tuple[str, ...] = STANDARD_LEADS, **fields: object) -> EcgRecord:
    made = EcgRecord(
        name="made", sampling_rate_hz=RATE_HZ, n_samples=signal_mv.shape[1], lead_names=leads,
        source=Source((), "made"), read_leads=lambda start, end: signal_mv[:, start:end],
    )
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]  # fields are given by name


def round_trip(record: EcgRecord, folder: Path, with_identity: bool = False) -> EcgRecord:
    path = folder / "written.dcm"
    dicom_writer.write(record, path, with_identity=with_identity)
    return dicom_reader.read(RecordingFile.of(path))


@pytest.fixture
def noise() -> Callable[..., FloatArray]:
    """Noise of so many leads and samples, up to `peak_mv`."""

    def make(n_leads: int = 12, n_samples: int = 1000, peak_mv: float = 3.0) -> FloatArray:
        values = np.random.default_rng(0).uniform(-peak_mv, peak_mv, (n_leads, n_samples)).astype(np.float32)
        values[0, 0] = peak_mv
        return values

    return make


@pytest.mark.parametrize("name", ["example.scp", "anonymous_12lead.dcm", "syn_dicom_general_sequential.dcm"])
def test_samples_recorded_in_steps_come_back_exactly(name: str, tmp_path: Path) -> None:
    reader = scp_reader if name.endswith(".scp") else dicom_reader
    record = reader.read(RecordingFile.of(FORMATS / name))
    written = round_trip(record, tmp_path)
    np.testing.assert_allclose(written.read(), record.read(), atol=1e-6)
    assert written.lead_names == record.lead_names
    assert written.doubts == ()
    assert written.annotations == record.annotations
    assert written.device is not None
    assert record.device is not None
    assert written.device.statements == record.device.statements
    values = [(one.name, one.value) for one in record.device.measurements]
    assert [(one.name, one.value) for one in written.device.measurements] == values
    if record.average_beats is not None:
        assert written.average_beats is not None
        assert written.average_beats.lead_names == record.average_beats.lead_names
        np.testing.assert_allclose(written.average_beats.signal_mv, record.average_beats.signal_mv, atol=5e-4)


@pytest.mark.parametrize(("peak_mv", "step_uv"), [(3.0, 1.0), (50.0, 2.0), (300.0, 10.0)])
def test_any_samples_come_back_within_half_a_step(
    peak_mv: float, step_uv: float, noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    record = record_of(noise(peak_mv=peak_mv))
    written = round_trip(record, tmp_path)
    assert {signal.steps_per_unit for signal in written.stored_signals} == {1 / step_uv}
    error_uv = np.abs(written.read().astype(np.float64) - record.read()) * 1000
    assert error_uv.max() <= step_uv / 2 + 1e-4 * peak_mv


def test_a_real_record_of_ptbxl_comes_back(ptbxl_mini: Path, tmp_path: Path) -> None:
    record = read_record(ptbxl_mini / "records100/00000/00234_lr")
    written = round_trip(record, tmp_path)
    assert written.sampling_rate_hz == 100
    np.testing.assert_allclose(written.read(), record.read(), atol=5e-4)


def test_pydicom_reads_the_same_samples(noise: Callable[..., FloatArray], tmp_path: Path) -> None:
    import pydicom

    signal = noise()
    round_trip(record_of(signal), tmp_path)
    found = pydicom.dcmread(tmp_path / "written.dcm").waveform_array(0).T
    np.testing.assert_allclose(found / 1000, signal, atol=5.1e-4)


def test_invalid_samples_stay_invalid(noise: Callable[..., FloatArray], tmp_path: Path) -> None:
    signal = noise()
    signal[3, 100:150] = np.nan
    np.testing.assert_array_equal(np.isnan(round_trip(record_of(signal), tmp_path).read()), np.isnan(signal))


@pytest.mark.parametrize(
    ("leads", "n_samples", "rate_hz", "storage"),
    [
        (STANDARD_LEADS, 5000, 500.0, "9.1.1"), (STANDARD_LEADS, 20_000, 500.0, "9.1.2"),
        (("II", "V5"), 5000, 500.0, "9.1.2"), (("II", "V5"), 5000, 128.0, "9.1.3"),
    ],
)
def test_the_kind_of_waveform_fits_leads_length_and_rate(
    leads: tuple[str, ...], n_samples: int, rate_hz: float, storage: str, noise: Callable[..., FloatArray],
    tmp_path: Path,
) -> None:
    record = record_of(noise(len(leads), n_samples), leads, sampling_rate_hz=rate_hz)
    assert round_trip(record, tmp_path).lead_names == leads
    assert f"1.2.840.10008.5.1.4.1.1.{storage}\0".encode() in (tmp_path / "written.dcm").read_bytes()


def test_who_was_recorded_and_when_is_written_only_when_asked_for(
    noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    identity = (("Name", "Doe^Jane"), ("Patient ID", "4711"), ("Institution", "Ward 7"))
    start_time = datetime(2024, 2, 29, 12)
    record = record_of(noise(), identity=identity, sex="female", age_years=93.4, start_time=start_time)
    without = round_trip(record, tmp_path)
    content = (tmp_path / "written.dcm").read_bytes()
    assert without.identity == ()
    assert not any(text in content for text in (b"Doe", b"4711", b"Ward", b"20240229"))
    assert (without.sex, without.age_years, without.start_time) == ("female", 90.0, None)
    asked = round_trip(record, tmp_path, with_identity=True)
    assert asked.identity == identity
    assert (asked.age_years, asked.start_time) == (93.0, start_time)


@pytest.mark.parametrize(
    ("identity", "name", "born"),
    [
        ((("Last name", "Doe"), ("First name", "Jane"), ("Date of birth", "1950-03-09")), "Doe^Jane", "19500309"),
        ((("Patient", "Jane Doe"), ("Date of birth", "March 1950")), "Jane Doe", None),
    ],
)
def test_names_of_every_reader_have_their_place(
    identity: tuple[tuple[str, str], ...], name: str, born: str | None, noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    written = dict(round_trip(record_of(noise(), identity=identity), tmp_path, with_identity=True).identity)
    assert (written["Name"], written.get("Date of birth")) == (name, born)


def test_a_doubt_that_the_reader_would_have_itself_comes_back_once(tmp_path: Path) -> None:
    record = ishne_reader.read(RecordingFile.of(FORMATS / "syn_ishne_3lead_dropout.ecg"))
    (doubt,) = round_trip(record, tmp_path).doubts
    assert str(doubt).startswith("The file says: The file names none of the twelve leads")


def test_doubts_and_marks_come_back(noise: Callable[..., FloatArray], tmp_path: Path) -> None:
    marks = (Annotation(0.5, None, "PVC", None, "device"), Annotation(1.0, 1.5, "noise", None, "device"))
    written = round_trip(record_of(noise(), doubts=(Message("a lead may be late"),), annotations=marks), tmp_path)
    assert written.doubts == ("The file says: a lead may be late",)
    assert written.annotations == marks
    assert written.device is not None
    assert written.device.statements == ()


def test_leads_beyond_the_twelve_are_written_and_channels_without_a_code_reported(
    noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    signal = noise(3)
    record = make_record(
        RecordingFile.of(b"made"), format_name="made", rate_hz=RATE_HZ, n_samples=1000,
        channels=[ReadChannel("II", "mV"), ReadChannel("V3R", "mV"), ReadChannel("Resp", "mV")],
        read=lambda start, end: signal[:, start:end],
    )
    path = tmp_path / "written.dcm"
    (note,) = dicom_writer.write(record, path)
    written = dicom_reader.read(RecordingFile.of(path))
    assert note.endswith("left out: Resp")
    assert written.trace_names == ("II", "V3R")
    np.testing.assert_allclose(written.read_traces(), signal[:2], atol=5.1e-4)


@pytest.mark.parametrize(("years", "read_back"), [(0.02, 7 / 365.25), (0.5, 0.5), (1.5, 1.5), (80.0, 80.0)])
def test_an_age_comes_back_as_finely_as_dicom_states_it(
    years: float, read_back: float, noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    assert round_trip(record_of(noise(), age_years=years), tmp_path).age_years == pytest.approx(read_back, abs=0.01)


@pytest.mark.parametrize("start_time", [None, time(7, 8, 9)])
def test_an_unknown_day_stays_unknown(
    start_time: time | None, noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    written = round_trip(record_of(noise(), start_time=start_time), tmp_path, with_identity=True)
    assert written.start_time == start_time
    assert "unknown day" in (written.start_time_note or "")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"sampling_rate_hz": 2000.0}, "2000 samples a second"), ({"lead_names": ()}, "no lead with a code"),
        ({"n_samples": 1 << 28}, "more than the 256 MB"),
    ],
)
def test_what_dicom_does_not_take_is_refused_and_nothing_is_written(
    fields: dict[str, object], reason: str, noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    with pytest.raises(UnsupportedRecord, match=reason):
        dicom_writer.write(record_of(noise(), **fields), tmp_path / "none.dcm")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dciodvfy of dicom3tools is not installed")
@pytest.mark.parametrize(("n_leads", "n_samples", "rate_hz"), [(12, 5000, 500.0), (3, 20_000, 500.0), (3, 500, 128.0)])
def test_the_validator_of_dicom3tools_finds_no_error(
    n_leads: int, n_samples: int, rate_hz: float, noise: Callable[..., FloatArray], tmp_path: Path
) -> None:
    beats = AverageBeats(("I", "V1"), 500.0, noise(2, 300))
    measurements = (DeviceMeasurement("QT interval", "400", "ms"), DeviceMeasurement("QRS axis", "-45", "°"),
                    DeviceMeasurement("ratio", "1.25"), DeviceMeasurement("rhythm", "regular"))
    device = Device("maker", "model", statements=("SINUS RHYTHM",), measurements=measurements)
    marks = (Annotation(0.5, None, "PVC"), Annotation(1.0, 1.5, "noise"))
    record = record_of(
        noise(n_leads, n_samples), STANDARD_LEADS[:n_leads], sampling_rate_hz=rate_hz, annotations=marks,
        average_beats=beats, device=device, doubts=(Message("a lead may be late"),), age_years=40.0, sex="male",
    )
    round_trip(record, tmp_path)
    found = subprocess.run(
        ["dciodvfy", str(tmp_path / "written.dcm")], capture_output=True, text=True, check=False
    ).stderr
    assert "ECG" in found
    assert [line for line in found.splitlines() if line.startswith("Error")] == []
