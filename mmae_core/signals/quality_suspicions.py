"""Suspicions about how a record was taken: arm electrodes exchanged, pacing spikes, wrong units, and those of other
modules: leads that do not fit each other, a pulse or a filter of the recorder.

These are not bad signal, but each changes how an unusual ECG must be read. Nothing is corrected.

- Arm electrodes exchanged: lead I is upside down and aVR and aVL change places, while V5 and V6, which look the same
  way as lead I, stay as they are. To hold limb leads against chest leads is the idea of Kors and van Herpen (2001, Am J
  Cardiol 88:396); what each exchange does to the limb leads is listed by Ho et al. (2006, PACE 29:272). In dextrocardia
  V5 and V6 are reversed too, and nothing is suspected.
- Pacing spikes: narrower than any part of a beat and in several leads at once. At 500 Hz about three of four are found
  at best (Luo, Johnston and Hong 2008, doi 10.1109/CIC.2008.4749050), because recorders filter at 150 Hz or so; below
  500 Hz nothing is said.
- Leads held against each other: `lead_suspicions`; what the recorder did: `recorder_suspicions`.
- Wrong units: beats alike and shaped like an ECG's, but far higher or lower than any heart makes them. A unit mistaken
  (µV for mV) is a factor of 1000, a gain of 1 for the usual 200 or the reverse one of 200; in normals of PTB-XL's folds
  1 to 8 (every second record, 3,625) the measure lies between 0.455 and 2.62 mV, so that these factors are far outside
  the limits. A gain ten times too high is found where it makes most leads too small for the model; a factor below four
  is not looked for. A single lead in another unit is not seen here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.assessment import Suspicion
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS
from mmae_core.signals.lead_suspicions import late_lead, limb_misfit, same_leads
from mmae_core.signals.recorder_suspicions import calibration_pulse, low_pass
from mmae_core.signals.rpeaks import find_r_peaks

Array = NDArray[np.float64]

MIN_BEATS = 3
"""A median beat needs so many."""
BEFORE_S, AFTER_S = 0.24, 0.40
"""The beat around its R-peak: P wave to T wave."""
QRS_S = 0.06
"""On either side of the R-peak."""
AGAINST_CHEST = -0.2
"""Correlation of lead I with the mean of V5 and V6 below which it points the other way."""
MIN_QRS_MV = 0.1
"""Lead I needs so much QRS to point anywhere."""
MIN_PACING_RATE_HZ = 500.0
SPIKE_S = 0.004
"""Half-width over which a pacing spike stands out; it lasts two milliseconds at most."""
BROAD_S = 0.010
"""Half-width over which a QRS stands out as well."""
SPIKE_MV = 3.0
"""Height summed over all leads."""
SPIKE_SHARE = 0.45
"""A spike stands out over `SPIKE_S` by this share of what it does over `BROAD_S`; the apex of a QRS by less."""
SPIKE_ALONE = 4.0
"""A spike is this many times higher than everything within `ALONE_S` but `SPIKE_S` and its ringing."""
ALONE_S = (0.016, 0.040)
MIN_SPIKES = 3
UNIT_MV = (0.2, 10.0)
"""Height of the leads (`typical_height`) outside of which a unit or gain was mistaken rather than a heart unusual.
The lowest of the 2,154 records of PTB-XL's fold 9 has 0.30 mV; below the lower limit most leads are too small for the
model."""
FEW_TIMES_MV = 0.02
"""From here on up to the lower limit a gain some times too high is a better guess than a factor of 200 or more."""
HEIGHT_QUANTILES = (0.005, 0.995)
"""Of a lead's samples; the height between them misses the spikes of a bad contact and not a QRS."""
ALIKE = 0.85
"""Median correlation of beats with their median beat from which on they are an ECG's: of records of PTB-XL's folds 1 to
8, 98 % reach 0.89; of the challenge's as high, whose height is an artefact's, the most alike reaches 0.73."""


