"""No table that is written, and no text that is copied with tabs, begins a formula in a spreadsheet."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRITERS = {"writer", "DictWriter"}


def _writes_tables(path: Path) -> bool:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    csv = any(isinstance(call.func, ast.Attribute) and call.func.attr in WRITERS
              and isinstance(call.func.value, ast.Name) and call.func.value.id == "csv" for call in calls)
    tabs = any(isinstance(call.func, ast.Attribute) and call.func.attr == "join"
               and isinstance(call.func.value, ast.Constant) and call.func.value.value in ("\t", ",", ";")
               and any(isinstance(part, ast.Name) and part.id == "record_name" for part in ast.walk(call))
               for call in calls)
    return csv or tabs


SOURCES = [path for package in ("mmae_core", "ecg_viewer", "packaging") for path in (ROOT / package).rglob("*.py")]
MODULES = [path for path in SOURCES if _writes_tables(path)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_whoever_writes_a_table_makes_its_texts_safe(path: Path) -> None:
    names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert names & {"formula_safe", "text_cell"}


def test_the_tables_are_found() -> None:
    found = {path.name for path in MODULES}
    assert {"growing_table.py", "findings_csv.py", "worklist_table.py", "work_lists.py", "lead_table_words.py",
            "truth_table.py", "report.py"} <= found


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-cmd|'/c calc'!A1", "@SUM(1)", "\t=1+1", "\r=1+1", "  =1+1"])
def test_a_hostile_text_begins_no_cell_whatever_separates_them(separator: str, text: str) -> None:
    from mmae_core.files import formula_safe, from_formula_safe

    safe = formula_safe(f"{text}{separator}{text}")
    assert safe.split(separator)[0][:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert from_formula_safe(safe) == f"{text}{separator}{text}"


def test_the_names_of_a_recordings_leads_begin_no_formula(tmp_path: Path) -> None:
    import numpy as np

    from mmae_core.record import Channel, EcgRecord, Source
    from mmae_core.writers import csv_writer

    signal = np.ones((1, 5000), np.float32)
    record = EcgRecord("=1+1", 500.0, 5000, ("I",), Source((), "array"), lambda a, b: signal[:, a:b],
                       extra_channels=(Channel("=1+1", "mV"),), read_extra_channels=lambda a, b: signal[:, a:b])
    csv_writer.write(record, tmp_path / "r.csv")
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()
    heads = next(line for line in lines if line.startswith("time")).split(",")
    assert heads == ["time [s]", "I [mV]", "'=1+1 [mV]"]
    assert not [line for line in lines if line[:1] in "=+@"]
