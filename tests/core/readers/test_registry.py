"""One way in: by content and not by suffix, from a path, a folder, bytes, or a file of several recordings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from mmae_core import plug_ins
from mmae_core.datasets.folder import find_records
from mmae_core.errors import UnreadableRecord
from mmae_core.plug_ins import READERS
from mmae_core.readers import read_record, registry
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.recording_paths import (
    bare_path,
    display_name,
    files_of,
    may_be_recording,
    recordings_among,
    recordings_at,
    statuses_of,
)
from mmae_core.record import EcgRecord

WriteRecord = Callable[..., Path]
FORMATS = Path(__file__).parents[2] / "data" / "formats"
MAGIC = b"ACMEECG1"


class Acme(ModuleType):
    """A reader of another package: 8 bytes, then a lead of 100 samples for each recording. It does not tell
    `make_record` which of them it reads.
    """

    FORMAT = "ACME"
    SUFFIXES = (".acme",)

    def claims(self, file: RecordingFile) -> bool:
        if file.head.startswith(b"trouble"):
            raise RuntimeError("a fault of another package")
        return file.head.startswith(MAGIC)

    def recordings(self, file: RecordingFile) -> tuple[str, ...]:
        return tuple(f"exam{number}" for number in range((file.size - 8) // 200))

    def read(self, file: RecordingFile, part: str = "") -> EcgRecord:
        values = file.array("<i2", 8 + 200 * int(part.removeprefix("exam")), 100).astype(np.float32)[None] / 1000
        return make_record(file, format_name="ACME", rate_hz=100, n_samples=100,
                           channels=[ReadChannel("II", "mV")], read=lambda start, end: values[:, start:end])


@pytest.fixture
def acme(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed package whose reader is named in the entry-point group, beside one that cannot be imported."""
    monkeypatch.setitem(sys.modules, "acme_reader", Acme("acme_reader"))
    points = [EntryPoint("acme", "acme_reader", READERS), EntryPoint("broken", "no_such_module_anywhere", READERS)]
    monkeypatch.setattr(plug_ins, "entry_points", lambda group: points if group == READERS else [])
    registry.formats_of_others.cache_clear()
    plug_ins.look_again()
    yield
    registry.formats_of_others.cache_clear()
    plug_ins.look_again()


def acme_bytes(n: int) -> bytes:
    return MAGIC + b"".join(np.full(100, number, "<i2").tobytes() for number in range(n))


def test_every_format_is_a_module_that_says_what_it_reads() -> None:
    for one in registry.FORMATS:
        assert one.reader.FORMAT
        assert set(one.suffixes) <= {suffix.lower() for suffix in one.reader.SUFFIXES}, one.module
        assert hasattr(one.reader, "recordings") == one.holds_several, one.module
        assert not one.reader.claims(RecordingFile.of(b"", "empty")), one.module


def test_what_a_file_holds_counts_and_not_its_suffix(tmp_path: Path) -> None:
    content = (FORMATS / "example_12lead.dcm").read_bytes()
    for name in ("ecg.dcm", "ecg.scp", "ecg.hea", "ecg.dat", "ecg.xml", "ecg", "1.2.840.113"):
        (tmp_path / name).write_bytes(content)
        assert read_record(tmp_path / name).source.format.startswith("DICOM"), name
    assert read_record(content, name="upload").source.format.startswith("DICOM")


def test_bytes_and_file_are_the_same_recording() -> None:
    path = FORMATS / "example.scp"
    of_file, of_bytes = read_record(path), read_record(path.read_bytes(), name="example.scp")
    np.testing.assert_array_equal(of_file.read(), of_bytes.read())
    assert of_file.source.sha256 == of_bytes.source.sha256
    assert of_bytes.source.paths == ()


def test_a_damaged_file_is_explained_by_the_format_its_suffix_names(tmp_path: Path) -> None:
    (tmp_path / "rec.edf").write_bytes(b"no edf at all")
    with pytest.raises(UnreadableRecord, match=r"rec\.edf"):
        read_record(tmp_path / "rec.edf")
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableRecord, match=r"letter\.pdf is no recording this program reads\. It reads WFDB"):
        read_record(tmp_path / "letter.pdf")


