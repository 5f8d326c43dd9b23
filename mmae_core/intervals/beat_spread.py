"""How much rate, R-R, PR, QRS and QT differ from beat to beat: standard deviations over single beats.

The intervals themselves are of the average beat. P, T and both edges of the QRS are looked for in every typical beat
around their place in the average; what single beats add in noise is part of the deviation: less than 1 ms at a noise of
0.03 mV. Of a T wave that grows longer without being moved as a whole, about three quarters are seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from mmae_core.intervals.beat_results import Array, AverageBeat, Spread
from mmae_core.intervals.interval_changes import p_change, t_change
from mmae_core.intervals.results import Examination, Measurements
from mmae_core.scipy_parts import gaussian_filter1d

MIN_BEATS = 4
"""Fewer beats give no deviation."""
EDGE_S = 0.024
"""Width of the stretch around an edge of the QRS that is looked for in every beat."""
EDGE_REACH_S = 0.02
"""An edge is searched within this distance of its place in the average."""
EDGE_SMOOTH_S = 0.004
EDGE_LIKE = 0.8
"""An edge counts as found in a beat from this correlation with the average on."""


def beat_spreads(examination: Examination) -> dict[str, Spread]:
    """By quantity (`rate_bpm`, `rr_ms`, `pr_ms`, `qrs_ms`, `qt_ms`); one that is not measured, or in fewer than
    `MIN_BEATS` beats, is left out.
    """
    found, average, bounds = examination.measurements, examination.average, examination.bounds
    spreads = _of_rhythm(found)
    if average is None or bounds is None:
        return spreads
    shifts: dict[str, Array] = {}
    if found.pr_ms.is_measured and (p := p_change(average, bounds)) is not None:
        shifts["pr_ms"] = p.shifts_s
    if found.qt_ms.is_measured and (t := t_change(average, bounds)) is not None:
        shifts["qt_ms"] = t.shifts_s
    if found.qrs_ms.is_measured and bounds.qrs_on is not None and bounds.qrs_end is not None:
        shifts["qrs_ms"] = _edge_shifts(average, bounds.qrs_end) - _edge_shifts(average, bounds.qrs_on)
    for name, shift in shifts.items():
        known = 1000.0 * shift[np.isfinite(shift)]
        if len(known) >= MIN_BEATS:
            spreads[name] = Spread(float(known.std(ddof=1)), len(known))
    return spreads


def _of_rhythm(found: Measurements) -> dict[str, Spread]:
    intervals_s = np.array(found.intervals_s)
    if len(intervals_s) < MIN_BEATS:
        return {}
    return {"rate_bpm": Spread(float((60.0 / intervals_s).std(ddof=1)), len(intervals_s)),
            "rr_ms": Spread(float(1000.0 * intervals_s.std(ddof=1)), len(intervals_s))}


def _edge_shifts(average: AverageBeat, at_s: float) -> Array:
    """(beats,) seconds by which an edge of the QRS lies later in a beat than in the average; NaN where not found.

    The slopes of all leads around the edge are compared, so that the level of the beat does not matter.
    """
    rate = average.rate_hz
    half, reach = round(EDGE_S * rate / 2), round(EDGE_REACH_S * rate)
    middle = average.r_index + round(at_s * rate)
    first, last = middle - half - reach, middle + half + reach + 1
    if first < 0 or last > average.mv.shape[1]:
        return np.full(len(average.beats_mv), np.nan)
    slopes = np.gradient(gaussian_filter1d(average.beats_mv, EDGE_SMOOTH_S * rate, axis=2), axis=2)[:, :, first:last]
    shape = np.gradient(gaussian_filter1d(average.mv, EDGE_SMOOTH_S * rate, axis=1), axis=1)[:, middle - half:
                                                                                            middle + half + 1]
    windows = np.lib.stride_tricks.sliding_window_view(slopes, 2 * half + 1, axis=2)  # (beats, leads, steps, width)
    products = np.einsum("blsw,lw->bs", windows, shape)
    norms = np.sqrt(np.einsum("blsw,blsw->bs", windows, windows)) * float(np.linalg.norm(shape))
    likeness = products / np.maximum(norms, 1e-12)
    best = np.argmax(likeness, axis=1)
    found = likeness[np.arange(len(best)), best] >= EDGE_LIKE
    return np.where(found, (best - reach) / rate, np.nan)


def spread_document(spreads: Mapping[str, Spread]) -> dict[str, dict[str, float]]:
    """As JSON values."""
    return {name: {"sd": round(spread.sd, 2), "beats": spread.n_beats} for name, spread in spreads.items()
            if math.isfinite(spread.sd)}
