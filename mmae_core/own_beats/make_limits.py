"""Makes the limits of own beats from normal records."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mmae_core.errors import ConfigError
from mmae_core.intervals.beat_results import Array
from mmae_core.own_beats.find_own_beats import RawBeats, beat_strengths, lead_strengths
from mmae_core.own_beats.limits import OwnBeatLimits
from mmae_core.own_beats.residual import PARTS

LIMIT_SHARES = {"QRS": 99.5, "T": 99.9, "P": 99.9, "rhythm": 99.3}
"""Percentage of normal records in which no beat exceeds a part's limit. ST-T and P, which add little to QRS and rhythm,
get the smaller part of what all parts together may flag: 1 % of the normals, out of the 5 % that all layers may flag
(see `family_percentile.py`). On folds 1-8 that keeps 96 % of records with stated ventricular beats and 73 % of
those with atrial ones; with 2 % it was 97 and 83 %."""
SHARES = np.concatenate((np.arange(0, 90, 5), np.arange(90, 98, 0.5), np.arange(98, 100.001, 0.1)))
MIN_RECORDS = 100
"""With fewer normals a rate of one in a hundred cannot be estimated."""


@dataclass(frozen=True)
class OwnBeatsOfNormals:
    """The beats of one normal record, compared with their template."""

    raw: RawBeats
    leads: tuple[str, ...]


def make_beat_limits(records: Sequence[OwnBeatsOfNormals], facts: Mapping[str, Any]) -> OwnBeatLimits:
    """Limits and quantiles of normal records. Raises ConfigError for too few of them."""
    if len(records) < MIN_RECORDS:
        raise ConfigError(f"{len(records)} normal records have beats to compare; limits need {MIN_RECORDS}.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # parts that no beat of a record could be compared in
        beat = np.array([np.nanmax(np.concatenate((item.raw.residuals.by_beat, item.raw.early[None])), axis=1)
                         for item in records])
        lead = np.array([np.nanmax(item.raw.residuals.by_lead, axis=(1, 2)) for item in records])
        limits = OwnBeatLimits(
            {part: float(np.nanpercentile(values, LIMIT_SHARES[part]))
             for part, values in zip((*PARTS, "rhythm"), beat.T, strict=True)},
            {part: float(np.nanpercentile(values, LIMIT_SHARES[part]))
             for part, values in zip(PARTS, lead.T, strict=True)},
            SHARES, SHARES, {"any": SHARES}, len(records), {},
        )
        largest = [float(np.nanmax(beat_strengths(item.raw, limits))) for item in records]
        by_lead: dict[str, list[float]] = {"any": []}
        for item in records:
            strengths = np.nanmax(lead_strengths(item.raw, limits), axis=0)
            for name, value in zip(item.leads, strengths, strict=True):
                by_lead.setdefault(name, []).append(float(value))
                by_lead["any"].append(float(value))
    return OwnBeatLimits(
        limits.beat_limits, limits.lead_limits, SHARES, _quantiles(largest),
        {name: _quantiles(values) for name, values in by_lead.items() if len(values) >= MIN_RECORDS},
        len(records), {**facts, "limit_shares": LIMIT_SHARES},
    )


def _quantiles(values: Sequence[float]) -> Array:
    finite = np.asarray(values)[np.isfinite(values)]
    return np.asarray(np.percentile(finite, np.minimum(SHARES, 100)))
