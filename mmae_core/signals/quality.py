"""Signal quality of a recorded stretch: a score per lead and record, with reasons, independent of any model.

A lead's score is the share of its time that is free of the faults of `quality_rules`. The record's is taken from its
three worst leads, time without any signal counting double: an electrode that is off spoils a record, as in the
PhysioNet/Computing in Cardiology Challenge 2011, where one dead lead made every record unacceptable.

Validated with `mmae_core quality --validate` on half of that challenge's set a (499 records, 500 Hz), acceptable
against unacceptable. The limit `POOR_BELOW` is the only number chosen there, on records of even number.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from mmae_core.assessment import LeadQuality, QualityReport, Verdict
from mmae_core.errors import UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray
from mmae_core.signals.quality_rules import (
    FLAT_RANGE_MV,
    MIN_HUM_RATE_HZ,
    MIN_NOISE_RATE_HZ,
    MISSING,
    LeadFaults,
    find_faults,
)
from mmae_core.signals.quality_suspicions import MIN_PACING_RATE_HZ, find_suspicions

WORST_LEADS = 3
"""Number of worst leads that determine the record's score."""
POOR_BELOW = 0.75
"""Record scores below this are poor: the highest round limit at which 97 % of the acceptable even records are not."""
USABLE_BELOW = 0.5
"""Leads spoilt for less than this share of the time are looked at for suspicions."""
MIN_DURATION_S = 1.0


def assess_quality(record: EcgRecord, start_s: float = 0.0, duration_s: float = 10.0) -> QualityReport:
    """Signal quality of a stretch of a record; the stretch is cut at the record's end.

    Works at any sampling rate; what the rate cannot carry is in `limitations`. Raises UnsupportedRecord if less than
    a second is left, UnreadableRecord if the files are damaged.
    """
    rate = record.sampling_rate_hz
    first = max(0, round(start_s * rate))
    last = min(record.n_samples, first + round(duration_s * rate))
    if last - first < MIN_DURATION_S * rate:
        raise UnsupportedRecord(
            f"{record.name} has {max(0, last - first) / rate:.2f} s from {start_s:g} s on; the quality of a signal can "
            f"be told from {MIN_DURATION_S:g} s on.",
            code="short",
        )
    return signal_quality(record.read(first, last), rate, record.lead_names, first / rate)


def signal_quality(
    signal_mv: FloatArray, sampling_rate_hz: float, lead_names: Sequence[str] = STANDARD_LEADS, start_s: float = 0.0
) -> QualityReport:
    """Signal quality of (leads, samples) in mV, NaN where invalid, at least a second long."""
    present = dict(zip(lead_names, find_faults(signal_mv, sampling_rate_hz), strict=True))
    faults = [present.get(lead, MISSING) for lead in STANDARD_LEADS]
    badness = record_badness(faults)
    reasons = _reasons(faults)
    verdict: Verdict = "poor" if 1.0 - badness < POOR_BELOW else "fair" if reasons else "good"
    arranged = np.zeros((len(STANDARD_LEADS), signal_mv.shape[1]))
    arranged[[STANDARD_LEADS.index(lead) for lead in lead_names]] = signal_mv
    have_limbs = np.asarray(np.isfinite(arranged[:6]).all(axis=0))
    arranged[~np.isfinite(arranged)] = 0.0
    usable = np.array([lead.badness < USABLE_BELOW for lead in faults])
    return QualityReport(
        start_s=start_s,
        duration_s=signal_mv.shape[1] / sampling_rate_hz,
        score=1.0 - badness,
        verdict=verdict,
        leads=tuple(
            LeadQuality(lead, 1.0 - found.badness, tuple(fault.text for fault in found.faults))
            for lead, found in zip(STANDARD_LEADS, faults, strict=True)
        ),
        reasons=reasons,
        suspicions=find_suspicions(arranged, sampling_rate_hz, usable, start_s, have_limbs),
        limitations=_unsaid(sampling_rate_hz, usable),
    )


