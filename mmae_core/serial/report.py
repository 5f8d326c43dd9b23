"""A patient's recordings in time order as JSON: measurements, differences and both references."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from mmae_core.serial.compare import SerialComparison, ValueDifference, compare
from mmae_core.serial.quantities import quantity_of
from mmae_core.serial.serial_ecg import SerialEcg, in_time_order
from mmae_core.serial.tolerance import SHARE_PERCENT, Tolerance
from mmae_core.serial.two_references import counts, two_references


def serial_report(
    ecgs: Sequence[SerialEcg], tolerance: Tolerance, *, with_identity: bool = False
) -> dict[str, Any]:
    """Each recording with its values, and each compared with the one before it; dates of files `with_identity` alone.
    """
    ordered = in_time_order(ecgs)
    return {
        "tolerance": {"share_percent": SHARE_PERCENT, **tolerance.about},
        "recordings": [_recording(ecg, with_identity=with_identity) for ecg in ordered],
        "comparisons": [comparison_row(compare(first, second, tolerance), with_identity=with_identity)
                        for first, second in pairwise(ordered)],
    }


def comparison_row(comparison: SerialComparison, *, with_identity: bool = False) -> dict[str, Any]:
    """The differences of two recordings, and what each departs from."""
    rows = two_references(comparison)
    when = when_of(comparison.earlier, with_identity=with_identity)
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


def when_of(ecg: SerialEcg, *, with_identity: bool = False) -> str:
    """`1989-05-02`; the recording's name where its date is not known or may tell who it is."""
    shown = _shown_date(ecg, with_identity=with_identity)
    return ecg.name if shown is None else shown.date().isoformat()


def _shown_date(ecg: SerialEcg, *, with_identity: bool) -> datetime | None:
    return None if ecg.date_identifies and not with_identity else ecg.recorded_at


def _recording(ecg: SerialEcg, *, with_identity: bool) -> dict[str, Any]:
    shown = _shown_date(ecg, with_identity=with_identity)
    return {"record": ecg.name, "recorded_at": None if shown is None else shown.isoformat(sep=" "),
            "is_date_left_out": shown is None and ecg.recorded_at is not None,
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
