"""The worklist as one table, a row a recording: for spreadsheets as CSV, for programs as Parquet.

Names of columns and values are English in every language, as programs read them. New columns are added at the end.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.export.export_files import writing
from ecg_viewer.export.findings_csv import COMMENT, csv_number, text_cell
from ecg_viewer.export.provenance import PROGRAM, Clock, now
from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.research.truth import TruthSource
from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from ecg_viewer.state.worklist.columns import SEXES
from ecg_viewer.state.worklist.results import FAILED, OPEN, TRUTH_SOURCES, Results, ScoreSource
from ecg_viewer.state.worklist.sorting import Table
from ecg_viewer.state.worklist.stored_measurements import QUANTITIES
from mmae_core import __version__
from mmae_core.percentiles import table_percentile
from mmae_core.report.parquet_file import Cell, write_parquet

OLDEST_TOLD = 89.0
"""In years; who is older is told by `over_89` alone."""
DIGITS = 6
_FIRST: dict[str, type] = {
    "record": str, "file": str, "folder": str, "age_years": float, "over_89": bool, "sex": str, "fold": int,
    "statements": str, "superclasses": str,
    "percentile": float, "score": float, "windows": int, "percentile_counts": bool, "no_score": str,
    "strongest_finding": str, "strongest_finding_percentile": float, "strongest_lead": str, "strongest_leads": str,
    "strongest_kind": str, "strongest_layer": str, "findings": int, "findings_from_percentile": float,
}
_LAST: dict[str, type] = {
    "not_measured": str, "quality": float, "quality_verdict": str,
    "reference": str, "auroc": float, "hits": int, "misses": int, "false_alarms": int,
    "review_state": str, "confirmed": int, "dismissed": int, "own_findings": int, "reviewer": str, "reviewed": str,
    "second_percentile": float, "second_model": str,
    "model": str, "model_version": str, "model_sha256": str, "model_calibration": str, "cohort": str, "n_normals": int,
    "program": str, "exported": str,
}
CONCLUSION = "conclusion"


@dataclass(frozen=True)
class ListOrigin:
    """Where the numbers of a table come from."""

    model: ModelInfo | None
    """The model in use, if it is known; named in rows that it scored."""
    exported: str
    """ISO 8601 with the offset from UTC."""

    @classmethod
    def of(cls, model: ModelInfo | None, clock: Clock = now) -> ListOrigin:
        return cls(model, clock().isoformat(timespec="seconds"))


def worklist_columns(*, with_conclusions: bool) -> dict[str, type]:
    """Names of the columns and the types of their values."""
    measured: dict[str, type] = dict.fromkeys(QUANTITIES, float)
    return {**_FIRST, **measured, **_LAST, **({CONCLUSION: str} if with_conclusions else {})}


def worklist_rows(
    table: Table, rows: Iterable[int], origin: ListOrigin, *, with_conclusions: bool
) -> list[list[Cell]]:
    """The cells of these rows in the order of `worklist_columns`; None where nothing is known."""
    names = worklist_columns(with_conclusions=with_conclusions)
    counts, found = table.results.counts, []
    for row in rows:
        values: dict[str, Cell] = {
            **_listed(table, row), **_scored(table.results, row, counts=bool(counts[row])),
            **_reviewed(table.decisions.get(row)), **_second(table, row), **_origin(table.results.source, origin),
        }
        found.append([values.get(name) for name in names])
    return found


def write_worklist_csv(
    path: Path, columns: dict[str, type], rows: list[list[Cell]], *, semicolons: bool = False
) -> None:
    """Write the table for spreadsheets, in place of a file of that name. Raises CannotExport."""
    stream = io.StringIO()
    stream.write(f"{COMMENT}{RESEARCH_USE_BADGE}\r\n")
    writer = csv.writer(stream, delimiter=";" if semicolons else ",")
    writer.writerow(columns)
    writer.writerows([_text(cell, semicolons) for cell in row] for row in rows)
    with writing(path) as part:
        part.write_text(stream.getvalue(), encoding="utf-8-sig", newline="")


def write_worklist_parquet(path: Path, columns: dict[str, type], rows: list[list[Cell]]) -> None:
    """Write the table for programs, in place of a file of that name. Raises CannotExport, NoParquet."""
    with writing(path) as part:
        write_parquet(part, columns, rows, {"use": RESEARCH_USE_BADGE, "program": f"{PROGRAM} {__version__}"})


def _listed(table: Table, row: int) -> dict[str, Cell]:
    item, columns = table.columns.items[row], table.columns
    age = None if item.age is None else float(item.age)
    is_old = age is not None and age > OLDEST_TOLD
    return {
        "record": item.name, "file": item.path.name, "folder": item.path.absolute().parent.name,
        "age_years": None if is_old else age, "over_89": None if age is None else is_old,
        "sex": SEXES[columns.sex[row]] or None, "fold": item.fold,
        "statements": "; ".join(f"{code} {likelihood:g}" for code, likelihood in item.statements) or None,
        "superclasses": " ".join(item.superclasses) or None,
    }


def _scored(results: Results, row: int, *, counts: bool) -> dict[str, Cell]:
    score = results.scores.get(row)
    if score is None:
        return {"no_score": "not scored" if results.phase[row] == OPEN else None}
    found, measured = score.strongest, score.measured
    values: dict[str, Cell] = {
        "percentile": _percentile(score.percentile), "score": _number(score.score), "windows": score.n_windows,
        "percentile_counts": counts,
        "no_score": str(score.problem) if results.phase[row] == FAILED else None,
        "findings": _count(results.n_findings[row]), "findings_from_percentile": results.threshold,
        "quality": _number(score.quality), "quality_verdict": score.verdict,
        "reference": _reference(int(results.truth[row])), "auroc": _number(results.auroc[row]),
        "hits": _count(results.n_hits[row]), "misses": _count(results.n_misses[row]),
        "false_alarms": _count(results.n_false[row]),
    }
    if found is not None:
        values |= {
            "strongest_finding": found.title or None, "strongest_finding_percentile": _percentile(found.percentile),
            "strongest_lead": found.lead or None, "strongest_leads": " ".join(found.leads) or None,
            "strongest_kind": found.kind or None, "strongest_layer": found.layer,
        }
    if measured is not None:
        values |= {name: _number(value) for name, value in measured.values.items()}
        values["not_measured"] = "; ".join(
            f"{name}: {reason}" if reason else name for name, reason in measured.reasons.items()) or None
    return values


def _reviewed(summary: Summary | None) -> dict[str, Cell]:
    if summary is None:
        return {"review_state": "unreviewed", "confirmed": 0, "dismissed": 0, "own_findings": 0}
    return {
        "review_state": summary.state, "confirmed": summary.n_confirmed, "dismissed": summary.n_dismissed,
        "own_findings": summary.n_own, "reviewer": summary.reviewer or None, "reviewed": summary.time or None,
        CONCLUSION: summary.conclusion or None,
    }


def _second(table: Table, row: int) -> dict[str, Cell]:
    score = table.second.results.scores.get(row)
    if score is None:
        return {}
    return {"second_percentile": _percentile(score.percentile), "second_model": table.second.source.model or None}


def _origin(source: ScoreSource, origin: ListOrigin) -> dict[str, Cell]:
    """The model in words: name and version apart where they are known apart."""
    sha256, _, calibration = source.sha256.partition("-")
    values: dict[str, Cell] = {
        "program": f"{PROGRAM} {__version__}", "exported": origin.exported, "model": source.model or None,
        "model_sha256": sha256 or None, "model_calibration": calibration or None,
    }
    model = origin.model
    if model is not None and not source.file and model.results_key == source.sha256:
        values |= {"model": model.name, "model_version": model.version, "cohort": model.cohort or None,
                   "n_normals": model.n_normals}
    return values


def _reference(bits: int) -> str | None:
    """What hits and misses were counted against."""
    if bits < 0:
        return None
    sources: list[TruthSource] = [name for place, name in enumerate(TRUTH_SOURCES) if bits >> place & 1]
    return ", ".join(sources) or "normal by data set"


def _percentile(value: float) -> float | None:
    """As the tables of `mmae_core` have it: never rounded up to 100."""
    return None if math.isnan(value) else float(table_percentile(value))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), DIGITS)


def _count(value: int) -> int | None:
    return None if value < 0 else int(value)


def _text(cell: Cell, semicolons: bool) -> str:
    """A cell of CSV: texts safe from being taken for formulas, numbers with a comma if so asked."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return text_cell(cell)
    text = csv_number(float(cell), DIGITS)
    return text.replace(".", ",") if semicolons else text
