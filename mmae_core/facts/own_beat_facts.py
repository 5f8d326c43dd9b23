"""Facts of the beats that are unlike the patient's others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mmae_core.assessment import Finding
from mmae_core.facts.fact_words import lead_words, rhythm_lead
from mmae_core.facts.results import Fact
from mmae_core.messages import Message
from mmae_core.own_beats.results import LEAD_PERCENTILE, OwnBeat, OwnBeats
from mmae_core.percentiles import cut_percentile
from mmae_core.record import STANDARD_LEADS

PREMATURE_WIDE, PREMATURE, WIDE, UNLIKE = "premature wide beat", "premature beat", "wide beat", "unlike beat"
def own_kind(own: OwnBeats, beat: OwnBeat) -> str:
    """Description of a beat: its timing and width only."""
    is_wide = own.shapes[beat.shape].is_wide
    if beat.is_premature:
        return PREMATURE_WIDE if is_wide else PREMATURE
    return WIDE if is_wide else UNLIKE


def beat_key(own: OwnBeats, beat: OwnBeat) -> str:
    """Key shared by the beats of a fact."""
    kind = own_kind(own, beat)
    return f"own/{kind}/{beat.wave}" if kind == UNLIKE else f"own/{kind}"


def own_facts(own: OwnBeats) -> list[Fact]:
    """A fact for each kind of beat among the flagged ones."""
    groups: dict[str, list[OwnBeat]] = {}
    for beat in own.flagged:
        groups.setdefault(beat_key(own, beat), []).append(beat)
    return [_fact(key, own_kind(own, group[0]), group, own) for key, group in groups.items()]


def _fact(key: str, kind: str, group: Sequence[OwnBeat], own: OwnBeats) -> Fact:
    strongest = max(group, key=lambda beat: beat.departure)
    places = [place for beat in group for place in _places(beat, key, kind, own)]
    most: dict[str, float] = {}
    for place in places:
        most[place.lead] = max(most.get(place.lead, 0.0), place.peak_score)
    leads = tuple(sorted(most, key=lambda lead: -most[lead]))
    in_time = all(beat.wave == "rhythm" for beat in group)
    where = Message("of the usual shape") if in_time else lead_words(leads)
    title = _title(kind, len(group), len(own.beats), where, strongest.wave)
    places.sort(key=lambda place: (leads.index(place.lead), place.start_s))
    wave = "rhythm" if in_time else strongest.wave if strongest.wave != "rhythm" else "QRS"
    return Fact(key, "own", title, () if in_time else leads, wave, kind, strongest.percentile, len(group),
                len(own.beats), tuple(places))


def _title(kind: str, n: int, total: int, leads: str, wave: str) -> Message:
    if n == 1:
        if kind == PREMATURE_WIDE:
            return Message("1 premature wide beat, {leads}", leads=leads)
        if kind == PREMATURE:
            return Message("1 premature beat, {leads}", leads=leads)
        if kind == WIDE:
            return Message("1 wide beat, {leads}", leads=leads)
        return Message("1 beat with another {wave}, {leads}", wave=wave, leads=leads)
    if kind == PREMATURE_WIDE:
        return Message("{n} premature wide beats of {total}, {leads}", n=n, total=total, leads=leads)
    if kind == PREMATURE:
        return Message("{n} premature beats of {total}, {leads}", n=n, total=total, leads=leads)
    if kind == WIDE:
        return Message("{n} wide beats of {total}, {leads}", n=n, total=total, leads=leads)
    return Message("{n} beats of {total} with another {wave}, {leads}", n=n, total=total, wave=wave, leads=leads)


def _sentence(kind: str, beat: OwnBeat) -> Message:
    percentile, digits = cut_percentile(beat.percentile)
    if kind == PREMATURE_WIDE:
        return Message("A premature beat with a wide QRS: it departs from the patient's own template more than any "
                       "beat "
                       "of {percentile:.{digits}f} % of normal ECGs", percentile=percentile, digits=digits)
    if kind == PREMATURE:
        return Message("A premature beat: it departs from the patient's other beats more than any beat of "
                       "{percentile:.{digits}f} % of normal ECGs", percentile=percentile, digits=digits)
    if kind == WIDE:
        return Message("A beat with a wide QRS: it departs from the patient's own template more than any beat of "
                       "{percentile:.{digits}f} % of normal ECGs", percentile=percentile, digits=digits)
    return Message("A beat with another {wave}: it departs from the patient's own template more than any beat of "
                   "{percentile:.{digits}f} % of normal ECGs", wave=beat.wave, percentile=percentile, digits=digits)


def _places(beat: OwnBeat, key: str, kind: str, own: OwnBeats) -> list[Finding]:
    """The beat in every lead in which it departs; in one lead if it is only early."""
    sentence = _sentence(kind, beat)
    rows = [row for row in np.argsort(-np.nan_to_num(beat.lead_departures, nan=-1.0))
            if own.leads[row] in STANDARD_LEADS and beat.lead_percentiles[row] >= LEAD_PERCENTILE]
    if beat.wave == "rhythm" or not rows:
        return [Finding(rhythm_lead(own.leads), beat.start_s, beat.end_s, beat.r_s, beat.percentile, beat.departure,
                        "own", beat.wave, kind, key, sentence)]
    return [
        Finding(own.leads[row], beat.start_s, beat.end_s, beat.r_s, float(beat.lead_percentiles[row]),
                float(beat.lead_departures[row]), "own", beat.wave, kind, key, sentence)
        for row in rows
    ]
