"""The journal: on the disk when it says so, never changed, repaired as far as possible, shared by several programs."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ecg_viewer.state.review import journal_schema as journal_module
from ecg_viewer.state.review.events import Event, FindingId, file_key
from ecg_viewer.state.review.journal import Journal, JournalError, journal_path
from ecg_viewer.state.review.journal_writer import JournalWriter, RecordFiles, Saved
from mmae_core.errors import UnreadableRecord
from mmae_core.readers import read_record
from mmae_core.resources import resource

SHA = "a" * 64
DECIDER = """
import sys
from pathlib import Path
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.journal import Journal
path, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
journal = Journal(path)
for number in range(count):
    finding = FindingId("V3", float(number), number + 0.5, "m").to_payload()
    event = Event("decided", "a" * 64, who, {"finding": finding, "state": "confirmed"})
    journal.append([event])
    print(event.event_id, flush=True)
"""


def decision(start_s: float, state: str = "confirmed", record: str = SHA, reviewer: str = "Ann") -> Event:
    finding = FindingId("V3", start_s, start_s + 0.5, "m").to_payload()
    return Event("decided", record, reviewer, {"finding": finding, "state": state})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "review.sqlite3"


def test_what_was_appended_is_read_back_as_it_was(path: Path) -> None:
    event = Event("noted", SHA, "Dr. Ångström", {"finding": {"lead": "aVR"}, "note": "schräg – „wide“\n2nd line"})
    (written,) = Journal(path).append([event])
    (read,) = Journal(path).events_of([SHA])
    assert read == written
    assert (read.payload, read.reviewer, read.time) == (event.payload, event.reviewer, event.time)
    assert read.number == 1


def test_it_lies_in_the_users_data_folder(user_folders: Path) -> None:
    Journal().append([decision(1)])
    assert journal_path().is_file()
    assert user_folders in journal_path().parents


def test_an_event_is_written_once_however_often_it_is_sent(path: Path) -> None:
    journal, event = Journal(path), decision(1)
    first = journal.append([event])
    assert journal.append([event, decision(2)])[0] == first[0]
    assert len(journal.events_of([SHA])) == 2


@pytest.mark.parametrize("statement", ["UPDATE events SET payload = '{}'", "DELETE FROM events"])
def test_no_statement_changes_or_removes_a_line(path: Path, statement: str) -> None:
    journal = Journal(path)
    journal.append([decision(1)])
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.Error, match="append-only"):
        other.execute(statement)
    other.close()
    assert len(journal.events_of([SHA])) == 1


def test_a_line_cannot_be_replaced_either(path: Path) -> None:
    journal = Journal(path)
    (written,) = journal.append([decision(1)])
    with sqlite3.connect(path) as other:
        other.execute(
            "INSERT OR REPLACE INTO events VALUES (1, ?, '', 'Eve', ?, 'decided', '{}')", (written.event_id, SHA)
        )
    assert journal.events_of([SHA]) == (written,)


def test_every_commit_reaches_the_disk(path: Path) -> None:
    """Write-ahead log with full synchronisation: what survives a power cut, not only a killed program."""
    connection = Journal(path)._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_kill_in_the_middle_of_a_hundred_decisions_loses_nothing_that_was_confirmed(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DECIDER, str(path), "Ann", "100"], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        confirmed = [child.stdout.readline().strip() for _ in range(37)]
        child.kill()
        confirmed += [line.strip() for line in child.stdout if line.endswith("\n")]
    assert child.returncode == -signal.SIGKILL
    assert 37 <= len(confirmed) < 100, "it was in the middle"
    journal = Journal(path)
    assert journal.recovery is None
    found = [event.event_id for event in journal.events_of([SHA])]
    assert found[: len(confirmed)] == confirmed
    assert len(found) <= len(confirmed) + 1, "one may have been written that was not yet confirmed"


def test_two_programs_write_at_once_and_both_see_everything(path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", DECIDER, str(path), who, "60"], stdout=subprocess.PIPE, text=True)
        for who in ("Ann", "Bob")
    ]
    printed = [child.communicate()[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert [len(ids) for ids in printed] == [60, 60]
    events = Journal(path).events_of([SHA])
    assert {event.event_id for event in events} == {*printed[0], *printed[1]}
    assert [event.number for event in events] == sorted({event.number for event in events})


def test_another_connection_notices_a_change(path: Path) -> None:
    mine, theirs = Journal(path), Journal(path)
    assert not mine.has_changed_elsewhere()
    (event,) = theirs.append([decision(1)])
    assert mine.has_changed_elsewhere()
    assert not mine.has_changed_elsewhere(), "told once"
    assert mine.events_of([SHA], after=0) == (event,)
    assert mine.events_of([SHA], after=event.number or 0) == ()


def test_a_file_that_is_no_journal_is_set_aside_and_kept(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"my shopping list " * 100)
    journal = Journal(path)
    assert journal.recovery is not None
    assert journal.recovery.n_recovered == 0
    assert journal.recovery.set_aside.read_bytes() == b"my shopping list " * 100
    journal.append([decision(1)])
    assert len(Journal(path).events_of([SHA])) == 1


def test_what_a_damaged_journal_still_tells_is_taken_over(path: Path) -> None:
    journal = Journal(path)
    written = journal.append([decision(float(number)) for number in range(400)])
    journal._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    journal.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 3 * 4096] = b"\xff" * (3 * 4096)
    path.write_bytes(content)
    repaired = Journal(path)
    assert repaired.recovery is not None
    assert repaired.recovery.set_aside.read_bytes() == bytes(content)
    found = repaired.events_of([SHA])
    assert repaired.recovery.n_recovered == len(found)
    assert 100 < len(found) < 400
    assert {event.event_id for event in found} < {event.event_id for event in written}


def test_an_empty_file_becomes_a_journal(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    assert Journal(path).append([decision(1)])[0].number == 1


def test_a_journal_of_a_newer_program_is_left_as_it_is(path: Path) -> None:
    Journal(path).append([decision(1)])
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalError, match="newer version"):
        Journal(path)
    assert sorted(entry.name for entry in path.parent.iterdir() if "damaged" in entry.name) == []
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM events").fetchone() == (1,)


def test_an_older_journal_is_brought_up_to_date_with_its_events(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(path).append([decision(1)])
    more = "CREATE TABLE remarks (text TEXT); CREATE INDEX of_text ON remarks (text);"
    monkeypatch.setattr(journal_module, "MIGRATIONS", (*journal_module.MIGRATIONS, more))
    journal = Journal(path)
    assert journal._connection.execute("PRAGMA user_version").fetchone() == (len(journal_module.MIGRATIONS),)
    assert journal._connection.execute("SELECT count(*) FROM remarks").fetchone() == (0,)
    assert len(journal.events_of([SHA])) == 1


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(path).append([decision(1)])
    before = journal_module.MIGRATIONS
    bad = "CREATE TABLE remarks (text TEXT); CREATE TABLE events (text TEXT);"
    monkeypatch.setattr(journal_module, "MIGRATIONS", (*before, bad))
    with pytest.raises(JournalError, match="already exists"):
        Journal(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master WHERE name = 'remarks'").fetchone() == (0,)
    monkeypatch.setattr(journal_module, "MIGRATIONS", before)
    assert len(Journal(path).events_of([SHA])) == 1


def test_a_line_that_cannot_be_understood_does_not_hide_the_others(path: Path) -> None:
    journal = Journal(path)
    journal.append([decision(1)])
    with sqlite3.connect(path) as other:
        for kind, payload in (("decided", "{no json"), ("from_the_future", "{}"), ("decided", "[1]")):
            other.execute(
                "INSERT INTO events (event_id, time, reviewer, record, kind, payload) VALUES (?, '', 'A', ?, ?, ?)",
                (kind + payload, SHA, kind, payload),
            )
    assert len(journal.events_of([SHA])) == 1
    assert journal.summaries(sha256s=[SHA])[SHA].n_confirmed == 1


def test_a_decision_made_before_the_checksum_was_known_belongs_to_the_recording(path: Path, tmp_path: Path) -> None:
    recording = tmp_path / "r.hea"
    recording.write_text("r 1 100 1000\n", encoding="ascii")
    key = file_key([recording])
    journal = Journal(path)
    journal.append([Event("seen", key, "Ann", {"path": str(recording.with_suffix(""))}), decision(1, record=key)])
    assert journal.names_of(SHA) == {SHA}
    assert journal.summaries(paths=[recording])[recording].n_confirmed == 1
    journal.append([Event("linked", SHA, "Ann", {"key": key, "path": str(recording.with_suffix(""))})])
    assert journal.names_of(SHA) == journal.names_of(key) == {SHA, key}
    assert journal.summaries(sha256s=[SHA])[SHA].n_confirmed == 1


def test_a_changed_file_has_another_provisional_name(tmp_path: Path) -> None:
    recording = tmp_path / "r.dat"
    recording.write_bytes(b"12")
    first = file_key([recording])
    assert file_key([recording]) == first
    recording.write_bytes(b"123")
    assert file_key([recording]) != first


def test_many_recordings_are_summed_up_at_once(path: Path, tmp_path: Path) -> None:
    journal = Journal(path)
    first, second, third = "1" * 64, "2" * 64, "3" * 64
    journal.append(
        [
            Event("linked", first, "Ann", {"key": "file:x", "path": str(tmp_path / "one")}),
            decision(1, "confirmed", first),
            decision(2, "dismissed", first),
            decision(1, "dismissed", first, "Bob"),
            Event("own_set", second, "Ann", {"id": "o", "leads": ["I"], "start_s": 1, "end_s": 2, "label": "x"}),
            Event("record_state", second, "Ann", {"state": "reviewed"}),
        ]
    )
    mine = journal.summaries(sha256s=[first, second, third], reviewer="Ann")
    assert sorted(mine) == [first, second]
    assert (mine[first].n_confirmed, mine[first].n_dismissed, mine[first].state) == (1, 1, "in progress")
    assert (mine[second].n_own, mine[second].state, mine[second].reviewer) == (1, "reviewed", "Ann")
    assert journal.summaries(sha256s=[first], reviewer="Bob")[first].n_dismissed == 1
    everybody = journal.summaries(sha256s=[first])[first]
    assert (everybody.n_confirmed, everybody.n_dismissed) == (0, 2), "the latest decision on a finding counts"
    by_path = journal.summaries(paths=[tmp_path / "one.hea", tmp_path / "two.hea"], reviewer="Ann")
    assert by_path == {tmp_path / "one.hea": mine[first]}
    assert journal.reviewers() == ("Ann", "Bob")
    with pytest.raises(ValueError, match="either"):
        journal.summaries()


def test_more_recordings_than_a_query_takes_are_found(path: Path) -> None:
    journal = Journal(path)
    names = [f"{number:064x}" for number in range(1_200)]
    journal.append([decision(1, record=name) for name in names])
    assert len(journal.events_of(names)) == 1_200


def test_a_journal_that_cannot_be_written_says_so_and_stays_usable(path: Path) -> None:
    journal = Journal(path)
    journal._connection.execute("PRAGMA busy_timeout = 1")
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="could not be saved"):
            journal.append([decision(1)])
        other.execute("ROLLBACK")
    assert journal.append([decision(1)])[0].number == 1


def test_payloads_are_plain_json(path: Path) -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        Journal(path).append([Event("noted", SHA, "Ann", {"x": float("nan")})])
    assert json.loads(decision(1).payload_text())["state"] == "confirmed"


def test_a_copied_journal_is_whole(path: Path, tmp_path: Path) -> None:
    """Somebody backs the file up while the program is closed."""
    journal = Journal(path)
    journal.append([decision(1), decision(2)])
    journal.close()
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(path, copy)
    assert len(Journal(copy).events_of([SHA])) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not rename a file that is open")
def test_a_journal_that_another_window_set_aside_is_followed(path: Path) -> None:
    journal = Journal(path)
    journal.append([decision(1)])
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name("aside" + suffix))
    other = Journal(path)
    journal.append([decision(2)])
    assert [event.payload["finding"]["start_s"] for event in other.events_of([SHA])] == [2.0]
    assert journal.n_replaced == 1
    assert other.has_changed_elsewhere()


def test_decisions_belong_to_the_file_that_was_opened_not_to_one_put_in_its_place(path: Path, tmp_path: Path) -> None:
    for suffix in (".hea", ".dat"):
        shutil.copy(resource("demo") / f"00170_hr{suffix}", tmp_path / f"00170_hr{suffix}")
    recording = tmp_path / "00170_hr.hea"
    opened = read_record(recording).source
    key = file_key(opened.own_paths, opened.stamps)
    assert key == file_key(opened.own_paths)
    shutil.copy(resource("demo") / "00195_hr.dat", tmp_path / "other")
    (tmp_path / "other").replace(tmp_path / "00170_hr.dat")
    assert file_key(opened.own_paths, opened.stamps) == key != file_key(opened.own_paths)
    with pytest.raises(UnreadableRecord, match="changed while open"):
        _ = opened.sha256
    delivered: list[object] = []
    writer = JournalWriter(delivered.append, path)
    writer.append(RecordFiles(opened.own_paths, "", opened.stamps), decision(1.0))
    again = read_record(recording).source
    writer.append(RecordFiles(again.own_paths, "", again.stamps), decision(2.0))
    writer.close()
    names = {event.record for saved in delivered if isinstance(saved, Saved) for event in saved.events
             if event.kind == "decided"}
    assert names == {key, file_key(again.own_paths)}
