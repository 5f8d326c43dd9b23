"""Where a recording has no signal nothing is known of the heart: no slow rate, no pause, no early beat comes of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mmae_core.departures.measurements import measure
from mmae_core.intervals.measure import examine_signal, measure_signal
from mmae_core.intervals.results import Reason
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.own_beats.find_own_beats import own_beats_of
from mmae_core.record import STANDARD_LEADS

GAP = slice(2100, 3600)
"""Samples 4.2 to 7.2 s at 500 Hz: three beats at 60 a minute."""


def regular() -> np.ndarray:
    return make_ecg(Rhythm(rr_s=1.0), duration_s=12, noise_mv=0.01)[0]


def invalid(signal: np.ndarray) -> None:
    signal[:, GAP] = np.nan


def disconnected(signal: np.ndarray) -> None:
    signal[:, GAP] = signal[:, GAP.start, None]


def most_leads_invalid(signal: np.ndarray) -> None:
    signal[:8, GAP] = np.nan
    signal[8:, GAP] = 0.0


@pytest.mark.parametrize("spoil", [invalid, disconnected, most_leads_invalid])
def test_an_interval_across_a_gap_is_neither_a_slow_heart_nor_a_pause(spoil: Callable[[np.ndarray], None]) -> None:
    signal = regular()
    spoil(signal)

    examined = examine_signal(signal, 500.0, STANDARD_LEADS)
    found, values = examined.measurements, measure(examined)

    assert found.rate_bpm.value == pytest.approx(60, abs=0.5)
    assert found.rr_s == pytest.approx(1.0, abs=0.01)
    assert found.no_signal_s == pytest.approx(3.0, abs=0.02)
    assert sum(beat.follows_gap for beat in found.beats) == 1
    assert values.record["longest_rr_s"] == pytest.approx(1.0, abs=0.02)
    assert values.record["longest_rr_share"] == pytest.approx(1.0, abs=0.02)
    assert values.record["irregularity_percent"] < 2
    assert any("no signal for 3.0 s" in said for said in values.limitations)
    assert not any(beat.is_premature for beat in own_beats_of(examined).beats)


@pytest.mark.parametrize("silent_s", [2.6, 2.75, 2.9])
def test_the_little_signal_of_a_stretch_is_no_beat(silent_s: float) -> None:
    signal = regular() + np.random.default_rng(2).normal(0, 0.01, (12, 6000))
    signal[:, : round(500 * silent_s)] = np.nan
    signal[:, -500:] = np.nan
    whole = examine_signal(regular(), 500.0, STANDARD_LEADS).beats
    beats = examine_signal(signal, 500.0, STANDARD_LEADS).beats
    assert whole is not None
    assert beats is not None
    distance = np.abs(beats.r_samples[:, None] - whole.r_samples[None]).min(axis=1)
    assert distance.max() <= 10, f"only beats of the heart: {beats.r_samples / 500}"
    assert len(beats) == 8


def test_leads_that_keep_their_signal_carry_the_rhythm_over_the_gap_of_the_others() -> None:
    signal = regular()
    signal[:6, GAP] = np.nan

    found = measure_signal(signal, 500.0, STANDARD_LEADS)

    assert found.n_beats == 12
    assert not any(beat.follows_gap for beat in found.beats)
    assert found.no_signal_s == 0


def test_a_real_pause_stays_one() -> None:
    signal = regular()
    rng = np.random.default_rng(1)
    signal[:, GAP] = 0.01 * rng.standard_normal((12, GAP.stop - GAP.start))

    examined = examine_signal(signal, 500.0, STANDARD_LEADS)

    assert measure(examined).record["longest_rr_s"] == pytest.approx(4.0, abs=0.02)
    assert examined.measurements.no_signal_s == 0


def test_a_beat_that_a_gap_cuts_is_not_averaged() -> None:
    signal = regular()
    signal[:, 2250:2300] = np.nan  # in the T wave of the beat at 4.3 s

    examined = examine_signal(signal, 500.0, STANDARD_LEADS)

    assert examined.average is not None
    assert 4 not in examined.average.used
    assert examined.measurements.qt_ms.value == pytest.approx(380, abs=15)


def test_too_few_intervals_between_gaps_make_no_rate() -> None:
    signal = regular()[:, :2000]
    signal[:, 900:1100] = np.nan
    signal[:, 1400:1600] = np.nan

    found = measure_signal(signal, 500.0, STANDARD_LEADS)

    assert found.rate_bpm.reason is Reason.FEW_INTERVALS
