"""How much a phase of the beat departs from normals at the same phase."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mmae_core.errors import ModelMismatch
from mmae_core.scoring.calibration import CohortCalibration, build_calibration
from mmae_core.scoring.phase_levels import Run, phase_runs, window_levels
from mmae_core.scoring.phases import QRS, REST, ST, UNKNOWN, T

RATE_HZ, N = 100.0, 300
BEAT = np.array([REST] * 40 + [QRS] * 10 + [ST] * 10 + [T] * 40, np.int8)
PHASES = np.tile(BEAT, 5)
LEVEL = {REST: 0.05, QRS: 1.0, ST: 0.1, T: 0.2}
"""Typical errors: those of a QRS are ten times those of ST."""


def windows(n: int, seed: int) -> np.ndarray:
    """Maps (n, 12, 500) of normal windows: typical errors, times a factor of the window and of each point."""
    draw = np.random.default_rng(seed)
    typical = np.array([LEVEL[int(code)] for code in PHASES])
    factors = np.exp(0.3 * draw.normal(size=(n, 12, 1)) + 0.3 * draw.normal(size=(n, 12, 500)))
    return (typical * factors).astype(np.float32)


def leads_of(points: np.ndarray) -> np.ndarray:
    return np.log(points).mean(axis=2).astype(np.float64)


def calibrated(points: np.ndarray) -> CohortCalibration:
    leads = leads_of(points)
    return build_calibration(
        "drawn normals", leads.mean(axis=1), leads, points, np.ones((len(points), 12, 40), np.float32),
        np.tile(PHASES, (len(points), 1)), RATE_HZ,
    )


@pytest.fixture(scope="module")
def calibration() -> CohortCalibration:
    return calibrated(windows(N, 0))


def percentiles(calibration: CohortCalibration, points: np.ndarray, phases: np.ndarray = PHASES) -> np.ndarray:
    return calibration.phase_percentiles(points, phases, RATE_HZ, leads_of(points[None])[0])


@pytest.mark.parametrize("phases", [PHASES, np.full_like(PHASES, UNKNOWN)], ids=["with beats", "without beats"])
def test_one_normal_in_twenty_shows_anything_from_the_95th(calibration: CohortCalibration, phases: np.ndarray) -> None:
    """In any of twelve leads and five phases together, among normals the calibration has not seen."""
    shares = [np.nanmax(percentiles(calibration, window, phases)) >= 95 for window in windows(400, 1)]
    assert 0.02 <= np.mean(shares) <= 0.085


def test_a_phase_is_compared_with_its_own_kind(calibration: CohortCalibration) -> None:
    """ST six times as wrong as in normals, still far below any QRS."""
    window = windows(1, 2)[0]
    window[6, PHASES == ST] *= 6
    assert window[6, PHASES == ST].mean() < 0.9 * window[6, PHASES == QRS].mean()
    found = percentiles(calibration, window)
    assert (found[6, PHASES == ST] >= 99).all()
    assert found[6, PHASES == QRS].max() < 95
    assert np.delete(found, 6, axis=0).max() < 95
    assert calibration.peak_percentiles(window)[6, PHASES == ST].max() < 50, "its strongest point says nothing"


def test_a_single_beat_stands_out_by_itself(calibration: CohortCalibration) -> None:
    window = windows(1, 2)[0]
    window[6, 200:300] *= np.where(BEAT == T, 9, 1)
    found = percentiles(calibration, window)
    t_waves = [np.unique(found[6, first + 60 : first + 100]) for first in range(0, 500, 100)]
    assert [len(values) for values in t_waves] == [1] * 5, "one number a wave"
    assert t_waves[2][0] >= 99
    assert max(t_waves[n][0] for n in (0, 1, 3, 4)) < 95


def test_a_higher_error_never_looks_more_normal(calibration: CohortCalibration) -> None:
    window = windows(1, 3)[0]
    before = percentiles(calibration, window)
    for code in LEVEL:
        stronger = window.copy()
        stronger[5, code == PHASES] *= 1.5
        assert (percentiles(calibration, stronger)[5, code == PHASES] >= before[5, code == PHASES]).all()


def test_what_was_not_assessed_stays_out(calibration: CohortCalibration) -> None:
    window = windows(1, 2)[0]
    expected = percentiles(calibration, window)
    window[4] = np.nan
    window[6, 100:130] = np.nan
    leads = leads_of(windows(1, 2))[0]
    leads[4] = np.nan
    found = calibration.phase_percentiles(window, PHASES, RATE_HZ, leads)
    assert np.isnan(found[4]).all()
    assert np.isnan(found[6, 100:130]).all()
    np.testing.assert_array_equal(found[[0, 1, 2, 3, 5]], expected[[0, 1, 2, 3, 5]])


def test_runs_cover_a_window_and_what_has_no_beats_is_cut_in_quarters_of_a_second() -> None:
    codes = np.array([REST] * 3 + [QRS] * 2 + [UNKNOWN] * 60, np.int8)
    assert phase_runs(codes, RATE_HZ) == (
        Run(0, 3, REST), Run(3, 5, QRS), Run(5, 30, UNKNOWN), Run(30, 55, UNKNOWN), Run(55, 65, UNKNOWN),
    )


def test_levels_are_means_of_logarithms_and_cut_off_waves_are_no_witness_alone() -> None:
    codes = np.array([QRS] * 2 + [ST] * 10 + [QRS] * 10, np.int8)
    points = np.ones((12, 22), np.float32)
    points[:, 12:] = np.e
    levels = window_levels(points, codes, RATE_HZ, np.zeros(12, np.float32))
    np.testing.assert_allclose(levels.cells[:, QRS], 10 / 12)
    np.testing.assert_allclose(levels.cells[:, ST], 0, atol=1e-9)
    assert np.isnan(levels.cells[:, T]).all()
    assert np.isnan(levels.beats[:, 0]).all(), "2 of 6 samples"
    np.testing.assert_allclose(levels.beats[:, 1:], [[0, 1]] * 12, atol=1e-9)


def test_a_calibration_by_phase_survives_json(calibration: CohortCalibration) -> None:
    again = CohortCalibration.from_dict(json.loads(json.dumps(calibration.to_dict(), allow_nan=False)))
    window = windows(1, 4)[0]
    np.testing.assert_allclose(percentiles(again, window), percentiles(calibration, window), atol=0.4)


def test_a_model_calibrated_before_there_were_phases_ranks_as_before(calibration: CohortCalibration) -> None:
    old = replace(calibration, phases=None)
    assert "format" not in old.to_dict()
    again = CohortCalibration.from_dict(json.loads(json.dumps(old.to_dict())))
    window = windows(1, 4)[0]
    np.testing.assert_array_equal(percentiles(again, window), calibration.peak_percentiles(window))


def _drop(values: dict[str, Any]) -> None:
    del values["phases"]["family"]


def _zero(values: dict[str, Any]) -> None:
    values["phases"]["spreads"][2] = 0.0


def _unsorted(values: dict[str, Any]) -> None:
    values["phases"]["family"] = values["phases"]["family"][::-1]


def _fewer(values: dict[str, Any]) -> None:
    values["phases"]["centres"] = values["phases"]["centres"][:-1]


@pytest.mark.parametrize("damage", [_drop, _zero, _unsorted, _fewer, lambda values: values.update(format=3),
                                    lambda values: values.pop("phases")])
def test_a_damaged_calibration_by_phase_is_refused(calibration: CohortCalibration, damage: Any) -> None:
    values = calibration.to_dict()
    damage(values)
    with pytest.raises(ModelMismatch, match="calibration"):
        CohortCalibration.from_dict(values)
