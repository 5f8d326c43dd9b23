"""What features add to the window of average beats: marks in the place of each lead, a tool for its mouse, controls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.paper.beat_layers import BeatArea, BeatLayers
from ecg_viewer.qt.window.main_window import MainWindow

RECORD = Path(__file__).parents[2] / "data" / "ptbxl-mini" / "records500" / "00000" / "00035_hr.hea"

pytestmark = pytest.mark.measures


class Marks:
    """A dot at 0.1 s and 0.5 mV below the beats, another at 0.2 s above them; needs room up to 4 mV in V6."""

    def __init__(self) -> None:
        self.range: tuple[float, float] | None = None

    def paint_below(self, painter: QPainter, place: BeatArea) -> None:
        self._dot(painter, place, 0.1, "#00ff00")

    def paint_above(self, painter: QPainter, place: BeatArea) -> None:
        self._dot(painter, place, 0.2, "#ff00ff")

    def range_mv(self, lead: str) -> tuple[float, float] | None:
        return self.range if lead == "V6" else None

    def _dot(self, painter: QPainter, place: BeatArea, time_s: float, colour: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(place.x_of(time_s), place.y_of(0.5)), 4, 4)


class Tool:
    """Notes where it was pressed, moved and released, and which keys went down."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, float, float]] = []
        self.keys: list[int] = []

    def press(self, event: QMouseEvent, place: BeatArea) -> bool:
        return self._note("press", event, place)

    def move(self, event: QMouseEvent, place: BeatArea) -> bool:
        return self._note("move", event, place)

    def release(self, event: QMouseEvent, place: BeatArea) -> bool:
        return self._note("release", event, place)

    def key(self, event: QKeyEvent) -> bool:
        self.keys.append(event.key())
        return True

    def _note(self, what: str, event: QMouseEvent, place: BeatArea) -> bool:
        at = event.position()
        self.seen.append((what, place.lead, round(place.time_at(at.x()), 2), round(place.mv_at(at.y()), 1)))
        return True


@pytest.fixture
def window(qtbot: QtBot, make_program: Callable[..., Program]) -> MainWindow:
    window = make_program().window
    window.session.open([RECORD])
    tracker = window.feature(IntervalFeature).tracker
    qtbot.waitUntil(lambda: tracker.average is not None and not tracker.is_running)
    return window


@pytest.fixture
def layers(window: MainWindow) -> BeatLayers:
    return window.feature(IntervalFeature).layers


def test_overlays_paint_at_the_time_and_voltage_of_each_lead_also_where_it_is_inverted(
    window: MainWindow, layers: BeatLayers
) -> None:
    layers.add_overlay(Marks())
    layers.open()
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    window.action("cabrera").trigger()
    for lead in ("II", "aVR"):
        paper = dialog.papers[lead]
        place = paper.place
        assert place is not None
        shown = paper.grab().toImage()
        ratio = shown.devicePixelRatio()
        for time_s, colour in ((0.1, "#00ff00"), (0.2, "#ff00ff")):
            at = QPoint(round(paper.x_of(time_s) * ratio), round(paper.y_of(place.cell.sign * 0.5) * ratio))
            assert shown.pixelColor(at).name() == colour, (lead, time_s)
        assert place.mv_at(place.y_of(0.5)) == pytest.approx(0.5)
        assert place.time_at(place.x_of(0.1)) == pytest.approx(0.1)
    assert dialog.papers["aVR"].place is not None
    assert dialog.papers["aVR"].place.cell.sign == -1


def test_a_paper_makes_room_for_what_an_overlay_paints(window: MainWindow, layers: BeatLayers) -> None:
    marks = Marks()
    layers.add_overlay(marks)
    layers.open()
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    assert dialog.papers["V6"].y_of(4.0) < 0, "there was no room for it"
    marks.range = (-0.1, 4.0)
    layers.update()
    assert dialog.papers["V6"].y_of(4.0) > 0


def test_a_tool_has_the_mouse_and_the_keys_in_seconds_and_millivolts(window: MainWindow, layers: BeatLayers) -> None:
    tool = Tool()
    layers.set_tool(tool)
    layers.open()
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    paper = dialog.papers["V3"]
    at, to = (QPoint(round(paper.x_of(time_s)), round(paper.y_of(0.0))) for time_s in (0.0, 0.2))
    assert paper.cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(paper, to)
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=to)
    assert tool.seen[0] == ("press", "V3", 0.0, 0.0)
    assert tool.seen[-1] == ("release", "V3", pytest.approx(0.2, abs=0.011), 0.0)
    QTest.keyClick(dialog.sheet, Qt.Key.Key_Left)
    assert tool.keys == [Qt.Key.Key_Left]
    layers.set_tool(None)
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=at)
    assert tool.seen[-1][0] == "release", "the mouse is nobody's again"
    assert paper.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_controls_and_panels_stand_in_the_window_and_features_hear_of_it_being_open(
    window: MainWindow, layers: BeatLayers
) -> None:
    control, panel = QLabel("a control"), QLabel("a panel")
    layers.add_control(control)
    layers.add_panel(panel)
    heard: list[bool] = []
    layers.shown_changed.connect(lambda: heard.append(layers.is_shown))
    layers.open()
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    assert control.isVisible()
    assert panel.isVisible()
    assert panel.mapTo(dialog, QPoint(0, 0)).x() > dialog.sheet.geometry().center().x(), "beside the beats"
    dialog.close()
    assert heard == [True, False]
