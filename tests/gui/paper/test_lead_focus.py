"""Which trace is whose: a lead at the front, a lead alone, inks where traces meet, and pages that stay whole."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from ecg_viewer.render.contrast import contrast
from ecg_viewer.render.inks import dimmed
from ecg_viewer.render.theme import THEMES
from ecg_viewer.state.layouts import LAYOUTS
from mmae_core.assessment import Finding
from mmae_core.record import STANDARD_LEADS

K, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def level(make_record, millivolts: float = 0.1, duration_s: float = 10.0):
    """Lead k is level at k times so many millivolts."""
    levels = np.arange(12)[:, None] * millivolts
    return make_record(np.tile(levels, (1, round(500 * duration_s))))


def tangled(make_record):
    """Every other lead goes down as far as its neighbours go up, at once."""
    beat = np.zeros(500)
    beat[200:230] = 4.0
    return make_record(np.stack([np.tile(beat if index % 2 else -beat, 10) for index in range(12)]))


def name_place(bench, lead: str) -> QPoint:
    """Where the name of a lead stands."""
    return next(box.center().toPoint() for row, box in bench.paper._names() if row.lead == lead)


@pytest.fixture(params=["12x1", "3x4+II"])
def page(request, bench, make_record):
    """Level leads, in one column and in several."""
    bench.view.set_layout(request.param)
    bench.open(level(make_record))
    return bench


def test_a_click_on_a_leads_name_brings_it_to_the_front_and_another_gives_all_back(page) -> None:
    page.qtbot.mouseClick(page.paper, LEFT, pos=name_place(page, "V2"))
    assert page.view.focus.front == "V2"
    page.qtbot.mouseClick(page.paper, LEFT, pos=name_place(page, "V3"))
    assert page.view.focus.front == "V3"
    page.qtbot.mouseClick(page.paper, LEFT, pos=name_place(page, "V3"))
    assert page.view.focus.front is None
    page.qtbot.mouseClick(page.paper, LEFT, pos=name_place(page, "V2") + QPoint(60, 40))
    assert page.view.focus.front is None, "the trace itself is no name"


def test_the_lead_at_the_front_is_drawn_as_ever_and_the_others_are_dimmed(page) -> None:
    def ink(lead: str) -> set[bool]:
        """Whether a lead's trace is drawn in the full ink."""
        area = page.paper.areas_of(lead)[0]
        y, x = round(area.y_of(STANDARD_LEADS.index(lead) / 10)), int(area.left + area.width / 2)
        return {bool(drawn[y - 2 : y + 3, x + step].any()) for step in (3, 9, 15)}

    page.wait()
    drawn = page.drawn(page.paper.theme.trace, 130)
    assert ink("V2") == ink("V3") == {True}
    page.view.focus.bring_to_front("V2")
    page.wait()
    drawn = page.drawn(page.paper.theme.trace, 130)
    assert (ink("V2"), ink("V3"), ink("aVR")) == ({True}, {False}, {False})


def test_a_double_click_on_name_or_trace_gives_a_lead_the_whole_paper_and_back(page) -> None:
    before = page.view.lead_choice
    on_trace = page.paper.areas_of("V4")[0]
    at = QPoint(int(on_trace.left + on_trace.width / 2), int(on_trace.top + on_trace.height / 2))
    page.qtbot.mouseDClick(page.paper, LEFT, pos=at)
    assert page.view.arrangement.leads == ("V4",)
    page.wait()
    page.qtbot.mouseDClick(page.paper, LEFT, pos=at)
    assert page.view.lead_choice == before
    place = name_place(page, "aVL")
    page.qtbot.mouseClick(page.paper, LEFT, pos=place)  # as a double click begins
    page.qtbot.mouseDClick(page.paper, LEFT, pos=place)
    assert page.view.arrangement.leads == ("aVL",)
    page.qtbot.keyClick(page.paper, K.Key_Escape)
    assert (page.view.lead_choice, page.view.focus.front) == (before, None)


def test_escape_shows_all_alike(page) -> None:
    page.view.focus.bring_to_front("V2")
    page.qtbot.keyClick(page.paper, K.Key_Escape)
    assert page.view.focus.front is None


def test_another_recording_and_another_layout_end_the_zoom(page, make_record) -> None:
    before = page.view.lead_choice
    page.view.focus.zoom("V1")
    page.open(level(make_record))
    assert page.view.lead_choice == before
    page.view.focus.zoom("V1")
    page.view.set_layout("6x2")
    assert not page.view.focus.is_zoomed
    assert not page.view.focus.step_back()


