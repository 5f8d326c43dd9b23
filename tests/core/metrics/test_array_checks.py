"""Whatever arrays a metric is given, its figure is that of the definition, or it is refused: never a wrong number."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmae_core.errors import DatasetError
from mmae_core.evaluation.evaluate_localization import resampled_mask
from mmae_core.metrics.agreement import estimate, overlap_iou
from mmae_core.metrics.array_checks import binary, numbers
from mmae_core.metrics.detection import (
    bootstrap_metrics,
    delong,
    detection_curves,
    detection_metrics,
    operating_point,
    sampler,
)
from mmae_core.metrics.ec57 import compare_beats
from mmae_core.metrics.leads import lead_aurocs, mean_by_patient, share_by_patient
from mmae_core.metrics.localization import (
    benchmark_maps,
    common_points,
    compare_localization,
    crop,
    lead_auroc,
    normal_thresholds,
    overlap_metrics,
    point_set,
    pointing_game,
)
from mmae_core.metrics.points import PointSet, RecordPoints, exact_auroc, exact_average_precision, record_weights
from mmae_core.metrics.readers import CaseRead, reader_figures
from mmae_core.metrics.strata import within_groups
from mmae_core.metrics.uniformity import check_uniformity, clopper_pearson, conformal_p_values

FEW = settings(max_examples=60, deadline=None, derandomize=True)
ROUNDS = 3
NOTHING = math.nan

scores_of_any_kind = st.lists(st.sampled_from([0.0, 1.0, 1.0, 2.5, -3.0, 1e300, NOTHING, math.inf, -math.inf]),
                              max_size=12)
labels_of_any_kind = st.lists(st.sampled_from([0, 1, 0, 1, 0, 1, True, False, 2, -1, 0.5, NOTHING]), max_size=12)
KINDS = (np.bool_, np.int8, np.int64, np.uint8, np.float32, np.float64)


def by_pairs(scores: list[float], labels: list[Any]) -> float:
    """AUROC as it is defined: the share of pairs in order, ties half; of records that have a score."""
    ill = [score for score, label in zip(scores, labels, strict=True) if label == 1 and not math.isnan(score)]
    well = [score for score, label in zip(scores, labels, strict=True) if label == 0 and not math.isnan(score)]
    return float(np.mean([(a > b) + 0.5 * (a == b) for a in ill for b in well]))


def is_sound(scores: list[float], labels: list[Any]) -> bool:
    return len(scores) == len(labels) and not any(map(math.isinf, scores)) and all(label in {0, 1} for label in labels)


@FEW
@given(scores_of_any_kind, labels_of_any_kind)
def test_an_auroc_is_that_of_all_pairs_or_refused(scores: list[float], labels: list[Any]) -> None:
    try:
        found = detection_metrics(np.array(scores), np.array(labels), ROUNDS)["auroc"]
    except DatasetError:
        counted = [label for score, label in zip(scores, labels, strict=False) if not math.isnan(score)]
        assert not is_sound(scores, labels) or min(sum(counted), len(counted) - sum(counted)) < 2
    else:
        assert is_sound(scores, labels)
        assert found == pytest.approx(by_pairs(scores, labels))


@FEW
@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0, 2.0, 3.5, NOTHING]), st.sampled_from([0.0, 1.0, 2.0, 7.0]),
                          st.booleans()), min_size=12, max_size=30), st.sampled_from(KINDS))
def test_labels_of_any_type_give_the_figures_of_booleans(rows: list[tuple[float, float, bool]], kind: type) -> None:
    first, second, labels = (np.array(column) for column in zip(*rows, strict=True))
    groups = [place % 2 for place in range(len(rows))]
    known = np.isfinite(first)

    def all_of(abnormal: Any) -> list[Any]:
        return [
            figures(lambda: detection_metrics(first, abnormal, ROUNDS, operating_points=True)),
            figures(lambda: delong(first, second, abnormal)),
            figures(lambda: detection_curves(first, abnormal)),
            figures(lambda: within_groups(first, abnormal, groups, rounds=ROUNDS)),
            figures(lambda: bootstrap_metrics(first[known], abnormal[known], ROUNDS).tolist()),
        ]

    assert all_of(labels.astype(kind)) == all_of(labels)


def figures(of: Callable[[], Any]) -> str:
    """The figures as text, in which NaN equals NaN, or the refusal."""
    try:
        return repr(of())
    except DatasetError as error:
        return str(error)


@FEW
@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, NOTHING]), max_size=8),
       st.lists(st.sampled_from([0.0, 1.0, 2.0, NOTHING]), max_size=8))
def test_an_exact_area_needs_sorted_scores(positive: list[float], negative: list[float]) -> None:
    is_sorted = all(one == sorted(one) and not any(map(math.isnan, one)) for one in (positive, negative))
    arrays = np.array(positive, np.float32), np.array(negative, np.float32)
    if not is_sorted:
        with pytest.raises(DatasetError, match="rising order"):
            exact_auroc(*arrays)
        with pytest.raises(DatasetError, match="rising order"):
            exact_average_precision(*arrays)
    elif positive and negative:
        assert exact_auroc(*arrays) == pytest.approx(
            by_pairs(positive + negative, [1] * len(positive) + [0] * len(negative)))


@FEW
@given(st.integers(0, 2**32 - 1), st.sampled_from(KINDS))
def test_masks_of_any_type_give_the_figures_of_booleans(seed: int, kind: type) -> None:
    generator = np.random.default_rng(seed)
    maps = generator.normal(size=(3, 12, 24)).astype(np.float32)
    maps[generator.random(maps.shape) < 0.1] = np.nan
    masks = generator.random(maps.shape) < 0.02

    def all_of(given_masks: Any) -> list[Any]:
        return [point_set(maps, given_masks).auroc(), lead_auroc(maps, given_masks, ROUNDS),
                pointing_game(maps, given_masks, 50.0, ROUNDS)[0], common_points(maps, -maps, given_masks)[1].auroc(),
                resampled_mask(given_masks[0], 50.0, 100.0, 47).tolist()]

    assert repr(all_of(masks.astype(kind))) == repr(all_of(masks)), "as text NaN equals NaN"
    pairs = by_pairs(maps.ravel().tolist(), masks.ravel().tolist())
    assert point_set(maps, masks.astype(kind)).auroc() == pytest.approx(pairs)


@FEW
@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0, 5.0, NOTHING]), st.sampled_from([1, 2, None])), max_size=9))
def test_a_mean_by_patient_is_the_mean_of_what_is_known(rows: list[tuple[float, int | None]]) -> None:
    values = [value for value, _ in rows]
    mean, _, count = mean_by_patient(np.array(values), [patient for _, patient in rows], ROUNDS)
    known = [value for value in values if not math.isnan(value)]
    assert count == len(known)
    assert mean == pytest.approx(np.mean(known)) if known else math.isnan(mean)


times = st.lists(st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.0, NOTHING]), max_size=6)


@FEW
@given(times, times)
def test_beats_are_counted_once_each_or_refused(reference: list[float], detected: list[float]) -> None:
    sound = all(one == sorted(one) and not any(map(math.isnan, one)) for one in (reference, detected))
    try:
        counts = compare_beats(np.array(reference), np.array(detected))
    except DatasetError:
        assert not sound
    else:
        assert sound
        assert counts.true_positive + counts.false_negative == len(reference)
        assert counts.true_positive + counts.false_positive == len(detected)


@FEW
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4),
       st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_an_overlap_is_that_of_the_marked_seconds(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    try:
        found = overlap_iou({"I": one}, {"I": other})
    except DatasetError:
        assert any(end < start for start, end in (*one, *other))
    else:
        mine, theirs = ({second for start, end in spans for second in range(start, end)} for spans in (one, other))
        assert found == pytest.approx(len(mine & theirs) / len(mine | theirs)) if mine | theirs else math.isnan(found)


SCORES = np.arange(6.0)
LABELS = np.array([0, 1, 0, 1, 0, 1])
MAPS = np.ones((2, 12, 50), np.float32)
MASKS = np.zeros((2, 12, 50), bool)
POINTS = PointSet([RecordPoints.of(MAPS[0], MASKS[0])])


@pytest.mark.parametrize("refused", [
    lambda: detection_metrics(SCORES[:, None], LABELS),
    lambda: detection_metrics(SCORES, LABELS[:5]),
    lambda: detection_metrics(SCORES, LABELS[:, None]),
    lambda: detection_metrics(SCORES.astype(str), LABELS),
    lambda: detection_metrics(SCORES, LABELS, patients=[1, 2]),
    lambda: detection_metrics([[1.0], [2.0, 3.0]], LABELS),  # type: ignore[arg-type]
    lambda: delong(SCORES, SCORES[:5], LABELS),
    lambda: delong(SCORES, np.append(SCORES[:5], np.inf), LABELS),
    lambda: delong(SCORES, SCORES, LABELS * 2),
    lambda: bootstrap_metrics(np.append(SCORES[:5], np.nan), LABELS),
    lambda: bootstrap_metrics(SCORES, np.zeros(6)),
    lambda: bootstrap_metrics(SCORES, LABELS, 0),
    lambda: operating_point(SCORES, LABELS, "specifity", 0.9),
    lambda: operating_point(SCORES, LABELS, "specificity", 90.0),
    lambda: detection_curves(SCORES, np.ones(6)),
    lambda: sampler(LABELS, [1]),
    lambda: within_groups(SCORES, LABELS, [1, 2]),
    lambda: within_groups(SCORES, LABELS - 1, [1] * 6),
    lambda: lead_aurocs(np.ones((2, 11)), np.ones((2, 11), bool)),
    lambda: lead_aurocs(np.ones((2, 12)), np.ones((1, 12), bool)),
    lambda: lead_aurocs(np.ones((2, 12)), np.full((2, 12), 2)),
    lambda: share_by_patient(np.array([0.5, 1.0]), [1, 2]),  # type: ignore[arg-type]
    lambda: mean_by_patient(np.ones(3), [1, 2]),
    lambda: point_set(MAPS, MASKS[:, :, :49]),
    lambda: point_set(MAPS, MASKS[:1]),
    lambda: point_set(MAPS * np.inf, MASKS),
    lambda: point_set(MAPS[:0], MASKS[:0]),
    lambda: RecordPoints.of(MAPS[0], np.full((12, 50), 3)),  # type: ignore[arg-type]
    lambda: common_points(MAPS, MAPS[:, :, :49], MASKS),
    lambda: common_points(MAPS, MAPS * np.nan, MASKS),
    lambda: compare_localization(POINTS, PointSet([RecordPoints.of(MAPS[0], ~MASKS[0])])),
    lambda: pointing_game(MAPS, MASKS[:1], 50.0),
    lambda: pointing_game(MAPS, MASKS, 0.0),
    lambda: lead_auroc(MAPS[0], MASKS[0]),
    lambda: overlap_metrics(POINTS, NOTHING),
    lambda: crop(MAPS, 200.0),
    lambda: crop(MAPS, NOTHING),
    lambda: benchmark_maps(np.full((2, 12, 50), "x"), 50.0),  # type: ignore[arg-type]
    lambda: normal_thresholds([MAPS], [95.0]),
    lambda: record_weights(0, 5, 0),
    lambda: resampled_mask(MASKS[0], 50.0, 50.0, 100),
    lambda: resampled_mask(MASKS[0], 0.0, 50.0, 50),
    lambda: conformal_p_values(np.ones((2, 2)), [1.0]),
    lambda: conformal_p_values([1.0, np.inf], [1.0]),
    lambda: clopper_pearson(5, 4),
    lambda: clopper_pearson(1, 4, 95.0),
    lambda: check_uniformity(SCORES, [None] * 6, {}, n_splits=0),
    lambda: reader_figures([CaseRead("a", 101.0, 1.0, True)]),
    lambda: reader_figures([CaseRead("a", 50.0, NOTHING, True)]),
    lambda: estimate(lambda rows: 1.0, 20, rounds=0),
    lambda: compare_beats(np.array([1.0]), np.array([1.0]), excluded_s=((3.0, 2.0),)),
    lambda: numbers([1.0, NOTHING], "Scores", may_lack=False),
    lambda: binary([0, NOTHING], "Labels"),
    lambda: binary(["0", "1"], "Labels"),
])
def test_what_would_give_a_wrong_number_is_refused_in_a_sentence(refused: Callable[[], Any]) -> None:
    with pytest.raises((DatasetError, ValueError), match=r"[a-z]{3}") as found:
        refused()
    assert "operands" not in str(found.value), "NumPy's own words say nothing to a reader"
    assert "array is too big" not in str(found.value)


def test_missing_scores_may_be_none() -> None:
    assert np.isnan(numbers([1.0, None], "Scores")[1])  # type: ignore[list-item]
