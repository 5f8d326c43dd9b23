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

from mmae_core.cli import main
from mmae_core.config import Config
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.evaluation.evaluate import evaluate_detection, evaluate_detection_arrays, plain_scores
from mmae_core.metrics.detection import delong, detection_metrics
from mmae_core.readers import read_record
from mmae_core.readers.mcf_arrays import load_detection
from mmae_core.report.report_file import read_report
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model
from mmae_core.scoring.preprocess import prepare
from mmae_core.scoring.window_scorer import AutoencoderScorer, folds_calibrated_on


@pytest.fixture(scope="module")
def scorer(tiny_model: Callable[..., TrainedModel]) -> AutoencoderScorer:
    return AutoencoderScorer(tiny_model())


@pytest.fixture(scope="module")
def report(scorer: AutoencoderScorer, ptbxl_mini: Path) -> dict[str, Any]:
    return dict(evaluate_detection(scorer, ptbxl_mini, [9]))


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
        assert part["auroc_ci95"] is part["auprc_ci95"] is None
        assert part["no_interval"] == "8 normal and 8 abnormal records; an interval needs at least 10 of each"
    assert report["model"]["sha256"] == "0" * 64
    assert report["data"]["folds"] == [9]
    assert report["data"]["n_scored"] == 16
    json.dumps(report, allow_nan=False)


def test_the_page_shows_devices_sites_and_noise(report: dict[str, Any]) -> None:
    from mmae_core.report.evaluation_page import render_html

    page = render_html(report)
    assert "By device, site and noise" in page
    assert "within device" in page
    assert "baseline drift" in page


def test_detection_is_of_the_scores_that_the_product_shows(
    scorer: AutoencoderScorer, ptbxl_mini: Path, report: dict[str, Any]
) -> None:
    assessor = Assessor(scorer.model, "cpu")
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


def test_an_evaluation_repeats_to_the_last_digit(
    scorer: AutoencoderScorer, ptbxl_mini: Path, report: dict[str, Any]
) -> None:
    assert evaluate_detection(scorer, ptbxl_mini, [9]) == report


def test_labels_follow_the_superclasses_alone(scorer: AutoencoderScorer, folder: Path, report: dict[str, Any]) -> None:
    normals = [entry.ecg_id for entry in load_index(folder).select(folds=[9], label="normal")]
    restate(folder, **{
        f"id_{normals[0]}": "{'SR': 0.0}",  # rhythm alone: no superclass
        f"id_{normals[1]}": "{'NORM': 100.0, 'IMI': 0.0}",  # stated, with unknown likelihood: abnormal
        f"id_{normals[2]}": "{'NORM': 50.0, 'PVC': 100.0}",  # a form statement takes no normal away
    })
    found = evaluate_detection(scorer, folder, [9])
    assert (found["detection"]["n_normal"], found["detection"]["n_abnormal"]) == (6, 9)
    assert found["data"]["n_without_superclass"] == report["data"]["n_without_superclass"] + 1


def test_records_that_cannot_be_scored_are_counted_and_named(scorer: AutoencoderScorer, folder: Path) -> None:
    (folder / "records500/00000/00035_hr.hea").write_text("00035_hr")
    (folder / "records100/00000/00303_lr.dat").unlink()
    flat = folder / "records100/00000/00262_lr.dat"
    flat.write_bytes(bytes(flat.stat().st_size))
    found = evaluate_detection(scorer, folder, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    data = found["data"]
    assert [name for name, _ in data["left_out"]] == ["00035_hr"]
    assert data["missing_files"] == 1
    assert data["n_not_assessable"] == 1
    assert data["n_scored"] == 22
    assert found["detection"]["n_normal"] + found["detection"]["n_abnormal"] == 21


def test_folds_without_records_are_an_error(scorer: AutoencoderScorer, ptbxl_mini: Path) -> None:
    with pytest.raises(DatasetError, match="has no normal or abnormal record in fold 10"):
        evaluate_detection(scorer, ptbxl_mini, [10])


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
    assert main([*arguments, "--output", str(output), "--config", str(settings), "--force"]) == 0
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
    assert 'pip install "mmae-core[evaluate]"' in capsys.readouterr().err


def test_the_bundled_model_finds_abnormal_records(ptbxl_mini: Path) -> None:
    found = evaluate_detection(AutoencoderScorer(load_model()), ptbxl_mini, [9])
    assert found["detection"]["auroc"] > 0.7, "16 records; the card has the figure of all of fold 9"


def test_folds_the_model_was_trained_on_are_named(
    scorer: AutoencoderScorer, ptbxl_mini: Path, report: dict[str, Any]
) -> None:
    assert report["data"]["folds_trained_on"] == []
    model = dataclasses.replace(scorer.model, card={"training": {"folds": [1, 9]}})
    assert evaluate_detection(AutoencoderScorer(model), ptbxl_mini, [9])["data"]["folds_trained_on"] == [9]


def test_random_masks_are_evaluated_too(
    tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config], ptbxl_mini: Path
) -> None:
    config = tiny_config(score={"masks": "random", "n_passes": 2, "error_space": "normalised"})
    found = evaluate_detection(AutoencoderScorer(tiny_model(config)), ptbxl_mini, [9])
    assert found["model"]["masks"] == "random"
    assert found["detection"]["n_normal"] == 8


