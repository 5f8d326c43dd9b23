"""ISHNE Holter recordings: values, missing contact, headers that promise too much."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import EcgError, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import ishne_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
RequireExpected = Callable[[EcgRecord, str], None]
WHOLE = (FORMATS / "syn_ishne_12lead.ecg").read_bytes()


def read(data: bytes) -> EcgRecord:
    return ishne_reader.read(RecordingFile.of(data, "made.ecg"))


def changed(place: int, form: str, *values: int) -> bytes:
    """The file with other values in its header and no checksum."""
    data = bytearray(WHOLE)
    struct.pack_into("<H", data, 8, 0)
    struct.pack_into(form, data, place, *values)
    return bytes(data)


def test_values_are_those_written(require_expected: RequireExpected) -> None:
    record = ishne_reader.read(RecordingFile.of(FORMATS / "syn_ishne_12lead.ecg"))
    require_expected(record, "syn_ishne_12lead.ecg")
    assert record.start_time == datetime(2024, 3, 9, 23, 59, 30)
    assert record.doubts == ()
    assert record.device is not None
    assert record.device.model == "digital"
    assert np.array_equal(record.read(777, 1003), record.read()[:, 777:1003])


def test_an_electrode_without_contact_has_no_values() -> None:
    record = ishne_reader.read(RecordingFile.of(FORMATS / "syn_ishne_3lead_dropout.ecg"))
    assert [channel.name for channel in record.extra_channels] == ["X", "Y", "Z"]
    absent = np.isnan(record.read_extra())
    assert absent.sum(axis=1).tolist() == [0, 600, 0]
    assert np.flatnonzero(absent[1])[0] == 2000


def test_a_header_that_promises_more_than_there_is_says_so() -> None:
    record = read(changed(14, "<i", 20_000))
    assert record.n_samples == 10_000
    assert "cut off" in record.doubts[0]


def test_a_header_that_counts_all_leads_together_is_understood() -> None:
    record = read(changed(14, "<i", 120_000))
    assert (record.n_samples, record.doubts) == (10_000, ())


def test_a_changed_header_is_doubted() -> None:
    data = bytearray(WHOLE)
    data[272:274] = struct.pack("<h", 250)
    assert "checksum" in read(bytes(data)).doubts[0]


def test_a_lead_without_resolution_is_not_shown_in_millivolts() -> None:
    with pytest.raises(UnsupportedRecord, match="Lead I "):
        read(changed(206, "<h", 0))


@pytest.mark.parametrize(("place", "form", "value"), [
    (156, "<h", 0), (156, "<h", 13), (272, "<h", 0), (22, "<i", 10_000_000), (22, "<i", -1),
])
def test_headers_that_make_no_sense_are_refused(place: int, form: str, value: int) -> None:
    with pytest.raises(UnreadableRecord):
        read(changed(place, form, value))


def test_damaged_files_give_only_our_errors() -> None:
    rng = np.random.default_rng(5)
    for _ in range(400):
        data = bytearray(WHOLE[:rng.integers(522, 3000)])
        for place in rng.integers(0, len(data), 6):
            data[place] = rng.integers(0, 256)
        try:
            record = read(bytes(data))
            record.read(0, min(record.n_samples, 1000))
        except EcgError:
            pass
