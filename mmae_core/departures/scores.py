"""How strongly each lead shows each kind, to rank the leads of one record even if nothing is flagged.

Which measurement ranks leads best was chosen on the abnormal records of PTB-XL's folds 1-8 whose reports name leads.
For ST elevation the millivolts rank better than their distance from that lead's normals (.95 against .86), because ST
is high in V1-V3 of many normals, yet readers go by millivolts; for a missing R it is the reverse.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.neighbours import NEIGHBOURS
from mmae_core.departures.quantities import LEAD_QUANTITIES
from mmae_core.departures.results import Kind, RecordDepartures, Wave
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

OF_V1 = 0.7
"""Weight of V1: its T is inverted and its R small in many normals, and reports rarely name it."""
OF_NEIGHBOURS = 0.2
"""Weight of the neighbours in a lead's heat."""


def lead_kind_scores(departures: RecordDepartures) -> dict[Kind, Array]:
    """(12,) by kind in the order of `STANDARD_LEADS`: the higher, the more a lead shows it; NaN: unknown."""
    return {kind: np.array(scores) for kind, scores in departures.kind_scores.items()}


def lead_heat(departures: RecordDepartures) -> Array:
    """(12,) how much each of `STANDARD_LEADS` departs in any way; NaN: unknown."""
    return np.array(departures.lead_heat) if departures.lead_heat else np.full(len(STANDARD_LEADS), np.nan)


def wave_percentiles(departures: RecordDepartures) -> dict[Wave, Array]:
    """(12,) by wave: the largest `heat_percentile` of a lead; NaN: unknown."""
    return {wave: np.array(percentiles) for wave, percentiles in departures.wave_percentiles.items()}


def kind_scores(leads: Mapping[str, Array], strengths: Array) -> dict[Kind, Array]:
    """By kind, (12,) from the measurements and from the signed strengths (quantities,) of all of them."""
    z = strengths_of_leads(strengths)
    r_loss = -z["r_first_mv"] - 2.0 * leads["net_mv"]
    return {
        "ST elevation": (leads["j_mv"] + leads["st_j60_mv"]) / 2,
        "ST depression": -leads["st_j60_mv"],
        "T inversion": -leads["t_down_mv"],
        "T flat or low": -np.abs(leads["t_share"]) - 0.03 * np.clip(z["t_mv"], -4.0, 4.0),
        "T tall": leads["t_mv"],
        "Q wave": np.minimum(z["q_share"], 4.0) + np.minimum(leads["q_mv"], 0.4) / 0.1,
        "QS": z["q_mv"] - leads["r_first_mv"] / 0.1,
        "R small": r_loss,
        "R progression": r_loss,
        "R tall": z["r_mv"],
        "S deep": z["s_mv"],
        "QRS wide": slurring(leads),
        "P": np.abs(z["p_mv"]),
        "low voltage": -leads["swing_mv"],
        "high voltage": leads["swing_mv"],
    }


def slurring(leads: Mapping[str, Array]) -> Array:
    """(12,) length of the QRS path relative to its height: readers call it a delay in single leads."""
    return leads["notching"] / (leads["swing_mv"] + 0.3)


def any_heat(leads: Mapping[str, Array], strengths: Array) -> Array:
    """(12,) how much a lead departs in any way: sum of the certainty of each kind, blended with the neighbours'.

    Each term rises from 0 to 1; scale and weight of the terms were chosen on the abnormal records of folds 1-8, where
    half of them ranked the named leads of the other half at .86. A change in two leads that view the same wall is less
    often chance, which is why readers ask for two.
    """
    z = strengths_of_leads(strengths)
    st = leads["st_j60_mv"]
    terms = (
        (1.6, _sure(st, 0.2)),
        (1.0, _sure(z["st_j60_mv"] - 1, 2.0)),
        (1.5, _sure(-st, 0.03)),
        (0.75, _sure(-leads["j_mv"], 0.1)),
        (1.1, _sure(-leads["t_down_mv"], 0.05)),
        (2.0, np.exp(-np.abs(leads["t_share"]) / 0.08)),
        (2.0, _sure(-z["t_mv"] - 1, 2.0)),
        (0.8, _sure(leads["t_mv"] - 0.5, 0.5)),
        (2.2, _sure(z["q_mv"] - 1, 3.0)),
        (1.6, _sure(-z["r_first_mv"] - 1, 2.0)),
        (0.8, _sure(-z["r_mv"] - 1, 2.0)),
        (0.6, _sure(z["r_time_ms"] - 1, 2.0)),
        (0.5, _sure(slurring(leads) - 2, 3.0)),
    )
    heat = np.sum([weight * np.nan_to_num(sure) for weight, sure in terms], axis=0)
    heat = np.where(np.isfinite(leads["r_mv"]), heat, np.nan)
    heat[STANDARD_LEADS.index("V1")] *= OF_V1
    with_neighbours = heat.copy()
    for lead, beside in NEIGHBOURS.items():
        near = heat[[STANDARD_LEADS.index(name) for name in beside]]
        if np.isfinite(near).any():
            row = STANDARD_LEADS.index(lead)
            with_neighbours[row] = (1 - OF_NEIGHBOURS) * heat[row] + OF_NEIGHBOURS * float(np.nanmean(near))
    return with_neighbours


def _sure(amount: Array, scale: float) -> Array:
    """0 for amounts up to 0, 0.63 at `scale`, approaching 1 beyond."""
    return np.asarray(1.0 - np.exp(-np.maximum(amount, 0.0) / scale))


def strengths_of_leads(strengths: Array) -> dict[str, Array]:
    """(12,) by quantity, from (quantities,) of all leads and the record."""
    n_leads = len(STANDARD_LEADS)
    return {name: strengths[n_leads * at : n_leads * (at + 1)] for at, name in enumerate(LEAD_QUANTITIES)}
