"""The band of normal beats around one recording's: weighted quantiles of normals near in age, sex and heart rate.

Each normal counts by a Gaussian of its distance in age and in heart rate, and only if its sex is the same. Nothing is
stretched in time: among normals of nearly the same rate, scaling ST and T by the cube root of the R-R interval made the
band of T 3 % narrower and let more normals fall out of it; without the rate the band of T was wider by 7 %, and a fast
or slow heart fell out of it because of its rate alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.limits import BANDWIDTH_YEARS
from mmae_core.departures.person import Person
from mmae_core.errors import Cancelled
from mmae_core.messages import Message
from mmae_core.normal_beats.aligned import TIMES_S
from mmae_core.normal_beats.store import SEXES, NormalBeats
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

BANDWIDTH_BPM = 6.0
"""Standard deviation of the kernel of heart rates, in beats a minute."""
LEVELS = (0.05, 0.5, 0.95)
LEAST_NORMALS = 50
"""With fewer normals, counted by weight, no band is drawn: 5 % of 50 are two or three people."""
MOST_DRAWN = 2000
"""Of more normals every second, third … is taken for the lines: more would not move them, and take seconds."""
LEAST_WEIGHT = 0.01
"""Normals that count less than this are left out: together they count for less than one in a hundred."""


@dataclass(frozen=True)
class Refused:
    """There is no band, and why."""

    reason: Message


NO_BEAT = Refused(Message("no band of normal beats: there is no average beat whose QRS and rate are known"))


@dataclass(frozen=True)
class NormalBand:
    """The 5th, 50th and 95th percentile of normals' average beats at each time of each lead."""

    low_mv: Array
    """(12, times) of `TIMES_S`, from the middle of the QRS; NaN where too few normals' beats reach."""
    middle_mv: Array
    high_mv: Array
    rows: NDArray[np.int64]
    """The normals that count."""
    weights: Array
    """(rows,) how much each counts."""
    n_normals: float
    """Their effective number: (sum of weights)^2 / sum of squares."""
    group: Message
    """`women of about 65 at about 72/min`."""

    @property
    def times_s(self) -> Array:
        """Seconds from the middle of the QRS."""
        return TIMES_S

    def outside(self, mv: Array) -> NDArray[np.bool_]:
        """(12, times) where a beat on the same times lies below the 5th or above the 95th percentile."""
        return np.asarray((mv < self.low_mv) | (mv > self.high_mv))


def normal_band(
    normals: NormalBeats, person: Person, rate_bpm: float, should_stop: Callable[[], bool] = lambda: False
) -> NormalBand | Refused:
    """The band for a person at a heart rate; refused for a child, or if fewer than `LEAST_NORMALS` are near.

    Where age or sex is unknown, normals of any count. Raises Cancelled if `should_stop` says so.
    """
    if person.is_child:
        return Refused(Message("no band of normal beats: the normal ECGs are of adults"))
    weight = _weights(normals, person, rate_bpm)
    rows = np.flatnonzero(weight >= LEAST_WEIGHT * max(float(weight.max(initial=0.0)), 1e-9))
    weights = weight[rows]
    group = Message("{group} at about {rate:.0f}/min", group=person.group, rate=rate_bpm)
    count = _effective(weights)
    if count < LEAST_NORMALS:
        return Refused(Message("no band of normal beats: there are {count:.0f} {group}, {needed} are needed",
                               count=np.floor(count), group=group, needed=LEAST_NORMALS))
    drawn = slice(None, None, -(-len(rows) // MOST_DRAWN))  # in the order of the data set, which is by date
    bands = np.full((len(LEVELS), len(STANDARD_LEADS), len(TIMES_S)), np.nan)
    for row, lead in enumerate(STANDARD_LEADS):
        if should_stop():
            raise Cancelled("stopped")
        bands[:, row] = weighted_quantiles(normals.beats(rows[drawn], lead), weights[drawn])
    low, middle, high = bands
    return NormalBand(low, middle, high, rows, weights, count, group)


def _weights(normals: NormalBeats, person: Person, rate_bpm: float) -> Array:
    """(normals,) how much each counts."""
    weight = np.exp(-0.5 * ((normals.rates_bpm.astype(float) - rate_bpm) / BANDWIDTH_BPM) ** 2)
    if person.sex is not None:
        weight = weight * (normals.sexes == SEXES.index(person.sex))
    if person.age is not None:
        weight = weight * np.nan_to_num(np.exp(-0.5 * ((normals.ages.astype(float) - person.age)
                                                       / BANDWIDTH_YEARS) ** 2))
    return np.asarray(weight)


def _effective(weights: Array) -> float:
    total = float(weights.sum())
    return total**2 / float(np.square(weights).sum()) if total > 0 else 0.0


def weighted_quantiles(mv: NDArray[np.floating], weights: Array, levels: tuple[float, ...] = LEVELS) -> Array:
    """(levels, times) quantiles of (normals, times); NaN where fewer than `LEAST_NORMALS` have a value, by weight."""
    order = np.argsort(mv, axis=0)  # NaN last
    ordered = np.take_along_axis(mv, order, axis=0)
    weight = np.where(np.isfinite(ordered), weights[order], 0.0)
    total = weight.sum(axis=0)
    reached = (np.cumsum(weight, axis=0) - weight / 2) / np.maximum(total, 1e-12)
    has = np.isfinite(ordered).sum(axis=0)
    columns = np.arange(mv.shape[1])
    quantiles = np.full((len(levels), mv.shape[1]), np.nan)
    for row, level in enumerate(levels):
        after = np.clip((reached < level).sum(axis=0), 1, np.maximum(has - 1, 1))
        left, right = reached[after - 1, columns], reached[after, columns]
        share = np.clip((level - left) / np.maximum(right - left, 1e-12), 0.0, 1.0)
        low, high = ordered[after - 1, columns], ordered[after, columns]
        quantiles[row] = low + share * (high - low)
    counts = total**2 / np.maximum(np.square(weight).sum(axis=0), 1e-12)
    quantiles[:, counts < LEAST_NORMALS] = np.nan
    return quantiles
