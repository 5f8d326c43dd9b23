"""One of a patient's recordings, measured for comparison with the others; start at `read_serial_ecg`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import find_entry
from mmae_core.departures.beat_values import BeatBounds, lead_values
from mmae_core.departures.carried import EVERYTHING, VOLTAGE_UNITS, Carried, carried_by
from mmae_core.departures.compare import departures_of
from mmae_core.departures.doubtful_intervals import doubted
from mmae_core.departures.measurements import measure
from mmae_core.departures.person import Person, person_of
from mmae_core.departures.results import RecordDepartures
from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.intervals.measure import ShouldStop, examine_record
from mmae_core.intervals.results import Examination
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.serial.aligned_beat import aligned_beat
from mmae_core.serial.beat_grid import N_POINTS
from mmae_core.serial.quantities import COMPARED_OF_LEAD, compared_keys, lead_of_key, quantity_of

Array = NDArray[np.float64]

LONGEST_S = 30.0
"""A recording up to this long is measured whole, of a longer one its beginning."""
NO_PATIENT = frozenset({"", "0", "x", "anonymous", "anonymized", "anonymised", "unknown", "none", "n/a"})
"""Identities that name nobody, in lower case."""
_NUMBERS = ("Patient ID", "Subject ID", "MRN")
_NAMES = ("Last name", "First name", "Name", "Patient", "Date of birth")


@dataclass(frozen=True)
class SerialEcg:
    """The measurements and the average beat of one recording."""

    name: str
    recorded_at: datetime | None
    """None: its date is not known."""
    examination: Examination
    departures: RecordDepartures
    """From the normals of the person's sex and age."""
    bounds: BeatBounds | None = None
    """Of the average beat; None if it could not be measured."""
    values: Mapping[str, float] = field(default_factory=dict)
    """By `compared_keys`; what could not be measured, or is doubted, is left out."""
    beat_spread: Mapping[str, float] = field(default_factory=dict)
    """Standard error of values of leads, from beat to beat, in the unit of the value."""
    beat_mv: Array | None = None
    """(12, N_POINTS) the average beat on the grid of `aligned_beat`, NaN in missing leads; None without one."""
    doubts: tuple[Message, ...] = ()
    """Why values are left out that were measured."""
    date_identifies: bool = False
    """Whether the date is that of the file, which may tell who it is; dates of a public data set's table do not."""

    @property
    def average(self) -> AverageBeat | None:
        """The average beats of `examination.measurements.leads`."""
        return self.examination.average


def read_serial_ecg(
    record: EcgRecord, recorded_at: datetime | None = None, person: Person | None = None,
    should_stop: ShouldStop | None = None,
) -> SerialEcg:
    """Measure a recording; `recorded_at` and `person` are looked up where they are None.

    Raises UnreadableRecord, Cancelled, MissingResource or DatasetError.
    """
    found = examine_record(record, 0.0, min(record.duration_s, LONGEST_S), should_stop)
    who = person_of(record) if person is None else person
    in_table = recorded_at_in_table(record) if recorded_at is None else recorded_at
    when = recorded_at_of(record) if in_table is None else in_table
    ecg = serial_ecg_of(record.name, found, when, who, carried_by(record))
    return replace(ecg, date_identifies=in_table is None and when is not None)


def serial_ecg_of(
    name: str, examination: Examination, recorded_at: datetime | None, person: Person, carried: Carried = EVERYTHING
) -> SerialEcg:
    """From what was measured already; what the recording does not carry is not compared with another one either.

    Raises MissingResource or DatasetError.
    """
    measured, departures = measure(examination, carried), departures_of(examination, person, carried=carried)
    doubted_of = doubted(examination)
    values = _compared(measured.values(), doubted_of)
    if carried.amplitudes_doubted is not None:
        values = {key: value for key, value in values.items() if quantity_of(key).unit not in VOLTAGE_UNITS}
    objections = (carried.st_refused, carried.amplitudes_doubted, *doubted_of.values())
    doubts = tuple(dict.fromkeys(one for one in objections if one is not None))
    average, bounds = examination.average, measured.bounds
    if average is None or bounds is None:
        return SerialEcg(name, recorded_at, examination, departures, None, values, doubts=doubts)
    leads = examination.measurements.leads
    beat = np.full((len(STANDARD_LEADS), N_POINTS), np.nan)
    beat[[STANDARD_LEADS.index(lead) for lead in leads]] = aligned_beat(average, bounds)
    return SerialEcg(name, recorded_at, examination, departures, bounds, values, _spread(average, bounds, leads), beat,
                     doubts)


def _compared(measured: Mapping[str, float], doubts: Mapping[str, Message]) -> dict[str, float]:
    """What can be compared; a QS is no Q that has grown deep, and R says that it is gone."""
    return {key: measured[key] for key in compared_keys() if key in measured and key not in doubts
            and not (key.startswith("q_mv:") and measured.get(f"qs_mv:{lead_of_key(key)}", 0.0) > 0)}


def in_time_order(ecgs: Iterable[SerialEcg]) -> tuple[SerialEcg, ...]:
    """The earliest first; those without a date at the end, in the order given."""
    return tuple(sorted(ecgs, key=lambda ecg: (ecg.recorded_at is None, ecg.recorded_at or datetime.min)))


def recorded_at_of(record: EcgRecord) -> datetime | None:
    """When it was recorded: from PTB-XL's table, else from its file; None where only a time of day is known.

    Raises DatasetError if the table is damaged.
    """
    in_table, start = recorded_at_in_table(record), record.start_time
    if in_table is not None:
        return in_table
    return start.replace(tzinfo=None) if isinstance(start, datetime) else None


def recorded_at_in_table(record: EcgRecord) -> datetime | None:
    """The same from PTB-XL's table alone, whose dates were shifted for publication. Raises DatasetError."""
    entry = find_entry(record.source.paths[0]) if record.source.paths else None
    return None if entry is None else entry.recorded_at


def patient_of(record: EcgRecord) -> str | None:
    """What a recording's file says of whose it is, to be compared for equality alone; None if it does not say.

    The patient's number if there is one, else name and date of birth together. It identifies: it must not be shown,
    logged or kept.
    """
    stated = {title: " ".join(value.split()).casefold() for title, value in record.identity}
    for title in _NUMBERS:
        if (number := stated.get(title, "")) and number not in NO_PATIENT:
            return f"{title}: {number}"
    names = [stated.get(title, "") for title in _NAMES]
    known = [name for name in names if name not in NO_PATIENT]
    return " / ".join(names) if len(known) >= 2 or stated.get("Patient", "") in known else None


def _spread(average: AverageBeat, bounds: BeatBounds, leads: Iterable[str]) -> dict[str, float]:
    """Standard error of each lead's values over the beats of the average; of those with three beats or more."""
    beats = [lead_values(beat, average.rate_hz, average.r_index, bounds) for beat in average.beats_mv]
    found: dict[str, float] = {}
    for name in COMPARED_OF_LEAD:
        values = np.stack([beat[name] for beat in beats])
        error = values.std(axis=0, ddof=1) / math.sqrt(len(values))
        found |= {f"{name}:{lead}": float(value) for lead, value in zip(leads, error, strict=True)
                  if math.isfinite(value)}
    return found
