"""The parts of SciPy that this project uses.

Import them only from here: SciPy's modules import each other, and two threads that import different ones at once may
each find the other half-loaded and fail. Importing this one module loads all of them under one lock.
"""

from __future__ import annotations

from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.io import loadmat
from scipy.io.matlab import MatReadError
from scipy.ndimage import gaussian_filter1d, maximum_filter1d, median_filter, percentile_filter, uniform_filter1d
from scipy.signal import (
    butter,
    find_peaks,
    firwin,
    iirnotch,
    oaconvolve,
    resample_poly,
    sosfilt,
    sosfilt_zi,
    sosfiltfilt,
    tf2sos,
)
from scipy.special import ndtri
from scipy.stats import beta, betabinom, ks_2samp, rankdata

__all__ = [
    "CubicSpline", "MatReadError", "PchipInterpolator", "beta", "betabinom", "butter", "find_peaks", "firwin",
    "gaussian_filter1d",
    "iirnotch", "ks_2samp", "loadmat", "maximum_filter1d", "median_filter", "ndtri", "oaconvolve", "percentile_filter",
    "rankdata", "resample_poly", "sosfilt", "sosfilt_zi", "sosfiltfilt", "tf2sos", "uniform_filter1d",
]
