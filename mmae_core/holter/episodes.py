"""Episodes: stretches where a measured number lies beyond a limit. Facts, with the limit named; never a diagnosis."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import QUALITY_STEP_S, ST_STEP_S, Array, Episode, HolterBeats, Mask, Trends
from mmae_core.messages import Message
from mmae_core.scipy_parts import median_filter

MERGE_S = 10.0
"""Fast, slow and irregular stretches less than this apart are one."""
LEAST_INTERVALS = 0.5
"""Share of the intervals around a beat that must be known for the rate there."""


def find_episodes(
    beats: HolterBeats, trends: Trends, leads: Sequence[str], names: Sequence[str], limits: HolterLimits,
    analysed_s: float,
) -> tuple[Episode, ...]:
    """All episodes, in order of time; `names` are those of the shapes."""
    found = [
        *_rates(beats, limits), *_pauses(beats, limits), *_irregular(beats, limits),
        *_st_shifts(trends, leads, limits, analysed_s), *_runs(beats, names, limits),
        *_poor(trends, limits, analysed_s),
    ]
    return tuple(sorted(found, key=lambda episode: (episode.start_s, episode.kind)))


def _rates(beats: HolterBeats, limits: HolterLimits) -> Iterator[Episode]:
    """Stretches whose rate, the mean of some intervals, is high or low."""
    if len(beats) < limits.rate_beats:
        return
    rate = _running_rate(beats.rr_s, limits.rate_beats)
    for start, end in _stretches(beats, rate > limits.fast_bpm, limits.least_rate_s):
        value = 60.0 / float(np.nanmean(beats.rr_s[start + 1 : end + 1]))
        yield Episode("fast", float(beats.r_s[start]), float(beats.r_s[end]), Message(
            "{rate:.0f} beats a minute, faster than {limit:g}", rate=value, limit=limits.fast_bpm), value,
            value / limits.fast_bpm)
    for start, end in _stretches(beats, rate < limits.slow_bpm, limits.least_rate_s):
        value = 60.0 / float(np.nanmean(beats.rr_s[start + 1 : end + 1]))
        yield Episode("slow", float(beats.r_s[start]), float(beats.r_s[end]), Message(
            "{rate:.0f} beats a minute, slower than {limit:g}", rate=value, limit=limits.slow_bpm), value,
            limits.slow_bpm / value)


def _pauses(beats: HolterBeats, limits: HolterLimits) -> Iterator[Episode]:
    rr = beats.rr_s
    for number in np.flatnonzero(rr > limits.pause_s):
        length_s = float(rr[number])
        yield Episode("pause", float(beats.r_s[number - 1]), float(beats.r_s[number]), Message(
            "no beat for {length_s:.2f} s, longer than {limit:g} s", length_s=length_s, limit=limits.pause_s), length_s,
            length_s / limits.pause_s)


def _irregular(beats: HolterBeats, limits: HolterLimits) -> Iterator[Episode]:
    """Stretches in which the intervals between usual beats keep changing; single early beats leave the median alone."""
    rr = np.where(_both_usual(beats), beats.rr_s, np.nan)
    if len(rr) < limits.irregular_beats:
        return
    before = np.concatenate(([np.nan], rr[:-1]))
    with np.errstate(invalid="ignore"):
        change = np.abs(rr - before) / ((rr + before) / 2)
    share = _running_median(change, limits.irregular_beats)
    for start, end in _stretches(beats, share > limits.irregular_share, limits.least_rate_s):
        value = float(np.nanmedian(change[start : end + 1]))
        yield Episode("irregular", float(beats.r_s[start]), float(beats.r_s[end]), Message(
            "intervals change by {share:.0f} % from one to the next (median), more than {limit:.0f} %",
            share=100 * value, limit=100 * limits.irregular_share), value, value / limits.irregular_share)


def _both_usual(beats: HolterBeats) -> Mask:
    return np.asarray(beats.is_usual & np.concatenate(([False], beats.is_usual[:-1])))


def _st_shifts(trends: Trends, leads: Sequence[str], limits: HolterLimits, analysed_s: float) -> Iterator[Episode]:
    """In each lead, where ST is away from the lead's own median."""
    needed = max(1, round(limits.st_shift_s / ST_STEP_S))
    for lead, st in zip(leads, trends.st_mv, strict=True):
        known = np.isfinite(st)
        if not known.any():
            continue
        usual = float(np.median(st[known]))
        shift = np.where(known, st - usual, 0.0)
        for sign in (1, -1):
            for first, last in _joined(sign * shift >= limits.st_shift_mv, needed - 1):
                inside = shift[first:last]
                if np.count_nonzero(sign * inside >= limits.st_shift_mv) < needed:
                    continue
                value = float(inside[np.argmax(sign * inside)])
                yield Episode("st", first * ST_STEP_S, min(last * ST_STEP_S, analysed_s), Message(
                    "ST at J + 60 ms shifted by {shift:+.2f} mV from its median of {usual:+.2f} mV, at least "
                    "{limit:g} mV for {least_s:g} s", shift=value, usual=usual, limit=limits.st_shift_mv,
                    least_s=limits.st_shift_s), value, abs(value) / limits.st_shift_mv, lead)


