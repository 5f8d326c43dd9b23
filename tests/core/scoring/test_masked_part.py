"""Masked passes run only where the score, the map or the caller needs them; no other number depends on that."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import ScoreConfig
from mmae_core.evaluation.cohort_scores import scored_normals
from mmae_core.readers import read_record
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model
from mmae_core.scoring.explain import explain
from mmae_core.scoring.masked_passes import WindowErrors
from mmae_core.scoring.preprocess import ModelInput, prepare
from mmae_core.scoring.window_scorer import AutoencoderScorer


class Counting(Assessor):
    """Counts the windows that masked passes went over."""

    n_masked = 0

    def mask_segments(self, items: list[ModelInput], *, detailed: bool = False) -> WindowErrors:  # type: ignore[override]
        self.n_masked += len(items)
        return super().mask_segments(items, detailed=detailed)


@pytest.fixture(scope="module")
def plus() -> TrainedModel:
    """Its score has hidden leads, the median beat and departures; masked segments are on its map."""
    return load_model("mmae-ecg-plus")


@pytest.fixture(scope="module")
def item(plus: TrainedModel, demo: Path) -> ModelInput:
    return prepare(read_record(demo / "00195_hr"), plus.config.preprocess)


def with_score(model: TrainedModel, **changes: object) -> TrainedModel:
    score: ScoreConfig = dataclasses.replace(model.config.score, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(model, config=dataclasses.replace(model.config, score=score))


def test_a_score_without_masked_segments_needs_no_pass(plus: TrainedModel, item: ModelInput) -> None:
    assessor = Counting(plus, "cpu")
    scored = assessor.score_windows([item], with_maps=False)
    assert assessor.n_masked == 0
    assert scored.errors is None
    assert "segments" not in scored.parts
    numbers = (scored.global_scores, scored.local_scores, scored.segments)
    assert all(np.isnan(values).all() for values in numbers), "not computed is not 0"
    assert [values.shape for values in numbers] == [(1,), (1,), (1, 12, 40)]
    assert np.isfinite(scored.scores).all()


def test_the_score_is_the_same_beside_the_passes(plus: TrainedModel, item: ModelInput) -> None:
    assessor = Counting(plus, "cpu")
    without = assessor.score_windows([item], with_maps=False)
    beside = assessor.score_windows([item], with_maps=False, with_segments=True)
    assert assessor.n_masked == 1
    assert np.isfinite([beside.global_scores, beside.local_scores]).all()
    np.testing.assert_array_equal(without.scores, beside.scores)
    np.testing.assert_array_equal(without.lead_scores, beside.lead_scores)
    assert assessor.describe(without)[0].percentile == assessor.describe(beside)[0].percentile


def test_passes_run_for_a_map_or_a_score_that_has_them(plus: TrainedModel, item: ModelInput) -> None:
    mapped = Counting(plus, "cpu")
    assert np.isfinite(mapped.score_windows([item]).points).any()
    assert mapped.n_masked == 1
    named = Counting(with_score(plus, parts=("segments", "cross_lead"), part_weights=None), "cpu")
    assert np.isfinite(named.score_windows([item], with_maps=False).global_scores).all()
    assert named.n_masked == 1


def test_the_faithful_model_always_runs_them(demo: Path) -> None:
    model = load_model("mmae-ecg-faithful")
    assessor = Counting(model, "cpu")
    window = prepare(read_record(demo / "00170_hr"), model.config.preprocess)
    scored = assessor.score_windows([window], with_maps=False)
    assert assessor.n_masked == 1
    np.testing.assert_array_equal(scored.scores, assessor.score_windows([window]).scores)
    assert np.isfinite([scored.global_scores, scored.local_scores]).all()


def test_a_map_of_hidden_leads_alone_has_windows_without_branches(plus: TrainedModel, demo: Path) -> None:
    assessor = Counting(with_score(plus, map_parts=("cross_lead",)), "cpu")
    record = read_record(demo / "00195_hr")
    found = assessor.assess(record)
    window = found.windows[0]
    assert assessor.n_masked == 0
    assert np.isfinite(found.score).any()
    assert np.isfinite(window.score)
    assert np.isnan([window.global_score, window.local_score]).all()
    explained = explain(assessor, record, 0.0)  # which asks for them
    assert assessor.n_masked == 1
    assert np.isfinite(explained.window.global_score)
    assert np.isfinite(explained.leads[6].branches).all()


def test_evaluation_and_cohorts_have_the_numbers_of_both_branches(
    plus: TrainedModel, item: ModelInput, demo: Path
) -> None:
    parts = AutoencoderScorer(plus).score_windows([item]).parts
    assert np.isfinite([parts["paper/signal"], parts["global"], parts["local"], parts["segments"]]).all()
    with scored_normals(Assessor(plus, "cpu"), [demo / "00195_hr.hea"]) as cohort:
        (block,) = cohort.blocks(np.ones(1, bool))
        assert np.isfinite(block.segments).any()
