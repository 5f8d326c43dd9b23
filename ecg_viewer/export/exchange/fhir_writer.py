"""Measurements and confirmed findings as a FHIR R4 Bundle: Observations, and a DiagnosticReport that refers to them.

Everything is preliminary and the program interprets nothing: there is no interpretation code, and a conclusion only if
a reviewer wrote one.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.exchange.codes import (
    EKG_STUDY,
    LOINC,
    MDC,
    OWN,
    OWN_SYSTEM,
    QUANTITIES,
    UCUM,
    UNITS,
    found_by_code,
)
from ecg_viewer.export.exchange.reported import (
    ExchangedReport,
    ReportedFinding,
    ReportedMeasurement,
    remarks,
    report_of,
    require_content,
)
from ecg_viewer.export.export_files import Folder, file_name, writing
from ecg_viewer.export.findings_json import json_text
from ecg_viewer.export.provenance import Provenance
from ecg_viewer.state.review.review import Conclusion
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.intervals.results import DEFAULT_FORMULA
from mmae_core.readers.lead_names import SCP_LEADS

ENDING = "_fhir.json"
CONCLUDED = f"{OWN_SYSTEM}:concluded"
"""Extension of a report: when its conclusion was written."""
MDC_FIRST_LEAD = 131_328
"""MDC_ECG_LEAD_CONFIG: the code of a lead is as much higher as its number in SCP-ECG."""

_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_SERVICES = "http://terminology.hl7.org/CodeSystem/v2-0074"
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_SCP_NUMBERS = {lead: number for number, lead in SCP_LEADS.items()}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)")
_FIRST_YEAR = 1901
"""Years up to 1900 stand for an unknown day."""

Resource = dict[str, Any]


def write_fhir(content: RecordContent, folder: Folder) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write `NAME_fhir.json`; returns its path and what it lacks. Raises CannotExport, NothingToExport."""
    notes = require_content(content)
    target = folder.target(file_name(content.name, ENDING))
    with writing(target) as part:
        part.write_text(json_text(fhir_bundle(content)), encoding="utf-8")
    return (target,), notes


def fhir_bundle(content: RecordContent) -> Resource:
    """The Bundle as JSON values."""
    report, provenance = report_of(content), content.provenance
    device = _device(provenance)
    patient = _patient(content)
    shared: Resource = {"device": {"reference": _url(provenance, "device")}}
    if patient is not None:
        shared["subject"] = {"reference": _url(provenance, "patient")}
    day = _day_of(content)
    if day:
        shared["effectiveDateTime"] = day
    observations = {f"measurement {item.quantity}": _measurement(item) | shared for item in report.measurements}
    observations |= {f"finding {number}": _finding(item) | shared for number, item in enumerate(report.findings, 1)}
    diagnostic_report = _diagnostic_report(report, content, [_url(provenance, name) for name in observations])
    diagnostic_report |= {name: value for name, value in shared.items() if name != "device"}
    resources = {"report": diagnostic_report, **observations, "device": device}
    if patient is not None:
        resources["patient"] = patient
    return {
        "resourceType": "Bundle",
        "meta": _meta(),
        "type": "collection",
        "timestamp": provenance.created,
        "entry": [{"fullUrl": _url(provenance, name), "resource": {**resource, "meta": _meta()}}
                  for name, resource in resources.items()],
    }


def _url(provenance: Provenance, name: str) -> str:
    """The same for the same recording, moment and name."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{provenance.record.sha256} {provenance.created} {name}')}"


def _meta() -> Resource:
    """On every resource, as each may be stored apart from the others."""
    return {"tag": [{"system": OWN_SYSTEM, "code": "research-use-only", "display": RESEARCH_USE_BADGE}]}


def _device(provenance: Provenance) -> Resource:
    """The program and the model."""
    versions = [{"type": {"text": provenance.program}, "value": provenance.program_version}]
    model = provenance.model
    if model is not None:
        versions.append({"type": {"text": f"model {model.name}"}, "value": model.version})
        if model.weights_sha256:
            versions.append({"type": _own("model-sha256"), "value": model.weights_sha256})
    return {
        "resourceType": "Device",
        "deviceName": [{"name": provenance.program, "type": "model-name"}],
        "type": {"text": "Research software"},
        "version": versions,
        "note": [{"text": RESEARCH_USE_BADGE}],
    }


def _diagnostic_report(report: ExchangedReport, content: RecordContent, results: list[str]) -> Resource:
    return {
        "resourceType": "DiagnosticReport",
        "text": {"status": "additional", "div": _narrative(report, content)},
        "identifier": [
            {"system": f"{OWN_SYSTEM}:record-sha256", "value": report.record_sha256},
            {"system": f"{OWN_SYSTEM}:record-name", "value": report.record_name},
        ],
        "status": "preliminary",
        "category": [{"coding": [{"system": _SERVICES, "code": "EC"}]}],
        "code": {"coding": [{"system": LOINC, "code": EKG_STUDY[0], "display": EKG_STUDY[1]}]},
        "issued": content.provenance.created,
        "result": [{"reference": url} for url in results],
        **_conclusion(report.conclusion),
    }


def _conclusion(conclusion: Conclusion | None) -> Resource:
    """The reviewer's words, who wrote them and when."""
    if conclusion is None:
        return {}
    found: Resource = {"conclusion": conclusion.text}
    if conclusion.reviewer:
        found["resultsInterpreter"] = [{"display": conclusion.reviewer}]
    if _INSTANT.fullmatch(conclusion.at):
        found["extension"] = [{"url": CONCLUDED, "valueInstant": conclusion.at}]
    return found


