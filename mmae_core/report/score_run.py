"""`mmae_core score` from a list of records to its tables."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import mmae_core
from mmae_core.cohort import CohortError, RunSummary, Shard, run_chunks
from mmae_core.cohort.part_folder import PartFolder, manifest_digest, n_chunks, read_manifest
from mmae_core.cohort.record_list import NamedRecord
from mmae_core.cohort.run_chunks import WHOLE, Progress
from mmae_core.errors import DatasetError
from mmae_core.files import NO_ROOM
from mmae_core.report.part_tables import Row, join_parts, part_rows
from mmae_core.report.score_columns import COLUMNS, SUMMARY_COLUMNS, TABLE_TYPES
from mmae_core.report.score_work import ROWS, SUMMARY, ScoreWork

_RECORD, _SCORE, _ERROR = (COLUMNS.index(name) for name in ("record", "score", "error"))
MOST_NAMED = 5


@dataclass(frozen=True)
class ScoreTables:
    """The tables to write."""

    output: Path
    """A row for each window; `.csv` or `.parquet`."""
    summary: Path | None = None
    """A row for each recording."""

    @property
    def parts(self) -> Path:
        """Where the rows lie until the tables are written."""
        return self.output.with_name(f"{self.output.name}.parts")


@dataclass
class ScoreTally:
    """How many records a table has, and which of them have no score."""

    n_records: int = 0
    n_failed: int = 0
    """Could not be read or assessed."""
    n_unscored: int = 0
    """Were read, but no lead in them can be assessed."""
    failed: list[str] = field(default_factory=list)
    """The names of the first."""
    unscored: list[str] = field(default_factory=list)
    first_reason: str = ""
    """Why the first that failed did."""
    _last: str | None = None
    _has_score: bool = True

    def look(self, row: Row) -> None:
        """Take a row of the table of windows; those of a record follow each other."""
        if row[_RECORD] != self._last:
            self.close()
            self._last, self._has_score = row[_RECORD], False
            self.n_records += 1
            if row[_ERROR]:
                self.n_failed += 1
                self.first_reason = self.first_reason or row[_ERROR]
                self.failed += [row[_RECORD]][: MOST_NAMED - len(self.failed)]
        self._has_score |= bool(row[_SCORE] or row[_ERROR])

    def close(self) -> None:
        """The last row of a record was seen."""
        if self._last is not None and not self._has_score:
            self.n_unscored += 1
            self.unscored += [self._last][: MOST_NAMED - len(self.unscored)]
        self._has_score = True


def score_records(
    work: ScoreWork, records: Sequence[NamedRecord], tables: ScoreTables, *, jobs: int = 1, scheduler: str = "",
    shard: Shard = WHOLE, resume: bool = False, force: bool = False, size: int = 0, progress: Progress | None = None,
) -> tuple[RunSummary, ScoreTally | None]:
    """Score records in chunks and write the tables; see `run_chunks` for the options.

    Rows lie in `tables.parts` until all are there; then the tables appear and that folder goes. A run that is
    interrupted writes the tables with the rows so far; the folder stays, also after a kill or with a full disk, and
    `resume` goes on from it. `force` removes the maps of an earlier run, too. A shard writes no tables (None):
    `merge_parts` does when all have ended. Raises as `run_chunks`.
    """
    try:
        summary = run_chunks(work, records, tables.parts, jobs=jobs, scheduler=scheduler, shard=shard, resume=resume,
                             force=force, size=size, progress=progress,
                             forget=partial(work.forget_maps, records, shard) if work.maps else None)
        tally = None if shard.count > 1 else merge_parts([tables.parts], tables)
    except (KeyboardInterrupt, OSError) as stop:
        if shard.count > 1:
            raise
        raise _stopped(stop, tables, len(records)) from stop
    if tally is not None:
        shutil.rmtree(tables.parts)
    return summary, tally


def _stopped(stop: KeyboardInterrupt | OSError, tables: ScoreTables, n_records: int) -> BaseException:
    """What to raise; after an interruption the rows so far are written first. A full disk has no room for that.

    Nor is that done when a file or a server fails, which may work again in a moment.
    """
    if isinstance(stop, OSError):
        tally = ScoreTally()
        with suppress(CohortError, OSError):
            for part in _parts([tables.parts], ROWS, n_chunks(common_manifest([tables.parts])), incomplete=True):
                for row in part_rows(part):
                    tally.look(row)
        what = "Make room and continue" if stop.errno in NO_ROOM else "Continue"
        words = (f"{stop.strerror or stop}; the rows of {tally.n_records:,} of {n_records:,} records are kept in "
                 f"{tables.parts}. {what} with --resume")
        if stop.errno is None:  # of a server, in a sentence of its own
            return OSError(words)
        return OSError(stop.errno, words, stop.filename or str(tables.output))
    try:
        tally = merge_parts([tables.parts], tables, incomplete=True)
    except CohortError:  # nothing was begun
        return stop
    return KeyboardInterrupt(f"the rows of {tally.n_records:,} of {n_records:,} records are in {tables.output}")


def merge_parts(folders: Sequence[Path], tables: ScoreTables, *, incomplete: bool = False) -> ScoreTally:
    """Join parts, of one run or of the shards of one in several folders, to the tables.

    `incomplete` takes what is there, also of chunks that this process began. Raises CohortError if a folder holds no
    parts, they are of different runs, or some are missing; OSError.
    """
    manifest = common_manifest(folders)
    tally = ScoreTally()
    about = {"program": f"mmae_core {mmae_core.__version__}", "run_sha256": manifest_digest(manifest)}
    wanted: list[tuple[Path, str, Sequence[str]]] = [(tables.output, ROWS, COLUMNS)]
    if tables.summary is not None:
        wanted.append((tables.summary, SUMMARY, SUMMARY_COLUMNS))
    for output, ending, columns in wanted:
        parts = _parts(folders, ending, n_chunks(manifest), incomplete=incomplete)
        join_parts(parts, output, columns, TABLE_TYPES, about, tally.look if ending == ROWS else None)
    tally.close()
    return tally


def common_manifest(folders: Sequence[Path]) -> dict[str, Any]:
    """The manifest that all folders have. Raises CohortError."""
    found: dict[str, Any] | None = None
    for folder in folders:
        manifest = read_manifest(folder)
        if manifest is None or manifest["work"] != ScoreWork.name:
            raise CohortError(f"{folder} holds no parts of mmae_core score.")
        if found is not None and manifest != found:
            raise CohortError(f"The parts in {folder} are of another run than those in {folders[0]}: other records, "
                              "model, options or versions. They make no one table.")
        found = manifest
    if found is None:
        raise DatasetError("No folder with parts was named.")
    return found


def _parts(folders: Sequence[Path], ending: str, count: int, *, incomplete: bool) -> list[Path]:
    """The file of each chunk, in order, from whichever folder has it."""
    places: dict[int, Path] = {}
    for folder in folders:
        parts = PartFolder(folder, (ROWS, SUMMARY))
        places |= {number: parts.part(number, ending) for number in parts.done()}
        if incomplete:
            mine = {number: parts.unfinished(number, ending) for number in range(count) if number not in places}
            places |= {number: path for number, path in mine.items() if path.is_file()}
    missing = [number for number in range(count) if number not in places]
    if missing and not incomplete:
        raise CohortError(f"{len(missing):,} of {count:,} parts are missing, first number {missing[0]}: a share is not "
                          "done. Continue it with --resume, or take what is there with --incomplete.")
    return [places[number] for number in sorted(places)]
