"""Annotation files are decoded as the wfdb package does, and end whatever they hold."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmae_core.errors import EcgError, UnreadableRecord
from mmae_core.readers import read_record
from mmae_core.readers.wfdb_marks import StoredAnnotation, read_marks

WriteRecord = Callable[..., Path]


def word(code: int, value: int) -> bytes:
    return struct.pack("<H", code << 10 | value)


def test_marks_are_those_that_were_written(tmp_path: Path) -> None:
    import wfdb

    samples = np.array([10, 250, 1500, 400_000, 400_000])
    wfdb.wrann("rec", "atr", samples, ["N", "V", "+", "(", ")"], chan=np.array([0, 1, 1, 2, 0]),
               aux_note=["", "", "(AFIB", "odd", ""], write_dir=str(tmp_path))
    assert [(mark.sample, mark.symbol, mark.channel, mark.note) for mark in read_marks(tmp_path / "rec.atr").marks] == [
        (10, "N", 0, ""), (250, "V", 1, ""), (1500, "+", 1, "(AFIB"), (400_000, "(", 2, "odd"), (400_000, ")", 0, ""),
    ]  # fmt: skip


def test_time_units_and_symbols_of_the_file_itself_are_used_and_not_shown(tmp_path: Path) -> None:
    def comment(text: str) -> bytes:
        data = text.encode()
        return word(22, 0) + word(63, len(data)) + data + bytes(len(data) % 2)

    (tmp_path / "rec.atr").write_bytes(
        comment("## time resolution: 1000") + comment("## annotation type definitions") + comment("42 pOn onset of P")
        + comment("## end of definitions") + word(42, 100) + word(57, 5) + bytes(2)
    )
    found = read_marks(tmp_path / "rec.atr")
    assert found.rate_hz == 1000
    assert found.marks == (StoredAnnotation(100, 42, "pOn"), StoredAnnotation(105, 57, "code 57"))


@pytest.mark.parametrize("rate", ["360", "3.6e2", "360.0", "360/100(0)"])
def test_marks_come_in_time_however_the_header_writes_its_rate(write_record: WriteRecord, rate: str) -> None:
    header = write_record(rate_hz=360, n_samples=7200)
    header.write_text(header.read_text().replace("rec 12 360", f"rec 12 {rate}"))
    later = word(59, 0) + struct.pack("<hH", 0, 3240)
    header.with_suffix(".atr").write_bytes(word(1, 360) + later + word(5, 0) + bytes(2))
    assert [(mark.start_s, mark.label) for mark in read_record(header).annotations] == [(1.0, "N"), (10.0, "V")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\1", "in the middle of a mark"),
        (word(63, 40) + b"short", "in the middle of a note"),
        (word(59, 0) + b"\0", "in the middle of a time"),
        (word(59, 0) + struct.pack("<hH", -9, 0) + word(1, 1), "before the record's beginning"),
    ],
)
def test_a_damaged_file_is_explained(write_record: WriteRecord, data: bytes, why: str) -> None:
    header = write_record()
    header.with_suffix(".atr").write_bytes(data)
    record = read_record(header)
    assert record.read().shape == (12, 1000), "the traces are there"
    with pytest.raises(UnreadableRecord, match=rf"The annotation file rec\.atr cannot be read: .*{why}"):
        len(record.annotations)


def test_the_fourteen_bytes_that_the_wfdb_package_never_ends_on(tmp_path: Path) -> None:
    (tmp_path / "rec.atr").write_bytes(b"\x00\x58\x07\xfc## note\x00\x00\x00")
    assert [mark.note for mark in read_marks(tmp_path / "rec.atr").marks] == ["## note"]


def test_a_day_of_beats_is_read_in_a_moment_and_more_than_a_file_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rec.atr").write_bytes(word(1, 300) * 100_000)
    began = time.monotonic()
    assert len(read_marks(tmp_path / "rec.atr").marks) == 100_000
    assert time.monotonic() - began < 30, "not the square of the number of marks"
    (tmp_path / "rec.atr").write_bytes(bytes(9 << 20))
    with pytest.raises(UnreadableRecord, match=r"rec\.atr has 9,437,184 bytes"):
        read_marks(tmp_path / "rec.atr")


def test_a_link_out_of_the_folder_is_not_followed(write_record: WriteRecord, tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    header = write_record(folder=folder)
    (tmp_path / "secret.atr").write_bytes(word(1, 5) + bytes(2))
    header.with_suffix(".atr").symlink_to(tmp_path / "secret.atr")
    with pytest.raises(UnreadableRecord, match="a link to a file outside its folder"):
        len(read_record(header).annotations)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_give_marks_or_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "rec.atr").write_bytes(data)
    try:
        marks = read_marks(tmp_path / "rec.atr").marks
    except EcgError:
        return
    assert all(mark.sample >= 0 and mark.symbol for mark in marks)
    assert len(marks) <= len(data) // 2
