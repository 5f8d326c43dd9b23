"""The journal knows whether it is whole, says what it lost, and gets back what a copy or the file still holds."""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from pathlib import Path

import pytest

from ecg_viewer.app import main
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.journal import Journal, JournalError
from ecg_viewer.state.review.journal_backups import MOST_ENTRIES, backups_of, head_path, read_head
from ecg_viewer.state.review.journal_writer import recovery_problem

SHA = "a" * 64
N_EVENTS = 60


def decision(start_s: float) -> Event:
    finding = FindingId("V3", start_s, start_s + 0.5, "m").to_payload()
    return Event("decided", SHA, "Ann", {"finding": finding, "state": "confirmed"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "review.sqlite3"


@pytest.fixture
def written(path: Path) -> tuple[Event, ...]:
    """A closed journal with entries, and nothing in its write-ahead log."""
    journal = Journal(path)
    events = journal.append([decision(float(number)) for number in range(N_EVENTS)])
    journal._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    journal.close()
    return events


def altered_by_hand(path: Path, *statements: str) -> None:
    """Change the file behind the program's back."""
    with sqlite3.connect(path) as other:
        names = [name for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        triggers = [other.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
                    for name in names]
        for name in names:
            other.execute(f"DROP TRIGGER {name}")
        for statement in (*statements, *triggers):
            other.execute(statement)
    other.close()


def contents(journal: Journal) -> list[tuple[str, str, str]]:
    return [(event.event_id, event.time, event.payload_text()) for event in journal.events_of([SHA])]


@pytest.mark.usefixtures("written")
def test_a_whole_journal_is_opened_as_it_is(path: Path) -> None:
    journal = Journal(path)
    assert journal.recovery is None
    assert len(contents(journal)) == N_EVENTS


def test_an_altered_decision_is_noticed_left_out_and_counted(path: Path, written: tuple[Event, ...]) -> None:
    altered_by_hand(path, "UPDATE events SET payload = replace(payload, 'confirmed', 'dismissed') WHERE number = 7")
    journal = Journal(path)
    assert journal.recovery is not None
    assert (journal.recovery.n_recovered, journal.recovery.n_lost) == (N_EVENTS - 1, 1)
    assert written[6].event_id not in {found[0] for found in contents(journal)}
    assert "1 were altered or are gone" in recovery_problem(journal.recovery).message
    assert journal.recovery.set_aside.exists()


@pytest.mark.parametrize("statement", ["DELETE FROM events WHERE number = 30",
                                       "DELETE FROM events WHERE number > 50"])
def test_entries_that_went_are_counted(path: Path, written: tuple[Event, ...], statement: str) -> None:
    altered_by_hand(path, statement)
    journal = Journal(path)
    assert journal.recovery is not None
    assert journal.recovery.n_lost == N_EVENTS - len(contents(journal)) > 0
    assert len(written) == N_EVENTS


@pytest.mark.usefixtures("written")
def test_entries_that_went_with_their_chain_are_known_by_the_head(path: Path) -> None:
    altered_by_hand(path, "DELETE FROM events WHERE number > 50", "DELETE FROM chain WHERE number > 50")
    journal = Journal(path)
    assert journal.recovery is not None
    assert (journal.recovery.n_recovered, journal.recovery.n_lost) == (50, 10)


@pytest.mark.usefixtures("written")
def test_an_emptied_file_is_not_taken_for_a_new_one(path: Path) -> None:
    path.write_bytes(b"")
    journal = Journal(path)
    assert journal.recovery is not None
    assert journal.recovery.n_lost == N_EVENTS


@pytest.mark.usefixtures("written")
def test_a_deleted_journal_begins_anew_without_a_word(path: Path) -> None:
    for part in path.parent.glob(f"{path.name}*"):
        if part != head_path(path):
            part.unlink()
    journal = Journal(path)
    assert journal.recovery is None
    assert journal.append([decision(1.0)])[0].number == 1


def test_a_copy_gives_back_what_the_file_lost(path: Path, written: tuple[Event, ...]) -> None:
    journal = Journal(path)
    before = contents(journal)
    assert journal.back_up() in backups_of(path)
    journal.close()
    altered_by_hand(path, "DELETE FROM events WHERE number > 20", "UPDATE events SET time = '' WHERE number = 3")
    again = Journal(path)
    assert again.recovery is not None
    assert (again.recovery.n_recovered, again.recovery.n_lost) == (len(written), 0)
    assert contents(again) == before


@pytest.mark.usefixtures("written")
def test_a_copy_of_an_emptied_journal_is_taken_over(path: Path) -> None:
    journal = Journal(path)
    before = contents(journal)
    journal.back_up()
    journal.close()
    path.write_bytes(b"")
    again = Journal(path)
    assert again.recovery is not None
    assert again.recovery.n_lost == 0
    assert contents(again) == before


def test_a_copy_is_whole_while_the_journal_is_open(path: Path) -> None:
    journal = Journal(path)
    assert journal.back_up() is None, "nothing to copy"
    journal.append([decision(float(number)) for number in range(50)])
    copy = journal.back_up()
    assert copy is not None
    assert len(contents(Journal(copy))) == 50
    journal.append([decision(99.0)])
    assert journal.back_up() == copy, "once a day"
    assert len(contents(Journal(copy))) == 50
    assert journal.back_up(again=True) == copy
    assert len(contents(Journal(copy))) == 51


def test_no_flipped_bit_alters_or_drops_an_entry_in_silence(path: Path, written: tuple[Event, ...]) -> None:
    """Each flip is harmless, or told: what is read is a part of what was written, and the rest is counted."""
    whole, head = path.read_bytes(), head_path(path).read_bytes()
    expected = [(event.event_id, event.time, event.payload_text()) for event in written]
    chance = random.Random(7)
    for _ in range(150):
        for part in path.parent.iterdir():
            part.unlink()
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        head_path(path).write_bytes(head)
        try:
            journal = Journal(path)
            found = contents(journal)
        except JournalError:
            continue  # refused, with a reason
        journal.close()
        assert set(found) <= set(expected)
        if len(found) < len(expected):
            assert journal.recovery is not None
            assert journal.recovery.n_lost is None or journal.recovery.n_lost >= len(expected) - len(found)


@pytest.mark.usefixtures("written")
def test_a_journal_of_the_first_version_is_chained_when_it_is_opened(path: Path) -> None:
    with sqlite3.connect(path) as other:
        for table, names in (("chain", ("chain_never_changes", "chain_never_goes")),
                             ("origin", ("origin_never_changes", "origin_never_goes"))):
            for name in names:
                other.execute(f"DROP TRIGGER {name}")
            other.execute(f"DROP TABLE {table}")
        other.execute("PRAGMA user_version = 1")
    other.close()
    head_path(path).unlink()
    journal = Journal(path)
    assert journal.recovery is None
    assert len(contents(journal)) == N_EVENTS
    journal.append([decision(99.0)])
    assert json.loads(head_path(path).read_text())["number"] == N_EVENTS + 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_nobody_else_may_read_the_journal(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    journal = Journal(path)
    journal.append([decision(1.0)])
    journal.back_up()
    assert path.parent.stat().st_mode & 0o077 == 0
    for file in path.parent.rglob("*"):
        assert file.stat().st_mode & 0o077 == 0, file.name


def test_verify_says_that_a_journal_is_whole(
    path: Path, written: tuple[Event, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "--verify", str(path)]) == 0
    assert f"whole. {len(written)} entries" in capsys.readouterr().out


@pytest.mark.usefixtures("written")
def test_verify_names_what_is_altered_and_changes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    altered_by_hand(path, "UPDATE events SET reviewer = 'Eve' WHERE number = 5", "DELETE FROM events WHERE number = 9")
    before = path.read_bytes()
    assert main(["journal", "--verify", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Altered: entry 5" in said
    assert "Gone: entry 9" in said
    assert path.read_bytes() == before


def test_verify_of_no_journal_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "--verify", str(tmp_path / "none.sqlite3")]) == 2
    assert "there is no review journal" in capsys.readouterr().err


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("number", [10**20, 2**31, -1, MOST_ENTRIES + 1])
def test_a_head_that_names_entries_without_end_is_no_head(path: Path, number: int) -> None:
    """The entries that it names would be looked for, one by one."""
    values = json.loads(head_path(path).read_text(encoding="utf-8"))
    head_path(path).write_text(json.dumps({**values, "number": number}), encoding="utf-8")
    assert read_head(path) is None
    journal = Journal(path)
    assert len(contents(journal)) == N_EVENTS
    journal.close()
