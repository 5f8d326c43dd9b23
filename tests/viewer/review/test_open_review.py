"""The review of the open recording with the real journal thread, and with one that the test answers for."""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.problem import Problem, Weight
from ecg_viewer.state.review.events import Event, file_key
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.journal_writer import JournalWriter, Loaded, RecordFiles
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.signal import Signal
from mmae_core.assessment import Finding
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

SHA = "a" * 64
MODEL = "m" * 64

STRONG = Finding("V3", 2.0, 2.2, 2.1, 99.8, 9.0)
WEAK = Finding("II", 5.0, 5.1, 5.05, 97.5, 3.0)


class DeskSession:
    """What the book asks of a session."""

    def __init__(self) -> None:
        self.record_changed: Signal[()] = Signal()
        self.assessment_changed: Signal[()] = Signal()
        self.record: EcgRecord | None = None
        self.sha256 = ""
        self.model = ModelInfo("m", "1", "cpu", 900, MODEL)
        self.view = SimpleNamespace(duration_s=10.0)

    def open(self, *paths: Path, sha256: str = "") -> None:
        self.sha256 = sha256
        self.record = EcgRecord(
            "r", 100.0, 1000, STANDARD_LEADS, Source(paths, "test"), lambda a, b: np.zeros((12, b - a), np.float32)
        )
        self.record_changed.emit()

    def learn_checksum(self, sha256: str) -> None:
        self.sha256 = sha256
        self.assessment_changed.emit()


@dataclass
class HandJournal:
    """Keeps what it is asked; the test answers."""

    loads: list[tuple[int, RecordFiles]] = field(default_factory=list)
    appended: list[tuple[RecordFiles, Event]] = field(default_factory=list)

    def load(self, request: int, files: RecordFiles) -> None:
        self.loads.append((request, files))

    def append(self, files: RecordFiles, event: Event) -> None:
        self.appended.append((files, event))


@pytest.fixture
def session() -> DeskSession:
    return DeskSession()


@pytest.fixture
def journalist() -> HandJournal:
    return HandJournal()


class Window:
    """A session, a book and a journal thread; what the thread says is taken in when the test asks for it."""

    def __init__(self, journal: Path, reviewer: str = "Ann") -> None:
        self.messages: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.session = DeskSession()
        self.recorder = JournalWriter(self.messages.put, journal)
        self.open_review = OpenReview(self.session, self.recorder, reviewer)  # type: ignore[arg-type]  # what it uses of one
        self.problems: list[Problem] = []
        self.open_review.failed.connect(self.problems.append)

    def take_one(self) -> None:
        """The next thing the journal says, such as what it holds on a recording just opened."""
        self.open_review.receive(self.messages.get())

    def wait(self, until: Callable[[], bool]) -> None:
        while not until():
            self.take_one()


MakeWindow = Callable[..., Window]


@pytest.fixture
def make_window(tmp_path: Path) -> Iterator[MakeWindow]:
    windows: list[Window] = []

    def make(reviewer: str = "Ann") -> Window:
        windows.append(Window(tmp_path / "data" / "review.sqlite3", reviewer))
        return windows[-1]

    yield make
    for window in windows:
        window.recorder.close()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    folder.mkdir()
    (folder / "r.hea").write_text("r 12 100 1000\n", encoding="ascii")
    return folder / "r.hea"


def test_a_decision_is_saved_at_once_and_there_again_at_the_next_start(make_window, recording: Path) -> None:
    first = make_window()
    first.session.open(recording, sha256=SHA)
    first.open_review.decide(STRONG, "confirmed")
    first.open_review.set_note(WEAK, "baseline")
    own = first.open_review.add_own(["V1", "V2"], 3.0, 3.5, "notch")
    first.open_review.set_record_state("reviewed")
    assert not first.open_review.is_saved
    first.wait(lambda: first.open_review.is_saved)
    second = make_window()  # the first was not closed: as after a kill
    second.session.open(recording, sha256=SHA)
    second.wait(lambda: second.open_review.record_state == "reviewed")
    assert second.open_review.judgement(STRONG).state == "confirmed"
    assert second.open_review.judgement(WEAK).note == "baseline"
    assert [(item.id, item.leads, item.label) for item in second.open_review.own] == [(own, ("V1", "V2"), "notch")]


