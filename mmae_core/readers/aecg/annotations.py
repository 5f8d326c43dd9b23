"""Annotations of an HL7 aECG: marks on the time line, and the device's statements and measurements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from mmae_core.readers.aecg.sequences import SECONDS_PER
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.xml.elements import attribute, child, children, text_at, to_number
from mmae_core.readers.xml.times import hl7_time
from mmae_core.record import Annotation, DeviceMeasurement

MAX_ANNOTATIONS = 200_000

LABELS = {
    "MDC_ECG_WAVC_PWAVE": "P wave", "MDC_ECG_WAVC_QRSWAVE": "QRS complex", "MDC_ECG_WAVC_TWAVE": "T wave",
    "MDC_ECG_WAVC_UWAVE": "U wave", "MDC_ECG_WAVC_QWAVE": "Q wave", "MDC_ECG_WAVC_RWAVE": "R wave",
    "MDC_ECG_WAVC_SWAVE": "S wave", "MDC_ECG_WAVC_QRSTWAVE": "QRST complex", "MDC_ECG_WAVC_STSEG": "ST segment",
    "MDC_ECG_WAVC_PRSEG": "PR segment", "MDC_ECG_WAVC_PEAK": "peak", "MDC_ECG_WAVC_ONSET": "onset",
    "MDC_ECG_WAVC_OFFSET": "offset", "MDC_ECG_BEAT_NORMAL": "Normal beat",
    "MDC_ECG_RHY_SINUS_RHY": "Sinus rhythm",
}
"""Names of the values that annotations usually have."""

MEASUREMENTS = {
    "MDC_ECG_HEART_RATE": "Heart rate", "MDC_ECG_TIME_PD_RR": "RR interval", "MDC_ECG_TIME_PD_P": "P duration",
    "MDC_ECG_TIME_PD_PR": "PR interval", "MDC_ECG_TIME_PD_QRS": "QRS duration", "MDC_ECG_TIME_PD_QT": "QT interval",
    "MDC_ECG_TIME_PD_QTC": "QTc interval", "MDC_ECG_TIME_PD_QTCB": "QTc interval (Bazett)",
    "MDC_ECG_TIME_PD_QTCF": "QTc interval (Fridericia)", "MDC_ECG_ANGLE_P_FRONT": "P axis",
    "MDC_ECG_ANGLE_QRS_FRONT": "QRS axis", "MDC_ECG_ANGLE_T_FRONT": "T axis",
}
"""Codes in capital letters: files write QTc and QTC."""
_UNITS = {"deg": "°", "bpm": "/min", "{beats}/min": "/min", "1/min": "/min"}
_PARTS_OF_WAVES = {"peak", "onset", "offset"}


@dataclass(frozen=True)
class SeriesNotes:
    """What annotation sets of a series say."""

    marks: tuple[Annotation, ...]
    statements: tuple[str, ...]
    measurements: tuple[DeviceMeasurement, ...]


@dataclass(frozen=True)
class _Found:
    """One annotation and where it stands."""

    element: Element
    label: str
    is_of_beat: bool
    annotator: str


def read_notes(series: Element, start: datetime | None, relative_zero_s: float) -> SeriesNotes:
    """Notes of a series and of the beats derived from it, times in s from `start`, the first sample.

    A measurement stated for every beat counts for the recording only if all beats have the same value.
    """
    marks: list[Annotation] = []
    statements: list[str] = []
    values: dict[str, list[tuple[str, str, bool]]] = {}
    for found in _all_annotations(series):
        code, kind = attribute(found.element, "code", "code"), attribute(found.element, "value", "type")
        marks.extend(_marks(found, start, relative_zero_s))
        if kind.endswith("PQ"):
            value, unit = (attribute(found.element, "value", field) for field in ("value", "unit"))
            if code.upper() in MEASUREMENTS and to_number(value) is not None:
                values.setdefault(code.upper(), []).append((value, _UNITS.get(unit, unit), found.is_of_beat))
        elif found.annotator != "reader" and (statement := _statement(found.element, code)):
            statements.append(statement)
        if len(marks) >= MAX_ANNOTATIONS:
            break
    for derived in _derived(series):
        for found in _all_annotations(derived):
            code = attribute(found.element, "code", "code").upper()
            value, unit = (attribute(found.element, "value", field) for field in ("value", "unit"))
            if code in MEASUREMENTS and to_number(value) is not None:
                values.setdefault(code, []).append((value, _UNITS.get(unit, unit), False))
    return SeriesNotes(tuple(marks), tuple(dict.fromkeys(statements)), _measurements(values))


def _derived(series: Element) -> Iterator[Element]:
    for derivation in children(series, "derivation"):
        yield from children(derivation, "derivedSeries")


def _all_annotations(series: Element) -> Iterator[_Found]:
    for subject in children(series, "subjectOf"):
        for marks in children(subject, "annotationSet"):
            author = child(marks, "author/assignedEntity/assignedAuthorType")
            is_person, is_device = (child(author, kind) is not None for kind in ("assignedPerson", "assignedDevice"))
            annotator = "reader" if is_person else "device" if is_device else ""
            yield from _nested(marks, "", False, annotator)


def _nested(parent: Element, label: str, is_of_beat: bool, annotator: str) -> Iterator[_Found]:
    """Annotations below an element, outer ones first."""
    for component in children(parent, "component"):
        for element in children(component, "annotation"):
            own = _label(element)
            full = f"{label} {own}" if own in _PARTS_OF_WAVES and label else own
            of_beat = is_of_beat or attribute(element, "code", "code") == "MDC_ECG_BEAT"
            yield _Found(element, full, of_beat, annotator)
            yield from _nested(element, full, of_beat, annotator)


def _label(element: Element) -> str:
    """Name of what is marked: that of the value, its text, or else that of the annotation's own code."""
    return _name(element, "value") or text_at(element, "value") or _name(element, "code") or "mark"


