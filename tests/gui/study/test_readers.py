"""Several readers in the window: a journal is taken over, saved, compared, and conflicts are settled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.reader_jobs import conflicts_job
from ecg_viewer.journal_command import main
from ecg_viewer.qt.study.readers_feature import ReadersFeature
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal, journal_path
from ecg_viewer.state.settings import SettingsFile
from tests.gui.conftest import FakeScorer

RECORD = "a" * 64


def read(reader: str, decision: str) -> Event:
    return Event("first_read", RECORD, reader, {"decision": decision, "confidence": 75})


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Bob's journal, from another machine."""
    path = tmp_path / "bob" / "review.sqlite3"
    journal = Journal(path)
    journal.append([read("Bob", "departs")])
    journal.close()
    return path


@pytest.fixture
def feature(make_program: Callable[..., Program]) -> ReadersFeature:
    journal = Journal()
    journal.append([read("Ann", "normal")])
    journal.close()
    settings = SettingsFile()
    settings.change(reviewer="Cleo")
    program = make_program(FakeScorer(), settings)
    return program.window.feature(ReadersFeature)


def message(feature: ReadersFeature) -> str:
    return feature.window.status.currentMessage()


def test_a_journal_is_taken_over_once_and_stays_provable(
    feature: ReadersFeature, theirs: Path, qtbot: QtBot
) -> None:
    feature.take_over(theirs)
    qtbot.waitUntil(lambda: message(feature) == "review.sqlite3: 1 of 1 entries are new.")
    feature.take_over(theirs)
    qtbot.waitUntil(lambda: message(feature) == "review.sqlite3: 0 of 1 entries are new.")
    assert main(["--verify", str(journal_path())]) == 0


def test_what_is_saved_for_another_machine_holds_everything(
    feature: ReadersFeature, theirs: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    feature.take_over(theirs)
    qtbot.waitUntil(lambda: "are new" in message(feature))
    feature.save(tmp_path / "out.sqlite3")
    qtbot.waitUntil(lambda: "2 entries were written to out.sqlite3" in message(feature))
    journal = Journal(tmp_path / "out.sqlite3")
    assert {event.reviewer for event in journal.all_events()} == {"Ann", "Bob"}
    journal.close()


def test_a_file_that_is_no_journal_is_refused_with_the_reason(
    feature: ReadersFeature, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "x.sqlite3").write_text("nothing", encoding="utf-8")
    feature.take_over(tmp_path / "x.sqlite3")
    qtbot.waitUntil(lambda: "cannot be read as a review journal" in feature.window.error_bar.text)


def test_agreement_is_a_table_that_can_be_copied(feature: ReadersFeature, theirs: Path, qtbot: QtBot) -> None:
    feature.take_over(theirs)
    qtbot.waitUntil(lambda: "are new" in message(feature))
    feature.window.action("readers_agreement").trigger()
    qtbot.waitUntil(lambda: feature.agreement is not None)
    assert feature.agreement is not None
    table = feature.agreement.table
    rows = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    assert rows[0][:2] == ["Cohen's kappa, first reads", "Ann – Bob"]
    feature.agreement.copy.click()
    assert "Cohen's kappa, first reads\tAnn – Bob" in QApplication.clipboard().text()
    feature.agreement.reject()


def test_only_conflicts_are_listed_and_the_adjudicator_settles_them_by_name(
    feature: ReadersFeature, theirs: Path, qtbot: QtBot
) -> None:
    feature.window.action("readers_conflicts").trigger()
    qtbot.waitUntil(lambda: feature.conflicts is not None)
    assert feature.conflicts is not None
    assert feature.conflicts.said.text().startswith("No conflicts")
    feature.conflicts.reject()
    qtbot.waitUntil(lambda: feature.conflicts is None)
    feature.take_over(theirs)
    qtbot.waitUntil(lambda: "are new" in message(feature))
    feature.show_conflicts()
    qtbot.waitUntil(lambda: feature.conflicts is not None)
    dialog = feature.conflicts
    assert dialog is not None
    assert dialog.said.text() == "1 conflicts, 1 of them open."
    assert dialog.table.item(0, 2).text() == "Ann: Normal; Bob: Departs from normal"
    dialog.decision.setCurrentIndex(dialog.decision.findData("departs"))
    dialog.settle.click()
    qtbot.waitUntil(lambda: dialog.said.text() == "1 conflicts, 0 of them open.")
    assert dialog.table.item(0, 3).text() == "Departs from normal (Cleo)"
    dialog.reject()


def test_what_others_decided_is_not_shown_when_it_arrives_after_reading_was_blinded(
    feature: ReadersFeature, qtbot: QtBot
) -> None:
    events: list[object] = []
    feature._lane.submit(conflicts_job(), events.append)
    qtbot.waitUntil(lambda: len(events) == 2)
    feature.window.session.set_blind(True)
    feature._receive(events[0])
    assert feature.conflicts is None
    feature.window.session.set_blind(False)
    feature._receive(events[0])
    assert feature.conflicts is not None
    feature.conflicts.reject()
