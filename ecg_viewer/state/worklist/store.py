"""Stores scores in an SQLite file in the user's data folder, so that no recording is scored twice.

A score belongs to a recording's files as they were (path, size, time of change), to a model's weights (SHA-256) and to
`SCORING_VERSION`. When any of them differs there is no score. Several windows may use one file at a time.
"""

from __future__ import annotations

import json
import logging
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import platformdirs

from ecg_viewer.state.settings import APP_NAME
from ecg_viewer.state.unreadable_files import TAKING_TURNS, file_identity, set_aside, use_write_ahead_log
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.results import TRUTH_SOURCES, UNKNOWN, VERDICTS, RecordScore, Tally, TruthFigures
from ecg_viewer.state.worklist.stored_measurements import (
    measured_as_kept,
    measured_from_kept,
    strongest_as_kept,
    strongest_from_kept,
)
from mmae_core.errors import EcgError
from mmae_core.files import make_private_folder, private_file
from mmae_core.readers.recording_paths import statuses_of

_log = logging.getLogger("ecg_viewer.worklist")

SCORING_VERSION = 4
"""Increased whenever the program would store other numbers for the same recording and model."""
EARLIER_VERSION = 3
"""Scores of this version are shown until scored again; they lack strongest finding and measurements."""
FILE_NAME = "scores.sqlite3"
BUSY_TIMEOUT_S = 5.0
MOST = 10**9
"""No recording has more windows or findings."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS scores (
    path TEXT NOT NULL,
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    stamp TEXT NOT NULL,
    score TEXT NOT NULL,
    PRIMARY KEY (path, model, version)
) WITHOUT ROWID
"""


class ScoreStoreError(EcgError):
    """Scores cannot be stored or read; the message says why and what to do."""


def store_path() -> Path:
    """Default path of the stored scores."""
    return Path(platformdirs.user_data_dir(APP_NAME)) / FILE_NAME


