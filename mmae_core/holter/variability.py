"""Heart rate variability in the time domain: Task Force of the ESC and NASPE, Circulation 1996;93:1043-1065.

Standard deviations are those of a sample (n - 1). Poincaré's SD1 and SD2 are those of Brennan, Palaniswami and Kamen
(2001, doi 10.1109/10.959330): across and along the line on which an interval equals the one before.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import SEGMENT_S, Array, HolterBeats, Mask, Variability
from mmae_core.messages import Message

NN50_MS = 50.0
DAY_S = 18 * 3600.0
"""Task Force 1996 asks for 18 analysable hours for the 24-hour measures."""
LEAST_OF_SEGMENT = 0.5
"""Share of a 5-minute segment that NN intervals must fill for it to count: the rest at the end of a recording does
not."""
LEAST_IN_TREND = 60
"""NN intervals of 5 minutes that a point of the trend needs."""


def time_domain(end_s: Array, nn_ms: Array, follows_nn: Mask) -> Variability:
    """From intervals that end at `end_s`; `follows_nn` says which follow another of them without a break.

    Nothing is refused here; a value that the intervals are too few for is None.
    """
    count = len(nn_ms)
    if count < 2:
        return Variability(count, count)
    steps = np.diff(nn_ms)[follows_nn[1:]]
    segments = _segments(end_s, nn_ms)
    means = np.array([part.mean() for part in segments])
    found = Variability(
        count, count, float(nn_ms.mean()), float(nn_ms.std(ddof=1)),
        sdann_ms=float(means.std(ddof=1)) if len(means) > 1 else None,
        sdnn_index_ms=float(np.mean([part.std(ddof=1) for part in segments])) if segments else None,
    )
    if not len(steps):
        return found
    sd1, sd2 = poincare(*pairs(nn_ms, follows_nn))
    return replace(
        found, rmssd_ms=float(np.sqrt(np.mean(steps**2))),
        pnn50_percent=100 * int((np.abs(steps) > NN50_MS).sum()) / count, sd1_ms=sd1, sd2_ms=sd2)


def pairs(nn_ms: Array, follows_nn: Mask) -> tuple[Array, Array]:
    """Each interval, and the one after it: the points of a Poincaré plot."""
    second = np.flatnonzero(follows_nn[1:]) + 1
    return nn_ms[second - 1], nn_ms[second]


def poincare(first: Array, second: Array) -> tuple[float | None, float | None]:
    """SD1 and SD2 of the points of a Poincaré plot; None for fewer than two."""
    if len(first) < 2:
        return None, None
    across, along = (second - first) / np.sqrt(2), (second + first) / np.sqrt(2)
    return float(across.std(ddof=1)), float(along.std(ddof=1))


def nn_intervals(beats: HolterBeats) -> tuple[Array, Array, Mask]:
    """Where the intervals between normal beats end, their length in ms, and which follow another one directly."""
    numbers = np.flatnonzero(beats.is_nn)
    follows = np.concatenate(([False], np.diff(numbers) == 1)) if len(numbers) else np.empty(0, bool)
    return beats.r_s[numbers], 1000 * beats.rr_s[numbers], follows


def variability(beats: HolterBeats, limits: HolterLimits) -> Variability:
    """Of a recording's beats: NN only, refused where they are too few to stand for it."""
    end_s, nn_ms, follows = nn_intervals(beats)
    n_intervals = max(0, len(beats) - 1)
    if len(nn_ms) < limits.least_nn:
        return Variability(n_intervals, len(nn_ms), refusal=Message(
            "{found} intervals between normal beats; {needed} are needed", found=len(nn_ms), needed=limits.least_nn))
    if len(nn_ms) < limits.least_nn_share * n_intervals:
        return Variability(n_intervals, len(nn_ms), refusal=Message(
            "only {share:.0f} % of the intervals are between normal beats; {needed:.0f} % are needed",
            share=100 * len(nn_ms) / n_intervals, needed=100 * limits.least_nn_share))
    found = time_domain(end_s, nn_ms, follows)
    said = []
    segments = len(_segments(end_s, nn_ms))
    if segments < limits.least_segments:
        found = replace(found, sdann_ms=None, sdnn_index_ms=None)
        said.append(Message("SDANN and SDNN index: {found} segments of 5 minutes; {needed} are needed", found=segments,
                            needed=limits.least_segments))
    if end_s[-1] - end_s[0] < DAY_S:
        said.append(Message("SDNN grows with the length of the recording: not to be compared with values of 24 hours"))
    return replace(found, n_intervals=n_intervals, limitations=tuple(said))


def segment_values(beats: HolterBeats, n_segments: int) -> tuple[Array, Array]:
    """SDNN and RMSSD in ms of each 5 minutes; NaN where fewer than `LEAST_IN_SEGMENT` intervals are NN."""
    end_s, nn_ms, follows = nn_intervals(beats)
    sdnn, rmssd = np.full(n_segments, np.nan), np.full(n_segments, np.nan)
    edges = np.searchsorted(end_s, SEGMENT_S * np.arange(n_segments + 1))
    for number, (first, last) in enumerate(itertools.pairwise(edges)):
        if last - first >= LEAST_IN_TREND:
            sdnn[number] = nn_ms[first:last].std(ddof=1)
            steps = np.diff(nn_ms[first:last])[follows[first + 1 : last]]
            if len(steps):
                rmssd[number] = np.sqrt(np.mean(steps**2))
    return sdnn, rmssd


def _segments(end_s: Array, nn_ms: Array) -> list[Array]:
    """The intervals of each 5 minutes that they fill for at least half."""
    which = (end_s // SEGMENT_S).astype(np.int64)
    parts = np.split(nn_ms, np.flatnonzero(np.diff(which)) + 1)
    return [part for part in parts if part.sum() >= 1000 * LEAST_OF_SEGMENT * SEGMENT_S]
