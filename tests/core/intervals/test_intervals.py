"""Intervals against signals whose boundaries are known, and refusals where nothing can be measured."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import Cancelled, UnsupportedRecord
from mmae_core.intervals import measure
from mmae_core.intervals.average import average_beat
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.measure import examine_signal, measure_record, measure_signal
from mmae_core.intervals.results import FORMULAS, Measurements, Reason, Value
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS

PTBXL = Path(__file__).parents[2] / "data" / "ptbxl-mini"


def measured(rhythm: Rhythm, rate_hz: float = 500.0, **options: float) -> Measurements:
    signal, _ = make_ecg(rhythm, rate_hz, 9.8, noise_mv=options.get("noise_mv", 0.02), wander_mv=0.1)
    return measure_signal(signal, rate_hz, STANDARD_LEADS)


@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm(),
        Rhythm(rr_s=0.6, pr_s=0.13, qt_s=0.32),
        Rhythm(rr_s=1.2, pr_s=0.26, qrs_s=0.14, qt_s=0.46, axis_deg=-40),
    ],
)
def test_known_boundaries_are_found_within_a_few_milliseconds(rhythm: Rhythm) -> None:
    found = measured(rhythm)
    assert found.rate_bpm.value == pytest.approx(60 / rhythm.rr_s, abs=0.3)
    assert found.pr_ms.value == pytest.approx(1000 * rhythm.pr_s, abs=12)
    assert found.qrs_ms.value == pytest.approx(1000 * rhythm.qrs_s, abs=14)
    assert found.qt_ms.value == pytest.approx(1000 * rhythm.qt_s, abs=30)
    assert found.axis_deg.value == pytest.approx(rhythm.axis_deg, abs=12)
    assert found.n_typical == found.n_beats
    assert found.axis_leads == ("I", "aVF")


@pytest.mark.parametrize("rate_hz", [100.0, 257.0, 1000.0])
def test_the_sampling_rate_changes_little(rate_hz: float) -> None:
    found, reference = measured(Rhythm(), rate_hz), measured(Rhythm())
    for name in ("pr_ms", "qrs_ms", "qt_ms"):
        assert getattr(found, name).value == pytest.approx(getattr(reference, name).value, abs=12), name
    assert found.rate_bpm.value == pytest.approx(reference.rate_bpm.value, abs=0.3)


def test_fiducials_stand_where_the_beats_are() -> None:
    rhythm = Rhythm()
    signal, onsets = make_ecg(rhythm, noise_mv=0.01)
    found = measure_signal(signal, 500.0, STANDARD_LEADS, start_s=30.0)
    assert len(found.beats) == len(onsets)
    for beat, onset in zip(found.beats[1:-1], onsets[1:-1], strict=True):
        assert beat.qrs_on_s == pytest.approx(30 + onset, abs=0.008)
        assert beat.p_on_s == pytest.approx(30 + onset - rhythm.pr_s, abs=0.02)
        assert beat.t_end_s == pytest.approx(30 + onset + rhythm.qt_s, abs=0.03)
        instants = (beat.p_on_s, beat.p_peak_s, beat.p_end_s, beat.qrs_on_s, beat.r_s, beat.qrs_end_s, beat.t_peak_s,
                    beat.t_end_s)
        assert list(instants) == sorted(instants, key=lambda at: at or math.nan)


@pytest.mark.parametrize("axis_deg", [-150.0, -90.0, -30.0, 0.0, 60.0, 90.0, 120.0, 179.0])
def test_the_axis_points_where_the_signal_points(axis_deg: float) -> None:
    found = measured(Rhythm(axis_deg=axis_deg)).axis_deg.value
    assert found is not None
    assert -180 < found <= 180
    assert abs((found - axis_deg + 180) % 360 - 180) < 12


def test_ectopic_beats_are_left_out_of_the_average_and_counted() -> None:
    signal, onsets = make_ecg(Rhythm(), duration_s=9.8, noise_mv=0.02, ectopic=(4, 8))
    examined = examine_signal(signal, 500.0, STANDARD_LEADS)
    average, found = examined.average, examined.measurements
    assert average is not None
    assert found.n_beats == len(onsets)
    assert found.n_typical == len(onsets) - 2
    assert [beat.is_typical for beat in found.beats].count(False) == 2
    assert not found.beats[4].is_typical
    assert found.beats[4].qrs_on_s is None
    assert dict(average.left_out)["other shape"] == 2
    assert average.n_used + sum(count for _, count in average.left_out) == average.n_beats
    regular, _ = make_ecg(Rhythm(), duration_s=9.8, noise_mv=0.02)
    clean = examine_signal(regular, 500.0, STANDARD_LEADS).average
    assert clean is not None
    length = min(average.mv.shape[1], clean.mv.shape[1])
    offset = average.r_index - clean.r_index
    assert abs(offset) <= 2
    assert np.abs(average.mv[:, 4 : length - 4] - clean.mv[:, 4 - offset : length - 4 - offset]).max() < 0.15


def test_averaging_takes_noise_away() -> None:
    noisy, _ = make_ecg(Rhythm(), noise_mv=0.08)
    average = examine_signal(noisy, 500.0, STANDARD_LEADS).average
    assert average is not None
    rest = (average.times_s > 0.4) & (average.times_s < 0.55)
    single, mean = average.beats_mv[:, :, rest].std(), average.mv[:, rest].std()
    assert mean < 1.6 * single / math.sqrt(average.n_used)


def test_premature_beats_of_the_same_shape_are_left_out_of_a_regular_rhythm() -> None:
    signal, onsets = make_ecg(Rhythm(rr_s=0.9), noise_mv=0.01)
    cut = round((onsets[5] - 0.35) * 500)
    early = np.concatenate([signal[:, : cut - 150], signal[:, cut:]], axis=1)  # 0.3 s before the sixth P wave are gone
    beats = find_beats(early.astype(np.float64), 500.0)
    assert beats.is_regular
    assert beats.is_premature.tolist().count(True) == 1
    assert beats.is_premature[5]
    assert beats.is_alike.all()


def test_an_irregular_rhythm_without_p_waves_has_a_rate_and_no_pr() -> None:
    rng = np.random.default_rng(3)
    pieces = []
    for rr in rng.uniform(0.5, 1.1, 14):
        beat, _ = make_ecg(Rhythm(rr_s=5.0, p_mv=0.0, qt_s=0.34), duration_s=0.3 + rr)
        pieces.append(beat[:, : round(rr * 500)])
    signal = np.concatenate(pieces, axis=1)
    signal = signal + 0.03 * rng.standard_normal(signal.shape).astype(np.float32)
    found = measure_signal(signal.astype(np.float32), 500.0, STANDARD_LEADS)
    assert found.rate_bpm.value == pytest.approx(60 * 14 / (signal.shape[1] / 500), rel=0.12)
    assert found.pr_ms.value is None
    assert found.pr_ms.reason in (Reason.IRREGULAR, Reason.NO_P, Reason.P_DISAGREES)
    assert all(beat.p_on_s is None for beat in found.beats)
    assert found.qrs_ms.is_measured


@pytest.mark.parametrize(
    ("signal", "reason"),
    [
        (make_ecg(Rhythm(), duration_s=1.5)[0], Reason.TOO_SHORT),
        (np.zeros((12, 5000), np.float32), Reason.NO_LEADS),
        (np.full((12, 5000), np.nan, np.float32), Reason.NO_LEADS),
        (make_ecg(Rhythm(rr_s=1.9), duration_s=3.5)[0], Reason.FEW_BEATS),
    ],
)
def test_what_cannot_be_measured_says_why(signal: np.ndarray, reason: Reason) -> None:
    found = measure_signal(signal, 500.0, STANDARD_LEADS)
    assert found.rate_bpm.reason is reason
    assert found.pr_ms.value is None
    assert found.qt_ms.value is None
    assert found.qtc_ms(FORMULAS["Fridericia"]).value is None
    assert "{" not in found.rate_bpm.reason_text
    assert found.rate_bpm.reason_text


def test_noise_is_refused_rather_than_measured() -> None:
    noise = np.random.default_rng(0).standard_normal((12, 5000)).astype(np.float32)
    found = measure_signal(noise, 500.0, STANDARD_LEADS)
    assert [value.value for value in (found.pr_ms, found.qrs_ms, found.qt_ms, found.axis_deg)] == [None] * 4


def test_a_poor_signal_is_named_with_its_fault() -> None:
    signal, _ = make_ecg(Rhythm())
    signal[6:10] += 1.0 * np.random.default_rng(0).standard_normal((4, signal.shape[1])).astype(np.float32)
    found = measure_signal(signal, 500.0, STANDARD_LEADS)
    assert found.rate_bpm.value == pytest.approx(75, abs=0.5)
    assert found.qrs_ms.reason is Reason.POOR_QUALITY
    assert "noise" in found.qrs_ms.reason_text
    assert "V1" not in found.leads


def test_the_axis_needs_limb_leads_and_is_found_from_two() -> None:
    signal, _ = make_ecg(Rhythm(axis_deg=30), noise_mv=0.01)
    full = measure_signal(signal, 500.0, STANDARD_LEADS).axis_deg.value
    two = examine_two(signal, ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6"))
    assert two[1] == ("I", "II")
    assert full == pytest.approx(30, abs=12)
    assert two[0].value == pytest.approx(30, abs=12)
    chest = examine_two(signal, ("V1", "V2", "V3", "V4", "V5", "V6"))
    assert chest[0].reason is Reason.NO_LIMB_LEADS


def examine_two(signal: np.ndarray, leads: tuple[str, ...]) -> tuple[Value, tuple[str, str] | None]:
    """Axis of some of the leads; the quality of a record without the others is not asked here."""
    rows = signal[[STANDARD_LEADS.index(lead) for lead in leads]].astype(np.float64)
    average = average_beat(rows, 500.0, find_beats(rows, 500.0))
    bounds = measure.qrs_bounds(average)
    assert bounds is not None
    return measure._axis(average, leads, bounds)


@pytest.mark.parametrize(
    ("name", "qt_ms", "rr_s", "expected"),
    [
        ("Bazett", 400.0, 0.64, 500.0),
        ("Fridericia", 400.0, 0.512, 500.0),
        ("Framingham", 400.0, 0.8, 430.8),
        ("Hodges", 400.0, 0.75, 435.0),
        ("Bazett", 400.0, 1.0, 400.0),
        ("Hodges", 400.0, 1.0, 400.0),
    ],
)
def test_formulas_of_the_corrected_qt_interval(name: str, qt_ms: float, rr_s: float, expected: float) -> None:
    assert FORMULAS[name].correct(qt_ms, rr_s) == pytest.approx(expected)


def test_fridericia_is_the_first_to_be_offered() -> None:
    assert next(iter(FORMULAS)) == "Fridericia"


def test_a_patient_s_recording_says_the_same_at_both_rates() -> None:
    fine = measure_record(read_record(PTBXL / "records500/00000/00035_hr.hea"))
    coarse = measure_record(read_record(PTBXL / "records100/00000/00035_lr.hea"))
    assert abs(fine.n_beats - coarse.n_beats) <= 1  # one is at the very end
    for name, most in (("rate_bpm", 1), ("pr_ms", 15), ("qrs_ms", 12), ("qt_ms", 15), ("axis_deg", 8)):
        ours, theirs = getattr(fine, name).value, getattr(coarse, name).value
        assert ours == pytest.approx(theirs, abs=most), name
    assert 120 < (fine.pr_ms.value or 0) < 200
    assert 70 < (fine.qrs_ms.value or 0) < 110


def test_a_worker_can_be_stopped_between_leads() -> None:
    signal, _ = make_ecg(Rhythm())
    with pytest.raises(Cancelled):
        examine_signal(signal, 500.0, STANDARD_LEADS, should_stop=lambda: True)


def test_too_few_beats_have_no_average() -> None:
    signal, _ = make_ecg(Rhythm(rr_s=1.5), duration_s=3.2)
    rows = signal.astype(np.float64)
    with pytest.raises(UnsupportedRecord, match="needs 3"):
        average_beat(rows, 500.0, find_beats(rows, 500.0))
