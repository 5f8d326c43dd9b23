"""Finds where a lead carries no signal: invalid samples, and constant ones as without an electrode.

An R-R interval across such a gap in most leads is neither an interval nor a pause.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Array, Samples

Mask = NDArray[np.bool_]

STILL_S = 1.0
"""A lead that does not change at all for this long is disconnected: a connected one always shows noise."""
LEAST_S = 0.1
"""Invalid samples shorter than a QRS hide no beat."""
MOST_LEADS = 0.5
"""Fewer leads with a signal than this share make a gap."""


def has_signal(signal_mv: Array, rate_hz: float, to_hz: float, n_samples: int) -> Mask:
    """(leads, n_samples) at `to_hz`: where (leads, samples) in mV, NaN where invalid, carry a signal."""
    missing = np.stack([_long(~np.isfinite(lead), LEAST_S * rate_hz) | _still(lead, rate_hz) for lead in signal_mv])
    if not missing.any():
        return np.ones((len(missing), n_samples), bool)
    at = np.minimum(np.arange(n_samples) * rate_hz / to_hz, signal_mv.shape[1] - 1).astype(np.int64)
    return np.asarray(~missing[:, at])


def gaps(signal: Mask) -> Mask:
    """(samples,) where too few of (leads, samples) carry a signal."""
    return np.asarray(signal.mean(axis=0) < MOST_LEADS)


def follow_gaps(r_samples: Samples, gap: Mask) -> Mask:
    """(beats,) whether a gap lies between the beat and the previous one."""
    before = np.concatenate(([0], np.cumsum(gap)))
    lost = np.diff(before[np.clip(r_samples, 0, len(gap))], prepend=0)
    found = np.asarray(lost > 0)
    found[:1] = False
    return found


def _still(lead: Array, rate_hz: float) -> Mask:
    """Where a lead stays at exactly one value for long."""
    same = np.concatenate(([False], np.diff(lead) == 0))
    return _long(same, STILL_S * rate_hz)


def _long(marked: Mask, least: float) -> Mask:
    """The runs of `marked` that are no shorter than `least` samples."""
    if not marked[:: max(1, int(least))].any():  # a run that long holds one of these samples
        return np.zeros_like(marked)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.view(np.int8), [0]))))
    kept = np.zeros_like(marked)
    starts, ends = edges[::2], edges[1::2]
    for run in np.flatnonzero(ends - starts >= least):
        kept[starts[run] : ends[run]] = True
    return kept
