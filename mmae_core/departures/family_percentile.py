"""One percentile per record among normals, corrected for many measurements being compared at once.

Twelve leads times many measurements give extremes by chance. Each candidate (one side of one measurement) is first put
on a common scale by the normals' largest strength in any lead, so that a noisy measurement does not use up the others'
share of false alarms; the record's largest value on that scale is then ranked among the normals' records. ST and T have
a share of their own, and so have the rate, the intervals and the rhythm.

Findings come from two more layers, the model's map (`mmae_core.scoring.finding_config`) and the patient's own beats
(`mmae_core.own_beats.results`). All three together may flag one in twenty normal ECGs without extra beats; the shares
were chosen on folds 1-8 by what each layer finds in abnormal records. Named departures find most and get the largest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.neighbours import NEIGHBOURS
from mmae_core.departures.quantities import CANDIDATES, LEAD_QUANTITIES, RECORD_QUANTITIES, Group
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

SURVIVAL = np.array([1.0, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.0025, 0.001, 0.0005, 0.00025])
"""The normals' largest strengths are stored at these upper-tail shares."""
LEAST_STEP = 0.3
"""Beyond the last share the level grows by a factor of e per at least this much strength."""
_TAIL_FROM, _TAIL_TO = 8, 12
"""The step length beyond is estimated between these two shares (1 % and 0.05 %)."""
SHARES: Mapping[Group, float] = {"ST-T": 0.0085, "rhythm": 0.003, "rate": 0.009, "interval": 0.0105, "other": 0.003}
"""Share of the normals that may have a flagged departure of each group: 3.4 % together, of the 5 % of all layers."""
HEAT_SHARES: Mapping[Group, float] = {"ST-T": 0.03}
"""Share of the normals whose heat reaches the 95th percentile in a group, 5 % if not listed. The model's map and own
beats also add heat to ST and T: with 3 % here all three together show some in one of twenty normals."""
OF_NEIGHBOURS = 0.3
"""Weight of the neighbouring leads in the strength of ST and T: a change in two leads that view the same wall is less
often chance. At 1 % of the normals it finds the named lead in 52 % of 1,716 records of folds 1-8 whose reports name
one, without it in 51 %; at 5 % in 70 and 68 %."""
OUTSIDE = 1.96
"""Strength from which a value lies outside the normals' 2.5th to 97.5th percentile; neighbouring leads alone cannot
raise a strength to it."""
SHORT_OF_LIMIT = 0.0
"""Cap on the strength of values within the limit that readers use."""
ABSENT = -9.0
"""Strength of a quantity that was not measured."""
SUPPORT_FROM, SUPPORT_TO = 2.0, 9.0
"""A neighbouring lead's strength is clipped to [-SUPPORT_FROM, SUPPORT_TO]."""


def _columns() -> dict[str, slice]:
    """Columns of each quantity in a record's values: all leads of each, then the record's."""
    n_leads = len(STANDARD_LEADS)
    of_leads = {name: slice(n_leads * at, n_leads * (at + 1)) for at, name in enumerate(LEAD_QUANTITIES)}
    first = n_leads * len(LEAD_QUANTITIES)
    return of_leads | {name: slice(first + at, first + at + 1) for at, name in enumerate(RECORD_QUANTITIES)}


_COLUMNS = _columns()


def candidate_strengths(z: Array, values: Array) -> Array:
    """(records, quantities) signed strengths and values -> (records, candidates, 12); the record's are repeated in all
    leads."""
    n_leads = len(STANDARD_LEADS)
    parts = []
    for candidate in CANDIDATES:
        columns = _COLUMNS[candidate.quantity]
        strengths = candidate.sign * z[:, columns]
        if candidate.beyond is not None:
            short = candidate.sign * (values[:, columns] - candidate.beyond) < 0
            strengths = np.where(short, np.minimum(strengths, SHORT_OF_LIMIT), strengths)
        parts.append(np.broadcast_to(strengths, (len(z), n_leads)))
    return np.nan_to_num(np.stack(parts, axis=1), nan=ABSENT)


def supported(strengths: Array) -> Array:
    """(records, candidates, 12) strengths, with those of ST and T blended with the neighbouring leads'."""
    mixed = strengths.copy()
    rows = [row for row, candidate in enumerate(CANDIDATES) if candidate.group == "ST-T"]
    for lead, names in NEIGHBOURS.items():
        column = STANDARD_LEADS.index(lead)
        own = strengths[:, rows, column]
        beside = strengths[:, rows][:, :, [STANDARD_LEADS.index(name) for name in names]]
        mean = np.clip(beside, -SUPPORT_FROM, SUPPORT_TO).mean(axis=2)
        with_beside = (1 - OF_NEIGHBOURS) * own + OF_NEIGHBOURS * mean
        with_beside = np.where(own < OUTSIDE, np.minimum(own, with_beside), with_beside)
        mixed[:, rows, column] = np.where((beside > ABSENT).all(axis=2) & (own > ABSENT), with_beside, own)
    return mixed


