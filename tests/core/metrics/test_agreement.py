"""Agreement beyond chance against published worked examples, and how intervals behave."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mmae_core.metrics.agreement import (
    cohen_kappa,
    estimate,
    fleiss_kappa,
    krippendorff_alpha,
    overlap_iou,
)

FLEISS = (
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
)
"""Fourteen raters, ten subjects, five categories: the worked example of Fleiss' kappa, 0.210."""
KRIPPENDORFF = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""Four observers, twelve units, missing answers (Krippendorff 2011, part C): nominal alpha 0.743."""


def units_of(counts: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    return [[label for label, n in enumerate(row) for _ in range(n)] for row in counts]


def krippendorff_units() -> list[list[str | None]]:
    return [[None if row[place] == "." else row[place] for row in KRIPPENDORFF] for place in range(12)]


def test_cohens_kappa_of_two_readers_of_50_grant_applications_is_0_4() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_cohens_kappa_of_cohens_own_table_of_1960_is_0_492() -> None:
    shares = ((88, 10, 2), (14, 40, 6), (18, 10, 12))  # per 200: proportions .44 .05 .01 / .07 .20 .03 / .09 .05 .06
    pairs = [(a, b) for a, row in enumerate(shares) for b, n in enumerate(row) for _ in range(n)]
    assert cohen_kappa(pairs) == pytest.approx(0.492, abs=5e-4)


def test_fleiss_kappa_of_the_worked_example_is_0_210() -> None:
    assert fleiss_kappa(units_of(FLEISS)) == pytest.approx(0.2099, abs=5e-5)


def test_krippendorffs_alpha_of_his_own_example_with_missing_answers_is_0_743() -> None:
    assert krippendorff_alpha(krippendorff_units()) == pytest.approx(0.743, abs=5e-4)


def test_all_are_what_scikit_learn_gives_where_it_has_them() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    generator = np.random.default_rng(4)
    one, other = generator.integers(0, 3, 200), generator.integers(0, 3, 200)
    other[:120] = one[:120]
    pairs = list(zip(one.tolist(), other.tolist(), strict=True))
    assert cohen_kappa(pairs) == pytest.approx(metrics.cohen_kappa_score(one, other))


@pytest.mark.parametrize("statistic", [
    lambda units: cohen_kappa((unit[0], unit[1]) for unit in units), fleiss_kappa, krippendorff_alpha,
])
def test_readers_who_always_agree_agree_fully_and_without_a_choice_nothing_is_claimed(statistic: object) -> None:
    assert callable(statistic)
    assert statistic([("a", "a"), ("b", "b"), ("a", "a")]) == pytest.approx(1.0)
    assert math.isnan(statistic([("a", "a"), ("a", "a")])), "one and the same answer proves nothing"
    assert math.isnan(statistic([]))


def test_missing_answers_are_left_out_of_pairs_and_refused_where_all_must_answer() -> None:
    assert cohen_kappa([("a", "a"), ("a", None), (None, "b"), ("b", "b")]) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="Krippendorff's alpha takes missing ones"):
        fleiss_kappa([("a", "b", None), ("a", "b", "b")])


@pytest.mark.parametrize(("one", "other", "iou"), [
    ({"V3": [(1.0, 2.0)]}, {"V3": [(1.0, 2.0)]}, 1.0),
    ({"V3": [(1.0, 2.0)]}, {"V4": [(1.0, 2.0)]}, 0.0),
    ({"V3": [(0.0, 2.0)]}, {"V3": [(1.0, 3.0)]}, 1 / 3),
    ({"V3": [(0.0, 1.0)], "V4": [(0.0, 1.0)]}, {"V3": [(0.0, 1.0)]}, 0.5),
    ({"V3": [(0.0, 1.0), (0.5, 2.0)]}, {"V3": [(0.0, 2.0)]}, 1.0),
    ({"V3": [(0.0, 1.0)]}, {}, 0.0),
])
def test_overlap_is_of_lead_and_time(one: dict, other: dict, iou: float) -> None:
    assert overlap_iou(one, other) == pytest.approx(iou)
    assert overlap_iou(other, one) == pytest.approx(iou)


def test_where_nobody_marked_anything_there_is_no_overlap_to_speak_of() -> None:
    assert math.isnan(overlap_iou({}, {"V3": [(1.0, 1.0)]}))


def test_an_interval_holds_its_value_is_reproducible_and_is_not_given_for_few_units() -> None:
    units = [("a", "a")] * 20 + [("a", "b")] * 6 + [("b", "b")] * 14

    def kappa(rows: object) -> float:
        return cohen_kappa(units[row] for row in rows)  # type: ignore[attr-defined]  # numbers of units

    found = estimate(kappa, len(units), rounds=300)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert found == estimate(kappa, len(units), rounds=300)
    few = estimate(kappa, 9, rounds=300)
    assert few.low is None
    assert few.n_units == 9


def test_what_cannot_be_computed_says_why() -> None:
    found = estimate(lambda _rows: math.nan, 20, why_none="all answers are the same")
    assert math.isnan(found.value)
    assert found.why_none == "all answers are the same"
