"""Whatever is opened, the answer is a record or a sentence that names the file and the cause."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, Channel, require_model_leads, require_model_length

WriteRecord = Callable[..., Path]
LEADS = "rec.dat 16 1000(0)/mV 16 0 0 0 0 "


def replace(header: Path, old: str, new: str) -> Path:
    text = header.read_text(encoding="utf-8")
    assert old in text
    header.write_text(text.replace(old, new), encoding="utf-8")
    return header


# Files


def test_a_missing_signal_file(write_record: WriteRecord) -> None:
    header = write_record()
    header.with_suffix(".dat").unlink()
    for path in (header, header.with_suffix(".dat"), header.with_suffix("")):
        with pytest.raises(UnreadableRecord, match=r"rec\.dat is missing: rec\.hea names it"):
            read_record(path)


def test_a_signal_file_of_less_than_half_the_samples(write_record: WriteRecord) -> None:
    header = write_record(n_samples=1000)
    data = header.with_suffix(".dat")
    data.write_bytes(data.read_bytes()[: 499 * 24])
    with pytest.raises(UnreadableRecord, match=r"rec\.dat is truncated: it holds 499 of the 1000 samples"):
        read_record(header)


@pytest.mark.parametrize("fmt", ["24", "32", "80", "212", "310", "311", "160", "61"])
def test_a_truncated_signal_file_of_any_format(write_record: WriteRecord, fmt: str) -> None:
    header = replace(write_record(n_samples=2000, leads=("V1",)), " 16 1000", f" {fmt} 1000")
    header.with_suffix(".dat").write_bytes(bytes(719))
    with pytest.raises(UnreadableRecord, match=r"rec\.dat is truncated"):
        read_record(header)


def test_a_truncated_flac_file(tmp_path: Path) -> None:
    import wfdb

    digital = np.random.default_rng(0).integers(-999, 999, (5000, 1))
    wfdb.wrsamp("rec", 250, ["mV"], ["V1"], d_signal=digital, fmt=["516"], adc_gain=[200.0], baseline=[0],
                write_dir=str(tmp_path))  # fmt: skip
    data = tmp_path / "rec.dat"
    data.write_bytes(data.read_bytes()[:4000])
    record = read_record(tmp_path / "rec")
    with pytest.raises(UnreadableRecord, match=r"rec\.dat (cannot be decoded|has become shorter)"):
        record.read()
    data.write_bytes(b"no music")
    with pytest.raises(UnreadableRecord, match=r"rec\.dat is no readable FLAC file"):
        read_record(tmp_path / "rec")


def test_a_signal_file_cut_after_opening(write_record: WriteRecord) -> None:
    header = write_record()
    record = read_record(header)
    header.with_suffix(".dat").write_bytes(bytes(24))
    with pytest.raises(UnreadableRecord, match=r"rec\.dat was changed while open"):
        record.read()
    header.with_suffix(".dat").unlink()
    with pytest.raises(UnreadableRecord, match=r"rec\.dat can no longer be read"):
        record.read()


def test_empty_files(write_record: WriteRecord, tmp_path: Path) -> None:
    header = write_record()
    header.with_suffix(".dat").write_bytes(b"")
    with pytest.raises(UnreadableRecord, match=r"rec\.dat is empty"):
        read_record(header)
    for content in (b"", b"\n \n"):
        header.write_bytes(content)
        with pytest.raises(UnreadableRecord, match=r"rec\.hea is empty"):
            read_record(header)
    header.write_bytes(b"# only a comment\n")
    with pytest.raises(UnreadableRecord, match=r"rec\.hea holds comments only"):
        read_record(header)


def test_a_signal_file_without_header(tmp_path: Path) -> None:
    (tmp_path / "alone.dat").write_bytes(bytes(100))
    with pytest.raises(UnreadableRecord, match=r"alone\.dat has no header: alone\.hea is missing"):
        read_record(tmp_path / "alone.dat")


@pytest.mark.parametrize("name", ["nothing", "nothing.hea", "nothing.dat", "nothing.pdf", "no/where"])
def test_a_path_that_does_not_exist(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableRecord, match=r"(There is no|does not exist).*"):
        read_record(tmp_path / name)


@pytest.mark.parametrize("name", ["notes.txt", "scan.pdf", "holiday.jpg", "no_extension"])
def test_a_file_of_another_type(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7 \x00\xff")
    with pytest.raises(UnreadableRecord, match=rf"{name} is no recording this program reads"):
        read_record(tmp_path / name)


def test_a_picture_beside_a_record_is_not_the_record(write_record: WriteRecord) -> None:
    write_record().with_suffix(".png").write_bytes(b"\x89PNG")
    with pytest.raises(UnreadableRecord, match=r"rec\.png is no recording"):
        read_record(write_record().with_suffix(".png"))


def test_a_folder_and_two_records_at_once(write_record: WriteRecord, tmp_path: Path) -> None:
    with pytest.raises(UnreadableRecord, match=f"The folder {tmp_path.name} holds no recording"):
        read_record(tmp_path)
    write_record("first")
    assert read_record(tmp_path).name == "first"
    write_record("second")
    with pytest.raises(UnreadableRecord, match=r"holds 2 records \(first, second\); one is expected"):
        read_record(tmp_path)


def test_a_name_that_is_a_record_and_a_folder_with_another(write_record: WriteRecord, tmp_path: Path) -> None:
    write_record()
    (tmp_path / "rec").mkdir()
    assert read_record(tmp_path / "rec").name == "rec"
    write_record("inner", folder=tmp_path / "rec")
    with pytest.raises(UnreadableRecord, match="rec is the name of a record and of a folder with records"):
        read_record(tmp_path / "rec")


def test_a_signal_file_of_two_records(write_record: WriteRecord) -> None:
    header = write_record()
    data = header.with_name("shared.dat")
    header.with_suffix(".dat").rename(data)
    replace(header, "rec.dat", "shared.dat")
    assert read_record(data).name == "rec"
    header.with_name("other.hea").write_text(header.read_text())
    with pytest.raises(UnreadableRecord, match=r"shared\.dat belongs to two records or more \(other, rec\)"):
        read_record(data)


def test_a_header_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "rec.hea").mkdir()
    with pytest.raises(UnreadableRecord, match=r"holds no recording"):
        read_record(tmp_path / "rec.hea")


@pytest.mark.parametrize("suffix", [".hea", ".dat"])
def test_permission_denied(write_record: WriteRecord, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    header = write_record()
    real_open, real_fromfile = Path.open, np.fromfile

    def open_path(path: Path, *args: Any, **options: Any) -> Any:
        if path.suffix == suffix:
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *args, **options)

    def fromfile(path: Path, *args: Any, **options: Any) -> Any:
        if path.suffix == suffix:
            raise PermissionError(13, "Permission denied", str(path))
        return real_fromfile(path, *args, **options)

    monkeypatch.setattr(Path, "open", open_path)
    monkeypatch.setattr(np, "fromfile", fromfile)
    with pytest.raises(UnreadableRecord, match=rf"rec\{suffix} can.* be .*: Permission denied\."):
        read_record(header).read()


def test_a_folder_that_may_not_be_entered(write_record: WriteRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    header = write_record()

    def stat(path: Path, **options: Any) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(UnreadableRecord, match=r"rec\.hea cannot be opened: Permission denied"):
        read_record(header)


# Headers


@pytest.mark.parametrize(
    ("record_line", "message"),
    [
        ("rec 999999999999 100 1000", "announces 999999999999 signals and describes 12"),
        ("rec 13 100 1000", "announces 13 signals and describes 12"),
        ("rec 12 100 999999999999999999", "more than a year"),
        ("rec 12 100 99999999", "truncated"),
        ("rec 12 100 9999999999999999999999999", "should begin with a line such as"),
        ("rec -12 100 1000", "should begin with a line such as"),
        ("rec 12 100 -1000", "should begin with a line such as"),
        ("rec 12 nan 1000", "should begin with a line such as"),
        ("rec 12 100 nan", "should begin with a line such as"),
        ("rec 12 inf 1000", "should begin with a line such as"),
        ("rec 12 1e300 1000", r"1e\+300 Hz is impossible"),
        ("rec 12 1e999 1000", "inf Hz is impossible"),
        ("rec 12 -100 1000", "-100 Hz is impossible"),
        ("rec 12.5 100 1000", "should begin with a line such as"),
        ("rec twelve 100 1000", "should begin with a line such as"),
        ("rec", "should begin with a line such as"),
        ("rec/1 12 100 1000", "announces 1 segments and lists 12"),
        ("rec ١٢ 100 1000", "should begin with a line such as"),
    ],
)
def test_absurd_counts_cost_nothing(write_record: WriteRecord, record_line: str, message: str) -> None:
    header = replace(write_record(), "rec 12 100 1000", record_line)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableRecord, match=message) as caught:
            read_record(header)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "rec.hea" in str(caught.value)
    assert peak < 1e6


def test_no_signals_at_all(tmp_path: Path) -> None:
    (tmp_path / "rec.hea").write_text("rec 0 100 1000\n")
    with pytest.raises(UnsupportedRecord, match=r"rec\.hea describes no signals"):
        read_record(tmp_path / "rec.hea")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("16x999999999999", "samples a frame are impossible"),
        ("17", "sample format 17 is unknown; known are 8, 16"),
        ("16.5", "a signal line should read"),
        ("-16", "a signal line should read"),
        ("16:999999999", "skews a signal by 999999999 samples"),
        ("16+999999999999", "holds no complete sample"),
    ],
)
def test_absurd_sample_formats(write_record: WriteRecord, field: str, message: str) -> None:
    header = replace(write_record(), "rec.dat 16 ", f"rec.dat {field} ")
    with pytest.raises(UnreadableRecord, match=message):
        read_record(header)


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../secret.dat", "..", "sub/rec.dat", "..\\secret.dat", "C:\\secret.dat", "C:x.dat", "-", "~x"],
)
def test_a_header_reads_no_files_outside_its_folder(write_record: WriteRecord, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inner"
    (folder / "sub").mkdir(parents=True)
    header = write_record(folder=folder)
    for secret in (tmp_path / "secret.dat", folder / "sub/rec.dat"):
        secret.write_bytes(bytes(1 << 16))
    replace(header, "rec.dat 16", f"{name} 16")
    with pytest.raises(UnreadableRecord, match=r"does not lie beside it\. A header may only name files"):
        read_record(header)


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_not(write_record: WriteRecord, tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    header = write_record(folder=folder)
    data = header.with_suffix(".dat")
    data.rename(folder / "kept.dat")
    data.symlink_to(folder / "kept.dat")
    assert read_record(header).n_samples == 1000
    (folder / "kept.dat").rename(tmp_path / "secret.dat")
    data.unlink()
    data.symlink_to(tmp_path / "secret.dat")
    with pytest.raises(UnreadableRecord, match=r"rec\.hea names 'rec\.dat', a link to a file outside its folder"):
        read_record(header)


@pytest.mark.parametrize("target", ["rec.dat", "gone.dat"])
def test_a_link_to_itself_or_to_nothing_is_no_content(write_record: WriteRecord, target: str) -> None:
    header = write_record()
    header.with_suffix(".dat").unlink()
    header.with_suffix(".dat").symlink_to(target)
    with pytest.raises(UnreadableRecord, match=r"rec\.dat is a link to content that is not here"):
        read_record(header)


def test_a_signal_file_that_is_a_pipe_is_not_waited_for(write_record: WriteRecord) -> None:
    header = write_record()
    header.with_suffix(".dat").unlink()
    os.mkfifo(header.with_suffix(".dat"))
    with pytest.raises(UnreadableRecord, match=r"rec\.dat is missing"):
        read_record(header)


@pytest.mark.parametrize("gain", ["0/mV", "0", "0.0(0)/mV", ""])
def test_zero_gain_is_not_taken_for_two_hundred(write_record: WriteRecord, gain: str) -> None:
    header = replace(write_record(), LEADS + "V2", f"rec.dat 16 {gain}{' 16 0 0 0 0' if gain else ''} V2")
    with pytest.raises(UnsupportedRecord, match=r"Lead V2 of rec\.hea has zero gain"):
        read_record(header)


@pytest.mark.parametrize("gain", ["nan/mV", "inf/mV", "1e999/mV", "-/mV", "1000(x)/mV", "1000(0/mV"])
def test_a_gain_that_is_no_number(write_record: WriteRecord, gain: str) -> None:
    header = replace(write_record(), "1000(0)/mV", gain)
    with pytest.raises(UnreadableRecord, match=r"rec\.hea is no usable WFDB header: .*gain"):
        read_record(header)


@pytest.mark.parametrize("unit", ["mmHg", "NU", "adu", "%"])
def test_a_lead_in_no_voltage(write_record: WriteRecord, unit: str) -> None:
    header = replace(write_record(), LEADS + "aVF", f"rec.dat 16 1000(0)/{unit} 16 0 0 0 0 aVF")
    with pytest.raises(UnsupportedRecord, match=f"Lead aVF of rec.hea is in '{unit}'; expected V, mV"):
        read_record(header)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_text_that_is_not_ascii_opens(write_record: WriteRecord, encoding: str) -> None:
    header = write_record(comments="# Größe: 180 cm, Prüfer Åsa\n")
    header.write_bytes(header.read_text(encoding="utf-8").replace(" V6", " V6").encode(encoding))
    record = read_record(header)
    assert record.comments == ("Größe: 180 cm, Prüfer Åsa",)
    assert len(record.lead_names) == 12


def test_a_file_name_that_is_not_ascii_opens(write_record: WriteRecord) -> None:
    header = write_record("prüfung", leads=("V1", "Atmung ä"))
    record = read_record(header)
    assert record.name == "prüfung"
    assert record.extra_channels[0].name == "Atmung ä"
    assert record.read().shape == (1, 1000)


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 16, b"\x89PNG\r\n\x1a\n" + bytes(99), b"PK\x03\x04" * 99, b"MZ" * 5000]
)
def test_a_binary_file_named_as_a_header(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rec.hea").write_bytes(content)
    with pytest.raises(UnreadableRecord, match=r"rec\.hea is no (usable )?WFDB header"):
        read_record(tmp_path / "rec.hea")


def test_a_huge_file_named_as_a_header_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "rec.hea").open("wb") as stream:
        stream.write(b"rec 1 100 100\n")
        stream.truncate(1 << 34)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableRecord, match=r"rec\.hea is no WFDB header: it is not text, or far too long"):
            read_record(tmp_path / "rec.hea")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 32e6


# Leads and length


def test_nothing_in_volts(write_record: WriteRecord) -> None:
    header = write_record(leads=("RESP", "ART"), gain="10/mmHg")
    with pytest.raises(UnsupportedRecord, match=r"holds no ECG: none of its channels is in volts\. Found: RESP"):
        read_record(header)


def test_leads_of_unknown_names_are_shown_and_cannot_be_assessed(write_record: WriteRecord) -> None:
    record = read_record(write_record(leads=("MCL1", "ECG")))
    assert (record.lead_names, record.trace_names) == ((), ("MCL1", "ECG"))
    np.testing.assert_allclose(record.read_traces(2, 3), [[0.002], [0.003]], rtol=1e-6)
    with pytest.raises(UnsupportedRecord, match="rec lacks leads I, II"):
        require_model_leads(record)


def test_of_a_lead_written_twice_the_first_is_shown(write_record: WriteRecord) -> None:
    record = read_record(write_record(leads=("I", "II", "MLII")))
    assert record.extra_channels == (Channel("MLII", "mV"),)
    np.testing.assert_allclose(record.read(0, 1)[:2, 0], [0, 0.001])
    assert "Lead II is recorded 2 times" in record.doubts[0]


def test_fewer_leads_than_the_model_needs_can_be_viewed(write_record: WriteRecord) -> None:
    record = read_record(write_record(leads=("I", "II", "V1", "V2")))
    assert record.read().shape == (8, 1000)
    with pytest.raises(UnsupportedRecord, match="rec lacks leads V3, V4, V5, V6"):
        require_model_leads(record)
    require_model_leads(read_record(write_record(leads=("I", "II", *STANDARD_LEADS[6:]))))


def test_less_than_ten_seconds_can_be_viewed(write_record: WriteRecord) -> None:
    record = read_record(write_record(n_samples=999, rate_hz=100))
    assert record.read().shape == (12, 999)
    with pytest.raises(UnsupportedRecord, match=r"it lasts 9\.99 s and 10 s are needed"):
        require_model_length(record, 10.0)
