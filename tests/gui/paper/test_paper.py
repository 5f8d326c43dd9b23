"""The paper as a picture: what is drawn is where a ruler says it must be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QScreen

from ecg_viewer.qt.paper.frame_timing import measure_scroll_frames
from ecg_viewer.qt.paper.tile_cache import Key, TileCache
from ecg_viewer.render.layout import STRIP_PX
from ecg_viewer.render.theme import DARK, THEMES
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, ScreenScale
from mmae_core.errors import UnreadableRecord
from mmae_core.record import STANDARD_LEADS

RATE_HZ = 500.0


def square_waves(duration_s: float = 10.0) -> np.ndarray:
    """+0.5 mV in even seconds, -0.5 mV in odd ones, in every lead."""
    seconds = np.floor(np.arange(round(duration_s * RATE_HZ)) / RATE_HZ)
    return np.tile(np.where(seconds % 2 == 0, 0.5, -0.5), (12, 1))


def centre(mask: np.ndarray) -> float:
    """The middle of what is drawn along an axis."""
    return float(np.flatnonzero(mask).mean())


@pytest.mark.parametrize("mm_per_s", SPEEDS_MM_PER_S)
@pytest.mark.parametrize("mm_per_mv", GAINS_MM_PER_MV)
def test_positions_agree_with_a_ruler_at_every_speed_and_gain(bench, make_record, mm_per_s, mm_per_mv) -> None:
    bench.open(make_record(square_waves()))
    bench.view.set_speed(mm_per_s)
    bench.view.set_gain(mm_per_mv)
    for lead in STANDARD_LEADS:
        assert (bench.paper.y_of(lead, -0.5) - bench.paper.y_of(lead, 0.5)) / 4.0 == pytest.approx(mm_per_mv)
    assert (bench.paper.x_of_time(2) - bench.paper.x_of_time(1)) / 4.0 == pytest.approx(mm_per_s)
    assert bench.paper.time_at(bench.paper.x_of_time(1.234)) == pytest.approx(1.234)


@pytest.mark.parametrize("lead", STANDARD_LEADS)
def test_ink_agrees_with_a_ruler(bench, make_record, lead: str) -> None:
    samples = np.full((12, 5000), np.nan)
    samples[STANDARD_LEADS.index(lead)] = square_waves()[0]
    bench.open(make_record(samples))
    drawn = bench.trace_drawn()[: 900 - STRIP_PX]
    high = centre(drawn[:, round(bench.paper.x_of_time(2.5))])
    low = centre(drawn[:, round(bench.paper.x_of_time(3.5))])
    assert (low - high) / 4.0 == pytest.approx(10.0, abs=0.25)
    assert high + 0.5 == pytest.approx(bench.paper.y_of(lead, 0.5), abs=1)
    between = drawn[round((high + low) / 2), round(bench.paper.gutter) :]
    edges = np.flatnonzero(between) + round(bench.paper.gutter)
    rising = [centre(np.isin(np.arange(1200), edges[np.abs(edges - bench.paper.x_of_time(t)) < 8])) for t in (2, 3, 4)]
    assert np.diff(rising) / 4.0 == pytest.approx([25.0, 25.0], abs=0.25)
    assert rising[0] == pytest.approx(bench.paper.x_of_time(2), abs=1.5)


def test_the_calibration_pulse_is_in_every_row(bench, make_record) -> None:
    bench.open(make_record(np.full((12, 5000), np.nan)))
    drawn = bench.trace_drawn()
    for lead in STANDARD_LEADS:
        top, base = round(bench.paper.y_of(lead, 1.0) - 0.5), round(bench.paper.y_of(lead, 0.0) - 0.5)
        columns = np.flatnonzero(drawn[(top + base) // 2, : round(bench.paper.gutter)])
        columns = columns[columns >= 40]
        assert columns[-1] - columns[0] == pytest.approx(0.2 * 25 * 4.0, abs=1)
        middle = int(columns.mean())
        heights = np.flatnonzero(drawn[top - 3 : base - 3, middle]) + top - 3
        assert base - heights[0] == pytest.approx(1.0 * 10 * 4.0, abs=1)


def test_twelve_distinguishable_leads_are_in_their_own_rows(bench, make_record) -> None:
    """Lead k carries k + 1 spikes, so that a lead drawn twice or in another's row is noticed."""
    samples = np.zeros((12, 5000))
    for index in range(12):
        for spike in range(index + 1):
            samples[index, 250 + spike * 300 : 250 + spike * 300 + 5] = 0.6
    bench.open(make_record(samples))
    drawn = bench.trace_drawn()
    for index, lead in enumerate(STANDARD_LEADS):
        row = drawn[round(bench.paper.y_of(lead, 0.3)), round(bench.paper.gutter) + 2 :]
        starts = np.flatnonzero(np.diff(row.astype(int)) == 1)
        spikes = 1 + int((np.diff(starts) > 20).sum())
        assert spikes == index + 1, lead