def test_the_report_keeps_every_records_score(report: dict[str, Any], ptbxl_mini: Path) -> None:
    entries = {str(entry.ecg_id): entry for entry in load_index(ptbxl_mini).select(folds=[9])}
    records = report["records"]
    assert [record["id"] for record in records] == sorted(entries, key=int)
    scores = np.array([record["score"] for record in records])
    abnormal = np.array([record["label"] == "abnormal" for record in records])
    assert roc_auc_score(abnormal, scores) == pytest.approx(report["detection"]["auroc"])
    for record in records:
        entry = entries[record["id"]]
        assert (record["sex"], record["age"], record["patient"], record["fold"]) == (
            entry.sex, entry.age, entry.patient_id, 9)
        assert set(record["superclasses"]) == entry.superclasses
    for point in report["detection"]["sensitivity_at_specificity"]:
        assert (scores[~abnormal] < point["threshold"]).mean() == point["specificity"] >= point["target"]
        assert (scores[abnormal] >= point["threshold"]).mean() == point["sensitivity"]


def test_groups_are_held_against_the_normals_they_belong_with(report: dict[str, Any], ptbxl_mini: Path) -> None:
    entries = {str(entry.ecg_id): entry for entry in load_index(ptbxl_mini).select(folds=[9])}
    records = report["records"]
    for name, group in report["superclasses"].items():
        expected = [record for record in records
                    if record["label"] == "normal" or name in entries[record["id"]].superclasses]
        assert (group["n_normal"], group["n_abnormal"]) == (8, len(expected) - 8)
        if group["n_abnormal"] >= 2:
            labels = [record["label"] == "abnormal" for record in expected]
            scores = [record["score"] for record in expected]
            assert group["detection"]["auroc"] == pytest.approx(roc_auc_score(labels, scores))
        else:
            assert group["detection"] is None
    for name, counts in (("sex", ("male", "female", "unknown")), ("age", ("<40", "40-59", "60-74", ">=75", "unknown"))):
        assert tuple(report[name]) == counts
        assert sum(group["n_normal"] for group in report[name].values()) == 8
        assert sum(group["n_abnormal"] for group in report[name].values()) == 8
    female = [record for record in records if record["sex"] == "female"]
    assert report["sex"]["female"]["n_normal"] == sum(record["label"] == "normal" for record in female)


