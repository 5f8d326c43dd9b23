"""Wording of facts; departures are never interpreted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from mmae_core.record import STANDARD_LEADS
from mmae_core.said import Said

RHYTHM_LEADS = ("II", "V1", "I", *STANDARD_LEADS)
"""The lead in which values measured in all leads together are marked: the first of these that exists."""
KIND_WORDS = {
    "ST elevation": Said("ST"), "ST depression": Said("ST"), "ST slope": Said("ST slope"), "J point": Said("J point"),
    "T inversion": Said("T inversion"), "T flat or low": Said("T flat or low"), "T tall": Said("T tall"),
    "T other": Said("T"), "Q wave": Said("Q wave"), "QS": Said("QS"), "R small": Said("R small"),
    "R tall": Said("R tall"), "R progression": Said("R progression"), "S deep": Said("S deep"),
    "QRS wide": Said("QRS wide"), "QRS narrow": Said("QRS narrow"), "low voltage": Said("low voltage"),
    "high voltage": Said("high voltage"), "P": Said("P"), "U wave": Said("U wave"),
}
"""Names of departures in the list; for ST the sign tells elevation from depression."""
SIGNED = frozenset({"ST elevation", "ST depression", "ST slope", "J point", "T inversion", "T flat or low", "T tall",
                    "T other", "P", "U wave"})
"""Kinds whose values are shown with their sign."""


def rhythm_lead(leads: Sequence[str]) -> str:
    """The lead that represents all of `leads`; II if none is known."""
    return next((lead for lead in RHYTHM_LEADS if lead in leads), "II")


def lead_words(leads: Iterable[str]) -> str:
    """Leads in standard order, neighbouring chest leads as a range: `I, aVL, V4-V6`."""
    chosen = set(leads)
    parts = [lead for lead in STANDARD_LEADS[:6] if lead in chosen]
    chest = [number for number in range(1, 7) if f"V{number}" in chosen]
    for _, run in itertools.groupby(enumerate(chest), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        if len(numbers) > 2:
            parts.append(f"V{numbers[0]}-V{numbers[-1]}")
        else:
            parts += [f"V{number}" for number in numbers]
    if len(chosen) == len(STANDARD_LEADS) and len(parts) == 7:
        return Said("all leads")
    parts += sorted(chosen - set(STANDARD_LEADS))
    return ", ".join(parts)


def beat_words(n_beats: int, of_beats: int) -> Said:
    """`every beat`, `1 beat`, `3 of 11 beats`."""
    if of_beats and n_beats >= of_beats:
        return Said("every beat")
    return Said("{n} of {total} beats", n=n_beats, total=max(of_beats, n_beats))


def value_words(kind: str, value: float, unit: str) -> Said:
    """`+0.24 mV`, `240 ms`."""
    if unit == "mV":
        return Said("{value:+.2f} mV", value=value) if kind in SIGNED else Said("{value:.2f} mV", value=value)
    if unit == "mV/s":
        return Said("{value:+.1f} mV/s", value=value)
    if unit == "ms":
        return Said("{value:.0f} ms", value=value)
    return Said("{value:.2f}", value=value)


def range_words(kind: str, values: Sequence[float], unit: str) -> Said:
    """The first value and, where others differ, the range: `+0.24 mV (+0.15 mV to +0.24 mV)`."""
    first = value_words(kind, values[0], unit)
    low, high = (value_words(kind, value, unit) for value in (min(values, key=abs), max(values, key=abs)))
    if len(values) < 2 or str(low) == str(high):
        return first
    return Said("{value} ({low} to {high})", value=first, low=low, high=high)