def with_low_leads(report: QualityReport, range_mv: Mapping[str, float]) -> QualityReport:
    """A report that names the leads a model left out as too low, with the range of their filtered signal in mV.

    They are not bad signal by the rules above, so the scores stay; but a record without them is not called good. Flat
    ones that the rules have named are not named again.
    """
    small = {lead: value for lead, value in range_mv.items() if value >= FLAT_RANGE_MV}
    flat = [lead.lead for lead in report.leads if lead.lead in range_mv and lead.lead not in small and not lead.reasons]
    if not small and not flat:
        return report
    added: dict[str, Message] = {lead: Message("too small ({range_mv:.2f} mV)", range_mv=small[lead]) for lead in small}
    added |= {lead: Message("flat") for lead in flat}
    reasons = list(report.reasons)
    if small:
        fault = Message("too small (up to {range_mv:.2f} mV)", range_mv=max(small.values()))
        reasons.append(Message("{leads}: {fault}", leads=_names(list(small)), fault=fault))
    if flat:
        reasons.append(Message("{leads}: {fault}", leads=_names(flat), fault=Message("flat")))
    return dataclasses.replace(
        report,
        verdict="fair" if report.verdict == "good" else report.verdict,
        leads=tuple(
            dataclasses.replace(lead, reasons=(*lead.reasons, added[lead.lead])) if lead.lead in added else lead
            for lead in report.leads
        ),
        reasons=tuple(reasons),
    )


def record_badness(faults: Sequence[LeadFaults]) -> float:
    """0..1 out of the leads': mean of the worst `WORST_LEADS`, time without signal counted twice, at most 1."""
    worst = sorted((lead.badness + lead.silent for lead in faults), reverse=True)[:WORST_LEADS]
    return min(1.0, sum(worst) / WORST_LEADS)


def _reasons(faults: Sequence[LeadFaults]) -> tuple[str, ...]:
    """A sentence per kind of fault: the leads that have it, in the words of the worst one."""
    by_kind: dict[str, list[tuple[float, str, str]]] = {}
    for lead, found in zip(STANDARD_LEADS, faults, strict=True):
        for fault in found.faults:
            by_kind.setdefault(fault.kind, []).append((fault.badness, lead, fault.text))
    ordered = sorted(by_kind.values(), key=lambda items: -sum(badness for badness, _, _ in items))
    sentences = []
    for items in ordered:
        _, worst_lead, text = max(items, key=lambda item: item[0])
        leads = _names([lead for _, lead, _ in items])
        alike = len({text for _, _, text in items}) == 1
        sentences.append(
            Message("{leads}: {fault}", leads=leads, fault=text) if alike
            else Message("{leads}: {fault} ({worst_lead})", leads=leads, fault=text, worst_lead=worst_lead)
        )
    return tuple(sentences)


def _names(leads: Sequence[str]) -> str:
    return ", ".join(leads) if len(leads) < len(STANDARD_LEADS) else Message("all leads")


def _unsaid(rate_hz: float, usable: np.ndarray) -> tuple[str, ...]:
    """What cannot be determined from this stretch."""
    words = []
    if rate_hz < MIN_NOISE_RATE_HZ:
        words.append(Message("muscle noise cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)",
                             rate_hz=rate_hz, needed_hz=MIN_NOISE_RATE_HZ))
    if rate_hz < MIN_HUM_RATE_HZ:
        words.append(Message("mains hum cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)",
                             rate_hz=rate_hz, needed_hz=MIN_HUM_RATE_HZ))
    if rate_hz < MIN_PACING_RATE_HZ:
        words.append(Message("pacing spikes cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)",
                             rate_hz=rate_hz, needed_hz=MIN_PACING_RATE_HZ))
    limb_and_chest = [STANDARD_LEADS.index(lead) for lead in ("I", "aVR")]
    if not usable[limb_and_chest].all() or not usable[[10, 11]].any():
        words.append(Message("exchanged arm electrodes cannot be told without lead I, aVR and one of V5 and V6"))
    return tuple(words)