def test_a_statement_on_enough_abnormal_records_gets_a_row(
    scorer: AutoencoderScorer, ptbxl_mini: Path, report: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report["statements"] == {}, "eight abnormal records are too few for any"
    monkeypatch.setattr("mmae_core.evaluation.detection_strata.MIN_STATEMENT_RECORDS", 3)
    found = evaluate_detection(scorer, ptbxl_mini, [9])["statements"]
    counts = [group["n_abnormal"] for group in found.values()]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 3
    assert "NORM" not in found
    for code, group in found.items():
        stated = [r for r in report["records"] if r["label"] == "abnormal" and code in r["statements"]]
        assert (group["n_normal"], group["n_abnormal"]) == (8, len(stated))


def test_a_quicker_check_takes_each_nth_record(
    scorer: AutoencoderScorer, ptbxl_mini: Path, report: dict[str, Any]
) -> None:
    found = evaluate_detection(scorer, ptbxl_mini, [9], every=3)
    assert found["data"]["every"] == 3
    assert found["records"] == report["records"][::3]


def test_two_methods_are_compared_on_the_same_records(
    scorer: AutoencoderScorer, tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config],
    ptbxl_mini: Path, report: dict[str, Any],
) -> None:
    other = AutoencoderScorer(tiny_model(tiny_config(score={"pooling": "mean"}), name="other"))
    seen: list[tuple[int, int]] = []
    found = evaluate_detection(
        scorer, ptbxl_mini, [9], against=other, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 32) for done in range(1, 33)]
    assert found["detection"] == report["detection"]
    against = found["against"]
    assert against["model"]["name"] == "other"
    alone = evaluate_detection(other, ptbxl_mini, [9])
    assert against["detection"] == alone["detection"]
    assert against["scores"] == [record["score"] for record in alone["records"]]
    abnormal = np.array([record["label"] == "abnormal" for record in found["records"]])
    own = np.array([record["score"] for record in found["records"]])
    assert against["comparison"] == delong(own, np.array(against["scores"]), abnormal)


def test_seeds_of_one_configuration_are_averaged(
    scorer: AutoencoderScorer, tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config],
    ptbxl_mini: Path,
) -> None:
    config = tiny_config(train={"seed": 1})
    model = tiny_model(config, sha256="1" * 64)
    model.network.mask_token.data += 0.5
    found = evaluate_detection(scorer, ptbxl_mini, [9], seeds=[AutoencoderScorer(model)])
    seeds = found["seeds"]
    aurocs = [run["figures"]["auroc"] for run in seeds["runs"]]
    assert aurocs[0] == found["detection"]["auroc"]
    abnormal = np.array([record["label"] == "abnormal" for record in found["records"]])
    assert aurocs[1] == pytest.approx(roc_auc_score(abnormal, seeds["runs"][1]["scores"]))
    assert (seeds["n"], seeds["mean"]["auroc"]) == (2, pytest.approx(np.mean(aurocs)))
    assert seeds["sd"]["auroc"] == pytest.approx(np.std(aurocs, ddof=1))
    wider = AutoencoderScorer(tiny_model(tiny_config(model={"encoder_width": 32}), sha256="2" * 64))
    with pytest.raises(ConfigError, match="not of one configuration"):
        evaluate_detection(scorer, ptbxl_mini, [9], seeds=[wider])
    with pytest.raises(ConfigError, match="same weights"):
        evaluate_detection(scorer, ptbxl_mini, [9], seeds=[scorer])


@pytest.fixture
def arrays(ptbxl_mini: Path, scorer: AutoencoderScorer, tmp_path: Path) -> Path:
    """Fold 9 as the benchmark's authors store it: filtered, not scaled, (N, 5000, 12)."""
    entries = load_index(ptbxl_mini).select(folds=[9])
    at_500hz = dataclasses.replace(scorer.preprocess, sampling_rate_hz=500.0)
    windows = [prepare(read_record(entry.path), at_500hz) for entry in entries]
    signals = [window.signal * window.scale_mv[:, None] + window.offset_mv[:, None] for window in windows]
    np.save(tmp_path / "test.npy", np.stack(signals).transpose(0, 2, 1))
    np.save(tmp_path / "label.npy", np.array([entry.label == "abnormal" for entry in entries], int))
    return tmp_path


def test_the_published_arrays_give_nearly_the_records_scores(
    arrays: Path, scorer: AutoencoderScorer, ptbxl_mini: Path, report: dict[str, Any]
) -> None:
    found = evaluate_detection_arrays(scorer, load_detection(arrays))
    by_id = {record["id"]: record["score"] for record in report["records"]}
    expected = [by_id[str(entry.ecg_id)] for entry in load_index(ptbxl_mini).select(folds=[9])]
    scores = [record["score"] for record in found["records"]]
    assert np.corrcoef(scores, expected)[0, 1] > 0.9, "filtered at 500 instead of 50 Hz"
    assert found["data"]["protocol"] == "consistent"
    assert found["age"] == found["superclasses"] == {}
    unscaled = evaluate_detection_arrays(scorer, load_detection(arrays), "published")
    assert unscaled["data"]["protocol"] == "published"
    assert [record["score"] for record in unscaled["records"]] != pytest.approx(scores, rel=0.02)


