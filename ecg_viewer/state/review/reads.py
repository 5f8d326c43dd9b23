"""A reader's decision on a whole recording: before and after the program's results were seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from ecg_viewer.state.review.events import Event
from ecg_viewer.state.words.language import translatable

ReadDecision = Literal["normal", "departs", "unsure"]
READ_DECISIONS: tuple[ReadDecision, ...] = get_args(ReadDecision)
READ_WORDS: dict[ReadDecision, str] = {
    "normal": translatable("Normal"),
    "departs": translatable("Departs from normal"),
    "unsure": translatable("Cannot tell"),
}
LONGEST_CONCLUSION = 4_000
"""Characters."""


@dataclass(frozen=True)
class Read:
    """One decision."""

    decision: ReadDecision
    confidence: float
    """How sure the reader was, 0..100."""
    leads: tuple[str, ...] = ()
    """Where the reader saw something; empty if none was named."""
    conclusion: str = ""
    opened: str = ""
    """When the recording was opened, or its results appeared; UTC, ISO 8601."""
    looked_s: float = 0.0
    """Seconds for which the recording was open until the decision."""
    seen_before: bool = False
    """Of a first read: the recording's results had been on this screen before, so that it is not blinded."""
    model: Mapping[str, Any] | None = None
    """Of a second read: what was shown, as `model_payload` makes it."""
    reviewer: str = ""
    time: str = ""
    """When it was committed; UTC, ISO 8601."""

    def __post_init__(self) -> None:
        if self.decision not in READ_DECISIONS:
            raise ValueError(f"{self.decision!r} is none of {', '.join(READ_DECISIONS)}")
        if not 0 <= self.confidence <= 100:
            raise ValueError(f"a confidence lies between 0 and 100, found {self.confidence}")
        if not 0 <= self.looked_s < math.inf:
            raise ValueError(f"no time to look at a recording: {self.looked_s} s")

    @property
    def suspicion(self) -> float:
        """How strongly the reader thought that it departs from normal, 0..100; 50 for `unsure`.

        A sure "departs" is 100, a sure "normal" 0: the scale that a reader's ROC curve is of.
        """
        side = {"normal": -1, "unsure": 0, "departs": 1}[self.decision]
        return 50 + side * self.confidence / 2

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values; reviewer and time are the event's."""
        values: dict[str, Any] = {
            "decision": self.decision, "confidence": self.confidence, "leads": list(self.leads),
            "conclusion": self.conclusion, "opened": self.opened, "looked_s": round(self.looked_s, 3),
        }
        if self.seen_before:
            values["seen_before"] = True
        if self.model is not None:
            values["model"] = dict(self.model)
        return values

    @classmethod
    def of(cls, event: Event) -> Read:
        """Raises KeyError, TypeError or ValueError if the payload is none of `to_payload`."""
        values = event.payload
        model = values.get("model")
        return cls(
            values["decision"], float(values["confidence"]), tuple(str(lead) for lead in values.get("leads", ())),
            str(values.get("conclusion", ""))[:LONGEST_CONCLUSION], str(values.get("opened", "")),
            float(values.get("looked_s", 0.0)), bool(values.get("seen_before", False)),
            dict(model) if isinstance(model, Mapping) else None, event.reviewer, event.time,
        )


@dataclass(frozen=True)
class Reads:
    """What one reader decided about one recording."""

    first: Read | None = None
    second: Read | None = None
    """After the results were seen; it repeats the first one's decision if nothing was changed."""
    shown_unread: str = ""
    """When the results were shown at the reader's wish before anything was committed; empty: they were not."""

    def with_event(self, event: Event) -> Reads:
        """A read is committed once: the earliest of a kind counts. Raises KeyError, TypeError or ValueError."""
        if event.kind == "first_read":
            return replace(self, first=self.first or Read.of(event))
        if event.kind == "second_read":
            return replace(self, second=self.second or Read.of(event))
        return replace(self, shown_unread=self.shown_unread or event.time)

    @property
    def is_blinded(self) -> bool:
        """Whether the first read was made before anything was shown."""
        first = self.first
        return first is not None and not first.seen_before and not (
            self.shown_unread and self.shown_unread < first.time)

    @property
    def is_changed(self) -> bool:
        """Whether the decision became another one after the results were seen."""
        return self.first is not None and self.second is not None and self.first.decision != self.second.decision

    @property
    def last(self) -> Read | None:
        return self.second or self.first
