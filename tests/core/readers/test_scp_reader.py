"""SCP-ECG: values, Huffman tables, differences, reference beats, what the device states, damaged files."""

from __future__ import annotations

import binascii
import json
import random
import struct
import time
from collections.abc import Sequence
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import EcgError, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import scp_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import DeviceMeasurement, EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
TOLERANCE_MV = 1e-6
DEFAULT_TABLE = struct.pack("<H", 19999)
RAMP = np.arange(200) - 100


def checked(content: bytes) -> bytes:
    """With its checksum in front."""
    return struct.pack("<H", binascii.crc_hqx(content, 0xFFFF)) + content


def file_of(sections: dict[int, bytes], mark: bytes = b"SCPECG") -> bytes:
    """A whole file of some sections' bodies."""
    numbers = [0, *sections]
    n_pointers = max(12, len(numbers))
    first_length = 16 + 10 * n_pointers
    pointers, bodies = b"", b""
    for number in [*range(12), *(number for number in sections if number >= 12)]:
        if number == 0:
            pointers += struct.pack("<HII", 0, first_length, 7)
        elif number in sections:
            body = checked(struct.pack("<HIBB6s", number, 16 + len(sections[number]), 13, 13, b"") + sections[number])
            pointers += struct.pack("<HII", number, len(body), 7 + first_length + len(bodies))
            bodies += body
        else:
            pointers += struct.pack("<HII", number, 0, 0)
    first = checked(struct.pack("<HIBB6s", 0, first_length, 13, 13, mark) + pointers)
    content = first + bodies
    return checked(struct.pack("<I", 6 + len(content)) + content)


def leads(*definitions: tuple[int, int, int], flags: int = 0b100) -> bytes:
    """Section 3: (first sample, last sample, lead number)."""
    return struct.pack("<BB", len(definitions), flags) + b"".join(struct.pack("<IIB", *one) for one in definitions)


def signals(packed: Sequence[bytes], *, nanovolts: int = 1000, interval_us: int = 2000, difference: int = 0,
            flag: int = 0) -> bytes:
    """Section 5 or 6."""
    sizes = struct.pack(f"<{len(packed)}H", *map(len, packed))
    return struct.pack("<HHBB", nanovolts, interval_us, difference, flag) + sizes + b"".join(packed)


def words(samples: np.ndarray) -> bytes:
    return samples.astype("<i2").tobytes()


def one_lead(section: bytes, *, n_samples: int = 200, **more: bytes) -> dict[int, bytes]:
    """Lead I alone, and sections given as `s2=…`."""
    sections = {3: leads((1, n_samples, 1)), 6: section}
    return sections | {int(name[1:]): body for name, body in more.items()}


def packed_bits(bits: str) -> bytes:
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[place : place + 8], 2) for place in range(0, len(bits), 8))


def default_bits(value: int) -> str:
    """A value in the default table."""
    if value == 0:
        return "0"
    if abs(value) <= 8:
        return "1" * abs(value) + "0" + ("1" if value < 0 else "0")
    size = 8 if -128 <= value <= 127 else 16
    return ("1111111110" if size == 8 else "1111111111") + f"{value & ((1 << size) - 1):0{size}b}"


def opened(source: Path | bytes) -> EcgRecord:
    file = RecordingFile.of(source, "" if isinstance(source, Path) else "made.scp")
    assert scp_reader.claims(file)
    return scp_reader.read(file)


def tag(number: int, value: bytes) -> bytes:
    return struct.pack("<BH", number, len(value)) + value


# Files whose values were found without this reader


@pytest.mark.parametrize("path", sorted(FORMATS.glob("*.scp")), ids=lambda path: path.stem)
def test_a_file_has_the_values_that_were_found_without_this_reader(path: Path) -> None:
    expected = json.loads((FORMATS / "expected" / f"{path.name}.json").read_text(encoding="utf-8"))
    record = opened(path)
    assert record.sampling_rate_hz == expected["sampling_rate_hz"]
    assert record.n_samples == expected["n_samples"]
    assert list(record.lead_names) == expected["lead_names_canonical_order"]
    assert record.derived_leads == set(expected["limb_leads_to_derive"])
    assert record.start_time == datetime.fromisoformat(expected["start_time"])
    assert (record.average_beats is not None) == (expected["median_beats"] is not None)
    for row, lead in zip(record.read(), record.lead_names, strict=True):
        known = expected["leads"][lead]
        found = [*row[:5], row.min(), row.max(), row[1000], row[-1], row.mean(dtype=np.float64)]
        right = [*known["first5"], known["min"], known["max"], known["sample_1000"], known["last"], known["mean"]]
        np.testing.assert_allclose(found, right, rtol=0, atol=TOLERANCE_MV, err_msg=lead)


