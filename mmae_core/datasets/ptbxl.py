"""PTB-XL (Wagner et al. 2020, doi 10.13026/kfzx-aw45): its records, their statements and files.

A folder in PTB-XL's own layout, complete or in part, with the records at 100 Hz, at 500 Hz, or both.
"""

from __future__ import annotations

import ast
import codecs
import csv
import io
import math
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Literal

from mmae_core.errors import DatasetError
from mmae_core.readers.wfdb_files import SUFFIX, SUFFIXES, bare_path

DATABASE = "ptbxl_database.csv"
STATEMENTS = "scp_statements.csv"
NORMAL = "NORM"
"""The superclass of normal ECGs."""
ABNORMAL_SUPERCLASSES = {
    "MI": "myocardial infarction", "STTC": "ST-T change", "CD": "conduction disturbance", "HYP": "hypertrophy",
}
"""Every other diagnostic superclass -> what it means, in the dataset's order."""

Label = Literal["normal", "abnormal"]
Sex = Literal["male", "female"]

_DEPTH = 4
"""Levels searched: records lie two folders below the database (`records500/00000/00001_hr.hea`); one more is
allowed."""

_COLUMNS = (
    "ecg_id", "patient_id", "age", "sex", "report", "scp_codes", "strat_fold", "filename_lr", "filename_hr",
)
NOISE = ("baseline_drift", "static_noise", "burst_noise", "electrodes_problems")
"""Columns of notes on the signal's quality."""
EXTRA_BEATS = frozenset({"PVC", "PAC", "BIGU", "TRIGU", "PRC(S)", "SVARR"})
"""Statements of extra beats; a normal ECG may have them."""
_SEX: Mapping[str, Sex] = {"0": "male", "1": "female"}


@dataclass(frozen=True)
class PtbxlEntry:
    """One record of PTB-XL, as a rule with at least one of its two versions on disk (see `load_index`)."""

    ecg_id: int
    patient_id: int | None
    age: float | None
    """In years; PTB-XL writes 300 for everyone above 89, and so does this."""
    sex: Sex | None
    fold: int
    """1..10; records of one patient share a fold."""
    statements: dict[str, float]
    """SCP code -> likelihood in percent; 0 means unknown, not absent."""
    superclasses: frozenset[str]
    """Diagnostic superclasses of all statements at any likelihood: NORM, MI, STTC, CD, HYP."""
    report: str
    path_100hz: Path | None
    """Header of the 100-Hz version; None if it is missing."""
    path_500hz: Path | None
    device: str = ""
    """What it was recorded with; empty if that is not stated."""
    site: str = ""
    """Number of the clinic; empty if that is not stated."""
    noise: frozenset[str] = frozenset()
    """Columns of `NOISE` in which a reader noted something."""
    recorded_at: datetime | None = None
    """As the table states it, which moves each patient's dates by an amount of their own; None if it does not."""
    extra_beats_noted: bool = False
    """A reader filled the column `extra_beats`."""

    @property
    def has_file(self) -> bool:
        """Whether a version of it is on disk."""
        return (self.path_500hz or self.path_100hz) is not None

    @property
    def path(self) -> Path:
        """The version at 500 Hz where present, else the one at 100 Hz. Raises DatasetError if neither is on disk."""
        path = self.path_500hz or self.path_100hz
        if path is None:
            raise DatasetError(f"Neither version of PTB-XL's record {self.ecg_id} is on disk.")
        return path

    @property
    def has_extra_beats(self) -> bool:
        """Whether extra beats are noted, or stated as PVC, PAC, bigeminy or trigeminy."""
        return self.extra_beats_noted or not EXTRA_BEATS.isdisjoint(self.statements)

    @property
    def is_normal(self) -> bool:
        """NORM is the only diagnostic superclass."""
        return self.superclasses == {NORMAL}

    @property
    def label(self) -> Label | None:
        """`abnormal` if any superclass but NORM was stated; None without any superclass."""
        if not self.superclasses:
            return None
        return "normal" if self.is_normal else "abnormal"


