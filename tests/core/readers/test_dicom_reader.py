"""DICOM waveforms: values, groups on one time axis, leads by code, what the device states."""

from __future__ import annotations

import io
import json
import struct
import time
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers import dicom_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import STANDARD_LEADS, Annotation, Channel, DeviceMeasurement, EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
IMPLICIT, EXPLICIT = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1"
DEFLATED, BIG_ENDIAN = "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"
TOLERANCE_MV = 1e-6
"""The figures of `expected` have six decimals."""

Elements = list[tuple[int, str, Any]]


def encoded(elements: Elements, syntax: str, open_lengths: bool = False) -> bytes:
    """Data elements as bytes. A value is bytes, text, integers, or for SQ a list of items."""
    order = ">" if syntax == BIG_ENDIAN else "<"
    result = b""
    for tag, vr, value in sorted(elements, key=lambda element: element[0]):
        length = None
        if vr == "SQ":
            content = b""
            for item in value:
                body = encoded(item, syntax, open_lengths)
                size = 0xFFFFFFFF if open_lengths else len(body)
                content += struct.pack(f"{order}HHI", 0xFFFE, 0xE000, size) + body
                content += struct.pack(f"{order}HHI", 0xFFFE, 0xE00D, 0) if open_lengths else b""
            if open_lengths:
                content += struct.pack(f"{order}HHI", 0xFFFE, 0xE0DD, 0)
                length = 0xFFFFFFFF
        elif vr in ("US", "UL"):
            numbers = [value] if isinstance(value, int) else value
            content = struct.pack(f"{order}{len(numbers)}{'H' if vr == 'US' else 'I'}", *numbers)
        else:
            content = value if isinstance(value, bytes) else str(value).encode("latin-1")
            content += b" " * (len(content) % 2)
        length = len(content) if length is None else length
        result += struct.pack(f"{order}HH", tag >> 16, tag & 0xFFFF)
        if syntax == IMPLICIT:
            result += struct.pack(f"{order}I", length)
        elif vr in ("SQ", "OW", "OB", "UT", "UN"):
            result += vr.encode() + b"\0\0" + struct.pack(f"{order}I", length)
        else:
            result += vr.encode() + struct.pack(f"{order}H", length)
        result += content
    return result


def file_of(elements: Elements, syntax: str = EXPLICIT, open_lengths: bool = False) -> bytes:
    """A whole DICOM file."""
    meta = encoded([(0x00020010, "UI", syntax + "\0" * (len(syntax) % 2))], EXPLICIT)
    body = encoded(elements, syntax, open_lengths)
    if syntax == DEFLATED:
        packer = zlib.compressobj(wbits=-15)
        body = packer.compress(body) + packer.flush()
    return bytes(128) + b"DICM" + meta + body


def code(scheme: str, value: str, meaning: str) -> list[Elements]:
    return [[(0x00080100, "SH", value), (0x00080102, "SH", scheme), (0x00080104, "LO", meaning)]]


def channel(
    source: tuple[str, str, str] = ("MDC", "2:1", "Lead I"), unit: str = "uV", sensitivity: str = "1",
    more: Sequence[tuple[int, str, Any]] = (),
) -> Elements:
    return [
        (0x003A0208, "SQ", code(*source)), (0x003A0210, "DS", sensitivity),
        (0x003A0211, "SQ", code("UCUM", unit, unit)), *more,
    ]