def test_the_same_recording_as_dicom_has_the_same_samples_measurements_and_average_beats() -> None:
    from mmae_core.readers import dicom_reader

    scp = opened(FORMATS / "example.scp")
    dicom = dicom_reader.read(RecordingFile.of(FORMATS / "example_12lead.dcm"))
    np.testing.assert_allclose(scp.read(), dicom.read(), atol=2.5e-3)
    assert scp.average_beats is not None
    assert dicom.average_beats is not None
    np.testing.assert_allclose(scp.average_beats.signal_mv, dicom.average_beats.signal_mv[:, :599], atol=2.5e-3)
    assert scp.device is not None
    assert dicom.device is not None
    values = {measurement.name.lower(): measurement.value for measurement in scp.device.measurements}
    for measurement in dicom.device.measurements:
        assert values[measurement.name.lower()] == measurement.value


# Coding


@pytest.mark.parametrize("difference", [0, 1, 2])
@pytest.mark.parametrize("is_packed", [False, True])
def test_differences_of_every_order_restore_the_samples(difference: int, is_packed: bool) -> None:
    samples = np.array([5, -7, 300, 301, 299, -2000, -2001, -2001, 4])
    coded = samples.copy()
    if difference == 1:
        coded[1:] = np.diff(samples)
    if difference == 2:
        coded[2:] = np.diff(samples, 2)
    packed = packed_bits("".join(map(default_bits, coded.tolist()))) if is_packed else words(coded)
    tables = {"s2": DEFAULT_TABLE} if is_packed else {}
    content = file_of(one_lead(signals([packed], difference=difference), n_samples=9, **tables))
    np.testing.assert_allclose(opened(content).read()[0], samples / 1000, atol=TOLERANCE_MV)


def test_tables_of_the_file_with_switches_and_values_behind_a_prefix_are_followed() -> None:
    def code(prefix: str, total: int, mode: int, value: int) -> bytes:
        return struct.pack("<BBBhI", len(prefix), total, mode, value, int(prefix[::-1], 2))

    first = [code("0", 1, 1, 7), code("10", 2, 0, 2), code("11", 8, 1, 0)]
    long_prefix = "1" * 20
    second = [code("0", 1, 1, -3), code("10", 2, 0, 1), code(long_prefix, 20, 1, 1234)]
    tables = struct.pack("<H", 2)
    for codes in (first, second):
        tables += struct.pack("<H", len(codes)) + b"".join(codes)
    bits = "0" + "11" + "100001" + "10" + "0" + long_prefix + "10" + "0"  # 7, -31, then table 2: -3, 1234, table 1: 7
    record = opened(file_of(one_lead(signals([packed_bits(bits)]), n_samples=5, s2=tables)))
    np.testing.assert_allclose(record.read()[0] * 1000, [7, -31, -3, 1234, 7], atol=1e-3)


def test_reference_beats_are_added_where_they_were_subtracted() -> None:
    beat, residual = np.array([10, 20, 30, 40]), RAMP.copy()
    places = [(0, 51, 53, 54), (1, 101, 103, 104), (0, 199, 200, 202)]  # type, first, fiducial, last; 1 stays as it is
    section_4 = struct.pack("<HHH", 8, 3, len(places)) + b"".join(struct.pack("<HIII", *place) for place in places)
    sections = {
        3: leads((1, 200, 1), flags=0b101), 4: section_4, 5: signals([words(beat)], nanovolts=2000),
        6: signals([words(residual)]),
    }
    record = opened(file_of(sections))
    right = residual / 1000
    right[50:54] += beat * 0.002
    right[198:200] += beat[1:3] * 0.002
    np.testing.assert_allclose(record.read()[0], right, atol=TOLERANCE_MV)
    assert [mark.label for mark in record.annotations] == ["QRS, type 0", "QRS, type 1", "QRS, type 0"]
    assert record.annotations[0].start_s == pytest.approx(52 / 500)


def test_bimodal_compression_is_refused_with_the_reason() -> None:
    with pytest.raises(UnsupportedRecord, match="bimodal compression, which leaves out three of four samples"):
        opened(file_of(one_lead(signals([words(RAMP)], flag=1))))


