"""P and T of the beats, out of what a library says of each lead."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mmae_core.intervals.beats import Array, Beats
from mmae_core.intervals.delineation import LeadWaves

P_ONSET_QUANTILE = 0.3
"""P begins where three tenths of the leads see it: the earliest lead is often one that took the T wave for it."""
MIN_LEADS = 4
"""Leads that must see a wave."""


@dataclass(frozen=True)
class Waves:
    """Seconds from each beat's R-peak; (beats,) over the leads' medians, NaN where too few leads see the wave."""

    p_on: Array
    p_peak: Array
    p_end: Array
    t_peak: Array
    t_end: Array
    p_beat_spread_s: float
    """Median over the leads of how far P peaks of single beats lie from the lead's own median."""
    p_lead_spread_s: float
    """Distance of the quartiles of the leads' P peaks."""
    t_lead_spread_s: float
    """Distance of the quartiles of the leads' T ends."""
    n_leads: int


def combine(leads: Sequence[LeadWaves], beats: Beats, rate_hz: float) -> Waves | None:
    """Times of the typical beats; None if fewer than `MIN_LEADS` leads were delineated."""
    if len(leads) < MIN_LEADS:
        return None
    r = beats.r_samples[None, :]
    typical = beats.is_typical

    def stack(name: str) -> Array:
        times = np.stack([getattr(lead, name) for lead in leads])
        return np.asarray(np.where(typical[None, :], (times - r) / rate_hz, np.nan))

    p_on, p_peak, p_end, t_peak, t_end = (stack(name) for name in ("p_on", "p_peak", "p_end", "t_peak", "t_end"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # nothing but NaN is NaN, as it should be
        p_of_lead, t_of_lead = np.nanmedian(p_peak, axis=1), np.nanmedian(t_end, axis=1)
        return Waves(
            p_on=_over_leads(p_on, P_ONSET_QUANTILE),
            p_peak=_over_leads(p_peak, 0.5),
            p_end=_over_leads(p_end, 1 - P_ONSET_QUANTILE),
            t_peak=_over_leads(t_peak, 0.5),
            t_end=_over_leads(t_end, 0.5),
            p_beat_spread_s=_finite(np.nanmedian(np.nanmedian(np.abs(p_peak - p_of_lead[:, None]), axis=1))),
            p_lead_spread_s=_quartile_distance(p_of_lead),
            t_lead_spread_s=_quartile_distance(t_of_lead),
            n_leads=len(leads),
        )


def _over_leads(times: Array, quantile: float) -> Array:
    """(leads, beats) -> (beats,)."""
    combined = np.nanquantile(times, quantile, axis=0)
    return np.asarray(np.where(np.isfinite(times).sum(axis=0) >= MIN_LEADS, combined, np.nan))


def _quartile_distance(of_lead: Array) -> float:
    low, high = np.nanquantile(of_lead, [0.25, 0.75])
    return _finite(high - low)


def _finite(value: float) -> float:
    """No answer is infinitely uncertain."""
    return float(value) if np.isfinite(value) else float("inf")
