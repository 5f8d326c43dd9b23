"""A reader's figures: which decisions count, and what is not claimed of few cases."""

from __future__ import annotations

import math

import pytest

from mmae_core.metrics.readers import CaseRead, reader_figures


def cases(*answers: tuple[float, bool | None]) -> list[CaseRead]:
    return [CaseRead(str(place), suspicion, 10.0 + place, truth) for place, (suspicion, truth) in enumerate(answers)]


def test_sensitivity_specificity_and_auroc_of_a_reader_by_hand() -> None:
    found = reader_figures(cases((90, True), (80, True), (20, True), (60, False), (10, False)), rounds=10)
    assert found.sensitivity.value == pytest.approx(2 / 3)
    assert found.specificity.value == pytest.approx(1 / 2)
    assert found.auroc.value == pytest.approx(5 / 6), "of six pairs, all but 20 against 60 are in order"
    assert (found.n_cases, found.n_positive, found.n_negative) == (5, 3, 2)
    assert found.median_s == 12


def test_cannot_tell_is_neither_a_hit_nor_an_alarm_and_half_in_the_roc_curve() -> None:
    found = reader_figures(cases((50, True), (50, True), (50, False), (50, False)), rounds=10)
    assert (found.sensitivity.value, found.specificity.value, found.auroc.value) == (0.0, 1.0, 0.5)


def test_auroc_is_scikit_learns() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    answers = [(float(k * 37 % 11) * 10, k % 3 == 0) for k in range(60)]
    found = reader_figures(cases(*answers), rounds=10)
    assert found.auroc.value == pytest.approx(
        metrics.roc_auc_score([truth for _, truth in answers], [score for score, _ in answers]))


def test_too_few_cases_are_said_not_counted_in_silence() -> None:
    found = reader_figures(cases((90, True), (10, False), (20, False)), rounds=10)
    assert math.isnan(found.auroc.value)
    assert found.auroc.why_none == "1 cases with and 2 without known departures; at least 2 each"
    assert math.isnan(found.sensitivity.value)
    assert found.specificity.value == 1.0
    assert found.specificity.low is None, "no interval of two cases"
    assert (found.n_positive, found.n_negative) == (1, 2)


def test_intervals_are_by_case_and_hold_the_value() -> None:
    answers = [(90.0 if k % 4 else 20.0, True) for k in range(40)]
    answers += [(10.0 if k % 5 else 70.0, False) for k in range(40)]
    found = reader_figures(cases(*answers), rounds=300)
    for figure in (found.sensitivity, found.specificity, found.auroc):
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high


def test_changed_decisions_are_counted_of_those_that_were_asked_twice() -> None:
    reads = [CaseRead("a", 90, 1, None, True), CaseRead("b", 90, 1, None, False), CaseRead("c", 90, 1, None, None)]
    found = reader_figures(reads, rounds=10)
    assert (found.switch_rate.value, found.switch_rate.n_units) == (0.5, 2)
    none = reader_figures([CaseRead("c", 90, 1)], rounds=10)
    assert math.isnan(none.switch_rate.value)
    assert none.switch_rate.why_none == "no decision before and after"