@pytest.mark.parametrize(("end", "n_stored"), [(199, 200), (200, 200)])
def test_leads_that_begin_at_sample_0_may_state_their_number_as_their_end(end: int, n_stored: int) -> None:
    sections = {3: leads((0, end, 1)), 6: signals([words(RAMP[:n_stored])])}
    record = opened(file_of(sections))
    assert record.n_samples == 200
    assert record.doubts == ()


@pytest.mark.parametrize("end", [199, 200])
def test_bits_that_fill_the_last_byte_are_no_sample(end: int) -> None:
    steps = "".join(map(default_bits, np.diff(RAMP, prepend=0).tolist()))
    assert len(steps) % 8, "the case needs bits to spare"
    sections = {2: DEFAULT_TABLE, 3: leads((0, end, 1)), 6: signals([packed_bits(steps)], difference=1)}
    np.testing.assert_allclose(opened(file_of(sections)).read()[0], RAMP / 1000, atol=TOLERANCE_MV)


def test_leads_recorded_one_after_another_are_invalid_elsewhere() -> None:
    sections = {3: leads((1, 200, 1), (201, 400, 3), flags=0), 6: signals([words(RAMP), words(RAMP)])}
    record = opened(file_of(sections))
    signal = record.read()
    assert record.lead_names == ("I", "V1")
    assert np.isnan(signal).sum() == 400
    np.testing.assert_array_equal(signal[0, :200], signal[1, 200:])
    np.testing.assert_array_equal(record.read(150, 250), signal[:, 150:250])


def test_leads_beyond_the_twelve_and_inverted_avr_are_known() -> None:
    sections = {3: leads((1, 200, 65), (1, 200, 11), (1, 200, 16)), 6: signals([words(RAMP)] * 3)}
    record = opened(file_of(sections))
    assert record.lead_names == ("aVR",)
    assert [channel.name for channel in record.extra_channels] == ["V3R", "X"]
    np.testing.assert_allclose(record.read()[0], -RAMP / 1000, atol=TOLERANCE_MV)


def test_average_beats_alone_are_shown_with_a_doubt() -> None:
    record = opened(file_of({3: leads((1, 5000, 1)), 5: signals([words(RAMP)])}))
    assert record.n_samples == 200
    assert any("average beats only" in doubt for doubt in record.doubts)


def test_damaged_average_beats_do_not_keep_the_recording_from_being_read() -> None:
    record = opened(file_of({3: leads((1, 200, 1)), 5: signals([words(RAMP)])[:50], 6: signals([words(RAMP)])}))
    assert record.n_samples == 200
    assert record.doubts == ("The average beats in the file are damaged and left out.",)


# What the file says of person and device


def test_person_device_and_filters_are_read() -> None:
    device = struct.pack("<HHHBB6sBBBBB16x", 1, 2, 3, 0, 255, b"AT-102", 20, 0xA0, 1, 0, 1)
    device += b"\x03" + b"1.0\0serial\0system\0scp\0Acm\xe9\0"
    section_1 = b"".join([
        tag(0, "Müller".encode("latin-1") + b"\0"), tag(2, b"4711\0"), tag(4, struct.pack("<HB", 18, 2)),
        tag(8, b"\x02"), tag(14, device), tag(25, struct.pack("<HBB", 2024, 2, 29)), tag(26, bytes([23, 59, 58])),
        tag(27, struct.pack("<H", 5)), tag(28, struct.pack("<H", 150)), tag(29, b"\x02"), tag(30, b"after exercise\0"),
        tag(255, b""),
    ])
    record = opened(file_of(one_lead(signals([words(RAMP)]), s1=section_1)))
    assert record.device is not None
    assert (record.device.manufacturer, record.device.model) == ("Acmé", "AT-102")
    assert record.device.filters == ("high-pass 0.05 Hz", "low-pass 150 Hz", "notch 50 Hz")
    assert (record.age_years, record.sex) == (1.5, "female")
    assert record.start_time == datetime(2024, 2, 29, 23, 59, 58)
    assert record.identity == (("Last name", "Müller"), ("Patient ID", "4711"))
    assert record.comments == ("after exercise",)


def test_a_time_without_day_is_kept() -> None:
    record = opened(file_of(one_lead(signals([words(RAMP)]), s1=tag(26, bytes([7, 8, 9])))))
    assert record.start_time == time_of_day(7, 8, 9)
    assert record.start_time_note is not None


