"""What comes out of comparing each beat with the patient's own template."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mmae_core.record import FloatArray
from mmae_core.said import Said


@dataclass(frozen=True)
class OwnBeat:
    """One beat of a recording."""

    r_s: float
    """Its R-peak, in seconds of the recording."""
    start_s: float
    end_s: float
    """From before its P wave to the end of its T wave, cut where the next beat begins."""
    shape: int
    """Place of its shape in `OwnBeats.shapes`."""
    is_premature: bool
    departure: float
    """How far it is from the template of the prevailing shape, over all leads; grows without bound."""
    percentile: float
    """Share of normal records, 0..100, of which every beat departs less from its own template."""
    lead_departures: FloatArray
    """(leads,) the same in each lead of `OwnBeats.leads`; NaN where it could not be compared."""
    lead_percentiles: FloatArray
    """(leads,) share of normal records of which every beat departs less in the lead."""
    wave: str = "QRS"
    """The part that departs most: `P`, `QRS`, `T` (with ST), or `rhythm` for an early beat of the usual shape."""

    @property
    def is_flagged(self) -> bool:
        """Whether it is a finding at the default threshold: at most 1 % of normal records have any."""
        return self.percentile >= FLAG_PERCENTILE


FLAG_PERCENTILE = 99.0
LEAD_PERCENTILE = 98.0
"""A flagged beat is marked in the leads in which it departs more than in that share of normal records."""


@dataclass(frozen=True)
class Shape:
    """Beats that look alike."""

    name: str
    """`A`, `B`, ... by how many beats they have; a reader may give it another."""
    n_beats: int
    is_wide: bool
    """Its QRS is wider than that of shape A by more than measuring can err."""


@dataclass(frozen=True)
class OwnBeats:
    """The beats of a stretch of a recording, and their shapes, the most frequent first."""

    start_s: float
    end_s: float
    leads: tuple[str, ...] = ()
    beats: tuple[OwnBeat, ...] = ()
    shapes: tuple[Shape, ...] = ()
    unsaid: tuple[Said, ...] = ()
    """Why there are none, or what could not be compared."""
    prevailing: int = 0
    """Place of the shape whose template the beats are compared with: the first, or of two about as frequent the one
    with the narrower QRS."""

    @property
    def flagged(self) -> tuple[OwnBeat, ...]:
        """Beats that are findings, in time."""
        return tuple(beat for beat in self.beats if beat.is_flagged)

    def with_shape_named(self, shape: int, name: str) -> OwnBeats:
        """The same with another name for the shape at that place, as a reader gives it."""
        shapes = list(self.shapes)
        shapes[shape] = replace(shapes[shape], name=name)
        return replace(self, shapes=tuple(shapes))
