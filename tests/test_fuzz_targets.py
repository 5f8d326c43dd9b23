"""The fuzz command damages every kind of file that the programs read."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
READING = {
    "json": ("load", "loads"), "tomllib": ("load", "loads"), "csv": ("reader", "DictReader"),
    "np": ("load", "frombuffer"),
    "sqlite3": ("connect",), "pickle": ("load", "loads"), "pq": ("read_table", "ParquetFile"), "zipfile": ("ZipFile",),
    "pyarrow": ("ipc",), "zarr": ("open", "open_group", "open_array"), "pd": ("read_csv", "read_parquet"),
}
"""Calls that take a file's content apart."""
NAMED = ("safe_open", "ZipFile", "ParquetFile", "read_table")
NO_FILES = {
    "mmae_core.commands.compare": "its own text, before it is written",
    "mmae_core.commands.evaluate": "its own text, before it is written",
    "mmae_core.files": "the array that it has just made",
    "mmae_core.evaluation.readers_benchmark": "the answer of a process it started",
    "mmae_core.report.detection_limits_table": "one file of the program's own, checked when it is read",
    "ecg_viewer.paint.polygon": "memory of Qt's",
    "ecg_viewer.state.review.journal_schema": "a database in memory",
}
"""Modules whose calls read nothing that a stranger or a damaged disk could have written."""
OF_A_RUN = {f"mmae_core.{name}" for name in (
    "commands.train_seeds",
    "evaluation.fit_parts", "evaluation.normal_parts", "evaluation.scored_cases", "evaluation.scored_leads",
    "report.part_tables", "scoring.phase_levels", "training.prepared_parts", "training.record_stream",
)}
"""Modules that read parts which a run of the program wrote whole, in a folder of its own."""
@pytest.fixture
def fuzz(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "fuzz"))
    import targets

    return targets


def _calls(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            if node.func.attr in READING.get(node.func.value.id, ()):
                found.append(f"{node.func.value.id}.{node.func.attr}")
        elif isinstance(node.func, ast.Name) and node.func.id in NAMED:
            found.append(node.func.id)
    return found


def _reading_modules() -> dict[str, list[str]]:
    found = {}
    for package in ("mmae_core", "ecg_viewer"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if calls := _calls(path):
                found[".".join(path.relative_to(ROOT).with_suffix("").parts)] = calls
    return found


def test_everything_that_reads_a_file_is_given_damaged_ones(fuzz: ModuleType) -> None:
    tried = {module for target in fuzz.all_targets() for module in target.reads}
    reading = _reading_modules()
    assert len(reading) > 40
    forgotten = {module: calls for module, calls in reading.items() if module not in tried | NO_FILES.keys() | OF_A_RUN}
    assert not forgotten, "name a target in tests/fuzz for what these read"
    assert not NO_FILES.keys() - reading.keys(), "these read nothing any more"


def test_a_target_names_modules_that_are_there(fuzz: ModuleType) -> None:
    for target in fuzz.all_targets():
        for module in target.reads:
            path = ROOT / Path(*module.split("."))
            assert path.with_suffix(".py").is_file() or path.is_dir(), module


def test_every_format_of_recordings_is_damaged(fuzz: ModuleType, tmp_path: Path) -> None:
    from mmae_core.readers.recording_file import RecordingFile
    from mmae_core.readers.registry import FORMATS, format_of

    known = set()
    for target in fuzz.all_targets():
        if not target.name.startswith("recording "):
            continue
        for number, files in enumerate(target.seeds):
            folder = tmp_path / target.name / str(number)
            folder.mkdir(parents=True)
            for name, data in files.items():
                (folder / name).write_bytes(data)
            found = format_of(RecordingFile.of(folder / next(iter(files))))
            known.add(None if found is None else found.name)
    assert known >= {one.name for one in FORMATS}


def test_a_whole_file_is_read(fuzz: ModuleType, tmp_path: Path) -> None:
    """What is refused whole tries nothing when it is damaged."""
    from mmae_core.errors import EcgError

    refused = {}
    for target in fuzz.all_targets():
        for number, files in enumerate(target.seeds):
            folder = tmp_path / target.name / str(number)
            folder.mkdir(parents=True)
            for name, data in files.items():
                (folder / name).write_bytes(data)
            try:
                target.open(folder, next(iter(files)))
            except EcgError as error:
                refused.setdefault(target.name, []).append(str(error))
    expected = {target.name: target.refused for target in fuzz.all_targets() if target.refused}
    assert {name: len(errors) for name, errors in refused.items()} == expected, refused
