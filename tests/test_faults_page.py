"""Every kind of fault of the review has a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "develop" / "faults.md").read_text(encoding="utf-8")


def test_every_test_on_the_page_of_faults_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    there = {name for source in sources for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE)}
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 40
    assert named <= there, named - there


def test_the_page_has_all_kinds_and_names_files_that_are_there() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| D\d", line)]
    assert [row.split()[1] for row in rows] == [f"D{number}" for number in range(1, 23)]
    assert all("`test_" in row for row in rows)
    for path in re.findall(r"`((?:mmae_core|ecg_viewer)/[\w/.]+)`", PAGE):
        assert (ROOT / path).exists(), path
