"""Facts of the measurements that lie outside the range of normals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from mmae_core.assessment import Finding
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts.fact_words import KIND_WORDS, beat_words, lead_words, range_words, rhythm_lead
from mmae_core.facts.results import Fact
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS

BY_QUANTITY = frozenset({"axis", "rhythm", "rate"})
"""Kinds whose record-wide measurements say different things: each is a fact of its own."""


TOLD_MV = {
    "ST elevation": "st_j60_mv", "ST depression": "st_j60_mv", "J point": "j_mv", "T inversion": "t_mv",
    "T flat or low": "t_mv", "T tall": "t_mv", "T other": "t_mv", "Q wave": "q_mv", "QS": "qs_mv",
    "R small": "r_first_mv", "R tall": "r_mv", "S deep": "s_mv", "P": "p_mv",
}
"""The measurement shown in a kind's row, in mV."""


def named_key(departure: Departure) -> str:
    """Key shared by all departures of a fact; contains no measured number."""
    sign = "+" if departure.sign > 0 else "-"
    key = f"named/{departure.kind}/{departure.wave}/{sign}"
    if departure.lead is None:
        key += f"/{departure.quantity}" if departure.kind in BY_QUANTITY else "/record"
    return key


def named_facts(found: RecordDepartures, of_beats: int, leads: Sequence[str]) -> list[Fact]:
    """A fact for each kind and sign among the flagged departures; `leads` are those of the recording."""
    groups: dict[str, list[Departure]] = {}
    for departure in found.flagged:
        groups.setdefault(named_key(departure), []).append(departure)
    return [_fact(key, group, found, of_beats, leads) for key, group in groups.items()]


def _fact(
    key: str, group: Sequence[Departure], found: RecordDepartures, of_beats: int, leads: Sequence[str]
) -> Fact:
    by_lead: dict[str | None, Departure] = {}
    for departure in sorted(group, key=lambda item: -item.strength):
        by_lead.setdefault(departure.lead, departure)  # ST at J+40, J+60 and J+80 counts once
    strongest = next(iter(by_lead.values()))
    shown = tuple(lead for lead in by_lead if lead is not None)
    n_beats = len(found.beats_s) if strongest.wave != "rhythm" else 0
    if strongest.lead is None:
        title: str = strongest.sentence
    else:
        name, value = KIND_WORDS.get(strongest.kind, strongest.kind), _value_words(group, shown, found.values)
        where, beats = lead_words(shown), beat_words(n_beats, of_beats)
        if strongest.is_maybe_paced:
            beats = Message("{what}, maybe paced", what=beats)
        title = Message("{name}, {leads}, {beats}", name=name, leads=where, beats=beats) if value is None else Message(
            "{name} {value}, {leads}, {beats}", name=name, value=value, leads=where, beats=beats)
    places = [place for item in by_lead.values() for place in _places(item, key, found, leads)]
    return Fact(key, "named", title, shown, strongest.wave, strongest.kind, strongest.family_percentile, n_beats,
                of_beats, tuple(places))


def _value_words(group: Sequence[Departure], leads: Sequence[str], values: Mapping[str, float]) -> Message | None:
    """The kind's value in the strongest lead, and the range over all; None where it has none with a unit.

    It shows what a reader would measure, whatever ratio or sum departs: for a T inversion the height of T.
    """
    kind, first = group[0].kind, max((item for item in group if item.lead == leads[0]), key=lambda item: item.strength)
    told = [values.get(f"{TOLD_MV[kind]}:{lead}", math.nan) for lead in leads] if kind in TOLD_MV else [math.nan]
    if math.isfinite(told[0]):
        return range_words(kind, [value for value in told if math.isfinite(value)], "mV")
    if not first.unit:
        return None
    others = [item.value for lead in leads[1:] for item in group
              if (item.lead, item.quantity) == (lead, first.quantity)]
    return range_words(kind, [first.value, *others], first.unit)


def _places(
    departure: Departure, key: str, found: RecordDepartures, leads: Sequence[str]
) -> list[Finding]:
    """The wave in every beat, or the whole stretch if no single wave shows it."""
    lead = departure.lead if departure.lead in STANDARD_LEADS else rhythm_lead(leads)
    assert lead is not None
    if departure.wave == "rhythm" or not found.beats_s:
        spans = [(found.start_s, found.end_s)]
    else:
        spans = [(max(found.start_s, beat_s + departure.start_s), min(found.end_s, beat_s + departure.end_s))
                 for beat_s in found.beats_s]
    return [
        Finding(lead, start_s, end_s, (start_s + end_s) / 2, departure.family_percentile, departure.strength, "named",
                departure.wave, departure.kind, key, departure.sentence)
        for start_s, end_s in spans if end_s > start_s
    ]
