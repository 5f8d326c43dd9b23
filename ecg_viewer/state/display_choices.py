"""The reader's choices of heat style and lead arrangement, checked against their limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from ecg_viewer.state.layouts import DEFAULT_LAYOUT, LAYOUTS_BY_ID, Arrangement, Shows, arrange
from ecg_viewer.state.words.language import translatable
from mmae_core.record import STANDARD_LEADS

HeatStyle = Literal["background", "ribbon", "trace", "off"]
HEAT_STYLES: tuple[HeatStyle, ...] = get_args(HeatStyle)
"""Behind the trace, as a ribbon under it, as the trace's own colour, or not at all."""
HeatColours = Literal["sun", "sea", "orchid", "grey"]
HEAT_COLOURS: tuple[HeatColours, ...] = get_args(HeatColours)
HEAT_COLOUR_TITLES: dict[HeatColours, str] = {
    "sun": translatable("Sun: yellow to red"),
    "sea": translatable("Sea: pale to deep blue"),
    "orchid": translatable("Orchid: pale to deep violet"),
    "grey": translatable("Grey: for prints"),
}
"""Names of the colour maps, shown through `tr`."""

MIN_HEAT_OPACITY = 0.2
"""A fainter map would look like none; to see none, hide it."""
LOWEST_THRESHOLD = 90.0
"""Lowest threshold: 9 of 10 normal ECGs stay below it throughout a lead."""
HIGHEST_THRESHOLD = 99.9


@dataclass(frozen=True)
class HeatLook:
    """How percentiles are shown."""

    style: HeatStyle = "background"
    opacity: float = 1.0
    """0.2 to 1, a factor on the opacity of the colour table."""
    threshold: float = LOWEST_THRESHOLD
    """Percentiles below it are not coloured, 90 to 99.9."""
    colours: HeatColours = "sun"

    def __post_init__(self) -> None:
        if self.style not in HEAT_STYLES:
            raise ValueError(f"the heat style must be one of {', '.join(HEAT_STYLES)}; found {self.style!r}")
        if self.colours not in HEAT_COLOURS:
            raise ValueError(f"the heat colours must be one of {', '.join(HEAT_COLOURS)}; found {self.colours!r}")
        shares: tuple[tuple[str, object, float, float], ...] = (
            ("opacity", self.opacity, 0.0, 1.0),
            ("threshold", self.threshold, LOWEST_THRESHOLD, HIGHEST_THRESHOLD),
        )
        for name, value, low, high in shares:
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                raise ValueError(f"the heat's {name} must lie between {low:g} and {high:g}; found {value!r}")

    def with_opacity(self, opacity: float) -> HeatLook:
        """Kept between 0.2 and 1."""
        return replace(self, opacity=min(max(opacity, MIN_HEAT_OPACITY), 1.0))

    def with_threshold(self, percentile: float) -> HeatLook:
        """Kept between 90 and 99.9. Raises ValueError for NaN."""
        if math.isnan(percentile):
            raise ValueError("a threshold is a percentile, got nan")
        return replace(self, threshold=min(max(percentile, LOWEST_THRESHOLD), HIGHEST_THRESHOLD))


@dataclass(frozen=True)
class LeadChoice:
    """Which leads are shown, and how they are arranged."""

    layout: str = DEFAULT_LAYOUT
    cabrera: bool = False
    """Limb leads in the order of the frontal plane, with aVR inverted."""
    single: str = "II"
    """The lead of the layout that shows one."""
    chosen: tuple[str, ...] = STANDARD_LEADS
    """The leads of the layout that shows some, in the standard order."""

    def __post_init__(self) -> None:
        if self.layout not in LAYOUTS_BY_ID:
            raise ValueError(f"the layout must be one of {', '.join(LAYOUTS_BY_ID)}; found {self.layout!r}")
        if not isinstance(self.cabrera, bool):
            raise ValueError(f"the Cabrera order is on or off; found {self.cabrera!r}")
        unknown = [lead for lead in (self.single, *self.chosen) if lead not in STANDARD_LEADS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is none of the twelve leads")
        if not self.chosen:
            raise ValueError("at least one lead must be chosen")

    def with_chosen(self, leads: Sequence[str]) -> LeadChoice:
        """Show these leads, each once and in the standard order. Raises ValueError for none or an unknown one."""
        return replace(self, layout="chosen", chosen=tuple(sorted(set(leads), key=_place)))

    def arrangement(self, leads: Sequence[str]) -> Arrangement:
        """Where each of a record's leads stands.

        Channels that are none of the twelve leads are in one layout only, unless there is nothing else.
        """
        standard = [lead for lead in leads if lead in STANDARD_LEADS]
        if standard and LAYOUTS_BY_ID[self.layout].shows is not Shows.EVERYTHING:
            leads = standard
        return arrange(self.layout, leads, cabrera=self.cabrera, single=self.single, chosen=self.chosen)


def _place(lead: str) -> int:
    return STANDARD_LEADS.index(lead) if lead in STANDARD_LEADS else len(STANDARD_LEADS)
