from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import PreprocessConfig
from mmae_core.errors import DatasetError, UnreadableRecord
from mmae_core.readers import read_record
from mmae_core.readers.array_rows import label_mask
from mmae_core.readers.make_record import FileSource
from mmae_core.readers.recording_paths import recordings_at
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.preprocess import filtered_mv, prepare, prepare_filtered


@pytest.fixture
def arrays(tmp_path: Path) -> Path:
    """Three recordings and their labels, as the benchmark's files."""
    data = np.random.default_rng(0).normal(0, 0.3, (3, 5000, 12)).astype(np.float32)
    labels = np.zeros((3, 5000, 12), np.uint8)
    labels[1, 1000:1200, 6:8] = 1
    np.save(tmp_path / "benchmark_data.npy", data)
    np.save(tmp_path / "benchmark_label.npy", labels)
    return tmp_path / "benchmark_data.npy"


def test_a_row_is_a_recording_in_the_standard_order_of_leads(arrays: Path) -> None:
    data = np.load(arrays)
    paths = recordings_at(arrays)
    assert [path.name for path in paths] == ["0", "1", "2"]
    record = read_record(paths[1])
    assert (record.name, record.sampling_rate_hz, record.duration_s) == ("benchmark_data 1", 500.0, 10.0)
    assert record.lead_names == STANDARD_LEADS
    np.testing.assert_array_equal(record.read(100, 300), data[1, 100:300].T)


def test_rows_of_one_file_are_told_apart_by_their_checksum(arrays: Path) -> None:
    sums = {read_record(path).source.sha256 for path in recordings_at(arrays)}
    assert len(sums) == 3


def test_a_filtered_recording_is_not_filtered_again(arrays: Path) -> None:
    record = read_record(arrays / "2")
    config = PreprocessConfig()
    np.testing.assert_array_equal(prepare(record, config).signal, prepare_filtered(record.read(), 500.0, config).signal)


def test_the_label_array_beside_it_marks_a_row(arrays: Path) -> None:
    mask = label_mask(read_record(arrays / "1").source)
    assert mask is not None
    assert mask[6:8, 1000:1200].all()
    assert mask.sum() == 400
    arrays.with_name("benchmark_label.npy").unlink()
    assert label_mask(read_record(arrays / "1").source) is None


def test_labels_of_another_set_are_refused(arrays: Path) -> None:
    np.save(arrays.with_name("benchmark_label.npy"), np.zeros((1, 5000, 12), np.uint8))
    with pytest.raises(DatasetError, match="labels 1 recordings, and this is number 1"):
        label_mask(FileSource((arrays,), "NumPy array", part="1"))


@pytest.mark.parametrize(("path", "reason"), [("7", "there is no 7"), ("", "holds 3 recordings; name one of them")])
def test_what_names_no_row_is_explained(arrays: Path, path: str, reason: str) -> None:
    with pytest.raises(UnreadableRecord, match=reason):
        read_record(arrays / path if path else arrays)


def test_a_row_in_another_unit_is_refused(arrays: Path) -> None:
    np.save(arrays, 1000 * np.load(arrays))
    with pytest.raises(UnreadableRecord, match="probably in µV"):
        read_record(arrays / "0")


def test_an_array_of_another_shape_is_refused(arrays: Path) -> None:
    np.save(arrays, np.load(arrays).transpose(0, 2, 1))
    with pytest.raises(UnreadableRecord, match="Leads and samples are exchanged"):
        recordings_at(arrays)


def test_raw_rows_are_filtered_and_filtered_ones_are_not(ptbxl_mini: Path, tmp_path: Path) -> None:
    """Records of PTB-XL as an array, as recorded and after the benchmark's filter: both give the same input."""
    paths = sorted(ptbxl_mini.rglob("*_hr.hea"))[:4]
    records = [read_record(path) for path in paths]
    config = PreprocessConfig()
    raw = np.stack([record.read().T for record in records])
    filtered = np.stack([filtered_mv(prepare(record, config)).T for record in records])
    np.save(tmp_path / "raw.npy", raw)
    np.save(tmp_path / "filtered.npy", filtered)
    for number, record in enumerate(records):
        as_recorded = read_record(tmp_path / "raw.npy" / str(number))
        as_published = read_record(tmp_path / "filtered.npy" / str(number))
        assert (as_recorded.is_filtered, as_published.is_filtered) == (False, True), record.name
        np.testing.assert_allclose(prepare(as_recorded, config).signal, prepare(record, config).signal, atol=1e-4)


def test_an_array_cut_short_while_a_row_is_open_does_no_harm(arrays: Path) -> None:
    expected = np.load(arrays)[2].T
    record = read_record(arrays / "2")
    with arrays.open("r+b") as stream:
        stream.truncate(200)
    np.testing.assert_array_equal(record.read(), expected)
