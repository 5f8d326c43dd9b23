"""How far beats of normal ECGs depart from their own templates: limits and percentiles, from a file in the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.errors import ConfigError
from mmae_core.files import JSON_FAULTS, replacing
from mmae_core.intervals.beat_results import Array
from mmae_core.resources import resource

FILE = "own_beats.json"


@dataclass(frozen=True)
class OwnBeatLimits:
    """Distribution in normal records. Departures are divided by limits, so that 1 is equally rare in every part."""

    beat_limits: Mapping[str, float]
    """Part (`QRS`, `T`, `P`, `rhythm`) -> value that few normal records exceed."""
    lead_limits: Mapping[str, float]
    """Part -> the limit in a single lead."""
    shares: Array
    """(points,) 0..100, ascending."""
    beat_quantiles: Array
    """(points,) the largest departure of any beat in that share of normal records."""
    lead_quantiles: Mapping[str, Array]
    """Lead -> (points,) the same in that lead; `any` for leads of other names."""
    n_records: int
    facts: Mapping[str, Any]
    """The data it was made from."""

    def beat_percentile(self, departure: Array) -> Array:
        """Share of normal records, 0..100, whose beats all depart less; never 100."""
        return self._percentile(self.beat_quantiles, departure)

    def lead_percentile(self, lead: str, departure: Array) -> Array:
        """The same for one lead."""
        return self._percentile(self.lead_quantiles.get(lead, self.lead_quantiles["any"]), departure)

    def _percentile(self, quantiles: Array, departure: Array) -> Array:
        most = 100 * self.n_records / (self.n_records + 1)
        found = np.minimum(np.interp(departure, quantiles, self.shares), most)
        return np.where(np.isfinite(departure), found, np.nan)

    def write(self, path: Path) -> None:
        """Write as JSON, whole or not at all."""
        content = {
            "beat_limits": dict(self.beat_limits), "lead_limits": dict(self.lead_limits),
            "shares": self.shares.tolist(), "beat_quantiles": np.round(self.beat_quantiles, 4).tolist(),
            "lead_quantiles": {lead: np.round(values, 4).tolist() for lead, values in self.lead_quantiles.items()},
            "n_records": self.n_records, "facts": dict(self.facts),
        }
        with replacing(path) as part:
            part.write_text(json.dumps(content, indent=1, allow_nan=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> OwnBeatLimits:
        """Read the file. Raises ConfigError if it is damaged."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            found = cls(
                content["beat_limits"], content["lead_limits"], np.array(content["shares"], np.float64),
                np.array(content["beat_quantiles"], np.float64),
                {lead: np.array(values, np.float64) for lead, values in content["lead_quantiles"].items()},
                int(content["n_records"]), content["facts"],
            )
            curves = (found.beat_quantiles, found.lead_quantiles["any"], *found.lead_quantiles.values())
            if not found.shares.size or found.shares.ndim != 1 or {one.shape for one in curves} != {found.shares.shape}:
                raise ValueError("its curves do not belong together")
            return found
        except JSON_FAULTS as error:
            raise ConfigError(f"The limits of own beats {path.name} cannot be read: {error}. Make them again with "
                              "`mmae_core beats --calibrate`.") from error


@lru_cache(maxsize=1)
def bundled_beat_limits() -> OwnBeatLimits:
    """The limits that come with the program. Raises MissingResource, ConfigError."""
    return OwnBeatLimits.read(resource("own_beats", FILE))
