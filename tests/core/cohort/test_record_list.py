"""The records that are named, and what tables call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmae_core.cohort.record_list import named_records, recordings_by_name
from mmae_core.datasets.folder import record_names


@pytest.mark.parametrize(
    "lines", [["a/1.hea", "b/2.hea"], ["a/1.hea", "b/1.hea"], ["a/b/1.hea", "a/c/1.hea"], ["1.hea"],
              ["/elsewhere/1.hea", "x/1.hea"], ["../1.hea", "1.hea"]],
)
def test_a_list_of_headers_has_the_names_that_the_same_paths_have(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "list.txt").write_text("\n".join(lines))
    found = named_records([f"@{tmp_path / 'list.txt'}"], lambda paths: [])
    paths = [tmp_path / line for line in lines]
    assert [place for _, place in found] == list(map(str, paths))
    if ".." not in lines[0]:
        assert [name for name, _ in found] == record_names(paths)
    assert len({name for name, _ in found}) == len(lines)


def test_a_record_that_is_named_in_several_ways_is_one(tmp_path: Path) -> None:
    lines = ["d/a.hea", "d/../d/a.hea", "d/a", "./d//a.dat", "d/b", "d/b.hea", "d/a.xml", "s3/../d/c.hea", "d/c"]
    (tmp_path / "list.txt").write_text("\n".join(lines))
    found = named_records([f"@{tmp_path / 'list.txt'}", str(tmp_path / "d")], lambda paths: [paths[0] / "a.hea"])
    assert [place for _, place in found] == [
        str(tmp_path / line) for line in ("d/a.hea", "d/b", "d/a.xml", "s3/../d/c.hea")]


def test_a_parent_of_a_link_is_another_folder(tmp_path: Path) -> None:
    for folder in ("d", "elsewhere/e"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "d/link").symlink_to(tmp_path / "elsewhere/e")
    (tmp_path / "list.txt").write_text("d/a.hea\nd/link/../a.hea\n")
    assert len(named_records([f"@{tmp_path / 'list.txt'}"], lambda paths: [])) == 2


def test_of_many_files_headers_and_other_recordings_are_records() -> None:
    names = ["p/1.hea", "p/1.dat", "p/1.xml", "q/2.dcm", "q/list.csv", "q/.hidden.dcm", "README"]
    assert recordings_by_name(names) == ["p/1.hea", "q/2.dcm"]
    assert recordings_by_name(["q/only.csv", "README"]) == ["q/only.csv"]


def test_places_do_not_depend_on_the_working_folder_and_names_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ward").mkdir()
    (tmp_path / "ward" / "list.txt").write_text("2.xml\nzip://3.hea::a.zip\nmemory://bucket/4.hea\n")
    monkeypatch.chdir(tmp_path)
    found = named_records(["@ward/list.txt", "ward/1.hea", str(tmp_path / "ward/1.hea")], list)
    ward = tmp_path / "ward"
    assert found == [("2.xml", f"{ward}/2.xml"), ("a.zip/3", f"zip://3.hea::{ward}/a.zip"),
                     ("bucket/4", "memory://bucket/4.hea"), ("1", f"{ward}/1.hea")]
    monkeypatch.chdir(ward)
    assert named_records(["@list.txt", "1.hea"], list) == found
