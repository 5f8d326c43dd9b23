"""What the open review writes to the journal step by step, and the words that follow `Undo` in the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from ecg_viewer.state.review.events import Event, FindingId, Kind
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.review import RecordState, State
from ecg_viewer.state.words.language import translatable
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
