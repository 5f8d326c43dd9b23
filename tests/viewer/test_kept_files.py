"""What the viewer reads back from the user's folders may be anything: it is set aside whole, and the rest goes on."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ecg_viewer.state.last_session import LastSession, read_last_session, write_last_session
from ecg_viewer.state.problem import Problem, Weight
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.journal_writer import JournalWriter, Loaded, RecordFiles, Saved
from ecg_viewer.state.settings import Settings, SettingsFile
from ecg_viewer.state.unreadable_files import set_aside
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import RecordScore
from ecg_viewer.state.worklist.sorting import BY_ID, Sort
from ecg_viewer.state.worklist.store import ScoreStore
from ecg_viewer.state.worklist.stored_view import from_kept
from mmae_core.errors import DatasetError
from mmae_core.report.map_file import read_maps

NOISE = np.random.default_rng(0).integers(0, 256, 5000).astype(np.uint8).tobytes()
HUGE, DEEP = 10**30, "[" * 100_000
WRONG: tuple[Any, ...] = (
    None, True, -1, HUGE, -1e300, float("nan"), "x" * 5000, "\ud800", "a\0b", [], [[]], {"a": [1]},
)
SHA, OTHER = "a" * 64, "b" * 64


def damage(path: Path, how: str) -> None:
    """Replace a sound file."""
    whole = path.read_bytes()
    path.unlink()
    match how:
        case "empty":
            path.write_bytes(b"")
        case "truncated":
            path.write_bytes(whole[: len(whole) // 2])
        case "noise":
            path.write_bytes(NOISE)
        case "text":
            path.write_text('"a text, ' + str(HUGE), encoding="utf-8")
        case "deep":
            path.write_text(DEEP, encoding="utf-8")
        case "folder":
            path.mkdir()
            (path / "inside").write_bytes(whole)


HOW = ("empty", "truncated", "noise", "text", "deep", "folder")


def read_settings(path: Path) -> tuple[bool, list[str]]:
    settings = SettingsFile(path)
    return settings.settings == Settings(), [] if settings.set_aside is None else [settings.set_aside.name]


def read_last(path: Path) -> tuple[bool, list[str]]:
    told: list[Problem] = []
    found = read_last_session(path, told.append)
    assert all(problem.weight is Weight.LASTING and ".broken" in problem.message for problem in told)
    return found is None, [problem.message for problem in told]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("read", [read_settings, read_last])
def test_a_damaged_table_is_set_aside_whole_and_the_one_before_it_stays(
    tmp_path: Path, how: str, read: Callable[[Path], tuple[bool, list[str]]]
) -> None:
    path, earlier = tmp_path / "kept.json", tmp_path / "kept.json.broken"
    earlier.write_text("of an earlier day", encoding="utf-8")
    if read is read_settings:
        path.write_text(json.dumps(asdict(Settings())), encoding="utf-8")
    else:
        write_last_session(LastSession(("/a/b.hea",), record="/a/b.hea", worklist={"sort": ["age", True]}), path)
    damage(path, how)
    before = path.read_bytes() if path.is_file() else b""
    is_first, told = read(path)
    assert (is_first, len(told)) == (True, 1)
    aside = tmp_path / "kept.json.broken-2"
    assert (aside.read_bytes() if aside.is_file() else b"") == before
    assert aside.is_dir() == (how == "folder")
    assert earlier.read_text(encoding="utf-8") == "of an earlier day"
    assert not path.exists()
    assert read(path) == (True, []), "told once"


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: repr(value)[:12])
def test_no_value_of_any_field_stops_the_program(tmp_path: Path, wrong: Any) -> None:
    """Set aside, or taken as it is if it makes sense: then it can be written again."""
    for name in asdict(Settings()):
        path = tmp_path / "settings.json"
        path.write_text(json.dumps({name: wrong}), encoding="utf-8")
        settings = SettingsFile(path)
        settings.change(notice_seen=True)
        settings.change(reviewer="Ann")
        assert SettingsFile(path).settings == settings.settings
    sound = asdict(LastSession(("/a/b.hea",), record="/a/b.hea"))
    for name in sound:
        path = tmp_path / "last-session.json"
        path.write_text(json.dumps({**sound, name: wrong}), encoding="utf-8")
        last = read_last_session(path)
        if last is not None:
            write_last_session(last, path)
            assert read_last_session(path) == last
            from_kept(last.worklist)


@pytest.mark.parametrize("sort", [
    [["a"], True], [{}, True], ["age", 1], ["age"], ["age", True, 3], "ab", 7, {"age": True}, None, [None, None], [[]],
])
def test_a_damaged_order_is_no_order(sort: Any) -> None:
    assert from_kept({"sort": sort, "text": "norm"}) == (WorklistFilter(text="norm"), Sort())
    assert from_kept({"sort": ["age", True]})[1] == Sort("age", descending=True)


def test_conditions_of_any_kind_are_understood_or_left_out() -> None:
    for name in asdict(WorklistFilter()):
        for wrong in WRONG:
            chosen, sort = from_kept({name: wrong, "sort": wrong})
            assert (chosen, sort) in ((WorklistFilter(), Sort()),)
    assert from_kept({"fold": 9, "min_age": 40, "min_percentile": 99.5, "sort": [next(iter(BY_ID)), False]})[0] == (
        WorklistFilter(fold=9, min_age=40, min_percentile=99.5))


def database(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


FOREIGN = "foreign"


@pytest.mark.parametrize("how", [*HOW[1:], FOREIGN])
def test_scores_that_cannot_be_read_are_set_aside_and_made_anew(tmp_path: Path, how: str) -> None:
    path, record = tmp_path / "scores.sqlite3", tmp_path / "a.hea"
    record.write_text("a", encoding="ascii")
    with ScoreStore(path) as store:
        store.save(SHA, {record: RecordScore(1.0, problem="x" * 60_000)})
    if how == FOREIGN:
        path.unlink()
        database(path, "CREATE TABLE scores (something TEXT)")
    else:
        damage(path, how)
    with ScoreStore(path) as store:
        assert store.load(SHA, [record]) == {}
        assert store.set_aside == tmp_path / "scores.sqlite3.broken"
        store.save(SHA, {record: RecordScore(2.0)})
        assert store.load(SHA, [record])[record].score == 2.0
    assert store.set_aside.exists()


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: repr(value)[:12])
def test_a_kept_score_of_any_content_is_made_anew_alone(tmp_path: Path, wrong: Any) -> None:
    path = tmp_path / "scores.sqlite3"
    records = [tmp_path / "a.hea", tmp_path / "b.hea"]
    for record in records:
        record.write_text("a", encoding="ascii")
    with ScoreStore(path) as store:
        store.save(SHA, dict.fromkeys(records, RecordScore(1.0)))
        first = json.loads(store._connection.execute("SELECT score FROM scores").fetchone()[0])
        for name in first:
            with store._connection as connection:
                connection.execute("UPDATE scores SET score = ? WHERE path LIKE '%a.hea'",
                                   (json.dumps({**first, name: wrong}),))
            found = store.load(SHA, records)
            assert found[records[1]].score == 1.0
            if records[0] in found:
                store.save(OTHER, {records[0]: found[records[0]]})
        assert store.set_aside is None


def listen(path: Path) -> tuple[JournalWriter, list[object], Callable[[type], list[Any]]]:
    said: list[object] = []
    recorder = JournalWriter(said.append, path)
    return recorder, said, lambda kind: [message for message in said if isinstance(message, kind)]


def decision(name: str) -> Event:
    return Event("record_state", SHA, "Ann", {"state": "reviewed"}, event_id=name)


@pytest.mark.parametrize("how", [*HOW[1:], FOREIGN])
def test_a_journal_that_cannot_be_read_is_set_aside_and_decisions_go_on(tmp_path: Path, how: str) -> None:
    path = tmp_path / "review.sqlite3"
    journal = Journal(path)
    journal.append([decision(str(number)) for number in range(200)])
    journal.close()
    if how == FOREIGN:
        path.unlink()
        database(path, "PRAGMA user_version = 1")
    else:
        damage(path, how)
    recorder, said, only = listen(path)
    recorder.append(RecordFiles((tmp_path / "a.hea",), SHA), decision("new"))
    recorder.close()
    (problem,) = only(Problem)
    assert (problem.weight, "damaged" in problem.message) == (Weight.LASTING, True)
    assert len(only(Saved)) == 1
    (aside,) = tmp_path.glob("review.damaged-*.sqlite3")
    assert aside.name in problem.message
    assert said


@pytest.mark.parametrize("line", [
    b"{", b"[]", b"7", b"null", NOISE.replace(b"\n", b""), b'{"kind": "decided"}', DEEP.encode(),
    *(json.dumps({"kind": "record_state", "record": SHA, "reviewer": "Ann", "payload": {}, name: wrong}).encode()
      for name in ("kind", "record", "payload", "event_id", "time") for wrong in (7, [], "\ud800")),
], ids=lambda line: line[:14].decode("latin-1"))
def test_the_sound_decisions_of_a_damaged_file_of_unsaved_ones_are_taken_in(tmp_path: Path, line: bytes) -> None:
    unsaved = tmp_path / "unsaved-1.jsonl"
    sound = json.dumps(asdict(decision("kept"))).encode()
    unsaved.write_bytes(sound + b"\n" + line + b"\n")
    recorder, _, only = listen(tmp_path / "review.sqlite3")
    recorder.load(1, RecordFiles((), SHA))
    recorder.close()
    (problem,) = only(Problem)
    assert problem.message.endswith("the file is kept as unsaved-1.jsonl.broken.")
    assert (tmp_path / "unsaved-1.jsonl.broken").read_bytes() == sound + b"\n" + line + b"\n"
    assert [event.event_id for message in only(Loaded) for event in message.events] == ["kept"]


def test_names_are_never_taken_twice(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / "f").write_text(str(number), encoding="ascii")
        set_aside(tmp_path / "f")
    assert [(tmp_path / name).read_text() for name in ("f.broken", "f.broken-2", "f.broken-3")] == ["0", "1", "2"]


@pytest.mark.parametrize("how", HOW)
def test_maps_that_are_none_are_refused(tmp_path: Path, how: str) -> None:
    path = tmp_path / "a.npz"
    np.savez_compressed(path, score=np.random.default_rng(1).normal(size=(12, 500)))
    damage(path, how)
    with pytest.raises(DatasetError, match="cannot be read as maps"):
        read_maps(path)


@pytest.mark.parametrize("how", ["noise", "folder"])
def test_threads_that_meet_a_damaged_file_at_once_set_it_aside_once(tmp_path: Path, how: str) -> None:
    for number in range(2):
        folder = tmp_path / str(number)
        for name in ("review.sqlite3", "scores.sqlite3"):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(NOISE)
            damage(path, how)
        with ThreadPoolExecutor(8) as pool:
            start = threading.Barrier(8)

            def open_one(place: int, folder: Path = folder, start: threading.Barrier = start) -> object:
                start.wait()
                if place % 2:
                    with ScoreStore(folder / "scores.sqlite3") as store:
                        return store.set_aside
                journal = Journal(folder / "review.sqlite3")
                journal.close()
                return journal.recovery

            found = list(pool.map(open_one, range(8)))
        assert sum(aside is not None for aside in found[::2]) == 1, "journals"
        assert sum(aside is not None for aside in found[1::2]) == 1, "scores"
