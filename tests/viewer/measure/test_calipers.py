"""Calipers span seconds and millivolts; their handles move together with nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.state.measure.calipers import Caliper, CaliperKind, Calipers, CaliperState, Handle

TIME, AMPLITUDE, BOTH = CaliperKind.TIME, CaliperKind.AMPLITUDE, CaliperKind.BOTH


@pytest.fixture
def calipers() -> Calipers:
    made = Calipers()
    made.reset(10.0)
    return made


def drawn(calipers: Calipers, kind: CaliperKind, from_s: float, to_s: float, mv: float = 0.0) -> Caliper:
    calipers.place(kind, "II", from_s, 0.0)
    calipers.drag_to(to_s, mv)
    calipers.drop()
    caliper = calipers.selected
    assert caliper is not None
    return caliper


def test_a_drag_is_one_change_from_where_it_began_to_where_it_ended(calipers: Calipers) -> None:
    edits: list[tuple[CaliperState, CaliperState]] = []
    calipers.edited.connect(lambda before, after: edits.append((before, after)))
    calipers.place(TIME, "V3", 1.0, 0.2)
    for time_s in (1.1, 1.5, 1.8):
        calipers.drag_to(time_s, 0.9)
    assert edits == []
    calipers.drop()
    ((before, after),) = edits
    assert before.calipers == ()
    assert after.calipers[0].interval_ms == pytest.approx(800)
    assert after.calipers[0].rate_bpm == pytest.approx(75)


def test_what_a_kind_does_not_span_stays_where_it_was(calipers: Calipers) -> None:
    time = drawn(calipers, TIME, 1.0, 2.0, mv=0.7)
    assert (time.first_mv, time.second_mv) == (0.0, 0.0)
    amplitude = drawn(calipers, AMPLITUDE, 3.0, 4.0, mv=0.7)
    assert (amplitude.first_s, amplitude.second_s) == (3.0, 3.0)
    assert amplitude.difference_uv == pytest.approx(700)
    both = drawn(calipers, BOTH, 3.0, 4.0, mv=-0.7)
    assert (both.interval_ms, both.difference_uv) == (pytest.approx(1000), pytest.approx(-700))


def test_a_mere_click_leaves_no_caliper(calipers: Calipers) -> None:
    calipers.place(TIME, "II", 1.0, 0.0)
    calipers.drop(lambda caliper: caliper.interval_ms < 5)
    assert calipers.all == ()
    assert calipers.selected is None


def test_escape_during_a_drag_brings_everything_back(calipers: Calipers) -> None:
    before = drawn(calipers, TIME, 1.0, 2.0)
    calipers.grab(before.number, Handle.FIRST)
    calipers.drag_to(0.2, 0.0)
    calipers.cancel_drag()
    assert calipers.all == (before,)
    assert not calipers.is_dragging


def test_tab_goes_through_the_handles_of_one_caliper_after_the_other(calipers: Calipers) -> None:
    drawn(calipers, TIME, 1.0, 2.0)
    drawn(calipers, TIME, 3.0, 4.0)
    calipers.select(1, Handle.FIRST)
    seen = []
    for _ in range(6):
        seen.append((calipers.state.selected, calipers.handle))
        calipers.step_handle()
    assert seen == [(number, handle) for number in (1, 2)
                    for handle in (Handle.FIRST, Handle.SECOND, Handle.WHOLE)]
    assert (calipers.state.selected, calipers.handle) == (1, Handle.FIRST)
    calipers.step_handle(-1)
    assert (calipers.state.selected, calipers.handle) == (2, Handle.WHOLE)


def test_keys_move_only_the_chosen_handle(calipers: Calipers) -> None:
    drawn(calipers, BOTH, 1.0, 2.0, mv=0.5)
    calipers.select(1, Handle.FIRST)
    calipers.nudge(0.002, 0.1)
    calipers.select(1, Handle.SECOND)
    calipers.nudge(-0.004, 0.0)
    caliper = calipers.selected
    assert caliper is not None
    assert (caliper.first_s, caliper.second_s) == (pytest.approx(1.002), pytest.approx(1.996))
    assert (caliper.first_mv, caliper.second_mv) == (pytest.approx(0.1), pytest.approx(0.5))


@given(st.floats(0, 10), st.floats(0, 10), st.floats(-30, 30))
def test_a_whole_caliper_keeps_its_length_up_to_the_ends_of_the_recording(a: float, b: float, by: float) -> None:
    caliper = Caliper(1, TIME, "I", a, b)
    moved = caliper.moved(Handle.WHOLE, by, 0.0, 10.0)
    assert 0 <= moved.start_s <= moved.end_s <= 10
    assert moved.interval_ms == pytest.approx(caliper.interval_ms, abs=1e-6)


def test_the_march_repeats_the_interval_to_both_sides_and_meets_both_handles(calipers: Calipers) -> None:
    drawn(calipers, TIME, 4.8, 4.0)
    calipers.toggle_march()
    caliper = calipers.selected
    assert caliper is not None
    marks = caliper.marks(2.0, 6.5)
    assert marks == pytest.approx((2.4, 3.2, 4.0, 4.8, 5.6, 6.4))
    assert caliper.marks(6.45, 6.6) == ()


def test_an_amplitude_caliper_does_not_march(calipers: Calipers) -> None:
    drawn(calipers, AMPLITUDE, 1.0, 1.0, mv=1.0)
    calipers.toggle_march()
    assert calipers.selected is not None
    assert not calipers.selected.marches


def test_removing_and_clearing_can_be_restored(calipers: Calipers) -> None:
    drawn(calipers, TIME, 1.0, 2.0)
    drawn(calipers, TIME, 3.0, 4.0)
    both = calipers.state
    calipers.remove_selected()
    assert [caliper.number for caliper in calipers.all] == [1]
    assert calipers.state.selected == 1
    calipers.clear()
    assert calipers.all == ()
    calipers.restore(both)
    assert calipers.state == both


def test_numbers_are_never_used_again_within_a_recording(calipers: Calipers) -> None:
    drawn(calipers, TIME, 1.0, 2.0)
    calipers.remove_selected()
    assert drawn(calipers, TIME, 1.0, 2.0).number == 2
    calipers.reset(5.0)
    assert calipers.all == ()
    assert drawn(calipers, TIME, 1.0, 9.0).second_s == 5.0
