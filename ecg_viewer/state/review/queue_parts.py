"""The parts of the list of findings: entries, groups, filter, queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ecg_viewer.state.layers import FactLine
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS, Judgement, OwnFinding, State
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.assessment import Finding

TOP = 5
"""Entries of a group shown at first: more rows of one kind would hide everything else."""
PAGE = 500
"""Entries added each time more is requested: a day's recording has tens of thousands, too many to lay out at once."""
OWN_GROUP, UNRELIABLE_GROUP, ONLY_GROUP, WEAKER_GROUP = "own", "unreliable", "all", "weaker"
OWN_WORD, OWN_SYMBOL = translatable("Yours"), "✎"


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
    """How often more was requested."""
    is_row: bool = False
    """Whether its heading is a row of its own, closed at first: a fact, or findings that a poor signal may have
    caused.
    """
    fact: FactLine | None = None

    @cached_property
    def shown(self) -> tuple[Entry, ...]:
        """The entries listed; the rest is behind `show more` or in a closed row."""
        return self.entries[: self.n_pages * PAGE or (0 if self.is_row else TOP)]

    @property
    def n_hidden(self) -> int:
        return len(self.entries) - len(self.shown)

    @property
    def n_next(self) -> int:
        """How many entries `show more` would add."""
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
        """State of all the model's findings in it; None if decisions differ."""
        states = {entry.state for entry in self.entries}
        return next(iter(states)) if len(states) == 1 else None

    @property
    def strongest(self) -> Entry:
        """The entry that represents it; for a fact, from the layer that found it, as the model's findings may belong to
        it, too.
        """
        layer = None if self.fact is None else self.fact.layer
        own = [entry for entry in self.entries if entry.finding is not None and entry.finding.layer == layer]
        return max(own or self.entries, key=lambda entry: 0.0 if entry.finding is None else entry.finding.percentile)

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
        """The entries that pass all conditions; one condition after the other is faster for tens of thousands."""
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
    """Counts of the model's findings, or facts, by state, whatever the filter, and of the reviewer's own."""

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
        """Visible entries in display order."""
        self._places = {entry.key: place for place, entry in enumerate(self.visible)}
        self.stops: tuple[Entry | Group, ...] = tuple(
            stop for group in self.groups for stop in ((group,) if group.is_row else group.shown)
        )
        """Where stepping stops: at a fact as a whole, else at each finding."""
        self._stops = {stop.key: place for place, stop in enumerate(self.stops)}
        self._rows = {entry.key: group.key for group in self.groups if group.is_row for entry in group.entries}

    def stop_place(self, key: str | None) -> int | None:
        """Index among the stops of a fact, of a finding, or of the fact it belongs to."""
        return None if key is None else self._stops.get(self._rows.get(key, key))

    def place(self, key: str | None) -> int | None:
        """Index of an entry among the visible ones."""
        return None if key is None else self._places.get(key)

    @property
    def n_listed(self) -> int:
        """Number that pass the filter, including those behind `show more`; a fact counts once."""
        return sum(1 if group.is_row else len(group.entries) for group in self.groups)

    def place_in_all(self, key: str | None) -> int | None:
        """Index of a visible entry, or of a fact, among all that pass the filter, in list order."""
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
    """Key of a finding of the current model."""
    name = f"{finding.lead}|{finding.start_s:.4f}|{finding.end_s:.4f}"
    return name if finding.layer == "model" else f"{name}|{finding.layer}|{finding.kind}"


def own_key(own_id: str) -> str:
    """Key of one of the reviewer's own findings."""
    return f"own|{own_id}"


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


def with_state(wanted: QueueFilter, state: State | None) -> QueueFilter:
    """The filter with another state; the state it already has switches back to all."""
    return replace(wanted, state=None if state == wanted.state else state)


def _has_words(entry: Entry, wanted: Sequence[str], known: dict[tuple[object, ...], bool]) -> bool:
    """Whether an entry has all the words; `known` caches the answer, which most entries share."""
    key = entry.leads, entry.label, entry.note, entry.state, entry.own_id is None
    if key not in known:
        words = f"{entry.lead_text} {entry.label} {entry.note} {entry.state_text}".casefold()
        known[key] = all(word in words for word in wanted)
    return known[key]
