"""What is looked at is assessed first; everything is assessed once."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.state.stretch_order import FOCUS_STEP_S, SHORTEST_S, STEP_S, StretchPlan


def taken(duration_s: float, *focus: tuple[float, float]) -> list[tuple[float, float]]:
    """All stretches, with the focus moving along `focus` and staying at its last place."""
    plan, stretches, places = StretchPlan(duration_s), [], list(focus)
    while (stretch := plan.take(*places[0])) is not None:
        stretches.append(stretch)
        if len(places) > 1:
            places.pop(0)
    return stretches


def test_a_short_record_is_one_stretch() -> None:
    assert taken(10.0, (0.0, 10.0)) == [(0.0, 10.0)]
    assert taken(4.0, (0.0, 4.0)) == [(0.0, 4.0)]
    assert taken(0.0, (0.0, 0.0)) == []


def test_the_visible_stretch_comes_first_then_its_neighbours() -> None:
    first, *rest = taken(3600.0, (1000.0, 1010.0))
    assert first == (1000.0, 1010.0)
    assert set(rest[:2]) == {(940.0, 1000.0), (1010.0, 1070.0)}


def test_scrolling_moves_the_focus() -> None:
    stretches = taken(3600.0, (0.0, 10.0), (3000.0, 3010.0))
    assert stretches[1] == (3000.0, 3010.0)


@given(
    duration=st.floats(0.5, 2000),
    focus=st.lists(st.tuples(st.floats(0, 2000), st.floats(0.1, 300)), min_size=1, max_size=8),
)
def test_every_second_is_assessed_exactly_once(duration: float, focus: list[tuple[float, float]]) -> None:
    stretches = sorted(taken(duration, *[(start, start + width) for start, width in focus]))
    assert stretches[0][0] == 0
    assert stretches[-1][1] == pytest.approx(duration)
    for (_, end), (start, _) in itertools.pairwise(stretches):
        assert start == end
    for start, end in stretches:
        assert end - start <= STEP_S + 2 * SHORTEST_S + 10
        assert end - start >= min(SHORTEST_S, duration) or len(stretches) == 1


def test_progress_adds_up() -> None:
    plan = StretchPlan(100.0)
    assert plan.done_s == 0
    plan.take(0, 10)
    assert plan.done_s == 10
    while plan.take(0, 10):
        pass
    assert plan.done_s == 100


def test_a_stretch_in_hand_gives_way_to_another_place_that_is_looked_at() -> None:
    plan = StretchPlan(3600.0)
    assert plan.take(1000.0, 1010.0) == (1000.0, 1010.0)
    assert not plan.is_overtaken(1000.0, 1010.0)
    assert not plan.is_overtaken(1003.0, 1013.0), "it is still looked at"
    assert plan.is_overtaken(2000.0, 2010.0)
    outward = plan.take(1000.0, 1010.0)
    assert outward is not None
    assert not plan.is_overtaken(1000.0, 1010.0)
    assert plan.is_overtaken(outward[0] + 20, outward[0] + 30), "within it, too, a part comes sooner than the whole"


def test_what_is_assessed_already_overtakes_nothing() -> None:
    plan = StretchPlan(3600.0)
    plan.take(0.0, 10.0)
    plan.take(2000.0, 2010.0)
    assert not plan.is_overtaken(0.0, 10.0)


def test_a_stretch_given_back_is_assessed_later() -> None:
    plan = StretchPlan(120.0)
    plan.take(0.0, 10.0)
    before = plan.done_s
    plan.take(60.0, 70.0)
    plan.give_back()
    assert plan.done_s == before
    rest = sorted(iter(lambda: plan.take(0.0, 10.0), None))
    assert (rest[0][0], rest[-1][1]) == (10.0, 120.0)
    assert all(end == start for (_, end), (start, _) in itertools.pairwise(rest))


def test_a_wide_view_gets_its_first_heat_as_soon_as_a_narrow_one() -> None:
    start, end = taken(3600.0, (1000.0, 1050.0))[0]
    assert end - start == FOCUS_STEP_S


def test_a_page_that_begins_between_two_windows_is_assessed_in_one_go() -> None:
    start, end = taken(3600.0, (1003.2, 1012.9))[0]
    assert start <= 1003.2
    assert end >= 1012.9
