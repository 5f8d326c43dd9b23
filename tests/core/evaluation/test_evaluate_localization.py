from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from mmae_core.cli import main
from mmae_core.config import Config, PreprocessConfig
from mmae_core.datasets.annotated_folder import load_annotated
from mmae_core.errors import DatasetError
from mmae_core.evaluation.evaluate_localization import evaluate_localization, localize, resampled_mask
from mmae_core.evaluation.localization_cases import (
    LocalizationCase,
    annotated_cases,
    array_cases,
    normal_cases,
)
from mmae_core.metrics.localization import benchmark_maps
from mmae_core.readers.mcf_arrays import load_localization
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.report_file import read_report, report_text, write_report
from mmae_core.scoring.checkpoint import TrainedModel, save_model
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScores

TINY = PreprocessConfig(sampling_rate_hz=50.0, lowpass_hz=20.0)
N_RECORDS = 6


@dataclasses.dataclass
class Size:
    """A method that finds large what is large; it cannot map windows whose lead I is not assessable."""

    name: str = "size"
    gain: float = 1.0
    preprocess: PreprocessConfig = TINY
    needs_r_peaks: bool = False
    n_parameters: int = 0
    macs_per_record: int = 0
    training: dict[str, Any] = dataclasses.field(default_factory=dict)

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        signals = np.stack([item.signal for item in inputs])
        known = np.stack([item.assessable for item in inputs])
        maps = np.where(known, np.abs(signals) ** self.gain, np.nan).astype(np.float32)
        able = known[:, 0].any(axis=1)
        maps[~able] = np.nan
        return WindowScores(
            np.where(able, 1.0, np.nan), maps if with_maps else None,
            tuple("" if good else "lead I is missing" for good in able),
        )


@pytest.fixture
def folder(lesion_folder: Path) -> Path:
    return lesion_folder


@pytest.fixture
def cases(folder: Path) -> list[LocalizationCase]:
    return annotated_cases(load_annotated(folder))


def test_the_report_is_of_cropped_and_smoothed_maps(cases: list[LocalizationCase]) -> None:
    report = evaluate_localization(Size(), cases, {"dataset": "made"})
    inputs = [case.prepare(TINY) for case in cases]
    maps = benchmark_maps(Size().score_windows(inputs, with_maps=True).maps, 50.0)
    masks = np.stack([case.mask[:, ::2] for case in cases])[..., 10:490]
    found = report["localization"]
    assert found["pooled_auroc"] == pytest.approx(roc_auc_score(masks.ravel(), maps.ravel()), abs=1e-6)
    own = [roc_auc_score(mask.ravel(), scores.ravel()) for mask, scores in zip(masks, maps, strict=True)]
    assert [record["auroc"] for record in report["records"]] == pytest.approx(own, abs=1e-6)
    assert found["record_auroc"] == pytest.approx(np.mean(own), abs=1e-6)
    assert (found["n_records"], found["n_points"]) == (N_RECORDS, maps.size)
    assert found["chance_level"] == pytest.approx(200 / 12 / 480)
    assert (found["pooled_auroc_ci95"], report["lead_auroc_ci95"]) == (None, None)
    assert found["no_interval"] == "6 records with a lesion; an interval needs at least 10"
    twice = evaluate_localization(Size(), cases * 2, {"dataset": "made"})
    assert twice["localization"]["pooled_auroc"] == pytest.approx(found["pooled_auroc"], abs=1e-6)
    assert (twice["localization"]["pooled_auroc_ci95"] or [0.0])[0] > 0.6
    assert report["lead_auroc"] > 0.9
    assert report["pointing_game"]["n_hits"] == sum(bool(record["hit"]) for record in report["records"]) >= 4
    assert {kind: figures["n_records"] for kind, figures in report["kinds"].items()} == {"burst": 3, "wide": 3}
    assert report["kinds"]["wide"]["pooled_auroc"] == pytest.approx(
        roc_auc_score(masks[1::2].ravel(), maps[1::2].ravel()), abs=1e-6)
    assert report["overlap"]["normals"] == []
    assert 0 < report["overlap"]["best"]["iou"] < report["overlap"]["best"]["dice"] < 1
    assert report["data"]["crop_s"] == 0.2
    json.loads(report_text(report))


def test_thresholds_come_from_normals_that_were_mapped_alike(
    cases: list[LocalizationCase], write_noise: Callable[..., Path]
) -> None:
    normals = normal_cases([write_noise(f"n{number}", seed=100 + number) for number in range(3)])
    report = evaluate_localization(Size(), cases, {}, normals=normals)
    overlap = report["overlap"]
    maps = benchmark_maps(
        Size().score_windows([normal.prepare(TINY) for normal in normals], with_maps=True).maps, 50.0)[..., ::5]
    assert overlap["n_normals"] == 3
    assert [row["normals_below"] for row in overlap["normals"]] == [0.95, 0.99, 0.999]
    for row in overlap["normals"]:
        assert row["threshold"] == pytest.approx(np.quantile(maps, row["normals_below"]), rel=1e-5)
        assert row["dice"] <= overlap["best"]["dice"] + 1e-3
    assert [record["dice"] for record in report["records"]] == pytest.approx(
        [record["dice"] for record in report["records"]])
    assert np.mean([record["dice"] for record in report["records"]]) == pytest.approx(
        overlap["normals"][0]["record_dice"])


