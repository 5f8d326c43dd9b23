"""What the open review writes to the journal step by step, and the words that follow `Undo` in the menu."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Protocol

from ecg_viewer.state.review.events import TIME_DIGITS, Event, FindingId, Kind
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.review import OwnFinding, RecordState, State
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.words.record_words import instant_text, is_long
from mmae_core.assessment import Finding

DECISION_TEXTS: dict[State, str] = {
    "confirmed": translatable("confirm {what}"),
    "dismissed": translatable("dismiss {what}"),
    "unreviewed": translatable("reset {what}"),
}
RECORD_TEXTS: dict[RecordState, str] = {
    "reviewed": translatable("mark the recording as reviewed"),
    "in progress": translatable("mark the recording as in progress"),
    "unreviewed": translatable("mark the recording as not reviewed"),
}
Step = tuple[Kind, dict[str, Any]]
"""Kind and payload of an event."""


@dataclass(frozen=True)
class NotePlace:
    """A finding and its recording, as identified when the note was begun."""

    finding: Finding
    name: FindingId
    files: RecordFiles


class Journalist(Protocol):
    """Reads and writes the journal; see `JournalWriter`."""

    def load(self, request: int, files: RecordFiles) -> None: ...

    def append(self, files: RecordFiles, event: Event) -> None: ...


def checked_own(own: OwnFinding, duration_s: float) -> OwnFinding:
    """Within the recording, the begin first. Raises ValueError for an empty interval or no lead."""
    if not own.leads:
        raise ValueError("a finding needs a lead")
    start_s, end_s = sorted((round(own.start_s, TIME_DIGITS), round(own.end_s, TIME_DIGITS)))
    start_s, end_s = max(start_s, 0.0), min(end_s, duration_s)
    if not start_s < end_s:
        raise ValueError("a finding needs a start and a later end within the recording")
    return replace(own, start_s=start_s, end_s=end_s)


def own_text(own: OwnFinding, duration_s: float) -> str:
    """`pause (V2, V3, 3.00 s)`."""
    where = f"{', '.join(own.leads)}, {instant_of(own.start_s, duration_s)}"
    return f"{own.label} ({where})" if own.label else where


def instant_of(time_s: float, duration_s: float) -> str:
    """A time in a recording of this length."""
    return instant_text(time_s, long=is_long(duration_s))


def finite(value: float) -> float | None:
    """None for what JSON cannot write."""
    return value if math.isfinite(value) else None