def group(
    samples: np.ndarray, channels: Sequence[Elements], *, rate_hz: float = 500, offset_ms: str | None = "0",
    label: str = "RHYTHM", kind: str = "SS", syntax: str = EXPLICIT, more: Sequence[tuple[int, str, Any]] = (),
) -> Elements:
    """A multiplex group of samples (channels, samples)."""
    dtype = {"SS": "i2", "US": "u2", "SB": "i1", "UB": "u1", "SL": "i4", "MB": "u1", "AB": "u1"}[kind]
    data = np.ascontiguousarray(samples.T.astype((">" if syntax == BIG_ENDIAN else "<") + dtype)).tobytes()
    offset = [] if offset_ms is None else [(0x00181068, "DS", offset_ms)]
    return [
        *offset, (0x003A0004, "CS", "ORIGINAL"), (0x003A0005, "US", len(channels)),
        (0x003A0010, "UL", samples.shape[1]), (0x003A001A, "DS", f"{rate_hz:g}"), (0x003A0020, "SH", label),
        (0x003A0200, "SQ", list(channels)), (0x54001004, "US", np.dtype(dtype).itemsize * 8),
        (0x54001006, "CS", kind), (0x54001010, "OW", data), *more,
    ]


def waveform(groups: Sequence[Elements], *more: tuple[int, str, Any]) -> Elements:
    return [(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.9.1.2"), (0x54000100, "SQ", list(groups)), *more]


def opened(source: Path | bytes) -> EcgRecord:
    file = RecordingFile.of(source, "" if isinstance(source, Path) else "made.dcm")
    assert dicom_reader.claims(file)
    return dicom_reader.read(file)


RAMP = np.arange(200)[None, :] - 100
LEAD_II = ("MDC", "2:2", "Lead II")


# Files whose values were found without this reader


@pytest.mark.parametrize("path", sorted(FORMATS.glob("*.dcm")), ids=lambda path: path.stem)
def test_a_file_has_the_values_that_were_found_without_this_reader(path: Path) -> None:
    expected = json.loads((FORMATS / "expected" / f"{path.name}.json").read_text(encoding="utf-8"))
    record = opened(path)
    axis = expected.get("on_one_time_axis", {})
    assert record.sampling_rate_hz == expected["sampling_rate_hz"]
    assert record.n_samples == axis.get("n_samples", expected["n_samples"])
    assert list(record.lead_names) == expected["lead_names_canonical_order"]
    assert isinstance(record.start_time, datetime)
    assert record.start_time.isoformat()[:19] == expected["start_time"][:19]
    assert (record.average_beats is not None) == (expected["median_beats"] is not None)
    for row, lead in zip(record.read(), record.lead_names, strict=True):
        known = expected["leads"][lead]
        first = axis.get("first_sample", {}).get(lead, 0)
        own = row[first : first + known["n"]]
        assert np.isnan(row[:first]).all()
        assert np.isnan(row[first + known["n"] :]).all()
        sample_1000 = np.nan if known["sample_1000"] is None else known["sample_1000"]
        found = [*own[:5], np.nanmin(own), np.nanmax(own), own[1000], own[-1], np.nanmean(own.astype(np.float64))]
        right = [*known["first5"], known["min"], known["max"], sample_1000, known["last"], known["mean"]]
        np.testing.assert_allclose(found, right, rtol=0, atol=TOLERANCE_MV, err_msg=lead)
        assert np.isnan(own).sum() == known.get("nan_samples", 0)


def test_a_mortara_file_gives_the_statements_and_measurements_of_the_device() -> None:
    record = opened(FORMATS / "anonymous_12lead.dcm")
    assert record.device is not None
    assert record.device.manufacturer == "Mortara Instrument, Inc."
    assert record.device.statements == ("RITMO SINUSALE", "ECG NORMALE")
    assert DeviceMeasurement("QT Interval", "368", "ms") in record.device.measurements
    assert record.device.filters == ("high-pass 0.05 Hz", "low-pass 300 Hz")
    assert (record.age_years, record.sex) == (42.0, "female")
    assert ("Patient ID", "642341") in record.identity
    assert record.doubts == ()
    assert sum(mark.label == "QRS Onset" for mark in record.annotations) == 11
    assert record.average_beats is not None
    assert record.average_beats.signal_mv.shape == (12, 1200)
    assert record.average_beats.lead_names == STANDARD_LEADS


def test_a_padding_value_of_0_is_an_ordinary_sample() -> None:
    record = opened(FORMATS / "example_12lead.dcm")
    signal = record.read()
    assert (signal == 0).sum() > 1000
    assert not np.isnan(signal).any()


@pytest.mark.parametrize(
    ("file_name", "name"), [("case 7.dcm", "case 7"), ("1.2.840.10008.5", "1.2.840.10008.5"), ("IM0001", "IM0001")]
)
def test_a_recording_is_named_by_its_file_and_a_uid_stays_whole(file_name: str, name: str) -> None:
    content = file_of(waveform([group(RAMP, [channel()])]))
    assert dicom_reader.read(RecordingFile.of(content, file_name)).name == name


# How it is written


@pytest.mark.parametrize("open_lengths", [False, True])
@pytest.mark.parametrize("syntax", [IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN])
def test_every_transfer_syntax_gives_the_same_values(syntax: str, open_lengths: bool) -> None:
    elements = waveform([group(RAMP * 300, [channel(unit="nV")], syntax=syntax)])
    record = opened(file_of(elements, syntax, open_lengths))
    np.testing.assert_array_equal(record.read(), np.float32(RAMP * 300 * 1e-6))


def test_a_file_that_states_the_wrong_transfer_syntax_is_read_as_it_is_written() -> None:
    elements = waveform([group(RAMP, [channel()])])
    lying = file_of([], EXPLICIT) + encoded(elements, IMPLICIT)
    assert opened(lying).n_samples == 200


@pytest.mark.parametrize("open_lengths", [False, True])
def test_sequences_passed_on_as_unknown_are_read(open_lengths: bool) -> None:
    (_, _, groups), notes = waveform([group(RAMP, [channel()])])[1], [[(0x00700006, "ST", "SINUS RHYTHM")]]
    unknown = b""
    for tag, items in ((0x0040B020, notes), (0x54000100, groups)):
        body = encoded([(tag, "SQ", items)], IMPLICIT, open_lengths)
        unknown += body[:4] + b"UN\0\0" + body[4:]  # PS3.5, 6.2.2: its content is implicit little endian
    record = opened(file_of([]) + unknown)
    np.testing.assert_allclose(record.read()[0], RAMP[0] / 1000, atol=TOLERANCE_MV)
    assert record.device is not None
    assert record.device.statements == ("SINUS RHYTHM",)


def test_a_data_set_without_file_header_is_read() -> None:
    elements = waveform([group(RAMP, [channel()])])
    assert opened(encoded([(0x00080005, "CS", "ISO_IR 100"), *elements], IMPLICIT)).n_samples == 200


@pytest.mark.parametrize(("kind", "offset"), [("SB", 0), ("UB", 128), ("SS", 0), ("US", 32768), ("SL", 0)])
def test_every_kind_of_sample_is_scaled_alike(kind: str, offset: int) -> None:
    elements = channel(unit="mV", sensitivity="0.01", more=[(0x003A0213, "DS", f"{-offset * 0.01:g}")])
    record = opened(file_of(waveform([group(RAMP + offset, [elements], kind=kind)])))
    np.testing.assert_allclose(record.read(), RAMP * 0.01, atol=1e-5)


def test_the_baseline_is_in_the_unit_and_added_after_scaling() -> None:
    elements = channel(sensitivity="2", more=[(0x003A0212, "DS", "1.5"), (0x003A0213, "DS", "400")])
    record = opened(file_of(waveform([group(RAMP, [elements])])))
    np.testing.assert_allclose(record.read(), (RAMP * 3 + 400) / 1000, atol=TOLERANCE_MV)


@pytest.mark.parametrize(("kind", "name"), [("MB", "µ-law"), ("AB", "A-law")])
def test_logarithmic_samples_are_refused_with_the_reason(kind: str, name: str) -> None:
    with pytest.raises(UnsupportedRecord, match=f"{name}, a coding for voice"):
        opened(file_of(waveform([group(RAMP + 100, [channel()], kind=kind)])))


def test_a_group_of_another_kind_is_left_out_with_a_doubt() -> None:
    mark: Elements = [(0x00700006, "ST", "noise"), (0x0040A0B0, "US", [2, 0]), (0x0040A132, "UL", [101])]
    groups = [group(RAMP + 100, [channel()], kind="MB"), group(RAMP, [channel()])]
    record = opened(file_of(waveform(groups, (0x0040B020, "SQ", [mark]))))
    assert "µ-law" in record.doubts[0]
    assert [annotation.start_s for annotation in record.annotations] == [0.2]


def test_values_beyond_the_stated_bits_are_doubted() -> None:
    unsigned = np.where(RAMP < 0, RAMP + 4096, RAMP)  # 12 bits whose sign does not fill the other four
    twelve_bits = (0x003A021A, "US", 12)
    plain = opened(file_of(waveform([group(RAMP, [channel(more=[twelve_bits])])])))
    wrong = opened(file_of(waveform([group(unsigned, [channel(more=[twelve_bits])])])))
    assert plain.doubts == ()
    assert "Lead I is stated to have 12 bits and holds larger values" in wrong.doubts[0]


def test_a_padding_value_marks_invalid_samples() -> None:
    samples = RAMP.copy()
    samples[0, 50:60] = -32768
    padding = (0x5400100A, "OW", struct.pack("<h", -32768))
    record = opened(file_of(waveform([group(samples, [channel()], more=[padding])])))
    assert np.flatnonzero(np.isnan(record.read()[0])).tolist() == list(range(50, 60))


def test_a_stretch_is_read_as_the_whole_is() -> None:
    record = opened(FORMATS / "syn_dicom_general_sequential.dcm")
    np.testing.assert_array_equal(record.read(1200, 3800), record.read()[:, 1200:3800])


# Groups in time


def test_groups_that_follow_each_other_are_one_channel_with_a_gap_between() -> None:
    groups = [group(RAMP, [channel()], offset_ms="0"), group(RAMP + 7, [channel()], offset_ms="1000")]
    record = opened(file_of(waveform(groups)))
    signal = record.read()[0]
    assert record.n_samples == 700
    assert record.lead_names == ("I",)
    np.testing.assert_allclose(signal[500:], (RAMP[0] + 7) / 1000, atol=TOLERANCE_MV)
    assert np.isnan(signal[200:500]).all()


def test_simultaneous_groups_of_one_lead_stay_apart_and_a_doubt_says_so() -> None:
    record = opened(file_of(waveform([group(RAMP, [channel()]), group(RAMP + 7, [channel()])])))
    np.testing.assert_allclose(record.read()[0], RAMP[0] / 1000, atol=TOLERANCE_MV)
    np.testing.assert_allclose(record.read_extra()[0], (RAMP[0] + 7) / 1000, atol=TOLERANCE_MV)
    assert any("2 times" in doubt for doubt in record.doubts)


def test_groups_without_a_stated_time_are_shown_as_simultaneous_with_a_doubt() -> None:
    groups = [group(RAMP, [channel()], offset_ms=None), group(RAMP, [channel(LEAD_II)], offset_ms=None)]
    record = opened(file_of(waveform(groups)))
    assert record.n_samples == 200
    assert any("does not say how its 2 groups" in doubt for doubt in record.doubts)


def test_a_slower_group_is_brought_to_the_rate_of_the_ecg() -> None:
    pressure = channel(("SCPECG", "109", "Pressure"), unit="mm[Hg]", sensitivity="0.5")
    record = opened(file_of(waveform([group(RAMP, [channel()]), group(RAMP[:, :100], [pressure], rate_hz=250)])))
    values = record.read_extra()[0]
    assert record.sampling_rate_hz == 500
    assert record.extra_channels == (Channel("Pressure", "mm[Hg]"),)
    np.testing.assert_allclose(values[::2], RAMP[0, :100] * 0.5)
    np.testing.assert_allclose(values[1:-1:2], RAMP[0, :99] * 0.5 + 0.25)
    assert [stored.sampling_rate_hz for stored in record.stored_signals] == [500, 250]


@pytest.mark.parametrize("skew", [(0x003A0214, "DS", "0.006"), (0x003A0215, "DS", "3")])
def test_a_skewed_channel_lies_later_by_its_skew(skew: tuple[int, str, str]) -> None:
    samples = np.concatenate([RAMP, RAMP])
    record = opened(file_of(waveform([group(samples, [channel(), channel(LEAD_II, more=[skew])])])))
    first, second = record.read(0, 50)[:2]
    assert np.isnan(second[:3]).all()
    np.testing.assert_array_equal(second[3:], first[:-3])
    assert any("6 ms apart" in doubt for doubt in record.doubts)


def test_average_beats_are_no_part_of_the_recording() -> None:
    groups = [group(RAMP[:, :100] * 2, [channel()], label="MEDIAN BEAT"), group(RAMP, [channel()])]
    record = opened(file_of(waveform(groups)))
    assert record.n_samples == 200
    assert record.average_beats is not None
    assert record.average_beats.lead_names == ("I",)
    np.testing.assert_allclose(record.average_beats.signal_mv, RAMP[:, :100] / 500, atol=TOLERANCE_MV)


def test_a_file_of_average_beats_alone_shows_them_with_a_doubt() -> None:
    record = opened(file_of(waveform([group(RAMP, [channel()], label="MEDIAN BEAT")])))
    assert record.n_samples == 200
    assert any("average beats only" in doubt for doubt in record.doubts)


# Leads


@pytest.mark.parametrize(
    ("source", "lead"),
    [
        (("SCPECG", "5.6.3-9-62", "anything"), "aVR"), (("MDC", "2:3", ""), "V1"),
        (("MDC", "MDC_ECG_LEAD_V6", ""), "V6"), (("99VENDOR", "2:1", "Lead III (Einthoven)"), "III"),
        (("MDC", "", "aVF, augmented voltage, foot"), "aVF"),
    ],
)
def test_a_lead_is_known_by_its_code_and_then_by_its_meaning(source: tuple[str, str, str], lead: str) -> None:
    assert opened(file_of(waveform([group(RAMP, [channel(source)])]))).lead_names == (lead,)


def test_a_code_that_contradicts_the_meaning_is_doubted() -> None:
    record = opened(file_of(waveform([group(RAMP, [channel(("MDC", "2:2", "Lead V3"))])])))
    assert record.lead_names == ("II",)
    assert any("code of lead II and the name Lead V3" in doubt for doubt in record.doubts)


def test_a_lead_without_sensitivity_has_no_known_millivolts() -> None:
    elements = [element for element in channel() if element[0] != 0x003A0210]
    with pytest.raises(UnsupportedRecord, match="millivolts are unknown"):
        opened(file_of(waveform([group(RAMP, [elements])])))


def test_a_channel_that_the_device_marks_as_disconnected_is_doubted() -> None:
    record = opened(file_of(waveform([group(RAMP, [channel(more=[(0x003A0205, "CS", "DISCONNECTED")])])])))
    assert any("Lead I as disconnected" in doubt for doubt in record.doubts)


def test_a_picture_of_an_ecg_is_refused_with_what_it_is() -> None:
    with pytest.raises(UnsupportedRecord, match="without a waveform \\(a PDF document\\)"):
        dicom_reader.read(RecordingFile.of(file_of([(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.104.1")]), "made.dcm"))


# What the device says


def test_annotations_become_statements_measurements_and_marks() -> None:
    annotations: list[Elements] = [
        [(0x00700006, "ST", "SINUS RHYTHM")],
        [(0x0040A043, "SQ", code("MDC", "2:16160", "QT interval")), (0x0040A30A, "DS", "400"),
         (0x004008EA, "SQ", code("UCUM", "ms", "ms"))],
        [(0x0040A043, "SQ", code("SCPECG", "1", "P onset")), (0x0040A0B0, "US", [1, 1]),
         (0x0040A130, "CS", "POINT"), (0x0040A132, "UL", [101])],
        [(0x00700006, "ST", "noise"), (0x0040A0B0, "US", [1, 0]), (0x0040A130, "CS", "SEGMENT"),
         (0x0040A132, "UL", [51, 151])],
        [(0x00700006, "ST", "in the median beat"), (0x0040A0B0, "US", [2, 0]), (0x0040A132, "UL", [1])],
    ]
    groups = [group(RAMP, [channel()]), group(RAMP[:, :50], [channel()], label="MEDIAN BEAT")]
    record = opened(file_of(waveform(groups, (0x0040B020, "SQ", annotations))))
    assert record.device is not None
    assert record.device.statements == ("SINUS RHYTHM",)
    assert record.device.measurements == (DeviceMeasurement("QT interval", "400", "ms"),)
    assert record.annotations == (
        Annotation(0.2, None, "P onset", "I", "device"), Annotation(0.1, 0.3, "noise", None, "device"),
    )


@pytest.mark.parametrize("open_lengths", [False, True])
@pytest.mark.parametrize("syntax", [IMPLICIT, EXPLICIT, BIG_ENDIAN])
def test_beats_that_are_annotated_one_by_one_each_keep_their_time_and_label(syntax: str, open_lengths: bool) -> None:
    beats: list[Elements] = [
        [(0x00700006, "ST", "PVC" if number % 3 == 0 else "normal"), (0x0040A0B0, "US", [1, 0]),
         (0x0040A130, "CS", "POINT"), (0x0040A132, "UL", [10 * number + 1])]
        for number in range(15)
    ]
    beats.insert(5, [(0x00700006, "ST", "SINUS RHYTHM")])
    elements = waveform([group(RAMP, [channel()], syntax=syntax)], (0x0040B020, "SQ", beats))
    record = opened(file_of(elements, syntax, open_lengths))
    assert [mark.start_s for mark in record.annotations] == pytest.approx([number / 50 for number in range(15)])
    assert [mark.label for mark in record.annotations] == ["PVC", "normal", "normal"] * 5
    assert record.device is not None
    assert record.device.statements == ("SINUS RHYTHM",)


def test_a_day_of_annotated_beats_opens_soon() -> None:
    def beat(number: int) -> bytes:
        body = encoded([
            (0x0040A043, "SQ", code("MDC", "2:16160", "QRS")), (0x0040A0B0, "US", [1, 0]),
            (0x0040A130, "CS", "POINT"), (0x0040A132, "UL", [number + 1]),
        ], EXPLICIT)
        return struct.pack("<HHI", 0xFFFE, 0xE000, len(body)) + body

    n_beats = 20_000
    samples = np.zeros((1, n_beats))
    beats = b"".join(map(beat, range(n_beats)))
    sequence = struct.pack("<HH2sHI", 0x0040, 0xB020, b"SQ", 0, len(beats)) + beats
    content = file_of([]) + sequence + encoded(waveform([group(samples, [channel()])])[1:], EXPLICIT)
    start = time.process_time()
    record = opened(content)
    assert time.process_time() - start < 1.5
    assert len(record.annotations) == n_beats
    assert record.annotations[-1] == Annotation((n_beats - 1) / 500, None, "QRS", None, "device")


@pytest.mark.parametrize(
    ("element", "start", "note"),
    [
        ((0x0008002A, "DT", "20240309103005.25"), datetime(2024, 3, 9, 10, 30, 5, 250_000), None),
        ((0x0008002A, "DT", "20240309103005-0500"), datetime(2024, 3, 9, 10, 30, 5), "local time, UTC-05:00"),
        ((0x0008002A, "DT", "20240309"), datetime(2024, 3, 9), "to the hour or day only"),
        ((0x00080023, "DA", "20240309"), datetime(2024, 3, 9), "when the data were made"),
        ((0x00080020, "DA", "20240309"), datetime(2024, 3, 9), "when the study began"),
        ((0x0008002A, "DT", "20241399"), None, None),
    ],
)
def test_the_start_time_comes_with_what_is_uncertain_of_it(
    element: tuple[int, str, str], start: datetime | None, note: str | None
) -> None:
    record = opened(file_of(waveform([group(RAMP, [channel()])], element)))
    assert record.start_time == start
    assert (record.start_time_note is None) if note is None else note in (record.start_time_note or "")


@pytest.mark.parametrize(
    ("elements", "age"),
    [
        ([(0x00101010, "AS", "018M")], 1.5), ([(0x00101010, "AS", "")], None),
        ([(0x00100030, "DA", "19500309"), (0x0008002A, "DT", "20000309120000")], 50.0),
    ],
)
def test_the_age_is_as_stated_or_from_the_dates(elements: Elements, age: float | None) -> None:
    record = opened(file_of(waveform([group(RAMP, [channel()])], *elements)))
    assert record.age_years == (None if age is None else pytest.approx(age, abs=0.01))


def test_texts_are_decoded_by_the_character_set_of_the_file() -> None:
    elements = waveform(
        [group(RAMP, [channel()])], (0x00080005, "CS", "ISO_IR 192"), (0x00080070, "LO", "Müller".encode()),
    )
    record = opened(file_of(elements))
    assert record.device is not None
    assert record.device.manufacturer == "Müller"


@pytest.mark.parametrize(("storage_class", "is_waveform"), [
    ("1.2.840.10008.5.1.4.1.1.9.1.1", True), ("1.2.840.10008.5.1.4.1.1.9.2.1", True),
    ("1.2.840.10008.5.1.4.1.1.88.33", False), ("1.2.840.10008.5.1.4.1.1.2", False),
])
def test_images_and_reports_in_a_folder_are_no_recordings(storage_class: str, is_waveform: bool) -> None:
    assert dicom_reader.claims(RecordingFile.of(file_of([(0x00080016, "UI", storage_class)]), "a.dcm")) == is_waveform


@pytest.mark.parametrize(("stated", "age"), [("000Y", 42), ("999Y", 42), ("006M", 0.5), ("007D", 7 / 365.25)])
def test_an_age_that_nobody_has_is_computed_from_the_dates(stated: str, age: float) -> None:
    data = pydicom.dcmread(FORMATS / "anonymous_12lead.dcm")
    day = data.AcquisitionDateTime[:8]
    data.PatientAge, data.PatientBirthDate = stated, f"{int(day[:4]) - 42}{day[4:]}"
    stream = io.BytesIO()
    data.save_as(stream)
    assert opened(stream.getvalue()).age_years == pytest.approx(age, abs=0.01)


@pytest.mark.parametrize(("tag", "what"), [(0x003A0212, "correction factor"), (0x003A0213, "baseline")])
def test_a_factor_or_baseline_that_is_no_number_is_not_passed_over(tag: int, what: str) -> None:
    elements = channel(sensitivity="2", more=[(tag, "DS", "1,5")])
    with pytest.raises(UnreadableRecord, match=f"a {what} of '1,5', which is no number"):
        opened(file_of(waveform([group(RAMP, [elements])])))


def test_something_else_under_the_suffix_of_dicom_is_called_so() -> None:
    with pytest.raises(UnreadableRecord, match="does not begin as a DICOM file does"):
        dicom_reader.read(RecordingFile.of(b"not an ECG", "notes.dcm"))
