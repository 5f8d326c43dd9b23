"""Lists of work as files: what they say comes back, places follow the file, other files are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.worklist.work_lists import (
    WorkList,
    described,
    is_read,
    is_work_list,
    read_work_list,
    readers_text,
    write_work_list,
)
from mmae_core.errors import UnreadableRecord


@pytest.mark.parametrize("suffix", [".json", ".csv"])
def test_a_list_comes_back_and_its_places_move_with_it(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "here"
    (folder / "ecgs").mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere" / "b.hea"
    work = WorkList("Größe, \"x\"", (folder / "ecgs" / "a.hea", elsewhere), "Ann", "2026-12-01", "=first; the old ones")
    write_work_list(folder / f"list{suffix}", work)
    assert is_work_list(folder / f"list{suffix}")
    assert read_work_list(folder / f"list{suffix}") == work
    moved = tmp_path / "there"
    folder.rename(moved)
    assert read_work_list(moved / f"list{suffix}").recordings == (moved / "ecgs" / "a.hea", elsewhere)


def test_a_table_of_a_german_spreadsheet_is_read_and_needs_no_more_than_two_columns(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text("recording;list;extra\r\na.hea;Monday;1\r\n\r\na.hea;;\r\nb.hea;;2\r\n", encoding="utf-8-sig")
    assert read_work_list(path) == WorkList("Monday", (tmp_path / "a.hea", tmp_path / "b.hea"))


@pytest.mark.parametrize(("name", "text"), [
    ("x.json", "{}"), ("x.json", "[1]"), ("x.json", '{"format": "ecg-viewer work list"'),
    ("x.json", '{"format": "ecg-viewer work list", "format_version": 2, "recordings": ["a"]}'),
    ("x.json", '{"format": "ecg-viewer work list", "format_version": 1, "recordings": [1]}'),
    ("x.json", '{"format": "ecg-viewer work list", "format_version": 1, "recordings": []}'),
    ("x.csv", ""), ("x.csv", "time_s,I,II\r\n0,1,2\r\n"), ("x.csv", "recording,list\r\n"),
])
def test_other_files_are_refused_with_a_sentence(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableRecord, match="list of work"):
        read_work_list(path)


def test_a_recording_as_a_table_is_no_list_of_work(tmp_path: Path) -> None:
    path = tmp_path / "ecg.csv"
    path.write_text("time_s,I,II\r\n0,1,2\r\n", encoding="utf-8")
    assert not is_work_list(path)
    assert not is_work_list(tmp_path / "missing.csv")
    assert not is_work_list(tmp_path / "a.hea")


def test_a_recording_is_read_once_it_is_declared_so_or_concluded() -> None:
    assert is_read(Summary("reviewed", 0, 0, 0))
    assert is_read(Summary("in progress", 0, 0, 0, conclusion="seen"))
    assert not is_read(Summary("in progress", 3, 0, 0))
    work = WorkList("Monday", tuple(Path(f"{n}.hea") for n in range(40)), "Ann", "2026-12-01")
    assert described(work, 12) == "Monday · for Ann · due 2026-12-01 · 12 of 40 read"
    assert readers_text({"Bob": 3, "Ann": 12, "Cleo": 0}, 40) == "Ann: 12 of 40 read\nBob: 3 of 40 read"


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    write_work_list(tmp_path / "l.json", WorkList("n", (tmp_path / "a.hea",)))
    document = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
    assert (document["format"], document["format_version"], document["recordings"]) == (
        "ecg-viewer work list", 1, ["a.hea"])