def test_leads_of_a_record_with_fewer_are_in_their_own_rows(bench, make_record) -> None:
    leads = ("I", "V2", "V5")
    samples = np.zeros((3, 5000))
    samples[1, 2000:2010] = 1.0
    bench.open(make_record(samples, leads=leads))
    drawn = bench.trace_drawn()
    left = round(bench.paper.gutter) + 2
    assert [bool(drawn[round(bench.paper.y_of(lead, 0.6)), left:].any()) for lead in leads] == [False, True, False]
    with pytest.raises(KeyError):
        bench.paper.y_of("III", 0)


@pytest.mark.parametrize("mm_per_s", [1.0, 25.0])
def test_a_gap_is_not_drawn(bench, make_record, mm_per_s: float) -> None:
    samples = np.zeros((12, 50_000))
    samples[4, 20_000:30_000] = np.nan
    bench.open(make_record(samples))
    bench.view.set_speed(mm_per_s)
    bench.view.centre_on(50)
    bench.wait()
    drawn = bench.trace_drawn()
    y = round(bench.paper.y_of("aVL", 0) - 0.5)
    inside = slice(round(bench.paper.x_of_time(max(40.2, bench.paper.time_at(bench.paper.gutter)))), None)
    gap_end = round(min(bench.paper.x_of_time(59.8), 1199))
    assert not drawn[y - 3 : y + 4, inside.start : gap_end].any()
    neighbour = round(bench.paper.y_of("aVF", 0) - 0.5)
    assert drawn[neighbour, inside.start : gap_end].all()
    bench.view.scroll_to(38)
    bench.wait()
    drawn = bench.trace_drawn()
    before = slice(round(bench.paper.x_of_time(38.2)), round(bench.paper.x_of_time(39.8)))
    assert drawn[y, before].all()


def test_nothing_is_drawn_beyond_the_end_of_the_record(bench, make_record) -> None:
    bench.open(make_record(square_waves(5)))
    drawn = bench.trace_drawn()[: 900 - STRIP_PX]
    assert drawn[:, round(bench.paper.x_of_time(4.9))].any()
    assert not drawn[:, round(bench.paper.x_of_time(5.05)) :].any()


def test_brackets_are_round_the_selected_interval(bench, make_record) -> None:
    bench.open(make_record(np.full((12, 5000), np.nan)))
    bench.view.select_interval("V4", 2.0, 3.0)
    drawn = bench.drawn(bench.paper.theme.model_colour, 30)
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    assert columns[0] == pytest.approx(bench.paper.x_of_time(2), abs=2)
    assert columns[-1] == pytest.approx(bench.paper.x_of_time(3), abs=2)
    band = bench.paper.band_of("V4")
    assert rows[0] < band.top()
    assert rows[-1] > band.bottom() - 1
    assert rows[0] > bench.paper.band_of("V3").bottom() - 1
    assert rows[-1] < bench.paper.band_of("V5").top() + 1


