"""The three layers of departures: named measurements, the model's map, and beats unlike the patient's own.

Results arrive stretch by stretch with those of the model. They are joined here, turned into heat, and looked up by time
and lead.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from ecg_viewer.state.heat import HeatSpan
from ecg_viewer.state.words.language import translatable
from mmae_core.assessment import Finding, Layer
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts.fact_words import RHYTHM_LEADS
from mmae_core.facts.results import Fact, FactSummary
from mmae_core.intervals.results import Examination, Measurements
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeat, OwnBeats

Part = TypeVar("Part", RecordDepartures, OwnBeats)

LEAST_PERCENTILE = 90.0
"""Percentile below which nothing is coloured."""
LONG_S = 120.0
"""In a longer recording, what every beat shows becomes one interval per lead; a day has 100,000 beats."""
REACH_S = 2.0
"""An interval that begins or ends this close to the border of its stretch continues in the neighbouring one."""

SAME_S = 0.01
"""Stretches whose ends differ by less are the same one: a sample at 100 Hz."""


@dataclass(frozen=True)
class StretchLayers:
    """The two other layers' results for a stretch, and the facts of all three."""

    departures: RecordDepartures | None = None
    own: OwnBeats | None = None
    facts: tuple[Fact, ...] = ()
    examination: Examination | None = None
    """The measuring that the departures come from; None where it failed."""


@dataclass(frozen=True)
class FactLine(FactSummary):
    """A fact about the whole recording, as far as it is assessed."""

    n_stretches: int = 1

    @classmethod
    def of(cls, fact: Fact) -> FactLine:
        """From a single stretch."""
        return cls(**{item.name: getattr(fact, item.name) for item in fields(FactSummary)})

    def joined(self, other: FactLine) -> FactLine:
        """The same fact of two parts of the recording, in the words of the stronger one."""
        strong, weak = (self, other) if self.percentile >= other.percentile else (other, self)
        return replace(
            strong, leads=tuple(dict.fromkeys((*strong.leads, *weak.leads))), n_beats=self.n_beats + other.n_beats,
            of_beats=self.of_beats + other.of_beats, n_stretches=self.n_stretches + other.n_stretches,
        )


class OddBeat(NamedTuple):
    """A beat that is unlike the patient's others in a lead."""

    beat: OwnBeat
    shape: str
    lead: str
    percentile: float


@dataclass(frozen=True)
class Layers:
    """Results of all stretches so far."""

    departures: tuple[RecordDepartures, ...] = ()
    """By start."""
    own: tuple[OwnBeats, ...] = ()
    """By start."""
    facts: Mapping[str, FactLine] = field(default_factory=lambda: MappingProxyType({}))
    """By key."""
    measurements: Measurements | None = None
    """Of the stretch that came last; a short recording has no other."""

    def with_stretch(self, stretch_layers: StretchLayers) -> Layers:
        """These and one more stretch."""
        facts = dict(self.facts)
        for fact in stretch_layers.facts:
            line, known = FactLine.of(fact), facts.get(fact.key)
            facts[fact.key] = line if known is None else known.joined(line)
        departures, own = self.departures, self.own
        if stretch_layers.departures is not None:
            place = bisect_left(departures, stretch_layers.departures.start_s, key=_start)
            departures = (*departures[:place], stretch_layers.departures, *departures[place:])
        if stretch_layers.own is not None:
            place = bisect_left(own, stretch_layers.own.start_s, key=_start)
            own = (*own[:place], stretch_layers.own, *own[place:])
        examination = stretch_layers.examination
        measurements = self.measurements if examination is None else examination.measurements
        return Layers(departures, own, MappingProxyType(facts), measurements)

    def measured(self, start_s: float, duration_s: float) -> Measurements | None:
        """The measurements of exactly this stretch, if they are those kept."""
        found = self.measurements
        if found is None or abs(found.start_s - start_s) > SAME_S or abs(found.duration_s - duration_s) > SAME_S:
            return None
        return found

    def departures_around(self, start_s: float, end_s: float) -> RecordDepartures | None:
        """Those of the stretch that has most in common with this one; None without any."""
        near = [part for part in self.departures if part.start_s < end_s and part.end_s > start_s]
        return max(near, key=lambda part: min(part.end_s, end_s) - max(part.start_s, start_s), default=None)

    def limitations(self, layer: Layer) -> tuple[str, ...]:
        """What a layer could not assess in the recording, with reasons, each once."""
        parts: Sequence[RecordDepartures | OwnBeats] = ()
        if layer == "named":
            parts = self.departures
        elif layer == "own":
            parts = self.own
        return tuple(dict.fromkeys(text for part in parts for text in part.limitations))

    def marks_at(self, lead: str, time_s: float, shown: Container[Layer]) -> tuple[Departure | OddBeat, ...]:
        """What the shown layers mark at an instant of a lead, the strongest first."""
        found: list[tuple[float, Departure | OddBeat]] = []
        if "named" in shown:
            found += [(item.heat_percentile, item) for item in self._departures_at(lead, time_s)]
        if "own" in shown:
            found += [(item.percentile, item) for item in self._beats_at(lead, time_s)]
        return tuple(item for _, item in sorted(found, key=lambda pair: -pair[0]))

    def _departures_at(self, lead: str, time_s: float) -> Iterator[Departure]:
        for part in _near(self.departures, time_s):
            place = bisect_right(part.beats_s, time_s)
            beats = part.beats_s[max(place - 2, 0) : place + 2]
            for departure in part.departures:
                if departure.heat_percentile >= LEAST_PERCENTILE and departure.lead in (lead, None) and any(
                    beat_s + departure.start_s <= time_s < beat_s + departure.end_s for beat_s in beats
                ):
                    yield departure

    def _beats_at(self, lead: str, time_s: float) -> Iterator[OddBeat]:
        for part in _near(self.own, time_s):
            if lead not in part.leads:
                continue
            column = part.leads.index(lead)
            for beat in part.flagged:
                percentile = float(beat.lead_percentiles[column])
                if beat.start_s <= time_s < beat.end_s and percentile >= LEAST_PERCENTILE:
                    shape = part.shapes[beat.shape].name if beat.shape < len(part.shapes) else "?"
                    yield OddBeat(beat, shape, lead, percentile)


