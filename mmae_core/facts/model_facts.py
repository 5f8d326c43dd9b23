"""Facts from the model's map: findings that recur at the same phase of every beat are one fact, single moments one
each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mmae_core.assessment import Finding
from mmae_core.facts.fact_words import beat_words, lead_words
from mmae_core.facts.results import Fact
from mmae_core.messages import Message
from mmae_core.percentiles import cut_percentile

USUAL_S = (("P", -0.25, -0.07), ("QRS", -0.07, 0.09), ("ST", 0.09, 0.17), ("T", 0.17, 0.45))
"""Usual position of the waves, in seconds from the R-peak, for findings that do not name their wave."""
STEADY = 0.5
"""A finding in a lead is steady if at least this share of the beats shows it."""
MIN_RECURRING = 3
"""Least number of beats that show a finding in a lead for it to be one fact."""
TOGETHER_S = 0.12
"""Moments in different leads no farther apart than this are one."""


def wave_of(finding: Finding, r_s: Sequence[float]) -> tuple[str, int]:
    """The wave a finding lies on (empty if unknown) and the index of its beat (-1 if none)."""
    if not len(r_s):
        return finding.wave, -1
    offsets = finding.peak_s - np.asarray(r_s)
    for wave, start_s, end_s in USUAL_S:
        inside = np.flatnonzero((offsets >= start_s) & (offsets < end_s))
        if len(inside) and finding.wave in ("", wave):
            return wave, int(inside[-1] if wave != "P" else inside[0])
    return finding.wave, int(np.argmin(np.abs(offsets)))


def model_facts(findings: Sequence[Finding], r_s: Sequence[float]) -> list[Fact]:
    """The map's findings as facts; `r_s` are the R-peaks of the stretch in seconds of the recording."""
    placed: dict[str, list[tuple[Finding, int]]] = {}
    for finding in findings:
        wave, beat = wave_of(finding, r_s)
        placed.setdefault(wave, []).append((finding, beat))
    found = []
    for wave, members in placed.items():
        beats_of: dict[str, set[int]] = {}
        for finding, beat in members:
            beats_of.setdefault(finding.lead, set()).add(beat)
        recurring = {lead: len(beats - {-1}) for lead, beats in beats_of.items() if len(beats - {-1}) >= MIN_RECURRING}
        steady = {lead for lead, count in recurring.items() if count >= STEADY * len(r_s)}
        for chosen, how in ((steady, "steady"), (set(recurring) - steady, "at times")):
            if chosen:
                group = [finding for finding, _ in members if finding.lead in chosen]
                found.append(_recurring(wave, how, group, max(recurring[lead] for lead in chosen), len(r_s)))
        found += [_moment(wave, group, len(r_s)) for group in _moments(
            [finding for finding, _ in members if finding.lead not in recurring])]
    return found


def _moments(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of different leads at about one time together."""
    groups: list[list[Finding]] = []
    for finding in sorted(findings, key=lambda item: item.start_s):
        if groups and finding.start_s <= max(item.end_s for item in groups[-1]) and (
            finding.peak_s - groups[-1][0].peak_s <= TOGETHER_S
        ):
            groups[-1].append(finding)
        else:
            groups.append([finding])
    return groups


def _recurring(wave: str, how: str, group: Sequence[Finding], n_beats: int, of_beats: int) -> Fact:
    leads = _by_strength(group)
    where = wave or Message("between the waves")
    title = Message("Model's map: {wave}, {leads}, {beats}", wave=where, leads=lead_words(leads),
                    beats=beat_words(n_beats, of_beats))
    return _fact(f"model/{wave}/{how}", title, wave, leads, group, n_beats, of_beats)


def _moment(wave: str, group: Sequence[Finding], of_beats: int) -> Fact:
    leads = _by_strength(group)
    at_s = min(finding.peak_s for finding in group)
    if wave:
        title = Message("Model's map: {wave} at {at_s:.1f} s, {leads}", wave=wave, at_s=at_s, leads=lead_words(leads))
    else:
        title = Message("Model's map: at {at_s:.1f} s, {leads}", at_s=at_s, leads=lead_words(leads))
    return _fact(f"model/{wave}/{at_s:.1f} s", title, wave, leads, group, 1 if wave else 0, of_beats if wave else 0)


def _fact(
    key: str, title: Message, wave: str, leads: tuple[str, ...], group: Sequence[Finding], n_beats: int, of_beats: int
) -> Fact:
    places = sorted((_said(finding, wave, key) for finding in group),
                    key=lambda item: (leads.index(item.lead), item.start_s))
    return Fact(key, "model", title, leads, wave, "", max(item.percentile for item in group), n_beats, of_beats,
                tuple(places))


def _said(finding: Finding, wave: str, key: str) -> Finding:
    return replace(finding, wave=wave, fact=key, sentence=finding.sentence or _sentence(finding))


def _sentence(finding: Finding) -> Message:
    percentile, digits = cut_percentile(finding.percentile)
    if percentile >= 100:
        return Message("The model's map in {lead}: stronger than anything in that lead of every normal ECG it was "
                       "compared with", lead=finding.lead)
    return Message(
        "The model's map in {lead}: stronger than anything in that lead of {percentile:.{digits}f} % of normal ECGs",
        lead=finding.lead, percentile=percentile, digits=digits)


def _by_strength(group: Sequence[Finding]) -> tuple[str, ...]:
    most: dict[str, tuple[float, float]] = {}
    for finding in group:
        most[finding.lead] = max(most.get(finding.lead, (0.0, 0.0)), (finding.percentile, finding.peak_score))
    return tuple(sorted(most, key=lambda lead: most[lead], reverse=True))