def test_a_decision_before_the_checksum_is_known_is_there_after_it_and_at_the_next_start(
    make_window, recording: Path, tmp_path: Path
) -> None:
    first = make_window()
    first.session.open(recording)
    first.open_review.decide(STRONG, "dismissed")
    first.wait(lambda: first.open_review.is_saved)
    killed = make_window()  # never learned the checksum
    killed.session.open(recording)
    killed.wait(lambda: killed.open_review.judgement(STRONG).state == "dismissed")
    killed.session.learn_checksum(SHA)
    killed.open_review.decide(WEAK, "confirmed")
    killed.wait(lambda: killed.open_review.is_saved)
    copied = tmp_path / "elsewhere.hea"
    copied.write_bytes(recording.read_bytes())
    elsewhere = make_window()
    elsewhere.session.open(copied, sha256=SHA)
    elsewhere.wait(lambda: elsewhere.open_review.judgement(WEAK).state == "confirmed")
    assert elsewhere.open_review.judgement(STRONG).state == "dismissed", "the same bytes at another place"


def test_the_name_is_linked_even_if_nothing_more_is_decided(make_window, recording: Path, tmp_path: Path) -> None:
    window = make_window()
    window.session.open(recording)
    window.open_review.decide(STRONG, "dismissed")
    window.wait(lambda: window.open_review.is_saved)
    window.session.learn_checksum(SHA)
    window.recorder.close()
    assert Journal(tmp_path / "data" / "review.sqlite3").summaries(sha256s=[SHA])[SHA].n_dismissed == 1