@dataclass(frozen=True)
class PtbxlIndex:
    """The rows of a PTB-XL folder."""

    folder: Path
    entries: tuple[PtbxlEntry, ...]
    """In the order of the database: records with a version on disk, or all of them (see `load_index`)."""
    missing: tuple[str, ...]
    """File names, as the database gives them, of records that have no version on disk."""

    def select(self, folds: Collection[int] | None = None, label: Label | None = None) -> tuple[PtbxlEntry, ...]:
        """Entries of some folds (None: all) and one label (None: any, also without superclass)."""
        return tuple(
            entry
            for entry in self.entries
            if (folds is None or entry.fold in folds) and (label is None or entry.label == label)
        )


def is_ptbxl(folder: str | Path) -> bool:
    """Whether `folder` looks like PTB-XL: it holds `ptbxl_database.csv`."""
    return Path(folder, DATABASE).is_file()


def load_index(folder: str | Path, *, needs_files: bool = True) -> PtbxlIndex:
    """Read the database of a PTB-XL folder and look which records are there; opens no record.

    Records without files are named in `missing`, and left out if files are needed. Raises DatasetError if the database
    or `scp_statements.csv` is missing, lacks columns, has a row that makes no sense, or none of its records is there.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder}.")
    superclass_of = _superclasses(folder)
    present = _PresentFiles(folder)
    entries: list[PtbxlEntry] = []
    missing: list[str] = []
    seen: set[int] = set()
    for line, row in _rows(folder / DATABASE, _COLUMNS):
        try:
            entry = _entry(row, superclass_of, present)
        except ValueError as error:
            raise DatasetError(f"{DATABASE}, line {line}: {error}. Fetch the file again or remove the row.") from error
        ecg_id = int(float(row["ecg_id"]))
        if ecg_id in seen:
            raise DatasetError(f"{DATABASE}, line {line}: ecg_id {ecg_id} occurs twice. Remove one of the rows.")
        seen.add(ecg_id)
        if not entry.has_file:
            missing.append(row["filename_hr"] or row["filename_lr"] or str(ecg_id))
        if entry.has_file or not needs_files:
            entries.append(entry)
    if not entries:
        raise DatasetError(
            f"None of the {len(missing)} records that {DATABASE} lists lies in {folder.absolute().name}; expected "
            "folders records100 or records500 beside it, as published."
        )
    return PtbxlIndex(folder, tuple(entries), tuple(missing))


def find_entry(path: str | Path) -> PtbxlEntry | None:
    """The PTB-XL entry of one record, from the database of its folder; None if it is not in a PTB-XL folder.

    Searches the database as text and reads one row, which takes milliseconds. Raises DatasetError like `load_index`.
    """
    record = bare_path(Path(path).absolute())
    for folder in list(record.parents)[1:_DEPTH]:
        if is_ptbxl(folder):
            return _find_row(folder, record.relative_to(folder).as_posix())
    return None


def _find_row(folder: Path, name: str) -> PtbxlEntry | None:
    text = _table_text(folder / DATABASE)
    if name not in text:
        return None
    head = text.partition("\n")[0]
    lines = (text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0] for place in _places(text, name))
    in_one_line = (next(csv.DictReader([head, line], restval="", delimiter=_delimiter(head)), None) for line in lines)
    whole = (row for _, row in _rows(folder / DATABASE, _COLUMNS))  # a row may hold line breaks within quotes
    for row in chain(in_one_line, whole):
        if row is None or name not in (row.get("filename_lr"), row.get("filename_hr")) or not set(_COLUMNS) <= set(row):
            continue
        try:
            entry = _entry(row, _superclasses(folder), _PresentFiles(folder))
            return entry if entry.has_file else None
        except ValueError as error:
            raise DatasetError(f"{DATABASE}, record {name}: {error}. Fetch the file again.") from error
    return None


def _places(text: str, name: str) -> Iterable[int]:
    place = text.find(name)
    while place >= 0:
        yield place
        place = text.find(name, place + 1)


class _PresentFiles:
    """Looks up files by listing each folder once: 40,000 single look-ups would take seconds on a network drive."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listings: dict[str, frozenset[str]] = {}

    def header(self, name: str) -> Path | None:
        """The header of a record given relative to the folder, if it and its signals are there."""
        if not name:
            return None
        parent, _, stem = name.replace("\\", "/").rpartition("/")
        if name.startswith(("/", "\\")) or ":" in name or ".." in parent.split("/"):
            raise ValueError(f"'{name}' leads out of the folder")
        listing = self._listings.get(parent)
        if listing is None:
            listing = self._listings[parent] = self._list(parent)
        if all(stem + suffix in listing for suffix in SUFFIXES):
            return self._folder / parent / (stem + SUFFIX)
        return None

    def _list(self, parent: str) -> frozenset[str]:
        try:
            return frozenset(os.listdir(self._folder / parent))
        except (FileNotFoundError, NotADirectoryError):
            return frozenset()
        except OSError as error:
            raise DatasetError(f"The folder {parent} cannot be listed: {error.strerror}.") from error


