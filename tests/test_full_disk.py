"""Where there is no room, the sentence names the file, what was there stays, and nothing half-written does."""

from __future__ import annotations

import dataclasses
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.errors import EcgError
from mmae_core.files import append_lines, mapped_array
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.resources import resource as bundled

resource = pytest.importorskip("resource", reason="limits the size of files, as a full disk does")
ROOM = 200
"""Bytes a file may have."""


@contextmanager
def no_room() -> Iterator[None]:
    """As a full disk: a file takes no more than `ROOM` bytes, whoever writes it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # or half of a module would stay for all later runs
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        monkeypatch.undo()


def demo() -> EcgRecord:
    return read_record(bundled("demo", "00195_hr.hea"))


def report() -> Any:
    return {"format": 1, "kind": "detection", "records": [{"id": f"{n}"} for n in range(200)], "model": {"name": "m"}}


def _recording(name: str) -> Callable[[Path], object]:
    def write(path: Path) -> object:
        from mmae_core.writers import write_recording

        return write_recording(demo(), path, name)

    return write


def _limits(path: Path) -> None:
    from mmae_core.departures.limits import Limits

    Limits.load(bundled("departures", "limits.npz")).save(path)


def _own_limits(path: Path) -> None:
    from mmae_core.own_beats.limits import bundled_beat_limits

    bundled_beat_limits().write(path)


def _tolerance(path: Path) -> None:
    from mmae_core.serial.tolerance import bundled_tolerance

    bundled_tolerance().save(path)


def _normal_beats(path: Path) -> None:
    from mmae_core.normal_beats.store import bundled_normal_beats

    bundled_normal_beats().save(path)


def _report(path: Path) -> None:
    from mmae_core.report.report_file import write_report

    write_report(report(), path)


def _weights(path: Path) -> None:
    import torch

    from mmae_core.scoring.checkpoint import write_tensors

    write_tensors(path, {"a": torch.zeros(1000)})


def _parquet(path: Path) -> None:
    pytest.importorskip("pyarrow")
    from mmae_core.report.parquet_file import write_parquet

    write_parquet(path, {"record": str, "score": float}, [[f"record {n}", n / 7] for n in range(200)], {})


def _truth(path: Path) -> None:
    from mmae_core.datasets.lead_truth.report_parser import LeadStatement
    from mmae_core.datasets.lead_truth.truth_table import write_lead_truth
    from mmae_core.datasets.ptbxl import PtbxlEntry

    fields = {field.name: None for field in dataclasses.fields(PtbxlEntry)}
    entry = PtbxlEntry(**{**fields, "ecg_id": 1, "fold": 9, "report": "a"})
    write_lead_truth(path, [entry], {1: (LeadStatement("V1", "ST", "elevation", "", "", "x" * 1000),)})


def _settings(path: Path) -> None:
    from ecg_viewer.state.settings import SettingsFile

    settings = SettingsFile(path)
    settings._write(dataclasses.replace(settings.settings, theme="dark"))


def _templates(path: Path) -> None:
    from ecg_viewer.state.review.templates import Template, write_templates

    write_templates(path, [Template("a", "x" * 1000)])


def _work_list(path: Path) -> None:
    from ecg_viewer.state.worklist.work_lists import WorkList, write_work_list

    write_work_list(path, WorkList("w", tuple(Path(f"/a/{n}.hea") for n in range(100))))


def _study(path: Path) -> None:
    from ecg_viewer.state.study.project import Arm, Case, Study, write_study

    cases = tuple(Case(f"{n}.hea", f"{n:064x}") for n in range(40))
    path.unlink(missing_ok=True)
    write_study(Study("i", "S", 1, "split", (Arm("with", "own"),), ("Ann",), cases), path)


def _study_report(path: Path) -> None:
    from ecg_viewer.state.study.report import write_report

    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("ecg_viewer.state.study.report.report_page", str)
    try:
        write_report(report(), path, None)
    finally:
        monkeypatch.undo()


def _worklist(path: Path) -> None:
    from ecg_viewer.export.worklist_table import write_worklist_csv

    write_worklist_csv(path, {"record": str}, [[f"record {n}"] for n in range(200)])


def _unsaved(path: Path) -> None:
    from ecg_viewer.state.review.journal_writer import _write_whole

    _write_whole(path, "x" * 1000)


def _journal(path: Path) -> None:
    from ecg_viewer.state.review.journal import Journal

    path.unlink(missing_ok=True)
    Journal(path)


def _merged(path: Path) -> None:
    from ecg_viewer.state.review.journal_merge import merge_journals

    path.unlink(missing_ok=True)
    merge_journals([path.parent.parent / "other.sqlite3"], path)


def _cache(path: Path) -> None:
    from mmae_core.evaluation.compare_cache import Result, ResultLog

    ResultLog(path).add({f"{n}": Result(1.0, "") for n in range(50)})


def _maps_cache(path: Path) -> None:
    from mmae_core.evaluation.compare_cache import open_maps

    path.unlink(missing_ok=True)
    open_maps(path, (3, 12, 100))


def _metrics(path: Path) -> None:
    from mmae_core.training.run_folder import RunFolder

    RunFolder(path.parent, "config.json").append_metrics({"step": 1, "words": "x" * 1000})


def _prepared(path: Path) -> None:
    from mmae_core.config import Config
    from mmae_core.training.training_data import training_set

    path.unlink(missing_ok=True)
    training_set([bundled("demo", "00195_hr.hea")], Config(), path.parent)


WRITERS: dict[str, Callable[[Path], object]] = {
    "r.hea": _recording("wfdb"), "r.edf": _recording("edf"), "r.dcm": _recording("dicom"), "r.xml": _recording("aecg"),
    "r.csv": _recording("csv"), "r.npz": _recording("npz"), "limits.npz": _limits, "own.json": _own_limits,
    "tolerance.json": _tolerance, "beats.npz": _normal_beats, "report.json": _report,
    "m.safetensors": _weights, "t.parquet": _parquet, "truth.csv": _truth, "settings.json": _settings,
    "texts.json": _templates, "list.csv": _work_list, "list.json": _work_list, "study.json": _study,
    "study-report.json": _study_report, "worklist.csv": _worklist, "unsaved-a.jsonl": _unsaved,
    "review.sqlite3": _journal, "merged.sqlite3": _merged, "cache.jsonl": _cache, "maps.npy": _maps_cache,
    "metrics.jsonl": _metrics, "prepared.npy": _prepared,
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_file_is_named_and_nothing_half_written_stays(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / name
    if name == "merged.sqlite3":
        from ecg_viewer.state.review.events import Event
        from ecg_viewer.state.review.journal import Journal
        from ecg_viewer.state.review.journal_merge import merge_journals

        journal = Journal(tmp_path / "first.sqlite3")
        journal.append([Event("concluded", "0" * 64, "R", {"text": "a"})])
        journal.close()
        merge_journals([tmp_path / "first.sqlite3"], tmp_path / "other.sqlite3")
    with no_room(), pytest.raises((OSError, EcgError)) as caught:
        WRITERS[name](path)
    gc.collect()
    said = str(caught.value) + str(getattr(caught.value, "filename", ""))
    assert (str(folder) if name == "prepared.npy" else path.stem) in said
    left = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".parts"}  # which go on
    assert left == {} or (name.endswith(".jsonl") and left == {name: b""}), "a log has whole lines only"


def test_a_map_takes_its_room_before_it_is_written(tmp_path: Path) -> None:
    """Writing to a mapped file for which the disk has no room ends the process: there is no error to catch."""
    with no_room(), pytest.raises(OSError, match="maps") as caught:
        mapped_array(tmp_path / "maps.npy", np.float32, (3, 12, 1000))
    assert caught.value.filename == str(tmp_path / "maps.npy")
    assert list(tmp_path.iterdir()) == []
    maps = mapped_array(tmp_path / "maps.npy", np.float32, (3, 12, 1000))
    maps[1] = 7
    maps.flush()
    assert (tmp_path / "maps.npy").stat().st_blocks * 512 >= maps.nbytes, "no holes are left to be filled"
    assert np.array_equal(np.load(tmp_path / "maps.npy"), maps)


def test_a_log_keeps_its_whole_lines(tmp_path: Path) -> None:
    append_lines(tmp_path / "a.jsonl", ["first"])
    with no_room(), pytest.raises(OSError, match=r"a\.jsonl"):
        append_lines(tmp_path / "a.jsonl", ["x" * 1000])
    append_lines(tmp_path / "a.jsonl", ["last"])
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == "first\nlast\n"
