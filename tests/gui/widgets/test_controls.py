"""Every control of the window and of each dialog has a name, can be reached by keyboard, and is not cut off."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.tour.tour_feature import TourFeature
from ecg_viewer.state.settings import SettingsFile

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
MakeProgram = Callable[..., Program]


def load(name: str) -> ModuleType:
    """A file beside this one; the tests are no package."""
    spec = importlib.util.spec_from_file_location(f"controls_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


controls = load("controls")
DIALOGS = load("clipping").DIALOGS


@pytest.fixture
def opened(make_program: MakeProgram, qtbot: QtBot, tmp_path: Path, demo: Path) -> Program:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(notice_seen=True, tour_seen=True, reviewer="Dr. Vera Musterfrau")
    program = make_program(settings=settings)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    program.session.open([demo], "demo")
    qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
    qtbot.waitUntil(lambda: not program.session.assessment.phase.is_running)
    return program


def test_every_control_of_the_window_has_a_name(opened: Program) -> None:
    window = opened.window
    assert controls.unnamed(window) == []
    for index in range(window.frame.side_tabs.count()):
        window.frame.side_tabs.setCurrentIndex(index)
        assert controls.unnamed(window) == [], window.frame.side_tabs.tabText(index)
    window.show_notice()
    assert controls.unnamed(window) == []


def test_every_control_of_the_window_is_reached_by_tab(opened: Program, qtbot: QtBot) -> None:
    window = opened.window
    for index in range(window.frame.side_tabs.count()):
        window.frame.side_tabs.setCurrentIndex(index)
        assert controls.unreachable(window, window.paper) == [], window.frame.side_tabs.tabText(index)


def test_the_empty_window_is_used_by_keyboard_alone(make_program: MakeProgram, qtbot: QtBot) -> None:
    program = make_program()
    window = program.window
    window.show_empty_state()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert controls.unnamed(window) == []
    assert controls.unreachable(window, window.empty_state.buttons[0]) == []
    demo_button = window.empty_state.buttons[-1]
    demo_button.setFocus()
    qtbot.keyClick(demo_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.session.record is not None)
    assert window.session.view.heat_visible, "the button took the key, not the window"


@pytest.mark.parametrize("action_id", DIALOGS)
def test_every_control_of_a_dialog_has_a_name_is_reached_by_tab_and_esc_closes_it(
    opened: Program, qtbot: QtBot, action_id: str
) -> None:
    opened.window.action(action_id).trigger()
    qtbot.waitUntil(lambda: controls.open_dialog() is not None)
    dialog = controls.open_dialog()
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    first = dialog.focusWidget() or dialog
    assert controls.unnamed(dialog) == []
    assert controls.unreachable(dialog, first) == []
    assert controls.clipped(dialog) == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: controls.open_dialog() is None)


def test_a_review_from_opening_to_export_needs_no_mouse(opened: Program, qtbot: QtBot) -> None:
    window, session = opened.window, opened.session
    open_review = window.feature(ReviewFeature).open_review
    control, key = Qt.KeyboardModifier.ControlModifier, Qt.Key
    window.paper.setFocus()
    qtbot.keyClick(window.paper, key.Key_Space)
    assert not session.view.heat_visible, "the bare ECG first"
    qtbot.keyClick(window.paper, key.Key_Space)
    qtbot.keyClick(window.paper, key.Key_J)
    assert session.finding is not None
    qtbot.keyClick(window.paper, key.Key_C)
    assert [judgement.state for judgement in open_review.judgements] == ["confirmed"]
    qtbot.keyClick(window.paper, key.Key_D)
    assert sorted(judgement.state for judgement in open_review.judgements) == ["confirmed", "dismissed"]
    qtbot.keyClick(window.paper, key.Key_Z, control)
    assert [judgement.state for judgement in open_review.judgements if judgement.state == "dismissed"] == []
    before = session.item
    qtbot.keyClick(window.paper, key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: session.item != before and not session.is_opening)
    qtbot.keyClick(window.paper, key.Key_E, control)
    qtbot.waitUntil(lambda: controls.open_dialog() is not None)
    qtbot.keyClick(controls.open_dialog(), key.Key_Escape)
    qtbot.waitUntil(lambda: controls.open_dialog() is None)


def test_focus_is_seen(opened: Program, qtbot: QtBot) -> None:
    """A control with the focus looks different from itself without."""
    window = opened.window
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisible() and button.isEnabled()]
    for widget in (window.tool_bar.speed, window.status.badge.window().findChild(QWidget, "open"), *buttons[:2]):
        if widget is None:
            continue
        window.paper.setFocus()
        without = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.grab().toImage() != without, controls.described(widget)


def test_the_tour_is_named_too(opened: Program) -> None:
    opened.window.action("tour").trigger()
    tour = opened.window.feature(TourFeature)
    assert tour.callout is not None
    assert controls.unnamed(tour.callout) == []
    assert controls.clipped(tour.callout) == []


@pytest.mark.parametrize(
    ("scale", "language", "width", "height"),
    [("1", "de", 1024, 700), ("1.25", "en", 1440, 900), ("2", "de", 1440, 900)],
)
def test_nothing_is_cut_off(tmp_path: Path, scale: str, language: str, width: int, height: int) -> None:
    """In either language, at 100, 125 and 200 %."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(HERE / "clipping.py"), str(tmp_path), language, str(width), str(height)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {}


def test_the_check_for_clipped_words_finds_some(qtbot: QtBot) -> None:
    """It would say so: otherwise the tests above could not fail."""
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    label, button, wrapped = QLabel("A label of some length"), QPushButton("A button"), QLabel("Many words. " * 30)
    wrapped.setWordWrap(True)
    for widget in (label, button, wrapped):
        layout.addWidget(widget)
    page.show()
    assert controls.clipped(page) == []
    assert controls.unnamed(page) == []
    label.setFixedWidth(40)
    button.setFixedWidth(30)
    wrapped.setFixedHeight(20)
    QApplication.processEvents()
    assert len(controls.clipped(page)) == 3
    button.setText("")
    assert len(controls.unnamed(page)) == 1
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    assert any("QPushButton" in line for line in controls.unreachable(page, label))
