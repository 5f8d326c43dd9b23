"""What this project uses of SciPy. Import it from here only.

Parts of SciPy import each other. Two threads that import different parts at once may each find the other's
unfinished, and fail. A thread that waits for this module gets all of them complete.
"""

from __future__ import annotations

from scipy.interpolate import CubicSpline, PchipInterpolator
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
    "CubicSpline", "PchipInterpolator", "beta", "betabinom", "butter", "find_peaks", "firwin", "gaussian_filter1d",
    "iirnotch", "ks_2samp", "maximum_filter1d", "median_filter", "ndtri", "oaconvolve", "percentile_filter", "rankdata",
    "resample_poly", "sosfilt", "sosfilt_zi", "sosfiltfilt", "tf2sos", "uniform_filter1d",
]