def test_statements_come_in_full_text_or_else_by_code() -> None:
    head = struct.pack("<BHBBBBBB", 1, 2024, 1, 2, 3, 4, 5, 2)
    texts = b"".join(struct.pack("<BH", number, len(text)) + text for number, text in ((1, b"SINUS\0"), (2, b"LVH\0")))
    codes = struct.pack("<BH", 1, 6) + b"\x01NSR\0\0" + struct.pack("<BH", 2, 6) + b"\x01LVH\0\0"
    both = opened(file_of(one_lead(signals([words(RAMP)]), s8=head + texts, s11=head + codes)))
    coded = opened(file_of(one_lead(signals([words(RAMP)]), s11=head + codes)))
    assert both.device is not None
    assert both.device.statements == ("SINUS", "LVH")
    assert coded.device is not None
    assert coded.device.statements == ("NSR", "LVH")


def test_measurements_are_read_and_those_not_made_left_out() -> None:
    section_7 = struct.pack("<BBHH5H3h", 1, 1, 800, 29999, 100, 200, 240, 340, 640, 30, -45, 999) + bytes(10)
    section_7 += struct.pack("<H2BHHHB", 2, 0, 0, 75, 0, 440, 1)
    section_10 = struct.pack("<HHHH", 1, 0, 3, 24) + struct.pack("<12h", *[29999] * 10, 1250, 29999)
    record = opened(file_of(one_lead(signals([words(RAMP)]), s7=section_7, s10=section_10)))
    assert record.device is not None
    assert record.device.measurements == (
        DeviceMeasurement("RR interval", "800", "ms"), DeviceMeasurement("P duration", "100", "ms"),
        DeviceMeasurement("PR interval", "140", "ms"), DeviceMeasurement("QRS duration", "100", "ms"),
        DeviceMeasurement("QT interval", "400", "ms"), DeviceMeasurement("P axis", "30", "°"),
        DeviceMeasurement("QRS axis", "-45", "°"), DeviceMeasurement("Ventricular rate", "75", "/min"),
        DeviceMeasurement("QTc interval", "440", "ms"), DeviceMeasurement("R amplitude (V1)", "1250", "µV"),
    )


def test_an_interval_of_999_ms_is_one_and_an_axis_of_999_or_an_interval_of_0_is_none() -> None:
    section_7 = struct.pack("<BBHH5H3h", 1, 0, 999, 0, 100, 200, 240, 340, 640, 999, 30, 999)
    section_7 += struct.pack("<H2BHHHB", 2, 0, 0, 60, 0, 440, 1)
    section_10 = struct.pack("<HHHH", 1, 0, 3, 24) + struct.pack("<12h", *[29999] * 10, 999, 29999)
    record = opened(file_of(one_lead(signals([words(RAMP)]), s7=section_7, s10=section_10)))
    assert record.device is not None
    measured = {one.name: one.value for one in record.device.measurements}
    assert measured["RR interval"] == "999"
    assert measured["R amplitude (V1)"] == "999"
    assert "PP interval" not in measured
    assert "P axis" not in measured
    assert "T axis" not in measured
    assert measured["QRS axis"] == "30"


# Damaged and hostile files


def test_a_wrong_checksum_is_a_doubt_and_no_refusal() -> None:
    content = bytearray((FORMATS / "example.scp").read_bytes())
    _, size, index = struct.unpack_from("<HII", content, 22 + 7 * 10)
    content[index + size - 2] ^= 4  # the last byte of section 7
    record = opened(bytes(content))
    np.testing.assert_array_equal(record.read(), opened(FORMATS / "example.scp").read())
    assert [str(doubt) for doubt in record.doubts] == [
        "The checksum of the file is wrong: it was altered or damaged.",
        "The checksum of section 7 is wrong: it was altered or damaged.",
    ]


def test_fewer_samples_than_stated_are_shown_with_a_doubt() -> None:
    record = opened(file_of(one_lead(signals([words(RAMP)]), n_samples=500)))
    assert record.n_samples == 200
    assert record.doubts == ("Lead I holds 200 samples; 500 are stated.",)


def test_a_section_cut_off_is_refused_if_it_holds_signals_and_doubted_if_not() -> None:
    content = file_of(one_lead(signals([words(RAMP)]), s8=bytes(300)))
    record = opened(content[:-200])
    assert record.n_samples == 200
    assert any(doubt.startswith("Section 8 cannot be read") for doubt in record.doubts)
    with pytest.raises(UnreadableRecord, match=r"Section 6 of made\.scp lies at bytes"):
        opened(content[:-400])


