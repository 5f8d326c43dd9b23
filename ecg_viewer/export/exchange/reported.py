"""What a report for another system holds: measurements, the findings that a person confirmed or marked, and the
conclusion that a person wrote.
"""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.export_files import NothingToExport
from ecg_viewer.export.findings_json import found_by
from ecg_viewer.export.provenance import Provenance
from ecg_viewer.jobs.measured_rows import MeasuredRow
from ecg_viewer.state.review.review import Conclusion
from ecg_viewer.state.words.language import tr
from mmae_core.intervals.results import DEFAULT_FORMULA

NOTHING_CONFIRMED = "No finding was confirmed by a person: the report holds measurements only."
"""Stands in a report without findings, so that their absence is not taken for a normal ECG."""
NOT_A_DIAGNOSIS = (
    "Findings say where an ECG departs from normal ECGs, not what is wrong. A stretch without a finding is not said to "
    "be normal."
)


@dataclass(frozen=True)
class ReportedMeasurement:
    """A quantity of the recording, or the reason why it has no value."""

    quantity: str
    """A key of `mmae_core.report.layer_columns.UNITS`."""
    value: float | None
    unit: str
    reason: str
    """Empty if there is a value."""
    percentile: float | None
    """0..100, where the value lies outside the range of normal ECGs; else None."""
    group: str
    """The normal ECGs that the percentile compares with."""
    start_s: float
    end_s: float


@dataclass(frozen=True)
class ReportedFinding:
    """A finding that a person confirmed, or a stretch that a person marked. Empty texts and None: not known."""

    lead: str
    start_s: float
    end_s: float
    peak_s: float | None
    found_by: str
    """`measurement`, `model`, `own beats` or `reviewer`."""
    wave: str
    kind: str
    percentile: float | None
    value: float | None
    unit: str
    sentence: str
    label: str
    note: str
    reviewer: str
    decided: str
    """ISO 8601."""
    signal_problem: str
    model_sha256: str


@dataclass(frozen=True)
class ExchangedReport:
    """One recording's report, as written and as read back."""

    record_name: str
    record_sha256: str
    measurements: tuple[ReportedMeasurement, ...]
    findings: tuple[ReportedFinding, ...]
    conclusion: Conclusion | None = None
    """In a reviewer's words; the program writes none."""


def require_content(content: RecordContent) -> tuple[str, ...]:
    """Sentences on what a report of it will lack. Raises NothingToExport if it would be empty."""
    if content.positives:
        return ()
    if not content.measured_rows and content.conclusion is None:
        raise NothingToExport(
            tr("{name} has neither measurements nor confirmed findings to report.").format(name=content.name)
        )
    return (tr("{name} has no confirmed findings: its report holds measurements only.").format(name=content.name),)


def report_of(content: RecordContent) -> ExchangedReport:
    """Measurements and positive findings; what is unreviewed or dismissed is left out."""
    origin = content.provenance.record
    return ExchangedReport(
        _line(origin.name), origin.sha256,
        tuple(_measurement(row, content) for row in content.measured_rows),
        tuple(_finding(finding) for finding in content.positives),
        _conclusion(content),
    )


def remarks(content: RecordContent) -> tuple[str, ...]:
    """Sentences that go with the report, in English: what it is of, how it came about, and its doubts."""
    lines = list(_origin(content.provenance))
    lines += [f"QTc by the formula of {DEFAULT_FORMULA}."] if content.measurements is not None else []
    lines += [NOT_A_DIAGNOSIS] if content.positives else [NOTHING_CONFIRMED]
    lines += [f"Not assessed: {text}" for text in content.not_assessed]
    lines += [f"Caution: {text}" for text in content.cautions]
    lines += [f"Doubt about the recording: {doubt}" for doubt in content.record.doubts]
    return tuple(_line(line) for line in lines)


def _origin(provenance: Provenance) -> tuple[str, ...]:
    record, model = provenance.record, provenance.model
    lines = [f"Recording {record.name} ({record.format}, {record.sampling_rate_hz:g} Hz, {record.duration_s:.6g} s), "
             f"SHA-256 {record.sha256}."]
    if record.derived_leads:
        lines.append(f"Computed from I and II: {', '.join(record.derived_leads)}.")
    if model is not None:
        cohort = f", {model.cohort}" if model.cohort else ""
        lines.append(f"Model {model.name}, version {model.version}, weights SHA-256 {model.weights_sha256}; its "
                     f"percentiles compare with {model.n_normals or 'an unknown number of'} normal ECGs{cohort}.")
    lines += [
        f"{what} compare with {origin.n_normals} normal ECGs, {origin.cohort}."
        for what, origin in (("Percentiles of measurements", provenance.normals.named),
                             ("Percentiles of own beats", provenance.normals.own))
        if origin is not None
    ]
    return (*lines, f"Exported by {provenance.program} {provenance.program_version} on {provenance.created}.")


def _measurement(row: MeasuredRow, content: RecordContent) -> ReportedMeasurement:
    measured, departure = content.measurements, row.departure
    start_s, duration_s = (0.0, 0.0) if measured is None else (measured.start_s, measured.duration_s)
    return ReportedMeasurement(
        row.quantity, _number(row.value.value, 1), row.unit, row.value.reason_text,
        None if departure is None else _number(departure.percentile, 3),
        "" if departure is None else _line(str(departure.group)),
        round(start_s, 6), round(start_s + duration_s, 6),
    )


def _conclusion(content: RecordContent) -> Conclusion | None:
    """Its lines without characters that no format holds."""
    conclusion = content.conclusion
    if conclusion is None:
        return None
    text = "\n".join(filter(None, map(_line, conclusion.text.splitlines())))
    return Conclusion(text, _line(conclusion.reviewer), conclusion.at) if text else None


def _finding(finding: ReviewedFinding) -> ReportedFinding:
    departure = finding.departure
    return ReportedFinding(
        finding.lead, round(finding.start_s, 6), round(finding.end_s, 6), _number(finding.peak_s, 6), found_by(finding),
        finding.wave, finding.kind, _number(finding.percentile, 3),
        None if departure is None else _number(departure.value, 6), "" if departure is None else departure.unit,
        _line(str(finding.sentence)), _line(finding.label), _line(finding.note), _line(finding.reviewer),
        finding.decided, _line(finding.unreliable), finding.model_sha256,
    )


def _number(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(float(value), decimals)


def _line(text: str) -> str:
    """On one line, without characters that no format holds."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
