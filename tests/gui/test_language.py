"""The chosen language is spoken at once, by the program and by Qt; the compiled file says what was written."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.language import CONTEXT, LanguageKeeper, spoken
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.words.language import tr

REPOSITORY = Path(__file__).resolve().parents[2]
TRANSLATIONS = REPOSITORY / "resources" / "translations"
MakeProgram = Callable[..., Program]


@pytest.mark.parametrize(
    ("language", "of_system", "expected"),
    [
        ("system", ["de-AT", "en"], "de"),
        ("system", ["fr-FR", "de_DE"], "de"),
        ("system", ["en-GB", "de"], "en"),
        ("system", ["ja"], "en"),
        ("de", ["en"], "de"),
        ("en", ["de"], "en"),
    ],
)
def test_the_first_of_the_system_s_languages_is_spoken(language: str, of_system: list[str], expected: str) -> None:
    assert spoken(language, of_system) == expected  # type: ignore[arg-type]  # a parametrised choice


def test_a_change_of_the_setting_changes_what_the_program_and_qt_say(qtbot: QtBot, tmp_path: Path) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(language="en")
    keeper = LanguageKeeper(app, settings)
    try:
        assert tr("Open recording…") == "Open recording…"
        with qtbot.waitSignal(keeper.changed):
            settings.change(language="de")
        assert tr("Open recording…") == "Aufzeichnung öffnen …"
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
        assert tr("no such sentence") == "no such sentence"
    finally:
        settings.change(language="en")
    assert tr("Open recording…") == "Open recording…"
    assert keeper.code == "en"


def test_the_open_window_changes_its_language_and_back(make_program: MakeProgram, tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(language="en")
    window = make_program(settings=settings).window
    try:
        before = [action.text() for action in window.actions_by_id.values()]
        settings.change(language="de")
        assert window.action("open").text() == "Aufzeichnung öffnen …"
        assert window.action("open").toolTip().endswith("(Ctrl+O)") or "Strg" in window.action(
            "open"
        ).toolTip()
        assert [menu.title() for menu in (action.menu() for action in window.menuBar().actions())][:2] == [
            "Datei",
            "Ansicht",
        ]
        assert window.notice_bar.dismiss_button.text() == "Verstanden"
    finally:
        settings.change(language="en")
    assert [action.text() for action in window.actions_by_id.values()] == before
    assert window.notice_bar.dismiss_button.text() == "I understand"


@pytest.mark.parametrize("path", sorted(TRANSLATIONS.glob("*.ts")), ids=lambda path: path.stem)
def test_the_compiled_file_says_what_the_written_one_says(path: Path) -> None:
    spec = importlib.util.spec_from_file_location("translations_of_gui", REPOSITORY / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    messages = script.read(path)
    assert len(messages) > 100
    wrong = {text for text, message in messages.items() if translator.translate(CONTEXT, text) != message.translation}
    assert wrong == set(), "run packaging/translations.py"
