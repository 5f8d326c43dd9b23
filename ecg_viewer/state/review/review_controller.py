"""The reviewer's position in the queue of findings, and what a decision does there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.review.events import FindingId
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.queue import Grouping, build_queue
from ecg_viewer.state.review.queue_parts import (
    PAGE,
    Entry,
    Group,
    Queue,
    QueueFilter,
    entry_of,
    finding_key,
    own_entry,
    own_key,
)
from ecg_viewer.state.review.review import MINUTE_S, OwnFinding, State
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import is_long
from mmae_core.assessment import Finding
from mmae_core.record import STANDARD_LEADS

CACHED = 1_000
"""Maximum number of cached lines of findings that have since been joined with others."""
_LEADS = {lead: place for place, lead in enumerate(STANDARD_LEADS)}
_GROUP_TEXTS: dict[State, str] = {
    "confirmed": translatable("confirm {n} findings ({group})"),
    "dismissed": translatable("dismiss {n} findings ({group})"),
    "unreviewed": translatable("reset {n} findings ({group})"),
}


class ReviewController:
    """The queue of the open recording and the place in it.

    `refresh` rebuilds the queue; the view decides when, as a day's recording has many findings that arrive in many
    parts.
    """

    def __init__(self, session: Session, open_review: OpenReview) -> None:
        self.changed: Signal[()] = Signal()
        """The queue was built anew."""
        self.outdated: Signal[()] = Signal()
        """The queue should be built anew."""
        self.current_changed: Signal[()] = Signal()
        self.session = session
        self.open_review = open_review
        self.queue = Queue()
        self._filter = QueueFilter()
        self._grouping: Grouping = "fact"
        self._pages: dict[str, int] = {}
        """By group, how often more was requested."""
        self._lines = _Lines()
        self._own_id: str | None = None
        self._group_key: str | None = None
        session.findings_changed.connect(self.outdated.emit)
        session.record_changed.connect(self._open)
        session.finding_changed.connect(self._follow_session)
        open_review.changed.connect(self._follow_book)
        open_review.stepped.connect(self._follow_step)

    @property
    def wanted(self) -> QueueFilter:
        """The filter in use."""
        return self._filter

    @property
    def grouping(self) -> Grouping:
        return self._grouping

    @property
    def current_key(self) -> str | None:
        """Key of the current entry, listed or not."""
        if self._own_id is not None:
            return own_key(self._own_id)
        return None if self.session.finding is None else finding_key(self.session.finding)

    @property
    def current(self) -> Entry | None:
        """The current entry, if it is listed."""
        place = self.queue.place(self.current_key)
        return None if place is None else self.queue.visible[place]

    @property
    def current_own(self) -> OwnFinding | None:
        """The current entry, if it is one of the reviewer's own findings."""
        return next((own for own in self.open_review.own if own.id == self._own_id), None)

    @property
    def current_group(self) -> Group | None:
        """The group whose heading is current: a decision then applies to all its listed findings."""
        return next((group for group in self.queue.groups if group.key == self._group_key), None)

    @property
    def n_to_review(self) -> int:
        """Number of the model's undecided findings, whatever the filter.

        Where there are facts: the facts with any undecided finding.
        """
        assessment, open_review = self.session.assessment, self.open_review
        self._lines.follow(assessment.findings, assessment.n_reliable_findings)
        touched = [assessment.findings[place] for place in self._lines.places_in(open_review.touched_minutes)]
        decided = [item for item in touched if open_review.judgement(item).state != "unreviewed"]
        if not assessment.layers.facts:
            return len(assessment.findings) - len(decided)
        known = set(map(id, decided))
        return len({item.fact or item.lead for item in assessment.findings if id(item) not in known})

    @property
    def n_findings(self) -> int:
        """Number of facts, or of findings if there are no facts."""
        assessment = self.session.assessment
        if not assessment.layers.facts:
            return len(assessment.findings)
        return len({item.fact or item.lead for item in assessment.findings})

    @property
    def undecided_word(self) -> str:
        """Short form of `undecided_sentence` for narrow windows."""
        if self.session.assessment.phase.is_running:
            return tr("Reviewed, though the model has not finished")
        if not self.n_to_review:
            return ""
        return tr("Reviewed with {n} of {all} findings undecided: they do not count as normal").format(
            n=number(self.n_to_review, ","), all=number(self.n_findings, ",")
        )

    @property
    def undecided_sentence(self) -> str:
        """What it means to mark a recording as reviewed with undecided findings; empty if there are none."""
        n = self.n_to_review
        if self.session.assessment.phase.is_running:
            return tr("Marked as reviewed, but the model has not finished: what it still finds is not decided.")
        if not n:
            return ""
        return tr("Marked as reviewed with {n} of {all} findings still to review: they count as neither confirmed nor "
                  "normal, and a benchmark leaves them out. Undo takes the mark back.").format(
            n=number(n, ","), all=number(self.n_findings, ",")
        )

    def refresh(self) -> None:
        """Build the queue anew."""
        self.queue = build_queue(
            self._entries(), self.open_review.own, self._filter, self._grouping, self._pages,
            facts=self.session.assessment.layers.facts, long=is_long(self.session.view.duration_s),
            clock=self.session.view.time_of_day.clock,
        )
        self.changed.emit()

    def set_filter(self, wanted: QueueFilter) -> None:
        """Set the filter."""
        if wanted != self._filter:
            self._filter = wanted
            self.refresh()

    def set_grouping(self, grouping: Grouping) -> None:
        """Group by fact, by lead, by moment, by whichever of the latter two needs fewer headings, or not at all."""
        if grouping != self._grouping:
            self._grouping = grouping
            self.refresh()

    def toggle_more(self, group_key: str) -> None:
        """Show more of a group, or, once it shows all, only its strongest again."""
        group = next((group for group in self.queue.groups if group.key == group_key), None)
        if group is None:
            return
        self._pages[group_key] = group.n_pages + 1 if group.n_hidden else 0
        self.refresh()

    def fold(self, group_key: str) -> None:
        """Show only the strongest of a group again."""
        if self._pages.pop(group_key, 0):
            self.refresh()

    def go_to(self, entry: Entry) -> None:
        """Show an entry and make it the current one."""
        self._group_key = None
        if entry.finding is not None:
            self._own_id = None
            self.session.go_to_finding(self.session.assessment.findings.index(entry.finding))
        else:
            self._own_id = entry.own_id
            self.session.leave_finding()
            view = self.session.view
            if not set(entry.leads) & set(view.arrangement.leads):
                view.focus.zoom(entry.leads[0])
            view.show_interval(entry.start_s, entry.end_s, entry.leads[0])
        self.current_changed.emit()

    def go_to_fact(self, group: Group) -> None:
        """Show the strongest finding of a fact; the next decision applies to the whole fact."""
        strongest = group.strongest
        if strongest.finding is not None:
            self._own_id = None
            self.session.go_to_finding(self.session.assessment.findings.index(strongest.finding))
        self._group_key = group.key
        self.current_changed.emit()

    def look_at_group(self, group_key: str | None) -> None:
        """Apply the next decision to a whole group; None: to the current entry."""
        if group_key != self._group_key:
            self._group_key = group_key
            self.current_changed.emit()

    def step(self, steps: int) -> None:
        """Move on (or, if negative, back) in list order, fact by fact; to the first one if there is no current one."""
        if steps > 0:
            self._list_beyond(self.current_key)
        stops = self.queue.stops
        if not stops:
            return
        place = self.queue.stop_place(self._stop_key)
        self._stop_at(stops[0 if place is None else min(max(place + steps, 0), len(stops) - 1)])

    def decide(self, state: State) -> None:
        """Decide on the current entry or group; then, unless that was a reset, move on to the next one."""
        group = self.current_group
        if group is not None:
            self._decide_group(group, state)
            return
        finding = self.session.finding
        if finding is None or self._own_id is not None:
            return
        following = self._after(finding_key(finding))
        self.open_review.decide(finding, state)
        if state != "unreviewed" and following is not None:
            self._stop_at(following)

    def remove_own(self) -> None:
        """Delete the current finding of the reviewer's own, then move on to the next one."""
        own = self.current_own
        if own is None:
            return
        following = self._after(own_key(own.id))
        self._own_id = None
        self.open_review.remove_own(own.id)
        if following is not None:
            self._stop_at(following)
        else:
            self.current_changed.emit()

    def at(self, lead: str, time_s: float) -> list[Entry]:
        """Entries at an instant of a lead, the reviewer's own first, whatever the filter."""
        own = [
            own_entry(item) for item in self.open_review.own
            if lead in item.leads and item.start_s <= time_s < item.end_s
        ]
        assessment = self.session.assessment
        found = [
            self._entry(item, is_unreliable=assessment.is_unreliable(item))
            for item in assessment.findings
            if item.lead == lead and item.start_s <= time_s < item.end_s
        ]
        return [*own, *found]

    def _entries(self) -> list[Entry]:
        """A line for each finding; reused from the cache unless something was decided."""
        assessment = self.session.assessment
        n_reliable = assessment.n_reliable_findings
        self._lines.follow(assessment.findings, n_reliable)
        entries = list(self._lines.untouched)
        for place in self._lines.places_in(self.open_review.touched_minutes):
            finding = assessment.findings[place]
            if self.open_review.is_touched(finding):
                entries[place] = self._entry(finding, is_unreliable=place >= n_reliable)
        return entries

    def _entry(self, finding: Finding, *, is_unreliable: bool) -> Entry:
        judgement = self.open_review.judgement(finding) if self.open_review.is_touched(finding) else None
        return entry_of(finding, judgement, is_unreliable=is_unreliable)

    def _decide_group(self, group: Group, state: State) -> None:
        findings: Sequence[Finding] = [entry.finding for entry in group.entries if entry.finding is not None]
        if not findings:
            return
        following = self._after(group.key if group.is_row else group.shown[-1].key)
        text = tr(_GROUP_TEXTS[state]).format(n=len(findings), group=translated(group.title))
        self.open_review.decide_all(findings, state, text)
        if state != "unreviewed" and following is not None:
            self._stop_at(following)

    def _after(self, key: str) -> Entry | Group | None:
        """What comes next: the next finding of an open fact, else the next stop."""
        self._list_beyond(key)
        place = self.queue.place(key)
        if place is not None and place + 1 < len(self.queue.visible):
            following = self.queue.visible[place + 1]
            if self.queue.stop_place(following.key) == self.queue.stop_place(key) or following in self.queue.stops:
                return following
        stop = self.queue.stop_place(key)
        return None if stop is None or stop + 1 >= len(self.queue.stops) else self.queue.stops[stop + 1]

    @property
    def _stop_key(self) -> str | None:
        """Key of the current fact if a fact is current as a whole, else of the current entry."""
        group = self.current_group
        return group.key if group is not None and group.is_row else self.current_key

    def _stop_at(self, stop: Entry | Group) -> None:
        if isinstance(stop, Group):
            self.go_to_fact(stop)
        else:
            self.go_to(stop)

    def _list_beyond(self, key: str | None) -> None:
        """At the end of a partly listed group, list more of it, so that stepping continues there."""
        for group in self.queue.groups:
            if group.n_pages and group.n_hidden and group.shown[-1].key == key:
                self._pages[group.key] = group.n_pages + 1
                self.refresh()
                return

    def _open(self) -> None:
        self._own_id = self._group_key = None
        self._lines = _Lines()
        self._pages = {}
        self.outdated.emit()
        self.current_changed.emit()

    def _follow_session(self) -> None:
        """The paper, or another panel, has chosen a finding."""
        if self.session.finding is not None:
            self._own_id = self._group_key = None
            key = finding_key(self.session.finding)
            group = self.queue.group_of(key)
            if group is not None and group.is_row and not group.shown:
                self._group_key = group.key
            elif group is not None and self.queue.place(key) is None:
                place = next(place for place, entry in enumerate(group.entries) if entry.key == key)
                self._pages[group.key] = place // PAGE + 1
                self.refresh()
        self.current_changed.emit()

    def _follow_step(self, payloads: tuple[Mapping[str, Any], ...]) -> None:
        """Go to what undo or redo has changed, so that the next decision is about that, not about what came after."""
        names = {FindingId.from_payload(payload["finding"]) for payload in payloads if "finding" in payload}
        findings = [item for item in self.session.assessment.findings if self.open_review.id_of(item) in names]
        owns = [item for item in self.open_review.own for payload in payloads if item.id == payload.get("id")]
        group = self.queue.group_of(finding_key(findings[0])) if len(findings) > 1 else None
        if group is not None and {entry.finding for entry in group.entries} == set(findings):
            self.go_to_fact(group)
        elif findings:
            self._own_id = self._group_key = None
            self.session.go_to_finding(self.session.assessment.findings.index(findings[0]))
            self.current_changed.emit()
        elif owns:
            self.go_to(own_entry(owns[0]))

    def _follow_book(self) -> None:
        if self._own_id is not None and self.current_own is None:
            self._own_id = None  # undone, or deleted in another window
            self.current_changed.emit()
        self.outdated.emit()


