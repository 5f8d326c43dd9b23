"""Builds the queue of findings: grouped, strongest first, filtered, with their decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.layers import FactLine
from ecg_viewer.state.review.queue_parts import (
    ONLY_GROUP,
    OWN_GROUP,
    UNRELIABLE_GROUP,
    WEAKER_GROUP,
    Counts,
    Entry,
    Group,
    Queue,
    QueueFilter,
    own_entry,
)
from ecg_viewer.state.review.review import OwnFinding, State
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import instant_text
from mmae_core.clock import Clock
from mmae_core.facts import strongest_first

MOMENTS = 150
"""Number of moments that get a heading; the findings of all others form one group."""
FEW = 100
"""Up to this many findings are grouped by lead or by moment, whichever needs fewer headings; more of them by lead."""
LEAST_SHARE = 1e-3
"""Floor, for ordering moments, of the share of normal ECGs with as strong a finding: about one of a cohort of 1,000."""

NO_PAGES: Mapping[str, int] = MappingProxyType({})
NO_FACTS: Mapping[str, FactLine] = MappingProxyType({})
Grouping = Literal["fact", "fewest", "lead", "moment", "none"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
GROUPING_WORDS: dict[Grouping, str] = {
    "fact": translatable("By fact"),
    "fewest": translatable("Fewest groups"),
    "lead": translatable("By lead"),
    "moment": translatable("By moment"),
    "none": translatable("One list"),
}


def build_queue(
    entries: Sequence[Entry],
    own: Sequence[OwnFinding],
    wanted: QueueFilter,
    grouping: Grouping = "lead",
    pages: Mapping[str, int] = NO_PAGES,
    *,
    facts: Mapping[str, FactLine] = NO_FACTS,
    long: bool = False,
    clock: Clock | None = None,
) -> Queue:
    """Group what passes the filter. The reviewer's own findings come first, those in poor signal last.

    `entries` are the model's findings, strongest first; `pages` counts, per group, how often more was requested;
    `facts` are looked up by the key in their findings; `long` writes times as hours, minutes and seconds,
    `clock` as times of day.
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
        if all(len(part) == 1 for part in by_lead.values()):  # a heading for each would only double the lines
            parts.append((ONLY_GROUP, tr("All leads"), reliable))
        else:
            parts += [(f"lead|{lead}", lead, part) for lead, part in by_lead.items()]
    else:
        moments, weaker = _by_moment(reliable)
        parts += [(f"moment|{part[0].key}", _moment_title(part, long=long, clock=clock), part) for part in moments]
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
    """A row for each fact, in the order of facts; findings that belong to none stand by lead, after them.

    Of a fact, its leads come in the order of their strength, and each lead's findings in the order of time.
    """
    counts = _counts(_states_of_rows(entries, facts), len(mine))
    listed = wanted.of(entries)
    by_fact = _by_fact([entry for entry in listed if not entry.is_unreliable])
    unreliable = [entry for entry in listed if entry.is_unreliable]
    rows = []
    for name, part in by_fact.items():
        line = facts.get(name)
        key, title = (f"lead|{part[0].leads[0]}", part[0].lead_text) if line is None else (f"fact|{name}", line.title)
        rows.append(Group(key, title, _lead_by_lead(part), pages.get(key, 0), line is not None, line))
    rows.sort(key=lambda row: (1.0,) if row.fact is None else strongest_first(row.fact))
    groups = [Group(OWN_GROUP, tr("Your findings"), tuple(wanted.of(mine)), pages.get(OWN_GROUP, 0)), *rows]
    groups.append(Group(UNRELIABLE_GROUP, tr("Poor signal"), tuple(unreliable), pages.get(UNRELIABLE_GROUP, 0), True))
    return Queue(tuple(group for group in groups if group.entries), counts)


def _states_of_rows(entries: Sequence[Entry], facts: Mapping[str, FactLine]) -> list[State]:
    """A state for each row that the unfiltered list has, so that heading, list and tool bar tell one number: of a fact,
    of a finding that belongs to none, and of all findings in poor signal together.
    """
    states: list[State] = []
    for name, part in _by_fact([entry for entry in entries if not entry.is_unreliable]).items():
        states += [_joint_state(part)] if name in facts else [entry.state for entry in part]
    unreliable = [entry for entry in entries if entry.is_unreliable]
    return [*states, _joint_state(unreliable)] if unreliable else states


def _by_fact(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """By the fact that findings belong to, else by lead."""
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


def _with_fewest_groups(entries: Sequence[Entry]) -> Grouping:
    """Group by lead (suits what recurs in every beat) or by moment (suits single events in several leads).

    Judged on all findings, so that filters and decisions do not regroup the list.
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


def _moment_title(entries: Sequence[Entry], *, long: bool, clock: Clock | None) -> str:
    """`2.00 s: V3, V4`, the leads of the strongest first."""
    leads = list(dict.fromkeys(lead for entry in entries for lead in entry.leads))
    named = ", ".join(leads[:3]) + (" …" if len(leads) > 3 else "")
    return f"{instant_text(entries[0].start_s, long=long, clock=clock)}: {named}"
