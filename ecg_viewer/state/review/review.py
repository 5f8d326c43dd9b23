"""The review state of one recording, folded from the journal's events of all reviewers and windows."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from ecg_viewer.state.review.events import BOOKKEEPING, Event, FindingId, interval_s
from ecg_viewer.state.review.reads import Reads
from ecg_viewer.state.words.language import translatable

State = Literal["unreviewed", "confirmed", "dismissed"]
STATES: tuple[State, ...] = get_args(State)
STATE_WORDS: dict[State, str] = {
    "unreviewed": translatable("To review"),
    "confirmed": translatable("Confirmed"),
    "dismissed": translatable("Dismissed"),
}
STATE_SYMBOLS: dict[State, str] = {"unreviewed": "○", "confirmed": "✓", "dismissed": "✕"}
"""Shown beside the word, so that colour alone never carries the state."""

RecordState = Literal["unreviewed", "in progress", "reviewed"]
RECORD_STATES: tuple[RecordState, ...] = get_args(RecordState)
RECORD_WORDS: dict[RecordState, str] = {
    "unreviewed": translatable("Not reviewed"),
    "in progress": translatable("In progress"),
    "reviewed": translatable("Reviewed"),
}

SAME_FINDING = 0.5
"""Findings of one lead that share this much of their interval (intersection over union) are the same finding."""

MINUTE_S = 60.0

_log = logging.getLogger("ecg_viewer.review")


@dataclass(frozen=True)
class Judgement:
    """What was decided about one finding."""

    finding: FindingId
    """The interval the decision was made on."""
    state: State = "unreviewed"
    note: str = ""
    reviewer: str = ""
    time: str = ""
    """Of the latest decision or note; UTC, ISO 8601."""
    percentile: float | None = None
    """The model's percentile when the decision was made."""
    from_another_model: bool = False
    """Made on another model's finding that overlaps this one."""


@dataclass(frozen=True)
class OwnFinding:
    """An interval a person marked."""

    id: str
    leads: tuple[str, ...]
    start_s: float
    end_s: float
    label: str
    reviewer: str = ""
    time: str = ""

    def to_payload(self) -> dict[str, Any]:
        return {
            "id": self.id, "leads": list(self.leads), "start_s": self.start_s, "end_s": self.end_s, "label": self.label
        }


@dataclass(frozen=True)
class StoredMarker:
    """A stored measurement; the meaning of `values` is up to its creator."""

    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Conclusion:
    """What a reviewer wrote about a recording as a whole; the program never writes one."""

    text: str
    reviewer: str = ""
    at: str = ""
    """When it was written; UTC, ISO 8601."""


@dataclass(frozen=True)
class Summary:
    """One recording in a line."""

    state: RecordState
    n_confirmed: int
    n_dismissed: int
    n_own: int
    reviewer: str = ""
    """Who wrote last."""
    time: str = ""
    """When that was; UTC, ISO 8601."""
    conclusion: str = ""


