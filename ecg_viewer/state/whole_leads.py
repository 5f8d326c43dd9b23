"""How each whole lead departs in the visible stretch; tints its name on the paper."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ecg_viewer.state.quality import is_unreliable, windows_in
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import percentile_text
from mmae_core.assessment import WindowAssessment
from mmae_core.record import STANDARD_LEADS


def lead_percentiles(windows: Sequence[WindowAssessment], start_s: float, end_s: float) -> dict[str, float]:
    """The highest percentile of each lead among the windows that reach into a stretch; unreliable ones do not count."""
    found: dict[str, float] = {}
    for window in windows_in(windows, start_s, end_s):
        for lead, percentile in zip(STANDARD_LEADS, window.lead_percentiles, strict=True):
            if not math.isnan(percentile) and not is_unreliable(window, lead):
                found[lead] = max(percentile, found.get(lead, 0.0))
    return found


def whole_lead_sentence(lead: str, percentile: float) -> str:
    """`V4 as a whole: percentile 99.7 among normal ECGs, by the model`."""
    return tr("{lead} as a whole: percentile {percentile} among normal ECGs, by the model").format(
        lead=lead, percentile=percentile_text(percentile)
    )
