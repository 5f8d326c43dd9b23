"""MATLAB and HDF5: the known layouts, what is asked for, and files that reach outside of themselves."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import scipy.io

from mmae_core.errors import EcgError, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import hdf5_reader, matlab_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import DescriptionNeeded, SignalDescription
from mmae_core.record import STANDARD_LEADS, EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
RequireExpected = Callable[[EcgRecord, str], None]
SAMPLES = (np.arange(12 * 600).reshape(12, 600) % 97 - 40).astype(np.int16)
KNOWN = SignalDescription(500.0, 1e-3, STANDARD_LEADS)


def mat(**variables: Any) -> RecordingFile:
    stream = io.BytesIO()
    scipy.io.savemat(stream, variables, do_compression=True)
    return RecordingFile.of(stream.getvalue(), "made.mat")


def hdf(path: Path, **datasets: Any) -> RecordingFile:
    with h5py.File(path, "w") as content:
        for name, values in datasets.items():
            content[name] = values
    return RecordingFile.of(path)


def test_the_struct_of_cpsc_2018() -> None:
    ecg = np.zeros((1, 1), [("sex", "O"), ("age", "O"), ("data", "O")])
    ecg[0, 0] = ("Female", np.array([[52]]), SAMPLES / 100)
    record = matlab_reader.read(mat(ECG=ecg))
    assert (record.sampling_rate_hz, record.lead_names) == (500, STANDARD_LEADS)
    assert (record.age_years, record.sex) == (52, "female")
    assert np.allclose(record.read(), SAMPLES / 100)
    assert "does not state" in record.doubts[0]


def test_a_matrix_alone_is_asked_about() -> None:
    file = mat(val=SAMPLES)
    with pytest.raises(DescriptionNeeded) as caught:
        matlab_reader.read(file)
    assert caught.value.missing == {"rate", "unit", "leads"}
    record = matlab_reader.read(file, description=KNOWN)
    assert np.allclose(record.read(), SAMPLES * 1e-3)
    assert "by the person who opened it" in record.doubts[0]


def test_a_rate_in_the_file_goes_before_what_is_said() -> None:
    assert matlab_reader.read(mat(val=SAMPLES.T, fs=250), description=KNOWN).sampling_rate_hz == 250


def test_version_7_3_has_its_axes_the_other_way_round() -> None:
    name = "syn_v73_val_12xN.mat"
    record = matlab_reader.read(RecordingFile.of(FORMATS / name), description=KNOWN)
    assert record.n_samples == 5000
    assert np.allclose(record.read()[0, :5], [-0.006, 0.006, 0.001, 0.002, -0.002])


def test_a_small_file_that_unpacks_to_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matlab_reader, "MAX_UNPACKED_BYTES", 4 << 20)
    file = mat(val=np.zeros((12, 200_000), np.int16))
    assert file.size < 10_000
    with pytest.raises(UnreadableRecord, match="unpacks to more than 4 MB"):
        matlab_reader.read(file, description=KNOWN)


def test_several_matrices_are_not_guessed_between() -> None:
    with pytest.raises(UnsupportedRecord, match="2 matrices"):
        matlab_reader.read(mat(first=SAMPLES, second=SAMPLES), description=KNOWN)


def test_sph(require_expected: RequireExpected) -> None:
    record = hdf5_reader.read(RecordingFile.of(FORMATS / "SPH00001.h5"))
    require_expected(record, "SPH00001.h5")
    assert "SPH data set" in record.doubts[0]


@pytest.fixture
def exams(tmp_path: Path) -> RecordingFile:
    tracings = np.random.default_rng(1).normal(size=(3, 4096, 12)).astype(np.float32)
    tracings[1, :500] = 0
    tracings[1, 3500:] = 0
    return hdf(tmp_path / "exams_part0.hdf5", tracings=tracings, exam_id=np.array([11, 22, 33]))


def test_code_15_is_a_list_of_exams(exams: RecordingFile) -> None:
    assert hdf5_reader.recordings(exams) == ("11", "22", "33")
    with pytest.raises(UnreadableRecord, match=r"holds 3 recordings; name one of them, as in exams_part0\.hdf5/11"):
        hdf5_reader.read(exams)
    with pytest.raises(UnreadableRecord, match="no exam 44"):
        hdf5_reader.read(exams, "44")


def test_zeros_that_fill_up_an_exam_are_absent(exams: RecordingFile) -> None:
    record = hdf5_reader.read(exams, "22")
    absent = np.isnan(record.read()).all(axis=0)
    assert np.flatnonzero(~absent)[[0, -1]].tolist() == [500, 3499]
    assert record.sampling_rate_hz == 400
    assert any("twice" in doubt for doubt in record.doubts), "the unit is doubted"


def test_links_and_storage_outside_of_the_file_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.bin"
    secret.write_bytes(b"\1\2" * 12 * 600)
    hdf(tmp_path / "other.h5", ecg=SAMPLES)
    with h5py.File(tmp_path / "external.h5", "w") as content:
        content.create_dataset("ecg", (12, 600), "i2", external=[(str(secret), 0, secret.stat().st_size)])
    with h5py.File(tmp_path / "link.h5", "w") as content:
        content["ecg"] = h5py.ExternalLink("other.h5", "ecg")
    with h5py.File(tmp_path / "virtual.h5", "w") as content:
        layout = h5py.VirtualLayout((12, 600), "i2")
        layout[:] = h5py.VirtualSource(str(tmp_path / "other.h5"), "ecg", (12, 600))
        content.create_virtual_dataset("ecg", layout)
    for name, words in (("external.h5", "other files"), ("link.h5", "not followed"), ("virtual.h5", "other files")):
        with pytest.raises(UnsupportedRecord, match=words):
            hdf5_reader.read(RecordingFile.of(tmp_path / name), description=KNOWN)


def test_a_dataset_of_a_terabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "large.h5", "w") as content:
        content.create_dataset("ecg", (12, 10_000_000_000), "f8", chunks=(1, 1000))
    with pytest.raises(UnreadableRecord, match="at once"):
        hdf5_reader.read(RecordingFile.of(tmp_path / "large.h5"), description=KNOWN)


def test_damaged_files_give_only_our_errors(tmp_path: Path) -> None:
    wholes = [(matlab_reader, mat(val=SAMPLES[:, :100]).read_all(1 << 20)),
              (hdf5_reader, hdf(tmp_path / "a.h5", ecg=SAMPLES[:, :100]).read_all(1 << 20))]
    rng = np.random.default_rng(9)
    for reader, whole in wholes:
        for _ in range(300):
            data = bytearray(whole[:rng.integers(len(whole) // 2, len(whole) + 1)])
            for place in rng.integers(0, len(data), 4):
                data[place] = rng.integers(0, 256)
            with contextlib.suppress(EcgError):
                reader.read(RecordingFile.of(bytes(data), "made"), description=KNOWN).read()


def test_whole_numbers_are_not_taken_for_millivolts(tmp_path: Path) -> None:
    steps = np.arange(12 * 600, dtype=np.int16).reshape(12, 600)
    with pytest.raises(DescriptionNeeded) as caught:
        hdf5_reader.read(hdf(tmp_path / "a.h5", ecg=steps))
    assert {"rate", "unit"} <= caught.value.missing
    with pytest.raises(DescriptionNeeded) as caught:
        matlab_reader.read(mat(ECG={"data": steps}))
    assert {"rate", "unit"} <= caught.value.missing
