"""P and T waves of one lead. The only module that knows NeuroKit2, which is an optional extra (`measure`)."""

from __future__ import annotations

import importlib.util
import warnings
from dataclasses import dataclass

import numpy as np

from mmae_core.intervals.beats import Array, Samples

METHOD = "prominence"
_KEYS = {
    "p_on": "ECG_P_Onsets",
    "p_peak": "ECG_P_Peaks",
    "p_end": "ECG_P_Offsets",
    "t_peak": "ECG_T_Peaks",
    "t_end": "ECG_T_Offsets",
}


@dataclass(frozen=True)
class LeadWaves:
    """Samples of one lead's waves, (beats,) each, NaN where the library found none."""

    p_on: Array
    p_peak: Array
    p_end: Array
    t_peak: Array
    t_end: Array


def is_available() -> bool:
    """Whether the library is installed; asks without importing it, which takes seconds."""
    return importlib.util.find_spec("neurokit2") is not None


def load() -> None:
    """Import the library if it is there, so that the first lead does not wait for it."""
    if is_available():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import neurokit2  # noqa: F401


def delineate(lead_mv: Array, rate_hz: int, r_samples: Samples) -> LeadWaves | None:
    """Waves of one lead (samples,) in mV around R-peaks; None if the library gives up on it.

    It takes some signals for an error of its caller and then raises whatever its arrays ran into.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import neurokit2

        try:
            clean = neurokit2.ecg_clean(lead_mv, sampling_rate=rate_hz, method="neurokit")
            _, found = neurokit2.ecg_delineate(clean, r_samples, sampling_rate=rate_hz, method=METHOD)
        except (IndexError, KeyError, TypeError, ValueError, ZeroDivisionError):
            return None
    waves = {name: _positions(found.get(key), len(r_samples)) for name, key in _KEYS.items()}
    return LeadWaves(**waves)


def _positions(found: object, n_beats: int) -> Array:
    """The library's list as numbers; one of another length cannot be matched to beats and says nothing."""
    positions = np.full(n_beats, np.nan)
    if isinstance(found, list | np.ndarray) and len(found) == n_beats:
        positions[:] = [np.nan if position is None else float(position) for position in found]
    return positions
