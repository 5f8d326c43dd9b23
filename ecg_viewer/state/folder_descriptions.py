"""Descriptions of files as the settings store them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mmae_core.readers.signal_description import SignalDescription


def described(values: Mapping[str, Any]) -> SignalDescription:
    """A description from its stored values. Raises ValueError for what is not allowed."""
    if not isinstance(values, Mapping):
        raise ValueError("a description must be a table")
    numbers = []
    for name in ("rate_hz", "mv_per_step"):
        value = values.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not (is_number and 0 < value < math.inf):
            raise ValueError(f"{name} must be a number above 0 or null; found {value!r}")
        numbers.append(None if value is None else float(value))
    names = values.get("lead_names")
    if names is not None and not (isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)):
        raise ValueError(f"lead_names must be a list of names or null; found {names!r}")
    return SignalDescription(numbers[0], numbers[1], None if names is None else tuple(names))


def stored(description: SignalDescription) -> dict[str, Any]:
    """The values to store."""
    names = description.lead_names
    return {"rate_hz": description.rate_hz, "mv_per_step": description.mv_per_step,
            "lead_names": None if names is None else list(names)}
