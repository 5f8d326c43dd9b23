from __future__ import annotations

import json
from pathlib import Path

import pytest

from mmae_core.cli import main
from mmae_core.evaluation.benchmark import scoring_benchmark
from mmae_core.readers import read_record
from mmae_core.scoring.checkpoint import TrainedModel, load_model
from mmae_core.scoring.preprocess import prepare


@pytest.fixture(scope="module")
def bundled() -> TrainedModel:
    return load_model()


def test_sharing_embeddings_changes_no_score_and_costs_a_third_of_the_literal_loop(
    bundled: TrainedModel, demo: Path
) -> None:
    inputs = [prepare(read_record(demo / name), bundled.config.preprocess) for name in ("00170_hr", "00262_hr")]
    figures = scoring_benchmark(bundled, inputs, rounds=9)
    assert figures["largest_relative_difference"] < 1e-5
    milliseconds = figures["ms_per_record"]
    assert set(milliseconds) == {"literal", "batched", "shared"}
    assert milliseconds["shared"] < milliseconds["literal"] / 2, "a third where nothing else runs"


def test_the_command_prints_what_scoring_and_training_cost(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["benchmark", "--windows", "12", "--steps", "2", "--no-compile"]) == 0
    printed = capsys.readouterr()
    figures = json.loads(printed.out)
    for stage in ("scoring …", "training: writing 12 windows, 0.0 GB", "training: first step …", "2 more steps …"):
        assert stage in printed.err
    assert figures["scoring"]["shared_over_literal"] > 0
    rows = figures["assessing"]["rows_ms"]
    assert list(rows) == [
        "score", "score_and_map", "part_segments", "part_cross_lead", "part_beat", "part_departures",
        "beats_and_boundaries", "departures", "own_beats"]
    assert figures["assessing"]["parts"] == ["cross_lead", "beat", "departures"]
    assert min(rows.values()) > 0.1
    assert (figures["assessing"]["ms_per_record"], figures["assessing"]["threads"]) == (rows["score"], 1)
    training = figures["training"]
    assert (training["windows"], training["batch_size"], training["steps"]) == (12, 12, 2)
    assert training["seconds_per_step"] > 0
    assert training["peak_memory_gb"] > 0.1
