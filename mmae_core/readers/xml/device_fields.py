"""What XML recordings say of their device: measurements and filters in the same words for every format."""

from __future__ import annotations

from collections.abc import Iterable

from mmae_core.readers.xml.elements import to_number
from mmae_core.record import DeviceMeasurement

MAX_STATEMENTS = 500
"""Of a device on one recording; a real one has a dozen."""


def measurements(fields: Iterable[tuple[str, str, str]]) -> tuple[DeviceMeasurement, ...]:
    """Those of (name, value, unit) whose value is a number; devices write `--`, `Invalid` or nothing otherwise."""
    return tuple(DeviceMeasurement(name, value, unit) for name, value, unit in fields if to_number(value) is not None)


def filters(high_pass_hz: float | None = None, low_pass_hz: float | None = None,
            notch_hz: float | None = None) -> tuple[str, ...]:
    """Filters in words, those that are stated and not zero."""
    stated = (("high-pass", high_pass_hz), ("low-pass", low_pass_hz), ("notch", notch_hz))
    return tuple(f"{kind} {frequency:g} Hz" for kind, frequency in stated if frequency)
