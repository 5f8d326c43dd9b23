"""Actions of the window that no other test drives: by their keys and their menu lines."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.diagnostics import log_folder
from ecg_viewer.jobs import opening
from ecg_viewer.qt.window import about
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.job_protocols import Report

MakeProgram = Callable[..., Program]


def open_demo(program: Program, qtbot: QtBot) -> None:
    program.window.action("open_demo").trigger()
    qtbot.waitUntil(lambda: program.session.record is not None)


def test_the_demo_is_opened_and_the_list_gone_through(make_program: MakeProgram, qtbot: QtBot) -> None:
    program = make_program()
    open_demo(program, qtbot)
    session = program.session
    assert session.item is not None
    assert session.item.name == "00170"
    for action_id, name in (("next_record", "00262"), ("previous_record", "00170"), ("previous_record", "00170")):
        program.window.action(action_id).trigger()
        qtbot.waitUntil(lambda: not session.is_opening)
        assert session.item.name == name


def test_full_screen_is_entered_and_left(make_program: MakeProgram, qtbot: QtBot) -> None:
    window = make_program().window
    window.action("full_screen").trigger()
    qtbot.waitUntil(window.isFullScreen)
    assert window.action("full_screen").isChecked()
    window.action("full_screen").trigger()
    qtbot.waitUntil(lambda: not window.isFullScreen())


def test_the_right_column_is_hidden_and_shown(make_program: MakeProgram) -> None:
    window = make_program().window
    action = window.action("show_findings")
    action.trigger()
    assert not window.findings_panel.isVisible()
    assert not action.isChecked()
    action.trigger()
    assert window.findings_panel.isVisible()
    assert action.isChecked()


def test_quit_closes_the_window(make_program: MakeProgram, qtbot: QtBot) -> None:
    window = make_program().window
    window.action("quit").trigger()
    assert not window.isVisible()


def test_an_assessment_is_stopped_and_started_again(
    make_program: MakeProgram, qtbot: QtBot, fake_scorer: object
) -> None:
    fake_scorer.gate.clear()  # type: ignore[attr-defined]
    program = make_program(fake_scorer)
    open_demo(program, qtbot)
    action = program.window.action
    qtbot.waitUntil(lambda: program.session.assessment.phase.is_running)
    assert program.window.status.progress.isVisible(), "progress is shown"
    assert action("cancel").isEnabled()
    action("cancel").trigger()
    assert program.session.assessment.phase is Phase.CANCELLED
    assert not program.window.status.progress.isVisible()
    fake_scorer.gate.set()  # type: ignore[attr-defined]
    action("assess").trigger()
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)


def test_a_recording_that_takes_its_time_to_be_read_shows_that_it_goes_on(
    make_program: MakeProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, demo: Path
) -> None:
    go_on = threading.Event()

    def slow(*_arguments: object) -> Callable[[Report], None]:
        def run(report: Report) -> None:
            assert go_on.wait(20)
            opening.opening_job([demo / "00234_hr.hea"])(report)

        return run

    program = make_program()
    monkeypatch.setattr(program.session, "_work", replace(program.session._work, open_paths=slow))
    program.session.open([demo])
    status = program.window.status
    assert not status.progress.isVisible(), "not for a moment"
    qtbot.waitUntil(status.progress.isVisible)
    assert status.progress.maximum() == 0, "nobody knows how long"
    assert status.state_label.text() == "Opening…"
    go_on.set()
    qtbot.waitUntil(lambda: program.session.record is not None)
    qtbot.waitUntil(lambda: not program.session.assessment.phase.is_running)
    assert not status.progress.isVisible()


def test_the_notice_can_be_read_again(make_program: MakeProgram) -> None:
    window = make_program().window
    window.action("notice").trigger()
    assert window.notice_bar.isVisible()
    assert "research only" in window.notice_bar.text


class OpenedUrls(QObject):
    """Stands for the system's browser: QDesktopServices hands it the URLs of files."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


@pytest.fixture
def browser() -> Iterator[OpenedUrls]:
    opened = OpenedUrls()
    QDesktopServices.setUrlHandler("file", opened, "take")
    yield opened
    QDesktopServices.unsetUrlHandler("file")


def test_the_documentation_opens_from_a_file_that_is_there(make_program: MakeProgram, browser: OpenedUrls) -> None:
    make_program().window.action("documentation").trigger()
    (url,) = browser.urls
    page = Path(url.toLocalFile())
    assert "ECG viewer" in page.read_text(encoding="utf-8")
    assert page.name in ("index.html", "index.md"), "in a tree where mkdocs build has not run, its source"


def test_an_installation_without_documentation_says_so(
    make_program: MakeProgram, browser: OpenedUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "documentation", lambda package: None)
    window = make_program().window
    window.action("documentation").trigger()
    assert browser.urls == []
    assert "holds no documentation" in window.error_bar.text


def test_the_log_folder_is_shown(make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    make_program().window.action("log_folder").trigger()
    assert [Path(url.toLocalFile()) for url in shown] == [log_folder()]


def test_about_names_version_licence_and_what_it_is_not_for(make_program: MakeProgram, qtbot: QtBot) -> None:
    window = make_program().window
    window.action("about").trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    said = " ".join(label.text() for label in box.findChildren(QLabel))
    assert "MIT licence" in said
    assert "not for diagnosis" in said
    box.reject()


def test_a_problem_is_said_plainly_and_its_details_are_behind_a_button(
    make_program: MakeProgram, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "broken.hea"
    bad.write_text("nonsense\n")
    window = make_program().window
    window.session.open([bad])
    qtbot.waitUntil(window.error_bar.isVisible)
    assert "Traceback" not in window.error_bar.text
    window.error_bar.dismiss_button.click()
    assert not window.error_bar.isVisible()
