"""`mmae_core contributions` and `mmae_core results`: which variants are compared, and what is run for the tables."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from mmae_core.cli import main, parser_of
from mmae_core.commands.results import MODELS, SCHEDULES, steps
from mmae_core.config import plus
from mmae_core.datasets.annotated_folder import AnnotatedRecord
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import ConfigError
from mmae_core.evaluation.detection_cases import detection_cases
from mmae_core.evaluation.part_contributions import (
    SCORING,
    SEGMENTS,
    WHOLE,
    ScoreVariant,
    compare_contributions,
    contributions_markdown,
    part_variants,
)
from mmae_core.peers.base import PEERS
from mmae_core.scoring.checkpoint import TrainedModel, save_model

TABLES = ["compare", "contributions", "evaluate", "evaluate", "ablate"]
"""Commands that make the tables once everything is trained."""


FITTED = ("segments", "cross_lead", "amplitude", "beat", "departures")
OLD_PARTS = ("segments", "cross_lead", "amplitude")


def _variants(model: TrainedModel) -> tuple[ScoreVariant, ...]:
    return part_variants(model.config.score, OLD_PARTS)


def _saved(model: TrainedModel, folder: Path) -> Path:
    return save_model(folder, model.name, model.version, model.config, model.network, model.calibration, {},
                      cross_lead=model.cross_lead, fusion=model.fusion)


def test_every_variant_is_a_valid_score_and_has_a_name_of_its_own() -> None:
    for family in (part_variants(plus().score, FITTED), SCORING):
        assert len({variant.name for variant in family}) == len(family)
        assert len({dataclasses.replace(plus().score, **variant.changes) for variant in family}) == len(family)
    assert part_variants(plus().score, FITTED)[0].name == WHOLE
    assert SCORING[0].name == SEGMENTS


def test_a_map_is_shown_once_and_not_for_variants_that_do_not_change_it() -> None:
    score = plus().score
    same = {family[0].name: [variant.name for variant in family[1:] if variant.has_map_of(family[0], score)]
            for family in (part_variants(score, FITTED), SCORING)}
    assert {"with amplitude", "the median beat alone", "without departures with a name"} <= set(same[WHOLE])
    assert not {SEGMENTS, "hidden leads alone", "without hidden leads"} & set(same[WHOLE])
    assert "mean instead of geometric mean" in same[SEGMENTS]
    assert not {"random masks", "errors on normalised targets", "both branches weigh the same"} & set(same[SEGMENTS])


def test_each_part_is_left_out_or_added_once_and_stands_alone_once() -> None:
    score = plus().score
    kept = [tuple(variant.changes.get("parts", score.parts)) for variant in part_variants(score, FITTED)]
    for part in FITTED:
        without, within = len(score.parts) - 1, len(score.parts) + 1
        changed = [parts for parts in kept if len(parts) == (without if part in score.parts else within)]
        assert sum((part in parts) != (part in score.parts) for parts in changed) == 1
        assert kept.count((part,)) == 1


def test_parts_keep_their_weights_when_one_is_left_out() -> None:
    score = dataclasses.replace(plus().score, parts=("segments", "cross_lead", "beat"), part_weights=(1.0, 2.0, 3.0))
    weights = {variant.name: variant.changes.get("part_weights") for variant in part_variants(score, FITTED)}
    assert weights["without hidden leads"] == (1.0, 3.0)
    assert weights["with amplitude"] == (1.0, 2.0, 3.0, 1.0)
    assert weights["hidden leads alone"] is None


def test_the_command_compares_the_variants_of_a_model(
    plus_model: TrainedModel, ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, output = _saved(plus_model, tmp_path / "plus"), tmp_path / "out"
    arguments = ["contributions", "--data", str(ptbxl_mini), "--folds", "9", "--model", str(folder), "--output",
                 str(output), "--every", "2"]
    assert main(arguments) == 0, capsys.readouterr().err
    found = json.loads((output / "contributions.json").read_text())
    rows = {row["name"]: row for row in found["parts"]["methods"]}
    assert list(rows) == [variant.name for variant in _variants(plus_model)]
    scores = found["parts"]["records"]["scores"]
    z_scores = [np.array(scores[name]) for name in (SEGMENTS, "hidden leads alone", "amplitude alone")]
    assert plus_model.fusion is not None
    mean, spread = plus_model.fusion.records["segments"]
    z_scores[0] = (np.log(z_scores[0]) - mean) / spread  # alone it stays an error, as the paper's score is
    np.testing.assert_allclose(np.mean(z_scores, axis=0), scores[WHOLE], rtol=1e-4)
    table = (output / "contributions.md").read_text()
    assert all(f"| {variant.name} |" in table for variant in (*_variants(plus_model), *SCORING))


def test_localization_of_the_whole_model_is_not_that_of_a_part(
    plus_model: TrainedModel, ptbxl_mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (WHOLE, "hidden leads alone", "amplitude alone")
    chosen = tuple(variant for variant in _variants(plus_model) if variant.name in kept)
    monkeypatch.setattr("mmae_core.evaluation.part_contributions.part_variants", lambda score, fitted: chosen)
    monkeypatch.setattr("mmae_core.evaluation.part_contributions.SCORING", SCORING[:1])
    index = load_index(ptbxl_mini)
    lesions = []
    for entry in index.select(folds=[9], label="normal")[:3]:
        mask = np.zeros((12, 5000 if entry.path_500hz else 1000), bool)
        mask[1, mask.shape[1] // 2 : mask.shape[1] * 6 // 10] = True
        lesions.append(AnnotatedRecord(entry.path, mask.shape[1] // 10, ("wide beat",), mask))
    found = compare_contributions(plus_model, detection_cases(index, (9,), 2), lesions, tmp_path, {})
    lines = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[4:7]]
             for line in contributions_markdown({"parts": found["parts"]}).splitlines() if line.startswith("| ")}
    assert lines["amplitude alone"] == ["–", "–", "–"]
    assert "–" not in (lines[WHOLE][0], lines[WHOLE][2])
    assert "–" not in lines["hidden leads alone"]


def test_a_model_of_one_part_has_no_contributions(
    tiny_model: object, ptbxl_mini: Path, tmp_path: Path
) -> None:
    cases = detection_cases(load_index(ptbxl_mini), (9,))
    with pytest.raises(ConfigError, match="masked segments alone"):
        compare_contributions(tiny_model(), cases, (), tmp_path, {})  # type: ignore[operator]  # a fixture's function


def _options(tmp_path: Path) -> argparse.Namespace:
    return argparse.Namespace(data=tmp_path / "ptbxl", output=tmp_path / "out", cache=None, every=1)


def test_the_results_take_every_method_and_skip_what_is_there(tmp_path: Path) -> None:
    options = _options(tmp_path)
    commands = [command[0] for command in steps(options, list(SCHEDULES))]
    leads = ["evaluate"] * (1 + len(SCHEDULES))
    assert commands == ["synthesize", *["train"] * len(SCHEDULES), *TABLES[:-1], *leads, TABLES[-1]]
    (tmp_path / "out" / "lesions").mkdir(parents=True)
    (tmp_path / "out" / "lesions" / "lesions.json").write_text("{}")
    (tmp_path / "out" / "runs" / "mcf").mkdir(parents=True)
    (tmp_path / "out" / "runs" / "mcf" / "peer.json").write_text("{}")
    left = steps(options, ["mcf", "tsl"])
    assert [command[0] for command in left] == ["train", *TABLES[:-1], *["evaluate"] * 3, TABLES[-1]]
    models = [after for before, after in zip(left[1], left[1][1:], strict=False) if before == "--model"]
    assert models[:2] == list(MODELS)
    assert [model.split("=")[0] for model in models[2:]] == ["mcf", "tsl"]


def test_every_step_is_a_command_that_exists(tmp_path: Path) -> None:
    for command in steps(_options(tmp_path), list(SCHEDULES)):
        assert parser_of(command[0]).parse_args(command).command_name == command[0]


def test_the_results_of_a_small_folder_hold_every_table(
    plus_model: TrainedModel, ptbxl_mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = [str(_saved(dataclasses.replace(plus_model, name=name), tmp_path / name)) for name in ("wide", "plain")]
    monkeypatch.setattr("mmae_core.commands.results.MODELS", tuple(models))
    monkeypatch.setattr("mmae_core.commands.results.SCHEDULES", {"tsl": ("--epochs", "1")})
    monkeypatch.setattr("mmae_core.commands.results.LESIONS", ("--records", "2", "--normals", "2"))
    ablated: list[argparse.Namespace] = []
    monkeypatch.setattr("mmae_core.commands.ablate.run", ablated.append)  # has tests of its own and takes long
    output = tmp_path / "out"
    assert main(["results", "--data", str(ptbxl_mini), "--output", str(output), "--every", "2", "--methods", "tsl",
                 "--cache", str(tmp_path / "cache")]) == 0
    compared = json.loads((output / "compare" / "compare.json").read_text())
    rows = {row["name"]: row for row in compared["methods"]}
    assert list(rows) == ["wide", "plain", "tsl"]
    assert all({"detection", "localization", "leads", "cost", "seconds"} <= row.keys() for row in rows.values())
    assert rows["tsl"]["model"]["trained_on"]["epochs"] == 1
    assert compared["data"]["n_lead_records"] == 1
    assert "| tsl |" in (output / "compare" / "compare.md").read_text()
    families = json.loads((output / "contributions" / "contributions.json").read_text())
    assert families["parts"]["data"]["n_lesion_records"] == 2
    for name, kind in (("wide", "detection"), ("plain", "detection"), ("leads-wide", "leads"), ("leads-tsl", "leads")):
        assert json.loads((output / f"{name}.json").read_text())["kind"] == kind
        assert (output / f"{name}.html").is_file()
    assert [options.short for options in ablated] == [True]


def test_every_published_method_has_a_schedule() -> None:
    assert set(SCHEDULES) == set(PEERS) - {"cross-lead"}


def test_an_unknown_method_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["results", "--data", str(tmp_path), "--output", str(tmp_path / "out"), "--methods", "mfc"]) == 2
    assert "no schedule for mfc" in capsys.readouterr().err


