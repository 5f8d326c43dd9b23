from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from mmae_core.config import Config, ModelConfig, PreprocessConfig, ScoreConfig
from mmae_core.model.masking import BranchMask, PassPlan, plan_passes
from mmae_core.model.network import MaskedAutoencoder, standardise_targets, to_segments
from mmae_core.readers import read_record
from mmae_core.scoring.aggregate import (
    branch_scores,
    branch_weights,
    point_scores,
    segment_errors,
    segment_scores,
    segments_assessable,
    smooth,
)
from mmae_core.scoring.masked_passes import Passes, WindowErrors, pass_predictions, window_errors
from mmae_core.scoring.preprocess import prepare

ALL = np.ones((1, 12, 20), bool)


def network_of(config: ModelConfig) -> MaskedAutoencoder:
    """Weights large enough for predictions to differ from zero."""
    network = MaskedAutoencoder(config)
    network.initialise(torch.Generator().manual_seed(0))
    return network.eval().requires_grad_(False)


@pytest.fixture(scope="module")
def tiny(tiny_config: Callable[..., Config]) -> ModelConfig:
    return tiny_config().model


@pytest.fixture(scope="module")
def windows(tiny: ModelConfig) -> Tensor:
    generator = torch.Generator().manual_seed(2)
    return torch.randn(3, tiny.n_leads, tiny.n_samples, generator=generator).cumsum(dim=-1) / 5


def errors_of(
    config: ModelConfig, windows: Tensor, score: ScoreConfig | None = None, way: Passes = "shared"
) -> tuple[WindowErrors, PassPlan]:
    score = score or ScoreConfig()
    plan = plan_passes(config, score.n_passes, score.masks, score.seed)
    return window_errors(network_of(config), windows, plan, way, with_expected=True), plan


@pytest.mark.parametrize(("scale", "norm"), [("zscore", "lead"), ("minmax", "joint")])
def test_three_ways_of_running_the_passes_give_the_same_errors(demo: Path, scale: str, norm: str) -> None:
    preprocess = PreprocessConfig(scale=scale)
    config = ModelConfig(target_norm=norm)
    signals = [prepare(read_record(demo / name), preprocess).signal for name in ("00170_hr", "00262_hr")]
    windows = torch.from_numpy(np.stack(signals))
    literal, _ = errors_of(config, windows, way="literal")
    for way in ("batched", "shared"):
        other, _ = errors_of(config, windows, way=way)
        for branch in ("global_branch", "local_branch"):
            expected, found = getattr(literal, branch), getattr(other, branch)
            torch.testing.assert_close(found.squared, expected.squared, rtol=1e-5, atol=1e-5, equal_nan=True)
            assert torch.equal(found.counts, expected.counts)
            spread = expected.squared.nan_to_num().amax()
            assert (found.squared - expected.squared).nan_to_num().abs().amax() / spread < 1e-5
        torch.testing.assert_close(other.expected, literal.expected, rtol=1e-4, atol=1e-5)


def test_scores_do_not_depend_on_whether_the_expected_trace_is_asked_for(tiny: ModelConfig, windows: Tensor) -> None:
    with_it, plan = errors_of(tiny, windows)
    without = window_errors(network_of(tiny), windows, plan)
    assert without.expected is None
    for branch in ("global_branch", "local_branch"):
        assert torch.equal(getattr(without, branch).squared.nan_to_num(), getattr(with_it, branch).squared.nan_to_num())


@pytest.mark.parametrize("norm", ["lead", "joint", "none"])
def test_the_expected_trace_is_the_mean_of_what_the_passes_restore(
    tiny: ModelConfig, windows: Tensor, norm: str
) -> None:
    config = replace(tiny, target_norm=norm)
    errors, plan = errors_of(config, windows)
    found = pass_predictions(network_of(config), windows, plan)
    assert found.global_values.shape == (3, len(plan.region_starts), config.n_masked_global, config.token_size)
    sums, counts = torch.zeros(3, config.n_segments, config.token_size), torch.zeros(config.n_segments)
    for masked, values in ((found.global_masked, found.global_values), (found.local_masked, found.local_values)):
        for index, segments in enumerate(masked.tolist()):
            for place, segment in enumerate(segments):
                sums[:, segment] += values[:, index, place]
                counts[segment] += 1
    torch.testing.assert_close(sums / counts[:, None], errors.expected, rtol=1e-4, atol=1e-5, equal_nan=True)


