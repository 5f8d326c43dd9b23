"""Formats a figure with its 95-% interval, the same on the console, in tables and in cards."""

from __future__ import annotations

from collections.abc import Sequence

TOO_FEW = "too few for an interval"
"""Stands where an interval would, below `mmae_core.metrics.detection.MIN_FOR_INTERVAL` records."""


def figure_words(
    value: float | None, interval: Sequence[float | None] | None, form: str = ".3f", joint: str = "-"
) -> str:
    """`0.870 (0.855-0.884)`, `1.000 (too few for an interval)`, or a dash without a figure."""
    if value is None or value != value:  # NaN
        return "–"
    low, high = interval or (None, None)
    if low is None or high is None:
        return f"{value:{form}} ({TOO_FEW})"
    return f"{value:{form}} ({low:{form}}{joint}{high:{form}})"
