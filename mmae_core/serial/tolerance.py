"""How much measurements of one person differ between two recordings when nothing has changed.

From patients of PTB-XL with two recordings that are both called normal (folds 1-8): measuring, electrode placement,
posture, breathing and the day together (`mmae_core serial --test-retest`). A difference within the 95 % of theirs says
nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.beat_values import DEFLECTION_MV
from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS, replacing
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource
from mmae_core.serial.beat_grid import N_POINTS
from mmae_core.serial.quantities import COMPARED_OF_RECORD, compared_keys, quantity_of, wave_of

Array = NDArray[np.float64]
Group = Literal["record", "P", "QRS", "ST-T"]
"""Measurements of the recording, and those of leads by wave."""
GROUPS: tuple[Group, ...] = get_args(Group)
SHARE_PERCENT = 95.0
"""Share of unchanged pairs whose difference is within the tolerance."""
LEAST_BEAT_MV = 0.02
"""No limit on the average beat is narrower; a fifth of a small square."""
FORMAT = 1


@dataclass(frozen=True)
class Tolerance:
    """The differences of unchanged pairs."""

    limits: Mapping[str, float]
    """By `compared_keys`: what 95 of 100 unchanged pairs do not exceed, in the measurement's unit, either way."""
    counts: Mapping[str, int]
    """Pairs each was measured in."""
    factors: Mapping[Group, float]
    """By group: 95 of 100 unchanged pairs exceed none of its limits by more than this factor."""
    beat_mv: Array
    """(12, N_POINTS) the same limit for every point of the average beat's grid."""
    about: Mapping[str, Any]
    """Where it comes from: data set, folds, pairs, median time between them, command."""

    @property
    def n_pairs(self) -> int:
        """Patients it was measured in; each counts once."""
        return int(self.about["n_pairs"])

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        content = {
            "format": FORMAT, "about": dict(self.about), "factors": dict(self.factors),
            "limits": {key: [round(self.limits[key], 4), self.counts[key]] for key in compared_keys()},
            "beat_mv": [[round(float(value), 3) for value in lead] for lead in self.beat_mv],
        }
        with replacing(path) as part:
            part.write_text(json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Tolerance:
        """Read what `save` wrote. Raises DatasetError if it is damaged."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["format"] != FORMAT:
                raise ValueError(f"format {content['format']}, expected {FORMAT}")
            beat = np.array(content["beat_mv"], np.float64)
            if beat.shape != (len(STANDARD_LEADS), N_POINTS):
                raise ValueError(f"a grid of {beat.shape}, expected {(len(STANDARD_LEADS), N_POINTS)}")
            rows = {key: content["limits"][key] for key in compared_keys()}
            limits, counts = ({key: row[place] for key, row in rows.items()} for place in (0, 1))
            return cls({key: float(limit) for key, limit in limits.items()},
                       {key: int(count) for key, count in counts.items()},
                       {group: float(content["factors"][group]) for group in GROUPS}, beat,
                       {**content["about"], "n_pairs": int(content["about"]["n_pairs"])})
        except JSON_FAULTS as error:
            raise DatasetError(f"{path.name} holds no differences of unchanged pairs: {error}. Make it again with "
                               "`mmae_core serial --test-retest`, or install the program again.") from error


@lru_cache(maxsize=1)
def bundled_tolerance() -> Tolerance:
    """The one that comes with the program. Raises MissingResource or DatasetError."""
    return Tolerance.load(resource("serial", "test_retest.json"))


def group_of(key: str) -> Group:
    """The group a measurement's factor is of."""
    if key in COMPARED_OF_RECORD:
        return "record"
    wave = wave_of(key)
    return "P" if wave == "P" else "QRS" if wave == "QRS" else "ST-T"


def least_limit(key: str) -> float:
    """No tolerance is narrower: half a small square for P, Q, R, S and T, else the measurement's resolution."""
    name = key.partition(":")[0]
    return DEFLECTION_MV if name in ("p_mv", "q_mv", "r_mv", "down_mv", "t_mv") else 2 * quantity_of(key).resolution


def tolerance_of(differences: Array, beats_mv: Array, about: Mapping[str, Any]) -> Tolerance:
    """From unchanged pairs: (pairs, keys) differences, NaN where not measured, and (pairs, 12, N_POINTS) of beats.

    Raises DatasetError for fewer than 20 pairs: their 95 % would be the most extreme one.
    """
    if len(differences) < 20:
        raise DatasetError(f"{len(differences)} pairs of normal recordings were found; 20 are needed for a tolerance.")
    keys, sizes = compared_keys(), np.abs(differences)
    found = np.nanpercentile(sizes, SHARE_PERCENT, axis=0)
    limits = {key: max(float(value), least_limit(key)) for key, value in zip(keys, found, strict=True)}
    ratios = sizes / np.array(list(limits.values()))
    factors: dict[Group, float] = {}
    for group in GROUPS:
        highest = np.nanmax(ratios[:, [group_of(key) == group for key in keys]], axis=1, initial=0.0)
        factors[group] = round(max(1.0, float(np.percentile(highest, SHARE_PERCENT))), 3)
    beat = np.maximum(np.nanpercentile(np.abs(beats_mv), SHARE_PERCENT, axis=0), LEAST_BEAT_MV)
    counts = {key: int(count) for key, count in zip(keys, np.isfinite(differences).sum(axis=0), strict=True)}
    return Tolerance(limits, counts, factors, np.where(np.isfinite(beat), beat, math.inf), about)
