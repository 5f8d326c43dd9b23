from __future__ import annotations

import csv
import dataclasses
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from mmae_core.assess import Assessor
from mmae_core.checkpoint import TrainedModel, load_model, save_model
from mmae_core.cli import main
from mmae_core.config import Config
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError
from mmae_core.evaluate import bootstrap_metrics, detection_metrics, evaluate_detection
from mmae_core.readers import read_record


@pytest.fixture(scope="module")
def assessor(tiny_model: Callable[..., TrainedModel]) -> Assessor:
    return Assessor(tiny_model(), "cpu")


@pytest.fixture(scope="module")
def report(assessor: Assessor, ptbxl_mini: Path) -> dict[str, Any]:
    return evaluate_detection(assessor, ptbxl_mini, [9])


@pytest.fixture
def folder(ptbxl_mini: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(ptbxl_mini, tmp_path / "ptbxl"))


def restate(folder: Path, **codes: str) -> None:
    """Give records (keys like `id_35`) other statements."""
    path = folder / "ptbxl_database.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["scp_codes"] = codes.get(f"id_{row['ecg_id']}", row["scp_codes"])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_the_report_has_what_it_promises(report: dict[str, Any]) -> None:
    assert {"detection", "branches", "model", "data"} <= report.keys()
    assert set(report["branches"]) == {"global", "local"}
    for part in (report["detection"], *report["branches"].values()):
        assert {"auroc", "auroc_ci95", "auprc", "n_normal", "n_abnormal"} <= part.keys()
        assert (part["n_normal"], part["n_abnormal"]) == (8, 8)
        low, high = part["auroc_ci95"]
        assert 0 <= low <= part["auroc"] <= high <= 1
    assert report["model"]["sha256"] == "0" * 64
    assert report["data"]["folds"] == [9]
    assert report["data"]["n_scored"] == 16
    json.dumps(report, allow_nan=False)


def test_detection_is_of_the_scores_that_the_product_shows(
    assessor: Assessor, ptbxl_mini: Path, report: dict[str, Any]
) -> None:
    entries = load_index(ptbxl_mini).select(folds=[9])
    windows = [assessor.assess(read_record(entry.path)).windows[0] for entry in entries]
    abnormal = [not entry.is_normal for entry in entries]
    for part, name in (
        (report["detection"], "score"), (report["branches"]["global"], "global_score"),
        (report["branches"]["local"], "local_score"),
    ):
        scores = [getattr(window, name) for window in windows]
        assert part["auroc"] == pytest.approx(roc_auc_score(abnormal, scores)), name
        assert part["auprc"] == pytest.approx(average_precision_score(abnormal, scores)), name


def test_an_evaluation_repeats_to_the_last_digit(assessor: Assessor, ptbxl_mini: Path, report: dict[str, Any]) -> None:
    assert evaluate_detection(assessor, ptbxl_mini, [9]) == report


def test_known_scores_give_known_figures() -> None:
    generator = np.random.default_rng(0)
    abnormal = np.arange(300) < 120
    scores = np.round(generator.normal(size=300) + abnormal, 1)  # with ties
    found = detection_metrics(scores, abnormal)
    assert found["auroc"] == pytest.approx(roc_auc_score(abnormal, scores))
    assert found["auprc"] == pytest.approx(average_precision_score(abnormal, scores))
    assert (found["n_normal"], found["n_abnormal"], found["prevalence"]) == (180, 120, 0.4)
    perfect = detection_metrics(abnormal.astype(float), abnormal)
    assert (perfect["auroc"], perfect["auroc_ci95"]) == (1.0, [1.0, 1.0])
    assert detection_metrics(np.ones(300), abnormal)["auroc_ci95"] == [0.5, 0.5]


def test_the_bootstrap_draws_records_within_each_class() -> None:
    generator = np.random.default_rng(1)
    abnormal = np.arange(90) < 30
    scores = np.round(generator.normal(size=90) + abnormal, 1)
    found = bootstrap_metrics(scores, abnormal, rounds=400)
    expected = []
    for _ in range(400):
        rows = np.concatenate([generator.choice(np.flatnonzero(group), group.sum()) for group in (abnormal, ~abnormal)])
        expected.append([roc_auc_score(abnormal[rows], scores[rows]),
                         average_precision_score(abnormal[rows], scores[rows])])
    for row, column in zip(found, np.array(expected).T, strict=True):
        assert row.mean() == pytest.approx(column.mean(), abs=0.02)
        assert row.std() == pytest.approx(column.std(), rel=0.2)
    np.testing.assert_array_equal(found, bootstrap_metrics(scores, abnormal, rounds=400))
    assert not np.array_equal(found, bootstrap_metrics(scores, abnormal, rounds=400, seed=1))


def test_what_has_no_score_is_left_out_of_the_figures() -> None:
    scores = np.array([0.1, 0.2, np.nan, 0.8, 0.9, np.nan])
    abnormal = np.array([False, False, False, True, True, True])
    found = detection_metrics(scores, abnormal)
    assert (found["auroc"], found["n_normal"], found["n_abnormal"]) == (1.0, 2, 2)
    with pytest.raises(DatasetError, match="found 2 and 1"):
        detection_metrics(scores[:4], abnormal[:4])


