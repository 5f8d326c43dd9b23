"""Fewer points without losing a peak: the lowest and highest sample of each bin, gaps kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import FloatArray

MAX_POINTS_PER_PX = 8
"""Samples per pixel up to which every sample is drawn; more would look the same and cost more."""


@dataclass(frozen=True)
class Envelope:
    """Samples of all leads, or the lowest and highest of each bin of `bin_samples`."""

    start_sample: int
    bin_samples: int
    low: FloatArray
    """(leads, bins) mV, NaN where a bin has no valid sample."""
    high: FloatArray
    """The same array as `low` when a bin is one sample."""

    @property
    def end_sample(self) -> int:
        return self.start_sample + int(self.low.shape[1]) * self.bin_samples


def bin_for(samples_per_px: float) -> int:
    """Samples a bin may hold at a zoom: a power of two, at least two bins a pixel, 1 as long as all can be drawn."""
    bin_samples = 1
    while samples_per_px / bin_samples > MAX_POINTS_PER_PX or (bin_samples > 1 and samples_per_px / bin_samples >= 4):
        bin_samples *= 2
    return bin_samples


def envelope(samples_mv: FloatArray, start_sample: int, bin_samples: int) -> Envelope:
    """Reduce samples (leads, n) to bins. Bins count from `start_sample`; the last one may be shorter.

    Invalid samples (NaN) are passed over inside a bin; a bin of only such samples stays a gap.
    """
    if bin_samples == 1:
        return Envelope(start_sample, 1, samples_mv, samples_mv)
    n_leads, n_samples = samples_mv.shape
    short = -n_samples % bin_samples
    padded = np.pad(samples_mv, ((0, 0), (0, short)), constant_values=np.nan) if short else samples_mv
    binned = padded.reshape(n_leads, -1, bin_samples)
    return Envelope(start_sample, bin_samples, np.fmin.reduce(binned, axis=2), np.fmax.reduce(binned, axis=2))


def coarser(fine: Envelope, bin_samples: int) -> Envelope:
    """An envelope with bins of `bin_samples`, a multiple of `fine`'s."""
    if bin_samples == fine.bin_samples:
        return fine
    times = bin_samples // fine.bin_samples
    low = envelope(fine.low, 0, times).low
    high = envelope(fine.high, 0, times).high
    return Envelope(fine.start_sample, bin_samples, low, high)


def polyline(
    traces: Envelope, lead: int, sampling_rate_hz: float
) -> tuple[NDArray[np.float64], FloatArray, NDArray[np.bool_]]:
    """The points of one lead's line: times in seconds, millivolts, and whether to draw on to the next point.

    A bin gives its lowest, then its highest sample. Nothing is connected to or across an invalid one.
    """
    low, high = traces.low[lead], traces.high[lead]
    indices = traces.start_sample + np.arange(low.size) * float(traces.bin_samples)
    if traces.bin_samples == 1:
        times, values = indices / sampling_rate_hz, low
    else:
        quarter = (traces.bin_samples - 1) / 4
        times = np.column_stack((indices + quarter, indices + 3 * quarter)).ravel() / sampling_rate_hz
        values = np.column_stack((low, high)).ravel()
    valid = np.isfinite(values)
    connect = valid.copy()
    connect[:-1] &= valid[1:]
    connect[-1:] = False
    return times, values, connect


def runs(connect: NDArray[np.bool_]) -> list[slice]:
    """The stretches of points that are drawn as one line each (at least two points)."""
    return [slice(first, end + 1) for first, end in true_runs(connect)]


def true_runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First index and end of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]
