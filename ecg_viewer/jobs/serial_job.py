"""A worker job that finds the recordings of one patient among those listed, and measures them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.serial.board import MOST, Basis, PatientFound, SerialProblem, SerialRead
from ecg_viewer.state.words.error_words import sentence_of
from mmae_core.errors import Cancelled, EcgError
from mmae_core.record import EcgRecord


def serial_job(listed: Sequence[RecordItem], item: RecordItem | None, record: EcgRecord | None) -> Job:
    """A job that sends `PatientFound`, then `SerialRead` or `SerialProblem` for each recording of `item`'s patient.

    Whose recordings are, data sets say in their table; of other files what they state is compared, in memory and for
    equality alone. Without an `item` all that are `listed` are measured. Raises Cancelled.
    """

    def run(report: Report) -> None:
        found: Sequence[RecordItem] = listed
        if item is not None and record is not None:
            found, basis = _of_patient(listed, item, record, report)
            report.send(PatientFound(tuple(found), basis))
        for one in found[:MOST]:
            report.send(_measured(one, record if item is not None and one.path == item.path else None, report))

    return run


def _measured(item: RecordItem, record: EcgRecord | None, report: Report) -> SerialRead | SerialProblem:
    from mmae_core.readers import read_record
    from mmae_core.serial.serial_ecg import read_serial_ecg

    _go_on(report)
    try:
        ecg = read_serial_ecg(read_record(item.path) if record is None else record, item.recorded_at,
                              should_stop=report.stopped)
    except Cancelled:
        raise
    except EcgError as error:
        return SerialProblem(item.path, sentence_of(error))
    lean = replace(ecg.examination, signal_mv=None, beats=None)
    return SerialRead(item.path, replace(ecg, name=item.name, examination=lean))


def _go_on(report: Report) -> None:
    if report.stopped():
        raise Cancelled("Gathering recordings was stopped.")


def _of_patient(
    listed: Sequence[RecordItem], item: RecordItem, record: EcgRecord, report: Report
) -> tuple[tuple[RecordItem, ...], Basis]:
    from mmae_core.serial.serial_ecg import patient_of

    if item.patient:
        return _with_open(item, [one for one in listed if one.patient == item.patient]), "table"
    whose = patient_of(record)
    if whose is None:
        return (item,), "chosen"
    return _with_open(item, [one for one in listed if not one.patient and one.path != item.path
                             and _stated(one, patient_of, report) == whose]), "identity"


def _stated(item: RecordItem, patient_of: Callable[[EcgRecord], str | None], report: Report) -> str | None:
    """What a file states of whose it is; None if it cannot be read, which opening it will explain."""
    from mmae_core.readers import read_record

    _go_on(report)
    try:
        return patient_of(read_record(item.path))
    except EcgError:
        return None


def _with_open(item: RecordItem, found: Sequence[RecordItem]) -> tuple[RecordItem, ...]:
    return (item, *(one for one in found if one.path != item.path))
