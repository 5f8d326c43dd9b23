"""Nothing is measured where there is nothing to measure, and a wandering baseline does not hide what there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmae_core.departures.compare import departures_of
from mmae_core.departures.measurements import measure as measured_departures
from mmae_core.intervals import measure
from mmae_core.intervals.baseline import usable_leads
from mmae_core.intervals.beat_results import Array
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.measure import examine_signal, measure_signal
from mmae_core.intervals.results import Measurements, Reason, WaveBounds
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.metrics.ec57 import BeatCounts, compare_beats
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.scipy_parts import resample_poly

DEMO = Path(__file__).parents[3] / "resources/demo/00170_hr.hea"
TIMES = np.arange(5000) / 500.0


def twelve(wave: Callable[[Array], Array], seed: int = 1, delay_s: float = 0.02) -> np.ndarray:
    """One wave in twelve leads of different heights and small delays, at 500 Hz."""
    rng = np.random.default_rng(seed)
    heights = rng.uniform(0.4, 1.3, 12) * rng.choice([-1, 1], 12)
    delays = rng.uniform(0, delay_s, 12)
    leads = np.stack([height * wave(TIMES + delay) for height, delay in zip(heights, delays, strict=True)])
    return (leads + 0.01 * rng.standard_normal(leads.shape)).astype(np.float32)


def measured(signal: np.ndarray) -> Measurements:
    return measure_signal(signal, 500.0, STANDARD_LEADS)


def fibrillating() -> np.ndarray:
    """Two sines near 5 Hz that beat, of one phase in all leads."""
    wave = np.sin(2 * np.pi * 5 * TIMES) + 0.5 * np.sin(2 * np.pi * 5.7 * TIMES + 1)
    return (np.linspace(0.3, 1, 12)[:, None] * wave).astype(np.float32)


def sums_of_sines(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rates, phases = rng.uniform(3.5, 8, 4), rng.uniform(0, 6, 4)

    def wave(times: Array) -> Array:
        return np.asarray(sum(0.4 * np.sin(2 * np.pi * f * times + p) for f, p in zip(rates, phases, strict=True)))

    return twelve(wave, seed, delay_s=0.1)


@pytest.mark.parametrize("signal", [fibrillating(), sums_of_sines(4)], ids=["two sines", "four sines"])
def test_a_signal_that_never_rests_has_no_rate_either(signal: np.ndarray) -> None:
    usable = usable_leads(signal, 500.0, STANDARD_LEADS, 500.0)
    assert len(find_beats(usable.mv, 500.0)) > 10, "peaks that could be taken for beats"
    found = measured(signal)
    for value in (found.rate_bpm, found.pr_ms, found.qrs_ms, found.qt_ms, found.axis_deg):
        assert value.reason is Reason.NO_REST
    assert found.beats == ()


@pytest.mark.parametrize("rate_hz", [3.0, 4.0, 5.0])
def test_flutter_waves_alone_are_no_beats(rate_hz: float) -> None:
    found = measured(twelve(lambda times: np.sin(2 * np.pi * rate_hz * times)))
    values = (found.rate_bpm, found.pr_ms, found.qrs_ms, found.qt_ms, found.axis_deg)
    assert [value.value for value in values] == [None] * 5
    assert found.rate_bpm.reason_text


def test_wide_complexes_at_180_a_minute_keep_their_rate() -> None:
    def wave(times: Array) -> Array:
        return np.asarray(sum(
            np.exp(-0.5 * ((times - at) / 0.02) ** 2) - 0.35 * np.exp(-0.5 * ((times - at - 0.15) / 0.03) ** 2)
            for at in np.arange(0.2, 11, 1 / 3)
        ))

    assert measured(twelve(wave)).rate_bpm.value == pytest.approx(180, abs=1)


def test_beats_of_which_too_few_are_alike_have_a_rate_and_nothing_else() -> None:
    signal, onsets = make_ecg(Rhythm(), duration_s=9.8, noise_mv=0.02, ectopic=(3, 4, 5, 6, 7, 8, 9))
    for onset in onsets[6:10]:  # a second shape of extra beats
        start = round(500 * onset)
        signal[:, start - 20 : start + 260] *= -1
    found = measured(signal)
    assert found.n_beats == len(onsets)
    assert found.n_typical >= 3
    assert found.rate_bpm.is_measured
    for value in (found.pr_ms, found.qrs_ms, found.qt_ms, found.axis_deg):
        assert value.reason is Reason.FEW_ALIKE
        assert value.details["needed"] > found.n_typical


def test_a_pr_of_most_of_the_cycle_is_refused() -> None:
    average = examine_signal(make_ecg(Rhythm(rr_s=0.5))[0], 500.0, STANDARD_LEADS).average
    assert average is not None
    waves = WaveBounds(p_on=-0.31, p_peak=-0.28, p_end=-0.25, qrs_on=-0.05, qrs_end=0.05)
    assert measure._pr(waves, replace(average, rr_s=0.5), 12).value == pytest.approx(260)
    assert measure._pr(waves, replace(average, rr_s=0.42), 12).reason is Reason.IMPLAUSIBLE


def test_a_p_wave_that_hardly_any_lead_shows_is_none() -> None:
    together = WaveBounds(p_on=-0.2, p_peak=-0.15, p_end=-0.1, qrs_on=-0.05, qrs_end=0.05)
    bare = WaveBounds(qrs_on=-0.05, qrs_end=0.05)
    assert measure._with_p_if_seen(together, [bare] * 10 + [together] * 2) == bare
    assert measure._with_p_if_seen(together, [bare] * 9 + [together] * 3) == together
    assert measure._with_p_if_seen(together, [together]) == together, "one lead is all there is"


def test_spikes_have_neither_a_qrs_nor_an_axis() -> None:
    signal = np.zeros((12, 5000), np.float32)
    for at in range(200, 5000, 400):
        signal[:, at : at + 2] = np.linspace(0.5, 1.5, 12)[:, None]
    signal += 0.01 * np.random.default_rng(0).standard_normal(signal.shape).astype(np.float32)
    found = measured(signal)
    assert found.rate_bpm.value == pytest.approx(75, abs=0.5)
    assert found.qrs_ms.reason is Reason.IMPLAUSIBLE
    assert found.axis_deg.reason is Reason.NEEDS_QRS
    assert found.axis_leads is None
    assert all(beat.qrs_on_s is None for beat in found.beats)


def test_a_wandering_baseline_hides_no_beats_and_moves_no_number_far() -> None:
    record = read_record(DEMO)
    still = record.read(0, record.n_samples)
    times = np.arange(still.shape[1]) / record.sampling_rate_hz
    wander = (3.0 * np.sin(2 * np.pi * 0.2 * times)).astype(np.float32)
    reference = measure_signal(still, record.sampling_rate_hz, record.lead_names)
    found = measure_signal(still + wander, record.sampling_rate_hz, record.lead_names)
    assert found.n_beats == reference.n_beats > 5
    for name, most in (("rate_bpm", 0.5), ("pr_ms", 10), ("qrs_ms", 8), ("qt_ms", 20), ("axis_deg", 6)):
        assert getattr(found, name).value == pytest.approx(getattr(reference, name).value, abs=most), name


def test_what_else_is_wrong_with_a_wandering_recording_still_counts() -> None:
    signal, _ = make_ecg(Rhythm(), noise_mv=0.01)
    signal += 3.0 * np.sin(2 * np.pi * 0.2 * TIMES).astype(np.float32)
    signal[6:10] = 0.0
    found = measured(signal)
    assert "V1" not in found.leads
    assert found.qrs_ms.reason is Reason.FEW_LEADS


def test_leads_that_keep_their_level_are_measured_as_recorded() -> None:
    signal, _ = make_ecg(Rhythm(), noise_mv=0.01)
    assert np.array_equal(usable_leads(signal, 500.0, STANDARD_LEADS, 500.0).mv, signal.astype(np.float64))


def test_a_jump_of_the_baseline_is_not_filtered_into_a_wave() -> None:
    signal, _ = make_ecg(Rhythm(), noise_mv=0.01)
    signal[6:] += np.where(TIMES > 5, 6.0, 0.0).astype(np.float32)
    usable = usable_leads(signal, 500.0, STANDARD_LEADS, 500.0)
    assert usable.names == STANDARD_LEADS
    assert np.array_equal(usable.mv, signal.astype(np.float64))


def test_an_electrode_that_jumps_neither_hides_beats_nor_makes_any() -> None:
    signal, onsets = make_ecg(Rhythm(rr_s=0.8), duration_s=120.0, noise_mv=0.01)
    two_leads = np.asarray(signal[[1, 6]], np.float64)
    for start_s in np.arange(60.0, 72.0, 1.7):
        two_leads[1, round(500 * start_s) : round(500 * (start_s + 0.9))] += 6.0
    beats = find_beats(two_leads, 500.0).r_samples / 500.0
    assert compare_beats(onsets, beats) == BeatCounts(len(onsets), 0, 0)


def test_a_wandering_baseline_does_not_bend_a_raised_st() -> None:
    signal, onsets = make_ecg(Rhythm(rr_s=0.9), noise_mv=0.005)
    for onset in onsets:
        st = (onset + 0.05 <= TIMES) & (onset + 0.4 > TIMES)
        signal[7, st] += 0.3
    wander = 1.5 * np.sin(2 * np.pi * 0.3 * TIMES + np.arange(12)[:, None])
    quiet, wandering = (measured_departures(examine_signal(given, 500.0, STANDARD_LEADS)).leads["st_j60_mv"]
                        for given in (signal, signal + wander))
    assert quiet[7] == pytest.approx(0.3, abs=0.03)
    assert wandering == pytest.approx(quiet, abs=0.02)


@pytest.mark.parametrize("rate_hz", [40, 50, 80])
def test_a_recording_below_100_hz_has_a_rate_and_no_waves(rate_hz: int) -> None:
    signal, _ = make_ecg(Rhythm(), noise_mv=0.005)
    coarse = resample_poly(signal, rate_hz, 500, axis=1, padtype="line").astype(np.float32)

    examined = examine_signal(coarse, float(rate_hz), STANDARD_LEADS)
    found = examined.measurements

    assert found.rate_bpm.value == pytest.approx(75, abs=0.5)
    for value in (found.pr_ms, found.qrs_ms, found.qt_ms, found.axis_deg):
        assert value.reason_text == f"sampled at {rate_hz} Hz; 100 Hz are needed"
    departures = departures_of(examined)
    assert not any(item.lead is not None for item in departures.departures)
    assert any(f"sampled at {rate_hz} Hz" in said for said in departures.limitations)


def test_beats_are_not_told_where_the_rate_does_not_carry_a_qrs() -> None:
    signal, _ = make_ecg(Rhythm())
    coarse = resample_poly(signal, 30, 500, axis=1, padtype="line").astype(np.float32)

    assert measure_signal(coarse, 30.0, STANDARD_LEADS).rate_bpm.reason is Reason.LOW_RATE


@pytest.mark.parametrize("off", [("V2",), ("I",), ("aVR", "aVL"), ("V5", "V6", "III")])
@pytest.mark.parametrize("silence", [0.0, np.nan])
def test_electrodes_that_are_off_are_missing_and_the_others_are_measured(off: tuple[str, ...], silence: float) -> None:
    signal, _ = make_ecg(Rhythm(), noise_mv=0.005)
    complete = measured(signal)
    signal[[STANDARD_LEADS.index(lead) for lead in off]] = silence

    examined = examine_signal(np.asarray(signal, np.float32), 500.0, STANDARD_LEADS)
    found = examined.measurements

    assert set(STANDARD_LEADS) - set(found.leads) == set(off)
    for name in ("pr_ms", "qrs_ms", "qt_ms"):
        assert getattr(found, name).value == pytest.approx(getattr(complete, name).value, abs=6)
    assert any(said.startswith(", ".join(lead for lead in STANDARD_LEADS if lead in off) + ": missing")
               for said in departures_of(examined).limitations)


@pytest.mark.parametrize("leads", [("II",), ("I", "II", "V1"), STANDARD_LEADS[:6]])
def test_few_leads_see_no_whole_qrs_and_it_is_not_their_signal_that_is_poor(leads: tuple[str, ...]) -> None:
    signal, _ = make_ecg(Rhythm(), noise_mv=0.005)

    found = measure_signal(signal[[STANDARD_LEADS.index(lead) for lead in leads]], 500.0, leads)

    assert found.rate_bpm.value == pytest.approx(75, abs=0.5)
    assert {found.pr_ms.reason, found.qrs_ms.reason, found.qt_ms.reason} == {Reason.FEW_LEADS}
    assert found.axis_deg.is_measured == ("I" in leads)


@pytest.mark.parametrize(("duration_s", "whole"), [(2.5, 1), (3.0, 2)])
def test_beats_that_are_cut_off_are_not_counted_as_whole(duration_s: float, whole: int) -> None:
    signal, _ = make_ecg(Rhythm(), duration_s=duration_s, noise_mv=0.01)

    reason = measured(signal).qrs_ms.reason_text

    assert reason.startswith(f"only {whole} of ")
    assert reason.endswith("3 are needed")


def test_a_qrs_of_most_of_the_cycle_is_refused() -> None:
    rhythm = Rhythm(rr_s=0.24, pr_s=0.084, qt_s=0.191, p_s=0.036)

    found = measured(make_ecg(rhythm, duration_s=30, noise_mv=0.01)[0])

    assert found.rate_bpm.value == pytest.approx(250, abs=2)
    assert found.qrs_ms.value is None or found.qrs_ms.value == pytest.approx(98, abs=12)
