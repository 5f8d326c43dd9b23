"""The conclusion of a recording: kept in the journal, undone, of one reviewer each; and what was typed survives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.journal_writer import JournalWriter, Loaded, RecordFiles
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.review import Conclusion, fold
from ecg_viewer.state.review.typed_text import TypedText
from tests.viewer.review.test_open_review import SHA, DeskSession, HandJournal

Desk = tuple[OpenReview, DeskSession, HandJournal]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    session, journal = DeskSession(), HandJournal()
    header = tmp_path / "r.hea"
    header.write_text("r 12 100 1000\n", encoding="ascii")
    open_review = OpenReview(session, journal, "Ann")  # type: ignore[arg-type]  # what it uses of one
    session.open(header, sha256=SHA)
    return open_review, session, journal


def texts(journal: HandJournal) -> list[tuple[str, str]]:
    return [(event.reviewer, event.payload["text"]) for _, event in journal.appended if event.kind == "concluded"]


def test_a_conclusion_is_one_entry_with_its_author_and_time(desk: Desk) -> None:
    open_review, _, journal = desk
    assert open_review.conclusion is None
    open_review.set_conclusion("  Sinus rhythm.\nOld infarct?  ")
    (_, event), = journal.appended
    assert (event.kind, event.record, dict(event.payload)) == (
        "concluded", SHA, {"text": "Sinus rhythm.\nOld infarct?"})
    assert open_review.conclusion == Conclusion("Sinus rhythm.\nOld infarct?", "Ann", event.time)
    assert open_review.record_state == "in progress"
    assert open_review.summary.conclusion == "Sinus rhythm.\nOld infarct?"
    open_review.set_conclusion("Sinus rhythm.\nOld infarct? ")
    assert len(journal.appended) == 1, "the same again is no entry"


def test_it_is_undone_and_done_again_by_further_entries(desk: Desk) -> None:
    open_review, _, journal = desk
    open_review.set_conclusion("first")
    open_review.set_conclusion("second")
    assert open_review.history.undo_text == "conclusion"
    open_review.undo()
    assert open_review.conclusion is not None
    assert open_review.conclusion.text == "first"
    open_review.undo()
    assert (open_review.conclusion, open_review.record_state) == (None, "unreviewed")
    open_review.redo()
    assert open_review.conclusion is not None
    assert open_review.conclusion.text == "first"
    assert texts(journal) == [("Ann", text) for text in ("first", "second", "first", "", "first")]


def test_each_reviewer_has_one_of_their_own(desk: Desk) -> None:
    open_review, _, _ = desk
    open_review.set_conclusion("by Ann")
    open_review.set_reviewer("Bob")
    assert open_review.conclusion is None
    open_review.set_conclusion("by Bob")
    open_review.set_reviewer("Ann")
    assert open_review.conclusion is not None
    assert open_review.conclusion.text == "by Ann"


def test_text_of_a_recording_that_is_no_longer_open_goes_to_that_recording(desk: Desk, tmp_path: Path) -> None:
    open_review, session, journal = desk
    before = open_review.files
    assert before is not None
    session.open(tmp_path / "other.hea", sha256="b" * 64)
    open_review.write_conclusion(before, "late")
    (files, event), = journal.appended
    assert (files.paths[0].name, event.record, event.payload["text"]) == ("r.hea", SHA, "late")
    assert open_review.conclusion is None
    assert open_review.history.undo_text is None


@pytest.mark.parametrize("payload", [{}, {"text": None}, {"words": "x"}])
def test_an_entry_without_text_is_skipped(payload: dict[str, object]) -> None:
    review = fold([Event("concluded", SHA, "Ann", {"text": "kept"}), Event("concluded", SHA, "Ann", payload)])
    assert review.conclusion is not None
    assert review.conclusion.text == "kept"


def test_it_is_in_the_chain_of_the_journal_and_in_the_summaries(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "review.sqlite3")
    journal.append([
        Event("linked", SHA, "Ann", {"key": "file:x", "path": str(tmp_path / "r")}),
        Event("concluded", SHA, "Ann", {"text": "normal for age"}),
    ])
    summaries = journal.summaries(paths=[tmp_path / "r.hea"])
    assert [summary.conclusion for summary in summaries.values()] == ["normal for age"]
    journal.close()
    assert Journal(tmp_path / "review.sqlite3").recovery is None


TYPE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.typed_text import TypedText
typed = TypedText()
files = RecordFiles((Path(sys.argv[1]),), sys.argv[2])
for text in ("half", "half a sent", "half a sentence"):
    typed.keep(files, "Ann", text)
os.kill(os.getpid(), signal.SIGKILL)
"""


def conclusion_at_next_start(header: Path, sha256: str, journal: Path) -> str:
    """What the next start finds of a recording."""
    messages: list[object] = []
    writer = JournalWriter(messages.append, journal)
    writer.load(1, RecordFiles((header,), sha256))
    writer.close()
    loaded = next(item for item in messages if isinstance(item, Loaded))
    found = fold(event for event in loaded.events if event.reviewer == "Ann").conclusion
    return "" if found is None else found.text


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("sha256", [SHA, ""])
def test_a_program_that_is_killed_while_somebody_types_takes_no_word_along(
    tmp_path: Path, user_folders: Path, sha256: str
) -> None:
    header = tmp_path / "r.hea"
    header.write_text("r 12 100 1000\n", encoding="ascii")
    killed = subprocess.run([sys.executable, "-c", TYPE_AND_DIE, str(header), sha256], check=False, env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    from ecg_viewer.state.review.journal import journal_path

    assert [path.name.startswith("unsaved-typing-") for path in journal_path().parent.glob("*.jsonl")] == [True]
    assert conclusion_at_next_start(header, sha256, journal_path()) == "half a sentence"
    assert list(journal_path().parent.glob("unsaved-*.jsonl")) == []
    with_path = Journal().summaries(paths=[header])
    assert [summary.conclusion for summary in with_path.values()] == ["half a sentence"]


def test_another_window_leaves_alone_what_is_still_being_typed(tmp_path: Path) -> None:
    header = tmp_path / "r.hea"
    header.write_text("r 12 100 1000\n", encoding="ascii")
    folder = tmp_path / "data"
    typed = TypedText(folder)
    typed.keep(RecordFiles((header,), SHA), "Ann", "half")
    assert conclusion_at_next_start(header, SHA, folder / "review.sqlite3") == ""
    assert typed.path.exists()
    typed.close()  # the window is gone, the journal has not got it
    assert conclusion_at_next_start(header, SHA, folder / "review.sqlite3") == "half"
    assert not typed.path.exists()


def test_what_the_journal_has_is_not_taken_in_again(tmp_path: Path) -> None:
    typed = TypedText(tmp_path)
    typed.keep(RecordFiles((tmp_path / "gone.hea",), ""), "Ann", "text")
    typed.forget()
    typed.forget()
    assert list(tmp_path.glob("*.jsonl")) == []


def test_a_folder_that_cannot_be_written_is_no_crash(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("no folder", encoding="ascii")
    make: Callable[[], TypedText] = lambda: TypedText(blocked)  # noqa: E731
    make().keep(RecordFiles((tmp_path / "r.hea",), SHA), "Ann", "text")
    assert "could not be kept" in caplog.text
