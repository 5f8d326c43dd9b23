"""Measures P, Q, R, S, J, ST and T on the average beat of each lead, in mV and ms.

Zero is the level of the PR segment just before the QRS (AHA/ACCF/HRS 2009, part VI). The QRS is global: it begins and
ends at the same instant in all leads. Everything is measured below `BAND_HZ`, which recordings at 100 Hz contain too,
so that the normals' limits hold at every rate: narrow notches and Q waves of less than 20 ms are not measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.results import Wave

Array = NDArray[np.float64]

BAND_HZ = 40.0
"""Half-power frequency of the low-pass; a recording at 100 Hz contains at most 50 Hz."""
SMOOTH_S = 0.1325 / BAND_HZ
"""Standard deviation of the Gaussian that halves the power at `BAND_HZ` (no phase shift): sqrt(ln 2) / (2 pi)."""
LEVEL_S = 0.02
"""The zero level is the mean over this stretch before the QRS."""
DEFLECTION_MV = 0.05
"""Smaller deflections do not count as waves (half a small square)."""
ST_AFTER_J_S = {"st_j40_mv": 0.04, "st_j60_mv": 0.06, "st_j80_mv": 0.08}
MEAN_S = 0.008
"""A value at an instant is the mean over a stretch of this width around it."""
U_WITHIN_S = 0.16
"""U peaks within this time after the end of T."""
T_AFTER_J_S = 0.09
"""T is searched from here on, unless the measured T begins later."""


@dataclass(frozen=True)
class BeatBounds:
    """Where the waves of the average beat lie in all leads together, in seconds from its R-peak."""

    qrs_on_s: float
    qrs_end_s: float
    t_end_s: float
    p_on_s: float | None = None
    """None where no P wave keeps a steady place."""
    p_end_s: float | None = None
    has_t: bool = True
    """Whether the end of T was found; if not, `t_end_s` is where it would be expected at this rate."""

    def place(self, wave: Wave) -> tuple[float, float]:
        """Beginning and end of a wave in seconds from the R-peak; the whole beat for rhythm."""
        if wave == "P":
            end_s = self.qrs_on_s if self.p_end_s is None else self.p_end_s
            return (self.qrs_on_s - 0.15 if self.p_on_s is None else self.p_on_s), end_s
        if wave == "QRS":
            return self.qrs_on_s, self.qrs_end_s
        if wave == "ST":
            return self.qrs_end_s, self.qrs_end_s + T_AFTER_J_S
        if wave == "T":
            return min(self.qrs_end_s + T_AFTER_J_S, self.t_end_s), self.t_end_s
        if wave == "U":
            return self.t_end_s, self.t_end_s + U_WITHIN_S
        return self.qrs_on_s, self.t_end_s


def expected_t_end_s(rr_s: float, qrs_on_s: float, qrs_end_s: float) -> float:
    """The time by which T has ended in nearly all normal beats: a QT of 420 ms at 60/min (Fridericia), more if QRS is
    wide."""
    wide = max(0.0, qrs_end_s - qrs_on_s - 0.1)
    return float(qrs_on_s + 0.42 * np.cbrt(rr_s) + wide)


def lead_values(mv: Array, rate_hz: float, r_index: int, bounds: BeatBounds) -> dict[str, Array]:
    """Values by quantity, (leads,) each, of the average beats (leads, samples) in mV; NaN where one cannot be read."""
    from mmae_core.scipy_parts import gaussian_filter1d  # the window is made before SciPy is loaded

    smooth = gaussian_filter1d(mv, SMOOTH_S * rate_hz, axis=1, mode="nearest")
    cut = _Cut(smooth, rate_hz, r_index)
    level = cut.mean(bounds.qrs_on_s - LEVEL_S, bounds.qrs_on_s)
    cut = _Cut(smooth - level[:, None], rate_hz, r_index)
    values = _qrs(cut, bounds)
    values |= _st(cut, bounds)
    values |= _t(cut, bounds, values)
    return values | _p(cut, bounds) | _u(cut, bounds)


class _Cut:
    """Cuts stretches out of the beat by seconds from the R-peak."""

    def __init__(self, mv: Array, rate_hz: float, r_index: int) -> None:
        self.mv, self.rate_hz, self.r_index = mv, rate_hz, r_index

    def index(self, at_s: float) -> int:
        return int(np.clip(self.r_index + round(at_s * self.rate_hz), 0, self.mv.shape[1] - 1))

    def between(self, start_s: float, end_s: float) -> Array:
        first = self.index(start_s)
        return self.mv[:, first : max(self.index(end_s), first) + 1]

    def mean(self, start_s: float, end_s: float) -> Array:
        return np.asarray(self.between(start_s, end_s).mean(axis=1))

    def at(self, at_s: float) -> Array:
        if self.r_index + at_s * self.rate_hz > self.mv.shape[1] - 1:
            return np.full(len(self.mv), np.nan)
        return self.mean(at_s - MEAN_S / 2, at_s + MEAN_S / 2)


def _qrs(cut: _Cut, bounds: BeatBounds) -> dict[str, Array]:
    """Q, R, S, R' and the net deflection; Q is a negative wave before the first positive one."""
    wave = cut.between(bounds.qrs_on_s, bounds.qrs_end_s)
    count = wave.shape[1]
    ms = 1000.0 / cut.rate_hz
    at = np.arange(count)[None, :]
    nadir = np.argmin(wave, axis=1)
    peak = np.argmax(wave, axis=1)
    r = np.maximum(wave.max(axis=1), 0.0)
    down = np.maximum(-wave.min(axis=1), 0.0)
    is_late_rise = (at > nadir[:, None]) & (wave <= wave[:, -1:] + DEFLECTION_MV)  # an ST that rises is no R
    is_up = (wave > DEFLECTION_MV) & ~is_late_rise
    first_up = np.where(is_up.any(axis=1), is_up.argmax(axis=1), count)
    before_up = at < first_up[:, None]
    q = np.maximum(-np.where(before_up, wave, 0.0).min(axis=1), 0.0)
    below = before_up & (wave < -DEFLECTION_MV / 2)
    q_ms = np.where(q >= DEFLECTION_MV, below.sum(axis=1) * ms, 0.0)
    r_first = np.maximum(np.where(at <= nadir[:, None], wave, 0.0).max(axis=1), 0.0)
    s = np.maximum(-np.where(at >= peak[:, None], wave, 0.0).min(axis=1), 0.0)
    r_second = np.maximum(np.where(at >= nadir[:, None], wave, 0.0).max(axis=1), 0.0)
    is_qs = first_up == count
    path = np.abs(np.diff(wave, axis=1)).sum(axis=1)
    return {
        "q_mv": q, "q_ms": q_ms, "r_mv": r, "r_first_mv": r_first, "s_mv": np.where(is_qs, down, s), "down_mv": down,
        "qs_mv": np.where(is_qs, down, 0.0), "r_second_mv": np.where(r_second < r, r_second, np.minimum(r_first, r)),
        "swing_mv": r + down, "net_mv": r - down, "r_share": r / np.maximum(r + down, DEFLECTION_MV),
        "q_share": q / np.maximum(r, DEFLECTION_MV),
        "r_time_ms": peak * ms,
        "area_mv_ms": wave.sum(axis=1) * ms,
        "path_mv": path, "notching": path / np.maximum(r + down, 2 * DEFLECTION_MV),
    }


