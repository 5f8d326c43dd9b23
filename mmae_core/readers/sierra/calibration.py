"""The calibration pulse that Philips devices append: 0, then 1 mV for 200 ms, then 0, alike in all leads."""

from __future__ import annotations

import numpy as np

from mmae_core.record import FloatArray

PULSE_MV = 1.0
PULSE_S = 0.2
LONGEST_S = 3.0
"""The pulse and the rest around it; the longest seen is 0.5 s."""


def calibration_start(signal_mv: FloatArray, rate_hz: float) -> int | None:
    """First sample of the appended pulse, from which on all leads (leads, samples) are alike; None if there is none.

    Leads of a heart cannot be alike: aVR is the negative mean of I and II. So only six leads and more are judged.
    """
    if len(signal_mv) < 6:
        return None
    last = signal_mv.shape[1] - 1
    tail = signal_mv[:, max(0, last + 1 - round(LONGEST_S * rate_hz)) :]
    differ = np.flatnonzero((tail != tail[:1]).any(axis=0))
    start = int(differ[-1]) + 1 if differ.size else 0
    common = tail[0, start:]
    high = np.isclose(common, PULSE_MV, atol=0.02)
    low = np.isclose(common, 0.0, atol=0.02)
    if not (high | low).all() or abs(high.sum() - PULSE_S * rate_hz) > 0.02 * rate_hz:
        return None
    return int(signal_mv.shape[1] - len(common))
