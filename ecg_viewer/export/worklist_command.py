"""`ecg-viewer export RECORD… --worklist FILE`: the worklist's table without a window.

Scores that the window kept are taken; what has none, or was not measured, is read and assessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ecg_viewer.export.export_files import Existing, already_there
from ecg_viewer.export.gather_content import ExportSource, gather
from ecg_viewer.export.page_options import nothing_stops
from ecg_viewer.export.worklist_table import (
    ListOrigin,
    worklist_columns,
    worklist_rows,
    write_worklist_csv,
    write_worklist_parquet,
)
from ecg_viewer.jobs.opening import list_recordings
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.worklist.columns import make_columns
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource, summarise
from ecg_viewer.state.worklist.store import ScoreStore, store_path
from ecg_viewer.state.worklist.worklist import Worklist
from mmae_core.errors import Cancelled, EcgError, ModelMismatch
from mmae_core.report.parquet_file import require_pyarrow

PARQUET = ".parquet"


def export_worklist(
    paths: Sequence[Path], source: ExportSource, target: Path, *, existing: Existing = Existing.REFUSE,
    semicolons: bool = False, with_conclusions: bool = True,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    should_stop: Callable[[], bool] = nothing_stops,
) -> list[tuple[str, str]]:
    """Write the table of all recordings in files and folders; returns those without a score, with the reason.

    A target that ends with `.parquet` is Parquet, anything else CSV. Raises CannotExport, AlreadyThere, NoParquet,
    ModelMismatch, DatasetError, JournalError.
    """
    if target.exists() and existing is Existing.REFUSE:
        raise already_there(target)
    if target.suffix.lower() == PARQUET:
        require_pyarrow()
    items = list_recordings(paths)
    info = source.scorer.load(source.model)
    scores = _kept(info.results_key, items)
    failed: list[tuple[str, str]] = []
    for number, item in enumerate(items):
        progress(number, len(items), item.name)
        if item.path not in scores:
            scores[item.path] = _scored(item, source, should_stop)
        if scores[item.path].problem:
            failed.append((item.name, str(scores[item.path].problem)))
    worklist = Worklist()
    worklist.set_columns(make_columns(items))
    rows = worklist.columns.row_of
    worklist.set_source(ScoreSource(f"{info.name} {info.version}", info.results_key),
                        {rows[path]: score for path, score in scores.items()})
    decided = source.decisions.summaries([item.path for item in items])
    worklist.put_review({rows[path]: summary for path, summary in decided.items()})
    write_table(worklist, range(len(items)), target, ListOrigin.of(info, source.clock), semicolons=semicolons,
                with_conclusions=with_conclusions)
    return failed


def write_table(
    worklist: Worklist, rows: Sequence[int], target: Path, origin: ListOrigin, *, semicolons: bool,
    with_conclusions: bool,
) -> None:
    """Write these rows of a worklist, as the ending of the file says. Raises CannotExport, NoParquet."""
    columns = worklist_columns(with_conclusions=with_conclusions)
    cells = worklist_rows(worklist.table, rows, origin, with_conclusions=with_conclusions)
    if target.suffix.lower() == PARQUET:
        write_worklist_parquet(target, columns, cells)
    else:
        write_worklist_csv(target, columns, cells, semicolons=semicolons)


def _kept(key: str, items: Sequence[RecordItem]) -> dict[Path, RecordScore]:
    """Complete scores that were kept for this model and these files."""
    if not key or not store_path().exists():
        return {}
    with ScoreStore() as store:
        found: Mapping[Path, RecordScore] = store.load(key, [item.path for item in items])
    return {path: score for path, score in found.items() if not score.waits and score.measured is not None}


def _scored(item: RecordItem, source: ExportSource, should_stop: Callable[[], bool]) -> RecordScore:
    try:
        content = gather(item.path, replace(source, with_identity=False, with_maps=False), should_stop=should_stop)
    except (Cancelled, ModelMismatch):
        raise
    except EcgError as error:
        return RecordScore(problem=str(error))
    return summarise(content.assessment, measured=content.measurements)
