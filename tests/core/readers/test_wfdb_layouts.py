"""Records whose signals differ in rate, and records made of several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers import read_record

WriteRecord = Callable[..., Path]


def wfdb_mv(path: Path) -> np.ndarray:
    """What the wfdb package reads: float32 (signals, samples)."""
    import wfdb

    return np.asarray(wfdb.rdrecord(str(path.with_suffix(""))).p_signal.T, np.float32)


# Frames of several rates


@pytest.fixture
def mixed_rates(tmp_path: Path) -> Path:
    """ECG at 4 samples a frame, one lead at 2, respiration at 1, pressure at 8; 62.5 frames a second."""
    digital = np.random.default_rng(2).integers(-500, 500, (100, 15)).astype("<i2")
    digital[9, 1] = -32768  # lead V1
    digital.tofile(tmp_path / "mix.dat")
    header = tmp_path / "mix.hea"
    header.write_text(
        "mix 4 62.5 100\nmix.dat 16x4 200/mV 16 0 0 0 0 V1\nmix.dat 16x2 200/mV 16 0 0 0 0 V2\n"
        "mix.dat 16x1 200/NU 16 0 0 0 0 RESP\nmix.dat 16x8 200/mmHg 16 0 0 0 0 ART\n"
    )
    return header


def test_the_finest_lead_sets_the_rate_and_nothing_is_smoothed_away(mixed_rates: Path) -> None:
    import wfdb

    fine = wfdb.rdrecord(str(mixed_rates.with_suffix("")), smooth_frames=False).e_p_signal
    record = read_record(mixed_rates)
    assert (record.sampling_rate_hz, record.n_samples) == (250.0, 400)
    assert record.doubts == (
        "Sampled at other rates and shown at 250 Hz, values repeated or averaged: V2.",), "only what is in volts"
    signal, extra = record.read(), record.read_extra()
    np.testing.assert_array_equal(signal[0], fine[0].astype(np.float32))
    assert np.flatnonzero(np.isnan(signal[0])).tolist() == [37]
    np.testing.assert_array_equal(signal[1], np.repeat(fine[1], 2).astype(np.float32))
    np.testing.assert_array_equal(extra[0], np.repeat(fine[2], 4).astype(np.float32))
    np.testing.assert_allclose(extra[1], fine[3].reshape(-1, 2).mean(axis=1), rtol=1e-6)
    np.testing.assert_array_equal(record.read(3, 30), signal[:, 3:30])
    np.testing.assert_array_equal(record.read_extra(5, 6), extra[:, 5:6])


def test_without_a_finer_lead_extra_channels_are_averaged_as_wfdb_smooths_them(mixed_rates: Path) -> None:
    text = mixed_rates.read_text().replace("V1", "PLETH").replace("V2", "ABP").replace("RESP", "V1")
    mixed_rates.write_text(text.replace("200/NU", "200/mV"))
    record = read_record(mixed_rates)
    assert record.sampling_rate_hz == 62.5
    smooth = wfdb_mv(mixed_rates)
    np.testing.assert_array_equal(record.read()[0], smooth[2])
    # wfdb rounds the averages to whole digital units
    valid = np.arange(100) != 9
    np.testing.assert_allclose(record.read_extra()[:, valid], smooth[[0, 1, 3]][:, valid], atol=0.0051)


# Records of several segments


@pytest.fixture
def segments(write_record: WriteRecord, tmp_path: Path) -> Path:
    """Three segments and a gap; all hold I and V1."""
    for number in (1, 2, 3):
        digital = number * 1000 + np.arange(100)[:, None] + np.array([0, 500])
        write_record(f"seg{number}", ("I", "V1"), digital=digital, gain="1000(0)/mV" if number < 3 else "1/µV")
    header = tmp_path / "long.hea"
    header.write_text("long/4 2 100 350\nseg1 100\n~ 50\nseg2 100\nseg3 100\n")
    return header


def test_segments_follow_each_other_with_gaps_between(segments: Path) -> None:
    record = read_record(segments)
    assert (record.n_samples, record.lead_names) == (350, ("I", "V1"))
    signal = record.read()
    np.testing.assert_allclose(signal[0, [0, 99, 150, 249, 250, 349]], [1, 1.099, 2, 2.099, 3, 3.099], rtol=1e-6)
    assert np.isnan(signal[:, 100:150]).all()
    assert np.isfinite(np.delete(signal, np.arange(100, 150), axis=1)).all()
    for start, end in ((0, 350), (90, 110), (110, 140), (149, 251), (349, 350)):
        np.testing.assert_array_equal(record.read(start, end), signal[:, start:end])
    assert [path.name for path in record.source.paths][:3] == ["long.hea", "seg1.hea", "seg1.dat"]


def test_fixed_segments_read_as_the_wfdb_package_reads_them(segments: Path) -> None:
    header3 = segments.with_name("seg3.hea")
    header3.write_text(header3.read_text(encoding="utf-8").replace("1/µV", "1000/mV"))
    segments.write_text("long/3 2 100 300\nseg1 100\nseg2 100\nseg3 100\n")  # wfdb cannot read a gap in a fixed layout
    np.testing.assert_array_equal(read_record(segments).read(), wfdb_mv(segments))


def test_variable_layout_puts_each_signal_where_its_name_is(write_record: WriteRecord, tmp_path: Path) -> None:
    write_record("seg1", ("V1", "I"), n_samples=60)
    write_record("seg2", ("RESP", "I"), n_samples=40)
    (tmp_path / "layout.hea").write_text(
        "layout 3 100 0\n~ 0 1000(0)/mV 16 0 0 0 0 I\n~ 0 1000(0)/mV 16 0 0 0 0 V1\n~ 0 1000(0)/mV 16 0 0 0 0 RESP\n"
    )
    header = tmp_path / "var.hea"
    header.write_text("var/3 3 100 100\nlayout 0\nseg1 60\nseg2 40\n")
    record = read_record(header)
    assert record.lead_names == ("I", "V1")
    expected = wfdb_mv(header)
    np.testing.assert_array_equal(record.read(), expected[:2])
    np.testing.assert_array_equal(record.read_extra(), expected[2:])
    assert np.isnan(record.read()[1, 60:]).all()
    assert np.isnan(record.read_extra()[0, :60]).all()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("long/2 2 100 200\nseg1 100\nsegX 100\n", r"segX\.hea does not exist"),
        ("long/2 2 100 300\nseg1 100\nseg2 100\n", "announces 300 samples, but its segments have 200"),
        ("long/3 2 100 200\nseg1 100\nseg2 100\n", "announces 3 segments and lists 2"),
        ("long/2 2 100 200\nseg1 100\nseg2\n", "a segment line should read"),
        ("long/2 2 100 350\nseg1 250\nseg2 100\n", "Segment seg1 of long.hea has 100 samples; 250 are expected"),
        ("long/2 2 200 200\nseg1 100\nseg2 100\n", "Segment seg1 of long.hea has 100 Hz; the record has 200 Hz"),
        ("long/2 2 100 200\nseg1 100\nlong 100\n", "Segment long of long.hea is itself made of segments"),
        ("long/2 2 100 200\n~ 100\n~ 100\n", "made of gaps only"),
        ("long/1 2 100 100\n../seg1 100\n", "does not lie beside it"),
        ("long/0 2 100 0\n", "without segments"),
    ],
)
def test_damaged_segments_are_named(segments: Path, lines: str, message: str) -> None:
    segments.write_text(lines)
    with pytest.raises(UnreadableRecord, match=message):
        read_record(segments)


def test_segments_with_other_signals_than_the_first_are_refused(segments: Path, write_record: WriteRecord) -> None:
    write_record("seg2", ("I", "V2"), n_samples=100)
    with pytest.raises(UnreadableRecord, match=r"Segment seg2 of long\.hea holds other signals than the first"):
        read_record(segments)


def test_zero_gain_in_a_later_segment_is_refused(segments: Path) -> None:
    header = segments.with_name("seg3.hea")
    header.write_text(header.read_text(encoding="utf-8").replace("1/µV", "0/mV"))
    with pytest.raises(UnsupportedRecord, match="zero gain"):
        read_record(segments)


def test_segments_are_not_records_of_their_own(segments: Path) -> None:
    from mmae_core.datasets.folder import find_records

    assert find_records([segments.parent]) == (segments,)
    assert read_record(segments.parent).name == "long"
