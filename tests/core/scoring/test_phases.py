"""Where each point lies in its beat."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import PreprocessConfig
from mmae_core.intervals.measure import examine_record
from mmae_core.intervals.results import Examination
from mmae_core.readers import read_record
from mmae_core.scoring.phases import PHASES, QRS, REST, ST, UNKNOWN, P, T, beat_phases, beat_times
from mmae_core.scoring.preprocess import prepare


@pytest.fixture(scope="module")
def found(demo: Path) -> Examination:
    """A normal ECG."""
    return examine_record(read_record(demo / "00170_hr"))


def test_every_beat_has_its_phases_in_order(found: Examination) -> None:
    phases = beat_phases(found, 0.0, 100.0, 1000)
    r_samples = [round(100 * beat.r_s) for beat in found.measurements.beats]
    assert (phases[r_samples] == QRS).all()
    inner = phases[r_samples[1] : r_samples[2]]
    order = inner[np.flatnonzero(np.diff(inner, prepend=-9))].tolist()
    assert [PHASES[code] for code in order] == ["QRS", "ST", "T", "rest", "P", "QRS"]


def test_the_qrs_reaches_beyond_its_bounds_because_a_map_is_smoothed(found: Examination) -> None:
    phases = beat_phases(found, 0.0, 1000.0, 10000)
    times, r = beat_times(found), found.measurements.beats[3].r_s
    around = phases[round(1000 * (r - 0.2)) : round(1000 * (r + 0.2))]
    measured_s = times.qrs_end_s - times.qrs_on_s
    assert (around == QRS).sum() / 1000 == pytest.approx(measured_s + 0.1, abs=0.002)


def test_phases_move_with_the_stretch(found: Examination) -> None:
    whole = beat_phases(found, 0.0, 100.0, 1000)
    np.testing.assert_array_equal(beat_phases(found, 4.0, 100.0, 300), whole[400:700])


def test_without_beats_no_phase_is_named(found: Examination) -> None:
    nothing = replace(found, measurements=replace(found.measurements, beats=()))
    for examination in (None, nothing):
        assert (beat_phases(examination, 0.0, 100.0, 50) == UNKNOWN).all()


def test_a_fast_heart_has_no_t_wave_in_the_next_qrs(found: Examination) -> None:
    """Beats every 0.3 s: T ends where the next QRS is near, and P does not cover it."""
    first = found.measurements.beats[0]
    beats = tuple(replace(first, r_s=at) for at in np.arange(0.3, 9.9, 0.3))
    phases = beat_phases(replace(found, measurements=replace(found.measurements, beats=beats)), 0.0, 100.0, 1000)
    for beat in beats:
        assert phases[round(100 * beat.r_s)] == QRS
    assert set(phases.tolist()) <= {REST, P, QRS, ST, T}


def test_a_window_knows_its_beats_and_one_of_filtered_samples_does_not(demo: Path) -> None:
    record = read_record(demo / "00170_hr")
    item = prepare(record, PreprocessConfig())
    assert item.examination is not None
    assert item.examination is item.examination, "measured once"
    assert len(item.examination.measurements.beats) == len(examine_record(record).measurements.beats)
    assert prepare(replace(record, is_filtered=True), PreprocessConfig()).examination is None
