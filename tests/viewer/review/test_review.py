"""What holds after a list of events: decisions, notes, own findings, markers, the recording as a whole; undo, redo."""

from __future__ import annotations

from typing import Any

import pytest

from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.history import LONGEST, Command, History
from ecg_viewer.state.review.review import RecordReview, fold

SHA = "a" * 64
MODEL = "m" * 64


def finding_id(lead: str = "V3", start_s: float = 2.0, end_s: float = 2.2, model: str = MODEL) -> FindingId:
    return FindingId(lead, start_s, end_s, model)


def decided(finding: FindingId, state: str | None, record: str = SHA, reviewer: str = "Ann", **more: Any) -> Event:
    return Event("decided", record, reviewer, {"finding": finding.to_payload(), "state": state, **more})


def test_the_latest_decision_on_a_finding_holds() -> None:
    finding = finding_id()
    review = fold([decided(finding, "confirmed", percentile=99.8), decided(finding, "dismissed", reviewer="Bob")])
    judgement = review.judgement_of(finding)
    assert (judgement.state, judgement.reviewer) == ("dismissed", "Bob")
    assert review.judgement_of(finding_id("V4")).state == "unreviewed"
    assert (review.summary.n_confirmed, review.summary.n_dismissed) == (0, 1)


def test_a_note_stays_with_its_finding_through_decisions() -> None:
    finding = finding_id()
    note = Event("noted", SHA, "Ann", {"finding": finding.to_payload(), "note": "wide"})
    review = fold([note, decided(finding, "confirmed")])
    assert review.judgement_of(finding).note == "wide"
    review.apply(decided(finding, "unreviewed"))
    assert (review.judgement_of(finding).state, review.judgement_of(finding).note) == ("unreviewed", "wide")


def test_a_decision_taken_back_leaves_no_trace_but_in_the_journal() -> None:
    finding = finding_id()
    review = fold([decided(finding, "confirmed"), decided(finding, None)])
    assert review.judgement_of(finding).state == "unreviewed"
    assert review.state == "unreviewed"


@pytest.mark.parametrize(
    ("interval", "state"),
    [((2.0, 2.2), "confirmed"), ((2.05, 2.25), "confirmed"), ((2.0, 2.4), "confirmed"),
     ((2.0, 2.41), "unreviewed"), ((2.1, 2.3), "unreviewed"), ((3.0, 3.2), "unreviewed")],
)
def test_with_another_model_a_decision_follows_half_of_the_interval(
    interval: tuple[float, float], state: str
) -> None:
    review = fold([decided(finding_id(), "confirmed")])
    judgement = review.judgement_of(finding_id("V3", *interval, model="other"))
    assert judgement.state == state
    assert judgement.from_another_model == (state == "confirmed")
    assert review.judgement_of(finding_id("V2", *interval, model="other")).state == "unreviewed", "another lead"


def test_the_models_own_decision_comes_before_another_models() -> None:
    review = fold([decided(finding_id(), "confirmed"), decided(finding_id(model="other"), "dismissed")])
    assert review.judgement_of(finding_id(model="other")).state == "dismissed"
    assert not review.judgement_of(finding_id(model="other")).from_another_model
    assert review.judgement_of(finding_id(start_s=1.99)).state == "confirmed"
    third = review.judgement_of(finding_id(model="third"))
    assert third.from_another_model


def test_a_finding_that_has_grown_keeps_its_decision() -> None:
    review = fold([decided(finding_id("V3", 2.0, 2.2), "dismissed")])
    grown = review.judgement_of(finding_id("V3", 2.0, 2.35))
    assert (grown.state, grown.from_another_model) == ("dismissed", False)


def test_an_answer_given_before_a_decision_is_not_given_after_it() -> None:
    review = RecordReview()
    assert review.judgement_of(finding_id(start_s=2.01)).state == "unreviewed"
    review.apply(decided(finding_id(), "confirmed"))
    assert review.judgement_of(finding_id(start_s=2.01)).state == "confirmed"


def test_own_findings_are_added_changed_and_removed() -> None:
    values = {"id": "o1", "leads": ["V1", "V2"], "start_s": 1.0, "end_s": 2.0, "label": "pause"}
    review = fold([Event("own_set", SHA, "Ann", values), Event("own_set", SHA, "Ann", {**values, "label": "long"})])
    assert [(own.leads, own.label) for own in review.own.values()] == [(("V1", "V2"), "long")]
    assert review.state == "in progress"
    review.apply(Event("own_removed", SHA, "Ann", {"id": "o1"}))
    assert review.own == {}


