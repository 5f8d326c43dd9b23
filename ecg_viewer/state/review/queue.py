"""The findings as they are gone through: grouped, strongest first, filtered, with what was decided on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.language import mark, tr
from ecg_viewer.state.layers import FactLine
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS, Judgement, OwnFinding, State
from ecg_viewer.state.wording import instant_text
from mmae_core.assessment import Finding

TOP = 5
"""So many of a group are shown before the rest is asked for: more rows of one kind hide everything else."""
PAGE = 500
"""So many more of a group each time more is asked for: a day's recording has tens of thousands of lines, which nobody
reads and no table lays out at once."""
MOMENTS = 150
"""So many moments have a heading of their own; the findings of all others are one group."""
FEW = 100
"""Up to so many findings are grouped by lead or by moment, whichever needs fewer headings; more of them by lead."""
LEAST_SHARE = 1e-3
"""Of normals as strong as a finding, as far as the order of moments goes: about one of a cohort of a thousand."""
OWN_GROUP, UNRELIABLE_GROUP, ONLY_GROUP, WEAKER_GROUP = "own", "unreliable", "all", "weaker"
OWN_WORD, OWN_SYMBOL = mark("Yours"), "✎"

NO_PAGES: Mapping[str, int] = MappingProxyType({})
NO_FACTS: Mapping[str, FactLine] = MappingProxyType({})
Grouping = Literal["fact", "fewest", "lead", "moment", "none"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
GROUPING_WORDS: dict[Grouping, str] = {
    "fact": mark("By fact"),
    "fewest": mark("Fewest groups"), "lead": mark("By lead"), "moment": mark("By moment"), "none": mark("One list"),
}


@dataclass(frozen=True)
class Entry:
    """A line of the queue: a finding of the model, or one of the reviewer's own."""

    key: str
    leads: tuple[str, ...]
    start_s: float
    end_s: float
    state: State
    finding: Finding | None = None
    """The model's; None for the reviewer's own."""
    own_id: str | None = None
    label: str = ""
    note: str = ""
    reviewer: str = ""
    is_unreliable: bool = False
    from_another_model: bool = False

    @property
    def lead_text(self) -> str:
        return ", ".join(self.leads)

    @property
    def state_text(self) -> str:
        """Symbol and word, such as `✓ Confirmed`."""
        if self.own_id is not None:
            return f"{OWN_SYMBOL} {tr(OWN_WORD)}"
        return f"{STATE_SYMBOLS[self.state]} {tr(STATE_WORDS[self.state])}"


@dataclass(frozen=True)
class Group:
    """Findings that belong together, strongest first."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    n_pages: int = 0
    """How often more was asked for."""
    is_row: bool = False
    """Whether its heading is a row of its own, closed at first: a fact, or what a poor signal may have made of some."""
    fact: FactLine | None = None

    @cached_property
    def shown(self) -> tuple[Entry, ...]:
        """What is listed; the rest is behind `show more`, or in a row that is closed."""
        return self.entries[: self.n_pages * PAGE or (0 if self.is_row else TOP)]

    @property
    def n_hidden(self) -> int:
        return len(self.entries) - len(self.shown)

    @property
    def n_next(self) -> int:
        """How many more are listed when more is asked for."""
        return min(self.n_hidden, (self.n_pages + 1) * PAGE - len(self.shown))

    @property
    def can_fold(self) -> bool:
        """Whether it can be cut to its strongest again."""
        return bool(self.shown) if self.is_row else self.key != ONLY_GROUP and len(self.shown) > TOP

    @property
    def has_more(self) -> bool:
        """Whether a line below it shows more, or fewer; a row that is closed has none."""
        return bool(self.shown) and self.n_hidden > 0 if self.is_row else self.n_hidden > 0 or self.can_fold

    @cached_property
    def state(self) -> State | None:
        """Of all that the model found in it; None where decisions differ."""
        states = {entry.state for entry in self.entries}
        return next(iter(states)) if len(states) == 1 else None

    @property
    def strongest(self) -> Entry:
        """What stands for all of it."""
        return max(self.entries, key=lambda entry: 0.0 if entry.finding is None else entry.finding.percentile)

    @cached_property
    def n_to_review(self) -> int:
        return sum(entry.state == "unreviewed" and entry.own_id is None for entry in self.entries)


@dataclass(frozen=True)
class QueueFilter:
    """What is listed."""

    state: State | None = None
    """None: everything."""
    lead: str | None = None
    at_least: float = 0.0
    """Percentile; the reviewer's own findings have none and always pass."""
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves something out."""
        return self != QueueFilter()

    def passes(self, entry: Entry) -> bool:
        """Whether an entry is listed."""
        return bool(self.of([entry]))

    def of(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries that pass; one question after another, because a day has tens of thousands."""
        if self.state is not None:
            state, own_too = self.state, self.state == "confirmed"
            entries = [entry for entry in entries if (own_too if entry.own_id is not None else entry.state == state)]
        if self.lead is not None:
            lead = self.lead
            entries = [entry for entry in entries if lead in entry.leads]
        if self.at_least > 0:
            least = self.at_least
            entries = [entry for entry in entries if entry.finding is None or entry.finding.percentile >= least]
        wanted = self.text.casefold().split()
        if wanted:
            known: dict[tuple[object, ...], bool] = {}
            entries = [entry for entry in entries if _has_words(entry, wanted, known)]
        return entries


