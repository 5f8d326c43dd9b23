"""Fewer points: every peak stays, every gap stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.render.decimate import MAX_POINTS_PER_PX, bin_for, coarser, envelope, polyline, runs


@given(st.floats(0.01, 1e5))
def test_bins_are_powers_of_two_with_at_least_two_in_a_pixel(samples_per_px: float) -> None:
    bin_samples = bin_for(samples_per_px)
    assert bin_samples & (bin_samples - 1) == 0
    if samples_per_px <= MAX_POINTS_PER_PX:
        assert bin_samples == 1
    else:
        assert 2 <= samples_per_px / bin_samples < 4


@given(st.integers(1, 4000), st.sampled_from([2, 8, 64]), st.data())
def test_the_extremes_of_every_bin_survive(n_samples: int, bin_samples: int, data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    samples = rng.normal(size=(2, n_samples)).astype(np.float32)
    peak = data.draw(st.integers(0, n_samples - 1))
    samples[1, peak] = 50
    reduced = envelope(samples, 0, bin_samples)
    assert reduced.low.shape == (2, -(-n_samples // bin_samples))
    assert reduced.high[1, peak // bin_samples] == 50
    assert reduced.low.min() == samples.min()
    assert reduced.end_sample >= n_samples


def test_reducing_twice_is_reducing_once() -> None:
    samples = np.random.default_rng(0).normal(size=(12, 5003)).astype(np.float32)
    samples[4, 100:900] = np.nan
    once = envelope(samples, 1024, 32)
    twice = coarser(envelope(samples, 1024, 4), 32)
    np.testing.assert_array_equal(once.low, twice.low)
    np.testing.assert_array_equal(once.high, twice.high)
    assert (twice.start_sample, twice.bin_samples) == (1024, 32)


def test_points_of_samples_are_at_their_times() -> None:
    samples = np.array([[0.0, 1.0, 2.0]], np.float32)
    times, values, connect = polyline(envelope(samples, 500, 1), 0, 250.0)
    np.testing.assert_allclose(times, [2.0, 2.004, 2.008])
    np.testing.assert_array_equal(values, [0, 1, 2])
    np.testing.assert_array_equal(connect, [True, True, False])


def test_points_of_bins_stay_inside_their_bin() -> None:
    samples = np.arange(32, dtype=np.float32)[None]
    times, values, _ = polyline(envelope(samples, 0, 8), 0, 1.0)
    np.testing.assert_array_equal(values, [0, 7, 8, 15, 16, 23, 24, 31])
    assert (np.diff(times) > 0).all()
    assert [int(time) // 8 for time in times] == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize("bin_samples", [1, 4])
def test_nothing_is_drawn_across_a_gap(bin_samples: int) -> None:
    samples = np.zeros((1, 400), np.float32)
    samples[0, 100:200] = np.nan
    times, values, connect = polyline(envelope(samples, 0, bin_samples), 0, 100.0)
    stretches = runs(connect)
    assert len(stretches) == 2
    assert all(np.isfinite(values[run]).all() for run in stretches)
    assert times[stretches[0]][-1] < 1.0
    assert times[stretches[1]][0] >= 2.0
    assert times[stretches[1]][0] - times[stretches[0]][-1] > 0.99


def test_no_line_is_made_of_nothing_or_of_one_point() -> None:
    empty = np.full((1, 50), np.nan, np.float32)
    assert runs(polyline(envelope(empty, 0, 1), 0, 100.0)[2]) == []
    assert runs(polyline(envelope(empty[:, :0], 0, 1), 0, 100.0)[2]) == []
    empty[0, 20] = 1.0
    assert runs(polyline(envelope(empty, 0, 1), 0, 100.0)[2]) == []


def test_a_bin_with_some_valid_samples_shows_them() -> None:
    samples = np.full((1, 16), np.nan, np.float32)
    samples[0, 5] = 3.0
    reduced = envelope(samples, 0, 8)
    assert (reduced.low[0, 0], reduced.high[0, 0]) == (3.0, 3.0)
    assert np.isnan(reduced.low[0, 1])
