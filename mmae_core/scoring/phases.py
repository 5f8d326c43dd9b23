"""The phase of the beat at each sample, so that it is compared with normals at the same phase.

Errors are highest in the QRS of nearly every ECG, normal or not. Against a normal ECG's strongest point nothing in ST
or T stands out; against normal ST and T it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.intervals.results import Examination, WaveBounds

Phase = Literal["rest", "P", "QRS", "ST", "T"]
PHASES: tuple[Phase, ...] = ("rest", "P", "QRS", "ST", "T")
"""Indexed by code: 0, 1 ..."""
REST, P, QRS, ST, T = range(len(PHASES))
UNKNOWN = -1
"""The code of points without a beat around them: no beats were found, or the recorded signal is not available."""
Codes = NDArray[np.int8]

QRS_MARGIN_S = (0.05, 0.05)
"""The QRS phase is widened by this on both sides, because a map is smoothed over 30 ms."""
P_MARGIN_S = 0.03
T_MARGIN_S = 0.04
USUAL_QRS_S = (-0.05, 0.05)
"""Default boundaries, from the R-peak, of beats whose own cannot be measured."""
USUAL_P_S = 0.22
"""Where P was not found, its phase begins this long before the QRS,"""
MOST_P_RR = 0.4
"""but no earlier than this share of the preceding R-R interval."""
USUAL_ST_S = 0.10
"""From the end of the QRS to the assumed onset of T at 60/min; scaled with the square root of the R-R interval. The
onset of T is not measured, because readers do not agree on it."""
SHORTEST_T_S, SHORTEST_P_S = 0.1, 0.08
USUAL_QT_S = 0.42
"""From the onset of the QRS to the end of T at 60/min (Bazett 1920)."""


@dataclass(frozen=True)
class BeatTimes:
    """Boundaries in seconds from the R-peak that hold for every beat of a stretch."""

    p_on_s: float
    qrs_on_s: float
    qrs_end_s: float
    t_on_s: float
    t_end_s: float


def beat_phases(found: Examination | None, start_s: float, rate_hz: float, n_samples: int) -> Codes:
    """Phase codes (n_samples,) of a stretch from `start_s` seconds of the recording on.

    `UNKNOWN` throughout without beats. Every beat, ectopic ones included, gets the boundaries of the average beat: a
    QRS wider than the patient's own reaches into ST and stands out there.
    """
    phases = np.full(n_samples, UNKNOWN, np.int8)
    r_times = [] if found is None else sorted(beat.r_s for beat in found.measurements.beats)
    if found is None or not r_times:
        return phases
    times = beat_times(found)
    r_s = np.asarray(r_times) - start_s
    before = np.diff(r_s, prepend=r_s[0] - _interval(found, r_s))
    after = np.diff(r_s, append=r_s[-1] + _interval(found, r_s))
    phases[:] = REST

    def mark(code: int, first_s: NDArray[np.float64], last_s: NDArray[np.float64]) -> None:
        for first, last in zip(np.rint(first_s * rate_hz), np.rint(last_s * rate_hz), strict=True):
            phases[max(0, int(first)) : max(0, int(last))] = code

    end = np.minimum(times.t_end_s + T_MARGIN_S, after + times.qrs_on_s - QRS_MARGIN_S[0])
    mark(T, r_s + times.t_on_s, r_s + end)
    mark(P, r_s - np.minimum(-times.p_on_s + P_MARGIN_S, MOST_P_RR * before), r_s + times.qrs_on_s)
    mark(ST, r_s + times.qrs_end_s, r_s + np.minimum(times.t_on_s, end))
    mark(QRS, r_s + times.qrs_on_s - QRS_MARGIN_S[0], r_s + times.qrs_end_s + QRS_MARGIN_S[1])
    return phases


def beat_times(found: Examination) -> BeatTimes:
    """The boundaries of a stretch's beats, usual ones where they could not be measured."""
    bounds = found.bounds or WaveBounds()
    on = USUAL_QRS_S[0] if bounds.qrs_on is None else bounds.qrs_on
    end = USUAL_QRS_S[1] if bounds.qrs_end is None else bounds.qrs_end
    root = float(np.sqrt(_rr_s(found)))
    t_on = end + USUAL_ST_S * root
    t_end = max(on + USUAL_QT_S * root if bounds.t_end is None else bounds.t_end, t_on + SHORTEST_T_S)
    p_on = on - USUAL_P_S if bounds.p_on is None else min(bounds.p_on, on - SHORTEST_P_S)
    return BeatTimes(p_on, on, end, t_on, t_end)


def _rr_s(found: Examination) -> float:
    """The median R-R interval in seconds, limited to what is physiologically possible."""
    average: AverageBeat | None = found.average
    rr = found.measurements.rr_s if average is None else average.rr_s
    return float(np.clip(rr or 1.0, 0.3, 2.0))


def _interval(found: Examination, r_s: NDArray[np.float64]) -> float:
    return float(np.median(np.diff(r_s))) if len(r_s) > 1 else _rr_s(found)
