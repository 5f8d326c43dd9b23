"""Sequences of an HL7 aECG: samples as digits with a scale, times as a head with an increment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers.make_record import shortened
from mmae_core.readers.voltage_units import voltage_factor
from mmae_core.readers.xml.elements import attribute, child, children, to_number
from mmae_core.readers.xml.samples import DecodedChannel, listed_numbers, scaled
from mmae_core.readers.xml.times import hl7_time

SECONDS_PER = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ns": 1e-9, "min": 60.0, "h": 3600.0}
"""Units of time as aECG files write them (UCUM); µ may be the micro sign or the Greek letter."""
_PER_SECOND = {"s": 1.0, "ms": 1e3, "us": 1e6, "µs": 1e6, "μs": 1e6, "ns": 1e9}
"""Exact counterparts: 1000 / 2 ms is 500 Hz, 1 / 0.002 might not be."""

TIME_CODES = ("TIME_ABSOLUTE", "TIME_RELATIVE")


@dataclass(frozen=True)
class SequenceTimes:
    """When the samples of a sequence set were taken."""

    rate_hz: float
    start: datetime | None
    """Of the first sample; None on a relative axis."""
    offset_s: float
    """Of the first sample from the relative zero; 0 on an absolute axis."""
    utc_offset: str
    """Such as `UTC+01:00`; empty if not stated."""


def code_of(sequence: Element) -> str:
    """Code of what a sequence holds."""
    return attribute(sequence, "code", "code")


def seconds(value: float | None, unit: str, where: str) -> float:
    """A stretch of time in seconds. Raises UnsupportedRecord for a unit that is no time."""
    if value is None or unit not in SECONDS_PER:
        raise UnsupportedRecord(
            f"{where} states a time in '{shortened(unit, 20)}'; expected s, ms or us. Export the recording again.",
            code="rate",
        )
    return value * SECONDS_PER[unit]


def time_axis(sequence: Element, where: str) -> SequenceTimes:
    """The times of a sequence set: head and increment (GLIST) or evenly spaced digits (SLIST).

    Raises UnreadableRecord if they cannot be read, UnsupportedRecord if the samples are not evenly spaced.
    """
    value = child(sequence, "value")
    first = child(value, "head") if child(value, "head") is not None else child(value, "origin")
    if child(value, "digits") is not None:
        rate, first_digit_s = _listed_times(value, where)
    else:
        rate, first_digit_s = _generated_rate(value, where), 0.0
    stated = attribute(first, "", "value")
    if code_of(sequence) == "TIME_ABSOLUTE":
        start, utc_offset = hl7_time(stated)
        return SequenceTimes(rate, start, first_digit_s, utc_offset)
    unit = attribute(first, "", "unit") or attribute(value, "increment", "unit")
    offset = seconds(to_number(stated) or 0.0, unit, where) + first_digit_s
    return SequenceTimes(rate, None, offset, "")


def _generated_rate(value: Element | None, where: str) -> float:
    increment = to_number(attribute(value, "increment", "value"))
    unit = attribute(value, "increment", "unit")
    if increment is None or increment <= 0:
        raise UnreadableRecord(
            f"{where} states no usable time between samples (increment). Export the recording again."
        )
    per_second = _PER_SECOND.get(unit)
    return _whole(per_second / increment if per_second else 1 / seconds(increment, unit, where))


def _whole(rate_hz: float) -> float:
    """`rate_hz`, or the whole number it is but for rounding: 1 / 0.0027777777777777779 is 360."""
    return float(round(rate_hz)) if abs(rate_hz - round(rate_hz)) < 1e-9 * rate_hz else rate_hz


def _listed_times(value: Element | None, where: str) -> tuple[float, float]:
    """Rate and the first of listed times in s, which must be evenly spaced to a step of their scale."""
    scale_s = seconds(to_number(attribute(value, "scale", "value")), attribute(value, "scale", "unit"), where)
    digits = _digits(value, where)
    steps = np.diff(digits)
    if len(steps) == 0 or not np.isfinite(digits).all() or not scale_s or digits[-1] <= digits[0]:
        raise UnreadableRecord(f"{where} states no usable times of its samples. Export the recording again.")
    even = digits[0] + np.arange(len(digits)) * ((digits[-1] - digits[0]) / len(steps))
    if np.abs(digits - even).max() > 1:
        raise UnsupportedRecord(
            f"The samples of {where} are not evenly spaced in time, which this program does not show. Resample the "
            "recording first.",
            code="rate",
        )
    return _whole(len(steps) / (float(digits[-1] - digits[0]) * scale_s)), float(digits[0]) * scale_s


def channel(sequence: Element, length: int, where: str) -> DecodedChannel:
    """The samples of a sequence in mV, or in their own unit if that is no voltage.

    `length` is that of its set, which a generated sequence (GLIST_PQ) fills.
    Raises UnreadableRecord if they are damaged, UnsupportedRecord for other kinds of lists.
    """
    code = code_of(sequence)
    value = child(sequence, "value")
    where = f"{shortened(code, 30)} of {where}"
    if child(value, "digits") is not None:
        numbers = _digits(value, where)
        first, step = child(value, "origin"), child(value, "scale")
    elif child(value, "increment") is not None:
        numbers = _generated(value, length)
        first, step = child(value, "head"), child(value, "increment")
    else:
        kind = attribute(value, "", "type") or "an empty value"
        raise UnsupportedRecord(
            f"The samples of {where} are stored as {shortened(kind, 20)}; expected SLIST_PQ or GLIST_PQ. Export the "
            "recording again."
        )
    unit, factor = attribute(step, "", "unit"), voltage_factor(attribute(step, "", "unit"))
    first_unit = attribute(first, "", "unit") or unit
    first_factor = voltage_factor(first_unit)
    size, origin = to_number(attribute(step, "", "value")), to_number(attribute(first, "", "value")) or 0.0
    if attribute(first, "", "value") and to_number(attribute(first, "", "value")) is None:
        raise UnsupportedRecord(
            f"The samples of {where} count from '{shortened(attribute(first, '', 'value'), 20)}', which is no number, "
            "so their values are unknown. Export the recording again.",
            code="unit",
        )
    if size is None or (size == 0 and child(value, "digits") is not None):
        raise UnsupportedRecord(
            f"The samples of {where} have no scale, so their values are unknown. Export the recording again.",
            code="unit",
        )
    if factor is None or first_factor is None:
        if first_unit != unit:
            raise UnsupportedRecord(
                f"{where} counts in '{shortened(unit, 20)}' from an origin in '{shortened(first_unit, 20)}'; the same "
                "unit is expected.",
                code="unit",
            )
        factor = first_factor = 1.0
    else:
        unit = "mV"
    name = attribute(sequence, "code", "displayName") or code or "unnamed"
    return DecodedChannel(name, scaled(numbers, size * factor, origin * first_factor), unit, code, abs(size * factor))


def _digits(value: Element | None, where: str) -> NDArray[np.float64]:
    texts = [digits.text or "" for digits in children(value, "digits")]
    return listed_numbers(" ".join(texts), where)


def _generated(value: Element | None, length: int) -> NDArray[np.float64]:
    """Steps of a generated list: each `denominator` samples one further, and from 0 again after `period` steps."""
    steps = np.arange(length) // max(1, int(to_number(attribute(value, "", "denominator")) or 1))
    period = int(to_number(attribute(value, "", "period")) or 0)
    return (steps % period if period > 0 else steps).astype(np.float64)
