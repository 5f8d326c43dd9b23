"""Hearts slower than 40 beats a minute: nothing between their beats is taken for one."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from mmae_core.intervals.beat_results import Array
from mmae_core.intervals.measure import examine_record, measure_signal
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS

WAVES = Path(__file__).parents[2] / "data" / "waves"
AHEAD = 150
"""Samples ahead of its R-peak where a beat with its P wave begins, at 500 Hz."""


def slowed(name: str, rate_bpm: float) -> tuple[Array, list[int]]:
    """A patient's beats, a level trace with a little noise ahead of each: signal at 500 Hz and R-peaks."""
    found = examine_record(read_record(WAVES / f"{name}.hea"))
    assert found.signal_mv is not None
    assert found.beats is not None
    rng, parts, peaks, length = np.random.default_rng(0), [], [], 0
    for this, following in itertools.pairwise(found.beats.r_samples[1:]):
        beat = found.signal_mv[:, this - AHEAD : following - AHEAD]
        rest = round(60 / rate_bpm * 500) - beat.shape[1]
        level = np.linspace(beat[:, -1], found.signal_mv[:, following - AHEAD], rest).T
        parts += [beat, level + 0.006 * rng.standard_normal(level.shape)]
        peaks.append(length + AHEAD)
        length += beat.shape[1] + rest
    return np.concatenate(parts, axis=1), peaks


@pytest.mark.parametrize("rate_bpm", [20, 24, 26, 28, 30, 34, 38])
@pytest.mark.parametrize("duration_s", [12.0, 30.0])
def test_a_slow_heart_has_its_own_beats_and_no_others(rate_bpm: float, duration_s: float) -> None:
    signal, onsets = make_ecg(
        Rhythm(rr_s=60 / rate_bpm, t_mv=0.6), duration_s=duration_s, noise_mv=0.01, seed=1)

    found = measure_signal(signal, 500.0, STANDARD_LEADS)

    assert found.n_beats == len(onsets)
    assert found.rate_bpm.value == pytest.approx(rate_bpm, rel=0.01)
    assert [beat.r_s for beat in found.beats] == pytest.approx(list(onsets + 0.045), abs=0.03)


@pytest.mark.parametrize("name", ["00039_lr", "00144_hr"])
@pytest.mark.parametrize("rate_bpm", [24, 30, 36])
def test_a_patient_s_heart_made_slow_keeps_its_beats(name: str, rate_bpm: float) -> None:
    signal, r_samples = slowed(name, rate_bpm)

    found = measure_signal(signal.astype(np.float32), 500.0, STANDARD_LEADS)

    assert found.rate_bpm.value == pytest.approx(rate_bpm, rel=0.01)
    assert [500 * beat.r_s for beat in found.beats] == pytest.approx(r_samples, abs=25)
