"""Wording of facts; departures are never interpreted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from mmae_core.departures.quantities import RESOLUTION
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS

RHYTHM_LEADS = ("II", "V1", "I", *STANDARD_LEADS)
"""The lead in which values measured in all leads together are marked: the first of these that exists."""
KIND_WORDS = {
    "ST elevation": Message("ST"), "ST depression": Message("ST"), "ST slope": Message("ST slope"),
    "J point": Message("J point"),
    "T inversion": Message("T inversion"), "T flat or low": Message("T flat or low"), "T tall": Message("T tall"),
    "T other": Message("T"), "Q wave": Message("Q wave"), "QS": Message("QS"), "R small": Message("R small"),
    "R tall": Message("R tall"), "R progression": Message("R progression"), "S deep": Message("S deep"),
    "QRS wide": Message("QRS wide"), "QRS narrow": Message("QRS narrow"), "low voltage": Message("low voltage"),
    "high voltage": Message("high voltage"), "P": Message("P"), "U wave": Message("U wave"),
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
        return Message("all leads")
    parts += sorted(chosen - set(STANDARD_LEADS))
    return ", ".join(parts)


def beat_words(n_beats: int, of_beats: int) -> Message:
    """`every beat`, `1 beat`, `3 of 11 beats`."""
    if of_beats and n_beats >= of_beats:
        return Message("every beat")
    return Message("{n} of {total} beats", n=n_beats, total=max(of_beats, n_beats))


def value_words(kind: str, value: float, unit: str) -> Message:
    """`+0.24 mV`, `240 ms`."""
    if unit == "mV":
        return Message("{value:+.2f} mV", value=value) if kind in SIGNED else Message("{value:.2f} mV", value=value)
    if unit == "mV/s":
        return Message("{value:+.1f} mV/s", value=value)
    if unit == "ms":
        return Message("{value:.0f} ms", value=value)
    return Message("{value:.2f}", value=value)


def range_words(kind: str, values: Sequence[float], unit: str) -> Message:
    """The first value and, where others differ by more than rounding, the range: `+0.24 mV (+0.15 mV to +0.24 mV)`."""
    first = value_words(kind, values[0], unit)
    least, most = min(values, key=abs), max(values, key=abs)
    if abs(most - least) < 2 * RESOLUTION.get(unit, 0.0):
        return first
    low, high = value_words(kind, least, unit), value_words(kind, most, unit)
    if str(low) == str(high):
        return first
    return Message("{value} ({low} to {high})", value=first, low=low, high=high)
