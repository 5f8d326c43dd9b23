"""Journals of several machines become one without loss: whatever the order, however often, and provably."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecg_viewer.journal_command import main
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.journal_merge import import_journal, merge_journals
from ecg_viewer.state.review.journal_origin import read_source
from ecg_viewer.state.review.journal_schema import JournalError

RECORD = "a" * 64


def note(text: str, time: str, reviewer: str = "Ann") -> Event:
    return Event("own_set", RECORD, reviewer, {"id": "x", "leads": ["V1"], "start_s": 0.0, "end_s": 1.0, "label": text},
                 time=time)


def written(path: Path, *events: Event) -> Path:
    journal = Journal(path)
    for event in events:
        journal.append([event])
    journal.close()
    return path


def entries(path: Path) -> list[tuple[str, str, str]]:
    """Ids, reviewers and contents in the order in which they count."""
    journal = Journal(path)
    found = [(event.event_id, event.reviewer, event.payload_text()) for event in journal.all_events()]
    journal.close()
    return found


def label(path: Path) -> str:
    """What the reviewer's own finding is called after everything that was done."""
    journal = Journal(path)
    review = journal._reviews("Ann")[0][RECORD]
    journal.close()
    return review.own["x"].label


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Path, Path]:
    one = written(tmp_path / "one.sqlite3", note("a1", "2026-01-01T10:00"), note("a2", "2026-01-01T12:00"))
    bob = note("b1", "2026-01-01T11:00", "Bob"), note("b2", "2026-01-01T13:00", "Bob")
    two = written(tmp_path / "two.sqlite3", *bob)
    return one, two


def test_every_entry_is_there_once_in_the_order_in_which_it_was_done(
    machines: tuple[Path, Path], tmp_path: Path
) -> None:
    output = tmp_path / "all.sqlite3"
    merged = merge_journals(machines, output)
    assert merged.n_entries == 4
    assert [text.split('"label": "')[1][:2] for _, _, text in entries(output)] == ["a1", "b1", "a2", "b2"]


def test_the_order_of_the_sources_and_how_often_they_are_merged_make_no_difference(
    machines: tuple[Path, Path], tmp_path: Path
) -> None:
    one, two = machines
    made = [tmp_path / f"m{k}.sqlite3" for k in range(5)]
    merge_journals([one, two], made[0])
    merge_journals([two, one, two], made[1])
    merge_journals([made[0], made[1]], made[2])
    merge_journals([made[2], one], made[3])
    merge_journals([two], made[4])
    assert entries(made[0]) == entries(made[1]) == entries(made[2]) == entries(made[3])
    assert _parts(made[0]) == _parts(made[1]) == _parts(made[3])
    assert len(entries(made[4])) == 2


def _parts(path: Path) -> tuple[object, object]:
    source = read_source(path)
    return source.rows, source.nodes


def test_a_copied_journal_that_went_on_on_two_machines_loses_neither_branch(tmp_path: Path) -> None:
    one = written(tmp_path / "one.sqlite3", note("common", "2026-01-01T10:00"))
    with sqlite3.connect(one) as file, sqlite3.connect(tmp_path / "two.sqlite3") as copy:
        file.backup(copy)
    two = tmp_path / "two.sqlite3"
    written(one, note("here", "2026-01-01T11:00"))
    written(two, note("there", "2026-01-01T12:00"))
    merge_journals([one, two], tmp_path / "all.sqlite3")
    assert len(entries(tmp_path / "all.sqlite3")) == 3
    assert label(tmp_path / "all.sqlite3") == "there"


def test_an_older_decision_that_is_imported_later_does_not_win_over_a_newer_one_here(tmp_path: Path) -> None:
    here = written(tmp_path / "here.sqlite3", note("new", "2026-01-02T10:00"))
    there = written(tmp_path / "there.sqlite3", note("old", "2026-01-01T10:00"))
    journal = Journal(here)
    assert import_journal(journal, there).n_new == 1
    journal.append([note("newest", "2026-01-03T10:00")])
    journal.close()
    assert label(here) == "newest"
    journal = Journal(here)
    assert import_journal(journal, there).n_new == 0
    journal.close()
    assert len(entries(here)) == 3


