"""A window whose language is changed says what one says that was started in that language, with a record open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research.plots_dialog import PlotsDialog
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.settings import Language, SettingsFile
from tests.gui.shown_texts import shown_texts

MakeProgram = Callable[..., Program]
Start = Callable[..., tuple[Program, SettingsFile]]
DIALOGS = ("preferences", "help", "about", "calibrate", "plots", "export", "export_benchmark", "choose_leads",
           "add_finding_form", "reviewer", pytest.param("average_beat", marks=pytest.mark.measures))
"""Actions that open a dialog on the recording shown."""
PATIENT = Path(__file__).parents[1] / "data" / "ptbxl-mini" / "records500" / "00000" / "00035_hr.hea"
LANGUAGES: tuple[Language, ...] = ("de", "en")
STEADY = 6
"""So many looks in a row, 10 ms apart, find the same."""


@pytest.fixture
def start(
    qtbot: QtBot, make_program: MakeProgram, write_record: Callable[..., Path], tmp_path: Path
) -> Start:
    """Starts a program in a language, with a record open and assessed."""
    made = write_record("twelve", 12.5)

    def started(language: Language, path: Path = made) -> tuple[Program, SettingsFile]:
        settings = SettingsFile(tmp_path / f"settings{len(list(tmp_path.glob('settings*')))}.json")
        settings.change(language=language)
        program = make_program(settings=settings)
        program.session.open([path])
        qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and program.session.sha256 != "")
        qtbot.waitUntil(lambda: program.window.paper.is_complete)
        return program, settings

    return started


def settled_texts(qtbot: QtBot, program: Program) -> dict[str, str]:
    """What the window says once nothing changes any more."""
    seen = [shown_texts(program.window)]

    def is_settled() -> bool:
        seen.append(shown_texts(program.window))
        return len(seen) > STEADY and all(texts == seen[-1] for texts in seen[-STEADY:])

    qtbot.waitUntil(is_settled)
    return seen[-1]


@pytest.mark.parametrize(("first", "second"), [("en", "de"), ("de", "en")])
def test_every_text_follows_the_language_and_back(
    qtbot: QtBot, start: Start, first: Language, second: Language
) -> None:
    settled_texts(qtbot, start(first)[0])  # what is known of a recording that was opened before is said from the start
    expected = {}
    for language in (second, first):
        program, settings = start(language)
        expected[language] = settled_texts(qtbot, program)
    assert len(set(expected[first].items()) ^ set(expected[second].items())) > 700
    try:
        for language in (second, first):
            settings.change(language=language)
            shown = settled_texts(qtbot, program)
            places = shown.keys() | expected[language].keys()
            pairs = {place: (shown.get(place, ""), expected[language].get(place, "")) for place in places}
            assert {place: pair for place, pair in pairs.items() if pair[0] != pair[1]} == {}
    finally:
        settings.change(language="en")


@pytest.mark.parametrize("action", DIALOGS)
def test_open_dialogs_follow_the_language_and_back(qtbot: QtBot, start: Start, action: str) -> None:
    expected = {}
    for language in LANGUAGES:
        program, settings = start(language, PATIENT)
        qtbot.waitUntil(lambda program=program: program.window.action(action).isEnabled())
        program.window.action(action).trigger()
        expected[language] = dialog_texts(qtbot, program)
    assert expected["de"].items() ^ expected["en"].items()
    try:
        for language in LANGUAGES:
            settings.change(language=language)
            shown = dialog_texts(qtbot, program)
            assert expected[language].items() ^ shown.items() == set()
    finally:
        settings.change(language="en")


def dialog_texts(qtbot: QtBot, program: Program) -> dict[str, str]:
    """What the open dialog says once it is complete."""
    qtbot.waitUntil(lambda: all(plots.pages for plots in program.window.findChildren(PlotsDialog)))
    return {place: text for place, text in settled_texts(qtbot, program).items() if "Dialog[" in place}
