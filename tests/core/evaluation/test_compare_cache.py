"""What a comparison keeps on disk is used for the same method and the same recordings only."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.config import Config, PreprocessConfig
from mmae_core.datasets.annotated_folder import AnnotatedRecord
from mmae_core.datasets.ptbxl import load_index
from mmae_core.evaluation.compare import Method, compare, split_name
from mmae_core.evaluation.compare_cache import Result, ResultLog, has_maps, method_key, open_maps
from mmae_core.evaluation.detection_cases import DetectionCase, detection_cases
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScores, describe_scorer

DATA = {"dataset": "PTB-XL", "folds": [9]}


class Loudness:
    """A method of one line that counts the windows it is asked about."""

    needs_r_peaks = False
    n_parameters = 1
    macs_per_record = 1

    def __init__(self, name: str, preprocess: PreprocessConfig, **training: Any) -> None:
        self.name, self.preprocess, self.training, self.n_windows = name, preprocess, training, 0

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        self.n_windows += len(inputs)
        maps = np.abs(np.stack([item.signal for item in inputs])).astype(np.float32)
        scores = maps.mean(axis=(1, 2), dtype=np.float64)
        return WindowScores(scores, maps if with_maps else None, ("",) * len(inputs))


@pytest.fixture
def scorers(tiny_config: Callable[..., Config]) -> tuple[Loudness, Loudness]:
    preprocess = tiny_config().preprocess
    return Loudness("one", preprocess, sha256="1", folds=[8, 9]), Loudness("two", preprocess, sha256="2", folds=[1])


@pytest.fixture
def methods(scorers: tuple[Loudness, Loudness]) -> tuple[Method, ...]:
    return tuple(Method(scorer.name, scorer, method_key(scorer, "cpu")) for scorer in scorers)


@pytest.fixture
def folder(ptbxl_mini: Path, tmp_path: Path) -> Path:
    """Records that a test may damage."""
    return Path(shutil.copytree(ptbxl_mini, tmp_path / "ptbxl"))


def scored(methods: Sequence[Method], cases: Sequence[DetectionCase], lesions: Sequence[AnnotatedRecord],
           cache: Path) -> tuple[dict[str, Any], int]:
    """A comparison, and how many windows its first method scored that were not for the clock."""
    first = methods[0].scorer
    assert isinstance(first, Loudness)
    before = first.n_windows
    found = compare(methods, cases, lesions, methods[0].name, cache, DATA, rounds=10)
    timed = found["methods"][0]["seconds"]["n_records"]
    return found, first.n_windows - before - timed - 2  # and the warm-up


def test_seeds_and_fusion_are_part_of_a_methods_key(
    plus_model: TrainedModel, tiny_config: Callable[..., Config]
) -> None:
    config, fusion = plus_model.config, plus_model.fusion
    assert fusion is not None
    reseeded = dataclasses.replace(config, score=dataclasses.replace(config.score, seed=7))
    other_fusion = dataclasses.replace(fusion, amplitude=fusion.amplitude + np.float32(0.5))
    same, first, seed, fused = (
        AutoencoderScorer(model) for model in (
            plus_model, plus_model, dataclasses.replace(plus_model, config=reseeded),
            dataclasses.replace(plus_model, fusion=other_fusion),
        )
    )
    keys = [method_key(scorer, "cpu") for scorer in (first, seed, fused)]
    assert method_key(same, "cpu") == keys[0]
    assert len(set(keys)) == 3
    assert describe_scorer(first)["configuration"] == describe_scorer(seed)["configuration"]
    peers = [Loudness("peer", tiny_config().preprocess, config={"width": 2, "seed": seed}) for seed in (0, 1)]
    assert method_key(peers[0], "cpu") != method_key(peers[1], "cpu")
    assert describe_scorer(peers[0])["configuration"] == describe_scorer(peers[1])["configuration"]


def test_scores_of_changed_files_are_not_taken(methods: tuple[Method, ...], folder: Path, tmp_path: Path) -> None:
    cases = detection_cases(load_index(folder), [9])
    before, n_first = scored(methods, cases, (), tmp_path / "scores")
    assert n_first == len(cases)
    assert scored(methods, cases, (), tmp_path / "scores")[1] == 0
    entry = cases[0].entry
    assert entry is not None
    signal = entry.path.with_suffix(".dat")
    values = np.fromfile(signal, "<i2")
    (values // 2 + np.arange(len(values), dtype=np.int16) % 50).astype("<i2").tofile(signal)
    after, n_again = scored(methods, cases, (), tmp_path / "scores")
    assert n_again == len(cases)
    one, other = (found["records"]["scores"]["one"] for found in (before, after))
    assert one[0] != other[0]
    assert one[1:] == other[1:]


def test_a_record_that_could_not_be_read_is_tried_again(
    methods: tuple[Method, ...], folder: Path, tmp_path: Path
) -> None:
    cases = detection_cases(load_index(folder), [9])
    faults = [True]

    def prepare(config: PreprocessConfig) -> ModelInput:
        if faults:
            return cases[1].prepare(dataclasses.replace(config, window_s=600.0))  # longer than any record here
        return cases[1].prepare(config)

    broken = [cases[0], dataclasses.replace(cases[1], prepare=prepare), *cases[2:]]
    before, _ = scored(methods, broken, (), tmp_path / "scores")
    assert before["methods"][0]["not_scored"]["n"] == 1
    assert before["records"]["scores"]["one"][1] is None
    faults.clear()
    after, n_again = scored(methods, broken, (), tmp_path / "scores")
    assert n_again == 1
    assert after["methods"][0]["not_scored"]["n"] == 0
    assert after["records"]["scores"]["one"][1] is not None


@pytest.fixture
def lesions(ptbxl_mini: Path) -> tuple[AnnotatedRecord, ...]:
    """Four normal records, of each of which a second of one lead is called a lesion."""
    found = []
    for number, entry in enumerate(load_index(ptbxl_mini).select(folds=[9], label="normal")[:4]):
        mask = np.zeros((12, 5000 if entry.path_500hz else 1000), bool)
        second = mask.shape[1] // 10
        mask[number, second * 4 : second * 5] = True
        found.append(AnnotatedRecord(entry.path, second, ("wide beat",), mask))
    return tuple(found)


@pytest.mark.parametrize("content", [None, b"no array"])
def test_without_their_maps_recordings_are_mapped_again(
    methods: tuple[Method, ...], ptbxl_mini: Path, lesions: tuple[AnnotatedRecord, ...], tmp_path: Path,
    content: bytes | None,
) -> None:
    cases = detection_cases(load_index(ptbxl_mini), [9])
    before, n_first = scored(methods, cases, lesions, tmp_path)
    assert n_first == len(cases) + len(lesions)
    (maps,) = tmp_path.glob("localization-one-*.npy")
    maps.unlink()
    if content is not None:
        maps.write_bytes(content)
    after, n_again = scored(methods, cases, lesions, tmp_path)
    assert n_again == len(lesions)
    assert after["methods"][0]["localization"] == before["methods"][0]["localization"] is not None
    assert scored(methods, cases, lesions, tmp_path)[1] == 0


def test_a_forgotten_log_is_empty_on_disk_too(tmp_path: Path) -> None:
    log = ResultLog(tmp_path / "log.jsonl")
    log.clear()
    log.add({"a": Result(1.0, "")})
    log.clear()
    assert log.results == ResultLog(tmp_path / "log.jsonl").results == {}
    log.add({"b": Result(2.0, "")})
    assert ResultLog(tmp_path / "log.jsonl").results == {"b": Result(2.0, "")}


def test_maps_are_there_once_made_and_of_the_shape(tmp_path: Path) -> None:
    path = tmp_path / "maps.npy"
    assert not has_maps(path, (2, 3))
    open_maps(path, (2, 3))
    assert has_maps(path, (2, 3))
    assert not has_maps(path, (3, 3))


def test_each_row_names_the_folds_that_are_compared_and_were_trained_on(
    methods: tuple[Method, ...], ptbxl_mini: Path, tmp_path: Path
) -> None:
    found, _ = scored(methods, detection_cases(load_index(ptbxl_mini), [9]), (), tmp_path)
    assert [row["folds_trained_on"] for row in found["methods"]] == [[9], []]


@pytest.mark.parametrize(
    ("text", "name", "model"),
    [
        ("plus", "", "plus"), ("a=runs/b", "a", "runs/b"), ("a=runs/b=c", "a", "runs/b=c"),
        ("runs/b=c", "", "runs/b=c"), ("a=", "", "a="),
    ],
)
def test_a_name_ends_at_the_first_equals_sign_and_holds_no_slash(text: str, name: str, model: str) -> None:
    assert split_name(text) == (name, model)


def test_the_shown_command_keeps_names_and_drops_folders(tmp_path: Path) -> None:
    from argparse import Namespace

    from mmae_core.commands.compare import shown_compare_command

    models = [f"{tmp_path}/runs/a=b", f"named={tmp_path}/x=y"]
    options = Namespace(folds="9", every=1, lesions=None, reference=None, model=models, scores=["mine=/home/me/s.csv"],
                        maps=["mine=/home/me/m"], allow_missing=False)
    command = shown_compare_command(options)
    assert "--model a=b --model named=x=y --scores mine=s.csv --maps mine=m --output DIR" in command


def test_results_refuse_a_step_of_none_before_anything_is_made(
    ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["results", "--data", str(ptbxl_mini), "--output", str(tmp_path / "out"), "--every", "0"])
    assert ended.value.code == 2
    assert "argument --every: '0' is no whole number from 1 on" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