def test_markers_belong_to_whoever_set_them() -> None:
    review = fold([Event("marker_set", SHA, "Ann", {"id": "m", "values": {"time_s": 1.5, "leads": ["I"]}})])
    assert dict(review.markers["m"].values) == {"time_s": 1.5, "leads": ["I"]}
    review.apply(Event("marker_removed", SHA, "Ann", {"id": "m"}))
    assert review.markers == {}


def test_the_state_of_a_recording_follows_from_decisions_until_somebody_says_it() -> None:
    review = RecordReview()
    assert review.state == "unreviewed"
    review.apply(decided(finding_id(), "confirmed"))
    assert review.state == "in progress"
    review.apply(Event("record_state", SHA, "Ann", {"state": "reviewed"}))
    assert review.state == "reviewed"
    review.apply(Event("record_state", SHA, "Ann", {"state": None}))
    assert review.state == "in progress"


def test_an_event_without_sense_is_passed_over() -> None:
    broken = [
        Event("decided", SHA, "Ann", {"finding": {"lead": "V1"}, "state": "confirmed"}),
        decided(finding_id("V1"), "certainly"),
        Event("own_set", SHA, "Ann", {"id": "x"}),
        Event("record_state", SHA, "Ann", {"state": "gone"}),
    ]
    review = fold([*broken, decided(finding_id(), "confirmed")])
    assert list(review.judgements) == [finding_id()]
    assert (review.own, review.marked) == ({}, None)


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self.history = History()

    def add(self, step: int) -> None:
        def change(by: int) -> None:
            self.value += by

        self.history.do(Command(f"add {step}", lambda: change(step), lambda: change(-step)))


def test_history_goes_back_and_forth_and_forgets_what_was_undone() -> None:
    counter = Counter()
    history = counter.history
    assert (history.undo_text, history.redo_text, history.undo(), history.redo()) == (None, None, False, False)
    counter.add(1)
    counter.add(10)
    assert (counter.value, history.undo_text, history.redo_text) == (11, "add 10", None)
    assert history.undo()
    assert (counter.value, history.undo_text, history.redo_text) == (1, "add 1", "add 10")
    assert history.redo()
    assert counter.value == 11
    history.undo()
    counter.add(100)
    assert (counter.value, history.redo_text) == (101, None)
    assert history.undo()
    assert history.undo()
    assert not history.undo()
    assert counter.value == 0


def test_history_says_when_it_changes_and_keeps_no_more_than_it_should() -> None:
    counter, seen = Counter(), []
    counter.history.changed.connect(lambda: seen.append(counter.history.undo_text))
    for _ in range(LONGEST + 5):
        counter.add(1)
    while counter.history.undo():
        pass
    assert counter.value == 5
    assert seen[0] == "add 1"
    assert len(seen) == 2 * LONGEST + 5


def test_a_command_that_fails_is_not_kept() -> None:
    history = History()

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        history.do(Command("fail", fail, fail))
    assert history.undo_text is None


def test_of_thousands_of_decisions_only_those_beside_a_finding_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    review = fold(decided(finding_id("V3", start, start + 0.2), "confirmed") for start in range(3_000))
    looked: list[FindingId] = []
    overlap = FindingId.overlap
    monkeypatch.setattr(FindingId, "overlap", lambda self, other: looked.append(self) or overlap(self, other))
    over_the_minute = finding_id("V3", 120.01, 120.21, "another")
    assert review.judgement_of(over_the_minute).state == "confirmed"
    assert 0 < len(looked) < 200
    review.apply(decided(finding_id("V3", 120, 120.2), None))
    assert review.judgement_of(over_the_minute).state == "unreviewed"


def test_a_decision_across_a_minute_is_found_from_either_side() -> None:
    review = fold([decided(finding_id("II", 59.8, 60.4), "dismissed")])
    assert review.judgement_of(finding_id("II", 60.0, 60.4, "another")).state == "dismissed"
    assert review.judgement_of(finding_id("II", 59.7, 60.3, "another")).from_another_model


@pytest.mark.parametrize(("start_s", "end_s"), [(0, 1e9), (0, float("inf")), (float("nan"), 1), (5, 4), (0, 10**400),
                                                (None, 1)])
def test_an_interval_that_no_recording_has_is_skipped(start_s: object, end_s: object) -> None:
    values = {"lead": "V3", "start_s": start_s, "end_s": end_s, "model": "m"}
    review = fold([
        Event("decided", "a" * 64, "Ann", {"finding": values, "state": "confirmed"}),
        Event("own_set", "a" * 64, "Ann", {"id": "1", "leads": ["V1"], "label": "x", "start_s": start_s,
                                           "end_s": end_s}),
        Event("own_set", "a" * 64, "Ann", {"id": "2", "leads": ["V1"], "label": "x", "start_s": 1, "end_s": 2}),
    ])
    assert not review.judgements
    assert not review.touched_minutes
    assert list(review.own) == ["2"]
