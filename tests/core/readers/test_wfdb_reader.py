from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, Channel

WriteRecord = Callable[..., Path]


def wfdb_mv(path: Path) -> np.ndarray:
    """What the wfdb package reads: float32 (signals, samples)."""
    import wfdb

    return np.asarray(wfdb.rdrecord(str(path.with_suffix(""))).p_signal.T, np.float32)


def wrsamp(folder: Path, name: str, fmt: str, digital: np.ndarray, **options: Any) -> Path:
    import wfdb

    n_signals = digital.shape[1]
    wfdb.wrsamp(
        name, 250, ["mV"] * n_signals, list(STANDARD_LEADS[:n_signals]), d_signal=digital, fmt=[fmt] * n_signals,
        adc_gain=[200.0] * n_signals, baseline=[3] * n_signals, write_dir=str(folder), **options,
    )
    return folder / f"{name}.hea"


# Real records


@pytest.mark.parametrize("name", ["records100/00000/00234_lr", "records500/00000/00266_hr"])
def test_a_ptbxl_record_reads_as_the_wfdb_package_reads_it(ptbxl_mini: Path, name: str) -> None:
    record = read_record(ptbxl_mini / name)
    assert record.lead_names == STANDARD_LEADS
    assert record.duration_s == 10.0
    assert record.read().dtype == np.float32
    np.testing.assert_array_equal(record.read(), wfdb_mv(ptbxl_mini / name))
    np.testing.assert_array_equal(record.read(333, 777), record.read()[:, 333:777])


@pytest.mark.parametrize("form", ["00266_hr", "00266_hr.hea", "00266_hr.dat"])
def test_a_record_opens_by_any_of_its_names(ptbxl_mini: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ptbxl_mini / "records500/00000")
    for path in (form, Path(form), Path(form).absolute()):
        assert read_record(path).name == "00266_hr"


# Formats


@pytest.mark.parametrize("fmt", ["16", "24", "32", "80", "212", "508", "516", "524"])
@pytest.mark.parametrize("n_signals", [1, 3, 8])
def test_every_format_reads_as_the_wfdb_package_reads_it(tmp_path: Path, fmt: str, n_signals: int) -> None:
    bits = {"80": 8, "508": 8, "212": 12, "24": 24, "524": 24, "32": 32}.get(fmt, 16)
    largest = (1 << bits - 1) - 1
    digital = np.random.default_rng(0).integers(-largest, largest + 1, (501, n_signals))
    digital[7:9, 0] = -largest - 1  # the value that marks an invalid sample
    path = wrsamp(tmp_path, "rec", fmt, digital)
    record = read_record(path)
    recorded = [record.lead_names.index(lead) for lead in STANDARD_LEADS[:n_signals]]
    signal = record.read()[recorded]
    np.testing.assert_array_equal(signal, wfdb_mv(path))
    assert np.isnan(signal[0, 7:9]).all()
    assert np.isfinite(np.delete(signal, [7, 8], axis=1)).all()
    for start, end in ((0, 1), (1, 2), (3, 250), (250, 501), (500, 501)):
        np.testing.assert_array_equal(record.read(start, end)[recorded], signal[:, start:end])


def format_8(samples: np.ndarray) -> bytes:
    frames = samples.reshape(-1, 2)
    before = np.vstack([np.zeros((1, 2), int), frames[:-1]])
    return bytes((frames - before).astype("i1").data)


def format_310(samples: np.ndarray) -> bytes:
    a, b, c = (samples.reshape(-1, 3).T & 0x3FF).astype(np.uint16)
    first = (a & 0x7F) << 1 | (c & 0x1F) << 11 | (a >> 7) << 8
    second = (b & 0x7F) << 1 | (c >> 5) << 11 | (b >> 7) << 8
    return bytes(np.stack([first, second], axis=1).astype("<u2").data)


def format_311(samples: np.ndarray) -> bytes:
    a, b, c = (samples.reshape(-1, 3).T & 0x3FF).astype(np.uint32)
    return bytes((a | b << 10 | c << 20).astype("<u4").data)