def test_the_command_takes_arrays_seeds_and_a_rival(
    arrays: Path, tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, seed in (("one", 1), ("two", 2)):
        tiny = tiny_model(tiny_config(train={"seed": seed}))
        tiny.network.mask_token.data += seed
        save_model(tmp_path / name, name, "1", tiny.config, tiny.network, tiny.calibration, {})
    output, page = tmp_path / "r.json", tmp_path / "r.html"
    assert main([
        "evaluate", "--data", str(arrays), "--model", str(tmp_path / "one"), "--model", str(tmp_path / "two"),
        "--against", str(tmp_path / "two"), "--protocol", "published", "--every", "2", "--output", str(output),
        "--html", str(page), "--device", "cpu",
    ]) == 0
    said = capsys.readouterr().err
    written = read_report(output)
    assert written["data"]["protocol"] == "published"
    assert len(written["records"]) == 8
    assert f"{written['seeds']['mean']['auroc']:.3f} ± {written['seeds']['sd']['auroc']:.3f}" in said
    assert "AUROC against two" in said
    assert "one record in 2 only" in said
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_a_score_that_is_none_stays_none() -> None:
    assert plain_scores(np.array([1.5, np.nan])) == [1.5, None]
    assert detection_metrics(np.array([1, 2, 3, 4, np.nan]), np.array([0, 0, 1, 1, 1], bool))["n_abnormal"] == 2


def test_folds_that_calibrate_are_a_warning_on_the_console_in_the_json_and_on_the_page(
    tiny_model: Callable[..., TrainedModel], ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny = tiny_model()
    save = ("tiny", "1", tiny.config, tiny.network, tiny.calibration)
    words = {"cohort": "normal records of PTB-XL v1.0.3, folds 8-9", "n_records": 10}
    for name, calibration in (
        ("range", words), ("other", {**words, "cohort": "normal records of PTB-XL v1.0.3, folds 8"}),
    ):
        save_model(tmp_path / name, *save, {"calibration": calibration})
        assert main([
            "evaluate", "--data", str(ptbxl_mini), "--folds", "9", "--model", str(tmp_path / name), "--device", "cpu",
            "--output", str(tmp_path / f"{name}.json"), "--html", str(tmp_path / f"{name}.html"),
        ]) == 0
        said, found = capsys.readouterr().err, read_report(tmp_path / f"{name}.json")
        page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        warned = name == "range"
        assert found["data"]["folds_calibrated_on"] == ([9] if warned else [])
        for text in (said, " ".join(found["warnings"]), page):
            assert ("fold 9, which are evaluated here, also calibrate the percentiles" in text) == warned


def test_cards_say_in_words_which_folds_calibrate(scorer: AutoencoderScorer) -> None:
    assert folds_calibrated_on(AutoencoderScorer(load_model())) == (9,)
    for cohort, folds in (("normal records of PTB-XL v1.0.3, fold 9", (9,)),
                          ("normal records of PTB-XL v1.0.3, folds 9", (9,)),
                          ("normal records of PTB-XL v1.0.3, folds 7, 9", (7, 9)),
                          ("normal records of PTB-XL v1.0.3, folds 8-10", (8, 9, 10)),
                          ("held-out normal records of folds 9", ()), ("ten made-up normals", ())):
        model = dataclasses.replace(scorer.model, card={"calibration": {"cohort": cohort}})
        assert folds_calibrated_on(AutoencoderScorer(model)) == folds


def test_too_few_of_a_class_are_said_before_anything_is_scored(
    scorer: AutoencoderScorer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scorer, "score_windows", None)
    restate(folder, **{f"id_{entry.ecg_id}": "{'NORM': 100.0}" for entry in load_index(folder).select(folds=[9])})
    with pytest.raises(DatasetError, match="found 16 and 0"):
        evaluate_detection(scorer, folder, [9])