@dataclass
class RecordReview:
    """The state of one recording."""

    judgements: dict[FindingId, Judgement] = field(default_factory=dict)
    own: dict[str, OwnFinding] = field(default_factory=dict)
    """By id, in the order they were made."""
    markers: dict[str, StoredMarker] = field(default_factory=dict)
    marked: RecordState | None = None
    """State the reviewer set for the whole recording; None: not set, `state` follows from the decisions."""
    conclusion: Conclusion | None = None
    reads: dict[str, Reads] = field(default_factory=dict)
    """By reader: decisions on the whole recording before and after the results were seen."""
    last: Event | None = None
    _answers: dict[str, dict[FindingId, Judgement]] = field(default_factory=dict)
    """By lead, cached answers of `judgement_of` since the last decision there."""
    _minutes: dict[tuple[str, int], dict[FindingId, None]] = field(default_factory=dict)
    """Leads and minutes in which anything was ever decided, with what is decided there now."""

    @property
    def state(self) -> RecordState:
        """The state the reviewer set, else in progress once anything is decided."""
        if self.marked is not None:
            return self.marked
        decided = any(item.state != "unreviewed" or item.note for item in self.judgements.values())
        return "in progress" if decided or self.own or self.conclusion is not None else "unreviewed"

    @property
    def summary(self) -> Summary:
        states = [judgement.state for judgement in self.judgements.values()]
        return Summary(
            self.state,
            states.count("confirmed"),
            states.count("dismissed"),
            len(self.own),
            "" if self.last is None else self.last.reviewer,
            "" if self.last is None else self.last.time,
            "" if self.conclusion is None else self.conclusion.text,
        )

    def judgement_of(self, finding: FindingId) -> Judgement:
        """The decision on exactly this finding, else on the one that overlaps it most.

        Decisions on findings of the same model come before those of other models. Without any: unreviewed.
        """
        answers = self._answers.setdefault(finding.lead, {})
        if finding not in answers:
            answers[finding] = self.judgements.get(finding) or self._nearest(finding)
        return answers[finding]

    def is_touched(self, lead: str, start_s: float, end_s: float) -> bool:
        """Whether anything may have been decided there; a quick look, because a day has tens of thousands."""
        minutes = range(int(start_s // MINUTE_S), int(end_s // MINUTE_S) + 1)
        return any((lead, minute) in self._minutes for minute in minutes)

    @property
    def touched_minutes(self) -> Set[tuple[str, int]]:
        """Leads and minutes in which anything was ever decided."""
        return self._minutes.keys()

    def _nearest(self, finding: FindingId) -> Judgement:
        beside = {known: None for minute in _minutes_of(finding) for known in self._minutes.get(minute, ())}
        near = [
            (known.model == finding.model, known.overlap(finding), self.judgements[known].time, self.judgements[known])
            for known in beside
            if known.overlap(finding) >= SAME_FINDING
        ]
        if not near:
            return Judgement(finding)
        is_same_model, _, _, best = max(near, key=lambda item: item[:3])
        return replace(best, from_another_model=not is_same_model)

    def apply(self, event: Event) -> None:
        """Take one event in. Raises KeyError, TypeError or ValueError if its payload is not what its kind holds."""
        values = event.payload
        if event.kind in ("decided", "noted"):
            self._judge(event)
        elif event.kind == "own_set":
            own = OwnFinding(
                str(values["id"]), tuple(str(lead) for lead in values["leads"]), *interval_s(values),
                str(values["label"]), event.reviewer, event.time,
            )
            self.own[own.id] = own
        elif event.kind == "own_removed":
            self.own.pop(str(values["id"]), None)
        elif event.kind == "marker_set":
            self.markers[str(values["id"])] = StoredMarker(str(values["id"]), dict(values["values"]))
        elif event.kind == "marker_removed":
            self.markers.pop(str(values["id"]), None)
        elif event.kind == "record_state":
            self.marked = _known(values["state"], RECORD_STATES)
        elif event.kind == "concluded":
            self.conclusion = _conclusion(event)
        elif event.kind in ("first_read", "second_read", "shown_unread"):
            self.reads[event.reviewer] = self.reads.get(event.reviewer, Reads()).with_event(event)
        if event.kind not in BOOKKEEPING:
            self.last = event

    def _judge(self, event: Event) -> None:
        """`decided`: {finding, state or null, percentile}; `noted`: {finding, note}. A null state takes it back."""
        finding = FindingId.from_payload(event.payload["finding"])
        self._answers.pop(finding.lead, None)
        minutes = [self._minutes.setdefault(minute, {}) for minute in _minutes_of(finding)]
        before = self.judgements.get(finding, Judgement(finding))
        if event.kind == "noted":
            after = replace(before, note=str(event.payload["note"]))
        else:
            state = event.payload["state"]
            if state is None:
                self.judgements.pop(finding, None)
                for known in minutes:
                    known.pop(finding, None)
                return
            percentile = event.payload.get("percentile")
            note = str(event.payload.get("note", before.note))
            after = replace(
                before, state=_known(state, STATES), note=note,
                percentile=None if percentile is None else float(percentile),
            )
        self.judgements[finding] = replace(after, reviewer=event.reviewer, time=event.time)
        for known in minutes:
            known[finding] = None


def fold(events: Iterable[Event]) -> RecordReview:
    """The state after these events. Invalid events are skipped and logged."""
    review = RecordReview()
    for event in events:
        try:
            review.apply(event)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            _log.warning("event %s of the review journal could not be understood", event.number)
    return review


def _minutes_of(finding: FindingId) -> list[tuple[str, int]]:
    """The minutes of its lead that a finding has a moment in."""
    minutes = range(int(finding.start_s // MINUTE_S), int(finding.end_s // MINUTE_S) + 1)
    return [(finding.lead, minute) for minute in minutes]


def _conclusion(event: Event) -> Conclusion | None:
    """None for an empty text, which takes the one before back. Raises KeyError or TypeError for anything but text."""
    text = event.payload["text"]
    if not isinstance(text, str):
        raise TypeError("a conclusion is a text")
    return Conclusion(text.strip(), event.reviewer, event.time) if text.strip() else None


def _known(value: object, choices: tuple[Any, ...]) -> Any:
    """The choice itself, None for null. Raises ValueError for anything else."""
    if value is not None and value not in choices:
        raise ValueError(f"{value!r} is none of {', '.join(choices)}")
    return value
