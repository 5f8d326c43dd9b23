"""The area of one visible stretch of one lead; converts times and amplitudes to positions and back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LeadArea:
    """One visible stretch of one lead, in pixels of the target (on the paper: device-independent ones).

    Use it to place any mark on a lead, as a lead may be shown in part, in several places, or inverted.
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
