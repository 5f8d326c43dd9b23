"""The average beat of each lead: aligned, beats of another shape left out.

An average beat is not the rhythm: nothing in it happened at one time, and any display of it must say so.

The baseline is removed through the PQ segments: a curve through the level before each QRS (Meyer and Keiser 1977),
which leaves ST and T unchanged. No other filter is applied, so that it keeps the recording's bandwidth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnsupportedRecord
from mmae_core.intervals.beat_results import Array, AverageBeat, Beats
from mmae_core.scipy_parts import CubicSpline

MIN_BEATS = 3
"""Least number of beats; fewer do not average out noise."""
BEFORE_S = 0.5
"""Most time before the R-peak: includes the P wave of a PR interval of 400 ms."""
BEFORE_RR = 0.6
AFTER_S = 0.9
"""Most time after the R-peak: a QT interval of 800 ms."""
NEXT_S = 0.12
"""A beat ends this long before the next R-peak."""
LEVEL_S = (-0.09, -0.06)
"""Stretch before the R-peak whose level is taken as zero: the PQ segment of most beats."""


def average_beat(
    signal_mv: Array, rate_hz: float, beats: Beats, level_s: tuple[float, float] = LEVEL_S
) -> AverageBeat:
    """Average the typical beats of (leads, samples) in mV, zero where they are `level_s` from the R-peak.

    Raises UnsupportedRecord if fewer than `MIN_BEATS` whole typical beats are there.
    """
    if len(beats.intervals) == 0:
        raise UnsupportedRecord(f"{len(beats)} beats were found; an average needs {MIN_BEATS}.")
    before, after, rr = _reach(beats, rate_hz)
    whole = whole_beats(beats, rate_hz)
    used = np.flatnonzero(whole & beats.is_typical)
    if len(used) < MIN_BEATS:
        raise UnsupportedRecord(f"{len(used)} of {len(beats)} beats are whole and alike; an average needs {MIN_BEATS}.")
    levelled = signal_mv - _baseline(signal_mv, rate_hz, beats, level_s)
    after = min(after, int(_room(used, beats, rate_hz).max()))
    stack = np.stack([levelled[:, at - before : at + after] for at in beats.r_samples[used]])
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


def whole_beats(beats: Beats, rate_hz: float) -> NDArray[np.bool_]:
    """(beats,) whether neither an end of the stretch nor a gap in the signal cuts the beat."""
    if len(beats.intervals) == 0:
        return np.zeros(len(beats), bool)
    before, after, _ = _reach(beats, rate_hz)
    whole = (beats.r_samples >= before) & (beats.r_samples + after <= len(beats.gap))
    return np.asarray(whole & ~_any_between(beats.gap, beats.r_samples - before, beats.r_samples + after))


def _reach(beats: Beats, rate_hz: float) -> tuple[int, int, float]:
    """Samples of a beat ahead of and behind its R-peak, and the median interval of typical beats in samples."""
    intervals = beats.intervals
    typical = (beats.is_typical[1:] & beats.is_alike[:-1])[~beats.follows_gap[1:]]
    rr = float(np.median(intervals[typical] if typical.any() else intervals))
    return round(min(BEFORE_S * rate_hz, BEFORE_RR * rr)), round(min(AFTER_S * rate_hz, rr - NEXT_S * rate_hz)), rr


def _any_between(marked: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(stretches,) whether a sample is marked in each."""
    before = np.concatenate(([0], np.cumsum(marked)))
    first, last = (np.clip(at, 0, len(marked)) for at in (starts, ends))
    return np.asarray(before[last] > before[first])


def _baseline(signal_mv: Array, rate_hz: float, beats: Beats, level_s: tuple[float, float]) -> Array:
    """(leads, samples) curve through the levels ahead of the beats of the prevailing shape."""
    first, last = (round(at * rate_hz) for at in level_s)
    at = beats.r_samples[beats.is_alike]
    at = at[(at + first >= 0) & (at + last + 1 <= signal_mv.shape[1])]
    width = np.arange(first, last + 1)
    levels = np.median(signal_mv[:, at[:, None] + width], axis=2)
    knots = at + (first + last) / 2
    if len(knots) < 2:
        return np.asarray(np.broadcast_to(levels.mean(axis=1, keepdims=True), signal_mv.shape))
    return _spline(knots, levels, signal_mv.shape[1])


def _spline(knots: Array, levels: Array, n_samples: int) -> Array:
    """(leads, n_samples) cubic spline through (leads, knots), level ahead of the first and behind the last knot."""
    curve = np.empty((len(levels), n_samples))
    coefficients = CubicSpline(knots, levels, axis=1).c  # (power, piece, leads), the highest power first
    edges = np.ceil(knots).astype(np.int64)
    for piece in range(len(knots) - 1):
        at = np.arange(edges[piece], edges[piece + 1])
        curve[:, at[0] : at[-1] + 1] = coefficients[:, piece].T @ np.vander(at - knots[piece], 4).T
    curve[:, : edges[0]], curve[:, edges[-1] :] = levels[:, :1], levels[:, -1:]
    return curve


def _room(used: NDArray[np.int64], beats: Beats, rate_hz: float) -> NDArray[np.int64]:
    """(used,) samples behind each R-peak until the next beat begins."""
    following = np.append(beats.r_samples, np.iinfo(np.int64).max)[used + 1]
    return np.asarray(np.maximum(following - beats.r_samples[used] - round(NEXT_S * rate_hz), 1))


def _mean(stack: Array, used: NDArray[np.int64], beats: Beats, before: int, rate_hz: float) -> Array:
    """Mean over the beats; where the next beat has begun, a beat no longer counts."""
    counts = np.arange(stack.shape[2]) < before + _room(used, beats, rate_hz)[:, None]
    weights = counts / counts.sum(axis=0)
    return np.asarray(np.einsum("bs,bls->ls", weights, stack))
