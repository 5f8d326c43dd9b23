"""How much each lead shows of each kind, for ranking the leads of one record; also where nothing is flagged.

Which measurement ranks leads best was chosen on the abnormal records of PTB-XL's folds 1-8 whose reports name leads.
For ST elevation the millivolts rank better than their distance from that lead's normals (.95 against .86), because ST
is high in V1-V3 of many normals and a reader counts millivolts all the same; for a missing R it is the reverse.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.quantities import LEAD_QUANTITIES
from mmae_core.departures.results import Kind, RecordDepartures, Wave
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]


def lead_kind_scores(departures: RecordDepartures) -> dict[Kind, Array]:
    """(12,) by kind in the order of `STANDARD_LEADS`: the higher, the more a lead shows of it; NaN: cannot be said."""
    return {kind: np.array(scores) for kind, scores in departures.kind_scores.items()}


def lead_heat(departures: RecordDepartures) -> Array:
    """(12,) how much each of `STANDARD_LEADS` departs in any way; NaN: cannot be said."""
    return np.array(departures.lead_heat) if departures.lead_heat else np.full(len(STANDARD_LEADS), np.nan)


def wave_percentiles(departures: RecordDepartures) -> dict[Wave, Array]:
    """(12,) by wave: the largest `heat_percentile` of a lead; NaN: cannot be said."""
    return {wave: np.array(percentiles) for wave, percentiles in departures.wave_percentiles.items()}


def kind_scores(leads: Mapping[str, Array], strengths: Array) -> dict[Kind, Array]:
    """By kind, (12,) from the measurements and from the signed strengths (quantities,) of all of them."""
    z = strengths_of_leads(strengths)
    t, r_loss = leads["t_mv"], -z["r_first_mv"]
    return {
        "ST elevation": leads["st_j60_mv"],
        "ST depression": -leads["st_j60_mv"],
        "T inversion": -leads["t_down_mv"],
        "T flat or low": -np.abs(leads["t_share"]),
        "T tall": t,
        "Q wave": z["q_share"],
        "QS": z["q_mv"],
        "R small": r_loss,
        "R progression": r_loss,
        "R tall": z["r_mv"],
        "S deep": z["s_mv"],
        "QRS wide": -leads["swing_mv"],
        "P": np.abs(z["p_mv"]),
        "low voltage": -leads["swing_mv"],
        "high voltage": leads["swing_mv"],
    }


def any_heat(leads: Mapping[str, Array], strengths: Array) -> Array:
    """(12,) how much a lead departs in any way."""
    z = strengths_of_leads(strengths)
    parts = np.stack([-z["st_j60_mv"], z["st_j60_mv"], -z["t_mv"], -z["t_share"], z["t_mv"] - 1, z["q_mv"]])
    known = np.isfinite(parts).any(axis=0)
    return np.where(known, np.where(np.isfinite(parts), parts, -np.inf).max(axis=0), np.nan)


def strengths_of_leads(strengths: Array) -> dict[str, Array]:
    """(12,) by quantity, out of (quantities,) of all leads and the record."""
    n_leads = len(STANDARD_LEADS)
    return {name: strengths[n_leads * at : n_leads * (at + 1)] for at, name in enumerate(LEAD_QUANTITIES)}
