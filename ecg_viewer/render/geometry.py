"""Where a second, a millivolt and a lead are on the paper."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.spacing import RowNeed, RowPlace, even_places, row_places
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.layouts import Arrangement, Cell, lead_text

BAND_SHARE = 0.86
"""Part of a row's height that its heat fills; the rest keeps neighbouring rows apart."""

HEADROOM_MV = 1.15
HEADROOM_SHARE = 0.12
"""Room above the first baseline for its calibration pulse, at most this share of the height."""

MARGIN_MM = 1.0
"""Kept free beyond what a lead usually reaches."""

Extents = Mapping[str, tuple[float, float]]
"""Lowest and highest millivolts that a lead usually reaches; a lead may be missing."""


def joined_extents(both: Iterable[Extents | None]) -> Extents | None:
    """How far each lead reaches in any of several recordings; None while one of them is not known."""
    joined: dict[str, tuple[float, float]] = {}
    for extents in both:
        if extents is None:
            return None
        for lead, (low, high) in extents.items():
            known = joined.get(lead, (low, high))
            joined[lead] = min(low, known[0]), max(high, known[1])
    return joined


@dataclass(frozen=True)
class Row:
    """One lead's row in one column: positions in pixels from the top of the paper."""

    lead: str
    baseline_px: float
    """Where 0 mV is: the middle of a pixel, so that a level line is sharp."""
    band_top_px: int
    band_height_px: int
    sign: int = 1
    """-1: the lead is drawn inverted."""
    top_px: float = 0.0
    bottom_px: float = 0.0
    """The row's own part of the height; neighbouring rows meet there."""

    @property
    def label(self) -> str:
        """The name that stands beside the trace."""
        return lead_text(self.lead, self.sign)

    @property
    def height_px(self) -> float:
        return self.bottom_px - self.top_px


@dataclass(frozen=True)
class PaperGeometry:
    """Scales and rows of a paper, in pixels of whatever it is painted on. Time 0 is at x = 0, y grows downwards."""

    px_per_mm: float
    calibration: Calibration
    columns: tuple[tuple[Row, ...], ...]
    """Rows of each column; a row that runs across all columns is in each of them."""
    pitch_px: float
    """The smallest distance between neighbouring baselines."""
    grid_origin_px: float
    """A height at which a 5-mm line lies: the first baseline."""
    n_rhythm: int = 0
    """How many of the last rows run across all columns."""

    @property
    def px_per_s(self) -> float:
        return self.calibration.mm_per_s * self.px_per_mm

    @property
    def px_per_mv(self) -> float:
        return self.calibration.mm_per_mv * self.px_per_mm

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row, one that runs across all columns once."""
        return tuple(dict.fromkeys(row for column in self.columns for row in column))

    @property
    def levels(self) -> tuple[Row, ...]:
        """A row for each baseline, from the top down: those of the fullest column."""
        return max(self.columns, key=len, default=())

    def x_of_time(self, time_s: float) -> float:
        return time_s * self.px_per_s

    def time_at(self, x_px: float) -> float:
        return x_px / self.px_per_s

    def row_of(self, lead: str) -> Row | None:
        """The lead's first row, None if it is not on the paper."""
        return next((row for row in self.rows if row.lead == lead), None)

    def y_of(self, row: Row, amplitude_mv: float) -> float:
        """Where a recorded amplitude is drawn in a row."""
        return row.baseline_px - row.sign * amplitude_mv * self.px_per_mv

    def row_at(self, y_px: float, column: int = 0) -> Row | None:
        """The row of a column that a height belongs to, None without rows."""
        rows = self.columns[column] if self.columns else ()
        return next((row for row in rows if y_px < row.bottom_px), rows[-1] if rows else None)


@dataclass(frozen=True)
class Panel:
    """One column on the paper: consecutive columns show consecutive stretches of time."""

    index: int
    left_px: int
    """From the left edge of the traces."""
    width_px: int
    rows: tuple[Row, ...]

    @property
    def right_px(self) -> int:
        return self.left_px + self.width_px


