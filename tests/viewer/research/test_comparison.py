from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ecg_viewer.state.filters import FILTERS, NOTCHES, FilterChain
from ecg_viewer.state.research.comparison import (
    ComparedStretch,
    FirstBeats,
    LinkedViews,
    beats_job,
    comparison_job,
    first_beat_s,
    side_text,
)
from ecg_viewer.state.view import ViewState
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.resources import resource


@pytest.fixture
def first(record: Callable[..., EcgRecord]) -> ViewState:
    view = ViewState()
    view.set_layout("12x1")
    view.open_record(record("a", 60.0))
    return view


@pytest.fixture
def second(record: Callable[..., EcgRecord]) -> ViewState:
    view = ViewState()
    view.set_layout("12x1")
    view.open_record(record("b", 30.0))
    return view


def test_the_second_view_takes_over_scale_layout_and_look(first: ViewState, second: ViewState) -> None:
    first.set_speed(50)
    first.set_gain(20)
    first.set_layout("6x2")
    first.set_heat_threshold(97)
    LinkedViews(first, second)
    assert second.calibration == first.calibration
    assert second.lead_choice == first.lead_choice
    assert second.heat_look == first.heat_look


def test_scale_and_layout_follow_both_ways(first: ViewState, second: ViewState) -> None:
    links = LinkedViews(first, second)
    second.set_speed(100)
    first.set_gain(5)
    assert first.calibration == second.calibration
    assert (first.calibration.mm_per_s, second.calibration.mm_per_mv) == (100, 5)
    second.set_layout("6x2")
    assert first.lead_choice == second.lead_choice
    first.toggle_heat()
    assert not second.heat_visible
    assert links.offset_s == 0


def test_scrolling_either_scrolls_the_other_by_the_offset(first: ViewState, second: ViewState) -> None:
    links = LinkedViews(first, second)
    links.set_offset(2.5)
    first.scroll_to(5.0)
    assert second.start_s == 7.5
    second.scroll_to(12.5)
    assert first.start_s == 10.0


def test_a_lead_at_the_front_or_zoomed_is_so_on_both_sides(first: ViewState, second: ViewState) -> None:
    links = LinkedViews(first, second)
    first.focus.bring_to_front("V2")
    assert second.focus.front == "V2"
    second.focus.bring_to_front("V3")
    assert first.focus.front == "V3"
    second.focus.zoom("V4")
    assert (first.arrangement.leads, first.focus.is_zoomed, first.focus.front) == (("V4",), True, None)
    first.focus.give_back()
    assert second.lead_choice.layout == "12x1"
    assert not second.focus.is_zoomed
    links.close()
    first.focus.bring_to_front("I")
    assert second.focus.front is None


def test_the_end_of_the_shorter_one_does_not_hold_the_other_back(first: ViewState, second: ViewState) -> None:
    links = LinkedViews(first, second)
    first.scroll_to(45.0)
    assert first.start_s == 45.0
    assert second.start_s == second.last_start_s == 20.0
    first.scroll_to(5.0)
    assert second.start_s == 5.0
    assert links.offset_s == 0.0


def test_unlinked_views_scroll_alone_and_keep_the_difference_when_linked_again(
    first: ViewState, second: ViewState
) -> None:
    links = LinkedViews(first, second)
    links.set_linked(False)
    first.scroll_to(10.0)
    assert second.start_s == 0.0
    second.scroll_to(4.0)
    links.set_linked(True)
    assert links.offset_s == -6.0
    first.scroll_to(12.0)
    assert second.start_s == 6.0


def test_first_beats_are_aligned_only_if_both_were_found(first: ViewState, second: ViewState) -> None:
    links = LinkedViews(first, second)
    assert not links.align(FirstBeats(0.4, None))
    assert links.offset_s == 0.0
    assert links.align(FirstBeats(0.4, 0.9))
    assert links.offset_s == pytest.approx(0.5)
    with pytest.raises(ValueError, match="number of seconds"):
        links.set_offset(float("nan"))


def test_a_closed_link_follows_no_more(first: ViewState, second: ViewState) -> None:
    links = LinkedViews(first, second)
    links.close()
    first.scroll_to(10.0)
    first.set_gain(20)
    assert second.start_s == 0.0
    assert second.calibration.mm_per_mv == 10


def test_the_first_beat_of_a_real_recording_is_its_first_r_peak(record: Callable[..., EcgRecord]) -> None:
    recording = read_record(resource("demo") / "00195_hr.hea")
    found = first_beat_s(recording)
    assert found is not None
    lead = recording.read()[recording.lead_names.index("II"), :450]
    steepest_s = int(np.abs(np.diff(lead)).argmax()) / 500
    assert found == pytest.approx(steepest_s, abs=0.06)
    assert first_beat_s(record("flat", 5.0)) is None


def test_jobs_send_beats_and_samples(lane: object, record: Callable[..., EcgRecord]) -> None:
    sent: list[object] = []
    lane.submit(beats_job(record("a"), record("b")), sent.append)
    lane.run()
    assert sent == [FirstBeats(None, None)]
    lane.submit(comparison_job(record("a"), -1.0, 2.5, FilterChain()), sent.append)
    lane.run()
    stretch = sent[-1]
    assert isinstance(stretch, ComparedStretch)
    assert (stretch.start_s, stretch.samples_mv.shape) == (0.0, (12, 250))


def test_a_stretch_is_filtered_as_though_the_whole_recording_had_been(lane: object) -> None:
    """With the margin that its filters need: what is laid over a trace is what its own paper would show."""
    recording = read_record(resource("demo") / "00195_hr.hea")
    chain = FilterChain((FILTERS["monitor"], NOTCHES["notch_50"]))
    sent: list[ComparedStretch] = []
    lane.submit(comparison_job(recording, 4.0, 6.0, chain), sent.append)
    lane.run()
    whole = chain.apply(recording.read(), 500)[:, 2000:3000]
    assert sent[0].chain == chain
    assert sent[0].samples_mv.shape == whole.shape
    assert np.abs(sent[0].samples_mv - whole).max() < 0.005
    assert np.abs(recording.read(2000, 3000) - whole).max() > 0.05
    lane.submit(comparison_job(recording, 60.0, 70.0, chain), sent.append)
    lane.run()
    assert sent[1].samples_mv.shape == (12, 0), "beyond its end there is nothing"


def test_opening_the_second_recording_or_widening_a_paper_moves_no_other(
    first: ViewState, second: ViewState, record: Callable[..., EcgRecord]
) -> None:
    links = LinkedViews(first, second)
    first.scroll_to(30.0)
    assert second.start_s == 20.0
    second.set_paper_width_mm(400.0)  # 16 s: its end comes to an earlier start
    assert (first.start_s, second.start_s) == (30.0, 14.0)
    second.open_record(record("c", 90.0))
    assert (first.start_s, second.start_s) == (30.0, 30.0)
    second.scroll_to(60.0)
    assert (first.start_s, second.start_s) == (50.0, 60.0), "the end of the first stops it alone"
    first.set_paper_width_mm(251.0)
    assert second.start_s == 60.0
    second.zoom(2.0, second.start_s + 4.0)
    assert second.start_s == pytest.approx(62.0)
    assert first.calibration == second.calibration
    assert links.offset_s == 0.0


def test_each_side_says_which_recording_and_which_model(bench: object) -> None:
    bench.open()
    bench.session.models.choose("faithful")
    assert side_text("B", bench.session) == "B: rec · faithful"