@dataclass(frozen=True)
class Counts:
    """Findings of the model, or facts, by state, whatever the filter says, and the reviewer's own."""

    unreviewed: int = 0
    confirmed: int = 0
    dismissed: int = 0
    own: int = 0

    @property
    def total(self) -> int:
        """The model's findings, or facts."""
        return self.unreviewed + self.confirmed + self.dismissed


@dataclass
class Queue:
    """The groups in the order in which they are shown. Build it with `build_queue`."""

    groups: tuple[Group, ...] = ()
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self.visible: tuple[Entry, ...] = tuple(entry for group in self.groups for entry in group.shown)
        """In the order of the screen."""
        self._places = {entry.key: place for place, entry in enumerate(self.visible)}
        self.stops: tuple[Entry | Group, ...] = tuple(
            stop for group in self.groups for stop in ((group,) if group.is_row else group.shown)
        )
        """Where going on to the next one stops: at a fact as a whole, else at each finding."""
        self._stops = {stop.key: place for place, stop in enumerate(self.stops)}
        self._rows = {entry.key: group.key for group in self.groups if group.is_row for entry in group.entries}

    @property
    def has_rows(self) -> bool:
        """Whether facts are listed rather than findings."""
        return any(group.is_row for group in self.groups)

    def stop_place(self, key: str | None) -> int | None:
        """Where a finding, the fact it belongs to or a fact itself stands among the stops."""
        return None if key is None else self._stops.get(self._rows.get(key, key))

    def place(self, key: str | None) -> int | None:
        """Where an entry stands among the visible ones."""
        return None if key is None else self._places.get(key)

    @property
    def n_listed(self) -> int:
        """What passes the filter, with what is behind `show more`; a fact counts once."""
        return sum(1 if group.is_row else len(group.entries) for group in self.groups)

    def place_in_all(self, key: str | None) -> int | None:
        """Where a visible entry, or a fact, stands among all that pass the filter, in the order of the list."""
        if key is None or (key not in self._places and key not in self._stops and key not in self._rows):
            return None
        before = 0
        for group in self.groups:
            if group.is_row:
                if key == group.key or self._rows.get(key) == group.key:
                    return before
                before += 1
                continue
            for row, entry in enumerate(group.shown):
                if entry.key == key:
                    return before + row
            before += len(group.entries)
        return None

    def group_of(self, key: str) -> Group | None:
        """The group that holds an entry, shown or not."""
        return next((group for group in self.groups if any(entry.key == key for entry in group.entries)), None)


def finding_key(finding: Finding) -> str:
    """Names a finding of the current model among the entries."""
    name = f"{finding.lead}|{finding.start_s:.4f}|{finding.end_s:.4f}"
    return name if finding.layer == "model" else f"{name}|{finding.layer}|{finding.kind}"


def own_key(own_id: str) -> str:
    """Names one of the reviewer's own findings among the entries."""
    return f"own|{own_id}"


