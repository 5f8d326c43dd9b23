"""Philips Sierra XML: XLI, limb leads, the appended calibration pulse, other ways to store samples."""

from __future__ import annotations

import json
from datetime import datetime

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers import sierra_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.sierra.calibration import calibration_start
from mmae_core.readers.sierra.xli import joined_bytes, restore_limb_leads, undo_differences, unpack_lzw
from mmae_core.record import EcgRecord
from tests.core.readers.xml_files import FORMATS, content, packed, sierra, xli_block

FILES = ("sierra_1_03.xml", "sierra_1_04.xml", "syn_sierra_15lead_xli.xml")
FLAT = [0] * 20


def read(data: bytes) -> EcgRecord:
    return sierra_reader.read(RecordingFile.of(data, "made.xml"))


@pytest.mark.parametrize("name", FILES)
def test_values_are_those_of_the_file_up_to_the_pulse(name: str) -> None:
    record = read(content(name))
    expected = json.loads((FORMATS / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    without_pulse = expected["calibration_tail"]["without_it"]
    assert record.sampling_rate_hz == expected["sampling_rate_hz"]
    assert list(record.lead_names) == expected["lead_names_canonical_order"]
    for lead, row in zip(record.lead_names, record.read().astype(np.float64), strict=True):
        known, whole = without_pulse[lead], expected["leads"][lead]
        assert len(row) == known["n"]
        found, right = [row.min(), row.max(), row.mean()], [known["min"], known["max"], known["mean"]]
        assert found == pytest.approx(right, abs=1e-6)
        assert [*row[:5], row[1000]] == pytest.approx([*whole["first5"], whole["sample_1000"]], abs=1e-6)


@pytest.mark.parametrize(("name", "start_s"), [("sierra_1_03.xml", "10.528"), ("sierra_1_04.xml", "10.600"),
                                               ("syn_sierra_15lead_xli.xml", "10.000")])
def test_the_calibration_pulse_is_cut_off_and_said(name: str, start_s: str) -> None:
    assert read(content(name)).doubts == (
        f"The device appended a calibration pulse of 1 mV from {start_s} s on; it is left out.",
    )


def test_right_and_posterior_leads_are_further_channels() -> None:
    record = read(content("syn_sierra_15lead_xli.xml"))
    assert [(channel.name, channel.unit) for channel in record.extra_channels] == [
        ("V3R", "mV"), ("V4R", "mV"), ("V7", "mV"),
    ]


def test_the_device_states_its_findings_and_measurements() -> None:
    record = read(content("sierra_1_04.xml"))
    assert record.device is not None
    assert (record.device.manufacturer, record.device.model) == ("Philips", "PageWriter Touch")
    assert record.device.statements[0] == "SINUS RHYTHM [normal P axis, V-rate 60-99]"
    assert record.device.statements[-1] == "- ABNORMAL ECG -"
    measured = {one.name: one.value for one in record.device.measurements}
    assert (measured["Heart rate"], measured["QT interval"], measured["QTc interval (Bazett)"]) == ("84", "352", "417")
    assert record.device.filters == ("high-pass 0.05 Hz", "low-pass 150 Hz"), "its notch filter is off"
    assert record.start_time == datetime(2010, 1, 19, 15, 19, 22)
    assert record.age_years == pytest.approx(60.05, abs=0.01)
    assert record.sex == "male"


def test_version_1_03_states_the_same_under_other_names() -> None:
    record = read(content("sierra_1_03.xml"))
    assert record.device is not None
    assert record.device.statements[:1] == ("Sinus bradycardia [rate< 50]",)
    assert {one.name: one.value for one in record.device.measurements}["QTc interval"] == "393"
    assert record.device.filters == ("high-pass 0.05 Hz", "low-pass 150 Hz")
    assert record.age_years == 50.0


def test_representative_beats_are_kept_apart() -> None:
    beats = read(content("sierra_1_04.xml")).average_beats
    assert beats is not None
    assert beats.signal_mv.shape == (12, 1200)
    assert beats.signal_mv[0, 0] == pytest.approx(26 * 0.0025), "1A hexadecimal in steps of 2.5 µV"


def test_strings_met_before_are_unpacked() -> None:
    assert unpack_lzw(packed([65, 66, 256, 258, 1023])[8:], 100, "x") == b"ABABABA", "258 is used as it is made"


def test_what_follows_the_end_code_is_ignored() -> None:
    assert unpack_lzw(packed([65, 1023, 66])[8:], 100, "x") == b"A"


def test_high_bytes_come_before_low_bytes() -> None:
    assert joined_bytes(b"\x00\xff\x01\x05\xfe\x00").tolist() == [5, -2, 256]


def test_second_differences_are_undone() -> None:
    assert undo_differences(np.array([10, 12, 64 + 3, 64 - 1, 64]), 1).tolist() == [10, 12, 13, 11, 10]


def test_limb_leads_are_restored_with_halves_towards_zero() -> None:
    stored = {name: np.array([value], np.int32) for name, value in
              {"I": -3, "II": 0, "III": 0, "aVR": 0, "aVL": 0, "aVF": 1}.items()}
    restored = {name: int(samples[0]) for name, samples in restore_limb_leads(stored).items()}
    assert restored == {"I": -3, "II": 0, "III": 3, "aVR": 1, "aVL": -3, "aVF": 0}, "3 / 2 is 1, and -3 / 2 is -1"


def test_a_compressed_lead_comes_back() -> None:
    signal = [5, 9, 13, 40, -20, 7, 3, 3, 3, 3]
    record = read(sierra(xli_block(signal), labels="II"))
    assert record.lead_names == ("II",)
    assert record.read()[0].tolist() == pytest.approx([0.005 * step for step in signal])


def test_leads_keep_their_names_and_order() -> None:
    record = read(sierra(b"".join(xli_block([step] * 20) for step in (1, 2, 3)), labels="V7 V1 II"))
    assert record.lead_names == ("II", "V1")
    assert record.read()[:, 0].tolist() == pytest.approx([0.015, 0.01])
    assert record.read_extra()[0, 0] == pytest.approx(0.005)


def test_uncompressed_samples_are_read_lead_by_lead() -> None:
    steps = np.repeat(np.arange(1, 7), 5)
    in_base64 = sierra(steps.astype("<i2").tobytes(), fields='dataencoding="Base64" compression="Uncompressed"')
    plain = sierra(" ".join(map(str, steps)), fields='dataencoding="Plain" compression="Uncompressed"')
    for data in (in_base64, plain):
        assert read(data).read()[:, 4].tolist() == pytest.approx([0.005 * step for step in range(1, 7)])


def test_a_real_step_of_one_millivolt_in_one_lead_is_no_pulse() -> None:
    signal = np.zeros((12, 5500), np.float32)
    signal[:, :5264] = np.arange(12)[:, np.newaxis]
    signal[:, 5350:5450] = 1.0
    assert calibration_start(signal, 500.0) == 5264
    signal[3, 5400] = 0.99
    assert calibration_start(signal, 500.0) is None, "the leads differ"
    signal[:, 5350:5450] = 0.5
    assert calibration_start(signal, 500.0) is None, "half a millivolt"


def test_a_length_other_than_stated_is_doubted() -> None:
    fields = 'dataencoding="Base64" compression="XLI" durationperchannel="80"'
    record = read(sierra(xli_block([*FLAT, 7]), labels="II", fields=fields))
    assert record.doubts == ("The header states 0.080 s a lead; 0.042 s are stored.",)


@pytest.mark.parametrize(("options", "error", "why"), [
    ({"version": "1.05"}, UnsupportedRecord, "version 1.05; 1.03 and 1.04 are read"),
    ({"fields": 'dataencoding="Hex" compression="XLI"'}, UnsupportedRecord, "stores its samples as 'HEX XLI'"),
    ({"fields": 'dataencoding="Base64" compression="ZIP"'}, UnsupportedRecord, "stores its samples as 'BASE64 ZIP'"),
    ({"resolution": ""}, UnsupportedRecord, "voltage of one step"),
    ({"labels": "I II"}, UnreadableRecord, "samples of 1 leads and 2 are expected"),
    ({"leads": "999999999"}, UnsupportedRecord, "states 999999999 leads and names 1"),
])
def test_what_cannot_be_right_is_refused(options: dict[str, str], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        read(sierra(xli_block(FLAT), **({"labels": "II"} | options)))


def test_a_damaged_block_is_refused() -> None:
    with pytest.raises(UnreadableRecord, match="cannot be unpacked"):
        read(sierra(packed([65, 700]), labels="II"))
