"""Amplitude of each lead in millivolts, which per-lead scaling hides from the network (low voltage, hypertrophy)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import FloatArray
from mmae_core.scoring.preprocess import ModelInput, filtered_mv

LEVELS = (0.005, 0.02, 0.1, 0.9, 0.98, 0.995)
"""Quantiles of a lead's samples: depth of S and Q waves, of the trough between, height of T and P, of R waves."""
THINNING = 5
"""Every fifth sample is enough for quantiles of a signal that ends at 25 Hz."""


def amplitude_profiles(inputs: Sequence[ModelInput]) -> FloatArray:
    """(N, 12, 6) roots, with their sign, of each lead's quantiles in mV of the pass band; NaN where not assessable.

    The square root makes the spread of large amplitudes similar to that of small ones.
    """
    profiles = np.full((len(inputs), len(inputs[0].signal), len(LEVELS)), np.nan, np.float32)
    for profile, item in zip(profiles, inputs, strict=True):
        quantiles = np.quantile(filtered_mv(item)[:, ::THINNING], LEVELS, axis=1).T
        rooted = np.sign(quantiles) * np.sqrt(np.abs(quantiles))
        profile[item.lead_assessable] = rooted[item.lead_assessable]
    return profiles


def amplitude_departures(profiles: FloatArray, mean: FloatArray, spread: FloatArray) -> NDArray[np.float64]:
    """(N, 12, 6) squared distances from the normals' mean (12, 6) in units of their spread (12, 6)."""
    departures: NDArray[np.float64] = np.square((profiles.astype(np.float64) - mean) / spread)
    return departures
