"""Auto-fit: the speed and gain at which a recording fills the paper, stated as non-standard."""

from __future__ import annotations

import math

from ecg_viewer.render.geometry import HEADROOM_MV, MARGIN_MM, Extents, row_needs
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.calibration import SPEED_LIMITS_MM_PER_S, Calibration
from ecg_viewer.state.layouts import Arrangement

WHOLE_UP_TO_S = 60.0
"""A record up to this long is fitted whole."""
LONG_S = 10.0
"""Of a longer one this much fits."""
GAIN_LIMITS_MM_PER_MV = (1.0, 40.0)
LEAST_REACH_MV = 0.25
"""Least reach assumed above and below the baseline, so that noise is not blown up."""


def fit(layout: PaperLayout, arrangement: Arrangement, duration_s: float, extents: Extents | None) -> Calibration:
    """The calibration that fills the paper of `layout`."""
    shown_s = duration_s if 0 < duration_s <= WHOLE_UP_TO_S else LONG_S
    px_per_mm = layout.geometry.px_per_mm
    gutter_mm = layout.label_px / px_per_mm
    width_mm = layout.gutter_px / px_per_mm + layout.traces_width_mm
    # The gutter's pulse (0.2 s and 3 mm of level line) narrows the traces.
    mm_per_s = (width_mm - gutter_mm - 3.5) / (shown_s + 0.2)
    slowest, fastest = SPEED_LIMITS_MM_PER_S
    height_mm = layout.paper_height_px / px_per_mm
    lowest, highest = GAIN_LIMITS_MM_PER_MV
    gain = (height_mm - 2 * MARGIN_MM * arrangement.n_rows) / _reach_mv(arrangement, extents or {})
    return Calibration(_rounded(min(max(mm_per_s, slowest), fastest)), _rounded(min(max(gain, lowest), highest)))


def _reach_mv(arrangement: Arrangement, extents: Extents) -> float:
    """Millivolts from the highest point of the first row to the lowest of the last, rows just not touching."""
    needs = row_needs(arrangement, Calibration(mm_per_mv=1.0), extents)
    above = [max(need.above_mm - MARGIN_MM, LEAST_REACH_MV) for need in needs] or [LEAST_REACH_MV]
    below = [max(need.below_mm - MARGIN_MM, LEAST_REACH_MV) for need in needs]
    return max(HEADROOM_MV, above[0]) + sum(above[1:]) + sum(below)


def _rounded(value: float) -> float:
    """Rounded down to three digits, so that the readout is exact."""
    step = 10.0 ** (math.floor(math.log10(value)) - 2)
    return round(math.floor(value / step + 1e-9) * step, 6)
