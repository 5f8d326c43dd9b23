"""Which values of a beat lie outside nine in ten of the normals like it, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.quantities import LEAD_QUANTITIES
from mmae_core.facts.fact_words import lead_words
from mmae_core.messages import Message
from mmae_core.normal_beats.aligned import VALUES, AlignedBeat
from mmae_core.normal_beats.band import NormalBand
from mmae_core.normal_beats.store import VALUE_STEP_MV, NormalBeats
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

NAMED_SHARE = 97.5
"""Share of the normals, in percent, that a value must be beyond to be named: of the 72 values compared two to four are,
in a normal ECG."""
MOST_SHARE = 99.9


@dataclass(frozen=True)
class OutsideBand:
    """Values of one kind, in one or several leads, beyond most of the normals like this one."""

    quantity: str
    """One of `VALUES`."""
    is_above: bool
    leads: tuple[str, ...]
    """The lead where it is most unusual first."""
    values_mv: tuple[float, ...]
    """Of each of `leads`."""
    share: float
    """Percent of the normals that it lies beyond, in the first lead."""
    sentence: Message
    """`ST in V2-V4, most in V3 +0.21 mV: above 99.4 % of 212 normals like this one`."""


def outside_band(normals: NormalBeats, band: NormalBand, beat: AlignedBeat) -> tuple[OutsideBand, ...]:
    """The values of a beat beyond `NAMED_SHARE` of the normals in its band, the most unusual first."""
    shares = value_shares(normals, band, beat.values_mv)
    found = []
    for row, quantity in enumerate(VALUES):
        for is_above in (True, False):
            side = shares[row] if is_above else 100.0 - shares[row]
            leads = [lead for lead in np.argsort(-np.nan_to_num(side)) if side[lead] >= NAMED_SHARE]
            if leads:
                found.append(_outside(quantity, is_above, leads, side, beat.values_mv[row], band))
    return tuple(sorted(found, key=lambda one: (-one.share, -len(one.leads))))


def value_shares(normals: NormalBeats, band: NormalBand, values_mv: Array) -> Array:
    """(values, 12) percent of the band's normals below each of (values, 12), half of the equal ones; NaN if unknown."""
    of_normals = normals.values_mv(band.rows)
    weights = np.where(np.isfinite(of_normals), band.weights[:, None, None], 0.0)
    half_step = VALUE_STEP_MV / 2
    below = (weights * (of_normals < values_mv - half_step)).sum(axis=0)
    equal = (weights * (np.abs(of_normals - values_mv) <= half_step)).sum(axis=0)
    total = weights.sum(axis=0)
    shares = 100.0 * (below + equal / 2) / np.maximum(total, 1e-12)
    least = 100.0 / max(band.n_normals, 2.0)
    return np.where(np.isfinite(values_mv) & (total > 0), np.clip(shares, least, 100.0 - least), np.nan)


def _outside(
    quantity: str, is_above: bool, leads: Sequence[int], side: Array, values: Array, band: NormalBand
) -> OutsideBand:
    names = tuple(STANDARD_LEADS[lead] for lead in leads)
    told = LEAD_QUANTITIES[quantity]
    value = (Message("{value:+.2f} mV", value=float(values[leads[0]])) if told.is_signed else
             Message("{value:.2f} mV", value=float(values[leads[0]])))
    what = (Message("{quantity} {value} in {lead}", quantity=told.label, value=value, lead=names[0])
            if len(names) == 1 else
            Message("{quantity} in {leads}, most in {lead} {value}", quantity=told.label, leads=lead_words(names),
                    lead=names[0], value=value))
    share = float(side[leads[0]])
    shown = min(math.floor(share * 10) / 10, MOST_SHARE)
    parts: dict[str, str | float] = {"what": what, "share": shown, "count": math.floor(band.n_normals)}
    sentence = (Message("{what}: above {share:.1f} % of {count:,} normals like this one", **parts) if is_above else
                Message("{what}: below {share:.1f} % of {count:,} normals like this one", **parts))
    return OutsideBand(quantity, is_above, names, tuple(float(values[lead]) for lead in leads), share, sentence)
