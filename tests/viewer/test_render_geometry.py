"""Millimetres, seconds and millivolts on the paper: the ruler, the rows, the grid and the pulse."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ecg_viewer.render.geometry import stack_rows
from ecg_viewer.render.grid import grid_ladder, line_positions
from ecg_viewer.render.layout import STRIP_PX, PaperLayout
from ecg_viewer.render.pulse import pulse_points, pulse_width_px
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, Calibration
from ecg_viewer.state.layouts import arrange
from mmae_core.record import STANDARD_LEADS

calibrations = st.builds(Calibration, st.sampled_from(SPEEDS_MM_PER_S), st.sampled_from(GAINS_MM_PER_MV))


def layout_of(
    width: int = 1600,
    height: int = 1000,
    ratio: float = 1.0,
    px_per_mm: float = 4.0,
    calibration: Calibration | None = None,
    leads: tuple[str, ...] = STANDARD_LEADS,
) -> PaperLayout:
    return PaperLayout.of_size(width, height, ratio, px_per_mm, calibration or Calibration(), arrange("12x1", leads))


@given(calibrations, st.floats(1.5, 20), st.sampled_from([1.0, 1.25, 1.5, 2.0]), st.floats(0, 86_400))
def test_positions_and_values_are_each_others_inverse(
    calibration: Calibration, px_per_mm: float, ratio: float, time_s: float
) -> None:
    layout = layout_of(ratio=ratio, px_per_mm=px_per_mm, calibration=calibration)
    start_s = max(0.0, time_s - 3)
    assert layout.time_at(layout.x_of_time(time_s, start_s), start_s) == pytest.approx(time_s, abs=1e-6)
    row = layout.geometry.rows[7]
    area = next(area for area in layout.areas(start_s) if area.lead == row.lead)
    for amplitude_mv in (-2.5, 0.0, 0.123, 4.0):
        y = layout.y_of(row.lead, amplitude_mv)
        assert area.y_of(amplitude_mv) == pytest.approx(y, abs=1e-6)
        assert area.mv_at(y) == pytest.approx(amplitude_mv, abs=1e-6)


@given(st.floats(1.5, 20), st.sampled_from([1.0, 1.25, 2.0]), st.sampled_from(STANDARD_LEADS))
def test_a_ruler_agrees_with_speed_and_gain(px_per_mm: float, ratio: float, lead: str) -> None:
    layout = layout_of(ratio=ratio, px_per_mm=px_per_mm)
    span_px = layout.y_of(lead, -0.5) - layout.y_of(lead, 0.5)
    assert span_px / px_per_mm == pytest.approx(10.0)
    assert (layout.x_of_time(7, 2.5) - layout.x_of_time(6, 2.5)) / px_per_mm == pytest.approx(25.0)


@given(st.integers(300, 3000), st.floats(2, 12), calibrations)
@example(300, 5.999999999999998, Calibration(12.5, 2.5))
def test_rows_are_in_order_evenly_spaced_and_on_the_paper(
    height: int, px_per_mm: float, calibration: Calibration
) -> None:
    geometry = stack_rows(arrange("12x1"), height, px_per_mm, calibration)
    assert tuple(row.lead for row in geometry.rows) == STANDARD_LEADS
    baselines = [row.baseline_px for row in geometry.rows]
    assert all(0 < baseline < height for baseline in baselines)
    assert np.ptp(np.diff(baselines)) <= 1 + 1e-6
    for upper, lower in zip(geometry.rows, geometry.rows[1:], strict=False):
        assert upper.band_top_px + upper.band_height_px <= lower.band_top_px


def test_the_gain_does_not_follow_the_height() -> None:
    for height in (400, 700, 1000, 2000):
        geometry = stack_rows(arrange("12x1"), height, 4.0, Calibration())
        assert geometry.px_per_mv == 40.0


@given(st.integers(300, 2500), st.floats(3, 16))
@example(300, 5.999999999999998)
def test_every_baseline_lies_on_a_line_of_the_grid(height: int, px_per_mm: float) -> None:
    geometry = stack_rows(arrange("12x1"), height, px_per_mm, Calibration())
    if geometry.pitch_px >= 3 * px_per_mm:
        lines = set(line_positions(0, height, geometry.grid_origin_px, px_per_mm))
        assert all(math.floor(row.baseline_px) in lines for row in geometry.rows)


@pytest.mark.parametrize("mm_per_mv", [2.5, 5, 10, 20])
def test_the_pulse_of_the_first_row_is_seen_whole(mm_per_mv: float) -> None:
    geometry = stack_rows(arrange("12x1"), 700, 4.0, Calibration(mm_per_mv=mm_per_mv))
    assert geometry.y_of(geometry.rows[0], 1.0) >= 0


def test_a_record_of_one_lead_has_one_row() -> None:
    geometry = stack_rows(arrange("12x1", ("V2",)), 500, 4.0, Calibration())
    assert [row.lead for row in geometry.rows] == ["V2"]
    assert 100 < geometry.rows[0].baseline_px < 400


def test_the_nearest_row_is_found_and_none_below_the_paper() -> None:
    layout = layout_of()
    for lead in STANDARD_LEADS:
        row = layout.row_at(500, layout.y_of(lead, 0.2))
        assert row is not None
        assert row.lead == lead
    assert layout.row_at(500, 1000 - STRIP_PX) is None
    assert layout.row_at(500, -1) is None
    with pytest.raises(KeyError, match="V9"):
        layout.y_of("V9", 0)


def test_a_wider_widget_shows_more_time_not_larger_squares() -> None:
    narrow, wide = layout_of(width=800), layout_of(width=1600)
    assert wide.geometry == narrow.geometry
    assert wide.traces_width_mm - narrow.traces_width_mm == pytest.approx(200)


def test_the_pulse_is_one_millivolt_high_and_200_ms_wide() -> None:
    calibration = Calibration(mm_per_s=50, mm_per_mv=20)
    corners = pulse_points(calibration, 4.0)
    assert corners[:, 1].min() == pytest.approx(-20 * 4.0)
    assert corners[:, 1].max() == 0
    assert corners[3, 0] - corners[2, 0] == pytest.approx(0.2 * 50 * 4.0)
    assert corners[-1, 0] == pytest.approx(pulse_width_px(calibration, 4.0))


def test_the_grid_has_small_and_large_squares_and_coarsens_before_it_clutters() -> None:
    assert [(level.step_mm, level.is_major) for level in grid_ladder(4.0)] == [(1.0, False), (5.0, True)]
    assert [level.step_mm for level in grid_ladder(2.9)] == [5.0, 25.0]
    assert [level.step_mm for level in grid_ladder(0.5)] == [25.0, 125.0]
    for px_per_mm in np.geomspace(0.05, 50, 200):
        for level in grid_ladder(px_per_mm):
            assert level.step_mm * px_per_mm >= 3
            assert 0 < level.strength <= 1


@given(st.integers(-10_000, 10_000_000), st.integers(1, 2000), st.floats(0, 500), st.floats(3, 60))
def test_grid_lines_are_where_they_belong_whatever_part_is_asked_for(
    first: int, width: int, origin: float, step: float
) -> None:
    positions = line_positions(first, first + width, origin, step)
    assert all(first <= position < first + width for position in positions)
    middle = first + width // 2
    halves = line_positions(first, middle, origin, step) + line_positions(middle, first + width, origin, step)
    assert halves == positions
    for position in positions:
        index = round((position - origin) / step)
        assert abs(origin + index * step - position) <= 1.0 + 1e-6
