"""EDF, EDF+ and BDF: values, gaps, annotations, damaged headers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import EcgError, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import edf_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
RequireExpected = Callable[[EcgRecord, str], None]
def read(source: Path | bytes) -> EcgRecord:
    return edf_reader.read(RecordingFile.of(source, "" if isinstance(source, Path) else "made.edf"))


def made(
    *, labels: tuple[str, ...] = ("I", "II"), units: tuple[str, ...] | None = None,
    per_record: tuple[int, ...] = (100, 100),
    n_records: int = 3, stated_records: int | None = None, record_s: str = "1", reserved: str = "", patient: str = "X",
    recording: str = "X", start: str = "09.03.2410.30.05", steps: Callable[[int, int], np.ndarray] | None = None,
    ranges: tuple[str, str, str, str] = ("-3.2768", "3.2767", "-32768", "32767"), width: int = 2,
) -> bytes:
    """An EDF file whose sample i of every signal in record r is `steps(r, signal)`; 1 step is 0.1 uV in mV."""
    units = units or ("mV",) * len(labels)
    n = len(labels)
    head = ("0" if width == 2 else "\xffBIOSEMI").ljust(8) + patient.ljust(80) + recording.ljust(80) + start
    head += str(256 * (n + 1)).ljust(8) + reserved.ljust(44)
    head += str(n_records if stated_records is None else stated_records).ljust(8)
    head += record_s.ljust(8) + str(n).ljust(4)
    columns = [(labels, 16), (("",) * n, 80), (units, 8), *((((one,) * n), 8) for one in ranges),
               (("HP:0.05Hz",) * n, 80), (tuple(map(str, per_record)), 8), (("",) * n, 32)]
    head += "".join(value.ljust(size)[:size] for values, size in columns for value in values)
    body = b""
    for record in range(n_records):
        for signal, count in enumerate(per_record):
            values = np.arange(count) + 1000 * record if steps is None else steps(record, signal)
            if labels[signal].endswith("Annotations"):
                body += f"+{record * 10}\x14\x14\x00".encode().ljust(count * width, b"\0")
            else:
                body += b"".join(int(value).to_bytes(width, "little", signed=True) for value in values)
    return head.encode("latin-1") + body


@pytest.mark.parametrize("name", ["syn_edf_12lead.edf", "syn_edfplus_annotations.edf"])
def test_values_are_those_written(name: str, require_expected: RequireExpected) -> None:
    record = read(FORMATS / name)
    require_expected(record, name)
    assert record.start_time == datetime(2024, 3, 9, 10, 30, 5)
    assert record.doubts == ()


def test_bdf_has_three_bytes_a_sample() -> None:
    values = [-8388608, -1, 0, 1, 8388607]
    record = read(made(
        labels=("I",), per_record=(5,), width=3, record_s="0.01", units=("uV",), n_records=1,
        ranges=("-8388608", "8388607", "-8388608", "8388607"), steps=lambda record, signal: np.array(values)))
    assert record.source.format == "BDF"
    assert np.allclose(record.read()[0] * 1e3, values, rtol=1e-6)


def test_a_gap_between_data_records_stays_a_gap() -> None:
    record = read(FORMATS / "syn_edfplus_gap.edf")
    signal = record.read()
    assert record.duration_s == 40, "10 s of samples over 40 s"
    absent = np.isnan(signal).all(axis=0)
    assert (np.flatnonzero(np.diff(absent.astype(int))) + 1).tolist() == [2500, 17500], "a gap of 30 s after 5 s"
    joined = signal[:, ~absent]
    assert joined.shape == (12, 5000)
    assert abs(joined[0, -1] - 0.045451) < 1e-5
    assert np.array_equal(record.read(2000, 18000), signal[:, 2000:18000], equal_nan=True), "read in pieces"


def test_annotations_have_start_length_and_text() -> None:
    marks = list(read(FORMATS / "syn_edfplus_annotations.edf").annotations)
    assert [(mark.start_s, mark.end_s, mark.label) for mark in marks] == [
        (2.5, 3.5, "PVC"), (5.25, None, "Stress start")]


@pytest.mark.parametrize("micro", ["uV", "\N{MICRO SIGN}V", "UV"])
def test_microvolts_may_be_written_in_several_ways(micro: str) -> None:
    record = read(made(units=(micro, micro), ranges=("-3276.8", "3276.7", "-32768", "32767")))
    assert record.read()[0, 7] == pytest.approx(0.7e-3)


def test_a_unit_that_is_no_voltage_is_not_guessed() -> None:
    with pytest.raises(UnsupportedRecord, match="Lead II"):
        read(made(units=("mV", "")))
    record = read(made(labels=("I", "Resp"), units=("mV", "Ohm"), per_record=(100, 10)))
    assert {channel.name: channel.unit for channel in record.extra_channels} == {"Resp": "Ohm"}


def test_slower_signals_are_held() -> None:
    record = read(made(labels=("I", "Resp"), units=("mV", "Ohm"), per_record=(100, 10)))
    held = record.read_extra()[0, :30]
    assert np.array_equal(held, np.repeat(held[::10], 10))


def test_data_records_of_odd_length_keep_their_rate() -> None:
    record = read(made(per_record=(333, 333), record_s="2", n_records=4))
    assert (record.sampling_rate_hz, record.n_samples) == (166.5, 1332)
    assert record.read()[0, 333] == pytest.approx(0.1), "first sample of the second record: step 1000"


def test_a_file_that_is_cut_off_says_so_and_shows_the_rest() -> None:
    whole = made(n_records=5)
    record = read(whole[:-150])
    assert record.duration_s == 4
    assert "cut off" in record.doubts[0]


def test_a_file_that_was_not_finished_is_shown_whole() -> None:
    record = read(made(n_records=5, stated_records=-1))
    assert record.duration_s == 5
    assert "did not finish" in record.doubts[0]


def test_age_and_sex_of_edf_plus_and_nobody_in_the_log() -> None:
    record = read(made(patient="123 F 09-MAR-1954 Jane_Doe", recording="Startdate 09-MAR-2024 X X Cardio-7",
                       reserved="EDF+C"))
    assert record.age_years == pytest.approx(70, abs=0.01)
    assert record.sex == "female"
    assert record.device is not None
    assert (record.device.model, record.device.filters) == ("Cardio-7", ("HP:0.05Hz",))
    assert "Jane" not in repr(record)
    assert any("Jane_Doe" in value for _, value in record.identity)


@pytest.mark.parametrize(("start", "recording"), [("01.01.8500.00.00", "X"), ("09.03.2410.30.05", "Startdate X X X X")])
def test_a_removed_date_is_no_date(start: str, recording: str) -> None:
    record = read(made(start=start, recording=recording, reserved="EDF+C"))
    assert record.start_time is None
    assert record.start_time_note == "The date was removed."


def test_without_a_range_values_are_steps() -> None:
    with pytest.raises(UnsupportedRecord, match="in 'steps'"):
        read(made(ranges=("0", "0", "0", "0")))


def test_gaps_of_years_are_refused() -> None:
    body = made(labels=("I", "EDF Annotations"), per_record=(100, 20), reserved="EDF+D", n_records=2)
    assert body.count(b"+10\x14") == 1
    with pytest.raises(UnreadableRecord, match="days with its gaps"):
        read(body.replace(b"+10\x14\x14\0\0\0\0\0\0\0", b"+999999999\x14\x14\0"[:12]))


def test_annotations_alone_are_no_ecg() -> None:
    with pytest.raises(UnsupportedRecord, match="no signals"):
        read(made(labels=("EDF Annotations",), per_record=(20,), reserved="EDF+C"))


@pytest.mark.parametrize(("field", "value"), [
    (slice(184, 192), b"99      "), (slice(236, 244), b"many    "), (slice(244, 252), b"0       "),
    (slice(252, 256), b"9999"), (slice(244, 252), b"nan     "),
])
def test_a_header_that_makes_no_sense_is_refused(field: slice, value: bytes) -> None:
    data = bytearray(made())
    data[field] = value
    with pytest.raises(UnreadableRecord):
        read(bytes(data))


def test_damaged_files_give_only_our_errors() -> None:
    whole = made(labels=("I", "EDF Annotations"), per_record=(50, 20), reserved="EDF+D", n_records=4)
    rng = np.random.default_rng(3)
    for _ in range(400):
        data = bytearray(whole[:rng.integers(200, len(whole) + 1)])
        for place in rng.integers(0, len(data), 4):
            data[place] = rng.integers(0, 256)
        try:
            record = read(bytes(data))
            record.read(0, min(record.n_samples, 1000))
            list(record.annotations)
        except EcgError:
            pass


def test_a_faster_eeg_does_not_set_the_rate_of_an_ecg() -> None:
    record = read(made(labels=("ECG II", "EEG C3", "V1"), units=("mV",) * 3, per_record=(200, 512, 100)))
    assert record.sampling_rate_hz == 200
    assert np.allclose(record.read_traces(0, 4)[0], np.arange(4) * 1e-4)
    assert np.allclose(record.read_traces(0, 4)[1], [0, 0, 1e-4, 1e-4]), "V1, slower, is held"
    assert any("shown at 200 Hz" in doubt and "EEG C3, V1" in doubt for doubt in record.doubts)
