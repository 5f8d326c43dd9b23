"""Percentiles of numbers that are never in memory together are those of all of them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from mmae_core.metrics.streamed_percentiles import ordered_keys, streamed_percentiles
from mmae_core.record import FloatArray
from mmae_core.scoring.calibration import POINT_LEVELS


def _some_numbers(count: int) -> FloatArray:
    """Rows that are awkward: with NaN, with ties and negative ones, of very different sizes, all equal."""
    draws = np.random.default_rng(count)
    rows = draws.gamma(2, size=(4, count)).astype(np.float32)
    rows[0, draws.random(count) < 0.2] = np.nan
    rows[0, 0] = 0.0
    rows[1] = np.round(rows[1], 1) - 1
    rows[2] **= 12
    rows[3] = 0.25
    return rows


@pytest.mark.parametrize("count", [1, 2, 3, 10, 997, 20_000])
def test_percentiles_are_numpys_to_the_last_digit(count: int) -> None:
    rows = _some_numbers(count)
    blocks = np.array_split(rows, min(count, 7), axis=1)
    found = streamed_percentiles(lambda: blocks, POINT_LEVELS)
    np.testing.assert_array_equal(found, [np.nanpercentile(row, POINT_LEVELS) for row in rows])


def test_blocks_may_be_cut_anywhere() -> None:
    rows = _some_numbers(500)

    def cut_at(*places: int) -> Iterable[FloatArray]:
        return np.split(rows, places, axis=1)

    whole = streamed_percentiles(lambda: (rows,), [0, 12.5, 50, 99.9, 100])
    np.testing.assert_array_equal(streamed_percentiles(lambda: cut_at(0, 1, 499), [0, 12.5, 50, 99.9, 100]), whole)


def test_a_row_of_nothing_has_no_percentile() -> None:
    rows = np.array([[np.nan, np.nan], [3.0, 1.0]], np.float32)
    found = streamed_percentiles(lambda: (rows,), [50.0])
    assert np.isnan(found[0, 0])
    assert found[1, 0] == 2.0


def test_keys_are_in_the_order_of_the_numbers() -> None:
    numbers = np.array([-np.inf, -3e38, -1.5, -1e-45, 0.0, 1e-45, 2.0, 3e38, np.inf], np.float32)
    assert (np.diff(ordered_keys(numbers).astype(np.int64)) > 0).all()
