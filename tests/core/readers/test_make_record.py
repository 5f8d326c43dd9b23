"""What a reader finds becomes a recording: leads in order, the rest beside them, impossible numbers refused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.errors import Cancelled, UnreadableRecord, UnsupportedRecord
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import Channel, Device, DeviceMeasurement, EcgRecord, FloatArray


def made(channels: Sequence[ReadChannel], n_samples: int = 100, rate_hz: float = 100.0, **values: Any) -> EcgRecord:
    """Sample t of channel k is k + t / 1000."""

    def read(start: int, end: int) -> FloatArray:
        return (np.arange(len(channels))[:, None] + np.arange(start, end) / 1000).astype(np.float32)

    file = values.pop("file", RecordingFile.of(b"content", "rec.bin"))
    return make_record(file, format_name="test", rate_hz=rate_hz, n_samples=n_samples, channels=channels, read=read,
                       **values)


def leads(*names: str) -> list[ReadChannel]:
    return [ReadChannel(name, "mV") for name in names]


def test_leads_come_in_their_order_and_the_missing_limb_leads_are_computed() -> None:
    record = made(leads("V1", "lead II", "ECG I"))
    assert record.lead_names == ("I", "II", "III", "aVR", "aVL", "aVF", "V1")
    assert record.derived_leads == {"III", "aVR", "aVL", "aVF"}
    np.testing.assert_allclose(record.read(0, 1)[:, 0], [2, 1, -1, -1.5, 1.5, 0, 0])
    np.testing.assert_allclose(record.read(5, 7)[0], [2.005, 2.006], rtol=1e-6)


def test_an_inverted_lead_is_turned_and_that_is_said() -> None:
    record = made(leads("V1", "aVR-"))
    assert record.lead_names == ("aVR", "V1")
    np.testing.assert_allclose(record.read(0, 1)[:, 0], [-1, 0])
    assert record.doubts == ("Lead aVR is recorded upside down (“aVR-”); it is shown the usual way up.",)


def test_the_first_of_two_channels_of_a_lead_counts() -> None:
    record = made(leads("V2", "lead V2", "V1"))
    assert record.lead_names == ("V1", "V2")
    np.testing.assert_allclose(record.read(0, 1)[:, 0], [2, 0])
    assert record.extra_channels == (Channel("lead V2", "mV"),)
    assert record.doubts == ("Lead V2 is recorded 2 times: the first is shown, the others are further channels.",)


def test_other_channels_are_kept_and_those_in_volts_can_be_drawn() -> None:
    record = made([*leads("V3R", "I", "MCL1", "Frank X"), ReadChannel("Resp", "adu"), *leads("MCL1", "")])
    assert record.extra_channels == (
        Channel("V3R", "mV"), Channel("MCL1", "mV"), Channel("X", "mV"), Channel("Resp", "adu"),
        Channel("MCL1 (2)", "mV"), Channel("channel 7", "mV"),
    )  # fmt: skip
    assert record.trace_names == ("I", "V3R", "MCL1", "X", "MCL1 (2)", "channel 7")
    np.testing.assert_allclose(record.read_extra(0, 1)[:, 0], [0, 2, 3, 4, 5, 6])
    np.testing.assert_allclose(record.read_traces(0, 1)[:, 0], [1, 0, 2, 3, 5, 6])


def test_a_recording_without_any_of_the_twelve_leads_is_a_recording() -> None:
    record = made(leads("ECG1", "ECG2"))
    assert record.lead_names == ()
    assert record.read(0, 5).shape == (0, 5)
    assert record.trace_names == ("ECG1", "ECG2")
    assert record.read_traces(0, 5).shape == (2, 5)
    assert "names none of the twelve leads" in record.doubts[0]


def test_electrodes_of_an_eeg_are_no_chest_leads() -> None:
    assert made(leads("C3", "C4", "ECG")).lead_names == ()
    assert made(leads("I", "C3", "C4")).lead_names == ("I", "V3", "V4")


def test_units_are_not_guessed() -> None:
    with pytest.raises(UnsupportedRecord, match=r"Lead V1 of rec\.bin is in 'adu'; expected V, mV, µV or nV") as caught:
        made([ReadChannel("V1", "adu")])
    assert caught.value.code == "unit"
    with pytest.raises(UnsupportedRecord, match=r"none of its channels is in volts\. Found: Resp, SpO2") as caught:
        made([ReadChannel("Resp", "adu"), ReadChannel("SpO2", "%")])
    assert caught.value.code == "leads"
    assert made([*leads("V1"), ReadChannel("v1", "adu")]).lead_names == ("V1",)


@pytest.mark.parametrize("rate_hz", [0.0, -1.0, 1e-300, 0.1, 9.9, 100_001.0, float("nan"), float("inf")])
def test_an_impossible_rate_is_refused(rate_hz: float) -> None:
    with pytest.raises(UnsupportedRecord, match="samples a second; 10 to 100,000 can be read"):
        made(leads("I"), rate_hz=rate_hz)


def test_no_samples_a_year_of_them_and_too_many_channels_are_refused() -> None:
    with pytest.raises(UnreadableRecord, match="without samples"):
        made(leads("I"), n_samples=0)
    with pytest.raises(UnreadableRecord, match="more than a year"):
        made(leads("I"), n_samples=10**12)
    with pytest.raises(UnsupportedRecord, match="60,000 channels"):
        made(leads("I") * 60_000)


def test_identity_is_kept_out_of_what_a_log_would_show() -> None:
    record = made(leads("I"), identity=[("Name", "Doe^Jane")], comments=("Jane Doe",))
    assert record.identity == (("Name", "Doe^Jane"),)
    assert "Doe" not in repr(record)


def test_what_the_device_says_and_the_time_of_day_are_kept() -> None:
    device = Device("ACME", "E1", ("Sinus rhythm",), (DeviceMeasurement("QT", "380", "ms"),), ("mains 50 Hz",))
    record = made(leads("I"), device=device, start_time=time(9, 30), age_years=56.0, sex="female")
    assert (record.device, record.start_time, record.age_years, record.sex) == (device, time(9, 30), 56.0, "female")


def test_the_checksum_is_of_the_files_of_the_bytes_or_of_one_recording_among_several(tmp_path: Path) -> None:
    path = tmp_path / "rec.bin"
    path.write_bytes(b"content")
    known = hashlib.sha256(b"content").hexdigest()
    assert made(leads("I")).source.sha256 == known
    assert made(leads("I"), file=RecordingFile.of(path)).source.sha256 == known
    first, second = (made(leads(name), file=RecordingFile.of(path), part=name) for name in ("I", "II"))
    assert len({first.source.sha256, second.source.sha256, known}) == 3
    assert (first.name, first.source.paths) == ("rec I", (path,))
    with pytest.raises(Cancelled):
        made(leads("I"), part="x").source.read_sha256(lambda: True)


def test_a_file_changed_since_it_was_opened_has_no_checksum(tmp_path: Path) -> None:
    path = tmp_path / "rec.bin"
    path.write_bytes(b"content")
    record = made(leads("I"), file=RecordingFile.of(path))
    path.write_bytes(b"another content")
    with pytest.raises(UnreadableRecord, match="changed while open"):
        assert record.source.sha256
