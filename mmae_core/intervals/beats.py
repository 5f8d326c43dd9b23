"""The beats of a stretch of twelve leads, and which of them look alike.

R-peaks are searched in every lead and put to the vote, so that one noisy lead neither adds a beat nor loses one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from mmae_core.rpeaks import find_r_peaks

Array = NDArray[np.float64]
Samples = NDArray[np.int64]

VOTE_S = 0.1
"""R-peaks of several leads within this time belong to one beat; the leads of a wide QRS peak up to 80 ms apart."""
MIN_VOTES = 0.5
"""Share of the leads with peaks that must see a beat."""
ALIGN_S = 0.03
"""Beats are moved by up to this much to where their QRS match best."""
QRS_HALF_S = 0.08
"""Half the stretch in which shapes are compared: a wide QRS."""
ALIKE = 0.9
"""Correlation over the QRS of all leads from which two beats have one shape."""
PREMATURE = 0.8
"""A beat that follows sooner than this share of the median interval is premature, if the rhythm is regular at all."""
REGULAR = 0.1
"""Median deviation of R-R intervals from their median, as a share of it, up to which a rhythm counts as regular."""


@dataclass(frozen=True)
class Beats:
    """The beats found in a stretch, and which of them are of the prevailing kind."""

    r_samples: Samples
    """(beats,) where each beat's QRS is, aligned among beats of one shape."""
    is_typical: NDArray[np.bool_]
    """(beats,) of the most frequent shape, and not premature."""
    is_premature: NDArray[np.bool_]
    is_alike: NDArray[np.bool_]
    """(beats,) of the most frequent shape."""
    is_regular: bool
    """Whether the intervals are regular enough to call a beat premature."""

    def __len__(self) -> int:
        return len(self.r_samples)


def find_beats(signal_mv: Array, rate_hz: float) -> Beats:
    """Beats of (leads, samples) in mV; invalid samples are zero, leads that are of no use left out by the caller."""
    reference = _voted(signal_mv, rate_hz)
    slopes = np.gradient(gaussian_filter1d(signal_mv, 0.004 * rate_hz, axis=1), axis=1)
    aligned, alike = _aligned(slopes, reference, rate_hz)
    premature, regular = _premature(aligned)
    return Beats(aligned, alike & ~premature, premature, alike, regular)


def _voted(signal_mv: Array, rate_hz: float) -> Samples:
    """Beats that at least half of the leads with peaks see, each at the median of what they see."""
    per_lead = [find_r_peaks(lead, rate_hz) for lead in signal_mv]
    n_voters = sum(len(peaks) > 0 for peaks in per_lead)
    if n_voters == 0:
        return np.empty(0, np.int64)
    seen = sorted((int(peak), lead) for lead, peaks in enumerate(per_lead) for peak in peaks)
    groups: list[list[tuple[int, int]]] = []
    for peak, lead in seen:
        if groups and peak - groups[-1][0][0] <= VOTE_S * rate_hz:
            groups[-1].append((peak, lead))
        else:
            groups.append([(peak, lead)])
    elected = [group for group in groups if len({lead for _, lead in group}) >= MIN_VOTES * n_voters]
    return np.array([int(np.median([peak for peak, _ in group])) for group in elected], np.int64)


def _aligned(slopes: Array, reference: Samples, rate_hz: float) -> tuple[Samples, NDArray[np.bool_]]:
    """Beats moved onto each other by the slopes of all leads, and which are of the most frequent shape."""
    half, reach = round(QRS_HALF_S * rate_hz), max(1, round(ALIGN_S * rate_hz))
    inside = [n for n, r in enumerate(reference) if half + reach <= r < slopes.shape[1] - half - reach]
    aligned, alike = reference.copy(), np.zeros(len(reference), bool)
    if not inside:
        return aligned, alike
    shapes = {n: slopes[:, reference[n] - half : reference[n] + half] for n in inside}
    best = {a: {b: _best_shift(slopes, shapes[a], int(reference[b]), half, reach) for b in inside} for a in inside}
    seed = max(inside, key=lambda a: sum(likeness >= ALIKE for _, likeness in best[a].values()))
    group = [b for b in inside if best[seed][b][1] >= ALIKE]
    template = np.mean(
        [slopes[:, (at := int(reference[b]) + best[seed][b][0]) - half : at + half] for b in group], axis=0
    )
    for b in inside:
        shift, likeness = _best_shift(slopes, template, int(reference[b]), half, reach)
        aligned[b] += shift
        alike[b] = likeness >= ALIKE
    return aligned, alike


def _best_shift(slopes: Array, template: Array, at: int, half: int, reach: int) -> tuple[int, float]:
    """Shift in samples that makes a beat most like the template, and the correlation there."""
    shifts = range(-reach, reach + 1)
    stretches = np.stack([slopes[:, at + s - half : at + s + half] for s in shifts]).reshape(len(shifts), -1)
    energy = np.sqrt((stretches**2).sum(axis=1) * (template**2).sum())
    likeness = stretches @ template.ravel() / np.maximum(energy, 1e-12)
    best = int(np.argmax(likeness))
    return shifts[best], float(likeness[best])


def _premature(peaks: Samples) -> tuple[NDArray[np.bool_], bool]:
    """Which beats follow too soon, and whether the rhythm is regular enough to say so."""
    premature = np.zeros(len(peaks), bool)
    if len(peaks) < 4:
        return premature, False
    intervals = np.diff(peaks)
    middle = float(np.median(intervals))
    regular = float(np.median(np.abs(intervals - middle))) <= REGULAR * middle
    if regular:
        premature[1:] = intervals < PREMATURE * middle
    return premature, regular
