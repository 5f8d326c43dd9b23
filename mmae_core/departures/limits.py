"""The distribution of measurements among normal ECGs by sex and age: quantile curves, and where a value lies on them.

The curves are kernel-weighted quantiles of the normals on a grid of ages; between two ages they are interpolated. A
person whose age or sex is unknown is compared with normals of any.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.person import OLDEST, Person
from mmae_core.departures.quantities import LEAD_QUANTITIES, RECORD_QUANTITIES
from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS, NUMPY_FAULTS, replacing
from mmae_core.resources import resource
from mmae_core.scipy_parts import ndtri

Array = NDArray[np.float64]

LEVELS = np.array([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995,
                   0.9975, 0.999])
"""The quantiles that are stored."""
CENTRE = int(np.searchsorted(LEVELS, 0.5))
TAIL_LEVEL = 0.99
"""Beyond this quantile (and below one minus it) strength grows with the distance, not the share: there are too few
normals to estimate smaller shares."""
SHOULDER_LEVEL = 0.9
"""The distance from this quantile to the tail's is one step beyond the tail."""
AGES = np.arange(20.0, 91.0, 10.0)
BANDWIDTH_YEARS = 8.0
"""Standard deviation of the age kernel, in years."""
SEXES = ("all", "male", "female")
POOLED = 0
"""The column of all ages; those of `AGES` follow it."""
MIN_COUNT = 30.0
"""With fewer normals no limit is drawn."""
VERSION = 2


@dataclass(frozen=True)
class Limits:
    """Quantile curves of every quantity."""

    quantities: tuple[str, ...]
    """`name` of a measurement of the record, `name:lead` of one of a lead."""
    quantiles: NDArray[np.float32]
    """(sexes, 1 + ages, quantities, levels), NaN where there are too few normals."""
    counts: NDArray[np.float32]
    """(sexes, 1 + ages, quantities) effective number of normals."""
    family: Mapping[str, Any]
    """The normals' strengths, which turn a strength into a percentile (see `family_percentile.py`)."""
    about: Mapping[str, Any]
    """Data, licence, counts and command."""

    def of(self, person: Person) -> LimitsOf:
        """The limits that hold for a person."""
        sex = SEXES.index(person.sex or "all")
        if person.age is None or person.age > OLDEST:
            return LimitsOf(self, self.quantiles[sex, POOLED].astype(float), self.counts[sex, POOLED].astype(float))
        place = float(np.interp(person.age, AGES, np.arange(len(AGES))))
        low = min(int(place), len(AGES) - 2)
        share = place - low
        table = (1 - share) * self.quantiles[sex, 1 + low] + share * self.quantiles[sex, 2 + low]
        counts = (1 - share) * self.counts[sex, 1 + low] + share * self.counts[sex, 2 + low]
        return LimitsOf(self, table.astype(float), counts.astype(float))

    def save(self, path: Path) -> None:
        """Write the file whole or not at all."""
        head = {"version": VERSION, "quantities": self.quantities, "family": self.family, "about": self.about}
        with replacing(path) as temporary, temporary.open("wb") as stream:
            np.savez_compressed(stream, quantiles=self.quantiles, counts=self.counts,
                                head=np.frombuffer(json.dumps(head).encode(), np.uint8))

    @classmethod
    def load(cls, path: Path) -> Limits:
        """Read a limits file. Raises DatasetError if the file is not one or of another version."""
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                head = json.loads(arrays["head"].tobytes())
                version, names = head["version"], tuple(str(name) for name in head["quantities"])
                found = cls(names, arrays["quantiles"], arrays["counts"], head["family"], head["about"])
        except (*JSON_FAULTS, *NUMPY_FAULTS) as error:
            raise DatasetError(f"{path.name} is no file of normal limits: {error}. Make it with `mmae_core limits`."
                               ) from error
        if version != VERSION:
            raise DatasetError(f"{path.name} is of version {version}; {VERSION} is expected. Make it again with "
                               "`mmae_core limits`.")
        groups = (len(SEXES), 1 + len(AGES), len(names))
        if found.quantiles.shape != (*groups, len(LEVELS)) or found.counts.shape != groups:
            raise DatasetError(f"{path.name} is no file of normal limits: its arrays do not belong together. Make it "
                               "with `mmae_core limits`.")
        return found


