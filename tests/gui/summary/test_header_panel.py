"""The tab with what the file says; identity is shown on request and gone at the next recording."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.summary.header_panel import HeaderFeature, HeaderPanel


@pytest.fixture
def named(write_record) -> Path:
    """A recording of which the file tells a name and a date."""
    path = write_record("named")
    first, *rest = path.read_text().splitlines()
    lines = [f"{first} 10:20:30 24/12/2001", *rest, "# age: 50", "# Patient: Jane Doe"]
    path.write_text("\n".join(lines) + "\n")
    return path


def panel_of(program: Program) -> HeaderPanel:
    return program.window.feature(HeaderFeature).panel


def labels(panel: HeaderPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_identity_is_hidden_until_the_button_and_again_at_the_next_record(
    qtbot: QtBot, make_program, named: Path, write_record, opens
) -> None:
    program = make_program()
    opens(program, named)
    panel = panel_of(program)
    assert "250 Hz" in labels(panel)
    assert "10:20:30" in labels(panel)
    assert "Doe" not in labels(panel)
    assert "2001" not in labels(panel)
    assert "could identify somebody: 2" in labels(panel)
    program.window.frame.side_tabs.setCurrentWidget(panel)
    qtbot.mouseClick(panel.identity, Qt.MouseButton.LeftButton)
    assert "Jane Doe" in labels(panel)
    assert "2001-12-24" in labels(panel)
    assert program.window.action("identity").isChecked()
    opens(program, write_record("next"))
    assert "Doe" not in labels(panel)
    assert not panel.identity.isEnabled()
    assert not program.window.action("identity").isEnabled()
    opens(program, named)
    assert "Doe" not in labels(panel)
    assert not panel.identity.isChecked()


def test_the_actions_bring_the_tab_up(make_program, named: Path, opens) -> None:
    program = make_program()
    opens(program, named)
    action, tabs = program.window.action, program.window.frame.side_tabs
    action("record_header").trigger()
    assert tabs.currentWidget() is panel_of(program)
    action("show_findings").trigger()
    assert not tabs.isVisible()
    action("identity").trigger()
    assert tabs.isVisible()
    assert "Jane Doe" in panel_of(program).text
    action("identity").trigger()
    assert "Jane Doe" not in panel_of(program).text


def test_the_log_hears_nothing_of_identity(
    make_program, named: Path, opens, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    program = make_program()
    opens(program, named)
    program.window.action("identity").trigger()
    assert "Doe" in panel_of(program).text
    assert "Doe" not in caplog.text
    assert "2001" not in caplog.text
