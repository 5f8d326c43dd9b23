"""Where P and T of the average beats begin, peak and end: of all leads together, and of each lead.

All leads are combined into one curve: their first principal component over the wave, the direction that shows it best.
A boundary is where the area between the curve and its level at a point beyond is largest (the trapezium of
Vázquez-Seisdedos et al. 2011, doi 10.1186/1475-925X-10-59): no threshold, no tangent that noise can tilt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mmae_core.intervals.beat_results import Array, AverageBeat
from mmae_core.intervals.qrs import QrsBounds
from mmae_core.intervals.results import WaveBounds
from mmae_core.scipy_parts import gaussian_filter1d

SMOOTH_S = 0.008
"""Standard deviation of the smoothing of P and T: their power lies below 15 Hz."""
AFTER_J_S = 0.04
"""T is searched from here on."""
LATEST_PEAK_BAZETT = 0.65
"""T peaks within this time in s times the root of R-R in s behind the QRS onset, and"""
NEXT_QRS_S = 0.17
"""at least this long before the next QRS."""
BEYOND_PEAK_S = 0.22
"""T ends within this time after its peak."""
USUAL_PEAK_BAZETT = 0.45
"""T usually peaks within this time times the root of R-R."""
LATE_WEIGHT = 0.6
"""Of an extremum at the latest time, beside 1 at the usual ones."""
LAST_SHARE = 0.5
"""Of two extrema the later one is the peak of T if it is at least this share of the larger."""
EDGE_SHARE = 0.4
"""If the curve is this much higher at the limit of the search than at any extremum, no T wave was complete."""
T_HALF_S = 0.1
USUAL_PR_S, MOST_PR_S = 0.3, 0.42
P_HALF_S = 0.08
LEAD_REACH_S = 0.03
"""A lead's own boundary lies at most this far outside of those of all leads."""
LEAD_REST_SHARE = 0.06
"""A lead is in its QRS where its speed exceeds this share of its maximum."""
MIN_LEADS = 4
"""Least number of leads showing a wave for a median."""
MIN_P_MV, MIN_T_MV = 0.015, 0.03
"""A lower wave has no boundaries in its lead."""
STEADY = 6.0
"""Energy of the average P wave, in multiples of what beats without one would leave by chance."""


@dataclass(frozen=True)
class Wave:
    """Samples of the average beat; None for what lies on the limit of its search."""

    on: int | None
    peak: int
    end: int | None


def find_waves(average: AverageBeat, qrs: QrsBounds) -> tuple[WaveBounds, tuple[WaveBounds, ...]]:
    """Boundaries of all leads together, and of each lead."""
    smooth = _smooth(average)
    t_wave, _ = _t_wave(smooth, average, qrs)
    p_wave = _p_wave(smooth, average, qrs, t_wave)
    both = _bounds(average, qrs, p_wave, t_wave)
    speeds = np.abs(np.gradient(smooth, axis=1))
    alone = tuple(_bounds_of_lead(lead, speed, average, qrs, p_wave, t_wave)
                  for lead, speed in zip(smooth, speeds, strict=True))
    return replace(both, **_medians(alone, both)), alone


def t_end_s(average: AverageBeat, qrs: QrsBounds) -> float | None:
    """The end of T of all leads together, in seconds from the R-peak; None if there is none or it lies on a limit."""
    wave, _ = _t_wave(_smooth(average), average, qrs)
    return None if wave is None or wave.end is None else (wave.end - average.r_index) / average.rate_hz


def _smooth(average: AverageBeat) -> Array:
    return np.asarray(gaussian_filter1d(average.mv, SMOOTH_S * average.rate_hz, axis=1))


def _medians(alone: tuple[WaveBounds, ...], both: WaveBounds) -> dict[str, float]:
    """Boundaries of P and T that enough leads show: the median of theirs, which one odd lead cannot move."""
    found = {}
    for name in ("p_on", "p_end", "t_end"):
        times = [at for bounds in alone if (at := getattr(bounds, name)) is not None]
        if getattr(both, name) is not None and len(times) >= MIN_LEADS:
            found[name] = float(np.median(times))
    return found


