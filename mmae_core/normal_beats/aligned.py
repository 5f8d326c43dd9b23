"""An average beat on the time axis that all beats are compared on: seconds from the middle of the QRS.

Of the three instants tried (R-peak, onset of the QRS, its middle) the middle makes the narrowest band that still holds
nine in ten normals: which sample is called the R-peak depends on the axis of the heart, and the middle moves half as
much as the onset if a boundary is measured wrongly. Everything is compared below `BAND_HZ`, which recordings at 100 Hz
contain too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.beat_values import SMOOTH_S, BeatBounds
from mmae_core.departures.measurements import Measured, measure
from mmae_core.intervals.results import Examination
from mmae_core.record import STANDARD_LEADS
from mmae_core.scipy_parts import gaussian_filter1d

Array = NDArray[np.float64]

STORED_HZ, RATE_HZ = 100, 200
"""Rates of the beats that are kept, and of those that are compared and drawn."""
FIRST_S, LAST_S = -0.32, 0.58
"""From before P to behind T, from the middle of the QRS."""
TIMES_S = FIRST_S + np.arange(round((LAST_S - FIRST_S) * RATE_HZ) + 1) / RATE_HZ
"""(times,) at `RATE_HZ`; every second one is kept."""
VALUES = ("p_mv", "q_mv", "r_mv", "s_mv", "st_j60_mv", "t_mv")
"""What is compared as a number (see `mmae_core.departures.quantities`)."""


@dataclass(frozen=True)
class AlignedBeat:
    """One recording's average beat on `TIMES_S`."""

    mv: Array
    """(12, times) below 40 Hz, above the PQ segment; NaN for leads without a usable signal and beyond its ends."""
    values_mv: Array
    """(values, 12) of `VALUES`; NaN where not measured."""
    bounds: BeatBounds
    """In seconds from the R-peak."""
    rate_bpm: float

    @property
    def middle_s(self) -> float:
        """The middle of the QRS, in seconds from the R-peak."""
        return (self.bounds.qrs_on_s + self.bounds.qrs_end_s) / 2


def aligned_beat(examination: Examination, measured: Measured | None = None) -> AlignedBeat | None:
    """The average beat of an examined stretch; None without an average beat, its QRS or a rate.

    `measured` are its values, if they are known already.
    """
    measured = measure(examination) if measured is None else measured
    average, rate = examination.average, examination.measurements.rate_bpm.value
    if average is None or measured.bounds is None or rate is None:
        return None
    bounds = measured.bounds
    smooth = gaussian_filter1d(average.mv, SMOOTH_S * average.rate_hz, axis=1, mode="nearest")
    at_s = TIMES_S + (bounds.qrs_on_s + bounds.qrs_end_s) / 2
    mv = np.full((len(STANDARD_LEADS), len(TIMES_S)), np.nan)
    for lead, row in zip(examination.measurements.leads, smooth, strict=True):
        mv[STANDARD_LEADS.index(lead)] = np.interp(at_s, average.times_s, row, left=np.nan, right=np.nan)
    return AlignedBeat(mv, np.stack([measured.leads[name] for name in VALUES]), bounds, rate)
