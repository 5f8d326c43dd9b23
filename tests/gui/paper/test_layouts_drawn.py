"""Each layout as a picture: a ruler on painted pixels, and twelve leads that cannot be mistaken for one another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.render.layout import LeadArea
from ecg_viewer.state.layouts import LAYOUTS_BY_ID
from mmae_core.record import STANDARD_LEADS

RATE_HZ = 500
BLIP_S, GAP_S, GROUP_S = 0.02, 0.06, 1.2
every_layout = pytest.mark.parametrize("layout", LAYOUTS_BY_ID)
either_order = pytest.mark.parametrize("cabrera", [False, True], ids=["standard", "cabrera"])


def square_waves(duration_s: float = 14.0) -> np.ndarray:
    """+0.5 mV in even seconds, -0.5 mV in odd ones, in every lead."""
    seconds = np.floor(np.arange(round(duration_s * RATE_HZ)) / RATE_HZ)
    return np.tile(np.where(seconds % 2 == 0, 0.5, -0.5), (12, 1))


def counted_blips(duration_s: float = 14.0) -> np.ndarray:
    """Lead k has k + 1 blips of 0.3 mV in each group, on a level of 0 mV."""
    n = round(duration_s * RATE_HZ)
    samples = np.zeros((12, n))
    for index in range(12):
        for group in np.arange(0, duration_s, GROUP_S):
            for blip in range(index + 1):
                start = round((group + 0.05 + blip * (BLIP_S + GAP_S)) * RATE_HZ)
                samples[index, start : start + round(BLIP_S * RATE_HZ)] = 0.3
    return samples


@pytest.mark.parametrize(("layout", "cabrera"), [*((layout, False) for layout in LAYOUTS_BY_ID), ("6x2", True)])
def test_a_ruler_on_painted_pixels_holds_in_every_layout(bench, make_record, layout: str, cabrera: bool) -> None:
    for lead in (("II",) if layout == "single" else ("aVR", "V6", "II")):
        samples = np.full((12, 7000), np.nan)
        samples[STANDARD_LEADS.index(lead)] = square_waves()[0]
        bench.view.set_cabrera(cabrera)
        bench.view.set_layout(layout)
        bench.open(make_record(samples))
        areas = bench.paper.areas_of(lead)
        assert areas
        drawn = bench.trace_drawn()
        for area in areas:
            check_ruler(drawn, area, 4.0, 1.0)


def check_ruler(drawn: np.ndarray, area: LeadArea, px_per_mm: float, ratio: float) -> None:
    """Measure an area's square wave: 10.0 mm a millivolt, 25.0 mm a second, at the places the area names."""
    rows = slice(round((area.y_of(area.sign * 0.8)) * ratio), round(area.y_of(area.sign * -0.8) * ratio))
    seconds = np.arange(np.ceil(area.start_s + 0.35), np.floor(area.end_s - 0.1))
    assert seconds.size >= 1
    heights = []
    for time_s in (seconds[0] - 0.25, seconds[0] + 0.25):
        column = drawn[rows, round(area.x_of(time_s) * ratio)]
        heights.append(rows.start + float(np.flatnonzero(column).mean()) + 0.5)
    assert abs(heights[0] - heights[1]) / ratio / px_per_mm == pytest.approx(10.0, abs=0.25)
    before_mv = 0.5 if (seconds[0] - 1) % 2 == 0 else -0.5
    assert heights[0] / ratio == pytest.approx(area.y_of(before_mv), abs=1.2)
    between = drawn[round(area.baseline_y * ratio) + 6]
    edges = []
    for time_s in seconds:
        near = round(area.x_of(float(time_s)) * ratio)
        found = np.flatnonzero(between[near - 12 : near + 12])
        edges.append(near - 12 + float(found.mean()))
    assert edges[0] / ratio == pytest.approx(area.x_of(float(seconds[0])), abs=1.5)
    if len(edges) > 1:
        assert np.diff(edges) / ratio / px_per_mm == pytest.approx(np.full(len(edges) - 1, 25.0), abs=0.26)


@every_layout
@either_order
def test_each_lead_is_drawn_where_its_name_says_and_nowhere_else(
    bench, make_record, layout: str, cabrera: bool
) -> None:
    bench.view.set_cabrera(cabrera)
    bench.view.set_layout(layout)
    bench.open(make_record(counted_blips()))
    drawn = bench.trace_drawn()
    shown = []
    for area in bench.paper.areas():
        first_s = np.ceil((area.start_s + 0.4) / GROUP_S) * GROUP_S
        assert first_s + 1.1 < area.end_s, "a whole group of blips is on the paper"
        row = drawn[round(area.y_of(0.15)), round(area.x_of(first_s)) : round(area.x_of(first_s + 1.1))]
        n_blips = 1 + int((np.diff(np.flatnonzero(row)) > 3).sum())
        shown.append(n_blips)
        assert STANDARD_LEADS[n_blips - 1] == area.lead
        against = drawn[round(area.y_of(-0.15)), round(area.x_of(first_s)) : round(area.x_of(first_s + 1.1))]
        assert not against.any(), "an inverted lead is drawn downwards, and only it"
    expected = [2] if layout == "single" else [*range(1, 13)]
    expected += [STANDARD_LEADS.index(lead) + 1 for lead in LAYOUTS_BY_ID[layout].rhythm]
    assert sorted(shown) == sorted(expected)


