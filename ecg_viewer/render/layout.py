"""Layout of the paper's widget; converts times and amplitudes to its coordinates and back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.geometry import Extents, Panel, PaperGeometry, Row, Sheet, make_sheet
from ecg_viewer.render.pulse import pulse_width_px
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.layouts import Arrangement

__all__ = ["LABEL_PX", "LEAST_COLUMN_PX", "STRIP_PX", "LeadArea", "PaperLayout"]

LABEL_PX = 46
"""Room for the lead names at the left, in device-independent pixels."""
EDGE_PX = 6
"""Room at the left where the names stand elsewhere."""
LEAST_COLUMN_PX = 58
"""A column this wide holds the longest name, `−aVR*`, clear of the next column."""
STRIP_PX = 40
"""Height of the strip at the bottom: the time axis, and under it the line that states scale and filter."""


@dataclass(frozen=True)
class PaperLayout:
    """Calibration pulses at the left (the gutter), the time axis at the bottom (the strip), traces in the rest.

    In a single column the lead names stand in the gutter too, in several each name stands in its own cell. Traces are
    laid out in device pixels, so that tiles are copied without scaling; the methods use the widget's device-independent
    coordinates.
    """

    width: int
    height: int
    """Of the widget, device-independent."""
    device_ratio: float
    sheet: Sheet
    """The traces, in device pixels."""
    gutter_px: int
    """Width of the gutter in device pixels."""
    duration_s: float = math.inf
    """Of the record: no column shows what lies before or after it as long as there is enough of it."""

    @classmethod
    def of_size(
        cls,
        width: int,
        height: int,
        device_ratio: float,
        px_per_mm: float,
        calibration: Calibration,
        arrangement: Arrangement,
        extents: Extents | None = None,
        duration_s: float = math.inf,
    ) -> PaperLayout:
        """The layout of a widget; `px_per_mm` counts device-independent pixels."""
        scale = px_per_mm * device_ratio
        label_px = (LABEL_PX if len(arrangement.columns) == 1 else EDGE_PX) * device_ratio
        gutter_px = round(label_px + pulse_width_px(calibration, scale) + scale)
        traces_px = round(width * device_ratio) - gutter_px
        height_px = round(max(1, height - STRIP_PX) * device_ratio)
        sheet = make_sheet(arrangement, traces_px, height_px, scale, calibration, extents, duration_s)
        return cls(width, height, device_ratio, sheet, gutter_px, duration_s)

    @property
    def geometry(self) -> PaperGeometry:
        """Scales and rows in device pixels, from the top of the widget."""
        return self.sheet.geometry

    @property
    def has_labels_in_gutter(self) -> bool:
        return len(self.geometry.columns) == 1

    @property
    def label_px(self) -> int:
        """Device pixels at the left of the gutter that the pulses leave free."""
        return round((LABEL_PX if self.has_labels_in_gutter else EDGE_PX) * self.device_ratio)

    @property
    def paper_height(self) -> int:
        """Height above the strip, device-independent."""
        return max(1, self.height - STRIP_PX)

    @property
    def paper_height_px(self) -> int:
        return self.sheet.height_px

    @property
    def gutter(self) -> float:
        """Width of the gutter, device-independent."""
        return self.gutter_px / self.device_ratio

    @property
    def traces_width_px(self) -> int:
        """Device pixels that the traces have."""
        return self.sheet.width_px

    @property
    def traces_width_mm(self) -> float:
        return self.traces_width_px / self.geometry.px_per_mm

    def origin_px(self, start_s: float) -> int:
        """The device pixel of an endless paper, beginning at time 0, at the left edge of the traces."""
        return round(self.geometry.x_of_time(start_s))

    def start_px(self, start_s: float) -> int:
        """The pixel of the endless paper at the left edge of what runs across the whole width."""
        return self._within_record(self.origin_px(start_s), self.traces_width_px)

    def column_start_px(self, panel: Panel, start_s: float) -> int:
        """The pixel of the endless paper at the left edge of a column.

        Columns follow one another, but each stops at the record's beginning and end: scrolled beyond it, the others go
        on until all of them show the same stretch.
        """
        shared_px = min(panel.right_px, self.sheet.shared_px) - panel.left_px
        return self._within_record(self.origin_px(start_s) + panel.left_px, shared_px)

    def is_in_sequence(self, start_s: float) -> bool:
        """Whether each column goes on where the one before ends."""
        origin_px = self.origin_px(start_s)
        return self.start_px(start_s) == origin_px and all(
            self.column_start_px(panel, start_s) == origin_px + panel.left_px for panel in self.sheet.panels
        )

    def _within_record(self, start_px: int, width_px: int) -> int:
        if math.isinf(self.duration_s):
            return start_px
        return max(0, min(start_px, round(self.geometry.x_of_time(self.duration_s)) - width_px))

    def x_of_time(self, time_s: float, start_s: float) -> float:
        """Where a time is when `start_s` is at the left edge."""
        return (self.gutter_px + self.geometry.x_of_time(time_s) - self.origin_px(start_s)) / self.device_ratio

    def time_at(self, x: float, start_s: float) -> float:
        return self.geometry.time_at(x * self.device_ratio - self.gutter_px + self.origin_px(start_s))

    def y_of(self, lead: str, amplitude_mv: float) -> float:
        """Raises KeyError for a lead that has no row."""
        return self.geometry.y_of(self.row_of(lead), amplitude_mv) / self.device_ratio

    def row_of(self, lead: str) -> Row:
        """The lead's first row, in device pixels. Raises KeyError."""
        row = self.geometry.row_of(lead)
        if row is None:
            raise KeyError(lead)
        return row

    def row_at(self, x: float, y: float) -> Row | None:
        """The row that a point belongs to; points in the gutter belong to the first column. None below the traces."""
        if not 0 <= y < self.paper_height:
            return None
        panel = self.sheet.panel_at(max(0.0, x * self.device_ratio - self.gutter_px))
        return None if panel is None else self.geometry.row_at(y * self.device_ratio, panel.index)

    def areas(self, start_s: float) -> tuple[LeadArea, ...]:
        """Every visible stretch of every lead when `start_s` is at the left edge, column by column.

        Neighbouring areas share the paper between them: each point of the traces belongs to one of them.
        """
        time_at = self.geometry.time_at
        starts_s = [time_at(self.column_start_px(panel, start_s)) for panel in self.sheet.panels]
        left_s = time_at(self.start_px(start_s))
        return self.sheet.areas(left_s, left=self.gutter, scale=1 / self.device_ratio, starts_s=starts_s)
