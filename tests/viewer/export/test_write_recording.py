"""The recording itself in another format: never over itself, nobody's name, complete or absent."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.export.export_files import AlreadyThere, CannotExport, Existing, Folder
from ecg_viewer.export.write_recording import RECORDING_FORMATS, write_record
from mmae_core.errors import Cancelled
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.resources import resource


@pytest.fixture
def record() -> EcgRecord:
    return read_record(resource("demo") / "00170_hr.hea")


@pytest.mark.parametrize("name", [name for name in RECORDING_FORMATS if name != "recording-npz"])
def test_what_is_written_reads_back_within_half_a_microvolt(name: str, record: EcgRecord, tmp_path: Path) -> None:
    paths, _ = write_record(name, record, Folder(tmp_path))  # type: ignore[arg-type]  # one of the formats
    again = read_record(paths[0])
    assert set(paths) == set(tmp_path.iterdir())
    assert again.lead_names == record.lead_names
    assert np.abs(again.read() - record.read()).max() <= 0.501e-3


def test_files_that_exist_are_kept_and_both_files_of_wfdb_get_one_number(record: EcgRecord, tmp_path: Path) -> None:
    (tmp_path / "00170_hr.dat").write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        write_record("recording-wfdb", record, Folder(tmp_path))
    paths, _ = write_record("recording-wfdb", record, Folder(tmp_path, Existing.KEEP_BOTH))
    assert [path.name for path in paths] == ["00170_hr_2.hea", "00170_hr_2.dat"]
    assert read_record(paths[0]).n_samples == record.n_samples
    assert (tmp_path / "00170_hr.dat").read_bytes() == b"mine"


def test_a_recording_is_never_written_over_itself(record: EcgRecord, tmp_path: Path) -> None:
    (source, data), _ = write_record("recording-wfdb", record, Folder(tmp_path))
    before = source.read_bytes(), data.read_bytes()
    with pytest.raises(CannotExport, match="is the recording itself"):
        write_record("recording-wfdb", read_record(source), Folder(tmp_path, Existing.REPLACE))
    assert (source.read_bytes(), data.read_bytes()) == before


def test_what_is_stopped_leaves_nothing(record: EcgRecord, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_record("recording-wfdb", record, Folder(tmp_path / "out"), should_stop=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_names_are_plain_and_a_prefix_tells_recordings_apart(record: EcgRecord, tmp_path: Path) -> None:
    named = dataclasses.replace(record, name="Müller 1/2")
    paths, _ = write_record("recording-csv", named, Folder(tmp_path, prefix="ward 3_"))
    assert paths[0].name == "ward_3_M_ller_1_2.csv"
