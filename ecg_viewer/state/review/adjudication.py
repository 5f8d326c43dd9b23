"""What readers decided differently, and who settled it: only conflicts are listed, and a decision is kept as one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ecg_viewer.state.review.agreement import RecordReads, records_of
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.review import SAME_FINDING
from mmae_core.metrics.agreement import overlap_iou
from mmae_core.record import STANDARD_LEADS

Subject = Literal["recording", "finding", "own findings"]


@dataclass(frozen=True)
class Answer:
    """What one reader said."""

    reader: str
    text: str
    """In the journal's words: `departs`, `confirmed`, or the label of a finding of one's own."""


@dataclass(frozen=True)
class Conflict:
    """A recording or a stretch of it that readers decided differently."""

    key: str
    """The same in every journal with these entries; a decision names it."""
    record: str
    subject: Subject
    where: str
    """Lead and seconds; empty for the recording as a whole."""
    answers: tuple[Answer, ...]
    settled: str = ""
    """The adjudicator's decision; empty while there is none."""
    settled_by: str = ""

    def payload(self, decision: str) -> dict[str, Any]:
        """Of the entry that settles it."""
        return {
            "key": self.key, "subject": self.subject, "where": self.where, "decision": decision,
            "between": [{"reader": answer.reader, "text": answer.text} for answer in self.answers],
        }


def conflicts(events: Iterable[Event]) -> tuple[Conflict, ...]:
    """All conflicts of a journal, settled ones too, by recording. `Journal.all_events` gives the events."""
    found = tuple(events)
    settled = {(event.record, str(event.payload.get("key"))): event for event in found if event.kind == "adjudicated"}
    open_ones = [conflict for record in records_of(found) for conflict in
                 (*_of_recording(record), *_of_findings(record), *_of_own(record))]
    return tuple(_settled(conflict, settled.get((conflict.record, conflict.key))) for conflict in open_ones)


def adjudication(conflict: Conflict, decision: str, adjudicator: str) -> Event:
    """The entry that settles a conflict. Raises ValueError without a name or a decision."""
    if not adjudicator.strip() or not decision.strip():
        raise ValueError("an adjudication needs a decision and the name of who decides")
    return Event("adjudicated", conflict.record, adjudicator.strip(), conflict.payload(decision.strip()))


def _settled(conflict: Conflict, event: Event | None) -> Conflict:
    """With its decision, unless readers have decided otherwise since."""
    if event is None:
        return conflict
    between = [(str(item.get("reader")), str(item.get("text"))) for item in event.payload.get("between", ())]
    if sorted(between) != sorted((answer.reader, answer.text) for answer in conflict.answers):
        return conflict
    return Conflict(conflict.key, conflict.record, conflict.subject, conflict.where, conflict.answers,
                    str(event.payload.get("decision", "")), event.reviewer)


def _of_recording(record: RecordReads) -> list[Conflict]:
    reads = {reader: record.read(reader, "last") for reader in sorted(record.reviews)}
    answers = tuple(Answer(reader, read.decision) for reader, read in reads.items() if read is not None)
    if len({answer.text for answer in answers}) < 2:
        return []
    return [Conflict("recording", record.record, "recording", "", answers)]


def _of_findings(record: RecordReads) -> list[Conflict]:
    found: list[Conflict] = []
    seen = set()
    names = sorted({name for review in record.reviews.values() for name in review.judgements},
                   key=lambda name: (name.start_s, name.lead, name.end_s, name.layer, name.kind))
    for name in names:
        if name in seen:
            continue
        answers = []
        for reader in sorted(record.reviews):
            judgement = record.reviews[reader].judgement_of(name)
            if judgement.state != "unreviewed":
                answers.append(Answer(reader, judgement.state))
                seen.add(judgement.finding)
        if len({answer.text for answer in answers}) > 1:
            key = f"finding {name.lead} {name.start_s:.2f} {name.end_s:.2f} {name.layer} {name.kind}".strip()
            where = f"{name.lead}, {name.start_s:.2f} to {name.end_s:.2f} s"
            found.append(Conflict(key, record.record, "finding", where, tuple(answers)))
    return found


def _of_own(record: RecordReads) -> list[Conflict]:
    """Own findings of two readers that overlap by half or more and are called differently."""
    found = []
    for one, other in itertools.combinations(sorted(record.reviews), 2):
        for mine, theirs in itertools.product(record.reviews[one].own.values(), record.reviews[other].own.values()):
            spans = [{lead: [(own.start_s, own.end_s)] for lead in own.leads or STANDARD_LEADS}
                     for own in (mine, theirs)]
            if overlap_iou(*spans) >= SAME_FINDING and mine.label.casefold() != theirs.label.casefold():
                where = f"{', '.join(mine.leads) or 'all leads'}, {mine.start_s:.2f} to {mine.end_s:.2f} s"
                answers = (Answer(one, mine.label or "no label"), Answer(other, theirs.label or "no label"))
                found.append(Conflict(f"own {mine.id} {theirs.id}", record.record, "own findings", where, answers))
    return found
