"""Collects all three layers' findings in one list of facts, the strongest first, limited to a readable length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mmae_core.assessment import Finding, Layer
from mmae_core.departures.results import RecordDepartures
from mmae_core.facts.model_facts import model_facts, wave_of
from mmae_core.facts.named_facts import named_facts
from mmae_core.facts.own_beat_facts import own_facts
from mmae_core.facts.results import Fact, strongest_first
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeats
from mmae_core.record import STANDARD_LEADS

MOST_FACTS = 12
"""Most rows for a stretch; all further facts share the last one."""
MOST_MOMENTS = 3
"""Most single moments of the model's map with a row each; weaker ones share the last."""
ON_WAVE_S = 0.03
"""A peak of the model's map, which is smoothed, still counts as on a wave if this far outside of it."""
SAME_BEAT_S = 0.15
"""R-peaks of two layers within this time belong to one beat."""


def facts(
    model: Sequence[Finding] = (), departures: RecordDepartures | None = None, own: OwnBeats | None = None,
    leads: Sequence[str] = STANDARD_LEADS, most: int = MOST_FACTS,
) -> tuple[Fact, ...]:
    """The facts of a stretch of a recording, at most `most`, strongest first.

    `model` are the findings of the model's map in the stretch, in seconds of the recording. One that lies on the wave
    and lead of a named departure, or on a beat unlike the patient's others, is filed under that fact.
    """
    r_s = _r_peaks(departures, own)
    found = [] if departures is None else named_facts(departures, _beats_of(departures, own), leads)
    found += [] if own is None else own_facts(own)
    found, rest = _with_model(found, model, r_s)
    found += model_facts(rest, r_s)
    found.sort(key=lambda fact: (*strongest_first(fact), -_strength(fact)))
    return _shortened(found, most)


def _r_peaks(departures: RecordDepartures | None, own: OwnBeats | None) -> list[float]:
    """R-peaks of all beats if own beats were compared, else of those in the average beat."""
    if own is not None and own.beats:
        return [beat.r_s for beat in own.beats]
    return [] if departures is None else sorted(departures.beats_s)


def _beats_of(departures: RecordDepartures, own: OwnBeats | None) -> int:
    """Number of beats that "every beat" refers to: beats cut off at an end do not count."""
    odd = [] if own is None else [beat.r_s for beat in own.beats if beat.shape != own.prevailing or beat.is_premature]
    known = departures.beats_s
    return len(known) + sum(all(abs(at_s - other_s) > SAME_BEAT_S for other_s in known) for at_s in odd)


def _with_model(
    found: list[Fact], model: Sequence[Finding], r_s: Sequence[float]
) -> tuple[list[Fact], list[Finding]]:
    """Facts of the other layers with the model's findings at their places, and the findings left over.

    A named wave takes precedence over a beat: it is more specific. A finding on the same wave and lead of a beat that
    is not among its places (one cut off at an end) is not a fact of its own.
    """
    on_wave = {(lead, fact.wave): row for row, fact in reversed(list(enumerate(found))) if fact.layer == "named"
               for lead in fact.leads}
    named: dict[str, list[tuple[Finding, int]]] = {}
    beats: list[tuple[Finding, int]] = []
    for row, fact in enumerate(found):
        for place in fact.findings:
            if place.wave == "rhythm" and fact.layer == "named":
                continue
            if fact.layer == "named" and fact.leads:
                named.setdefault(place.lead, []).append((place, row))
            elif fact.layer == "own":
                beats.append((place, row))
    beneath: dict[int, list[Finding]] = {}
    rest = []
    for finding in model:
        holder = _holder(finding, named.get(finding.lead, ()))
        holder = _holder(finding, beats) if holder is None else holder
        holder = on_wave.get((finding.lead, wave_of(finding, r_s)[0])) if holder is None else holder
        if holder is None:
            rest.append(finding)
        else:
            beneath.setdefault(holder, []).append(finding)
    return [
        fact if row not in beneath else replace(fact, findings=(*fact.findings, *(
            replace(finding, fact=fact.key, wave=finding.wave or fact.wave,
                    sentence=finding.sentence or Message("The model's map departs here too"))
            for finding in sorted(beneath[row], key=lambda item: item.start_s))))
        for row, fact in enumerate(found)
    ], rest


def _holder(finding: Finding, places: Sequence[tuple[Finding, int]]) -> int | None:
    """The fact with the strongest place that a finding's peak lies on."""
    holders = [(place.percentile, place.peak_score, row) for place, row in places
               if place.start_s - ON_WAVE_S <= finding.peak_s < place.end_s + ON_WAVE_S]
    return max(holders)[2] if holders else None


def _strength(fact: Fact) -> float:
    return max((finding.peak_score for finding in fact.findings if finding.layer == fact.layer), default=0.0)


def _shortened(found: Sequence[Fact], most: int) -> tuple[Fact, ...]:
    """The facts; if there are too many, the weakest are merged into a last one, those of the model's map first."""
    moments = [row for row, fact in enumerate(found) if fact.layer == "model" and fact.n_beats <= 1]
    left = set(moments[MOST_MOMENTS:]) if len(moments) > MOST_MOMENTS + 1 else set()
    weakest_first = sorted(set(range(len(found))) - left, key=lambda row: (found[row].layer != "model", -row))
    surplus = len(found) - len(left) + bool(left) - most
    if surplus > 0:
        left |= set(weakest_first[: surplus + (not left)])
    tail = [found[row] for row in sorted(left)]
    kept = tuple(fact for row, fact in enumerate(found) if row not in left)
    return (*kept, _rest(tail)) if tail else kept


def _rest(tail: Sequence[Fact]) -> Fact:
    layers = {fact.layer for fact in tail}
    layer: Layer = "model" if layers == {"model"} else tail[0].layer
    key = f"{layer}/more"
    title = (Message("{n} more places of the model's map, weaker", n=len(tail)) if layers == {"model"}
             else Message("{n} more findings, weaker", n=len(tail)))
    leads = tuple(dict.fromkeys(lead for fact in tail for lead in fact.leads))
    places = tuple(replace(finding, fact=key) for fact in tail for finding in fact.findings)
    return Fact(key, layer, title, leads, "", "", max(fact.percentile for fact in tail), 0, 0, places)