def _entry(row: Mapping[str, str], superclass_of: Mapping[str, str], present: _PresentFiles) -> PtbxlEntry:
    """A row as an entry. Raises ValueError if the row makes no sense."""
    statements = dict(_statements(row["scp_codes"]))
    fold = int(_number(row, "strat_fold"))
    if not 1 <= fold <= 10:
        raise ValueError(f"strat_fold {fold} is none of 1..10")
    ecg_id = int(_number(row, "ecg_id"))
    path_100hz, path_500hz = present.header(row["filename_lr"]), present.header(row["filename_hr"])
    return PtbxlEntry(
        ecg_id=ecg_id,
        patient_id=int(_number(row, "patient_id")) if row["patient_id"] else None,
        age=_number(row, "age") if row["age"] else None,
        sex=_SEX.get(row["sex"].removesuffix(".0")),
        fold=fold,
        statements=statements,
        superclasses=frozenset(superclass_of[code] for code in statements if code in superclass_of),
        report=row["report"],
        path_100hz=path_100hz,
        path_500hz=path_500hz,
        device=" ".join((row.get("device") or "").split()),
        site=(row.get("site") or "").removesuffix(".0"),
        recorded_at=_moment(row.get("recording_date") or ""),
        extra_beats_noted=bool((row.get("extra_beats") or "").strip(" ,")),
        noise=frozenset(column for column in NOISE if (row.get(column) or "").strip(" ,")),
    )


def _number(row: Mapping[str, str], column: str) -> float:
    try:
        number = float(row[column])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{column} is '{row[column][:40]}', expected a number")
    return number


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _statements(text: str) -> tuple[tuple[str, float], ...]:
    """PTB-XL writes statements as a Python dict: {'NORM': 100.0, 'SR': 0.0}. Read as a literal, never evaluated."""
    try:
        value = ast.literal_eval(text) if len(text) <= 10_000 else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        value = None
    if not isinstance(value, dict) or not all(
        isinstance(code, str) and isinstance(likelihood, int | float) for code, likelihood in value.items()
    ):
        raise ValueError(f"scp_codes is '{text[:40]}', expected like {{'NORM': 100.0}}")
    return tuple((code, float(likelihood)) for code, likelihood in value.items())


def _superclasses(folder: Path) -> dict[str, str]:
    """Superclass of each diagnostic statement."""
    path = folder / STATEMENTS
    table = {}
    for _, row in _rows(path, ("", "diagnostic", "diagnostic_class")):
        if row["diagnostic"] in {"1", "1.0"} and row["diagnostic_class"]:
            table[row[""]] = row["diagnostic_class"]
    if NORMAL not in table:
        raise DatasetError(f"{STATEMENTS} names no diagnostic statement {NORMAL}; it is not PTB-XL's. Fetch it again.")
    return table


def _rows(path: Path, columns: Collection[str]) -> Iterable[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers, missing cells as empty text."""
    if not path.is_file():
        raise DatasetError(
            f"{path.name} is missing in {path.parent.absolute().name}. PTB-XL needs {DATABASE} and {STATEMENTS} beside "
            "its records; copy it from the data set."
        )
    text = _table_text(path)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), restval="", restkey=None, delimiter=_delimiter(text))
        lacking = [column or "(first, unnamed)" for column in columns if column not in (reader.fieldnames or ())]
        if lacking:
            raise DatasetError(f"{path.name} lacks the columns {', '.join(lacking)}. Fetch it again from PTB-XL.")
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise DatasetError(f"{path.name} cannot be read as a table: {error}. Fetch it again from PTB-XL.") from error


def _table_text(path: Path) -> str:
    """A table's text, also as spreadsheets save it: UTF-8 with or without a mark, or UTF-16 with one."""
    try:
        data = path.read_bytes()
        is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path.name} cannot be read as a table: {error}. Fetch it again from PTB-XL.") from error


def _delimiter(text: str) -> str:
    """What stands between the columns: the one of comma, semicolon and tab that the first line has most of."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
