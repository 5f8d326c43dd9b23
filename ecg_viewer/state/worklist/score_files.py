"""Scores that other runs wrote: the table of `mmae_core score`, the reports of `mmae_core evaluate`."""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ecg_viewer.state.assessment import HIGH_PERCENTILE, WindowCounts
from ecg_viewer.state.heat import LAYERS
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource, TruthFigures
from ecg_viewer.state.worklist.stored_measurements import QUANTITIES, RowMeasurements, StrongestFinding
from mmae_core.assessment import Layer
from mmae_core.errors import DatasetError, EcgError
from mmae_core.files import from_formula_safe
from mmae_core.readers.recording_paths import bare_path, name_keys
from mmae_core.report.parquet_file import parquet_columns, parquet_rows
from mmae_core.report.report_file import read_report

TABLE_COLUMNS = frozenset({"record", "start_s", "score", "percentile", "quality", "reliable", "error"})
"""Required columns of the table of `mmae_core score`."""
READ_COLUMNS = TABLE_COLUMNS | {
    "n_findings", "strongest_finding", "strongest_lead", "strongest_kind", "strongest_layer",
    "strongest_finding_percentile", *QUANTITIES, "not_measured", "model", "model_sha256",
}
"""Those that are read."""
PARQUET = ".parquet"
Cells = tuple[int, Mapping[str, str]]
"""Number of a row, and its cells by column."""
FAIR_BELOW = 0.999
"""The table has the quality score, not the verdict; any problem found lowers the score below this."""


class ScoreFileError(EcgError):
    """A file holds no scores that this program reads; the message says what was expected."""


@dataclass(frozen=True)
class FileScores:
    """The scores of a file, by its names of recordings."""

    source: ScoreSource
    by_name: Mapping[str, RecordScore]


def read_score_file(path: Path, items: Sequence[RecordItem] | None = None) -> FileScores:
    """Read a table (.csv, .parquet) or a report (.json); of a table, only what may be of `items` if they are given.

    Raises ScoreFileError with what is wrong, NoParquet.
    """
    try:
        if path.suffix.lower() == ".json":
            return _read_report(path)
        return _read_table(path, None if items is None else _places(items))
    except DatasetError as error:
        raise ScoreFileError(str(error)) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScoreFileError(f"{path.name} cannot be read: {error}.") from error


def match_names(scores: FileScores, items: Sequence[RecordItem]) -> dict[int, RecordScore]:
    """The scores by the index of the recording in a list.

    A name is a record's file without extension, as much of its path as tells two apart, or the number a data set gives
    it. A name that fits several recordings fits none.
    """
    places = _places(items)
    found: dict[int, RecordScore] = {}
    for name, score in scores.by_name.items():
        parts = Path(name).parts
        fits = places.get(_last(name), [])
        if len(parts) > 1:
            fits = [row for row in fits if bare_path(items[row].path).parts[-len(parts) :] == parts]
        if len(fits) == 1:
            found[fits[0]] = score
    return found


def _places(items: Sequence[RecordItem]) -> dict[str, list[int]]:
    """Rows of a list by each name that a table may give a recording, without folders."""
    places: dict[str, list[int]] = {}
    for row, item in enumerate(items):
        for name in {*name_keys(item.path), bare_path(item.path).name, item.name, item.name.lstrip("0") or "0"}:
            places.setdefault(name, []).append(row)
    return places


def _last(name: str) -> str:
    """The last part of a name, by which recordings are looked up."""
    parts = Path(name).parts
    return parts[-1] if parts else ""


@contextmanager
def _table_rows(path: Path, names: Collection[str] | None) -> Iterator[tuple[Collection[str], Iterator[Cells]]]:
    """The columns of a table, and its rows, each with its line; only those of recordings among `names`, if given."""
    def is_wanted(name: str) -> bool:
        return names is None or _last(name) in names

    if path.suffix.lower() == PARQUET:
        rows = parquet_rows(path, READ_COLUMNS, "record", is_wanted)
        yield parquet_columns(path), ((number, row) for number, row in enumerate(rows, start=1))
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, restval="")
        yield reader.fieldnames or (), ((reader.line_num, row) for row in reader
                                        if is_wanted(from_formula_safe(row.get("record", ""))))


