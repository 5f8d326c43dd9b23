"""Writes HL7 aECG (HL7 V3 PORT_MT020001, December 2003), valid against its published schema.

Left out: channels that are no voltages, and unless asked for the person and every date.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnsupportedRecord
from mmae_core.files import replacing
from mmae_core.messages import Message
from mmae_core.readers.aecg.annotations import LABELS, MEASUREMENTS
from mmae_core.readers.lead_names import MORE_LEADS, standard_lead
from mmae_core.readers.make_record import computed_text
from mmae_core.record import STANDARD_LEADS, Annotation, AverageBeats, Device, EcgRecord, FloatArray
from mmae_core.writers.sample_blocks import blocks, left_out, require_traces

SUFFIX = ".xml"
MAX_SAMPLES = 20_000_000
"""Of all leads together: 100 MB of text. Longer recordings belong into EDF, DICOM or WFDB."""
MAX_STRETCHES = 1_000
"""Between gaps."""
FINEST_STEP_MV = 1e-3
"""Step where the recording states none that its values are multiples of."""
MAX_MARKS = 20_000
OLDEST_NAMED_AGE = 89
"""Ages above it identify."""

_MDC, _LOINC, _ACT, _SEX, _CPT = (
    "2.16.840.1.113883.6.24", "2.16.840.1.113883.6.1", "2.16.840.1.113883.5.4", "2.16.840.1.113883.5.1",
    "2.16.840.1.113883.6.12",
)
"""Object identifiers of code systems."""
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_UNITS = {"°": "deg", "/min": "bpm"}
_TITLES = ("Patient ID", "Subject ID", "Name", "First name", "Last name", "Date of birth")
"""Of identity, those that have a place in the format."""


def write(record: EcgRecord, path: Path, *, with_identity: bool = False) -> tuple[Message, ...]:
    """Write `record` to `path`, whole or not at all; gaps become gaps between sequence sets.

    Returns what is left out. Raises UnsupportedRecord if it is too long or holds no voltage, OSError if `path` cannot
    be written, and what reading the record raises.
    """
    require_traces(record)
    root = document(record, with_identity=with_identity)
    with replacing(path) as temporary:
        ElementTree(root).write(temporary, encoding="UTF-8", xml_declaration=True)
    n_marks = len(record.annotations) - MAX_MARKS
    marks = (Message("{n:,} annotations found no room.", n=n_marks),) if n_marks > 0 else ()
    return (*left_out(record), *_cut_off(record), *marks)


def document(record: EcgRecord, *, with_identity: bool = False) -> Element:
    """The root element `AnnotatedECG`. Raises UnsupportedRecord as `write`."""
    names = record.trace_names
    if record.n_samples * len(names) > MAX_SAMPLES:
        raise UnsupportedRecord(
            f"{record.name} holds {len(names)} ECG channels of {record.n_samples:,} samples; aECG is written for at "
            f"most {MAX_SAMPLES:,} samples of all channels together. Write EDF, DICOM or WFDB instead."
        )
    start = _start(record) if with_identity else None
    root = Element("AnnotatedECG", {"xmlns": "urn:hl7-org:v3", "xmlns:xsi": _XSI, "type": "Observation"})
    SubElement(root, "id", root=str(uuid.uuid4()))
    _code(root, "93000", _CPT, "CPT-4")
    if remarks := _remarks(record, with_identity):
        _text(root, "text", remarks)
    _period(root, start, record.duration_s)
    _trial(root, record, with_identity)
    _age(root, record, with_identity)
    series = SubElement(SubElement(root, "component"), "series")
    SubElement(series, "id", root=str(uuid.uuid4()))
    _code(series, "RHYTHM", _ACT, "ActCode")
    _period(series, start, record.duration_s)
    _author(series, record.device)
    signal = record.read_traces()
    steps = [_step_mv(record, name, row) for name, row in zip(names, signal, strict=True)]
    for first, last, rows in _stretches(record, signal):
        channels = [(names[row], signal[row, first:last], steps[row]) for row in rows]
        _sequence_set(series, _head(start, first / record.sampling_rate_hz), record.sampling_rate_hz, channels)
    _notes(series, record.device)
    _marks(series, record.annotations[:MAX_MARKS])
    _beats(series, record.average_beats)
    indent(root, " ")
    return root


def _cut_off(record: EcgRecord) -> tuple[Message, ...]:
    """What becomes shorter: no trace has a value before the first set of samples, nor after the last."""
    valid = np.flatnonzero(np.concatenate([np.isfinite(block).any(axis=0) for block in blocks(record)]))
    before_s = int(valid[0]) / record.sampling_rate_hz
    after_s = (record.n_samples - 1 - int(valid[-1])) / record.sampling_rate_hz
    return (Message(
        "Stretches without any value are left out: {before_s:.6g} s at the beginning, {after_s:.6g} s at the end.",
        before_s=before_s, after_s=after_s),) if before_s or after_s else ()


def _remarks(record: EcgRecord, with_identity: bool) -> str:
    """What has no place of its own: which leads were computed, every doubt, and further titles of identity if asked."""
    computed = f"{computed_text(record)}." if record.derived_leads else ""
    further = [(title, value) for title, value in record.identity if title not in _TITLES] if with_identity else []
    return " ".join([*filter(None, [computed]), *record.doubts, *(f"{title}: {value}." for title, value in further)])


def _code(parent: Element, code: str, system: str, system_name: str) -> Element:
    """A code; `system` is empty for one of this file's own."""
    of_system = {"codeSystem": system, "codeSystemName": system_name} if system else {}
    return SubElement(parent, "code", {"code": code} | of_system)