def test_what_a_method_cannot_map_is_counted_and_named(
    cases: list[LocalizationCase], folder: Path, write_noise: Callable[..., Path]
) -> None:
    def disconnected(digital: NDArray[np.int16]) -> NDArray[np.int16]:
        digital[:, 0] = 0
        return digital

    whole = evaluate_localization(Size(), cases, {})
    write_noise("r0", edit=disconnected, folder=folder)
    (folder / "r1.dat").write_bytes(b"\0\0")
    report = evaluate_localization(Size(), cases, {})
    assert (report["data"]["n_records"], report["data"]["n_not_scored"]) == (6, 2)
    assert report["localization"]["n_records"] == 4
    assert report["records"][0]["reason"] == "lead I is missing"
    assert report["records"][1]["reason"]
    assert [record["auroc"] for record in report["records"][:2]] == [None, None]
    assert report["records"][2:] == whole["records"][2:]
    with pytest.raises(DatasetError, match="could map none of the 2 recordings"):
        evaluate_localization(Size(), cases[:2], {})


def test_two_methods_are_compared_where_both_have_a_map(cases: list[LocalizationCase]) -> None:
    class Blind(Size):
        def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
            scored = super().score_windows(inputs, with_maps=True)
            assert scored.maps is not None
            scored.maps[0] = np.nan
            order = np.random.default_rng(0).permutation(scored.maps.shape[2])
            return dataclasses.replace(scored, maps=scored.maps[..., order])

    seen: list[tuple[int, int]] = []
    cases = cases * 2  # scored eight at a time: the first and the ninth have no map
    report = evaluate_localization(
        Size(), cases, {}, against=Blind(name="blind"), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (24, 24)
    against = report["against"]
    assert against["model"]["name"] == "blind"
    assert against["localization"]["n_records"] == 10
    for figures in against["comparison"].values():
        assert figures["difference"] > 0.05
        assert figures["difference_ci95"][0] > 0
    alone = evaluate_localization(Size(), cases[1:8] + cases[9:], {})["localization"]
    assert against["comparison"]["pooled_auroc"]["value"] == pytest.approx(alone["pooled_auroc"])


def test_seeds_are_averaged(cases: list[LocalizationCase]) -> None:
    scorers = [Size(gain=gain, training={"config": {"seed": gain}, "sha256": str(gain)}) for gain in (1.0, 0.5)]
    report = evaluate_localization(scorers[0], cases, {}, seeds=scorers[1:])
    alone = [evaluate_localization(scorer, cases, {})["localization"] for scorer in scorers]
    for name in ("pooled_auroc", "record_auroc", "average_precision"):
        values = [figures[name] for figures in alone]  # type: ignore[literal-required]
        assert [run["figures"][name] for run in report["seeds"]["runs"]] == pytest.approx(values)
        assert report["seeds"]["sd"][name] == pytest.approx(np.std(values, ddof=1))


def test_a_mask_moves_to_the_maps_rate() -> None:
    mask = np.zeros((12, 1000), bool)
    mask[3, 200:400] = True
    assert np.flatnonzero(resampled_mask(mask, 100, 50, 500)[3])[[0, -1]].tolist() == [100, 199]
    assert np.flatnonzero(resampled_mask(mask, 100, 500, 5000)[3])[[0, -1]].tolist() == [998, 1997]
    assert np.array_equal(resampled_mask(mask, 100, 100, 1000), mask)


@pytest.fixture
def arrays(cases: list[LocalizationCase], tmp_path: Path) -> Path:
    """The same lesions as the benchmark's authors store theirs."""
    at_500hz = dataclasses.replace(TINY, sampling_rate_hz=500.0)
    windows = [case.prepare(at_500hz) for case in cases]
    signals = np.stack([item.signal * item.scale_mv[:, None] + item.offset_mv[:, None] for item in windows])
    masks = np.stack([resampled_mask(case.mask, 100, 500, 5000) for case in cases])
    np.save(tmp_path / "benchmark_data.npy", signals.transpose(0, 2, 1))
    np.save(tmp_path / "benchmark_label.npy", masks.transpose(0, 2, 1).astype(float))
    np.save(tmp_path / "test.npy", signals.transpose(0, 2, 1)[:4])
    np.save(tmp_path / "label.npy", np.array([0, 0, 1, 1]))
    return tmp_path


def test_arrays_and_records_give_nearly_the_same(arrays: Path, cases: list[LocalizationCase]) -> None:
    from_arrays = localize(Size(), array_cases(load_localization(arrays), "consistent"))
    from_records = localize(Size(), cases)
    assert (from_arrays.masks != from_records.masks).mean() < 1e-3
    assert np.corrcoef(from_arrays.maps.ravel(), from_records.maps.ravel())[0, 1] > 0.9, "filtered at another rate"
    published = localize(Size(), array_cases(load_localization(arrays), "published"))
    assert np.nanmax(published.maps) <= 1.0, "each lead lies in [-1, 1]"
    assert np.nanmax(from_arrays.maps) > 1.0


def test_the_command_localizes_records_and_arrays(
    arrays: Path, folder: Path, tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config],
    ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    tiny = tiny_model()
    save_model(tmp_path / "tiny", "tiny", "1", tiny.config, tiny.network, tiny.calibration, {})
    output = tmp_path / "r.json"
    shared = ["--model", str(tmp_path / "tiny"), "--output", str(output), "--device", "cpu", "--force"]
    assert main(["evaluate", "--data", str(folder), "--normals", str(ptbxl_mini), "--every", "2", *shared]) == 0
    report = read_report(output)
    assert (report["kind"], report["data"]["n_records"], report["data"]["every"]) == ("localization", 3, 2)
    assert report["overlap"]["n_normals"] == 4
    expected = evaluate_localization(AutoencoderScorer(tiny), annotated_cases(load_annotated(folder))[::2], {})
    assert report["localization"] == expected["localization"]
    assert "Localization AUROC" in capsys.readouterr().err
    assert main(["evaluate", "--data", str(arrays), "--task", "localization", "--protocol", "published", *shared]) == 0
    report = read_report(output)
    assert (report["data"]["protocol"], report["overlap"]["n_normals"]) == ("published", 2)
    assert main(["evaluate", "--data", str(arrays), *shared]) == 0
    assert read_report(output)["kind"] == "detection"
    assert "--task localization" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--task", "localization"], "nothing to measure localization on"),
        (["--model", "absent"], "There is no model 'absent'"),
    ],
)
def test_what_cannot_be_evaluated_is_said_before_anything_is_scored(
    ptbxl_mini: Path, tmp_path: Path, arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "r.json"
    assert main(["evaluate", "--data", str(ptbxl_mini), "--output", str(output), *arguments]) == 2
    assert reason in capsys.readouterr().err
    assert not output.exists()


def test_a_report_survives_its_file(cases: list[LocalizationCase], tmp_path: Path) -> None:
    report = evaluate_localization(Size(), cases, {"dataset": "made"})
    report["localization"]["record_auroc"] = float("nan")
    write_report(report, tmp_path / "r.json")
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    read = read_report(tmp_path / "r.json")
    assert read["localization"]["record_auroc"] is None
    assert read["records"] == report["records"]
    assert text.count('{"id": "r') == N_RECORDS, "a record on each line"
    assert max(map(len, text.splitlines())) < 400
    for content, reason in (("{", "cannot be read"), ('{"format": 1}', "no report of format"), ("[]", "no report")):
        (tmp_path / "other.json").write_text(content)
        with pytest.raises(DatasetError, match=reason):
            read_report(tmp_path / "other.json")


def test_leads_keep_their_names(cases: list[LocalizationCase]) -> None:
    assert [STANDARD_LEADS[lead] for lead in np.flatnonzero(cases[2].mask.any(axis=1))] == ["III", "aVR"]


def test_folds_of_a_lesion_set_that_were_trained_on_are_named(folder: Path) -> None:
    scorer = Size(training={"folds": [1, 8, 9]})
    assert evaluate_localization(scorer, annotated_cases(load_annotated(folder)), {})["data"]["folds_trained_on"] == []
    (folder / "lesions.json").write_text(json.dumps({"recipe": {"folds": [10, 9]}}))
    cases = annotated_cases(load_annotated(folder))
    assert evaluate_localization(scorer, cases, {})["data"]["folds_trained_on"] == [9]
    assert evaluate_localization(Size(), cases, {})["data"]["folds_trained_on"] == []


@pytest.mark.parametrize("content", ["{", "[]", '{"recipe": {"folds": ["nine"]}}'])
def test_a_damaged_description_of_a_lesion_set_is_named(folder: Path, content: str) -> None:
    (folder / "lesions.json").write_text(content)
    with pytest.raises(DatasetError, match=r"lesions\.json does not describe a lesion set"):
        load_annotated(folder)


def test_records_of_one_name_in_several_folders_keep_ids_of_their_own(folder: Path) -> None:
    below = folder / "more"
    below.mkdir()
    for file in folder.glob("r0.*"):
        (below / file.name).write_bytes(file.read_bytes())
    ids = [case.id for case in annotated_cases(load_annotated(folder))]
    assert sorted(ids) == ["more/r0.hea", "r0.hea", "r1", "r2", "r3", "r4", "r5"]