@dataclass(frozen=True)
class LimitsOf:
    """The distribution of every quantity for one person."""

    limits: Limits
    table: Array
    """(quantities, levels)."""
    counts: Array
    """(quantities,)."""

    def strengths(self, values: Array) -> Array:
        """Signed distance from the median on the scale of a standard normal deviate, for (quantities,) values.

        Between the 1st and 99th percentile, the deviate of the value's quantile; beyond, it grows without bound in
        steps of the distance from the 90th to the 99th (or the shortest step, if longer).
        """
        return signed_strengths(values, self.table, _resolutions(self.limits.quantities))

    def percentiles(self, values: Array) -> Array:
        """Share of the normals below each of (quantities,) values, 0..100, in steps of at least one normal."""
        shares = _interpolated(values, self.table, LEVELS)
        least = 1.0 / np.maximum(self.counts, 2.0)
        return np.asarray(100.0 * np.clip(shares, least, 1.0 - least))


    def range(self, place: int, low: float, high: float) -> tuple[float, float]:
        """The values of the quantity at `place` below which the shares `low` and `high` (0..1) of the normals lie."""
        below, above = np.interp([low, high], LEVELS, self.table[place])
        return float(below), float(above)


@lru_cache(maxsize=4)
def _resolutions(quantities: tuple[str, ...]) -> Array:
    """(quantities,) shortest steps."""
    known = LEAD_QUANTITIES | RECORD_QUANTITIES
    return np.array([known[key.partition(":")[0]].resolution for key in quantities])


def signed_strengths(values: Array, table: Array, resolution: Array | float = 1e-9) -> Array:
    """As `LimitsOf.strengths`; (n,) values against (n, levels) quantiles, with (n,) shortest steps."""
    deviates = ndtri(LEVELS)
    high, shoulder = (int(np.searchsorted(LEVELS, level)) for level in (TAIL_LEVEL, SHOULDER_LEVEL))
    low, low_shoulder = len(LEVELS) - 1 - high, len(LEVELS) - 1 - shoulder
    inner = _interpolated(values, table, deviates)
    inner = np.clip(inner, deviates[low], deviates[high])
    steps = deviates[high] - deviates[shoulder]
    floor = np.maximum(0.25 * (table[:, high] - table[:, low]) / (deviates[high] - deviates[low]), resolution)
    up = np.maximum((table[:, high] - table[:, shoulder]) / steps, floor)
    down = np.maximum((table[:, low_shoulder] - table[:, low]) / steps, floor)
    above = np.maximum(values - table[:, high], 0.0) / up
    below = np.maximum(table[:, low] - values, 0.0) / down
    return np.asarray(inner + above - below)


def _interpolated(values: Array, table: Array, wanted: Array) -> Array:
    """For each row of increasing (n, levels) the `wanted` level at (n,) values; in a run of equal ones the middle."""
    values = values[:, None]
    below, at_most = (table < values).sum(axis=1), (table <= values).sum(axis=1)
    last = table.shape[1] - 1
    left, right = np.clip(below - 1, 0, last), np.clip(at_most, 0, last)
    rows = np.arange(len(table))
    width = table[rows, right] - table[rows, left]
    share = np.clip((values[:, 0] - table[rows, left]) / np.where(width > 0, width, 1.0), 0.0, 1.0)
    inside = wanted[left] + share * (wanted[right] - wanted[left])
    tied = (wanted[np.clip(below, 0, last)] + wanted[np.clip(at_most - 1, 0, last)]) / 2
    result = np.where(at_most > below, tied, inside)
    return np.asarray(np.where(np.isfinite(values[:, 0]) & np.isfinite(table).all(axis=1), result, np.nan))


def quantile_curves(values: Array, ages: Array, sexes: Sequence[str | None]) -> tuple[Array, Array]:
    """Curves of (normals, quantities) values: (sexes, 1 + ages, quantities, levels) quantiles and their counts.

    `ages` is NaN where not known; those count only where all ages are pooled.
    """
    sex = np.array([name or "" for name in sexes])
    shape = (len(SEXES), 1 + len(AGES), values.shape[1])
    quantiles, counts = np.full((*shape, len(LEVELS)), np.nan), np.zeros(shape)
    weights_of_age = [np.ones(len(ages))]
    weights_of_age += [np.nan_to_num(np.exp(-0.5 * ((ages - age) / BANDWIDTH_YEARS) ** 2)) for age in AGES]
    order = np.argsort(values, axis=0)
    for column in range(values.shape[1]):
        rows = order[:, column]
        rows = rows[np.isfinite(values[rows, column])]
        ordered = values[rows, column]
        for n_sex, name in enumerate(SEXES):
            of_sex = np.ones(len(rows)) if name == "all" else (sex[rows] == name).astype(float)
            for n_age, of_age in enumerate(weights_of_age):
                weights = of_sex * of_age[rows]
                total = float(weights.sum())
                if total <= 0:
                    continue
                count = total**2 / float(np.square(weights).sum())
                if count < MIN_COUNT:
                    continue
                counts[n_sex, n_age, column] = count
                reached = (np.cumsum(weights) - weights / 2) / total
                quantiles[n_sex, n_age, column] = np.interp(LEVELS, reached, ordered)
    return quantiles, counts


@lru_cache(maxsize=1)
def bundled_limits() -> Limits:
    """The limits that come with the program, read once. Raises MissingResource, DatasetError."""
    return Limits.load(resource("departures", "limits.npz"))
