"""What differs between two recordings of one patient; start at `compare`."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS
from mmae_core.serial.beat_grid import N_POINTS
from mmae_core.serial.quantities import compared_keys, difference, lead_of_key, quantity_of
from mmae_core.serial.serial_ecg import SerialEcg
from mmae_core.serial.tolerance import Tolerance, bundled_tolerance, group_of

Array = NDArray[np.float64]
TWO_SIDED_95 = 1.96
"""Standard errors that 95 % of chance lies within."""


@dataclass(frozen=True)
class ValueDifference:
    """One measurement in both recordings."""

    key: str
    """`quantity` or `quantity:lead`, as `mmae_core.serial.quantities` has them."""
    earlier: float
    """NaN: not measured."""
    later: float
    difference: float
    """Later less earlier; NaN if either is not measured."""
    test_retest: float
    """What 95 of 100 unchanged pairs of normals do not exceed."""
    beat_to_beat: float
    """What the difference may be by chance alone, as the beats of these two recordings vary (95 %); 0 for measurements
    of the recording."""
    factor: float
    """Of its group: a `ratio` beyond it, anywhere in the group, is seen in 5 of 100 unchanged pairs."""

    @property
    def limit(self) -> float:
        """The tolerance: the wider one of both."""
        return max(self.test_retest, self.beat_to_beat)

    @property
    def ratio(self) -> float:
        """Size of the difference in tolerances; NaN if it is not known."""
        return abs(self.difference) / self.limit

    @property
    def is_beyond(self) -> bool:
        """More than measuring and beats vary: of each measurement in 5 of 100 unchanged pairs."""
        return self.ratio > 1.0

    @property
    def is_clear(self) -> bool:
        """So much more that it stands out among all that were compared."""
        return self.ratio > self.factor

    @property
    def lead(self) -> str | None:
        """None for a measurement of the recording."""
        return lead_of_key(self.key)


@dataclass(frozen=True)
class SerialComparison:
    """Two recordings of one patient."""

    earlier: SerialEcg
    later: SerialEcg
    values: tuple[ValueDifference, ...]
    """In the order of `compared_keys`."""
    beat_mv: Array
    """(12, N_POINTS) later less earlier average beat, wave upon wave; NaN where either has none."""
    beat_ratio: Array
    """The same in tolerances of that lead and point, with its sign."""
    tolerance: Tolerance
    limitations: tuple[Message, ...] = ()

    def of(self, key: str) -> ValueDifference:
        """One measurement. Raises KeyError."""
        return self._by_key[key]

    @property
    def _by_key(self) -> dict[str, ValueDifference]:
        return {value.key: value for value in self.values}

    @property
    def beyond(self) -> tuple[ValueDifference, ...]:
        """What differs by more than its tolerance, the largest first."""
        return tuple(sorted((value for value in self.values if value.is_beyond), key=lambda value: -value.ratio))

    @property
    def n_compared(self) -> int:
        """Measurements that both recordings have."""
        return sum(math.isfinite(value.difference) for value in self.values)

    @property
    def interval_days(self) -> float | None:
        """Between both; None if a date is not known."""
        if self.earlier.recorded_at is None or self.later.recorded_at is None:
            return None
        return (self.later.recorded_at - self.earlier.recorded_at).total_seconds() / 86400


def compare(earlier: SerialEcg, later: SerialEcg, tolerance: Tolerance | None = None) -> SerialComparison:
    """Compare two recordings (None: the bundled tolerance). Raises MissingResource or DatasetError without one."""
    tolerance = bundled_tolerance() if tolerance is None else tolerance
    nothing = np.full((len(STANDARD_LEADS), N_POINTS), np.nan)
    beat = nothing if earlier.beat_mv is None or later.beat_mv is None else later.beat_mv - earlier.beat_mv
    return SerialComparison(
        earlier, later, tuple(_difference(key, earlier, later, tolerance) for key in compared_keys()), beat,
        beat / tolerance.beat_mv, tolerance, _limitations(earlier, later),
    )


def _difference(key: str, earlier: SerialEcg, later: SerialEcg, tolerance: Tolerance) -> ValueDifference:
    first, second = earlier.values.get(key, math.nan), later.values.get(key, math.nan)
    error = math.hypot(earlier.beat_spread.get(key, 0.0), later.beat_spread.get(key, 0.0))
    return ValueDifference(key, first, second, difference(key, first, second), tolerance.limits[key],
                           TWO_SIDED_95 * error, tolerance.factors[group_of(key)])


def _limitations(earlier: SerialEcg, later: SerialEcg) -> tuple[Message, ...]:
    said: list[Message] = []
    for ecg in (earlier, later):
        if ecg.beat_mv is None:
            said.append(Message("{name}: no average beat could be measured", name=ecg.name))
        said += [Message("{name}: {what}", name=ecg.name, what=doubt) for doubt in ecg.doubts]
    rates = [value for ecg in (earlier, later) if (value := ecg.values.get("rate_bpm")) is not None]
    if len(rates) == 2 and abs(rates[1] - rates[0]) > RATE_APART_BPM:
        said.append(Message("the rates differ by {n:.0f}/min: QT, ST and T change with the rate alone",
                            n=abs(rates[1] - rates[0])))
    if earlier.departures.departures and later.departures.departures and _is_paced(earlier) != _is_paced(later):
        said.append(Message("one of the two recordings may be paced: QRS, ST and T are of different beats"))
    return tuple(said)


RATE_APART_BPM = 20.0
"""From this difference of the rates on it is said that waves change with the rate; 95 of 100 unchanged pairs of normals
lie within 23/min."""


def _is_paced(ecg: SerialEcg) -> bool:
    return any(departure.is_maybe_paced for departure in ecg.departures.departures)


def value_words(key: str, value: float) -> str:
    """`+0.24 mV`, `182 ms`, `−12°`; a dash for what was not measured."""
    quantity = quantity_of(key)
    if not math.isfinite(value):
        return "–"
    parts: dict[str, str | float] = {"value": value, "sign": "+" if quantity.is_signed else "",
                                     "digits": quantity.decimals, "unit": quantity.unit}
    return (Message("{value:{sign}.{digits}f}{unit}", **parts) if quantity.unit in ("", "°", "/min") else
            Message("{value:{sign}.{digits}f} {unit}", **parts))
