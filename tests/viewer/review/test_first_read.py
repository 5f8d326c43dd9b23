"""Decisions on a whole recording, before and after its results were seen, and what exports say of them."""

from __future__ import annotations

import pytest

from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.first_read import read_sentences
from ecg_viewer.state.review.reads import Read
from ecg_viewer.state.review.review import RecordReview, fold

RECORD = "a" * 64


def event(kind: str, time: str, **payload: object) -> Event:
    values = payload if kind == "shown_unread" else {"decision": "normal", "confidence": 75, **payload}
    return Event(kind, RECORD, "Ann", values, time=f"2026-11-30T{time}+00:00")  # type: ignore[arg-type]  # a kind


def reads(*events: Event) -> RecordReview:
    return fold(events)


@pytest.mark.parametrize(("decision", "confidence", "suspicion"), [
    ("departs", 100, 100), ("departs", 50, 75), ("departs", 0, 50), ("unsure", 100, 50), ("normal", 0, 50),
    ("normal", 100, 0),
])
def test_decision_and_confidence_are_one_scale_from_surely_normal_to_surely_not(
    decision: str, confidence: float, suspicion: float
) -> None:
    assert Read(decision, confidence).suspicion == suspicion  # type: ignore[arg-type]  # a decision


@pytest.mark.parametrize(("decision", "confidence"), [("ill", 50), ("normal", 101), ("normal", float("nan"))])
def test_what_is_no_decision_is_refused(decision: str, confidence: float) -> None:
    with pytest.raises(ValueError, match=r"none of|lies between"):
        Read(decision, confidence)  # type: ignore[arg-type]  # the point


def test_a_read_comes_back_from_the_journal_as_it_was_committed() -> None:
    read = Read("departs", 75, ("V1", "V2"), "ST", "2026-11-30T10:00:00.000+00:00", 12.5, model={"percentile": 99.1})
    back = Read.of(Event("first_read", RECORD, "Ann", read.to_payload(), time="later"))
    assert back == Read("departs", 75, ("V1", "V2"), "ST", "2026-11-30T10:00:00.000+00:00", 12.5,
                        model={"percentile": 99.1}, reviewer="Ann", time="later")


def test_a_first_read_counts_once_whatever_another_window_writes_later() -> None:
    review = reads(event("first_read", "10:00"), event("first_read", "10:05", decision="departs"))
    assert review.reads["Ann"].first is not None
    assert review.reads["Ann"].first.decision == "normal"


def test_damaged_reads_are_left_out_and_the_rest_is_kept() -> None:
    review = reads(event("first_read", "10:00", confidence="very"), event("first_read", "10:01"))
    assert review.reads["Ann"].first is not None
    assert review.reads["Ann"].first.time.startswith("2026-11-30T10:01")


@pytest.mark.parametrize(("events", "said"), [
    ([event("first_read", "10:00")],
     "First read of Ann blinded, committed at 2026-11-30T10:00+00:00. Not decided again after seeing the model."),
    ([event("first_read", "10:00"), event("second_read", "10:01")],
     "First read of Ann blinded, committed at 2026-11-30T10:00+00:00. Kept after seeing the model, at "
     "2026-11-30T10:01+00:00."),
    ([event("first_read", "10:00"), event("second_read", "10:01", decision="departs")],
     "First read of Ann blinded, committed at 2026-11-30T10:00+00:00. Changed after seeing the model, at "
     "2026-11-30T10:01+00:00."),
    ([event("first_read", "10:00", seen_before=True)],
     "First read of Ann committed at 2026-11-30T10:00+00:00; results had been shown before, so it is not blinded. Not "
     "decided again after seeing the model."),
    ([event("shown_unread", "09:00"), event("first_read", "10:00")],
     "First read of Ann committed at 2026-11-30T10:00+00:00; results had been shown before, so it is not blinded. Not "
     "decided again after seeing the model."),
    ([event("shown_unread", "09:00")], "Ann: results were shown without a first read at 2026-11-30T09:00+00:00."),
])
def test_exports_say_how_a_recording_was_read(events: list[Event], said: str) -> None:
    assert read_sentences(reads(*events).reads) == (said,)


def test_exports_of_recordings_nobody_was_asked_about_say_nothing() -> None:
    assert read_sentences(RecordReview().reads) == ()