def build_queue(
    entries: Sequence[Entry],
    own: Sequence[OwnFinding],
    wanted: QueueFilter,
    grouping: Grouping = "lead",
    pages: Mapping[str, int] = NO_PAGES,
    *,
    facts: Mapping[str, FactLine] = NO_FACTS,
    long: bool = False,
) -> Queue:
    """Group what passes the filter. The reviewer's own findings come first, what a poor signal may have made last.

    `entries` are the model's findings, strongest first; `pages` says of groups how often more was asked for; `facts`
    are known by what their findings name; `long` writes times as hours, minutes and seconds.
    """
    mine = [own_entry(item) for item in own]
    if grouping == "fact" and not facts:
        grouping = "fewest"
    if grouping == "fact":
        return _queue_of_facts(entries, mine, wanted, pages, facts)
    counts = _counts([entry.state for entry in entries], len(mine))
    listed = wanted.of(entries)
    reliable = [entry for entry in listed if not entry.is_unreliable]
    unreliable = [entry for entry in listed if entry.is_unreliable]
    if grouping == "fewest":
        grouping = _with_fewest_groups(entries)
    parts: list[tuple[str, str, Sequence[Entry]]] = []
    parts.append((OWN_GROUP, tr("Your findings"), wanted.of(mine)))
    if grouping == "none":
        parts.append((ONLY_GROUP, tr("All leads"), reliable))
    elif grouping == "lead":
        by_lead = _by_lead(reliable)
        if all(len(part) == 1 for part in by_lead.values()):  # headings would only double the lines
            parts.append((ONLY_GROUP, tr("All leads"), reliable))
        else:
            parts += [(f"lead|{lead}", lead, part) for lead, part in by_lead.items()]
    else:
        moments, weaker = _by_moment(reliable)
        parts += [(f"moment|{part[0].key}", _moment_title(part, long=long), part) for part in moments]
        parts.append((WEAKER_GROUP, tr("Weaker moments"), weaker))
    parts.append((UNRELIABLE_GROUP, tr("Poor signal"), unreliable))
    groups = tuple(
        Group(key, title, tuple(part), max(pages.get(key, 0), int(key == ONLY_GROUP)))
        for key, title, part in parts if part
    )
    return Queue(groups, counts)


def _queue_of_facts(
    entries: Sequence[Entry], mine: Sequence[Entry], wanted: QueueFilter, pages: Mapping[str, int],
    facts: Mapping[str, FactLine],
) -> Queue:
    """A row for each fact, in the order of their strongest findings; findings that belong to none stand by lead.

    Of a fact, its leads come in the order of their strength, and each lead's findings in the order of time.
    """
    counts = _counts([_joint_state(part) for part in _by_fact(entries).values()], len(mine))
    listed = wanted.of(entries)
    by_fact = _by_fact([entry for entry in listed if not entry.is_unreliable])
    unreliable = [entry for entry in listed if entry.is_unreliable]
    groups = [Group(OWN_GROUP, tr("Your findings"), tuple(wanted.of(mine)), pages.get(OWN_GROUP, 0))]
    for name, part in by_fact.items():
        line = facts.get(name)
        key, title = (f"lead|{part[0].leads[0]}", part[0].lead_text) if line is None else (f"fact|{name}", line.title)
        groups.append(Group(key, title, _lead_by_lead(part), pages.get(key, 0), line is not None, line))
    groups.append(Group(UNRELIABLE_GROUP, tr("Poor signal"), tuple(unreliable), pages.get(UNRELIABLE_GROUP, 0), True))
    return Queue(tuple(group for group in groups if group.entries), counts)


