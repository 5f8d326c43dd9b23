"""What calipers say: differences in words, the table of all leads, and the extremum a handle snaps to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.layouts import Cell
from ecg_viewer.state.measure.caliper_angle import angle_reading, angle_text
from ecg_viewer.state.measure.calipers import Caliper
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number

Samples = tuple[NDArray[np.floating], NDArray[np.floating]]
"""Times in seconds and the recorded values in mV at them."""
SNAP_REACH_S = 0.04
"""A handle snaps to an extremum this near: half the width of a normal QRS."""


class ReadSamples(Protocol):
    """Recorded samples of one lead and stretch that are in memory, else None."""

    def __call__(self, lead: str, start_s: float, end_s: float) -> Samples | None:
        """Times and millivolts."""


@dataclass(frozen=True)
class LeadReading:
    """One lead between the two times of a caliper, in mV as the paper shows it; None where nothing is known."""

    cell: Cell
    """An inverted lead's values are turned, as its trace is."""
    first_mv: float | None
    second_mv: float | None
    peak_to_peak_mv: float | None
    """Highest minus lowest value from one time to the other."""

    @property
    def lead(self) -> str:
        """The standard name."""
        return self.cell.lead

    @property
    def difference_mv(self) -> float | None:
        """Second minus first."""
        return None if self.first_mv is None or self.second_mv is None else self.second_mv - self.first_mv


def caliper_text(caliper: Caliper, sign: int = 1) -> str:
    """`812 ms · 73.9/min · +450 µV`, as much of it as the caliper spans; `sign` is -1 in a lead drawn inverted."""
    if caliper.is_angle:
        return angle_text(angle_reading(caliper, sign))
    parts = []
    if caliper.spans_time:
        parts.append(tr("{n} ms").format(n=number(caliper.interval_ms, ".0f")))
        if caliper.rate_bpm is not None:
            rate = number(caliper.rate_bpm, ".1f") if caliper.rate_bpm < 1000 else "> 999"
            parts.append(tr("{n}/min").format(n=rate))
    if caliper.spans_amplitude:
        parts.append(amplitude_text(sign * caliper.difference_uv))
    return " · ".join(parts)


def amplitude_text(microvolts: float) -> str:
    """`+450 µV` below a millivolt, `+1.20 mV` from there on."""
    if abs(microvolts) < 999.5:
        return tr("{n} µV").format(n=number(_signed_zero(microvolts), "+.0f"))
    return tr("{n} mV").format(n=number(microvolts / 1000, "+.2f"))


def lead_readings(caliper: Caliper, cells: Iterable[Cell], samples: ReadSamples, rate_hz: float) -> list[LeadReading]:
    """Every lead at both times of a caliper, and its swing between them."""
    readings = []
    margin_s = 1.0 / rate_hz
    for cell in cells:
        read = samples(cell.lead, caliper.start_s - margin_s, caliper.end_s + margin_s)
        readings.append(LeadReading(cell, None, None, None) if read is None else _reading(cell, caliper, read, rate_hz))
    return readings


def _reading(cell: Cell, caliper: Caliper, samples: Samples, rate_hz: float) -> LeadReading:
    times, values = samples[0], cell.sign * samples[1]
    half_s = 0.5001 / rate_hz
    inside = values[(times >= caliper.start_s - half_s) & (times <= caliper.end_s + half_s)]
    inside = inside[np.isfinite(inside)]
    swing = float(inside.max() - inside.min()) if inside.size else None
    ends = [_value_at(times, values, at, half_s) for at in (caliper.first_s, caliper.second_s)]
    return LeadReading(cell, ends[0], ends[1], swing)


def _value_at(
    times: NDArray[np.floating], values: NDArray[np.floating], time_s: float, half_s: float
) -> float | None:
    """The sample nearest to a time, unless it is farther than half a sample or invalid."""
    if times.size == 0:
        return None
    nearest = int(np.argmin(np.abs(times - time_s)))
    value = float(values[nearest])
    return value if abs(float(times[nearest]) - time_s) <= half_s and np.isfinite(value) else None


def readings_text(caliper: Caliper, readings: Iterable[LeadReading], sign: int = 1) -> str:
    """The table with tabs between its columns, for a spreadsheet; values in mV. `sign` as for `caliper_text`."""
    head = (
        tr("Lead"),
        tr("{t} s (mV)").format(t=number(caliper.first_s, ".3f")),
        tr("{t} s (mV)").format(t=number(caliper.second_s, ".3f")),
        tr("Difference (mV)"),
        tr("Peak to peak (mV)"),
    )
    rows = [
        (row.cell.label, *(value_text(value) for value in
                     (row.first_mv, row.second_mv, row.difference_mv, row.peak_to_peak_mv)))
        for row in readings
    ]
    return "\n".join("\t".join(row) for row in ((caliper_text(caliper, sign),), head, *rows)) + "\n"


def value_text(millivolts: float | None) -> str:
    """`0.125`, or a dash where there is no value."""
    return "–" if millivolts is None else number(_signed_zero(millivolts), ".3f")


def nearest_extremum(samples: Samples, time_s: float, reach_s: float = SNAP_REACH_S) -> tuple[float, float] | None:
    """Time and value of the highest or lowest sample within reach, whichever is nearer; None on a mere slope.

    An extremum at the very edge of the reach is the foot of a slope, not a peak. Of equal samples the middle counts.
    """
    times, values = samples
    near = (np.abs(times - time_s) <= reach_s) & np.isfinite(values)
    times, values = times[near], values[near]
    if times.size < 3:
        return None
    extremes = (np.flatnonzero(values == values.max()), np.flatnonzero(values == values.min()))
    inner = [int(run[len(run) // 2]) for run in extremes if run[0] > 0 and run[-1] < times.size - 1]
    if not inner or values.max() == values.min():
        return None
    best = min(inner, key=lambda at: abs(float(times[at]) - time_s))
    return float(times[best]), float(values[best])


def _signed_zero(value: float) -> float:
    """No `-0`."""
    return value if abs(value) >= 5e-4 else 0.0
