from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from sklearn.metrics import auc, average_precision_score, roc_auc_score

from mmae_core.metrics.localization import (
    benchmark_maps,
    best_threshold,
    common_points,
    compare_localization,
    crop,
    lead_auroc,
    localization_curves,
    localization_metrics,
    normal_thresholds,
    overlap_metrics,
    point_set,
    pointing_game,
    record_aurocs,
    record_dice,
)
from mmae_core.metrics.points import PointSet, RecordPoints, record_weights

N, SAMPLES, RATE_HZ = 12, 300, 50.0


@pytest.fixture(scope="module")
def masks() -> NDArray[np.bool_]:
    masks = np.zeros((N, 12, SAMPLES), bool)
    for record in range(N):
        masks[record, record % 12, 40 + 10 * record : 70 + 10 * record] = True
        masks[record, (record + 1) % 12, 40:90] = True
    return masks


@pytest.fixture(scope="module")
def maps(masks: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Records of different levels, with ties."""
    generator = np.random.default_rng(0)
    level = generator.normal(size=(N, 1, 1))
    return np.round(generator.normal(size=masks.shape) + level + 0.8 * masks, 2).astype(np.float32)


def with_gaps(maps: NDArray[np.float32]) -> NDArray[np.float32]:
    gaps = maps.copy()
    gaps[0, 3] = np.nan
    gaps[5, :, :20] = np.nan
    return gaps


def test_pooled_and_record_figures_are_scikit_learns(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    for given in (maps, with_gaps(maps)):
        known = np.isfinite(given)
        found = localization_metrics(point_set(given, masks), rounds=50)
        assert found["pooled_auroc"] == pytest.approx(roc_auc_score(masks[known], given[known]), abs=1e-9)
        precision = average_precision_score(masks[known], given[known])
        assert found["average_precision"] == pytest.approx(precision, abs=1e-9)
        own = [roc_auc_score(mask[ok], scores[ok]) for scores, mask, ok in zip(given, masks, known, strict=True)]
        assert found["record_auroc"] == pytest.approx(np.mean(own))
        assert found["chance_level"] == pytest.approx(masks[known].mean())
        assert (found["n_records"], found["n_points"]) == (N, known.sum())


def test_few_bins_give_nearly_the_exact_areas(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    smooth = maps + np.random.default_rng(3).normal(scale=1e-3, size=maps.shape).astype(np.float32)
    whole = point_set(smooth, masks)
    for bins, tolerance, precision_tolerance in ((1024, 5e-4, 1e-5), (64, 1e-3, 5e-3)):
        auroc, precision = PointSet(whole.records, bins).areas()
        assert auroc[0] == pytest.approx(whole.auroc(), abs=tolerance)
        assert precision[0] == pytest.approx(whole.average_precision(), abs=precision_tolerance)


def test_a_bootstrap_sample_is_the_records_it_drew(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    points = point_set(maps, masks)
    weights = record_weights(N, 5, seed=1)
    assert (weights.sum(axis=1) == N).all()
    auroc, precision = points.areas(weights)
    for row, drawn in enumerate(weights):
        rows = np.repeat(np.arange(N), drawn.astype(int))
        labels, scores = masks[rows].ravel(), maps[rows].ravel()
        assert auroc[row] == pytest.approx(roc_auc_score(labels, scores), abs=5e-4)
        assert precision[row] == pytest.approx(average_precision_score(labels, scores), abs=2e-3)


def test_intervals_draw_whole_records(masks: NDArray[np.bool_]) -> None:
    """One record found, all others not: points would be certain of the mean, records are not."""
    generator = np.random.default_rng(4)
    maps = generator.normal(size=masks.shape).astype(np.float32)
    maps[::2] += 2 * masks[::2]
    found = localization_metrics(point_set(maps, masks))
    low, high = found["pooled_auroc_ci95"]
    assert low < found["pooled_auroc"] < high
    assert high - low > 0.15
    own = record_aurocs(point_set(maps, masks))
    drawn = np.random.default_rng(5).choice(own, size=(2000, N)).mean(axis=1)
    assert found["record_auroc_ci95"] == pytest.approx(np.percentile(drawn, [2.5, 97.5]), abs=0.02)


def test_nothing_to_find_is_not_a_number(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    none = localization_metrics(point_set(maps, np.zeros_like(masks)), rounds=20)
    assert np.isnan([none["pooled_auroc"], none["average_precision"], none["record_auroc"]]).all()
    assert none["chance_level"] == 0
    some = masks.copy()
    some[3:] = False
    found = localization_metrics(point_set(maps, some), rounds=200)
    own = [roc_auc_score(masks[row].ravel(), maps[row].ravel()) for row in range(3)]
    assert found["record_auroc"] == pytest.approx(np.mean(own))
    assert found["pooled_auroc_ci95"] is found["record_auroc_ci95"] is found["average_precision_ci95"] is None
    assert found["no_interval"] == "3 records with a lesion; an interval needs at least 10"
    rare = np.concatenate([np.tile(masks, (4, 1, 1))[:10], np.zeros((40, *masks.shape[1:]), bool)])
    found = localization_metrics(point_set(np.resize(maps, rare.shape), rare), rounds=200)
    assert np.isfinite(found["pooled_auroc_ci95"]).all(), "samples without any lesion say nothing"
    assert (found["n_records"], found["n_with_lesion"]) == (50, 10)


def test_records_without_a_lesion_cannot_hit_and_lower_no_mean(
    maps: NDArray[np.float32], masks: NDArray[np.bool_]
) -> None:
    free = np.zeros_like(masks)
    both_maps, both_masks = np.concatenate([maps, maps]), np.concatenate([masks, free])
    alone, _ = pointing_game(maps, masks, 100.0, rounds=20)
    game, hits = pointing_game(both_maps, both_masks, 100.0, rounds=20)
    assert (game["share"], game["chance"], game["n_records"]) == (alone["share"], alone["chance"], len(masks))
    assert len(hits) == 2 * len(masks)
    threshold = float(np.quantile(maps, 0.9))
    mean = overlap_metrics(point_set(maps, masks), threshold, rounds=20)["record_dice"]
    assert overlap_metrics(point_set(both_maps, both_masks), threshold, rounds=20)["record_dice"] == mean


def test_maps_are_cropped_and_then_smoothed_as_the_benchmark_does() -> None:
    maps = np.random.default_rng(6).gamma(2, size=(2, 12, 5000)).astype(np.float32)
    found = benchmark_maps(maps, 500)
    for lead in (0, 7):
        expected = gaussian_filter(maps[1, lead, 100:4900], sigma=15)
        np.testing.assert_allclose(found[1, lead], expected, rtol=1e-5)
    assert crop(maps, 50).shape == (2, 12, 4980)


def test_what_was_not_assessed_stays_so_and_does_not_spread() -> None:
    maps = np.ones((1, 12, 500), np.float32)
    maps[0, 2, 100:200] = np.nan
    maps[0, 4] = np.nan
    found = benchmark_maps(maps, 50)
    assert np.isnan(found[0, 2, 90:190]).all()
    assert np.isnan(found[0, 4]).all()
    np.testing.assert_allclose(found[np.isfinite(found)], 1.0, rtol=1e-6)
    assert np.isfinite(found).sum() == 11 * 480 - 100


def test_a_lead_is_found_by_its_highest_point(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    found, (low, high) = lead_auroc(maps, masks, rounds=200)
    assert found == pytest.approx(roc_auc_score(masks.any(axis=2).ravel(), maps.max(axis=2).ravel()))
    assert low < found < high
    gaps = with_gaps(maps)
    known = np.isfinite(gaps).any(axis=2)
    highest = np.nanmax(gaps[known], axis=1)
    assert lead_auroc(gaps, masks, rounds=20)[0] == pytest.approx(roc_auc_score(masks.any(axis=2)[known], highest))


def test_the_highest_point_may_miss_a_lesion_by_50_ms_but_not_its_lead() -> None:
    masks = np.zeros((5, 12, 500), bool)
    masks[:, 3, 100:150] = True
    maps = np.zeros((5, 12, 500), np.float32)
    for record, (lead, sample) in enumerate([(3, 120), (3, 98), (3, 97), (3, 151), (4, 120)]):
        maps[record, lead, sample] = 1
    found, hits = pointing_game(maps, masks, rate_hz=50, rounds=100)  # 50 ms are 2 (2.5, to even) samples
    assert hits.tolist() == [True, True, False, True, False]
    assert (found["n_hits"], found["share"]) == (3, 0.6)
    assert found["chance"] == pytest.approx(54 / 6000)
    maps[0, 3, 120] = np.nan
    maps[0, 3, 140] = 0.5
    assert pointing_game(maps, masks, 50, rounds=10)[1].tolist()[0]


@pytest.mark.parametrize("threshold", [-1.0, 0.5, 1.37])
def test_overlap_is_counted_at_or_above_the_threshold(
    maps: NDArray[np.float32], masks: NDArray[np.bool_], threshold: float
) -> None:
    given = with_gaps(maps)
    known = np.isfinite(given)
    called = given >= np.float32(threshold)
    found = overlap_metrics(point_set(given, masks), threshold, rounds=300)
    both, either = (called & masks & known).sum(), ((called | masks) & known).sum()
    assert found["iou"] == pytest.approx(both / either)
    assert found["dice"] == pytest.approx(2 * both / (either + both))
    low, high = found["dice_ci95"]
    assert low < found["dice"] < high
    own = [2 * (c & m & k).sum() / ((c & k).sum() + (m & k).sum())
           for c, m, k in zip(called, masks, known, strict=True)]
    np.testing.assert_allclose(record_dice(point_set(given, masks), threshold), own)
    assert found["record_dice"] == pytest.approx(np.mean(own))


def test_the_best_threshold_is_the_best(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    points = point_set(maps, masks)
    best = overlap_metrics(points, best_threshold(points), rounds=1)["dice"]
    called = [(maps >= level) for level in np.unique(maps)[::3]]
    every = [2 * (points_called & masks).sum() / (points_called.sum() + masks.sum()) for points_called in called]
    assert max(every) - 1e-9 <= best <= max(every) + 0.01


def test_thresholds_are_fixed_on_normals() -> None:
    maps = [np.arange(12_000, dtype=np.float32).reshape(12, 1000) for _ in range(3)]
    maps[1][:] = np.nan
    thresholds, n_normals = normal_thresholds(iter(maps), (0.5, 0.9))
    assert thresholds == (pytest.approx(6000, abs=5), pytest.approx(10_800, abs=5))
    assert n_normals == 2
    with pytest.raises(ValueError, match="no point"):
        normal_thresholds([])


def test_methods_are_compared_on_the_points_that_both_assessed(
    maps: NDArray[np.float32], masks: NDArray[np.bool_]
) -> None:
    better = (maps + 1.5 * masks).astype(np.float32)
    better[7] = np.nan
    gaps = with_gaps(maps)
    known = np.isfinite(gaps) & np.isfinite(better)
    points, against = common_points(better, gaps, masks)
    assert len(points.records) == N - 1
    assert points.n_points == against.n_points == known.sum()
    found = compare_localization(points, against, rounds=400)
    areas = [roc_auc_score(masks[known], values[known]) for values in (better, gaps)]
    pooled = found["pooled_auroc"]
    assert (pooled["value"], pooled["against"]) == (pytest.approx(areas[0]), pytest.approx(areas[1]))
    assert pooled["difference"] == pytest.approx(areas[0] - areas[1])
    for name in ("pooled_auroc", "record_auroc", "average_precision"):
        low, high = found[name]["difference_ci95"]
        assert 0 < low < found[name]["difference"] < high, name
        assert found[name]["p_value"] == pytest.approx(2 / 401)


def test_a_pair_is_drawn_together(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    """The same method twice, once with its levels moved: records differ much, the methods hardly."""
    points, against = common_points(maps, (3 * maps + 1).astype(np.float32), masks)
    found = compare_localization(points, against, rounds=200)
    for figures in found.values():
        assert figures["difference"] == pytest.approx(0, abs=1e-6)
        assert figures["difference_ci95"] == pytest.approx([0, 0], abs=1e-3)
        assert figures["p_value"] > 0.5


def test_curves_enclose_the_area(maps: NDArray[np.float32], masks: NDArray[np.bool_]) -> None:
    curves = localization_curves(point_set(maps, masks))
    false, true = np.array(curves["roc"]).T
    assert (curves["roc"][0], curves["roc"][-1]) == ([0, 0], [1, 1])
    assert auc(false, true) == pytest.approx(roc_auc_score(masks.ravel(), maps.ravel()), abs=2e-3)
    assert curves["pr"][-1] == [1.0, pytest.approx(masks.mean())]


def test_points_are_sorted_once() -> None:
    record = RecordPoints.of(np.array([3, 1, np.nan, 2], np.float32), np.array([True, False, True, True]))
    assert (record.positive.tolist(), record.negative.tolist()) == ([2, 3], [1])
