"""Mortara's and Schiller's XML: values, averages apart, scales that are stated and those that are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from mmae_core.errors import UnsupportedRecord
from mmae_core.readers import mortara_reader, schiller_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord
from tests.core.readers.xml_files import content, eli_channel, mortara, schiller, schiller_waveform

STEPS = [0, 20, -40, 100]


def read_mortara(data: bytes) -> EcgRecord:
    return mortara_reader.read(RecordingFile.of(data, "made.xml"))


def read_schiller(data: bytes) -> EcgRecord:
    return schiller_reader.read(RecordingFile.of(data, "made.xml"))


def test_mortara_values_are_those_of_the_file(require_expected: Callable[[EcgRecord, str], None]) -> None:
    record = read_mortara(content("syn_mortara_eli280.xml"))
    require_expected(record, "syn_mortara_eli280.xml")
    assert record.start_time == datetime(2024, 3, 9, 10, 30, 5)
    assert record.average_beats is not None
    assert record.average_beats.signal_mv.shape == (12, 1200)
    assert record.doubts == ()


def test_schiller_values_are_those_of_the_file(require_expected: Callable[[EcgRecord, str], None]) -> None:
    record = read_schiller(content("syn_schiller_at110.xml"))
    require_expected(record, "syn_schiller_at110.xml")
    assert record.start_time == datetime(2024, 3, 9, 10, 30, 5)
    assert record.average_beats is not None
    assert record.average_beats.signal_mv.shape == (12, 580)
    assert record.doubts == ()


def test_mortara_states_steps_per_millivolt() -> None:
    record = read_mortara(mortara(eli_channel("II", STEPS) + eli_channel("V1", STEPS, per_mv="400")))
    assert record.read().tolist() == [pytest.approx([0, 0.1, -0.2, 0.5]), pytest.approx([0, 0.05, -0.1, 0.25])]


def test_schiller_states_units_per_step() -> None:
    data = {"II": "0,20,-40,100,"}
    in_uv = read_schiller(schiller(schiller_waveform(data, per_bit="2.5"))).read()
    in_mv = read_schiller(schiller(schiller_waveform(data, unit="MV", per_bit="0.0025"))).read()
    assert in_uv[0].tolist() == pytest.approx([0, 0.05, -0.1, 0.25])
    assert np.allclose(in_uv, in_mv)


def test_the_typical_cycle_carries_the_measurements() -> None:
    cycle = ('<SUBJECT GENDER="Male" ID="7" DOB="19900515"/><SOURCE MANUFACTURER="Mortara Instrument, Inc." '
             'MODEL="ELI250c" LOW_PASS_FILTER="150"/><AUTOMATIC_INTERPRETATION>'
             '<STATEMENT TEXT="SINUS RHYTHM" REASON=""/>'
             '<STATEMENT TEXT="LEFT AXIS DEVIATION " REASON="QRS AXIS &lt; -30"/><STATEMENT TEXT="" REASON=""/>'
             '</AUTOMATIC_INTERPRETATION><TYPICAL_CYCLE QRS_DURATION="93" QT="456" QTC="--" BITS="16" FORMAT="SIGNED" '
             'UNITS_PER_MV="200" SAMPLE_FREQ="250" ENCODING="BASE64"><TYPICAL_CYCLE_CHANNEL NAME="II" DATA="FAAoAA=="/>'
             "</TYPICAL_CYCLE>")
    record = read_mortara(mortara(eli_channel("II", STEPS), before=cycle, attributes='VENT_RATE="75" COMMENT="Pain"'))
    assert record.device is not None
    assert [(one.name, one.value) for one in record.device.measurements] == [
        ("Ventricular rate", "75"), ("QRS duration", "93"), ("QT interval", "456"),
    ]
    assert record.device.statements == ("SINUS RHYTHM", "LEFT AXIS DEVIATION [QRS AXIS < -30]")
    assert record.average_beats is not None
    assert record.average_beats.rate_hz == 250.0
    assert record.average_beats.signal_mv.tolist() == [pytest.approx([0.1, 0.2])]
    assert record.sex == "male"
    assert record.age_years == pytest.approx(33.8, abs=0.1)
    assert record.comments == ("Pain",)


def test_a_duration_may_count_samples_or_milliseconds() -> None:
    for stated, doubted in ((500, False), (1000, False), (900, True)):
        channel = eli_channel("II", [1] * 500).replace('SAMPLE_FREQ="1000"', 'SAMPLE_FREQ="500"')
        record = read_mortara(mortara(channel.replace('DURATION="500"', f'DURATION="{stated}"')))
        assert bool(record.doubts) is doubted


def test_a_channel_of_another_rate_is_left_out_and_said() -> None:
    slow = eli_channel("V1", STEPS).replace('SAMPLE_FREQ="1000"', 'SAMPLE_FREQ="250"')
    record = read_mortara(mortara(eli_channel("II", STEPS) + slow))
    assert record.lead_names == ("II",)
    assert record.doubts == ("Channel V1 has another sampling rate and is left out.",)


def test_only_roots_of_mortara_are_claimed() -> None:
    assert mortara_reader.claims(RecordingFile.of(mortara(eli_channel("II", STEPS)), "a.xml"))
    assert not mortara_reader.claims(RecordingFile.of(b"<ECG><Wave/></ECG>", "a.xml"))


@pytest.mark.parametrize(("data", "why"), [
    (mortara(eli_channel("II", STEPS, per_mv="")), "UNITS_PER_MV"),
    (mortara(eli_channel("II", STEPS).replace('"SIGNED"', '"UNSIGNED"')), "stored as 'BASE64 UNSIGNED 16'"),
    (mortara(eli_channel("II", STEPS).replace('BITS="16"', 'BITS="12"')), "stored as 'BASE64 SIGNED 12'"),
    (mortara('<TYPICAL_CYCLE UNITS_PER_MV="200"/>'), "no rhythm"),
])
def test_mortara_without_a_scale_or_rhythm_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnsupportedRecord, match=why):
        read_mortara(data)


@pytest.mark.parametrize(("waveform", "why"), [
    (schiller_waveform({"II": "1,2"}, per_bit=""), "unitperbit"),
    (schiller_waveform({"II": "1,2"}, unit="STEPS"), "expected V, mV, µV or nV"),
    (schiller_waveform({"II": "1,2"}, exponent="3"), "exponent 3"),
    (schiller_waveform({"II": "1,2"}, kind="ECG_AVERAGES"), "no rhythm .found: ECG_AVERAGES."),
    (schiller_waveform({"II": "1,2"}).replace("COMMASEPARATE", "BINARY"), "stored as 'BINARY'"),
])
def test_schiller_without_a_scale_or_rhythm_is_refused(waveform: str, why: str) -> None:
    with pytest.raises(UnsupportedRecord, match=why):
        read_schiller(schiller(waveform))
