"""A recording of any format that is replaced or cut while it is open is not read: no person's trace under another's."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord
from mmae_core.readers import read_record
from mmae_core.readers.recording_paths import recordings_at
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import STANDARD_LEADS, EcgRecord

DATA = Path(__file__).parents[2] / "data"
KNOWN = SignalDescription(500.0, 1e-3, STANDARD_LEADS)
SOURCES = [path for path in sorted((DATA / "formats").iterdir()) if path.is_file() and path.name != "README.md"]


def opened(source: Path, folder: Path) -> tuple[EcgRecord, Path]:
    data = gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()
    path = folder / source.name.removesuffix(".gz")
    path.write_bytes(data)
    parts = recordings_at(path)
    return read_record(parts[0] if parts else path, description=KNOWN), path


def require_same_or_refused(record: EcgRecord, before: np.ndarray) -> None:
    try:
        found = record.read()
    except UnreadableRecord as error:
        reason = str(error)
    else:
        assert np.array_equal(found, before, equal_nan=True), "what was read at opening"
        return
    assert "changed" in reason or "no longer" in reason


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_what_was_opened_is_read_or_nothing(tmp_path: Path, source: Path) -> None:
    record, path = opened(source, tmp_path)
    before = record.read()
    data = bytearray(path.read_bytes())
    data[len(data) // 3 :] = data[: len(data) - len(data) // 3]
    other = tmp_path / "other"
    other.write_bytes(data)
    os.replace(other, path)
    require_same_or_refused(record, before)
    with pytest.raises(UnreadableRecord, match=r"changed|no longer"):
        _ = record.source.read_sha256(lambda: False)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_file_that_is_cut_while_open_ends_no_process(tmp_path: Path, source: Path) -> None:
    """A file that is mapped into memory would: reading beyond its new end is a bus error."""
    record, path = opened(source, tmp_path)
    before = record.read()
    os.truncate(path, 64)
    require_same_or_refused(record, before)


@pytest.mark.parametrize("suffix", [".npy", ".dat"])
def test_arrays_and_signal_files_cut_while_open_end_no_process(tmp_path: Path, suffix: str) -> None:
    if suffix == ".npy":
        path = cut = tmp_path / "benchmark_data.npy"
        np.save(path, np.random.default_rng(0).normal(size=(3, 5000, 12)).astype(np.float32))
    else:
        source = next(iter(sorted((DATA / "waves").glob("*.hea"))))
        path, cut = tmp_path / source.name, tmp_path / f"{source.stem}.dat"
        path.write_bytes(source.read_bytes())
        cut.write_bytes(source.with_suffix(".dat").read_bytes())
    parts = recordings_at(path)
    record = read_record(parts[0] if parts else path, description=KNOWN)
    before = record.read()
    os.truncate(cut, 256)
    require_same_or_refused(record, before)
