"""From strengths to one percentile among normal records, though many measurements are looked at together.

Twelve leads times many measurements make extremes by chance. Each candidate (one side of one measurement) is first put
on one scale by the normals' largest strength in any lead, so that a noisy measurement does not use up the others'
share; the record's largest on that scale is then ranked among the normals' records. ST and T have a share of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.quantities import CANDIDATES, LEAD_QUANTITIES, RECORD_QUANTITIES
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

TAIL = 0.02
"""Above the quantile that leaves this share, the normals' maxima are followed by an exponential."""
BODY = np.array([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1 - TAIL])
ST_T_SHARE = 0.034
"""Share of the normals that may have a flagged departure in ST or T."""
OTHER_SHARE = 0.014
"""Share that may have one elsewhere. Together below 5 %, so that normals never seen stay below it."""
ABSENT = -9.0
"""Strength of what was not measured."""


def candidate_strengths(z: Array) -> Array:
    """(records, quantities) signed strengths -> (records, candidates, 12); what is of the record is in all leads."""
    columns, at = {}, 0
    n_leads = len(STANDARD_LEADS)
    for name in LEAD_QUANTITIES:
        columns[name] = slice(at, at + n_leads)
        at += n_leads
    for name in RECORD_QUANTITIES:
        columns[name] = slice(at, at + 1)
        at += 1
    parts = [np.broadcast_to(c.sign * z[:, columns[c.quantity]], (len(z), n_leads)) for c in CANDIDATES]
    return np.nan_to_num(np.stack(parts, axis=1), nan=ABSENT)


def fit_family(strengths: Array) -> dict[str, Any]:
    """What `levels` and `percentile` need, from the (normals, candidates, 12) strengths of records held out."""
    largest = strengths.max(axis=2)
    scales = {}
    for column, candidate in enumerate(CANDIDATES):
        values = largest[:, column]
        knots = np.quantile(values, BODY)
        beyond = values[values > knots[-1]] - knots[-1]
        scales[candidate.key] = {"knots": [round(float(knot), 4) for knot in knots],
                                 "step": round(max(float(beyond.mean()) if len(beyond) else 0.0, 0.05), 4)}
    family: dict[str, Any] = {"scales": scales, "offsets": {"ST-T": 0.0, "other": 0.0}}
    reached = levels(strengths, family).max(axis=2)
    is_st_t = np.array([candidate.group == "ST-T" for candidate in CANDIDATES])
    bars = {"ST-T": np.quantile(reached[:, is_st_t].max(axis=1), 1 - ST_T_SHARE),
            "other": np.quantile(reached[:, ~is_st_t].max(axis=1), 1 - OTHER_SHARE)}
    family["offsets"] = {group: round(float(bars["ST-T"] - bar), 4) for group, bar in bars.items()}
    weighted = levels(strengths, family).max(axis=(1, 2))
    bar = float(bars["ST-T"])
    family["bar"] = round(bar, 4)
    family["knots"] = [round(float(q), 4) for q in np.quantile(weighted, np.linspace(0, 1, 201))]
    family["groups"] = {
        group: [round(float(q), 4) for q in np.quantile(levels(strengths[:, rows], family, rows).max(axis=(1, 2)),
                                                        np.linspace(0, 1, 201))]
        for group, rows in (("ST-T", np.flatnonzero(is_st_t).tolist()), ("other", np.flatnonzero(~is_st_t).tolist()))
    }
    family["n"] = len(strengths)
    return family


def levels(strengths: Array, family: Mapping[str, Any], rows: Sequence[int] | None = None) -> Array:
    """Strengths (records, candidates, 12) as minus the decimal logarithm of the share of normals that reach them.

    The candidates are `rows` of `CANDIDATES`, or all of them.
    """
    out = np.empty_like(strengths)
    for column, row in enumerate(range(len(CANDIDATES)) if rows is None else rows):
        candidate = CANDIDATES[row]
        scale = family["scales"][candidate.key]
        values = strengths[:, column]
        knots = np.array(scale["knots"]) + 1e-9 * np.arange(len(BODY))
        body = np.interp(values, knots, 1 - BODY)
        beyond = np.maximum(values - knots[-1], 0.0) / (scale["step"] * np.log(10))
        out[:, column] = -np.log10(body) + beyond + family["offsets"][candidate.group]
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
    """(candidates, 12) levels as the share of the normals, 0..100, that reach less in ST and T, or in all else."""
    out = np.empty_like(level)
    shares = np.linspace(0, 100, 201)
    for row, candidate in enumerate(CANDIDATES):
        knots = np.array(family["groups"][candidate.group])
        bar = int(np.searchsorted(shares, 95.0))
        xs = knots[: bar + 1] + 1e-9 * np.arange(bar + 1)
        above = 100.0 - 5.0 * 10.0 ** -np.maximum(level[row] - xs[-1], 0.0)
        inside = np.interp(level[row], xs, shares[: bar + 1])
        out[row] = np.where(level[row] >= xs[-1], np.minimum(above, 99.99), inside)
    return out
