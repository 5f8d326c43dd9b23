"""Whatever holds a recording becomes an `EcgRecord`: a file, an array, a record of the wfdb package."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.departures.person import person_of_comments
from mmae_core.errors import ConfigError, UnsupportedRecord
from mmae_core.library.arrays import array_record, require_rate
from mmae_core.readers import read_record as read_file
from mmae_core.readers import registry
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.signal_description import SignalDescription, mv_of_unit
from mmae_core.record import EcgRecord


@dataclass(frozen=True)
class ArrayDescription:
    """What an array does not say of itself; see `array_record`."""

    sampling_rate_hz: float | None = None
    leads: Iterable[str] | None = None
    unit: str | None = None

    def __post_init__(self) -> None:
        if self.leads is not None and not isinstance(self.leads, str):
            object.__setattr__(self, "leads", tuple(self.leads))  # an iterator would be empty at the second array

    @property
    def stated(self) -> tuple[str, ...]:
        """Names of the fields that say something."""
        return tuple(name for name, value in vars(self).items() if value is not None)


NOTHING_STATED = ArrayDescription()


def as_record(recording: Any, stated: ArrayDescription = NOTHING_STATED, name: str = "") -> EcgRecord:
    """A recording as the whole program uses it.

    `recording` is a path, an `EcgRecord`, a record of the wfdb package (`wfdb.Record`), or an array (leads, samples),
    for which rate and leads must be stated. Raises ConfigError if something is stated of a recording that says all
    itself, or not stated that it does not say; UnreadableRecord and UnsupportedRecord as `read_record` and
    `array_record` do.
    """
    if isinstance(recording, EcgRecord):
        _require_nothing(stated, "An EcgRecord")
        return recording
    if isinstance(recording, str | os.PathLike):
        return read_record(recording, sampling_rate_hz=stated.sampling_rate_hz, unit=stated.unit, leads=stated.leads)
    if isinstance(recording, bytes):
        raise ConfigError("These are the bytes of a file: mmae_core.read_record takes them, with a name.")
    if hasattr(recording, "sig_name") and hasattr(recording, "fs"):
        _require_nothing(stated, "A record of the wfdb package")
        return _wfdb_record(recording)
    return array_record(recording, stated.sampling_rate_hz, stated.leads, unit=stated.unit, name=name or "array")


def several(recordings: Iterable[Any]) -> Iterable[Any]:
    """The recordings of a list, a generator, or an array (recordings, leads, samples).

    Raises UnsupportedRecord for what is one recording: a path, a matrix.
    """
    if isinstance(recordings, str | os.PathLike | bytes | EcgRecord) or hasattr(recordings, "sig_name"):
        raise UnsupportedRecord("This is one recording; several are expected: put it into a list.")
    shape = getattr(recordings, "shape", None)
    if shape is not None and len(shape) != 3:
        raise UnsupportedRecord(f"Several recordings are an array of shape (recordings, leads, samples), or a list of "
                                f"arrays (leads, samples); found the shape {tuple(shape)}.")
    return recordings


def one_of_many(recording: Any, stated: ArrayDescription, number: int) -> EcgRecord:
    """As `as_record`; what is stated holds for arrays alone, the others say it themselves."""
    is_array = not (isinstance(recording, str | os.PathLike | bytes | EcgRecord) or hasattr(recording, "sig_name"))
    return as_record(recording, stated if is_array else NOTHING_STATED, f"recording {number}")


def read_record(
    source: str | os.PathLike[str] | bytes, *, part: str = "", name: str = "", sampling_rate_hz: float | None = None,
    unit: str | None = None, leads: Iterable[str] | None = None,
) -> EcgRecord:
    """Open a recording: a file of any format that is read here, known by its content, or the bytes of one.

    A path may also be a WFDB record's name without extension, a folder with just one recording, or lead into a file of
    several (`exams.hdf5/1238362`); `part` names one of several too. `name` is what bytes are called. Rate, unit and
    leads are for files of bare numbers (CSV, MATLAB, HDF5); what such a file states itself goes before them. Samples
    are read when they are asked for.

    Raises UnreadableRecord or UnsupportedRecord with a sentence on what was found and what to do, ConfigError for a
    rate, unit or leads that make no sense, or are stated of a file of another format, which says them itself.
    """
    description = None
    if not (sampling_rate_hz is None and unit is None and leads is None):
        rate_hz = None if sampling_rate_hz is None else require_rate(sampling_rate_hz)
        mv_per_step = None if unit is None else mv_of_unit(unit)
        if unit is not None and mv_per_step is None:
            raise ConfigError(f"unit = {unit!r} is no voltage. Write 'mV', 'uV', 'nV', 'V', or a step such as '5 uV'.")
        names = leads.split(",") if isinstance(leads, str) else leads
        description = SignalDescription(rate_hz, mv_per_step,
                                        None if names is None else tuple(lead.strip() for lead in names))
    record = read_file(source if isinstance(source, bytes) else Path(source), part, name, description)
    if description is not None and not any(one.asks for one in registry.all_formats()
                                           if one.name == record.source.format):
        _require_nothing(ArrayDescription(sampling_rate_hz, leads, unit), f"{record.name} ({record.source.format})")
    return record


def _require_nothing(stated: ArrayDescription, what: str) -> None:
    if stated.stated:
        raise ConfigError(f"{what} says itself what it holds; leave out {', '.join(stated.stated)}, which would be "
                          "another answer to the same question.")


def _wfdb_record(record: Any) -> EcgRecord:
    """Of a `wfdb.Record` with samples; each channel in its own unit."""
    name = str(getattr(record, "record_name", None) or "wfdb record")
    if hasattr(record, "segments"):
        raise UnsupportedRecord(f"{name} is a record of several segments. Join them first: "
                                "record.multi_to_single(physical=True).")
    signal = getattr(record, "p_signal", None)
    if signal is None and getattr(record, "d_signal", None) is not None:
        signal = record.dac()
    if signal is None:
        raise UnsupportedRecord(f"{name} holds no samples of one rate for all channels. Read it with "
                                "wfdb.rdrecord(…, smooth_frames=True); a header alone (rdheader) has none.")
    signal = np.asarray(signal, np.float64).T
    units = list(getattr(record, "units", None) or [])
    factors = [mv_of_unit(str(unit)) for unit in units]
    if len(factors) != len(signal):
        raise UnsupportedRecord(f"{name} states {len(factors)} units for {len(signal)} channels.", code="unit")
    leads = [str(lead) if lead_of(str(lead))[0] else "" for lead in record.sig_name]
    if unknown := [f"{lead} in {unit}" for lead, factor, unit in zip(leads, factors, units, strict=True)
                   if lead and factor is None]:
        raise UnsupportedRecord(f"{name} holds leads that are not in volts: {', '.join(unknown)}.", code="unit")
    if not any(leads):
        raise UnsupportedRecord(f"{name} names no lead known here; found {', '.join(map(str, record.sig_name[:16]))}.",
                                code="leads")
    millivolts = signal * np.array([[factor or 1.0] for factor in factors])
    person = person_of_comments(map(str, getattr(record, "comments", None) or ()))
    return array_record(millivolts, float(record.fs), leads, unit="mV", name=name, age_years=person.age, sex=person.sex)
