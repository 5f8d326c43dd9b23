"""Units of voltage as files write them."""

from __future__ import annotations

MILLIVOLTS = {
    "nv": 1e-6, "uv": 1e-3, "\N{MICRO SIGN}v": 1e-3, "\N{GREEK SMALL LETTER MU}v": 1e-3, "mv": 1.0, "v": 1e3,
    "nanovolt": 1e-6, "microvolt": 1e-3, "millivolt": 1.0, "volt": 1e3,
}
"""Millivolts of one unit, by its name in lower case."""


def voltage_factor(unit: str) -> float | None:
    """Millivolts of one `unit`; None if it is no voltage."""
    key = unit.strip().lower()
    return MILLIVOLTS.get(key, MILLIVOLTS.get(key.removesuffix("s")))
