"""Thresholds for findings on the model's map. Kept apart from `findings` so that it loads without NumPy."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.errors import ConfigError


@dataclass(frozen=True)
class FindConfig:
    """What counts as a finding."""

    merge_gap_s: float = 0.10
    """Intervals of a lead no farther apart than this are joined."""
    min_duration_s: float = 0.04
    edge_percentile: float = 90.0
    """An interval extends while its points have at least this percentile (see `AnomalyMap.peak_percentile`)."""
    min_percentile: float = 99.5
    """An interval counts if its strongest point reaches this percentile. The map is one of three layers that findings
    come from, and all together may mark one normal in twenty: of 620 records of folds 1-8 whose reports name ST-T it
    alone marks 1 % at this percentile, 3 % at the 98th; the heat map is coloured from the 90th regardless."""
    limit: int = 1000
    """Only this many of the strongest are kept."""

    def __post_init__(self) -> None:
        for name in ("edge_percentile", "min_percentile"):
            if not 0 <= getattr(self, name) <= 100:
                raise ConfigError(f"{name} must lie in 0..100; found {getattr(self, name)}.")
        for name in ("merge_gap_s", "min_duration_s", "limit"):
            if not getattr(self, name) >= 0:
                raise ConfigError(f"{name} must not be negative; found {getattr(self, name)}.")
