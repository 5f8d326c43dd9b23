"""The parts of a score besides masked segments: hidden leads and amplitude."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.amplitude import amplitude_departures, amplitude_profiles
from mmae_core.cross_lead import CrossLeadErrors
from mmae_core.fusion import PartScores
from mmae_core.preprocess import ModelInput
from mmae_core.record import FloatArray


def cross_lead_part(errors: CrossLeadErrors) -> PartScores:
    """Mean logarithm of the error ratio over leads and segments, and over each lead's segments."""
    ratios = errors.log_ratio.astype(np.float64)
    return PartScores(_known_mean(ratios, (1, 2)), _known_mean(ratios, (2,)))


def amplitude_part(inputs: Sequence[ModelInput], amplitude: FloatArray) -> PartScores:
    """Logarithm of the mean squared departure over leads and levels; `amplitude` is (2, 12, 6): mean and spread."""
    return departures_part(amplitude_departures(amplitude_profiles(inputs), amplitude[0], amplitude[1]))


def departures_part(departures: NDArray[np.float64]) -> PartScores:
    """The same of squared departures (N, 12, 6)."""
    return PartScores(np.log(_known_mean(departures, (1, 2))), np.log(_known_mean(departures, (2,))))


def _known_mean(values: NDArray[np.float64], axes: tuple[int, ...]) -> NDArray[np.float64]:
    """Mean of what is not NaN; NaN where nothing is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of slices that are NaN throughout, which stay NaN
        mean: NDArray[np.float64] = np.nanmean(values, axis=axes)
    return mean
