"""How the paper divides its widget, and the way between times, amplitudes and the widget's coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ecg_viewer.render.geometry import PaperGeometry, Row, stack_rows
from ecg_viewer.render.pulse import pulse_width_px
from ecg_viewer.state.calibration import Calibration

LABEL_PX = 46
"""Room for the lead names at the left, in device-independent pixels."""
STRIP_PX = 26
"""Height of the time axis at the bottom."""


@dataclass(frozen=True)
class LeadArea:
    """One visible stretch of one lead, in the paper's device-independent pixels.

    Every mark on a lead goes through an area: a lead may be shown for a part of the time only, in several places, or
    upside down.
    """

    lead: str
    """The standard name, also of a lead that is drawn inverted."""
    sign: int
    """-1: drawn inverted, as -aVR of the Cabrera order."""
    left: float
    top: float
    width: float
    height: float
    """The lead's own part of the paper; its trace may reach into its neighbours' as on paper."""
    baseline_y: float
    """Where 0 mV is."""
    start_s: float
    end_s: float
    """Times at the left and the right edge; they may lie outside the record."""
    px_per_s: float
    px_per_mv: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x_of(self, time_s: float) -> float:
        return self.left + (time_s - self.start_s) * self.px_per_s

    def time_at(self, x: float) -> float:
        return self.start_s + (x - self.left) / self.px_per_s

    def y_of(self, amplitude_mv: float) -> float:
        """Where a recorded amplitude is drawn."""
        return self.baseline_y - self.sign * amplitude_mv * self.px_per_mv

    def mv_at(self, y: float) -> float:
        """The recorded amplitude that is drawn at a height."""
        return self.sign * (self.baseline_y - y) / self.px_per_mv

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True)
class PaperLayout:
    """Labels and pulses stand at the left (the gutter), the time axis at the bottom (the strip), traces fill the rest.

    The traces are laid out in device pixels, so that what is painted once is copied without scaling; the methods take
    and give the widget's own, device-independent coordinates.
    """

    width: int
    height: int
    """Of the widget, device-independent."""
    device_ratio: float
    geometry: PaperGeometry
    """In device pixels, from the top of the widget."""

    @classmethod
    def of_size(
        cls,
        width: int,
        height: int,
        device_ratio: float,
        px_per_mm: float,
        calibration: Calibration,
        leads: tuple[str, ...],
    ) -> PaperLayout:
        """The layout of a widget; `px_per_mm` counts device-independent pixels."""
        height_px = round(max(1, height - STRIP_PX) * device_ratio)
        return cls(width, height, device_ratio, stack_rows(leads, height_px, px_per_mm * device_ratio, calibration))

    @property
    def paper_height(self) -> int:
        """Height above the strip, device-independent."""
        return max(1, self.height - STRIP_PX)

    @property
    def paper_height_px(self) -> int:
        return round(self.paper_height * self.device_ratio)

    @cached_property
    def gutter_px(self) -> int:
        """Width of the gutter in device pixels."""
        pulse_px = pulse_width_px(self.geometry) + self.geometry.px_per_mm
        return round(LABEL_PX * self.device_ratio + pulse_px)

    @property
    def gutter(self) -> float:
        """Width of the gutter, device-independent."""
        return self.gutter_px / self.device_ratio

    @property
    def traces_width_px(self) -> int:
        """Device pixels that the traces have."""
        return max(1, round(self.width * self.device_ratio) - self.gutter_px)

    @property
    def traces_width_mm(self) -> float:
        return self.traces_width_px / self.geometry.px_per_mm

    def origin_px(self, start_s: float) -> int:
        """The device pixel of an endless paper, beginning at time 0, at the left edge of the traces."""
        return round(self.geometry.x_of_time(start_s))

    def x_of_time(self, time_s: float, start_s: float) -> float:
        """Where a time is when `start_s` is at the left edge."""
        return (self.gutter_px + self.geometry.x_of_time(time_s) - self.origin_px(start_s)) / self.device_ratio

    def time_at(self, x: float, start_s: float) -> float:
        return self.geometry.time_at(x * self.device_ratio - self.gutter_px + self.origin_px(start_s))

    def y_of(self, lead: str, amplitude_mv: float) -> float:
        """Raises KeyError for a lead that has no row."""
        return self.geometry.y_of(self.row_of(lead), amplitude_mv) / self.device_ratio

    def row_of(self, lead: str) -> Row:
        """The lead's row, in device pixels. Raises KeyError."""
        row = self.geometry.row_of(lead)
        if row is None:
            raise KeyError(lead)
        return row

    def row_at(self, y: float) -> Row | None:
        """The row nearest to a height, None below the traces and without rows."""
        return self.geometry.row_at(y * self.device_ratio) if 0 <= y < self.paper_height else None

    def areas(self, start_s: float) -> tuple[LeadArea, ...]:
        """Every visible stretch of every lead when `start_s` is at the left edge, top to bottom.

        Neighbouring areas share the paper between them: each point of the traces belongs to one of them.
        """
        rows, ratio = self.geometry.rows, self.device_ratio
        baselines = [row.baseline_px / ratio for row in rows]
        middles = [(upper + lower) / 2 for upper, lower in zip(baselines, baselines[1:], strict=False)]
        edges = [0.0, *middles, float(self.paper_height)]
        width = self.traces_width_px / ratio
        left_s = self.time_at(self.gutter, start_s)
        px_per_s, px_per_mv = self.geometry.px_per_s / ratio, self.geometry.px_per_mv / ratio
        return tuple(
            LeadArea(
                lead=row.lead,
                sign=1,
                left=self.gutter,
                top=edges[index],
                width=width,
                height=edges[index + 1] - edges[index],
                baseline_y=baselines[index],
                start_s=left_s,
                end_s=left_s + width / px_per_s,
                px_per_s=px_per_s,
                px_per_mv=px_per_mv,
            )
            for index, row in enumerate(rows)
        )
