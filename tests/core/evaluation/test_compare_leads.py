"""Named leads in `mmae_core compare`: the figures of each method on one sample, and what has been scored is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.config import Config, PreprocessConfig
from mmae_core.datasets.ptbxl import load_index
from mmae_core.evaluation.compare import Method, compare
from mmae_core.evaluation.compare_cache import method_key
from mmae_core.evaluation.compare_leads import NO_LEAD, add_leads
from mmae_core.evaluation.detection_cases import detection_cases
from mmae_core.evaluation.evaluate_leads import LeadCase, lead_cases
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.compare_tables import TABLE_1, comparison_markdown, header, table_1
from mmae_core.report.comparison import render_comparison
from mmae_core.scoring.checkpoint import TrainedModel, save_model
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import WindowScores

FRONT = (1.0, 2 / 7, 5 / 16)
"""AUROC of "V1-V3 are 1, all others 0" on the three reports, aVR left out: 4 leads against 7, of which 3 are 1, and 3
leads against 8, of which 3 are 1."""
DATA = {"dataset": "PTB-XL", "folds": [9], "every": 1, "lesions": None}


class Pointing:
    """A method whose map is 1 in some leads and 0 in the others; it may be deaf to the windows of some records."""

    needs_r_peaks = False
    n_parameters = macs_per_record = 1

    def __init__(self, name: str, leads: Sequence[str], preprocess: PreprocessConfig) -> None:
        self.name, self.preprocess = name, preprocess
        self.heat = np.array([float(lead in leads) for lead in STANDARD_LEADS], np.float32)
        self.training: dict[str, Any] = {"sha256": name}
        self.deaf_from: int | None = None
        self.n_scored = 0

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        maps = np.stack([np.repeat(self.heat[:, None], item.signal.shape[1], axis=1) for item in inputs])
        self.n_scored += len(inputs)
        if with_maps and self.deaf_from is not None and self.n_scored > self.deaf_from:
            maps[:] = np.nan
        scores = np.array([float(np.abs(item.signal).mean()) for item in inputs])
        return WindowScores(scores, maps if with_maps else None, ("",) * len(inputs))


@pytest.fixture
def cases(lead_folder: Path) -> list[LeadCase]:
    """Three abnormal records whose reports name leads; no other report does."""
    return _named(lead_folder)


def _named(folder: Path) -> list[LeadCase]:
    return lead_cases(sorted(load_index(folder).select(folds=[9]), key=lambda entry: entry.ecg_id))


@pytest.fixture
def methods(tiny_config: Callable[..., Config]) -> tuple[Pointing, Pointing]:
    preprocess = tiny_config().preprocess
    return Pointing("front", ("V1", "V2", "V3"), preprocess), Pointing("even", (), preprocess)


def _compared(methods: Sequence[Pointing], cases: Sequence[LeadCase], mini: Path, cache: Path) -> dict[str, Any]:
    chosen = [Method(scorer.name, scorer, method_key(scorer, "cpu")) for scorer in methods]
    found = compare(chosen, detection_cases(load_index(mini), [9]), (), methods[0].name, cache, DATA, rounds=10)
    for scorer in methods:
        scorer.n_scored = 0
    add_leads(found, chosen, cases, cache, rounds=10)
    return found


def test_each_method_is_measured_by_its_own_map_on_the_records_that_all_can_rank(
    methods: tuple[Pointing, Pointing], cases: list[LeadCase], ptbxl_mini: Path, tmp_path: Path
) -> None:
    found = _compared(methods, cases, ptbxl_mini, tmp_path / "all")
    front, even = (row["leads"] for row in found["methods"])
    assert front["own"] == {"auroc": pytest.approx(np.mean(FRONT)), "ci95": None, "n": 3}
    assert even["own"]["auroc"] == 0.5, "what says the same of all leads points at none"
    assert even["against_reference"]["difference"] == pytest.approx(0.5 - np.mean(FRONT))
    assert front["against_reference"] is None
    assert front["paper"] is None, "the paper shows nothing of a compared method"
    assert front["layer"] == "map, mean"
    methods[1].deaf_from = 2
    methods[1].training = {"sha256": "other weights"}
    found = _compared(methods, cases, ptbxl_mini, tmp_path / "two")
    front, even = (row["leads"] for row in found["methods"])
    assert front["own"]["auroc"] == pytest.approx(np.mean(FRONT[:2])), "the third counts for nobody"
    assert (front["own"]["n"], even["own"]["n"]) == (2, 2)
    assert (found["data"]["n_lead_records"], found["data"]["n_lead_common"]) == (3, 2)
    assert found["methods"][1]["leads_not_scored"] == {"n": 1, "n_records": 3, "reasons": {NO_LEAD: 1}}


def test_lead_scores_are_kept_for_the_same_weights_and_records(
    methods: tuple[Pointing, Pointing], cases: list[LeadCase], ptbxl_mini: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "scores"
    first = _compared(methods, cases, ptbxl_mini, cache)
    assert methods[0].n_scored == 3
    again = _compared(methods, cases, ptbxl_mini, cache)
    assert methods[0].n_scored == 0
    assert [row["leads"] for row in again["methods"]] == [row["leads"] for row in first["methods"]]
    _compared(methods, cases[:2], ptbxl_mini, cache)
    assert methods[0].n_scored == 2, "other records are another set"
    for path in cache.glob("leads-*.json"):
        path.write_text('{"3": {"own"', encoding="utf-8")
    _compared(methods, cases, ptbxl_mini, cache)
    assert methods[0].n_scored == 3, "what was cut off is scored again"


def test_the_table_and_the_page_name_the_figures_and_their_sample(
    methods: tuple[Pointing, Pointing], cases: list[LeadCase], ptbxl_mini: Path, tmp_path: Path
) -> None:
    found = _compared(methods, cases, ptbxl_mini, tmp_path / "scores")
    head, rows = header(TABLE_1, found), table_1(found)
    column = head.index("named leads (method's own score), n = 3")
    assert [row[column] for row in rows[:3]] == ["0.533 (too few)", "0.500 (too few)", "–"]
    assert rows[1][column + 1] == "−0.033 (too few)"
    text = comparison_markdown(found)
    assert "3 records whose report names some leads, of which 3 could be ranked by all methods" in text
    assert "(map, mean: front, even)" in text
    assert "named leads (method&#x27;s own score), n = 3" in render_comparison(found)


def test_without_named_leads_the_cells_are_empty(
    methods: tuple[Pointing, Pointing], ptbxl_mini: Path, tmp_path: Path
) -> None:
    found = _compared(methods, [], ptbxl_mini, tmp_path / "scores")
    assert [row["leads"] for row in found["methods"]] == [None, None]
    assert [row[7:10] for row in table_1(found)[:2]] == [["–"] * 3] * 2
    assert "Named leads:" not in comparison_markdown(found)


def test_the_command_ranks_leads_by_the_model_and_by_what_its_paper_shows(
    tiny_model: Callable[..., TrainedModel], cases: list[LeadCase], tmp_path: Path
) -> None:
    model = tiny_model()
    save_model(tmp_path / "tiny", "tiny", "1", model.config, model.network, model.calibration, {})
    output = tmp_path / "out"
    assert main(["compare", "--data", str(tmp_path / "ptbxl"), "--every", "2", "--model", f"a={tmp_path / 'tiny'}",
                 "--model", f"b={tmp_path / 'tiny'}", "--output", str(output)]) == 0
    found = json.loads((output / "compare.json").read_text(encoding="utf-8"))
    leads = [row["leads"] for row in found["methods"]]
    assert found["data"]["n_lead_records"] == len(cases[::2]) == 2
    assert [row["layer"] for row in leads] == ["lead score"] * 2
    assert leads[0]["own"] == leads[1]["own"]
    assert leads[0]["paper"]["n"] == 2
    assert leads[1]["against_reference"]["difference"] == 0