def test_up_and_down_go_on_to_the_neighbours_of_a_zoomed_lead(page) -> None:
    before = page.view.lead_choice
    page.view.focus.zoom("V1")
    page.qtbot.keyClick(page.paper, K.Key_Down)
    assert page.view.arrangement.leads == ("V2",)
    page.qtbot.keyClick(page.paper, K.Key_Escape)
    assert page.view.lead_choice == before


def test_the_pointer_shows_that_a_name_can_be_clicked(page) -> None:
    page.qtbot.mouseMove(page.paper, name_place(page, "V2"))
    assert page.paper.cursor().shape() == Qt.CursorShape.PointingHandCursor
    page.qtbot.mouseMove(page.paper, QPoint(700, 300))
    assert page.paper.cursor().shape() == Qt.CursorShape.CrossCursor


def test_traces_that_meet_are_drawn_in_two_inks_and_so_are_their_names(bench, make_record) -> None:
    bench.open(level(make_record))
    assert not bench.paper.reach.collides
    bench.open(tangled(make_record))
    assert bench.paper.reach.collides
    theme = bench.paper.theme
    second = bench.drawn(theme.second_trace, 40)
    for place, lead in enumerate(STANDARD_LEADS):
        box = next(box for row, box in bench.paper._names() if row.lead == lead).toRect()
        name = second[box.top() : box.bottom(), box.left() : box.right()]
        assert name.any() == (place % 2 == 1), lead
    assert second[:, 200:].sum() > 1000, "the traces too"


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_inks_can_be_read_and_told_apart(theme) -> None:
    assert contrast(theme.second_trace, theme.paper) >= 4.5
    assert contrast(theme.second_trace, theme.trace) >= 1.4, "without seeing colours as well"
    assert contrast(dimmed(theme.trace, theme), theme.paper) < 3.0 < contrast(theme.trace, theme.paper)


@pytest.mark.parametrize("duration_s", [10.0, 60.0])
@pytest.mark.parametrize("layout", [spec.id for spec in LAYOUTS])
def test_a_jump_keeps_the_page_whole_and_shows_the_moment(bench, make_record, layout: str, duration_s: float) -> None:
    bench.view.set_layout(layout)
    bench.open(level(make_record, duration_s=duration_s))
    for time_s in (0.05, duration_s / 2, duration_s - 0.15):
        for lead in STANDARD_LEADS:
            bench.view.go_to_finding(Finding(lead, time_s, time_s + 0.1, time_s + 0.05, 99.0, 1.0))
            areas = bench.paper.areas()
            assert any(area.start_s - 0.01 <= time_s and time_s + 0.1 <= area.end_s + 0.01
                       for area in areas if area.lead == lead), f"{lead} at {time_s} s"
            for area in areas:
                assert area.start_s >= 0, "nothing before the recording"
                shown_s = min(area.end_s, duration_s) - area.start_s
                assert shown_s >= min(2.0, duration_s), "and no column without it"


def test_columns_that_show_the_same_times_say_which_and_draw_them(bench, make_record) -> None:
    """Lead k has a spike at k quarters of a second."""
    samples = np.zeros((12, 5000))
    for index in range(12):
        samples[index, 125 * index + 60] = 1.5
    bench.view.set_layout("3x4+II")
    bench.open(make_record(samples))
    bench.view.go_to_finding(Finding("V5", 0.1, 0.2, 0.15, 99.0, 1.0))
    bench.wait()
    drawn = bench.trace_drawn()
    for area in bench.paper.areas():
        spike_s = (125 * STANDARD_LEADS.index(area.lead) + 60) / 500
        if area.start_s + 0.1 < spike_s < area.end_s - 0.1:
            x, y = round(area.x_of(spike_s)), round(area.y_of(1.0))
            assert drawn[y, x - 2 : x + 3].any(), area.lead
    area = bench.paper.areas_of("V5")[0]
    hover = bench.paper.hover_at(QPointF(area.x_of(0.15), area.top + area.height / 2))
    assert hover is not None
    assert (hover.lead, hover.time_s) == ("V5", pytest.approx(0.15, abs=0.01))


def test_a_finding_longer_than_its_column_moves_nothing_that_shows_it(bench, make_record) -> None:
    bench.view.set_layout("3x4")
    bench.open(level(make_record))
    bench.view.go_to_finding(Finding("V5", 0.0, 10.0, 5.0, 99.0, 1.0))
    assert bench.view.start_s == 0


def test_a_jump_takes_the_front_along(page) -> None:
    page.view.focus.bring_to_front("V2")
    page.view.go_to_finding(Finding("V5", 9.0, 9.2, 9.1, 99.0, 1.0))
    assert page.view.focus.front == "V5"