def test_a_resize_changes_the_extent_and_never_a_small_square(bench, make_record) -> None:
    bench.open(make_record(square_waves(60)))
    visible_s = bench.view.visible_s
    bench.paper.resize(800, 600)
    assert bench.paper.px_per_s == pytest.approx(100)
    assert bench.paper.px_per_mv == pytest.approx(40)
    assert visible_s - bench.view.visible_s == pytest.approx(4.0)


def test_the_screens_own_size_gives_the_scale_and_an_impossible_one_no_millimetres(bench, monkeypatch) -> None:
    bench.paper.set_screen_scale(None)
    assert bench.paper.screen_scale.px_per_mm == pytest.approx(100 / 25.4)
    assert bench.paper.readout == "25 mm/s · 10 mm/mV"
    monkeypatch.setattr(QScreen, "physicalSize", lambda self: QSizeF(0, 0))
    bench.paper.set_screen_scale(None)
    assert bench.paper.screen_scale == ScreenScale(None)
    assert bench.paper.readout == "94 px/s · 38 px/mV · display size unavailable"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_the_readout_is_in_the_corner_in_every_theme(bench, make_record, theme) -> None:
    bench.paper.set_theme(theme)
    bench.open(make_record(square_waves()))
    corner = bench.drawn(theme.text, 60)[900 - 24 :, 1000:]
    assert corner.sum() > 100
    assert not bench.drawn(theme.text, 60)[900 - 24 :, 1194:].any()


def test_themes_change_paper_and_trace(bench, make_record) -> None:
    bench.open(make_record(square_waves()))
    light = bench.pixels()[:800].mean()
    bench.paper.set_theme(DARK)
    assert bench.paper.theme is DARK
    assert light > 200
    assert bench.pixels()[:800].mean() < 60


def test_derived_leads_are_marked(bench, make_record) -> None:
    bench.open(make_record(np.full((12, 5000), np.nan)))
    plain = bench.pixels()
    bench.open(make_record(np.full((12, 5000), np.nan), derived=frozenset({"III"})))
    changed = np.abs(bench.pixels() - plain).max(axis=2)[: 900 - STRIP_PX] > 60
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert rows[0] > bench.paper.y_of("II", 0)
    assert rows[-1] < bench.paper.y_of("aVR", 0)
    assert columns[-1] < 46


def test_a_file_that_fails_gives_a_sentence_and_the_rest_stays(bench, make_record) -> None:
    record = make_record(square_waves())

    def fail(start: int, end: int) -> np.ndarray:
        raise UnreadableRecord("rec.dat has vanished; put it back and open the record again")

    with bench.qtbot.waitSignal(bench.paper.load_failed) as failed:
        bench.view.open_record(type(record)(**{**vars(record), "read_leads": fail}))
    assert failed.args == ["rec.dat has vanished; put it back and open the record again"]
    bench.open(record)
    assert bench.paper.hover_at(bench.paper.band_of("I").center()) is not None


def test_the_first_trace_is_announced_once_a_record(bench, make_record) -> None:
    heard: list[int] = []
    bench.paper.trace_shown.connect(lambda: heard.append(1))
    bench.open(make_record(square_waves()))
    bench.qtbot.waitUntil(lambda: len(heard) == 1)
    bench.view.set_speed(50)
    bench.wait()
    bench.pixels()
    assert len(heard) == 1
    bench.open(make_record(square_waves()))
    bench.qtbot.waitUntil(lambda: len(heard) == 2)


