"""A small PTB-XL whose reports name leads."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import wfdb
from numpy.typing import NDArray

N_RECORDS = 6

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


@pytest.fixture
def lesion_folder(write_noise: Callable[..., Path], tmp_path: Path) -> Path:
    """Noise of 0.3 mV with two seconds of 1 mV in two leads of each record: kinds `wide` and `burst` in turn."""
    target = tmp_path / "lesions"
    target.mkdir()
    for number in range(N_RECORDS):
        lead, start = number, 200 + 50 * number

        def edit(digital: NDArray[np.int16], lead: int = lead, start: int = start) -> NDArray[np.int16]:
            digital[start : start + 200, lead : lead + 2] *= 3
            return digital

        write_noise(f"r{number}", seed=number, edit=edit, folder=target)
        wfdb.wrann(
            f"r{number}", "lesion", np.array([start, start, start + 200, start + 200]), ["(", "(", ")", ")"],
            chan=np.array([lead, lead + 1, lead, lead + 1]), write_dir=str(target),
            aux_note=[kind := "wide" if number % 2 else "burst", kind, "", ""],
        )
    return target