@pytest.mark.usefixtures("acme")
def test_another_package_adds_a_format(tmp_path: Path) -> None:
    (tmp_path / "one.acme").write_bytes(acme_bytes(1))
    record = read_record(tmp_path / "one.acme")
    assert (record.source.format, record.lead_names) == ("ACME", ("II",))
    assert ".acme" in registry.known_suffixes()
    assert find_records([tmp_path]) == (tmp_path / "one.acme",)


@pytest.mark.usefixtures("acme")
def test_a_fault_of_another_package_does_not_reach_other_files(tmp_path: Path) -> None:
    (tmp_path / "trouble.bin").write_bytes(b"trouble")
    with pytest.raises(UnreadableRecord, match=r"trouble\.bin is no recording"):
        read_record(tmp_path / "trouble.bin")
    (tmp_path / "cut.acme").write_bytes(MAGIC)
    with pytest.raises(UnreadableRecord, match=r"cut\.acme cannot be read as ACME \(ValueError\)"):
        read_record(tmp_path / "cut.acme")


@pytest.mark.usefixtures("acme")
def test_recordings_of_one_file_are_named_by_name_or_number(tmp_path: Path) -> None:
    file = tmp_path / "many.acme"
    file.write_bytes(acme_bytes(3))
    paths = recordings_at(file)
    assert [path.name for path in paths] == ["exam0", "exam1", "exam2"]
    assert [read_record(path).read()[0, 0] for path in paths] == pytest.approx([0, 0.001, 0.002])
    for same in (read_record(file, "exam2"), read_record(file / "2"), read_record(file.read_bytes(), "2", "many.acme")):
        assert same.read()[0, 0] == pytest.approx(0.002)
    assert len({read_record(path).source.sha256 for path in paths}) == 3
    assert [read_record(path).source.own_paths for path in paths] == [(path,) for path in paths]
    assert find_records([tmp_path]) == find_records([file]) == paths
    assert display_name(paths[1]) == "many exam1"
    with pytest.raises(UnreadableRecord, match=r"holds 3 recordings; name one of them, as in many\.acme/exam0"):
        read_record(file)
    with pytest.raises(UnreadableRecord, match=r"holds 3 recordings \(exam0, exam1, exam2\); there is no exam9"):
        read_record(file / "exam9")
    with pytest.raises(UnreadableRecord, match="holds one recording; there is no 1 in it"):
        read_record(FORMATS / "example.scp" / "1")


def test_a_folder_lists_all_formats_and_leaves_out_what_is_none(write_record: WriteRecord, tmp_path: Path) -> None:
    write_record("rec")
    for name in ("example.scp", "example_12lead.dcm"):
        (tmp_path / name).write_bytes((FORMATS / name).read_bytes())
    (tmp_path / "IM00001").write_bytes((FORMATS / "example_12lead.dcm").read_bytes())
    for name in ("notes.txt", "letter.xml", "table.csv", "picture.dcm", "RECORDS", ".hidden.scp"):
        (tmp_path / name).write_bytes(b"nothing of interest here\n")
    names = [path.name for path in recordings_among(tmp_path, [entry.name for entry in tmp_path.iterdir()])]
    assert names == ["IM00001", "example.scp", "example_12lead.dcm", "rec.hea"]


def test_all_files_of_a_record_are_one_recording(write_record: WriteRecord, tmp_path: Path) -> None:
    header = write_record("100")
    for path in (header, header.with_suffix(".dat"), header.with_suffix("")):
        assert bare_path(path) == tmp_path / "100"
        assert display_name(path) == "100"
        assert may_be_recording(path)
        assert set(files_of(path)) == {header, header.with_suffix(".dat")}
        assert [label for label, _ in statuses_of(path)] == [".hea", ".dat"]
    assert bare_path(tmp_path / "ecg.dcm") == tmp_path / "ecg.dcm"


def test_a_change_of_any_file_shows(tmp_path: Path) -> None:
    file = tmp_path / "rows.npy"
    file.write_bytes(b"one")
    first = statuses_of(file / "3")
    assert [(label, status.st_size) for label, status in first] == [(".npy", 3)]
    file.write_bytes(b"other")
    assert [status.st_size for _, status in statuses_of(file / "3")] == [5]
    assert statuses_of(tmp_path / "gone.dcm") == []


def test_what_is_not_there_may_be_no_recording(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert may_be_recording(tmp_path)
    assert may_be_recording(tmp_path / "file" / "part")
    assert not may_be_recording(tmp_path / "gone")
    assert not may_be_recording(tmp_path / "gone" / "part")
