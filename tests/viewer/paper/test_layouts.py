"""Layouts are data: each lead is exactly once in its place, and a ruler holds in every one, on screen and in print."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.render.geometry import Sheet, make_sheet
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, Calibration
from ecg_viewer.state.layouts import LAYOUTS, LAYOUTS_BY_ID, MINUS, arrange
from mmae_core.record import STANDARD_LEADS

every_layout = pytest.mark.parametrize("layout", LAYOUTS_BY_ID)
either_order = pytest.mark.parametrize("cabrera", [False, True], ids=["standard", "cabrera"])
PRINTER_PX_PER_MM = 1200 / 25.4


def names(layout: str, cabrera: bool = False) -> list[list[str]]:
    return [[cell.label for cell in column] for column in arrange(layout, cabrera=cabrera).columns]


def test_the_layouts_are_those_of_the_reading_room() -> None:
    assert names("12x1") == [list(STANDARD_LEADS)]
    assert names("6x2") == [["I", "II", "III", "aVR", "aVL", "aVF"], ["V1", "V2", "V3", "V4", "V5", "V6"]]
    assert names("3x4") == [["I", "II", "III"], ["aVR", "aVL", "aVF"], ["V1", "V2", "V3"], ["V4", "V5", "V6"]]
    assert names("3x4+II") == [[*column, "II"] for column in names("3x4")]
    assert names("3x4+V1/II/V5") == [[*column, "V1", "II", "V5"] for column in names("3x4")]
    assert names("single") == [["II"]]
    limbs = ["aVL", "I", f"{MINUS}aVR", "II", "aVF", "III"]
    assert names("6x2", cabrera=True) == [limbs, ["V1", "V2", "V3", "V4", "V5", "V6"]]
    assert names("12x1", cabrera=True)[0][:6] == limbs


@every_layout
@either_order
def test_each_lead_is_in_its_place_exactly_once_and_rhythm_leads_once_more(layout: str, cabrera: bool) -> None:
    sheet = make_sheet(arrange(layout, cabrera=cabrera), 1200, 800, 4.0, Calibration())
    rhythm = LAYOUTS_BY_ID[layout].rhythm
    count = Counter(area.lead for area in sheet.areas(0.0))
    expected = Counter(("II",) if layout == "single" else STANDARD_LEADS) + Counter(rhythm)
    assert count == expected
    for area in sheet.areas(0.0):
        assert area.sign == (-1 if cabrera and area.lead == "aVR" else 1)
        is_one_column = layout in ("12x1", "all", "single", "chosen")
        assert (area.width == sheet.width_px) == (is_one_column or _is_rhythm(sheet, area.top))


def _is_rhythm(sheet: Sheet, top: float) -> bool:
    n_rhythm = sheet.geometry.n_rhythm
    return n_rhythm > 0 and top >= sheet.geometry.levels[-n_rhythm].top_px


@every_layout
@either_order
@pytest.mark.parametrize("px_per_mm", [3.78, 7.5, PRINTER_PX_PER_MM], ids=["screen", "dense screen", "printer"])
def test_a_ruler_holds_in_every_layout(layout: str, cabrera: bool, px_per_mm: float) -> None:
    arrangement = arrange(layout, cabrera=cabrera)
    sheet = make_sheet(arrangement, round(250 * px_per_mm), round(180 * px_per_mm), px_per_mm, Calibration())
    for area in sheet.areas(3.0):
        span = abs(area.y_of(-0.5) - area.y_of(0.5)) / px_per_mm
        assert span == pytest.approx(10.0)
        assert (area.x_of(5.0) - area.x_of(4.0)) / px_per_mm == pytest.approx(25.0)
        assert (area.y_of(-0.5) > area.y_of(0.5)) == (area.sign > 0)
        assert area.time_at(area.x_of(4.2)) == pytest.approx(4.2)
        assert area.mv_at(area.y_of(0.37)) == pytest.approx(0.37)


@every_layout
def test_columns_show_consecutive_stretches(layout: str) -> None:
    sheet = make_sheet(arrange(layout), 1000, 700, 4.0, Calibration())
    n_columns = len(sheet.panels)
    for area in sheet.areas(7.0):
        column = 0 if area.width == sheet.width_px else round(area.left / sheet.width_px * n_columns)
        assert area.start_s == pytest.approx(7.0 + column * sheet.duration_s / n_columns, abs=0.011)
        assert area.end_s - area.start_s == pytest.approx(area.width / 100)
        assert area.x_of(area.start_s) == pytest.approx(area.left)


@given(
    st.sampled_from([spec.id for spec in LAYOUTS]),
    st.booleans(),
    st.integers(200, 3000),
    st.integers(200, 2000),
    st.sampled_from(SPEEDS_MM_PER_S),
    st.sampled_from(GAINS_MM_PER_MV),
    st.dictionaries(st.sampled_from(STANDARD_LEADS), st.tuples(st.floats(-4, 0.2), st.floats(-0.2, 4)), max_size=12),
)
def test_areas_cover_the_sheet_without_overlap_whatever_the_leads_need(
    layout: str, cabrera: bool, width: int, height: int, speed: float, gain: float,
    extents: dict[str, tuple[float, float]],
) -> None:
    calibration = Calibration(speed, gain)
    sheet = make_sheet(arrange(layout, cabrera=cabrera), width, height, 4.0, calibration, extents)
    areas = sheet.areas(0.0)
    assert sum(area.width * area.height for area in areas) == pytest.approx(width * height)
    for x in (0.5, width / 3, width - 0.5):
        for y in (0.5, height / 2, height - 0.5):
            assert sum(area.contains(x, y) for area in areas) == 1
    for area in areas:
        assert area.top < area.baseline_y < area.bottom
        assert area.px_per_mv == gain * 4.0
    for column in sheet.geometry.columns:
        for upper, lower in itertools.pairwise(column):
            assert upper.band_top_px + upper.band_height_px <= lower.band_top_px + 1


def test_a_record_with_few_leads_fills_few_cells() -> None:
    assert [[cell.lead for cell in column] for column in arrange("3x4", ("I", "V2")).columns] == [["I"], ["V2"]]
    five = arrange("3x4+II", ("I", "II", "V1", "V2", "V3")).columns
    assert [[cell.lead for cell in column] for column in five] == [["I", "II", "II"], ["V1", "V2", "II"], ["V3", "II"]]
    without = arrange("3x4+II", ("I", "V1"))
    assert without.n_rhythm == 0
    assert arrange("single", ("V1", "V2"), single="II").leads == ("V1",)
    assert arrange("chosen", ("V1", "V2"), chosen=("I",)).leads == ("V1", "V2")
    assert arrange("chosen", chosen=("V6", "I")).leads == ("I", "V6")
    with pytest.raises(KeyError):
        arrange("5x5")


@every_layout
def test_the_screen_uses_the_same_geometry_as_print(layout: str) -> None:
    arrangement = arrange(layout)
    screen = PaperLayout.of_size(1300, 826, 2.0, 4.0, Calibration(), arrangement)
    printed = make_sheet(arrangement, screen.traces_width_px, screen.paper_height_px, 8.0, Calibration())
    assert screen.sheet == printed
    for on_screen, on_paper in zip(screen.areas(0.0), printed.areas(0.0), strict=True):
        assert on_screen.left == pytest.approx(screen.gutter + on_paper.left / 2)
        assert on_screen.baseline_y == pytest.approx(on_paper.baseline_y / 2)
        assert on_screen.lead == on_paper.lead


@pytest.mark.parametrize("layout", ["6x2", "3x4", "3x4+II"])
def test_no_column_stays_empty_when_the_record_is_shorter_than_the_paper(layout: str) -> None:
    sheet = make_sheet(arrange(layout), 1400, 800, 4.0, Calibration(), duration_s=10.0)
    n_columns = len(sheet.panels)
    for panel in sheet.panels:
        assert panel.left_px == round(panel.index * 1000 / n_columns)
    assert sheet.panels[-1].right_px == 1400
    for area in sheet.areas(0.0):
        assert area.start_s < 10.0
    long = make_sheet(arrange(layout), 1400, 800, 4.0, Calibration(), duration_s=60.0)
    assert long == make_sheet(arrange(layout), 1400, 800, 4.0, Calibration())
