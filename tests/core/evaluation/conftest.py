"""A small PTB-XL whose reports name leads."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

NAMED_LEADS = {
    "st segments are elevated in v1-3.": ("V1", "V2", "V3"),
    "st segments are depressed and t waves inverted in i, avl, v5,6.": ("I", "aVL", "V5", "V6"),
    "t waves are flat in ii, iii, avf.": ("II", "III", "aVF"),
}
"""Report of each abnormal record that names leads, and those leads."""


@pytest.fixture
def named_leads() -> dict[str, tuple[str, ...]]:
    return NAMED_LEADS


@pytest.fixture
def lead_folder(ptbxl_mini: Path, tmp_path: Path) -> Path:
    """PTB-XL with three abnormal records whose reports name leads; no other report does."""
    copy = Path(shutil.copytree(ptbxl_mini, tmp_path / "ptbxl"))
    path = copy / "ptbxl_database.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    reports = iter(NAMED_LEADS)
    for row in rows:
        abnormal = "NORM" not in row["scp_codes"] and row["strat_fold"] == "9"
        row["report"] = next(reports, "sinus rhythm.") if abnormal else "sinus rhythm."
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return copy
