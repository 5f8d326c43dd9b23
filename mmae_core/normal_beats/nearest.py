"""The normal ECGs whose average beats are most like one recording's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.person import Sex
from mmae_core.normal_beats.aligned import AlignedBeat
from mmae_core.normal_beats.store import SEXES, NormalBeats
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

WITHIN_BPM = 10.0
"""Only normals whose heart rate differs by no more are looked at."""
LEAST_COMMON = 0.6
"""Least share of the times at which both beats must be known."""
N_NEAREST = 5
SAME_MV = 0.008
"""A distance below it is that of a recording from itself, as it is kept: no neighbour. Different recordings of one
person are farther apart."""


@dataclass(frozen=True)
class NearNormal:
    """One of the normals most alike. It tells no person: a number of a public data set, age, sex and rate."""

    ecg_id: int
    """PTB-XL's number of the recording."""
    age: float | None
    """In years; None if unknown or over 89."""
    sex: Sex | None
    rate_bpm: float
    distance_mv: float
    """Root mean square of the difference over all common leads and times."""
    mv: Array
    """(12, times) of its average beat on `TIMES_S`."""


def nearest_normals(normals: NormalBeats, beat: AlignedBeat, count: int = N_NEAREST) -> tuple[NearNormal, ...]:
    """The `count` normals of nearly the same rate with the smallest distance, nearest first, of any age and sex."""
    rows = np.flatnonzero(np.abs(normals.rates_bpm - beat.rate_bpm) <= WITHIN_BPM)
    leads = [row for row in range(len(STANDARD_LEADS)) if np.isfinite(beat.mv[row]).any()]
    squares, counts = np.zeros(len(rows)), np.zeros(len(rows))
    for row in leads:
        difference = np.square(normals.beats(rows, STANDARD_LEADS[row]) - beat.mv[row].astype(np.float32))
        squares += np.nansum(difference, axis=1)
        counts += np.isfinite(difference).sum(axis=1)
    distance = np.sqrt(squares / np.maximum(counts, 1))
    enough = counts >= LEAST_COMMON * len(leads) * beat.mv.shape[1]
    distance = np.where(enough & (distance >= SAME_MV), distance, np.inf)
    chosen = np.argsort(distance)[:count]
    chosen = chosen[np.isfinite(distance[chosen])]
    beats = np.stack([normals.beats(rows[chosen], lead) for lead in STANDARD_LEADS], axis=1)
    return tuple(_near(normals, int(rows[at]), float(distance[at]), mv.astype(float))
                 for at, mv in zip(chosen, beats, strict=True))


def _near(normals: NormalBeats, row: int, distance_mv: float, mv: Array) -> NearNormal:
    age, name = float(normals.ages[row]), SEXES[normals.sexes[row]]
    sex: Sex | None = "female" if name == "female" else "male" if name == "male" else None
    return NearNormal(int(normals.ecg_ids[row]), None if np.isnan(age) else age, sex, float(normals.rates_bpm[row]),
                      distance_mv, mv)
