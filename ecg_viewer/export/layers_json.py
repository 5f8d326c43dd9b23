"""Measurements, named departures, the patient's own beats and facts as JSON values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.jobs.measured_rows import MeasuredRow
from ecg_viewer.state.layers import FactLine
from ecg_viewer.state.person import ShownPerson
from mmae_core.departures.quantities import LEAD_QUANTITIES, RECORD_QUANTITIES
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.intervals.device_differences import device_differences
from mmae_core.intervals.qtc_doubt import qtc_by_formula, qtc_doubt
from mmae_core.intervals.regularity import regularity
from mmae_core.intervals.results import DEFAULT_FORMULA, Measurements
from mmae_core.own_beats.results import OwnBeat, OwnBeats

DEPARTS_FROM = 90.0
"""Own beats are listed from this percentile on; the counts by shape include all."""

QUANTITY_UNITS = {name: quantity.unit for name, quantity in {**LEAD_QUANTITIES, **RECORD_QUANTITIES}.items()}
"""Of every value that named departures are looked for in."""


def person_document(person: ShownPerson) -> dict[str, Any]:
    """Age and sex."""
    return {"age_years": person.age_years, "over_89": person.is_over_89, "sex": person.sex or None}


def measurements_document(content: RecordContent) -> dict[str, Any] | None:
    """All measurements with what they were taken from; None if not measured."""
    measured = content.measurements
    if measured is None:
        return None
    return {
        "start_s": round(measured.start_s, 6),
        "end_s": round(measured.start_s + measured.duration_s, 6),
        "beats": measured.n_beats,
        "typical_beats": measured.n_typical,
        "leads": list(measured.leads),
        "qtc_formula": DEFAULT_FORMULA,
        "axis_leads": list(measured.axis_leads or ()),
        "values": [_value(row) for row in content.measured_rows],
        **_details(content, measured),
    }


def _details(content: RecordContent, measured: Measurements) -> dict[str, Any]:
    """QTc of all formulas, deviations from beat to beat, what the device measured otherwise, and every lead."""
    from mmae_core.departures.lead_table import table_document
    from mmae_core.intervals.beat_spread import spread_document

    doubt, rhythm, details = qtc_doubt(measured), regularity(measured), content.details
    return {
        "qtc_ms_by_formula": {name: None if value.value is None else round(value.value, 1)
                              for name, value in qtc_by_formula(measured).items()},
        "qtc_doubt": "" if doubt is None else str(doubt),
        "rhythm": None if rhythm is None else {
            "regular": rhythm.is_regular, "shortest_rr_ms": round(rhythm.shortest_ms, 1),
            "longest_rr_ms": round(rhythm.longest_ms, 1), "step_percent": round(rhythm.step_percent, 1)},
        "beat_to_beat": {} if details is None else spread_document(details.spreads),
        "device_differences": [vars(item) for item in device_differences(content.record.device, measured)],
        "by_lead": None if details is None else table_document(details.table),
    }


def _value(row: MeasuredRow) -> dict[str, Any]:
    departure = row.departure
    return {
        "quantity": row.quantity,
        "value": None if row.value.value is None else round(row.value.value, 1),
        "unit": row.unit,
        "reason": row.value.reason_text,
        "percentile": None if departure is None else departure.percentile,
        "sign": None if departure is None else departure.sign,
        "n_normals": None if departure is None else departure.n_normals,
        "group": "" if departure is None else str(departure.group),
    }


def departures_document(found: RecordDepartures) -> dict[str, Any]:
    """What of a stretch lies outside the range of normal ECGs, every value measured, and what was not."""
    return {
        "start_s": round(found.start_s, 6),
        "end_s": round(found.end_s, 6),
        "group": str(found.group),
        "beats_s": [round(beat_s, 4) for beat_s in found.beats_s],
        "departures": [_departure(item) for item in found.departures],
        "values": {name: value for name, value in found.values.items() if math.isfinite(value)},
        "units": {name: QUANTITY_UNITS[name] for name in dict.fromkeys(key.partition(":")[0] for key in found.values)
                  if name in QUANTITY_UNITS},
        "limitations": [str(text) for text in found.limitations],
    }


def _departure(item: Departure) -> dict[str, Any]:
    return {
        "lead": item.lead,
        "wave": item.wave,
        "kind": item.kind,
        "quantity": item.quantity,
        "sign": item.sign,
        "value": item.value,
        "unit": item.unit,
        "percentile": item.percentile,
        "n_normals": item.n_normals,
        "group": str(item.group),
        "family_percentile": item.family_percentile,
        "heat_percentile": item.heat_percentile,
        "flagged": item.is_flagged,
        "start_s": round(item.start_s, 4),
        "end_s": round(item.end_s, 4),
        "sentence": str(item.sentence),
    }


def own_beats_document(found: OwnBeats) -> dict[str, Any]:
    """Shapes with their counts, and the beats of a stretch that are unlike the patient's others."""
    return {
        "start_s": round(found.start_s, 6),
        "end_s": round(found.end_s, 6),
        "leads": list(found.leads),
        "shapes": [{"name": shape.name, "beats": shape.n_beats, "wide": shape.is_wide} for shape in found.shapes],
        "compared_with": found.shapes[found.prevailing].name if found.prevailing < len(found.shapes) else "",
        "beats": len(found.beats),
        "departing_beats": [_beat(beat, found) for beat in found.beats
                            if beat.percentile >= DEPARTS_FROM or beat.is_premature],
        "limitations": [str(text) for text in found.limitations],
    }


def _beat(beat: OwnBeat, found: OwnBeats) -> dict[str, Any]:
    percentiles = zip(found.leads, beat.lead_percentiles.tolist(), strict=True)
    return {
        "r_s": round(beat.r_s, 4),
        "start_s": round(beat.start_s, 4),
        "end_s": round(beat.end_s, 4),
        "shape": found.shapes[beat.shape].name if beat.shape < len(found.shapes) else "",
        "wave": beat.wave,
        "premature": beat.is_premature,
        "flagged": beat.is_flagged,
        "percentile": beat.percentile if math.isfinite(beat.percentile) else None,
        "lead_percentiles": {lead: value if math.isfinite(value) else None for lead, value in percentiles},
    }


def fact_document(fact: FactLine, findings: Sequence[ReviewedFinding]) -> dict[str, Any]:
    """One row of the list of findings; `findings` are those of the document, of which it names its own by number."""
    return {
        "layer": fact.layer,
        "title": str(fact.title),
        "wave": fact.wave,
        "kind": fact.kind,
        "leads": list(fact.leads),
        "percentile": fact.percentile,
        "beats": fact.n_beats,
        "of_beats": fact.of_beats,
        "findings": [number for number, finding in enumerate(findings, 1)
                     if finding.found_by == "model" and finding.fact == fact.key],
    }
