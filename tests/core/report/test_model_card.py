"""The card says of every group how well it is found, what is found worst, and whether p-values hold."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from mmae_core.report.model_card import group_metrics, groups_text


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("report_examples", Path(__file__).with_name("report_examples.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Any] = module.detection_report()
    return found


def test_every_group_has_its_figure_and_interval(report: dict[str, Any]) -> None:
    text = groups_text(group_metrics(report))
    for label, group in [("MI, myocardial infarction", report["superclasses"]["MI"]),
                         ("HYP, hypertrophy", report["superclasses"]["HYP"]),
                         ("male", report["sex"]["male"]), ("age <40", report["age"]["<40"])]:
        low, high = group["detection"]["auroc_ci95"]
        line = next(line for line in text.splitlines() if line.startswith(f"| {label} |"))
        assert line.endswith(f"| {group['detection']['auroc']:.3f} ({low:.3f}-{high:.3f}) |")
    assert "| age >=75 | within the group | 1 | 4 | too few records |" in text


def test_what_is_found_worst_comes_first(report: dict[str, Any]) -> None:
    lines = groups_text(group_metrics(report)).partition("## Where it fails")[2].splitlines()
    named = [line.split("|")[1].strip() for line in lines if line.startswith("| ")][2:4]
    assert named == ["LVH", "IMI"]


def test_the_card_says_whether_p_values_hold(report: dict[str, Any]) -> None:
    metrics = group_metrics(report)
    assert "p_values" not in metrics["uniformity"]
    text = groups_text(metrics)
    alarm = metrics["uniformity"]["overall"]["false_alarms"][1]
    assert f"{100 * alarm['rate']:.1f} % ({100 * alarm['ci95'][0]:.1f}-{100 * alarm['ci95'][1]:.1f})" in text
    assert group_metrics({key: value for key, value in report.items() if key != "uniformity"}) == metrics


def test_a_card_of_an_older_evaluation_has_no_such_sections() -> None:
    assert groups_text({"detection": {}, "data": {}}) == ""
