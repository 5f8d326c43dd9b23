"""What is found in a long recording: beats, trends, shapes, episodes, heart rate variability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.holter.limits import HolterLimits
from mmae_core.messages import Message

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MINUTE_S, SEGMENT_S, ST_STEP_S, QUALITY_STEP_S = 60.0, 300.0, 20.0, 10.0
"""Steps of the trends: rate, QT and departures; variability; ST; signal quality."""

EpisodeKind = Literal["fast", "slow", "pause", "irregular", "st", "run", "poor"]
KINDS: tuple[EpisodeKind, ...] = ("fast", "slow", "pause", "irregular", "st", "run", "poor")


@dataclass(frozen=True)
class HolterBeats:
    """All beats, in order of time: arrays (beats,)."""

    r_s: Array
    """Seconds from the start of the recording."""
    shape: NDArray[np.int16]
    """Index of its shape in `Holter.shapes`; -1: not compared."""
    is_usual: Mask
    """Of the shape that prevails in the five minutes around it, or looked for there."""
    is_premature: Mask
    is_poor: Mask
    """It lies in 10 s of poor signal."""
    follows_gap: Mask
    """A gap in the signal lies between it and the beat before, so that no interval is known."""
    departs: Mask
    """It departs from the patient's own template more than any beat of 99 % of normal records."""

    def __len__(self) -> int:
        return len(self.r_s)

    @property
    def rr_s(self) -> Array:
        """(beats,) interval from the beat before; NaN at the first, across gaps and in poor signal."""
        if not len(self):
            return np.empty(0)
        rr = np.diff(self.r_s, prepend=np.nan)
        poor = self.is_poor | np.concatenate(([False], self.is_poor[:-1]))
        return np.asarray(np.where(self.follows_gap | poor, np.nan, rr))

    @property
    def is_nn(self) -> Mask:
        """(beats,) whether the interval from the beat before is one between normal beats: both of the usual shape and
        in time, nothing missing between them.
        """
        normal = self.is_usual & ~self.is_premature
        before = np.concatenate(([False], normal[:-1]))
        return np.asarray(normal & before & np.isfinite(self.rr_s))


@dataclass(frozen=True)
class Trends:
    """The course of a recording. NaN: not measured there."""

    rate_bpm: Array
    """(minutes,) median rate."""
    qt_ms: Array
    """(minutes,) of the minute's average beat."""
    rr_s: Array
    """(minutes,) median interval of the beats in that average, which QT is corrected with."""
    st_mv: Array
    """(leads, steps of 20 s) at J + 60 ms against the PR segment; median over the usual beats."""
    departures: Array
    """(minutes,) beats that depart from the patient's own template; NaN where no beat could be compared."""
    sdnn_ms: Array
    """(5 minutes,)"""
    rmssd_ms: Array
    """(5 minutes,)"""
    is_poor: Mask
    """(steps of 10 s,) whether fewer than half of the leads have a usable signal."""
    poor_leads: NDArray[np.float32]
    """(leads, steps of 10 s) share of the time that is spoilt."""


@dataclass(frozen=True)
class HolterShape:
    """Beats that look alike, wherever they are in the recording."""

    name: str
    """`A`, `B`, ... from the most frequent down."""
    n_beats: int
    share: float
    """0..1 of the beats that could be compared."""
    is_wide: bool
    """Whether its QRS is wider than that of shape A by more than the measuring error."""
    n_usual: int
    """How many of its beats are the usual ones where they are."""
    first_s: float
    mv: NDArray[np.float32]
    """(leads, samples) average beat; NaN in a lead that was never usable."""


@dataclass(frozen=True)
class Episode:
    """A stretch with something in it that was measured."""

    kind: EpisodeKind
    start_s: float
    end_s: float
    text: Message
    """What was measured, as a fact."""
    value: float
    """The measured number: a rate, a length in s, a share, mV, a number of beats."""
    strength: float
    """How far beyond its limit, 1 being the limit: to put the strongest first."""
    lead: str | None = None
    """None: all leads."""

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Variability:
    """Time-domain heart rate variability by the definitions of the Task Force (ESC and NASPE, 1996).

    NN intervals only. None where it is refused; `refusal` says why.
    """

    n_intervals: int
    """Intervals between successive beats, of all kinds."""
    n_nn: int
    """Those between two normal beats."""
    mean_nn_ms: float | None = None
    sdnn_ms: float | None = None
    sdann_ms: float | None = None
    sdnn_index_ms: float | None = None
    rmssd_ms: float | None = None
    pnn50_percent: float | None = None
    sd1_ms: float | None = None
    """Poincaré plot, across the line of identity."""
    sd2_ms: float | None = None
    """Along it."""
    refusal: Message | None = None
    limitations: tuple[Message, ...] = ()

    @property
    def nn_share(self) -> float:
        return self.n_nn / self.n_intervals if self.n_intervals else 0.0


@dataclass(frozen=True)
class Holter:
    """A long recording analysed from its start to `analysed_s`."""

    duration_s: float
    analysed_s: float
    """Less than `duration_s` while the analysis runs."""
    leads: tuple[str, ...]
    beats: HolterBeats
    trends: Trends
    shapes: tuple[HolterShape, ...]
    shape_rate_hz: float
    shape_r_index: int
    """Sample of the R-peak in `HolterShape.mv`."""
    limits: HolterLimits
    episodes: tuple[Episode, ...]
    """In order of time."""
    variability: Variability
    limitations: tuple[Message, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """Beats by kind: all, premature, of another shape, departing, in poor signal."""

    @property
    def is_complete(self) -> bool:
        return self.analysed_s >= self.duration_s
