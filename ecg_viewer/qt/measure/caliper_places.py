"""Positions of calipers on the paper, and hit testing; all through lead areas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.measure.calipers import Caliper, Handle

GRAB_PX = 6.0
"""Distance at which a line or handle can be grabbed; device-independent pixels."""
REACH_PX = 60.0
"""Half the length of an amplitude caliper's lines."""


@dataclass(frozen=True)
class CaliperPlace:
    """One caliper in one area."""

    caliper: Caliper
    area: LeadArea
    is_own: bool
    """Whether this is the lead it was placed in; the other leads only show its times."""

    @property
    def first_x(self) -> float:
        return self.area.x_of(self.caliper.first_s)

    @property
    def second_x(self) -> float:
        return self.area.x_of(self.caliper.second_s)

    @property
    def first_y(self) -> float:
        return self.area.y_of(self.caliper.first_mv)

    @property
    def second_y(self) -> float:
        return self.area.y_of(self.caliper.second_mv)

    @property
    def ends(self) -> tuple[tuple[Handle, float, float], ...]:
        """All handles with their points; they are on the own lead only."""
        both = ((Handle.FIRST, self.first_x, self.first_y), (Handle.SECOND, self.second_x, self.second_y))
        return (*both, (Handle.THIRD, self.third_x, self.third_y)) if self.caliper.is_angle else both

    @property
    def third_x(self) -> float:
        return self.area.x_of(self.caliper.third_s)

    @property
    def third_y(self) -> float:
        return self.area.y_of(self.caliper.third_mv)

    @property
    def span(self) -> tuple[float, float]:
        """Left and right end of the horizontal lines."""
        left, right = sorted((self.first_x, self.second_x))
        if self.caliper.is_angle:
            return left, right
        return (left - REACH_PX, right + REACH_PX) if not self.caliper.spans_time else (left, right)


def caliper_places(calipers: Iterable[Caliper], areas: Iterable[LeadArea]) -> Iterator[CaliperPlace]:
    """Every caliper in every area that shows some of it: amplitudes in their own lead, times in all."""
    kept = tuple(calipers)
    for area in areas:
        for caliper in kept:
            is_own = caliper.lead == area.lead
            reach_s = 0.0 if caliper.spans_time or caliper.is_angle else REACH_PX / area.px_per_s
            seen = caliper.end_s + reach_s >= area.start_s and caliper.start_s - reach_s <= area.end_s
            if (is_own or caliper.spans_time) and (seen or caliper.marches):
                yield CaliperPlace(caliper, area, is_own)


def part_at(
    x: float, y: float, calipers: Iterable[Caliper], areas: Iterable[LeadArea], preferred: int | None
) -> tuple[Caliper, Handle] | None:
    """The part of a caliper at a point: handles first, then the nearest line, the preferred caliper's if in doubt."""
    found: list[tuple[float, bool, Caliper, Handle]] = []
    for place in caliper_places(calipers, (area for area in areas if area.contains(x, y))):
        for distance, handle in _distances(place, x, y):
            if distance <= GRAB_PX:
                found.append((distance, place.caliper.number != preferred, place.caliper, handle))
    if not found:
        return None
    best = min(found, key=lambda part: (part[1], part[0]))
    return best[2], best[3]


def _distances(place: CaliperPlace, x: float, y: float) -> Iterator[tuple[float, Handle]]:
    caliper = place.caliper
    if place.is_own:
        for handle, at_x, at_y in place.ends:
            if caliper.spans_time or caliper.is_angle or handle is not Handle.WHOLE:
                yield max(abs(x - at_x), abs(y - at_y)) - 1.0, handle  # a point wins over the lines through it
    if caliper.spans_time:
        yield abs(x - place.first_x), Handle.FIRST
        yield abs(x - place.second_x), Handle.SECOND
    if caliper.is_angle:
        if place.is_own:
            apex = place.first_x, place.first_y
            for _, at_x, at_y in place.ends[1:]:
                yield _from_line((x, y), apex, (at_x, at_y)) + 0.5, Handle.WHOLE
        return
    left, right = place.span
    if place.is_own and left <= x <= right:
        if caliper.spans_amplitude:
            yield abs(y - place.first_y), Handle.FIRST
            yield abs(y - place.second_y), Handle.SECOND
            middle_y = (place.first_y + place.second_y) / 2
        else:
            middle_y = place.first_y
        if left + GRAB_PX < x < right - GRAB_PX:
            yield abs(y - middle_y) + 0.5, Handle.WHOLE


def _from_line(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """Distance of a point from a line between two others."""
    along = end[0] - start[0], end[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if length == 0 else ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / length
    share = min(max(share, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - share * along[0], point[1] - start[1] - share * along[1])