def fit_family(strengths: Array) -> dict[str, Any]:
    """What `levels` and `percentile` need, from the (normals, candidates, 12) strengths of records held out."""
    largest = supported(strengths).max(axis=2)
    scales = {}
    for column, candidate in enumerate(CANDIDATES):
        knots = np.quantile(largest[:, column], 1 - SURVIVAL)
        step = float(knots[_TAIL_TO] - knots[_TAIL_FROM]) / float(np.log(SURVIVAL[_TAIL_FROM] / SURVIVAL[_TAIL_TO]))
        scales[candidate.key] = {"knots": [round(float(knot), 4) for knot in knots],
                                 "step": round(max(step, LEAST_STEP), 4), "rarer": candidate.rarity_margin}
    family: dict[str, Any] = {"scales": scales, "offsets": dict.fromkeys(SHARES, 0.0)}
    reached = levels(strengths, family).max(axis=2)
    rows = {group: [row for row, one in enumerate(CANDIDATES) if one.group == group] for group in SHARES}
    bars = {group: float(np.quantile(reached[:, rows[group]].max(axis=1), 1 - share))
            for group, share in SHARES.items()}
    bar = bars["ST-T"]
    family["offsets"] = {group: round(bar - of_group, 4) for group, of_group in bars.items()}
    family["bar"] = round(bar, 4)
    weighted = levels(strengths, family).max(axis=2)
    shares = np.linspace(0, 1, 201)
    family["knots"] = [round(float(q), 4) for q in np.quantile(weighted.max(axis=1), shares)]
    of_groups = {group: weighted[:, of_group].max(axis=1) for group, of_group in rows.items()}
    family["groups"] = {group: [round(float(q), 4) for q in np.quantile(values, shares)]
                        for group, values in of_groups.items()}
    family["heat_bars"] = {group: round(float(np.quantile(values, 1 - HEAT_SHARES.get(group, 0.05))), 4)
                           for group, values in of_groups.items()}
    family["n"] = len(strengths)
    return family


def levels(strengths: Array, family: Mapping[str, Any]) -> Array:
    """Strengths (records, candidates, 12) as minus the decimal logarithm of the share of normals that reach them,
    minus each candidate's `rarity_margin`.
    """
    strengths = supported(strengths)
    out = np.empty_like(strengths)
    for column, candidate in enumerate(CANDIDATES):
        scale = family["scales"][candidate.key]
        values = strengths[:, column]
        knots = np.array(scale["knots"]) + 1e-9 * np.arange(len(SURVIVAL))
        beyond = np.maximum(values - knots[-1], 0.0) / (scale["step"] * np.log(10))
        offset = family["offsets"][candidate.group] - scale["rarer"]
        out[:, column] = np.interp(values, knots, -np.log10(SURVIVAL)) + beyond + offset
        out[:, column][values <= ABSENT] = ABSENT
    return out


def percentile(level: Array, family: Mapping[str, Any]) -> Array:
    """Share of the normals, 0..100, whose largest level is lower; 95 at the threshold for flagging."""
    return _percentile(level, np.array(family["knots"]), family["bar"])


def group_percentile(level: Array, family: Mapping[str, Any]) -> Array:
    """(candidates, 12) levels as the share of the normals, 0..100, that reach less in the candidate's group; 95 where
    `HEAT_SHARES` of them are left.
    """
    out = np.empty_like(level)
    for group, of_normals in family["groups"].items():
        rows = [row for row, candidate in enumerate(CANDIDATES) if candidate.group == group]
        out[rows] = _percentile(level[rows], np.array(of_normals), family["heat_bars"][group])
    return out


def _percentile(level: Array, of_normals: Array, bar: float) -> Array:
    """Percentile among the normals' levels: linear below the `bar` (95), by powers of ten above it."""
    knots = of_normals + 1e-9 * np.arange(len(of_normals))
    shares = np.linspace(0, 100, len(knots))
    last = int(((knots < bar) & (shares < 95)).sum())
    inside = np.interp(level, np.append(knots[:last], bar), np.append(shares[:last], 95.0))
    above = 100.0 - 5.0 * 10.0 ** -np.maximum(level - bar, 0.0)
    return np.asarray(np.where(level >= bar, np.minimum(above, 99.99), np.minimum(inside, 94.99)))