def find_suspicions(
    signal_mv: Array, sampling_rate_hz: float, usable: NDArray[np.bool_], start_s: float = 0.0,
    have_limbs: NDArray[np.bool_] | None = None,
) -> tuple[Suspicion, ...]:
    """Suspicions about (12, samples) in mV, leads as `STANDARD_LEADS`; only `usable` (12,) ones are looked at.

    `have_limbs` (samples,) says where all limb leads have a value; None: everywhere. For the unit all leads
    are looked at: in a wrong one none seems usable.
    """
    found = (
        _arm_reversal(signal_mv, sampling_rate_hz, usable),
        limb_misfit(signal_mv, usable, have_limbs),
        late_lead(signal_mv, sampling_rate_hz, usable),
        same_leads(signal_mv, usable),
        calibration_pulse(signal_mv, sampling_rate_hz, usable, start_s),
        low_pass(signal_mv, sampling_rate_hz, usable),
        _pacing(signal_mv, sampling_rate_hz, usable),
        _wrong_unit(signal_mv, sampling_rate_hz),
    )
    return tuple(suspicion for suspicion in found if suspicion is not None)


def _arm_reversal(signal: Array, rate_hz: float, usable: NDArray[np.bool_]) -> Suspicion | None:
    leads = [lead for lead in ("I", "aVR", "V5", "V6") if usable[STANDARD_LEADS.index(lead)]]
    if leads[:2] != ["I", "aVR"] or len(leads) < 3:
        return None
    beat = _median_beat(signal, rate_hz, usable, leads)
    if beat is None:
        return None
    middle, reach = round(BEFORE_S * rate_hz), round(QRS_S * rate_hz)
    qrs = beat[:2, middle - reach : middle + reach + 1]
    net_i, net_avr = qrs.max(axis=1) + qrs.min(axis=1)
    correlation = _correlation(beat[0], beat[2:].mean(axis=0))
    if np.ptp(qrs[0]) < MIN_QRS_MV or correlation >= AGAINST_CHEST or net_i >= 0:
        return None
    chest = leads[2] if len(leads) == 3 else Message("{first} and {second}", first=leads[2], second=leads[3])
    avr = Message(", aVR upright") if net_avr > 0 else ""
    text = Message("The arm electrodes may be exchanged: lead I is negative (QRS {net_mv:+.2f} mV{avr}) and runs "
                   "against "
                   "{chest} (correlation {correlation:+.2f}).",
                   net_mv=float(net_i), avr=avr, chest=chest, correlation=correlation)
    return Suspicion("arm-lead-reversal", text)


def _median_beat(
    signal: Array, rate_hz: float, usable: NDArray[np.bool_], leads: Sequence[str]
) -> Array | None:
    """(`leads`, samples) the median over beats, from `BEFORE_S` before the R-peak on; None without enough beats."""
    beats = _beats(signal, rate_hz, usable, leads)
    if beats is None:
        return None
    beat = np.median(beats, axis=0)
    return np.asarray(beat - np.median(beat, axis=1, keepdims=True))


def _beats(signal: Array, rate_hz: float, usable: NDArray[np.bool_], leads: Sequence[str]) -> Array | None:
    """(beats, `leads`, samples) each from `BEFORE_S` before its R-peak on; None without enough beats."""
    rows = signal[[STANDARD_LEADS.index(lead) for lead in leads]]
    before, after = round(BEFORE_S * rate_hz), round(AFTER_S * rate_hz)
    for lead in ("II", "V5", "V4", "V2"):
        index = STANDARD_LEADS.index(lead)
        if not usable[index]:
            continue
        peaks = find_r_peaks(signal[index], rate_hz)
        peaks = peaks[(peaks >= before) & (peaks + after < signal.shape[1])]
        if len(peaks) >= MIN_BEATS:
            return np.stack([rows[:, peak - before : peak + after] for peak in peaks])
    return None


def _pacing(signal: Array, rate_hz: float, usable: NDArray[np.bool_]) -> Suspicion | None:
    if rate_hz < MIN_PACING_RATE_HZ or not usable.any():
        return None
    spikes = pacing_spikes(signal[usable], rate_hz)
    if len(spikes) < MIN_SPIKES:
        return None
    first_s, second_s, third_s = (float(spike / rate_hz) for spike in spikes[:MIN_SPIKES])
    text = Message("There may be a pacemaker: {n} narrow spikes in several leads at once, the first at {first_s:.2f} "
                   "s, "
                   "{second_s:.2f} s and {third_s:.2f} s.",
                   n=len(spikes), first_s=first_s, second_s=second_s, third_s=third_s)
    return Suspicion("pacing", text)


