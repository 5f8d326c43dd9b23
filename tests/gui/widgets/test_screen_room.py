"""Windows stay within the screen, frame and all: at the lower edge stands that this is no diagnosis."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMargins, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.export.page_preview import PreviewDialog
from ecg_viewer.qt.widgets.screen_room import DIALOG_MARGIN_PX, ScreenKeeper, dialog_size, fitting, frame_of
from ecg_viewer.qt.window.help_dialog import HelpDialog
from ecg_viewer.state.assessment import Phase

ROOM = QRect(0, 30, 1024, 738)
FRAME = QMargins(4, 60, 4, 4)


class Framed(QWidget):
    """A window whose title bar is higher than any style says, once it is shown."""

    def frameGeometry(self) -> QRect:  # noqa: N802  # Qt's name
        return self.geometry().marginsAdded(FRAME) if self.isVisible() else self.geometry()


@pytest.mark.parametrize(("inner", "expected"), [
    (QRect(100, 200, 600, 400), QRect(100, 200, 600, 400)),
    (QRect(0, 0, 1440, 900), QRect(4, 90, 1016, 674)),
    (QRect(0, 30, 1024, 738), QRect(4, 90, 1016, 674)),
    (QRect(900, 600, 400, 300), QRect(620, 464, 400, 300)),
    (QRect(-50, 10, 400, 300), QRect(4, 90, 400, 300)),
])
def test_a_window_is_moved_and_made_smaller_only_as_far_as_its_frame_needs(inner: QRect, expected: QRect) -> None:
    found = fitting(inner, FRAME, ROOM)
    assert found == expected
    assert ROOM.contains(found.marginsAdded(FRAME))


def test_a_window_larger_than_the_screen_ends_within_it_with_a_frame_nobody_foresaw(qtbot: QtBot) -> None:
    window = Framed()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(5000, 5000)
    ScreenKeeper(window)
    assert window.height() < room.height(), "a title bar is expected before there is one"
    window.show()
    qtbot.waitUntil(lambda: room.contains(window.frameGeometry()))
    assert frame_of(window) == FRAME
    assert window.frameGeometry().size() == room.size()
    window.move(room.right() - 20, room.bottom() - 20)
    qtbot.waitUntil(lambda: not room.contains(window.frameGeometry()))
    window.resize(600, 500)
    qtbot.waitUntil(lambda: window.size().width() == 600)
    assert not room.contains(window.frameGeometry()), "where the user puts it later is the user's matter"


def test_dialogs_open_smaller_than_the_screen(
    make_program: Callable[..., Program], write_record: Callable[..., Path], qtbot: QtBot
) -> None:
    program = make_program()
    program.session.open([write_record("any")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    screen = program.window.screen()
    room = screen.availableSize()
    most = room.width() - DIALOG_MARGIN_PX, room.height() - DIALOG_MARGIN_PX
    assert dialog_size(screen, 300, 200).toTuple() == (300, 200)
    assert dialog_size(screen, 9000, 9000).toTuple() == most
    for action_id, kind in (("help", HelpDialog), ("print_preview", PreviewDialog)):
        program.window.action(action_id).trigger()
        dialog = program.window.findChild(kind)
        assert isinstance(dialog, kind)
        assert dialog.width() <= max(most[0], dialog.minimumSizeHint().width())
        assert dialog.height() <= most[1]
        dialog.close()
