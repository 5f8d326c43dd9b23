"""Comparison: every method on the same records, each figure that of the method alone, and a stop costs nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.config import Config, PreprocessConfig
from mmae_core.datasets.annotated_folder import AnnotatedRecord
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.evaluation.compare import Method, compare, costs, load_methods, time_methods
from mmae_core.evaluation.compare_cache import Result, ResultLog, files_key, method_key, open_maps
from mmae_core.evaluation.detection_cases import DetectionCase, detection_cases
from mmae_core.evaluation.evaluate_localization import localize
from mmae_core.evaluation.localization_cases import annotated_cases
from mmae_core.metrics.detection import delong, detection_metrics
from mmae_core.metrics.localization import localization_metrics, point_set
from mmae_core.report.compare_tables import TABLE_1, TABLE_2, comparison_markdown, filled, header, table_1, table_2
from mmae_core.report.comparison import render_comparison, write_comparison_html
from mmae_core.scoring.checkpoint import TrainedModel, save_model
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScores

ROUNDS = 40
REASON = "no R-peak was found"
DATA = {"dataset": "PTB-XL", "folds": [9], "every": 1, "lesions": "made"}


class Roughness:
    """A method of one line: how much a signal changes from sample to sample, to a power; may fail on some windows."""

    n_parameters = 7
    macs_per_record = 60_000

    def __init__(self, name: str, preprocess: PreprocessConfig, power: float = 1.0, fails: bool = False) -> None:
        self.name, self.preprocess, self.needs_r_peaks = name, preprocess, fails
        self.training: dict[str, Any] = {"sha256": f"{name} {power}", "folds": [1, 2], "seconds": 90.0, "epochs": 2}
        self.power, self.fails = power, fails
        self.windows: list[bytes] = []
        self.stop_after: int | None = None

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        if self.stop_after is not None and len(self.windows) >= self.stop_after:
            raise KeyboardInterrupt
        self.windows += [item.signal.tobytes() for item in inputs]
        signals = np.stack([item.signal for item in inputs])
        maps = np.abs(np.diff(signals, axis=2, prepend=0)).astype(np.float32) ** self.power
        scores = maps.mean(axis=(1, 2), dtype=np.float64)
        failed = np.array([self.fails and self._is_odd(item) for item in inputs])
        scores[failed] = np.nan
        maps[failed] = np.nan
        return WindowScores(scores, maps if with_maps else None, tuple(REASON if bad else "" for bad in failed))

    @staticmethod
    def _is_odd(item: ModelInput) -> bool:
        return int(abs(item.signal[1].max()) * 1000) % 3 == 0


@pytest.fixture(scope="module")
def preprocess(tiny_config: Callable[..., Config]) -> PreprocessConfig:
    return tiny_config().preprocess


def make_methods(preprocess: PreprocessConfig) -> tuple[Method, ...]:
    scorers = (Roughness("plain", preprocess), Roughness("bent", preprocess, 3.0),
               Roughness("mcf", preprocess, 0.3, fails=True))
    return tuple(Method(scorer.name, scorer, method_key(scorer, "cpu")) for scorer in scorers)


@pytest.fixture
def methods(preprocess: PreprocessConfig) -> tuple[Method, ...]:
    return make_methods(preprocess)


@pytest.fixture(scope="module")
def cases(ptbxl_mini: Path) -> list[DetectionCase]:
    return detection_cases(load_index(ptbxl_mini), [9])


@pytest.fixture(scope="module")
def lesions(ptbxl_mini: Path) -> tuple[AnnotatedRecord, ...]:
    """Six normal records, of each of which one second of one lead is called a lesion."""
    found = []
    for number, entry in enumerate(load_index(ptbxl_mini).select(folds=[9], label="normal")[:6]):
        mask = np.zeros((12, 5000 if entry.path_500hz else 1000), bool)
        second = mask.shape[1] // 10
        mask[number, second * (number + 1) : second * (number + 2)] = True
        found.append(AnnotatedRecord(entry.path, second, ("wide beat",), mask))
    return tuple(found)


@pytest.fixture(scope="module")
def comparison(
    preprocess: PreprocessConfig, cases: list[DetectionCase], lesions: tuple[AnnotatedRecord, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    """Of the three methods; not to be changed."""
    return compare(make_methods(preprocess), cases, lesions, "plain", tmp_path_factory.mktemp("scores"), DATA,
                   rounds=ROUNDS)


def alone(method: Method, cases: Sequence[DetectionCase]) -> np.ndarray:
    return method.scorer.score_windows([case.prepare(method.scorer.preprocess) for case in cases]).scores


def test_every_figure_is_that_of_the_method_alone(
    methods: tuple[Method, ...], cases: list[DetectionCase], lesions: tuple[AnnotatedRecord, ...],
    comparison: dict[str, Any],
) -> None:
    abnormal = np.array([case.abnormal for case in cases])
    scores = [alone(method, cases) for method in methods]
    common = np.isfinite(np.stack(scores)).all(axis=0)
    assert 0 < common.sum() < len(cases)
    assert comparison["data"]["n_common"] == common.sum()
    for row, method, own in zip(comparison["methods"], methods, scores, strict=True):
        assert row["detection"]["auroc"] == detection_metrics(own, abnormal, rounds=1)["auroc"]
        assert row["detection_common"]["auroc"] == detection_metrics(own[common], abnormal[common], rounds=1)["auroc"]
        expected = None if method.name == "plain" else delong(own, scores[0], abnormal)
        assert row["against_reference"] == expected
        located = localize(method.scorer, annotated_cases(lesions))
        points = point_set(located.maps[located.mapped], located.masks[located.mapped])
        assert row["localization"] == localization_metrics(points, ROUNDS)
    against = comparison["methods"][1]["localization_against"]["pooled_auroc"]
    values = [row["localization"]["pooled_auroc"] for row in comparison["methods"][:2]]
    assert against["difference"] == pytest.approx(values[1] - values[0])
    assert comparison["methods"][0]["localization_against"] is None
    np.testing.assert_array_equal(
        np.array(comparison["records"]["scores"]["mcf"], float), np.where(np.isfinite(scores[2]), scores[2], np.nan)
    )


def test_who_has_no_score_is_counted_with_the_reason(
    methods: tuple[Method, ...], cases: list[DetectionCase], comparison: dict[str, Any]
) -> None:
    n = int(np.isnan(alone(methods[2], cases)).sum())
    assert n > 0
    plain, _, needing = comparison["methods"]
    assert needing["not_scored"] == {"n": n, "n_records": len(cases), "reasons": {REASON: n}}
    assert plain["not_scored"] == {"n": 0, "n_records": len(cases), "reasons": {}}
    assert needing["model"]["needs_r_peaks"]
    assert needing["localization_not_scored"]["n"] + needing["localization"]["n_records"] == 6
    assert [f"{n} of {len(cases)}" in row for row in table_2(comparison)] == [False, False, True]


def test_a_stopped_comparison_continues_where_it_was(
    methods: tuple[Method, ...], cases: list[DetectionCase], lesions: tuple[AnnotatedRecord, ...], tmp_path: Path,
    comparison: dict[str, Any],
) -> None:
    scorer = methods[1].scorer
    assert isinstance(scorer, Roughness)
    scorer.windows.clear()
    scorer.stop_after = 8
    cache = tmp_path / "stopped"
    with pytest.raises(KeyboardInterrupt):
        compare(methods, cases, lesions, "plain", cache, DATA, rounds=ROUNDS)
    assert len(scorer.windows) == 8
    scorer.stop_after = None
    again = compare(methods, cases, lesions, "plain", cache, DATA, rounds=ROUNDS)
    timed = again["methods"][1]["seconds"]["n_records"] + 2  # and the warm-up
    assert len(scorer.windows) == len(cases) + timed + len(lesions)
    for row, expected in zip(again["methods"], comparison["methods"], strict=True):
        assert {**row, "seconds": 0} == {**expected, "seconds": 0}
    scorer.windows.clear()
    compare(methods, cases, lesions, "plain", cache, DATA, rounds=ROUNDS)
    assert len(scorer.windows) == timed  # only the clock needs it again


def test_scores_of_other_weights_settings_or_records_are_not_taken(
    preprocess: PreprocessConfig, lesions: tuple[AnnotatedRecord, ...], tmp_path: Path
) -> None:
    first, second = Roughness("same", preprocess), Roughness("same", preprocess, 2.0)
    assert method_key(first, "cpu") != method_key(second, "cpu")
    assert method_key(first, "cpu") != method_key(first, "cuda")
    assert method_key(first, "cpu") == method_key(Roughness("same", preprocess), "cpu")
    paths = [tmp_path / "a.hea", tmp_path / "b.hea"]
    for name, content in (("a.hea", "a"), ("a.dat", "1"), ("b.hea", "b"), ("b.dat", "2")):
        (tmp_path / name).write_text(content)
    before = files_key(paths)
    assert files_key(paths) == before
    (tmp_path / "b.dat").write_text("3")
    assert files_key(paths) != before


def test_a_line_that_was_cut_off_is_dropped_and_written_again(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = ResultLog(path)
    log.add({"a": Result(1.5, ""), "b": Result(float("nan"), "why")})
    with path.open("a") as stream:
        stream.write('{"record": "c", "sco')
    log = ResultLog(path)
    assert log.results.keys() == {"a", "b"}
    assert np.isnan(log.results["b"].score)
    log.add({"c": Result(2.0, "")})
    assert ResultLog(path).results["c"] == Result(2.0, "")
    assert len(path.read_text().splitlines()) == 3


def test_maps_on_disk_are_kept_while_they_fit(tmp_path: Path) -> None:
    path = tmp_path / "maps.npy"
    maps = open_maps(path, (2, 3))
    assert np.isnan(maps).all()
    maps[0] = 1
    del maps
    assert open_maps(path, (2, 3))[0].tolist() == [1, 1, 1]
    assert np.isnan(open_maps(path, (3, 3))).all()
    path.write_bytes(b"no array")
    assert np.isnan(open_maps(path, (1, 3))).all()


def test_methods_take_turns_on_the_clock_and_what_has_no_score_is_not_timed(
    methods: tuple[Method, ...], cases: list[DetectionCase]
) -> None:
    seconds = time_methods(methods, [case.prepare for case in cases], n_records=6, warm_up=1)
    chosen = [cases[int(place)] for place in np.linspace(0, len(cases) - 1, 6)]
    plain, failing = methods[0].scorer, methods[2].scorer
    assert isinstance(plain, Roughness)
    assert isinstance(failing, Roughness)
    expected = [case.prepare(plain.preprocess).signal.tobytes() for case in (chosen[0], *chosen)]
    assert plain.windows == failing.windows == expected
    assert seconds["plain"]["n_records"] == 6
    n_scored = int(np.isfinite(alone(methods[2], chosen)).sum())
    assert seconds["mcf"]["n_records"] == n_scored < 6
    score = seconds["plain"]["score"]
    assert score is not None
    assert 0 < score["quartile_low"] <= score["median"] <= score["quartile_high"]


def test_published_figures_stand_beside_the_measured_ones_and_are_never_them(comparison: dict[str, Any]) -> None:
    head, rows = header(TABLE_1, comparison), table_1(comparison)
    published = head.index("published detection")
    of_mcf = next(row for row in rows if row[0] == "mcf")
    assert of_mcf[published] == "0.860*"
    assert of_mcf[published + 1] == "0.747*"
    assert of_mcf[1] != "0.860"
    assert {row[0]: row[published] for row in rows[3:]} == {
        "STAE (Sensors 2026)": "0.872*", "SGRF-Net (ICSIP 2026)": "0.887"
    }
    assert rows[0][published] == "–"  # nothing is published of a made-up method
    assert [row[0].split()[0] for row in rows] == ["plain", "bent", "mcf", "STAE", "SGRF-Net"]
    text = comparison_markdown(comparison)
    assert "evaluates on the test set after each epoch and keeps the best" in text


def test_tables_and_page_hold_the_same_figures(comparison: dict[str, Any], tmp_path: Path) -> None:
    text = comparison_markdown({**comparison, "command": "mmae_core compare"})
    for names, rows in ((TABLE_1, table_1(comparison)), (TABLE_2, table_2(comparison))):
        assert all(len(row) == len(names) for row in rows)
        for row in filled(names, rows)[1]:
            assert "| " + " | ".join(row) + " |" in text
    path = tmp_path / "compare.html"
    write_comparison_html(comparison, path)
    page = path.read_text(encoding="utf-8")
    assert page == render_comparison(comparison)
    for row in comparison["methods"]:
        assert f"{row['detection']['auroc']:.3f}\n(too few)" in page, "eight of a class give no interval"
        assert row["model"]["sha256"] in page
    assert REASON in page
    hostile = json.loads(json.dumps(comparison).replace(REASON, "<script>"))
    assert "<script" not in render_comparison(hostile)


def test_lesion_records_are_counted_with_and_without_lesions_and_calibrating_folds_are_named(
    comparison: dict[str, Any]
) -> None:
    assert comparison["data"]["n_with_lesion"] == 6
    truth = {"found_by_model": 3, "by_hand": 1, "models": {comparison["methods"][0]["model"]["sha256"]: 3}}
    data = {**comparison["data"], "n_lesion_records": 9, "every": 4, "truth": truth}
    methods = [{**row, "folds_calibrated_on": [9] if row["name"] != "mcf" else []} for row in comparison["methods"]]
    text = comparison_markdown({**comparison, "data": data, "methods": methods})
    assert "Localization: 9 records, 6 with lesions and 3 without (made, one record in 4)" in text
    assert "too few: an interval needs 10 normal and 10 abnormal records" in text
    assert "mean AUROC of records with a lesion" in text
    assert "also calibrate the percentiles and p-values of plain, bent. Where such" in text
    assert "also calibrate" not in comparison_markdown(comparison)
    assert "Localization of plain: Positive stretches: 3 drawn by a model" in text
    assert "Localization of bent, mcf: Positive stretches: 3 drawn by a model" in text
    assert "Positive stretches" not in comparison_markdown(comparison)


def test_without_lesions_detection_stands_alone(
    methods: tuple[Method, ...], cases: list[DetectionCase], tmp_path: Path
) -> None:
    found = compare(methods[:2], cases, (), "bent", tmp_path, DATA, rounds=ROUNDS)
    assert "localization" not in found["methods"][0]
    assert found["methods"][0]["against_reference"]["auroc_against"] == found["methods"][1]["detection"]["auroc"]
    assert "Localization:" not in comparison_markdown(found)
    assert "pooled AUROC of localization" not in render_comparison(found)


def test_methods_trained_on_compared_records_are_named(
    methods: tuple[Method, ...], cases: list[DetectionCase], tmp_path: Path
) -> None:
    methods[0].scorer.training["folds"] = [8, 9]
    assert "Trained on records that are compared here: plain on fold 9." in comparison_markdown(
        compare(methods[:2], cases, (), "plain", tmp_path, DATA, rounds=ROUNDS)
    )


def test_what_cannot_be_compared_is_refused(
    methods: tuple[Method, ...], cases: list[DetectionCase], ptbxl_mini: Path, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="other is none of the methods: plain, bent"):
        compare(methods[:2], cases, (), "other", tmp_path, DATA)
    with pytest.raises(DatasetError, match="no normal or abnormal record in fold 10"):
        detection_cases(load_index(ptbxl_mini), [10])
    assert len(detection_cases(load_index(ptbxl_mini), [9], every=4)) == 4


@pytest.fixture
def two_models(tiny_model: Callable[..., TrainedModel], tmp_path: Path) -> tuple[Path, Path]:
    folders = []
    for name, seed in (("one", 1), ("two", 2)):
        model = tiny_model()
        for value in model.network.parameters():
            value.data += 0.01 * seed
        folders.append(save_model(tmp_path / name, "tiny", "1", model.config, model.network, model.calibration, {}))
    return folders[0], folders[1]


def test_methods_are_named_by_their_model_or_by_the_user(two_models: tuple[Path, Path]) -> None:
    one, two = map(str, two_models)
    assert [method.name for method in load_methods([one, f"second={two}"])] == ["tiny", "second"]
    with pytest.raises(ConfigError, match="Two methods are called tiny"):
        load_methods([one, two])
    with pytest.raises(ConfigError, match="at least two methods; 1 were named"):
        load_methods([one])


def test_costs_of_a_masked_autoencoder_are_of_a_pass_and_of_all(tiny_model: Callable[..., TrainedModel]) -> None:
    found = costs(AutoencoderScorer(tiny_model()))
    assert found["passes"] == 16  # four regions, four passes each
    assert found["macs_record"] == 16 * found["macs_pass"]


def test_the_command_writes_tables_and_a_page(
    two_models: tuple[Path, Path], ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    arguments = ["compare", "--data", str(ptbxl_mini), "--every", "2", "--model", f"first={two_models[0]}",
                 "--model", f"second={two_models[1]}", "--reference", "second", "--output", str(output)]
    assert main(arguments) == 0
    found = json.loads((output / "compare.json").read_text(encoding="utf-8"))
    assert found["data"]["n_normal"] + found["data"]["n_abnormal"] == 8
    assert found["methods"][1]["against_reference"] is None
    assert str(tmp_path) not in json.dumps(found)
    assert "--model first=one --model second=two --reference second" in found["command"]
    assert "| first |" in (output / "compare.md").read_text(encoding="utf-8")
    assert "Comparison of methods" in (output / "compare.html").read_text(encoding="utf-8")
    assert main([*arguments[:-2], "--output", str(output / "compare.md")]) == 2
    assert "is a file" in capsys.readouterr().err