@every_layout
def test_heat_stands_at_the_time_and_lead_of_its_trace(bench, make_record, layout: str) -> None:
    bench.view.set_layout(layout)
    bench.open(make_record(np.full((12, 7000), np.nan)))
    leads = ("II",) if layout == "single" else ("II", "V4")
    for lead in leads:
        cold = np.full((12, 1400), 20.0)
        bench.percentiles(cold)
        plain = bench.pixels()
        for area in bench.paper.areas_of(lead):
            middle_s = (area.start_s + area.end_s) / 2
            hot = cold.copy()
            hot[STANDARD_LEADS.index(lead), round(middle_s * 100) - 20 : round(middle_s * 100) + 20] = 99.99
            bench.percentiles(hot)
            changed = np.abs(bench.pixels() - plain).max(axis=2) > 20
            columns = np.flatnonzero(changed[round(area.top) : round(area.bottom)].any(axis=0))
            inside = columns[(columns >= area.left) & (columns < area.right)]
            assert inside[0] == pytest.approx(area.x_of(round(middle_s * 100) / 100 - 0.2), abs=1.5)
            assert inside[-1] + 1 == pytest.approx(area.x_of(round(middle_s * 100) / 100 + 0.2), abs=1.5)
            for other in bench.paper.areas():
                if other.lead != lead:
                    inner = changed[round(other.top) + 1 : round(other.bottom) - 1,
                                    round(other.left) + 2 : round(other.right) - 2]
                    assert not inner.any(), other.lead


def test_marks_of_a_finding_are_in_every_place_of_its_lead(bench, make_record) -> None:
    bench.view.set_layout("3x4+II")
    bench.open(make_record(np.full((12, 7000), np.nan)))
    bench.view.select_interval("II", 1.0, 1.5)
    drawn = bench.drawn(bench.paper.theme.model_colour, 30)
    own, rhythm = bench.paper.areas_of("II")
    for area in (own, rhythm):
        x = round(area.x_of(1.0))
        assert drawn[round(area.baseline_y), x - 3 : x + 3].any()
    bench.view.select_interval("V2", 1.0, 1.5)
    assert not bench.drawn(bench.paper.theme.model_colour, 30).any(), "V2 is not shown at that time"
    bench.view.show_leads(["I"])
    bench.view.select_interval("V2", 1.0, 1.5)
    assert not bench.drawn(bench.paper.theme.model_colour, 30).any()


def test_columns_scroll_together_and_the_last_one_reaches_the_beginning(bench, make_record) -> None:
    bench.open(make_record(square_waves()))
    bench.view.set_layout("3x4")
    bench.view.show_interval(0.2, 0.5, "V5")
    bench.wait()
    area = bench.paper.areas_of("V5")[0]
    assert area.start_s < 0.2
    assert area.end_s > 0.5
    drawn = bench.trace_drawn()
    assert drawn[round(area.y_of(0.5) - 0.5), round(area.x_of(0.3))]
    first = bench.paper.areas_of("I")[0]
    assert first.start_s == 0, "the first column stops at the beginning"
    assert drawn[round(first.y_of(0.5) - 0.5), round(first.x_of(0.3))]


DENSE = """
import json, sys
import numpy as np
from pathlib import Path
sys.path[:0] = [str(Path.cwd() / "tests" / "gui" / "paper"), str(Path.cwd())]
from PySide6.QtWidgets import QApplication
from PySide6.QtGui import QImage
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.state.layouts import LAYOUTS_BY_ID
from ecg_viewer.state.calibration import ScreenScale
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.view import ViewState
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source
from test_layouts_drawn import check_ruler, square_waves

app = QApplication([])
view, heat = ViewState(), HeatMap()
paper = PaperView(view, heat)
paper.set_screen_scale(ScreenScale(4.0))
paper.resize(1200, 900)
paper.show()
measured = 0
for layout in LAYOUTS_BY_ID:
    view.set_layout(layout)
    for lead in (("II",) if layout == "single" else ("I", "V5")):
        samples = np.full((12, 7000), np.nan, np.float32)
        samples[STANDARD_LEADS.index(lead)] = square_waves()[0]
        source = Source((Path("none"),), "t")
        view.open_record(EcgRecord("t", 500.0, 7000, STANDARD_LEADS, source, lambda a, b, s=samples: s[:, a:b]))
        while not paper.is_complete:
            app.processEvents()
        image = paper.grab().toImage()
        ratio = image.devicePixelRatio()
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        for area in paper.areas_of(lead):
            check_ruler(grey[:, : image.width()] < 110, area, 4.0, ratio)
            measured += 1
print(json.dumps({"ratio": ratio, "measured": measured}))
paper.close()
"""


def test_a_ruler_holds_in_every_layout_on_a_dense_screen() -> None:
    environment = {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": "."}
    run = subprocess.run(
        [sys.executable, "-c", DENSE], env={**os.environ, **environment}, cwd=Path(__file__).parents[3],
        capture_output=True, text=True, check=False,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["ratio"] == 2.0
    assert found["measured"] >= 2 * len(LAYOUTS_BY_ID) - 1  # two leads of each layout, one of a single lead