def test_entries_of_one_journal_keep_their_order_although_its_clock_was_set_back(tmp_path: Path) -> None:
    one = written(tmp_path / "one.sqlite3", note("first", "2026-01-05T10:00"), note("second", "2026-01-01T10:00"))
    two = written(tmp_path / "two.sqlite3", note("else", "2026-01-03T10:00", "Bob"))
    merge_journals([one, two], tmp_path / "all.sqlite3")
    assert label(tmp_path / "all.sqlite3") == "second"


def test_each_source_stays_provable_and_the_command_says_so(
    machines: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "all.sqlite3"
    assert main(["--merge", *map(str, machines), "--output", str(output)]) == 0
    assert main(["--verify", str(output)]) == 0
    assert "4 entries of 2 journals, each as its own journal wrote it." in capsys.readouterr().out


@pytest.mark.parametrize("damage", [
    "UPDATE origin SET previous = 'x' WHERE number = 2",
    "DELETE FROM origin WHERE number = 2 AND rowid = (SELECT MAX(rowid) FROM origin WHERE number = 2)",
    "UPDATE origin SET event_id = (SELECT event_id FROM origin WHERE number = 2 LIMIT 1) WHERE number = 1",
])
def test_a_link_that_was_altered_or_removed_is_found(
    machines: tuple[Path, Path], tmp_path: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "all.sqlite3"
    merge_journals(machines, output)
    with sqlite3.connect(output) as file:
        for trigger in ("origin_never_changes", "origin_never_goes"):
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute(damage)
    file.close()
    assert main(["--verify", str(output)]) == 1
    assert "Of another journal:" in capsys.readouterr().out


def test_a_damaged_or_strange_source_is_refused_and_nothing_is_written(
    machines: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = machines
    with sqlite3.connect(one) as file:
        file.execute("DROP TRIGGER events_never_change")
        file.execute("UPDATE events SET reviewer = 'Eve' WHERE number = 1")
    file.close()
    output = tmp_path / "all.sqlite3"
    assert main(["--merge", str(one), str(two), "--output", str(output)]) == 1
    assert "one.sqlite3 is damaged and is not taken over" in capsys.readouterr().err
    strange = tmp_path / "strange.sqlite3"
    strange.write_text("no journal", encoding="utf-8")
    assert main(["--merge", str(two), str(strange), "--output", str(output)]) == 1
    assert not output.exists()
    assert not list(tmp_path.glob(".all*"))


def test_an_output_that_is_there_is_not_replaced(machines: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="never replaced"):
        merge_journals(machines, machines[0])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["write", "import", "write"]), st.integers(0, 2)),
                min_size=1, max_size=14))
def test_whatever_machines_write_and_import_in_between_all_end_up_with_the_same(
    steps: Sequence[tuple[int, str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"m{k}.sqlite3" for k in range(3)]
        journals = [Journal(path) for path in paths]
        n_written = 0
        for place, (machine, what, other) in enumerate(steps):
            if what == "write":
                n_written += 1
                journals[machine].append([note(f"{place}", f"2026-01-01T10:{place:02d}", f"R{machine}")])
            elif machine != other:
                journals[other].close()
                import_journal(journals[machine], paths[other])
                journals[other] = Journal(paths[other])
        for journal in journals:
            journal.close()
        orders = ([0, 1, 2], [2, 1, 0], [1, 0, 2, 1])
        made = []
        for number, order in enumerate(orders):
            output = Path(folder) / f"all{number}.sqlite3"
            merge_journals([paths[k] for k in order], output)
            assert main(["--verify", str(output)]) == 0
            made.append(entries(output))
        assert made[0] == made[1] == made[2]
        assert len(made[0]) == len({event_id for event_id, _, _ in made[0]}) == n_written
        again = Path(folder) / "again.sqlite3"
        merge_journals([Path(folder) / "all0.sqlite3", *paths], again)
        assert entries(again) == made[0]


def test_a_journal_that_is_named_twice_is_counted_once(
    machines: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = str(machines[0])
    assert main(["--merge", one, one, "--output", str(tmp_path / "twice.sqlite3")]) == 0
    assert main(["--merge", one, "--output", str(tmp_path / "once.sqlite3")]) == 0
    twice, once = capsys.readouterr().out.splitlines()
    assert twice.partition(": ")[2] == once.partition(": ")[2]
    assert twice.endswith("of 1 journal.")