def _text(parent: Element, tag: str, text: str) -> None:
    """An element with a text, its control characters made blanks: XML has no place for them."""
    SubElement(parent, tag).text = "".join(letter if letter.isprintable() else " " for letter in text)


def _time(time: datetime) -> str:
    return re.sub(r"[-:T]", "", time.replace(tzinfo=None).isoformat(timespec="microseconds"))


def _period(parent: Element, start: datetime | None, duration_s: float) -> None:
    """Start and end, or that they are not known."""
    if start is None:
        SubElement(parent, "effectiveTime", nullFlavor="UNK")
        return
    period = SubElement(parent, "effectiveTime")
    SubElement(period, "low", value=_time(start), inclusive="true")
    SubElement(period, "high", value=_time(start + timedelta(seconds=duration_s)), inclusive="false")


def _start(record: EcgRecord) -> datetime | None:
    """Start with its date; a time of day alone has no place in the format, nor a date past the calendar's end."""
    start = record.start_time
    lasts = timedelta(seconds=record.duration_s)
    return start if isinstance(start, datetime) and start.replace(tzinfo=None) <= datetime.max - lasts else None


def _trial(root: Element, record: EcgRecord, with_identity: bool) -> None:
    """The subject within a trial, which the schema asks for even where there is none."""
    event = SubElement(SubElement(root, "componentOf"), "timepointEvent")
    assignment = SubElement(SubElement(event, "componentOf"), "subjectAssignment")
    subject = SubElement(SubElement(assignment, "subject"), "trialSubject")
    stated = dict(record.identity) if with_identity else {}
    identifier = stated.get("Patient ID") or stated.get("Subject ID")
    if identifier:
        SubElement(subject, "id", extension=" ".join(identifier.split()))
    else:
        SubElement(subject, "id", nullFlavor="MSK")
    name = stated.get("Name") or " ".join(
        part for part in (stated.get("First name", ""), stated.get("Last name", "")) if part
    )
    birth = re.sub(r"\D", "", stated.get("Date of birth", ""))
    if name or record.sex or len(birth) == 8:
        person = SubElement(subject, "subjectDemographicPerson")
        if name:
            _text(person, "name", name)
        if record.sex:
            SubElement(person, "administrativeGenderCode", code="M" if record.sex == "male" else "F", codeSystem=_SEX)
        if len(birth) == 8:
            SubElement(person, "birthTime", value=birth)
    trial = SubElement(SubElement(assignment, "componentOf"), "clinicalTrial")
    SubElement(trial, "id", nullFlavor="NA")


def _age(root: Element, record: EcgRecord, with_identity: bool) -> None:
    if record.age_years is None or (record.age_years > OLDEST_NAMED_AGE and not with_identity):
        return
    observation = SubElement(SubElement(root, "controlVariable"), "relatedObservation")
    _code(observation, "21612-7", _LOINC, "LOINC").set("displayName", "Reported Age")
    if record.age_years < 2:
        _quantity(observation, f"{int(12 * record.age_years + 1e-6)}", "mo")
    else:
        _quantity(observation, f"{record.age_years:.6g}" if with_identity else f"{int(record.age_years)}", "a")