def test_labels_follow_the_superclasses_alone(assessor: Assessor, folder: Path, report: dict[str, Any]) -> None:
    normals = [entry.ecg_id for entry in load_index(folder).select(folds=[9], label="normal")]
    restate(folder, **{
        f"id_{normals[0]}": "{'SR': 0.0}",  # rhythm alone: no superclass
        f"id_{normals[1]}": "{'NORM': 100.0, 'IMI': 0.0}",  # stated, with unknown likelihood: abnormal
        f"id_{normals[2]}": "{'NORM': 50.0, 'PVC': 100.0}",  # a form statement takes no normal away
    })
    found = evaluate_detection(assessor, folder, [9])
    assert (found["detection"]["n_normal"], found["detection"]["n_abnormal"]) == (6, 9)
    assert found["data"]["n_without_superclass"] == report["data"]["n_without_superclass"] + 1


def test_records_that_cannot_be_scored_are_counted_and_named(assessor: Assessor, folder: Path) -> None:
    (folder / "records500/00000/00035_hr.hea").write_text("00035_hr")
    (folder / "records100/00000/00303_lr.dat").unlink()
    flat = folder / "records100/00000/00262_lr.dat"
    flat.write_bytes(bytes(flat.stat().st_size))
    found = evaluate_detection(assessor, folder, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    data = found["data"]
    assert [name for name, _ in data["left_out"]] == ["00035_hr"]
    assert data["missing_files"] == 1
    assert data["n_not_assessable"] == 1
    assert data["n_scored"] == 22
    assert found["detection"]["n_normal"] + found["detection"]["n_abnormal"] == 21


def test_folds_without_records_are_an_error(assessor: Assessor, ptbxl_mini: Path) -> None:
    with pytest.raises(DatasetError, match=r"Folds \[10\] .* hold no record"):
        evaluate_detection(assessor, ptbxl_mini, [10])


def test_the_command_writes_the_report(
    tiny_model: Callable[..., TrainedModel], ptbxl_mini: Path, tmp_path: Path, report: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    tiny = tiny_model()
    save_model(tmp_path / "tiny", "tiny", "1", tiny.config, tiny.network, tiny.calibration, {})
    output = tmp_path / "report.json"
    arguments = ["evaluate", "--data", str(ptbxl_mini), "--folds", "9", "--model", str(tmp_path / "tiny")]
    assert main([*arguments, "--output", str(output)]) == 0
    written = json.loads(output.read_text())
    assert written["detection"] == report["detection"]
    assert f"AUROC {report['detection']['auroc']:.3f}" in capsys.readouterr().err
    assert main([*arguments, "--output", str(tmp_path)]) == 2
    assert "this is a folder" in capsys.readouterr().err
    settings = tmp_path / "score.toml"
    settings.write_text('[score]\nerror_space = "normalised"\nbranch_weights = [1, 0]\nsmoothing_sigma_samples = 1.5\n')
    assert main([*arguments, "--output", str(output), "--config", str(settings)]) == 0
    otherwise = json.loads(output.read_text())
    assert otherwise["model"]["error_space"] == "normalised"
    assert otherwise["detection"]["auroc"] == otherwise["branches"]["global"]["auroc"]


def test_a_folder_that_is_no_ptbxl_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(tmp_path), "--output", str(tmp_path / "r.json")]) == 2
    assert "ptbxl_database.csv" in capsys.readouterr().err
    assert not (tmp_path / "r.json").exists()


def test_without_scikit_learn_the_command_says_what_to_install(
    ptbxl_mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.metrics", None)
    assert main(["evaluate", "--data", str(ptbxl_mini), "--output", str(tmp_path / "r.json")]) == 2
    assert "pip install scikit-learn" in capsys.readouterr().err


def test_the_bundled_model_finds_abnormal_records(ptbxl_mini: Path) -> None:
    found = evaluate_detection(Assessor(load_model(), "cpu"), ptbxl_mini, [9])
    assert found["detection"]["auroc"] > 0.7, "16 records; the card has the figure of all of fold 9"


def test_folds_the_model_was_trained_on_are_named(assessor: Assessor, ptbxl_mini: Path, report: dict[str, Any]) -> None:
    assert report["data"]["folds_trained_on"] == []
    model = dataclasses.replace(assessor.model, card={"training": {"folds": [1, 9]}})
    assert evaluate_detection(Assessor(model, "cpu"), ptbxl_mini, [9])["data"]["folds_trained_on"] == [9]


def test_random_masks_are_evaluated_too(
    tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config], ptbxl_mini: Path
) -> None:
    config = tiny_config(score={"masks": "random", "n_passes": 2, "error_space": "normalised"})
    found = evaluate_detection(Assessor(tiny_model(config), "cpu"), ptbxl_mini, [9])
    assert found["model"]["masks"] == "random"
    assert found["detection"]["n_normal"] == 8
