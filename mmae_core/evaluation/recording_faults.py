"""Faults of recorders and wiring done to a recording, so that what finds them can be measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from mmae_core.assessment import SuspicionKind
from mmae_core.record import STANDARD_LEADS, FloatArray
from mmae_core.scipy_parts import butter, sosfiltfilt

LATE_S = 0.05
PULSE_S = 0.2
PULSE_MV = 1.0
MONITOR_HZ = 40.0
MIN_LOW_PASS_RATE_HZ = 250.0
"""Below it nothing tells a filter of the recorder from that of the sampling."""


@dataclass(frozen=True)
class RecordingFault:
    """One fault."""

    kind: SuspicionKind
    """The suspicion that it ought to raise."""
    apply: Callable[[FloatArray, float], FloatArray]
    """(signal (12, samples) in mV, sampling rate in Hz) -> the faulty signal; the first is left as it is."""
    min_rate_hz: float = 0.0


def delayed(signal_mv: FloatArray, sampling_rate_hz: float, lead: str = "V6", delay_s: float = LATE_S) -> FloatArray:
    """The signal with one lead that comes late; what was before its beginning is its first value."""
    row, late = STANDARD_LEADS.index(lead), round(delay_s * sampling_rate_hz)
    result = signal_mv.copy()
    result[row, late:] = signal_mv[row, : signal_mv.shape[1] - late]
    result[row, :late] = signal_mv[row, 0]
    return result


def copied(signal_mv: FloatArray, source: str = "V3", target: str = "V4") -> FloatArray:
    """The signal with one lead stored under the name of another, too."""
    result = signal_mv.copy()
    result[STANDARD_LEADS.index(target)] = signal_mv[STANDARD_LEADS.index(source)]
    return result


def scaled(signal_mv: FloatArray, lead: str, factor: float) -> FloatArray:
    """The signal with one lead of another gain."""
    result = signal_mv.copy()
    result[STANDARD_LEADS.index(lead)] *= np.float32(factor)
    return result


def with_calibration_pulse(signal_mv: FloatArray, sampling_rate_hz: float, start_s: float = 4.0) -> FloatArray:
    """The signal with the recorder's pulse in place of the ECG in all leads."""
    first, last = round(start_s * sampling_rate_hz), round((start_s + PULSE_S) * sampling_rate_hz)
    margin = round(0.05 * sampling_rate_hz)
    result = signal_mv.copy()
    result[:, first - margin : last + margin] = np.median(signal_mv, axis=1, keepdims=True)
    result[:, first:last] += np.float32(PULSE_MV)
    return result


def low_passed(signal_mv: FloatArray, sampling_rate_hz: float) -> FloatArray:
    """The signal after a monitor's filter: 40 Hz, fourth order in all, without a phase, in steps of 1 µV."""
    filtered = sosfiltfilt(butter(2, MONITOR_HZ, fs=sampling_rate_hz, output="sos"), signal_mv, axis=1)
    return np.asarray(np.round(filtered, 3), np.float32)


FAULTS: Mapping[str, RecordingFault] = {
    "V6 50 ms late": RecordingFault("late-lead", delayed),
    "V2 50 ms late": RecordingFault("late-lead", lambda signal, rate_hz: delayed(signal, rate_hz, "V2")),
    "V4 80 ms late": RecordingFault("late-lead", lambda signal, rate_hz: delayed(signal, rate_hz, "V4", 0.08)),
    "V3 stored as V4 too": RecordingFault("same-leads", lambda signal, _: copied(signal)),
    "calibration pulse": RecordingFault("calibration-pulse", with_calibration_pulse),
    "aVF upside down": RecordingFault("limb-leads-disagree", lambda signal, _: scaled(signal, "aVF", -1)),
    "II 1.5 times as high": RecordingFault("limb-leads-disagree", lambda signal, _: scaled(signal, "II", 1.5)),
    "40-Hz low-pass": RecordingFault("low-pass", low_passed, MIN_LOW_PASS_RATE_HZ),
}
"""What was done -> the fault."""
