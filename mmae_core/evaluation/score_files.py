"""Scores that somebody else's method gave: a table of records and scores, as CSV, Parquet or an evaluation report.

| column | what it holds |
| --- | --- |
| `ecg_id`, `record`, `name`, `id`, `filename` ... | which record: PTB-XL's number, a file's name, an array's row |
| `score`, or any other names | a number a record, higher meaning more abnormal; an empty cell is no score |

One column is one method. A column `score` is taken alone; without one every other column is a method, and must hold
nothing but numbers. CSV may be separated by commas, semicolons or tabs, and semicolons go with decimal commas too.
Numbers with commas that may all be thousands (`1,234`, `12,345`) are refused; `0,5` among them shows decimals.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import importlib
import io
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS, from_formula_safe
from mmae_core.metrics.array_checks import numbers, one_each
from mmae_core.report.parquet_file import require_pyarrow

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".json")
RECORD_COLUMNS = (
    "ecg_id", "record", "record_name", "record_id", "recording", "name", "id", "filename", "file", "filename_hr",
    "filename_lr", "path", "row",
)
"""Names of the column that says which record; of several the first in this order."""
SCORE = "score"
NOT_SCORES = frozenset({
    "label", "labels", "target", "truth", "y", "y_true", "abnormal", "normal", "class", "fold", "strat_fold", "age",
    "sex", "patient", "patient_id", "start_s", "",
})
"""Columns that are never taken for a method unless named: the truth itself would be a perfect one."""
MAX_BYTES = 256 << 20
MOST_NAMED = 5
"""Records named in a sentence."""
_NO_SCORE = frozenset({"", "nan", "na", "n/a", "null", "none", "-nan", "+nan"})
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""A number whose comma may set off thousands or decimals."""


@dataclass(frozen=True)
class ScoreColumn:
    """One method's scores as its file holds them."""

    name: str
    """Of the method."""
    file: str
    """The file's name."""
    column: str
    sha256: str
    """Of the file."""
    records: tuple[str, ...]
    """As written, one a row."""
    scores: NDArray[np.float64]
    """(n,) NaN where there is none."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What an evaluation report says of its model; empty for tables."""


def scores_of(name: str, records: Sequence[str | int], scores: ArrayLike) -> ScoreColumn:
    """Scores (n,) of records as arrays, NaN where there is none, as if they had been read from a file.

    Raises DatasetError unless there is one finite or missing number for each record.
    """
    values = numbers(scores, "Scores")
    one_each(records, "Records", len(values))
    if not len(values):
        raise DatasetError(f"{name} has scores of no record.")
    return ScoreColumn(name, name, SCORE, hashlib.sha256(values.tobytes()).hexdigest(),
                       tuple(map(str, records)), values)


def is_score_file(text: str) -> bool:
    """Whether an argument names a file of scores and not a model."""
    return Path(text).suffix.lower() in SUFFIXES and not Path(text).is_dir()


def read_scores(path: str | Path, columns: Sequence[str] = (), name: str = "") -> tuple[ScoreColumn, ...]:
    """The methods of a file: the named `columns`, else `score` alone, else every column beside the record's.

    A method is called as its column, or as the file where the column is `score`; `name` names it otherwise. Raises
    DatasetError for a file that is no such table, that leaves open which columns are scores, or whose scores are not
    all finite numbers.
    """
    path = Path(path)
    data = _bytes(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _of_report(path, data, name)
    if suffix not in SUFFIXES:
        raise DatasetError(f"{path.name} is no file of scores; expected one that ends in {', '.join(SUFFIXES)}.")
    heading, rows, lines = _parquet(path) if suffix == ".parquet" else _csv(path.name, _text(path.name, data))
    records_at = _record_column(path.name, heading)
    chosen = _score_columns(path.name, heading, records_at, columns, rows)
    if name and len(chosen) > 1:
        raise DatasetError(f"{path.name} holds {len(chosen)} methods ({', '.join(chosen)}), and one name was given: "
                           f"{name}. Choose one with --score-column.")
    if not rows:
        raise DatasetError(f"{path.name} has a heading and no record below it.")
    records = tuple(from_formula_safe(str(row[records_at])) for row in rows)
    return tuple(
        ScoreColumn(
            name or (path.stem if column == SCORE else column), path.name, column, hashlib.sha256(data).hexdigest(),
            records, _numbers(path.name, column, [row[heading.index(column)] for row in rows], lines),
        )
        for column in chosen
    )


def listed(names: Sequence[str]) -> str:
    """The first names of a list, for a sentence."""
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else "")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DatasetError(f"{path.name} is larger than {MAX_BYTES >> 20} MiB; a table of scores is not.")
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(f"The scores {path} cannot be read: {error.strerror or error}.") from error