class _Lines:
    """Cache of the lines of undecided findings."""

    def __init__(self) -> None:
        self.untouched: list[Entry] = []
        self._findings: tuple[Finding, ...] = ()
        self._n_reliable = 0
        self._known: dict[int, Entry] = {}
        """By the identity of a finding, which its entry keeps alive."""
        self._minutes: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None = None
        """Of each finding the place of its lead, its first minute and its last."""

    def follow(self, findings: tuple[Finding, ...], n_reliable: int) -> None:
        """Update to these findings, the reliable ones first; does nothing if they are unchanged."""
        if findings is self._findings and n_reliable == self._n_reliable:
            return
        lines, known = [], self._known
        for place, finding in enumerate(findings):
            is_unreliable = place >= n_reliable
            entry = known.get(id(finding))
            if entry is None or entry.is_unreliable != is_unreliable:
                entry = known[id(finding)] = entry_of(finding, None, is_unreliable=is_unreliable)
            lines.append(entry)
        if len(known) > 2 * len(lines) + CACHED:
            self._known = {}
        self.untouched, self._findings, self._n_reliable, self._minutes = lines, findings, n_reliable, None

    def places_in(self, minutes: Collection[tuple[str, int]]) -> list[int]:
        """Indices of the findings that overlap these minutes of leads."""
        if not minutes or not self._findings:
            return []
        if self._minutes is None:
            starts, ends = ([finding.start_s for finding in self._findings], [item.end_s for item in self._findings])
            leads = np.array([_LEADS[finding.lead] for finding in self._findings])
            self._minutes = leads, _minutes(starts), _minutes(ends)
        leads, first, last = self._minutes
        touched = np.zeros((len(_LEADS), int(last.max()) + 2), np.int64)
        for lead, minute in minutes:
            if lead in _LEADS and 0 <= minute <= last.max():
                touched[_LEADS[lead], minute + 1] = 1
        n_before = np.cumsum(touched, axis=1)
        places: list[int] = np.flatnonzero(n_before[leads, last + 1] > n_before[leads, first]).tolist()
        return places


def _minutes(times_s: list[float]) -> NDArray[np.int64]:
    return np.maximum(np.array(times_s) // MINUTE_S, 0).astype(np.int64)