def test_leaving_visible_tokens_out_of_the_last_block_changes_no_prediction(tiny: ModelConfig, windows: Tensor) -> None:
    """What a pass predicts is what it would with every token decoded to the end."""
    network = network_of(tiny)
    plan = plan_passes(tiny, 4, "complementary", 0)
    one = [BranchMask(mask.masked[[2]].expand(3, -1), mask.visible[[2]].expand(3, -1))
           for mask in (plan.global_mask, plan.local_mask)]
    segments = to_segments(windows, tiny)
    start = int(plan.region_starts[2])
    embedded = [network.embed(segments[:, one[0].visible[0]]), network.embed(segments[:, start + one[1].visible[0]])]
    with torch.no_grad():
        short = network.reconstruct(*embedded, *one, plan.region_starts[[2]].expand(3))
        whole = network.reconstruct_all(*embedded, *one, plan.region_starts[[2]].expand(3))
    for part, everything in zip(short, whole, strict=True):
        torch.testing.assert_close(part, everything[:, -part.shape[1] :], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("masks", ["complementary", "random"])
def test_the_score_is_equation_1_of_the_paper(tiny: ModelConfig, windows: Tensor, masks: str) -> None:
    """Mean over the passes of the summed loss of both branches, written out pass by pass."""
    score = ScoreConfig(masks=masks, error_space="normalised")
    network = network_of(tiny)
    plan = plan_passes(tiny, score.n_passes, score.masks, score.seed)
    segments = to_segments(windows, tiny)
    targets = standardise_targets(segments, tiny)[0]
    total = torch.zeros(len(windows))
    for index, start in enumerate(plan.region_starts.tolist()):
        one_pass = [
            BranchMask(mask.masked[[index]].expand(3, -1), mask.visible[[index]].expand(3, -1))
            for mask in (plan.global_mask, plan.local_mask)
        ]
        predicted = network(
            segments[:, one_pass[0].visible[0]], segments[:, start + one_pass[1].visible[0]], *one_pass
        )
        for values, mask, offset in zip(predicted, one_pass, (0, start), strict=True):
            total += (values - targets[:, offset + mask.masked[0]]).square().sum(dim=(1, 2))
    eq_1 = total / len(plan.region_starts)

    by_segment = segment_errors(window_errors(network, windows, plan), tiny)
    everything = ALL.repeat(3, axis=0)
    weights = branch_weights(tiny, score)
    found = sum(
        weight * branch_scores(errors, counts, everything)[0]
        for weight, errors, counts in zip(
            weights, by_segment.branches("normalised", 0.0), (by_segment.global_counts, by_segment.local_counts),
            strict=True,
        )
    )
    values_a_pass = (tiny.n_masked_global + tiny.n_masked_local) * tiny.token_size
    np.testing.assert_allclose(found, eq_1 / values_a_pass, rtol=1e-5)


def test_what_was_never_scored_locally_is_nan_and_not_zero(tiny: ModelConfig, windows: Tensor) -> None:
    errors, _ = errors_of(tiny, windows)
    never = [0, 17, 18, 19]
    assert errors.local_branch.counts[never].tolist() == [0] * 4
    assert errors.local_branch.squared[:, never].isnan().all()
    assert errors.local_branch.squared[:, 1:17].isfinite().all()
    assert errors.global_branch.squared.isfinite().all()
    by_segment = segment_errors(errors, tiny)
    combined = segment_scores(by_segment, tiny, ScoreConfig(error_space="signal"))
    np.testing.assert_array_equal(combined[:, :, never], by_segment.branches("signal", 0.0)[0][:, :, never])
    assert np.isfinite(combined).all()


def test_random_masks_report_how_often_each_segment_was_scored(tiny: ModelConfig, windows: Tensor) -> None:
    errors, plan = errors_of(tiny, windows, ScoreConfig(masks="random", seed=7))
    masked = plan.global_mask.masked.flatten().tolist()
    assert errors.global_branch.counts.tolist() == [masked.count(segment) for segment in range(20)]
    local = (plan.region_starts[:, None] + plan.local_mask.masked).flatten().tolist()
    assert errors.local_branch.counts.tolist() == [local.count(segment) for segment in range(20)]
    assert 0 in errors.local_branch.counts[1:17], "this seed leaves some out"
    by_segment = segment_errors(errors, tiny)
    scores, leads = branch_scores(by_segment.local_branch, by_segment.local_counts, ALL.repeat(3, axis=0))
    assert np.isfinite(scores).all()
    assert np.isfinite(leads).all()


def test_what_only_the_local_branch_scored_has_its_local_score(tiny: ModelConfig, windows: Tensor) -> None:
    by_segment = segment_errors(errors_of(tiny, windows)[0], tiny)
    holed = by_segment.global_branch.copy()
    holed[:, :, 5] = np.nan
    combined = segment_scores(
        replace(by_segment, global_branch=holed), tiny, ScoreConfig(error_space="normalised")
    )
    np.testing.assert_array_equal(combined[:, :, 5], by_segment.local_branch[:, :, 5])


@pytest.mark.parametrize("norm", ["lead", "joint", "none"])
def test_error_spaces_differ_by_the_variance_of_the_target(
    tiny: ModelConfig, windows: Tensor, norm: str
) -> None:
    config = replace(tiny, target_norm=norm)
    errors, _ = errors_of(config, windows)
    segments = to_segments(windows, config)
    variance = standardise_targets(segments, config)[1]
    squared = errors.global_branch.squared
    expected = {"normalised": squared, "signal": squared * variance, "relative": squared * variance / (variance + 0.02)}
    for space, values in expected.items():
        torch.testing.assert_close(errors.in_space(errors.global_branch, space, 0.02), values)
        by_lead = segment_errors(errors, config).branches(space, 0.02)[0]
        means = values.view(3, 20, 12, 25).mean(dim=-1).transpose(1, 2)
        np.testing.assert_allclose(by_lead, means, rtol=1e-4)


@pytest.mark.parametrize("norm", ["lead", "joint", "none"])
def test_a_segment_masked_once_errs_by_its_distance_from_the_expected_trace(
    tiny: ModelConfig, windows: Tensor, norm: str
) -> None:
    config = replace(tiny, target_norm=norm)
    errors, _ = errors_of(config, windows, ScoreConfig(n_passes=1))
    single = (errors.global_branch.counts == 1) & (errors.local_branch.counts == 0)
    assert single.any()
    distance = (errors.expected - to_segments(windows, config)).square()[:, single]
    torch.testing.assert_close(
        errors.in_space(errors.global_branch, "signal", 0.0)[:, single], distance, rtol=1e-3, atol=1e-4
    )


def test_branches_weigh_as_many_masked_segments_as_they_have_or_as_asked() -> None:
    assert branch_weights(ModelConfig(), ScoreConfig()) == pytest.approx((10 / 11, 1 / 11))
    assert branch_weights(ModelConfig(), ScoreConfig(branch_weights=(1.0, 3.0))) == (0.25, 0.75)


def test_leads_and_segments_that_cannot_be_assessed_do_not_count() -> None:
    errors = np.random.default_rng(0).gamma(2, size=(1, 12, 20)).astype(np.float32)
    counts = np.full(20, 9)
    bad = ALL.copy()
    bad[0, 3] = False
    bad[0, :, 7] = False
    wrecked = errors.copy()
    wrecked[~bad] = 1e6
    score, leads = branch_scores(wrecked, counts, bad)
    assert score[0] == pytest.approx(errors[bad].mean(), rel=1e-6)
    assert np.isnan(leads[0, 3])
    assert leads[0, 0] == pytest.approx(np.delete(errors[0, 0], 7).mean(), rel=1e-6)
    nothing = branch_scores(errors, counts, ~ALL)
    assert np.isnan(nothing[0]).all()
    assert np.isnan(nothing[1]).all()


def test_log_pooling_is_the_geometric_mean() -> None:
    errors = np.full((1, 12, 20), 0.5, np.float32)
    errors[0, :, ::2] = 2.0
    score, leads = branch_scores(errors, np.full(20, 9), ALL, "log")
    np.testing.assert_allclose(score, 1.0, rtol=1e-3)
    np.testing.assert_allclose(leads, 1.0, rtol=1e-3)


def test_a_segment_is_assessable_if_all_of_it_is(tiny: ModelConfig) -> None:
    points = np.ones((1, 12, 500), bool)
    points[0, 4, 26] = False
    segments = segments_assessable(points, tiny)
    assert not segments[0, 4, 1]
    assert segments.sum() == 12 * 20 - 1


def test_point_scores_are_nan_just_where_the_input_cannot_be_assessed(tiny: ModelConfig, windows: Tensor) -> None:
    errors, _ = errors_of(tiny, windows)
    good = np.ones((3, 12, 500), bool)
    good[1, 2, 100:150] = False
    points = point_scores(errors, good, tiny, ScoreConfig(smoothing_sigma_samples=1.5))
    np.testing.assert_array_equal(np.isfinite(points), good)


def test_point_scores_of_a_segment_have_the_segments_mean(tiny: ModelConfig, windows: Tensor) -> None:
    errors, _ = errors_of(tiny, windows)
    score = ScoreConfig(smoothing_sigma_samples=0.0, error_space="signal", map_error_space="signal")
    points = point_scores(errors, np.ones((3, 12, 500), bool), tiny, score)
    means = points.reshape(3, 12, 20, 25).mean(axis=-1)
    np.testing.assert_allclose(means, segment_scores(segment_errors(errors, tiny), tiny, score), rtol=1e-4)


def test_smoothing_neither_spreads_nor_fills_what_is_missing_nor_changes_a_constant() -> None:
    scores = np.full((2, 400), 3.0, np.float32)
    scores[0, 100:180] = np.nan
    scores[1, :5] = np.nan
    smoothed = smooth(scores, 15)
    np.testing.assert_array_equal(np.isnan(smoothed), np.isnan(scores))
    np.testing.assert_allclose(smoothed[np.isfinite(smoothed)], 3.0, rtol=1e-5)
    assert np.isnan(smooth(np.full((1, 50), np.nan, np.float32), 15)).all()


def test_smoothing_keeps_the_sum_and_the_place_of_a_peak() -> None:
    scores = np.zeros((1, 400), np.float32)
    scores[0, 200] = 1.0
    smoothed = smooth(scores, 15)
    assert smoothed.argmax() == 200
    assert smoothed.sum() == pytest.approx(1.0, rel=1e-4)
    assert smoothed[0, 215] / smoothed[0, 200] == pytest.approx(np.exp(-0.5), rel=1e-3)
    assert smooth(scores, 0) is scores
