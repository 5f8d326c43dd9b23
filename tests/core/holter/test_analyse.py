"""A long recording from its samples: beats, trends, shapes and what they do not depend on."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import Cancelled, UnsupportedRecord
from mmae_core.evaluation.holter_validation import reference_beats
from mmae_core.holter.analyse import Analysis, analyse_record, with_limits
from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import Holter
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, Device, EcgRecord, FloatArray, Source

DATA = Path(__file__).resolve().parents[2] / "data" / "holter"
RATE_HZ = 250.0


def record_of(signal_mv: FloatArray, rate_hz: float = RATE_HZ, leads: tuple[str, ...] = STANDARD_LEADS) -> EcgRecord:
    """A recording held in memory."""
    return EcgRecord("made", rate_hz, signal_mv.shape[1], leads, Source((Path("made"),), "WFDB"),
                     lambda start, end: signal_mv[:, start:end])


def steady(duration_s: float, ectopic: tuple[int, ...] = ()) -> tuple[FloatArray, np.ndarray]:
    """Beats 0.8 s apart with a little noise, of each forty those `ectopic`, and when their QRS begin."""
    pattern_s = 32.0
    pattern, onsets = make_ecg(Rhythm(), RATE_HZ, pattern_s, noise_mv=0.01, ectopic=ectopic)
    times = -(-int(duration_s) // int(pattern_s))
    all_onsets = np.concatenate([onsets + pattern_s * number for number in range(times)])
    return np.tile(pattern, times)[:, : round(duration_s * RATE_HZ)], all_onsets[all_onsets < duration_s]


@pytest.fixture(scope="module")
def excerpt() -> tuple[EcgRecord, Holter]:
    """Two minutes with 59 ventricular beats of 145, and their analysis."""
    record = read_record(DATA / "mitdb106_2min.hea")
    return record, analyse_record(record)


@pytest.fixture(scope="module")
def eleven_minutes() -> tuple[FloatArray, np.ndarray, Holter]:
    """Beats across the edges of two chunks, every fortieth of them wide and early."""
    signal, onsets = steady(660.0, (20,))
    return signal, onsets, analyse_record(record_of(signal))


def test_every_reference_beat_is_found_and_no_other(excerpt: tuple[EcgRecord, Holter]) -> None:
    record, found = excerpt
    reference = reference_beats(record)
    apart = np.abs(found.beats.r_s[:, None] - reference.r_s[None])
    assert len(reference) == 145
    assert (apart.min(axis=0) < 0.15).sum() >= 144
    assert (apart.min(axis=1) < 0.15).sum() >= len(found.beats) - 1


def test_normal_beats_are_of_shape_a_and_ventricular_ones_are_not(excerpt: tuple[EcgRecord, Holter]) -> None:
    record, found = excerpt
    reference = reference_beats(record)
    nearest = np.abs(found.beats.r_s[:, None] - reference.r_s[None]).argmin(axis=1)
    is_normal = reference.is_usual[nearest]
    shape = found.beats.shape
    assert found.shapes[0].name == "A"
    assert not found.shapes[0].is_wide
    assert (shape[is_normal & (shape >= 0)] == 0).mean() > 0.97
    assert (shape[~is_normal & (shape >= 0)] != 0).mean() > 0.97
    assert found.shapes[1].is_wide


def test_shapes_count_their_beats_and_begin_with_their_first(excerpt: tuple[EcgRecord, Holter]) -> None:
    found = excerpt[1]
    for place, shape in enumerate(found.shapes):
        members = found.beats.r_s[found.beats.shape == place]
        assert (len(members), members[0]) == (shape.n_beats, shape.first_s)
    assert sum(shape.share for shape in found.shapes) == pytest.approx(1)


def test_two_minutes_with_few_normal_beats_have_no_variability(excerpt: tuple[EcgRecord, Holter]) -> None:
    assert excerpt[1].variability.sdnn_ms is None
    assert "intervals between normal beats; 240 are needed" in str(excerpt[1].variability.refusal)


def test_no_beat_is_lost_or_doubled_at_the_edges_of_chunks(
    eleven_minutes: tuple[FloatArray, np.ndarray, Holter]
) -> None:
    _, onsets, found = eleven_minutes
    r_s = found.beats.r_s
    assert abs(len(r_s) - len(onsets)) <= 1
    for edge in (300.0, 600.0):
        near = r_s[(r_s > edge - 3) & (r_s < edge + 3)]
        expected = onsets[(onsets > edge - 3) & (onsets < edge + 3)]
        assert len(near) == pytest.approx(len(expected), abs=1)
        assert np.diff(near).min() > 0.4


def test_shapes_of_different_chunks_are_one_shape(eleven_minutes: tuple[FloatArray, np.ndarray, Holter]) -> None:
    found = eleven_minutes[2]
    assert [shape.name for shape in found.shapes] == ["A", "B"]
    assert found.shapes[1].n_beats == 21
    assert found.counts["other_shape"] == 21


def test_trends_give_the_rate_qt_and_st_that_were_made(
    eleven_minutes: tuple[FloatArray, np.ndarray, Holter]
) -> None:
    trends = eleven_minutes[2].trends
    assert trends.rate_bpm == pytest.approx(np.full(11, 75.0), abs=0.6)
    assert trends.qt_ms == pytest.approx(np.full(11, 380.0), abs=20)
    assert np.nanmax(np.abs(trends.st_mv)) < 0.06
    assert trends.st_mv.shape == (12, 33)
    assert not trends.is_poor.any()


def test_a_raised_st_is_measured_in_its_lead_and_time(eleven_minutes: tuple[FloatArray, np.ndarray, Holter]) -> None:
    signal, onsets, _ = eleven_minutes
    raised = signal.copy()
    times = np.arange(signal.shape[1]) / RATE_HZ
    lead = STANDARD_LEADS.index("V3")
    for onset in onsets[(onsets > 240) & (onsets < 360)]:
        raised[lead] += 0.3 * ((times > onset + 0.09) & (times < onset + 0.25))
    found = analyse_record(record_of(raised))
    shift, = (item for item in found.episodes if item.kind == "st")
    assert shift.lead == "V3"
    assert shift.value == pytest.approx(0.3, abs=0.05)
    assert (shift.start_s, shift.end_s) == (pytest.approx(240, abs=20), pytest.approx(360, abs=20))


def test_noise_is_called_poor_and_nothing_is_said_of_it(eleven_minutes: tuple[FloatArray, np.ndarray, Holter]) -> None:
    signal = eleven_minutes[0].copy()
    rng = np.random.default_rng(0)
    signal[:, round(120 * RATE_HZ) : round(180 * RATE_HZ)] += 2.0 * rng.standard_normal((12, round(60 * RATE_HZ)))
    found = analyse_record(record_of(signal))
    assert found.trends.is_poor[12:18].all()
    assert not found.trends.is_poor[:11].any()
    assert np.isnan(found.trends.rate_bpm[2])
    assert np.isnan(found.trends.st_mv[:, 6:9]).all()
    assert [item.kind for item in found.episodes] == ["poor"]
    inside = (found.beats.r_s >= 120) & (found.beats.r_s < 180)
    assert found.beats.is_poor[inside].all()
    assert not found.beats.is_nn[inside].any()


def test_a_gap_is_no_pause_and_leaves_a_gap_in_the_trends(
    eleven_minutes: tuple[FloatArray, np.ndarray, Holter]
) -> None:
    signal = eleven_minutes[0].copy()
    signal[:, round(120 * RATE_HZ) : round(240 * RATE_HZ)] = np.nan
    found = analyse_record(record_of(signal))
    assert [item.kind for item in found.episodes] == ["poor"]
    assert np.isnan(found.trends.rate_bpm[2:4]).all()
    assert np.isfinite(found.trends.rate_bpm[[0, 1, 5]]).all()


def test_a_recording_with_one_lead_is_analysed_and_its_qt_named_as_of_that_lead() -> None:
    signal, _ = steady(70.0)
    found = analyse_record(record_of(signal[1:2], leads=("II",)))
    assert found.leads == ("II",)
    assert found.trends.rate_bpm[0] == pytest.approx(75, abs=0.6)
    assert str(found.limitations[0]) == "QT is that of II: with fewer leads than twelve it may be shorter"


def test_a_short_or_slowly_sampled_recording_is_refused_with_the_reason() -> None:
    signal, _ = steady(70.0)
    with pytest.raises(UnsupportedRecord, match="lasts 59 s; trends and episodes are made from 60 s on"):
        analyse_record(record_of(signal[:, : round(59 * RATE_HZ)]))
    with pytest.raises(UnsupportedRecord, match="sampled at 25 Hz; beats can be found from 40 Hz on"):
        analyse_record(record_of(signal[:, ::10], 25.0))


def test_what_is_known_halfway_is_what_stands_at_the_end(
    eleven_minutes: tuple[FloatArray, np.ndarray, Holter]
) -> None:
    signal, _, found = eleven_minutes
    analysis = Analysis(record_of(signal), HolterLimits())
    steps = analysis.steps()
    assert next(steps) == 300.0
    part = analysis.result()
    assert (part.analysed_s, part.is_complete, found.is_complete) == (300.0, False, True)
    early = found.beats.r_s < 300
    assert part.beats.r_s == pytest.approx(found.beats.r_s[early])
    assert part.trends.qt_ms == pytest.approx(found.trends.qt_ms[:5])


def test_it_stops_when_asked_to(eleven_minutes: tuple[FloatArray, np.ndarray, Holter]) -> None:
    done: list[float] = []
    with pytest.raises(Cancelled):
        analyse_record(record_of(eleven_minutes[0]), progress=lambda at, _: done.append(at),
                       should_stop=lambda: len(done) == 1)
    assert done == [300.0]


def test_other_limits_list_other_episodes_without_reading_again(
    eleven_minutes: tuple[FloatArray, np.ndarray, Holter]
) -> None:
    found = eleven_minutes[2]
    assert found.episodes == ()
    fast = with_limits(found, dataclasses.replace(HolterLimits(), fast_bpm=70.0))
    assert [item.kind for item in fast.episodes] == ["fast"]
    assert fast.beats is found.beats


@pytest.mark.parametrize(("start_s", "end_s"), [(100, 400), (270, 330), (120, 290)])
def test_a_long_gap_is_no_pause_and_costs_no_beat_outside_of_it(start_s: int, end_s: int) -> None:
    signal, onsets = steady(660.0)
    signal[:, round(start_s * RATE_HZ) : round(end_s * RATE_HZ)] = np.nan
    found = analyse_record(record_of(signal))
    here = onsets[(onsets < start_s - 1) | (onsets > end_s + 1)]
    apart = np.abs(found.beats.r_s[:, None] - here[None])
    assert (apart.min(axis=0) < 0.15).all()
    assert found.trends.rate_bpm[0] == pytest.approx(75, abs=1)
    assert [(episode.kind, episode.start_s, episode.end_s) for episode in found.episodes] == [("poor", start_s, end_s)]
    assert np.nanmax(found.beats.rr_s) < 1


def test_st_is_not_told_where_the_device_states_a_filter_that_moves_it() -> None:
    record = record_of(steady(120.0)[0])
    filtered = analyse_record(dataclasses.replace(record, device=Device(filters=("high-pass 0.67 Hz",))))
    assert np.isfinite(analyse_record(record).trends.st_mv).any()
    assert not np.isfinite(filtered.trends.st_mv).any()
    assert any("the device states a high-pass of 0.67 Hz" in limitation for limitation in filtered.limitations)
    assert np.isfinite(filtered.trends.qt_ms).any()
