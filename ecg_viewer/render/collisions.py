"""Where neighbouring traces run into one another on a paper, and what is cut off at its edges."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.render.decimate import Envelope, coarser
from ecg_viewer.render.geometry import Extents, PaperGeometry, Row
from ecg_viewer.state.fitting_layout import TOUCH_MM
from mmae_core.record import FloatArray

STRETCH_S = 0.04
"""Traces meet if they do so within this time: a small square at 25 mm/s."""


@dataclass(frozen=True)
class TraceReach:
    """How far each lead's trace reaches, stretch by stretch."""

    leads: tuple[str, ...]
    low_mv: FloatArray
    """(leads, stretches), NaN where nothing was recorded."""
    high_mv: FloatArray

    @classmethod
    def of_traces(cls, traces: Envelope, leads: tuple[str, ...], extents: Extents, rate_hz: float) -> TraceReach:
        """The reach of `traces`, clipped to what each lead usually reaches: a single spike is no collision."""
        bin_samples = traces.bin_samples * max(1, round(STRETCH_S * rate_hz / traces.bin_samples))
        stretches = coarser(traces, bin_samples)
        lowest, highest = (
            np.array([extents.get(lead, (math.nan, math.nan))[end] for lead in leads], np.float32)[:, None]
            for end in (0, 1)
        )
        return cls(leads, np.clip(stretches.low, lowest, highest), np.clip(stretches.high, lowest, highest))


def overlaps_mm(geometry: PaperGeometry, reach: TraceReach) -> tuple[float, ...]:
    """How far traces reach into one another between each two neighbouring rows, from the top down; 0 if they do not.

    Of the leads at one height in several columns, the worst.
    """
    levels = [row.baseline_px for row in geometry.levels]
    worst_px = [0.0] * max(0, len(levels) - 1)
    for column in geometry.columns:
        for upper, lower in itertools.pairwise(column):
            overlap = _edges_px(geometry, reach, upper)[1] - _edges_px(geometry, reach, lower)[0]
            pair = levels.index(lower.baseline_px) - 1
            worst_px[pair] = max(worst_px[pair], _largest(overlap))
    return tuple(overlap_px / geometry.px_per_mm for overlap_px in worst_px)


def misfit_mm(geometry: PaperGeometry, reach: TraceReach, height_px: float) -> float:
    """The furthest that a trace reaches into another one, or beyond the paper; 0 where everything fits."""
    beyond_px = [0.0]
    for column in filter(None, geometry.columns):
        beyond_px.append(_largest(-_edges_px(geometry, reach, column[0])[0]))
        beyond_px.append(_largest(_edges_px(geometry, reach, column[-1])[1] - height_px))
    return max(*overlaps_mm(geometry, reach), max(beyond_px) / geometry.px_per_mm, 0.0)


def second_inks(overlaps: Sequence[float]) -> tuple[bool, ...]:
    """Which rows, from the top down, are drawn in the second ink, so that traces that meet never share a colour."""
    inks = [False]
    for overlap_mm in overlaps:
        inks.append(overlap_mm > TOUCH_MM and not inks[-1])
    return tuple(inks)


def _largest(values: NDArray[np.float64]) -> float:
    """The largest value; 0 where there is none above it."""
    return float(values[np.isfinite(values)].max(initial=0.0))


def _edges_px(
    geometry: PaperGeometry, reach: TraceReach, row: Row
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The highest and the lowest point of a row's trace in each stretch, as heights on the paper; NaN without samples.
    """
    if row.lead not in reach.leads:
        nothing = np.full(reach.low_mv.shape[1], math.nan)
        return nothing, nothing
    place = reach.leads.index(row.lead)
    low, high = (
        row.baseline_px - row.sign * values[place].astype(np.float64) * geometry.px_per_mv
        for values in (reach.low_mv, reach.high_mv)
    )
    return np.minimum(low, high), np.maximum(low, high)
