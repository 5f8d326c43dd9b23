"""Percentiles are cut, never rounded up, so that nothing short of every normal ECG reads as 100."""

from __future__ import annotations

import math

import pytest

from mmae_core.percentiles import cut_percentile, table_percentile


@pytest.mark.parametrize(("percentile", "shown", "table"), [
    (0.0, "0.0", "0.00"), (64.1, "64.1", "64.10"), (97.37, "97.3", "97.37"), (99.89, "99.8", "99.89"),
    (99.9, "99.90", "99.90"), (99.97, "99.97", "99.97"), (99.9999, "99.99", "99.99"), (100.0, "100", "100.00"),
])
def test_percentiles_are_cut(percentile: float, shown: str, table: str) -> None:
    value, decimals = cut_percentile(percentile)
    assert f"{value:.{decimals}f}" == shown
    assert table_percentile(percentile) == table


def test_a_table_has_no_text_for_no_percentile() -> None:
    assert table_percentile(math.nan) == ""
