from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from mmae_core.datasets.ptbxl import load_index
from mmae_core.evaluation.detection_strata import groups_of, noise_figures
from mmae_core.metrics.detection import bootstrap_metrics, detection_metrics
from mmae_core.metrics.strata import within_groups


def test_a_method_that_tells_devices_apart_finds_nothing_within_a_device() -> None:
    draw = np.random.default_rng(0)
    device = np.repeat(["old", "new"], 200)
    abnormal = draw.random(400) < np.where(device == "old", 0.8, 0.2)
    scores = np.where(device == "old", 5.0, 0.0) + draw.normal(0, 0.01, 400)
    assert roc_auc_score(abnormal, scores) > 0.7
    found = within_groups(scores, abnormal, device.tolist())
    assert found["auroc"] == pytest.approx(0.5, abs=0.06)
    assert found["auroc_ci95"] is not None
    assert found["auroc_ci95"][0] < 0.5 < found["auroc_ci95"][1]


def test_within_one_group_it_is_the_auroc_with_ties() -> None:
    draw = np.random.default_rng(1)
    scores, abnormal = draw.integers(0, 5, 60).astype(float), draw.random(60) < 0.5
    assert within_groups(scores, abnormal, ["all"] * 60)["auroc"] == pytest.approx(roc_auc_score(abnormal, scores))


def test_groups_of_one_class_give_no_pairs() -> None:
    found = within_groups(np.arange(6.0), np.array([1, 1, 1, 0, 0, 0], bool), ["a", "a", "a", "b", "b", "b"])
    assert (found["auroc"], found["n_groups"]) == (None, 0)


def test_records_of_a_patient_are_drawn_together() -> None:
    draw = np.random.default_rng(2)
    abnormal = np.arange(60) % 2 == 0
    scores = draw.normal(size=60) + abnormal
    patients = list(range(60))
    alone = bootstrap_metrics(scores, abnormal, 400, patients=patients)
    same = np.repeat(patients, 4).tolist()
    copied = bootstrap_metrics(np.repeat(scores, 4), np.repeat(abnormal, 4), 400, patients=same)
    assert copied[0].std() == pytest.approx(alone[0].std(), rel=0.15)  # four copies of a patient are no more evidence
    independent = bootstrap_metrics(np.repeat(scores, 4), np.repeat(abnormal, 4), 400)
    assert independent[0].std() < 0.7 * alone[0].std()


def test_a_patient_per_record_changes_no_figure_but_the_draws() -> None:
    draw = np.random.default_rng(3)
    abnormal = np.arange(40) % 2 == 0
    scores = draw.normal(size=40) + abnormal
    by_record, by_patient = (detection_metrics(scores, abnormal, 200, patients=of) for of in (None, list(range(40))))
    assert by_record["auroc"] == by_patient["auroc"]
    assert by_record["auroc_ci95"] == pytest.approx(by_patient["auroc_ci95"], abs=0.06)


def test_devices_sites_and_notes_on_noise_are_read(ptbxl_mini: Path) -> None:
    entries = load_index(ptbxl_mini).entries
    by_id = {entry.ecg_id: entry for entry in entries}
    assert by_id[3].device == "CS-12 E"
    assert by_id[3].site == "0"
    assert by_id[3].noise == frozenset()
    assert by_id[4].noise == {"baseline_drift"}


def test_groups_by_device_and_site_and_within_them(ptbxl_mini: Path) -> None:
    entries = [
        dataclasses.replace(entry, device=("old", "new")[place % 2], site="")
        for place, entry in enumerate(load_index(ptbxl_mini).entries * 6)
    ]
    abnormal = np.array([not entry.is_normal for entry in entries])
    scores = np.random.default_rng(4).normal(size=len(entries)) + 3.0 * abnormal
    found = groups_of(entries, abnormal, scores, [entry.patient_id for entry in entries])
    assert set(found["device"]) == {"old", "new"}
    assert set(found["site"]) == {"unknown"}
    assert found["within"]["device"]["n_groups"] == 2
    assert found["within"]["sex"]["auroc"] > 0.95


def test_notes_on_noise_are_set_against_the_quality_rules(ptbxl_mini: Path) -> None:
    entries = load_index(ptbxl_mini).entries
    abnormal = np.array([not entry.is_normal for entry in entries])
    found = noise_figures(entries, abnormal, np.arange(len(entries), dtype=float), list(range(len(entries))))
    n_noted = sum("static_noise" in entry.noise for entry in entries)
    assert found["static_noise"]["n_noted"] == found["static_noise"]["suspected"]["n"] == n_noted > 0
    assert found["none"]["quality_auroc"] is None
    assert found["none"]["n_noted"] == sum(not entry.noise for entry in entries)