def test_each_tile_of_a_new_record_is_painted_once_before_its_trace_is_shown(bench, make_record, monkeypatch) -> None:
    """What is painted before the samples are there would have to be painted again."""
    bench.open(make_record(square_waves()))
    bench.pixels()
    painted: list[Key] = []
    tile = TileCache.tile

    def count(self: TileCache, key: Key):
        if self.next_missing([key]) is not None:
            painted.append(key)
        return tile(self, key)

    monkeypatch.setattr(TileCache, "tile", count)
    with bench.qtbot.waitSignal(bench.paper.trace_shown):
        bench.view.open_record(make_record(square_waves()))
    assert painted
    assert len(painted) == len(set(painted))


def test_scrolling_copies_tiles_and_paints_only_new_ones(bench, make_record, monkeypatch) -> None:
    bench.open(make_record(square_waves(100)))
    bench.pixels()
    painted: list[Key] = []
    tile = TileCache.tile

    def count(self: TileCache, key: Key):
        if self.next_missing([key]) is not None:
            painted.append(key)
        return tile(self, key)

    monkeypatch.setattr(TileCache, "tile", count)
    for _ in range(20):
        bench.view.scroll_by(0.1)
        bench.pixels()
    assert len(painted) <= 2


def test_frames_are_measured_on_a_record_that_fits_and_the_view_is_put_back(bench, make_record) -> None:
    bench.open(make_record(square_waves(10)))
    frames = measure_scroll_frames(bench.paper, n=20)
    assert len(frames) == 20
    assert all(frame > 0 for frame in frames)
    assert bench.view.calibration.mm_per_s == 25
    assert bench.view.start_s == 0
    bench.paper.hide()
    with pytest.raises(ValueError, match="shown"):
        measure_scroll_frames(bench.paper)


SCALED = """
import json, sys
import numpy as np
from pathlib import Path
from PySide6.QtWidgets import QApplication
from PySide6.QtGui import QImage
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.state.calibration import ScreenScale
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.view import ViewState
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

app = QApplication([])
wave = np.where(np.floor(np.arange(5000) / 500) % 2 == 0, 0.5, -0.5).astype(np.float32)
samples = np.full((12, 5000), np.nan, np.float32)
samples[6] = wave
record = EcgRecord("t", 500.0, 5000, STANDARD_LEADS, Source((Path("none"),), "t"), lambda a, b: samples[:, a:b])
view, heat = ViewState(), HeatMap()
view.set_layout("12x1")
paper = PaperView(view, heat)
paper.set_screen_scale(ScreenScale(4.0))
paper.resize(1200, 900)
paper.show()
view.open_record(record)
while not paper.is_complete:
    app.processEvents()
image = paper.grab().toImage()
ratio = image.devicePixelRatio()
image = image.convertToFormat(QImage.Format.Format_Grayscale8)
grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())[:, : image.width()]
def row(time_s):
    column = grey[: int(870 * ratio), round(paper.x_of_time(time_s) * ratio)]
    return float(np.flatnonzero(column < 110).mean())
print(json.dumps({
    "ratio": ratio, "size": [image.width(), image.height()], "high": row(2.5), "low": row(3.5),
    "expected_high": paper.y_of("V1", 0.5), "width": paper.x_of_time(3) - paper.x_of_time(2),
    "paper_right": int(grey[: int(870 * ratio), -1].min()),
}))
paper.close()
"""


@pytest.mark.parametrize("ratio", [1.25, 2.0])
def test_millimetres_hold_on_dense_screens(ratio: float) -> None:
    environment = {"QT_SCALE_FACTOR": str(ratio), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": "."}
    run = subprocess.run(
        [sys.executable, "-c", SCALED],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(run.stdout)
    assert seen["ratio"] == ratio
    assert seen["size"] == [1200 * ratio, 900 * ratio]
    assert (seen["low"] - seen["high"]) / ratio / 4.0 == pytest.approx(10.0, abs=0.25)
    assert (seen["high"] + 0.5) / ratio == pytest.approx(seen["expected_high"], abs=1)
    assert seen["width"] / 4.0 == pytest.approx(25.0, abs=0.01)