def test_looking_at_a_recording_writes_nothing(make_window, recording: Path, tmp_path: Path) -> None:
    window = make_window()
    window.session.open(recording, sha256=SHA)
    window.recorder.close()
    with sqlite3.connect(tmp_path / "data" / "review.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_two_windows_on_one_recording_both_see_the_union(make_window, recording: Path) -> None:
    left, right = make_window(), make_window()
    for window in (left, right):
        window.session.open(recording, sha256=SHA)
        window.take_one()
    left.open_review.decide(STRONG, "confirmed")
    right.open_review.decide(WEAK, "dismissed")
    right.open_review.add_own(["I"], 1.0, 2.0, "own")
    for window in (left, right):
        window.wait(
            lambda window=window: window.open_review.judgement(STRONG).state == "confirmed"
            and window.open_review.judgement(WEAK).state == "dismissed"
            and len(window.open_review.own) == 1
        )
    left.open_review.decide(STRONG, "dismissed")
    right.wait(lambda: right.open_review.judgement(STRONG).state == "dismissed")
    assert left.problems == right.problems == []


def test_the_folder_of_the_recording_stays_as_it_is(make_window, recording: Path) -> None:
    before = [(entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in recording.parent.iterdir()]
    recording.parent.chmod(0o555)
    try:
        window = make_window()
        window.session.open(recording)
        window.open_review.decide(STRONG, "confirmed")
        window.session.learn_checksum(SHA)
        window.open_review.add_own(["I"], 1.0, 2.0, "own")
        window.wait(lambda: window.open_review.is_saved)
        window.recorder.close()
    finally:
        recording.parent.chmod(0o755)
    after = [(entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in recording.parent.iterdir()]
    assert after == before


def test_each_reviewer_has_decisions_of_their_own(make_window, recording: Path) -> None:
    window = make_window("Ann")
    window.session.open(recording, sha256=SHA)
    window.open_review.decide(STRONG, "confirmed")
    window.open_review.set_reviewer("Bob")
    assert window.open_review.judgement(STRONG).state == "unreviewed"
    assert window.open_review.history.undo_text is None, "Bob does not undo what Ann decided"
    window.open_review.decide(STRONG, "dismissed")
    window.open_review.set_reviewer("Ann")
    assert window.open_review.judgement(STRONG).state == "confirmed"
    assert window.open_review.history.undo_text == "confirm V3, 2.00 s", "Ann can still take back what she did"
    with pytest.raises(ValueError, match="name"):
        window.open_review.set_reviewer("  ")


def test_while_another_program_holds_the_journal_nothing_is_called_saved(
    make_window, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ecg_viewer.state.review.journal.BUSY_TIMEOUT_MS", 20)
    path = tmp_path / "data" / "review.sqlite3"
    Journal(path).close()
    window = make_window()
    window.session.open(recording, sha256=SHA)
    window.take_one()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        window.open_review.decide(STRONG, "confirmed")
        window.wait(lambda: bool(window.problems))
        assert not window.open_review.is_saved
        state = window.open_review.judgement(STRONG).state
        assert state == "confirmed", "the window shows what was decided all the same"
        assert window.problems[0].weight is Weight.GRAVE
        assert window.problems[0].message.startswith("Decisions cannot be saved at the moment.")
        assert "database is locked" in window.problems[0].details, "what the system said"
        other.execute("ROLLBACK")
    window.wait(lambda: window.open_review.is_saved)
    assert len(window.problems) == 1, "told once, tried until it worked"


def test_what_could_not_be_saved_until_the_end_is_taken_in_at_the_next_start(
    make_window, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ecg_viewer.state.review.journal.BUSY_TIMEOUT_MS", 20)
    path = tmp_path / "data" / "review.sqlite3"
    Journal(path).close()
    window = make_window()
    window.session.open(recording, sha256=SHA)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        window.open_review.decide(STRONG, "confirmed")
        window.recorder.close()
        other.execute("ROLLBACK")
    assert len(list(path.parent.glob("unsaved-*.jsonl"))) == 1
    again = make_window()
    again.session.open(recording, sha256=SHA)
    again.wait(lambda: again.open_review.judgement(STRONG).state == "confirmed")
    assert list(path.parent.glob("unsaved-*")) == []


def test_a_damaged_journal_is_told(make_window, recording: Path, tmp_path: Path) -> None:
    path = tmp_path / "data" / "review.sqlite3"
    path.parent.mkdir()
    path.write_bytes(b"nothing of SQLite's " * 50)
    window = make_window()
    window.session.open(recording, sha256=SHA)
    window.open_review.decide(STRONG, "confirmed")
    window.wait(lambda: window.open_review.is_saved)
    assert "damaged" in window.problems[0].message
    assert window.open_review.trouble is None, "that is news; the journal can be used"
    assert len(list(path.parent.glob("*damaged*"))) == 1


# A journal that the test answers for


@pytest.fixture
def open_review(session: DeskSession, journalist: HandJournal, recording: Path) -> OpenReview:
    made = OpenReview(session, journalist, "Ann")  # type: ignore[arg-type]  # what it uses of a session
    session.open(recording, sha256=SHA)
    return made


def test_everything_can_be_undone_and_done_again(open_review: OpenReview, journalist: HandJournal) -> None:
    open_review.decide(STRONG, "confirmed")
    open_review.decide(STRONG, "dismissed")
    open_review.set_note(STRONG, "artefact")
    own = open_review.add_own(["II"], 1.0, 1.5, "P absent")
    open_review.change_own(own, start_s=0.9, label="no P")
    open_review.remove_own(own)
    open_review.set_marker("m", {"time_s": 1.0}, "set a marker")
    open_review.set_marker("m", {"time_s": 2.0}, "move a marker")
    open_review.remove_marker("m", "remove a marker")
    open_review.set_record_state("reviewed")

    def shown() -> tuple[object, ...]:
        judgement = open_review.judgement(STRONG)
        own_now = [(item.start_s, item.label) for item in open_review.own]
        markers = [dict(m.values) for m in open_review.markers]
        return judgement.state, judgement.note, own_now, markers, open_review.record_state

    states, texts = [shown()], []
    while open_review.history.undo_text is not None:
        texts.append(open_review.history.undo_text)
        assert open_review.undo()
        states.append(shown())
    assert not open_review.undo()
    assert texts == [
        "mark the recording as reviewed", "remove a marker", "move a marker", "set a marker",
        "delete no P (II, 0.90 s)", "change P absent (II, 1.00 s)", "add P absent (II, 1.00 s)", "note on V3, 2.00 s",
        "dismiss V3, 2.00 s", "confirm V3, 2.00 s",
    ]
    assert states[0] == ("dismissed", "artefact", [], [], "reviewed")
    assert states[5] == ("dismissed", "artefact", [(0.9, "no P")], [], "in progress")
    assert states[6] == ("dismissed", "artefact", [(1.0, "P absent")], [], "in progress")
    assert states[-1] == ("unreviewed", "", [], [], "unreviewed")
    for state in reversed(states[:-1]):
        assert open_review.redo()
        assert shown() == state
    assert len(journalist.appended) == 30, "each step is an event of its own"


def test_a_note_outlives_decisions_and_their_undoing(open_review: OpenReview) -> None:
    def shown() -> tuple[str, str]:
        judgement = open_review.judgement(STRONG)
        return judgement.state, judgement.note

    open_review.set_note(STRONG, "artefact")
    open_review.decide(STRONG, "confirmed")
    assert shown() == ("confirmed", "artefact")
    open_review.decide_all([STRONG, WEAK], "dismissed", "dismiss both")
    assert shown() == ("dismissed", "artefact")
    open_review.undo()
    assert shown() == ("confirmed", "artefact")
    open_review.decide(STRONG, "unreviewed")
    assert shown() == ("unreviewed", "artefact")


def test_undoing_a_decision_on_another_models_finding_gives_that_one_back(
    open_review: OpenReview, session: DeskSession
) -> None:
    open_review.decide(STRONG, "confirmed")
    session.model = replace(session.model, sha256="other")
    assert open_review.judgement(STRONG).from_another_model
    open_review.decide(STRONG, "confirmed")
    assert not open_review.judgement(STRONG).from_another_model, "now it is this model's"
    open_review.undo()
    judgement = open_review.judgement(STRONG)
    assert (judgement.state, judgement.from_another_model) == ("confirmed", True)


def test_each_recording_has_its_own_history(open_review: OpenReview, session: DeskSession, tmp_path: Path) -> None:
    first = session.record.source.paths[0]
    open_review.decide(STRONG, "confirmed")
    session.open(tmp_path / "other.hea")
    assert open_review.history.undo_text is None
    assert open_review.judgement(STRONG).state == "unreviewed"
    session.open(first)
    assert open_review.history.undo_text == "confirm V3, 2.00 s"


def test_what_would_change_nothing_is_no_event(open_review: OpenReview, journalist: HandJournal) -> None:
    open_review.decide(STRONG, "unreviewed")
    open_review.set_note(STRONG, "  ")
    own = open_review.add_own(["I"], 1.0, 2.0, "x")
    open_review.change_own(own, label="x")
    open_review.set_record_state("reviewed")
    open_review.set_record_state("reviewed")
    assert [event.kind for _, event in journalist.appended] == ["own_set", "record_state"]


def test_an_own_finding_lies_in_the_recording_and_in_a_lead(open_review: OpenReview) -> None:
    own = open_review.add_own(["I"], 9.5, 1.0, " x ")
    assert [(item.start_s, item.end_s, item.label) for item in open_review.own] == [(1.0, 9.5, "x")]
    open_review.change_own(own, end_s=99.0)
    assert open_review.own[0].end_s == 10.0
    for leads, start_s, end_s in (((), 1.0, 2.0), (("I",), 2.0, 2.0), (("I",), 11.0, 12.0)):
        with pytest.raises(ValueError, match="a finding needs"):
            open_review.add_own(leads, start_s, end_s, "x")


def test_without_a_reviewer_nothing_is_decided(session: DeskSession, journalist: HandJournal, recording: Path) -> None:
    open_review = OpenReview(session, journalist, "")  # type: ignore[arg-type]  # what it uses of a session
    session.open(recording)
    with pytest.raises(ValueError, match="who"):
        open_review.decide(STRONG, "confirmed")
    assert journalist.appended == []
    assert open_review.judgement(STRONG).state == "unreviewed"


def test_an_answer_for_the_recording_before_is_dropped(
    open_review: OpenReview, session: DeskSession, tmp_path: Path
) -> None:
    from_before = Loaded(open_review._request, ())
    session.open(tmp_path / "other.hea")
    open_review.decide(STRONG, "confirmed")
    open_review.receive(from_before)
    assert open_review.judgement(STRONG).state == "confirmed"


def test_recordings_of_one_file_never_share_a_provisional_name(tmp_path: Path) -> None:
    """Otherwise decisions on one exam of a file would be shown on the others until its checksum is known."""
    file = tmp_path / "rows.npy"
    np.save(file, np.random.default_rng(0).normal(0, 0.3, (2, 5000, 12)).astype(np.float32))
    first, second = (read_record(file / row).source.own_paths for row in ("0", "1"))
    before = file_key(first), file_key(second)
    assert len(set(before)) == 2
    assert RecordFiles(first).place != RecordFiles(second).place
    np.save(file, np.zeros((3, 5000, 12), np.float32))
    assert not {file_key(first), file_key(second)} & set(before), "another file is another recording"
