"""The two layers beside the model's as maps, sample by sample, for files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from mmae_core.departures.results import RecordDepartures
from mmae_core.facts.fact_words import rhythm_lead
from mmae_core.own_beats.results import OwnBeats
from mmae_core.record import STANDARD_LEADS, FloatArray

Span = tuple[str, float, float, float]
"""Lead, start and end in seconds of the recording, percentile."""


def named_map(
    found: Sequence[RecordDepartures], start_s: float, rate_hz: float, n_samples: int,
    leads: Sequence[str] = STANDARD_LEADS,
) -> FloatArray:
    """(12, samples) percentiles 0..100 of named departures on their waves, 0 where a beat has none.

    An interval of all leads is marked in the rhythm lead; `leads` are the leads present. Departures without a wave,
    such as a rate or an axis, are not in the map. NaN in stretches without beats to measure.
    """
    parts = [(part.start_s, part.end_s, bool(part.beats_s)) for part in found]
    return _drawn(_blank(parts, start_s, rate_hz, n_samples), _named_spans(found, leads), start_s, rate_hz)


def own_map(found: Sequence[OwnBeats], start_s: float, rate_hz: float, n_samples: int) -> FloatArray:
    """(12, samples) percentiles 0..100 of beats against the patient's own template, lead by lead.

    0 between beats; NaN in leads and stretches where none was compared.
    """
    parts = [(part.start_s, part.end_s, bool(part.beats)) for part in found]
    drawn = _drawn(_blank(parts, start_s, rate_hz, n_samples), _own_spans(found), start_s, rate_hz)
    compared = {lead for part in found for lead in part.leads}
    drawn[[row for row, lead in enumerate(STANDARD_LEADS) if lead not in compared]] = np.nan
    return drawn


def _named_spans(found: Iterable[RecordDepartures], leads: Sequence[str]) -> Iterator[Span]:
    for part in found:
        for item in part.departures:
            if not item.has_place:
                continue
            lead = item.lead or rhythm_lead(leads)
            for beat_s in part.beats_s:
                yield lead, beat_s + item.start_s, beat_s + item.end_s, item.heat_percentile


def _own_spans(found: Iterable[OwnBeats]) -> Iterator[Span]:
    for part in found:
        for beat in part.beats:
            for lead, percentile in zip(part.leads, beat.lead_percentiles.tolist(), strict=True):
                yield lead, beat.start_s, beat.end_s, percentile


def _blank(
    parts: Iterable[tuple[float, float, bool]], start_s: float, rate_hz: float, n_samples: int
) -> FloatArray:
    blank = np.full((len(STANDARD_LEADS), n_samples), np.nan, np.float32)
    for first_s, last_s, has_beats in parts:
        if has_beats:
            blank[:, _samples(first_s, last_s, start_s, rate_hz)] = 0.0
    return blank


def _drawn(blank: FloatArray, spans: Iterable[Span], start_s: float, rate_hz: float) -> FloatArray:
    """The maximum of overlapping spans."""
    for lead, first_s, last_s, percentile in spans:
        if lead in STANDARD_LEADS and np.isfinite(percentile):
            inside = blank[STANDARD_LEADS.index(lead), _samples(first_s, last_s, start_s, rate_hz)]
            np.fmax(inside, np.float32(percentile), out=inside)
    return blank


def _samples(first_s: float, last_s: float, start_s: float, rate_hz: float) -> slice:
    return slice(max(0, round((first_s - start_s) * rate_hz)), max(0, round((last_s - start_s) * rate_hz)))
