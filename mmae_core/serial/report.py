"""A patient's recordings in time order as JSON: measurements, differences and both references."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from mmae_core.serial.compare import SerialComparison, ValueDifference, compare
from mmae_core.serial.quantities import quantity_of
from mmae_core.serial.serial_ecg import SerialEcg, in_time_order
from mmae_core.serial.tolerance import SHARE_PERCENT, Tolerance
from mmae_core.serial.two_references import counts, two_references


def serial_report(ecgs: Sequence[SerialEcg], tolerance: Tolerance) -> dict[str, Any]:
    """Each recording with its values, and each compared with the one before it."""
    ordered = in_time_order(ecgs)
    return {
        "tolerance": {"share_percent": SHARE_PERCENT, **tolerance.about},
        "recordings": [_recording(ecg) for ecg in ordered],
        "comparisons": [comparison_row(compare(first, second, tolerance)) for first, second in pairwise(ordered)],
    }


def comparison_row(comparison: SerialComparison) -> dict[str, Any]:
    """The differences of two recordings, and what each departs from."""
    rows = two_references(comparison)
    when = when_of(comparison.earlier)
    return {
        "earlier": comparison.earlier.name, "later": comparison.later.name, "days": comparison.interval_days,
        "n_compared": comparison.n_compared, "n_beyond": len(comparison.beyond),
        "differences": [_difference_row(value) for value in comparison.values],
        "references": [{"standing": row.standing, "wave": row.wave, "lead": row.lead,
                        "cohort_percentile": row.cohort_percentile,
                        "difference": None if row.own is None else _or_none(row.own.difference),
                        "tolerance": None if row.own is None else row.own.limit,
                        "sentence": str(row.sentence(when))} for row in rows],
        "counts": counts(rows), "limitations": list(map(str, comparison.limitations)),
    }


def when_of(ecg: SerialEcg) -> str:
    """`1989-05-02`; the recording's name where its date is not known."""
    return ecg.name if ecg.recorded_at is None else ecg.recorded_at.date().isoformat()


def _recording(ecg: SerialEcg) -> dict[str, Any]:
    return {"record": ecg.name,
            "recorded_at": None if ecg.recorded_at is None else ecg.recorded_at.isoformat(sep=" "),
            "values": {key: round(value, quantity_of(key).decimals + 1) for key, value in ecg.values.items()},
            "doubts": list(map(str, ecg.doubts))}


def _difference_row(value: ValueDifference) -> dict[str, Any]:
    decimals = quantity_of(value.key).decimals + 1
    return {"quantity": value.key.partition(":")[0], "lead": value.lead, "unit": quantity_of(value.key).unit,
            "earlier": _or_none(value.earlier, decimals), "later": _or_none(value.later, decimals),
            "difference": _or_none(value.difference, decimals), "test_retest": round(value.test_retest, 4),
            "beat_to_beat": round(value.beat_to_beat, 4), "is_beyond": value.is_beyond, "is_clear": value.is_clear}


def _or_none(value: float, decimals: int = 4) -> float | None:
    return round(value, decimals) if math.isfinite(value) else None
