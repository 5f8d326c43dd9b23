"""What is said of beats that were changed by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from ecg_viewer.state.measure.what_if import BothJudged, Judged
from ecg_viewer.state.measure.what_if_words import fact_lines, score_text
from mmae_core.messages import Message


def judged(percentile: float, **facts: str) -> Judged:
    return Judged(percentile, {key: Message(title) for key, title in facts.items()}, np.zeros((12, 1), np.uint8))


def what_if(**state: Any) -> Any:
    return SimpleNamespace(**({"message": "", "is_changed": True, "found": None} | state))


def test_the_percentile_is_said_before_and_after() -> None:
    both = BothJudged(judged(62.13), judged(99.42))
    assert score_text(what_if(found=both)) == "Percentile among normal ECGs: 62.1 before, 99.4 after"
    assert score_text(what_if(found=BothJudged(judged(np.nan), judged(99.42)))).endswith(": – before, 99.4 after")


def test_departures_are_those_of_the_changed_beats_with_what_came_and_went() -> None:
    both = BothJudged(judged(50, st="ST -0.10 mV", rate="Rate 110/min"), judged(50, st="ST +0.20 mV", t="T +1.4 mV"))
    assert fact_lines(what_if(found=both)) == ["ST +0.20 mV", "New: T +1.4 mV", "No longer: Rate 110/min"]


def test_without_an_answer_nothing_is_claimed() -> None:
    assert score_text(what_if()) == "Being judged…"
    assert score_text(what_if(message="there is no model")) == "Not judged: there is no model"
    assert score_text(what_if(is_changed=False)) == "Pull a handle on a lead, or set an amount."
    assert fact_lines(what_if()) == []
    assert fact_lines(what_if(found=BothJudged(judged(50), judged(50)))) == ["No named departure."]
