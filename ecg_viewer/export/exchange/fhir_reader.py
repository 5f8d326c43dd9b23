"""Reads the FHIR Bundles that `fhir_writer` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from ecg_viewer.export.exchange.codes import OWN_SYSTEM, QUANTITIES
from ecg_viewer.export.exchange.fhir_writer import CONCLUDED
from ecg_viewer.export.exchange.reported import ExchangedReport, ReportedFinding, ReportedMeasurement
from ecg_viewer.state.review.review import Conclusion
from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers.recording_file import RecordingFile

MAX_BYTES = 64 << 20
LARGEST = 1e15
"""Values beyond it are taken for none."""


def read_fhir(path: Path) -> ExchangedReport:
    """The report in a file of `fhir_writer`.

    Raises UnreadableRecord if it is damaged, UnsupportedRecord if it is a Bundle of another program.
    """
    bundle = _parsed(path)
    resources = [entry.get("resource") for entry in _dicts(bundle.get("entry"))]
    reports = [item for item in _dicts(resources) if item.get("resourceType") == "DiagnosticReport"]
    identifiers = {_text(item.get("system")): item.get("value") for report in reports
                   for item in _dicts(report.get("identifier"))}
    sha256 = identifiers.get(f"{OWN_SYSTEM}:record-sha256")
    if not isinstance(sha256, str):
        raise UnsupportedRecord(
            f"{path.name} is no report of this program; a FHIR Bundle that it exported is expected.", code="foreign"
        )
    observations = [item for item in _dicts(resources) if item.get("resourceType") == "Observation"]
    measurements, findings = [], []
    for item in observations:
        code = _own_code(item.get("code"))
        if code in QUANTITIES:
            measurements.append(_measurement(code, item))
        elif code in ("finding", "marked"):
            findings.append(_finding(item, path.name))
    name = _text(identifiers.get(f"{OWN_SYSTEM}:record-name"))
    return ExchangedReport(name, sha256, tuple(measurements), tuple(findings), _conclusion(reports))


def _conclusion(reports: list[dict[str, Any]]) -> Conclusion | None:
    for report in reports:
        if text := _text(report.get("conclusion")):
            author = next(_dicts(report.get("resultsInterpreter")), {})
            times = (_text(item.get("valueInstant")) for item in _dicts(report.get("extension"))
                     if item.get("url") == CONCLUDED)
            return Conclusion(text, _text(author.get("display")), next(times, ""))
    return None


def _parsed(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(RecordingFile.of(path).read_all(MAX_BYTES), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableRecord(f"{path.name} is no JSON ({type(error).__name__}). Export it again.") from error
    if not isinstance(values, dict) or values.get("resourceType") != "Bundle":
        raise UnsupportedRecord(f"{path.name} is no FHIR Bundle; one is expected.", code="foreign")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _measurement(quantity: str, item: dict[str, Any]) -> ReportedMeasurement:
    parts = _own_components(item)
    value, unit = _quantity(item)
    absent = item.get("dataAbsentReason")
    reason = _text(absent.get("text")) if isinstance(absent, dict) else ""
    return ReportedMeasurement(
        quantity, value, unit or _unit_of(quantity), reason, _number(parts, "percentile"), _string(parts, "normals"),
        _number(parts, "start") or 0.0, _number(parts, "end") or 0.0,
    )


def _unit_of(quantity: str) -> str:
    from mmae_core.report.layer_columns import UNITS

    return UNITS[quantity]


def _finding(item: dict[str, Any], name: str) -> ReportedFinding:
    parts = _own_components(item)
    start_s, end_s = _number(parts, "start"), _number(parts, "end")
    if start_s is None or end_s is None:
        raise UnreadableRecord(f"A finding in {name} has no start or end. Export it again.")
    value, unit = _quantity(parts.get("value", {}))
    performer = next(_dicts(item.get("performer")), {})
    note = next(_dicts(item.get("note")), {})
    return ReportedFinding(
        _concept_text(parts, "lead"), start_s, end_s, _number(parts, "peak"),
        _own_code(parts.get("found-by", {}).get("valueCodeableConcept")).replace("-", " "), _string(parts, "wave"),
        _string(parts, "kind"), _number(parts, "percentile"), value, unit, _string(parts, "sentence"),
        _string(parts, "label"), _text(note.get("text")), _text(performer.get("display")), _text(item.get("issued")),
        _string(parts, "signal-problem"), _string(parts, "model-sha256"),
    )


def _own_components(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Own code -> component."""
    return {_own_code(part.get("code")): part for part in _dicts(item.get("component"))}


def _own_code(concept: object) -> str:
    """The code of this program in a CodeableConcept; empty if it has none."""
    if not isinstance(concept, dict):
        return ""
    codes = (coding.get("code") for coding in _dicts(concept.get("coding")) if coding.get("system") == OWN_SYSTEM)
    return next((code for code in codes if isinstance(code, str)), "")


def _concept_text(parts: dict[str, dict[str, Any]], code: str) -> str:
    concept = parts.get(code, {}).get("valueCodeableConcept")
    return _text(concept.get("text")) if isinstance(concept, dict) else ""


def _quantity(item: dict[str, Any]) -> tuple[float | None, str]:
    """Value and unit; None and an empty text without them."""
    quantity = item.get("valueQuantity")
    if not isinstance(quantity, dict):
        return None, ""
    value = quantity.get("value")
    if not isinstance(value, int | float) or isinstance(value, bool) or not -LARGEST <= value <= LARGEST:
        return None, ""
    return float(value), _text(quantity.get("unit"))


def _number(parts: dict[str, dict[str, Any]], code: str) -> float | None:
    return _quantity(parts.get(code, {}))[0]


def _string(parts: dict[str, dict[str, Any]], code: str) -> str:
    return _text(parts.get(code, {}).get("valueString"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _dicts(values: object) -> Iterator[dict[str, Any]]:
    """The objects of a list."""
    return (value for value in (values if isinstance(values, list) else []) if isinstance(value, dict))