@pytest.mark.parametrize(
    ("sections", "reason"),
    [
        ({3: leads((1, 200, 1))}, "holds no signals"),
        ({6: signals([words(RAMP)])}, "has no section 3"),
        ({3: leads((9, 2, 1)), 6: signals([words(RAMP)])}, "before it begins"),
        ({3: leads(), 6: signals([])}, "states no leads"),
        (one_lead(signals([words(RAMP)], nanovolts=0)), "states 0 nV a step"),
        (one_lead(signals([words(RAMP)], interval_us=0)), "a sample each 0 µs"),
        (one_lead(signals([words(RAMP)], difference=3)), "differences of order 3"),
        (one_lead(signals([words(RAMP)])[:300]), "The file is damaged or incomplete"),
        (one_lead(signals([b""])), "holds no samples"),
        (one_lead(signals([words(RAMP)]), s2=struct.pack("<HH", 1, 60_000)), "states 60000 codes"),
        (one_lead(signals([words(RAMP)]), s2=struct.pack("<HHBBBhI", 1, 1, 1, 255, 1, 0, 0)), "impossible code"),
        (one_lead(signals([bytes([255] * 90)]), s2=struct.pack("<HHBBBhI", 1, 1, 1, 1, 1, 0, 0)), "no Huffman code"),
        ({3: leads((1, 200, 1), flags=0b101), 6: signals([words(RAMP)])}, "lacks section 4"),
        (one_lead(signals([words(np.full(200, 20_000))], difference=2)), "samples have 16 bits"),
    ],
)
def test_what_is_impossible_is_refused_with_what_was_found(sections: dict[int, bytes], reason: str) -> None:
    with pytest.raises(EcgError, match=reason):
        opened(file_of(sections))


@pytest.mark.parametrize(
    ("n_leads", "reason"), [(255, "at most 16000000 are decoded"), (30, None), (60, "more packed samples than any")]
)
def test_counts_beyond_any_recording_are_refused_soon(n_leads: int, reason: str | None) -> None:
    n_samples = 0xFFFFFFFF if n_leads == 255 else 1000
    definitions = leads(*((1, n_samples, 1),) * n_leads)
    content = file_of({2: DEFAULT_TABLE, 3: definitions, 6: signals([bytes(65_535)] * n_leads)})
    start = time.process_time()
    if reason is None:
        assert opened(content).n_samples == 1000
    else:
        with pytest.raises(UnreadableRecord, match=reason):
            opened(content)
    assert time.process_time() - start < 5


def test_a_file_cut_off_anywhere_is_read_with_a_doubt_or_refused() -> None:
    content = (FORMATS / "syn_scp_refbeat_two_avm.scp").read_bytes()
    for size in range(40, len(content) - 8, 97):
        file = RecordingFile.of(content[:size], "cut.scp")
        assert scp_reader.claims(file)
        with pytest.raises(EcgError):
            scp_reader.read(file)


@pytest.mark.parametrize("name", ["example.scp", "syn_scp_refbeat_two_avm.scp"])
def test_altered_bytes_give_a_record_or_a_sentence(name: str) -> None:
    content = (FORMATS / name).read_bytes()
    doubted = 0
    for seed in range(60):
        chance = random.Random(seed)
        altered = bytearray(content)
        for _ in range(chance.choice([1, 3, 20])):
            place = chance.randrange(30, len(content)) if seed % 2 else chance.randrange(30, 2000)
            altered[place] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
        try:
            record = opened(bytes(altered))
        except EcgError:
            continue
        assert record.read(0, 5000).shape[1] == min(5000, record.n_samples)
        doubted += bool(record.doubts) or altered == content
    assert doubted


def test_other_files_are_not_claimed_and_a_missing_mark_is_forgiven() -> None:
    made = file_of(one_lead(signals([words(RAMP)])), mark=b"")
    assert opened(made).n_samples == 200
    for content in (b"", bytes(200), b"SCPECG" * 40, made[:-1]):
        assert not scp_reader.claims(RecordingFile.of(content))


@pytest.mark.parametrize("size", [0, 4, 10, 22, 40])
def test_a_file_too_short_for_its_first_section_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "short.scp"
    path.write_bytes((FORMATS / "example.scp").read_bytes()[:size])
    with pytest.raises(UnreadableRecord):
        scp_reader.read(RecordingFile.of(path))
