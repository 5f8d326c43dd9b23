"""How long P, R, S, QRS and T last in each lead, in ms.

P, QRS and T of a lead are where the lead itself leaves and meets its line (`mmae_core.intervals.waves`). R and S are
the stretches of the QRS above and below the line around the highest and the lowest point, below `BAND_HZ` like the
amplitudes. A lead's QRS is no longer than that of all leads together, which reaches from the earliest beginning to the
latest end in any of them; ST that slopes and T that begins early would else be counted with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.beat_values import DEFLECTION_MV, LEVEL_S, SMOOTH_S, BeatBounds
from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.intervals.results import WaveBounds
from mmae_core.scipy_parts import gaussian_filter1d

Array = NDArray[np.float64]


def wave_durations(average: AverageBeat, bounds: BeatBounds, lead_bounds: Sequence[WaveBounds]) -> dict[str, Array]:
    """`p_ms`, `r_ms`, `s_ms`, `qrs_lead_ms` and `t_ms`, (leads,) each; NaN where a lead does not show the wave.

    R and S last 0 ms where they are lower than `DEFLECTION_MV`. `lead_bounds` are those of the leads of `average`, or
    empty where none were found.
    """
    found = {"p_ms": _spans(lead_bounds, "p_on", "p_end"), "qrs_lead_ms": _qrs(lead_bounds, bounds),
             "t_ms": _spans(lead_bounds, "t_on", "t_end")}
    if not lead_bounds:
        found = dict.fromkeys(found, np.full(len(average.mv), np.nan))
    return found | _of_r_and_s(average, bounds)


def _spans(lead_bounds: Sequence[WaveBounds], first: str, last: str) -> Array:
    def span(bounds: WaveBounds) -> float:
        start_s, end_s = getattr(bounds, first), getattr(bounds, last)
        return float("nan") if start_s is None or end_s is None else 1000.0 * (end_s - start_s)

    return np.array([span(bounds) for bounds in lead_bounds])


def _qrs(lead_bounds: Sequence[WaveBounds], together: BeatBounds) -> Array:
    """Within the bounds of all leads together."""
    return _spans([replace(lead, qrs_on=max(lead.qrs_on, together.qrs_on_s),
                           qrs_end=min(lead.qrs_end, together.qrs_end_s))
                   if lead.qrs_on is not None and lead.qrs_end is not None else lead for lead in lead_bounds],
                  "qrs_on", "qrs_end")


def _of_r_and_s(average: AverageBeat, bounds: BeatBounds) -> dict[str, Array]:
    rate = average.rate_hz
    smooth = gaussian_filter1d(average.mv, SMOOTH_S * rate, axis=1, mode="nearest")
    level_from, first, last = (max(average.r_index + round(at_s * rate), 0) for at_s in (
        bounds.qrs_on_s - LEVEL_S, bounds.qrs_on_s, bounds.qrs_end_s))
    waves = smooth[:, first : last + 1] - smooth[:, level_from : first + 1].mean(axis=1, keepdims=True)
    r_samples, s_samples = [], []
    for wave in waves:
        peak = int(np.argmax(wave))
        r_samples.append(_run(wave, peak))
        after = -wave[peak:] if wave[peak] >= DEFLECTION_MV else -wave
        s_samples.append(_run(after, int(np.argmax(after))))
    return {"r_ms": 1000.0 / rate * np.array(r_samples, float), "s_ms": 1000.0 / rate * np.array(s_samples, float)}


def _run(wave: Array, peak: int) -> int:
    """Samples around a peak that are higher than half of `DEFLECTION_MV`; 0 where the peak is no wave."""
    if wave[peak] < DEFLECTION_MV:
        return 0
    low = np.flatnonzero(wave <= DEFLECTION_MV / 2)
    before, after = low[low < peak], low[low > peak]
    start = int(before[-1]) + 1 if len(before) else 0
    end = int(after[0]) if len(after) else len(wave)
    return end - start
