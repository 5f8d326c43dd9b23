"""Rows have the room their leads need, where there is room; the gain never gives it to them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.render.geometry import MARGIN_MM, stack_rows
from ecg_viewer.render.spacing import LEAST_SHARE, RowNeed, even_places, row_places
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.layouts import arrange

needs = st.lists(st.builds(RowNeed, st.floats(0, 40), st.floats(0, 40)), min_size=2, max_size=12)


@given(needs, st.floats(100, 400))
def test_where_there_is_room_no_row_reaches_into_another(rows: list[RowNeed], height_mm: float) -> None:
    headroom_mm = 11.5
    least_mm = LEAST_SHARE * height_mm / len(rows)
    wanted = max(rows[0].above_mm, headroom_mm, least_mm / 2) + max(rows[-1].below_mm, least_mm / 2)
    wanted += sum(max(upper.below_mm + lower.above_mm, least_mm) for upper, lower in itertools.pairwise(rows))
    placed = row_places(rows, height_mm, headroom_mm)
    assert all(upper.baseline_mm < lower.baseline_mm for upper, lower in itertools.pairwise(placed))
    if wanted <= height_mm and max(rows[0].above_mm, rows[-1].below_mm) <= 0.2 * height_mm:
        for (upper, lower), (above, below) in zip(itertools.pairwise(placed), itertools.pairwise(rows), strict=True):
            assert lower.baseline_mm - upper.baseline_mm >= above.below_mm + below.above_mm - 1.001
        assert placed[0].baseline_mm >= rows[0].above_mm - 1e-6
        assert height_mm - placed[-1].baseline_mm >= rows[-1].below_mm - 1e-6


@given(needs, st.floats(60, 400))
def test_neighbouring_rows_meet_and_nothing_leaves_the_paper(rows: list[RowNeed], height_mm: float) -> None:
    placed = row_places(rows, height_mm, 0.1 * height_mm)
    for upper, lower in itertools.pairwise(placed):
        assert upper.baseline_mm + upper.below_mm == pytest.approx(lower.baseline_mm - lower.above_mm)
    assert placed[0].baseline_mm - placed[0].above_mm >= -1e-6
    assert placed[-1].baseline_mm + placed[-1].below_mm <= height_mm + 1e-6


def test_leads_that_need_no_more_than_others_stand_evenly() -> None:
    quiet = [RowNeed(5, 3)] * 12
    assert [place.baseline_mm for place in row_places(quiet, 200, 11.5)] == [
        place.baseline_mm for place in even_places(12, 200, 11.5)
    ]


def test_the_first_lead_is_not_cut_off_and_deep_leads_get_what_quiet_ones_leave() -> None:
    extents = dict.fromkeys(("II", "III", "aVR", "aVL", "aVF", "V5", "V6"), (-0.3, 0.4))
    extents |= {"I": (-0.2, 2.0), "V1": (-1.6, 0.3), "V2": (-2.4, 1.2), "V3": (-1.5, 1.4), "V4": (-0.6, 2.2)}
    geometry = stack_rows(arrange("12x1"), 800, 3.8, Calibration(), extents)
    even = stack_rows(arrange("12x1"), 800, 3.8, Calibration())
    first = geometry.rows[0]
    assert geometry.y_of(first, 2.0) >= MARGIN_MM * 3.8 - 1
    assert even.y_of(even.rows[0], 2.0) < 0

    def gap(which: object, lead: str) -> float:
        rows = which.rows  # type: ignore[attr-defined]
        at = [row.lead for row in rows].index(lead)
        return float(rows[at + 1].baseline_px - rows[at].baseline_px)

    assert gap(geometry, "V2") > gap(even, "V2") > gap(geometry, "aVL")
    assert geometry.px_per_mv == even.px_per_mv == pytest.approx(38)