@pytest.mark.parametrize(
    ("fmt", "encoded"),
    [
        (8, format_8),
        (61, lambda samples: samples.astype(">i2").tobytes()),
        (160, lambda samples: (samples + 32768).astype("<u2").tobytes()),
        (310, format_310),
        (311, format_311),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_formats_nothing_writes_any_more_are_read_too(tmp_path: Path, fmt: int, encoded: Any) -> None:
    samples = np.random.default_rng(1).integers(-60, 60, 600)
    (tmp_path / "old.dat").write_bytes(encoded(samples))
    lines = ["old 2 250 300", f"old.dat {fmt} 100/mV 10 0 0 0 0 V1", f"old.dat {fmt} 100/mV 10 0 0 0 0 V2"]
    (tmp_path / "old.hea").write_text("\n".join(lines))
    record = read_record(tmp_path / "old")
    expected = (samples.reshape(-1, 2).T / 100).astype(np.float32)
    np.testing.assert_array_equal(record.read(), expected)
    np.testing.assert_array_equal(record.read(101, 203), expected[:, 101:203])


def test_a_header_without_length_takes_it_from_the_file(write_record: WriteRecord) -> None:
    header = write_record(n_samples=321)
    expected = read_record(header).read()
    header.write_text(header.read_text().replace("rec 12 100 321", "rec 12 100"))
    np.testing.assert_array_equal(read_record(header).read(), expected)
    header.write_text(header.read_text().replace("rec 12 100", "rec 12 100 0"))
    assert read_record(header).n_samples == 321


def test_other_formats_without_length_are_read_too(tmp_path: Path) -> None:
    header = wrsamp(tmp_path, "rec", "24", np.arange(900).reshape(300, 3))
    expected = read_record(header).read()
    header.write_text(header.read_text().replace("rec 3 250 300", "rec 3 250"))
    np.testing.assert_array_equal(read_record(header).read(), expected)
    np.testing.assert_array_equal(read_record(header).read(17, 30), expected[:, 17:30])
    header.write_text(header.read_text().replace("rec 3 250", "rec 3 250 0"))
    np.testing.assert_array_equal(read_record(header).read(), expected)


def test_flac_without_length_is_as_long_as_it_says_itself(tmp_path: Path) -> None:
    header = wrsamp(tmp_path, "rec", "516", np.arange(900).reshape(300, 3))
    expected = read_record(header).read()
    header.write_text(header.read_text().replace("rec 3 250 300", "rec 3 250"))
    np.testing.assert_array_equal(read_record(header).read(), expected)


def test_a_prologue_before_the_samples_is_skipped(write_record: WriteRecord) -> None:
    header = write_record()
    expected = read_record(header).read()
    data = header.with_suffix(".dat")
    data.write_bytes(b"preface." + data.read_bytes())
    header.write_text(header.read_text().replace(" 16 1000", " 16+8 1000"))
    np.testing.assert_array_equal(read_record(header).read(), expected)


def test_skewed_signals_are_aligned(write_record: WriteRecord) -> None:
    header = write_record(leads=("V1", "V2"), n_samples=50)
    lines = header.read_text().replace("rec.dat 16 1000(0)/mV 16 0 0 0 0 V2", "rec.dat 16:4 1000(0)/mV 16 0 0 0 0 V2")
    header.write_text(lines)
    record = read_record(header)
    np.testing.assert_array_equal(record.read(), wfdb_mv(header))
    assert record.read()[1, 0] == np.float32(0.005), "the fifth sample in the file is the first in time"
    assert np.isnan(record.read()[1, -4:]).all()
    np.testing.assert_array_equal(record.read(20, 48), record.read()[:, 20:48])


# Units, leads, extra channels


@pytest.mark.parametrize(
    ("gain", "mv"),
    [
        ("1000(0)/mV", 0.1), ("1000", 0.1), ("1/uV", 0.1), ("1/µV", 0.1), ("1/μV", 0.1), ("1e6/V", 0.1),
        ("0.001/nV", 0.1), ("1000(100)/mV", 0.0), ("1000.(-100)/mV", 0.2), ("-1000/mV", -0.1), ("2.5e2/mv", 0.4),
    ],
)  # fmt: skip
def test_any_voltage_becomes_millivolts(write_record: WriteRecord, gain: str, mv: float) -> None:
    record = read_record(write_record(gain=gain, digital=np.full((20, 12), 100)))
    np.testing.assert_allclose(record.read(), mv, rtol=1e-6)


def test_micro_in_latin_1_is_micro(write_record: WriteRecord) -> None:
    header = write_record(gain="1/µV", digital=np.full((20, 12), 100))
    header.write_bytes(header.read_text(encoding="utf-8").encode("latin-1"))
    np.testing.assert_allclose(read_record(header).read(), 0.1, rtol=1e-6)


def test_leads_in_any_order_and_spelling_come_in_the_standard_order(write_record: WriteRecord) -> None:
    spelt = ("V6", "Lead I", "avf", "MDC_ECG_LEAD_V1", "AVL", "v2", "ecg III", "V3", "aVR", "V5", "MLII", "V4")
    record = read_record(write_record(leads=spelt))
    assert record.lead_names == STANDARD_LEADS
    assert record.derived_leads == frozenset()
    order = [1, 10, 6, 8, 4, 2, 3, 5, 7, 11, 9, 0]  # column of each standard lead; column k begins at k µV
    np.testing.assert_allclose(record.read(0, 1)[:, 0] * 1000, order, atol=1e-4)


def test_limb_leads_are_derived_from_one_and_two_and_marked(write_record: WriteRecord, ptbxl_mini: Path) -> None:
    whole = read_record(ptbxl_mini / "records100/00000/00234_lr")
    digital = np.round(whole.read().T * 1000).astype(int)
    chosen = [STANDARD_LEADS.index(lead) for lead in ("II", "V2", "I", "aVF")]
    record = read_record(write_record(leads=("II", "V2", "I", "aVF"), digital=digital[:, chosen]))
    assert record.lead_names == ("I", "II", "III", "aVR", "aVL", "aVF", "V2")
    assert record.derived_leads == {"III", "aVR", "aVL"}
    expected = whole.read()[[0, 1, 2, 3, 4, 5, 7]]
    np.testing.assert_allclose(record.read(), expected, atol=0.0016)  # PTB-XL rounds each lead to 1 µV
    np.testing.assert_array_equal(record.read(100, 200), record.read()[:, 100:200])


def test_each_derived_lead_is_the_one_that_was_recorded(write_record: WriteRecord, ptbxl_mini: Path) -> None:
    whole = read_record(ptbxl_mini / "records100/00000/00234_lr").read()
    digital = np.round(whole[:2].T * 1000).astype(int)
    record = read_record(write_record(leads=("I", "II"), digital=digital))
    assert record.lead_names == ("I", "II", "III", "aVR", "aVL", "aVF")
    np.testing.assert_allclose(record.read(), whole[:6], atol=0.0016)


def test_one_limb_lead_alone_derives_nothing(write_record: WriteRecord) -> None:
    record = read_record(write_record(leads=("I", "V1")))
    assert record.lead_names == ("I", "V1")
    assert record.derived_leads == frozenset()


def test_extra_channels_keep_their_units(write_record: WriteRecord) -> None:
    header = write_record(leads=("vx", "I", "RESP", "ART", "V1"), digital=np.full((30, 5), 50))
    text = header.read_text().replace("1000(0)/mV 16 0 0 0 0 RESP", "0/NU 16 0 0 0 0 RESP")
    header.write_text(text.replace("1000(0)/mV 16 0 0 0 0 ART", "10/mmHg 16 0 0 0 0 ART"))
    record = read_record(header)
    assert record.lead_names == ("I", "V1")
    assert record.extra_channels == (Channel("X", "mV"), Channel("RESP", "adu"), Channel("ART", "mmHg"))
    np.testing.assert_allclose(record.read_extra(3, 5), np.array([[0.05, 0.05], [50, 50], [5, 5]]))


def test_signals_in_several_files_are_read_from_those_needed(write_record: WriteRecord) -> None:
    header = write_record(leads=("I", "V1"), n_samples=40)
    np.arange(40, dtype="<i2").tofile(header.with_name("rec.xyz"))
    header.write_text(header.read_text().replace("rec 2", "rec 3") + "rec.xyz 16 10/mV 16 0 0 0 0 vz\n")
    record = read_record(header.with_name("rec.xyz"))
    assert [path.name for path in record.source.paths] == ["rec.hea", "rec.dat", "rec.xyz"]
    np.testing.assert_allclose(record.read_extra(5, 8), [[0.5, 0.6, 0.7]])
    header.with_name("rec.xyz").unlink()
    assert record.read().shape == (2, 40)
    with pytest.raises(UnreadableRecord, match=r"rec\.xyz can no longer be read"):
        record.read_extra()


@pytest.mark.parametrize("rate_hz", [100, 128, 257, 360.5, 1000, 2000])
def test_any_sampling_rate(write_record: WriteRecord, rate_hz: float) -> None:
    record = read_record(write_record(rate_hz=rate_hz, n_samples=1000))
    assert record.sampling_rate_hz == rate_hz
    assert record.duration_s == pytest.approx(1000 / rate_hz)


# What stands beside the samples


def test_start_time_comments_and_name(write_record: WriteRecord) -> None:
    header = write_record(comments="# Age: 81\n#Name: Müller\n")
    text = header.read_text(encoding="utf-8")
    header.write_text(text.replace("rec 12 100 1000", "rec 12 100 1000 13:05:07.25 31/12/1999"), encoding="utf-8")
    record = read_record(header)
    assert record.start_time == datetime(1999, 12, 31, 13, 5, 7, 250_000)
    assert record.comments == ("Age: 81", "Name: Müller")
    assert "Müller" not in repr(record), "comments may identify a patient"


@pytest.mark.parametrize(
    ("when", "start", "note"),
    [
        ("13:05:07", time(13, 5, 7), "a time of day and no date"),
        ("9:5:7 1/2/2020", datetime(2020, 2, 1, 9, 5, 7), None),
        ("05-Feb-2020 11:39:16", datetime(2020, 2, 5, 11, 39, 16), None),
        ("2014-05-08 05:05:15", datetime(2014, 5, 8, 5, 5, 15), None),
        ("[09:49:17.000 05/05/2020]", datetime(2020, 5, 5, 9, 49, 17), None),
        ("09:49:17.1234567 05/05/2020", datetime(2020, 5, 5, 9, 49, 17, 123456), None),
        ("24:00:00 31/12/2020", datetime(2021, 1, 1), None),
        ("23:07:00 19/01/89", datetime(1989, 1, 19, 23, 7), "two digits"),
        ("09:49:17 05/25/2020", datetime(2020, 5, 25, 9, 49, 17), "the month first"),
        ("09:49:17 99/99/2020", time(9, 49, 17), "date that the file states is none"),
        ("2006", None, "no time of day"),
        ("25:00:00 01/01/2000", None, "no time of day"),
        ("1:2:3:4 01/01/2000", None, "no time of day"),
        ("x y z", None, "no time of day"),
        ("", None, None),
    ],
)  # fmt: skip
def test_when_a_record_began_is_read_as_it_is_written(
    write_record: WriteRecord, when: str, start: datetime | time | None, note: str | None
) -> None:
    header = write_record()
    header.write_text(header.read_text().replace("rec 12 100 1000", f"rec 12 100 1000 {when}"))
    record = read_record(header)
    assert record.start_time == start
    assert record.start_time_note is None if note is None else note in str(record.start_time_note)


def test_a_data_set_that_links_into_its_own_store_is_read(write_record: WriteRecord, tmp_path: Path) -> None:
    store = tmp_path / ".git/annex/objects/Aa/Bb"
    folder = tmp_path / "sub-01"
    for new in (store, folder):
        new.mkdir(parents=True)
    header = write_record(folder=folder)
    expected = read_record(header).read()
    for file in (header, header.with_suffix(".dat")):
        file.rename(store / file.name)
        file.symlink_to(Path("../.git/annex/objects/Aa/Bb") / file.name)
    np.testing.assert_array_equal(read_record(header).read(), expected)


@pytest.mark.parametrize("named", ["S01.HEA", "S01.DAT", "S01", "S01.hea"])
def test_capitals_in_file_names_do_not_matter(write_record: WriteRecord, named: str) -> None:
    header = write_record("s01")
    text = header.read_text().replace("s01", "S01")
    header.with_suffix(".dat").rename(header.with_name("S01.DAT"))
    header.unlink()
    header.with_name("S01.HEA").write_text(text)
    assert read_record(header.with_name(named)).n_samples == 1000


@pytest.mark.parametrize("name", ["a b", "ecg (1)", "2024.01.05_ecg", "ECG-ü#1", "x%20y", "心电图"])
def test_a_name_may_hold_spaces_signs_and_any_alphabet(write_record: WriteRecord, name: str) -> None:
    header = write_record(name)
    for path in (header, header.with_name(name), header.with_name(f"{name}.dat")):
        record = read_record(path)
        assert (record.name, record.n_samples) == (name, 1000)


def test_a_folder_before_the_names_in_a_header_is_left_out(write_record: WriteRecord) -> None:
    """PTB-XL+ writes `ge_median_beats_wfdb/00001_medians`, and the files lie beside the header."""
    header = write_record("00001_medians")
    header.write_text("".join(f"beats/{line}" for line in header.read_text().splitlines(keepends=True)))
    assert read_record(header).n_samples == 1000


# Doubts about the samples


def with_checks(header: Path, digital: np.ndarray) -> Path:
    """State first values and checksums in a header of format 16."""
    lines = header.read_text().splitlines()
    for row, column in enumerate(digital.T):
        checksum = (int(column.sum()) + 32768) % 65536 - 32768
        lines[1 + row] = lines[1 + row].replace("16 0 0 0 0", f"16 0 {column[0]} {checksum} 0")
    header.write_text("\n".join(lines) + "\n")
    return header


def test_samples_that_are_not_the_headers_are_shown_with_a_doubt(write_record: WriteRecord) -> None:
    digital = np.random.default_rng(0).integers(-9000, 9000, (1000, 12))
    header = with_checks(write_record(digital=digital), digital)
    assert read_record(header).doubts == ()
    digital[500, 6] += 1
    digital.astype("<i2").tofile(header.with_suffix(".dat"))
    record = read_record(header)
    assert record.read().shape == (12, 1000)
    (doubt,) = record.doubts
    assert doubt.startswith("The signal is not the one that the header was written for: first value or checksum")
    assert doubt.values == {"leads": "V1"}


def test_real_records_are_what_their_headers_say(ptbxl_mini: Path) -> None:
    headers = sorted(ptbxl_mini.rglob("*.hea"))
    assert len(headers) > 20
    assert [header.name for header in headers if read_record(header).doubts] == []


def test_a_signal_file_that_ends_early_is_shown_as_far_as_it_goes(write_record: WriteRecord) -> None:
    header = write_record(n_samples=1000)
    data = header.with_suffix(".dat")
    expected = read_record(header).read()
    data.write_bytes(data.read_bytes()[:-1])
    record = read_record(header)
    np.testing.assert_array_equal(record.read(), expected[:, :999])
    assert record.doubts == ("The signal file ends early: the last 0.01 s of 10 s are missing.",)


@pytest.mark.parametrize("fmt", ["16", "24", "212"])
def test_each_signal_is_aligned_by_its_own_skew(tmp_path: Path, fmt: str) -> None:
    digital = np.arange(900).reshape(300, 3) % 2000
    header = wrsamp(tmp_path, "rec", fmt, digital)
    expected = read_record(header).read()
    lines = header.read_text().splitlines()
    lines[2], lines[3] = lines[2].replace(f" {fmt} ", f" {fmt}:1 ", 1), lines[3].replace(f" {fmt} ", f" {fmt}:5 ", 1)
    header.write_text("\n".join(lines) + "\n")
    shifted = read_record(header)
    for row, skew in enumerate((0, 1, 5)):
        np.testing.assert_array_equal(shifted.read()[row, : 300 - skew], expected[row, skew:])
        assert np.isnan(shifted.read()[row, 300 - skew :]).all(), "nothing was recorded there"
    np.testing.assert_array_equal(shifted.read(100, 110), shifted.read()[:, 100:110])


def test_a_signal_file_that_is_exchanged_while_open_is_not_read(write_record: WriteRecord) -> None:
    header = write_record()
    record = read_record(header)
    write_record("other").with_suffix(".dat").replace(header.with_suffix(".dat"))
    with pytest.raises(UnreadableRecord, match=r"rec\.dat was changed while open"):
        record.read()
    with pytest.raises(UnreadableRecord, match=r"rec\.dat was changed while open"):
        assert record.source.sha256


# Annotations


def test_annotations_beside_the_record_come_in_seconds(write_record: WriteRecord) -> None:
    import wfdb

    header = write_record(rate_hz=100)
    folder = str(header.parent)
    wfdb.wrann("rec", "atr", np.array([10, 250, 900]), ["N", "V", "+"], aux_note=["", "", "(AFIB"], write_dir=folder)
    wfdb.wrann("rec", "qrs", np.array([12, 5000]), ["N", "N"], write_dir=folder)
    header.with_suffix(".pdf").write_bytes(b"%PDF")
    marks = read_record(header).annotations
    assert [(mark.start_s, mark.label) for mark in marks] == [
        (0.1, "N"), (0.12, "N"), (2.5, "V"), (9.0, "(AFIB"), (50.0, "N"),
    ]  # fmt: skip
    assert all(mark.end_s is None and mark.lead is None for mark in marks)
    assert read_record(header.with_suffix(".atr")).name == "rec"


def test_a_damaged_annotation_file_is_named_and_the_traces_stay(write_record: WriteRecord) -> None:
    header = write_record()
    header.with_suffix(".atr").write_bytes(b"\x01\xec\x02")
    record = read_record(header)
    assert record.read().shape == (12, 1000)
    with pytest.raises(UnreadableRecord, match=r"annotation file rec\.atr cannot be read"):
        len(record.annotations)


# A day of twelve leads


def test_a_day_of_twelve_leads_is_never_held_whole(write_record: WriteRecord) -> None:
    rate_hz, n_samples = 250, 24 * 3600 * 250
    header = write_record(rate_hz=rate_hz, n_samples=1)
    header.write_text(header.read_text().replace("rec 12 250 1", f"rec 12 250 {n_samples}"))
    stretch = np.arange(12 * 2500, dtype="<i2").reshape(2500, 12)
    start = 12 * 3600 * rate_hz
    with header.with_suffix(".dat").open("wb") as stream:
        stream.seek(start * 24)
        stream.write(stretch.tobytes())
        stream.truncate(n_samples * 24)
    tracemalloc.start()
    try:
        record = read_record(header)
        signal = record.read(start, start + 2500)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert record.duration_s == 86_400
    np.testing.assert_array_equal(signal, (stretch.T / 1000).astype(np.float32))
    assert peak < 4e6, "518 MB lie on disk"


def test_opening_a_common_record_imports_neither_wfdb_nor_pandas(ptbxl_mini: Path) -> None:
    code = (
        "import sys; from mmae_core.readers import read_record; read_record(sys.argv[1]).read();"
        "print([name for name in ('wfdb', 'pandas', 'scipy', 'torch', 'soundfile') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(ptbxl_mini / "records100/00000/00003_lr")]
    root = Path(__file__).parents[3]
    assert subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip() == "[]"
