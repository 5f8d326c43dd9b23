"""The review of the open recording: what is decided, what can be undone, and whether it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecg_viewer.state.problem import Problem, Weight
from ecg_viewer.state.review.events import Event, FindingId, Kind, in_order, new_id, new_ids, now_text
from ecg_viewer.state.review.history import Command, History
from ecg_viewer.state.review.journal_writer import Arrived, Loaded, RecordFiles, Saved
from ecg_viewer.state.review.reads import Reads
from ecg_viewer.state.review.review import (
    Conclusion,
    Judgement,
    OwnFinding,
    RecordReview,
    RecordState,
    State,
    StoredMarker,
    Summary,
    fold,
)
from ecg_viewer.state.review.review_steps import (
    DECISION_TEXTS,
    RECORD_TEXTS,
    Journalist,
    NotePlace,
    Step,
    checked_own,
    finite,
    instant_of,
    own_text,
)
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr
from mmae_core.assessment import Finding


class OpenReview:
    """One reviewer's decisions on the open recording. Each is passed to the journal at once."""

    def __init__(self, session: Session, journal: Journalist, reviewer: str) -> None:
        self.changed: Signal[()] = Signal()
        """The review changed, or another recording was opened."""
        self.history_changed: Signal[()] = Signal()
        self.saved_changed: Signal[()] = Signal()
        self.stepped: Signal[tuple[Mapping[str, Any], ...]] = Signal()
        """Something was undone or done again: the payloads of what was written for it."""
        self.failed: Signal[Problem] = Signal()
        self.recovered: Signal[()] = Signal()
        """The journal can be used again."""
        self._session = session
        self._journal = journal
        self._reviewer = reviewer
        self._request = 0
        self._is_loaded = False
        self._files: RecordFiles | None = None
        self._events: dict[str, Event] = {}
        """Events of the open recording by id, from all reviewers."""
        self._unsaved: set[str] = set()
        self._trouble: Problem | None = None
        self._review = RecordReview()
        self._written: tuple[Step, ...] = ()
        """What was written last."""
        self._histories: dict[tuple[str, tuple[Path, ...]], History] = {}
        """By reviewer and recording: reviewers undo only their own decisions."""
        session.record_changed.connect(self._open)
        session.assessment_changed.connect(self._take_checksum)
        self._open()

    @property
    def reviewer(self) -> str:
        """The reviewer's name; empty if it is not known."""
        return self._reviewer

    def set_reviewer(self, name: str) -> None:
        """Change the reviewer and show their decisions. Raises ValueError for an empty name."""
        if not name.strip():
            raise ValueError("the reviewer needs a name")
        if name.strip() != self._reviewer:
            self._reviewer = name.strip()
            self._refold()
            self.history_changed.emit()

    @property
    def is_saved(self) -> bool:
        """Whether everything decided so far is on the disk."""
        return not self._unsaved

    @property
    def trouble(self) -> Problem | None:
        """Why the last access to the journal failed; None if it did not."""
        return self._trouble

    @property
    def summary(self) -> Summary:
        """The open recording in a line."""
        return self._review.summary

    @property
    def record_state(self) -> RecordState:
        return self._review.state

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every decision and note that was made, on findings of whichever model."""
        return tuple(self._review.judgements.values())

    @property
    def own(self) -> tuple[OwnFinding, ...]:
        """The reviewer's own findings, by their start."""
        return tuple(sorted(self._review.own.values(), key=lambda item: (item.start_s, item.id)))

    @property
    def markers(self) -> tuple[StoredMarker, ...]:
        """Markers in the order they were set."""
        return tuple(self._review.markers.values())

    @property
    def conclusion(self) -> Conclusion | None:
        """What the reviewer wrote about the recording as a whole; None: nothing."""
        return self._review.conclusion

    @property
    def is_known(self) -> bool:
        """Whether the journal has answered for the open recording, or something was decided meanwhile."""
        return self._is_loaded or bool(self._events)

    @property
    def files(self) -> RecordFiles | None:
        """Of the open recording, as the journal knows them."""
        return self._files

    @property
    def reads(self) -> Reads:
        """The reviewer's decisions on the whole recording, before and after the results were seen."""
        return self._review.reads.get(self._reviewer, Reads())

    def judgement(self, finding: Finding) -> Judgement:
        """The decision on a finding of the current model."""
        return self._review.judgement_of(self.id_of(finding))

    def is_touched(self, finding: Finding) -> bool:
        """Whether anything may have been decided about a finding; if not, it is unreviewed."""
        return self._review.is_touched(finding.lead, finding.start_s, finding.end_s)

    @property
    def touched_minutes(self) -> Set[tuple[str, int]]:
        """Leads and minutes in which anything was ever decided."""
        return self._review.touched_minutes

    def id_of(self, finding: Finding) -> FindingId:
        """The name of a finding of the current model."""
        model = self._session.model
        return FindingId.of(finding, "" if model is None else model.sha256)

    # Deciding

    def decide(self, finding: Finding, state: State) -> None:
        """Confirm, dismiss or reset a finding."""
        text = tr(DECISION_TEXTS[state]).format(what=self._finding_text(finding))
        self.decide_all([finding], state, text)

    def decide_all(self, findings: Sequence[Finding], state: State, text: str) -> None:
        """Decide on several findings at once; `text` follows `Undo` in the menu."""
        steps: list[tuple[Step, Step]] = []
        for finding in findings:
            name = self.id_of(finding)
            before = self._review.judgement_of(name)
            if before.state != state or before.from_another_model:
                done = {
                    "finding": name.to_payload(), "state": state, "percentile": finite(finding.percentile),
                    "note": before.note,
                }
                steps.append((("decided", done), ("decided", self._restoring(name))))
        if steps:
            self._do_all(text, [done for done, _ in steps], [undone for _, undone in reversed(steps)])

    def set_note(self, finding: Finding, note: str) -> None:
        """Write a note to a finding; an empty one removes it."""
        self.write_note(self.note_place(finding), note)

    def note_place(self, finding: Finding) -> NotePlace:
        """Identifies a finding of the open recording, for a note that may be finished after another one is opened."""
        assert self._files is not None, "findings belong to a recording"
        return NotePlace(finding, self.id_of(finding), self._files)

    def write_note(self, place: NotePlace, note: str) -> None:
        """Write a note; to a finding of a recording that is no longer open it cannot be undone."""
        name, note = place.name, note.strip()
        if self._files is None or place.files.paths != self._files.paths:
            payload = {"finding": name.to_payload(), "note": note}
            self._append(place.files, Event("noted", place.files.sha256, self._reviewer, payload))
            self.saved_changed.emit()
            return
        before = self._review.judgement_of(name)
        if note == before.note:
            return
        text = tr("note on {what}").format(what=self._finding_text(place.finding))
        done = {"finding": name.to_payload(), "state": before.state, "percentile": before.percentile, "note": note}
        self._do(text, ("decided", done), ("decided", self._restoring(name)))

    def add_own(self, leads: Sequence[str], start_s: float, end_s: float, label: str) -> str:
        """Add a finding of the reviewer's own; returns its id. Raises ValueError for an empty interval or no lead."""
        made = OwnFinding(new_id(), tuple(leads), start_s, end_s, label.strip())
        own = checked_own(made, self._session.view.duration_s)
        text = tr("add {what}").format(what=self._own_text(own))
        self._do(text, ("own_set", own.to_payload()), ("own_removed", {"id": own.id}))
        return own.id

    def change_own(
        self, own_id: str, *, leads: Sequence[str] | None = None, start_s: float | None = None,
        end_s: float | None = None, label: str | None = None,
    ) -> None:
        """Change what is named of an own finding. Raises KeyError, ValueError."""
        before = self._review.own[own_id]
        after = checked_own(
            replace(
                before,
                leads=before.leads if leads is None else tuple(leads),
                start_s=before.start_s if start_s is None else start_s,
                end_s=before.end_s if end_s is None else end_s,
                label=before.label if label is None else label.strip(),
            ),
            self._session.view.duration_s,
        )
        if after != before:
            text = tr("change {what}").format(what=self._own_text(before))
            self._do(text, ("own_set", after.to_payload()), ("own_set", before.to_payload()))

    def remove_own(self, own_id: str) -> None:
        """Remove an own finding. Raises KeyError."""
        own = self._review.own[own_id]
        text = tr("delete {what}").format(what=self._own_text(own))
        self._do(text, ("own_removed", {"id": own.id}), ("own_set", own.to_payload()))

    def set_marker(self, marker_id: str, values: Mapping[str, Any], text: str) -> None:
        """Store a marker (plain JSON values) under an id (`events.new_id`); `text` follows `Undo` in the menu."""
        before = self._review.markers.get(marker_id)
        done: dict[str, Any] = {"id": marker_id, "values": dict(values)}
        if before is None:
            self._do(text, ("marker_set", done), ("marker_removed", {"id": marker_id}))
        else:
            self._do(text, ("marker_set", done), ("marker_set", {"id": marker_id, "values": dict(before.values)}))

    def remove_marker(self, marker_id: str, text: str) -> None:
        """Remove a marker. Raises KeyError."""
        before = self._review.markers[marker_id]
        undone = {"id": marker_id, "values": dict(before.values)}
        self._do(text, ("marker_removed", {"id": marker_id}), ("marker_set", undone))

    def keep_marker(self, marker_id: str, values: Mapping[str, Any]) -> None:
        """Store values as `set_marker` does, without a step to undo: for what has one of its own.

        Nothing is kept while nobody has said who reviews.
        """
        if self._reviewer and self._files is not None:
            written = self._written
            self._write([("marker_set", {"id": marker_id, "values": dict(values)})])
            self._written = written

    def set_record_state(self, state: RecordState) -> None:
        """Set the review state of the recording."""
        if self._review.marked != state:
            done, undone = {"state": state}, {"state": self._review.marked}
            self._do(tr(RECORD_TEXTS[state]), ("record_state", done), ("record_state", undone))

    def set_conclusion(self, text: str) -> None:
        """Write what the recording comes to; an empty text removes it."""
        assert self._files is not None, "a conclusion belongs to a recording"
        self.write_conclusion(self._files, text)

    def write_conclusion(self, files: RecordFiles, text: str) -> None:
        """The same of the recording that it was begun for; of one that is no longer open it cannot be undone."""
        done = {"text": text.strip()}
        if self._files is None or files.paths != self._files.paths:
            self._append(files, Event("concluded", files.sha256, self._reviewer, done))
            self.saved_changed.emit()
            return
        before = "" if self.conclusion is None else self.conclusion.text
        if done["text"] != before:
            self._do(tr("conclusion"), ("concluded", done), ("concluded", {"text": before}))

    def commit(self, kind: Kind, payload: dict[str, Any]) -> None:
        """Keep something that cannot be undone. Raises ValueError without a reviewer."""
        if not self._reviewer:
            raise ValueError("nobody has said who reviews")
        self._write([(kind, payload)])

    # Undoing

    @property
    def history(self) -> History:
        """The reviewer's, of the open recording; kept while the program runs."""
        key = self._reviewer, () if self._files is None else self._files.paths
        if key not in self._histories:
            self._histories[key] = History()
            self._histories[key].changed.connect(self.history_changed.emit)
        return self._histories[key]

    def undo(self) -> bool:
        """Undo the latest change to the open recording's review, by a further event in the journal."""
        return self._step(self.history.undo)

    def redo(self) -> bool:
        """Do again what was undone last."""
        return self._step(self.history.redo)

    def _step(self, go: Callable[[], bool]) -> bool:
        if not go():
            return False
        self.stepped.emit(tuple(payload for _, payload in self._written))
        return True

    # The journal

    def receive(self, message: object) -> None:
        """Handle a message from the recorder, on the session's thread."""
        if isinstance(message, Loaded | Arrived):
            if not self._unsaved:
                self._end_trouble()
            if message.request == self._request:
                self._is_loaded = True
                self._take(message.events, keep_numbered=isinstance(message, Arrived))
        elif isinstance(message, Saved):
            self._end_trouble()
            self._unsaved.difference_update(event.event_id for event in message.events)
            self._events.update({e.event_id: e for e in message.events if e.event_id in self._events})
            self.saved_changed.emit()
        elif isinstance(message, Problem):
            if message.weight is Weight.GRAVE:
                self._trouble = message
            self.failed.emit(message)

    def _end_trouble(self) -> None:
        if self._trouble is not None:
            self._trouble = None
            self.recovered.emit()

    def _open(self) -> None:
        record = self._session.record
        self._files = None if record is None else RecordFiles(
            record.source.own_paths, self._session.sha256, record.source.stamps)
        self._events = {}
        self._is_loaded = False
        self._review = RecordReview()
        self._ask()
        self.changed.emit()
        self.history_changed.emit()

    def _take_checksum(self) -> None:
        files = self._files
        if files is not None and self._session.sha256 and not files.sha256:
            self._files = replace(files, sha256=self._session.sha256)
            self._ask()

    def _ask(self) -> None:
        self._request += 1
        if self._files is not None:
            self._journal.load(self._request, self._files)

    def _take(self, events: tuple[Event, ...], *, keep_numbered: bool) -> None:
        before = self._events
        kept = {key: event for key, event in before.items() if keep_numbered or event.number is None}
        self._events = {**kept, **{event.event_id: event for event in events}}
        if before.keys() != self._events.keys():
            self._refold()

    def _refold(self) -> None:
        """Fold all events again, in journal order; unwritten ones come last."""
        mine = [event for event in self._events.values() if event.reviewer == self._reviewer]
        self._review = fold(in_order(mine))
        self.changed.emit()

    def _do(self, text: str, done: Step, undone: Step) -> None:
        self._do_all(text, [done], [undone])

    def _do_all(self, text: str, done: Sequence[Step], undone: Sequence[Step]) -> None:
        if not self._reviewer:
            raise ValueError("nobody has said who reviews")
        self.history.do(Command(text, lambda: self._write(done), lambda: self._write(undone)))

    def _write(self, steps: Sequence[Step]) -> None:
        assert self._files is not None, "decisions belong to a recording"
        self._written = tuple(steps)
        sha256, reviewer, now = self._files.sha256, self._reviewer, now_text()
        events = [
            Event(kind, sha256, reviewer, payload, event_id, now)
            for (kind, payload), event_id in zip(steps, new_ids(len(steps)), strict=True)
        ]
        for event in events:
            self._events[event.event_id] = event
            self._review.apply(event)
        for event in events:
            self._append(self._files, event)
        self.changed.emit()
        self.saved_changed.emit()
        if self._trouble is not None:  # the journal reports a problem once; other messages may have replaced it
            self.failed.emit(self._trouble)

    def _append(self, files: RecordFiles, event: Event) -> None:
        self._unsaved.add(event.event_id)
        self._journal.append(files, event)

    def _restoring(self, name: FindingId) -> dict[str, Any]:
        """The payload that restores the present decision on exactly this finding, or its absence."""
        before = self._review.judgements.get(name)
        if before is None:
            return {"finding": name.to_payload(), "state": None}
        return {
            "finding": name.to_payload(), "state": before.state, "percentile": before.percentile, "note": before.note
        }

    def _finding_text(self, finding: Finding) -> str:
        return f"{finding.lead}, {instant_of(finding.start_s, self._session.view.duration_s)}"

    def _own_text(self, own: OwnFinding) -> str:
        return own_text(own, self._session.view.duration_s)
