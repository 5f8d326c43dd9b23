"""Mouse, wheel and keys on the paper."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.paper.hover import Hover
from ecg_viewer.qt.paper.paper_gestures import NOTCH
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.view import Cursor
from mmae_core.record import STANDARD_LEADS

K = Qt.Key
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def minute(bench, make_record):
    """A minute on the paper; lead k is level at k tenths of mV, except where V2 is invalid (3-4 s)."""
    samples = np.tile(np.arange(12)[:, None] / 10, (1, 30_000))
    samples[7, 1500:2000] = np.nan
    bench.open(make_record(samples))
    return bench


def wheel(bench, notches: float, modifiers=NONE, at: QPointF | None = None, pixels: QPoint | None = None) -> None:
    at = at or QPointF(600, 400)
    event = QWheelEvent(
        at,
        bench.paper.mapToGlobal(at),
        pixels or QPoint(),
        QPoint(0, round(notches * NOTCH)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bench.paper, event)


def test_the_wheel_scrolls_in_time(minute) -> None:
    wheel(minute, -1)
    assert minute.view.start_s == pytest.approx(minute.view.visible_s / 10)
    wheel(minute, 5)
    assert minute.view.start_s == 0


def test_a_trackpad_scrolls_by_the_pixel(minute) -> None:
    wheel(minute, -0.5, pixels=QPoint(-150, 3))
    assert minute.view.start_s == pytest.approx(1.5)


def test_ctrl_wheel_changes_the_speed_about_the_cursor(minute) -> None:
    minute.view.scroll_to(20)
    at = QPointF(700, 300)
    time_s = minute.paper.time_at(700)
    wheel(minute, 1, CTRL, at)
    assert minute.view.calibration.mm_per_s == 50
    assert minute.paper.time_at(700) == pytest.approx(time_s, abs=0.01)
    wheel(minute, -2, CTRL, at)
    assert minute.view.calibration.mm_per_s == 12.5
    assert minute.paper.time_at(700) == pytest.approx(time_s, abs=0.02)


def test_shift_wheel_changes_the_gain_and_parts_of_a_notch_add_up(minute) -> None:
    wheel(minute, 1, SHIFT)
    assert minute.view.calibration.mm_per_mv == 20
    wheel(minute, -0.5, SHIFT)
    assert minute.view.calibration.mm_per_mv == 20
    wheel(minute, -0.5, SHIFT)
    assert minute.view.calibration.mm_per_mv == 10
    assert minute.view.start_s == 0


def test_dragging_pulls_the_paper_along(minute) -> None:
    minute.view.scroll_to(20)
    grabbed_s = minute.paper.time_at(700)
    qtbot, paper = minute.qtbot, minute.paper
    qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=QPoint(700, 300))
    assert paper.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    qtbot.mouseMove(paper, QPoint(500, 310))
    assert paper.time_at(500) == pytest.approx(grabbed_s, abs=0.011)
    qtbot.mouseMove(paper, QPoint(620, 300))
    assert paper.time_at(620) == pytest.approx(grabbed_s, abs=0.011)
    qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=QPoint(620, 300))
    assert paper.cursor().shape() == Qt.CursorShape.CrossCursor
    start_s = minute.view.start_s
    qtbot.mouseMove(paper, QPoint(400, 300))
    assert minute.view.start_s == start_s


@pytest.mark.parametrize("key", [K.Key_Right, K.Key_Home, K.Key_PageDown, K.Key_Plus, K.Key_BracketRight])
def test_the_paper_leaves_to_the_window_the_keys_that_are_its_actions(minute, key) -> None:
    minute.view.scroll_to(20)
    minute.qtbot.keyClick(minute.paper, key)
    assert (minute.view.start_s, minute.view.calibration) == (20, Calibration())


def test_hover_tells_lead_time_millivolts_and_percentile(minute) -> None:
    percentile = np.full((12, 500), 42.0)
    percentile[6] = 99.5
    percentile[3] = np.nan
    minute.percentiles(percentile)
    heard: list[Hover | None] = []
    minute.paper.hovered.connect(heard.append)

    def hover(lead: str, time_s: float) -> Hover | None:
        at = QPoint(round(minute.paper.x_of_time(time_s)), round(minute.paper.y_of(lead, 0.1)))
        minute.qtbot.mouseMove(minute.paper, at)
        return heard[-1]

    for index, lead in enumerate(STANDARD_LEADS):
        seen = hover(lead, 2.0)
        assert seen is not None
        assert (seen.lead, seen.time_s) == (lead, pytest.approx(2.0, abs=0.006))
        assert seen.amplitude_mv == pytest.approx(index / 10)
    seen = hover("V1", 2.5)
    assert seen is not None
    assert (seen.percentile, seen.assessed) == (pytest.approx(99.5, abs=0.02), True)
    assert minute.view.cursor == Cursor(seen.time_s, "V1")
    seen = hover("aVR", 2.5)
    assert seen is not None
    assert (seen.percentile, seen.assessed) == (None, False)
    seen = hover("V1", 8.0)
    assert seen is not None
    assert (seen.percentile, seen.assessed) == (None, True)
    seen = hover("V2", 3.5)
    assert seen is not None
    assert seen.amplitude_mv is None


def test_hover_beside_the_traces_is_none(minute) -> None:
    paper = minute.paper
    assert paper.hover_at(QPointF(10, 300)) is None
    assert paper.hover_at(QPointF(600, 895)) is None
    minute.view.set_speed(12.5)
    minute.view.scroll_to(60)
    assert paper.hover_at(QPointF(600, 300)) is not None


def test_hover_after_the_end_of_a_short_record_is_none(bench, make_record) -> None:
    bench.open(make_record(np.zeros((12, 1000))))
    assert bench.paper.hover_at(QPointF(bench.paper.x_of_time(1.9), 300)) is not None
    assert bench.paper.hover_at(QPointF(bench.paper.x_of_time(2.1), 300)) is None


def test_leaving_the_paper_clears_the_cursor(minute) -> None:
    minute.view.set_cursor(2, "II")
    with minute.qtbot.waitSignal(minute.paper.hovered) as heard:
        QApplication.sendEvent(minute.paper, QEvent(QEvent.Type.Leave))
    assert heard.args == [None]
    assert minute.view.cursor is None
