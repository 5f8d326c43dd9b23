"""Lead truth of many records: from their reports, or from a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast, get_args

from mmae_core.datasets.lead_truth.report_parser import LeadStatement, Part, is_truncated, parse_report
from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.errors import DatasetError
from mmae_core.files import formula_safe, from_formula_safe, replacing
from mmae_core.record import STANDARD_LEADS

COLUMNS = ("ecg_id", "fold", "lead", "wave", "kind", "part", "qual", "report_truncated", "evidence")
NEEDED = ("ecg_id", "lead", "wave", "kind")
WAVES = ("P", "Q", "R", "S", "QRS", "ST", "T", "ST-T", "U")
_LEADS = {lead.upper(): lead for lead in STANDARD_LEADS}

LeadTruth = Mapping[int, tuple[LeadStatement, ...]]
"""`ecg_id` -> statements about its leads."""


def truth_of_reports(entries: Iterable[PtbxlEntry]) -> dict[int, tuple[LeadStatement, ...]]:
    """Statements about single leads in the reports of PTB-XL records; records without any are left out."""
    read = {entry.ecg_id: parse_report(entry.report) for entry in entries}
    return {ecg_id: rows for ecg_id, rows in read.items() if rows}


def read_lead_truth(path: Path) -> dict[int, tuple[LeadStatement, ...]]:
    """Read a table with at least the columns `ecg_id`, `lead`, `wave` and `kind`.

    Raises DatasetError if it cannot be read, lacks a column, or names a lead that is none of the twelve, a wave that is
    none of `WAVES`, or no kind.
    """
    found: dict[int, list[LeadStatement]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            lacking = [column for column in NEEDED if column not in (reader.fieldnames or ())]
            if lacking:
                raise DatasetError(f"{path.name} lacks the columns {', '.join(lacking)}; lead truth needs "
                                   f"{', '.join(NEEDED)}, a lead on each line.")
            for row in reader:
                statement = _statement(row, f"{path.name}, line {reader.line_num}")
                found.setdefault(int(row["ecg_id"]), []).append(statement)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(f"{path.name} cannot be read as a table of lead truth: {error}.") from error
    return {ecg_id: tuple(rows) for ecg_id, rows in found.items()}


def _statement(row: Mapping[str, str], place: str) -> LeadStatement:
    lead = _LEADS.get(row["lead"].strip().upper())
    if lead is None or not row["ecg_id"].strip().isdecimal():
        raise DatasetError(f"{place}: ecg_id is '{row['ecg_id'][:20]}' and lead '{row['lead'][:20]}'; expected a "
                           f"number and one of {', '.join(STANDARD_LEADS)}.")
    part = row.get("part") or "report"
    if part not in get_args(Part):
        raise DatasetError(f"{place}: part is '{part[:20]}'; expected one of {', '.join(get_args(Part))}.")
    wave, kind = row["wave"].strip().upper(), row["kind"].strip().lower()
    if wave not in WAVES or not kind:
        raise DatasetError(f"{place}: wave is '{wave[:20]}' and kind '{kind[:20]}'; expected one of {', '.join(WAVES)} "
                           "and a word such as elevation.")
    qualifier, evidence = (from_formula_safe(row.get(column) or "") for column in ("qual", "evidence"))
    return LeadStatement(lead, wave, kind, cast(Part, part), qualifier, evidence)


def write_lead_truth(path: Path, entries: Iterable[PtbxlEntry], truth: LeadTruth) -> None:
    """Write lead truth as a table that `read_lead_truth` reads, in the order of the entries."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for entry in entries:
            cut = int(is_truncated(entry.report))
            for row in truth.get(entry.ecg_id, ()):
                writer.writerow([entry.ecg_id, entry.fold, row.lead, row.wave, row.kind, row.part,
                                 formula_safe(row.qualifier), cut, formula_safe(row.evidence)])
