"""Search, filters and order of a worklist as JSON, stored with the session."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, get_args

from ecg_viewer.state.worklist.filters import QualityChoice, StateChoice, TruthChoice, WorklistFilter
from ecg_viewer.state.worklist.sorting import BY_ID, Sort

_CHOICES: dict[str, tuple[str, ...]] = {
    "sex": ("", "female", "male"), "state": get_args(StateChoice), "quality": get_args(QualityChoice),
    "truth": get_args(TruthChoice),
}
_WHOLE = ("fold", "min_age", "max_age")
MOST = 150
"""Upper limit of folds and ages."""
LONGEST = 1000
"""Characters of a search."""
_log = logging.getLogger("ecg_viewer.worklist")


def as_kept(chosen: WorklistFilter, sort: Sort) -> dict[str, Any]:
    """Only the filter fields that are set, as JSON."""
    conditions = {name: value for name, value in asdict(chosen).items() if value not in ("", None)}
    return {**conditions, **({"sort": [sort.column, sort.descending]} if sort.column else {})}


def from_kept(kept: Mapping[str, Any]) -> tuple[WorklistFilter, Sort]:
    """Read back `as_kept`. Unknown or invalid fields are left out and logged."""
    names = {item.name for item in fields(WorklistFilter)}
    conditions = {name: value for name, value in kept.items() if name in names and _is_condition(name, value)}
    sort = _sort(kept.get("sort"))
    if left_out := len(kept) - len(conditions) - bool(sort.column):
        _log.warning("%s conditions of the worklist could not be understood", left_out)
    return WorklistFilter(**conditions), sort


def _is_condition(name: str, value: object) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _WHOLE:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    if name == "min_percentile":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100  # nor NaN
    return isinstance(value, str) and len(value) <= LONGEST and value.isprintable()


def _sort(value: object) -> Sort:
    match value:
        case [str(column), bool(descending)] if column in BY_ID:
            return Sort(column, descending)
    return Sort()