@dataclass(frozen=True)
class Sheet:
    """The traces' part of a paper, on screen or in print: rows, columns and their areas.

    Positions count from the upper left corner of the traces, in pixels of whatever it is drawn on.
    """

    geometry: PaperGeometry
    width_px: int
    height_px: int
    shared_px: int
    """What the columns share evenly: the width, or less for a record shorter than the paper. The rest is the last's."""

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """The columns from left to right; together they fill the width."""
        columns = self.geometry.columns
        edges = [round(index * self.shared_px / len(columns)) for index in range(len(columns))]
        edges.append(self.width_px)
        return tuple(
            Panel(index, left, right - left, columns[index])
            for index, (left, right) in enumerate(itertools.pairwise(edges))
        )

    @property
    def duration_s(self) -> float:
        """Seconds from the left edge of the first column to the right edge of the last."""
        return self.width_px / self.geometry.px_per_s

    def panel_at(self, x_px: float) -> Panel | None:
        """The column at a distance from the left edge; None beside the traces."""
        return next((panel for panel in self.panels if panel.left_px <= x_px < panel.right_px), None)

    def starts_s(self, start_s: float) -> tuple[float, ...]:
        """Time at the left edge of each column, if they follow one another from `start_s` on."""
        return tuple(start_s + panel.left_px / self.geometry.px_per_s for panel in self.panels)

    def areas(
        self, start_s: float, left: float = 0.0, top: float = 0.0, scale: float = 1.0,
        starts_s: Sequence[float] | None = None,
    ) -> tuple[LeadArea, ...]:
        """Every stretch of every lead when `start_s` is at the left edge; one across all columns is one area.

        Positions are multiplied by `scale`, then moved by `left` and `top`. `starts_s` are the times at the left edges
        of columns that do not follow one another.
        """
        found = []
        n_own = len(self.geometry.levels) - self.geometry.n_rhythm
        for panel, at_s in zip(self.panels, starts_s or self.starts_s(start_s), strict=True):
            own = [row for row in panel.rows if row.baseline_px < self._rhythm_from(n_own)]
            found += [self._area(row, panel.left_px, panel.width_px, at_s, left, top, scale) for row in own]
        for row in self.geometry.levels[n_own:] if self.geometry.n_rhythm else ():
            found.append(self._area(row, 0, self.width_px, start_s, left, top, scale))
        return tuple(found)

    def _rhythm_from(self, n_own: int) -> float:
        levels = self.geometry.levels
        return levels[n_own].baseline_px if n_own < len(levels) else math.inf

    def _area(
        self, row: Row, left_px: int, width_px: int, start_s: float, left: float, top: float, scale: float
    ) -> LeadArea:
        px_per_s = self.geometry.px_per_s
        return LeadArea(
            lead=row.lead,
            sign=row.sign,
            left=left + left_px * scale,
            top=top + row.top_px * scale,
            width=width_px * scale,
            height=row.height_px * scale,
            baseline_y=top + row.baseline_px * scale,
            start_s=start_s,
            end_s=start_s + width_px / px_per_s,
            px_per_s=px_per_s * scale,
            px_per_mv=self.geometry.px_per_mv * scale,
        )


ROUNDING_PX = 1e-6
"""What a position may lack by rounding to still be in its pixel."""


def pixel_of(position_px: float) -> int:
    """The pixel that holds a position; robust against rounding errors."""
    return math.floor(position_px + ROUNDING_PX)


def make_sheet(
    arrangement: Arrangement,
    width_px: int,
    height_px: int,
    px_per_mm: float,
    calibration: Calibration,
    extents: Extents | None = None,
    duration_s: float = math.inf,
) -> Sheet:
    """The sheet of an arrangement; `extents` let rows that reach far have more of the height.

    A record of `duration_s` that is shorter than the sheet is divided among the columns, so that none stays empty.
    """
    geometry = stack_rows(arrangement, height_px, px_per_mm, calibration, extents)
    width_px = max(1, width_px)
    return Sheet(geometry, width_px, max(1, height_px), round(min(width_px, max(1.0, duration_s * geometry.px_per_s))))


