"""The calibration pulse, which shows speed and gain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.render.geometry import PaperGeometry
from ecg_viewer.state.calibration import Calibration

PULSE_MV = 1.0
PULSE_S = 0.2
LEAD_IN_MM = 1.0
"""Level line before and after the pulse."""
FREE_ABOVE_MM = 0.5
"""Between a pulse and the row above it."""


def pulse_width_px(calibration: Calibration, px_per_mm: float) -> float:
    """Width of the pulse with its level lines."""
    return (PULSE_S * calibration.mm_per_s + 2 * LEAD_IN_MM) * px_per_mm


def pulse_lines(geometry: PaperGeometry) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Corners (x, y) of each pulse that has room, x from where it starts, y from the top of the paper."""
    corners = np.rint(pulse_points(geometry.calibration, geometry.px_per_mm))
    height_px = float(np.ptp(corners[:, 1])) + FREE_ABOVE_MM * geometry.px_per_mm
    baselines = rows_with_pulse([row.baseline_px for row in geometry.levels], height_px)
    return [(corners[:, 0], corners[:, 1] + baseline_px) for baseline_px in baselines]


def rows_with_pulse(baselines: Sequence[float], height: float) -> list[float]:
    """The rows, from the top down, whose pulse does not touch the one above; in close rows only some.

    `height` is the pulse's, plus free space above it.
    """
    kept: list[float] = []
    for baseline in baselines:
        if not kept or baseline - height >= kept[-1]:
            kept.append(baseline)
    return kept


def pulse_points(calibration: Calibration, px_per_mm: float) -> NDArray[np.float64]:
    """The six corners (x, y) in pixels; (0, 0) is where the line starts, on the baseline."""
    lead_in = LEAD_IN_MM * px_per_mm
    right = lead_in + PULSE_S * calibration.mm_per_s * px_per_mm
    top = -PULSE_MV * calibration.mm_per_mv * px_per_mm
    corners = [(0.0, 0.0), (lead_in, 0.0), (lead_in, top), (right, top), (right, 0.0), (right + lead_in, 0.0)]
    return np.array(corners, np.float64)