def pacing_spikes(signal_mv: Array, sampling_rate_hz: float) -> NDArray[np.int64]:
    """Samples of spikes in (leads, samples) at 500 Hz or more that are too narrow for a heart, ascending."""
    narrow = _stands_out(signal_mv, round(SPIKE_S * sampling_rate_hz))
    reach = round(BROAD_S * sampling_rate_hz)
    near, far = (round(seconds * sampling_rate_hz) for seconds in ALONE_S)
    found: list[int] = []
    tip = (narrow[1:-1] >= narrow[:-2]) & (narrow[1:-1] >= narrow[2:]) & (narrow[1:-1] >= SPIKE_MV)
    candidates = np.flatnonzero(tip) + 1
    candidates = candidates[(candidates >= reach) & (candidates < signal_mv.shape[1] - reach)]
    sides = (signal_mv[:, candidates - reach] + signal_mv[:, candidates + reach]) / 2
    broad = dict(zip(candidates, np.abs(signal_mv[:, candidates] - sides).sum(axis=0), strict=True))
    for at in candidates[np.argsort(-narrow[candidates], kind="stable")]:
        if any(abs(at - other) <= far for other in found):
            continue
        beside = np.concatenate((narrow[max(0, at - far) : max(0, at - near)], narrow[at + near : at + far]))
        if narrow[at] >= SPIKE_ALONE * beside.max(initial=0.0) and narrow[at] >= SPIKE_SHARE * broad[at]:
            found.append(int(at))
    return np.sort(np.asarray(found, np.int64))


def _stands_out(signal: Array, reach: int) -> Array:
    """(samples,) how far each sample lies from the mean of those `reach` before and after it, summed over the leads."""
    out = np.zeros(signal.shape[1])
    if signal.shape[1] > 2 * reach:
        middle = signal[:, reach:-reach]
        out[reach:-reach] = np.abs(middle - (signal[:, : -2 * reach] + signal[:, 2 * reach :]) / 2).sum(axis=0)
    return out


def typical_height(signal_mv: Array) -> float:
    """The middle one of the heights of the leads that hold a signal, in mV; 0 if none does. Of (leads, samples)."""
    lowest, highest = np.quantile(signal_mv, HEIGHT_QUANTILES, axis=1)
    heights = (highest - lowest)[np.ptp(signal_mv, axis=1) > 0]
    return float(np.median(heights)) if len(heights) else 0.0


def _wrong_unit(signal: Array, rate_hz: float) -> Suspicion | None:
    height = typical_height(signal)
    if height <= 0 or UNIT_MV[0] <= height <= UNIT_MV[1]:
        return None
    present = np.ptp(signal, axis=1) > 0
    leads = [lead for lead, is_there in zip(STANDARD_LEADS, present, strict=True) if is_there]
    beats = _beats(signal / height, rate_hz, present, leads)  # at a height at which beats are looked for
    if beats is None:
        return None
    beats = beats - np.median(beats, axis=2, keepdims=True)
    middle = np.median(beats, axis=0)
    if np.median([_correlation(beat.ravel(), middle.ravel()) for beat in beats]) < ALIKE:
        return None
    if height > UNIT_MV[1]:
        guess = Message("µV were taken for mV, or the gain was left out")
    elif height >= FEW_TIMES_MV:
        guess = Message("the gain in the file is several times too high")
    else:
        guess = Message("mV were taken for µV, or the gain was applied twice")
    digits = -math.floor(math.log10(height))  # to one digit that counts, without an exponent
    text = Message("The unit or the gain may be wrong: there are beats, but the leads are about "
                   "{height_mv:,.{digits}f} "
                   "mV high, where an ECG's are 0.5 to 3 mV; it would be so if {guess}. Nothing was converted; look at "
                   "unit and gain in the file.",
                   height_mv=round(height, digits), digits=max(0, digits), guess=guess)
    return Suspicion("wrong-unit", text)


def _correlation(first: Array, second: Array) -> float:
    first, second = first - first.mean(), second - second.mean()
    size = float(np.sqrt(np.square(first).sum() * np.square(second).sum()))
    return float((first * second).sum()) / size if size > 0 else 0.0