def stack_rows(
    arrangement: Arrangement,
    height_px: int,
    px_per_mm: float,
    calibration: Calibration,
    extents: Extents | None = None,
) -> PaperGeometry:
    """Rows under each other, sharing `height_px`.

    The distances between baselines adapt to the height and to what the leads need, in whole millimetres so that every
    baseline lies on a grid line; the gain never does, so traces may reach into their neighbours' rows as they do on
    paper.
    """
    n_rows = max(1, arrangement.n_rows)
    height_mm = height_px / px_per_mm
    headroom_mm = min(HEADROOM_MV * calibration.mm_per_mv, HEADROOM_SHARE * height_mm)
    if extents and arrangement.n_rows:
        placed = row_places(row_needs(arrangement, calibration, extents), height_mm, headroom_mm)
    else:
        placed = even_places(n_rows, height_mm, headroom_mm)
    origin_px = math.floor(placed[0].baseline_mm * px_per_mm) + 0.5
    baselines = [
        pixel_of(origin_px + (place.baseline_mm - placed[0].baseline_mm) * px_per_mm) + 0.5 for place in placed
    ]
    meetings = [baseline + place.below_mm * px_per_mm for baseline, place in zip(baselines, placed, strict=True)]
    edges = [0.0, *meetings[:-1], float(height_px)]
    columns = []
    for column in arrangement.columns:
        levels = _levels_of(len(column), n_rows, arrangement.n_rhythm)
        columns.append(
            tuple(
                _row(cell, baselines[level], placed[level], px_per_mm, (edges[level], edges[level + 1]))
                for level, cell in zip(levels, column, strict=True)
            )
        )
    pitch_px = min((lower - upper for upper, lower in itertools.pairwise(baselines)), default=float(height_px))
    return PaperGeometry(px_per_mm, calibration, tuple(columns), pitch_px, origin_px, arrangement.n_rhythm)


def row_needs(arrangement: Arrangement, calibration: Calibration, extents: Extents) -> list[RowNeed]:
    """How far the traces reach in each row, from the top down."""
    levels = range(arrangement.n_rows)
    return [_need(_cells_at(arrangement, level), calibration, extents) for level in levels]


def _levels_of(n_cells: int, n_rows: int, n_rhythm: int) -> list[int]:
    """The heights of a column's cells, counted from the top: those that run across all columns are the last."""
    return [*range(n_cells - n_rhythm), *range(n_rows - n_rhythm, n_rows)]


def _cells_at(arrangement: Arrangement, level: int) -> list[Cell]:
    """The cells of all columns at one height."""
    found = []
    for column in arrangement.columns:
        levels = _levels_of(len(column), arrangement.n_rows, arrangement.n_rhythm)
        found += [cell for at, cell in zip(levels, column, strict=True) if at == level]
    return found


def _need(cells: Sequence[Cell], calibration: Calibration, extents: Extents) -> RowNeed:
    reaches = [extents[cell.lead] if cell.sign > 0 else (-extents[cell.lead][1], -extents[cell.lead][0])
               for cell in cells if cell.lead in extents]
    above_mv = max((high for _, high in reaches), default=0.0)
    below_mv = max((-low for low, _ in reaches), default=0.0)
    margin_mm = MARGIN_MM if reaches else 0.0
    above_mm, below_mm = max(0.0, above_mv) * calibration.mm_per_mv, max(0.0, below_mv) * calibration.mm_per_mv
    return RowNeed(above_mm + margin_mm, below_mm + margin_mm)


def _row(cell: Cell, baseline_px: float, place: RowPlace, px_per_mm: float, edges: tuple[float, float]) -> Row:
    above_px, below_px = place.above_mm * px_per_mm, place.below_mm * px_per_mm
    band_px = max(1, round((above_px + below_px) * BAND_SHARE))
    return Row(cell.lead, baseline_px, math.floor(baseline_px - above_px * BAND_SHARE), band_px, cell.sign, *edges)
