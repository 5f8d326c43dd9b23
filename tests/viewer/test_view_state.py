"""The view: what is visible follows from calibration and size, and never leaves the record."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.view import MIN_HEAT_OPACITY, Cursor, Interval, ViewState
from mmae_core.assessment import Finding
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


def record_of(duration_s: float) -> EcgRecord:
    def read(start: int, end: int) -> np.ndarray:
        return np.zeros((12, end - start), np.float32)

    source = Source((Path("none"),), "test")
    return EcgRecord("test", 100.0, round(duration_s * 100), STANDARD_LEADS, source, read)


class Ear:
    """Counts the signals of a view state."""

    def __init__(self, view: ViewState) -> None:
        self.heard: list[str] = []
        self.slots = []
        for name in ("record", "range", "calibration", "heat", "selection", "cursor"):
            self.slots.append(lambda name=name: self.heard.append(name))
            getattr(view, f"{name}_changed").connect(self.slots[-1])


@pytest.fixture
def view() -> ViewState:
    state = ViewState()
    state.set_layout("12x1")
    state.set_paper_width_mm(250)
    state.open_record(record_of(60))
    return state


def test_the_visible_duration_follows_from_width_and_speed(view: ViewState) -> None:
    assert view.visible_s == 10.0
    view.set_paper_width_mm(500)
    assert view.visible_s == 20.0
    assert view.calibration == Calibration()
    view.set_speed(50)
    assert view.visible_s == 10.0


def test_the_view_is_clipped_to_the_record_at_both_ends(view: ViewState) -> None:
    view.scroll_to(-5)
    assert view.start_s == 0
    view.scroll_by(1000)
    assert view.start_s == 50
    assert view.end_s == 60
    view.set_paper_width_mm(500)
    assert (view.start_s, view.end_s) == (40, 60)


def test_a_record_shorter_than_the_paper_starts_at_its_left_edge() -> None:
    view = ViewState()
    view.set_layout("12x1")
    view.set_paper_width_mm(500)
    view.open_record(record_of(10))
    view.scroll_by(3)
    assert view.start_s == 0
    assert view.end_s == 20


@given(
    st.floats(0.5, 100_000), st.lists(st.tuples(st.sampled_from(["scroll", "zoom", "width"]), st.floats(0.01, 1000)))
)
def test_whatever_is_done_the_view_stays_inside_the_record(duration_s: float, steps: list[tuple[str, float]]) -> None:
    view = ViewState()
    view.set_layout("12x1")
    view.open_record(record_of(duration_s))
    for step, value in steps:
        if step == "scroll":
            view.scroll_to(value * 100 - 500)
        elif step == "zoom":
            view.zoom(value, view.start_s + value % 10)
        else:
            view.set_paper_width_mm(value)
        assert 0 <= view.start_s <= max(0.0, view.duration_s - view.visible_s)


def test_zooming_keeps_the_anchor_where_it_is(view: ViewState) -> None:
    view.scroll_to(20)
    view.zoom(2, anchor_s=26)
    assert view.calibration.mm_per_s == 50
    assert view.visible_s == 5
    assert (26 - view.start_s) / view.visible_s == pytest.approx(0.6)


def test_a_speed_step_keeps_the_anchor_where_it_is(view: ViewState) -> None:
    view.scroll_to(20)
    view.step_speed(-1, anchor_s=25)
    assert view.calibration.mm_per_s == 12.5
    assert view.start_s == pytest.approx(15)


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan")])
def test_an_impossible_zoom_is_refused(view: ViewState, factor: float) -> None:
    with pytest.raises(ValueError, match="zoom"):
        view.zoom(factor)


def test_gain_does_not_move_the_view(view: ViewState) -> None:
    view.scroll_to(12)
    view.step_gain(1)
    assert (view.calibration.mm_per_mv, view.start_s) == (20, 12)
    view.standard_calibration()
    assert view.calibration == Calibration()


def test_opening_a_record_keeps_settings_and_drops_marks(view: ViewState) -> None:
    view.set_speed(50)
    view.set_heat_opacity(0.5)
    view.select_interval("V1", 1, 2)
    view.set_cursor(3, "II")
    view.scroll_to(9)
    ear = Ear(view)
    record = record_of(30)
    view.open_record(record)
    assert view.record is record
    assert (view.start_s, view.selection, view.cursor) == (0, None, None)
    assert (view.calibration.mm_per_s, view.heat_look.opacity) == (50, 0.5)
    assert ear.heard == ["record", "range", "selection", "cursor"]


def test_signals_tell_what_changed_and_only_that(view: ViewState) -> None:
    ear = Ear(view)
    view.scroll_by(1)
    view.scroll_by(0)
    view.toggle_heat()
    view.set_heat_visible(False)
    view.set_gain(10)
    view.set_gain(5)
    assert ear.heard == ["range", "heat", "calibration", "range"]


def test_listeners_see_the_whole_change(view: ViewState) -> None:
    seen: list[tuple[float, float]] = []
    view.scroll_to(50)

    def listen() -> None:
        seen.append((view.visible_s, view.start_s))

    view.calibration_changed.connect(listen)
    view.set_speed(12.5)
    assert seen == [(20, 40)]


def test_heat_opacity_has_a_floor(view: ViewState) -> None:
    view.set_heat_opacity(0)
    assert view.heat_look.opacity == MIN_HEAT_OPACITY
    view.set_heat_opacity(5)
    assert view.heat_look.opacity == 1


def test_going_to_a_finding_selects_it_and_scrolls_only_if_needed(view: ViewState) -> None:
    view.go_to_finding(Finding("V3", 3.2, 3.6, 3.4, 99.2, 5.0))
    assert view.selection == Interval("V3", 3.2, 3.6)
    assert view.start_s == 0
    view.go_to_finding(Finding("aVL", 30, 31, 30.5, 98.0, 4.0))
    assert view.start_s == pytest.approx(25.5)
    view.clear_selection()
    assert view.selection is None


def test_an_interval_longer_than_the_paper_is_shown_from_its_start(view: ViewState) -> None:
    view.show_interval(15, 40)
    assert view.start_s == 15


def test_an_interval_that_ends_before_it_starts_is_refused(view: ViewState) -> None:
    with pytest.raises(ValueError, match="interval"):
        view.select_interval("I", 2, 1)


def test_centring_and_paging(view: ViewState) -> None:
    view.centre_on(30)
    assert view.start_s == 25
    view.scroll_by_windows(1)
    assert view.start_s == 35
    view.scroll_by_windows(-0.5)
    assert view.start_s == 30


def test_the_cursor_is_told_once(view: ViewState) -> None:
    ear = Ear(view)
    view.set_cursor(1.5, "II")
    view.set_cursor(1.5, "II")
    assert view.cursor == Cursor(1.5, "II")
    view.clear_cursor()
    assert ear.heard == ["cursor", "cursor"]