def _quantity(parent: Element, value: str, unit: str) -> None:
    SubElement(parent, "value", {"xsi:type": "PQ", "value": value} | ({"unit": unit} if unit else {}))


def _author(series: Element, device: Device | None) -> None:
    if device is None or not (device.manufacturer or device.model):
        return
    author = SubElement(SubElement(series, "author"), "seriesAuthor")
    described = SubElement(author, "manufacturedSeriesDevice")
    if device.model:
        _text(described, "manufacturerModelName", device.model)
    if device.manufacturer:
        _text(SubElement(author, "manufacturerOrganization"), "name", device.manufacturer)


def _step_mv(record: EcgRecord, name: str, signal: FloatArray) -> float:
    """The step all values of a trace are multiples of, if the recording states it: then nothing is rounded."""
    stored = [one for one in record.stored_signals if one.steps_per_unit and one.unit == "mV"]
    own = [1 / one.steps_per_unit for one in stored if (standard_lead(one.name) or one.name) == name]
    own += [1 / one.steps_per_unit / 2 for one in stored if name in record.derived_leads]
    values = signal[np.isfinite(signal)].astype(np.float64)
    for step in own:
        digits = values / step
        if not digits.size or np.abs(digits - np.round(digits)).max() < 0.02:
            return step
    return FINEST_STEP_MV


def _stretches(record: EcgRecord, signal: FloatArray) -> Iterator[tuple[int, int, list[int]]]:
    """(first, last, rows): stretches over which the same traces are valid, those without any left out."""
    valid = np.isfinite(signal)
    changes = np.flatnonzero((valid[:, 1:] != valid[:, :-1]).any(axis=0)) + 1
    edges = [0, *changes.tolist(), signal.shape[1]]
    if len(edges) - 1 > MAX_STRETCHES:
        raise UnsupportedRecord(
            f"{record.name} is interrupted {len(edges) - 2:,} times; aECG is written for {MAX_STRETCHES - 1:,} at "
            "most. Write WFDB, CSV or NPZ instead."
        )
    if not valid.any():
        raise UnsupportedRecord(f"{record.name} holds no valid sample, so there is nothing to write.")
    for first, last in pairwise(edges):
        rows = np.flatnonzero(valid[:, first]).tolist()
        if rows:
            yield first, last, rows


def _head(start: datetime | None, since_start_s: float) -> datetime | float:
    """Time of a sample: absolute where the start is known, else in s from the start."""
    return since_start_s if start is None else start + timedelta(seconds=since_start_s)


def _sequence_set(
    series: Element, head: datetime | float, rate_hz: float, channels: list[tuple[str, FloatArray, float]]
) -> None:
    sequences = SubElement(SubElement(series, "component"), "sequenceSet")
    is_absolute = isinstance(head, datetime)
    times = _sequence(sequences, "TIME_ABSOLUTE" if is_absolute else "TIME_RELATIVE", _ACT, "ActCode")
    value = SubElement(times, "value", {"xsi:type": "GLIST_TS" if is_absolute else "GLIST_PQ"})
    if isinstance(head, datetime):
        SubElement(value, "head", value=_time(head))
    else:
        SubElement(value, "head", value=_decimal(head), unit="s")
    SubElement(value, "increment", value=_decimal(1 / rate_hz), unit="s")
    for name, signal_mv, step_mv in channels:
        code, system, system_name = _lead_code(name)
        sequence = _sequence(sequences, code, system, system_name)
        if not system:  # a code may lose the minus of an inverted lead
            sequence[0].set("displayName", "".join(letter for letter in name if letter.isprintable()))
        value = SubElement(sequence, "value", {"xsi:type": "SLIST_PQ"})
        SubElement(value, "origin", value="0", unit="uV")
        SubElement(value, "scale", value=_decimal(step_mv * 1000), unit="uV")
        SubElement(value, "digits").text = " ".join(map(str, _digits(signal_mv, step_mv).tolist()))


