"""Results of comparing each beat with the patient's own template."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.messages import Message
from mmae_core.record import FloatArray


@dataclass(frozen=True)
class OwnBeat:
    """One beat of a recording."""

    r_s: float
    """Its R-peak, in seconds of the recording."""
    start_s: float
    end_s: float
    """From before its P wave to the end of its T wave, or to the beginning of the next beat."""
    shape: int
    """Index of its shape in `OwnBeats.shapes`."""
    is_premature: bool
    departure: float
    """Distance from the template of the prevailing shape over all leads; unbounded."""
    percentile: float
    """Share of normal records, 0..100, whose beats all depart less from their own template."""
    lead_departures: FloatArray
    """(leads,) the same in each lead of `OwnBeats.leads`; NaN where it could not be compared."""
    lead_percentiles: FloatArray
    """(leads,) share of normal records whose beats all depart less in the lead."""
    wave: str = "QRS"
    """The part that departs most: `P`, `QRS`, `T` (with ST), or `rhythm` for an early beat of the usual shape."""

    @property
    def is_flagged(self) -> bool:
        """Whether it is a finding at the default threshold: at most 1 % of normal records have any."""
        return self.percentile >= FLAG_PERCENTILE


FLAG_PERCENTILE = 99.0
LEAD_PERCENTILE = 98.0
"""A flagged beat is marked in the leads whose percentile reaches this."""


@dataclass(frozen=True)
class Shape:
    """Beats that look alike."""

    name: str
    """`A`, `B`, ... from the most frequent down; the reader may rename it."""
    n_beats: int
    is_wide: bool
    """Whether its QRS is wider than shape A's by more than the measuring error."""


@dataclass(frozen=True)
class OwnBeats:
    """The beats of a stretch of a recording, and their shapes, the most frequent first."""

    start_s: float
    end_s: float
    leads: tuple[str, ...] = ()
    beats: tuple[OwnBeat, ...] = ()
    shapes: tuple[Shape, ...] = ()
    limitations: tuple[Message, ...] = ()
    """Why there are none, or what could not be compared."""
    prevailing: int = 0
    """Index of the shape whose template the beats are compared with: the most frequent, or of two about equally
    frequent the one with the narrower QRS."""

    @property
    def flagged(self) -> tuple[OwnBeat, ...]:
        """Beats that are findings, in order of time."""
        return tuple(beat for beat in self.beats if beat.is_flagged)
