"""Where annotated recordings come from, what has no lesion and who drew the truth: said as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wfdb
from numpy.typing import NDArray

from mmae_core.cli import main
from mmae_core.datasets.annotated_folder import load_annotated
from mmae_core.datasets.folder_origin import read_origin
from mmae_core.errors import DatasetError
from mmae_core.evaluation.localization_cases import annotated_cases, array_cases
from mmae_core.readers.mcf_arrays import load_localization
from mmae_core.report.report_file import read_report
from mmae_core.report_schema import LocalizationReport
from mmae_core.scoring.checkpoint import TrainedModel, save_model

KINDS = ("wide", "pause", "", "")
"""Of the four records of a set; two have no lesion."""

Evaluate = Callable[..., LocalizationReport]


def make_set(folder: Path, write_noise: Callable[..., Path], kinds: Sequence[str] = KINDS) -> list[NDArray[np.uint8]]:
    """Records at 100 Hz with a louder second in lead V1, annotated, and the same as arrays; their labels."""
    folder.mkdir(parents=True)
    labels = []
    for number, kind in enumerate(kinds):
        def edit(digital: NDArray[np.int16], kind: str = kind) -> NDArray[np.int16]:
            digital[300:400, 6] *= 4 if kind else 1
            return digital

        write_noise(f"r{number}", seed=number, edit=edit, folder=folder)
        mask = np.zeros((5000, 12), np.uint8)
        if kind:
            wfdb.wrann(f"r{number}", "lesion", np.array([300, 400]), ["(", ")"], chan=np.array([6, 6]),
                       write_dir=str(folder), aux_note=[kind, ""])
            mask[1500:2000, 6] = 1
        labels.append(mask)
    return labels


def make_arrays(folder: Path, labels: Sequence[NDArray[np.uint8]]) -> None:
    noise = np.random.default_rng(0).normal(0, 0.3, (len(labels), 5000, 12)).astype(np.float32)
    np.save(folder / "benchmark_data.npy", noise * (1 + 3 * np.stack(labels)))
    np.save(folder / "benchmark_label.npy", np.stack(labels))


@pytest.fixture
def planted(tmp_path: Path, write_noise: Callable[..., Path]) -> Path:
    """What `mmae_core synthesize` writes: both forms and lesions.json."""
    folder = tmp_path / "LESIONS"
    make_arrays(folder, make_set(folder, write_noise))
    records = [{"name": f"r{row}", "lesions": [{"kind": kind, "start_s": 3.0}] if kind else []}
               for row, kind in enumerate(KINDS)]
    (folder / "lesions.json").write_text(json.dumps({"recipe": {"folds": [9]}, "records": records}))
    return folder


def box(start_s: float, end_s: float, lead: str = "V1", found_by: str = "model") -> dict[str, Any]:
    return {"lead": lead, "start_s": start_s, "end_s": end_s, "found_by": found_by, "label": ""}


@pytest.fixture
def reviewed(tmp_path: Path, write_noise: Callable[..., Path]) -> Path:
    """What the viewer's export writes, of which r1 has an undecided stretch, partly over a decided one."""
    folder = tmp_path / "BENCH"
    labels = make_set(folder / "records", write_noise, ("wide", "wide", "", ""))
    make_arrays(folder, labels[:2])
    windows = [
        {"file": f"r{row}", "start_s": 20.0, "localization_row": row if row < 2 else None, "negatives": [],
         "positives": [box(23, 24, found_by="reviewer" if row else "model")] if row < 2 else [],
         "undecided": [box(23.5, 25)] if row == 1 else []}
        for row in range(4)
    ]
    truth = {"found_by_model": 1, "by_hand": 1, "models": {"0" * 64: 1}}
    (folder / "benchmark.json").write_text(json.dumps({"reviewers": ["a"], "windows": windows, "truth": truth}))
    return folder


@pytest.fixture
def evaluate(tiny_model: Callable[..., TrainedModel], tmp_path: Path) -> Evaluate:
    tiny = tiny_model()
    save_model(tmp_path / "tiny", "tiny", "1", tiny.config, tiny.network, tiny.calibration, {})

    def run(data: Path, *arguments: str) -> LocalizationReport:
        count = len(list(tmp_path.glob("*.json")))
        output = tmp_path / f"{count}.json"
        assert main(["evaluate", "--data", str(data), "--task", "localization", "--model", str(tmp_path / "tiny"),
                     "--output", str(output), "--html", str(output.with_suffix(".html")), "--device", "cpu",
                     *arguments]) == 0
        report = read_report(output)
        assert report["kind"] == "localization"
        return report

    return run


def page_of(tmp_path: Path) -> str:
    return max(tmp_path.glob("*.html"), key=lambda path: path.name).read_text(encoding="utf-8")


