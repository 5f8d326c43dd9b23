"""Findings and lead scores as tables that spreadsheets read: a column a quantity, its unit in the column's name."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import Folder, file_name, writing
from ecg_viewer.export.findings_json import found_by
from ecg_viewer.state.review.conclusion_words import conclusion_sentence
from ecg_viewer.state.time_of_day import clock_of
from ecg_viewer.state.words.clock_words import clock_text
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.files import formula_safe

FINDING_COLUMNS = (
    "record", "number", "lead", "start_s", "end_s", "duration_ms", "peak_s", "peak_percentile", "found_by", "decision",
    "label", "note", "reviewer", "decided", "signal_problem", "layer", "wave", "kind", "value", "unit", "sentence",
    "fact", "clock",
)
"""New columns are added at the end, so that existing ones keep their position."""
LEAD_COLUMNS = (
    "record", "lead", "percentile_of_strongest_10s", "windows", "assessed", "reliable", "signal_problem", "n_findings",
    "n_confirmed", "n_dismissed",
)
_DECIMAL = re.compile(r"-?\d+\.\d+")
COMMENT = "# "
"""Begins the lines of provenance above the column names."""


def write_csv(content: RecordContent, folder: Folder) -> tuple[Path, ...]:
    """Write `NAME_findings.csv` and `NAME_leads.csv`. Raises CannotExport."""
    targets = folder.targets((file_name(content.name, "_findings.csv"), file_name(content.name, "_leads.csv")))
    texts = (
        table_text(content, FINDING_COLUMNS, findings_csv_rows(content), semicolons=folder.semicolons),
        table_text(content, LEAD_COLUMNS, lead_rows(content), semicolons=folder.semicolons),
    )
    for target, text in zip(targets, texts, strict=True):
        with writing(target) as part:
            part.write_text(text, encoding="utf-8-sig", newline="")  # the mark that tells Excel it is UTF-8
    return targets


def table_text(
    content: RecordContent, columns: Sequence[str], rows: Iterable[Sequence[object]], *, semicolons: bool = False
) -> str:
    """Lines of provenance, column names, rows; with `semicolons` as `Folder.semicolons` says."""
    stream = io.StringIO()
    head = [RESEARCH_USE_BADGE, *content.provenance.lines()]
    if content.identity is not None:
        head += content.identity.lines
    head += [tr("Not assessed: {note}").format(note=translated(note)) for note in content.not_assessed]
    head += content.not_said
    head += [f"{tr('Caution')}: {translated(note)}" for note in content.cautions]
    if content.conclusion is not None:
        head.append(conclusion_sentence(content.conclusion))
    stream.writelines(f"{COMMENT}{' '.join(line.split())}\r\n" for line in head)
    writer = csv.writer(stream, delimiter=";" if semicolons else ",")
    writer.writerow(columns)
    writer.writerows([_with_comma(cell) for cell in row] if semicolons else row for row in rows)
    return stream.getvalue()


def findings_csv_rows(content: RecordContent) -> list[list[object]]:
    """One row per finding, in the order of `FINDING_COLUMNS`; `clock` is the time of day, where the file states it."""
    clock = clock_of(content.record)
    return [
        [
            text_cell(content.name), number, finding.lead,
            csv_number(finding.start_s, 4), csv_number(finding.end_s, 4),
            csv_number(1000 * (finding.end_s - finding.start_s), 1), csv_number(finding.peak_s, 4),
            csv_number(finding.percentile, 3), found_by(finding), finding.decision, text_cell(finding.label),
            text_cell(finding.note), text_cell(finding.reviewer), finding.decided, text_cell(finding.unreliable),
            finding.layer if finding.found_by == "model" else "", finding.wave, finding.kind,
            "" if finding.departure is None else csv_number(finding.departure.value, 4),
            "" if finding.departure is None else finding.departure.unit,
            text_cell(str(finding.sentence)), text_cell(finding.fact),
            "" if clock is None else clock_text(clock, finding.start_s),
        ]
        for number, finding in enumerate(content.findings, 1)
    ]


def lead_rows(content: RecordContent) -> list[list[object]]:
    """One row per lead, in the order of `LEAD_COLUMNS`; none if nothing was assessed.

    `windows` is how many windows the percentile is the strongest of: normal ECGs have one.
    """
    rows: list[list[object]] = []
    for result in content.lead_scores:
        here = [finding for finding in content.findings if finding.lead == result.lead]
        rows.append(
            [
                text_cell(content.name), result.lead, csv_number(result.percentile, 3),
                content.assessment.window_counts.n, _yes(not math.isnan(result.percentile)),
                _yes(not result.is_poor), text_cell(result.reason),
                len(here), sum(finding.is_positive for finding in here),
                sum(finding.decision == "dismissed" for finding in here),
            ]
        )
    return rows


def _with_comma(cell: object) -> object:
    """A number with a decimal comma; anything else as it is."""
    return cell.replace(".", ",") if isinstance(cell, str) and _DECIMAL.fullmatch(cell) else cell


def csv_number(value: float | None, digits: int) -> str:
    """A number without needless zeros, with a point in every language; empty without one."""
    return "" if value is None or math.isnan(value) else f"{value:.{digits}f}".rstrip("0").rstrip(".")


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def text_cell(value: str) -> str:
    """Free text, escaped so that spreadsheets do not read it as a formula."""
    return formula_safe(value)
