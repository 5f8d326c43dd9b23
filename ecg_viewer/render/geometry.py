"""Where a second, a millivolt and a lead are on the paper."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ecg_viewer.state.calibration import Calibration

BAND_SHARE = 0.86
"""Part of a row's height that its heat fills; the rest keeps neighbouring rows apart."""

HEADROOM_MV = 1.15
HEADROOM_SHARE = 0.12
"""Room above the first baseline: its calibration pulse must be seen whole, within a share of the height."""


@dataclass(frozen=True)
class Row:
    """One lead's row: positions in pixels from the top of the paper."""

    lead: str
    baseline_px: float
    """Where 0 mV is: the middle of a pixel, so that a level line is sharp."""
    band_top_px: int
    band_height_px: int


@dataclass(frozen=True)
class PaperGeometry:
    """Scales and rows of a paper, in pixels of whatever it is painted on. Time 0 is at x = 0, y grows downwards."""

    px_per_mm: float
    calibration: Calibration
    rows: tuple[Row, ...]
    pitch_px: float
    """Distance between neighbouring baselines."""
    grid_origin_px: float
    """A height at which a 5-mm line lies: the first baseline."""

    @property
    def px_per_s(self) -> float:
        return self.calibration.mm_per_s * self.px_per_mm

    @property
    def px_per_mv(self) -> float:
        return self.calibration.mm_per_mv * self.px_per_mm

    def x_of_time(self, time_s: float) -> float:
        return time_s * self.px_per_s

    def time_at(self, x_px: float) -> float:
        return x_px / self.px_per_s

    def row_of(self, lead: str) -> Row | None:
        """The lead's row, None if it is not on the paper."""
        return next((row for row in self.rows if row.lead == lead), None)

    def y_of(self, row: Row, amplitude_mv: float) -> float:
        return row.baseline_px - amplitude_mv * self.px_per_mv

    def amplitude_at(self, row: Row, y_px: float) -> float:
        return (row.baseline_px - y_px) / self.px_per_mv

    def row_at(self, y_px: float) -> Row | None:
        """The row whose baseline is nearest, None without rows."""
        return min(self.rows, key=lambda row: abs(row.baseline_px - y_px), default=None)


def pixel_of(position_px: float) -> int:
    """The pixel that holds a position; the last digits of floating-point sums do not decide between two."""
    return math.floor(position_px + 1e-6)


def stack_rows(leads: tuple[str, ...], height_px: int, px_per_mm: float, calibration: Calibration) -> PaperGeometry:
    """Twelve (or fewer) rows under each other, sharing `height_px`.

    The distance between baselines adapts to the height, in whole millimetres so that every baseline lies on a grid
    line; the gain never does, so traces may reach into their neighbours' rows as they do on paper.
    """
    n_rows = max(1, len(leads))
    above_px = min(HEADROOM_MV * calibration.mm_per_mv * px_per_mm, HEADROOM_SHARE * height_px)
    pitch_mm = min(height_px / n_rows, (height_px - above_px) / (n_rows - 0.5)) / px_per_mm
    pitch_mm = math.floor(pitch_mm) if pitch_mm >= 3 else pitch_mm
    pitch_px = pitch_mm * px_per_mm
    origin_px = math.floor(max(above_px, (height_px - pitch_px * (n_rows - 1)) / 2)) + 0.5
    rows = []
    band_px = max(1, round(pitch_px * BAND_SHARE))
    for index, lead in enumerate(leads):
        baseline_px = pixel_of(origin_px + index * pitch_px) + 0.5
        rows.append(Row(lead, baseline_px, math.floor(baseline_px - band_px / 2), band_px))
    return PaperGeometry(px_per_mm, calibration, tuple(rows), pitch_px, origin_px)
