"""What an examined stretch tells beside its intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mmae_core.departures.lead_table_results import LeadTable
from mmae_core.intervals.beat_results import Spread


@dataclass(frozen=True)
class Details:
    """What an examined stretch tells beside its intervals."""

    table: LeadTable
    spreads: Mapping[str, Spread]
    """Deviations from beat to beat by quantity (`rate_bpm`, `rr_ms`, `pr_ms`, `qrs_ms`, `qt_ms`)."""
