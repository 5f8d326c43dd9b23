"""The beats of a stretch of twelve leads, and which of them look alike.

Beats are searched in all leads at once (`detection`), aligned by the slopes of all leads, and told apart by shape.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Array, Beats, Samples
from mmae_core.intervals.detection import detect_beats
from mmae_core.intervals.filters import central_differences
from mmae_core.intervals.gaps import follow_gaps, gaps
from mmae_core.scipy_parts import gaussian_filter1d

SMOOTH_S = 0.004
"""Standard deviation of the smoothing before slopes are taken."""
MAX_SEEDS = 64
"""Number of beats, spread over the stretch, that are tried as the most frequent shape."""
R_REACH_S = 0.06
"""An R-peak lies this near to where the leads together are steepest."""
R_LEVEL_S = 0.2
"""Half-width of the stretch whose median is the level that an R-peak is measured from."""
ALIGN_S = 0.03
"""Beats are moved by up to this much to where their QRS match best."""
QRS_HALF_S = 0.08
"""Half-width of the stretch in which shapes are compared: a wide QRS."""
ALIKE = 0.9
"""Correlation over the QRS of all leads from which two beats have one shape."""
NEARLY_AS_FREQUENT = 0.7
"""Of two alternating shapes whose numbers of beats are this close,"""
LATER = 1.2
"""the one whose beats come later by this factor prevails: in a bigeminy the beats behind the pause, not the ventricular
ones."""
PREMATURE = 0.8
"""A beat that follows sooner than this share of the median interval is premature, if the rhythm is regular at all."""
REGULAR = 0.1
"""Median deviation of R-R intervals from their median, as a share of it, up to which a rhythm counts as regular."""


def find_beats(signal_mv: Array, rate_hz: float, has_signal: NDArray[np.bool_] | None = None) -> Beats:
    """Beats of (leads, samples) in mV; the caller has bridged invalid samples and left out useless leads.

    `has_signal` says where the leads carry one, as `mmae_core.intervals.gaps` does; None: everywhere.
    """
    reference = detect_beats(signal_mv, rate_hz, has_signal)
    slopes = central_differences(gaussian_filter1d(signal_mv, SMOOTH_S * rate_hz, axis=1))
    aligned, alike = _aligned(slopes, reference, rate_hz)
    aligned = _at_peaks(signal_mv, aligned, alike, rate_hz)
    gap = np.zeros(signal_mv.shape[1], bool) if has_signal is None else gaps(has_signal)
    follows_gap = follow_gaps(aligned, gap)
    premature, regular = _premature(aligned, follows_gap)
    return Beats(aligned, alike & ~premature, premature, alike, regular, follows_gap, gap)


def _aligned(slopes: Array, reference: Samples, rate_hz: float) -> tuple[Samples, NDArray[np.bool_]]:
    """Beats moved onto each other by the slopes of all leads, and which are of the prevailing shape."""
    half, reach = round(QRS_HALF_S * rate_hz), max(1, round(ALIGN_S * rate_hz))
    aligned, alike = reference.copy(), np.zeros(len(reference), bool)
    inside = np.flatnonzero((reference >= half + reach) & (reference < slopes.shape[1] - half - reach))
    if not len(inside):
        return aligned, alike
    moved = _Moved(slopes.astype(np.float32), reference[inside], half, reach)
    candidates = np.unique(np.linspace(0, len(inside) - 1, min(len(inside), MAX_SEEDS)).astype(np.int64))
    shift, likeness = moved.best(moved.unmoved(candidates))
    seed = _prevailing(likeness >= ALIKE, candidates, reference[inside])
    group = np.flatnonzero(likeness[seed] >= ALIKE)
    template = moved.mean(group, shift[seed][group])
    shift, likeness = moved.best(template[None])
    aligned[inside] += shift[0]
    alike[inside] = likeness[0] >= ALIKE
    return aligned, alike


def _prevailing(alike: NDArray[np.bool_], candidates: Samples, at: Samples) -> int:
    """Index of the candidate whose shape is the most frequent, or nearly so and less premature."""
    counts = alike.sum(axis=1)
    most = int(np.argmax(counts))
    since = np.diff(at, prepend=at[0]).astype(np.float64)
    since[0] = np.nan
    others = (counts >= max(3, NEARLY_AS_FREQUENT * counts[most])) & ~alike[most][candidates]
    for row in np.flatnonzero(others)[np.argsort(-counts[others], kind="stable")]:
        if np.nanmedian(since[alike[row]]) > LATER * np.nanmedian(since[alike[most]]):
            return int(row)
    return most


class _Moved:
    """Stretches around beats, each at every shift that may align it."""

    def __init__(self, slopes: NDArray[np.float32], at: Samples, half: int, reach: int) -> None:
        self._at, self._half, self._reach = at, half, reach
        windows = np.lib.stride_tricks.sliding_window_view(slopes, 2 * half, axis=1)
        self._windows = windows.transpose(1, 0, 2)

    def unmoved(self, numbers: Samples) -> NDArray[np.float32]:
        """(numbers, leads, width)"""
        return self._stretches(self._at[numbers])

    def mean(self, numbers: Samples, shifts: Samples) -> NDArray[np.float32]:
        """(leads, width) of some beats, moved."""
        return np.asarray(self._stretches(self._at[numbers] + shifts).mean(axis=0))

    def best(self, templates: NDArray[np.float32]) -> tuple[Samples, Array]:
        """(templates, beats) the shift that makes a beat most like a template, and the correlation there."""
        flat = templates.reshape(len(templates), -1)
        flat = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
        shifts = np.empty((len(flat), len(self._at)), np.int64)
        likeness = np.empty(shifts.shape)
        steps = np.arange(-self._reach, self._reach + 1)
        for beat, at in enumerate(self._at):
            first = at - self._half - self._reach
            stretches = self._windows[first : first + len(steps)].reshape(len(steps), -1)
            norms = np.maximum(np.sqrt(np.einsum("sw,sw->s", stretches, stretches)), 1e-12)
            found = flat @ stretches.T / norms
            best = np.argmax(found, axis=1)
            shifts[:, beat] = steps[best]
            likeness[:, beat] = found[np.arange(len(flat)), best]
        return shifts, likeness

    def _stretches(self, at: Samples) -> NDArray[np.float32]:
        """(at, leads, width)"""
        return np.ascontiguousarray(self._windows[at - self._half])


def _at_peaks(signal_mv: Array, aligned: Samples, alike: NDArray[np.bool_], rate_hz: float) -> Samples:
    """Beats moved to their R-peaks: where the leads together are farthest from their level, for one shape together."""
    reach, around = round(R_REACH_S * rate_hz), round(R_LEVEL_S * rate_hz)
    moved = aligned.copy()
    inside = (aligned >= around) & (aligned < signal_mv.shape[1] - around)

    def peak(stretch: Array) -> int:
        level = np.median(stretch, axis=1, keepdims=True)
        size = np.square(stretch - level).sum(axis=0)[around - reach : around + reach + 1]
        return int(np.argmax(size)) - reach

    group = np.flatnonzero(alike & inside)
    if len(group):
        moved[alike] += peak(np.mean([signal_mv[:, at - around : at + around] for at in aligned[group]], axis=0))
    for number in np.flatnonzero(~alike & inside):
        at = aligned[number]
        moved[number] += peak(signal_mv[:, at - around : at + around])
    return np.clip(moved, 0, signal_mv.shape[1] - 1)


def _premature(peaks: Samples, follows_gap: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], bool]:
    """Which beats follow too soon, and whether the rhythm is regular enough to say so."""
    premature = np.zeros(len(peaks), bool)
    is_interval = ~follows_gap[1:]
    intervals = np.diff(peaks)[is_interval]
    if len(intervals) < 3:
        return premature, False
    middle = float(np.median(intervals))
    regular = float(np.median(np.abs(intervals - middle))) <= REGULAR * middle
    if regular:
        premature[1:][is_interval] = intervals < PREMATURE * middle
    return premature, regular