def _runs(beats: HolterBeats, names: Sequence[str], limits: HolterLimits) -> Iterator[Episode]:
    """Beats in a row that are not of the usual shape there."""
    other = ~beats.is_usual & ~beats.is_poor & (beats.shape >= 0)
    for first, last in _edges(other):
        for start, end in _unbroken(beats, first, last):
            count = end - start
            if count < limits.run_beats:
                continue
            shapes, counts = np.unique(beats.shape[start:end], return_counts=True)
            name = names[int(shapes[np.argmax(counts)])]
            rr = beats.rr_s[start + 1 : end]
            rate = 60.0 / float(np.median(rr))
            yield Episode("run", float(beats.r_s[start]), float(beats.r_s[end - 1]), Message(
                "{count} beats in a row of shape {shape}, {rate:.0f} a minute", count=count, shape=name, rate=rate),
                float(count), count / limits.run_beats)


def _unbroken(beats: HolterBeats, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The parts of a row of beats without a gap in the signal."""
    breaks = [first + 1 + int(at) for at in np.flatnonzero(beats.follows_gap[first + 1 : last])]
    edges = [first, *breaks, last]
    yield from itertools.pairwise(edges)


def _poor(trends: Trends, limits: HolterLimits, analysed_s: float) -> Iterator[Episode]:
    for first, last in _edges(trends.is_poor):
        start_s, end_s = first * QUALITY_STEP_S, min(last * QUALITY_STEP_S, analysed_s)
        if end_s - start_s >= limits.poor_s:
            yield Episode("poor", start_s, end_s, Message(
                "fewer than half of the leads have a usable signal for {length_s:.0f} s", length_s=end_s - start_s),
                end_s - start_s, (end_s - start_s) / limits.poor_s)


def _stretches(beats: HolterBeats, marked: Mask, least_s: float) -> Iterator[tuple[int, int]]:
    """First and last beat of the stretches of marked beats that are long enough; short breaks join them, a gap in the
    signal never does."""
    parts: list[list[int]] = []
    for first, last in (part for run in _edges(marked) for part in _unbroken(beats, *run)):
        gap = parts and bool(beats.follows_gap[parts[-1][1] + 1 : first + 1].any())
        if parts and not gap and beats.r_s[first] - beats.r_s[parts[-1][1]] < MERGE_S:
            parts[-1][1] = last - 1
        else:
            parts.append([first, last - 1])
    for first, last in parts:
        if beats.r_s[last] - beats.r_s[first] >= least_s:
            yield first, last


def _joined(marked: Mask, most_apart: int) -> list[tuple[int, int]]:
    """First and end of the runs of `marked`, those at most so many steps apart being one."""
    joined: list[tuple[int, int]] = []
    for first, last in _edges(marked):
        if joined and first - joined[-1][1] <= most_apart:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _edges(marked: Mask) -> list[tuple[int, int]]:
    """First index and end of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _running_rate(rr_s: Array, width: int) -> Array:
    """(beats,) beats a minute among the intervals around each; NaN where most are unknown."""
    known = np.isfinite(rr_s)
    ones = np.ones(width)
    count = np.convolve(known, ones, mode="same")
    total = np.convolve(np.where(known, rr_s, 0.0), ones, mode="same")
    return np.where(count >= LEAST_INTERVALS * width, 60.0 * count / np.maximum(total, 1e-9), np.nan)


def _running_median(values: Array, width: int) -> Array:
    """(values,) median of those around each that are known; NaN where most are not."""
    known = np.isfinite(values)
    if not known.any():
        return np.full(len(values), np.nan)
    places = np.flatnonzero(known)
    found = np.asarray(median_filter(values[places], size=min(width, len(places)), mode="nearest"))
    around = np.convolve(known, np.ones(width), mode="same") / np.minimum(width, len(values))
    result = np.full(len(values), np.nan)
    result[places] = found
    return np.where(around >= LEAST_INTERVALS, result, np.nan)