def _sequence(sequences: Element, code: str, system: str, system_name: str) -> Element:
    sequence = SubElement(SubElement(sequences, "component"), "sequence")
    _code(sequence, code, system, system_name)
    return sequence


def _digits(signal_mv: FloatArray, step_mv: float) -> NDArray[np.int64]:
    return np.round(np.nan_to_num(signal_mv.astype(np.float64)) / step_mv).astype(np.int64)


def _lead_code(name: str) -> tuple[str, str, str]:
    """Code, system and its name: MDC's for leads, a code of this file's own for anything else."""
    if name in STANDARD_LEADS or name in MORE_LEADS:
        return f"MDC_ECG_LEAD_{name.upper()}", _MDC, "MDC"
    return re.sub(r"\W+", "_", name) or "unnamed", "", ""


def _decimal(number: float) -> str:
    """Without an exponent, which the schema does not know."""
    return np.format_float_positional(number, trim="-")


def _notes(series: Element, device: Device | None) -> None:
    """Statements and measurements of the device."""
    codes = {name: code for code, name in MEASUREMENTS.items()}
    stated = [one for one in device.measurements if one.name in codes] if device is not None else []
    if device is None or not (stated or device.statements):
        return
    notes = SubElement(SubElement(series, "subjectOf"), "annotationSet")
    for one in stated:
        annotation = SubElement(SubElement(notes, "component"), "annotation")
        _code(annotation, codes[one.name], _MDC, "MDC")
        _quantity(annotation, one.value, _UNITS.get(one.unit, one.unit))
    if device.statements:
        interpretation = SubElement(SubElement(notes, "component"), "annotation")
        _code(interpretation, "MDC_ECG_INTERPRETATION", _MDC, "MDC")
        for text in device.statements:
            statement = SubElement(SubElement(interpretation, "component"), "annotation")
            _code(statement, "MDC_ECG_INTERPRETATION_STATEMENT", _MDC, "MDC")
            _text(statement, "value", text)
            statement[-1].set("xsi:type", "ST")


def _marks(series: Element, marks: Sequence[Annotation]) -> None:
    """Marks on the time line, each with its region in seconds from the start of the series."""
    if not marks:
        return
    codes = {label: code for code, label in LABELS.items()}
    notes = SubElement(SubElement(series, "subjectOf"), "annotationSet")
    for mark in marks:
        annotation = SubElement(SubElement(notes, "component"), "annotation")
        if mark.label in codes:
            _code(annotation, "MDC_ECG_WAVC", _MDC, "MDC")
            SubElement(annotation, "value", {"xsi:type": "CE", "code": codes[mark.label], "codeSystem": _MDC})
        else:
            _code(annotation, "mark", "", "")
            _text(annotation, "value", mark.label)
            annotation[-1].set("xsi:type", "ST")
        region = SubElement(SubElement(annotation, "support"), "supportingROI", classCode="ROIBND")
        _code(region, "ROIPS" if mark.lead else "ROIFS", _ACT, "ActCode")
        boundary = SubElement(SubElement(region, "component"), "boundary")
        _code(boundary, "TIME_RELATIVE", _ACT, "ActCode")
        if mark.end_s is None:
            _quantity(boundary, _decimal(mark.start_s), "s")
        else:
            value = SubElement(boundary, "value", {"xsi:type": "IVL_PQ"})
            SubElement(value, "low", value=_decimal(mark.start_s), unit="s")
            SubElement(value, "high", value=_decimal(mark.end_s), unit="s")
        if mark.lead:
            _code(SubElement(SubElement(region, "component"), "boundary"), *_lead_code(mark.lead))


def _beats(series: Element, beats: AverageBeats | None) -> None:
    """The device's representative beat as a derived series."""
    if beats is None:
        return
    derived = SubElement(SubElement(series, "derivation"), "derivedSeries")
    SubElement(derived, "id", root=str(uuid.uuid4()))
    _code(derived, "REPRESENTATIVE_BEAT", _ACT, "ActCode")
    SubElement(derived, "effectiveTime", nullFlavor="NA")
    channels = [(name, row, FINEST_STEP_MV / 10) for name, row in zip(beats.lead_names, beats.signal_mv, strict=True)]
    _sequence_set(derived, 0.0, beats.rate_hz, channels)