def test_a_planted_set_says_so_and_keeps_its_kinds_in_either_form(
    planted: Path, evaluate: Evaluate, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in ((), ("--protocol", "published")):
        report = evaluate(planted, *arguments)
        said = capsys.readouterr().err
        assert "Measured on lesions planted into normals of PTB-XL, fold 9 (LESIONS, by mmae_core synthesize)." in said
        assert ("the records are measured (the arrays with --protocol published)" in said) == (not arguments)
        assert "Jiang" not in json.dumps(report)
        assert set(report["kinds"]) == {"pause", "wide"}, "each occurs once"
        assert all(kind["pooled_auroc_ci95"] is None for kind in report["kinds"].values())
        assert report["data"]["measured"] == ("localization arrays" if arguments else "annotated records")


def test_records_without_a_lesion_are_counted_as_what_they_are(
    planted: Path, evaluate: Evaluate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = evaluate(planted)
    assert "2 records with a lesion, 2 without" in capsys.readouterr().err
    found, records = report["localization"], report["records"]
    assert (found["n_records"], found["n_with_lesion"], report["pointing_game"]["n_records"]) == (4, 2, 2)
    assert [record["has_lesion"] for record in records] == [True, True, False, False]
    assert [record["reason"] for record in records] == [""] * 4
    assert [(record["auroc"], record["hit"], record["dice"]) for record in records[2:]] == [(None, None, None)] * 2
    assert (report["overlap"]["n_normals"], report["overlap"]["normals_are"]) == (2, "own")
    alarms = [record["false_alarms"] for record in records[2:]]
    assert np.mean([alarm or 0.0 for alarm in alarms]) == pytest.approx(0.05, abs=0.003), "the threshold is their own"
    page = page_of(tmp_path)
    assert "Every record has a score." in page
    assert "no reason given" not in page
    assert "Thresholds were fixed on the 2 records without a lesion of these very data" in page
    assert "records with a lesion (2)" in page
    assert "(too few)" in page


def test_arrays_without_a_file_of_their_maker_are_only_called_what_is_seen(
    planted: Path, evaluate: Evaluate, capsys: pytest.CaptureFixture[str]
) -> None:
    (planted / "lesions.json").unlink()
    report = evaluate(planted)
    assert report["data"]["dataset"] == "arrays in the form of Jiang et al. 2023"
    assert report["kinds"] == {}
    assert "no file says that they are the same recordings: the arrays are measured" in capsys.readouterr().err


def test_truth_that_the_model_drew_itself_is_a_warning(
    reviewed: Path, evaluate: Evaluate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = json.loads((reviewed / "benchmark.json").read_text())
    words = "Positive stretches: 1 drawn by a model and confirmed by a person, 1 marked by hand."
    sha256 = json.loads((tmp_path / "tiny" / "model.json").read_text())["sha256"]
    for models, expected in (
        ({sha256: 1},
         "This model itself drew 1, with its own borders: truth drawn from its findings flatters"),
        ({"f" * 64: 1}, "None of them was drawn by this"),
        ({}, "Truth drawn from a model's own findings, with its own borders, flatters that model"),
    ):
        manifest["truth"]["models"] = models
        (reviewed / "benchmark.json").write_text(json.dumps(manifest))
        report = evaluate(reviewed)
        said = capsys.readouterr().err
        assert "Measured on recordings reviewed by one person in ECG Viewer (BENCH, a benchmark it exported)." in said
        for text in (said, " ".join(report["warnings"]), page_of(tmp_path)):
            assert words in text
            assert expected in text.replace("&#x27;", "'")
        assert report["data"]["truth"]["by_hand"] == 1
    manifest["truth"] = {"found_by_model": 0, "by_hand": 2, "models": {}}
    (reviewed / "benchmark.json").write_text(json.dumps(manifest))
    assert evaluate(reviewed)["warnings"] == []


def test_what_nobody_decided_counts_neither_way_but_what_somebody_did_counts(
    reviewed: Path, evaluate: Evaluate
) -> None:
    origin = read_origin(reviewed)
    assert origin is not None
    from_records = annotated_cases(load_annotated(reviewed / "records"), origin.reviewed)
    from_arrays = array_cases(load_localization(reviewed), "consistent", origin)
    for cases, rate in ((from_records, 100), (from_arrays, 500)):
        assert cases[0].ignored is None
        ignored = cases[1].ignored
        assert ignored is not None
        assert np.flatnonzero(ignored.any(axis=1)).tolist() == [6]
        assert np.flatnonzero(ignored[6])[[0, -1]].tolist() == [4 * rate, 5 * rate - 1]
    report = evaluate(reviewed)
    assert report["data"]["n_points_ignored"] == 50, "a second at the model's rate"
    assert report["data"]["n_points_not_assessed"] == 0


def test_a_benchmark_in_which_nobody_found_anything_says_that(
    reviewed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = json.loads((reviewed / "benchmark.json").read_text())
    for window in manifest["windows"]:
        window["positives"], window["localization_row"] = [], None
    (reviewed / "benchmark.json").write_text(json.dumps(manifest))
    for task in ("localization", "detection"):
        assert main(["evaluate", "--data", str(reviewed), "--task", task, "--output", str(tmp_path / "r.json")]) == 2
        said = capsys.readouterr().err
        assert "BENCH is a benchmark of 4 reviewed windows without a single positive stretch" in said
        assert "PTB-XL" not in said


def test_what_is_expected_is_of_the_task_that_was_asked_for(
    tmp_path: Path, ptbxl_mini: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    arguments = ["--output", str(tmp_path / "r.json"), "--task"]
    assert main(["evaluate", "--data", str(tmp_path / "empty"), *arguments, "localization"]) == 2
    said = capsys.readouterr().err
    assert ".lesion annotations" in said
    assert "PTB-XL" not in said
    assert main(["evaluate", "--data", str(tmp_path / "empty"), *arguments, "detection"]) == 2
    assert ".lesion" not in capsys.readouterr().err
    assert main(["evaluate", "--data", str(ptbxl_mini), *arguments, "localization"]) == 2
    assert "says what a recording shows, not when" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{", "[]", '{"windows": [{"file": "a"}]}'])
def test_a_damaged_manifest_is_named(reviewed: Path, content: str) -> None:
    (reviewed / "benchmark.json").write_text(content)
    with pytest.raises(DatasetError, match=r"benchmark\.json does not describe a benchmark"):
        read_origin(reviewed / "records")
