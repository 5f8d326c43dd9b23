"""How percentiles are written, in the window, on pages and in tables: cut, never rounded up.

99.97 stays apart from 100, which says that no normal ECG reaches that far.
"""

from __future__ import annotations

import math


def cut_percentile(percentile: float) -> tuple[float, int]:
    """A percentile to show people, and how many decimals to write: one, two from 99.9, none at 100."""
    decimals = 0 if percentile >= 100 else 2 if percentile >= 99.9 else 1
    return _cut(percentile, decimals), decimals


def table_percentile(percentile: float) -> str:
    """Two decimals, for tables; empty for NaN."""
    return "" if math.isnan(percentile) else f"{_cut(percentile, 2):.2f}"


def _cut(percentile: float, decimals: int) -> float:
    scale = 10.0**decimals
    return math.floor(round(percentile * scale, 6)) / scale  # 64.1 * 100 is 6409.999...
