"""Codes of measurements and units in LOINC, ISO/IEEE 11073 (MDC) and UCUM.

A code of another scheme is used only where its definition is what the program measures; the rest are the program's own.
"""

from __future__ import annotations

from typing import NamedTuple

OWN_SCHEME = "99ECGVIEWER"
"""DICOM's designator of a private scheme begins with 99 (PS3.16, 8.2)."""
OWN_SYSTEM = "urn:ecg-viewer:codes"
"""The same codes in FHIR."""
LOINC = "http://loinc.org"
MDC = "urn:iso:std:iso:11073:10101"
UCUM = "http://unitsofmeasure.org"


class Code(NamedTuple):
    """A coded concept as DICOM has it."""

    value: str
    scheme: str
    meaning: str


class QuantityCodes(NamedTuple):
    """How a measurement is named elsewhere."""

    loinc: str
    loinc_name: str
    dicom: Code


QUANTITIES = {
    "rate_bpm": QuantityCodes("8867-4", "Heart rate", Code("8867-4", "LN", "Heart rate")),
    "pr_ms": QuantityCodes("8625-6", "P-R Interval", Code("2:15872", "MDC", "PR interval global")),
    "qrs_ms": QuantityCodes("8633-0", "QRS duration", Code("2:16156", "MDC", "QRS duration global")),
    "qt_ms": QuantityCodes("8634-8", "Q-T interval", Code("2:16160", "MDC", "QT interval global")),
    "qtc_ms": QuantityCodes("76634-5", "Q-T interval corrected based on Fridericia formula",
                            Code("2:15892", "MDC", "QTc global using Fredericia formula")),
    "axis_deg": QuantityCodes("8632-2", "QRS axis", Code("2:16132", "MDC", "QRS axis")),
}
"""Of every measurement of a recording; the MDC codes are those of DICOM's CID 3227 to 3229, spelling included."""

EKG_STUDY = ("11524-0", "EKG study")
"""What the report is of, in LOINC."""

UNITS = {
    "/min": "/min", "ms": "ms", "°": "deg", "mV": "mV", "%": "%", "s": "s", "": "1", "mV ms": "mV.ms", "mV/s": "mV/s",
}
"""The program's unit -> UCUM."""

OWN = {
    "finding": "Stretch that departs from normal ECGs",
    "marked": "Stretch marked by a reviewer",
    "start": "Start, from the begin of the recording",
    "end": "End, from the begin of the recording",
    "peak": "Strongest point, from the begin of the recording",
    "found-by": "Found by",
    "measurement": "Measurement",
    "model": "Model",
    "own-beats": "Comparison with the patient's own beats",
    "reviewer": "Reviewer",
    "decision": "Decision of the reviewer",
    "confirmed": "Confirmed",
    "lead": "Lead",
    "wave": "Wave",
    "kind": "Kind of departure",
    "percentile": "Percentile among normal ECGs",
    "normals": "Normal ECGs compared with",
    "value": "Measured value",
    "sentence": "Description",
    "label": "Reviewer's label",
    "note": "Reviewer's note",
    "decided": "Time of the decision",
    "signal-problem": "Problem of the signal",
    "model-sha256": "SHA-256 of the model's weights",
    "record-sha256": "SHA-256 of the recording",
    "record-name": "Name of the recording",
    "concluded": "Time of the reviewer's conclusion",
    "reason": "Reason why there is no value",
    "annotations": "ECG annotations, research use only",
}
"""The program's own codes with their meanings."""


def own(code: str) -> Code:
    """One of the program's own codes."""
    return Code(code, OWN_SCHEME, OWN[code])


def found_by_code(found_by: str) -> str:
    """`own beats` -> `own-beats`."""
    return found_by.replace(" ", "-")
