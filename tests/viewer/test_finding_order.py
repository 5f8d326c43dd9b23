"""Findings of a day stay in order, at a cost that does not grow with how many there are already."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from ecg_viewer.state import finding_order
from ecg_viewer.state.finding_order import FindingOrder, join_findings
from ecg_viewer.state.quality import is_unreliable_at
from mmae_core.assessment import Finding, LeadQuality, QualityReport, WindowAssessment
from mmae_core.record import STANDARD_LEADS

PEAKS = tuple(1.0 + place for place in range(12))
NAN = float("nan")


def window(start_s: float, poor: tuple[str, ...]) -> WindowAssessment:
    leads = tuple(LeadQuality(lead, 0.1 if lead in poor else 1.0, ()) for lead in STANDARD_LEADS)
    report = QualityReport(start_s, 10.0, 0.5, "fair", leads, ())
    return WindowAssessment(start_s, 1.0, 0, 0, 50.0, 0.5, (NAN,) * 12, (True,) * 12, (), report)


def findings_of(chance: random.Random, start_s: float, end_s: float, count: int) -> tuple[Finding, ...]:
    """Some of them reach the ends of the stretch."""
    found = []
    for _ in range(count):
        start = chance.choice([start_s, chance.uniform(start_s, end_s - 1)])
        end = chance.choice([end_s, start + 0.3])
        lead, percentile = chance.choice(STANDARD_LEADS), chance.choice([95.0, 97.5, 100.0, 100.0])
        found.append(Finding(lead, start, end, (start + end) / 2, percentile, chance.uniform(1, 20)))
    return join_findings(found, ())


def strength(finding: Finding, windows: tuple[WindowAssessment, ...]) -> tuple[object, ...]:
    ratio = finding.peak_score / PEAKS[STANDARD_LEADS.index(finding.lead)]
    unreliable = is_unreliable_at(windows, finding.lead, finding.peak_s)
    return unreliable, -finding.percentile, -ratio, finding.start_s, finding.lead


@pytest.mark.parametrize("seed", range(5))
def test_stretches_in_any_order_give_what_the_whole_would(seed: int) -> None:
    chance = random.Random(seed)
    edges = [60.0 * minute for minute in range(21)]
    stretches = list(pairwise(edges))
    chance.shuffle(stretches)
    windows: tuple[WindowAssessment, ...] = ()
    order, every = FindingOrder(), []
    for start_s, end_s in stretches:
        known = {item.start_s for item in windows}
        starts = [start_s - 5 + 5 * place for place in range(13)]
        new = [window(at, tuple(chance.sample(STANDARD_LEADS, 6))) for at in starts if at not in known and at >= 0]
        windows = tuple(sorted((*windows, *new), key=lambda item: item.start_s))
        found = findings_of(chance, start_s, end_s, 25)
        every += found
        order = order.with_stretch(found, (start_s, end_s), (start_s - 5, end_s + 5), PEAKS, windows)
    expected = sorted(join_findings(every, tuple(edges)), key=lambda item: strength(item, windows))
    assert list(order.findings) == expected
    assert order.n_reliable == sum(not is_unreliable_at(windows, item.lead, item.peak_s) for item in expected)
    assert sorted(map(hash, order.findings)) == sorted(
        hash(entry.finding) for minute in order.by_minute.values() for entry in minute
    )


def test_a_stretch_costs_the_same_late_as_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in findings that are looked at, not in time."""
    looked_at = 0
    judge: Callable[..., bool] = finding_order.is_unreliable_at

    def count(*arguments: object) -> bool:
        nonlocal looked_at
        looked_at += 1
        return judge(*arguments)

    monkeypatch.setattr(finding_order, "is_unreliable_at", count)
    chance, order, costs = random.Random(1), FindingOrder(), []
    for minute in range(200):
        start_s = 60.0 * minute
        found = findings_of(chance, start_s, start_s + 60, 30)
        looked_at = 0
        order = order.with_stretch(found, (start_s, start_s + 60), (start_s - 5, start_s + 65), PEAKS, ())
        costs.append(looked_at)
    assert len(order.findings) > 1500
    assert max(costs[150:]) < 2 * max(costs[:20])


def test_minutes_that_nothing_happened_in_stay_the_same_objects() -> None:
    chance, order = random.Random(2), FindingOrder()
    order = order.with_stretch(findings_of(chance, 0, 60, 10), (0, 60), (0, 60), PEAKS, ())
    before = order.by_minute[0]
    order = order.with_stretch(findings_of(chance, 600, 660, 10), (600, 660), (600, 660), PEAKS, ())
    assert order.by_minute[0] is before


def test_a_finding_is_found_again_in_what_it_has_grown_into() -> None:
    first, other = Finding("V1", 58, 60, 59, 99, 5.0), Finding("V2", 58, 60, 59, 99.5, 5.0)
    order = FindingOrder().with_stretch((first, other), (0, 60), (0, 60), PEAKS, ())
    later = Finding("V1", 60, 140, 61, 100, 9.0)
    order = order.with_stretch((later,), (60, 140), (60, 140), PEAKS, ())
    place = order.first_overlapping(first)
    assert place is not None
    assert order.findings[place] == Finding("V1", 58, 140, 61, 100, 9.0)
    assert order.first_overlapping(Finding("V1", 130, 131, 130, 99, 1.0)) == place
    assert order.first_overlapping(Finding("V3", 58, 60, 59, 99, 5.0)) is None
