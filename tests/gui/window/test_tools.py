"""Tools have buttons with icons, and the tool in use is seen on its button, on the paper and at the pointer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.features import all_actions
from ecg_viewer.qt.widgets.tool_icons import DRAWINGS, SIDE, tool_icon
from ecg_viewer.qt.window.tool_bar import TOOLS

MakeProgram = Callable[..., Program]
CURSORS = {"caliper_time": Qt.CursorShape.SplitHCursor, "caliper_amplitude": Qt.CursorShape.SplitVCursor,
           "caliper_both": Qt.CursorShape.SizeFDiagCursor, "caliper_angle": Qt.CursorShape.SizeBDiagCursor,
           "add_finding": Qt.CursorShape.IBeamCursor}


@pytest.fixture
def program(make_program: MakeProgram, opens: Callable[[Program, Path], None], write_record) -> Program:
    program = make_program()
    program.window.settings.change(reviewer="Ann")
    opens(program, write_record("twelve", 12.0))
    return program


def button(program: Program, action_id: str) -> QToolButton:
    buttons = program.window.tool_bar.findChildren(QToolButton)
    return next(item for item in buttons if item.defaultAction() is program.window.actions_by_id[action_id])


def colours(widget: QWidget) -> dict[int, int]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    values, counts = np.unique(pixels | 0xFF000000, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))


@pytest.mark.parametrize("action_id", ["caliper_time", "caliper_amplitude", "add_finding"])
def test_a_button_takes_its_tool_and_shows_it_until_esc(program: Program, qtbot: QtBot, action_id: str) -> None:
    paper, pressed = program.window.paper, button(program, action_id)
    human = QColor(paper.theme.human_colour).rgb()
    assert colours(paper).get(human, 0) == 0
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    assert paper.tool is not None
    assert program.window.action(action_id).isChecked()
    assert pressed.isChecked()
    assert paper.cursor().shape() == CURSORS[action_id]
    assert colours(paper)[human] > 1000, "a line along the top, and the tool's name"
    paper.setFocus()
    qtbot.keyClick(paper, Qt.Key.Key_Escape)
    assert paper.tool is None
    assert not program.window.action(action_id).isChecked()
    assert not pressed.isChecked()
    assert paper.cursor().shape() == Qt.CursorShape.CrossCursor
    assert colours(paper).get(human, 0) == 0


def test_the_pointer_tells_the_tools_apart_from_one_another_and_from_none(program: Program) -> None:
    shapes = [Qt.CursorShape.CrossCursor]
    for action_id, shape in CURSORS.items():
        program.window.action(action_id).trigger()
        assert program.window.paper.cursor().shape() == shape
        shapes.append(shape)
    assert len(set(shapes)) == len(shapes)


def test_every_tool_has_a_button_with_an_icon_a_name_and_a_tooltip(program: Program) -> None:
    assert set(TOOLS) == set(DRAWINGS)
    for action_id in TOOLS:
        found = button(program, action_id)
        assert not found.icon().isNull()
        assert found.accessibleName()
        assert found.toolTip()


@pytest.mark.parametrize("action_id", DRAWINGS)
def test_icons_are_drawn_in_the_colour_of_the_text(action_id: str) -> None:
    icon = tool_icon(action_id, QColor("#ff0000"), QColor("#0000ff"))
    for mode, channel in ((icon.Mode.Normal, 2), (icon.Mode.Disabled, 0)):
        image = icon.pixmap(round(SIDE), round(SIDE), mode).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)
        drawn = pixels[pixels[:, 3] > 128]
        assert 20 < len(drawn) < 250
        assert (drawn[:, channel] > 200).all()


def test_icons_follow_the_theme(program: Program) -> None:
    def darkest() -> int:
        image = button(program, "print_preview").icon().pixmap(20, 20).toImage()
        drawn = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
        return min(colour.lightness() for colour in drawn if colour.alpha() > 200)

    program.window.choose_theme("light")
    on_light = darkest()
    program.window.choose_theme("dark")
    assert on_light < 100 < darkest()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 640), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_tool_bar_fits_every_window(program: Program, qtbot: QtBot, width: int, height: int, language: str) -> None:
    program.window.settings.change(language=language)
    program.window.resize(width, height)
    bar = program.window.tool_bar
    qtbot.waitUntil(lambda: bar.width() == program.window.width() == width)
    try:
        for control in bar.findChildren(QToolButton):
            if control.isVisible() and control.objectName() != "qt_toolbar_ext_button":
                left = control.mapTo(bar, control.rect().topLeft())
                assert bar.rect().contains(left), control.accessibleName()
                assert left.x() + control.width() <= bar.width(), control.accessibleName()
                assert control.width() >= control.sizeHint().width() - 1, "its words have room"
        has_one_row = width >= 1920 or (width == 1366 and language == "en")
        qtbot.waitUntil(lambda: bar.height() <= (50 if has_one_row else 0.14 * height))
    finally:
        program.window.settings.change(language="en")


def test_the_menu_view_is_grouped(program: Program) -> None:
    view = next(menu for menu in program.window.menuBar().findChildren(QMenu) if menu.title() == "View")
    lines = [action for action in view.actions() if not action.isSeparator()]
    assert len(lines) <= 15
    titles = {action.text() for action in lines}
    assert {"Go to", "Speed and gain", "Panels", "Worklist", "Layout", "Lead", "Heat", "Filter"} <= titles


def test_what_is_open_is_a_recording_everywhere() -> None:
    """Never a record, which is a file's word and a heart's best time."""
    words = {spec.id: f" {spec.text} {spec.tip} ".lower().replace(".", " ").replace(",", " ") for spec in all_actions()}
    assert [name for name, text in words.items() if " record " in text or " records " in text] == []
