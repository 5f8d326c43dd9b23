"""A part of the score: how far the window's measurements (ST level, QRS duration ...) lie outside the normals'.

The measurements are those of `mmae_core.departures`; the limits are those of all normals, whatever their sex and age,
because normals of PTB-XL are younger than abnormal records and limits by age take that difference out of the score
(measured on folds 1-8: .937 with all normals' limits, .929 with limits by sex and age).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.limits import LEVELS, signed_strengths
from mmae_core.departures.measurements import measure, quantity_keys
from mmae_core.errors import DatasetError, ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.part_scores import PartScores
from mmae_core.scoring.preprocess import ModelInput

Array = NDArray[np.float64]

RATE_DEPENDENT = frozenset((
    "q_mv", "q_ms", "q_share", "qs_mv", "r_first_mv", "r_second_mv", "r_time_ms", "r_share", "s_mv", "down_mv",
    "notching", "j_mv", "st_slope_mv_s", "u_mv", "qrs_ms", "sokolow_mv", "irregular_without_p_percent", "missing_p",
    "shortest_rr_share",
))
"""Not counted: between 100 and 500 Hz of the same recording they differ by 0.13 standard normal deviates or more
(standard deviation over 322 pairs), because they depend on the sharpest parts of a beat. Without them a record's
percentile changes less than half as much with the rate; the AUROC on folds 1-8 falls from .953 to .950."""
INSIDE = 1.5
"""Strengths below this (the normals' middle 87 %) count as 0."""
MOST = 3.0
"""The excess over `INSIDE` is capped at this, so that one measuring error does not decide."""
FLOOR = 0.02
"""Added to the mean before its logarithm is taken; normals' median is about 0.1."""
MIN_KNOWN = 0.3
"""A record or lead with a smaller share of the measurements has no score."""
MIN_COUNT = 20
"""A measurement that fewer of the normals have is left out."""


@dataclass(frozen=True)
class NormalMeasurements:
    """Distribution of the normals' measurements."""

    quantities: tuple[str, ...]
    """Keys as `counted_keys()` gave them when the model was made."""
    table: Array
    """(quantities, len(LEVELS)) quantiles; NaN where too few normals have the measurement."""

    def strengths(self, vectors: Array) -> Array:
        """(N, quantities) how far out, in standard normal deviates (see `LimitsOf.strengths`); NaN where unknown."""
        return np.stack([signed_strengths(vector, self.table) for vector in vectors])

    def to_dict(self) -> dict[str, Any]:
        """Plain values, fit for JSON."""
        rows = [[float(f"{value:.5g}") for value in row] if np.isfinite(row).all() else None for row in self.table]
        return {"quantities": list(self.quantities), "levels": LEVELS.tolist(), "table": rows}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> NormalMeasurements:
        """Build from `to_dict`'s form. Raises ModelMismatch, with the reason, if it is none or measured otherwise."""
        try:
            quantities = tuple(str(name) for name in values["quantities"])
            levels = np.asarray(values["levels"], np.float64)
            nothing = [np.nan] * len(LEVELS)
            table = np.array([nothing if row is None else row for row in values["table"]], np.float64)
        except JSON_FAULTS as error:
            raise ModelMismatch(f"The model's normal measurements cannot be read: {error!r}") from error
        same = levels.shape == LEVELS.shape and bool(np.allclose(levels, LEVELS))
        if not same or table.shape != (len(quantities), len(LEVELS)):
            raise ModelMismatch("The model's normal measurements are damaged: quantiles are not as expected.")
        if len(set(quantities) & set(quantity_keys())) < MIN_KNOWN * len(quantities):
            raise ModelMismatch("The model judges by other measurements than this program makes; make it again with "
                                "`mmae_core release`.")
        if np.isfinite(table).all(axis=1).sum() == 0 or (np.diff(table, axis=1) < 0).any():
            raise ModelMismatch("The model's normal measurements are damaged: quantiles must ascend.")
        return cls(quantities, table)


def counted_keys() -> tuple[str, ...]:
    """Those of `quantity_keys()` that count."""
    return tuple(key for key in quantity_keys() if key.partition(":")[0] not in RATE_DEPENDENT)


def measured_vectors(inputs: Sequence[ModelInput], quantities: Sequence[str] | None = None) -> Array:
    """(N, quantities) measurements of windows by key (None: `counted_keys()`); NaN where there is none."""
    known = {key: place for place, key in enumerate(quantity_keys())}
    wanted = counted_keys() if quantities is None else quantities
    places = [known.get(key, len(known)) for key in wanted]
    vectors = np.full((len(inputs), len(places)), np.nan)
    for row, item in enumerate(inputs):
        if item.examination is not None:
            vectors[row] = np.append(measure(item.examination).vector(), np.nan)[places]
    return vectors


def fit_measurements(vectors: Array) -> NormalMeasurements:
    """The quantiles of normals' measurements, (N, quantities) as `measured_vectors` gives them.

    Raises DatasetError if there are none.
    """
    counts = np.isfinite(vectors).sum(axis=0)
    table = np.full((vectors.shape[1], len(LEVELS)), np.nan)
    known = counts >= min(MIN_COUNT, len(vectors))
    if not known.any():
        raise DatasetError(f"In none of {len(vectors)} normal records anything can be measured.")
    table[known] = np.nanquantile(vectors[:, known], LEVELS, axis=0).T
    return NormalMeasurements(counted_keys(), table)


def departure_part(vectors: Array, normals: NormalMeasurements) -> PartScores:
    """Logarithms of the mean distance outside, over all measurements of a record and over those of each lead."""
    beyond = np.clip(np.abs(normals.strengths(vectors)) - INSIDE, 0.0, MOST)
    lead_of = np.array([key.partition(":")[2] for key in normals.quantities])
    leads = np.stack([_log_mean(beyond[:, lead_of == lead]) for lead in STANDARD_LEADS], axis=1)
    return PartScores(_log_mean(beyond), leads)


def _log_mean(beyond: Array) -> Array:
    """Logarithm of the mean of the known values along the second axis; NaN where too few are known."""
    enough = np.isfinite(beyond).mean(axis=1) >= MIN_KNOWN
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of records without any measurement
        mean = np.nanmean(beyond, axis=1)
    return np.where(enough, np.log(mean + FLOOR), np.nan)