class ScoreStore:
    """One connection to the stored scores; use it as a context manager, on the thread that made it."""

    def __init__(self, path: Path | None = None) -> None:
        """Open or create the file. A damaged one is set aside, as scores can be computed again. Raises
        ScoreStoreError.
        """
        self.path = path if path is not None else store_path()
        self.set_aside: Path | None = None
        """New path of a damaged file."""
        try:
            make_private_folder(self.path.parent)
            found = file_identity(self.path)
            try:
                self._connection = self._open()
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                with TAKING_TURNS:
                    if file_identity(self.path) != found:  # another thread has just set it aside
                        self._connection = self._open()
                    elif self.path.is_dir() or _is_damage(error):
                        self._begin_anew()
                    else:
                        raise
        except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
            raise _unusable() from error

    def __enter__(self) -> ScoreStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def load(self, model_sha256: str, paths: Sequence[Path]) -> dict[Path, RecordScore]:
        """The scores of those among `paths` that have one and have not changed since. Raises ScoreStoreError.

        What cannot be understood is left out, and scored again; a file that turns out to be damaged is set aside.
        """
        try:
            rows = self._connection.execute(
                "SELECT path, stamp, score, version FROM scores WHERE model = ? AND version IN (?, ?) ORDER BY version",
                (model_sha256, EARLIER_VERSION, SCORING_VERSION),
            ).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if not _is_damage(error):
                raise _unusable() from error
            rows = []
            self._connection.close()
            try:
                self._begin_anew()
            except (OSError, sqlite3.Error) as second:
                raise _unusable() from second
        kept: dict[str, list[tuple[str, str, int]]] = {}
        for name, stamp, text, version in rows:
            kept.setdefault(name, []).append((stamp, text, version))
        found: dict[Path, RecordScore] = {}
        for path in paths if kept else ():
            versions = kept.get(str(path.absolute()), ())
            now = file_stamp(path) if versions else ""
            for stamp, text, version in versions:
                if not stamp or stamp != now:
                    continue
                try:
                    found[path] = replace(_from_text(text), is_earlier=version < SCORING_VERSION)
                except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
                    _log.warning("a kept score could not be understood")
        return found

    def save(self, model_sha256: str, scores: Mapping[Path, RecordScore]) -> None:
        """Keep scores, all or none of them. Raises ScoreStoreError."""
        self._write(
            (str(path.absolute()), model_sha256, SCORING_VERSION, file_stamp(path), _to_text(score))
            for path, score in scores.items() if not score.is_earlier
        )

    def forget(self, model_sha256: str) -> None:
        """Drop the scores of a model. Raises ScoreStoreError."""
        try:
            with self._connection:
                self._connection.execute("DELETE FROM scores WHERE model = ?", (model_sha256,))
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise _unusable() from error

    def _write(self, rows: Iterable[tuple[str, str, int, str, str]]) -> None:
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?, ?)", rows)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise _unusable() from error

    def _begin_anew(self) -> None:
        """Raises OSError or sqlite3.Error."""
        self.set_aside = set_aside(self.path, ("-wal", "-shm"))
        _log.warning("the kept scores could not be read and were set aside")
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        if not self.path.is_dir():
            private_file(self.path)
        connection = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S)
        try:
            use_write_ahead_log(connection, BUSY_TIMEOUT_S)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_SCHEMA)
            connection.execute("SELECT path, model, version, stamp, score FROM scores LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection


def file_stamp(path: Path) -> str:
    """Sizes and times of change of a recording's files; changes when one of them does, empty if there is none.

    Of a recording inside a file of several the whole file counts.
    """
    return " ".join(
        f"{label}:{status.st_size}:{status.st_mtime_ns}" for label, status in statuses_of(path)
    )


def _to_text(score: RecordScore) -> str:
    """JSON, in which an unknown number is null."""
    values = asdict(replace(score, strongest=None, measured=None))
    values |= {"strongest": strongest_as_kept(score.strongest), "measured": measured_as_kept(score.measured)}
    return json.dumps(_with_null(values), separators=(",", ":"), allow_nan=False)


def _with_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_null(item) for key, item in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _from_text(text: str) -> RecordScore:
    """Raises ValueError, TypeError, LookupError, OverflowError or RecursionError for what `_to_text` did not write."""
    values = json.loads(text)
    truth, percentiles = values["truth"], values["finding_percentiles"]
    if values["verdict"] not in (None, *VERDICTS) or not isinstance(values["problem"], str):
        raise ValueError("no verdict, or no sentence")
    if truth is not None and not (set(truth["sources"]) <= set(TRUTH_SOURCES) and isinstance(truth["reviewed"], str)):
        raise ValueError("no source of truth, or no decisions")
    return RecordScore(
        score=_number(values["score"]),
        percentile=_number(values["percentile"]),
        quality=_number(values["quality"]),
        verdict=values["verdict"],
        finding_percentiles=None if percentiles is None else _tally(percentiles),
        problem=values["problem"],
        truth=None if truth is None else TruthFigures(
            _number(truth["auroc"]), _tally(truth["box_percentiles"]), _tally(truth["false_percentiles"]),
            tuple(truth["sources"]), truth["reviewed"],
        ),
        n_windows=_count(values["n_windows"], 1),
        n_high=_count(values["n_high"], UNKNOWN),
        strongest=strongest_from_kept(values.get("strongest")),
        measured=measured_from_kept(values.get("measured")),
    )


def _tally(pairs: Iterable[tuple[float, int]]) -> Tally:
    return tuple((float(percentile), _count(count, 1)) for percentile, count in pairs)


def _count(value: object, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
        raise ValueError("no count")
    return value


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _is_damage(error: Exception) -> bool:
    if isinstance(error, UnicodeDecodeError):  # SQLite quotes damaged text in its errors
        return True
    """Whether the file is foreign or damaged, rather than temporarily inaccessible."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


def _unusable() -> ScoreStoreError:
    """In plain words; what the system said is the error's cause, which details show."""
    return ScoreStoreError(
        tr("Scores cannot be kept. They are shown, but would have to be made again at the next start. Is the disk "
           "full, or the user's data folder read-only?")
    )
