"""Suspicions about what the recorder did: a calibration pulse within the trace, a low-pass that took narrow parts away.

- Calibration pulse: a step of 1 mV up and down again after 200 ms in all leads at once. No heart does that: aVR, aVL
  and aVF add up to zero.
- Low-pass: an ECG recorded up to 150 Hz, as is recommended (Kligfield et al. 2007, Circulation 115:1306), has some
  power between 52 and 95 Hz beside that between 10 and 30 Hz: -32.3 dB at least in 344 records of PTB-XL's folds 1 to
  8 at 500 Hz. After a monitor's filter of 40 Hz of the fourth order 99 % of them have less than -34 dB (median -42), of
  the second order 76 % (median -36).
- A high-pass is not looked for: a patient who lies still has no slow parts either. What a device states is in
  `mmae_core.readers.device_filters`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.assessment import Suspicion
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

STEP_S = 0.02
"""A step is the difference over twice this time."""
STEP_MV = (0.75, 1.25)
PULSE_S = (0.12, 0.32)
STEP_SHARE = 0.8
"""Of the leads, that must step at once."""
MIN_LEADS = 4
LEVEL_MV = 0.25
"""A pulse keeps its level within this range in the median lead."""
MIN_BAND_RATE_HZ = 250.0
PASSED_HZ = (10.0, 30.0)
HIGH_HZ = ((52.0, 58.0), (62.0, 95.0))
"""Above a monitor's filter, between the mains."""
BAND_LEADS = tuple(STANDARD_LEADS.index(lead) for lead in ("II", "V1", "V3", "V5"))
MIN_HIGH_DB = -34.0
MIN_QRS_MV = 0.2


def calibration_pulse(
    signal_mv: Array, sampling_rate_hz: float, usable: NDArray[np.bool_], start_s: float = 0.0
) -> Suspicion | None:
    """Whether (12, samples) in mV, which begin at `start_s`, hold a rectangular pulse of 1 mV."""
    reach = max(1, round(STEP_S * sampling_rate_hz))
    leads = signal_mv[usable]
    if len(leads) < MIN_LEADS or leads.shape[1] < 4 * reach:
        return None
    steps = leads[:, 2 * reach :] - leads[:, : -2 * reach]
    low, high = STEP_MV
    needed = STEP_SHARE * len(leads)
    ups = _middles(((steps > low) & (steps < high)).sum(axis=0) >= needed) + reach
    downs = _middles(((steps < -low) & (steps > -high)).sum(axis=0) >= needed) + reach
    for up in ups:
        for down in downs:
            level = leads[:, up + reach : down - reach]
            if (PULSE_S[0] <= (down - up) / sampling_rate_hz <= PULSE_S[1] and level.shape[1]
                    and np.median(np.ptp(level, axis=1)) < LEVEL_MV):
                text = Message("There is a calibration pulse in the trace, 1 mV high in all leads, at {start_s:.2f} s: "
                               "it is no beat.", start_s=start_s + float(up) / sampling_rate_hz)
                return Suspicion("calibration-pulse", text)
    return None


def _middles(found: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The middle of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], found, [False]))))
    return np.asarray((edges[::2] + edges[1::2] - 1) // 2, np.int64)


def low_pass(signal_mv: Array, sampling_rate_hz: float, usable: NDArray[np.bool_]) -> Suspicion | None:
    """Whether the leads of (12, samples) in mV together have next to nothing above 50 Hz."""
    rows = [row for row in BAND_LEADS if usable[row]]
    leads = signal_mv[rows]
    if sampling_rate_hz < MIN_BAND_RATE_HZ or len(rows) < 2 or np.median(np.ptp(leads, axis=1)) < MIN_QRS_MV:
        return None
    spectra = np.fft.rfft((leads - leads.mean(axis=1, keepdims=True)) * np.hanning(leads.shape[1]), axis=1)
    bins_per_hz = leads.shape[1] / sampling_rate_hz
    passed, *high = (_power(spectra, bins_per_hz, low, up) for low, up in (PASSED_HZ, *HIGH_HZ))
    ratio_db = 10 * np.log10(np.concatenate(high).mean() / passed.mean() + 1e-12)
    if ratio_db >= MIN_HIGH_DB:
        return None
    text = Message("The recording seems to be filtered: next to nothing is left above about 40 Hz. Notches and narrow "
                   "waves may be missing and QRS be lower than it was.")
    return Suspicion("low-pass", text)


def _power(spectra: NDArray[np.complex128], bins_per_hz: float, low_hz: float, high_hz: float) -> Array:
    """Power of the bins between two frequencies, summed over the leads."""
    part = spectra[:, int(low_hz * bins_per_hz) + 1 : int(high_hz * bins_per_hz) + 1]
    return np.asarray((np.square(part.real) + np.square(part.imag)).sum(axis=0))
