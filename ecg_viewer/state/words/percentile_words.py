"""The percentile as tables give it, for tooltips where the screen shows fewer decimals."""

from __future__ import annotations

import math

from ecg_viewer.state.words.language import tr
from mmae_core.percentiles import cut_percentile, table_percentile


def exact_percentile(percentile: float) -> str:
    """The number behind a shown percentile; empty where there is none or nothing was cut off."""
    if math.isnan(percentile) or percentile == cut_percentile(percentile)[0]:
        return ""
    return tr(
        "Exactly {percentile:.2f}, as tables and exports give it. What is shown is cut, not rounded, so that nothing "
        "short of every normal ECG reads as 100."
    ).format(percentile=float(table_percentile(percentile)))
