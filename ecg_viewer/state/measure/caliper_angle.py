"""The angle between two arms of a caliper, and the base of the triangle that they make.

An angle on paper depends on speed and gain, so that it is told for one geometry alone, 25 mm/s and 10 mm/mV, whatever
is shown. With the apex on a second R and an arm along each side of it, the angle is Brugada's beta angle (Chevallier et
al. 2011, J Am Coll Cardiol 58:2290), and the base 5 mm below the apex is that of Serra et al. 2014 (Ann Noninvasive
Electrocardiol 19:442).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ecg_viewer.state.measure.calipers import Caliper, Handle
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number

MM_PER_S, MM_PER_MV = 25.0, 10.0
"""The geometry of every angle."""
BASE_MM = 5.0
"""Distance of the base from the apex, downwards as drawn."""


@dataclass(frozen=True)
class AngleReading:
    """What an angle measures at 25 mm/s and 10 mm/mV."""

    degrees: float | None
    """Between the arms, 0 to 180; None while an arm has no length."""
    base_mm: float | None
    """Width of the triangle `BASE_MM` below its apex; None unless both arms fall."""

    @property
    def base_ms(self) -> float | None:
        """The same as a time."""
        return None if self.base_mm is None else 1000.0 * self.base_mm / MM_PER_S


def angle_reading(caliper: Caliper, sign: int = 1) -> AngleReading:
    """Of an angle caliper; `sign` is -1 in a lead drawn inverted, where down is up."""
    arms = [_arm_mm(caliper, handle, sign) for handle in (Handle.SECOND, Handle.THIRD)]
    lengths = [math.hypot(*arm) for arm in arms]
    if min(lengths) == 0:
        return AngleReading(None, None)
    (x1, y1), (x2, y2) = arms
    degrees = math.degrees(abs(math.atan2(x1 * y2 - y1 * x2, x1 * x2 + y1 * y2)))
    if y1 >= 0 or y2 >= 0:
        return AngleReading(degrees, None)
    return AngleReading(degrees, BASE_MM * abs(x1 / y1 - x2 / y2))


def angle_text(reading: AngleReading) -> str:
    """`36.9° · base 3.3 mm = 133 ms`."""
    if reading.degrees is None:
        return tr("{n}°").format(n="–")
    angle = tr("{n}°").format(n=number(reading.degrees, ".1f"))
    if reading.base_mm is None or reading.base_ms is None:
        return angle
    return tr("{angle} · base {mm} mm = {ms} ms").format(
        angle=angle, mm=number(reading.base_mm, ".1f"), ms=number(reading.base_ms, ".0f"))


def geometry_text() -> str:
    """For which geometry an angle is told."""
    return tr("Angles are those at 25 mm/s and 10 mm/mV, whatever is shown; the base lies 5 mm below the apex.")


def base_ends(caliper: Caliper, sign: int = 1) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Time and amplitude of both ends of the base; None without one."""
    if angle_reading(caliper, sign).base_mm is None:
        return None
    ends = []
    for handle in (Handle.SECOND, Handle.THIRD):
        x, y = _arm_mm(caliper, handle, sign)
        ends.append((caliper.first_s - BASE_MM * x / y / MM_PER_S, caliper.first_mv - sign * BASE_MM / MM_PER_MV))
    return ends[0], ends[1]


def _arm_mm(caliper: Caliper, handle: Handle, sign: int) -> tuple[float, float]:
    """To the right and upwards, from the apex."""
    time_s, millivolts = caliper.at(handle)
    return (time_s - caliper.first_s) * MM_PER_S, sign * (millivolts - caliper.first_mv) * MM_PER_MV