def _text(name: str, data: bytes) -> str:
    is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{name} is no text in UTF-8 or UTF-16; save it as a table in UTF-8.") from error


Cell = str | float | int | bool | None
Table = tuple[list[str], list[Sequence[Cell]], list[int]]
"""Heading, rows, and the line that each row begins on."""


def _csv(name: str, text: str) -> Table:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    heading: list[str] = []
    rows: list[Sequence[Cell]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not heading:
                heading = [cell.strip() for cell in cells]
                continue
            if len(cells) != len(heading):
                hint = (" Numbers with decimal commas need semicolons or tabs between the columns, or quotes."
                        if delimiter == "," and len(cells) > len(heading) else "")
                raise DatasetError(f"{name}, line {reader.line_num}: {len(cells)} cells, and the heading has "
                                   f"{len(heading)}.{hint}")
            rows.append(cells)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise DatasetError(f"{name} cannot be read as a table: {error}.") from error
    if not heading:
        raise DatasetError(f"{name} is empty; expected a heading such as ecg_id,score and a row for each record.")
    return heading, rows, lines


def _parquet(path: Path) -> Table:
    require_pyarrow()
    parquet = importlib.import_module("pyarrow.parquet")
    arrow = importlib.import_module("pyarrow")
    try:
        table = parquet.read_table(path)
        columns = [column.to_pylist() for column in table.columns]
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise DatasetError(f"{path.name} cannot be read as a Parquet table: {str(error).splitlines()[0]}") from error
    return [str(name) for name in table.column_names], list(zip(*columns, strict=True)), list(range(1, len(table) + 1))


def _record_column(name: str, heading: Sequence[str]) -> int:
    twice = [column for column, count in Counter(heading).items() if count > 1]
    if twice:
        raise DatasetError(f"{name} has several columns called {twice[0]!r}; each needs a name of its own.")
    lowered = [column.lower() for column in heading]
    for wanted in RECORD_COLUMNS:
        if wanted in lowered:
            return lowered.index(wanted)
    raise DatasetError(f"{name} has no column that says which record a row is of; expected one called "
                       f"{', '.join(RECORD_COLUMNS)}; found {listed(heading)}.")


def _score_columns(
    name: str, heading: Sequence[str], records_at: int, asked: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> list[str]:
    others = [column for place, column in enumerate(heading) if place != records_at]
    if asked:
        lacking = [column for column in asked if column not in others]
        if lacking:
            raise DatasetError(f"{name} has no column {lacking[0]!r} of scores; it has {listed(others)}.")
        return list(dict.fromkeys(asked))
    if SCORE in others:
        return [SCORE]
    if not others:
        raise DatasetError(f"{name} has no column beside {heading[records_at]}; expected one with scores.")
    doubtful = [column for column in others if column.lower() in {*NOT_SCORES, *RECORD_COLUMNS}
                or not all(_is_number(row[heading.index(column)]) for row in rows)]
    if doubtful:
        raise DatasetError(f"{name} leaves open which columns are scores: {listed(doubtful)} would not be one. Name "
                           "those that are with --score-column, or call the only one score.")
    return others


def _is_number(cell: Cell) -> bool:
    if cell is None or (isinstance(cell, str) and cell.strip().lower() in _NO_SCORE):
        return True
    try:
        float(cell.replace(",", ".") if isinstance(cell, str) else cell)
    except (ValueError, TypeError, OverflowError):  # Parquet has dates and lists too
        return False
    return True


def _numbers(name: str, column: str, cells: Sequence[Cell], lines: Sequence[int]) -> NDArray[np.float64]:
    """(n,) the cells of a column; NaN where a cell is empty or says so."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    comma = any("," in text for text in texts)
    if comma and any("." in text for text in texts):
        raise DatasetError(f"{name}, column {column}: numbers with commas stand beside numbers with points; which of "
                           "them sets off the decimals is not clear. Write all with points.")
    if comma and all(_THOUSANDS.fullmatch(text.strip()) for text in texts if "," in text):
        first = next(text.strip() for text in texts if "," in text)
        raise DatasetError(f"{name}, column {column}: {first} may be {first.replace(',', '')} or "
                           f"{first.replace(',', '.')}, and no other number with a comma there tells which. Write the "
                           "numbers with a point before their decimals and without commas.")
    values = np.full(len(cells), np.nan)
    for place, cell in enumerate(cells):
        if cell is None or (isinstance(cell, str) and cell.strip().lower() in _NO_SCORE):
            continue
        try:
            values[place] = float(cell.replace(",", ".") if isinstance(cell, str) else cell)
        except (ValueError, TypeError, OverflowError) as error:
            raise DatasetError(f"{name}, line {lines[place]}: {str(cell)[:40]!r} in the column {column} is no "
                               "number.") from error
        if math.isinf(values[place]):
            raise DatasetError(f"{name}, line {lines[place]}: the score in the column {column} is infinite; leave the "
                               "cell empty where there is none.")
    return values


def _of_report(path: Path, data: bytes, name: str) -> tuple[ScoreColumn, ...]:
    """The scores in a detection report of `mmae_core evaluate`, and what it says of the model."""
    try:
        report = json.loads(data)
        if report["kind"] != "detection":
            raise DatasetError(f"{path.name} is a report of {report['kind']}; only one of detection holds scores of "
                               "records.")
        records = tuple(str(record["id"]) for record in report["records"])
        scores = np.array([math.nan if record["score"] is None else float(record["score"])
                           for record in report["records"]], np.float64)
        facts = {**report["model"], "folds_calibrated_on": _folds(report["data"].get("folds_calibrated_on"))}
        trained = dict(facts.get("trained_on") or {})
        facts["trained_on"] = {**trained, "folds": _folds(trained.get("folds"))} if trained else {}
        found = name or str(facts["name"])
    except JSON_FAULTS as error:
        raise DatasetError(f"{path.name} is no detection report of `mmae_core evaluate`: {error}") from error
    if not records or np.isinf(scores).any():
        raise DatasetError(f"{path.name} holds no records, or scores that are infinite.")
    return (ScoreColumn(found, path.name, SCORE, hashlib.sha256(data).hexdigest(), records, scores, facts),)


def _folds(values: Any) -> list[int]:
    """Folds as a report states them. Raises ValueError for what is none."""
    folds = list(values or ())
    if not all(isinstance(fold, int) for fold in folds):
        raise ValueError(f"{folds!r} are no folds")
    return folds


def record_key(text: str) -> str:
    """A record's name without folders and endings; whole numbers without a decimal part (`39.0`)."""
    name = text.strip().replace("\\", "/").rpartition("/")[2]
    name = re.sub(r"\.(hea|dat|npz|npy)$", "", name, flags=re.IGNORECASE)
    return re.sub(r"^(\d+)\.0+$", r"\1", name)
