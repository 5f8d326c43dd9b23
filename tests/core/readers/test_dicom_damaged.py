"""DICOM files that are long, cut off, altered or hostile: refused in a sentence, soon and without taking memory."""

from __future__ import annotations

import random
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import EcgError, UnreadableRecord
from mmae_core.readers import dicom_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
HOUR_SAMPLES = 500 * 3600


def opened(content: bytes | Path) -> EcgRecord:
    return dicom_reader.read(RecordingFile.of(content, "" if isinstance(content, Path) else "made.dcm"))


def element(tag: int, vr: bytes, value: bytes, length: int | None = None) -> bytes:
    """One explicit little-endian element, with a false length if wanted."""
    length = len(value) if length is None else length
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr
    long_form = vr in (b"SQ", b"OW", b"UT")
    return head + (b"\0\0" + struct.pack("<I", length) if long_form else struct.pack("<H", length)) + value


def item(content: bytes, length: int | None = None) -> bytes:
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(content) if length is None else length) + content


def file_of(data_set: bytes, syntax: bytes = b"1.2.840.10008.1.2.1\0") -> bytes:
    return bytes(128) + b"DICM" + element(0x00020010, b"UI", syntax) + data_set


def waveform(n_channels: int, n_samples: int, data: bytes, data_length: int | None = None) -> bytes:
    """A data set with one group of 16-bit channels in µV, the samples last."""
    unit = element(0x003A0211, b"SQ", item(element(0x00080100, b"SH", b"uV")))
    codes = (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8)
    channels = b"".join(
        item(
            element(0x003A0208, b"SQ", item(element(0x00080100, b"SH", f"2:{codes[row % 12]}".ljust(4).encode())
                                            + element(0x00080102, b"SH", b"MDC ")))
            + element(0x003A0210, b"DS", b"1 ") + unit
        )
        for row in range(n_channels)
    )
    group = (
        element(0x003A0005, b"US", struct.pack("<H", n_channels))
        + element(0x003A0010, b"UL", struct.pack("<I", n_samples)) + element(0x003A001A, b"DS", b"500 ")
        + element(0x003A0200, b"SQ", channels) + element(0x54001004, b"US", struct.pack("<H", 16))
        + element(0x54001006, b"CS", b"SS") + element(0x54001010, b"OW", data, data_length)
    )
    length = len(data) if data_length is None else data_length
    inside = len(group) - len(data) + length
    return element(0x54000100, b"SQ", struct.pack("<HHI", 0xFFFE, 0xE000, inside) + group, inside + 8)


def peak_bytes(action: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_day_of_twelve_leads_opens_at_once_and_is_read_in_stretches(tmp_path: Path) -> None:
    n_samples = 24 * HOUR_SAMPLES
    head = file_of(waveform(12, n_samples, b"", 24 * n_samples))
    path = tmp_path / "day.dcm"
    with path.open("wb") as stream:
        stream.write(head)
        stream.seek(len(head) + 24 * (n_samples - 2))
        stream.write(np.arange(24, dtype="<i2").tobytes())
    start = time.process_time()
    record = opened(path)
    assert time.process_time() - start < 1.0
    assert record.duration_s == 86_400
    assert peak_bytes(lambda: (opened(path), record.read(n_samples // 2, n_samples // 2 + 5000))) < 8 << 20
    np.testing.assert_allclose(record.read(n_samples - 2)[:, 1], np.arange(12, 24) / 1000, atol=1e-7)


@pytest.mark.parametrize("name", ["example_12lead.dcm", "syn_dicom_12_deflated_undefined_lengths.dcm"])
def test_a_file_cut_off_anywhere_is_refused(name: str) -> None:
    content = (FORMATS / name).read_bytes()
    for size in [*range(200, len(content) - 8, 97 * 11), len(content) - 30]:
        with pytest.raises(EcgError):
            opened(content[:size])


@pytest.mark.parametrize("name", ["anonymous_12lead.dcm", "syn_dicom_12_bigendian_padding.dcm"])
def test_altered_bytes_give_a_record_or_a_sentence(name: str) -> None:
    content = (FORMATS / name).read_bytes()
    refused = 0
    for seed in range(80):
        chance = random.Random(seed)
        altered = bytearray(content)
        for _ in range(chance.choice([1, 3, 20])):
            altered[chance.randrange(12_000)] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
        try:
            record = opened(bytes(altered))
            assert record.read(0, 5000).shape[1] == min(5000, record.n_samples)
        except EcgError:
            refused += 1
    assert 0 < refused < 80


def test_a_deflate_bomb_is_refused_before_it_is_unpacked() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    zeros = bytes(1 << 20)
    packed = b"".join(packer.compress(zeros) for _ in range(150)) + packer.flush()
    content = file_of(packed, b"1.2.840.10008.1.2.1.99")
    assert len(content) < 200_000

    def refuse() -> None:
        with pytest.raises(UnreadableRecord, match="unpacks to more than 128 MB"):
            opened(content)

    assert peak_bytes(refuse) < 300 << 20


def test_sequences_nested_without_end_are_refused() -> None:
    open_sequence = element(0x54000100, b"SQ", b"", 0xFFFFFFFF) + item(b"", 0xFFFFFFFF)
    with pytest.raises(UnreadableRecord, match="nests more than"):
        opened(file_of(open_sequence * 5000))


def test_more_elements_than_any_recording_has_are_refused_soon() -> None:
    start = time.process_time()
    with pytest.raises(UnreadableRecord, match="more than 1000000 data elements"):
        opened(file_of(element(0x00091001, b"LO", b"") * 1_500_000))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("data_set", "words"),
    [
        (waveform(12, 100, b""), "holds no samples; 100 are stated"),
        (waveform(12, 100, bytes(240), 1 << 31), "the element"),
        (waveform(1200, 1, bytes(2400)), "describes more than 1024 channels"),
        (waveform(2, 0, bytes(8)), "holds no samples"),
        (waveform(2, 2, bytes(8)).replace(b"500 ", b"1e-9"), "more than a year"),
        (waveform(2, 2, bytes(8)).replace(b"500 ", b"inf "), "sampling frequency of 'inf'"),
        (waveform(2, 2, bytes(8)).replace(b"CS\x02\x00SS", b"CS\x02\x00SB"), "states 16 bits a sample"),
        (element(0x54000100, b"SQ", b"\x08\x00\x05\x00CS\x00\x00"), "where an item of a sequence is expected"),
        (b"\x08\x00\x16\x00\x01\x02\x03\x04" * 2, "DICOM without a waveform|bytes for the element"),
        (b"", "holds no data elements"),
    ],
)
def test_what_is_impossible_is_refused_with_what_was_found(data_set: bytes, words: str) -> None:
    with pytest.raises(EcgError, match=words):
        opened(file_of(data_set))


def test_fewer_samples_than_stated_are_shown_with_a_doubt() -> None:
    record = opened(file_of(waveform(2, 100, bytes(2 * 2 * 60))))
    assert record.n_samples == 60
    assert record.doubts[0] == "Waveform group 1 holds 60 samples; 100 are stated."


@pytest.mark.parametrize("content", [b"", b"DICM", bytes(200), b"\x08\x00\x05\x00" + bytes(10), b"<?xml" + bytes(200)])
def test_other_files_are_not_claimed(content: bytes) -> None:
    assert not dicom_reader.claims(RecordingFile.of(content))
