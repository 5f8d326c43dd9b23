"""The samples of a page: read, filtered as they are shown, with room on both sides for the filter to settle."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.render.decimate import bin_for, envelope, polyline
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.filters import FilterChain
from mmae_core.record import EcgRecord, FloatArray

DOTS_PER_MM = 10.0
"""Counted as the pixels of a page: at up to eight samples in each, a line looks the same on any printer (2032 dpi)."""
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

    def line(
        self, lead: str, start_s: float, end_s: float, calibration: Calibration
    ) -> tuple[NDArray[np.float64], FloatArray, NDArray[np.bool_]]:
        """Times in s, millivolts and whether to draw on to the next point, of a stretch of a lead and a sample beyond
        each end.

        Where a page has no room for every sample, each bin gives its lowest and highest.
        """
        rate = self.sampling_rate_hz
        first = max(self.start_sample, math.floor(start_s * rate) - 1)
        last = min(self.start_sample + self.samples_mv.shape[1], math.ceil(end_s * rate) + 2)
        row = np.empty((1, 0), np.float32)
        if lead in self.lead_names and last > first:
            index = self.lead_names.index(lead)
            row = self.samples_mv[index : index + 1, first - self.start_sample : last - self.start_sample]
        bin_samples = bin_for(rate / (calibration.mm_per_s * DOTS_PER_MM))
        return polyline(envelope(row, first, bin_samples), 0, rate)

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
    samples = record.read_traces(wide, last + margin)
    if filters:
        samples = filters.apply(samples, rate)
    return Traces(record.trace_names, first, rate, samples[:, first - wide : last - wide])
