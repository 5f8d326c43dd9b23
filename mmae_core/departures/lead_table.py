"""Measurements lead by lead as a table: every value with its percentile among normals, or the reason why it is missing.

The values are those that named departures are looked for in (`mmae_core.departures.beat_values`), with durations beside
them. Their limits of normal are the 2.5th and 97.5th percentile of normals of that age and sex.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.carried import EVERYTHING, ST_QUANTITIES, Carried
from mmae_core.departures.compare import departures_of, is_maybe_paced
from mmae_core.departures.doubtful_intervals import compared_vector
from mmae_core.departures.lead_table_results import (
    DURATIONS,
    HIGH_PERCENT,
    LOW_PERCENT,
    TABLE_QUANTITIES,
    LeadTable,
    LeadValue,
)
from mmae_core.departures.limits import Limits, LimitsOf, bundled_limits
from mmae_core.departures.measurements import Measured, measure, quantity_keys
from mmae_core.departures.person import UNKNOWN, Person
from mmae_core.departures.results import RecordDepartures
from mmae_core.departures.wave_durations import wave_durations
from mmae_core.intervals.results import Examination, Value
from mmae_core.messages import Message, message_of
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]
RANGE_QUANTITIES = ("rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "qrs_axis_deg")
"""Of the record, whose limits of normal are told."""
WIDE_QRS_MS = 120.0

def lead_table(
    examination: Examination, person: Person = UNKNOWN, carried: Carried = EVERYTHING, limits: Limits | None = None
) -> LeadTable:
    """The table of an examined stretch (limits None: the bundled ones).

    ST is missing where the recording does not carry it (`carried`), and where no QRS was found. Beside a wide or
    maybe paced QRS it is measured, as named departures are, and a note says that the normals' QRS are narrow.

    Raises MissingResource or DatasetError if the bundled limits are missing or damaged.
    """
    limits = bundled_limits() if limits is None else limits
    measured = measure(examination, carried)
    of_person = None if person.is_child else limits.of(person)
    found = departures_of(examination, person, limits, carried)
    vector, _ = compared_vector(examination, measured, carried)
    percentiles = None if of_person is None else of_person.percentiles(vector)
    at = {key: place for place, key in enumerate(quantity_keys())}
    durations = _durations(examination, measured)
    reasons = _Reasons(examination, measured, carried, found)
    flagged = {(item.lead, item.quantity) for item in found.flagged}

    def cell(lead: str, row: int, name: str) -> LeadValue:
        value = float((durations if name in DURATIONS else measured.leads)[name][row])
        if not math.isfinite(value):
            return LeadValue(None, reasons.missing(lead, name))
        percentile = math.nan if percentiles is None or name in DURATIONS else float(percentiles[at[f"{name}:{lead}"]])
        if not math.isfinite(percentile):
            return LeadValue(value, reasons.not_compared(name))
        return LeadValue(value, "", percentile, (lead, name) in flagged)

    examined = examination.measurements
    return LeadTable(
        examined.start_s, examined.start_s + examined.duration_s,
        {lead: {name: cell(lead, row, name) for name in TABLE_QUANTITIES} for row, lead in enumerate(STANDARD_LEADS)},
        person.group, _notes(examination, measured, carried),
        {} if of_person is None else _ranges(of_person), {} if of_person is None else _counts(of_person),
    )


def _durations(examination: Examination, measured: Measured) -> dict[str, Array]:
    """(12,) each, in the order of `STANDARD_LEADS`."""
    found = {name: np.full(len(STANDARD_LEADS), np.nan) for name in DURATIONS}
    if examination.average is None or measured.bounds is None:
        return found
    rows = [STANDARD_LEADS.index(lead) for lead in examination.measurements.leads]
    for name, values in wave_durations(examination.average, measured.bounds, examination.lead_bounds).items():
        found[name][rows] = values
    return found


def _ranges(of_person: LimitsOf) -> dict[str, tuple[float, float]]:
    at = {key: place for place, key in enumerate(of_person.limits.quantities)}
    names = [name for name in RANGE_QUANTITIES if name in at]
    ranges = {name: of_person.range(at[name], LOW_PERCENT / 100, HIGH_PERCENT / 100) for name in names}
    return {name: limits for name, limits in ranges.items() if all(map(math.isfinite, limits))}


def _counts(of_person: LimitsOf) -> dict[str, int]:
    at = {key: place for place, key in enumerate(of_person.limits.quantities)}
    return {name: round(float(of_person.counts[at[name]])) for name in RANGE_QUANTITIES if name in at}


def _notes(examination: Examination, measured: Measured, carried: Carried) -> tuple[str, ...]:
    notes: list[str] = []
    if measured.bounds is None:
        return tuple(measured.limitations)
    if carried.st_refused is not None:
        notes.append(carried.st_refused)
    qrs = examination.measurements.qrs_ms.value
    if is_maybe_paced(examination):
        notes.append(Message("There may be a pacemaker: ST and T follow paced beats, and the normals' are not paced."))
    elif qrs is not None and qrs >= WIDE_QRS_MS:
        notes.append(Message("QRS lasts {ms:.0f} ms: ST and T follow a wide QRS too, and the normals' are narrow.",
                             ms=qrs))
    if carried.amplitudes_doubted is not None:
        notes.append(carried.amplitudes_doubted)
    return tuple(notes)


class _Reasons:
    """Why a cell is empty or not compared."""

    def __init__(self, examination: Examination, measured: Measured, carried: Carried, found: RecordDepartures) -> None:
        self._examined, self._measured, self._carried = examination.measurements, measured, carried
        self._is_compared = bool(found.group)
        self._child = found.limitations[0] if not found.group and found.limitations else ""

    def missing(self, lead: str, name: str) -> str:
        """Why there is no value."""
        if self._measured.bounds is None:
            return self._measured.limitations[-1]
        if lead not in self._examined.leads:
            return Message("{leads}: missing or without a usable signal", leads=lead)
        if name in ST_QUANTITIES:
            return self._carried.st_refused or Message("the beat ends before")
        wave = name.partition("_")[0]
        value = {"p": self._examined.pr_ms, "t": self._examined.qt_ms}.get(wave)
        if value is not None and not value.is_measured:
            return _reason(value)
        return Message("the lead does not show where the wave begins and ends")

    def not_compared(self, name: str) -> str:
        """Why a value has no percentile."""
        if not self._is_compared:
            return self._child
        if name in DURATIONS:
            return Message("the limits of normals do not have it")
        return self._carried.amplitudes_doubted or Message("too few normals to compare with")


def _reason(value: Value) -> str:
    return "" if value.reason is None else message_of(value.reason.value, value.details)


def table_document(table: LeadTable, leads: Sequence[str] = STANDARD_LEADS) -> dict[str, object]:
    """The table as JSON values: of each lead, of each quantity, value, unit, reason and percentile."""
    return {
        "start_s": round(table.start_s, 6), "end_s": round(table.end_s, 6), "group": str(table.group),
        "units": {name: quantity.unit for name, quantity in TABLE_QUANTITIES.items()},
        "notes": [str(note) for note in table.notes],
        "leads": {lead: {name: _cell_document(value) for name, value in table.leads[lead].items()} for lead in leads},
    }


def _cell_document(cell: LeadValue) -> dict[str, object]:
    return {"value": None if cell.value is None else round(cell.value, 4), "reason": str(cell.reason),
            "percentile": None if cell.percentile is None else round(cell.percentile, 2), "side": cell.side,
            "flagged": cell.is_flagged}
