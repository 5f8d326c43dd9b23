"""Playback follows the clock, not how often it is asked."""

from __future__ import annotations

import numpy as np
import pytest

from ecg_viewer.state.playback import SPEEDS, Playback
from ecg_viewer.state.view import ViewState
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def record(duration_s: float) -> EcgRecord:
    n = round(duration_s * 100)
    return EcgRecord(
        "r", 100.0, n, STANDARD_LEADS, Source((), "test"), lambda a, b: np.zeros((12, b - a), np.float32)
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view() -> ViewState:
    """60 s of which 10 s are on the paper, all leads under each other."""
    view = ViewState()
    view.set_layout("12x1")
    view.open_record(record(60))
    return view


def test_a_second_of_the_clock_is_a_second_of_paper(view: ViewState, clock: Clock) -> None:
    playback = Playback(view, clock)
    playback.play()
    for now in (1000.016, 1000.033, 1000.9, 1003.0):
        clock.now = now
        playback.advance()
        assert view.start_s == pytest.approx(now - 1000)


def test_one_late_frame_is_where_many_would_have_come_to(view: ViewState, clock: Clock) -> None:
    playback = Playback(view, clock)
    playback.set_speed(2.0)
    playback.play()
    clock.now += 7
    playback.advance()
    assert view.start_s == pytest.approx(14)


@pytest.mark.parametrize("speed", SPEEDS)
def test_every_speed_is_a_multiple_of_real_time(view: ViewState, clock: Clock, speed: float) -> None:
    playback = Playback(view, clock)
    playback.set_speed(speed)
    playback.play()
    clock.now += 3
    playback.advance()
    assert view.start_s == pytest.approx(3 * speed)


def test_a_change_of_speed_starts_where_the_paper_is(view: ViewState, clock: Clock) -> None:
    playback = Playback(view, clock)
    playback.play()
    clock.now += 4
    playback.advance()
    playback.step_speed(2)
    assert playback.speed == 4
    clock.now += 1
    playback.advance()
    assert view.start_s == pytest.approx(8)


def test_it_stops_at_the_end_and_then_begins_anew(view: ViewState, clock: Clock) -> None:
    playback, changes = Playback(view, clock), []
    playback.changed.connect(lambda: changes.append(playback.is_playing))
    view.scroll_to(45)
    playback.toggle()
    clock.now += 100
    playback.advance()
    assert view.start_s == view.last_start_s == 50
    assert not playback.is_playing
    assert changes == [True, False]
    playback.toggle()
    assert playback.is_playing
    assert view.start_s == 0


def test_a_pause_costs_no_time(view: ViewState, clock: Clock) -> None:
    playback = Playback(view, clock)
    playback.play()
    clock.now += 2
    playback.advance()
    playback.toggle()
    clock.now += 60
    playback.advance()
    assert view.start_s == pytest.approx(2)
    playback.toggle()
    clock.now += 1
    playback.advance()
    assert view.start_s == pytest.approx(3)


def test_whoever_scrolls_meanwhile_is_followed(view: ViewState, clock: Clock) -> None:
    playback = Playback(view, clock)
    playback.play()
    clock.now += 2
    playback.advance()
    view.scroll_to(30)
    clock.now += 0.5
    playback.advance()
    clock.now += 0.5
    playback.advance()
    assert view.start_s == pytest.approx(30.5)


def test_another_recording_stops_it(view: ViewState, clock: Clock) -> None:
    playback = Playback(view, clock)
    playback.play()
    view.open_record(record(30))
    assert not playback.is_playing


def test_what_fits_on_the_paper_cannot_be_played(clock: Clock) -> None:
    view = ViewState()
    playback = Playback(view, clock)
    playback.play()
    assert not playback.is_playing
    view.open_record(record(8))
    assert not playback.is_possible
    playback.play()
    assert not playback.is_playing


def test_only_known_speeds_and_their_ends(view: ViewState, clock: Clock) -> None:
    playback = Playback(view, clock)
    with pytest.raises(ValueError, match="playback speed"):
        playback.set_speed(3)
    playback.step_speed(-9)
    assert playback.speed == SPEEDS[0]
    playback.step_speed(9)
    assert playback.speed == SPEEDS[-1]
