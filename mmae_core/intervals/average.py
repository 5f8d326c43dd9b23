"""The average beat of each lead: aligned, beats of another shape left out.

An average beat is not the rhythm: nothing in it happened at one time. Whoever shows it says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnsupportedRecord
from mmae_core.intervals.beats import Array, Beats

MIN_BEATS = 3
"""Fewer beats average no noise away."""
BEFORE_S = 0.35
"""Ahead of the R-peak at most: holds the P wave of a PR interval of 300 ms."""
BEFORE_RR = 0.45
AFTER_S = 0.6
AFTER_RR = 0.75
"""Behind the R-peak at most: the T wave, not the next P wave."""
NEXT_S = 0.12
"""So much ahead of its R-peak a beat that comes early ends the one before it."""
LEVEL_S = (-0.09, -0.06)
"""Stretch ahead of the R-peak whose level is zero: the PQ segment of most beats."""


@dataclass(frozen=True)
class AverageBeat:
    """The mean of the typical beats of a stretch, lead by lead."""

    rate_hz: float
    r_index: int
    """Sample of the R-peak in the averages."""
    mv: Array
    """(leads, length) mean in mV above the PQ segment; where a beat that comes early has begun, without the one
    before it."""
    beats_mv: Array
    """(used, leads, length) the beats in it, aligned and levelled."""
    used: NDArray[np.int64]
    """Numbers of the beats in it, counted from 0."""
    r_samples: NDArray[np.int64]
    """(beats,) where all beats found are, the ones left out too."""
    rr_s: float
    """Median R-R interval of the typical beats."""
    left_out: tuple[tuple[str, int], ...]
    """Reasons and how many beats each explains: `other shape`, `premature`, `cut off`."""

    @property
    def n_used(self) -> int:
        return len(self.used)

    @property
    def n_beats(self) -> int:
        return len(self.r_samples)

    @property
    def times_s(self) -> Array:
        """(length,) seconds from the R-peak."""
        return np.asarray((np.arange(self.mv.shape[1]) - self.r_index) / self.rate_hz)


def average_beat(signal_mv: Array, rate_hz: float, beats: Beats) -> AverageBeat:
    """Average the typical beats of (leads, samples) in mV.

    Raises UnsupportedRecord if fewer than `MIN_BEATS` whole typical beats are there.
    """
    intervals = np.diff(beats.r_samples)
    typical = beats.is_typical[1:] & beats.is_alike[:-1]
    if len(intervals) == 0:
        raise UnsupportedRecord(f"{len(beats)} beats were found; an average needs {MIN_BEATS}.")
    rr = float(np.median(intervals[typical] if typical.any() else intervals))
    before = round(min(BEFORE_S * rate_hz, BEFORE_RR * rr))
    after = round(min(AFTER_S * rate_hz, AFTER_RR * rr))
    whole = (beats.r_samples >= before) & (beats.r_samples + after <= signal_mv.shape[1])
    used = np.flatnonzero(whole & beats.is_typical)
    if len(used) < MIN_BEATS:
        raise UnsupportedRecord(f"{len(used)} of {len(beats)} beats are whole and alike; an average needs {MIN_BEATS}.")
    first, last = (round(before + at * rate_hz) for at in LEVEL_S)
    first, last = max(first, 0), max(last, 1)
    stack = np.stack([signal_mv[:, at - before : at + after] for at in beats.r_samples[used]])
    stack = stack - np.median(stack[:, :, first:last], axis=2, keepdims=True)
    left_out = (
        ("other shape", int((whole & ~beats.is_alike).sum())),
        ("premature", int((whole & beats.is_alike & beats.is_premature).sum())),
        ("cut off", int((~whole).sum())),
    )
    return AverageBeat(
        rate_hz, before, _mean(stack, used, beats, before, rate_hz), stack, used.astype(np.int64), beats.r_samples,
        rr / rate_hz,
        tuple((reason, count) for reason, count in left_out if count),
    )


def _mean(stack: Array, used: NDArray[np.int64], beats: Beats, before: int, rate_hz: float) -> Array:
    """Mean over the beats; where the next beat has begun, a beat no longer counts, unless no other beat is left."""
    counts = np.ones((len(used), stack.shape[2]), bool)
    for row, number in enumerate(used):
        if number + 1 < len(beats):
            next_at = int(beats.r_samples[number + 1] - beats.r_samples[number]) + before - round(NEXT_S * rate_hz)
            counts[row, max(next_at, before) :] = False
    counts[:, ~counts.any(axis=0)] = True
    weights = counts / counts.sum(axis=0)
    return np.asarray(np.einsum("bs,bls->ls", weights, stack))
