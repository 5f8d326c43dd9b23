"""Why a percentile on the screen differs in its last digit from the one in a table."""

from __future__ import annotations

import math

from ecg_viewer.state.words.language import tr


def exact_percentile(percentile: float) -> str:
    """The whole number behind a shown percentile; empty where there is none or nothing is left out."""
    if math.isnan(percentile) or percentile == round(percentile, 1):
        return ""
    return tr(
        "Exactly {percentile:.2f}, as tables and exports give it. What is shown is cut, not rounded, so that nothing "
        "short of every normal ECG reads as 100."
    ).format(percentile=percentile)
