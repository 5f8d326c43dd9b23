"""HL7 aECG: values of every kind of list, units and times, several series, what the device states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers import aecg_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import Annotation, Channel, EcgRecord
from tests.core.readers.xml_files import aecg, content, sequence, series, times

RAMP = list(range(40))


def read(data: bytes, part: str = "") -> EcgRecord:
    return aecg_reader.read(RecordingFile.of(data, "made.xml"), part)


@pytest.mark.parametrize("name", ["example_aecg.xml", "syn_aecg_relative_ms_mixed_units.xml"])
def test_values_are_those_of_the_file(name: str, require_expected: Callable[[EcgRecord, str], None]) -> None:
    require_expected(read(content(name)), name)


def test_a_real_file_states_person_device_and_start() -> None:
    record = read(content("example_aecg.xml"))
    assert record.start_time == datetime(2002, 11, 22, 9, 10)
    assert (record.age_years, record.sex) == (46.0, "male")
    assert record.device is not None
    assert (record.device.manufacturer, record.device.model) == ("Mortara Instrument, Inc.", "ELI250")
    assert record.device.filters == ("low-pass 150 Hz", "high-pass (FIR)", "notch 60 Hz (Adaptive)")
    assert record.device.statements == ("Sinus rhythm",)
    measured = {one.name: (one.value, one.unit) for one in record.device.measurements}
    assert measured["QT interval"] == ("420", "ms")
    assert measured["QRS axis"] == ("-61", "°")
    assert ("Subject ID", "SBJ-123") in record.identity
    assert record.comments == ("Subject felt dizzy 2 minutes prior to ECG collection",)
    assert record.doubts == ()


def test_the_representative_beat_is_kept_apart() -> None:
    beats = read(content("example_aecg.xml")).average_beats
    assert beats is not None
    assert beats.signal_mv.shape == (12, 599)
    assert beats.rate_hz == 500.0
    assert beats.signal_mv[beats.lead_names.index("I"), 0] == pytest.approx(0.01), "4 steps of 2.5 µV"


def test_marks_of_a_real_file_are_in_seconds_and_tell_the_device_from_a_reader() -> None:
    marks = list(read(content("example_aecg.xml")).annotations)
    assert Annotation(0.27, 0.39, "QRS complex", None, "device") in marks
    assert Annotation(0.69, None, "T wave end", None, "device") in marks, "its start is not stated"
    assert Annotation(0.332, None, "R wave peak", "I", "reader") in marks
    assert Annotation(1.068, 1.482, "QRST complex", "II", "reader") in marks


@pytest.mark.parametrize(("increment", "unit", "rate_hz"), [
    ("0.002", "s", 500.0), ("2", "ms", 500.0), ("2000", "us", 500.0), ("4000", "µs", 250.0),
    ("0.0027777777777777778", "s", 360.0), ("3", "ms", 1000 / 3),
])
def test_rate_follows_from_the_increment_in_any_unit(increment: str, unit: str, rate_hz: float) -> None:
    record = read(aecg(series(times("0", increment, unit) + sequence("MDC_ECG_LEAD_I", RAMP))))
    assert record.sampling_rate_hz == rate_hz


@pytest.mark.parametrize(("scale", "unit"), [("2.5", "uV"), ("0.0025", "mV"), ("0.0000025", "V"), ("2500", "nV"),
                                             ("2.5", "µV")])
def test_each_sequence_has_a_unit_of_its_own(scale: str, unit: str) -> None:
    record = read(aecg(series(
        times() + sequence("MDC_ECG_LEAD_I", RAMP) + sequence("MDC_ECG_LEAD_V1", RAMP, scale=scale, unit=unit)
    )))
    lead_1, v1 = record.read()[[record.lead_names.index("I"), record.lead_names.index("V1")]]
    assert np.allclose(v1, lead_1, atol=1e-7)
    assert lead_1[4] == pytest.approx(0.01)


def test_origin_and_scale_may_differ_in_unit() -> None:
    record = read(aecg(series(
        times() + sequence("MDC_ECG_LEAD_I", RAMP, scale="5", unit="uV", origin="0.1", origin_unit="mV")
    )))
    assert record.read()[0, :2].tolist() == pytest.approx([0.1, 0.105])


def test_a_generated_sequence_fills_its_set() -> None:
    ramp = ('<component><sequence><code code="MDC_ECG_LEAD_II"/><value xsi:type="GLIST_PQ" period="4" denominator="2">'
            '<head value="0.5" unit="mV"/><increment value="100" unit="uV"/></value></sequence></component>')
    record = read(aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP) + ramp)))
    assert record.n_samples == 40
    assert record.read()[1, :10].tolist() == pytest.approx([0.5, 0.5, 0.6, 0.6, 0.7, 0.7, 0.8, 0.8, 0.5, 0.5])


def test_listed_times_that_are_even_give_the_rate() -> None:
    listed = ('<component><sequence><code code="TIME_RELATIVE"/><value xsi:type="SLIST_PQ">'
              '<origin value="0" unit="ms"/><scale value="1" unit="ms"/><digits>{}</digits></value></sequence>'
              "</component>")
    even = " ".join(str(4 * index) for index in range(40))
    assert read(aecg(series(listed.format(even) + sequence("MDC_ECG_LEAD_I", RAMP)))).sampling_rate_hz == 250.0
    uneven = even.replace("80", "90")
    with pytest.raises(UnsupportedRecord, match="not evenly spaced"):
        read(aecg(series(listed.format(uneven) + sequence("MDC_ECG_LEAD_I", RAMP))))


def test_sets_that_follow_one_another_are_one_recording_with_gaps() -> None:
    first = times("103005.000", "2", "ms", is_absolute=True) + sequence("MDC_ECG_LEAD_I", RAMP)
    second = times("103005.100", "2", "ms", is_absolute=True) + sequence("MDC_ECG_LEAD_I", RAMP) \
        + sequence("MDC_ECG_LEAD_V1", RAMP)
    record = read(aecg(series(first, second)))
    lead_1, v1 = record.read()
    assert record.lead_names == ("I", "V1")
    assert record.n_samples == 90
    assert np.isnan(lead_1[40:50]).all()
    assert lead_1[50:].tolist() == lead_1[:40].tolist()
    assert np.isnan(v1[:50]).all()
    assert record.doubts == ()


def test_stretches_that_overlap_are_doubted() -> None:
    both = [times(head) + sequence("MDC_ECG_LEAD_I", RAMP, scale=scale) for head, scale in (("0", "2.5"), ("40", "5"))]
    record = read(aecg(series(*both)))
    assert [str(doubt) for doubt in record.doubts] == [
        "Stretches of lead MDC_ECG_LEAD_I overlap in time: the first of them is shown."
    ]
    assert record.read()[0, 39] == pytest.approx(39 * 0.0025)


def test_relative_annotations_count_from_the_relative_zero() -> None:
    mark = ('<subjectOf><annotationSet><component><annotation><code code="MDC_ECG_WAVC"/><value xsi:type="CE" '
            'code="MDC_ECG_WAVC_PWAVE"/><support><supportingROI><component><boundary><code code="TIME_RELATIVE"/>'
            '<value xsi:type="IVL_PQ"><low value="520" unit="ms"/><high value="530" unit="ms"/></value></boundary>'
            "</component></supportingROI></support></annotation></component></annotationSet></subjectOf>")
    record = read(aecg(series(times("500") + sequence("MDC_ECG_LEAD_I", RAMP), after=mark)))
    assert [(round(mark.start_s, 6), round(mark.end_s or 0, 6)) for mark in record.annotations] == [(0.02, 0.03)]
    assert record.start_time == datetime(2024, 3, 9, 10, 30, 5, 500_000)


def test_a_value_of_each_beat_counts_only_if_all_beats_agree() -> None:
    beat = ('<component><annotation><code code="MDC_ECG_BEAT"/><component><annotation><code code="MDC_ECG_TIME_PD_QT"/>'
            '<value xsi:type="PQ" value="{qt}" unit="ms"/></annotation></component><component><annotation>'
            '<code code="MDC_ECG_TIME_PD_PR"/><value xsi:type="PQ" value="160" unit="ms"/></annotation></component>'
            "</annotation></component>")
    notes = "".join(beat.format(qt=qt) for qt in (400, 404))
    after = f"<subjectOf><annotationSet>{notes}</annotationSet></subjectOf>"
    device = read(aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP), after=after))).device
    assert device is not None
    assert [(one.name, one.value) for one in device.measurements] == [("PR interval", "160")]


def test_what_a_person_stated_is_no_statement_of_the_device() -> None:
    statement = ("<subjectOf><annotationSet>{author}<component><annotation><code code="
                 '"MDC_ECG_INTERPRETATION_STATEMENT"/><value xsi:type="ST">{text}</value></annotation></component>'
                 "</annotationSet></subjectOf>")
    person = ("<author><assignedEntity><assignedAuthorType><assignedPerson/></assignedAuthorType></assignedEntity>"
              "</author>")
    after = statement.format(author=person, text="Reader's words") + statement.format(author="", text="Device's words")
    device = read(aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP), after=after))).device
    assert device is not None
    assert device.statements == ("Device's words",)


def test_several_rhythm_series_are_several_recordings() -> None:
    one, two, beat = (series(times() + sequence("MDC_ECG_LEAD_I", [number] * 40), code=code)
                      for number, code in ((1, "RHYTHM"), (2, "RHYTHM"), (9, "REPRESENTATIVE_BEAT")))
    data = aecg(one, beat, two)
    assert aecg_reader.recordings(RecordingFile.of(data, "made.xml")) == ("series 1", "series 2")
    assert read(data, "series 2").read()[0, 0] == pytest.approx(0.005)
    with pytest.raises(UnreadableRecord, match="series 3"):
        read(data, "series 3")
    beats = read(data, "series 1").average_beats
    assert beats is not None
    assert beats.signal_mv[0, 0] == pytest.approx(0.0225)


def test_a_file_with_one_rhythm_is_one_recording() -> None:
    assert aecg_reader.recordings(RecordingFile.of(content("example_aecg.xml"), "a.xml")) == ()


def test_channels_that_are_no_voltage_stay_in_their_unit() -> None:
    record = read(aecg(series(
        times() + sequence("MDC_ECG_LEAD_I", RAMP) + sequence("MDC_PRESS_BLD_ART", RAMP, scale="1", unit="mm[Hg]")
    )))
    assert record.extra_channels == (Channel("MDC_PRESS_BLD_ART", "mm[Hg]"),)
    assert record.read_extra()[0, 39] == 39.0


@pytest.mark.parametrize("unit", ["", "mA", "arbitrary"])
def test_a_lead_without_a_voltage_is_refused(unit: str) -> None:
    with pytest.raises(UnsupportedRecord, match="expected V, mV, µV or nV") as refusal:
        read(aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP, unit=unit))))
    assert refusal.value.code == "unit"


def test_a_lead_that_ends_early_is_doubted_and_empty_at_its_end() -> None:
    record = read(aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP) + sequence("MDC_ECG_LEAD_V1", RAMP[:30]))))
    assert "MDC_ECG_LEAD_V1 has 30 samples where others have 40" in record.doubts[0]
    assert np.isnan(record.read()[1, 30:]).all()


def test_the_offset_to_utc_is_noted_beside_local_time() -> None:
    record = read(aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP), low="20240309103005.000+0100")))
    assert record.start_time == datetime(2024, 3, 9, 10, 30, 5)
    assert record.start_time_note == "Local time, UTC+01:00."


def test_a_namespace_prefix_changes_nothing() -> None:
    plain = aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP)))
    prefixed = plain.replace(b'xmlns="', b'xmlns:h="').replace(b"</", b"</h:").replace(b"<", b"<h:")
    prefixed = prefixed.replace(b"<h:/h:", b"</h:").replace(b"<h:?", b"<?")
    file = RecordingFile.of(prefixed, "made.xml")
    assert aecg_reader.claims(file)
    assert aecg_reader.read(file).read().tolist() == read(plain).read().tolist()


def test_an_origin_that_is_no_number_is_not_taken_for_zero() -> None:
    with pytest.raises(UnsupportedRecord, match="count from '1,5', which is no number"):
        read(aecg(series(times() + sequence("MDC_ECG_LEAD_I", RAMP, origin="1,5", origin_unit="mV"))))
