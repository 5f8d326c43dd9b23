"""The styles of the heat as pictures: where the colour is, and where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from ecg_viewer.state.display_choices import HEAT_COLOURS
from mmae_core.record import STANDARD_LEADS

HOT = slice(300, 400)
"""Columns of 10 ms that are hot: 3 to 4 s."""


@pytest.fixture
def warm(bench, make_record):
    """A level trace in every lead; V3 is hot from 3 to 4 s, aVF was not assessed, the rest is cold."""
    samples = np.zeros((12, 5000))
    bench.open(make_record(samples))
    percentile = np.full((12, 1000), 20.0)
    percentile[STANDARD_LEADS.index("V3"), HOT] = 99.95
    percentile[STANDARD_LEADS.index("II"), HOT] = 94.0
    percentile[STANDARD_LEADS.index("aVF")] = np.nan
    bench.percentiles(percentile)
    return bench


def changed_by_heat(bench) -> np.ndarray:
    """Where the picture differs from the one without the model's marks."""
    with_heat = bench.pixels()
    bench.view.set_heat_visible(False)
    without = bench.pixels()
    bench.view.set_heat_visible(True)
    return np.abs(with_heat - without).max(axis=2) > 12


def box(bench, lead: str, start_s: float, end_s: float) -> tuple[slice, slice]:
    band = bench.paper.band_of(lead)
    rows = slice(round(band.top()), round(band.bottom()))
    return rows, slice(round(bench.paper.x_of_time(start_s)) + 2, round(bench.paper.x_of_time(end_s)) - 2)


def test_the_background_fills_the_band(warm) -> None:
    changed = changed_by_heat(warm)
    assert changed[box(warm, "V3", 3, 4)].mean() > 0.9
    assert not changed[box(warm, "V3", 5, 6)].any()


def test_the_ribbon_is_3_mm_high_and_under_the_trace(warm) -> None:
    warm.view.set_heat_style("ribbon")
    changed = changed_by_heat(warm)
    rows, columns = box(warm, "V3", 3, 4)
    heights = np.flatnonzero(changed[rows, columns].mean(axis=1) > 0.9) + rows.start
    assert heights.size == pytest.approx(3.0 * 4.0, abs=1), "3 mm at 4 pixels a millimetre"
    assert heights[0] > warm.paper.y_of("V3", 0) + 4, "it begins below the baseline"
    assert heights[-1] + 1 == rows.stop
    assert not changed[rows.start : heights[0], columns].any(), "the ST segment stays clear"
    hatched_rows, hatched_columns = box(warm, "aVF", 3, 4)
    assert changed[hatched_rows, hatched_columns][-10:].any()
    assert not changed[hatched_rows, hatched_columns][:-16].any()


def test_a_coloured_trace_is_coloured_and_thicker_only_where_it_departs(warm) -> None:
    warm.view.set_heat_style("trace")
    changed = changed_by_heat(warm)
    rows, columns = box(warm, "V3", 3, 4)
    coloured = np.flatnonzero(changed[rows, columns].any(axis=1)) + rows.start
    baseline = warm.paper.y_of("V3", 0)
    assert abs(coloured - baseline).max() < 4, "only the trace itself"
    assert not changed[box(warm, "V3", 5, 6)].any()
    pixels = warm.pixels()
    middle = round(warm.paper.x_of_time(3.5))
    at = pixels[round(baseline) - 3 : round(baseline) + 3, middle]
    strongest = at[np.argmax(at.max(axis=1) - at.min(axis=1))]
    assert strongest.max() - strongest.min() > 80, "a colour, not the trace's near-black"
    plain = pixels[round(baseline) - 3 : round(baseline) + 3, round(warm.paper.x_of_time(5.5))]
    assert (at.sum(axis=1) < 600).sum() > (plain.sum(axis=1) < 600).sum()


def test_off_leaves_the_marks_of_findings_and_nothing_else_of_the_model(warm) -> None:
    warm.view.set_heat_style("off")
    assert not changed_by_heat(warm).any()
    warm.view.select_interval("V3", 3.0, 4.0)
    assert changed_by_heat(warm).any()


@pytest.mark.parametrize("style", ["background", "ribbon", "trace"])
def test_what_is_below_the_threshold_is_not_coloured(warm, style: str) -> None:
    warm.view.set_heat_style(style)
    assert changed_by_heat(warm)[box(warm, "II", 3, 4)].any()
    warm.view.set_heat_threshold(97)
    changed = changed_by_heat(warm)
    assert not changed[box(warm, "II", 3, 4)].any()
    assert changed[box(warm, "V3", 3, 4)].any()
    warm.view.set_heat_threshold(99.9)
    assert changed_by_heat(warm)[box(warm, "V3", 3, 4)].any()


def test_every_map_gives_another_colour(warm) -> None:
    band = warm.paper.band_of("V3").center()
    seen = set()
    for colours in HEAT_COLOURS:
        warm.view.set_heat_colours(colours)
        pixels = warm.pixels()
        rows = slice(round(band.y()) - 12, round(band.y()) - 4)
        seen.add(tuple(np.median(pixels[rows, round(warm.paper.x_of_time(3.52))], axis=0).astype(int)))
    assert len(seen) == len(HEAT_COLOURS)


def test_heat_of_an_inverted_lead_follows_it(bench, make_record) -> None:
    bench.view.set_cabrera(True)
    samples = np.zeros((12, 5000))
    samples[STANDARD_LEADS.index("aVR"), 1000:1010] = -0.4
    bench.open(make_record(samples))
    area = bench.paper.areas_of("aVR")[0]
    assert area.sign == -1
    assert bench.trace_drawn()[round(area.y_of(-0.3)), round(area.x_of(2.0)) - 3 : round(area.x_of(2.02)) + 3].any()
    assert area.y_of(-0.3) < area.baseline_y, "a negative deflection of aVR points upwards"
    hover = bench.paper.hover_at(bench.paper.band_of("aVR").center())
    assert hover is not None
    assert hover.lead == "aVR"


def test_auto_fit_fills_the_paper_and_says_so(bench, make_record) -> None:
    times = np.arange(5000) / 500
    bench.open(make_record(np.tile(0.4 * np.sin(2 * np.pi * times), (12, 1))))
    bench.view.toggle_auto_fit()
    bench.wait()
    assert bench.paper.readout.startswith("auto-fit · ")
    assert "non-standard" in bench.paper.readout
    assert 10.0 <= bench.view.visible_s < 10.5
    fitted = bench.view.calibration
    bench.paper.resize(900, 600)
    assert bench.view.calibration.mm_per_s < fitted.mm_per_s
    assert 10.0 <= bench.view.visible_s < 10.5
    bench.view.standard_calibration()
    assert bench.paper.readout == "25 mm/s · 10 mm/mV"