def _bounds_of_lead(
    lead: Array, speed: Array, average: AverageBeat, qrs: QrsBounds, p_wave: Wave | None, t_wave: Wave | None
) -> WaveBounds:
    """Of one smoothed lead (length,) and its speed, near those of all leads; None for a wave the lead does not show."""
    rate = average.rate_hz
    reach = round(LEAD_REACH_S * rate)
    first, last = max(0, qrs.onset - reach), min(len(lead), qrs.end + reach)
    moving = np.flatnonzero(speed[first:last] >= LEAD_REST_SHARE * speed[qrs.onset : qrs.end + 1].max())
    onset, end = first + int(moving[0]), first + int(moving[-1])
    own = QrsBounds(onset, end, (onset - average.r_index) / rate, (end - average.r_index) / rate)
    return _bounds(
        average, own, _wave_of_lead(lead, p_wave, own.onset, average, MIN_P_MV),
        _wave_of_lead(lead, t_wave, len(lead), average, MIN_T_MV),
    )


def _wave_of_lead(lead: Array, together: Wave | None, limit: int, average: AverageBeat, least_mv: float) -> Wave | None:
    """The wave of all leads `together` in one lead; None where it is lower than `least_mv`."""
    if together is None or together.end is None:
        return None
    begin = together.on if together.on is not None else 2 * together.peak - together.end
    first, last = max(0, begin), min(together.end + 1, len(lead))
    if last - first < 5:
        return None
    rise = (lead[last - 1] - lead[first]) / (last - 1 - first)
    size = lead[first:last] - lead[first] - rise * np.arange(last - first)
    peak = first + int(np.argmax(np.abs(size)))
    if abs(size[peak - first]) < least_mv or peak in (first, last - 1):
        return None
    curve = lead * np.sign(size[peak - first])
    reach = round(LEAD_REACH_S * average.rate_hz)
    end = _end(curve, peak, min(limit, last + reach))
    n = len(curve) - 1
    on = _end(curve[::-1], n - peak, n - max(0, first - reach))
    return Wave(None if on is None else n - on, peak, end)


def _bounds(average: AverageBeat, qrs: QrsBounds, p_wave: Wave | None, t_wave: Wave | None) -> WaveBounds:
    def at(sample: int | None) -> float | None:
        return None if sample is None else (sample - average.r_index) / average.rate_hz

    return WaveBounds(
        *((at(p_wave.on), at(p_wave.peak), at(p_wave.end)) if p_wave else (None, None, None)),
        qrs.onset_s, qrs.end_s,
        *((at(t_wave.on), at(t_wave.peak), at(t_wave.end)) if t_wave else (None, None, None)),
    )


def _t_wave(smooth: Array, average: AverageBeat, qrs: QrsBounds) -> tuple[Wave | None, Array]:
    rate, rr = average.rate_hz, average.rr_s
    first = qrs.end + round(AFTER_J_S * rate)
    latest = qrs.onset + round(min(LATEST_PEAK_BAZETT * np.sqrt(rr), rr - NEXT_QRS_S) * rate)
    limit = min(smooth.shape[1], qrs.onset + round((rr - 0.02) * rate))
    latest = min(latest, limit)
    if latest - first < 0.05 * rate:
        return None, np.zeros(len(smooth))
    curve, axis = _principal(smooth, first, latest, limit)
    peak = _last_peak(curve, first, latest, usual=qrs.onset + round(USUAL_PEAK_BAZETT * np.sqrt(rr) * rate))
    if peak is None:
        return None, axis
    curve = curve * np.sign(curve[peak])
    half = round(T_HALF_S * rate)
    around = slice(max(first, peak - half), min(latest, peak + half))
    if _steadiness(np.einsum("l,bls->bs", axis, average.beats_mv[:, :, around])) < STEADY:
        return None, axis
    end = _end(curve, peak, min(limit, peak + round(BEYOND_PEAK_S * rate)))
    on = _end(curve[::-1], len(curve) - 1 - peak, len(curve) - 1 - qrs.end)
    return Wave(None if on is None else len(curve) - 1 - on, peak, end), axis


