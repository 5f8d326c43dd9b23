"""Esc in a search field is meant for the field: an assessment of hours goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature

K = Qt.Key


@pytest.fixture
def assessing(
    qtbot: QtBot, make_program: Callable[..., Program], fake_scorer, write_record: Callable[..., Path],
    opens: Callable[[Program, Path], None]
) -> Program:
    """A long recording whose assessment waits for the test to end."""
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    opens(program, write_record("long", duration_s=90.0))
    qtbot.waitUntil(lambda: program.session.assessment.phase.is_running)
    return program


def test_escape_in_the_search_of_findings_empties_it_and_stops_nothing(qtbot: QtBot, assessing: Program) -> None:
    panel = assessing.window.feature(ReviewFeature).panel
    qtbot.keyClick(assessing.window.paper, K.Key_Slash)
    field = panel.filters.text
    qtbot.keyClicks(field, "V3")
    for _ in range(2):  # with a text, and empty
        qtbot.keyClick(field, K.Key_Escape)
        assert field.text() == ""
        assert assessing.session.assessment.phase.is_running
    qtbot.keyClick(assessing.window.paper, K.Key_Escape)
    qtbot.waitUntil(lambda: not assessing.session.assessment.phase.is_running)


def test_escape_in_the_search_of_recordings_empties_it_and_stops_nothing(qtbot: QtBot, assessing: Program) -> None:
    field = assessing.window.feature(WorklistFeature).panel.filter_edit
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    for _ in range(2):
        qtbot.keyClick(field, K.Key_Escape)
        assert field.text() == ""
        assert assessing.session.assessment.phase.is_running
