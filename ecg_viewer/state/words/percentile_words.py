"""The exact percentile, for tooltips where the screen shows it rounded."""

from __future__ import annotations

import math

from ecg_viewer.state.words.language import tr


def exact_percentile(percentile: float) -> str:
    """The unrounded number behind a shown percentile; empty where there is none or nothing was rounded off."""
    if math.isnan(percentile) or percentile == round(percentile, 1):
        return ""
    return tr(
        "Exactly {percentile:.2f}, as tables and exports give it. What is shown is cut, not rounded, so that nothing "
        "short of every normal ECG reads as 100."
    ).format(percentile=percentile)
