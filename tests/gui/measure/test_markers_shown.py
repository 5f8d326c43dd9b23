"""Markers on the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.measure.marker_feature import MarkerFeature
from ecg_viewer.qt.review.review_dialogs import ReviewerDialog
from ecg_viewer.qt.window.main_window import MainWindow
from ecg_viewer.state.settings import SettingsFile

OpenWindow = Callable[[], MainWindow]

@pytest.fixture
def open_window(
    qtbot: QtBot, make_program: Callable[..., Program], write_record: Callable[..., Path], tmp_path: Path
) -> OpenWindow:
    """Windows on one recording of a minute, of a reader who has a name."""
    path = write_record("minute", 60.0)

    def make() -> MainWindow:
        settings = SettingsFile(tmp_path / "settings.json")
        settings.change(reviewer="A. Reader", layout="12x1")
        window = make_program(settings=settings).window
        window.session.open([path])
        qtbot.waitUntil(lambda: window.session.record is not None and window.paper.is_complete)
        qtbot.waitUntil(lambda: bool(window.session.sha256))
        return window

    return make


def do(window: MainWindow, action: str) -> None:
    window.action(action).trigger()


def test_a_marker_is_set_where_the_mouse_is_or_in_the_middle(open_window: OpenWindow) -> None:
    window = open_window()
    markers = window.feature(MarkerFeature).markers
    area = window.paper.areas_of("V1")[0]
    window.session.view.set_cursor(area.start_s + 1.5, "V1")
    do(window, "marker_add")
    window.session.view.clear_cursor()
    do(window, "marker_add")
    view = window.session.view
    assert [marker.time_s for marker in markers.all] == pytest.approx([1.5, (view.start_s + view.end_s) / 2])
    assert window.feature(MarkerFeature).panel.table.rowCount() == 2


def test_jumping_scrolls_to_markers_out_of_sight(open_window: OpenWindow) -> None:
    window = open_window()
    feature, view = window.feature(MarkerFeature), window.session.view
    for time_s in (2.0, 30.0, 55.0):
        feature.markers.add(time_s)
    view.scroll_to(0.0)
    seen = []
    for action in ("marker_next", "marker_next", "marker_next", "marker_previous"):
        do(window, action)
        marker = feature.panel.current
        assert marker is not None
        assert view.start_s <= marker.time_s <= view.end_s
        seen.append(marker.time_s)
    assert seen == [30.0, 55.0, 55.0, 30.0]
    feature.panel.table.setCurrentCell(0, 1)
    assert view.start_s <= 2.0


def test_a_marker_is_renamed_in_the_list_removed_and_brought_back(open_window: OpenWindow) -> None:
    window = open_window()
    feature = window.feature(MarkerFeature)
    do(window, "marker_add")
    do(window, "marker_rename")
    item = feature.panel.table.item(0, 1)
    assert item is not None
    item.setText("P waves end")
    assert [marker.name for marker in feature.markers.all] == ["P waves end"]
    do(window, "marker_remove")
    assert feature.markers.all == ()
    assert not window.action("marker_remove").isEnabled()
    do(window, "undo")
    assert [marker.name for marker in feature.markers.all] == ["P waves end"]


def test_markers_are_there_again_when_the_recording_is_opened_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    first = open_window()
    first.feature(MarkerFeature).markers.add(12.5, "here")
    first.close()
    second = open_window()
    markers = second.feature(MarkerFeature).markers
    qtbot.waitUntil(lambda: bool(markers.all))
    assert [(marker.time_s, marker.name) for marker in markers.all] == [(12.5, "here")]


def test_the_line_follows_the_time_when_the_paper_scrolls(open_window: OpenWindow) -> None:
    window = open_window()
    window.feature(MarkerFeature).markers.add(3.0, "x")
    view, paper = window.session.view, window.paper

    def drawn_at(time_s: float) -> bool:
        area = paper.areas_of("I")[0]
        shot = paper.grab().toImage()
        x, ratio = area.x_of(time_s), paper.devicePixelRatioF()
        wanted = paper.theme.human_colour
        columns = range(round((x - 1) * ratio), round((x + 2) * ratio))
        return any(shot.pixelColor(column, round(y * ratio)).name() == wanted
                   for column in columns for y in range(2, round(area.bottom)))

    assert drawn_at(3.0)
    view.scroll_to(1.0)
    assert drawn_at(3.0)
    assert not drawn_at(4.5)


def test_without_a_name_the_reader_is_asked_for_it_first(
    qtbot: QtBot, make_program: Callable[..., Program], write_record: Callable[..., Path]
) -> None:
    window = make_program().window
    window.session.open([write_record("nameless")])
    qtbot.waitUntil(lambda: window.session.record is not None)
    do(window, "marker_add")
    assert window.feature(MarkerFeature).markers.all == ()
    dialog = window.findChild(ReviewerDialog)
    assert dialog is not None
    dialog.named.emit("A. Reader")
    assert len(window.feature(MarkerFeature).markers.all) == 1
    dialog.close()


def test_the_key_sets_one_while_the_paper_has_the_focus(open_window: OpenWindow) -> None:
    window = open_window()
    window.activateWindow()
    window.paper.setFocus()
    QTest.mouseMove(window.paper, QPointF(window.paper.areas()[0].x_of(2.0), 100).toPoint())
    QTest.keyClick(window.paper, Qt.Key.Key_M)
    assert len(window.feature(MarkerFeature).markers.all) == 1


def test_names_of_close_markers_do_not_cover_each_other_and_stand_once(open_window: OpenWindow) -> None:
    window = open_window()
    feature = window.feature(MarkerFeature)
    for time_s, name in ((1.0, "P begins"), (1.08, "QRS begins"), (1.2, "QRS ends"), (5.0, "alone")):
        feature.markers.add(time_s, name)
    for layout in ("layout_12x1", "layout_3x4+II"):
        do(window, layout)
        window.paper.grab()
        flags = list(feature.overlay.flags.values())
        assert len(flags) == 4
        assert not any(flag.intersects(other) for flag in flags for other in flags if flag is not other)
        assert all(flag.left() >= 0 and flag.right() <= window.paper.width() for flag in flags)
