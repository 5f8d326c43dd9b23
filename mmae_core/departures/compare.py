"""Compares a stretch's measurements with normals of the person's sex and age; start at `departures_of`."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.carried import EVERYTHING, Carried
from mmae_core.departures.doubtful_intervals import compared_vector
from mmae_core.departures.family_percentile import (
    ABSENT,
    OUTSIDE,
    candidate_strengths,
    group_percentile,
    levels,
    percentile,
)
from mmae_core.departures.limits import CENTRE, Limits, LimitsOf, bundled_limits
from mmae_core.departures.measurements import Measured, measure, quantity_keys
from mmae_core.departures.person import UNKNOWN, YOUNGEST, Person
from mmae_core.departures.quantities import CANDIDATES, LEAD_QUANTITIES, RECORD_QUANTITIES, Candidate, Quantity
from mmae_core.departures.results import MOST_SHARE, Departure, Kind, RecordDepartures, Wave
from mmae_core.departures.scores import any_heat, kind_scores
from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.intervals.measure import RATE_HZ
from mmae_core.intervals.results import Examination
from mmae_core.messages import Message, message_of
from mmae_core.record import STANDARD_LEADS
from mmae_core.signals.quality_suspicions import MIN_PACING_RATE_HZ, MIN_SPIKES, pacing_spikes

Array = NDArray[np.float64]

LOW_T_MV = -0.05
"""A T below this is inverted; one above it is flat or low."""
CLOSE_UNITS = frozenset({"", "°", "/min"})
"""Units written without a space after the number."""
UPSIDE_DOWN_MV = -0.1
"""In leads where the normals' median T lies below this (aVR), a lower T is not called inverted nor a higher one
tall."""


def departures_of(
    examination: Examination, person: Person = UNKNOWN, limits: Limits | None = None, carried: Carried = EVERYTHING
) -> RecordDepartures:
    """Measurements of an examined stretch outside the limits of normals of that sex and age (None: the bundled limits).

    What the recording does not carry (`mmae_core.departures.carried.carried_by`) is not measured or not compared.

    A child is compared with nobody: the limits are for adults, and every quantity changes with age.

    Raises MissingResource or DatasetError if the bundled limits are missing or damaged.
    """
    limits = bundled_limits() if limits is None else limits
    measured = measure(examination, carried)
    found = examination.measurements
    end_s = found.start_s + found.duration_s
    limitations = list(measured.limitations)
    is_paced = is_maybe_paced(examination)
    if is_paced:
        limitations.insert(0, Message("there may be a pacemaker: QRS, ST and T of paced beats are held against beats "
                                      "that are "
                                      "not paced"))
    elif examination.signal_mv is not None and examination.recorded_hz < MIN_PACING_RATE_HZ:
        limitations.append(Message("pacing spikes cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)",
                                   rate_hz=examination.recorded_hz, needed_hz=MIN_PACING_RATE_HZ))
    of_person = limits.of(person)
    vector, doubts = compared_vector(examination, measured, carried)
    limitations += doubts
    z = of_person.strengths(vector)
    kinds: dict[Kind, tuple[float, ...]] = {
        kind: tuple(map(float, scores)) for kind, scores in kind_scores(measured.leads, z).items()}
    heat = tuple(map(float, any_heat(measured.leads, z)))
    if person.is_child:
        limitations.insert(0, Message("not compared: normal limits are of adults, from {youngest} years on (the "
                                      "model's map "
                                      "and score compare with adults all the same)", youngest=YOUNGEST))
        return RecordDepartures(found.start_s, end_s, values=measured.values(), limitations=tuple(limitations),
                                kind_scores=kinds, lead_heat=heat)
    strengths = candidate_strengths(z[None], vector[None])
    reached = levels(strengths, limits.family)[0]
    families = percentile(reached, limits.family)
    heats = group_percentile(reached, limits.family)
    shown = _departures(measured, vector, of_person, person, strengths[0], families, heats)
    if is_paced:
        shown = [_as_maybe_paced(departure) for departure in shown]
    return RecordDepartures(
        found.start_s, end_s, tuple(sorted(shown, key=lambda one: (-one.family_percentile, -one.strength))),
        _beats(examination), measured.values(), tuple(limitations), person.group, kinds, heat,
        _wave_percentiles(strengths[0], heats),
    )


def is_maybe_paced(examination: Examination) -> bool:
    """Whether several leads show spikes too narrow to come from the heart; recordings below 500 Hz do not show them."""
    if examination.signal_mv is None or examination.recorded_hz < MIN_PACING_RATE_HZ:
        return False
    return len(pacing_spikes(examination.signal_mv, RATE_HZ)) >= MIN_SPIKES


def _as_maybe_paced(departure: Departure) -> Departure:
    """Departures of possibly paced ventricles say so: `QRS 200 ms, maybe paced: above ...`."""
    if departure.wave not in ("QRS", "ST", "T"):
        return departure
    sentence = departure.sentence
    values = {**sentence.values, "what": Message("{what}, maybe paced", what=sentence.values["what"])}
    return replace(departure, sentence=message_of(sentence.template, values), is_maybe_paced=True)


def _departures(
    measured: Measured, vector: Array, of_person: LimitsOf, person: Person, strengths: Array, families: Array,
    heats: Array,
) -> list[Departure]:
    """One departure for each lead and kind: the measurement with the strongest one."""
    percentiles = of_person.percentiles(vector)
    index = {key: at for at, key in enumerate(quantity_keys())}
    best: dict[tuple[str | None, Wave, Kind], Departure] = {}
    for row, candidate in enumerate(CANDIDATES):
        for lead in STANDARD_LEADS if candidate.is_of_lead else (None,):
            column = 0 if lead is None else STANDARD_LEADS.index(lead)
            strength = float(strengths[row, column])
            if strength < OUTSIDE:
                continue
            key = candidate.quantity if lead is None else f"{candidate.quantity}:{lead}"
            at = index[key]
            share = percentiles[at] if candidate.sign > 0 else 100.0 - percentiles[at]
            kind = _kind(candidate, lead, measured, float(of_person.table[at, CENTRE]))
            if kind is None:
                continue
            departure = Departure(
                candidate.quantity, kind, candidate.wave, lead, candidate.sign, float(vector[at]),
                _quantity(candidate).unit, float(share), round(float(of_person.counts[at])), person.group, strength,
                float(families[row, column]), *_place(candidate.wave, measured),
                _sentence(candidate, lead, float(vector[at]), float(share), round(float(of_person.counts[at])), person),
                float(heats[row, column]),
            )
            known = best.get((lead, candidate.wave, kind))
            if known is None or departure.family_percentile > known.family_percentile:
                best[lead, candidate.wave, kind] = departure
    return list(best.values())


def _kind(candidate: Candidate, lead: str | None, measured: Measured, middle: float) -> Kind | None:
    """The kind of departure; None if it is none, such as an ST that is merely less depressed."""
    if lead is None:
        return candidate.kind
    row = STANDARD_LEADS.index(lead)
    value = float(measured.leads[candidate.quantity][row])
    if candidate.quantity == "st_j60_mv":
        return candidate.kind if value * candidate.sign > 0 else None
    if candidate.quantity in ("t_mv", "t_share"):
        t = float(measured.leads["t_mv"][row])
        if candidate.sign > 0:
            return "T tall" if t > 0 and middle > UPSIDE_DOWN_MV else "T other"
        if middle < UPSIDE_DOWN_MV:
            return "T other"
        return "T inversion" if t < LOW_T_MV else "T flat or low"
    if candidate.kind == "Q wave" and measured.leads["qs_mv"][row] > 0:
        return "QS"
    return candidate.kind


def _quantity(candidate: Candidate) -> Quantity:
    return (LEAD_QUANTITIES if candidate.is_of_lead else RECORD_QUANTITIES)[candidate.quantity]


def _place(wave: Wave, measured: Measured) -> tuple[float, float]:
    """Beginning and end of a wave in seconds from the R-peak; the whole beat for rhythm."""
    bounds = measured.bounds
    if bounds is None:
        return 0.0, 0.0
    return bounds.place(wave)


def _beats(examination: Examination) -> tuple[float, ...]:
    average: AverageBeat | None = examination.average
    if average is None:
        return ()
    beats = examination.measurements.beats
    return tuple(beats[number].r_s for number in average.used if number < len(beats))


def _wave_percentiles(strengths: Array, heats: Array) -> dict[Wave, tuple[float, ...]]:
    found: dict[Wave, tuple[float, ...]] = {}
    for wave in ("P", "QRS", "ST", "T", "U"):
        rows = [row for row, c in enumerate(CANDIDATES) if c.wave == wave and c.is_of_lead]
        known = strengths[rows] > ABSENT
        highest = np.where(known, heats[rows], -math.inf).max(axis=0)
        found[wave] = tuple(float(value) if math.isfinite(value) else math.nan for value in highest)
    return found


def _sentence(
    candidate: Candidate, lead: str | None, value: float, share: float, count: int, person: Person
) -> Message:
    """`ST +0.24 mV in V2: above 99.4 % of 1,912 women of about 65`."""
    quantity = _quantity(candidate)
    sign = "+" if quantity.is_signed else ""
    parts: dict[str, str | float] = {"value": value, "sign": sign, "digits": quantity.decimals, "unit": quantity.unit}
    written = (Message("{value:{sign}.{digits}f} {unit}", **parts) if quantity.unit not in CLOSE_UNITS else
               Message("{value:{sign}.{digits}f}{unit}", **parts))
    what = Message("{quantity} {value}", quantity=quantity.label, value=written) if lead is None else (
        Message("{quantity} {value} in {lead}", quantity=quantity.label, value=written, lead=lead))
    of_normals: dict[str, str | float] = {"what": what, "share": _shown_share(share), "count": count,
                                          "group": person.group}
    if candidate.sign > 0:
        return Message("{what}: above {share:.1f} % of {count:,} {group}", **of_normals)
    return Message("{what}: below {share:.1f} % of {count:,} {group}", **of_normals)


def _shown_share(share: float) -> float:
    """Rounded down to a tenth, and never 100 %: there are too few normals to claim that."""
    return min(math.floor(share * 10) / 10, MOST_SHARE)
