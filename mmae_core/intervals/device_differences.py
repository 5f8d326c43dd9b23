"""The recording device's own measurements beside this program's, where the two differ by more than a tolerance.

The tolerances for PR, QRS and QT are twice the mean difference that IEC 60601-2-51 allows a device on the CSE data base
(10, 10 and 25 ms); those for rate and axis are this project's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mmae_core.intervals.results import FORMULAS, Measurements, Value
from mmae_core.record import Device

TOLERANCES: Mapping[str, float] = {
    "rate_bpm": 5.0, "pr_ms": 20.0, "qrs_ms": 20.0, "qt_ms": 50.0, "qtc_ms": 50.0, "axis_deg": 20.0,
}
_UNITS = {"rate_bpm": "/min", "axis_deg": "°"}
_NAMES = {
    "rate_bpm": ("heart rate", "ventricular rate", "hr"), "pr_ms": ("pr interval", "pr", "pq interval"),
    "qrs_ms": ("qrs duration", "qrs"), "qt_ms": ("qt interval", "qt"), "axis_deg": ("qrs axis", "qrsaxis"),
}
_QTC = re.compile(r"qtc(?: interval)? \((\w+)\)", re.IGNORECASE)
"""Without the formula's name it is not known what it would be compared with."""


@dataclass(frozen=True)
class DeviceDifference:
    """One quantity as both have it."""

    quantity: str
    """`rate_bpm`, `pr_ms`, `qrs_ms`, `qt_ms`, `qtc_ms` or `axis_deg`."""
    formula: str
    """Of a QTc; else empty."""
    device: float
    """As the file states it."""
    ours: float
    unit: str
    tolerance: float
    """Smaller differences are not listed."""


def device_differences(device: Device | None, measured: Measurements) -> tuple[DeviceDifference, ...]:
    """What the device measured otherwise than this program, in the order of the quantities."""
    if device is None:
        return ()
    found: dict[tuple[str, str], DeviceDifference] = {}
    for item in device.measurements:
        named = _named(item.name, measured)
        value = _number(item.value)
        if named is None or value is None:
            continue
        quantity, formula, ours = named
        if ours.value is None:
            continue
        difference = value - ours.value
        if quantity == "axis_deg":
            difference = (difference + 180.0) % 360.0 - 180.0
        if abs(difference) > TOLERANCES[quantity]:
            found.setdefault((quantity, formula), DeviceDifference(
                quantity, formula, value, ours.value, _UNITS.get(quantity, "ms"), TOLERANCES[quantity]))
    order = list(TOLERANCES)
    return tuple(sorted(found.values(), key=lambda item: order.index(item.quantity)))


def _named(name: str, measured: Measurements) -> tuple[str, str, Value] | None:
    """Quantity, formula and this program's value of what a device calls `name`."""
    key = " ".join(name.lower().split())
    if (qtc := _QTC.fullmatch(key)) is not None:
        formula = next((known for known in FORMULAS.values() if known.name.lower() == qtc[1].lower()), None)
        return None if formula is None else ("qtc_ms", formula.name, measured.qtc_ms(formula))
    quantity = next((known for known, names in _NAMES.items() if key in names), None)
    return None if quantity is None else (quantity, "", getattr(measured, quantity))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