def _read_table(path: Path, names: Collection[str] | None) -> FileScores:
    by_name: dict[str, RecordScore] = {}
    windows: dict[str, WindowCounts] = {}
    model, sha256 = "", ""
    with _table_rows(path, names) as (columns, rows):
        if not set(columns) >= TABLE_COLUMNS:
            raise ScoreFileError(
                f"{path.name} is no table of mmae_core score: it lacks the columns "
                f"{', '.join(sorted(TABLE_COLUMNS - set(columns)))}."
            )
        for line, row in rows:
            try:
                window = _window(row)
            except ValueError as error:
                raise ScoreFileError(f"{path.name}, line {line}: {error}.") from error
            name = from_formula_safe(row["record"])
            by_name[name] = window if name not in by_name else _stronger(by_name[name], window)
            if window.verdict != "poor" and math.isfinite(window.percentile):
                known = windows.get(name, WindowCounts(0, 0))
                windows[name] = WindowCounts(known.n + 1, known.n_high + (window.percentile >= HIGH_PERCENTILE))
            model, sha256 = row.get("model") or model, row.get("model_sha256") or sha256
    for name, counts in windows.items():
        by_name[name] = replace(by_name[name], n_windows=counts.n, n_high=counts.n_high)
    return FileScores(ScoreSource(model, sha256, path.name), by_name)


def _window(row: Mapping[str, str]) -> RecordScore:
    """One row: a window, or a record that could not be scored. Raises ValueError."""
    if row["error"]:
        return RecordScore(problem=row["error"])
    quality = _number(row["quality"])
    verdict = None if math.isnan(quality) else "poor" if row["reliable"] == "no" else (
        "fair" if quality < FAIR_BELOW else "good")
    found = RecordScore(_number(row["score"]), _number(row["percentile"]), quality, verdict)  # type: ignore[arg-type]
    if "n_findings" not in row:
        return found  # of an earlier version
    return replace(found, strongest=_strongest(row), measured=_measured(row),
                   finding_percentiles=() if row["n_findings"] == "0" else None)


def _strongest(row: Mapping[str, str]) -> StrongestFinding | None:
    """Raises ValueError for a percentile that is no number."""
    if not row.get("strongest_finding_percentile"):
        return None
    layer: Layer = next((layer for layer in LAYERS if layer == row.get("strongest_layer")), "model")
    leads = tuple(filter(None, (row.get("strongest_lead"),)))
    return StrongestFinding(_number(row["strongest_finding_percentile"]), leads, row.get("strongest_kind", ""), layer,
                            row.get("strongest_finding", ""))


def _measured(row: Mapping[str, str]) -> RowMeasurements:
    """Raises ValueError for a measurement that is no number."""
    reasons = dict(part.split(": ", 1) for part in row.get("not_measured", "").split("; ") if ": " in part)
    values = {name: _number(row.get(name, "")) for name in QUANTITIES}
    return RowMeasurements(values, {name: reasons.get(name, "") for name, value in values.items() if math.isnan(value)})


def _stronger(first: RecordScore, second: RecordScore) -> RecordScore:
    """The window that represents the recording: reliable before unreliable, then the higher score. It takes the
    strongest finding of both, and either's measurements.
    """
    def rank(score: RecordScore) -> tuple[bool, bool, float]:
        return math.isfinite(score.score), score.verdict != "poor", score.score if math.isfinite(score.score) else 0.0

    stands = max(first, second, key=rank)
    found = max(filter(None, (first.strongest, second.strongest)), key=lambda item: item.percentile, default=None)
    counted = None if found is not None else stands.finding_percentiles
    return replace(stands, strongest=found, finding_percentiles=counted, measured=stands.measured or first.measured)


def _read_report(path: Path) -> FileScores:
    try:
        report: Any = read_report(path)
        kind, records, model = report["kind"], report["records"], report["model"]
        read = {"localization": _localized, "detection": _detected}[kind]
        by_name = {str(record["id"]): read(record) for record in records}
        source = ScoreSource(" ".join(str(model[key]) for key in ("name", "version") if model.get(key)),
                             str(model.get("sha256") or ""), path.name)
    except DatasetError as error:
        raise ScoreFileError(str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ScoreFileError(
            f"{path.name} is no report of mmae_core evaluate with its recordings ({type(error).__name__}: {error})."
        ) from error
    return FileScores(source, by_name)


def _detected(record: Mapping[str, Any]) -> RecordScore:
    score = record["score"]
    return RecordScore(problem=str(record["reason"])) if score is None else RecordScore(float(score))


def _localized(record: Mapping[str, Any]) -> RecordScore:
    found = _detected(record)
    auroc = record["auroc"]
    return replace(found, truth=None if auroc is None else TruthFigures(float(auroc), (), ()))


def _number(text: str) -> float:
    return float(text) if text else math.nan
