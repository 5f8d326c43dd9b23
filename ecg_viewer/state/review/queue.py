"""The findings as they are gone through: grouped, strongest first, filtered, with what was decided on each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

from ecg_viewer.state.language import mark, tr
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS, Judgement, OwnFinding, State
from ecg_viewer.state.wording import time_text
from mmae_core.assessment import Finding

TOP = 5
"""So many of a group are shown before the rest is asked for: more rows of one kind hide everything else."""
OWN_GROUP, UNRELIABLE_GROUP, ONLY_GROUP = "own", "unreliable", "all"
OWN_WORD, OWN_SYMBOL = mark("Yours"), "✎"

Grouping = Literal["lead", "moment", "none"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
GROUPING_WORDS: dict[Grouping, str] = {
    "lead": mark("By lead"), "moment": mark("By moment"), "none": mark("One list")
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
    is_expanded: bool

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What is listed; the rest is behind `show more`."""
        return self.entries if self.is_expanded else self.entries[:TOP]

    @property
    def n_hidden(self) -> int:
        return len(self.entries) - len(self.shown)

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
        if self.state is not None and (entry.own_id is not None) > (self.state == "confirmed"):
            return False
        if self.state is not None and entry.own_id is None and entry.state != self.state:
            return False
        if self.lead is not None and self.lead not in entry.leads:
            return False
        if entry.finding is not None and not entry.finding.percentile >= self.at_least:
            return False
        words = f"{entry.lead_text} {entry.label} {entry.note} {entry.state_text}".casefold()
        return all(word in words for word in self.text.casefold().split())


@dataclass(frozen=True)
class Counts:
    """Findings of the model by state, whatever the filter says, and the reviewer's own."""

    unreviewed: int = 0
    confirmed: int = 0
    dismissed: int = 0
    own: int = 0

    @property
    def total(self) -> int:
        """The model's findings."""
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

    def place(self, key: str | None) -> int | None:
        """Where an entry stands among the visible ones."""
        return None if key is None else self._places.get(key)

    def group_of(self, key: str) -> Group | None:
        """The group that holds an entry, shown or not."""
        return next((group for group in self.groups if any(entry.key == key for entry in group.entries)), None)


def finding_key(finding: Finding) -> str:
    """Names a finding of the current model among the entries."""
    return f"{finding.lead}|{finding.start_s:.4f}|{finding.end_s:.4f}"


def own_key(own_id: str) -> str:
    """Names one of the reviewer's own findings among the entries."""
    return f"own|{own_id}"


def build_queue(
    entries: Sequence[Entry],
    own: Sequence[OwnFinding],
    wanted: QueueFilter,
    grouping: Grouping = "lead",
    expanded: frozenset[str] = frozenset(),
    *,
    long: bool = False,
) -> Queue:
    """Group what passes the filter. The reviewer's own findings come first, what a poor signal may have made last.

    `entries` are the model's findings, strongest first; `expanded` names groups that show all; `long` writes times as
    hours, minutes and seconds.
    """
    mine = [own_entry(item) for item in own]
    states = [entry.state for entry in entries]
    counts = Counts(states.count("unreviewed"), states.count("confirmed"), states.count("dismissed"), len(mine))
    listed = [entry for entry in entries if wanted.passes(entry)] if wanted.is_narrow else entries
    reliable = [entry for entry in listed if not entry.is_unreliable]
    unreliable = [entry for entry in listed if entry.is_unreliable]
    parts: list[tuple[str, str, Sequence[Entry]]] = []
    parts.append((OWN_GROUP, tr("Your findings"), [entry for entry in mine if wanted.passes(entry)]))
    if grouping == "none":
        parts.append((ONLY_GROUP, tr("All leads"), reliable))
    elif grouping == "lead":
        by_lead = _by_lead(reliable)
        if all(len(part) == 1 for part in by_lead.values()):  # headings would only double the lines
            parts.append((ONLY_GROUP, tr("All leads"), reliable))
        else:
            parts += [(f"lead|{lead}", lead, part) for lead, part in by_lead.items()]
    else:
        parts += [(f"moment|{part[0].key}", _moment_title(part, long=long), part) for part in _by_moment(reliable)]
    parts.append((UNRELIABLE_GROUP, tr("Poor signal"), unreliable))
    groups = tuple(
        Group(key, title, tuple(part), key in expanded or key == ONLY_GROUP) for key, title, part in parts if part
    )
    return Queue(groups, counts)


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


def _by_lead(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Leads in the order of their strongest finding: what repeats on each beat of a lead stands together."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.leads[0], []).append(entry)
    return groups


def _by_moment(entries: Iterable[Entry]) -> list[list[Entry]]:
    """What several leads show at once: a finding joins the strongest one whose interval it overlaps."""
    groups: list[list[Entry]] = []
    by_second: dict[int, list[int]] = {}
    for entry in entries:
        seconds = range(int(entry.start_s), int(entry.end_s) + 1)
        near = sorted({place for second in seconds for place in by_second.get(second, ())})
        seeds = ((place, groups[place][0]) for place in near)
        joined = next(
            (place for place, seed in seeds if seed.start_s < entry.end_s and entry.start_s < seed.end_s), None
        )
        if joined is not None:
            groups[joined].append(entry)
            continue
        for second in seconds:
            by_second.setdefault(second, []).append(len(groups))
        groups.append([entry])
    return groups


def _moment_title(entries: Sequence[Entry], *, long: bool) -> str:
    """`2.00 s: V3, V4`, the leads of the strongest first."""
    leads = list(dict.fromkeys(lead for entry in entries for lead in entry.leads))
    named = ", ".join(leads[:3]) + (" …" if len(leads) > 3 else "")
    return tr("{time} s: {leads}").format(time=time_text(entries[0].start_s, long=long), leads=named)


def with_state(wanted: QueueFilter, state: State | None) -> QueueFilter:
    """The same filter for another state; the state it has already means everything again."""
    return replace(wanted, state=None if state == wanted.state else state)
