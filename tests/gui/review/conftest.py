"""A window with a recording in which the fake model finds something, reviewed by Ann."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.settings import SettingsFile

Open = Callable[..., Program]


@pytest.fixture
def open_program(qtbot: QtBot, make_program, write_record) -> Open:
    """Opens a recording of 30 s, in which the fake model finds something in V3, aVF and II, as reviewer Ann."""
    header = write_record("thirty", 30.0)

    def make(reviewer: str = "Ann") -> Program:
        settings = SettingsFile()
        settings.change(reviewer=reviewer, notice_seen=True, tour_seen=True, layout="12x1")
        program = make_program(settings=settings)
        program.session.open([header])
        qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and bool(program.session.sha256))
        qtbot.waitUntil(lambda: program.window.paper.is_complete)
        return program

    return make


@pytest.fixture
def opened(open_program: Open) -> Program:
    return open_program()
