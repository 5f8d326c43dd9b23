"""Findings, measurements and scores as JSON, for programs; `resources/schemas/findings-2.schema.json` says what is in
it. Files of version 1, described by `findings.schema.json`, lack measurements and layers.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.export_files import Folder, file_name, writing
from ecg_viewer.export.layers_json import (
    departures_document,
    fact_document,
    measurements_document,
    own_beats_document,
    person_document,
)
from ecg_viewer.state.review.review import Conclusion
from mmae_core.assessment import Layer, WindowAssessment
from mmae_core.record import STANDARD_LEADS

FORMAT = "ecg-viewer findings"
FORMAT_VERSION = 2
SCHEMA = "findings-2.schema.json"
FOUND_BY: dict[Layer, str] = {"named": "measurement", "model": "model", "own": "own beats"}
"""Layer -> the name of what found it, in all data exports."""


def write_json(content: RecordContent, folder: Folder) -> tuple[Path, ...]:
    """Write `NAME_findings.json`. Raises CannotExport."""
    target = folder.target(file_name(content.name, "_findings.json"))
    with writing(target) as part:
        part.write_text(json_text(findings_document(content)), encoding="utf-8")
    return (target,)


def json_text(document: dict[str, Any]) -> str:
    """Indented JSON; NaN must have been replaced by None."""
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def findings_document(content: RecordContent) -> dict[str, Any]:
    """What the file holds."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "provenance": content.provenance.document(),
        "assessment": {
            "state": content.assessment.phase.name.lower(),
            "assessed_s": finite(content.assessment.done_s),
            "not_assessed": list(content.not_assessed),
            "cautions": list(content.cautions),
            "strongest_window": _strongest(content),
            "windows": [_window(window) for window in content.assessment.windows],
        },
        "leads": [
            {
                "lead": result.lead,
                "percentile": finite(result.percentile),
                "reliable": not result.is_poor,
                "signal_problem": result.reason,
            }
            for result in content.lead_scores
        ],
        "person": person_document(content.person),
        "measurements": measurements_document(content),
        "departures": [departures_document(part) for part in content.assessment.layers.departures],
        "own_beats": [own_beats_document(part) for part in content.assessment.layers.own],
        "facts": [fact_document(fact, content.findings) for fact in content.facts],
        "review_state": content.review_state,
        "conclusion": conclusion_document(content.conclusion),
        "findings": [finding_document(finding) for finding in content.findings],
    }
    if content.statements:
        document["statements"] = content.statements
    if content.identity is not None:
        document["identity"] = list(content.identity.lines)
    return document


def conclusion_document(conclusion: Conclusion | None) -> dict[str, str] | None:
    """What a reviewer wrote about the recording, by whom and when."""
    if conclusion is None:
        return None
    return {"text": conclusion.text, "reviewer": conclusion.reviewer, "written": conclusion.at}


def finding_document(finding: ReviewedFinding) -> dict[str, Any]:
    """One finding as JSON values."""
    departure = finding.departure
    return {
        "lead": finding.lead,
        "start_s": round(finding.start_s, 6),
        "end_s": round(finding.end_s, 6),
        "peak_s": None if finding.peak_s is None else round(finding.peak_s, 6),
        "percentile": finite(finding.percentile),
        "found_by": found_by(finding),
        "wave": finding.wave,
        "kind": finding.kind,
        "value": None if departure is None else departure.value,
        "unit": "" if departure is None else departure.unit,
        "sentence": str(finding.sentence),
        "fact": finding.fact,
        "decision": finding.decision,
        "label": finding.label,
        "note": finding.note,
        "reviewer": finding.reviewer,
        "decided": finding.decided or None,
        "signal_problem": finding.unreliable,
    }


def found_by(finding: ReviewedFinding) -> str:
    """`reviewer`, or the name of the layer that found it."""
    return "reviewer" if finding.found_by == "reviewer" else FOUND_BY[finding.layer]


def _strongest(content: RecordContent) -> dict[str, Any] | None:
    """The window that the recording's percentile is of, and of how many it is the strongest."""
    window, counts = content.window, content.assessment.window_counts
    if window is None:
        return None
    return {
        "start_s": finite(window.start_s),
        "percentile": finite(window.percentile),
        "p_value": finite(window.p_value) if len(content.assessment.windows) == 1 else None,
        "windows": counts.n,
        "windows_that_stand_out": counts.n_high,
    }


def _window(window: WindowAssessment) -> dict[str, Any]:
    quality = window.quality
    return {
        "start_s": finite(window.start_s),
        "score": finite(window.score),
        "global_score": finite(window.global_score),
        "local_score": finite(window.local_score),
        "percentile": finite(window.percentile),
        "p_value": finite(window.p_value),
        "reliable": window.reliable,
        "lead_percentiles": {
            lead: finite(value) for lead, value in zip(STANDARD_LEADS, window.lead_percentiles, strict=True)
        },
        "quality": None if quality is None else {"score": finite(quality.score), "verdict": quality.verdict,
                                                 "reasons": list(quality.reasons)},
    }


def finite(value: float | None) -> float | None:
    """A number, or None where there is none."""
    return None if value is None or not math.isfinite(value) else float(value)
