"""Selects usable leads for measuring, at one rate, and removes baseline wander where there is any.

Respiratory baseline wander is no reason to reject a lead: a high-pass removes it, and only the lead's other faults
count. A jump is: the filter leaves a wave where it was. Leads with a steady level, and those with jumps, stay as
recorded, so that ST and T of a quiet recording are unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mmae_core.intervals.beat_results import Array
from mmae_core.intervals.filters import resampled, zero_phase
from mmae_core.intervals.gaps import Mask, has_signal
from mmae_core.messages import Message
from mmae_core.record import FloatArray
from mmae_core.signals.quality import POOR_BELOW, USABLE_BELOW, record_badness, signal_quality
from mmae_core.signals.quality_rules import LeadFaults, find_faults

LEVEL_HZ = 0.5
"""High-pass without phase shift, below the slowest hearts; AHA/ACC/HRS 2007 allow such filters up to 0.67 Hz."""
EDGE_S = 2.0
"""So much of the lead is mirrored at its ends for the filter to settle: one period."""


@dataclass(frozen=True)
class Leads:
    """The leads of a stretch that can be used."""

    mv: Array
    """(leads, samples) at the rate asked for, invalid samples bridged."""
    names: tuple[str, ...]
    has_signal: Mask
    """(leads, samples) where they carry a signal: not where it is bridged or constant."""
    fault: str | None
    """Why the leads with a signal are too poor; None if they are not. Missing leads and those without a signal
    for most of the stretch are only missing."""


def usable_leads(signal_mv: FloatArray, rate_hz: float, lead_names: Sequence[str], to_hz: float) -> Leads:
    """The usable ones of (leads, samples) in mV, NaN where invalid; none of them in a stretch without any."""
    filled = np.stack([bridged(lead) for lead in np.asarray(signal_mv, np.float64)])
    recorded = find_faults(signal_mv, rate_hz)
    wanders = np.array([_worst(found, "baseline") > 0 for found in recorded])
    levelled, faults = filled, recorded
    if wanders.any():
        padding = min(filled.shape[1] - 1, round(EDGE_S * rate_hz))
        filtered = zero_phase(LEVEL_HZ, "highpass", rate_hz)(filled, padding)
        left = find_faults(np.where(np.isfinite(signal_mv), filtered, np.nan), rate_hz)
        wanders &= [_worst(found, "baseline") == 0 for found in left]
        levelled = np.where(wanders[:, None], filtered, filled)
        faults = [_without_wander(*found) if wandering else found[0]
                  for *found, wandering in zip(recorded, left, wanders, strict=True)]
    heard = [n for n, found in enumerate(faults) if found.silent < USABLE_BELOW]
    fault = None
    if 1.0 - record_badness([faults[n] for n in heard]) < POOR_BELOW:
        reasons = signal_quality(signal_mv[heard], rate_hz, [lead_names[n] for n in heard]).reasons
        fault = next((said for said in reasons if not _tells_missing(said)), Message("several leads"))
    usable = [n for n, found in enumerate(faults) if found.badness < USABLE_BELOW]
    signal = resampled(levelled[usable], rate_hz, to_hz)
    carried = has_signal(np.asarray(signal_mv, np.float64)[usable], rate_hz, to_hz, signal.shape[1]) if usable else (
        np.empty((0, signal.shape[1]), bool))
    return Leads(signal, tuple(lead_names[n] for n in usable), carried, fault)


def _tells_missing(reason: str) -> bool:
    return isinstance(reason, Message) and reason.values.get("fault") == "missing"


def _without_wander(recorded: LeadFaults, left: LeadFaults) -> LeadFaults:
    """Badness after the high-pass, but at least that of any other fault as recorded, and at most the recorded total."""
    others = max((fault.badness for fault in recorded.faults if fault.kind != "baseline"), default=0.0)
    return replace(recorded, badness=min(recorded.badness, max(left.badness, others)))


def _worst(found: LeadFaults, kind: str) -> float:
    return max((fault.badness for fault in found.faults if fault.kind == kind), default=0.0)


def bridged(lead: Array) -> Array:
    """A lead (samples,), invalid samples on the straight line between their neighbours; zero without any valid one."""
    finite = np.isfinite(lead)
    if finite.all():
        return lead
    at = np.arange(len(lead))
    return np.asarray(np.interp(at, at[finite], lead[finite])) if finite.any() else np.zeros_like(lead)
