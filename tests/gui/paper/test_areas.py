"""What others lay over the paper goes through areas, overlays and tools."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.render.layout import STRIP_PX, LeadArea
from mmae_core.record import STANDARD_LEADS

PAPER_HEIGHT = 900 - STRIP_PX


@pytest.fixture
def minute(bench, make_record):
    """A minute on the paper, from 20 s on; lead k is level at k tenths of mV."""
    bench.open(make_record(np.tile(np.arange(12)[:, None] / 10, (1, 30_000))))
    bench.view.scroll_to(20)
    bench.wait()
    return bench


class JournalWriter:
    """A tool that notes what it is told and uses what it is told to use."""

    name = "recorder"
    cursor = Qt.CursorShape.IBeamCursor

    def __init__(self, uses: bool) -> None:
        self.uses = uses
        self.heard: list[str] = []

    def note(self, what: str) -> bool:
        self.heard.append(what)
        return self.uses

    def press(self, event: QMouseEvent) -> bool:
        return self.note("press")

    def move(self, event: QMouseEvent) -> bool:
        return self.note("move")

    def release(self, event: QMouseEvent) -> bool:
        return self.note("release")

    def double_click(self, event: QMouseEvent) -> bool:
        return self.note("double click")

    def key(self, event: QKeyEvent) -> bool:
        return self.note(f"key {event.text()}")


class Flood:
    """An overlay that paints everything it can reach."""

    def paint(self, painter: QPainter, paper: PaperView) -> None:
        painter.fillRect(paper.rect(), QColor("#00ff00"))


def test_areas_say_where_the_paper_draws_each_lead(minute) -> None:
    areas = minute.paper.areas()
    assert sorted(area.lead for area in areas) == sorted(STANDARD_LEADS)
    drawn = minute.trace_drawn()
    for area in areas:
        level = STANDARD_LEADS.index(area.lead) / 10
        assert area.y_of(level) == pytest.approx(minute.paper.y_of(area.lead, level))
        assert drawn[int(area.y_of(level)), round(area.x_of(22.0))]
        assert area.mv_at(area.y_of(0.37)) == pytest.approx(0.37)
        assert area.x_of(23.5) == pytest.approx(minute.paper.x_of_time(23.5))
        assert area.time_at(area.x_of(23.5)) == pytest.approx(23.5)
        assert area.start_s == pytest.approx(20, abs=0.011)
        assert area.end_s == pytest.approx(minute.view.end_s, abs=0.011)
        assert (area.px_per_s, area.px_per_mv) == (pytest.approx(100), pytest.approx(40))


def test_each_point_of_the_traces_belongs_to_one_area_and_no_other_point_to_any(minute) -> None:
    for x in (minute.paper.gutter, 400.0, 1199.0):
        for y in range(0, PAPER_HEIGHT, 7):
            holders = [area for area in minute.paper.areas() if area.contains(x, y)]
            assert len(holders) == 1
            assert minute.paper.area_at(QPointF(x, y)) == holders[0]
    assert minute.paper.area_at(QPointF(minute.paper.gutter - 1, 300)) is None
    assert minute.paper.area_at(QPointF(500, 890)) is None
    assert [area.lead for area in minute.paper.areas_of("V3")] == ["V3"]
    assert minute.paper.areas_of("X") == ()


def test_samples_are_those_of_the_recording_and_none_before_they_are_read(bench, make_record) -> None:
    assert bench.paper.samples("I", 0, 1) is None
    samples = np.random.default_rng(0).normal(size=(12, 5000))
    samples[3, 700] = np.nan
    bench.open(make_record(samples))
    read = bench.paper.samples("aVR", 1.0, 2.0)
    assert read is not None
    times_s, millivolts = read
    np.testing.assert_allclose(times_s, np.arange(500, 1001) / 500)
    np.testing.assert_allclose(millivolts, samples[3, 500:1001].astype(np.float32))
    assert bench.paper.samples("V9", 1.0, 2.0) is None
    clipped = bench.paper.samples("I", -3.0, 20.0)
    assert clipped is not None
    assert clipped[0].size == 5000
    beyond = bench.paper.samples("I", 30.0, 31.0)
    assert beyond is not None
    assert beyond[0].size == 0


def test_an_overlay_covers_the_traces_and_nothing_else(minute) -> None:
    before = minute.pixels()
    flood = Flood()
    minute.paper.add_overlay(flood)
    flooded = minute.pixels()
    gutter = round(minute.paper.gutter)
    assert (flooded[:PAPER_HEIGHT, gutter:] == [0, 255, 0]).all()
    assert (flooded[:, : gutter - 1] == before[:, : gutter - 1]).all()
    assert (flooded[PAPER_HEIGHT:] == before[PAPER_HEIGHT:]).all()
    minute.paper.remove_overlay(flood)
    assert (minute.pixels() == before).all()
    with pytest.raises(ValueError, match="list"):
        minute.paper.remove_overlay(flood)


def test_a_tool_takes_mouse_and_keys_and_leaves_the_rest_to_the_paper(minute) -> None:
    paper, qtbot = minute.paper, minute.qtbot
    at, there = QPoint(600, 300), QPoint(500, 300)

    def drag() -> None:
        qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(paper, there)
        qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=there)
        qtbot.mouseDClick(paper, Qt.MouseButton.LeftButton, pos=there)
        qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=there)
        qtbot.keyClick(paper, Qt.Key.Key_Escape)

    greedy, modest = JournalWriter(uses=True), JournalWriter(uses=False)
    paper.set_tool(greedy)
    assert paper.tool is greedy
    assert paper.cursor().shape() == Qt.CursorShape.IBeamCursor
    drag()
    assert greedy.heard[0] == "press"
    assert {"press", "move", "release", "double click"} <= set(greedy.heard)
    assert greedy.heard[-1].startswith("key")
    assert minute.view.start_s == 20
    paper.set_tool(modest)
    drag()
    assert {"press", "move", "release", "double click"} <= set(modest.heard)
    assert minute.view.start_s == pytest.approx(21, abs=0.011), "pulled along by the drag"
    assert not minute.view.focus.is_zoomed, "zoomed by the double click, back by the key"
    paper.set_tool(None)
    assert paper.cursor().shape() == Qt.CursorShape.CrossCursor


def test_a_context_menu_is_asked_for_at_a_lead(minute) -> None:
    paper = minute.paper
    heard: list[tuple[QPoint, LeadArea | None]] = []
    paper.context_requested.connect(lambda at, area: heard.append((at, area)))
    for at in (QPoint(600, round(paper.y_of("V2", 0))), QPoint(5, 300)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, paper.mapToGlobal(at))
        QApplication.sendEvent(paper, event)
    assert [at for at, _ in heard] == [paper.mapToGlobal(QPoint(600, round(paper.y_of("V2", 0)))),
                                       paper.mapToGlobal(QPoint(5, 300))]
    assert heard[0][1] is not None
    assert heard[0][1].lead == "V2"
    assert heard[1][1] is None


def test_an_overlay_that_fails_is_told_of_and_the_paper_goes_on(minute, qtbot: QtBot) -> None:
    """A painter left open once ended the program, and with it everything that was not yet saved."""

    class Broken:
        def paint(self, painter: QPainter, paper: PaperView) -> None:
            raise ZeroDivisionError("nothing to divide by")

    broken = Broken()
    minute.paper.add_overlay(broken)
    with qtbot.captureExceptions() as told:
        for _ in range(3):
            minute.paper.update()
            qtbot.waitUntil(lambda: bool(told))
            told.clear()
    minute.paper.remove_overlay(broken)
    minute.paper.repaint()
    assert minute.paper.is_complete
