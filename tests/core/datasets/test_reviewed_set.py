"""The manifest of a benchmark of reviewed recordings: whose borders the truth has, and what nobody has decided."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mmae_core.datasets.reviewed_benchmark import MANIFEST, reviewed_set
from mmae_core.errors import DatasetError
from mmae_core.record import STANDARD_LEADS

V6 = STANDARD_LEADS.index("V6")


def box(lead: str, start_s: float, end_s: float) -> dict[str, object]:
    return {"lead": lead, "start_s": start_s, "end_s": end_s}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    window = {
        "file": "a_30s", "localization_row": 0, "start_s": 30.0, "positives": [box("V6", 38.0, 38.5)],
        "negatives": [box("V6", 38.8, 39.5)], "undecided": [box("V6", 38.4, 39.0), box("II", 25.0, 30.1)],
    }
    truth = {"found_by_model": 3, "by_hand": 1, "models": {"ab": 3}}
    (tmp_path / MANIFEST).write_text(json.dumps({"truth": truth, "windows": [window]}), encoding="utf-8")
    (tmp_path / "records").mkdir()
    return tmp_path


def test_undecided_stretches_are_ignored_where_nothing_was_decided(folder: Path) -> None:
    for place in (folder, folder / "records"):
        found = reviewed_set(place)
        assert found is not None
        expected = np.zeros((12, 2500), bool)
        expected[V6, 2125:2200] = True
        expected[STANDARD_LEADS.index("II"), :25] = True
        np.testing.assert_array_equal(found.ignored_in_file("a_30s", 250.0, 2500), expected)
        np.testing.assert_array_equal(found.ignored_in_row(0, 250.0, 2500), expected)
        assert found.ignored_in_file("b", 250.0, 2500) is None


def test_it_says_whose_borders_the_truth_has(folder: Path) -> None:
    found = reviewed_set(folder)
    assert found is not None
    assert (found.truth.found_by_model, found.truth.by_hand) == (3, 1)
    assert dict(found.truth.models) == {"ab": 3}


def test_a_folder_without_one_has_none_and_a_damaged_one_is_told(folder: Path, tmp_path: Path) -> None:
    assert reviewed_set(tmp_path / "records" / "deeper") is None
    for text in ("{", "[]", '{"truth": {"found_by_model": 1}, "windows": []}', '{"windows": [{"file": "a"}]}'):
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        with pytest.raises(DatasetError, match=r"benchmark.json does not describe"):
            reviewed_set(folder)
