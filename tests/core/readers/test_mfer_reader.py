"""MFER: values, and files that are cut off or hostile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import EcgError, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import mfer_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
RequireExpected = Callable[[EcgRecord, str], None]
WHOLE = (FORMATS / "syn_mfer_12lead.mwf").read_bytes()


def read(data: bytes) -> EcgRecord:
    return mfer_reader.read(RecordingFile.of(data, "made.mwf"))


def test_values_are_those_written(require_expected: RequireExpected) -> None:
    record = read(WHOLE)
    require_expected(record, "syn_mfer_12lead.mwf")
    assert record.start_time == datetime(2024, 3, 9, 10, 30, 5)
    assert record.device is not None
    assert (record.device.manufacturer, record.device.model) == ("SYNTHETIC", "MODEL")


def test_a_rate_may_be_given_in_hertz() -> None:
    assert read(WHOLE.replace(b"\x0b\x04\x01\xfd\x02\x00", b"\x0b\x04\x00\x00\xf4\x01")).sampling_rate_hz == 500


def test_a_resolution_that_is_no_voltage_gives_no_millivolts() -> None:
    with pytest.raises(UnsupportedRecord, match="Lead I "):
        read(WHOLE.replace(b"\x0c\x04\x00\xf7", b"\x0c\x04\x04\xf7"))


def test_a_compressed_waveform_is_refused() -> None:
    with pytest.raises(UnsupportedRecord, match="compressed"):
        read(WHOLE.replace(b"\x06\x02\x01\x00", b"\x0e\x02\x01\x00"))


@pytest.mark.parametrize("size", [100, 200, 5000, 119_000])
def test_a_file_that_is_cut_off_is_refused(size: int) -> None:
    with pytest.raises(UnreadableRecord):
        read(WHOLE[:size])


def test_damaged_files_give_only_our_errors() -> None:
    rng = np.random.default_rng(7)
    for _ in range(400):
        data = bytearray(WHOLE)
        for place in rng.integers(0, 210, 3):
            data[place] = rng.integers(0, 256)
        try:
            record = read(bytes(data))
            record.read(0, min(record.n_samples, 1000))
        except EcgError:
            pass


@pytest.mark.parametrize(("stated", "age"), [(b"\x37" + bytes(6), 55.0), (b"\0\xc8\0" + bytes(4), 200 / 365.25),
                                             (bytes(7), None), (b"\0", None)])
def test_an_infant_has_an_age_in_days_and_nobody_one_of_zero(stated: bytes, age: float | None) -> None:
    found = mfer_reader._Found("made.mwf", is_little=True)
    found.take(bytes([0x83, len(stated)]) + stated, 0)
    assert found.age_years == age
