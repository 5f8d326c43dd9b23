"""Zero-phase filtering and resampling as in SciPy, with the filter's constants computed once."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mmae_core.scipy_parts import butter, firwin, resample_poly, sosfilt, sosfilt_zi

Array = NDArray[np.float64]

KAISER_BETA = 5.0
KERNEL_HALF = 10
"""Half the length of the resampling filter in samples of the slower rate, and its window: `resample_poly`'s own."""


class ZeroPhase:
    """A Butterworth filter of order 2, run forwards and backwards: `scipy.signal.sosfiltfilt`."""

    def __init__(self, band_hz: float | tuple[float, float], kind: str, rate_hz: float) -> None:
        self._sos = butter(2, band_hz, kind, fs=rate_hz, output="sos")
        self._start = sosfilt_zi(self._sos)[:, None, :]

    def __call__(self, signal: Array, padding: int, *, is_held: bool = False) -> Array:
        """Filter (leads, samples), `padding` samples at both ends mirrored about the end points, or held at them."""
        first, last = signal[:, :1], signal[:, -1:]
        begin = np.repeat(first, padding, axis=1) if is_held else 2 * first - signal[:, padding:0:-1]
        end = np.repeat(last, padding, axis=1) if is_held else 2 * last - signal[:, -2 : -2 - padding : -1]
        padded = np.concatenate((begin, signal, end), axis=1)
        forwards, _ = sosfilt(self._sos, padded, axis=1, zi=self._start * padded[None, :, :1])
        backwards, _ = sosfilt(self._sos, forwards[:, ::-1], axis=1, zi=self._start * forwards[None, :, -1:])
        return np.asarray(backwards[:, ::-1][:, padding : padding + signal.shape[1]])


@lru_cache
def zero_phase(band_hz: float | tuple[float, float], kind: str, rate_hz: float) -> ZeroPhase:
    """The filter of a band (`highpass`, `lowpass`, `bandpass`) in Hz at a rate in Hz."""
    return ZeroPhase(band_hz, kind, rate_hz)


def central_differences(signal: Array) -> Array:
    """(leads, samples) change per sample: `numpy.gradient` along the samples, in place."""
    out = np.empty_like(signal)
    np.subtract(signal[:, 2:], signal[:, :-2], out=out[:, 1:-1])
    out[:, 1:-1] *= 0.5
    np.subtract(signal[:, 1], signal[:, 0], out=out[:, 0])
    np.subtract(signal[:, -1], signal[:, -2], out=out[:, -1])
    return out


def resampled(signal: Array, rate_hz: float, to_hz: float) -> Array:
    """(leads, samples) at another rate, straight lines from first to last sample kept as they are."""
    ratio = Fraction(to_hz / rate_hz).limit_denominator(1000)
    if ratio == 1 or not len(signal):
        return signal
    kernel = _kernel(max(ratio.numerator, ratio.denominator))
    return np.asarray(
        resample_poly(signal, ratio.numerator, ratio.denominator, axis=1, window=kernel, padtype="line"))


@lru_cache
def _kernel(factor: int) -> Array:
    return np.asarray(firwin(2 * KERNEL_HALF * factor + 1, 1 / factor, window=("kaiser", KAISER_BETA)))
