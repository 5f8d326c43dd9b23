"""Combines maps of overlapping windows on a record's own samples."""

from __future__ import annotations

import numpy as np

from mmae_core.record import FloatArray
from mmae_core.scoring.phases import UNKNOWN, Codes
from mmae_core.scoring.scored_windows import ScoredWindows


class Stitch:
    """Averages overlapping windows on a record's own samples [first, last)."""

    def __init__(
        self, first: int, last: int, rate_hz: float, window_s: float, window_rate_hz: float, with_expected: bool
    ) -> None:
        self._first, self._last, self._rate = first, last, rate_hz
        self._window_s, self._window_rate = window_s, window_rate_hz
        shape = (12, last - first)
        names = ("score", "percentile", *(("expected",) if with_expected else ()))
        self._sums = {name: np.zeros(shape, np.float32) for name in names}
        self._counts = {name: np.zeros(shape, np.uint16) for name in names}
        self.phases = np.full(last - first, UNKNOWN, np.int8)

    def add_phases(self, scored: ScoredWindows, percentiles: FloatArray, phases: list[Codes]) -> None:
        """Add percentiles (N, 12, samples), averaged like scores, and phases, where the later window wins."""
        for item, window, codes in zip(scored.inputs, percentiles, phases, strict=True):
            self._add("percentile", item.start_s, window)
            begin, end = self._span(item.start_s)
            position = np.rint((np.arange(begin, end) / self._rate - item.start_s) * self._window_rate).astype(int)
            found = codes[np.clip(position, 0, len(codes) - 1)]
            place = self.phases[begin - self._first : end - self._first]
            place[:] = np.where(found == UNKNOWN, place, found)

    def add(self, scored: ScoredWindows, points: FloatArray) -> None:
        """Add points (N, 12, samples) of windows and, if present, the expected trace."""
        for row, item in enumerate(scored.inputs):
            self._add("score", item.start_s, points[row])
            if scored.expected is not None:
                scaled = scored.expected[row] * item.scale_mv[:, None] + item.offset_mv[:, None]
                shown = np.where(item.assessable, scaled, np.nan).astype(np.float32)
                self._add("expected", item.start_s, shown)

    def _add(self, name: str, start_s: float, values: FloatArray) -> None:
        """Add (12, 5000) values of a window, interpolated at the record's samples."""
        begin, end = self._span(start_s)
        if end <= begin:
            return
        position = (np.arange(begin, end) / self._rate - start_s) * self._window_rate
        below = np.clip(np.floor(position + 1e-6).astype(int), 0, values.shape[1] - 1)
        above = np.minimum(below + 1, values.shape[1] - 1)
        share = np.clip(position - below, 0.0, 1.0).astype(np.float32)
        share[share < 1e-6] = 0.0
        sampled = values[:, below]
        between = share > 0  # keeps a NaN neighbour of an exact sample out
        if between.any():
            sampled[:, between] += share[between] * (values[:, above[between]] - sampled[:, between])
        known = np.isfinite(sampled)
        place = slice(begin - self._first, end - self._first)
        self._sums[name][:, place] += np.where(known, sampled, 0.0)
        self._counts[name][:, place] += known

    def _span(self, start_s: float) -> tuple[int, int]:
        """Samples [begin, end) of the stretch that a window covers."""
        begin = max(self._first, round(start_s * self._rate))
        return begin, max(begin, min(self._last, round((start_s + self._window_s) * self._rate)))

    def percentiles(self) -> FloatArray:
        """(12, samples) NaN where no window has one."""
        return self._mean("percentile")

    def scores(self) -> FloatArray:
        """(12, samples) NaN where not assessed."""
        return self._mean("score")

    def expected(self) -> FloatArray:
        """(12, samples) in mV, NaN where not assessed."""
        return self._mean("expected")

    def _mean(self, name: str) -> FloatArray:
        counts = self._counts[name]
        mean: FloatArray = np.where(counts > 0, self._sums[name] / np.maximum(counts, 1), np.nan).astype(np.float32)
        return mean
