"""What a filter does to a signal: where its pass band ends, whether it shifts waves, what a slow impulse leaves behind.

The impulse is that of the standards (3 mV for 100 ms, 300 uV s; IEC 60601-2-25, AHA 1990 and AHA/ACC/HRS 2007): after
it the trace lies at most 0.1 mV beside its level and slopes by at most 0.3 mV/s, so that a QRS does not move the ST
segment that follows. These filters run both ways, so what comes before the impulse counts as well.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.filters import Filter, sections_of
from mmae_core.record import FloatArray

Apply = Callable[[FloatArray, float], FloatArray]
"""Filters samples (leads, n) at a rate in Hz."""

HALF_POWER = math.sqrt(0.5)
IMPULSE_MV, IMPULSE_S = 3.0, 0.1
MOST_OFFSET_MV, MOST_SLOPE_MV_PER_S = 0.1, 0.3
EDGE_S = 0.05
"""Left out at both ends of the impulse: there a low-pass rounds its corners, which is not what the test is about."""
SLOPE_OVER_S = 0.2
"""The slope is that of a straight line through so much of the trace: an ST segment with its T wave's beginning."""
AROUND_S = 40.0
"""Samples before and after the impulse, for filters down to 0.05 Hz."""


@dataclass(frozen=True)
class ImpulseTest:
    """What is left beside the impulse."""

    offset_mv: float
    """Largest distance from the level."""
    slope_mv_per_s: float
    """Steepest slope."""

    @property
    def passes(self) -> bool:
        return self.offset_mv <= MOST_OFFSET_MV and self.slope_mv_per_s <= MOST_SLOPE_MV_PER_S


def gain_at(chosen: Filter, sampling_rate_hz: float, frequencies_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of a sine's amplitude that is left, after both runs: 1 in the pass band, 0.71 where it ends."""
    if chosen.is_as_recorded:
        return np.ones_like(frequencies_hz)
    z = np.exp(-2j * np.pi * frequencies_hz / sampling_rate_hz)
    gain = np.ones_like(z)
    for section in sections_of(chosen, sampling_rate_hz):
        gain *= np.polyval(section[2::-1], z) / np.polyval(section[:2:-1], z)
    power: NDArray[np.float64] = np.abs(gain) ** 2
    return power


def half_power_points_hz(chosen: Filter, sampling_rate_hz: float) -> tuple[float, ...]:
    """Frequencies at which the amplitude is 3 dB down, ascending: of a notch the two beside its centre."""
    if chosen.is_as_recorded:
        return ()
    grid = np.geomspace(0.005, 0.4995 * sampling_rate_hz, 40_000)
    if chosen.notch_hz is not None:
        grid = np.linspace(0.8 * chosen.notch_hz, min(1.2 * chosen.notch_hz, 0.4995 * sampling_rate_hz), 40_000)
    beyond = gain_at(chosen, sampling_rate_hz, grid) - HALF_POWER
    crossings = np.flatnonzero(np.diff(np.sign(beyond)) != 0)
    share = beyond[crossings] / (beyond[crossings] - beyond[crossings + 1])
    return tuple(float(item) for item in grid[crossings] + share * (grid[crossings + 1] - grid[crossings]))


def unit_response(apply: Apply, sampling_rate_hz: float) -> NDArray[np.float64]:
    """What one sample of 1 mV becomes, with 10 s on both sides: the same forwards and backwards without phase shift."""
    n = round(10 * sampling_rate_hz)
    signal = np.zeros((1, 2 * n + 1), np.float32)
    signal[0, n] = 1.0
    return np.asarray(apply(signal, sampling_rate_hz)[0], np.float64)


def impulse_test(apply: Apply, sampling_rate_hz: float) -> ImpulseTest:
    """The slow impulse through a filter."""
    times, left = impulse_response(apply, sampling_rate_hz)
    width = round(SLOPE_OVER_S * sampling_rate_hz)
    around = np.arange(width) - (width - 1) / 2
    slopes = np.correlate(left, around, "valid") / np.sum(around**2) * sampling_rate_hz
    starts = times[: slopes.size]
    is_beside = (starts >= IMPULSE_S + EDGE_S) | (starts + SLOPE_OVER_S <= -EDGE_S)
    outside = (times >= IMPULSE_S + EDGE_S) | (times <= -EDGE_S)
    return ImpulseTest(float(np.abs(left[outside]).max()), float(np.abs(slopes[is_beside]).max()))


def impulse_response(apply: Apply, sampling_rate_hz: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times in s from the impulse's beginning, and the filtered impulse in mV."""
    before = round(AROUND_S * sampling_rate_hz)
    wide = round(IMPULSE_S * sampling_rate_hz)
    signal = np.zeros((1, 2 * before + wide), np.float32)
    signal[0, before : before + wide] = IMPULSE_MV
    times = (np.arange(signal.shape[1]) - before) / sampling_rate_hz
    return times, np.asarray(apply(signal, sampling_rate_hz)[0], np.float64)