def _last_peak(curve: Array, first: int, latest: int, usual: int) -> int | None:
    """The last of the large extrema between two samples; None where the largest lies on a limit.

    A T wave of two phases ends with its second one, and a displaced ST segment is not the peak of T. What comes later
    than usual must be larger: up to half as much again.
    """
    level = float(np.median(curve[latest:])) if len(curve) - latest >= 10 else 0.0
    size = np.abs(curve[first:latest] - level)
    at = np.arange(first, latest)
    size = size * np.interp(at, [usual, max(latest, usual + 1)], [1.0, LATE_WEIGHT])
    inner = np.flatnonzero((size[1:-1] >= size[:-2]) & (size[1:-1] > size[2:])) + 1
    if not len(inner) or size[inner].max() < EDGE_SHARE * size.max():
        return None
    large = inner[size[inner] >= LAST_SHARE * size[inner].max()]
    return first + int(large[-1])


def _p_wave(smooth: Array, average: AverageBeat, qrs: QrsBounds, t_wave: Wave | None) -> Wave | None:
    """Looked for near the QRS first, and farther ahead only if what is there begins before the stretch searched."""
    near, is_cut = _p_wave_within(USUAL_PR_S, smooth, average, qrs, t_wave)
    return _p_wave_within(MOST_PR_S, smooth, average, qrs, t_wave)[0] if is_cut else near


def _p_wave_within(
    most_pr_s: float, smooth: Array, average: AverageBeat, qrs: QrsBounds, t_wave: Wave | None
) -> tuple[Wave | None, bool]:
    """The wave, and whether it may be the end of one that begins earlier."""
    rate = average.rate_hz
    first = max(0, qrs.onset - round(most_pr_s * rate))
    if t_wave is not None and t_wave.end is not None:
        first = max(first, t_wave.end - round(average.rr_s * rate))
    last = qrs.onset - round(0.01 * rate)
    if last - first < 0.06 * rate:
        return None, False
    curve, axis = _principal(smooth, first, last, last)
    peak = first + int(np.argmax(np.abs(curve[first:last])))
    curve = curve * np.sign(curve[peak])
    if peak - first < 0.02 * rate:
        return None, True
    if last - peak < 0.01 * rate:
        return None, False
    half = round(P_HALF_S * 1.5 * rate)
    end = _end(curve, peak, min(qrs.onset, peak + half))
    n = len(curve) - 1
    on = _end(curve[::-1], n - peak, n - max(first, peak - half))
    around = slice(max(first, peak - half), min(last, peak + half))
    if _steadiness(np.einsum("l,bls->bs", axis, average.beats_mv[:, :, around])) < STEADY:
        return None, False
    return Wave(None if on is None else n - on, peak, end), on is None


def _steadiness(beats: Array) -> float:
    """How much of (beats, samples) comes back with every beat: energy of their mean over that of chance."""
    times = np.linspace(-1, 1, beats.shape[1])
    level = beats - beats.mean(axis=1, keepdims=True) - np.outer(beats @ times / (times @ times), times)
    mean = level.mean(axis=0)
    chance = np.square(level - mean).sum() / (len(beats) - 1)
    return float(len(beats) * np.square(mean).sum() / max(chance, 1e-12))


def _principal(smooth: Array, first: int, last: int, to: int) -> tuple[Array, Array]:
    """(length,) first principal component of the leads over a stretch, and (leads,) its direction."""
    axis = np.linalg.svd(smooth[:, first:last], full_matrices=False)[0][:, 0]
    return np.asarray(axis @ smooth), np.asarray(axis)


def _end(curve: Array, peak: int, beyond: int) -> int | None:
    """Where a wave that is upright at its peak has ended, ahead of `beyond`; None on the limit."""
    if beyond - peak < 6:
        return None
    down = curve[peak:beyond]
    slopes = np.empty(len(down))
    slopes[1:-1] = (down[2:] - down[:-2]) / 2
    slopes[0], slopes[-1] = down[1] - down[0], down[-1] - down[-2]
    steepest = int(slopes.argmin())
    left = len(down) - 1 - steepest
    area = (down[steepest] - down[steepest:]) * np.arange(2 * left, left - 1, -1)
    end = steepest + int(np.argmax(area))
    return None if end >= len(down) - 2 or end == steepest else peak + end