def _by_fact(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """By what their findings say they belong to or, without that, by lead."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        fact = "" if entry.finding is None else entry.finding.fact
        groups.setdefault(fact or f"lead|{entry.leads[0]}", []).append(entry)
    return groups


def _lead_by_lead(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    by_lead = _by_lead(entries)
    return tuple(entry for part in by_lead.values() for entry in sorted(part, key=lambda entry: entry.start_s))


def _joint_state(entries: Iterable[Entry]) -> State:
    """Of a fact: to review while any of its findings is, confirmed if any of them is."""
    states = {entry.state for entry in entries}
    if "unreviewed" in states:
        return "unreviewed"
    return "confirmed" if "confirmed" in states else "dismissed"


def _counts(states: Sequence[State], n_own: int) -> Counts:
    return Counts(states.count("unreviewed"), states.count("confirmed"), states.count("dismissed"), n_own)


def entry_of(finding: Finding, judgement: Judgement | None, *, is_unreliable: bool) -> Entry:
    """The line of a finding; without a judgement it is unreviewed."""
    key, leads = finding_key(finding), (finding.lead,)
    if judgement is None:
        return Entry(
            key, leads, finding.start_s, finding.end_s, "unreviewed", finding, is_unreliable=is_unreliable
        )
    return Entry(
        key, leads, finding.start_s, finding.end_s, judgement.state, finding,
        note=judgement.note, reviewer=judgement.reviewer, is_unreliable=is_unreliable,
        from_another_model=judgement.from_another_model,
    )


def own_entry(own: OwnFinding) -> Entry:
    """The line of one of the reviewer's own."""
    return Entry(
        own_key(own.id), own.leads, own.start_s, own.end_s, "confirmed", None, own.id, own.label, reviewer=own.reviewer
    )


def _with_fewest_groups(entries: Sequence[Entry]) -> Grouping:
    """By lead what comes back with every beat, by moment what happens once in several leads.

    Judged on all findings, so that neither a filter nor a decision turns the list round.
    """
    reliable = [entry for entry in entries if not entry.is_unreliable]
    if len(reliable) > FEW:
        return "lead"
    moments, _ = _by_moment(reliable)
    return "moment" if len(moments) < len(_by_lead(reliable)) else "lead"


def _by_lead(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Leads in the order of their strongest finding: what repeats on each beat of a lead stands together."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.leads[0], []).append(entry)
    return groups


def _by_moment(entries: Sequence[Entry]) -> tuple[list[list[Entry]], list[Entry]]:
    """What several leads show at once: a finding joins the strongest one whose interval it overlaps.

    `entries` are the model's, strongest first. Moments come in the order of what their leads show together. Also
    returns the findings of all moments beyond the first `MOMENTS`, as they were given.
    """
    if not entries:
        return [], []
    moments = _moments(entries)
    order = np.argsort(-_evidence(entries, moments), kind="stable")
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    of_entries = ranks[moments]
    groups: list[list[Entry]] = [[] for _ in order[:MOMENTS]]
    for place in np.flatnonzero(of_entries < MOMENTS).tolist():
        groups[of_entries[place]].append(entries[place])
    return groups, [entries[place] for place in np.flatnonzero(of_entries >= MOMENTS).tolist()]


def _moments(entries: Sequence[Entry]) -> NDArray[np.int64]:
    """(entries,) the moment of each, counted in the order of their strongest findings."""
    spans: list[tuple[float, float]] = []
    by_second: dict[int, list[int]] = {}
    found: list[int] = []
    for entry in entries:
        start_s, end_s = entry.start_s, entry.end_s
        first, last = int(start_s), int(end_s)
        near: Iterable[int] = by_second.get(first, ())
        if last > first:
            near = sorted({moment for second in range(first, last + 1) for moment in by_second.get(second, ())})
        for moment in near:
            if spans[moment][0] < end_s and start_s < spans[moment][1]:
                found.append(moment)
                break
        else:
            found.append(len(spans))
            for second in range(first, last + 1):
                by_second.setdefault(second, []).append(len(spans))
            spans.append((start_s, end_s))
    return np.array(found, np.int64)


def _evidence(entries: Sequence[Entry], moments: NDArray[np.int64]) -> NDArray[np.float64]:
    """(moments,) how strongly the leads of each depart together: Fisher's sum of logarithms of the shares of normals.

    Only the strongest finding of a lead counts. Leads are not independent of each other, so this gives an order and no
    probability.
    """
    codes: dict[tuple[str, ...], int] = {}
    leads = np.array([codes.setdefault(entry.leads, len(codes)) for entry in entries], np.int64)
    _, first = np.unique(moments * len(codes) + leads, return_index=True)
    percentiles = np.array([entry.finding.percentile if entry.finding else 0.0 for entry in entries])
    surprise = -np.log(np.maximum(1 - percentiles / 100, LEAST_SHARE))
    return np.bincount(moments[first], surprise[first]).astype(np.float64)


def _has_words(entry: Entry, wanted: Sequence[str], known: dict[tuple[object, ...], bool]) -> bool:
    """Whether all words stand in an entry; `known` keeps the answer, which is the same for most."""
    key = entry.leads, entry.label, entry.note, entry.state, entry.own_id is None
    if key not in known:
        words = f"{entry.lead_text} {entry.label} {entry.note} {entry.state_text}".casefold()
        known[key] = all(word in words for word in wanted)
    return known[key]


def _moment_title(entries: Sequence[Entry], *, long: bool) -> str:
    """`2.00 s: V3, V4`, the leads of the strongest first."""
    leads = list(dict.fromkeys(lead for entry in entries for lead in entry.leads))
    named = ", ".join(leads[:3]) + (" …" if len(leads) > 3 else "")
    return f"{instant_text(entries[0].start_s, long=long)}: {named}"


def with_state(wanted: QueueFilter, state: State | None) -> QueueFilter:
    """The same filter for another state; the state it has already means everything again."""
    return replace(wanted, state=None if state == wanted.state else state)
