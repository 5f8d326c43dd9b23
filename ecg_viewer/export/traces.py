"""The samples of a page: read, filtered as they are shown, with room on both sides for the filter to settle."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.filters import FilterChain
from mmae_core.record import EcgRecord, FloatArray

MOST_POINTS_PER_MM = 80
"""A line with more points looks the same on any printer (2032 dpi)."""

RARE = 0.0005
"""Share of samples that may reach further than a lead's extent: less than the peaks of its R waves."""


@dataclass(frozen=True)
class Traces:
    """All leads of a stretch."""

    lead_names: tuple[str, ...]
    start_sample: int
    sampling_rate_hz: float
    samples_mv: FloatArray
    """(leads, samples), NaN where invalid."""

    def lines(
        self, lead: str, start_s: float, end_s: float, points_per_s: float
    ) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Times and millivolts of each unbroken line of a lead within a stretch, a sample beyond each end included.

        Where there are more samples than `points_per_s`, each group gives its lowest and highest.
        """
        rate = self.sampling_rate_hz
        first = max(self.start_sample, math.floor(start_s * rate) - 1)
        last = min(self.start_sample + self.samples_mv.shape[1], math.ceil(end_s * rate) + 2)
        if lead not in self.lead_names or last <= first:
            return []
        row = self.samples_mv[self.lead_names.index(lead)]
        values = row[first - self.start_sample : last - self.start_sample].astype(np.float64)
        times = np.arange(first, last) / rate
        valid = np.isfinite(values)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], valid, [False])).astype(np.int8))).reshape(-1, 2)
        group = max(1, math.floor(2 * rate / points_per_s))
        return [_thinned(times[a:b], values[a:b], group) for a, b in edges.tolist() if b - a > 1]

    @property
    def extents(self) -> dict[str, tuple[float, float]]:
        """Lowest and highest millivolts of each lead, but for the odd spike; a lead without samples is missing."""
        found = {}
        for lead, row in zip(self.lead_names, self.samples_mv, strict=True):
            valid = row[np.isfinite(row)]
            if valid.size:
                low, high = np.quantile(valid, [RARE, 1 - RARE])
                found[lead] = float(low), float(high)
        return found


def read_traces(record: EcgRecord, filters: FilterChain, start_s: float, end_s: float) -> Traces:
    """Read and filter a stretch. Raises UnreadableRecord; ValueError if the rate cannot carry the filters."""
    rate = record.sampling_rate_hz
    margin = math.ceil(filters.margin_s * rate) if filters else 0
    first = max(0, math.floor(start_s * rate) - 1)
    last = min(record.n_samples, math.ceil(end_s * rate) + 2)
    wide = max(0, first - margin)
    samples = record.read(wide, last + margin)
    if filters:
        samples = filters.apply(samples, rate)
    return Traces(record.lead_names, first, rate, samples[:, first - wide : last - wide])


def _thinned(
    times: NDArray[np.float64], values: NDArray[np.float64], group: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if group < 3:
        return times, values
    starts = np.arange(0, values.size, group)
    low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    middle = times[starts]
    step = (times[-1] - times[0]) / max(1, times.size - 1) * group
    return (
        np.column_stack((middle + step / 4, middle + 3 * step / 4)).ravel(),
        np.column_stack((low, high)).ravel(),
    )
