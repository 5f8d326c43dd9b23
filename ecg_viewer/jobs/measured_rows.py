"""A recording's measurements for exports and the worklist: value or reason, and departure from normal ECGs."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.state.assessment import Assessment
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.intervals.results import Measurements, Value
from mmae_core.record import EcgRecord
from mmae_core.report.layer_columns import UNITS, values_of

WHOLE_UP_TO_S = 30.0
"""A recording up to this long is measured as a whole; of a longer one, this much around its strongest 10 s."""
BEFORE_S = 10.0
DEPARTURE_OF = {name: name for name in UNITS} | {"axis_deg": "qrs_axis_deg"}
"""Quantity -> the name under which `mmae_core.departures` compares it with normal ECGs."""


@dataclass(frozen=True)
class MeasuredRow:
    """One quantity."""

    quantity: str
    """A key of `mmae_core.report.layer_columns.UNITS`."""
    value: Value
    unit: str
    departure: Departure | None = None
    """Where the value lies outside the range of normal ECGs."""


def measured_stretch(assessment: Assessment, duration_s: float) -> tuple[float, float]:
    """Start and length, in seconds, of the stretch measured for exports and the worklist."""
    if duration_s <= WHOLE_UP_TO_S:
        return 0.0, duration_s
    window = assessment.strongest_window
    start_s = 0.0 if window is None else window.start_s - BEFORE_S
    return min(max(start_s, 0.0), duration_s - WHOLE_UP_TO_S), WHOLE_UP_TO_S


def measure_recording(record: EcgRecord, assessment: Assessment) -> Measurements:
    """Measure the stretch of `measured_stretch`; reuse the assessment's measurements if they cover it. Raises
    UnreadableRecord.
    """
    stretch = measured_stretch(assessment, record.duration_s)
    if (found := assessment.layers.measured(*stretch)) is not None:
        return found
    from mmae_core.intervals.measure import measure_record

    return measure_record(record, *stretch)


def measured_rows(measured: Measurements | None, departures: RecordDepartures | None) -> tuple[MeasuredRow, ...]:
    """One row per quantity, in reading order; none without measurements."""
    if measured is None:
        return ()
    return tuple(
        MeasuredRow(name, value, UNITS[name], None if not value.is_measured else _departure(name, departures))
        for name, value in values_of(measured).items()
    )


def _departure(quantity: str, departures: RecordDepartures | None) -> Departure | None:
    """The departure of the recording as a whole."""
    found = () if departures is None else departures.departures
    return next((item for item in found if item.lead is None and item.quantity == DEPARTURE_OF[quantity]), None)
