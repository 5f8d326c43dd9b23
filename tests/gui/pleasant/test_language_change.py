"""A window whose language is changed says what one says that was started in that language, with a record open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.settings import Language, SettingsFile

MakeProgram = Callable[..., Program]
Start = Callable[[Language], tuple[Program, SettingsFile]]


@pytest.fixture
def start(
    qtbot: QtBot, make_program: MakeProgram, write_record: Callable[..., Path], tmp_path: Path
) -> Start:
    """Starts a program in a language, with a record open and assessed."""
    path = write_record("twelve", 12.5)

    def started(language: Language) -> tuple[Program, SettingsFile]:
        settings = SettingsFile(tmp_path / f"{language}.json")
        settings.change(language=language)
        program = make_program(settings=settings)
        program.session.open([path])
        qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and program.session.sha256 != "")
        qtbot.waitUntil(lambda: program.window.paper.is_complete)
        return program, settings

    return started


@pytest.mark.parametrize(("first", "second"), [("en", "de"), ("de", "en")])
def test_every_text_follows_the_language_and_back(
    qtbot: QtBot, start: Start, first: Language, second: Language
) -> None:
    start(first)[0].window.close()  # what is known of a recording that was opened before is said from the start
    expected = {}
    for language in (second, first):
        program, settings = start(language)
        expected[language] = shown_texts(program.window)
    assert len(set(expected[first].items()) ^ set(expected[second].items())) > 700
    try:
        for language in (second, first):
            settings.change(language=language)
            QApplication.processEvents()
            shown = shown_texts(program.window)
            places = shown.keys() | expected[language].keys()
            pairs = {place: (shown.get(place, ""), expected[language].get(place, "")) for place in places}
            assert {place: pair for place, pair in pairs.items() if pair[0] != pair[1]} == {}
    finally:
        settings.change(language="en")
