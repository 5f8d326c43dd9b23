"""The colours of traces: which of them run into one another, and which one is at the front."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.render.geometry import PaperGeometry, Row
from ecg_viewer.render.theme import Theme

DIMMED_SHARE = 0.7
"""Of the paper's colour in a trace behind the one at the front."""
DIMMED_OPACITY = 0.35
"""Of the heat behind it."""


@dataclass(frozen=True)
class Inks:
    """How the leads of a paper are told apart."""

    front: str | None = None
    """The lead that is drawn over the others, which are dimmed; None: all alike."""
    second: tuple[bool, ...] = ()
    """For each row from the top down: drawn in the second ink, as its trace runs into its neighbour's."""

    def is_dimmed(self, lead: str) -> bool:
        """Whether another lead is at the front."""
        return self.front is not None and lead != self.front

    def is_second(self, row: Row, geometry: PaperGeometry) -> bool:
        """Whether a row is drawn in the second ink."""
        if not any(self.second):
            return False
        level = next((place for place, other in enumerate(geometry.levels) if other.baseline_px == row.baseline_px), 0)
        return level < len(self.second) and self.second[level]

    def colour_of(self, row: Row, geometry: PaperGeometry, theme: Theme) -> str:
        """The colour of a row's plain trace, and of its name where that is not the usual one."""
        colour = theme.second_trace if self.is_second(row, geometry) else theme.trace
        return dimmed(colour, theme) if self.is_dimmed(row.lead) else colour


def dimmed(colour: str, theme: Theme) -> str:
    """A colour faded into the paper."""
    parts = zip(_parts(colour), _parts(theme.paper), strict=True)
    return "#" + "".join(f"{round(own + DIMMED_SHARE * (paper - own)):02x}" for own, paper in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
