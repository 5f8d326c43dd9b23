"""What paths stand for: one recording brings along what the data set it lies in says of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.jobs.opening import DEMO_TABLE, opening_job
from ecg_viewer.state.opening_results import Opened
from mmae_core.datasets.ptbxl import DATABASE, find_entry, load_index
from mmae_core.errors import UnreadableRecord
from mmae_core.resources import resource

MINI = Path(__file__).parents[2] / "data" / "ptbxl-mini"


class Collected:
    """A report that keeps what it is sent."""

    def __init__(self) -> None:
        self.events: list[Opened] = []

    def send(self, event: object) -> None:
        assert isinstance(event, Opened)
        self.events.append(event)

    def stopped(self) -> bool:
        return False


def opened(paths: Sequence[Path]) -> Opened:
    report = Collected()
    opening_job(paths)(report)
    return report.events[0]


def test_a_single_demo_recording_keeps_its_title_and_statements() -> None:
    found = opened([resource("demo") / "00170_hr.hea"])
    assert found.item.name == "00170"
    assert found.item.title == "A premature ventricular beat at 2.6 s, unspecific ST change"
    assert ("PVC", 100.0) in found.item.statements
    assert found.item.origin == "file", "it enters the recent files like any other"


@pytest.mark.parametrize("extension", [".hea", ".dat", ""])
def test_a_single_record_of_ptbxl_brings_its_row_of_the_database(extension: str) -> None:
    entry = load_index(MINI).entries[3]
    path = entry.path.with_suffix(extension)
    item = opened([path]).item
    assert item.path == path
    assert item.statements == tuple(entry.statements.items())
    assert (item.age, item.sex, item.fold) == (entry.age, entry.sex, entry.fold)
    assert set(item.superclasses) == entry.superclasses


def test_every_record_of_ptbxl_is_found_by_its_path() -> None:
    for entry in load_index(MINI).entries:
        assert find_entry(entry.path) == entry


def test_a_damaged_database_costs_the_statements_not_the_recording(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "set")
    database = tmp_path / "set" / DATABASE
    database.write_text(database.read_text(encoding="utf-8").replace("{'NORM'", "{NORM'"), encoding="utf-8")
    entry = next(entry for entry in load_index(MINI).entries if entry.is_normal)
    found = opened([tmp_path / "set" / entry.path.relative_to(MINI)])
    assert found.record.n_samples > 0
    assert found.item.statements == ()
    assert "scp_codes" in found.problems[0]


def test_a_record_elsewhere_has_no_statements(tmp_path: Path) -> None:
    for suffix in (".hea", ".dat"):
        shutil.copy(resource("demo") / f"00170_hr{suffix}", tmp_path)
    item = opened([tmp_path / "00170_hr.hea"]).item
    assert (item.name, item.title, item.statements) == ("00170_hr", "", ())


def test_a_lesion_set_says_what_was_planted_and_what_is_normal(tmp_path: Path) -> None:
    for suffix in (".hea", ".dat"):
        shutil.copy(resource("demo") / f"00170_hr{suffix}", tmp_path)
        shutil.copy(resource("demo") / f"00195_hr{suffix}", tmp_path)
    lesion = {"name": "00170_hr", "lesions": [{"kind": "pause"}, {"kind": "pause"}]}
    normal = {"name": "00195_hr", "lesions": []}
    (tmp_path / "lesions.json").write_text(json.dumps({"records": [lesion, normal]}), encoding="utf-8")
    items = opened([tmp_path]).items
    assert [(item.name, item.statements, item.superclasses) for item in items] == [
        ("00170_hr", (("pause", 0.0),), ()), ("00195_hr", (), ("NORM",)),
    ]


@pytest.mark.parametrize("name", ["../elsewhere", "/tmp/x", "a/../../elsewhere"])
def test_a_table_may_not_name_files_outside_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    for place in (folder / "00170_hr", tmp_path / "elsewhere"):
        for suffix in (".hea", ".dat"):
            shutil.copy(resource("demo") / f"00170_hr{suffix}", place.with_suffix(suffix))
    table = folder / "lesions.json"
    table.write_text(json.dumps({"records": [{"name": name, "lesions": []}]}), encoding="utf-8")
    with pytest.raises(UnreadableRecord, match="names no file in this folder"):
        opened([folder])
    table.unlink()
    rows = f"file,ecg_id,title,scp_codes,report,fold\n{name}.hea,1,x,{{}},x,1\n"
    (folder / DEMO_TABLE).write_text(rows, encoding="utf-8")
    with pytest.raises(UnreadableRecord, match="names no file in this folder"):
        opened([folder])


def test_a_table_that_is_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    for suffix in (".hea", ".dat"):
        shutil.copy(resource("demo") / f"00170_hr{suffix}", folder)
    (tmp_path / "secret.json").write_text('{"records": []}', encoding="utf-8")
    (folder / "lesions.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(UnreadableRecord, match="a link to a file outside its folder"):
        opened([folder])


def test_the_rows_of_a_benchmark_array_are_recordings(tmp_path: Path) -> None:
    rows = np.sin(np.arange(2 * 5000 * 12, dtype=np.float32).reshape(2, 5000, 12))
    np.save(tmp_path / "benchmark_data.npy", rows)
    np.save(tmp_path / "benchmark_label.npy", np.zeros_like(rows, np.uint8))
    by_folder, by_file = opened([tmp_path]), opened([tmp_path / "benchmark_data.npy"])
    assert [item.name for item in by_folder.items] == ["benchmark_data 0", "benchmark_data 1"]
    assert by_folder.items == by_file.items
    assert by_file.record.n_samples == 5000
