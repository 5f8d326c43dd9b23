"""The table of interactions in the documentation: every action of the program is in it, every test it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from ecg_viewer.qt.features import all_actions

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "ecg_viewer" / "INTERACTIONS.md"


def rows() -> list[tuple[str, str, str]]:
    """Interaction, action or gesture, and test of every line of every table."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|") or re.fullmatch(r"[|\s:-]+", line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if cells[0] != "Interaction":
            assert len(cells) == 3, line
            found.append((cells[0], cells[1], cells[2]))
    return found


def test_every_action_has_a_row() -> None:
    named = {name for _, action, _ in rows() for name in re.findall(r"`([^`]+)`", action)}
    assert [spec.id for spec in all_actions() if spec.id not in named] == []


def test_no_row_is_there_twice_and_none_names_an_action_that_is_gone() -> None:
    assert [row for row, n in Counter(rows()).items() if n > 1] == []
    known = {spec.id for spec in all_actions()}
    alone = {action.strip("`") for _, action, _ in rows() if re.fullmatch(r"`[a-z][\w/+]*`", action)}
    assert alone - known == set()


def functions(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists() -> None:
    missing = []
    names: dict[Path, set[str]] = {}
    for interaction, _, test in rows():
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", test)
        if not named:
            missing.append(f"{interaction}: no test is named")
        for file, function in named:
            path = ROOT / file
            if path not in names:
                names[path] = functions(path) if path.exists() else set()
            if function not in names[path]:
                missing.append(f"{interaction}: {file}::{function}")
    assert missing == []


@pytest.mark.parametrize("heading", ["Window and files", "Preferences, tour and help"])
def test_the_sections_are_there(heading: str) -> None:
    assert f"## {heading}" in TABLE.read_text(encoding="utf-8")
