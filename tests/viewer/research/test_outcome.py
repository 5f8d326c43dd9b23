"""Hits, misses and false alarms of thousands at once: the same as looking at each pair, and nothing made in vain."""

from __future__ import annotations

import random

import pytest

from ecg_viewer.state.research import localization_outcome as module
from ecg_viewer.state.research.localization_outcome import TOUCH_S, FindingTable, match_truth
from ecg_viewer.state.research.truth import TruthBox
from mmae_core.assessment import Finding
from mmae_core.record import STANDARD_LEADS

THRESHOLD = 97.0


def some_findings(dice: random.Random, n: int) -> list[Finding]:
    starts = [round(dice.uniform(0, 60), 2) for _ in range(n)]
    return [
        Finding(dice.choice(STANDARD_LEADS), start, start + round(dice.choice((0.1, 0.5, 20.0)), 2), start,
                round(dice.uniform(95, 100), 0), round(dice.random(), 1))
        for start in starts
    ]


def some_boxes(dice: random.Random, n: int) -> list[TruthBox]:
    return [
        TruthBox(tuple(sorted(dice.sample(STANDARD_LEADS, dice.choice((1, 2, 12))), key=STANDARD_LEADS.index)), start,
                 start + dice.choice((0.3, 5.0)), f"kind {number}", "reviewer")
        for number, start in enumerate(round(dice.uniform(0, 60), 2) for _ in range(n))
    ]


def touch(box: TruthBox, finding: Finding) -> bool:
    in_time = finding.start_s < box.end_s + TOUCH_S and finding.end_s > box.start_s - TOUCH_S
    return in_time and finding.lead in box.leads


@pytest.mark.parametrize("seed", range(8))
def test_many_at_once_compare_as_pair_by_pair(seed: int) -> None:
    dice = random.Random(seed)
    findings, boxes = some_findings(dice, 120), some_boxes(dice, 25)
    counting = [finding for finding in findings if finding.percentile >= THRESHOLD]
    strongest = {}
    for box in boxes:
        touching = [finding for finding in counting if touch(box, finding)]
        if touching:
            strongest[box.kind] = max(touching, key=lambda finding: (finding.percentile, finding.peak_score))
    outcome = match_truth(boxes, findings, THRESHOLD)
    assert {event.label: (event.percentile, event.lead) for event in outcome.hits} == {
        kind: (finding.percentile, finding.lead) for kind, finding in strongest.items()
    }
    assert {event.label for event in outcome.misses} == {box.kind for box in boxes} - strongest.keys()
    assert sorted((event.lead, event.start_s, event.end_s) for event in outcome.false_alarms) == sorted(
        (finding.lead, finding.start_s, finding.end_s) for finding in counting
        if not any(touch(box, finding) for box in boxes)
    )
    assert (outcome.n_hits, outcome.n_misses) == (len(outcome.hits), len(outcome.misses))
    assert outcome.n_false_alarms == len(outcome.false_alarms)
    assert sorted(outcome.box_percentiles) == sorted(
        -1.0 if event.percentile is None else event.percentile for event in (*outcome.hits, *outcome.misses)
    )
    events = outcome.events[:]
    assert list(events) == sorted(events, key=lambda event: (event.start_s, event.end_s, event.leads))
    assert [outcome.events.place_of(event) for event in events] == list(range(len(events)))


def test_no_event_of_a_day_is_made_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    event = module.OutcomeEvent
    monkeypatch.setattr(module, "OutcomeEvent", lambda *values: made.append(values[0]) or event(*values))
    dice = random.Random(0)
    table, boxes = FindingTable(some_findings(dice, 3_000)), some_boxes(dice, 3)
    before, after = match_truth(boxes[:2], table, 0.0), match_truth(boxes, table, 0.0)
    assert before != after
    assert after == match_truth(boxes, table, 0.0)
    assert after.n_hits + after.n_false_alarms > 100
    assert made == []
    assert len(after.events[:20]) == 20
    assert len(made) == 20


def test_nothing_in_nothing_has_no_events() -> None:
    assert match_truth((), (), 0.0).events[:] == ()
    assert [event.kind for event in match_truth(some_boxes(random.Random(0), 2), (), 0.0).events] == ["miss", "miss"]