def _name(element: Element, path: str) -> str:
    """Name of a code; empty if there is none."""
    code = attribute(element, path, "code")
    name = LABELS.get(code) or attribute(element, path, "displayName")
    return name or code.removeprefix("MDC_ECG_").removeprefix("WAVC_")


def _marks(found: _Found, start: datetime | None, relative_zero_s: float) -> Iterator[Annotation]:
    """One mark for each region that supports an annotation."""
    for support in children(found.element, "support"):
        for region in children(support, "supportingROI"):
            boundaries = [boundary for component in children(region, "component")
                          if (boundary := child(component, "boundary")) is not None]
            leads = [lead_of("", attribute(boundary, "code", "code"))[0] for boundary in boundaries]
            lead = next((lead for lead in leads if lead is not None), None)
            for boundary in boundaries:
                code = attribute(boundary, "code", "code")
                if code not in ("TIME_ABSOLUTE", "TIME_RELATIVE"):
                    continue
                at, low, high = (
                    _time_s(child(boundary, path) if path else None, start, relative_zero_s, code)
                    for path in ("value", "value/low", "value/high")
                )
                begin = low if low is not None else at
                if begin is not None:
                    yield Annotation(begin, high, found.label, lead, found.annotator)
                elif high is not None:
                    yield Annotation(high, None, f"{found.label} end", lead, found.annotator)


def _time_s(value: Element | None, start: datetime | None, relative_zero_s: float, code: str) -> float | None:
    """Time of a boundary in s from the first sample; None if it is not stated."""
    text = attribute(value, "", "value")
    if code == "TIME_RELATIVE":
        stated, factor = to_number(text), SECONDS_PER.get(attribute(value, "", "unit"))
        return None if stated is None or factor is None else stated * factor + relative_zero_s
    time, _ = hl7_time(text)
    return None if time is None or start is None else (time - start).total_seconds()


def _statement(element: Element, code: str) -> str:
    """A statement of an interpretation or a rhythm."""
    if "INTERPRETATION" in code:
        return text_at(element, "value") or attribute(element, "value", "displayName")
    return _label(element) if code == "MDC_ECG_RHY" else ""


def _measurements(values: dict[str, list[tuple[str, str, bool]]]) -> tuple[DeviceMeasurement, ...]:
    chosen = []
    for code, name in MEASUREMENTS.items():
        of_recording = {(value, unit) for value, unit, is_of_beat in values.get(code, []) if not is_of_beat}
        stated = of_recording or {(value, unit) for value, unit, _ in values.get(code, [])}
        if len(stated) == 1:
            value, unit = next(iter(stated))
            chosen.append(DeviceMeasurement(name, value, unit))
    return tuple(chosen)
