"""The heat on the paper: behind its own lead, at its own time, and gone with every mark of the model."""

from __future__ import annotations

import numpy as np
import pytest

from mmae_core.record import STANDARD_LEADS


def heat_only_in(bench, lead: str, start_s: float, end_s: float) -> None:
    percentile = np.full((12, 1000), 20.0)
    percentile[STANDARD_LEADS.index(lead), round(start_s * 100) : round(end_s * 100)] = 99.99
    bench.percentiles(percentile)


@pytest.mark.parametrize("lead", STANDARD_LEADS)
def test_heat_is_behind_its_lead_at_its_time_and_nowhere_else(bench, make_record, lead: str) -> None:
    bench.open(make_record(np.full((12, 5000), np.nan)))
    bench.percentiles(np.full((12, 1000), 20.0))
    cold = bench.pixels()
    heat_only_in(bench, lead, 3.2, 3.6)
    changed = np.abs(bench.pixels() - cold).max(axis=2) > 20
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    band = bench.paper.band_of(lead)
    assert columns[0] == pytest.approx(bench.paper.x_of_time(3.2), abs=1)
    assert columns[-1] + 1 == pytest.approx(bench.paper.x_of_time(3.6), abs=1)
    assert (rows[0], rows[-1] + 1) == (round(band.top()), round(band.bottom()))
    assert changed[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean() > 0.97


def test_heat_is_cut_at_the_same_times_as_the_trace_after_scrolling_and_zooming(bench, make_record) -> None:
    bench.open(make_record(np.full((12, 5000), np.nan)))
    bench.percentiles(np.full((12, 1000), 20.0))
    for mm_per_s, start_s in ((50.0, 1.3), (100.0, 2.77), (100.0, 0.0)):
        bench.view.set_speed(mm_per_s)
        bench.view.scroll_to(start_s)
        bench.percentiles(np.full((12, 1000), 20.0))
        cold = bench.pixels()
        heat_only_in(bench, "V3", 3.2, 3.6)
        changed = np.abs(bench.pixels() - cold).max(axis=2) > 20
        columns = np.flatnonzero(changed.any(axis=0))
        if bench.paper.x_of_time(3.2) < 1200:
            assert columns[0] == pytest.approx(bench.paper.x_of_time(3.2), abs=1.5)
            assert columns[-1] + 1 == pytest.approx(min(1200, bench.paper.x_of_time(3.6)), abs=1.5)


def test_hiding_the_heat_hides_every_mark_of_the_model(bench, make_record) -> None:
    record = make_record(np.tile(np.sin(np.arange(5000) / 80), (12, 1)))
    bench.open(record)
    bench.view.set_heat_visible(False)
    plain = bench.pixels()
    bench.view.set_heat_visible(True)
    percentile = np.full((12, 500), 99.99)
    percentile[3] = np.nan
    bench.percentiles(percentile)
    bench.view.select_interval("V1", 2, 3)
    assert (bench.pixels() != plain).any()
    bench.view.toggle_heat()
    np.testing.assert_array_equal(bench.pixels(), plain)


def test_opacity_weakens_the_heat_but_never_to_nothing(bench, make_record) -> None:
    bench.open(make_record(np.full((12, 5000), np.nan)))
    band = bench.paper.band_of("II").center()
    at = (round(band.y()), round(bench.paper.x_of_time(3.4)))
    bench.view.set_heat_visible(False)
    plain = bench.pixels()[at]
    bench.view.set_heat_visible(True)
    heat_only_in(bench, "II", 3.2, 3.6)
    strengths = []
    for opacity in (1.0, 0.6, 0.0):
        bench.view.set_heat_opacity(opacity)
        strengths.append(int(np.abs(bench.pixels()[at] - plain).max()))
    assert strengths[0] > strengths[1] > strengths[2] > 10


def test_what_was_not_assessed_is_hatched_and_what_is_pending_is_dotted(bench, make_record) -> None:
    bench.open(make_record(np.full((12, 5000), np.nan)))
    percentile = np.full((12, 400), 20.0)
    percentile[5] = np.nan
    bench.view.set_heat_visible(False)
    plain = bench.pixels()
    bench.view.set_heat_visible(True)
    bench.percentiles(percentile)
    marked = np.abs(bench.pixels() - plain).max(axis=2) > 12

    def share(lead: str, start_s: float, end_s: float) -> float:
        band = bench.paper.band_of(lead)
        rows = slice(round(band.top()), round(band.bottom()))
        columns = slice(round(bench.paper.x_of_time(start_s)) + 1, round(bench.paper.x_of_time(end_s)) - 1)
        return float(marked[rows, columns].mean())

    hatched, dotted, assessed = share("aVF", 0, 4), share("aVF", 4, 10), share("aVL", 0, 4)
    assert assessed == 0
    assert 0.08 < hatched < 0.5
    assert 0.001 < dotted < hatched / 4
    assert share("V6", 4, 10) == pytest.approx(dotted, rel=0.5)