def _narrative(report: ExchangedReport, content: RecordContent) -> str:
    """What people read, in the XHTML that FHIR allows."""
    lines = [
        f"{QUANTITIES[item.quantity].loinc_name}: " + (f"{item.value:g} {item.unit}" if item.value is not None
                                                       else f"not measured: {item.reason}")
        for item in report.measurements
    ]
    lines += [
        ("Marked by a reviewer: " if item.found_by == "reviewer" else f"By {item.found_by}, confirmed by a reviewer: ")
        + f"{item.lead}, {item.start_s:g} to {item.end_s:g} s"
        + "".join(f", {text}" for text in (item.sentence or item.kind, item.label) if text)
        for item in report.findings
    ]
    if report.conclusion is not None:
        author = f" ({report.conclusion.reviewer})" if report.conclusion.reviewer else ""
        lines += [f"Conclusion of a reviewer{author}:", *report.conclusion.text.splitlines()]
    lines += remarks(content)
    if content.identity is not None:
        lines += content.identity.lines
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div xmlns="http://www.w3.org/1999/xhtml"><p><b>{escape(RESEARCH_USE_BADGE)}</b></p>{paragraphs}</div>'


def _measurement(item: ReportedMeasurement) -> Resource:
    name = QUANTITIES[item.quantity]
    result: Resource = {
        "resourceType": "Observation",
        **_preliminary(),
        "code": {"coding": [{"system": LOINC, "code": name.loinc, "display": name.loinc_name},
                            {"system": OWN_SYSTEM, "code": item.quantity}], "text": name.loinc_name},
    }
    if item.value is not None:
        result["valueQuantity"] = _quantity(item.value, item.unit)
    else:
        result["dataAbsentReason"] = {"coding": [{"system": _ABSENT, "code": "unknown"}], "text": item.reason}
    if item.quantity == "qtc_ms":
        result["method"] = {"text": DEFAULT_FORMULA}
    result["component"] = _components({
        "start": (item.start_s, "s"), "end": (item.end_s, "s"), "percentile": (item.percentile, "%"),
        "normals": item.group,
    })
    return result


def _finding(item: ReportedFinding) -> Resource:
    code = _own("marked" if item.found_by == "reviewer" else "finding")
    result: Resource = {"resourceType": "Observation", **_preliminary(), "code": code}
    if _INSTANT.fullmatch(item.decided):
        result["issued"] = item.decided
    if item.reviewer:
        result["performer"] = [{"display": item.reviewer}]
    result["valueCodeableConcept"] = _own("confirmed")
    result["component"] = [
        {"code": _own("lead"), "valueCodeableConcept": _lead(item.lead)},
        {"code": _own("found-by"), "valueCodeableConcept": _own(found_by_code(item.found_by))},
        *_components({
            "start": (item.start_s, "s"), "end": (item.end_s, "s"), "peak": (item.peak_s, "s"), "wave": item.wave,
            "kind": item.kind, "percentile": (item.percentile, "%"), "value": (item.value, item.unit),
            "sentence": item.sentence, "label": item.label, "signal-problem": item.signal_problem,
            "model-sha256": item.model_sha256,
        }),
    ]
    if item.note:
        result["note"] = [{"text": item.note}]
    return result


def _preliminary() -> Resource:
    return {"status": "preliminary", "category": [{"coding": [{"system": _CATEGORIES, "code": "procedure"}]}]}


def _components(values: dict[str, str | tuple[float | None, str]]) -> list[Resource]:
    """A component for each value that is known."""
    found: list[Resource] = []
    for code, value in values.items():
        if isinstance(value, str):
            found += [{"code": _own(code), "valueString": value}] if value else []
        elif value[0] is not None:
            found.append({"code": _own(code), "valueQuantity": _quantity(value[0], value[1])})
    return found


def _quantity(value: float, unit: str) -> Resource:
    coded = {"system": UCUM, "code": UNITS[unit]} if unit in UNITS else {}
    return {"value": value, **({"unit": unit} if unit else {}), **coded}


def _own(code: str) -> Resource:
    return {"coding": [{"system": OWN_SYSTEM, "code": code, "display": OWN[code]}], "text": OWN[code]}


def _lead(lead: str) -> Resource:
    number = _SCP_NUMBERS.get(lead)
    coding = [] if number is None else [{"system": MDC, "code": str(MDC_FIRST_LEAD + number)}]
    return {**({"coding": coding} if coding else {}), "text": lead}


def _patient(content: RecordContent) -> Resource | None:
    """Sex alone, which measurements are compared by; the rest only if it was asked for."""
    sex = {"gender": content.person.sex} if content.person.sex else {}
    if content.identity is None:
        return {"resourceType": "Patient", **sex} if sex else None
    known = dict(content.record.identity)
    patient: Resource = {"resourceType": "Patient", **sex}
    numbers = [known[title] for title in ("Patient ID", "MRN", "Subject ID") if title in known]
    if numbers:
        patient["identifier"] = [{"value": number} for number in numbers]
    name = next((known[title] for title in ("Name", "Patient", "Last name") if title in known), "")
    if name:
        patient["name"] = [{"text": f"{known['First name']} {name}" if "First name" in known else name}]
    born = _DAY.fullmatch(known.get("Date of birth", ""))
    if born is not None:
        patient["birthDate"] = "-".join(born.groups())
    return patient


def _day_of(content: RecordContent) -> str:
    """The day of the recording, if identity was asked for and a day is known."""
    start = content.record.start_time
    if content.identity is None or not isinstance(start, datetime) or start.year < _FIRST_YEAR:
        return ""
    return start.date().isoformat()
