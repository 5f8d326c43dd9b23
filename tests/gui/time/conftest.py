"""What the tests of this part share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program

Opens = Callable[[Program, Path], None]


@pytest.fixture
def opens(qtbot: QtBot) -> Opens:
    """Opens a recording and waits for its trace."""

    def open_record(program: Program, path: Path) -> None:
        name = path.stem
        program.session.open([path])
        qtbot.waitUntil(
            lambda: program.session.record is not None
            and program.session.record.name == name
            and program.window.paper.is_complete
        )

    return open_record