def _st(cut: _Cut, bounds: BeatBounds) -> dict[str, Array]:
    values = {"j_mv": cut.at(bounds.qrs_end_s)}
    values |= {name: cut.at(bounds.qrs_end_s + after) for name, after in ST_AFTER_J_S.items()}
    values["st_slope_mv_s"] = (values["st_j80_mv"] - values["j_mv"]) / ST_AFTER_J_S["st_j80_mv"]
    return values


def _t(cut: _Cut, bounds: BeatBounds, qrs: dict[str, Array]) -> dict[str, Array]:
    """T: its height (negative if inverted; the larger phase of a biphasic T) and the height of both phases."""
    nothing = np.full(len(cut.mv), np.nan)
    start_s = bounds.qrs_end_s + T_AFTER_J_S
    if bounds.t_end_s - start_s < 0.08 or cut.index(bounds.t_end_s) - cut.index(start_s) < 0.08 * cut.rate_hz:
        return dict.fromkeys(("t_mv", "t_up_mv", "t_down_mv", "t_share", "t_mean_mv"), nothing)
    wave = cut.between(start_s, bounds.t_end_s)
    up, down = wave.max(axis=1), wave.min(axis=1)
    main = np.where(np.abs(up) >= np.abs(down), up, down)
    return {"t_mv": main, "t_up_mv": up, "t_down_mv": down, "t_mean_mv": wave.mean(axis=1),
            "t_share": main / np.maximum(qrs["r_mv"], 4 * DEFLECTION_MV)}


def _p(cut: _Cut, bounds: BeatBounds) -> dict[str, Array]:
    if bounds.p_on_s is None or bounds.p_end_s is None or bounds.p_end_s <= bounds.p_on_s:
        return {"p_mv": np.full(len(cut.mv), np.nan)}
    wave = cut.between(bounds.p_on_s, bounds.p_end_s)
    ahead = cut.mean(bounds.p_on_s - LEVEL_S, bounds.p_on_s)
    wave = wave - ahead[:, None]
    return {"p_mv": np.where(wave.max(axis=1) >= -wave.min(axis=1), wave.max(axis=1), wave.min(axis=1))}


def _u(cut: _Cut, bounds: BeatBounds) -> dict[str, Array]:
    """U: the highest point after T above the lower of the levels on both sides; only where the end of T was found."""
    nothing = {"u_mv": np.full(len(cut.mv), np.nan)}
    first, last = cut.index(bounds.t_end_s + 0.02), cut.index(bounds.t_end_s + U_WITHIN_S)
    if not bounds.has_t or last - first < 0.08 * cut.rate_hz:
        return nothing
    wave = cut.mv[:, first : last + 1]
    peak = wave[:, 1:-1].max(axis=1)
    return {"u_mv": peak - np.maximum(wave[:, 0], wave[:, -1])}