def departure_spans(found: RecordDepartures, leads: Sequence[str]) -> Iterator[HeatSpan]:
    """The heat of departures: each on its wave, in every beat it holds for; departures of no particular wave have
    none.
    """
    rhythm = next((lead for lead in RHYTHM_LEADS if lead in leads), None)
    for departure in found.departures:
        lead = departure.lead or rhythm
        if lead is None or not departure.has_place or departure.heat_percentile < LEAST_PERCENTILE:
            continue
        for beat_s in found.beats_s:
            yield HeatSpan(lead, beat_s + departure.start_s, beat_s + departure.end_s, departure.heat_percentile)


def own_spans(found: OwnBeats) -> Iterator[HeatSpan]:
    """The heat of beats unlike the patient's others, in each lead in which they differ.

    Only beats that are findings are coloured: in one normal ECG of four, some beat is odd in one of the twelve leads.
    """
    for beat in found.flagged:
        for lead, percentile in zip(found.leads, beat.lead_percentiles.tolist(), strict=True):
            if percentile >= LEAST_PERCENTILE:
                yield HeatSpan(lead, beat.start_s, beat.end_s, percentile)


def findings_of(
    stretch_layers: StretchLayers, stretch_s: tuple[float, float], duration_s: float
) -> tuple[Finding, ...]:
    """The findings of all facts of a stretch.

    In a long recording, what many beats show becomes one interval per lead, which can join that of the next stretch.
    """
    found: list[Finding] = []
    for fact in stretch_layers.facts:
        findings = fact.findings
        if duration_s > LONG_S and fact.layer != "model" and len(findings) > 1:
            findings = tuple(_one_by_lead(findings, stretch_s, every_beat=fact.layer == "named"))
        found += findings
    return tuple(found)


def as_part(stretch_layers: StretchLayers, duration_s: float) -> StretchLayers:
    """Facts of a stretch, in the form used for a recording of this length: in a long one all moments of a wave are
    joined.
    """
    if duration_s <= LONG_S:
        return stretch_layers
    return replace(stretch_layers, facts=tuple(
        _moments(fact) if fact.layer == "model" and fact.key.endswith(" s") else fact for fact in stretch_layers.facts
    ))


def _moments(fact: Fact) -> Fact:
    key = f"model/{fact.wave}/moments"
    title = Message(translatable("Model's map: {wave}, single moments"), wave=fact.wave) if fact.wave else Message(
        translatable("Model's map: single moments"))
    return replace(fact, key=key, title=title, findings=tuple(replace(item, fact=key) for item in fact.findings))


def _one_by_lead(
    findings: Sequence[Finding], stretch_s: tuple[float, float], *, every_beat: bool
) -> Iterator[Finding]:
    """One interval per lead or, for facts about single beats, per beat in its strongest lead."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        place = finding.lead if every_beat else round(finding.peak_s, 2)
        groups.setdefault((finding.layer, place), []).append(finding)
    for group in groups.values():
        strongest = max(group, key=lambda item: (item.percentile, item.peak_score))
        if every_beat:
            start_s, end_s = min(item.start_s for item in group), max(item.end_s for item in group)
            start_s = stretch_s[0] if start_s - stretch_s[0] < REACH_S else start_s
            end_s = stretch_s[1] if stretch_s[1] - end_s < REACH_S else end_s
            strongest = replace(strongest, start_s=start_s, end_s=end_s)
        yield strongest


def _near(parts: Sequence[Part], time_s: float) -> Sequence[Part]:
    """Parts whose beats may cover an instant: the one around it and its neighbours."""
    place = bisect_right(parts, time_s, key=_start)
    return parts[max(place - 2, 0) : place + 1]


def _start(part: RecordDepartures | OwnBeats) -> float:
    return part.start_s
