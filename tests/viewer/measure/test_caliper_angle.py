"""Angles at 25 mm/s and 10 mm/mV, and the base of their triangle, of arms whose geometry is known."""

from __future__ import annotations

import math

import pytest

from ecg_viewer.state.measure.caliper_angle import angle_reading, base_ends
from ecg_viewer.state.measure.caliper_readings import caliper_text
from ecg_viewer.state.measure.calipers import Caliper, CaliperKind, Calipers, Handle


def angle(second_mm: tuple[float, float], third_mm: tuple[float, float], sign: int = 1) -> Caliper:
    """Apex at 1 s and 0.5 mV; arms in mm to the right and up, as drawn with that sign."""
    ends = [(1.0 + x / 25, 0.5 + sign * y / 10) for x, y in (second_mm, third_mm)]
    return Caliper(1, CaliperKind.ANGLE, "V1", 1.0, ends[0][0], 0.5, ends[0][1], third_s=ends[1][0],
                   third_mv=ends[1][1])


@pytest.mark.parametrize(("second", "third", "degrees", "base_mm"), [
    ((1, -5), (-1, -5), 2 * math.degrees(math.atan(1 / 5)), 2.0),
    ((5, -5), (-5, -5), 90.0, 10.0),
    ((2, -4), (-1, -8), math.degrees(math.atan(2 / 4) + math.atan(1 / 8)), 2.5 + 0.625),
    ((3, -5), (1, -5), math.degrees(math.atan(3 / 5) - math.atan(1 / 5)), 2.0),
])
def test_angle_and_base_are_those_of_the_triangle(
    second: tuple[float, float], third: tuple[float, float], degrees: float, base_mm: float
) -> None:
    found = angle_reading(angle(second, third))
    assert found.degrees == pytest.approx(degrees)
    assert found.base_mm == pytest.approx(base_mm)
    assert found.base_ms == pytest.approx(40 * base_mm)


def test_arms_that_do_not_fall_have_an_angle_and_no_base() -> None:
    found = angle_reading(angle((4, 0), (-3, -3)))
    assert found.degrees == pytest.approx(135.0)
    assert found.base_mm is None
    assert caliper_text(angle((4, 0), (-3, -3))) == "135.0°"


def test_an_arm_without_length_has_no_angle() -> None:
    assert angle_reading(angle((0, 0), (-1, -5))).degrees is None


def test_in_an_inverted_lead_down_is_as_drawn() -> None:
    inverted = angle((1, -5), (-1, -5), sign=-1)
    assert angle_reading(inverted, -1).base_mm == pytest.approx(2.0)
    assert angle_reading(inverted, 1).base_mm is None


def test_the_base_lies_half_a_millivolt_below_the_apex_on_both_arms() -> None:
    ends = base_ends(angle((2, -10), (-1, -10)))
    assert ends is not None
    assert ends[0] == (pytest.approx(1.0 + 1 / 25), pytest.approx(0.0))
    assert ends[1] == (pytest.approx(1.0 - 0.5 / 25), pytest.approx(0.0))
    assert caliper_text(angle((2, -10), (-1, -10))) == "17.0° · base 1.5 mm = 60 ms"


def test_while_it_is_drawn_the_other_arm_is_the_mirror_image_and_then_stays() -> None:
    calipers = Calipers()
    calipers.reset(10.0)
    calipers.place(CaliperKind.ANGLE, "V1", 2.0, 0.5)
    calipers.drag_to(2.1, 0.1)
    calipers.drop()
    drawn = calipers.selected
    assert drawn is not None
    assert drawn.at(Handle.THIRD) == (pytest.approx(1.9), pytest.approx(0.1))
    calipers.grab(drawn.number, Handle.SECOND)
    calipers.drag_to(2.2, 0.2)
    calipers.drop()
    moved = calipers.selected
    assert moved is not None
    assert moved.at(Handle.SECOND) == (pytest.approx(2.2), pytest.approx(0.2))
    assert moved.at(Handle.THIRD) == drawn.at(Handle.THIRD)
    assert moved.at(Handle.FIRST) == (2.0, 0.5)


def test_keys_walk_through_all_three_ends_and_the_whole_moves_together() -> None:
    calipers = Calipers()
    calipers.reset(10.0)
    calipers.add(angle((1, -5), (-1, -5)))
    seen = []
    for _ in range(4):
        seen.append(calipers.handle)
        calipers.step_handle()
    assert set(seen) == {Handle.FIRST, Handle.SECOND, Handle.THIRD, Handle.WHOLE}
    calipers.select(calipers.all[0].number, Handle.WHOLE)
    before = calipers.all[0]
    calipers.nudge(0.1, 0.2)
    after = calipers.all[0]
    for handle in (Handle.FIRST, Handle.SECOND, Handle.THIRD):
        assert after.at(handle) == (pytest.approx(before.at(handle)[0] + 0.1),
                                    pytest.approx(before.at(handle)[1] + 0.2))
    assert angle_reading(after).degrees == pytest.approx(
        angle_reading(before).degrees)
