"""Panels and exports of other packages in the window, which survives whatever they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.export.export_dialog import ExportDialog
from ecg_viewer.qt.export.export_feature import ExportFeature
from ecg_viewer.qt.plug_ins.panels_feature import PlugInPanel
from ecg_viewer.qt.window.about import AboutDialog
from ecg_viewer.state.assessment import Phase

MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]


def titles(program: Program) -> list[str]:
    tabs = program.window.frame.side_tabs
    return [tabs.tabText(index) for index in range(tabs.count())]


def shown(program: Program, title: str) -> str:
    """Bring a tab to the front and read it."""
    tabs = program.window.frame.side_tabs
    tabs.setCurrentIndex(titles(program).index(title))
    panel = tabs.currentWidget()
    assert isinstance(panel, PlugInPanel)
    return " ".join(label.text() for label in panel.findChildren(QLabel))


@pytest.mark.usefixtures("example_package")
def test_a_panel_of_another_package_is_a_tab_that_follows_the_recording(
    make_program: MakeProgram, fake_scorer: Any, write_record: WriteRecord, qtbot: QtBot
) -> None:
    program = make_program(fake_scorer)
    assert titles(program)[-1] == "Voltages"
    assert shown(program, "Voltages") == "No recording is open."
    program.session.open([write_record("one")])
    qtbot.waitUntil(lambda: "V6: " in shown(program, "Voltages"))
    about = AboutDialog(None, program.window)
    assert "panel “Voltages” of the package ecg-example 1.0" in about.informativeText()


BROKEN = {
    "at_import": "raise RuntimeError('no')\n",
    "when_made": "def make_panel(state): return 1 / 0\n",
    "no_widget": "def make_panel(state): return 'text'\n",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_panel_says_so_in_its_tab_and_the_window_works_on(
    fault: str, install_plug_ins: Any, make_program: MakeProgram, fake_scorer: Any, write_record: WriteRecord,
    qtbot: QtBot,
) -> None:
    install_plug_ins("acme", {"ecg_viewer.panels": {"Mine": f"acme_{fault}:make_panel", "Summary": "acme:make_panel"}},
                     {f"acme_{fault}": BROKEN[fault]})
    program = make_program(fake_scorer)
    assert titles(program).count("Summary") == 1, "a name of the window's own is not taken"
    assert "panel “Mine” of the package acme: it cannot be used" in shown(program, "Mine")
    program.session.open([write_record("one")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    about = AboutDialog(None, program.window)
    assert "panel “Mine” of the package acme: it cannot be used" in about.informativeText()


def test_a_panel_that_wants_to_be_huge_does_not_move_the_window(
    install_plug_ins: Any, make_program: MakeProgram, fake_scorer: Any
) -> None:
    install_plug_ins("acme", {"ecg_viewer.panels": {"Huge": "acme_huge:make_panel"}}, {
        "acme_huge": "from PySide6.QtWidgets import QWidget\n"
                     "def make_panel(state):\n    panel = QWidget()\n    panel.setMinimumSize(5000, 5000)\n"
                     "    return panel\n"})
    program = make_program(fake_scorer)
    before = program.window.size()
    shown(program, "Huge")
    assert program.window.size() == before
    assert program.window.minimumSizeHint().width() < before.width()


@pytest.mark.usefixtures("example_package")
def test_the_export_dialog_offers_formats_of_other_packages(
    install_plug_ins: Any, make_program: MakeProgram, fake_scorer: Any, write_record: WriteRecord, qtbot: QtBot,
    tmp_path: Path,
) -> None:
    install_plug_ins("acme", {"ecg_viewer.exports": {"mine": "no_such_module_here"}}, {})
    program = make_program(fake_scorer)
    program.session.open([write_record("one")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and program.session.sha256 != "")
    dialog = program.window.feature(ExportFeature).desk.show_dialog()
    assert isinstance(dialog, ExportDialog)
    offered = {name: box for name, box in dialog.formats.items() if name in ("beat-list", "mine")}
    assert {name: box.isEnabled() for name, box in offered.items()} == {"beat-list": True, "mine": False}
    assert "package acme: it cannot be used" in offered["mine"].toolTip()
    for name, box in dialog.formats.items():
        box.setChecked(name == "beat-list")
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.export_button.click()
    qtbot.waitUntil(lambda: program.window.feature(ExportFeature).desk.running is None)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["one_findings.txt"]
