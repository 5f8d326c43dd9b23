"""Columns of tables beside the model's score: the strongest fact and the measurements of a stretch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from mmae_core.facts import Fact, strongest_first
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS, Measurements, QtcFormula, Value
from mmae_core.percentiles import table_percentile

FACT_COLUMNS = (
    "n_findings", "strongest_finding", "strongest_lead", "strongest_kind", "strongest_layer",
    "strongest_finding_percentile",
)
UNITS = {"rate_bpm": "/min", "pr_ms": "ms", "qrs_ms": "ms", "qt_ms": "ms", "qtc_ms": "ms", "axis_deg": "°"}
"""Quantities of a record, in the order in which they are read, with their units."""
MEASURED_COLUMNS = (*UNITS, "not_measured")


def strongest_fact(facts: Sequence[Fact]) -> Fact | None:
    """The fact that is rarest among normal ECGs; of equally rare ones the most specific. None without facts."""
    return min(facts, key=strongest_first, default=None)


def values_of(measured: Measurements, formula: QtcFormula = FORMULAS[DEFAULT_FORMULA]) -> dict[str, Value]:
    """Every quantity of `UNITS`, in their order."""
    return {name: measured.qtc_ms(formula) if name == "qtc_ms" else getattr(measured, name) for name in UNITS}


def fact_cells(facts: Sequence[Fact]) -> list[str]:
    """The cells of `FACT_COLUMNS`; facts of the same key, as of several windows, are counted once."""
    fact = strongest_fact(facts)
    if fact is None:
        return ["0", *[""] * (len(FACT_COLUMNS) - 1)]
    lead = fact.leads[0] if fact.leads else ""
    return [str(len({item.key for item in facts})), str(fact.title), lead, fact.kind, fact.layer,
            table_percentile(fact.percentile)]


def measured_cells(measured: Sequence[Measurements]) -> list[str]:
    """The cells of `MEASURED_COLUMNS`: medians over stretches, QTc by the default formula.

    The last cell says what could not be measured in any stretch, and why.
    """
    found: dict[str, list[float]] = {name: [] for name in UNITS}
    reasons: dict[str, str] = {}
    for stretch in measured:
        for name, value in values_of(stretch).items():
            if value.value is None:
                reasons.setdefault(name, value.reason_text)
            else:
                found[name].append(value.value)
    cells = [_number(_middle(name, values), ".0f") if values else "" for name, values in found.items()]
    return [*cells, "; ".join(f"{name}: {reason}" for name, reason in reasons.items() if not found[name])]


def _middle(name: str, values: Sequence[float]) -> float:
    """The median; for an axis, the angle with the smallest sum of angular distances to the others."""
    if name != "axis_deg":
        return median(values)
    return min(values, key=lambda angle: sum(abs((angle - other + 180) % 360 - 180) for other in values))


def _number(value: float, form: str) -> str:
    return "" if math.isnan(value) else format(value, form)
