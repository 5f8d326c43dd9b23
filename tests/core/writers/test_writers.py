"""Recordings come back from every format within half a step, and nobody's name goes with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import edfio
import numpy as np
import pytest

from mmae_core.errors import UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers import read_record
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import STANDARD_LEADS, Annotation, EcgRecord, FloatArray
from mmae_core.writers import FORMATS, suffix_of, write_recording

READABLE = ("wfdb", "edf", "dicom", "csv")
Made = Callable[..., EcgRecord]


@pytest.fixture
def made() -> Made:
    """Makes a recording of noise with a person, a doubt and a mark."""
    def make(
        n: int = 5000, rate_hz: float = 500.0, scale: float = 1.0, names: tuple[str, ...] = STANDARD_LEADS
    ) -> EcgRecord:
        signal = (np.random.default_rng(n).normal(size=(len(names), n)) * scale).astype(np.float32)
        return record_of(signal, rate_hz, names)
    return make


def record_of(signal: FloatArray, rate_hz: float, names: tuple[str, ...]) -> EcgRecord:
    return make_record(
        RecordingFile.of(b"made", "made"), format_name="made", rate_hz=rate_hz, n_samples=signal.shape[1],
        channels=[ReadChannel(name, "mV") for name in names], read=lambda start, end: signal[:, start:end].copy(),
        name="made", start_time=datetime(2024, 3, 9, 10, 30, 5), doubts=[Message("a lead may be late")],
        annotations=(Annotation(2.5, None, "PVC"),), age_years=63.0, sex="female", identity=(("Patient", "Jane Doe"),),
    )


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize(("n", "rate_hz"), [(5000, 500.0), (2934, 400.0), (4999, 1000.0), (1665, 166.5), (700, 128.0)])
def test_samples_come_back_within_half_a_step(made: Made, tmp_path: Path, name: str, n: int, rate_hz: float) -> None:
    record = made(n, rate_hz)
    path = tmp_path / f"made{suffix_of(name)}"
    notes = write_recording(record, path, name)
    again = read_record(path)
    assert again.lead_names == record.lead_names
    assert again.sampling_rate_hz == pytest.approx(rate_hz, rel=1e-6)
    filled = again.n_samples - n
    assert filled == 0 or any("fill up" in note for note in notes)
    assert np.abs(again.read(0, n) - record.read()).max() <= 0.5e-3 * 1.01, "half of a microvolt's step"


@pytest.mark.parametrize("name", READABLE)
def test_large_values_take_larger_steps_and_none_is_cut(made: Made, tmp_path: Path, name: str) -> None:
    record = made(2000, 500.0, scale=40.0)
    path = tmp_path / f"made{suffix_of(name)}"
    write_recording(record, path, name)
    step = np.abs(record.read()).max() / 32767
    assert np.abs(read_record(path).read() - record.read()).max() <= step


@pytest.mark.parametrize("name", ["wfdb", "dicom", "csv"])
def test_missing_values_stay_missing(tmp_path: Path, name: str) -> None:
    signal = np.ones((12, 1000), np.float32)
    signal[3, 100:200] = np.nan
    path = tmp_path / f"made{suffix_of(name)}"
    write_recording(record_of(signal, 500.0, STANDARD_LEADS), path, name)
    assert np.array_equal(np.isnan(read_record(path).read()), np.isnan(signal))


def test_edf_refuses_missing_values_rather_than_inventing_them(tmp_path: Path) -> None:
    signal = np.full((12, 1000), np.nan, np.float32)
    with pytest.raises(UnsupportedRecord, match="cannot mark"):
        write_recording(record_of(signal, 500.0, STANDARD_LEADS), tmp_path / "made.edf", "edf")
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


@pytest.mark.parametrize("name", FORMATS)
def test_the_person_is_left_out_unless_asked_for(made: Made, tmp_path: Path, name: str) -> None:
    plain, full = tmp_path / f"plain{suffix_of(name)}", tmp_path / f"full{suffix_of(name)}"
    write_recording(made(), plain, name)
    write_recording(made(), full, name, with_identity=True)
    for path, has_name in ((plain, False), (full, True)):
        if name == "npz":
            with np.load(path) as arrays:
                content = " ".join(arrays["identity"])
        else:
            content = path.read_bytes().decode("latin-1")
            assert ("/2024" in content or "MAR-2024" in content or "20240309" in content) <= has_name, "no date either"
        assert ("Jane" in content) == has_name


@pytest.mark.parametrize("name", FORMATS)
def test_doubts_go_with_the_recording(made: Made, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"made{suffix_of(name)}"
    write_recording(made(), path, name)
    if name == "npz":
        with np.load(path) as arrays:
            assert arrays["doubts"].tolist() == ["a lead may be late"]
            assert arrays["lead_names"].tolist() == list(STANDARD_LEADS)
            assert np.array_equal(arrays["signal_mv"], made().read())
    else:
        assert b"a lead may be late" in path.read_bytes()


def test_another_program_reads_the_edf(made: Made, tmp_path: Path) -> None:
    record = made()
    write_recording(record, tmp_path / "made.edf", "edf")
    edf = edfio.read_edf(tmp_path / "made.edf")
    assert [signal.label for signal in edf.signals] == list(STANDARD_LEADS)
    assert all(signal.sampling_frequency == 500 for signal in edf.signals)
    assert np.abs(np.array([signal.data for signal in edf.signals]) - record.read()).max() <= 0.501e-3
    assert [(mark.onset, mark.text) for mark in edf.annotations] == [(0.0, "Doubt: a lead may be late"), (2.5, "PVC")]
    assert edf.patient.sex == "F"


def test_further_leads_are_written_too(made: Made, tmp_path: Path) -> None:
    record = made(names=(*STANDARD_LEADS, "V7"))
    write_recording(record, tmp_path / "made.hea", "wfdb")
    assert read_record(tmp_path / "made.hea").trace_names == (*STANDARD_LEADS, "V7")


@pytest.mark.parametrize("name", ["wfdb", "csv"])
def test_ages_of_the_oldest_and_the_youngest(made: Made, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"made{suffix_of(name)}"
    for age, is_asked, text in ((93.0, False, "Age: >89"), (93.0, True, "Age: 93"), (0.5, False, "Age: 0.50"),
                                (62.9, False, "Age: 62")):
        write_recording(replace(made(), age_years=age), path, name, with_identity=is_asked)
        assert f"# {text}\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["wfdb", "edf"])
def test_values_beyond_16_bits_of_millivolts_are_refused(made: Made, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsupportedRecord, match="its unit is wrong"):
        write_recording(made(scale=40_000), tmp_path / f"made{suffix_of(name)}", name)


@pytest.mark.parametrize("name", ["wfdb", "edf", "dicom", "csv", "aecg"])
def test_leads_that_were_computed_come_back_as_computed(made: Made, tmp_path: Path, name: str) -> None:
    recorded = made(names=("I", "II", "V1", "V2"))
    assert recorded.derived_leads == {"III", "aVR", "aVL", "aVF"}
    path = tmp_path / f"made{suffix_of(name)}"
    write_recording(recorded, path, name)
    again = read_record(path)
    assert again.derived_leads == recorded.derived_leads
    assert not any("Computed" in comment for comment in again.comments), "known, and no free comment"
    whole = tmp_path / f"whole{suffix_of(name)}"
    write_recording(made(), whole, name)
    assert read_record(whole).derived_leads == frozenset(), "recorded leads stay recorded"


def test_edf_says_that_it_cannot_hold_an_age(made: Made, tmp_path: Path) -> None:
    notes = write_recording(made(), tmp_path / "made.edf", "edf")
    assert any("the age is left out" in note for note in notes)
    assert read_record(tmp_path / "made.edf").age_years is None
    without = write_recording(replace(made(), age_years=None), tmp_path / "none.edf", "edf")
    assert not any("the age is left out" in note for note in without)
