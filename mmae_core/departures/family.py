"""From strengths to one percentile among normal records, though many measurements are looked at together.

Twelve leads times many measurements make extremes by chance. Each candidate (one side of one measurement) is first put
on one scale by the normals' largest strength in any lead, so that a noisy measurement does not use up the others'
share; the record's largest on that scale is then ranked among the normals' records. ST and T have a share of their
own, and so have intervals with the rate, and the rhythm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.quantities import CANDIDATES, LEAD_QUANTITIES, RECORD_QUANTITIES, Group
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

SURVIVAL = np.array([1.0, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.0025, 0.001, 0.0005, 0.00025])
"""The normals' largest strengths are kept at the values that these shares of them reach."""
LEAST_STEP = 0.3
"""Beyond the last of them a level grows by a factor of e in so much strength at least."""
_TAIL_FROM, _TAIL_TO = 8, 12
"""Between these two (1 % and 0.05 %) the length of that step is taken."""
SHARES: Mapping[Group, float] = {"ST-T": 0.022, "rhythm": 0.005, "interval": 0.016, "other": 0.004}
"""Share of the normals that may have a flagged departure of each group. Together below 5 %, so that normals never seen
stay below it. Most is given to ST and T, where what is looked for is nearest to what normals have."""
SHORT_OF_LIMIT = 0.0
"""Strength at most of what is short of the limit that readers use."""
ABSENT = -9.0
"""Strength of what was not measured."""


def _columns() -> dict[str, slice]:
    """Where each quantity stands in a record's values: all leads of each, then the record's."""
    n_leads = len(STANDARD_LEADS)
    of_leads = {name: slice(n_leads * at, n_leads * (at + 1)) for at, name in enumerate(LEAD_QUANTITIES)}
    first = n_leads * len(LEAD_QUANTITIES)
    return of_leads | {name: slice(first + at, first + at + 1) for at, name in enumerate(RECORD_QUANTITIES)}


_COLUMNS = _columns()


def candidate_strengths(z: Array, values: Array) -> Array:
    """(records, quantities) signed strengths and values -> (records, candidates, 12); the record's are in all leads."""
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


def fit_family(strengths: Array) -> dict[str, Any]:
    """What `levels` and `percentile` need, from the (normals, candidates, 12) strengths of records held out."""
    largest = strengths.max(axis=2)
    scales = {}
    for column, candidate in enumerate(CANDIDATES):
        knots = np.quantile(largest[:, column], 1 - SURVIVAL)
        step = float(knots[_TAIL_TO] - knots[_TAIL_FROM]) / float(np.log(SURVIVAL[_TAIL_FROM] / SURVIVAL[_TAIL_TO]))
        scales[candidate.key] = {"knots": [round(float(knot), 4) for knot in knots],
                                 "step": round(max(step, LEAST_STEP), 4)}
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
    family["groups"] = {group: [round(float(q), 4) for q in np.quantile(weighted[:, of_group].max(axis=1), shares)]
                        for group, of_group in rows.items()}
    family["n"] = len(strengths)
    return family


def levels(strengths: Array, family: Mapping[str, Any]) -> Array:
    """Strengths (records, candidates, 12) as minus the decimal logarithm of the share of normals that reach them.
    """
    out = np.empty_like(strengths)
    for column, candidate in enumerate(CANDIDATES):
        scale = family["scales"][candidate.key]
        values = strengths[:, column]
        knots = np.array(scale["knots"]) + 1e-9 * np.arange(len(SURVIVAL))
        beyond = np.maximum(values - knots[-1], 0.0) / (scale["step"] * np.log(10))
        out[:, column] = np.interp(values, knots, -np.log10(SURVIVAL)) + beyond + family["offsets"][candidate.group]
        out[:, column][values <= ABSENT] = ABSENT
    return out


def percentile(level: Array, family: Mapping[str, Any]) -> Array:
    """Share of the normals, 0..100, whose largest level is lower; 95 at the bar of what is flagged."""
    knots = np.array(family["knots"]) + 1e-9 * np.arange(len(family["knots"]))
    shares = np.linspace(0, 100, len(knots))
    keep = (knots < family["bar"]) & (shares < 95)
    last = int(keep.sum())
    xs, ys = np.append(knots[:last], family["bar"]), np.append(shares[:last], 95.0)
    inside = np.interp(level, xs, ys)
    above = 100.0 - 5.0 * 10.0 ** -np.maximum(level - family["bar"], 0.0)
    return np.asarray(np.where(level >= family["bar"], np.minimum(above, 99.99), np.minimum(inside, 94.99)))


def group_percentile(level: Array, family: Mapping[str, Any]) -> Array:
    """(candidates, 12) levels as the share of the normals, 0..100, that reach less in the candidate's group."""
    out = np.empty_like(level)
    shares = np.linspace(0, 100, 201)
    bar = int(np.searchsorted(shares, 95.0))
    for group, of_normals in family["groups"].items():
        rows = [row for row, candidate in enumerate(CANDIDATES) if candidate.group == group]
        knots = np.array(of_normals[: bar + 1]) + 1e-9 * np.arange(bar + 1)
        above = 100.0 - 5.0 * 10.0 ** -np.maximum(level[rows] - knots[-1], 0.0)
        inside = np.interp(level[rows], knots, shares[: bar + 1])
        out[rows] = np.where(level[rows] >= knots[-1], np.minimum(above, 99.99), inside)
    return out
